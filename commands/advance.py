"""Steps along the lifecycle that people take by button or command."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from commands import approvals, ask_git, context, in_flight, mended, revert
from commands.change import save
from commands.checklists.lists import stopping
from commands.context import Case
from commands.criteria.holding import holding
from commands.exceptions import ends
from commands.notes import files, publish
from commands.record import lane, send
from commands.requests import Advance, Cancel, PassQa
from commands.rollout import begin, opposite
from commands.rollout.live import live_now
from commands.show.notes import required_gaps
from domain import refusals as no
from domain.checklists.model import GUARDED
from domain.errands import DropBranch, Errand, FinishRelease, InChannel
from domain.events import Event, FreezeLifted, QaReported, RolloutInterrupted, StepDone
from domain.needs import QaDeviates
from domain.people import Origin
from domain.refusals import Refused
from domain.release import QaReport, Release
from domain.rollout.model import WentOn
from domain.rollout.opposite import CAREFUL
from domain.signs import signs
from domain.situation import Situation
from domain.steps import advanced, pass_qa, step
from domain.types import Action, Stage
from domain.views import Happened
from storage import outbox, releases, scopes
from storage.db import Tx
from storage.ids import new_id

_WITH_OWN_VERB = frozenset(
    {Action.QA_PASSED, Action.CANCEL, Action.DECLARE_ROLLBACK, Action.ROLLED_BACK, Action.FIX_FORWARD}
)

# What begins or may end a step of a rollout.
_BY_THE_GATE = frozenset({Action.STEP_LIVE, Action.STEP_DONE, Action.CONTINUE, Action.ROLLOUT_COMPLETE})

# What waits for checklists.
_STOPPED = frozenset(GUARDED.values())

# Time may have passed, and roles changed, while an approval was out of sight.
_BACK_TO_APPROVED = frozenset({Action.RESUME, Action.STOP})


def advance(tx: Tx, request: Advance, origin: Origin) -> Happened:
    """Take a step, or ask the git worker first when the step depends on the remote.

    Raises Refused; a button shown for an older candidate is refused as outdated.
    """
    found = context.case(tx, request.release)
    if request.from_rc is not None and request.from_rc != found.release.rc:
        raise Refused(no.Outdated(found.version, request.from_rc, found.release.rc))
    _still_there(found, request)
    if request.action in _WITH_OWN_VERB:
        raise ValueError(f"{request.action} has a verb of its own")
    if request.action in ask_git.ACTIONS:
        return ask_git.ask(tx, found, request, origin)
    if request.action in _BY_THE_GATE:
        gate = context.gate_in_flight(tx, found.project, found.release, found.at)
        return take(tx, found, request.action, origin, note=request.note, gate=gate)
    went = opposite.unseen(found, request, origin)
    return take(tx, found, request.action, origin, went=went, note=request.note)


def _still_there(found: Case, request: Advance) -> None:
    """Two people who report the same step report one. Raises Refused(StepPassed)."""
    rollout = found.release.rollout
    careful = request.action in CAREFUL  # is never lost: ADR 0018
    if careful or not request.from_step or rollout is None or found.release.stage is not Stage.DEPLOYING:
        return
    if request.from_step != rollout.step_under_way:
        raise Refused(no.StepPassed(found.version, request.from_step, rollout.step_under_way))


def take(
    tx: Tx, found: Case, action: Action, origin: Origin, *, went: WentOn | None = None, **facts: Any
) -> Happened:
    """One step with its effects, events and errands. `went` is the go that it was pressed without having
    seen, `facts` are Situation's. Raises Refused.
    """
    if action in _STOPPED:
        facts["items"] = stopping(tx, found)
    if action is Action.STEP_DONE:
        facts["breaches"] = holding(tx, found)
    now = context.situation(tx, found, origin, automatic=begin.automatic(found), **facts)
    slot = context.slot_of(found.project, found.release, context.calendar_of(tx, found.project, found.at))
    after = step(found.release, action, now, found.project.policy, slot)
    after = files.before_build(found, after, action, origin)
    after, told = publish.published(tx, found, after)
    events = [_event(found, after, action, now.note, went), *lifted(found.release, after, action)]
    if after.rc > found.release.rc and (gone := approvals.outlived(tx, found, found.release.rc)):
        events.append(gone)
    events += [told] if told else []
    if closed_on := _interruption(found.release, after, now):
        events.append(closed_on)
    saved = save(tx, found, after, origin, events)
    if closed_on:
        in_flight.ask(tx, found, closed_on)
    follow(tx, found, saved, action)
    begin.follow(tx, found, saved, action, origin)
    opposite.follow(tx, found, action, origin, now.note)
    mended.follow(tx, found, saved, action, origin, events)
    if told:
        publish.send_out(tx, replace(found, release=saved), origin)
    ends.follow(tx, found, saved, action, origin)
    announce_lifted(tx, found, origin, events)
    back = replace(found, release=saved)
    if action in _BACK_TO_APPROVED and (why := approvals.over(tx, back)):
        approvals.lapse(tx, back, origin, why, answered=True)
    return Happened(events[0])


def _event(found: Case, after: Release, action: Action, note: str, went: WentOn | None) -> Event:
    rollout = after.rollout
    by_hand = begin.left_to_people(found.release.rollout, rollout)
    if action is Action.STEP_LIVE and rollout:
        return replace(live_now(found, rollout), note=note)
    if action is Action.STEP_DONE and rollout:
        return StepDone(
            release=after.id,
            version=str(after.version),
            step=rollout.steps[rollout.done - 1],
            done=rollout.done,
            total=len(rollout.steps),
            note=note,
            by_hand=by_hand,
        )
    return replace(advanced(found.release, after, action, note), went=went, by_hand=by_hand)


def _interruption(before: Release, after: Release, now: Situation) -> RolloutInterrupted | None:
    """A step ended after the gate had closed, before anybody else noticed."""
    was = before.rollout and before.rollout.interruption
    rollout = after.rollout
    if rollout is None or rollout.interruption is None or was or now.gate is None:
        return None
    return in_flight.interruption(after, rollout, now.gate)


def lifted(before: Release, after: Release, action: Action) -> list[Event]:
    """The freeze's end, when this step was it: announced and audited like anything else."""
    if before.freeze_lifted_at is not None or after.freeze_lifted_at is None:
        return []
    begun = before.freeze_at is not None and before.freeze_at <= after.freeze_lifted_at
    if not begun:
        return []
    whys = {
        Action.ROLLOUT_COMPLETE: "deployed",
        Action.CANCEL: "cancelled",
        Action.ROLLED_BACK: "rolled_back",
    }
    why = whys.get(action, "by_hand")
    return [FreezeLifted(release=after.id, version=str(after.version), why=why)]


