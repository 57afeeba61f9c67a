"""Whose turn it is in a channel: Slack takes one message a second there, and 50 updates a minute in all.

What is decided here is kept beside the outbox, so that all processes go by it (ADR 23). Times are seconds of
one clock that they share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

APART_S = 1.0
"""From Slack's answer to the next message: whenever the two arrived, they were no closer than that."""
CARD_APART_S, CARD_APART_SCARCE_S = 1.25, 1.6
"""From one update of a message to its next: alone it leaves the burst to others, and more if they use it."""
IN_A_ROW = 2
"""So many updates go before a message that can wait, then it has its turn."""
LATEST_S, PATIENCE_S = 2.6, 10.0
"""But so long it waits on where an update would be late only because of it: after the 3 s that a card may be
old, less what the way takes.
"""
UPDATES_APART_S, UPDATES_AT_ONCE = 60 / 50, 20
"""chat.update takes 50 a minute and more of a whole workspace, and sporadic bursts."""
RECENT_S, KEPT_BACK = 10.0, 10
"""What was updated so recently leaves that many of a burst to what changes seldom: a person pressed there."""
IN_FLIGHT_S = 2.0
"""So long is an answer waited for before others go on: who took the turn may have been killed."""
LONGEST_S, LONGEST_SLOT_S = 60.0, 900.0
"""No time lies further ahead: one that seems to is from before the clock was set back, or started."""
_SOON_S = 0.1
_LATE_S = 0.3
_GONE_S = 10.0
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Ask:
    """`who` asks to post in the channel, or to update its message `ts`."""

    who: str
    channel: str
    ts: str = ""


@dataclass(frozen=True)
class Slot:
    """When the workspace has room for an update, and how far it is to be `apart` from its message's last."""

    at: float = 0.0
    apart: float = CARD_APART_S


@dataclass(frozen=True)
class Waiter:
    """Asks `since`, and comes again at `due`; an update not before it is `ready`, by its slot and by when its
    message was updated last.
    """

    update: bool
    since: float
    slot: Slot = Slot()
    ready: float = 0.0
    due: float = 0.0


@dataclass(frozen=True)
class Channel:
    """Nothing is sent before `free`. `by` took the last turn at `taken`; the one before it `took` so long to
    be answered. `messages` are those that were updated recently, with when.
    """

    free: float = 0.0
    by: str = ""
    taken: float = 0.0
    took: float = 0.0
    in_a_row: int = 0
    waiting: Mapping[str, Waiter] = field(default_factory=dict)
    messages: Mapping[str, float] = field(default_factory=dict)

    def expected(self, now: float) -> float:
        """When it will be free, as far as can be foreseen while an answer is outstanding."""
        foreseen = min(self.free, self.taken + self.took + APART_S) if self.by else self.free
        return foreseen if foreseen > now else min(self.free, now + _SOON_S)


@dataclass(frozen=True)
class Updates:
    """Of the workspace: were they evenly apart, the next one would come at `next`."""

    next: float = 0.0


def slot(updates: Updates, now: float, *, recent: bool) -> tuple[Updates, Slot]:
    """A place among the workspace's updates: at once while there is room for a burst, of which less is there
    for a message that was updated recently.
    """
    ahead = updates.next if updates.next < now + LONGEST_SLOT_S else 0.0
    at = max(now, ahead - _in(UPDATES_AT_ONCE - (KEPT_BACK if recent else 0)))
    scarce = ahead - now > _in(KEPT_BACK) / 2
    found = Slot(at, CARD_APART_SCARCE_S if scarce else CARD_APART_S)
    return Updates(max(now, ahead) + UPDATES_APART_S), found


def no_updates(updates: Updates, after: float, now: float) -> Updates:
    """Slack takes none for so long."""
    return Updates(max(updates.next, now + min(after, LONGEST_S) + _in(UPDATES_AT_ONCE)))


def needs_slot(channel: Channel, ask: Ask, now: float) -> bool:
    """Of the updates each once, when it asks for the first time."""
    return bool(ask.ts) and ask.who not in _known(channel, now).waiting


def is_recent(channel: Channel, ts: str, now: float) -> bool:
    return ts in _known(channel, now).messages


