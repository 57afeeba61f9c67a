"""What a deployer reports of the step that it carries out: once, however often and late it is reported."""

from __future__ import annotations

from dataclasses import replace

from commands.change import save
from commands.context import Case
from commands.record import send
from domain.errands import ToPerson
from domain.events import StepFailed, StepLive
from domain.lifecycle import row_for, who_may
from domain.people import Origin, Role
from domain.rollout import moves
from domain.rollout.model import StepIs
from domain.rollout.rollout import Rollout
from domain.types import Action, Stage
from storage.db import Tx


def step_is_live(tx: Tx, found: Case, step: str, origin: Origin) -> None:
    """It is watched from now on; a pause that somebody asked for meanwhile stays."""
    rollout = _at_work(found, step)
    if rollout is None:
        return
    after = moves.went_live(rollout, found.at)
    event = live_now(found, after)
    save(tx, found, replace(found.release, rollout=after), origin, [event])
    if event.paused:
        people = dict.fromkeys([*deployers(found), *sorted(found.roster.anyone(event.roles))])
        send(tx, found.project, origin, [(ToPerson(user), event) for user in people])


def live_now(found: Case, rollout: Rollout) -> StepLive:
    """The step under way as what is watched now, if it has to be; while it is paused somebody has to continue
    first.
    """
    watch = rollout.planned(rollout.done).watch
    why = rollout.pause_reason if rollout.paused else ""
    return StepLive(
        release=found.release.id,
        version=found.version,
        candidate=found.release.rc,
        step=rollout.step_under_way,
        next=rollout.next_step,
        until=rollout.watch_until if watch else None,
        number=rollout.done + 1,
        total=len(rollout.steps),
        by_itself=rollout.by_itself and not rollout.paused,
        paused=why,
        roles=who_may(found.release, row_for(found.release, Action.CONTINUE)) if why else (),
    )


def step_failed(tx: Tx, found: Case, step: str, why: str, origin: Origin) -> None:
    """The rollout is paused; who runs deploys and the release's captain are told: again, or roll back."""
    rollout = _at_work(found, step)
    if rollout is None or rollout.state(rollout.done) is StepIs.FAILED:
        return
    after = moves.failed(rollout, why)
    event = StepFailed(
        release=found.release.id, version=found.version, candidate=found.release.rc, step=step, why=why
    )
    saved = save(tx, found, replace(found.release, rollout=after), origin, [event])
    told = [(ToPerson(user), event) for user in deployers(replace(found, release=saved))]
    send(tx, found.project, origin, told)


def deployers(found: Case) -> list[str]:
    """The captain and who runs deploys."""
    captain = [found.release.captain] if found.release.captain else []
    return list(dict.fromkeys([*captain, *sorted(found.roster.holders(Role.DEVOPS))]))


def _at_work(found: Case, step: str) -> Rollout | None:
    """None for what a deployer says too late, twice, or of another step."""
    release, rollout = found.release, found.release.rollout
    if release.stage is not Stage.DEPLOYING or rollout is None or not rollout.automatic:
        return None
    if rollout.complete or step != rollout.step_under_way:
        return None
    at_work = rollout.state(rollout.done) in {StepIs.RUNNING, StepIs.FAILED}
    return rollout if at_work else None
