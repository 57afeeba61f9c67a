"""How an item stands: what people said of it, and what the bot knows, put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.checklists.model import Auto, Item, ItemState
from domain.health.model import Reading

NOTHING = ItemState()


class Standing(StrEnum):
    """`not_asked`: its condition does not hold, so nothing waits for it."""

    OPEN = "open"
    FAILED = "failed"
    DONE = "done"
    WAIVED = "waived"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What is known of an automatic item. `held` is false where it is known to fail, and where its step was
    `skipped`: then nobody did it, and `text` says why not.

    `text` is data, by `auto`: what a pipeline wrote, a SHA, a tag, a version, or nothing; `at` when it became
    true, where that is known. `wanted` is the coverage that is asked, `value` the one that was reached;
    `readings` are what was measured.
    """

    auto: Auto
    held: bool
    text: str = ""
    link: str = ""
    at: datetime | None = None
    value: float | None = None
    wanted: int | None = None
    readings: tuple[Reading, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An item with how it stands. `state` is what people said of this candidate, owner and due at least."""

    item: Item
    standing: Standing
    state: ItemState = NOTHING
    proof: Proof | None = None

    @property
    def settled(self) -> bool:
        return self.standing in {Standing.DONE, Standing.WAIVED, Standing.NOT_ASKED}

    @property
    def by_hand(self) -> bool:
        """Whether a person said that it is done, though the bot could have known it."""
        done = self.standing is Standing.DONE
        return done and self.item.auto is not None and not (self.proof and self.proof.held)
