"""What a war room's channel is called: safe for Slack, and unique by counting on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import count

LONGEST = 80
"""Slack's limit for channel names, which are of `a-z`, `0-9`, `-` and `_`."""

_UNSAFE = re.compile(r"[^a-z0-9_]+")


def rollback_name(version: str) -> str:
    """`rollback-v1-6-0`."""
    return _safe(f"rollback-v{version}")


def incident_name(project: str, version: str, day: date) -> str:
    """`incident-v1-6-0`, or about no release `incident-shop-20260314`; `day` is the project's own."""
    return _safe(f"incident-v{version}" if version else f"incident-{project}-{day:%Y%m%d}")


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text.lower()).strip("-")[:LONGEST].rstrip("-")


def room_names(base: str) -> Iterator[str]:
    """What to try while Slack answers name_taken: `base`, `base-2`, `base-3` …, each within the limit."""
    yield base
    for number in count(2):
        suffix = f"-{number}"
        yield base[: LONGEST - len(suffix)].rstrip("-") + suffix
