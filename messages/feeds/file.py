"""The file itself: one VEVENT for each item, written by the icalendar library.

What recurs is written occurrence by occurrence. An RRULE could not say what the calendar does on the days the
clocks change (domain/calendar/zones.py: a skipped time is the moment of the jump), nor follow a window set
anew from one week to the next; one event each is exact for every reader, and moves without RECURRENCE-ID.

Without METHOD the file is a calendar to subscribe to, and DTSTAMP says when the event was revised last (RFC
5545, 3.8.7.2): as long as nothing changes the file stays the same, byte for byte. What is cancelled is left
out: a subscriber takes the file as a whole, and programs that show STATUS:CANCELLED like any other event
would show a release window that is not there. There is no X-WR-TIMEZONE: every time names its zone, and some
readers of it turn UTC into wall-clock times that come twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from domain.calendar.agenda import Item
from domain.calendar.published import Published
from domain.views import FeedView, ProjectView
from messages.feeds.events import description, is_free, title
from messages.feeds.zones import first_of_year, vtimezone
from messages.texts import Reader

PRODUCT = "-//Naru//Release calendar//EN"
REFRESH = timedelta(hours=1)
_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)


def calendar_file(reader: Reader, view: FeedView) -> bytes:
    """UTF-8, lines of at most 75 octets that end in CR LF."""
    found = Calendar()
    found.add("VERSION", "2.0")
    found.add("PRODID", PRODUCT)
    found.add("CALSCALE", "GREGORIAN")
    name = _name(reader, view)
    found.add("NAME", name)
    found.add("X-WR-CALNAME", name)
    found.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    found.add("X-PUBLISHED-TTL", "PT1H")
    if times := [moment for one in view.published for moment in (one.item.start, one.item.end)]:
        ends = first_of_year(max(times) + _YEAR)
        found.add_component(vtimezone(view.project.zone, first_of_year(min(times)), ends))
    for one in view.published:
        found.add_component(_event(reader, view.project, one))
    return bytes(found.to_ical())


def uid(project: str, key: str) -> str:
    """The same for good and in every installation: the item's key in its project."""
    return f"{quote(key, safe='/')}@{project}.naru"


def _name(reader: Reader, view: FeedView) -> str:
    name = reader.t("{project} releases", project=view.project.title[reader.language])
    return f"{name} · {view.person}" if view.person else name


def _event(reader: Reader, project: ProjectView, one: Published) -> Event:
    item = one.item
    found = Event()
    found.add("UID", uid(project.key, item.key))
    found.add("DTSTAMP", one.edition.revised_at)
    found.add("LAST-MODIFIED", one.edition.revised_at)
    found.add("SEQUENCE", one.edition.sequence)
    _add_times(found, item, ZoneInfo(project.zone))
    found.add("SUMMARY", title(reader, project, item))
    if text := description(reader, item):
        found.add("DESCRIPTION", text)
    found.add("CATEGORIES", [item.kind.upper().replace("_", "-")])
    found.add("STATUS", "TENTATIVE" if is_free(item) else "CONFIRMED")
    found.add("TRANSP", "TRANSPARENT")
    return found


def _add_times(found: Event, item: Item, zone: ZoneInfo) -> None:
    """Whole days as dates, their end exclusive; a moment without an end lasts no time (RFC 5545, 3.6.1)."""
    if item.days:
        first, last = item.days
        found.add("DTSTART", first)
        found.add("DTEND", last + _DAY)
        return
    times = [item.start] if item.start == item.end else [item.start, item.end]
    local = [_local(moment, zone) for moment in times]
    if None in local:
        local = [moment.astimezone(UTC) for moment in times]
    for name, moment in zip(("DTSTART", "DTEND"), local, strict=False):
        found.add(name, moment)


def _local(at: datetime, zone: ZoneInfo) -> datetime | None:
    """The wall-clock time; None for one that comes a second time, since readers take the first."""
    local = at.astimezone(zone)
    return None if local.fold else local