def turn(channel: Channel, ask: Ask, now: float, slot: Slot = Slot()) -> tuple[Channel, float]:
    """0 when the turn is taken, else the seconds after which to ask again. What needs a slot brings it."""
    channel = _known(channel, now)
    me = channel.waiting.get(ask.who) or Waiter(bool(ask.ts), now, slot)
    me = replace(me, ready=max(me.slot.at, channel.messages.get(ask.ts, -math.inf) + me.slot.apart))
    free = max(channel.expected(now), now)
    if me.ready > free:
        return _wait(channel, ask.who, me, now, me.ready - now)
    if channel.free <= now + _ROUNDING and not _ahead(channel, ask.who, me, now, due_by=now + _LATE_S):
        return _taken(channel, ask, me, now), 0.0
    first = free - now or _SOON_S - APART_S  # who is late may come at any moment
    return _wait(channel, ask.who, me, now, first + APART_S * _ahead(channel, ask.who, me, now))


def answered(channel: Channel, who: str, now: float) -> Channel:
    """Slack has answered `who`."""
    free = now + APART_S
    if channel.by != who:  # it was not waited for any longer
        return replace(channel, free=max(channel.free, free))
    return replace(channel, free=free, by="", took=min(now - channel.taken, IN_FLIGHT_S))


def refused(channel: Channel, after: float, now: float) -> Channel:
    """Slack takes nothing there for so long."""
    return replace(channel, free=max(now + min(after, LONGEST_S), channel.free), by="")


def given_back(channel: Channel, who: str, now: float) -> Channel:
    """Nothing came of the turn."""
    return replace(channel, free=now, by="") if channel.by == who else channel


def _taken(channel: Channel, ask: Ask, me: Waiter, now: float) -> Channel:
    return replace(
        channel,
        free=now + IN_FLIGHT_S,
        by=ask.who,
        taken=now,
        in_a_row=channel.in_a_row + 1 if me.update else 0,
        waiting={who: one for who, one in channel.waiting.items() if who != ask.who},
        messages={**channel.messages, ask.ts: now} if me.update else channel.messages,
    )


def _wait(channel: Channel, who: str, me: Waiter, now: float, after: float) -> tuple[Channel, float]:
    waiting = {**channel.waiting, who: replace(me, due=now + after)}
    return replace(channel, waiting=waiting), after


def _known(channel: Channel, now: float) -> Channel:
    """Without what is over, and without times that cannot be."""
    possible = channel.free <= now + LONGEST_S and channel.taken <= now + _ROUNDING
    return replace(
        channel if possible else Channel(),
        waiting={
            who: one
            for who, one in channel.waiting.items()
            if one.due + _GONE_S > now and one.since <= now + _ROUNDING
        },
        messages={ts: at for ts, at in channel.messages.items() if now - RECENT_S < at <= now + _ROUNDING},
    )


def _ahead(channel: Channel, who: str, me: Waiter, now: float, due_by: float = math.inf) -> int:
    """How many go first, of those who have not failed to come when told to: all that can, or who is due."""
    free = max(channel.expected(now), now)
    present = {
        other: one
        for other, one in channel.waiting.items()
        if one.ready <= free and now - _LATE_S <= one.due <= due_by
    }
    return _order(channel, {**present, who: me}, free).index(who)


def _order(channel: Channel, waiting: Mapping[str, Waiter], at: float) -> list[str]:
    """From `at` on one after the other: each kind by who asks for longest."""
    updates = _longest((who, one) for who, one in waiting.items() if one.update)
    others = _longest((who, one) for who, one in waiting.items() if not one.update)
    found, in_a_row = [], channel.in_a_row
    while updates and others:
        patient = waiting[others[0]].since + PATIENCE_S > at
        update = in_a_row < IN_A_ROW or (patient and _last_moment(channel, waiting[updates[0]], at))
        in_a_row = in_a_row + 1 if update else 0
        found.append((updates if update else others).pop(0))
        at += APART_S + channel.took
    return found + updates + others


def _last_moment(channel: Channel, update: Waiter, at: float) -> bool:
    """It comes in time if it goes now, and would be late a turn later."""
    shown, late = at + channel.took, update.since + LATEST_S
    return shown <= late < shown + APART_S + channel.took


def _longest(waiting: Iterable[tuple[str, Waiter]]) -> list[str]:
    return [who for who, _ in sorted(waiting, key=lambda item: item[1].since)]


def _in(burst: int) -> float:
    return (burst - 1) * UPDATES_APART_S
