"""Slack's one message a second in each channel, and the newest state of a card soon."""

from __future__ import annotations

from itertools import pairwise

from domain.pace import (
    IN_FLIGHT_S,
    KEPT_BACK,
    UPDATES_AT_ONCE,
    Ask,
    Channel,
    Slot,
    Updates,
    answered,
    given_back,
    is_recent,
    needs_slot,
    no_updates,
    refused,
    slot,
    turn,
)

LATE_S = 0.3


class Place:
    """A channel whose time is moved by hand; Slack answers at once where a test does not say otherwise."""

    def __init__(self, at: float = 100.0) -> None:
        self.now = at
        self.channel = Channel()
        self.updates = Updates()

    def asks(self, who: str, ts: str = "") -> float:
        """The seconds to wait; 0 when it was its turn."""
        ask, found = Ask(who, "C1", ts), Slot()
        if needs_slot(self.channel, ask, self.now):
            recent = is_recent(self.channel, ts, self.now)
            self.updates, found = slot(self.updates, self.now, recent=recent)
        self.channel, wait = turn(self.channel, ask, self.now, found)
        return round(wait, 6)

    def sends(self, who: str, ts: str = "", takes: float = 0.0) -> float:
        """The same, and Slack's answer."""
        wait = self.asks(who, ts)
        if not wait:
            self.now += takes
            self.channel = answered(self.channel, who, self.now)
        return wait

    def moves(self, seconds: float) -> None:
        self.now += seconds


def test_a_channel_takes_one_message_a_second() -> None:
    place = Place()
    assert place.sends("a") == 0
    assert place.sends("b") == 1.0
    place.moves(0.6)
    assert place.sends("b") == 0.4
    place.moves(0.4)
    assert place.sends("b") == 0


def test_the_second_begins_with_slacks_answer() -> None:
    place = Place()
    assert place.sends("a", takes=0.3) == 0
    assert place.sends("b") == 1.0
    place.moves(1.0)
    assert place.sends("b") == 0


def test_while_an_answer_is_outstanding_nobody_else_goes_and_all_know_about_when_it_will_be() -> None:
    place = Place()
    assert place.sends("a", takes=0.3) == 0
    place.moves(1.0)
    assert place.asks("b") == 0
    assert place.asks("c") == 1.3
    place.moves(1.3)
    assert place.asks("c") == 0.1  # it takes longer than the one before
    place.channel = answered(place.channel, "b", place.now)
    assert place.asks("c") == 1.0


def test_who_is_killed_with_its_turn_blocks_nobody() -> None:
    place = Place()
    assert place.asks("killed") == 0
    place.moves(IN_FLIGHT_S)
    assert place.sends("b") == 0
    assert place.asks("c") == 1.0


def test_an_answer_that_comes_late_counts_all_the_same() -> None:
    place = Place()
    assert place.asks("slow") == 0
    place.moves(IN_FLIGHT_S)
    assert place.sends("b") == 0
    place.moves(0.5)
    place.channel = answered(place.channel, "slow", place.now)
    assert place.asks("c") == 1.0


def test_a_turn_that_came_to_nothing_is_given_back_by_who_has_it() -> None:
    place = Place()
    assert place.asks("a") == 0
    place.channel = given_back(place.channel, "b", place.now)
    assert place.asks("b") == 1.0
    place.channel = given_back(place.channel, "a", place.now)
    assert place.asks("b") == 0


def test_slack_asks_for_patience_in_a_channel() -> None:
    place = Place()
    assert place.asks("a") == 0
    place.channel = refused(place.channel, 7, place.now)
    assert place.asks("b") == 7.0
    place.channel = refused(place.channel, 3_600, place.now)
    assert place.asks("b") == 60.0  # then it is asked again


def test_one_message_is_not_updated_more_often_than_slack_takes_updates() -> None:
    place = Place()
    assert place.sends("a", "1.1") == 0
    place.moves(1)
    assert place.asks("b", "1.1") == 0.25
    assert place.asks("c", "2.2") == 0


def test_who_may_not_go_yet_holds_up_nobody() -> None:
    place = Place()
    assert place.sends("a", "1.1") == 0
    assert place.asks("b", "1.1") == 1.25
    place.moves(1)
    assert place.sends("line") == 0


def turns(place: Place, waiting: dict[str, str]) -> list[str]:
    """Who of those that ask now goes when, if all come when they are told to; `ts` is empty for a line."""
    order, due = [], dict.fromkeys(waiting, place.now)
    while due:
        place.now = min(due.values())
        for who in [one for one, at in due.items() if at <= place.now]:
            if wait := place.sends(who, waiting[who]):
                due[who] = place.now + wait
            else:
                order.append(who)
                del due[who]
    return order


def test_an_update_goes_before_what_can_wait_but_not_for_ever() -> None:
    place = Place()
    place.sends("first")
    cards = {f"card {n}": f"{n}.{n}" for n in range(6)}
    order = turns(place, {"line 1": "", "line 2": "", **cards})
    assert order == ["card 0", "card 1", "line 1", "card 2", "card 3", "line 2", "card 4", "card 5"]
    assert place.now == 100.0 + 8


def test_a_line_waits_on_where_a_card_would_be_late_only_because_of_it() -> None:
    place = Place()
    cards = {f"card {n}": f"{n}.{n}" for n in range(3)}
    assert turns(place, {**cards, "line": ""}) == ["card 0", "card 1", "card 2", "line"]


