"""Lines of the calendar: its announcements, freezes, blackouts, windows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.calendar.announcements import AnnouncementKind as Kind
from messages.dates import day, hours
from messages.entries import occurrence_name
from messages.gates import reason_line
from messages.lines.blackouts import blackout_line
from messages.lines.frozen import merged_while_frozen, of_slot
from messages.lines.lifecycle import head, noted
from messages.lines.year import year_line
from messages.names import word
from messages.parts import quote, when
from messages.texts import Reader
from messages.versions import tag

CalendarSaid = (
    e.Announce
    | e.DateTaken
    | v.FreezeBegun
    | v.FreezeLifted
    | v.FreezeViolated
    | v.MergedByException
    | v.MergedExempt
    | v.BlackoutAdded
    | v.BlackoutMoved
    | v.BlackoutRemoved
    | v.BlackoutRestored
    | v.OccurrenceChanged
    | v.ProposalsAdded
    | v.SetAsideForYear
    | v.WindowsChanged
)

LIFTED = {
    "deployed": word("the deploy is complete"),
    "cancelled": word("the release is cancelled"),
    "rolled_back": word("the release is rolled back"),
}

ANNOUNCED = {
    Kind.FREEZE_IN_A_DAY: word("*Code freeze in a day* {subject}: begins {at}. Merge features before that."),
    Kind.FREEZE_IN_AN_HOUR: word(
        "*Code freeze in an hour* {subject}: begins {at}. Merge features before that."
    ),
    Kind.FREEZE_STARTED: word(
        "*Code freeze* {subject}: begun {at}. Only fixes are merged until the deploy is complete."
    ),
    Kind.WINDOW_IN_AN_HOUR: word("*Release window in an hour*: opens {at}. {subject}"),
    Kind.WINDOW_OPENED: word("*Release window open* since {at}. {subject}"),
    Kind.WINDOW_CLOSING: word("*Release window closing*: closes {at}. {subject}"),
    Kind.NO_DEPLOY_IN_AN_HOUR: word(
        "*No-deploy hours in an hour*: from {at} on {subject} would have to wait."
    ),
    Kind.BLACKOUT_IN_A_WEEK: word("*Blackout in a week* {subject}: begins {at}. No deploys from then on."),
    Kind.BLACKOUT_IN_A_DAY: word("*Blackout in a day* {subject}: begins {at}. No deploys from then on."),
    Kind.BLACKOUT_STARTED: word("*Blackout begun* {subject}: since {at}. No deploys until it ends."),
    Kind.BLACKOUT_ENDED: word("*Blackout over* {subject}: since {at}. Deploys are possible again."),
    Kind.OUTLOOK: word("*Outlook* on the next four weeks, {at}"),
    Kind.YEAR: word("*The coming year* to confirm, {at}"),
}

MAINTENANCE = {
    Kind.BLACKOUT_IN_A_WEEK: word("*Maintenance in a week* {subject}: begins {at}. No deploys from then on."),
    Kind.BLACKOUT_IN_A_DAY: word("*Maintenance in a day* {subject}: begins {at}. No deploys from then on."),
    Kind.BLACKOUT_STARTED: word("*Maintenance begun* {subject}: since {at}. No deploys until it ends."),
    Kind.BLACKOUT_ENDED: word("*Maintenance over* {subject}: since {at}. Deploys are possible again."),
}

_WINDOWS = frozenset({Kind.WINDOW_IN_AN_HOUR, Kind.WINDOW_OPENED, Kind.WINDOW_CLOSING})


def calendar_line(reader: Reader, said: CalendarSaid) -> str:
    match said:
        case e.Announce():
            return announcement(reader, said)
        case v.FreezeBegun() | v.FreezeLifted():
            return _freeze(reader, said)
        case v.FreezeViolated() | v.MergedByException() | v.MergedExempt():
            return merged_while_frozen(reader, said)
        case e.DateTaken():
            return _date_taken(reader, said)
        case v.BlackoutAdded() | v.BlackoutMoved() | v.BlackoutRemoved() | v.BlackoutRestored():
            return blackout_line(reader, said)
        case v.OccurrenceChanged():
            return _occurrence(reader, said)
        case v.ProposalsAdded() | v.SetAsideForYear():
            return year_line(reader, said)
        case v.WindowsChanged():
            return _windows(reader, said)
        case _:
            assert_never(said)


def announcement(reader: Reader, said: e.Announce) -> str:
    found = said.announcement
    text = MAINTENANCE.get(found.kind) if said.maintenance else None
    subject, at = _subject(reader, said), when(reader, found.moment)
    return reader.t(text or ANNOUNCED[found.kind], subject=subject, at=at)


def _subject(reader: Reader, said: e.Announce) -> str:
    """The release, the blackout, the deploy day of a slot that no release has taken, or who is ready."""
    if said.announcement.kind in _WINDOWS:
        return _ready(reader, said)
    if said.version:
        return head(said.version)
    if said.name:
        return f"“{quote(said.name)}”"
    return of_slot(reader, said.announcement.subject)


def _ready(reader: Reader, said: e.Announce) -> str:
    """What is going out is held when the window closes: nobody is told then that nothing is on its way."""
    t = reader.t
    ready, rolling = (", ".join(tag(one) for one in of) for of in (said.ready, said.rolling))
    parts = [
        t("Going out: {versions}; what has not begun by then is held.", versions=rolling) if rolling else "",
        t("Ready to go: {versions}", versions=ready) if ready else "",
    ]
    return " ".join(filter(None, parts)) or t("No release is ready to go.")


def _freeze(reader: Reader, said: v.FreezeBegun | v.FreezeLifted) -> str:
    t = reader.t
    if isinstance(said, v.FreezeBegun):
        return t("{release} Code freeze begun early.", release=head(said.version)) + noted(said.reason)
    release = head(said.version)
    if said.why in LIFTED:
        why = t(LIFTED[said.why])
        text = t(
            "{release} Code freeze lifted: {why}. Features may be merged again.", release=release, why=why
        )
    else:
        text = t("{release} Code freeze lifted early. Features may be merged again.", release=release)
    return text + noted(said.reason)


def _occurrence(reader: Reader, said: v.OccurrenceChanged) -> str:
    t = reader.t
    what, on = occurrence_name(reader, said.of), day(reader, said.day)
    if said.restored:
        text = t("*As usual again*: {what} on {day}", what=what, day=on)
    elif said.start is None:
        text = t("*Cancelled this once*: {what} on {day}", what=what, day=on)
    elif said.end is None:
        text = t("*Moved this once*: {what} of {day} to {at}", what=what, day=on, at=when(reader, said.start))
    else:
        text = t(
            "*Moved this once*: {what} of {day}, now from {start} to {end}",
            what=what,
            day=on,
            start=when(reader, said.start),
            end=when(reader, said.end),
        )
    return text + noted(said.reason)


def _date_taken(reader: Reader, said: e.DateTaken) -> str:
    """A planned deploy that a change of the calendar made impossible, with the nearest free times."""
    t = reader.t
    lines = [
        t(
            "{release} cannot be deployed as planned, {at}: deploys are closed then. The date was not moved.",
            release=head(said.version),
            at=when(reader, said.deploy_at),
        )
    ]
    lines += [f"• {reason_line(reader, reason)}" for reason in said.reasons]
    if said.free:
        lines.append(t("Nearest free times: {slots}", slots=", ".join(when(reader, at) for at in said.free)))
    return "\n".join(lines)


def _windows(reader: Reader, said: v.WindowsChanged) -> str:
    t = reader.t

    def listed(windows: Sequence[str]) -> str:
        return ", ".join(quote(hours(reader, text)) for text in windows) or t("none")

    return t(
        "*Release windows changed*: {before} → {after}", before=listed(said.before), after=listed(said.after)
    )
