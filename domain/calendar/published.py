"""What readers of a feed have been given of each item: how often it was revised, and when last (RFC 5545)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from domain.calendar.agenda import Item


@dataclass(frozen=True, slots=True)
class Edition:
    """The state of one item in the feeds: `content` stands for all that its readers are given.

    `sequence` only grows; `revised_at` is when this content was given first.
    """

    content: str
    sequence: int
    revised_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """An item with its edition."""

    item: Item
    edition: Edition


def edition(item: Item, before: Edition | None, at: datetime) -> Edition:
    """The edition of an item at `at`, given the last one that was published.

    What recurs is revised by many hands: its rule, one occurrence moved and moved back, the zone's rules.
    No entry counts all of them, so it is the content that decides; an entry's own revision is the least.
    """
    content = _content(item)
    if before is None:
        return Edition(content, item.revision, at)
    if before.content == content:
        return before
    return Edition(content, max(before.sequence + 1, item.revision), at)


def _content(item: Item) -> str:
    names = [item.names.ko, item.names.en] if item.names else []
    days = [day.isoformat() for day in item.days or ()]
    times = [item.start.isoformat(), item.end.isoformat(), *days]
    facts = [times, item.name, names, item.detail, item.release, item.type, item.open_end]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
