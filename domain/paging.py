"""A page: people are called every few minutes until one of them says that they are on it (spec 6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.criteria.model import Breach, BreachState
from domain.criteria.rules import PagingRules
from domain.people import Role, Roster
from domain.rollback.escalation import PATH
from domain.rollback.model import Room


class PageEnd(StrEnum):
    ACKNOWLEDGED = "acknowledged"
    OVER = "over"  # what it was about is over
    COMMANDED = "commanded"  # somebody has taken command since, or who commands has acted on it
    CONFIRMED = "confirmed"  # what it asked to be confirmed is


@dataclass(frozen=True, kw_only=True)
class Page:
    """`calls` is how often people were called; `by` acknowledged it. It ended at `ended_at`, for `why`.

    One that `asks` calls for nothing but a look: whether what was reported is so.
    """

    id: str
    project: str
    release: str
    version: str
    breach: str
    rule: str
    opened_at: datetime
    calls: int = 1
    by: str = ""
    why: PageEnd | None = None
    ended_at: datetime | None = None
    asks: bool = False

    @property
    def open(self) -> bool:
        return self.ended_at is None


def ladder(roster: Roster) -> tuple[Role, ...]:
    """The escalation path, as far as there are people; without any, who leads incidents; empty for nobody."""
    paths = (PATH, (Role.INCIDENT_COMMANDER,))
    staffed = (tuple(role for role in path if roster.holders(role)) for path in paths)
    return next(filter(None, staffed), ())


def called(roster: Roster, rules: PagingRules, calls: int) -> tuple[Role, ...]:
    """The roles that the `calls`th call goes to: who was called before is called on."""
    rungs = ladder(roster)
    return rungs[: 1 + (calls - 1) // rules.tries]


def next_call(page: Page, rules: PagingRules, at: datetime) -> tuple[int, datetime]:
    """Which call comes next after `at`, and when. What was missed meanwhile is not made up for."""
    made = max(page.calls, (at - page.opened_at) // rules.every + 1)
    return made + 1, page.opened_at + made * rules.every


def commanded(page: Page, room: Room | None, breach: Breach) -> bool:
    """Whether the war room's commander knows: the seat was taken since the page was opened, or it was they
    who declared the rollback for it. Who sat there before may be asleep.
    """
    if room is None or not room.commander:
        return False
    declared = breach.state is BreachState.DECLARED and breach.by == room.commander
    return declared or room.seats[-1].since >= page.opened_at
