"""The parts of a post-mortem that only people can give, as frozen values (spec 6.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Section(StrEnum):
    """What is asked of people; the values stand in stored rooms and stay."""

    IMPACT = "impact"
    CAUSE = "cause"
    DETECTION = "detection"
    RECOVERY = "recovery"
    PLAN = "plan"


@dataclass(frozen=True)
class Answer:
    """The text of a section as it was written last."""

    section: Section
    text: str
    by: str
    at: datetime


class ItemState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class ActionItem:
    """What prevents it, or finds it sooner.

    `owner` is a user id; it is due when the working day of `due` ends. `note` is what was done, or why it is
    not done after all.
    """

    id: str
    text: str
    owner: str
    due: datetime
    added_by: str
    added_at: datetime
    state: ItemState = ItemState.OPEN
    ended_by: str = ""
    ended_at: datetime | None = None
    note: str = ""

    @property
    def open(self) -> bool:
        return self.state is ItemState.OPEN
