"""Every change of a scope with its whole message, in pages by SHA: lists hold the newest ones alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from operator import itemgetter

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, func, insert, literal, select, update
from sqlmodel import col

from domain.scope import Line, Scope
from storage.db import Tx
from storage.tables import ScopePageRow

PAGE = 200
PROPOSED = ""
"""In the place of a release: what would be released next."""
_AFTER_HEX = "g"
_Placed = tuple[int, Line]
"""A change, and how many of its scope are newer."""
_LINES: TypeAdapter[tuple[_Placed, ...]] = TypeAdapter(tuple[_Placed, ...])


def put(tx: Tx, project: str, scope: Scope, release: str = PROPOSED, candidate: int = 0) -> None:
    """In the place of what was there of this candidate, and of older ones that nobody asks for."""
    older = col(ScopePageRow.candidate)
    tx.execute(
        delete(ScopePageRow).where(
            col(ScopePageRow.project) == project,
            col(ScopePageRow.release) == release,
            (older == candidate) | (older < candidate - 1),
        )
    )
    lines = sorted(enumerate((*scope.lines, *scope.beyond)), key=_sha)
    pages = [tuple(lines[at : at + PAGE]) for at in range(0, len(lines), PAGE)]
    if pages:
        key = {"project": project, "release": release, "candidate": candidate}
        tx.execute(insert(ScopePageRow), [key | _page(lines) for lines in pages])


def _sha(placed: _Placed) -> str:
    return placed[1].sha


def _page(lines: tuple[_Placed, ...]) -> dict[str, str]:
    body = _LINES.dump_json(lines, exclude_defaults=True).decode()
    return {"first": _sha(lines[0]), "last": _sha(lines[-1]), "body": body}


def find(
    tx: Tx, project: str, beginning: str, release: str = PROPOSED, candidate: int = 0
) -> tuple[Line, ...]:
    """The changes whose SHA begins so, of the candidate or the newest one known before it."""
    pages = _pages(tx, project, beginning, release, candidate)
    return tuple(line for _, page in pages for _, line in page if line.sha.startswith(beginning))


def beyond(
    tx: Tx, project: str, listed: Collection[Line], release: str = PROPOSED, candidate: int = 0
) -> tuple[Line, ...]:
    """The changes that are not listed, the newest first, without their messages."""
    known = {line.sha for line in listed}
    pages = _pages(tx, project, "", release, candidate)
    placed = [one for _, page in pages for one in page if _sha(one) not in known]
    return tuple(replace(line, message="") for _, line in sorted(placed, key=itemgetter(0)))


def tell(tx: Tx, project: str, told: Line, release: str = PROPOSED, candidate: int = 0) -> None:
    """The change is told so from now on; its message stays the one that git has."""
    for key, page in _pages(tx, project, told.sha, release, candidate):
        lines = tuple(
            (place, replace(told, message=line.message) if line.sha == told.sha else line)
            for place, line in page
        )
        tx.execute(update(ScopePageRow).where(*key).values(_page(lines)))


def _pages(
    tx: Tx, project: str, beginning: str, release: str, candidate: int
) -> list[tuple[list[ColumnElement[bool]], tuple[_Placed, ...]]]:
    """Where changes that begin so are, each page with its key."""
    key = [col(ScopePageRow.project) == project, col(ScopePageRow.release) == release]
    until = col(ScopePageRow.candidate) <= candidate
    newest = select(func.max(col(ScopePageRow.candidate))).where(*key, until)
    query = select(col(ScopePageRow.candidate), col(ScopePageRow.first), col(ScopePageRow.body)).where(
        *key,
        col(ScopePageRow.candidate) == newest.scalar_subquery(),
        col(ScopePageRow.last) >= beginning,
        col(ScopePageRow.first) < beginning + _AFTER_HEX,
    )
    return [
        (
            [*key, col(ScopePageRow.candidate) == row.candidate, col(ScopePageRow.first) == row.first],
            _LINES.validate_json(str(row.body)),
        )
        for row in tx.execute(query).all()
    ]


def take_proposed(tx: Tx, project: str, release: str) -> None:
    """A release begins with what was proposed."""
    columns = [col(ScopePageRow.first), col(ScopePageRow.last), col(ScopePageRow.body)]
    proposed = select(literal(project), literal(release), literal(0), *columns).where(
        col(ScopePageRow.project) == project, col(ScopePageRow.release) == PROPOSED
    )
    names = ["project", "release", "candidate", "first", "last", "body"]
    tx.execute(insert(ScopePageRow).from_select(names, proposed))
