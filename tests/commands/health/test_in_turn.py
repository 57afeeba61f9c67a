"""Whoever takes readings in waits for its turn before it locks anything else, so that no two wait for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from commands.health import rounds
from commands.health.rounds import RoundWasAsked
from commands.load import load_policy
from commands.requests import EnterReading, GivenReading, ReportReadings
from domain import refusals as r
from domain.health.model import Reading, Source
from domain.types import Environment
from tests.support.driver import Driver
from tests.support.world import CHANNEL, OPS, policy

PRODUCTION = Environment.PRODUCTION
HEALTH = {"prometheus": {"url": "http://prometheus.internal", "queries": {"error_rate": "errors"}}}
TURN = "hashtext"
LOCKS = (TURN, "pg_advisory", "FOR UPDATE", "INSERT", "UPDATE")


@contextmanager
def locks(drive: Driver) -> Iterator[list[str]]:
    """What is locked, in its order: a turn, or something else."""
    found: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        if kind := next((one for one in LOCKS if one in statement), ""):
            found.append(kind)

    event.listen(drive.database.engine, "before_cursor_execute", look)
    yield found
    event.remove(drive.database.engine, "before_cursor_execute", look)


def a_round(drive: Driver, release: str) -> None:
    one = next(one for one in drive.read(rounds.due) if not one.baseline)
    found = Reading(
        metric="error_rate",
        environment=PRODUCTION,
        at=one.at,
        source=Source.PROMETHEUS,
        value=0.4,
        release=release,
    )
    with drive.tx() as tx:
        rounds.asked(tx, RoundWasAsked(round=one, readings=(found,)))


def a_pipeline(drive: Driver, _release: str) -> None:
    given = (GivenReading(metric="error_rate", value=0.4),)
    drive.ok(ReportReadings(project=drive.project, environment=PRODUCTION, readings=given, by="ci"), OPS)


def a_person(drive: Driver, release: str) -> None:
    drive.ok(EnterReading(release=release, metric="error_rate", text="40 %"), OPS)


@pytest.mark.parametrize("given", [a_round, a_pipeline, a_person])
def test_the_turn_comes_before_every_other_lock(drive: Driver, given: Callable[[Driver, str], None]) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(health=HEALTH), CHANNEL)
    release = drive.to_deploying()
    with locks(drive) as found:
        given(drive, release)
    turns = [place for place, one in enumerate(found) if one == TURN]
    assert turns == ([0] if drive.database.engine.dialect.name == "postgresql" else [])
    assert len(found) > 1


def test_a_reading_of_a_release_that_is_gone_is_refused(drive: Driver) -> None:
    assert drive.no(EnterReading(release="nobody", metric="cpu", text="4 %"), OPS) == r.Gone("release")
