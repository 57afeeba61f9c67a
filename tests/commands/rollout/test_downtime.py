from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errands import Downtime, InChannel
from domain.types import Action
from tests.support.driver import Driver
from tests.support.world import CHANNEL, OPS, world

HOUR = timedelta(hours=1)


def rules(drive: Driver, **big_bang: str) -> None:
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": "big_bang"}}, rollout={"big_bang": big_bang})


def test_a_big_bang_tells_the_channel_how_long_the_service_is_down(drive: Driver) -> None:
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    (told,) = drive.told(Downtime)
    assert told.to == InChannel(CHANNEL)
    at = drive.clock()
    assert told.said == Downtime(release=release, version="1.5.0", since=at, until=at + 2 * HOUR)


def test_the_channel_hears_when_the_service_is_back(drive: Driver) -> None:
    """Not with the step, but with the rollout: until then it may be tested behind closed doors."""
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    at = drive.clock()
    drive.clock.move(minutes=90)
    drive.step_out(release)
    assert len(drive.told(Downtime)) == 1
    drive.clock.move(minutes=90)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    (_, told) = drive.told(Downtime)
    assert told.to == InChannel(CHANNEL)
    assert told.said == Downtime(release=release, version="1.5.0", since=at, until=at + 3 * HOUR, over=True)


@pytest.mark.parametrize("rollout", ["canary", "rolling", "blue_green"])
def test_what_keeps_the_service_up_announces_no_downtime(drive: Driver, rollout: str) -> None:
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": rollout}}, rollout={"big_bang": {"announce_before": "1d"}})
    drive.to_verifying()
    assert drive.told(Downtime) == []


def test_a_big_bang_without_downtime_announces_none(drive: Driver) -> None:
    rules(drive, downtime="0s", announce_before="1d")
    drive.to_verifying()
    assert drive.told(Downtime) == []


def test_the_downtime_is_announced_ahead_where_the_policy_says_so(drive: Driver) -> None:
    rules(drive, announce_before="1d")
    release = drive.to_approval()
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.clock.set(deploy_at - 25 * HOUR)
    drive.tick()
    assert drive.told(Downtime) == []
    drive.clock.set(deploy_at - 24 * HOUR)
    drive.tick()
    (told,) = drive.told(Downtime)
    assert told.to == InChannel(CHANNEL)
    assert told.said == Downtime(
        release=release, version="1.5.0", since=deploy_at, until=deploy_at + HOUR / 2, ahead=True
    )
