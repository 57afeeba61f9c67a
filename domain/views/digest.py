"""What somebody's day brings, over all their projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.calendar.agenda import Item
from domain.calendar.gate import GateAnswer
from domain.views.answers import Task
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class ProjectDay:
    """One project: may it deploy now (for a regular release), and its dates of two of the reader's days."""

    project: ProjectView
    gate: GateAnswer
    today: tuple[Item, ...]
    tomorrow: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class DigestView:
    """`news` is false where nothing waits and no unusual date is near."""

    day: date
    tasks: tuple[Task, ...]
    projects: tuple[ProjectDay, ...]
    news: bool
