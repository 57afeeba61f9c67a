"""A deployer that says for hours that it runs is not silent, and is asked about all the same."""

from __future__ import annotations

from domain.deploys.model import DeployState
from domain.errands import RolloutUndecided
from domain.types import Action
from tests.commands.deploys.conftest import RULES, Deploys
from tests.support.world import world

RUN = "https://ci.example/7"
HOP = 20


def late(drive: Deploys, release: str, minutes: int) -> list[RolloutUndecided]:
    """What is asked in that time, while the deployer says that it runs."""
    before = len(drive.told(RolloutUndecided))
    for hop in (*[HOP] * (minutes // HOP), minutes % HOP):
        drive.clock.move(minutes=hop)
        drive.says(drive.last(release), DeployState.RUNNING, percent=10, url=RUN)
        drive.tick()
    return [tell.said for tell in drive.told(RolloutUndecided)[before:]]  # type: ignore[misc]


def test_a_step_that_runs_for_long_is_asked_about_with_the_way_to_it(drive: Deploys) -> None:
    drive.rules("canary")
    release = drive.out(drive.start())
    since = drive.clock()
    assert late(drive, release, 14) == []
    (said, *_) = late(drive, release, 1)
    assert (said.step, said.since, said.late, said.url) == ("canary_10", since, True, RUN)
    assert len(late(drive, release, 30)) == 5  # and those who are told when nobody decides
    drive.succeeds(release)
    assert late(drive, release, 14) == []


def test_what_ends_after_the_gate_has_closed_may_hang_as_well(drive: Deploys) -> None:
    both = {"staging": RULES, "production": RULES}
    with drive.tx() as tx:
        kind = {"regular": {"rollout": "blue_green"}}
        world(tx, deploy=both, types=kind, rollout={"blue_green": {"green": "70m"}})
    release = drive.out(drive.start())
    assert late(drive, release, 209) == []
    rollout = drive.release(release).rollout
    assert rollout is not None
    assert (rollout.paused, rollout.ending) == (True, True)
    (said, *_) = late(drive, release, 1)
    assert (said.step, said.late, said.url) == ("green_healthy", True, RUN)
    drive.advance(release, Action.STOP, note="it hangs")
    assert late(drive, release, 60) == []
