"""Where a step of a rollout begins, or is taken back: the one place that asks the deployer for it."""

from __future__ import annotations

from commands.context import Case
from commands.deploys.ask import ask, cancel
from domain.deploys.model import Purpose
from domain.people import Origin
from domain.release import Release
from domain.rollout.moves import begins
from domain.rollout.opposite import CAREFUL
from domain.rollout.rollout import Rollout
from domain.types import Action, Stage
from storage.db import Tx


def automatic(found: Case) -> bool:
    """Whether a deployer carries out the steps of this project's rollouts."""
    return found.project.policy.deploy.production.automatic


def follow(tx: Tx, found: Case, saved: Release, action: Action, origin: Origin) -> None:
    """A step has begun, or what its deployer is at is not wanted any more. `found` is as it was before."""
    before, after = found.release.rollout, saved.rollout
    case = Case(found.project, saved, found.roster, found.at)
    if action in CAREFUL and before and before.automatic and not before.live and not before.complete:
        step_not_wanted(tx, case, before.step_under_way, origin)
    if saved.stage is Stage.DEPLOYING and after and after.automatic and begins(before, after):
        step_begins(tx, case, origin)


def left_to_people(before: Rollout | None, after: Rollout | None) -> str:
    """The step that begins by hand, where a deployer has carried out the rollout so far; else empty."""
    left = before and after and before.automatic and not after.automatic
    return after.step_under_way if after and left else ""


def step_begins(tx: Tx, found: Case, origin: Origin) -> None:
    """The step under way of `found` has begun, and its deployer is to carry it out."""
    rollout = found.release.rollout
    if rollout is not None:
        ask(tx, found, Purpose.STEP, step=rollout.step_under_way, origin=origin)


def step_not_wanted(tx: Tx, found: Case, step: str, origin: Origin) -> None:
    """The rollout was paused, stopped or is rolled back while its deployer was at `step`: it is cancelled."""
    cancel(tx, found, origin, Purpose.STEP, step=step)
