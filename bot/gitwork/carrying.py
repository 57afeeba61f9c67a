"""What commits carry: the changes that are this project's, counted and listed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.gitwork.job import Job
from domain.commits import Change, Commit, all_authors, changes, count, largest_authors
from domain.corrections import fitted, whole
from domain.scope import Line, Scope

LINES = 2000


def carried(job: Job, commits: Sequence[Commit], touching: frozenset[str] | None) -> tuple[Change, ...]:
    """The changes as they are told. What a revert takes back is found among all commits, own or not."""
    found = changes(commits, job.told)
    return found if touching is None else tuple(change for change in found if change.sha in touching)


def scope_of(job: Job, found: Sequence[Change], commits: Sequence[Commit], since: str, sha: str) -> Scope:
    """The changes, counted and listed; authors are those of all commits, of what was taken back too."""
    written = {commit.sha: commit for commit in commits}
    lines = tuple(_line(job, change, written.get(change.sha)) for change in found)
    return Scope(
        since=since,
        sha=sha,
        counts=count(found),
        lines=lines[:LINES],
        top_authors=tuple(sorted(largest_authors(commits))),
        all_authors=tuple(sorted(all_authors(commits))),
        beyond=lines[LINES:],
    )


def _line(job: Job, change: Change, commit: Commit | None) -> Line:
    """No title of a pull request is better than what a person wrote in the place of a message."""
    return Line(
        sha=change.sha,
        kind=change.kind,
        text=change.description,
        author=change.author_name,
        breaking=change.breaking,
        scope=change.scope or "",
        pull_request=change.pull_request or 0,
        issues=change.issues,
        note=change.breaking_note or "",
        unlabelled=change.type is None and change.sha not in job.corrections,
        message=whole(commit.subject, fitted(commit.body)) if commit else "",
    )
