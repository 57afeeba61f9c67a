"""A release goes another way: what its deployers are still at is given up."""

from __future__ import annotations

from commands.context import Case
from commands.deploys.ask import cancel
from domain.deploys.model import Purpose
from domain.people import Origin
from domain.release import Release
from domain.types import Stage
from storage.db import Tx


def follow(tx: Tx, found: Case, before: Release, origin: Origin) -> None:
    """`found.release` is where it stands now."""
    purpose = given_up(before.stage, found.release.stage)
    if purpose is not None:
        cancel(tx, found, origin, purpose)


def given_up(before: Stage, after: Stage) -> Purpose | None:
    """What nobody waits for any more; a rollout knows its steps itself.

    Who reports staging by hand has seen it deployed.
    """
    if before is Stage.STAGING and after not in {Stage.STAGING, Stage.QA}:
        return Purpose.STAGING
    if before is Stage.ROLLING_BACK and after is not Stage.ROLLING_BACK:
        return Purpose.ROLLBACK
    return None
