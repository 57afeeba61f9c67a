"""`--format json`: every item of the month with all that is known of it, for programs."""

from __future__ import annotations

import json
from typing import Any

from domain.calendar.agenda import Item
from domain.month import CalendarView, DeployConflict
from messages.texts import Reader


def write(_reader: Reader, view: CalendarView) -> bytes:
    """Instants in the project's zone with their offset; `days` are whole local days, both included."""
    whole = {
        "project": view.project.key,
        "zone": view.project.zone,
        "first": view.first.isoformat(),
        "last": view.last.isoformat(),
        "items": [_item(view, item) for item in view.items if view.touches(item)],
        "cancelled": [{"of": change.of, "day": change.day.isoformat()} for change in view.cancelled],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _item(view: CalendarView, item: Item) -> dict[str, Any]:
    """What is empty, or as it mostly is, is left out."""
    facts: dict[str, Any] = {
        "kind": item.kind.value,
        "key": item.key,
        "start": item.start.astimezone(view.tz).isoformat(),
        "end": item.end.astimezone(view.tz).isoformat(),
        "days": [day.isoformat() for day in item.days] if item.days else None,
        "name": item.name,
        "names": {"ko": item.names["ko"], "en": item.names["en"]} if item.names else None,
        "detail": item.detail,
        "release": item.release,
        "type": item.type.value if item.type else "",
        "stage": view.stages[item.release].value if item.release in view.stages else "",
        "moved": item.moved,
        "open_end": item.open_end,
    }
    conflict = view.conflicts.get(item.key)
    if conflict:
        facts["conflict"] = _conflict(view, conflict)
    return {name: value for name, value in facts.items() if value}


def _conflict(view: CalendarView, of: DeployConflict) -> dict[str, Any]:
    return {
        "reasons": [
            {"rule": reason.rule.value, "verdict": reason.verdict.value, "subject": reason.subject}
            for reason in of.found.reasons
        ],
        "releases": [other.id for other in of.found.releases],
        "free": [at.astimezone(view.tz).isoformat() for at in of.free],
    }
