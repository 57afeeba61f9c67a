"""What each step of the lifecycle brings along besides the stage: pure, from release to release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.calendar.slots import Slot
from domain.events import Advanced
from domain.in_flight import step_done
from domain.lifecycle import advance
from domain.policy import Policy
from domain.release import Candidate, Hold, QaReport, Release
from domain.rollout import moves
from domain.rollout.model import WentOn
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.situation import Situation
from domain.type_policy import TypePolicy
from domain.types import ENDED, PLANNED, Action, Stage


@dataclass(frozen=True)
class _Taken:
    """A step as it was taken: from `before` to `moved`, and the rules of the release's type."""

    before: Release
    moved: Release
    now: Situation
    rules: TypePolicy
    slot: Slot | None
    rollout: RolloutRules


def step(
    release: Release, action: Action, now: Situation, policy: Policy, slot: Slot | None = None
) -> Release:
    """Take one step with its effects. Raises Refused with all that is missing; nothing is half-done.

    `slot` holds the window that an approval is given for.
    """
    moved = replace(advance(release, action, now), pending=None)
    taken = _Taken(release, moved, now, policy.of(release.type), slot, policy.rollout_of(release.type))
    return _EFFECTS.get(action, _settled)(taken)


def advanced(before: Release, after: Release, action: Action, note: str = "") -> Advanced:
    """The event of a step that was taken."""
    return Advanced(
        release=after.id,
        version=str(after.version),
        action=action,
        source=before.stage,
        target=after.stage,
        candidate=after.rc,
        sha=after.candidate.sha if after.candidate else "",
        note=note,
    )


def settle(release: Release, at: datetime) -> Release:
    """What any arrival in a stage means: no approval while fixing, no freeze after the end."""
    if release.stage in {Stage.FIXING, Stage.BUILDING}:
        return replace(release, approval_asked_at=None, approved_at=None, approval_until=None, hold=None)
    return lift_freeze(release, at) if release.stage in ENDED else release


def new_candidate(release: Release, now: Situation) -> Release:
    """The next rc at the branch's head: QA, soak and approval start anew."""
    return replace(
        release,
        candidate=Candidate(release.rc + 1, now.head, now.at),
        qa=None,
        soak_until=None,
        staging_skipped="",
        approval_asked_at=None,
        approved_at=None,
        approval_until=None,
    )


def pass_qa(release: Release, now: Situation, report: QaReport) -> Release:
    """QA passed, with or without reservations: the approval is asked."""
    moved = advance(release, Action.QA_PASSED, now)
    return replace(moved, qa=report, approval_asked_at=now.at)


def reject(release: Release, now: Situation, by: str, reason: str) -> Release:
    """A reject blocks: on hold, until it is withdrawn or a new candidate is built."""
    moved = advance(release, Action.REJECT, now)
    hold = Hold(source=Stage.APPROVAL, by=by, at=now.at, reason=reason, by_rejection=True)
    return replace(moved, hold=hold, approved_at=None, approval_until=None)


def lift_freeze(release: Release, at: datetime) -> Release:
    """The freeze ends with its release: once, and only where there is one."""
    if release.freeze_at is None or release.freeze_lifted_at is not None:
        return release
    return replace(release, freeze_lifted_at=at)


def asked_anew(release: Release, at: datetime) -> Release:
    """Who stood by then need not now, and the backup of then is not today's: another attempt, another day."""
    return replace(release, confirmations=(), asked_anew_at=at)


def freeze_begun(release: Release, at: datetime) -> bool:
    """Whether the code freeze of this release holds at `at`."""
    return release.freeze_at is not None and release.freeze_at <= at and release.freeze_lifted_at is None


# --- effects by action ------------------------------------------------------------------------------------


def _settled(of: _Taken) -> Release:
    return settle(of.moved, of.now.at)


def _new_candidate(of: _Taken) -> Release:
    return new_candidate(of.moved, of.now)


def _on_staging(of: _Taken) -> Release:
    return replace(of.moved, soak_until=of.now.at + of.rules.soak if of.rules.soak else None)


def _staging_skipped(of: _Taken) -> Release:
    return replace(of.moved, staging_skipped=of.now.note, soak_until=None)


def _approved(of: _Taken) -> Release:
    """To the end of the window that it is given for, and never longer than the policy says (spec 4).

    Urgent releases are given no window; one that is over already binds nobody.
    """
    longest = of.now.at + of.rules.granted_lapses_after
    close = of.slot.window_close_at if of.slot and of.before.type in PLANNED else None
    still_open = close is not None and close > of.now.at
    until = min(longest, close) if close and still_open else longest
    return replace(of.moved, approved_at=of.now.at, approval_until=until)


