"""Answers to slash commands, and App Home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.calendar.blackouts import Blackout
from domain.calendar.entries import Freeze
from domain.calendar.exceptions import Budget
from domain.calendar.gate import GateAnswer
from domain.calendar.imports import FeedState
from domain.calendar.published import Published
from domain.calendar.rules import WeeklyWindow
from domain.calendar.slots import Slot
from domain.checklists.model import Phase
from domain.criteria.model import Breach
from domain.digest import DigestSetting
from domain.names import Names
from domain.people import Holding, Role
from domain.release import ConfirmItem, Release
from domain.rollback import StepKey
from domain.rollout.rollout import Rollout
from domain.types import Action, Column, ReleaseType, Stage
from domain.views.living import ExceptionView, ProjectView


@dataclass(frozen=True, kw_only=True)
class Row:
    """One release in a list: `waits_for` people or roles, `since` when that began. `left_out` are behind
    flags, and none of the `changes`. `deploy_at` is the plan, the other two are what came of it.
    """

    project: str
    release: str
    version: str
    type: ReleaseType
    stage: Stage
    column: Column
    changes: int
    deploy_at: datetime | None
    held: bool
    waits_for: tuple[str, ...]
    waits_for_roles: tuple[Role, ...]
    since: datetime
    left_out: int = 0
    deploy_started_at: datetime | None = None
    deployed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ListView:
    project: ProjectView | None
    rows: tuple[Row, ...]
    ended: int = 0


@dataclass(frozen=True, kw_only=True)
class BoardView:
    project: ProjectView
    columns: Mapping[Column, tuple[Row, ...]]


class ToDo(StrEnum):
    """What a person is to do about a step of a rollback, or about a breach."""

    BEGIN = "begin"
    FINISH = "finish"
    CONFIRM = "confirm"  # a breach, where they see it too
    ANSWER = "answer"  # a page: that they are on it
    SETTLE = "settle"  # what they are on
    DECIDE = "decide"  # on the rollback that is recommended
    LOOK = "look"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing that waits for a person: `kind` is approve, action, confirm, checklist, item, condition,
    exception, judgement, seat, step, breach, postmortem, git or revert. `action`, `item`, `names`, `step`,
    `breach` or `phase` (with how many are `open` in it) say which, `to_do` what is asked of a step or breach;
    `channel` and `ts` are those of the message to press on, in a war room where `in_room` is set. `zone` is
    the project's. An action on a step of a rollout has the `rollout`; it is `early` while the step is
    watched, until `since`.
    """

    kind: str
    project: str
    release: str
    version: str
    zone: str
    since: datetime
    due: datetime | None = None
    action: Action | None = None
    rollout: Rollout | None = None
    early: bool = False
    item: ConfirmItem | None = None
    phase: Phase | None = None
    open: int = 0
    names: Names | None = None
    step: StepKey | None = None
    breach: Breach | None = None
    to_do: ToDo | None = None
    text: str = ""
    channel: str = ""
    ts: str = ""
    in_room: bool = False


@dataclass(frozen=True, kw_only=True)
class MineView:
    tasks: tuple[Task, ...]


@dataclass(frozen=True, kw_only=True)
class GateView:
    project: ProjectView
    type: ReleaseType
    answer: GateAnswer
    release: Release | None = None


@dataclass(frozen=True, kw_only=True)
class ExceptionsView:
    """The exceptions that wait for a decision or are granted."""

    project: ProjectView
    exceptions: tuple[ExceptionView, ...]
    budget: Budget


@dataclass(frozen=True, kw_only=True)
class LedgerView:
    """Every exception asked in a month, oldest first; `beyond` are the ids granted beyond the budget."""

    project: ProjectView
    budget: Budget
    exceptions: tuple[ExceptionView, ...]
    beyond: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class ProjectHome:
    """One project on App Home: may it deploy now (for a regular release), and its next dates.

    `feeds` are those that could not be read.
    """

    project: ProjectView
    gate: GateAnswer
    running: tuple[Row, ...]
    slots: tuple[Slot, ...]
    blackouts: tuple[Blackout, ...]
    problem: str = ""
    feeds: tuple[FeedState, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """`why_not` is guest or stranger (as in NotAMember) where this person takes no part in releases."""

    tasks: tuple[Task, ...]
    projects: tuple[ProjectHome, ...]
    at: datetime
    digest: DigestSetting
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class FreezeView:
    project: ProjectView
    freezes: tuple[Freeze, ...]
    slots: tuple[Slot, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BlackoutsView:
    """`left_out` are the years of yearly ones that are cancelled, as they would be."""

    project: ProjectView
    blackouts: tuple[Blackout, ...]
    at: datetime
    left_out: tuple[Blackout, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WindowsView:
    project: ProjectView
    windows: tuple[WeeklyWindow, ...]
    from_policy: bool


@dataclass(frozen=True, kw_only=True)
class FeedView:
    """A feed of the calendar from `since` to `until`; `person` is the name of whose it is, empty for all."""

    project: ProjectView
    published: tuple[Published, ...]
    since: datetime
    until: datetime
    person: str = ""


@dataclass(frozen=True, kw_only=True)
class RolesView:
    """Every role with its holdings; `members` with groups resolved; `owners` may change them."""

    project: ProjectView
    holdings: tuple[Holding, ...]
    members: Mapping[Role, tuple[str, ...]]
    locked: tuple[Role, ...]
    owners: tuple[str, ...]
