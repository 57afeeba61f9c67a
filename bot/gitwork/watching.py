"""Look at the branches that freezes cover: where they are, and what came onto them that is no fix."""

from __future__ import annotations

from functools import cache

from bot.gitwork.job import Job
from domain.commits import Commit, takes_back
from domain.frozen import FrozenLine, Look, Seen, Watch, arrivals, frozen, lines
from domain.repository import Facts, GitProblem
from storage import git

COMMITS = 5000
ARRIVALS = 200


def looks(job: Job, found: Facts) -> tuple[Look, ...]:
    """One look at each line that is on the remote; one that cannot be read now is looked at next time."""
    if job.watch is None:
        return ()
    watched = lines(job.repository, job.watch.live, found.heads)
    made = (_look(job, job.watch, line, found) for line in watched)
    return tuple(look for look in made if look)


def _look(job: Job, watch: Watch, line: FrozenLine, found: Facts) -> Look | None:
    now = Seen(found.heads[line.branch], job.at)
    before = watch.seen.get(line.branch)
    still = before is None or before.head == now.head
    if before is None or still or not frozen(watch.calendar, line, job.project.policy, job.at):
        return Look(line=line, before=before, now=now)
    read = git.read_arrivals(
        job.mirror, before, now.head, without=_in_production(job, watch, line, found), limit=COMMITS
    )
    if isinstance(read, GitProblem):
        return None
    commits, more = read
    allowed = job.project.policy.calendar.freeze_allows
    candidate = cache(lambda: _candidate(job, now.head, found))
    came = arrivals(
        commits,
        now.head,
        allowed,
        lambda revert: takes_back(revert, candidate(), job.grammar),
        grammar=job.grammar,
    )
    return Look(
        line=line,
        before=before,
        now=now,
        arrivals=came[:ARRIVALS],
        more=max(0, len(came) - ARRIVALS) + more,
    )


def _in_production(job: Job, watch: Watch, line: FrozenLine, found: Facts) -> list[str]:
    """What was released is no news wherever it is merged: a hotfix, or main merged back into develop."""
    main = found.heads.get(job.repository.main, "")
    released = [*watch.released, main if line.branch != job.repository.main else ""]
    return [sha for sha in released if sha]


def _candidate(job: Job, head: str, found: Facts) -> tuple[Commit, ...]:
    """What came since the release in production."""
    since = job.tag(job.production, found.tags) if job.production else ""
    listed = git.read_commits(job.mirror, since if since in found.tags else None, head)
    return () if isinstance(listed, GitProblem) else listed
