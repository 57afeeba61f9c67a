"""What the git worker reports: the second half of every step that depends on the remote."""

from __future__ import annotations

from dataclasses import replace

from commands import approvals, branches, context, freeze_watch, revert, scopes
from commands.advance import take
from commands.change import save
from commands.context import Case
from commands.deploys.ask import ask
from commands.readiness import refresh_shown
from commands.record import lane, record, send
from commands.requests import BranchWasCut, HeadWasRead, RefsWereMade, RepositoryWasRead
from domain.commits import ChangeCounts
from domain.deploys.model import Purpose
from domain.errands import NotDone, ReadRepository, TagCandidate, TaskLeft, ToPerson
from domain.events import Denied, GitDone, GitFailed, RepositoryRead
from domain.listing import listed
from domain.people import BOT, Actor, Origin, Via, is_machine
from domain.project import Project
from domain.refusals import Refused
from domain.release import Pending, Release
from domain.repository import ProblemKind
from domain.scope import RepositoryFacts, Scope
from domain.types import REACHED_PRODUCTION, Action, Stage
from domain.views import Happened
from storage import outbox, people, releases, repositories, scope_pages
from storage.db import Tx
from storage.ids import new_id

_NO_CHANGES = ChangeCounts()
# Work beside the way: its failure leaves a task, and is none of whatever the release waits for.
_ASIDE = frozenset({"tag_candidate", "drop_branch", "tag"})
_WATCHED = frozenset({Stage.QA, Stage.APPROVAL, Stage.APPROVED})


def repository_was_read(tx: Tx, report: RepositoryWasRead, origin: Origin) -> Happened:
    """Keep the facts that `/release start` proposes from; a failed reading keeps the older ones."""
    project = context.project_of(tx, report.project)
    freeze_watch.branches_were_seen(tx, project, report.looks, origin)
    known = repositories.facts(tx, project.key)
    facts = report.facts
    if facts.problem and known:
        facts = replace(known, problem=facts.problem, detail=facts.detail, read_at=facts.read_at)
    if facts.scope and report.facts.scope:
        facts = replace(facts, scope=_proposed(tx, project, known, report.facts.scope))
    repositories.put(tx, project.key, facts)
    if known is None or known.tags != facts.tags:
        refresh_shown(tx, project)
    event = RepositoryRead(
        tags=len(facts.tags),
        branches=len(facts.branches),
        changes=facts.scope.counts if facts.scope else _NO_CHANGES,
        next_version=facts.next_version,
        problem=facts.problem,
    )
    if known is None or replace(known, read_at=facts.read_at) != facts:
        record(tx, origin, project, [event])
    if not facts.problem:
        branches.were_read(tx, project, facts, origin)
    return Happened(event)


def _proposed(tx: Tx, project: Project, known: RepositoryFacts | None, scope: Scope) -> Scope:
    """What would be released next, as it is listed; all of it is kept where it has changed."""
    shown = listed(scope)
    if known is None or known.scope != shown:
        scope_pages.put(tx, project.key, scope)
    return shown


def branch_was_cut(tx: Tx, report: BranchWasCut, origin: Origin) -> Happened:
    """The branch is there, and the release goes on to building; or nothing changed, and a task is left."""
    found = context.case(tx, report.release)
    freeze_watch.branches_were_seen(tx, found.project, report.looks, origin)
    pending = found.release.pending
    if pending is None or pending.action is not Action.CUT_BRANCH:
        return _not_expected(found, "cut")
    if report.problem:
        return fail(tx, found, "cut_branch", report, origin)
    with_scope = _with_scope(tx, found, report.scope)
    asker = asked_by(found.release, origin)
    try:
        happened = take(
            tx,
            with_scope,
            Action.CUT_BRANCH,
            asker,
            note=pending.note,
            early=pending.early,
            scope_size=None if report.scope is None else report.scope.counts.total,
            taken_names=report.taken,
        )
    except Refused as refused:
        return give_up(tx, found, refused, origin)
    if report.scope:
        scopes.of_branch(tx, report.release, report.scope, origin)
    freeze_watch.branch_begins(tx, found.project, report.branch, report.sha)
    if report.refs:
        made = GitDone(release=report.release, version=found.version, work="cut_branch", refs=report.refs)
        record(tx, origin, found.project, [made])
    return happened


