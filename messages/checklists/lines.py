"""Lines of what became of the items of checklists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.checklists.model import Auto, NamedItem
from messages.blocks import user
from messages.checklists.words import CHECKS, item_text, item_texts, phase_name
from messages.lines.lifecycle import head, link, noted
from messages.parts import people, sha, when
from messages.texts import Reader

ChecklistSaid = (
    v.ItemsTicked
    | v.ItemReopened
    | v.ItemWaived
    | v.ItemAssigned
    | v.ItemNoted
    | v.CheckReported
    | v.ListsOpened
    | e.ItemDue
)
_FEW = 3
ItemSaid = v.ItemsTicked | v.ItemReopened | v.ItemWaived | v.ItemAssigned | v.ItemNoted


def checklist_line(reader: Reader, said: ChecklistSaid) -> str:
    match said:
        case v.CheckReported():
            return _check(reader, said)
        case v.ListsOpened():
            return _opened(reader, said)
        case e.ItemDue():
            return _due(reader, said)
        case _:
            return _of_item(reader, said)


def _opened(reader: Reader, said: v.ListsOpened) -> str:
    lists = ", ".join(phase_name(reader, phase) for phase in said.phases)
    text = reader.t("Checklists opened: {lists}", lists=lists)
    called = reader.t("Called in: {people}", people=people(reader, said.who))
    return f"{text}\n{called}" if said.who else text


def _due(reader: Reader, said: e.ItemDue) -> str:
    return _where(reader, said) + reader.t(
        "Due {at}, and still open: {item}", at=when(reader, said.due), item=item_text(reader, said.item)
    )


def _where(reader: Reader, said: ItemSaid | e.ItemDue) -> str:
    where = f"{head(said.version)} · " if said.version else ""
    return f"{where}{phase_name(reader, said.phase)} · "


def _of_item(reader: Reader, said: ItemSaid) -> str:
    t = reader.t
    where = _where(reader, said)
    match said:
        case v.ItemsTicked():
            return where + _ticked(reader, said)
        case v.ItemReopened():
            return where + t("Open again: {item}", item=item_text(reader, said.item))
        case v.ItemWaived():
            return where + t("Waived: {item}", item=item_text(reader, said.item)) + noted(said.reason)
        case v.ItemAssigned():
            return where + _assigned(reader, said)
        case v.ItemNoted():
            text = t("Note on: {item}", item=item_text(reader, said.item))
            return where + text + noted(said.note) + _linked(reader, said.link)
        case _:
            assert_never(said)


def _ticked(reader: Reader, said: v.ItemsTicked) -> str:
    """One line of many at once: beyond a few only how many."""
    t, parts = reader.t, []
    if said.items:
        parts.append(t("Done: {items}", items=_several(reader, said.items)))
    if said.reopened:
        parts.append(t("Open again: {item}", item=_several(reader, said.reopened)))
    rest = "\n" + t("Still open in this list: {n}", n=said.open) if said.open else ""
    return " · ".join(parts) + noted(said.note) + _linked(reader, said.link) + rest


def _several(reader: Reader, items: Sequence[NamedItem]) -> str:
    few = len(items) <= _FEW
    return item_texts(reader, items) if few else reader.t("{n} items", n=len(items))


def _assigned(reader: Reader, said: v.ItemAssigned) -> str:
    t, item = reader.t, item_text(reader, said.item)
    if not said.user:
        text = t("Nobody's any more: {item}", item=item)
    else:
        text = t("{who} sees to it: {item}", who=user(said.user), item=item)
    return text + (" · " + t("due {at}", at=when(reader, said.due)) if said.due else "")


def _check(reader: Reader, said: v.CheckReported) -> str:
    t = reader.t
    where = f"{head(said.version)} rc.{said.candidate} · " if said.version else ""
    check = t(CHECKS[Auto(said.check.value)])
    text = (
        t("{check} passed for {sha}", check=check, sha=sha(said.sha))
        if said.passed
        else t("{check} failed for {sha}", check=check, sha=sha(said.sha))
    )
    if said.value is not None and said.wanted is not None:
        text += " · " + t("{value} % of {wanted} %", value=f"{said.value:g}", wanted=said.wanted)
    return where + text + noted(said.evidence) + _linked(reader, said.link)


def _linked(reader: Reader, address: str) -> str:
    return "\n" + link(address, reader.t("Link")) if address else ""
