"""How a list stands now, what of it stops a step, and when it can be worked through: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.checklists.auto import Facts, proof, unplanned
from domain.checklists.model import (
    IN_ROOM,
    OF_ROLLBACK,
    SAID_ELSEWHERE,
    Checklist,
    Item,
    ItemState,
    Only,
    Phase,
)
from domain.checklists.standing import NOTHING, Judged, Standing
from domain.lifecycle import with_commander
from domain.needs import ItemsOpen, Missing
from domain.people import Role
from domain.readiness_rules import Strictness
from domain.release import Release
from domain.rollback.model import RoomState
from domain.types import BEFORE_DEPLOY, Stage

SOON = timedelta(minutes=30)
"""How long things must have run before the list of then can be answered (spec 5.1)."""

OPEN_AT: Mapping[Phase, frozenset[Stage]] = {
    Phase.PRE_RELEASE: BEFORE_DEPLOY | {Stage.ON_HOLD},
    Phase.STAGING: frozenset({Stage.STAGING, Stage.QA}),
    Phase.RELEASE_START: frozenset({Stage.APPROVAL, Stage.APPROVED}),
    Phase.RELEASE_DURING: frozenset({Stage.DEPLOYING}),
    Phase.POST_AT_ONCE: frozenset({Stage.VERIFYING}),
    Phase.POST_SOON: frozenset({Stage.VERIFYING, Stage.RELEASED}),
    Phase.POST_FINISH: frozenset({Stage.VERIFYING, Stage.RELEASED}),
}
"""The stages at which a release's list can be worked through: nothing is true before its time."""

LOOKED_AT: Mapping[Stage, tuple[Phase, ...]] = {
    Stage.STAGING: (Phase.STAGING, Phase.PRE_RELEASE),
    Stage.QA: (Phase.STAGING, Phase.PRE_RELEASE),
    Stage.APPROVAL: (Phase.PRE_RELEASE, Phase.RELEASE_START),
    Stage.APPROVED: (Phase.PRE_RELEASE, Phase.RELEASE_START),
    Stage.DEPLOYING: (Phase.RELEASE_DURING,),
    Stage.VERIFYING: (Phase.POST_AT_ONCE, Phase.POST_SOON, Phase.POST_FINISH),
    Stage.RELEASED: (Phase.POST_SOON, Phase.POST_FINISH),
}
"""The lists that matter at a stage, the next to be done first."""

STOPPED_AT: Mapping[Stage, tuple[Phase, ...]] = {
    Stage.QA: (Phase.STAGING,),
    Stage.APPROVED: (Phase.PRE_RELEASE, Phase.RELEASE_START),
    Stage.DEPLOYING: (Phase.RELEASE_DURING,),
    Stage.VERIFYING: (Phase.POST_AT_ONCE,),
    Stage.RELEASED: (Phase.POST_SOON, Phase.POST_FINISH),
    Stage.ROLLING_BACK: (Phase.ROLLBACK_DURING,),
}
"""The lists whose open items stop the way on from a stage."""


def judge(checklist: Checklist, said: Mapping[str, ItemState], facts: Facts) -> tuple[Judged, ...]:
    """Every item of the list. `said` is by key, of whatever candidate."""
    return tuple(_judged(checklist, item, said.get(item.key, NOTHING), facts) for item in checklist.items)


def _judged(checklist: Checklist, item: Item, said: ItemState, facts: Facts) -> Judged:
    state = current(checklist.phase, said, facts)
    known = proof(item.auto, facts) if item.auto else None
    return Judged(item=item, standing=_standing(checklist, item, state, facts), state=state, proof=known)


def _standing(checklist: Checklist, item: Item, state: ItemState, facts: Facts) -> Standing:
    known = proof(item.auto, facts) if item.auto else None
    if not asked(item, facts) or off(checklist, facts):
        return Standing.NOT_ASKED
    if state.waived_at is not None or (known is not None and known.skipped):
        return Standing.WAIVED
    if known is not None:
        return Standing.DONE if known.held else Standing.FAILED
    return Standing.DONE if state.done_at is not None else Standing.OPEN


