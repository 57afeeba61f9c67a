"""What is done with one change of a list: the press that its overflow stands for, and the request of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot import presses
from bot.forms import FieldError, request_of
from bot.payloads import Filled, Pressed, State
from commands.requests import CorrectMessage, TakeBackChange
from domain.refusals import Gone, Refused, TextMissing
from messages.ids import Form, Press, Target

SHA = "a" * 40
AT = Target(release="r1", state="fix", page=2, key=SHA[:20])


def pressed(step: str) -> Pressed:
    return Pressed(Press.CHANGE, Target(**{**vars(AT), "step": step}), "t1")


@pytest.mark.parametrize("press", [Press.LEAVE_OUT, Press.TAKE_BACK_CHANGE, Press.CORRECT, Press.AS_IN_GIT])
def test_an_option_stands_for_its_own_press(press: Press) -> None:
    assert presses.unfolded(pressed(press)) == Pressed(press, AT, "t1")


@pytest.mark.parametrize("step", ["", "release.deploy", "nonsense"])
def test_an_option_that_is_none_of_ours_is_gone(step: str) -> None:
    with pytest.raises(Refused) as refused:
        presses.unfolded(pressed(step))
    assert refused.value.refusal == Gone("button")


def test_what_needs_no_words_is_asked_at_once() -> None:
    taken_back = presses.request_of(Pressed(Press.TAKE_BACK_CHANGE, AT, "t1"))
    assert taken_back == TakeBackChange(release="r1", sha=SHA[:20])
    as_in_git = presses.request_of(Pressed(Press.AS_IN_GIT, AT, "t1"))
    assert as_in_git == CorrectMessage(release="r1", commit=SHA[:20])
    assert presses.request_of(Pressed(Press.CORRECT, AT, "t1")) is None


def filled(subject: str, body: str) -> Filled:
    def typed(name: str, value: str) -> dict[str, Any]:
        return {name: {"value": value or None}}

    state = State({"subject": typed("subject", subject), "body": typed("body", body)})
    return Filled(Form.CORRECT, Target(project="shop", release="r1", key=SHA), state)


@pytest.mark.parametrize(
    ("body", "message"),
    [(" \n", "fix: a\n"), ("Why.\n\nCloses #3\n", "fix: a\n\nWhy.\n\nCloses #3")],
)
def test_a_form_asks_for_a_whole_message(body: str, message: str) -> None:
    asked = CorrectMessage(project="shop", release="r1", commit=SHA, message=message)
    assert request_of(filled(" fix: a ", body)) == asked


def test_a_form_without_a_first_line_is_refused_beside_it() -> None:
    with pytest.raises(FieldError) as refused:
        request_of(filled("  ", "why"))
    assert (refused.value.field, refused.value.refusal) == ("subject", TextMissing("message"))
