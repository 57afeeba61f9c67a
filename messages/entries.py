"""The calendar's entries by name: what recurs, and for whom an entry holds."""

from __future__ import annotations

from collections.abc import Iterable

from domain.calendar.agenda import Item
from domain.calendar.blackouts import Blackout, Scope
from domain.calendar.changes import SLOT
from domain.calendar.slots import Slot
from domain.types import Environment, ReleaseType
from messages import names
from messages.dates import day, hours, span
from messages.names import word
from messages.parts import quote, when
from messages.texts import Reader

_NAME, _REASON = 150, 150
ENVIRONMENTS = {
    Environment.PRODUCTION: word("production"),
    Environment.STAGING: word("staging"),
}


def scope_names(reader: Reader, types: Iterable[ReleaseType], environments: Iterable[Environment]) -> str:
    """`Regular, Feature · production, staging`: for whom a blackout holds."""
    kinds = ", ".join(names.release_type(reader, kind) for kind in sorted(types))
    where = ", ".join(reader.t(ENVIRONMENTS[one]) for one in sorted(environments))
    return " · ".join(filter(None, (kinds, where)))


def ban(reader: Reader, item: Item) -> str:
    """A blackout or maintenance: when, its name, for whom it holds, why."""
    whom = "" if item.scope == Scope() else scope_names(reader, item.scope.types, item.scope.environments)
    at = f"*{span(reader, item.start, item.end)}*"
    return " · ".join(filter(None, [at, quote(item.name, _NAME), whom, quote(item.detail, _REASON)]))


def occurrence_name(reader: Reader, of: str) -> str:
    """What recurs, by its key: `the release window Thu 10:00–17:00`, `the deploy`."""
    t = reader.t
    if of == SLOT:
        return t("the deploy")
    if " - " in of:
        return t("the no-deploy hours {hours}", hours=quote(hours(reader, of)))
    return t("the release window {hours}", hours=quote(hours(reader, of)))


def left_out(reader: Reader, of: Blackout) -> str:
    """`~Year end~ · cancelled for 2026 · Mon 21 Dec – Mon 4 Jan`."""
    year = of.day.year if of.day else of.start.year
    cancelled = reader.t("cancelled for {year} · {span}", year=year, span=span(reader, of.start, of.end))
    return f"~{quote(of.name, _NAME)}~ · {cancelled}"


def slot_dates(reader: Reader, of: Slot) -> str:
    """Freeze, QA, deploy, in one line."""
    t = reader.t
    deploy = t("deploy {at}", at=f"*{when(reader, of.deploy_at)}*")
    if of.freeze_at is None or of.qa_first_day is None or of.qa_last_day is None:
        return deploy
    freeze_at = t("freeze {at}", at=when(reader, of.freeze_at))
    first, last = day(reader, of.qa_first_day), day(reader, of.qa_last_day)
    return f"{freeze_at} · QA {first if first == last else f'{first} – {last}'} · {deploy}"
