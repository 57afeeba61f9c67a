"""Lists and their items, as they were when the release began; what became of each of them (spec 5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.names import Names
from domain.people import Role
from domain.types import ReleaseType


class Phase(StrEnum):
    """When a list is worked through; the values stand in policies and tables and stay."""

    PRE_RELEASE = "pre_release"
    STAGING = "staging"
    RELEASE_START = "release_start"
    RELEASE_DURING = "release_during"
    POST_AT_ONCE = "post_at_once"
    POST_SOON = "post_soon"  # after 30 minutes
    POST_FINISH = "post_finish"
    ROLLBACK_BEFORE = "rollback_before"
    ROLLBACK_DURING = "rollback_during"
    ROLLBACK_AFTER = "rollback_after"
    OUTAGE = "outage"
    DATA_LOSS = "data_loss"
    SECURITY = "security"


IN_ROOM = frozenset(
    {
        Phase.ROLLBACK_BEFORE,
        Phase.ROLLBACK_DURING,
        Phase.ROLLBACK_AFTER,
        Phase.OUTAGE,
        Phase.DATA_LOSS,
        Phase.SECURITY,
    }
)
"""The lists that open in a war room; their owner is the room, not the release."""


class Only(StrEnum):
    """The condition under which an item is asked for at all."""

    ALWAYS = "always"
    MIGRATION = "migration"
    LEFT_OUT = "left_out"
    ENVIRONMENT_CHANGES = "environment_changes"


@dataclass(frozen=True, kw_only=True)
class Item:
    """`auto` names what the bot or a pipeline knows, empty for an item that a person ticks.

    `types` are those whose releases are asked for it; `roles` may tick it, and its list's may as well.
    """

    key: str
    text: Names
    section: str = ""
    auto: str = ""
    only: Only = Only.ALWAYS
    types: tuple[ReleaseType, ...] = tuple(ReleaseType)
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemState:
    """What became of an item. Done by `done_by` (empty for the bot, with its `evidence`), or waived.

    A new candidate opens again what was said of the old one: `candidate` is the one it was said of, 0 where
    it holds for the release as a whole. A failed automatic item is not done and its evidence says why.
    """

    done_at: datetime | None = None
    done_by: str = ""
    waived_at: datetime | None = None
    waived_by: str = ""
    reason: str = ""
    note: str = ""
    link: str = ""
    evidence: str = ""
    failed: bool = False
    owner: str = ""
    due: datetime | None = None
    candidate: int = 0

    @property
    def settled(self) -> bool:
        return self.done_at is not None or self.waived_at is not None
