"""Lines of what was answered to a coming year."""

from __future__ import annotations

from domain import events as v
from messages.dates import day
from messages.parts import bullets, quote, when
from messages.texts import Reader


def year_line(reader: Reader, said: v.ProposalsAdded | v.SetAsideForYear) -> str:
    t = reader.t
    if isinstance(said, v.ProposalsAdded):
        head = t("*Blackouts of {year} added*. No deploys in these times.", year=said.year)
        shown = (
            f"{quote(one.name, 150)} · {when(reader, one.start)} – {when(reader, one.end)}"
            for one in said.blackouts
        )
        return f"{head}\n{bullets(shown)}"
    if said.names is not None:
        name = quote(said.names[reader.language], 150)
        if said.taken_back:
            return t("*Asked again*: blackout {name}", name=name)
        return t("*No blackout needed*: {name}", name=name)
    on = day(reader, said.day, year=True) if said.day else quote(said.key)
    if said.taken_back:
        return t("*Asked again*: the deploy on {day}", day=on)
    return t("*Stays as it is*: the deploy on {day}", day=on)
