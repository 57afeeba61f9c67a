"""Slack's one message a second in each channel, and the newest state of a card soon."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest

from bot.pacing import Pace, Paced


class Watch:
    """Seconds that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def waits(turn: Callable[[], None]) -> float:
    """0 when it was its turn."""
    try:
        turn()
    except Paced as paced:
        return round(paced.after, 6)
    return 0


def test_a_channel_takes_one_message_a_second_and_others_do_not_wait_for_it(watch: Watch) -> None:
    pace = Pace(1, watch)
    assert waits(lambda: pace.post("C1")) == 0
    assert waits(lambda: pace.post("C1")) == 1.0
    assert waits(lambda: pace.post("C2")) == 0
    watch.now += 0.6
    assert waits(lambda: pace.update("C1", "1.1")) == 0.4
    watch.now += 0.4
    assert waits(lambda: pace.update("C1", "1.1")) == 0


def test_one_card_is_not_updated_more_often_than_slack_takes_updates(watch: Watch) -> None:
    pace = Pace(1, watch)
    assert waits(lambda: pace.update("C1", "1.1")) == 0
    watch.now += 1
    assert waits(lambda: pace.update("C1", "1.1")) == 0.25
    assert waits(lambda: pace.update("C1", "2.2")) == 0


def test_an_update_goes_before_what_can_wait_but_not_for_ever(watch: Watch) -> None:
    pace = Pace(1, watch)
    pace.post("C1")
    order = []
    for card in map(str, range(6)):
        assert waits(lambda: pace.post("C1")) == 1.0
        assert waits(partial(pace.update, "C1", card)) == 1.0
        watch.now += 1
        if not waits(lambda: pace.post("C1")):
            order.append("line")
        if not waits(partial(pace.update, "C1", card)):
            order.append("card")
    assert order == ["card", "card", "line", "card", "card", "line"]


def test_who_does_not_come_again_is_not_waited_for(watch: Watch) -> None:
    pace = Pace(1, watch)
    pace.post("C1")
    assert waits(lambda: pace.update("C1", "1.1")) == 1.0
    watch.now += 1
    assert waits(lambda: pace.post("C1")) == 0.1
    watch.now += 1
    assert waits(lambda: pace.post("C1")) == 0


def test_who_comes_when_told_to_is_neither_too_early_nor_late(watch: Watch) -> None:
    pace, times = Pace(1, watch), []
    while len(times) < 50:
        try:
            pace.post("C1")
        except Paced as paced:
            watch.now += paced.after
        else:
            times.append(watch.now)
    assert {round(later - earlier, 6) for earlier, later in pairwise(times)} == {1.0}
