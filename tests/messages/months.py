"""A month of the shop as its messages and pictures show it, made of the calendar itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar.agenda import ItemKind, agenda
from domain.calendar.blackouts import Blackout, BlackoutKind
from domain.calendar.conflicts import conflicts
from domain.calendar.entries import Calendar
from domain.calendar.fields import MIDNIGHT
from domain.calendar.gate import GateAction, Question
from domain.calendar.planned import PlannedRelease
from domain.calendar.rules import Cadence, CalendarRules
from domain.calendar.slots import slots
from domain.calendar.zones import instant
from domain.month import DAY, WEEK, CalendarView, DeployConflict, end_of_month, weeks
from domain.type_policy import DEFAULT_TYPES
from domain.types import ReleaseType, Stage
from domain.views import ProjectView

SEOUL = ZoneInfo("Asia/Seoul")
SHOP = ProjectView(
    key="shop",
    title={"ko": "상점", "en": "Shop & Co"},
    channel="C0RELEASE",
    language="ko",
    zone="Asia/Seoul",
)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def at(month: int, day: int, hour: int = 0) -> datetime:
    """An hour of Seoul's in 2026."""
    return datetime(2026, month, day, hour, tzinfo=SEOUL).astimezone(UTC)


NOW = at(3, 10, 11)
RELEASES = (
    PlannedRelease(
        id="r1",
        version="1.5.0",
        type=ReleaseType.REGULAR,
        deploy_at=at(3, 5, 14),
        freeze_at=at(3, 2, 14),
        freeze_lifted_at=at(3, 5, 15),
        freeze=Cadence().freeze,
    ),
    PlannedRelease(
        id="r2",
        version="1.6.0",
        type=ReleaseType.REGULAR,
        deploy_at=at(3, 19, 14),
        freeze_at=at(3, 16, 14),
        freeze=Cadence().freeze,
    ),
    PlannedRelease(id="r3", version="1.5.1", type=ReleaseType.HOTFIX, deploy_at=at(3, 19, 11)),
)
STAGES = {"r1": Stage.RELEASED, "r2": Stage.QA, "r3": Stage.BUILDING}
BLACKOUTS = (
    Blackout(id="b1", name="봄맞이 <세일>", start=at(3, 18), end=at(3, 21), reason="Spring & summer"),
    Blackout(
        id="b2",
        name="Database",
        start=at(3, 24, 1),
        end=at(3, 24, 5),
        kind=BlackoutKind.MAINTENANCE,
    ),
)
CHANGES = (
    {
        "of": "wednesday 10:00-17:00",
        "day": "2026-03-25",
        "from": "2026-03-27 10:00",
        "to": "2026-03-27 12:00",
    },
    {"of": "tuesday 10:00-17:00", "day": "2026-03-10"},
    {"of": "friday 15:00 - monday 09:00", "day": "2026-03-13"},
    {"of": "deploy", "day": "2026-03-26"},
    {"of": "deploy", "day": "2026-03-12", "from": "2026-03-11 14:00"},
)


def calendar_view(
    first: date = MARCH,
    last: date | None = None,
    *,
    blackouts: tuple[Blackout, ...] = BLACKOUTS,
    releases: tuple[PlannedRelease, ...] = RELEASES,
    asked_in: str = SHOP.channel,
    **rules: Any,
) -> CalendarView:
    """`rules` are those of a calendar; without them single occurrences are moved and left out in March."""
    known = CalendarRules.model_validate(rules or {"changes": CHANGES})
    taken = frozenset(r.deploy_at.astimezone(SEOUL).date() for r in releases if r.deploy_at)
    calendar = Calendar(zone=SHOP.zone, rules=known, blackouts=blackouts, taken=taken)
    last = last or end_of_month(first)
    mondays = tuple(weeks(first, last))
    since, until = (
        instant(mondays[0], MIDNIGHT, zone=SEOUL),
        instant(mondays[-1] + WEEK, MIDNIGHT, zone=SEOUL),
    )
    items = agenda(calendar, releases=releases, since=since, until=until)
    return CalendarView(
        project=SHOP,
        first=first,
        last=last,
        at=NOW,
        today=NOW.astimezone(SEOUL).date(),
        items=items,
        windows=known.windows,
        no_deploy_hours=known.no_deploy_hours,
        cancelled=tuple(
            change for change in known.changes if change.cancelled and first <= change.day <= last
        ),
        conflicts=_conflicts(calendar, items, releases),
        stages=STAGES,
        asked_in=asked_in,
    )


def _conflicts(
    calendar: Calendar, items: Any, releases: tuple[PlannedRelease, ...]
) -> dict[str, DeployConflict]:
    found = {}
    for item in items:
        if item.kind is not ItemKind.DEPLOY or item.start <= NOW:
            continue
        kind = item.type or ReleaseType.REGULAR
        question = Question(
            action=GateAction.DEPLOY,
            release_type=kind,
            rules=DEFAULT_TYPES[kind].gate,
            release_id=item.release or None,
        )
        others = releases if item.release else ()
        against = conflicts(calendar, question=question, deploy_at=item.start, others=others)
        day = item.start.astimezone(SEOUL).date()
        later = slots(calendar.rules, zone=SEOUL, first=day + DAY, until=day + 3 * WEEK)[:2]
        free = tuple(slot.deploy_at for slot in later)
        if against:
            found[item.key] = DeployConflict(deploy=item, type=kind, found=against, free=free)
    return found


def crowded(count: int) -> tuple[Blackout, ...]:
    """That many blackouts with long names, one a day, of three days each."""
    return tuple(
        Blackout(
            id=f"x{n}",
            name=f"{n:03} " + "아주 긴 이름의 프로모션 " * 5,
            start=at(3, 1) + timedelta(days=n % 28),
            end=at(3, 4) + timedelta(days=n % 28),
        )
        for n in range(count)
    )
