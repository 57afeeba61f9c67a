"""What a scope says about the questions that QA answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from domain.scope import Scope


@dataclass(frozen=True)
class Signs:
    """`migration` is None where the files were never read, `breaking_changes` are those changes' lines."""

    migration: bool | None
    breaking_changes: tuple[str, ...]

    @property
    def breaking(self) -> bool:
        return bool(self.breaking_changes)


def signs(scope: Scope, hidden: Collection[str]) -> Signs:
    """A breaking change behind a flag (`hidden` by its SHA) breaks nothing; a migration runs all the same."""
    breaking = tuple(line.text for line in scope.lines if line.breaking and line.sha not in hidden)
    return Signs(None if scope.size is None else bool(scope.migrations), breaking)
