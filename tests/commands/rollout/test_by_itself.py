from __future__ import annotations

from datetime import timedelta

import pytest

from commands.health.take_in import take_in
from commands.requests import GivenReading, ReportReadings
from commands.rollout import fine, over
from domain.errands import StepOver
from domain.events import StepDone
from domain.health.model import Reading, Source, WhyNone
from domain.rollout.fine import NoReading
from domain.rollout.steady import Gap, NotLong
from domain.types import Action, Environment, Stage
from storage import projects
from tests.commands.rollout.conftest import MACHINE, Automatic
from tests.support.world import IMPL, OPS, PROJECT, world


@pytest.fixture
def all_fine(machine: Automatic, monkeypatch: pytest.MonkeyPatch) -> Automatic:
    monkeypatch.setattr(fine, "not_fine", lambda _tx, _found: ())
    machine.rules(go_on="when_fine")
    return machine


def test_it_goes_on_by_itself_when_the_watch_is_over_and_all_is_fine(all_fine: Automatic) -> None:
    release = all_fine.to_deploying()
    all_fine.live(release, "canary_10")
    all_fine.clock.move(minutes=14)
    all_fine.tick()
    assert all_fine.asked == ["canary_10"]
    all_fine.clock.move(minutes=1)
    all_fine.tick()
    assert all_fine.asked == ["canary_10", "canary_50"]
    (told,) = all_fine.told(StepDone)
    assert (told.by, all_fine.told(StepOver)) == ("", [])
    assert ("StepDone", "done", "") in all_fine.audited()


def test_the_last_step_ends_by_itself_and_people_complete_the_rollout(all_fine: Automatic) -> None:
    release = all_fine.to_deploying()
    for step, minutes in (("canary_10", 15), ("canary_50", 30), ("canary_100", 0)):
        all_fine.live(release, step)
        all_fine.clock.move(minutes=minutes)
        all_fine.tick()
    assert all_fine.rollout(release).complete
    assert all_fine.stage(release) is Stage.DEPLOYING
    all_fine.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    assert all_fine.stage(release) is Stage.VERIFYING


def test_what_is_paused_does_not_go_on(all_fine: Automatic) -> None:
    release = all_fine.to_deploying()
    all_fine.live(release, "canary_10")
    all_fine.advance(release, Action.PAUSE, IMPL, note="errors")
    all_fine.clock.move(minutes=15)
    all_fine.tick()
    assert all_fine.rollout(release).done == 0


def test_outside_the_window_the_step_ends_by_itself_and_no_other_begins(all_fine: Automatic) -> None:
    """Also where what holds it up at the window's end has not come to its turn yet."""
    release = all_fine.to_deploying()
    all_fine.live(release, "canary_10")
    all_fine.clock.set(all_fine.clock().replace(hour=8, minute=5))  # 17:05 in Seoul
    with all_fine.tx() as tx:
        over.goes_on(tx, release)
    found = all_fine.rollout(release)
    assert (found.done, found.paused, all_fine.asked) == (1, True, ["canary_10"])


def test_a_step_that_begins_twice_is_fired_once(all_fine: Automatic) -> None:
    release = all_fine.to_deploying()
    all_fine.live(release, "canary_10")
    all_fine.clock.move(minutes=5)
    all_fine.advance(release, Action.STEP_DONE, OPS, note="it is fine")
    all_fine.clock.move(minutes=10)
    all_fine.tick()
    assert all_fine.rollout(release).done == 1


# --- what was missing when the watch ended comes later -----------------------------------------------------


@pytest.fixture
def asked(machine: Automatic) -> str:
    """The watch of the first step is over, and its people were asked: no error rate was known."""
    machine.rules(go_on="when_fine", health=["error_rate"])
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    machine.clock.move(minutes=15)
    machine.tick()
    (told, *_) = machine.told(StepOver)
    assert isinstance(told.said, StepOver)
    assert told.said.not_fine == (NoReading(metric="error_rate"),)
    return release