def head_was_read(tx: Tx, report: HeadWasRead, origin: Origin) -> Happened:
    """The branch's head is known: whoever asked for a build or a deploy gets the answer now."""
    found = context.case(tx, report.release)
    freeze_watch.branches_were_seen(tx, found.project, report.looks, origin)
    pending = found.release.pending
    if report.action is None:
        return _watch(tx, found, report, origin)
    if pending is None or pending.action is not report.action:
        return _not_expected(found, "head")
    report = _of_what_was_built(pending, report)
    if report.problem:
        return fail(tx, found, pending.action, report, origin)
    asker = asked_by(found.release, origin)
    deploying = pending.action is Action.DEPLOY
    gate = context.gate_for(tx, found.project, found.release, found.at) if deploying else None
    others = releases.others(tx, found.release) if deploying else ()
    fresh = _with_scope(tx, found, report.scope)
    if deploying and (why := approvals.over(tx, fresh)):
        return _lapsed(tx, fresh, asker, why)
    try:
        happened = take(
            tx, fresh, pending.action, asker, note=pending.note, head=report.head, gate=gate, others=others
        )
    except Refused as refused:
        denied = give_up(tx, found, refused, origin)
        if deploying:
            _watch(tx, context.case(tx, report.release), report, origin)
        return denied
    if report.action is Action.BUILD_PASSED:
        _new_candidate(tx, found, report, origin)
    return happened


def _of_what_was_built(pending: Pending, report: HeadWasRead) -> HeadWasRead:
    """A pipeline may have built another commit than the one that would be tagged, approved and deployed."""
    if report.problem or pending.sha in {"", report.head}:
        return report
    return replace(report, problem=ProblemKind.OTHER_HEAD.value, detail=f"{pending.sha} → {report.head}")


def _lapsed(tx: Tx, found: Case, asker: Origin, why: str) -> Happened:
    """Between the press and the report the approval ended: who asked for the deploy is told."""
    event = approvals.lapse(tx, found, asker, why)
    send(tx, found.project, asker, [(ToPerson(asker.actor.user), event)])
    return Happened(event)


def _new_candidate(tx: Tx, found: Case, report: HeadWasRead, origin: Origin) -> None:
    number = found.release.rc + 1
    if report.scope:
        scopes.of_candidate(tx, report.release, number, report.scope, origin)
    errand = TagCandidate(found.project.key, report.release, number, report.head)
    outbox.add(tx, [lane(f"{outbox.GIT}{found.project.key}", new_id(), errand)])
    ask(tx, context.case(tx, report.release), Purpose.STAGING, origin=origin)


def refs_were_made(tx: Tx, report: RefsWereMade, origin: Origin) -> Happened:
    """Tags and merges are on the remote, or a person has a task."""
    found = context.case(tx, report.release)
    pending = found.release.pending
    if report.work == "write_notes" and (pending is None or pending.action is not Action.REBUILD):
        return _not_expected(found, report.work)
    if report.problem:
        return fail(tx, found, report.work, report, origin)
    event = GitDone(
        release=report.release,
        version=found.version,
        work=report.work,
        refs=report.refs,
        before=report.before,
    )
    after = found.release
    if report.work == "finish":
        after = replace(after, merged=True, pending=None)
    if report.work == "write_notes":
        after = replace(after, pending=None)
    saved = save(tx, found, after, origin, [event])
    if not found.release.merged:  # merged only after it was rolled back
        revert.leave(tx, found, saved, origin)
    errand = ReadRepository(found.project.key)
    outbox.add(tx, [lane(f"{outbox.GIT}{found.project.key}", new_id(), errand)])
    return Happened(event)


