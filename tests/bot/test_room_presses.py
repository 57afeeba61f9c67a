"""What is pressed in a war room is a request at once."""

from __future__ import annotations

import pytest

from bot.payloads import Pressed, Unreadable
from bot.presses import request_of
from commands.requests import OpenPlaybook
from domain.checklists.model import Phase
from messages.ids import Press, Target


def playbook(state: str) -> Pressed:
    return Pressed(Press.PLAYBOOK, Target(room="r1", state=state), "t1", "", None, "")


def test_a_playbook_is_opened_by_its_name() -> None:
    assert request_of(playbook("data_loss")) == OpenPlaybook(room="r1", playbook=Phase.DATA_LOSS)


def test_a_playbook_that_nobody_offered_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        request_of(playbook("dance"))
