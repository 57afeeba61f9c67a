"""Forms of checklists: many items ticked or unticked at once, and one item by itself."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build, FieldError
from bot.payloads import State
from commands.requests import AssignItem, NoteItem, Request, TickItems, UntickItem, WaiveItem
from domain.checklists.model import Phase
from domain.refusals import TextMissing
from messages.ids import Form, Target
from messages.modals import checklist, checklist_item
from messages.modals.checklist_item import What


def ticked(state: State) -> tuple[str, ...]:
    """The items that stand ticked in the form, in their order."""
    names = state.names(checklist.ITEMS)
    return tuple(key for name in names for key in state.choices(f"{checklist.ITEMS}{name}"))


def _ticks(target: Target, state: State) -> Request | None:
    """What was ticked or unticked since the form was shown: others may have ticked more meanwhile. None where
    all was ticked and is.
    """
    now, before = ticked(state), checklist.ticked_in(target)
    if checklist.all_ticked(target) and not checklist.changed(target, now):
        return None
    return TickItems(
        phase=Phase(target.state),
        keys=tuple(key for key in now if key not in before),
        untick=tuple(sorted(before - set(now))),
        release=target.release,
        room=target.room,
        from_rc=_candidate(target),
    )


def _item(target: Target, state: State) -> Request:
    phase, key = Phase(target.state), target.step
    release, room = target.release, target.room
    note, link = state.text(checklist_item.NOTE), state.text(checklist_item.LINK)
    match What(state.choice(checklist_item.WHAT)):
        case What.DONE:
            of = _candidate(target)
            return TickItems(
                phase=phase, keys=(key,), release=release, room=room, note=note, link=link, from_rc=of
            )
        case What.WAIVE:
            reason = state.text(checklist_item.REASON)
            if not reason:
                raise FieldError(checklist_item.REASON, TextMissing("waiver"))
            of = _candidate(target)
            return WaiveItem(phase=phase, key=key, reason=reason, release=release, room=room, from_rc=of)
        case What.ASSIGN:
            user, due = state.user(checklist_item.OWNER), state.moment(checklist_item.DUE)
            return AssignItem(phase=phase, key=key, user=user, due=due, release=release, room=room)
        case What.NOTE:
            return NoteItem(phase=phase, key=key, note=note, link=link, release=release, room=room)
        case What.REOPEN:
            return UntickItem(phase=phase, key=key, release=release, room=room)


def _candidate(target: Target) -> int | None:
    return target.candidate if target.release else None


FORMS: Mapping[Form, Build] = {Form.CHECKLIST: _ticks, Form.CHECK_ITEM: _item}

FIELDS: Mapping[Form, str] = {Form.CHECKLIST: "", Form.CHECK_ITEM: checklist_item.WHAT}