def announce_lifted(tx: Tx, found: Case, origin: Origin, events: list[Event]) -> None:
    """Everybody is told in the channel, not only the thread (spec 3.3)."""
    told = [event for event in events if isinstance(event, FreezeLifted)]
    send(tx, found.project, origin, [(InChannel(found.project.channel), event) for event in told])


def follow(tx: Tx, found: Case, release: Release, action: Action) -> None:
    """The git work that a step leaves to the worker."""
    files.ask(tx, found.project.key, release)
    errand: Errand | None = None
    if action is Action.VERIFIED:
        revert.refresh_cards(tx, found.project)
        errand = FinishRelease(found.project.key, release.id)
    if action is Action.DEPLOY and found.project.policy.repository.tag_at == "deploy":
        errand = FinishRelease(found.project.key, release.id, only_tag=True)
    if errand:
        outbox.add(tx, [lane(f"{outbox.GIT}{found.project.key}", new_id(), errand)])


def _denied(tx: Tx, found: Case, request: PassQa) -> QaDeviates | None:
    """What was detected and is answered with no, unless the person has seen that."""
    scope = scopes.of(tx, found.release.id, found.release.rc)
    if scope is None or request.deviates:
        return None
    seen = signs(scope, found.release.hidden)
    migrations = scope.migrations if seen.migration and request.migration is False else ()
    breaking = seen.breaking_changes if request.breaking is False else ()
    return QaDeviates(migrations, breaking) if migrations or breaking else None


def pass_qa_of(tx: Tx, request: PassQa, origin: Origin) -> Happened:
    """QA passed, with or without reservations: the approval is asked. Raises Refused."""
    found = context.case(tx, request.release)
    answered = request.migration is not None and request.breaking is not None
    now = context.situation(
        tx,
        found,
        origin,
        note=request.reservations,
        qa_answered=answered,
        way_back=request.way_back,
        notes_gaps=required_gaps(tx, found),
        denied=_denied(tx, found, request),
        items=stopping(tx, found),
    )
    report = QaReport(
        by=origin.actor.user,
        at=found.at,
        candidate=found.release.rc,
        migration=bool(request.migration),
        breaking=bool(request.breaking),
        report=request.report,
        reservations=request.reservations,
        way_back=request.way_back,
    )
    after = pass_qa(found.release, now, report)
    reported = QaReported(
        release=after.id,
        version=found.version,
        candidate=after.rc,
        migration=report.migration,
        breaking=report.breaking,
        report=report.report,
        reservations=report.reservations,
        way_back=report.way_back,
    )
    again = approvals.outlived(tx, found, after.rc - 1)
    request_ = approvals.asked(found, after, again=again.why if again else "")
    saved = save(tx, found, after, origin, [reported, request_])
    approvals.ask_approvers(tx, replace(found, release=saved))
    return Happened(reported)


def _superseding(tx: Tx, found: Case, text: str) -> str:
    """The version that takes the changes over: a release of the project. Raises Refused(UnknownRelease)."""
    if not text:
        return ""
    others = [r for r in releases.live(tx, found.project.key) if r.id != found.release.id]
    by_version = {str(r.version): r for r in others}
    if text.removeprefix("v") in by_version:
        return text.removeprefix("v")
    raise Refused(no.UnknownRelease(text, tuple(r.tag for r in others)))


def cancel(tx: Tx, request: Cancel, origin: Origin) -> Happened:
    """End a release before its deploy; the branch is kept or deleted by choice. Raises Refused."""
    found = context.case(tx, request.release)
    release = replace(found.release, superseded_by=_superseding(tx, found, request.superseded_by.strip()))
    happened = take(tx, replace(found, release=release), Action.CANCEL, origin, note=request.reason)
    if request.delete_branch and release.branch and release.stage is not Stage.CANDIDATE:
        errand = DropBranch(found.project.key, release.id)
        outbox.add(tx, [lane(f"{outbox.GIT}{found.project.key}", new_id(), errand)])
    return happened
