"""`naru calendar`: a project's calendar as a file or on standard output, in the format that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.cli.database import opened
from bot.cli.formats import BINARY, MONTHLY, WEEKLY, Write
from bot.cli.mistakes import Mistake, reader
from bot.cli.terminal import replace
from bot.settings import Settings
from commands import context
from commands.parse.months import need_month
from commands.parse.tokens import read
from commands.publish import publish
from commands.show import lists
from domain.calendar.fields import MIDNIGHT
from domain.calendar.zones import instant, local_day
from domain.month import CalendarView
from domain.people import Person
from domain.refusals import Refused
from messages.cli import Code
from messages.feeds import calendar_file
from messages.texts import LANGUAGES, Reader
from storage import people
from storage.db import Database, Tx

Format = Callable[["Database", "Asked"], bytes]
FIRST_YEAR, LAST_YEAR = 1970, 2199


@dataclass(frozen=True)
class Asked:
    """What was typed. `first` is a local date of the project, the first of this month when empty; `person` a
    Slack user id or an e-mail address; `language` ko or en, empty for the terminal's own. `month` is one as
    people write it, and stands for its first day and a single month.
    """

    project: str
    format: str
    first: str = ""
    months: int = 12
    person: str = ""
    language: str = ""
    month: str = ""


def show(asked: Asked, output: Path | None) -> None:
    """Write it. Raises Mistake and what else is in MISTAKES."""
    if asked.format not in FORMATS:
        raise _no_choice("--format", asked.format, FORMATS)
    if asked.language not in {"", *LANGUAGES}:
        raise _no_choice("--lang", asked.language, sorted(LANGUAGES, reverse=True))
    if asked.format in BINARY and output is None and sys.stdout.isatty():
        raise Mistake(Code.NO_TERMINAL, format=asked.format)
    with opened(Settings.load()) as database:
        content = FORMATS[asked.format](database, asked)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        replace(output, [content])


def _no_choice(option: str, given: str, known: Mapping[str, object] | list[str]) -> Mistake:
    return Mistake(Code.NO_CHOICE, option=option, given=given, known=", ".join(known))


def _ics(database: Database, asked: Asked) -> bytes:
    """What is published is remembered, so that a later file can say what changed since."""
    with database.transaction() as tx:
        zone = context.project_of(tx, asked.project).policy.zone
        since, until = _range(tx, asked, ZoneInfo(zone))
        person = _person(tx, asked.person) if asked.person else None
        view = publish(tx, asked.project, since=since, until=until, person=person)
    return calendar_file(Reader(asked.language or reader().language, zone, zone), view)


def _shown(write: Write, look: Callable[[Tx, Asked], CalendarView]) -> Format:
    """A stretch of the calendar, as a format of its own shows it; nothing is remembered of it."""

    def content(database: Database, asked: Asked) -> bytes:
        view = database.read_now(look, asked)
        zone = view.project.zone
        return write(Reader(asked.language or reader().language, zone, zone), view)

    return content


def _month(tx: Tx, asked: Asked) -> CalendarView:
    zone = ZoneInfo(context.project_of(tx, asked.project).policy.zone)
    return lists.month(tx, asked.project, _first(tx, asked, zone))


def _weeks(tx: Tx, asked: Asked) -> CalendarView:
    """From the week of the day or of the month that was named; from this one when none was."""
    zone = ZoneInfo(context.project_of(tx, asked.project).policy.zone)
    named = _first(tx, asked, zone) if asked.first or asked.month else None
    return lists.coming_weeks(tx, asked.project, first=named)


def _first(tx: Tx, asked: Asked, zone: ZoneInfo) -> date:
    """The first day that is meant; the first of this month when nothing was said."""
    today = local_day(tx.now(), zone)
    if asked.month:
        return _month_named(asked.month, today)
    return _day(asked.first) if asked.first else today.replace(day=1)


def _month_named(text: str, today: date) -> date:
    """Its first day, as `/release calendar` reads it."""
    words = read(text)
    try:
        first, rest = need_month(words, today) if words else (today, words)
    except Refused:
        raise Mistake(Code.NO_MONTH, given=text) from None
    if rest or not words:
        raise Mistake(Code.NO_MONTH, given=text)
    return first


def _range(tx: Tx, asked: Asked, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first = _first(tx, asked, zone)
    last = first + relativedelta(months=1 if asked.month else asked.months)
    return instant(first, MIDNIGHT, zone=zone), instant(last, MIDNIGHT, zone=zone)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Mistake(Code.NO_DAY, given=text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Mistake(Code.NO_DAY, given=text)
    return day


def _person(tx: Tx, given: str) -> Person:
    user = people.by_email(tx, [given.lower()]).get(given.lower(), given)
    found = people.get(tx, user)
    if found is None:
        raise Mistake(Code.NO_PERSON, given=given)
    return found


FORMATS: Mapping[str, Format] = {
    **{name: _shown(write, _month) for name, write in MONTHLY.items()},
    **{name: _shown(write, _weeks) for name, write in WEEKLY.items()},
    "ics": _ics,
}
