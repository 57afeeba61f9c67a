"""Days of the shop as a digest tells them: one full of everything, and a calm one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.blackouts import Scope
from domain.digest import dates_of
from domain.names import Names
from domain.types import Environment, ReleaseType
from domain.views import DigestView, ProjectDay
from tests.messages.surfaces import builders as b

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY_LONG = timedelta(hours=1), timedelta(days=1)
# b.NOW is Tuesday 3 March 2026, 10:00 in Seoul.
_MIDNIGHT = b.NOW - 10 * HOUR
_OF = {"name": "1.5.0", "release": "r1", "type": ReleaseType.REGULAR}
ITEMS = (
    Item(
        kind=ItemKind.HOLIDAY,
        key="holiday/2026-03-02",
        start=_MIDNIGHT - DAY_LONG,
        end=_MIDNIGHT,
        days=(MONDAY, MONDAY),
        names=Names(ko="삼일절 대체 휴일", en="Substitute of <Independence Movement Day>"),
    ),
    Item(
        kind=ItemKind.BLACKOUT,
        key="blackout/b1",
        start=b.NOW - 30 * HOUR,
        end=b.NOW + 30 * HOUR,
        name="봄맞이 <세일>",
        detail="Spring & summer",
        scope=Scope(types=frozenset({ReleaseType.REGULAR})),
    ),
    Item(
        kind=ItemKind.MAINTENANCE,
        key="blackout/b2",
        start=b.NOW + 15 * HOUR,
        end=b.NOW + 19 * HOUR,
        name="Database",
        scope=Scope(environments=frozenset({Environment.PRODUCTION, Environment.STAGING})),
    ),
    Item(kind=ItemKind.FREEZE, key="freeze/r1", start=b.NOW - 20 * HOUR, end=b.NOW + 55 * HOUR, **_OF),
    Item(
        kind=ItemKind.QA,
        key="qa/r1",
        start=_MIDNIGHT,
        end=_MIDNIGHT + 2 * DAY_LONG,
        days=(TUESDAY, TUESDAY + DAY_LONG),
        **_OF,
    ),
    Item(kind=ItemKind.DEPLOY, key="deploy/2026-03-03", start=b.NOW + 4 * HOUR, end=b.NOW + 4 * HOUR),
    Item(kind=ItemKind.WINDOW, key="window/1", start=b.NOW, end=b.NOW + 7 * HOUR),
)


def _shop(day: date, items: tuple[Item, ...]) -> ProjectDay:
    return ProjectDay(
        project=b.PROJECT,
        gate=b.CLOSED,
        today=dates_of(day, items, BERLIN),
        tomorrow=dates_of(day + DAY_LONG, items, BERLIN),
    )


DAY = DigestView(day=MONDAY, tasks=b.TASKS, projects=(_shop(MONDAY, ITEMS),), news=True)
"""More things to do than there is room for, and every kind of date."""
CALM = DigestView(day=TUESDAY, tasks=(), projects=(_shop(TUESDAY, ITEMS[-2:]),), news=True)
CROWDED = replace(DAY, tasks=b.TASKS * 5, projects=DAY.projects * 12)