def _asked_again(of: _Taken) -> Release:
    return replace(of.moved, approval_asked_at=of.now.at, approved_at=None, approval_until=None)


def _resumed(of: _Taken) -> Release:
    """A request that was on hold waits anew: its reminders and its lapse count from here."""
    if of.moved.stage is not Stage.APPROVAL:
        return _settled(of)
    return replace(of.moved, approval_asked_at=of.now.at)


def _deploying(of: _Taken) -> Release:
    strategy = of.rules.rollout
    plan = plan_of(strategy, of.rollout)
    rollout = moves.set_out(strategy, plan, of.now.at, automatic=of.now.automatic, go_on=of.rollout.go_on)
    return replace(of.moved, rollout=rollout, deploy_started_at=of.now.at)


def _rollout_step_live(of: _Taken) -> Release:
    rollout = of.moved.rollout
    return replace(of.moved, rollout=moves.went_live(rollout, of.now.at) if rollout else None)


def _rollout_step_done(of: _Taken) -> Release:
    rollout = of.moved.rollout
    if rollout is None or rollout.complete:
        return of.moved
    return _gone_on(of, step_done(rollout, of.now.gate, of.now.at))


def _gone_on(of: _Taken, after: Rollout) -> Release:
    """Who presses the opposite at this moment is told of it, and it of them."""
    before = of.moved.rollout
    left = before.step_under_way if before else ""
    went = WentOn(by=of.now.actor, at=of.now.at, left=left, began=after.step_under_way)
    # who carries out a step stands in the policy of when it begins, and may be others than before
    automatic = of.now.automatic if moves.begins(before, after) else after.automatic
    return replace(of.moved, rollout=replace(after, went=went, automatic=automatic))


def _paused(of: _Taken) -> Release:
    rollout = of.moved.rollout
    return replace(of.moved, rollout=moves.paused(rollout, of.now.note, of.now.at) if rollout else None)


def _continued(of: _Taken) -> Release:
    rollout = of.moved.rollout
    return _gone_on(of, moves.went_on(rollout, of.now.at)) if rollout else of.moved


def _stopped(of: _Taken) -> Release:
    return asked_anew(replace(of.moved, rollout=None, deploy_started_at=None), of.now.at)


def _deployed(of: _Taken) -> Release:
    return lift_freeze(replace(of.moved, deployed_at=of.now.at), of.now.at)


def _verified(of: _Taken) -> Release:
    return replace(of.moved, monitoring_until=(of.moved.deployed_at or of.now.at) + of.rules.monitoring)


def _held(of: _Taken) -> Release:
    hold = Hold(source=of.before.stage, by=of.now.actor, at=of.now.at, reason=of.now.note)
    return replace(of.moved, hold=hold)


def _rolling_back(of: _Taken) -> Release:
    return replace(of.moved, before_rollback=of.before.stage)


def _stood_down(of: _Taken) -> Release:
    """What its deployer was at has been taken back: the rollout waits for somebody to continue it."""
    rollout = of.moved.rollout
    if rollout and rollout.automatic and not rollout.complete:
        rollout = moves.paused(rollout, of.now.note, of.now.at)
    return replace(of.moved, before_rollback=None, rollout=rollout)


_EFFECTS: Mapping[Action, Callable[[_Taken], Release]] = {
    Action.BUILD_PASSED: _new_candidate,
    Action.STAGING_DEPLOYED: _on_staging,
    Action.SKIP_STAGING: _staging_skipped,
    Action.REQUIREMENTS_MET: _approved,
    Action.APPROVAL_LAPSED: _asked_again,
    Action.REJECTION_WITHDRAWN: _resumed,
    Action.RESUME: _resumed,
    Action.DEPLOY: _deploying,
    Action.STEP_LIVE: _rollout_step_live,
    Action.STEP_DONE: _rollout_step_done,
    Action.PAUSE: _paused,
    Action.CONTINUE: _continued,
    Action.STOP: _stopped,
    Action.ROLLOUT_COMPLETE: _deployed,
    Action.VERIFIED: _verified,
    Action.HOLD: _held,
    Action.DECLARE_ROLLBACK: _rolling_back,
    Action.STAND_DOWN: _stood_down,
}
