"""The earliest time for a deploy: the rule that decides it, the way there, and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from domain.calendar.earliest import Preparation, Wait
from domain.calendar.entries import GateRule
from domain.calendar.reasons import GateReason
from domain.calendar.slots import Slot
from domain.calendar.zones import local_day
from domain.types import ReleaseType
from domain.when import Alternative, Change, Prospect, WhenView
from messages import blocks, names
from messages.blocks import Block, Element
from messages.buttons import press_button
from messages.checklists.needs import together
from messages.dates import day, duration, moment
from messages.gates import DOTS, permit_line, reason_line, reason_name, why
from messages.ids import Press, Target
from messages.lists.rows import project_title
from messages.message import Message
from messages.modals.fields import time_value
from messages.names import word
from messages.needs import missing_line
from messages.parts import fitting, labelled, quote, when
from messages.texts import Reader

_LIST = 2500
_DAY = timedelta(days=1)
_MEANT_FOR = {
    ReleaseType.EMERGENCY: word("only for urgent bugs and security patches"),
    ReleaseType.HOTFIX: word("only for a fix during an incident"),
}


def when_answer(reader: Reader, view: WhenView) -> Message:
    """For `/release when`."""
    reader = replace(reader, project_zone=view.project.zone)
    return Message(f"{_name(reader, view)}: {_earliest(reader, view)}", list(_blocks(reader, view)))


def _blocks(reader: Reader, view: WhenView) -> Iterator[Block]:
    t = reader.t
    yield blocks.section(fitting(reader, list(_head(reader, view)), _LIST))
    for label, lines in (
        (t("The way there"), list(_steps(reader, view))),
        (_once_ready(reader, view), list(_closed(reader, view))),
        (t("No date settles this"), list(_undated(reader, view))),
        (t("It could be earlier"), [_alternative(reader, view, one) for one in view.alternatives]),
    ):
        if lines:
            yield blocks.section(labelled(label, fitting(reader, lines, _LIST)))
    if view.prospect.preparations and view.prospect.earliest.at:
        yield blocks.context(t("Holds if builds, staging, QA and approvals are done as soon as they may be."))
    if buttons := list(_buttons(reader, view)):
        yield blocks.actions(buttons)


# --- the answer -------------------------------------------------------------------------------------------


def _head(reader: Reader, view: WhenView) -> Iterator[str]:
    t = reader.t
    yield f"{project_title(reader, view.project)} · {_what(reader, view)}"
    yield f"*{_earliest(reader, view)}*"
    if view.prospect.earliest.binds:
        yield t("Decided by: {rule}", rule=f"*{_rule(reader, view)}*")
    yield from _warned(reader, view.prospect)
    yield from (permit_line(reader, permit) for permit in view.prospect.earliest.permits)
    planned = view.release.deploy_at if view.release else None
    at = view.prospect.earliest.at
    if planned is None:
        return
    if at is None or planned < at:
        yield t("Planned: {at}. That cannot be kept.", at=when(reader, planned))
    elif planned == at:
        yield t("It is planned for that time.")
    else:
        yield t("Planned: {at}", at=when(reader, planned))


def _warned(reader: Reader, of: Prospect) -> Iterator[str]:
    yield from (f"{DOTS[reason.verdict]} {why(reader, reason)}" for reason in of.earliest.warned)


def _name(reader: Reader, view: WhenView) -> str:
    if view.release:
        return quote(view.release.tag, 64)
    return project_title(reader, view.project)


def _what(reader: Reader, view: WhenView) -> str:
    kind = names.release_type(reader, view.type)
    if view.release is None:
        return reader.t("{type}, if it is started now", type=f"*{kind}*")
    return f"*{quote(view.release.tag, 64)}* · {kind} · {names.stage(reader, view.release.stage)}"


def _earliest(reader: Reader, view: WhenView) -> str:
    t = reader.t
    at = view.prospect.earliest.at
    if at is None:
        return t("There is no time for a deploy until somebody opens the gate")
    if at <= view.at:
        return t("Earliest deploy: now")
    return t("Earliest deploy: {at}", at=when(reader, at))


def _rule(reader: Reader, view: WhenView) -> str:
    """What binds, as a name; without marks of its own, it is set in bold."""
    t = reader.t
    match view.prospect.earliest.binds:
        case Preparation(Wait.FREEZE) if view.freeze_days is not None:
            return t("Code freeze, {days} before the deploy", days=duration(reader, view.freeze_days * _DAY))
        case Preparation(Wait.FREEZE):
            return t("Code freeze and its QA days")
        case Preparation(Wait.SOAK):
            return t("Staging soak")
        case Preparation(Wait.APPROVERS):
            return t("Approvers' working hours")
        case GateReason() as reason:
            return why(reader, reason).replace("*", "")
        case _:
            return ""


# --- the way there ----------------------------------------------------------------------------------------


def _steps(reader: Reader, view: WhenView) -> Iterator[str]:
    """Freeze, QA, soak, approvals; none where they lead nowhere."""
    t = reader.t
    if view.prospect.earliest.at is None:
        return
    if slot := view.prospect.slot:
        yield from _frozen(reader, view, slot)
    for one in view.prospect.preparations:
        if one.wait is Wait.SOAK:
            yield "• " + t("Staging soak until {at}", at=when(reader, one.until))
    if roles := [names.role(reader, role) for role in view.prospect.approvers]:
        yield "• " + t("Approval by {roles}", roles=", ".join(roles)) + _from(reader, view)
    if until := _lapses(view):
        yield "• " + t("Approved until {at}: after that it has to be approved again", at=when(reader, until))


def _from(reader: Reader, view: WhenView) -> str:
    """When approvers are at work to give it."""
    asked = [one.until for one in view.prospect.preparations if one.wait is Wait.APPROVERS]
    return " · " + reader.t("from {at}", at=when(reader, asked[0])) if asked else ""


def _lapses(view: WhenView) -> datetime | None:
    """When what is approved lapses, if that is before the deploy."""
    until = view.release.approval_until if view.release else None
    at = view.prospect.earliest.at
    return until if until and at and until <= at else None


def _frozen(reader: Reader, view: WhenView, slot: Slot) -> Iterator[str]:
    t = reader.t
    if slot.freeze_at:
        at = when(reader, slot.freeze_at)
        begun = view.release is not None and view.release.freeze_at == slot.freeze_at <= view.at
        yield "• " + (t("Code freeze since {at}", at=at) if begun else t("Code freeze from {at}", at=at))
    today = local_day(view.at, ZoneInfo(view.project.zone))
    if slot.qa_last_day and slot.qa_last_day >= today:
        yield f"• {_qa(reader, slot)}"


def _qa(reader: Reader, slot: Slot) -> str:
    days = [day(reader, one) for one in (slot.qa_first_day, slot.qa_last_day) if one]
    return f"QA {' – '.join(dict.fromkeys(days))}"


def _once_ready(reader: Reader, view: WhenView) -> str:
    ready = view.prospect.earliest.ready_at
    if ready <= view.at:
        return reader.t("Closed by")
    return reader.t("Ready {at} at the earliest, then closed by", at=when(reader, ready))


def _closed(reader: Reader, view: WhenView) -> Iterator[str]:
    """All that closes from then on; nothing where the rule that was named is all there is."""
    found = view.prospect.earliest
    if found.in_the_way != (found.binds,) or found.at is not None:
        yield from (f"{DOTS[reason.verdict]} {reason_line(reader, reason)}" for reason in found.in_the_way)


def _undated(reader: Reader, view: WhenView) -> Iterator[str]:
    yield from (f"• {missing_line(reader, one)}" for one in together(view.missing))
    for role in view.nobody:
        yield "• " + reader.t("Nobody is left who could approve as {role}.", role=names.role(reader, role))


# --- what would make it earlier ---------------------------------------------------------------------------


def _alternative(reader: Reader, view: WhenView, of: Alternative) -> str:
    """The time, what it takes, and what warns then."""
    found = of.prospect.earliest
    at = reader.t("now") if found.at and found.at <= view.at else when(reader, found.at or view.at)
    return "• " + " · ".join([f"*{at}*", *_price(reader, view, of), *_warned(reader, of.prospect)])


def _price(reader: Reader, view: WhenView, of: Alternative) -> Iterator[str]:
    t = reader.t
    roles = names.roles(reader, of.roles)
    match of.change:
        case Change.FREEZE:
            short, usual = (duration(reader, days * _DAY) for days in (of.freeze_days, view.freeze_days or 0))
            yield t("with a code freeze of {days} instead of {usual}", days=short, usual=usual)
            if of.prospect.slot:
                yield _qa(reader, of.prospect.slot)
        case Change.EXCEPTION:
            rules = ", ".join(_granted(reader, one) for one in of.reasons)
            yield t("by exception from: {rules}", rules=rules)
        case Change.UNLOCKED:
            yield t("if the lock is lifted (who can: {roles})", roles=roles)
        case Change.TYPE:
            kind = of.type or view.type
            yield t("as a new release of type {type}", type=names.release_type(reader, kind))
            yield t(_MEANT_FOR[kind]) if kind in _MEANT_FOR else ""
            yield t("approval by {roles}", roles=", ".join(names.role(reader, role) for role in of.roles))
        case _:
            assert_never(of.change)


def _granted(reader: Reader, reason: GateReason) -> str:
    roles = names.roles(reader, reason.grantors)
    return reader.t("{rule} (granted by: {roles})", rule=reason_name(reader, reason), roles=roles)


# --- buttons ----------------------------------------------------------------------------------------------


def _buttons(reader: Reader, view: WhenView) -> Iterator[Element]:
    """What the reader can do about it."""
    t = reader.t
    found, release = view.prospect.earliest, view.release
    if release and view.may_retarget and found.at and found.at > view.at and found.at != release.deploy_at:
        target = Target(release=release.id, state=time_value(found.at))
        yield press_button(t("Move the deploy to {at}…", at=moment(reader, found.at)), Press.RETARGET, target)
    if release and view.may_ask:
        yield from _asking(reader, view, release.id)
    rule = found.binds.rule if isinstance(found.binds, GateReason) else None
    if rule is GateRule.LOCK:
        yield press_button(t("Lift the lock"), Press.LIFT_LOCK, Target(project=view.project.key))
    if rule is GateRule.NO_WINDOWS:
        yield press_button(t("Add a window…"), Press.WINDOW_ADD, Target(project=view.project.key))


def _asking(reader: Reader, view: WhenView, release: str) -> Iterator[Element]:
    """The form of a request, for the time that the exceptions would open."""
    t = reader.t
    for one in view.alternatives:
        at = one.prospect.earliest.at
        if one.change is Change.EXCEPTION and at:
            ahead = at > view.at
            label = (
                t("Ask for an exception, {at}…", at=moment(reader, at))
                if ahead
                else t("Ask for an exception…")
            )
            target = Target(release=release, state=time_value(at) if ahead else "")
            yield press_button(label, Press.EXCEPTION_ASK, target, key=time_value(at))
