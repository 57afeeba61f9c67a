"""What the git worker saw on the branches that a code freeze covers: each violation is told once."""

from __future__ import annotations

from collections.abc import Sequence

from commands import context
from commands.exceptions import ends
from commands.record import record, send
from domain.calendar.entries import Permit
from domain.calendar.gate import GateReason
from domain.errands import InChannel
from domain.events import FreezeViolated, MergedByException, MergedCommit, MergedExempt
from domain.frozen import Arrival, Look, Seen, Watch, earliest, judge
from domain.people import Origin
from domain.project import Project
from domain.release import Release
from domain.statuses import EXEMPT
from domain.types import Stage
from storage import forges, people, releases, watching
from storage.db import Tx

TOLD = 10
"""Commits named in one message; of more only the number is said."""
_OUT = frozenset({Stage.VERIFYING, Stage.RELEASED})


def watch_of(tx: Tx, project: Project, live: Sequence[Release]) -> Watch:
    """What the git worker goes by when it looks at the branches."""
    out = [release for release in live if release.stage in _OUT]
    running = releases.in_production(tx, project.key)
    known = [*out, running] if running else out
    return Watch(
        live=tuple(live),
        seen=watching.seen(tx, project.key),
        released=tuple(dict.fromkeys(r.candidate.sha for r in known if r.candidate)),
        calendar=context.calendar_of(tx, project, tx.now()),
    )


def branch_begins(tx: Tx, project: Project, branch: str, sha: str) -> None:
    """A release branch was cut: what it was cut with is no violation of its freeze."""
    if branch != project.policy.repository.main:
        watching.begin(tx, project.key, branch, Seen(sha, tx.now()))


def branches_were_seen(tx: Tx, project: Project, looks: Sequence[Look], origin: Origin) -> None:
    """Judge what came since the last look by the calendar as it stands now."""
    for look in looks:
        first = watching.move(tx, project.key, look)
        if first and look.arrivals:
            _judge(tx, project, look, origin)


def _judge(tx: Tx, project: Project, look: Look, origin: Origin) -> None:
    calendar = context.calendar_of(tx, project, look.now.at)
    known = watching.told(tx, project.key, [arrival.sha for arrival in look.arrivals])
    exempt = _exempt(tx, project, look)
    violations: list[tuple[Arrival, GateReason]] = []
    let_through: list[tuple[Arrival, GateReason]] = []
    excepted: list[tuple[Arrival, Permit]] = []
    for arrival in look.arrivals:
        if arrival.sha in known:
            continue
        found = judge(calendar, look.line, project.policy, earliest(arrival, look), look.now.at)
        meant = let_through if arrival.pull_request in exempt else violations
        meant += [(arrival, reason) for reason in found.reasons[:1]]
        excepted += [(arrival, permit) for permit in found.permits[:1]]
    told = [arrival.sha for arrival, _ in (*violations, *let_through, *excepted)]
    watching.tell(tx, project.key, told, look)
    if violations:
        _tell_violations(tx, project, look, violations, origin)
    if let_through:
        _note_exempt(tx, project, look, let_through, origin)
    if excepted:
        _note_excepted(tx, project, look, excepted, origin)


def _exempt(tx: Tx, project: Project, look: Look) -> frozenset[int]:
    """The pull requests into this branch that were marked as exempt. A commit names its own, and could name
    another's: so what came with them is noted where the release's people look.
    """
    numbers = [arrival.pull_request for arrival in look.arrivals if arrival.pull_request]
    marked = forges.marked(tx, project.key, numbers) if numbers else {}
    return frozenset(
        number for number, one in marked.items() if one.because in EXEMPT and one.base == look.line.branch
    )


def _tell_violations(
    tx: Tx, project: Project, look: Look, found: Sequence[tuple[Arrival, GateReason]], origin: Origin
) -> None:
    """In the channel, since everybody merges; and in the thread of the release that is frozen."""
    reason = found[0][1]
    release = releases.get(tx, reason.subject)
    event = FreezeViolated(
        project=project.key,
        own_branch=not look.line.main,
        release=release.id if release else "",
        version=str(release.version) if release else "",
        day="" if release else reason.subject,
        branch=look.line.branch,
        commits=_commits(tx, project, [arrival for arrival, _ in found[:TOLD]]),
        more=len(found[TOLD:]) + look.more,
        grantors=reason.grantors,
    )
    record(tx, origin, project, [event], release=release)
    send(tx, project, origin, [(InChannel(project.channel), event)])


def _note_exempt(
    tx: Tx, project: Project, look: Look, found: Sequence[tuple[Arrival, GateReason]], origin: Origin
) -> None:
    """Where the release's people look; nobody is called."""
    reason = found[0][1]
    release = releases.get(tx, reason.subject)
    event = MergedExempt(
        release=release.id if release else "",
        version=str(release.version) if release else "",
        day="" if release else reason.subject,
        branch=look.line.branch,
        commits=_commits(tx, project, [arrival for arrival, _ in found[:TOLD]]),
        more=len(found[TOLD:]),
    )
    record(tx, origin, project, [event], release=release)


def _note_excepted(
    tx: Tx, project: Project, look: Look, found: Sequence[tuple[Arrival, Permit]], origin: Origin
) -> None:
    """Where the release's people look; nobody is called."""
    permit = found[0][1]
    for one in dict.fromkeys(permit for _, permit in found):
        ends.merged(tx, one.id, look.now.at)
    release = releases.get(tx, permit.subject)
    event = MergedByException(
        release=release.id if release else "",
        version=str(release.version) if release else "",
        day="" if release else permit.subject,
        branch=look.line.branch,
        commits=_commits(tx, project, [arrival for arrival, _ in found[:TOLD]]),
        more=len(found[TOLD:]),
        exception=permit.id,
        granted_by=permit.granted_by,
    )
    record(tx, origin, project, [event], release=release)


def _commits(tx: Tx, project: Project, found: Sequence[Arrival]) -> tuple[MergedCommit, ...]:
    users = people.by_email(tx, {arrival.email for arrival in found})
    return tuple(
        MergedCommit(
            sha=arrival.sha,
            text=arrival.text,
            author=arrival.author,
            user=users.get(arrival.email, ""),
            url=project.policy.repository.commit_at(arrival.sha),
            brings=arrival.brings,
            brought=arrival.brought,
        )
        for arrival in found
    )