def off(checklist: Checklist, facts: Facts) -> bool:
    """The policy asks nobody, or staging was skipped and its list with it."""
    skipped = bool(facts.release and facts.release.staging_skipped)
    return checklist.strictness is Strictness.OFF or (skipped and checklist.phase is Phase.STAGING)


def asked(item: Item, facts: Facts) -> bool:
    """Whether the item's condition holds, and what it speaks of is to be done at all."""
    if unplanned(item.auto, facts):
        return False
    match item.only:
        case Only.ALWAYS:
            return True
        case Only.MIGRATION:
            return facts.migration
        case Only.LEFT_OUT:
            return bool(facts.release and facts.release.left_out)
        case Only.ENVIRONMENT_CHANGES:
            return facts.variables


def current(phase: Phase, said: ItemState, facts: Facts) -> ItemState:
    """What was said as far as it still holds: not of an older candidate, nor of an earlier rollout of it, nor
    ready for another attempt or day, nor of a rollback that was called off.

    Whose it is, the note and the link stay.
    """
    told = said.done_at or said.waived_at
    if told is None:
        return said
    declared = facts.room.declared_at if facts.room and phase in OF_ROLLBACK else None
    if declared is not None and told < declared:
        return reopened(said)
    release = facts.release
    if release is None:
        return said
    older = said.candidate not in {0, release.rc}
    began = release.deploy_started_at
    earlier = phase is Phase.RELEASE_DURING and (began is None or told < began)
    anew = release.asked_anew_at
    before = phase is Phase.RELEASE_START and bool(anew and told < anew)
    return reopened(said) if older or earlier or before else said


def reopened(said: ItemState) -> ItemState:
    return replace(said, done_at=None, done_by="", waived_at=None, waived_by="", reason="", candidate=0)


# --- what is missing ---------------------------------------------------------------------------------------


def missing(checklist: Checklist, judged: Iterable[Judged], release: Release | None) -> tuple[Missing, ...]:
    """What of the list stops the step that it guards: together what the same people can settle."""
    if checklist.strictness is not Strictness.BLOCK:
        return ()
    groups: dict[tuple[tuple[Role, ...], str], list[Judged]] = {}
    for one in judged:
        if not one.settled and one.item.auto not in SAID_ELSEWHERE:
            who = who_settles(checklist, one, release)
            groups.setdefault((who, one.state.owner), []).append(one)
    return tuple(
        Missing(_open(checklist.phase, found), roles, owner) for (roles, owner), found in groups.items()
    )


def _open(phase: Phase, found: Iterable[Judged]) -> ItemsOpen:
    several = tuple(found)
    failed = tuple(one.item.key for one in several if one.standing is Standing.FAILED)
    return ItemsOpen(phase, tuple(one.item.named for one in several), failed)


def who_settles(checklist: Checklist, one: Judged, release: Release | None) -> tuple[Role, ...]:
    """What failed is not ticked: it is waived, or mended."""
    roles = checklist.waive if one.standing is Standing.FAILED else checklist.who_ticks(one.item)
    return with_commander(release, roles) if release else roles


# --- when --------------------------------------------------------------------------------------------------


def may_work(phase: Phase, facts: Facts) -> bool:
    """Whether the stage is one at which this list can be answered, whatever the clock says."""
    if phase in IN_ROOM:
        return facts.room is not None and facts.room.state is not RoomState.CLOSED
    return facts.release is not None and facts.release.stage in OPEN_AT[phase]


def opens_at(phase: Phase, release: Release | None) -> datetime | None:
    """When a list that is about some time after the rollout can be answered; None for all others."""
    if phase is not Phase.POST_SOON or release is None or release.deployed_at is None:
        return None
    return release.deployed_at + SOON
