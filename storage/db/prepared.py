"""Statements of the hot path: compiled once for each database, run on the driver's own cursor.

Running a Core statement costs SQLAlchemy about ten times what SQLite needs for it (measured). Here only its
compiler and its types are asked, once; rows and errors are the same as those of `Tx.execute`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Dialect, Insert, Select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.db.tx import Tx

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | Insert
Process = Callable[[Any], Any] | None


@dataclass(frozen=True)
class _Plan:
    """A statement in one database's words. `binds` in the order of the text, or `named` in it."""

    text: str
    binds: tuple[tuple[str, Process], ...]
    named: bool
    fixed: Mapping[str, Any]
    results: tuple[Process, ...]
    plain: bool  # no column needs processing

    def values(self, given: Mapping[str, Any]) -> Any:
        known = {**self.fixed, **given} if self.fixed else given
        if self.named:
            return {name: process(known[name]) if process else known[name] for name, process in self.binds}
        return [process(known[name]) if process else known[name] for name, process in self.binds]

    def row(self, found: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            [process(value) if process else value for process, value in zip(self.results, found, strict=True)]
        )


class Prepared:
    """A SELECT or an INSERT. `columns` are those that an INSERT's rows fill.

    Raises ValueError for a list of values whose length is only known when it runs (`IN`).
    """

    def __init__(
        self,
        sqlite: Statement,
        postgresql: Statement | None = None,
        *,
        columns: str = "",
    ) -> None:
        self._statements = {"sqlite": sqlite, "postgresql": sqlite if postgresql is None else postgresql}
        self._columns = columns.split()
        self._plans: dict[str, _Plan] = {}

    def all(self, tx: Tx, **values: Any) -> list[tuple[Any, ...]]:
        """Every row, as a plain tuple."""
        plan = self._plan(tx)
        found = tx.drive(plan.text, plan.values(values)).fetchall()
        return found if plan.plain else [plan.row(row) for row in found]

    def first(self, tx: Tx, **values: Any) -> tuple[Any, ...] | None:
        """The first row of at most one."""
        plan = self._plan(tx)
        found = tx.drive(plan.text, plan.values(values)).fetchone()
        return found if found is None or plan.plain else plan.row(found)

    def add(self, tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows."""
        plan = self._plan(tx)
        if len(rows) == 1:
            tx.wrote = True
            tx.drive(plan.text, plan.values(rows[0]))
        elif rows:
            tx.drive_many(plan.text, [plan.values(row) for row in rows])

    def _plan(self, tx: Tx) -> _Plan:
        name = tx.dialect
        plan = self._plans.get(name)
        if plan is None:
            plan = self._plans[name] = _compiled(
                self._statements[name], tx.connection.dialect, self._columns or None
            )
        return plan


def _compiled(statement: Statement, dialect: Dialect, columns: list[str] | None) -> _Plan:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    if not isinstance(compiled, SQLCompiler) or "POSTCOMPILE" in compiled.string:
        raise ValueError(f"not for preparing: {compiled}")
    order = compiled.positiontup or list(compiled.binds)
    into = {name: _in(bind.type, dialect) for name, bind in compiled.binds.items()}
    fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
    results = _results(statement, dialect)
    return _Plan(
        text=compiled.string,
        binds=tuple((name, into[name]) for name in order),
        named=not compiled.positional,
        fixed=fixed,
        results=results,
        plain=not any(results),
    )


def _results(statement: Statement, dialect: Dialect) -> tuple[Process, ...]:
    if isinstance(statement, Insert):
        return ()
    return tuple(_out(column.type, dialect) for column in statement.selected_columns)


def _out(kind: TypeEngine[Any], dialect: Dialect) -> Process:
    if _is_moment(kind, dialect):
        return _moment_out
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _in(kind: TypeEngine[Any], dialect: Dialect) -> Process:
    if _is_moment(kind, dialect):
        return _moment_in
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _is_moment(kind: TypeEngine[Any], dialect: Dialect) -> bool:
    """SQLite keeps moments as text: SQLAlchemy's way there and back takes four steps, ours one."""
    return isinstance(kind, UTCDateTime) and dialect.name == "sqlite"


@lru_cache(maxsize=64)
def _moment_in(value: datetime | None) -> str | None:
    """Raises ValueError for a moment without a zone. The rows of one change share a few moments."""
    if value is None:
        return None
    if value.tzinfo is not UTC:
        if value.utcoffset() is None:
            raise ValueError("a moment needs a zone")
        value = value.astimezone(UTC)
    return value.isoformat(" ", "microseconds")[:-6]


def _moment_out(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")
