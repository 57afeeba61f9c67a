"""Why something cannot be done with an item of a checklist, and what to do instead."""

from __future__ import annotations

from typing import assert_never

from domain import refusals as r
from messages import names
from messages.blocks import user
from messages.checklists.needs import together
from messages.checklists.words import item_text, item_texts, phase_name
from messages.health.words import said_of
from messages.needs import missing_line
from messages.parts import code, people, quote, when
from messages.refusals.model import RefusalText
from messages.texts import Reader
from messages.versions import tag

ChecklistNo = (
    r.UnknownItem
    | r.ListNotOpen
    | r.ListTooSoon
    | r.NotYourItem
    | r.CheckFailed
    | r.KnownByItself
    | r.ItemSettled
    | r.NothingSaid
    | r.PeopleOnly
    | r.CheckUnclear
    | r.ListsUnfinished
)
_SHOWN = 20


def of_checklists(reader: Reader, of: ChecklistNo) -> RefusalText:
    match of:
        case r.UnknownItem() | r.ListNotOpen() | r.ListTooSoon():
            return _of_list(reader, of)
        case r.CheckFailed() | r.KnownByItself() | r.ItemSettled() | r.NothingSaid():
            return _of_item(reader, of)
        case r.ListsUnfinished(missing, version):
            why = tuple(missing_line(reader, one) for one in together(missing))
            open_it = reader.t(
                "Open the list: `/release checklist {version} after rollback`", version=tag(version)
            )
            return RefusalText(reader.t("The post-mortem cannot be closed yet."), why, open_it)
        case r.NotYourItem() | r.PeopleOnly() | r.CheckUnclear():
            return _of_who(reader, of)
        case _:
            assert_never(of)


def _of_list(reader: Reader, of: r.UnknownItem | r.ListNotOpen | r.ListTooSoon) -> RefusalText:
    t, name = reader.t, phase_name(reader, of.phase)
    match of:
        case r.UnknownItem(_, key, known):
            what = t("The checklist “{list}” does not ask for this: {key}", list=name, key=code(key))
            keys = ", ".join(code(one) for one in known[:_SHOWN])
            return RefusalText(what, next=t("It asks for: {keys}", keys=keys) if keys else "")
        case r.ListNotOpen(_, version, stage):
            if stage is None:
                return RefusalText(t("The checklist “{list}” is not open any more.", list=name))
            return RefusalText(
                t(
                    "The checklist “{list}” cannot be changed now: {version} is at “{stage}”.",
                    list=name,
                    version=tag(version),
                    stage=names.stage(reader, stage),
                )
            )
        case r.ListTooSoon(_, at):
            if at is None:
                return RefusalText(t("The checklist “{list}” begins after the rollout.", list=name))
            return RefusalText(
                t("The checklist “{list}” begins {at}.", list=name, at=when(reader, at)),
                next=t("It is about how things are some time after the rollout."),
            )
        case _:
            assert_never(of)


def _of_item(
    reader: Reader, of: r.CheckFailed | r.KnownByItself | r.ItemSettled | r.NothingSaid
) -> RefusalText:
    t, item = reader.t, item_text(reader, of.item)
    match of:
        case r.CheckFailed(_, evidence, link, waive, readings):
            why = tuple(quote(one, 300) for one in (evidence, link) if one)
            why += (said_of(reader, readings),) if readings else ()
            mend = t(
                "Mend it and report it again, or have it waived (ask: {who}).", who=names.roles(reader, waive)
            )
            return RefusalText(t("This failed: {item}", item=item), why, next=mend)
        case r.KnownByItself():
            return RefusalText(
                t("Naru knows this by itself, so nobody ticks it: {item}", item=item),
                next=t("Do what it speaks of, and it is done."),
            )
        case r.ItemSettled(_, waived, by):
            what = t("Already waived: {item}", item=item) if waived else t("Already done: {item}", item=item)
            return RefusalText(what, (t("By {who}.", who=user(by)),) if by else ())
        case r.NothingSaid():
            return RefusalText(t("Nobody ticked or waived this: {item}", item=item))
        case _:
            assert_never(of)


def _of_who(reader: Reader, of: r.NotYourItem | r.PeopleOnly | r.CheckUnclear) -> RefusalText:
    t = reader.t
    match of:
        case r.NotYourItem(items, roles, who, waive):
            shown, for_whom = item_texts(reader, items), names.roles(reader, roles)
            what = (
                t("Waiving is for {roles}: {items}", roles=for_whom, items=shown)
                if waive
                else t("This is for {roles}: {items}", roles=for_whom, items=shown)
            )
            return RefusalText(what, next=t("Who can: {people}", people=people(reader, who)) if who else "")
        case r.PeopleOnly():
            return RefusalText(t("Programs report checks; ticking and waiving are for people."))
        case r.CheckUnclear():
            return RefusalText(t("A check says whether it passed, or how much was covered."))
        case _:
            assert_never(of)
