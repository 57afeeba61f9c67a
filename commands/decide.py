"""Approve, approve with conditions, reject, take back: one live decision per person and candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands import context
from commands.change import save
from commands.context import Case
from commands.record import record
from commands.requests import Decide, MeetCondition, NewCondition, WithdrawDecision
from domain import refusals as no
from domain.approvals import Decision, Outcome, Tally, candidates_for, tally
from domain.events import ConditionMet, Decided, DecisionWithdrawn, Event
from domain.people import Origin
from domain.refusals import Refused
from domain.release import Condition, Due, Release
from domain.steps import advanced, reject, step
from domain.types import Action, Stage
from domain.views import Happened
from storage import decisions
from storage.db import Tx

_DECIDABLE = frozenset({Stage.APPROVAL, Stage.APPROVED})


def decide(tx: Tx, request: Decide, origin: Origin) -> Happened:
    """Record a decision on exactly the candidate that the button showed. Raises Refused."""
    found = context.case(tx, request.release)
    check(tx, found, request.candidate, origin)
    _check_words(found, request)
    made = decisions.live(tx, found.release.id, found.release.rc)
    mine = next((d for d in made if d.user == origin.actor.user), None)
    _check_new(tx, found, request, mine)
    if request.outcome is not Outcome.REJECT:
        check_ready(tx, found)
    decision = _decision(found, request, origin)
    decisions.add(tx, found.release.id, decision, found.project.policy_hash, replaces=mine is not None)
    others = [d for d in made if d.user != decision.user]
    return _settle(tx, found, request, origin, _Made(decision, tuple(others), mine))


def check_ready(tx: Tx, found: Case) -> None:
    """Nothing is approved that cannot be taken back (spec 6.4). Raises Refused with all that is missing."""
    if missing := context.unready(tx, found):
        raise Refused(
            no.NotReady(
                action=Action.REQUIREMENTS_MET,
                version=found.version,
                stage=found.release.stage,
                missing=missing,
                release=found.release.id,
            )
        )


def check(tx: Tx, found: Case, candidate: int, origin: Origin) -> None:
    """Whether this person may decide on that candidate now, whatever it is. Raises Refused."""
    _check_open(found, candidate)
    _check_person(tx, found, origin)


class _Made:
    """The new decision, those of everybody else, and the person's own that it replaces."""

    def __init__(self, new: Decision, others: tuple[Decision, ...], before: Decision | None) -> None:
        self.new, self.others, self.before = new, others, before


def _check_open(found: Case, candidate: int) -> None:
    release = found.release
    if candidate != release.rc:
        raise Refused(no.Outdated(found.version, candidate, release.rc))
    rejected = release.stage is Stage.ON_HOLD and release.hold is not None and release.hold.by_rejection
    if release.stage not in _DECIDABLE and not rejected:
        raise Refused(no.TooLate(found.version, release.stage))


def _check_person(tx: Tx, found: Case, origin: Origin) -> None:
    """Only people in a required role, and never on their own work (spec 4)."""
    user = origin.actor.user
    needs = found.project.policy.requirements(found.release.type, found.release.stakeholders)
    may = frozenset().union(*(candidates_for(need, found.roster) for need in needs))
    may -= context.uncounted(tx, found.release)
    barred = context.barred(found.release, found.project)
    who = tuple(sorted(may - barred))
    if user not in may:
        raise Refused(no.NotYourSlot(found.version, who))
    if user in barred:
        why = "author" if user in found.release.authors else "starter"
        raise Refused(no.OwnWork(found.version, why, who))


def _check_words(found: Case, request: Decide) -> None:
    if request.outcome is Outcome.REJECT and not request.comment.strip():
        raise Refused(no.TextMissing("reason"))
    if request.outcome is Outcome.CONDITIONS and not any(c.text.strip() for c in request.conditions):
        raise Refused(no.TextMissing("condition"))
    for condition in request.conditions:
        if condition.due is Due.TIME and condition.due_at is None:
            raise Refused(no.Unreadable("date", "", "2026-03-05 14:00"))
        if condition.due is Due.TIME and condition.due_at is not None and condition.due_at <= found.at:
            raise Refused(no.InThePast(condition.due_at))


