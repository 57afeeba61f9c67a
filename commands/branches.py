"""Branches beside main that are stale or too many: told once in the release channel, listed at any time."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from commands import context
from commands.record import record, send
from commands.show.release import project_view
from domain.branches import Branch, BranchNews, news
from domain.errands import InChannel
from domain.events import AgedBranch, BranchesLeft
from domain.people import Origin
from domain.project import Project
from domain.scope import RepositoryFacts
from domain.types import Flow, ReminderKind
from domain.views import BranchesView
from storage import people, releases, repositories, told_branches
from storage.db import Tx

NAMED = 10
"""Branches named in one message; of more only the number is said."""


def were_read(tx: Tx, project: Project, facts: RepositoryFacts, origin: Origin) -> None:
    """Tell what is new. During quiet hours nothing is told, and the first reading after them does."""
    rules, at = project.policy.repository, tx.now()
    quiet = project.policy.quiet_hours
    muted = rules.flow is not Flow.TRUNK or ReminderKind.BRANCHES in project.policy.mute
    if muted or (quiet and quiet.over_at(at, ZoneInfo(project.policy.zone))):
        return
    own = {release.branch for release in releases.live(tx, project.key)}
    told = told_branches.told(tx, project.key)
    fresh = news(facts.aside, told, rules.branches, own=own, at=at, unread=facts.unread)
    told_branches.forget(tx, project.key, fresh.over)
    told_branches.tell(tx, project.key, fresh.told)
    if fresh.stale or fresh.active:
        event = _event(tx, project, fresh, len(facts.unread))
        record(tx, origin, project, [event])
        send(tx, project, origin, [(InChannel(project.channel), event)])


def _event(tx: Tx, project: Project, fresh: BranchNews, unread: int) -> BranchesLeft:
    return BranchesLeft(
        project=project.key,
        at=tx.now(),
        stale=_aged(tx, fresh.stale[:NAMED]),
        active=_aged(tx, fresh.active[:NAMED]),
        stale_after=project.policy.repository.branches.stale_after,
        more_stale=len(fresh.stale[NAMED:]),
        more_active=len(fresh.active[NAMED:]),
        unread=unread,
    )


def _aged(tx: Tx, found: Iterable[Branch]) -> tuple[AgedBranch, ...]:
    listed = [(branch, branch.since) for branch in found]
    users = people.by_email(tx, {branch.email.lower() for branch, _ in listed})
    return tuple(
        AgedBranch(
            name=branch.name,
            since=since,
            ahead=branch.ahead,
            author=branch.author,
            user=users.get(branch.email.lower(), ""),
        )
        for branch, since in listed
        if since
    )


def listed(tx: Tx, project_key: str) -> BranchesView:
    """Every branch beside the main lines as last read, the oldest first, and whose release it belongs to."""
    project = context.project_of(tx, project_key)
    facts = repositories.facts(tx, project.key)
    found = facts.aside if facts else ()
    at = tx.now()
    return BranchesView(
        project=project_view(project),
        unread=len(facts.unread) if facts else 0,
        branches=tuple(sorted(found, key=lambda branch: (branch.since or at, branch.name))),
        users=people.by_email(tx, {branch.email.lower() for branch in found}),
        releases={of.branch: of.tag for of in releases.live(tx, project.key) if of.branch},
        rules=project.policy.repository.branches,
        trunk=project.policy.repository.flow is Flow.TRUNK,
        at=at,
        read_at=facts.read_at if facts else None,
    )
