"""What forms and cards need of checklists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.checklists.model import Phase, Section
from domain.checklists.progress import Progress
from domain.checklists.standing import Judged, Standing
from domain.people import Role
from domain.readiness_rules import Strictness
from domain.release import Release
from domain.rollback import Room
from domain.types import Action
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """`judged` has the item, how it stands, what people said and what is proven. `may_tick` and `may_waive`
    are roles; `tickable`, `waivable`, `reopenable` say what can be pressed now at all, by those who may.
    """

    judged: Judged
    may_tick: tuple[Role, ...]
    may_waive: tuple[Role, ...]
    tickable: bool
    waivable: bool
    reopenable: bool

    @property
    def key(self) -> str:
        return self.judged.item.key


@dataclass(frozen=True, kw_only=True)
class ChecklistView:
    """One list. `sections` are in order, each with its items (the first may have no title: key is empty).

    `guards` is the step that open items stop, None for none; `opens_at` when it can be worked through, where
    that is a matter of time; `open` whether it can be now.
    """

    phase: Phase
    strictness: Strictness
    sections: tuple[tuple[Section, tuple[ItemView, ...]], ...]
    progress: Progress
    guards: Action | None
    open: bool
    opens_at: datetime | None = None

    @property
    def items(self) -> tuple[ItemView, ...]:
        return tuple(item for _, items in self.sections for item in items)

    def standing(self, standing: Standing) -> tuple[ItemView, ...]:
        return tuple(item for item in self.items if item.judged.standing is standing)


@dataclass(frozen=True, kw_only=True)
class ChecklistsView:
    """The lists of a release, or of a war room; the other is None. `now` are the phases to look at first."""

    project: ProjectView
    release: Release | None
    room: Room | None
    lists: tuple[ChecklistView, ...]
    now: tuple[Phase, ...]
    at: datetime