def reports(machine: Automatic, *rates: float) -> None:
    """One error rate a minute."""
    for rate in rates:
        machine.clock.move(minutes=1)
        given = (GivenReading(metric="error_rate", value=rate, samples=500),)
        machine.ok(ReportReadings(project=PROJECT, environment=Environment.PRODUCTION, readings=given), OPS)


def test_readings_that_come_later_let_it_go_on(machine: Automatic, asked: str) -> None:
    reports(machine, 0.002)
    assert machine.asked == ["canary_10", "canary_50"]
    assert machine.rollout(asked).done == 1
    (told,) = machine.told(StepDone)
    assert told.by == ""


def test_it_goes_on_once_however_many_readings_come(machine: Automatic, asked: str) -> None:
    reports(machine, *[0.002] * 8)
    machine.tick()
    assert machine.asked == ["canary_10", "canary_50"]
    machine.live(asked, "canary_50")
    reports(machine, *[0.002] * 29)
    assert machine.rollout(asked).done == 1
    reports(machine, 0.002)
    machine.tick()
    assert machine.asked == ["canary_10", "canary_50", "canary_100"]
    assert len(machine.told(StepDone)) == 2


def test_a_reading_out_of_its_range_does_not(machine: Automatic, asked: str) -> None:
    reports(machine, *[0.02] * 6)
    assert machine.rollout(asked).done == 0
    reports(machine, *[0.002] * 5)
    assert machine.rollout(asked).done == 0
    reports(machine, 0.002)
    assert machine.rollout(asked).done == 1


def test_a_pause_holds_whatever_the_readings_say(machine: Automatic, asked: str) -> None:
    machine.advance(asked, Action.PAUSE, IMPL, note="support sees complaints")
    reports(machine, *[0.002] * 8)
    assert machine.rollout(asked).done == 0


def test_people_go_on_where_the_policy_leaves_it_to_them(machine: Automatic) -> None:
    machine.rules(health=["error_rate"])
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    reports(machine, *[0.002] * 16)
    machine.tick()
    assert machine.rollout(release).done == 0


# --- nobody is asked while readings have had no time to come -----------------------------------------------


UNWATCHED = {"steps": [{"percent": 10}, {"percent": 100}]}


@pytest.fixture
def unwatched(machine: Automatic) -> str:
    """A live step without a watch, measured by error rates that are asked for each minute."""
    machine.rules(go_on="when_fine", health=["error_rate"], canary=UNWATCHED)
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    machine.tick()
    return release


def test_readings_have_three_intervals_to_come_before_anybody_is_asked(
    machine: Automatic, unwatched: str
) -> None:
    machine.clock.move(seconds=179)
    machine.tick()
    assert machine.told(StepOver) == []
    machine.clock.move(seconds=1)
    machine.tick()
    told = machine.told(StepOver)
    assert len(told) == 3  # the thread and two people
    assert isinstance(told[0].said, StepOver)
    assert (told[0].said.lasts, told[0].said.not_fine) == (
        timedelta(minutes=3),
        (NoReading(metric="error_rate"),),
    )
    machine.clock.move(minutes=5)
    machine.tick()
    assert len(machine.told(StepOver)) == 3


