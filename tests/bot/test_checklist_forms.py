"""What was ticked, or filled in about one item, as the request that it makes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.forms import FieldError, field_of, request_of
from bot.payloads import Filled, State, Unreadable
from commands.requests import AssignItem, NoteItem, TickItems, UntickItem, WaiveItem
from domain.checklists.model import Phase
from domain.refusals import TextMissing
from messages.ids import Form, Target

PRE = Phase.PRE_RELEASE
LIST = Target(project="shop", release="r1", candidate=2, state=PRE, key="backup,network")
ITEM = Target(project="shop", release="r1", candidate=2, state=PRE, step="backup", key="clean")
DUE = datetime(2026, 3, 5, 5, tzinfo=UTC)


def boxes(**groups: tuple[str, ...]) -> State:
    """The groups by their section."""
    return State(
        {
            f"items:{name}:0": {"x": {"selected_options": [{"value": key} for key in keys]}}
            for name, keys in groups.items()
        }
    )


def fields(**values: Any) -> State:
    def element(name: str, value: Any) -> dict[str, Any]:
        if name == "what":
            return {"selected_option": {"value": value}}
        if name == "owner":
            return {"selected_user": value}
        return {"selected_date_time": int(value.timestamp())} if name == "due" else {"value": value}

    return State({name: {"x": element(name, value)} for name, value in values.items()})


def asked(form: Form, target: Target, state: State) -> object:
    return request_of(Filled(form, target, state))


def test_a_list_asks_for_what_was_ticked_and_unticked_since_it_was_shown() -> None:
    state = boxes(infrastructure=("backup", "disk"), security=("https",))
    assert asked(Form.CHECKLIST, LIST, state) == TickItems(
        phase=PRE, keys=("disk", "https"), untick=("network",), release="r1", from_rc=2
    )


def test_a_list_in_which_nothing_was_ticked_leaves_all_as_it_is() -> None:
    empty = Target(project="shop", room="m1", state=Phase.ROLLBACK_DURING)
    request = TickItems(phase=Phase.ROLLBACK_DURING, keys=(), room="m1")
    assert asked(Form.CHECKLIST, empty, boxes(all=())) == request


def test_a_list_that_was_all_ticked_asks_for_nothing_until_something_is_unticked() -> None:
    full = Target(project="shop", release="r1", candidate=2, state=PRE, key="backup,network,*")
    assert asked(Form.CHECKLIST, full, boxes(infrastructure=("network", "backup"))) is None
    assert asked(Form.CHECKLIST, full, boxes(infrastructure=("backup",))) == TickItems(
        phase=PRE, keys=(), untick=("network",), release="r1", from_rc=2
    )


@pytest.mark.parametrize(
    ("state", "request_"),
    [
        (
            fields(what="done", note=" by hand ", link="https://ci.example/1"),
            TickItems(
                phase=PRE,
                keys=("backup",),
                release="r1",
                note="by hand",
                link="https://ci.example/1",
                from_rc=2,
            ),
        ),
        (
            fields(what="waive", reason="no database"),
            WaiveItem(phase=PRE, key="backup", reason="no database", release="r1", from_rc=2),
        ),
        (
            fields(what="assign", owner="U0DBA", due=DUE),
            AssignItem(phase=PRE, key="backup", user="U0DBA", due=DUE, release="r1"),
        ),
        (fields(what="assign"), AssignItem(phase=PRE, key="backup", release="r1")),
        (fields(what="note", note="later"), NoteItem(phase=PRE, key="backup", note="later", release="r1")),
        (fields(what="reopen"), UntickItem(phase=PRE, key="backup", release="r1")),
    ],
)
def test_an_item_asks_for_what_was_chosen(state: State, request_: object) -> None:
    assert asked(Form.CHECK_ITEM, ITEM, state) == request_


def test_an_item_of_a_war_room_is_of_no_candidate() -> None:
    target = Target(project="shop", room="m1", state=Phase.OUTAGE, step="assess")
    request = TickItems(phase=Phase.OUTAGE, keys=("assess",), room="m1")
    assert asked(Form.CHECK_ITEM, target, fields(what="done")) == request


def test_a_waiver_without_a_reason_is_told_beside_its_field() -> None:
    with pytest.raises(FieldError) as error:
        asked(Form.CHECK_ITEM, ITEM, fields(what="waive", reason=" "))
    assert (error.value.field, error.value.refusal) == ("reason", TextMissing("waiver"))


@pytest.mark.parametrize(
    ("form", "target", "state"),
    [
        (Form.CHECKLIST, Target(release="r1", state="nonsense"), boxes()),
        (Form.CHECK_ITEM, Target(release="r1", state="nonsense"), fields(what="done")),
        (Form.CHECK_ITEM, ITEM, fields(what="nonsense")),
    ],
)
def test_choices_that_are_none_of_ours_are_unreadable(form: Form, target: Target, state: State) -> None:
    with pytest.raises(Unreadable):
        asked(form, target, state)


def test_refusals_of_an_item_stand_beside_its_choice_and_those_of_a_list_on_top() -> None:
    assert (field_of(Form.CHECK_ITEM), field_of(Form.CHECKLIST)) == ("what", "")
