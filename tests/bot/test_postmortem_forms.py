"""What was filled in about an action item, as the request that it makes."""

from __future__ import annotations

from datetime import date

import pytest

from bot.forms import request_of
from bot.payloads import Filled, State
from commands.requests import EndActionItem, HandOnActionItem
from domain.postmortem import ItemState
from messages.ids import Form, Target

ITEM = Target(project="shop", room="w1", key="i1")


def asked(how: str, note: str = "", owner: str = "U1", due: str = "2026-03-16") -> object:
    fields = {
        "how": {"selected_option": {"value": how}},
        "note": {"value": note or None},
        "owner": {"selected_user": owner or None},
        "due": {"selected_date": due or None},
    }
    state = State({name: {name: element} for name, element in fields.items()})
    return request_of(Filled(Form.ITEM_END, ITEM, state))


def test_an_item_that_goes_on_has_the_owner_and_the_day_that_were_chosen() -> None:
    wanted = HandOnActionItem(room="w1", item="i1", owner="U1", due=date(2026, 3, 16))
    assert asked("handed_on") == wanted
    assert asked("handed_on", owner="", due="") == HandOnActionItem(room="w1", item="i1")


@pytest.mark.parametrize("how", list(ItemState)[1:])
def test_an_item_that_ended_has_its_note(how: ItemState) -> None:
    assert asked(how, "#12") == EndActionItem(room="w1", item="i1", state=how, note="#12")
