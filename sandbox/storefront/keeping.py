"""The shop on disk, so that what is deployed survives a restart of the demo."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.storefront.model import Deployment, Shop

LONGEST = 200
"""So many deployments are remembered."""


@dataclass
class Kept:
    """`port` is where it listened last; `signing` is what it is asked with, `callback` what it tells with."""

    shop: Shop
    signing: str
    callback: str
    port: int = 0

    @classmethod
    def fresh(cls, version: str) -> Kept:
        shop = Shop(staging=version, traffic={version: 1.0})
        return cls(shop, secrets.token_hex(24), secrets.token_hex(24))


def load(path: Path | None, version: str) -> Kept:
    """What was kept, or a shop in which everybody has `version`."""
    if path is None or not path.exists():
        return Kept.fresh(version)
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    shop = data.pop("shop")
    deployments = shop.pop("deployments")
    read = {
        one["id"]: Deployment(**{**one, "asked_at": datetime.fromisoformat(one["asked_at"])})
        for one in deployments
    }
    return Kept(shop=Shop(**shop, deployments=read), **data)


def save(path: Path | None, kept: Kept) -> None:
    """Whole or not at all."""
    if path is None:
        return
    data = asdict(kept)
    newest = list(data["shop"]["deployments"].values())[-LONGEST:]
    data["shop"]["deployments"] = [one | {"asked_at": one["asked_at"].isoformat()} for one in newest]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(data), "utf-8")
    draft.replace(path)