def test_where_they_come_in_time_nobody_is_asked(
    machine: Automatic, unwatched: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One reading is too few for the rollback criteria, which are not what this is about."""
    monkeypatch.setattr(fine, "holding", lambda _tx, _found: ())
    machine.clock.move(minutes=1)
    given = (GivenReading(metric="error_rate", value=0.002, samples=500),)
    machine.ok(ReportReadings(project=PROJECT, environment=Environment.PRODUCTION, readings=given), OPS)
    assert machine.rollout(unwatched).done == 1
    machine.clock.move(minutes=10)
    machine.tick()
    assert machine.told(StepOver) == []


def test_what_speaks_against_it_is_asked_about_at_once_and_once(machine: Automatic) -> None:
    machine.rules(go_on="when_fine", health=["error_rate"], canary=UNWATCHED)
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    bad = (GivenReading(metric="error_rate", value=0.02, samples=500),)
    machine.ok(ReportReadings(project=PROJECT, environment=Environment.PRODUCTION, readings=bad), OPS)
    machine.tick()
    assert len(machine.told(StepOver)) == 3
    machine.clock.move(minutes=10)
    machine.tick()
    assert len(machine.told(StepOver)) == 3


# --- the newest reading alone can be luck ------------------------------------------------------------------


MONITOR = {"prometheus": {"url": "https://prometheus.example", "queries": {"error_rate": "errors"}}}


@pytest.fixture
def polled(machine: Automatic) -> str:
    """The first step is live, and Naru asks for its error rate each minute."""
    with machine.tx() as tx:
        rollout = {"go_on": "when_fine", "health": ["error_rate"]}
        world(tx, types={"regular": {"rollout": "canary"}}, rollout=rollout, health=MONITOR)
    release = machine.to_deploying()
    machine.live(release, "canary_10")
    return release


def answers(machine: Automatic, release: str, *rates: float | None) -> Reading:
    """One round a minute; the last answer."""
    for rate in rates:
        machine.clock.move(minutes=1)
        one = Reading(
            metric="error_rate",
            environment=Environment.PRODUCTION,
            at=machine.clock(),
            source=Source.PROMETHEUS,
            value=rate,
            why=None if rate is not None else WhyNone.UNREACHABLE,
            samples=500 if rate is not None else None,
            release=release,
        )
        with machine.tx() as tx:
            project = projects.get(tx, PROJECT)
            assert project is not None
            take_in(tx, project, [one], MACHINE)
        machine.tick()
    return one


def test_one_good_reading_after_many_bad_ones_is_not_enough(machine: Automatic, polled: str) -> None:
    high = answers(machine, polled, *[0.045] * 14)
    answers(machine, polled, 0.009)
    (told, *_) = machine.told(StepOver)
    assert isinstance(told.said, StepOver)
    assert told.said.not_fine == (NotLong(reading=high, lasts=timedelta(minutes=5)),)
    answers(machine, polled, *[0.009] * 4)
    assert machine.asked == ["canary_10"]
    answers(machine, polled, 0.009)
    assert machine.asked == ["canary_10", "canary_50"]


def test_a_monitor_that_comes_back_must_say_for_a_while_that_all_is_fine(
    machine: Automatic, polled: str
) -> None:
    answers(machine, polled, *[0.002] * 5, *[None] * 10)
    answers(machine, polled, *[0.002] * 5)
    assert machine.asked == ["canary_10"]
    answers(machine, polled, 0.002)
    assert machine.asked == ["canary_10", "canary_50"]


def test_what_nobody_measured_is_not_guessed(
    machine: Automatic, polled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A criterion that cannot be judged for the same reason would say it in its own words."""
    monkeypatch.setattr(fine, "holding", lambda _tx, _found: ())
    answers(machine, polled, *[0.002] * 5)
    since = machine.clock()
    machine.clock.move(minutes=9)
    answers(machine, polled, 0.002)
    (told, *_) = machine.told(StepOver)
    assert isinstance(told.said, StepOver)
    assert told.said.not_fine == (Gap(metric="error_rate", since=since, until=machine.clock()),)
    answers(machine, polled, *[0.002] * 5)
    assert machine.asked == ["canary_10", "canary_50"]


def test_what_is_fine_all_the_time_goes_on_when_the_watch_is_over(machine: Automatic, polled: str) -> None:
    answers(machine, polled, *[0.002] * 14)
    assert machine.asked == ["canary_10"]
    answers(machine, polled, 0.002)
    assert machine.asked == ["canary_10", "canary_50"]
    assert machine.told(StepOver) == []
