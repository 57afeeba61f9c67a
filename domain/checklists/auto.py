"""What is known of automatic items, from facts: pure, and the only place that says what proves which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.checklists.model import DEFAULT_COVERAGE, Auto, Check, CheckResult, Coverage
from domain.checklists.standing import Proof
from domain.health.evidence import (
    COMPARED,
    HEALTH_ENDPOINT,
    METRICS_IN_RANGE,
    PERFORMANCE_IN_RANGE,
    HealthEvidence,
)
from domain.release import ConfirmItem, Release
from domain.rollback.model import ENDED, Room, Step, StepKey, StepState
from domain.types import Stage

_ON_STAGING = frozenset(
    {Stage.QA, Stage.APPROVAL, Stage.APPROVED, Stage.DEPLOYING, Stage.VERIFYING, Stage.RELEASED, Stage.CLOSED}
)
OF_HEALTH: Mapping[Auto, str] = {
    Auto.METRICS: METRICS_IN_RANGE,
    Auto.COMPARED: COMPARED,
    Auto.HEALTH_ENDPOINT: HEALTH_ENDPOINT,
    Auto.PERFORMANCE: PERFORMANCE_IN_RANGE,
}
"""What readings prove, by the name of their evidence."""
_OUT = frozenset({Stage.RELEASED, Stage.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What items are judged by. What nobody has looked up is None, and proves nothing.

    `checks` are the newest reports on the candidate's commit; `migration` and `variables` whether it carries
    such; `gaps` what the policy still wants in the notes; `tagged` and `branch_gone` what the remote showed;
    `monitored` whether Naru asks how production is, and `health` what the newest readings say of where the
    release is now.
    """

    at: datetime
    release: Release | None = None
    room: Room | None = None
    coverage: Coverage = DEFAULT_COVERAGE
    checks: Mapping[Check, CheckResult] = field(default_factory=dict)
    migration: bool = False
    variables: bool = False
    gaps: int | None = None
    gate_open: bool | None = None
    target: str = ""
    way_back: bool | None = None
    tagged: bool | None = None
    branch_gone: bool | None = None
    next_planned: str = ""
    monitored: bool = False
    health: Mapping[Auto, HealthEvidence] = field(default_factory=dict)


def proof(auto: Auto, facts: Facts) -> Proof | None:
    """What is known, None for nothing: then a person may say it."""
    if auto.value in set(Check):
        return _checked(auto, facts)
    if auto in _STEPS:
        return _of_step(auto, facts)
    if auto in _OF_ROOM:
        return _OF_ROOM[auto](facts.room, auto) if facts.room else None
    if auto in OF_HEALTH:
        return _measured(auto, facts)
    return _OF_RELEASE[auto](facts, facts.release) if facts.release else None


def _measured(auto: Auto, facts: Facts) -> Proof | None:
    read = facts.health.get(auto)
    if read is None or read.holds is None:
        return None
    return Proof(auto=auto, held=read.holds, at=read.at, readings=read.readings)


# --- what pipelines report ---------------------------------------------------------------------------------


def _checked(auto: Auto, facts: Facts) -> Proof | None:
    result = facts.checks.get(Check(auto.value))
    if result is None:
        return _built(facts) if auto is Auto.CI else None
    wanted = target_of(result.check, facts.coverage)
    return Proof(
        auto=auto,
        held=passes(result, facts.coverage),
        text=result.evidence,
        link=result.link,
        at=result.at,
        value=result.value,
        wanted=wanted if result.value is not None else None,
    )


def passes(result: CheckResult, coverage: Coverage) -> bool:
    """What was covered is judged by the targets of the release, whatever the pipeline thinks of it."""
    wanted = target_of(result.check, coverage)
    if wanted is None or result.value is None:
        return result.passed
    return result.value >= wanted


def target_of(check: Check, coverage: Coverage) -> int | None:
    """In percent; None for what has none."""
    return {Check.UNIT_COVERAGE: coverage.unit, Check.INTEGRATION_COVERAGE: coverage.integration}.get(check)


def _built(facts: Facts) -> Proof | None:
    """A candidate is only made of a build that passed."""
    candidate = facts.release.candidate if facts.release else None
    return Proof(auto=Auto.CI, held=True, text=candidate.sha, at=candidate.built_at) if candidate else None


# --- what the bot knows of a release -----------------------------------------------------------------------


def _staging(_facts: Facts, release: Release) -> Proof | None:
    there = release.place in _ON_STAGING and not release.staging_skipped
    return Proof(auto=Auto.STAGING, held=True, text=f"rc.{release.rc}") if there else None


def _qa(_facts: Facts, release: Release) -> Proof | None:
    report = release.qa
    if report is None or report.candidate != release.rc:
        return None
    return Proof(auto=Auto.QA, held=True, text=report.report, at=report.at)


def _notes(facts: Facts, _release: Release) -> Proof | None:
    if facts.gaps is None:
        return None
    return Proof(auto=Auto.NOTES, held=not facts.gaps, text=str(facts.gaps) if facts.gaps else "")


def _schedule(_facts: Facts, release: Release) -> Proof | None:
    """Whatever has a date stands in the calendar and on its card, in the project's channel."""
    return Proof(auto=Auto.SCHEDULE, held=True, at=release.deploy_at) if release.deploy_at else None


def _way_back(facts: Facts, _release: Release) -> Proof | None:
    return None if facts.way_back is None else Proof(auto=Auto.WAY_BACK, held=facts.way_back)


def _previous_tag(facts: Facts, _release: Release) -> Proof | None:
    return Proof(auto=Auto.PREVIOUS_TAG, held=True, text=facts.target) if facts.target else None


