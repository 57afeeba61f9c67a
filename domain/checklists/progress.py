"""How far a list is."""

from __future__ import annotations

from dataclasses import dataclass

from domain.checklists.model import Phase
from domain.readiness_rules import Strictness


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Of the items that are asked for. `done` counts those that are waived as well."""

    phase: Phase
    done: int
    total: int
    failed: int = 0
    waived: int = 0
    strictness: Strictness = Strictness.BLOCK

    @property
    def complete(self) -> bool:
        return self.done == self.total
