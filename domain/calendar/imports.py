"""What was read from a feed, what was wrong with it, and what is different from the last time.

A feed with one bad event is refused as a whole, and what was read from it before stays: a feed that was read
in part looks like a whole one, and nobody misses the blackout that is not there (docs/adr/0010).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.calendar.blackouts import BlackoutKind, Scope


class FeedWhy(StrEnum):
    """Every reason for which a feed is not read; the meaning of `detail` stands behind each."""

    # on the way
    UNREACHABLE = "unreachable"  # what the system said
    TIMEOUT = "timeout"
    STATUS = "status"  # the HTTP status
    REDIRECT = "redirect"  # where to
    PRIVATE_ADDRESS = "private_address"  # the host
    NO_FILE = "no_file"  # what the system said
    # the file
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_A_CALENDAR = "not_a_calendar"
    BROKEN_LINE = "broken_line"
    UNBALANCED = "unbalanced"  # the component
    TOO_MANY_EVENTS = "too_many_events"  # the limit
    TOO_MANY_OCCURRENCES = "too_many_occurrences"  # the limit
    TOO_COMPLEX = "too_complex"
    ZONE_RULE = "zone_rule"
    # an event
    UNREADABLE = "unreadable"  # the property, empty for the event as a whole
    MISSING = "missing"  # the property
    GIVEN_TWICE = "given_twice"  # the property
    NOT_SUPPORTED = "not_supported"  # the property
    SAME_EVENT = "same_event"
    UNKNOWN_ZONE = "unknown_zone"  # the zone
    OUT_OF_RANGE = "out_of_range"
    ENDS_BEFORE_START = "ends_before_start"
    NO_LENGTH = "no_length"
    SUB_DAILY = "sub_daily"  # the part of the rule


ON_THE_WAY = frozenset(
    {FeedWhy.UNREACHABLE, FeedWhy.TIMEOUT, FeedWhy.STATUS, FeedWhy.REDIRECT, FeedWhy.PRIVATE_ADDRESS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFault:
    """`line` counts from 1, 0 where no line is meant; `event` is its name, or its UID."""

    why: FeedWhy
    line: int = 0
    event: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One time that an event holds, in UTC.

    `occurrence` tells those of one `uid` apart: the time that its rule has for it (RECURRENCE-ID); it is
    empty for an event that does not recur.
    """

    uid: str
    name: str
    start: datetime
    end: datetime
    occurrence: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.uid, self.occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An imported time as the project's calendar holds it: `id` is for good, `revision` counts changes."""

    id: str
    imported: Imported
    kind: BlackoutKind
    scope: Scope
    added_at: datetime
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """How a feed was read last. `tried_at` and `read_at` are wall time, `seen_until` business time.

    `settings` and `content` are digests: of how it is read, and of what was read. `by_hand` is a file that
    somebody imported: nobody reads it again. `faults` are those of the last try, none when it was read.
    `failures` counts the tries since it was read, `told` holds the faults that people were told of.
    """

    name: str
    by_hand: bool = False
    settings: str = ""
    tried_at: datetime
    read_at: datetime | None = None
    seen_until: datetime | None = None
    content: str = ""
    etag: str = ""
    modified: str = ""
    failures: int = 0
    faults: tuple[FeedFault, ...] = ()
    told: tuple[FeedFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChange:
    """What happened to the times of one event: how many, and the first of them as it now is."""

    name: str
    start: datetime
    end: datetime
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a new reading changes: `put` as they are from now on, `gone` by id."""

    put: tuple[Held, ...] = ()
    gone: tuple[str, ...] = ()
    added: tuple[FeedChange, ...] = ()
    changed: tuple[FeedChange, ...] = ()
    removed: tuple[FeedChange, ...] = ()

    @property
    def is_told(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def later(self) -> int:
        """How many times came into sight of what is known."""
        return len(self.put) - sum(one.count for one in (*self.added, *self.changed))


def compare(
    known: Mapping[tuple[str, str], Held],
    read: Iterable[Held],
    *,
    at: datetime,
    seen_until: datetime | None,
) -> Difference:
    """What is over stays as it was. Up to `seen_until` the feed was read before: what recurs and comes into
    sight beyond it is nothing new. Held times of `read` have the revision 0.
    """
    wanted = {one.imported.key: one for one in read}
    put, added, changed = [], [], []
    for key, one in wanted.items():
        before = known.get(key)
        if before is None:
            if one.imported.end > at:
                put.append(one)
                added += [] if _came_into_sight(one, known, seen_until) else [one]
        elif _differs(before, one) and max(before.imported.end, one.imported.end) > at:
            now = replace(one, id=before.id, added_at=before.added_at, revision=before.revision + 1)
            put.append(now)
            changed.append(now)
    removed = [one for key, one in known.items() if key not in wanted and one.imported.end > at]
    return _told(put, added, changed, removed)


def _differs(before: Held, after: Held) -> bool:
    return (before.imported, before.kind, before.scope) != (after.imported, after.kind, after.scope)


def _came_into_sight(one: Held, known: Mapping[tuple[str, str], Held], seen_until: datetime | None) -> bool:
    beyond = seen_until is not None and one.imported.start >= seen_until
    return beyond and bool(one.imported.occurrence) and any(uid == one.imported.uid for uid, _ in known)


def _told(put: list[Held], added: list[Held], changed: list[Held], removed: list[Held]) -> Difference:
    """An event that loses some times and gets others has moved: it is told as changed, as it is now."""
    moved = {one.imported.uid for one in added} & {one.imported.uid for one in removed}
    new = [one for one in added if one.imported.uid not in moved]
    other = changed + [one for one in added if one.imported.uid in moved]
    gone = [one for one in removed if one.imported.uid not in moved]
    return Difference(
        put=tuple(put),
        gone=tuple(one.id for one in removed),
        added=_by_event(new),
        changed=_by_event(other),
        removed=_by_event(gone),
    )


def _by_event(found: list[Held]) -> tuple[FeedChange, ...]:
    events: dict[str, list[Imported]] = {}
    for one in sorted(found, key=lambda one: (one.imported.start, one.imported.key)):
        events.setdefault(one.imported.uid, []).append(one.imported)
    return tuple(
        FeedChange(name=times[0].name, start=times[0].start, end=times[0].end, count=len(times))
        for times in events.values()
    )
