"""The lifecycle as one table (spec 2.2): every step a release can take; whatever is not here is illegal.

`docs/lifecycle.md` is drawn from this table, the card's buttons are read from it, and `advance` is the
only function that applies it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain import guards
from domain.criteria.guards import not_breached
from domain.guards import Guard
from domain.needs import Missing
from domain.people import Role
from domain.refusals import NotAllowed, NotReady, Refused, WrongStage
from domain.release import Release
from domain.rollout import guards as of_steps
from domain.rollout.model import StepIs
from domain.rollout.rollout import Rollout
from domain.situation import Situation
from domain.tokens import Scope
from domain.types import BEFORE_DEPLOY, Action, ReleaseType, Stage

RM, TL, PM = Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.PM
IC, QA, OPS, IMPL = Role.INCIDENT_COMMANDER, Role.QA_LEAD, Role.DEVOPS, Role.IMPLEMENTATION_MANAGER


@dataclass(frozen=True)
class Transition:
    """One row. `target` None means "back to where it was". `who` empty means that it only follows from facts.

    `follows` lets the bot take the step when facts call for it. `types` limits the row to some types. `ci` is
    the scope with which the token of a pipeline may take it.
    """

    action: Action
    sources: frozenset[Stage]
    target: Stage | None
    who: tuple[Role, ...] = ()
    needs: tuple[Guard, ...] = ()
    follows: bool = False
    types: frozenset[ReleaseType] = frozenset(ReleaseType)
    ci: Scope | None = None


def _row(
    action: Action,
    sources: Stage | frozenset[Stage],
    target: Stage | None,
    *who: Role,
    needs: tuple[Guard, ...] = (),
    follows: bool = False,
    types: frozenset[ReleaseType] = frozenset(ReleaseType),
    ci: Scope | None = None,
) -> Transition:
    stages = frozenset({sources}) if isinstance(sources, Stage) else sources
    return Transition(action, stages, target, who, needs, follows, types, ci)


S, A = Stage, Action
_IN_REVIEW = frozenset({S.QA, S.APPROVAL, S.APPROVED})
_HAS_APPROVAL = frozenset({S.APPROVAL, S.APPROVED})
_DEPLOYED = frozenset({S.DEPLOYING, S.VERIFYING, S.RELEASED, S.CLOSED})
_HOTFIX = frozenset({ReleaseType.HOTFIX})

TRANSITIONS: tuple[Transition, ...] = (
    _row(
        A.CUT_BRANCH,
        S.CANDIDATE,
        S.BUILDING,
        RM,
        needs=(guards.nothing_pending, guards.scope, guards.freeze_begun),
    ),
    _row(
        A.BUILD_PASSED,
        S.BUILDING,
        S.STAGING,
        RM,
        needs=(guards.nothing_pending, guards.files_written, guards.head_known),
        ci=Scope.BUILD,
    ),
    _row(A.BUILD_FAILED, S.BUILDING, S.FIXING, RM, needs=(guards.reason,), ci=Scope.BUILD),
    _row(
        A.STAGING_DEPLOYED, S.STAGING, S.QA, OPS, RM, needs=(guards.reason,), follows=True, ci=Scope.STAGING
    ),
    _row(
        A.STAGING_FAILED, S.STAGING, S.FIXING, OPS, RM, needs=(guards.reason,), follows=True, ci=Scope.STAGING
    ),
    _row(A.SKIP_STAGING, S.STAGING, S.QA, IC, RM, needs=(guards.reason,), types=_HOTFIX),
    _row(
        A.QA_PASSED,
        S.QA,
        S.APPROVAL,
        QA,
        RM,
        needs=(guards.qa_answers, guards.stakeholders, guards.notes_written, guards.lists_settled),
        ci=Scope.QA,
    ),
    _row(A.QA_FAILED, S.QA, S.FIXING, QA, RM, needs=(guards.bug,), ci=Scope.QA),
    _row(A.REBUILD, S.FIXING, S.BUILDING, RM, ci=Scope.BUILD),
    _row(A.REQUIREMENTS_MET, S.APPROVAL, S.APPROVED, needs=(guards.way_back_ready,), follows=True),
    _row(A.REJECT, _HAS_APPROVAL, S.ON_HOLD, follows=True),
    _row(A.REJECTION_WITHDRAWN, S.ON_HOLD, S.APPROVAL, follows=True),
    _row(A.APPROVAL_LAPSED, _HAS_APPROVAL, S.APPROVAL, follows=True),
    _row(A.BUG_FOUND, _IN_REVIEW, S.FIXING, QA, RM, needs=(guards.bug,)),
    _row(A.HEAD_MOVED, _IN_REVIEW, S.FIXING, follows=True),
    _row(
        A.DEPLOY,
        S.APPROVED,
        S.DEPLOYING,
        RM,
        OPS,
        needs=(
            guards.nothing_pending,
            guards.gate_open,
            guards.soaked,
            guards.lists_settled,
            guards.standing_by,
            guards.staffed,
            guards.conditions_before_deploy,
            guards.way_back_ready,
            guards.bound_to_head,
            guards.others_finished,
        ),
    ),
    _row(
        A.STEP_LIVE,
        S.DEPLOYING,
        S.DEPLOYING,
        OPS,
        needs=(of_steps.comes_out,),
        ci=Scope.STEP,
    ),
    _row(
        A.STEP_DONE,
        S.DEPLOYING,
        S.DEPLOYING,
        OPS,
        needs=(guards.not_paused, of_steps.live, of_steps.watched, not_breached),
        follows=True,
        ci=Scope.STEP,
    ),
    _row(A.PAUSE, S.DEPLOYING, S.DEPLOYING, IMPL, RM, IC, needs=(guards.reason,), ci=Scope.STEP),
    _row(
        A.CONTINUE, S.DEPLOYING, S.DEPLOYING, IMPL, RM, IC, needs=(guards.paused, guards.gate_open_in_flight)
    ),
    _row(A.STOP, S.DEPLOYING, S.APPROVED, IMPL, RM, IC, needs=(guards.reason, guards.nothing_in_production)),
    _row(
        A.ROLLOUT_COMPLETE,
        S.DEPLOYING,
        S.VERIFYING,
        OPS,
        needs=(
            guards.not_paused,
            guards.steps_done,
            guards.lists_settled,
            guards.conditions_before_complete,
        ),
        ci=Scope.STEP,
    ),
    _row(
        A.DECLARE_ROLLBACK,
        _DEPLOYED,
        S.ROLLING_BACK,
        IC,
        RM,
        TL,
        OPS,
        needs=(guards.is_in_production,),
        follows=True,
    ),
    _row(A.STAND_DOWN, S.ROLLING_BACK, None, IC, needs=(guards.reason, guards.restore_not_begun)),
    _row(A.ROLLED_BACK, S.ROLLING_BACK, S.ROLLED_BACK, IC, RM, needs=(guards.restored, guards.lists_settled)),
    _row(
        A.VERIFIED,
        S.VERIFYING,
        S.RELEASED,
        QA,
        RM,
        needs=(guards.hotfix_finished, guards.lists_settled, guards.conditions_holding_completion),
    ),
    _row(A.FIX_FORWARD, S.VERIFYING, S.VERIFYING, IC, RM, needs=(guards.reason, guards.hotfix_finished)),
    _row(
        A.CLOSE,
        S.RELEASED,
        S.CLOSED,
        RM,
        needs=(guards.monitored, guards.merged_back, guards.lists_settled),
        follows=True,
    ),
    _row(A.HOLD, BEFORE_DEPLOY, S.ON_HOLD, RM, PM, IMPL, needs=(guards.reason,)),
    _row(A.RESUME, S.ON_HOLD, None, RM, PM, IMPL, needs=(guards.no_rejection,)),
    _row(A.REBUILD, S.ON_HOLD, S.BUILDING, RM, needs=(guards.held_by_rejection,)),
    _row(A.CANCEL, BEFORE_DEPLOY | {S.ON_HOLD}, S.CANCELLED, RM, PM, needs=(guards.reason,)),
)


def row_for(release: Release, action: Action) -> Transition:
    """The row that takes `release` by `action` from here. Raises Refused(WrongStage)."""
    for row in TRANSITIONS:
        if row.action is action and release.stage in row.sources and release.type in row.types:
            return row
    raise Refused(
        WrongStage(
            action=action, version=str(release.version), stage=release.stage, possible=possible(release)
        )
    )


def possible(release: Release) -> tuple[Action, ...]:
    """What people can press at this stage, in the table's order: the card's buttons."""
    rows = (r for r in TRANSITIONS if r.who and release.stage in r.sources and release.type in r.types)
    actions = dict.fromkeys(row.action for row in rows if _makes_sense(release, row.action))
    return tuple(actions)


def _makes_sense(release: Release, action: Action) -> bool:
    """Leave out steps that the release's own facts rule out, so that no button is dead."""
    rollout = release.rollout
    held_by_rejection = bool(release.hold and release.hold.by_rejection)
    ruled_out = {
        Action.STEP_LIVE: not (rollout and _comes_out(rollout)),
        Action.STEP_DONE: bool(rollout and not _can_go_on(rollout)),
        Action.ROLLOUT_COMPLETE: bool(rollout and (not rollout.complete or rollout.paused)),
        Action.PAUSE: bool(rollout and rollout.paused),
        Action.CONTINUE: not (rollout and rollout.paused),
        Action.STOP: bool(rollout and rollout.reached_production),
        Action.RESUME: held_by_rejection,
        Action.CLOSE: release.close_asked_at is None,
    }
    if action is Action.REBUILD and release.stage is Stage.ON_HOLD:
        return held_by_rejection
    return not ruled_out.get(action, False)