def _standing_by(_facts: Facts, release: Release) -> Proof | None:
    found = [release.confirmed(item) for item in ConfirmItem]
    at = max((one.at for one in found if one), default=None)
    return Proof(auto=Auto.STANDING_BY, held=True, at=at) if all(found) else None


def _gate(facts: Facts, _release: Release) -> Proof | None:
    return None if facts.gate_open is None else Proof(auto=Auto.GATE, held=facts.gate_open)


def _start_announced(_facts: Facts, release: Release) -> Proof | None:
    """Once it is approved, pressing Deploy tells its thread and its card of the start by itself: at no time
    that is known before.
    """
    return Proof(auto=Auto.START_ANNOUNCED, held=True) if release.approved_at else None


def _rollout(_facts: Facts, release: Release) -> Proof | None:
    rollout = release.rollout
    if rollout is None or not rollout.complete:
        return None
    return Proof(auto=Auto.ROLLOUT, held=True, text=f"{rollout.done}/{len(rollout.steps)}")


def _tag(facts: Facts, release: Release) -> Proof | None:
    there = facts.tagged or release.merged
    return Proof(auto=Auto.TAG, held=True, text=release.tag) if there else None


def _merged(_facts: Facts, release: Release) -> Proof | None:
    return Proof(auto=Auto.MERGED, held=True, text=release.branch) if release.merged else None


def _branch_deleted(facts: Facts, release: Release) -> Proof | None:
    gone = release.merged and facts.branch_gone
    return Proof(auto=Auto.BRANCH_DELETED, held=True, text=release.branch) if gone else None


def _notes_published(_facts: Facts, release: Release) -> Proof | None:
    there = release.notes_published is not None and not release.notes_refused
    return Proof(auto=Auto.NOTES_PUBLISHED, held=True) if there else None


def _completion_announced(facts: Facts, release: Release) -> Proof | None:
    """The channels hear of it by the notes of a release that is verified."""
    published = release.place in _OUT and _notes_published(facts, release)
    return Proof(auto=Auto.COMPLETION_ANNOUNCED, held=True, text=release.tag) if published else None


def _board(_facts: Facts, release: Release) -> Proof | None:
    """The bot moves it itself when a release is verified."""
    out = release.place in _OUT
    return Proof(auto=Auto.BOARD, held=True, text=release.tag, at=release.stage_since) if out else None


def _monitoring(facts: Facts, release: Release) -> Proof | None:
    """Where Naru asks nobody, people watch, and say so."""
    until = release.monitoring_until if facts.monitored else None
    return Proof(auto=Auto.MONITORING, held=True, at=until) if until else None


def _next_planned(facts: Facts, _release: Release) -> Proof | None:
    planned = facts.next_planned
    return Proof(auto=Auto.NEXT_PLANNED, held=True, text=planned) if planned else None


_OF_RELEASE: Mapping[Auto, Callable[[Facts, Release], Proof | None]] = {
    Auto.STAGING: _staging,
    Auto.QA: _qa,
    Auto.NOTES: _notes,
    Auto.SCHEDULE: _schedule,
    Auto.WAY_BACK: _way_back,
    Auto.PREVIOUS_TAG: _previous_tag,
    Auto.STANDING_BY: _standing_by,
    Auto.GATE: _gate,
    Auto.START_ANNOUNCED: _start_announced,
    Auto.ROLLOUT: _rollout,
    Auto.TAG: _tag,
    Auto.MERGED: _merged,
    Auto.BRANCH_DELETED: _branch_deleted,
    Auto.NOTES_PUBLISHED: _notes_published,
    Auto.COMPLETION_ANNOUNCED: _completion_announced,
    Auto.BOARD: _board,
    Auto.MONITORING: _monitoring,
    Auto.NEXT_PLANNED: _next_planned,
}


# --- what the bot knows of a war room ----------------------------------------------------------------------


def _declared(room: Room, auto: Auto) -> Proof | None:
    return Proof(auto=auto, held=True, at=room.declared_at) if room.declared_at else None


def _target(room: Room, auto: Auto) -> Proof | None:
    return Proof(auto=auto, held=True, text=room.target) if room.target else None


_OF_ROOM: Mapping[Auto, Callable[[Room, Auto], Proof | None]] = {
    Auto.DECLARED: _declared,
    Auto.TARGET: _target,
}
_STEPS: Mapping[Auto, StepKey] = {
    Auto(f"step_{key.value}"): key for key in StepKey if f"step_{key.value}" in set(Auto)
}


def _of_step(auto: Auto, facts: Facts) -> Proof | None:
    """The steps of a rollback are led by their own buttons; what was left out there is not done."""
    room = facts.room
    step = _step(auto, room) if room and room.declared_at else None
    if step is None or step.state not in ENDED:
        return None
    if step.state is StepState.SKIPPED:
        return Proof(auto=auto, held=False, text=step.note, at=step.ended_at, skipped=True)
    return Proof(auto=auto, held=True, at=step.ended_at)


def _step(auto: Auto, room: Room) -> Step | None:
    """Where the previous version still stands, it is back once users are sent to it."""
    step = room.step(_STEPS[auto])
    return room.step(StepKey.TRAFFIC) if step is None and auto is Auto.STEP_APPLICATION else step


def unplanned(auto: Auto | None, facts: Facts) -> bool:
    """Whether it is a step that the rollback under way does not have."""
    if auto is None or auto not in _STEPS or facts.room is None or facts.room.declared_at is None:
        return False
    return _step(auto, facts.room) is None
