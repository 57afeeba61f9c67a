"""Tick items of a list, all at once or one, and take back what was said."""

from __future__ import annotations

from dataclasses import replace

from commands.checklists.case import ListCase, check_words, item_of, list_case, not_open, say, told
from commands.requests import TickItems, UntickItem
from domain.checklists.judge import opens_at, reopened
from domain.checklists.model import SAID_ELSEWHERE, ItemState, Phase
from domain.checklists.standing import Judged, Standing
from domain.events import ItemReopened, ItemsTicked
from domain.people import Origin
from domain.refusals import (
    CheckFailed,
    ItemSettled,
    KnownByItself,
    ListTooSoon,
    NothingSaid,
    NotYourItem,
    Refused,
    TextMissing,
)
from domain.views import Happened
from storage.db import Tx


def tick(tx: Tx, request: TickItems, origin: Origin) -> Happened:
    """Those that somebody has settled meanwhile are left as they are. Raises Refused.

    Nothing is ticked when one of them cannot be.
    """
    found = list_case(tx, request, origin, from_rc=request.from_rc)
    check_words(request.note, request.link)
    _check_time(found)
    new, back = _wanted(found, request), _ticked(found, request.untick)
    if not new and not back and not request.keys:
        raise Refused(TextMissing("items"))
    check_roles(found, [*new, *back], origin)
    said = {one.item.key: _done(found, one, request, origin) for one in new}
    said |= {one.item.key: reopened(one.state) for one in back}
    say(tx, found, said)
    left = [one for one in found.items.values() if not one.settled and one.item.key not in said]
    event = ItemsTicked(
        phase=found.phase,
        items=tuple(one.item.named for one in new),
        reopened=tuple(one.item.named for one in back),
        candidate=found.release.rc if found.release else 0,
        note=request.note.strip(),
        link=request.link.strip(),
        open=len(left) + len(back),
        **found.whose,
    )
    told(tx, found, origin, [event], aloud=bool(back))
    return Happened(event)


def _check_time(found: ListCase) -> None:
    """Raises Refused(ListTooSoon)."""
    at = opens_at(found.phase, found.release)
    if found.phase is Phase.POST_SOON and (at is None or found.at < at):
        raise Refused(ListTooSoon(found.phase, at))


def _wanted(found: ListCase, request: TickItems) -> list[Judged]:
    """The open ones of those that were named. Raises Refused."""
    named = [item_of(found, key) for key in dict.fromkeys(request.keys)]
    new = [one for one in named if not one.settled]
    for one in new or named:
        _check(found, one)
    return new


def _ticked(found: ListCase, keys: tuple[str, ...]) -> list[Judged]:
    """Those of the named ones that a person ticked and nobody has taken back since. Raises Refused."""
    named = [item_of(found, key) for key in dict.fromkeys(keys)]
    return [one for one in named if one.state.done_at is not None]


def _check(found: ListCase, one: Judged) -> None:
    """Whether the item can be ticked at all. Raises Refused."""
    item = one.item
    if item.auto in SAID_ELSEWHERE and item.auto is not None:
        raise Refused(KnownByItself(item.named, item.auto))
    if one.standing is Standing.FAILED:
        known = one.proof
        waive = found.may(found.checklist.waive)
        evidence, link = (known.text, known.link) if known else ("", "")
        raise Refused(CheckFailed(item.named, evidence, link, waive, known.readings if known else ()))
    if one.settled:
        waived = one.standing is Standing.WAIVED
        raise Refused(ItemSettled(item.named, waived, one.state.waived_by if waived else one.state.done_by))
    check_candidate(found, one)


def check_candidate(found: ListCase, one: Judged) -> None:
    """What is said of a candidate is said once there is one. Raises Refused(ListNotOpen)."""
    if one.item.of_candidate and found.release is not None and not found.release.rc:
        raise Refused(not_open(found))


def check_roles(found: ListCase, items: list[Judged], origin: Origin) -> None:
    """Whose it is may tick it, and whoever holds a role of it. Raises Refused(NotYourItem) with all."""
    user = origin.actor.user
    held = found.roles(user)
    foreign = [
        one
        for one in items
        if user != one.state.owner and not held & set(found.may(found.checklist.who_ticks(one.item)))
    ]
    if not foreign:
        return
    roles = found.may(found.checklist.who_ticks(foreign[0].item))
    who = tuple(sorted(found.roster.anyone(roles)))
    raise Refused(NotYourItem(tuple(one.item.named for one in foreign), roles, who))


def _done(found: ListCase, one: Judged, request: TickItems, origin: Origin) -> ItemState:
    return replace(
        reopened(one.state),
        done_at=found.at,
        done_by=origin.actor.user,
        note=request.note.strip() or one.state.note,
        link=request.link.strip() or one.state.link,
        candidate=found.release.rc if one.item.of_candidate and found.release else 0,
    )


def untick(tx: Tx, request: UntickItem, origin: Origin) -> Happened:
    """Take back a tick, or a waiver. Raises Refused."""
    found = list_case(tx, request, origin)
    one = item_of(found, request.key)
    if not one.state.settled:
        raise Refused(NothingSaid(one.item.named))
    waived = one.state.waived_at is not None
    if waived:
        check_waive(found, one, origin)
    else:
        check_roles(found, [one], origin)
    say(tx, found, {one.item.key: reopened(one.state)})
    event = ItemReopened(phase=found.phase, item=one.item.named, waived=waived, **found.whose)
    told(tx, found, origin, [event], aloud=True)
    return Happened(event)


def check_waive(found: ListCase, one: Judged, origin: Origin) -> None:
    """Raises Refused(NotYourItem)."""
    roles = found.may(found.checklist.waive)
    if not found.roles(origin.actor.user) & set(roles):
        who = tuple(sorted(found.roster.anyone(roles)))
        raise Refused(NotYourItem((one.item.named,), roles, who, waive=True))
