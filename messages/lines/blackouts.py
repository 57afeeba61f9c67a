"""Lines of blackouts and maintenance."""

from __future__ import annotations

from domain import events as v
from domain.calendar.blackouts import BlackoutKind
from domain.types import Environment
from messages.dates import city
from messages.entries import scope_names
from messages.lines.lifecycle import noted
from messages.names import word
from messages.parts import quote, when
from messages.texts import Reader

_ADDED = {
    BlackoutKind.BLACKOUT: word("*Blackout added*: {name}, from {start} to {end}. No deploys in that time."),
    BlackoutKind.MAINTENANCE: word(
        "*Maintenance added*: {name}, from {start} to {end}. No deploys in that time."
    ),
}


OfBlackout = v.BlackoutAdded | v.BlackoutMoved | v.BlackoutRemoved | v.BlackoutRestored


def blackout_line(reader: Reader, said: OfBlackout) -> str:
    t = reader.t
    name = quote(said.name)
    match said:
        case v.BlackoutAdded():
            return _added(reader, said) + noted(said.reason)
        case v.BlackoutMoved():
            text = t(
                "*Blackout moved*: {name}, now from {start} to {end} (before: from {was_start} to {was_end})",
                name=name,
                start=when(reader, said.start),
                end=when(reader, said.end),
                was_start=when(reader, said.before_start),
                was_end=when(reader, said.before_end),
            )
            return text + noted(said.reason)
        case v.BlackoutRestored():
            return t(
                "*Blackout of {year} as usual again*: {name}, from {start} to {end}",
                year=said.year,
                name=name,
                start=when(reader, said.start),
                end=when(reader, said.end),
            )
        case v.BlackoutRemoved() if said.year:
            return t("*Blackout cancelled for {year}*: {name}", year=said.year, name=name)
        case _:
            return t("*Blackout removed*: {name}", name=name)


def _added(reader: Reader, said: v.BlackoutAdded) -> str:
    t = reader.t
    name, start, end = quote(said.name), when(reader, said.start), when(reader, said.end)
    text = t(_ADDED[said.kind], name=name, start=start, end=end)
    rest = [t("Every year.")] if said.yearly else []
    if said.types or said.environments != (Environment.PRODUCTION,):
        whom = scope_names(reader, said.types, said.environments)
        rest.append(t("Only for: {names}", names=whom))
    if said.zone:
        rest.append(t("By the clocks of {city}.", city=city(reader, said.zone)))
    if said.also:
        rest.append(t("Also in: {projects}", projects=", ".join(map(quote, said.also))))
    return " ".join([text, *rest])