def _check_new(tx: Tx, found: Case, request: Decide, mine: Decision | None) -> None:
    """A doubled click says what is already recorded; nothing is counted twice.

    Where all have approved and only the way back was missing, approving once more completes it.
    """
    rejected = found.release.hold is not None and found.release.stage is Stage.ON_HOLD
    if rejected and (mine is None or mine.outcome is not Outcome.REJECT):
        raise Refused(no.TooLate(found.version, found.release.stage))
    same = mine is not None and mine.outcome is request.outcome
    waits = found.release.stage is Stage.APPROVAL and context.tally_of(tx, found).met
    if same and request.outcome is not Outcome.CONDITIONS and not waits:
        raise Refused(no.AlreadySo(f"decided_{request.outcome}", found.version))


def _decision(found: Case, request: Decide, origin: Origin) -> Decision:
    candidate = found.release.candidate
    return Decision(
        user=origin.actor.user,
        outcome=request.outcome,
        at=found.at,
        candidate=request.candidate,
        sha=candidate.sha if candidate else "",
        comment=request.comment.strip(),
    )


def _settle(tx: Tx, found: Case, request: Decide, origin: Origin, made: _Made) -> Happened:
    event = _event(found, request, made)
    result = _tally(tx, found, (*made.others, made.new))
    after, follows = _follow(tx, found, request, origin, result)
    after = _with_conditions(after, found, request, origin, made.before)
    _keep(tx, found, after, origin, [event, *follows])
    return Happened(event)


def _keep(tx: Tx, found: Case, after: Release, origin: Origin, events: Sequence[Event]) -> None:
    """Most decisions leave the release itself as it is: then it is neither written nor planned again.

    Whom its reminders still concern is looked at when they are due.
    """
    if after == found.release:
        record(tx, origin, found.project, events, release=after)
    else:
        save(tx, found, after, origin, events)


def _event(found: Case, request: Decide, made: _Made) -> Decided:
    return Decided(
        release=found.release.id,
        version=found.version,
        candidate=made.new.candidate,
        sha=made.new.sha,
        outcome=request.outcome,
        comment=made.new.comment,
        conditions=tuple(c.text.strip() for c in request.conditions if c.text.strip()),
        replaces=made.before.outcome if made.before else None,
        policy=found.project.policy_hash,
    )


def _tally(tx: Tx, found: Case, decisions: Sequence[Decision]) -> Tally:
    release = found.release
    needs = found.project.policy.requirements(release.type, release.stakeholders)
    out = context.barred(release, found.project) | context.uncounted(tx, release)
    return tally(needs, decisions, found.roster, out)


def _follow(
    tx: Tx, found: Case, request: Decide, origin: Origin, result: Tally
) -> tuple[Release, list[Event]]:
    """The step that follows from the decisions as they now are."""
    release = found.release
    if request.outcome is Outcome.APPROVE and release.stage is Stage.APPROVAL and not result.met:
        return release, []
    unready = context.unready(tx, found) if result.met else ()
    now = context.situation(tx, found, origin, note=request.comment, unready=unready)
    by_bot = replace(now, by_bot=True)
    if request.outcome is Outcome.REJECT:
        after = reject(release, by_bot, origin.actor.user, request.comment.strip())
        return after, [advanced(release, after, Action.REJECT, request.comment.strip())]
    if release.stage is Stage.ON_HOLD and not result.rejected_by:
        release = replace(step(release, Action.REJECTION_WITHDRAWN, by_bot, found.project.policy), hold=None)
    if release.stage is Stage.APPROVAL and result.met and not unready:
        slot = context.slot_of(found.project, release, context.calendar_of(tx, found.project, found.at))
        after = step(release, Action.REQUIREMENTS_MET, by_bot, found.project.policy, slot)
        return after, [advanced(found.release, after, Action.REQUIREMENTS_MET)]
    if release.stage is Stage.APPROVED and not result.met:
        after = step(release, Action.APPROVAL_LAPSED, by_bot, found.project.policy)
        return after, [advanced(found.release, after, Action.APPROVAL_LAPSED)]
    if release is not found.release:
        return release, [advanced(found.release, release, Action.REJECTION_WITHDRAWN)]
    return release, []