def _can_go_on(rollout: Rollout) -> bool:
    waits = rollout.paused and not rollout.ending
    return not (rollout.complete or waits or (rollout.live_first and not rollout.live))


def _comes_out(rollout: Rollout) -> bool:
    """People say it of what they are at; of what need not be watched they say that it is done."""
    by_hand = rollout.live_first and not rollout.automatic
    return by_hand and rollout.state(rollout.done) is StepIs.RUNNING


def who_may(release: Release, row: Transition) -> tuple[Role, ...]:
    """The roles of a row on this release."""
    return with_commander(release, row.who)


def with_commander(release: Release, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    return roles_for(release.type, roles)


def roles_for(kind: ReleaseType, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """For a hotfix the incident commander may do whatever the release manager may (spec 2.2)."""
    if kind is ReleaseType.HOTFIX and RM in roles and IC not in roles:
        return (*roles, IC)
    return roles


def check(release: Release, action: Action, now: Situation) -> Transition:
    """The row, when the person may and all that it needs holds. Raises Refused with all that is missing."""
    row = row_for(release, action)
    roles = who_may(release, row)
    if not (now.by_bot and row.follows) and row.ci not in now.scopes and not now.roles & set(roles):
        raise Refused(NotAllowed(what=action, roles=roles, who=tuple(sorted(now.roster.anyone(roles)))))
    missing: tuple[Missing, ...] = tuple(m for guard in row.needs for m in guard(release, now))
    if missing:
        raise Refused(
            NotReady(
                action=action,
                version=str(release.version),
                stage=release.stage,
                missing=missing,
                release=release.id,
            )
        )
    return row


def advance(release: Release, action: Action, now: Situation) -> Release:
    """Take one step: the same release in its new stage. Raises Refused; changes nothing else.

    What an action brings along besides the stage (a new candidate, the soak clock, the rollout) is added
    by the verb's own module, from this function's result.
    """
    row = check(release, action, now)
    target = row.target or _where_it_was(release)
    moved = release.to(target, now.at) if target is not release.stage else release
    if target is Stage.ON_HOLD or release.stage is not Stage.ON_HOLD:
        return moved
    return replace(moved, hold=None)


def _where_it_was(release: Release) -> Stage:
    if release.stage is Stage.ON_HOLD and release.hold:
        return release.hold.source
    if release.stage is Stage.ROLLING_BACK and release.before_rollback:
        return release.before_rollback
    raise ValueError(f"{release.id} does not remember where it was")
