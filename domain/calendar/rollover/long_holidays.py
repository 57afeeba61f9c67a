"""Days off in a row: the long holidays of a year, each called after the holiday that it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar.days_off import is_working
from domain.calendar.holidays import Holiday, holidays_between, holidays_of_year
from domain.calendar.rules import CalendarRules
from domain.names import Names

LONG = 3
"""From how many days off in a row on a holiday is a long one."""

_DAY = timedelta(days=1)
# Nobody is off for longer; a calendar in which nobody ever works must not be walked for ever.
_LONGEST = 62


@dataclass(frozen=True, slots=True)
class LongHoliday:
    """From the `first` to the `last` day off, both included; the days around them are worked.

    `day` and `names` are those of the holiday that it is called after.
    """

    day: date
    names: Names
    first: date
    last: date

    @property
    def eve(self) -> date:
        """The last working day before it."""
        return self.first - _DAY


def long_holidays(rules: CalendarRules, year: int) -> tuple[LongHoliday, ...]:
    """The rows of three days off and more with a holiday of that year that takes a working day away."""
    found: dict[date, LongHoliday] = {}
    for holiday in holidays_of_year(rules.holidays, year):
        row = _row(rules, holiday.day) if holiday.day.weekday() not in rules.weekend else None
        if row and (row[1] - row[0]).days + 1 >= LONG:
            found.setdefault(row[0], _called(holidays_between(rules.holidays, *row), row))
    return tuple(found[first] for first in sorted(found))


def _row(rules: CalendarRules, day: date) -> tuple[date, date] | None:
    """The first and the last of the days off around a day off; None when no end of them is in sight."""
    first, last = (_end(rules, day, step) for step in (-_DAY, _DAY))
    return (first, last) if (last - first).days < _LONGEST else None


def _end(rules: CalendarRules, day: date, step: timedelta) -> date:
    for _ in range(_LONGEST):
        if is_working(day + step, rules.holidays, rules.weekend):
            break
        day += step
    return day


def _called(found: tuple[Holiday, ...], row: tuple[date, date]) -> LongHoliday:
    """The days beside a holiday and its substitute are called after it, in more words: it is the shortest."""
    main = min(found, key=lambda one: min(map(len, _parts(one.name["ko"]))))
    ko, en = (min(_parts(main.name[language]), key=len) for language in ("ko", "en"))
    return LongHoliday(main.day, Names(ko=ko, en=en), *row)


def _parts(name: str) -> list[str]:
    """Where two holidays share a day, the table names both: `개천절; 추석`."""
    return name.split("; ")


def days(of: LongHoliday) -> Iterator[date]:
    """All of its days, by day."""
    day = of.first
    while day <= of.last:
        yield day
        day += _DAY
