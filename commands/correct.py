"""Correct how a commit is told in scope and notes: what git has stays, and so do candidate and approval."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands import ask_git, context, on_the_way
from commands.on_the_way import Carried
from commands.record import lane, record, refresh
from commands.requests import CorrectMessage, ScopeWasRead
from domain.corrections import (
    LONGEST,
    LONGEST_BODY,
    Correction,
    Told,
    as_told,
    meant,
    parts,
    same,
    tidied,
    told,
    told_as,
    whole,
)
from domain.errands import ReadScope
from domain.events import GitDone, MessageCorrected
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import AlreadySo, Gone, NotAllowed, Refused, TextMissing, TooLong, Unreadable
from domain.release import Release
from domain.scope import Line
from domain.views import Happened
from storage import corrections, outbox, people, releases, scopes
from storage.db import Tx
from storage.ids import new_id

MAY = (Role.RELEASE_MANAGER, Role.TECH_LEAD)
_EXAMPLE = "/release correct 1a2b3c4 fix: …"
_SHOWN = 80


@dataclass(frozen=True)
class Commit:
    """A commit that can be corrected: as it is told now, the message that git has as far as that was read,
    the correction that stands, and every list that carries it. `line` is None where it is listed nowhere,
    perhaps because it was corrected to a plain merge.
    """

    sha: str
    line: Line | None
    written: str
    standing: Correction | None
    among: tuple[Carried, ...]

    @property
    def carriers(self) -> tuple[Release, ...]:
        found = {one.release.id: one.release for one in self.among if one.release and one.has(self.sha)}
        return tuple(found.values())


def commit_of(tx: Tx, project: Project, text: str) -> Commit:
    """The one commit that is meant. Raises Refused."""
    known = {one.sha: one for one in corrections.every(tx, project.key)}
    among = on_the_way.carried(tx, project, text)
    lines = [line for one in among for line in one.lines]
    found = meant(text, [*(line.sha for line in lines), *known], lines)
    if len(found) != 1:
        raise Refused(Unreadable("commit", text[:_SHOWN], _EXAMPLE, found[0][:12] if found else ""))
    (sha,) = found
    with_messages = [on_the_way.looked_up(tx, project, one, sha) for one in among]
    return Commit(
        sha=sha,
        line=next((line for line in lines if line.sha == sha), None),
        written=on_the_way.message_of(with_messages, sha),
        standing=known.get(sha),
        among=tuple(with_messages),
    )


def present(commit: Commit) -> str:
    """The whole message as it is read now. Of a correction of one line the issues are git's."""
    if commit.standing is None:
        return commit.written
    message = commit.standing.message
    if "\n" in message:
        return message
    issues = commit.line.issues if commit.line else ()
    named = ", ".join(issue for issue in issues if issue not in message)
    return whole(message, f"Refs: {named}" if named else "")


def correct(tx: Tx, request: CorrectMessage, origin: Origin) -> Happened:
    """Tell a change otherwise, or as git has it again. Raises Refused."""
    project = project_of(tx, request.project, request.release)
    commit = commit_of(tx, project, request.commit)
    may_correct(tx, project, commit.carriers, origin)
    wanted = tidied(request.message)
    if commit.written and same(wanted, tidied(commit.written)):
        wanted = ""  # what git has is no correction
    before = _told(tx, project, commit)
    after = _keep(tx, project, commit, wanted, origin)
    event = MessageCorrected(sha=commit.sha, before=before, after=after, message=wanted)
    if commit.line:
        on_the_way.tell(tx, project, commit.among, as_told(commit.line, after))
    _tell(tx, project, commit.carriers, event, origin)
    _read_again(tx, project, commit.among)
    return Happened(event)


def project_of(tx: Tx, key: str, release: str) -> Project:
    """Of the release, if there is one. Raises Refused."""
    found = releases.get(tx, release) if release else None
    if release and found is None:
        raise Refused(Gone("release"))
    return context.project_of(tx, found.project if found else key)


def may_open(tx: Tx, project: Project, text: str, origin: Origin) -> None:
    """Raises Refused."""
    may_correct(tx, project, commit_of(tx, project, text).carriers, origin)


def may_correct(tx: Tx, project: Project, carriers: tuple[Release, ...], origin: Origin) -> None:
    """The captain of a release that carries it may as well. Raises Refused."""
    roster = people.roster(tx, project.key)
    captains = {release.captain for release in carriers} - {""}
    user = origin.actor.user
    if user not in captains and not roster.roles_of(user) & set(MAY):
        raise Refused(NotAllowed("correct", MAY, tuple(sorted(roster.anyone(MAY) | captains))))


def scope_was_read(tx: Tx, report: ScopeWasRead, _origin: Origin) -> Happened:
    """The same candidate at the same commit, told anew; one that is no longer the current one too."""
    found = context.case(tx, report.release)
    known = scopes.of(tx, report.release, report.candidate)
    if report.scope and known and known.sha == report.scope.sha:
        on_the_way.keep(tx, found, report.candidate, report.scope)
        outbox.add(tx, refresh(found.project, found.release, new_id()))
    return Happened(GitDone(release=report.release, version=found.version, work="head"))


def _told(tx: Tx, project: Project, commit: Commit) -> Told:
    if commit.line:
        return told(commit.line)
    message = commit.standing.message if commit.standing else commit.written
    return told_as(message, commit.written, tx.now(), project.policy.grammar)


def _keep(tx: Tx, project: Project, commit: Commit, message: str, origin: Origin) -> Told:
    """Write it down, and how the change is told now. Raises Refused."""
    standing = commit.standing
    if not message:
        if standing is None:
            raise Refused(AlreadySo("correction_none"))
        corrections.remove(tx, project.key, commit.sha)
        return standing.original
    _check(message)
    if standing and standing.message == message:
        raise Refused(AlreadySo("correction", standing.by))
    at = tx.now()
    after = told_as(message, commit.written, at, project.policy.grammar)
    if not after.text:
        raise Refused(TextMissing("message"))
    original = standing.original if standing else _told(tx, project, commit)
    wanted = Correction(sha=commit.sha, message=message, by=origin.actor.user, at=at, original=original)
    corrections.put(tx, project.key, wanted)
    return after


def _check(message: str) -> None:
    """Raises Refused."""
    subject, body = parts(message)
    if len(subject) > LONGEST:
        raise Refused(TooLong("message", LONGEST))
    if len(body) > LONGEST_BODY:
        raise Refused(TooLong("message_body", LONGEST_BODY))


def _tell(
    tx: Tx, project: Project, carriers: tuple[Release, ...], event: MessageCorrected, origin: Origin
) -> None:
    """In the thread of every release that carries the change; where none does, the audit has it."""
    if not carriers:
        record(tx, origin, project, [event])
    for n, release in enumerate(carriers):
        of = replace(event, release=release.id, version=str(release.version))
        record(tx, origin, project, [of], release=release, answered=n > 0)


def _read_again(tx: Tx, project: Project, among: tuple[Carried, ...]) -> None:
    """Cards, the scope, the proposed version and the draft of the notes follow from what is read."""
    again = [
        ReadScope(project.key, one.release.id, one.candidate, one.scope.sha) for one in among if one.release
    ]
    outbox.add(tx, [lane(f"{outbox.GIT}{project.key}", new_id(), errand) for errand in again])
    ask_git.read(tx, project)
