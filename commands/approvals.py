"""The request for approval: asked of everybody who can give it, asked again, and over."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.change import save
from commands.context import Case
from commands.record import approval_subject, copies, send
from domain.errands import SurfaceKind, ToPerson
from domain.events import ApprovalAsked, ApprovalsLapsed
from domain.people import Origin
from domain.release import Release
from domain.steps import step
from domain.types import Action, Stage
from storage import decisions
from storage.db import Tx

NEW_CANDIDATE, TIME, ROLE_LOST, MOVED = "new_candidate", "time", "role_lost", "moved"


def asked(found: Case, release: Release, again: str = "") -> ApprovalAsked:
    """The request as it is recorded, with whatever policy relaxed."""
    rules = found.project.policy.of(release.type).separation
    relaxed = [] if rules.starter or release.type == "hotfix" else ["starter"]
    relaxed += ["authors"] if rules.authors == "none" else []
    return ApprovalAsked(
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        sha=release.candidate.sha if release.candidate else "",
        policy=found.project.policy_hash,
        again=again,
        relaxed=tuple(relaxed),
        lenient=found.project.policy.readiness.relaxed,
    )


def ask_approvers(tx: Tx, found: Case) -> None:
    """A request of their own for everybody who can give an approval."""
    tally = context.tally_of(tx, found)
    copies(tx, SurfaceKind.APPROVAL_COPY, approval_subject(found.release), tally.waiting_for)


def outlived(tx: Tx, found: Case, candidate: int) -> ApprovalsLapsed | None:
    """What the thread is told when decisions on an older candidate count no more, None without any."""
    made = decisions.live(tx, found.release.id, candidate)
    users = tuple(sorted(decision.user for decision in made))
    return _lapsed(found, candidate, NEW_CANDIDATE, users) if users else None


def over(tx: Tx, found: Case) -> str:
    """Why a granted approval stands no more, empty while it stands (spec 4: looked at before a deploy)."""
    release = found.release
    if release.stage is not Stage.APPROVED:
        return ""
    if release.approval_until is not None and found.at >= release.approval_until:
        return TIME
    return "" if context.tally_of(tx, found).met else ROLE_LOST


def lapse(tx: Tx, found: Case, origin: Origin, why: str, *, answered: bool = False) -> ApprovalsLapsed:
    """The approval, pending or granted, is over: decisions end, and everybody is asked again.

    `answered` when who caused it has been answered already.
    """
    made = decisions.live(tx, found.release.id, found.release.rc)
    decisions.end(tx, found.release.id, found.release.rc)
    now = replace(context.situation(tx, found, origin), by_bot=True)
    after = step(found.release, Action.APPROVAL_LAPSED, now, found.project.policy)
    lapsed = _lapsed(found, after.rc, why, tuple(sorted(decision.user for decision in made)))
    request = asked(found, after, again=why)
    saved = save(tx, found, after, origin, [lapsed, request], answered=answered)
    again = replace(found, release=saved)
    ask_approvers(tx, again)
    waiting = context.tally_of(tx, again).waiting_for
    send(tx, found.project, origin, [(ToPerson(user), request) for user in waiting])
    return lapsed


def _lapsed(found: Case, candidate: int, why: str, users: tuple[str, ...]) -> ApprovalsLapsed:
    return ApprovalsLapsed(
        release=found.release.id, version=found.version, candidate=candidate, why=why, users=users
    )
