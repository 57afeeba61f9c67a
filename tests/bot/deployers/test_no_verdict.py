"""A deployer that is busy, or does not know Naru, says nothing of the candidate: it stays where it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.deployers.answers import wait
from domain.deploys.model import DeployState, DeployWhy
from domain.types import Stage
from storage.db import Tx
from storage.tables import OutboxRow
from tests.bot.deployers.yard import Yard
from tests.support.deployer import Service

LOST, FAILED = DeployState.LOST, DeployState.FAILED
NOW = datetime(2026, 3, 5, 5, tzinfo=UTC)


def due_in(yard: Yard) -> timedelta:
    def look(tx: Tx) -> timedelta:
        row = tx.execute(
            select(col(OutboxRow.due_at)).where(
                col(OutboxRow.lane).startswith("deploy:"), col(OutboxRow.done_at).is_(None)
            )
        ).one()
        due: datetime = row[0]
        return due - tx.wall()

    return yard.drive.read(look)


@pytest.mark.parametrize(
    ("answer", "why", "detail", "asked"),
    [
        ((429, {"message": "one at a time"}), DeployWhy.LIMITED, "one at a time", 3),
        ((425, ""), DeployWhy.LIMITED, "", 3),
        ((401, "<p>Sign in</p>"), DeployWhy.SHUT_OUT, "401 Sign in", 1),
        ((403, ""), DeployWhy.SHUT_OUT, "403", 1),
        ((407, ""), DeployWhy.SHUT_OUT, "407", 1),
        ((404, {"error": "no route"}), DeployWhy.NOT_THERE, "404 no route", 1),
        ((405, ""), DeployWhy.NOT_THERE, "405", 1),
        ((410, ""), DeployWhy.NOT_THERE, "410", 1),
    ],
)
async def test_the_candidate_is_not_to_blame_for_what_was_never_taken(
    yard: Yard, deployer: Service, answer: Any, why: DeployWhy, detail: str, asked: int
) -> None:
    deployer.answers = [answer] * 9
    release = yard.staging()

    for _ in range(5):
        await yard.work_on()

    found = yard.only(release)
    assert (found.state, found.why, found.detail, found.never_asked) == (FAILED, why, detail, True)
    assert (yard.drive.stage(release), len(deployer.asked)) == (Stage.STAGING, asked)


async def test_a_deployer_s_own_no_sends_the_candidate_to_fixing(yard: Yard, deployer: Service) -> None:
    deployer.answers = [(422, {"message": "no such image"})]
    release = yard.staging()

    await yard.work()

    assert yard.drive.stage(release) is Stage.FIXING


@pytest.mark.parametrize(
    ("answer", "why", "asked"),
    [((408, ""), DeployWhy.TIMEOUT, 3), ((303, ""), DeployWhy.MOVED, 1)],
)
async def test_what_may_have_been_taken_is_lost(
    yard: Yard, deployer: Service, answer: Any, why: DeployWhy, asked: int
) -> None:
    """303, “see other”, is what a request that was taken may be answered with."""
    deployer.answers = [answer] * 9
    release = yard.staging()

    for _ in range(5):
        await yard.work_on()

    assert (yard.only(release).state, yard.only(release).why) == (LOST, why)
    assert (yard.drive.stage(release), len(deployer.asked)) == (Stage.STAGING, asked)


@pytest.mark.parametrize("answer", ["huge no", "no that drips"])
async def test_a_no_is_one_however_long_it_is(yard: Yard, deployer: Service, answer: str) -> None:
    yard.rules(webhook={"timeout": "1s"})
    deployer.answers = [answer] * 9
    release = yard.staging()

    for _ in range(3):
        await yard.work_on()

    found = yard.only(release)
    assert (found.state, found.why, found.detail) == (FAILED, DeployWhy.NOT_THERE, "404")
    assert len(deployer.asked) == 1


@pytest.mark.parametrize("status", [429, 503])
async def test_it_is_left_alone_for_as_long_as_it_says(yard: Yard, deployer: Service, status: int) -> None:
    deployer.answers = [(status, {})]
    deployer.retry_after = "90"
    yard.staging()

    await yard.work()

    assert timedelta(seconds=60) < due_in(yard) <= timedelta(seconds=90)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("90", 90.0),
        ("9" * 300, 600.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        ("²", 0.0),
        ("Thu, 05 Mar 2026 05:01:30 GMT", 90.0),
        ("Thu, 05 Mar 2026 14:01:30 +0900", 90.0),
        ("Thu, 05 Mar 2026 05:01:30 -0000", 90.0),
        ("Thu, 05 Mar 2026 04:00:00 GMT", 0.0),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 600.0),
        ("Thu, 35 Mar 2026 05:01:30 GMT", 0.0),
        ("Thu, 05 Mar 99999999999999999999 05:01:30 GMT", 0.0),
    ],
)
def test_how_long_a_deployer_wants_to_be_left_alone(said: str, seconds: float) -> None:
    assert wait(said) == seconds


@given(st.text() | st.text(alphabet="0123456789 :,+-GMTJan"))
def test_whatever_a_header_says_is_a_wait_of_ten_minutes_at_most(said: str) -> None:
    assert 0.0 <= wait(said) <= 600.0