def _watch(tx: Tx, found: Case, report: HeadWasRead, origin: Origin) -> Happened:
    """The branch moved under an approval: the candidate is no longer what was approved (spec 2.2)."""
    release = found.release
    moved = release.candidate is not None and report.head not in {"", release.candidate.sha}
    if not moved or release.stage not in _WATCHED:
        return _not_expected(found, "head")
    return take(tx, found, Action.HEAD_MOVED, origin, head=report.head, note=report.head)


def fail(
    tx: Tx, found: Case, work: str, report: BranchWasCut | HeadWasRead | RefsWereMade, origin: Origin
) -> Happened:
    """Nothing changed on the remote: say what, why and what to do, and leave it as a task."""
    files = () if isinstance(report, HeadWasRead) else report.files
    conflicts = report.conflicts if isinstance(report, RefsWereMade) else ()
    event = GitFailed(
        release=report.release,
        version=found.version,
        work=work,
        problem=report.problem,
        detail=report.detail,
        files=files,
        conflicts=conflicts,
    )
    pending = found.release.pending or Pending(
        action=_retried(found.release), by=found.release.captain, at=found.at
    )
    failed = replace(pending, problem=report.problem, detail=report.detail, files=files, conflicts=conflicts)
    after = replace(found.release, pending=failed)
    if work in _ASIDE:
        after = found.release
    save(tx, found, after, origin, [event])
    task = TaskLeft(
        release=report.release,
        version=found.version,
        work=work,
        problem=report.problem,
        detail=report.detail,
        files=files,
        conflicts=conflicts,
    )
    send(tx, found.project, origin, [(ToPerson(user), task) for user in _asked(found.release, pending)])
    return Happened(event)


def _retried(release: Release) -> Action:
    return Action.VERIFIED if release.stage in REACHED_PRODUCTION else Action.BUILD_PASSED


def give_up(tx: Tx, found: Case, refused: Refused, origin: Origin) -> Happened:
    """What the remote says makes the step impossible: whoever asked is told all that is missing."""
    pending = found.release.pending
    denied = Denied(request="Advance", refusal=refused.refusal, release=found.release.id)
    save(tx, found, replace(found.release, pending=None), origin, [denied])
    if pending:
        told = [ToPerson(user) for user in _asked(found.release, pending)]
        send(tx, found.project, origin, [(place, NotDone(event=denied)) for place in told])
    return Happened(denied)


def _asked(release: Release, pending: Pending) -> list[str]:
    """Whom it concerns that something did not work: who asked, and for a machine who leads the release."""
    user = release.captain if is_machine(pending.by) else pending.by
    return [user] if user else []


def asked_by(release: Release, origin: Origin) -> Origin:
    """The step is taken in the name of who asked for it, with the roles they hold now."""
    user = release.pending.by if release.pending else ""
    return Origin(Actor(origin.actor.team, user), Via.GIT) if user else Origin(BOT, Via.GIT)


def _with_scope(tx: Tx, found: Case, scope: Scope | None) -> Case:
    """The case with its authors matched, as if nothing were pending any more."""
    return replace(found, release=replace(_linked(tx, found, scope), pending=None))


def _linked(tx: Tx, found: Case, scope: Scope | None) -> Release:
    """The release with its authors matched to people: by e-mail, then by the links that owners made."""
    release = found.release
    if scope is None:
        return release
    rule = found.project.policy.of(release.type).separation.authors
    emails = scope.all_authors if rule == "any" else scope.top_authors
    matched = people.by_email(tx, emails)
    return replace(
        release,
        authors=tuple(sorted(set(matched.values()))),
        unlinked=tuple(sorted(set(emails) - matched.keys())),
        previous_version=release.previous_version or scope.since.removeprefix("v"),
    )


def _not_expected(found: Case, work: str) -> Happened:
    """A report that comes twice, or after the release went on: nothing to do, nothing to tell."""
    return Happened(GitDone(release=found.release.id, version=found.version, work=work))