def _with_conditions(
    after: Release, found: Case, request: Decide, origin: Origin, before: Decision | None
) -> Release:
    """New conditions of this person take the place of their open ones on this candidate."""
    user = origin.actor.user
    kept = after.conditions
    if before is not None and before.outcome is Outcome.CONDITIONS:
        kept = tuple(
            c for c in kept if not (c.open and c.asked_by == user and c.candidate == request.candidate)
        )
    if request.outcome is not Outcome.CONDITIONS:
        return after if kept == after.conditions else replace(after, conditions=kept)
    wanted = [c for c in request.conditions if c.text.strip()]
    first = 1 + max((int(c.id.rpartition(".")[2]) for c in after.conditions), default=0)
    new = tuple(
        _condition(c, f"{request.candidate}.{n}", found, user) for n, c in enumerate(wanted, start=first)
    )
    return replace(after, conditions=(*kept, *new))


def _condition(asked_for: NewCondition, id_: str, found: Case, user: str) -> Condition:
    return Condition(
        id=id_,
        text=asked_for.text.strip(),
        owner=asked_for.owner or found.release.captain,
        asked_by=user,
        candidate=found.release.rc,
        due=asked_for.due,
        due_at=asked_for.due_at,
        unmet=asked_for.unmet,
    )


def withdraw(tx: Tx, request: WithdrawDecision, origin: Origin) -> Happened:
    """Take back one's own decision, until the deploy starts. Raises Refused."""
    found = context.case(tx, request.release)
    _check_open(found, request.candidate)
    made = decisions.live(tx, found.release.id, found.release.rc)
    mine = next((d for d in made if d.user == origin.actor.user), None)
    if mine is None:
        raise Refused(no.NothingToWithdraw(found.version))
    decisions.end(tx, found.release.id, found.release.rc, (mine.user,))
    event = DecisionWithdrawn(
        release=found.release.id, version=found.version, candidate=mine.candidate, outcome=mine.outcome
    )
    result = _tally(tx, found, [d for d in made if d.user != mine.user])
    asked_for = Decide(release=found.release.id, candidate=mine.candidate, outcome=Outcome.APPROVE)
    after, follows = _follow(tx, found, asked_for, origin, result)
    conditions = tuple(c for c in after.conditions if not (c.open and c.asked_by == mine.user))
    _keep(tx, found, replace(after, conditions=conditions), origin, [event, *follows])
    return Happened(event)


def meet(tx: Tx, request: MeetCondition, origin: Origin) -> Happened:
    """Mark a condition as met: the approver who asked for it, or somebody in a required role (spec 4)."""
    found = context.case(tx, request.release)
    condition = may_meet(found, request.condition, origin)
    met = replace(condition, met_at=found.at, met_by=origin.actor.user, evidence=request.evidence.strip())
    conditions = tuple(met if c.id == met.id else c for c in found.release.conditions)
    event = ConditionMet(
        release=found.release.id,
        version=found.version,
        condition=met.id,
        text=met.text,
        evidence=met.evidence,
    )
    save(tx, found, replace(found.release, conditions=conditions), origin, [event])
    return Happened(event)


def may_meet(found: Case, condition_id: str, origin: Origin) -> Condition:
    """The condition, if it is open and this person may say that it is met. Raises Refused."""
    condition = next((c for c in found.release.conditions if c.id == condition_id), None)
    if condition is None:
        raise Refused(no.Gone("condition"))
    if not condition.open:
        raise Refused(no.AlreadySo("condition_met", condition.met_by))
    needs = found.project.policy.requirements(found.release.type, found.release.stakeholders)
    may = frozenset().union(*(candidates_for(need, found.roster) for need in needs)) | {condition.asked_by}
    if origin.actor.user not in may:
        raise Refused(no.NotAllowed("meet_condition", tuple(n.role for n in needs), tuple(sorted(may))))
    return condition
