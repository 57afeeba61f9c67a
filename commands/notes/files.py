"""The changelog and the version file: written on the release branch before a candidate is built."""

from __future__ import annotations

from dataclasses import replace

from commands.context import Case
from commands.record import lane
from domain.errands import WriteNotes
from domain.needs import FilesNotWritten
from domain.people import Origin
from domain.policy import Policy
from domain.release import Pending, Release
from domain.types import Action, Stage
from storage import outbox
from storage.db import Tx
from storage.ids import new_id

_BEGINS_A_BUILD = frozenset({Action.REBUILD, Action.RESUME})
_WRITABLE = frozenset({Stage.CANDIDATE, Stage.BUILDING})


def writable(release: Release, policy: Policy) -> bool:
    """Whether files may be written now: the policy names some, and no candidate that anybody tests or
    approves would change under them.
    """
    asked = release.approval_asked_at is not None
    on_trunk = release.branch == policy.repository.main
    allowed = policy.notes.on_trunk or not on_trunk
    return policy.notes.writes and allowed and release.stage in _WRITABLE and not asked


def unwritten(release: Release, policy: Policy) -> FilesNotWritten | None:
    """What is missing on the branch since it could not be written; nothing that the policy does not want."""
    pending = release.pending
    if pending is None or pending.action is not Action.REBUILD or not pending.problem:
        return None
    if not writable(release, policy):
        return None
    wanted = tuple(path for path in (policy.notes.changelog, policy.notes.version_file) if path)
    return FilesNotWritten(wanted, pending.problem, next(iter(pending.files), ""))


def before_build(found: Case, after: Release, action: Action, origin: Origin) -> Release:
    """A rebuild waits for the files: until they are written, no build of it is reported."""
    if action not in _BEGINS_A_BUILD or not writable(after, found.project.policy):
        return after
    return replace(after, pending=Pending(action=Action.REBUILD, by=origin.actor.user, at=found.at))


def ask(tx: Tx, project: str, release: Release) -> None:
    """Have them written, where the release waits for that."""
    pending = release.pending
    if pending is None or pending.action is not Action.REBUILD or pending.problem:
        return
    outbox.add(tx, [lane(f"{outbox.GIT}{project}", new_id(), WriteNotes(project, release.id))])
