"""What the presses of a year's list stand for, and what nobody of us wrote."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.payloads import Unreadable
from bot.years import ANSWERS, request_of
from commands.requests import AddAllOfYear, AnswerYear, TakeBackOfYear
from domain.calendar.rollover.model import Choice
from messages.ids import Press, Target

BUDDHA = Target(project="shop", state="2027", key="date:2027-05-13", at="2027-05-18T05:00:00+00:00")


@pytest.mark.parametrize(
    ("press", "choice"),
    [
        (Press.YEAR_ADD, Choice.ADDED),
        (Press.YEAR_NOT_NEEDED, Choice.NOT_NEEDED),
        (Press.YEAR_MOVE, Choice.MOVED),
        (Press.YEAR_SKIP, Choice.SKIPPED),
        (Press.YEAR_LEAVE, Choice.LEFT),
    ],
)
def test_a_press_is_one_answer(press: Press, choice: Choice) -> None:
    to = datetime(2027, 5, 18, 5, tzinfo=UTC)
    assert request_of(press, BUDDHA) == AnswerYear(
        project="shop", year=2027, key="date:2027-05-13", choice=choice, to=to
    )


def test_all_and_back_are_requests_of_their_own() -> None:
    assert request_of(Press.YEAR_ADD_ALL, BUDDHA) == AddAllOfYear(project="shop", year=2027)
    back = TakeBackOfYear(project="shop", year=2027, key="date:2027-05-13")
    assert request_of(Press.YEAR_BACK, BUDDHA) == back


@pytest.mark.parametrize("press", sorted(ANSWERS))
@pytest.mark.parametrize("state", ["", "soon", "1999", "2200", "99999999999", "-2027", "２０２７", "2027.5"])
def test_a_year_that_we_did_not_write_is_no_press_of_ours(press: Press, state: str) -> None:
    with pytest.raises(Unreadable):
        request_of(press, Target(project="shop", state=state))


@pytest.mark.parametrize("at", ["soon", "2027-05-18", "2027-05-18T14:00", "9" * 40])
def test_a_moment_that_we_did_not_write_is_no_press_of_ours(at: str) -> None:
    with pytest.raises(Unreadable):
        request_of(Press.YEAR_MOVE, Target(project="shop", state="2027", at=at))
