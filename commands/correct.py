"""Correct how a commit is told in scope and notes: what git has stays, and so do candidate and approval."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands import ask_git, context
from commands.record import lane, record, refresh
from commands.requests import CorrectMessage, ScopeWasRead
from domain.corrections import LONGEST, Correction, Told, meant, told, told_as
from domain.errands import ReadScope
from domain.events import GitDone, MessageCorrected
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import AlreadySo, NotAllowed, Refused, TextMissing, TooLong, Unreadable
from domain.release import Release
from domain.scope import Line, Scope
from domain.views import Happened
from storage import corrections, outbox, people, releases, repositories
from storage.db import Tx
from storage.ids import new_id

MAY = (Role.RELEASE_MANAGER, Role.TECH_LEAD)
_EXAMPLE = "/release correct 1a2b3c4 fix: …"


def correct(tx: Tx, request: CorrectMessage, origin: Origin) -> Happened:
    """Tell a change otherwise, or as git has it again. Raises Refused."""
    project = context.project_of(tx, request.project)
    known = {one.sha: one for one in corrections.every(tx, project.key)}
    carried = [one for release in releases.live(tx, project.key) for one in _carried(tx, release)]
    lines = _lines(tx, project, [one.scope for one in carried])
    sha = _meant(request.commit, lines, known)
    with_it = [one.release for one in carried if any(line.sha == sha for line in one.scope.lines)]
    carriers = list({release.id: release for release in with_it}.values())
    _check_may(tx, project, carriers, origin)
    before = next((told(line) for line in lines if line.sha == sha), None) or _told_by(known[sha], project)
    wanted = Correction(
        sha=sha,
        message=" ".join(request.message.split()),
        by=origin.actor.user,
        at=tx.now(),
        original=known[sha].original if sha in known else before,
    )
    after = _keep(tx, project, wanted, known.get(sha))
    event = MessageCorrected(sha=sha, before=before, after=after, message=wanted.message)
    _tell(tx, project, carriers, event, origin)
    _read_again(tx, project, carried)
    return Happened(event)


def scope_was_read(tx: Tx, report: ScopeWasRead, _origin: Origin) -> Happened:
    """The same candidate at the same commit, told anew; one that is no longer the current one too."""
    found = context.case(tx, report.release)
    known = releases.scope(tx, report.release, report.candidate)
    if report.scope and known and known.sha == report.scope.sha:
        releases.put_scope(tx, report.release, report.candidate, report.scope)
        outbox.add(tx, refresh(found.project, found.release, new_id()))
    return Happened(GitDone(release=report.release, version=found.version, work="head"))


@dataclass(frozen=True)
class _Carried:
    """What a release carries in a candidate: the current one, or the next one while its build runs."""

    release: Release
    candidate: int
    scope: Scope


def _carried(tx: Tx, release: Release) -> list[_Carried]:
    now, then = (releases.scope(tx, release.id, n) for n in (release.rc, release.rc + 1))
    found = [_Carried(release, release.rc, now)] if now else []
    return [*found, _Carried(release, release.rc + 1, then)] if then and then != now else found


def _lines(tx: Tx, project: Project, scopes: list[Scope]) -> list[Line]:
    """Every change on its way: of releases, and what would be released next."""
    facts = repositories.facts(tx, project.key)
    proposed = [facts.scope] if facts and facts.scope else []
    return [line for scope in (*scopes, *proposed) for line in scope.lines]


def _meant(text: str, lines: list[Line], known: dict[str, Correction]) -> str:
    """The one commit that is meant. Raises Refused."""
    found = meant(text, [*(line.sha for line in lines), *known], lines)
    if len(found) != 1:
        raise Refused(Unreadable("commit", text, _EXAMPLE, found[0][:12] if found else ""))
    return found[0]


def _check_may(tx: Tx, project: Project, carriers: list[Release], origin: Origin) -> None:
    """The captain of a release that carries it may as well. Raises Refused."""
    roster = people.roster(tx, project.key)
    captains = {release.captain for release in carriers} - {""}
    user = origin.actor.user
    if user not in captains and not roster.roles_of(user) & set(MAY):
        raise Refused(NotAllowed("correct", MAY, tuple(sorted(roster.anyone(MAY) | captains))))


def _told_by(correction: Correction, project: Project) -> Told:
    """Of a change that is listed nowhere, perhaps because it was corrected to a plain merge."""
    return told_as(correction.message, correction.at, project.policy.commits.grammar)


def _keep(tx: Tx, project: Project, wanted: Correction, standing: Correction | None) -> Told:
    """Write it down, and how the change is told now. Raises Refused."""
    if not wanted.message:
        if standing is None:
            raise Refused(AlreadySo("correction_none"))
        corrections.remove(tx, project.key, wanted.sha)
        return standing.original
    if len(wanted.message) > LONGEST:
        raise Refused(TooLong("message", LONGEST))
    if standing and standing.message == wanted.message:
        raise Refused(AlreadySo("correction", standing.by))
    after = told_as(wanted.message, wanted.at, project.policy.commits.grammar)
    if not after.text:
        raise Refused(TextMissing("message"))
    corrections.put(tx, project.key, wanted)
    return after


def _tell(tx: Tx, project: Project, carriers: list[Release], event: MessageCorrected, origin: Origin) -> None:
    """In the thread of every release that carries the change; where none does, the audit has it."""
    if not carriers:
        record(tx, origin, project, [event])
    for n, release in enumerate(carriers):
        of = replace(event, release=release.id, version=str(release.version))
        record(tx, origin, project, [of], release=release, answered=n > 0)


def _read_again(tx: Tx, project: Project, carried: list[_Carried]) -> None:
    """Cards, the scope, the proposed version and the draft of the notes follow from what is read."""
    again = [ReadScope(project.key, one.release.id, one.candidate, one.scope.sha) for one in carried]
    outbox.add(tx, [lane(f"{outbox.GIT}{project.key}", new_id(), errand) for errand in again])
    ask_git.read(tx, project)
