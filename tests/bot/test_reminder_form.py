"""The form and the buttons of who answers a reminder, as Slack sends them back."""

from __future__ import annotations

import pytest

from bot.forms import request_of
from bot.payloads import Filled, Pressed, State, Unreadable
from bot.presses import request_of as request_of_press
from commands.requests import AcknowledgeReminder, ResumeReminder, SnoozeReminder
from domain.reminders import Later
from messages.ids import Form, Press, Target
from messages.modals.later import LATER

TARGET = Target(project="shop", reminder="k")


def chosen(value: str) -> Filled:
    state = {LATER: {LATER: {"type": "radio_buttons", "selected_option": {"value": value}}}}
    return Filled(Form.LATER, TARGET, State(state))


@pytest.mark.parametrize("later", list(Later))
def test_every_choice_puts_the_reminder_off(later: Later) -> None:
    assert request_of(chosen(later)) == SnoozeReminder(project="shop", reminder="k", later=later)


@pytest.mark.parametrize("value", ["", "2h", "never"])
def test_a_choice_that_the_form_does_not_offer_is_not_read(value: str) -> None:
    with pytest.raises(Unreadable):
        request_of(chosen(value))


def test_seen_and_after_all_need_no_more_words() -> None:
    assert [
        request_of_press(Pressed(press, TARGET, "")) for press in Press if press.startswith("reminder.")
    ] == [
        AcknowledgeReminder(project="shop", reminder="k"),
        None,
        ResumeReminder(project="shop", reminder="k"),
    ]