def test_a_line_waits_on_where_two_cards_change_all_the_time_but_not_longer_than_ten_seconds() -> None:
    """Slack takes 50 ms: after a line between them a card would be shown 3.15 s after its change."""
    place, order = Place(), []
    place.sends("first", takes=0.05)
    due = {"": place.now, "1.1": place.now, "2.2": place.now}
    while "line" not in order:
        place.now = max(place.now, min(due.values()))
        for ts in [one for one, at in due.items() if at <= place.now]:
            who = f"{ts}, {order.count(ts)}" if ts else "line"
            wait = place.sends(who, ts, takes=0.05)
            due[ts] = place.now + wait
            if not wait:  # a card has changed again by then
                order.append(ts or "line")
    assert order == [*(["1.1", "2.2"] * 4), "1.1", "line"]
    assert round(place.now - 100, 6) == 10.55


def test_who_asks_for_longer_goes_first_whoever_comes_first() -> None:
    place = Place()
    place.sends("first")
    assert place.asks("a") == 1.0
    assert place.asks("b") == 2.0
    assert place.asks("c") == 3.0
    place.moves(1)
    assert place.sends("a") == 0
    place.moves(1)
    assert place.asks("c") == 0.1
    assert place.sends("b") == 0


def test_who_is_not_due_yet_keeps_nobody_from_a_free_channel() -> None:
    place = Place()
    place.sends("first")
    assert place.asks("gone 1") == 1.0
    assert place.asks("gone 2") == 2.0
    assert place.asks("a") == 3.0
    place.moves(1.4)
    assert place.sends("new") == 0


def test_who_does_not_come_when_told_to_is_not_waited_for() -> None:
    place = Place()
    place.sends("first")
    assert place.asks("gone", "1.1") == 1.0
    place.moves(1)
    assert place.asks("b") == 0.1
    place.moves(LATE_S + 0.1)
    assert place.sends("b") == 0


def test_who_is_only_late_keeps_its_place() -> None:
    place = Place()
    place.sends("first")
    assert place.asks("late", "1.1") == 1.0
    place.moves(0.2)
    place.asks("b", "2.2")
    place.moves(1.8)
    place.asks("late", "1.1")
    assert place.asks("b", "2.2") > 0


def test_who_is_gone_for_long_asks_anew() -> None:
    place = Place()
    place.sends("first")
    place.asks("a", "1.1")
    ask = Ask("a", "C1", "1.1")
    assert not needs_slot(place.channel, ask, place.now)
    place.moves(12)
    assert needs_slot(place.channel, ask, place.now)


def test_who_comes_when_told_to_is_neither_too_early_nor_late() -> None:
    place, times = Place(), []
    while len(times) < 50:
        if wait := place.sends(str(len(times))):
            place.moves(wait)
        else:
            times.append(place.now)
    assert {round(later - earlier, 6) for earlier, later in pairwise(times)} == {1.0}


def test_a_clock_that_was_set_back_or_began_anew_blocks_nobody() -> None:
    place = Place(at=100_000.0)
    place.sends("a", "1.1")
    place.asks("b", "1.1")
    place.now = 5.0
    assert place.sends("b", "1.1") == 0


def slots(count: int, *, recent: bool, updates: Updates = Updates()) -> tuple[Updates, list[float]]:  # noqa: B008 - frozen
    """The seconds that each of so many waits who ask at the same moment."""
    waits = []
    for _ in range(count):
        updates, found = slot(updates, 100.0, recent=recent)
        waits.append(round(found.at - 100.0, 6))
    return updates, waits


def test_the_workspace_takes_a_burst_of_updates_and_then_fifty_a_minute() -> None:
    _, waits = slots(UPDATES_AT_ONCE + 50, recent=False)
    assert waits[:UPDATES_AT_ONCE] == [0.0] * UPDATES_AT_ONCE
    assert waits[-1] == 60.0


def test_what_changes_all_the_time_leaves_room_for_what_changes_seldom() -> None:
    updates, waits = slots(UPDATES_AT_ONCE - KEPT_BACK + 2, recent=True)
    assert waits[-3:] == [0.0, 1.2, 2.4]
    _, waits = slots(KEPT_BACK - 2, recent=False, updates=updates)
    assert set(waits) == {0.0}


def test_one_message_comes_less_often_where_the_burst_is_used() -> None:
    place = Place()
    assert place.sends("a", "1.1") == 0
    place.updates, _ = slots(6, recent=False)
    assert place.asks("b", "1.1") == 1.6


def test_a_message_is_recent_for_ten_seconds() -> None:
    place = Place()
    place.sends("a", "1.1")
    place.moves(9.9)
    assert is_recent(place.channel, "1.1", place.now)
    place.moves(0.2)
    assert not is_recent(place.channel, "1.1", place.now)


def test_an_update_comes_when_the_workspace_has_room_for_it() -> None:
    place = Place()
    for _ in range(UPDATES_AT_ONCE):
        place.updates, _ = slot(place.updates, place.now, recent=False)
    assert place.asks("a", "1.1") == 1.2
    assert place.sends("line") == 0
    place.moves(1.2)
    assert place.asks("a", "1.1") == 0


def test_slack_asks_for_patience_with_updates() -> None:
    place = Place()
    place.updates = no_updates(place.updates, 5, place.now)
    assert place.asks("a", "1.1") == 5.0
    assert place.asks("line") == 0


def test_slots_of_a_clock_that_began_anew_are_free() -> None:
    updates = no_updates(Updates(), 60, 100_000.0)
    _, found = slot(updates, 5.0, recent=False)
    assert found.at == 5.0
