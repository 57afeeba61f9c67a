from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.types import Action, ReleaseType, Stage
from storage import releases
from tests.support.driver import Driver


@pytest.mark.parametrize("kind", list(ReleaseType))
def test_a_release_goes_from_start_to_closed(drive: Driver, kind: ReleaseType) -> None:
    release = drive.to_released(kind)
    released = drive.release(release)
    assert released.stage is Stage.RELEASED
    assert released.merged
    assert released.monitoring_until is not None

    drive.clock.set(released.monitoring_until)
    drive.tick()
    drive.advance(release, Action.CLOSE)

    assert drive.stage(release) is Stage.CLOSED
    passed = [stage for stage, _, _ in drive.read(releases.stage_times, release)]
    assert passed == [
        Stage.CANDIDATE,
        Stage.BUILDING,
        Stage.STAGING,
        Stage.QA,
        Stage.APPROVAL,
        Stage.APPROVED,
        Stage.DEPLOYING,
        Stage.VERIFYING,
        Stage.RELEASED,
        Stage.CLOSED,
    ]
    assert drive.chain_holds()


def test_a_regular_release_takes_the_dates_of_the_example(drive: Driver) -> None:
    found = drive.release(drive.start())
    assert str(found.version) == "1.5.0"
    assert found.freeze_at == datetime(2026, 3, 2, 5, tzinfo=UTC)
    assert found.deploy_at == datetime(2026, 3, 5, 5, tzinfo=UTC)


def test_after_one_release_the_next_takes_the_next_slot(drive: Driver) -> None:
    first = drive.release(drive.start())
    second = drive.release(drive.start(version="1.6.0"))
    assert first.deploy_at is not None
    assert second.deploy_at == first.deploy_at + timedelta(days=7)
