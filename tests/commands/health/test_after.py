"""Production is looked at for half an hour after a rollback, for the list that it leaves and for nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.health import rounds
from commands.health.rounds import RoundWasAsked
from commands.load import load_policy
from commands.requests import Resolve
from commands.rollback.resolve import resolve
from commands.show.checklists import room_checklists
from domain.checklists.model import Phase
from domain.checklists.standing import Judged, Standing
from domain.errands import Show
from domain.health.model import ERROR_RATE, P95, Reading, Source
from domain.rollback import Room
from domain.types import Environment, Stage
from storage import breaches, readings
from storage.db import Database
from tests.commands.rollback.stories import DAY, RESTORE, VERIFY, Story, release
from tests.support.clock import START, HandClock
from tests.support.world import CHANNEL, IC, OPS, World, policy

PRODUCTION = Environment.PRODUCTION
QUERIES = {"error_rate": "e", "p95_latency": "p"}
USUAL = {ERROR_RATE: 0.002, P95: 0.12}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def story(database: Database, shop: World) -> Story:
    asks(Story(database), QUERIES)
    return Story(database)


def asks(story: Story, queries: dict[str, str]) -> None:
    of_health = {"prometheus": {"url": "https://prom.example", "queries": queries}}
    with story.database.transaction() as tx:
        load_policy(tx, policy(health=of_health), CHANNEL)


def rolled_back(story: Story) -> Room:
    """It recovered at the start; nothing is left to send."""
    story.given(release())
    room = story.led(OPS)
    story.restored(room)
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)
    story.sent()
    return story.room(room.id)


def asked(story: Story) -> list[rounds.Round]:
    with story.database.transaction() as tx:
        return rounds.take(tx, rounds.due(tx))


def minutes(story: Story, clock: HandClock, count: int, **values: float) -> int:
    """So many, each with its round where one is due; how many rounds there were."""
    found = 0
    for _ in range(count):
        at = clock.move(minutes=1)
        for one in asked(story):
            found += 1
            measured = tuple(
                Reading(
                    metric=w.metric,
                    environment=PRODUCTION,
                    at=at,
                    source=Source.PROMETHEUS,
                    value=(USUAL | values)[w.metric],
                    release=w.release,
                )
                for w in one.wanted
            )
            with story.database.transaction() as tx:
                rounds.asked(tx, RoundWasAsked(round=one, readings=measured))
    return found


def normal_again(story: Story, room: Room) -> Judged:
    lists = story.database.read_now(room_checklists, room.id).lists
    (after,) = [one for one in lists if one.phase is Phase.ROLLBACK_AFTER]
    return next(one.judged for one in after.items if one.judged.item.key == "normal_again")


def test_half_an_hour_of_usual_readings_ticks_the_item(story: Story, clock: HandClock) -> None:
    room = rolled_back(story)
    assert room.recovered_at == START

    assert minutes(story, clock, 29) == 29
    assert normal_again(story, room).standing is Standing.OPEN
    assert minutes(story, clock, 1) == 0  # it is over
    known = normal_again(story, room)
    assert (known.standing, known.proof and known.proof.at) == (Standing.DONE, START + 29 * MINUTE)
    assert minutes(story, clock, 10) == 0


def test_what_is_out_of_range_since_is_the_lists_and_nobody_elses(story: Story, clock: HandClock) -> None:
    room = rolled_back(story)

    minutes(story, clock, 30, error_rate=0.3)

    known = normal_again(story, room)
    assert known.standing is Standing.FAILED
    assert known.proof is not None
    assert [(one.metric, one.value) for one in known.proof.readings] == [(ERROR_RATE, 0.3)]
    assert story.database.read_now(breaches.of_release, room.release) == ()
    assert [one for _, one in story.sent() if isinstance(one, Show)] == []


def test_the_version_that_runs_again_is_asked_for_and_counts(story: Story, clock: HandClock) -> None:
    asks(story, {"error_rate": 'e{v="{version}"}', "p95_latency": "p"})
    out = START - 9 * DAY
    back = release("1.5.0", stage=Stage.CLOSED, deploy_started_at=out, deployed_at=out, stage_since=out)
    story.given(back)
    room = rolled_back(story)
    (first,) = asked(story)
    assert [(one.question.query, one.release) for one in first.wanted] == [('e{v="1.5.0"}', ""), ("p", "")]

    minutes(story, clock, 29)
    add(story, 10, ERROR_RATE, 0.5, release=room.release)  # its own version, which nobody has
    add(story, 11, P95, 9.0, release="another", source=Source.PERSON)
    assert normal_again(story, room).standing is Standing.OPEN
    clock.move(minutes=1)
    assert normal_again(story, room).standing is Standing.DONE

    add(story, 12, ERROR_RATE, 0.4, release=back.id)
    assert normal_again(story, room).standing is Standing.FAILED


def add(
    story: Story, minute: int, metric: str, value: float, *, release: str, source: Source = Source.PROMETHEUS
) -> None:
    one = Reading(
        metric=metric,
        environment=PRODUCTION,
        at=START + minute * MINUTE,
        source=source,
        value=value,
        release=release,
    )
    with story.database.transaction() as tx:
        readings.add(tx, "shop", [one])


def test_who_types_one_in_for_what_was_taken_back_speaks_of_now(story: Story, clock: HandClock) -> None:
    room = rolled_back(story)
    clock.move(minutes=5)

    add(story, 5, P95, 9.0, release=room.release, source=Source.PERSON)

    assert normal_again(story, room).standing is Standing.FAILED


def test_without_a_version_to_go_back_to_all_users_are_asked_about(story: Story) -> None:
    asks(story, {"error_rate": 'e{v="{version}"}', "p95_latency": "p"})
    story.given(release(previous_version=""))
    room = story.led(OPS)
    story.restored(room, "application", *RESTORE, *VERIFY)
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)

    (first,) = asked(story)

    assert (room.target, [one.question.query for one in first.wanted]) == ("", ["p"])
    assert normal_again(story, room).standing is Standing.OPEN


def test_where_naru_asks_nobody_people_say_it(story: Story, clock: HandClock) -> None:
    asks(story, {})
    room = rolled_back(story)

    assert minutes(story, clock, 31) == 0
    assert normal_again(story, room).standing is Standing.OPEN


def test_another_release_that_goes_out_is_asked_for_instead(story: Story, clock: HandClock) -> None:
    rolled_back(story)
    story.given(release("1.6.1", stage=Stage.DEPLOYING, deploy_started_at=START, deployed_at=None))
    clock.move(minutes=1)

    found = [one for one in asked(story) if one.key == "production"]

    assert [[w.release for w in one.wanted] for one in found] == [["release-1.6.1"] * 2]


def test_late_to_resolve_nothing_is_asked_any_more(story: Story, clock: HandClock) -> None:
    story.given(release())
    room = story.led(OPS)
    story.restored(room)
    clock.move(minutes=30)
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)

    assert asked(story) == []
