"""The verbs of the calendar: the month; freeze, blackout, window, which show, add and take away."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from commands import slash
from commands.parse.common import is_project, leftover, maybe_project, take_release, unreadable
from commands.parse.dates import WEEKDAYS, Clock, skip, split_ranges, take_clock, take_weekday, take_when
from commands.parse.months import need_month, no_month, take_month
from commands.parse.tokens import Words, phrase
from commands.parse.vocabulary import SUBS, Sub
from commands.parse.years import no_year, take_year
from commands.parse.zones import take_zone
from domain.calendar.rules import WeeklyWindow
from domain.refusals import EndsBeforeStart, Refused, Unreadable

_WINDOW_EXAMPLE = "/release window add tue 10:00-17:00"
_BLACKOUT_EXAMPLE = '/release blackout add "Year end" 2026-12-28 ~ 2027-01-03'

Freeze = slash.ShowFreeze | slash.BeginFreezeText | slash.LiftFreezeText
Blackout = slash.ShowBlackouts | slash.AddBlackoutText | slash.RemoveBlackoutText
Window = slash.ShowWindows | slash.AddWindowText | slash.RemoveWindowText


def month(words: Words, today: date) -> slash.CalendarText | slash.YearText:
    """`calendar`, `calendar 2026-03`, `달력 다음 달`, and a project before or after the month.

    A year stands for what it leaves to confirm: `calendar 2027`, `달력 내년`.
    """
    if not words:
        return slash.CalendarText()
    if of_year := take_year(words, today):
        return slash.YearText(year=of_year[0], project=maybe_project(of_year[1]))
    found = take_month(words, today)
    if found is not None:
        first, rest = found
        return slash.CalendarText(month=first, project=maybe_project(rest))
    if not is_project(words.first):
        raise no_month(words.first)
    key, rest = words.first.key, words.after(1)
    if not rest:
        return slash.CalendarText(project=key)
    if of_year := take_year(rest, today):
        return leftover(of_year[1], slash.YearText(year=of_year[0], project=key))
    first, rest = need_month(rest, today)
    return leftover(rest, slash.CalendarText(month=first, project=key))


def year(words: Words, today: date) -> slash.YearText:
    """`year`, `year 2027`, `내년`, and a project before or after the year."""
    found = take_year(words, today) if words else None
    if found:
        return slash.YearText(year=found[0], project=maybe_project(found[1]))
    named = bool(words) and is_project(words.first)
    key, rest = (words.first.key, words.after(1)) if named else (None, words)
    if not rest:
        return slash.YearText(project=key)
    found = take_year(rest, today)
    if found is None:
        raise no_year(rest.first, today)
    return leftover(found[1], slash.YearText(year=found[0], project=key))


def freeze(words: Words, _today: date) -> Freeze:
    """`freeze`, `freeze begin 1.5.0 reason`, `freeze lift 1.5.0 reason`."""
    sub, rest = _sub(words)
    match sub:
        case Sub.SHOW:
            return slash.ShowFreeze(project=maybe_project(rest))
        case Sub.ADD:
            meant, reason = take_release(rest)
            return slash.BeginFreezeText(**meant, reason=reason.rest)
        case Sub.REMOVE:
            meant, reason = take_release(rest)
            return slash.LiftFreezeText(**meant, reason=reason.rest)
        case Sub.LINK:
            raise unreadable("subcommand", words, ("begin", "lift"), "/release freeze begin 1.5.0")
        case _:
            assert_never(sub)


def blackout(words: Words, today: date) -> Blackout:
    """`blackout add "Year end" 2026-12-28 ~ 2027-01-03 reason`, `blackout remove name`."""
    sub, rest = _sub(words)
    match sub:
        case Sub.SHOW:
            return slash.ShowBlackouts(project=maybe_project(rest))
        case Sub.ADD:
            return _add_blackout(split_ranges(rest), today)
        case Sub.REMOVE:
            return slash.RemoveBlackoutText(blackout=rest.rest)
        case Sub.LINK:
            raise unreadable("subcommand", words, ("add", "remove"), _BLACKOUT_EXAMPLE)
        case _:
            assert_never(sub)


def window(words: Words, _today: date) -> Window:
    """`window add tue 10:00-17:00`, `window add tue 10:00-17:00 berlin`, `윈도우 삭제 화 10시~17시`."""
    sub, rest = _sub(words)
    match sub:
        case Sub.SHOW:
            return slash.ShowWindows(project=maybe_project(rest))
        case Sub.ADD:
            return slash.AddWindowText(window=_hours(split_ranges(rest)))
        case Sub.REMOVE:
            return slash.RemoveWindowText(window=_hours(split_ranges(rest)))
        case Sub.LINK:
            raise unreadable("subcommand", words, ("add", "remove"), _WINDOW_EXAMPLE)
        case _:
            assert_never(sub)


def _sub(words: Words) -> tuple[Sub, Words]:
    """What is to be done; nothing, or a project's name, shows."""
    return phrase(words, SUBS) or (Sub.SHOW, words)


def _add_blackout(words: Words, today: date) -> slash.AddBlackoutText:
    """The name stands before the first date, the reason behind the second."""
    if not words:
        return slash.AddBlackoutText()
    index, start, rest = _first_date(words, today)
    name = " ".join(token.text for token in words.tokens[:index])
    found = take_when(rest, start.day)
    if found is None:
        return slash.AddBlackoutText(name=name, start=start, reason=rest.rest)
    end, reason = found
    # An end that is a day and month only is the next such day from the start on.
    return slash.AddBlackoutText(name=name, start=start, end=end, reason=reason.rest)


def _first_date(words: Words, today: date) -> tuple[int, slash.LocalWhen, Words]:
    for index in range(len(words.tokens)):
        found = None if words.tokens[index].quoted else take_when(words.after(index), today)
        if found:
            # `from` and the like before the date belong to it, not to the name.
            before = next(n for n in range(index + 1) if not _named(words, n, index))
            return before, *found
    raise Refused(Unreadable("date", words.rest[:80], _BLACKOUT_EXAMPLE))


def _named(words: Words, start: int, index: int) -> bool:
    """Whether something other than little words stands from `start` to before `index`."""
    between = Words(words.text, words.tokens[start:index])
    return bool(skip(between))


def _hours(words: Words) -> WeeklyWindow | None:
    if not words:
        return None
    found = take_weekday(words)
    if found is None:
        raise unreadable("weekday", words, WEEKDAYS, _WINDOW_EXAMPLE)
    weekday, rest = found
    start, rest = _clock(skip(rest))
    end, rest = _clock(skip(rest))
    if not end.next_day and end.at <= start.at:
        raise Refused(EndsBeforeStart(f"{start.at:%H:%M}", f"{end.at:%H:%M}"))
    zone, rest = take_zone(rest) if (rest := skip(rest)) else (None, rest)
    return leftover(rest, WeeklyWindow(weekday=weekday, from_=start.at, to=end.at, zone=zone))


def _clock(words: Words) -> tuple[Clock, Words]:
    found = take_clock(words)
    if found is None:
        raise Refused(Unreadable("hours", words.rest[:80], _WINDOW_EXAMPLE))
    return found
