"""When exceptions are judged: once their deploy is over, by whom the question then reaches."""

from __future__ import annotations

from collections.abc import Iterable

from commands.exceptions import people
from commands.record import copies
from domain.calendar.exceptions import ExceptionResult, ExceptionState, FreezeException
from domain.errands import SurfaceKind
from domain.people import Roster
from domain.project import Project
from domain.release import Release
from domain.types import Stage
from storage import exceptions
from storage.db import Tx

_UNDER_WAY = frozenset({Stage.DEPLOYING, Stage.VERIFYING, Stage.ROLLING_BACK})
_TAKEN_BACK = frozenset({Stage.ROLLING_BACK, Stage.ROLLED_BACK})
_ENDED = (ExceptionState.USED, ExceptionState.EXPIRED, ExceptionState.REVOKED)


def can_be_judged(of: FreezeException, release: Release | None) -> bool:
    """What it was granted for is over, and its deploy has come out one way or the other."""
    if not of.is_over:
        return False
    return of.merges or of.used_at is None or release is None or release.stage not in _UNDER_WAY


def waits_for_judgement(of: FreezeException, release: Release | None) -> bool:
    return of.judgement is None and can_be_judged(of, release)


def known_result(of: FreezeException, release: Release | None) -> ExceptionResult | None:
    """What Naru knows of the result; nothing of merges."""
    if of.merges or not of.is_over:
        return None
    if of.used_at is None:
        return ExceptionResult.UNUSED
    taken_back = release is not None and release.stage in _TAKEN_BACK
    return ExceptionResult.FAILED if taken_back else ExceptionResult.SUCCEEDED


def ask_due(tx: Tx, project: Project, roster: Roster, release: Release) -> None:
    """A release moved on: what its exceptions turned out to be can be told now."""
    ask(tx, project, roster, exceptions.of_project(tx, project.key, _ENDED, release.id), release)


def ask(
    tx: Tx, project: Project, roster: Roster, found: Iterable[FreezeException], release: Release | None
) -> None:
    """Everybody who is to judge gets the question, each once."""
    for exception in found:
        if waits_for_judgement(exception, release):
            copies(tx, SurfaceKind.JUDGEMENT, exception.id, people.judges(project, roster, exception))
