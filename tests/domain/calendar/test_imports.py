from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.calendar.blackouts import BlackoutKind, Scope
from domain.calendar.imports import Difference, FeedChange, Held, Imported, compare

AT = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Keys = dict[tuple[str, str], Held]


def held(days: float, uid: str = "a", occurrence: str = "", **facts: Any) -> Held:
    """An hour, so many days from now."""
    start = AT + days * DAY
    known: dict[str, Any] = {
        "kind": BlackoutKind.BLACKOUT,
        "scope": Scope(),
        "added_at": AT,
        "id": f"{uid}{occurrence}",
    }
    imported = Imported(
        uid=uid, occurrence=occurrence, name=facts.pop("name", uid), start=start, end=start + HOUR
    )
    return Held(imported=imported, **(known | facts))


def keyed(*found: Held) -> Keys:
    return {one.imported.key: one for one in found}


def change(days: float, name: str = "a", count: int = 1) -> FeedChange:
    return FeedChange(name=name, start=AT + days * DAY, end=AT + days * DAY + HOUR, count=count)


def differs(known: Keys, *read: Held, seen: float | None = None) -> Difference:
    return compare(known, read, at=AT, seen_until=AT + seen * DAY if seen is not None else None)


def test_a_first_reading_adds_what_is_not_over() -> None:
    assert differs({}, held(-5), held(3, "b")) == Difference(put=(held(3, "b"),), added=(change(3, "b"),))


def test_the_same_reading_changes_nothing() -> None:
    assert differs(keyed(held(3), held(4, "b")), held(3), held(4, "b")) == Difference()


def test_what_runs_now_is_not_over() -> None:
    assert differs({}, held(-1 / 48)).added == (change(-1 / 48),)
    assert differs({}, held(-1 / 24)) == Difference()


def test_another_time_name_or_scope_is_a_change_with_the_same_id_and_the_next_revision() -> None:
    before = replace(held(3), revision=4, added_at=AT - DAY)
    for after in (
        held(5),
        held(3, name="b"),
        held(3, kind=BlackoutKind.MAINTENANCE),
        held(3, scope=Scope(types=frozenset({"hotfix"}))),  # type: ignore[arg-type]  # equal to the member
    ):
        now = replace(after, revision=5, added_at=AT - DAY)
        assert differs(keyed(before), after) == Difference(
            put=(now,), changed=(change(5 if after == held(5) else 3, after.imported.name),)
        )


def test_what_is_moved_into_the_past_has_changed() -> None:
    assert differs(keyed(held(3)), held(-3)).changed == (change(-3),)


def test_what_is_over_stays_as_it_was() -> None:
    assert differs(keyed(held(-3), held(-4, "b")), held(-5)) == Difference()


def test_what_is_there_no_more_is_removed() -> None:
    assert differs(keyed(held(3), held(4, "b")), held(4, "b")) == Difference(
        gone=("a",), removed=(change(3),)
    )


def test_the_times_of_one_event_are_told_together_by_the_first() -> None:
    weekly = [held(7 * n, occurrence=str(n)) for n in range(1, 5)]
    found = differs({}, *reversed(weekly), held(2, "b"))
    assert found.added == (change(2, "b"), change(7, count=4))


def test_a_series_that_moves_is_told_as_changed_although_its_occurrences_are_others() -> None:
    before = keyed(*(held(7 * n, occurrence=f"old{n}") for n in range(1, 4)))
    found = differs(before, *(held(7 * n + 1, occurrence=f"new{n}") for n in range(1, 4)))
    assert (found.added, found.changed, found.removed) == ((), (change(8, count=3),), ())
    assert (len(found.put), len(found.gone)) == (3, 3)


def test_later_times_of_a_known_event_that_come_into_sight_are_nothing_new() -> None:
    weekly = [held(7 * n, occurrence=str(n)) for n in range(1, 5)]
    found = differs(keyed(*weekly[:3]), *weekly, seen=25)
    assert (found.is_told, found.later, found.put) == (False, 1, (weekly[3],))
    assert differs(keyed(*weekly[:3]), *weekly, seen=40).added == (change(28),)
    assert differs(keyed(*weekly[:3]), *weekly[:3], held(28, "b"), seen=25).added == (change(28, "b"),)
