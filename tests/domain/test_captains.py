from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.captains import Rotation, on_duty
from domain.policy import Captains

A, B, C = "U0A", "U0B", "U0C"
MONDAY = date(2026, 3, 2)
LENGTH = {Rotation.DAILY: 1, Rotation.WEEKLY: 7, Rotation.BIWEEKLY: 14}
users = st.lists(st.sampled_from([A, B, C]), min_size=1, max_size=6)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
rotations = st.sampled_from(Rotation)


@pytest.mark.parametrize(
    ("rotation", "turns"),
    [
        (Rotation.DAILY, "ABCABCABCABCABC"),
        (Rotation.WEEKLY, "AAAAAAABBBBBBBC"),
        (Rotation.BIWEEKLY, "AAAAAAAAAAAAAAB"),
    ],
)
def test_turns_follow_each_other(rotation: Rotation, turns: str) -> None:
    found = [on_duty((A, B, C), rotation, MONDAY + timedelta(n), anchor=MONDAY)[-1] for n in range(15)]
    assert "".join(found) == turns


def test_any_day_of_the_week_anchors_it() -> None:
    friday, last_week = MONDAY + timedelta(4), MONDAY - timedelta(1)
    assert on_duty((A, B), Rotation.WEEKLY, MONDAY, anchor=friday) == A
    assert on_duty((A, B), Rotation.WEEKLY, last_week, anchor=friday) == B


def test_without_users_nobody_is_on_duty() -> None:
    assert Captains().on_duty(MONDAY) == ""


@given(users, rotations, days, days)
def test_everybody_has_a_turn_of_the_same_length(
    names: list[str], rotation: Rotation, anchor: date, day: date
) -> None:
    one_round = [
        on_duty(names, rotation, day + timedelta(n), anchor=anchor)
        for n in range(LENGTH[rotation] * len(names))
    ]
    expected = {name: names.count(name) * LENGTH[rotation] for name in names}
    assert {name: one_round.count(name) for name in names} == expected


@given(users, rotations, days, days, st.integers(-50, 50))
def test_a_round_later_it_is_the_same_persons_turn(
    names: list[str], rotation: Rotation, anchor: date, day: date, rounds: int
) -> None:
    later = day + timedelta(LENGTH[rotation] * len(names) * rounds)
    first, again = (on_duty(names, rotation, at, anchor=anchor) for at in (day, later))
    assert first == again


@given(users, rotations, days)
def test_the_first_one_has_the_anchors_turn(names: list[str], rotation: Rotation, anchor: date) -> None:
    assert on_duty(names, rotation, anchor, anchor=anchor) == names[0]
