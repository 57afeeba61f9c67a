"""A release goes another way: what its deployers are still at is given up; what a hold ended begins again."""

from __future__ import annotations

from commands.context import Case
from commands.deploys.ask import ask, cancel
from domain.deploys.model import DeployState, Purpose
from domain.people import Origin
from domain.release import Release
from domain.types import Stage
from storage import deploys
from storage.db import Tx


def follow(tx: Tx, found: Case, before: Release, origin: Origin) -> None:
    """`found.release` is where it stands now."""
    purpose = given_up(before.stage, found.release.stage)
    if purpose is not None:
        cancel(tx, found, origin, purpose)
    if before.stage is Stage.ON_HOLD and found.release.stage is Stage.STAGING:
        _begin_again(tx, found, origin)


def _begin_again(tx: Tx, found: Case, origin: Origin) -> None:
    """What the hold cancelled is asked for once more; of anything else people decide."""
    before = deploys.newest(tx, found.release.id, found.release.rc, Purpose.STAGING, "")
    if before is not None and before.state is DeployState.CANCELLED:
        ask(tx, found, Purpose.STAGING, origin=origin)


def given_up(before: Stage, after: Stage) -> Purpose | None:
    """What nobody waits for any more; a rollout knows its steps itself.

    Who reports staging by hand has seen it deployed.
    """
    if before is Stage.STAGING and after not in {Stage.STAGING, Stage.QA}:
        return Purpose.STAGING
    if before is Stage.ROLLING_BACK and after is not Stage.ROLLING_BACK:
        return Purpose.ROLLBACK
    return None
