"""The lists that Naru brings along, read from the data files beside this module."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from domain.checklists.model import Auto, Checklist, Item, Only, Phase, Section
from domain.names import Names
from domain.people import Role
from domain.types import ReleaseType

_FILES = ("before.yaml", "release.yaml", "rollback.yaml", "playbooks.yaml")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def shipped() -> dict[Phase, Checklist]:
    """Every list, whole: of all types of releases, and with the items that only some are asked for."""
    folder = resources.files("domain.checklists") / "data"
    found: dict[Phase, Checklist] = {}
    for name in _FILES:
        document = yaml.load((folder / name).read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
        found |= {Phase(phase): _list(Phase(phase), data) for phase, data in document.items()}
    return {phase: found[phase] for phase in Phase}


def _list(phase: Phase, data: dict[str, Any]) -> Checklist:
    sections = data["sections"]
    return Checklist(
        phase=phase,
        roles=_roles(data["roles"]),
        waive=_roles(data["waive"]),
        sections=tuple(Section(one["key"], Names(ko=one["ko"], en=one["en"])) for one in sections),
        items=tuple(_item(item, one, data) for one in sections for item in one["items"]),
    )


def _item(data: dict[str, Any], section: dict[str, Any], of: dict[str, Any]) -> Item:
    types = data.get("types", of.get("types", tuple(ReleaseType)))
    return Item(
        key=data["key"],
        text=Names(ko=data["ko"], en=data["en"]),
        section=section["key"],
        auto=Auto(data["auto"]) if "auto" in data else None,
        only=Only(data.get("only", Only.ALWAYS)),
        types=tuple(ReleaseType(kind) for kind in types),
        roles=_roles(data.get("roles", ())),
        owners=_roles(data.get("owners", ())),
        of_candidate=data.get("of_candidate", section.get("of_candidate", False)),
    )


def _roles(names: Any) -> tuple[Role, ...]:
    return tuple(Role(name) for name in names)
