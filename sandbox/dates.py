"""Slack's `<!date^…>` tokens as a reader sees them: in their zone and language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# Slack leaves the year out when the date is less than six months away.
SIX_MONTHS = timedelta(days=183)
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_KO = ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def format_date(unix: int, template: str, *, tz: str, locale: str, now: datetime) -> str:
    """`{date_short_pretty} {time}` and the like (docs.slack.dev: formatting dates); unknown tokens stay."""
    at = datetime.fromtimestamp(unix, UTC).astimezone(ZoneInfo(tz))
    today = now.astimezone(ZoneInfo(tz)).date()
    korean = locale.startswith("ko")

    def token(match: re.Match[str]) -> str:
        return _token(match.group(1), at, today, korean=korean, now=now) or match.group(0)

    return re.sub(r"\{(\w+)\}", token, template)


def _token(name: str, at: datetime, today: date, *, korean: bool, now: datetime) -> str | None:
    simple: dict[str, Callable[[], str]] = {
        "time": lambda: _clock(at, korean=korean),
        "time_secs": lambda: _clock(at, korean=korean, seconds=True),
        "date_num": lambda: at.strftime("%Y-%m-%d"),
        "date_slash": lambda: at.strftime("%Y/%m/%d" if korean else "%m/%d/%Y"),
        "ago": lambda: _ago(at, now, korean=korean),
    }
    if name in simple:
        return simple[name]()
    base, pretty = name.removesuffix("_pretty"), name.endswith("_pretty")
    if base not in ("date", "date_short", "date_long", "day_divider"):
        return None
    near = _near(at.date(), today, korean=korean) if pretty else None
    far = abs(at - now) > SIX_MONTHS
    return near or (_korean(at, base, far=far) if korean else _english(at, base, far=far))


def _clock(at: datetime, *, korean: bool, seconds: bool = False) -> str:
    hour = at.hour % 12 or 12
    tail = f"{at.minute:02d}" + (f":{at.second:02d}" if seconds else "")
    if korean:
        return f"{'오전' if at.hour < 12 else '오후'} {hour}:{tail}"
    return f"{hour}:{tail} {'AM' if at.hour < 12 else 'PM'}"


def _near(day: date, today: date, *, korean: bool) -> str | None:
    words = {-1: ("yesterday", "어제"), 0: ("today", "오늘"), 1: ("tomorrow", "내일")}
    found = words.get((day - today).days)
    return found[korean] if found else None


def _korean(at: datetime, base: str, *, far: bool) -> str:
    day = f"{at.month}월 {at.day}일"
    named = day if base in ("date", "date_short") else f"{day} {_DAYS_KO[at.weekday()]}"
    return f"{at.year}년 {named}" if far else named


def _english(at: datetime, base: str, *, far: bool) -> str:
    month = _MONTHS[at.month - 1]
    year = f", {at.year}" if far else ""
    if base == "date_short":
        return f"{month[:3]} {at.day}{year}"
    day = f"{month} {at.day}{_suffix(at.day)}{year}"
    return day if base == "date" else f"{_DAYS_EN[at.weekday()]}, {day}"


def _suffix(day: int) -> str:
    if 10 < day % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _ago(at: datetime, now: datetime, *, korean: bool) -> str:
    gap = now - at
    size = abs(gap)
    steps = ((timedelta(days=1), "day", "일"), (timedelta(hours=1), "hour", "시간"))
    unit, english, hangul = next((s for s in steps if size >= s[0]), (timedelta(minutes=1), "minute", "분"))
    count = size // unit
    if korean:
        return f"{count}{hangul} {'전' if gap >= timedelta(0) else '후'}"
    words = f"{count} {english}{'' if count == 1 else 's'}"
    return f"{words} ago" if gap >= timedelta(0) else f"in {words}"
