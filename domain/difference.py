"""What one candidate brings that another did not have."""

from __future__ import annotations

from dataclasses import dataclass

from domain.scope import Line, Scope, Variable


@dataclass(frozen=True, kw_only=True)
class Difference:
    """From one scope to a later one: changes that came and went, and what else is new since."""

    came: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()
    migrations: tuple[str, ...] = ()
    migrations_gone: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    variables_gone: tuple[Variable, ...] = ()

    def __bool__(self) -> bool:
        return any(vars(self).values())


NOTHING_NEW = Difference()


def difference(before: Scope, after: Scope) -> Difference:
    """Changes are told apart by their commits; a variable with another default is one that came.

    Of a variable that both name only the newer one is told. Where more changes came than a list takes, what
    it no longer names may lie beyond it: that is not said to be gone.
    """
    had, has = {line.sha for line in before.lines}, {line.sha for line in (*after.lines, *after.beyond)}
    every = after.counts.total <= len(has)
    known = set(before.variables)
    names = {(one.name, one.file) for one in after.variables}
    return Difference(
        came=tuple(line for line in after.lines if line.sha not in had),
        gone=tuple(line for line in before.lines if every and line.sha not in has),
        migrations=_new(before.migrations, after.migrations),
        migrations_gone=_new(after.migrations, before.migrations),
        variables=tuple(one for one in after.variables if one not in known),
        variables_gone=tuple(one for one in before.variables if (one.name, one.file) not in names),
    )


def _new(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    known = set(before)
    return tuple(path for path in after if path not in known)
