"""Steps that depend on the remote: recorded here, read by the git worker, decided by a second command."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from zoneinfo import ZoneInfo

from commands import approvals, context
from commands.change import save
from commands.checklists.lists import stopping
from commands.context import Case
from commands.notes.files import unwritten
from commands.record import lane
from commands.requests import Advance, RetryGit
from domain.errands import CutBranch, Errand, FinishRelease, ReadHead, ReadRepository, WriteNotes
from domain.events import Event, FilesWaived, WorkAsked
from domain.lifecycle import check, with_commander
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import AlreadySo, Refused, RepositoryUnknown
from domain.release import Pending, Release
from domain.situation import Situation
from domain.types import PLANNED, Action, Flow, ReleaseType
from domain.versions import branch_name, of_project
from domain.views import Happened
from storage import outbox, releases, repositories
from storage.db import Tx
from storage.ids import new_id

ACTIONS = frozenset({Action.CUT_BRANCH, Action.BUILD_PASSED, Action.DEPLOY})


def ask(tx: Tx, found: Case, request: Advance, origin: Origin) -> Happened:
    """Refuse at once whatever is known to be missing; then leave the rest to what the remote says.

    Raises Refused.
    """
    if not found.project.policy.repository.url and repositories.facts(tx, found.project.key) is None:
        raise Refused(RepositoryUnknown(found.project.key))
    release = _prepared(tx, found, request)
    check(release, request.action, expected(tx, found, release, request, origin))
    if request.action is Action.DEPLOY and (why := approvals.over(tx, found)):
        return Happened(approvals.lapse(tx, found, origin, why))
    pending = Pending(
        action=request.action,
        by=origin.actor.user,
        at=found.at,
        note=request.note,
        early=request.early,
        sha=request.sha,
    )
    event = WorkAsked(release=release.id, version=found.version, action=request.action, note=request.note)
    waived = _waived(found, request)
    save(tx, found, replace(release, pending=pending), origin, [event, *waived])
    _hand_over(tx, found, _errand(found, request.action))
    return Happened(event)


def _waived(found: Case, request: Advance) -> list[Event]:
    """What the candidate is built without: everybody is told."""
    missing = unwritten(found.release, found.project.policy)
    if missing is None or not request.without_files:
        return []
    return [
        FilesWaived(
            release=found.release.id,
            version=found.version,
            files=missing.files,
            problem=missing.problem,
            at=missing.at,
            reason=request.note,
        )
    ]


def expected(tx: Tx, found: Case, release: Release, request: Advance, origin: Origin) -> Situation:
    """The situation if the remote turns out to be as it was when it was last read."""
    facts = repositories.facts(tx, found.project.key)
    # What was read is the scope of a regular release; other types carry something else.
    read = facts.scope if facts and release.type is ReleaseType.REGULAR else None
    scope_size = read.counts.total if read else None
    taken = _taken_branch(tx, found, release)
    if facts and release.tag in facts.tags:
        taken.append(release.tag)
    cutting = request.action is Action.CUT_BRANCH
    deploying = request.action is Action.DEPLOY
    return context.situation(
        tx,
        found,
        origin,
        note=request.note,
        early=request.early,
        unwritten=unwritten(found.release, found.project.policy),
        without_files=request.without_files,
        head=release.candidate.sha if release.candidate and deploying else "unread",
        scope_size=scope_size if cutting else None,
        taken_names=tuple(taken) if cutting else (),
        gate=context.gate_for(tx, found.project, release, found.at) if deploying else None,
        others=releases.others(tx, release) if deploying else (),
        items=stopping(tx, found) if deploying else (),
    )


def _prepared(tx: Tx, found: Case, request: Advance) -> Release:
    """The release with the branch name that it will be cut under, and the commits named for it."""
    release = replace(found.release, pending=_unfinished(found.release))
    if request.action is not Action.CUT_BRANCH:
        return release
    name = release.branch or branch_for(tx, found)
    return replace(release, branch=name, commits=request.commits or release.commits)


def _taken_branch(tx: Tx, found: Case, release: Release) -> list[str]:
    """The branch's name when somebody else's branch has it; one that was asked for before may be our own."""
    facts = repositories.facts(tx, found.project.key)
    asked_before = found.release.branch == release.branch
    if facts is None or asked_before or release.branch == found.project.policy.repository.main:
        return []
    return [release.branch] if facts.head(release.branch) else []


def branch_for(tx: Tx, found: Case) -> str:
    """Trunk-based projects release planned versions from main itself (spec 2.4)."""
    release, repository = found.release, found.project.policy.repository
    if repository.flow is Flow.TRUNK and release.type in PLANNED:
        return repository.main
    midnight = found.at.astimezone(ZoneInfo(found.project.policy.zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    taken = releases.branches(tx, found.project.key, midnight) if release.type is ReleaseType.HOTFIX else []

    def name(n: int) -> str:
        feature = release.feature or str(release.version)
        plain = branch_name(release.type, release.version, day=midnight.date(), n=n, feature=feature)
        return of_project(plain, repository.tag_prefix)

    return next(name(n) for n in count(1) if name(n) not in taken)


def _unfinished(release: Release) -> Pending | None:
    """Work that failed does not stand in the way of trying again."""
    return None if release.pending and release.pending.problem else release.pending


def _errand(found: Case, action: Action) -> Errand:
    if action is Action.CUT_BRANCH:
        return CutBranch(found.project.key, found.release.id)
    return ReadHead(found.project.key, found.release.id, action)


def _hand_over(tx: Tx, found: Case, errand: Errand) -> None:
    outbox.add(tx, [lane(f"{outbox.GIT}{found.project.key}", new_id(), errand)])


def read(tx: Tx, project: Project) -> None:
    """Have the remote read as it is now."""
    if project.policy.repository.url:
        outbox.add(tx, [lane(f"{outbox.GIT}{project.key}", new_id(), ReadRepository(project.key))])


def retry(tx: Tx, request: RetryGit, origin: Origin) -> Happened:
    """Try again the merges and the tag that git could not make. Raises Refused."""
    found = context.case(tx, request.release)
    may = with_commander(found.release, (Role.RELEASE_MANAGER, Role.DEVOPS))
    context.require(found.roster, origin, "retry_git", *may)
    pending = found.release.pending
    if pending is None or not pending.problem:
        raise Refused(AlreadySo("git"))
    if pending.action in ACTIONS:
        again = Advance(
            release=request.release, action=pending.action, note=pending.note, early=pending.early
        )
        return ask(tx, found, again, origin)
    event = WorkAsked(release=found.release.id, version=found.version, action=pending.action)
    waiting = replace(
        pending, by=origin.actor.user, at=found.at, problem="", files=(), detail="", conflicts=()
    )
    save(tx, found, replace(found.release, pending=waiting), origin, [event])
    errand = WriteNotes if pending.action is Action.REBUILD else FinishRelease
    _hand_over(tx, found, errand(found.project.key, found.release.id))
    return Happened(event)
