from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar as File

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.published import Edition, Published
from domain.names import Names
from domain.types import ReleaseType
from domain.views import FeedView, ProjectView
from messages.feeds import calendar_file
from messages.texts import Reader

AT = datetime(2026, 2, 20, 3, 4, 5, tzinfo=UTC)
SHOP = ProjectView(
    key="shop", title={"ko": "상점", "en": "Shop"}, channel="C1", language="ko", zone="Asia/Seoul"
)
FREEZE = Item(
    kind=ItemKind.FREEZE,
    key="freeze/r1",
    start=datetime(2026, 3, 2, 5, tzinfo=UTC),
    end=datetime(2026, 3, 5, 8, tzinfo=UTC),
    name="1.5.0",
    release="r1",
    type=ReleaseType.REGULAR,
    open_end=True,
)
DEPLOY = Item(
    kind=ItemKind.DEPLOY,
    key="deploy/2026-03-12",
    start=datetime(2026, 3, 12, 5, tzinfo=UTC),
    end=datetime(2026, 3, 12, 5, tzinfo=UTC),
    moved=True,
)
HOLIDAY = Item(
    kind=ItemKind.HOLIDAY,
    key="holiday/2026-03-02",
    start=datetime(2026, 3, 1, 15, tzinfo=UTC),
    end=datetime(2026, 3, 2, 15, tzinfo=UTC),
    days=(date(2026, 3, 2), date(2026, 3, 2)),
    names=Names(ko="삼일절 대체 휴일", en="Substitute holiday"),
)


def blackout(**facts: Any) -> Item:
    known: dict[str, Any] = {
        "kind": ItemKind.BLACKOUT,
        "key": "blackout/b1",
        "start": datetime(2026, 3, 3, tzinfo=UTC),
        "end": datetime(2026, 3, 4, tzinfo=UTC),
        "name": "Sale",
    }
    return Item(**(known | facts))


def view(*items: Item, sequence: int = 0, **facts: Any) -> FeedView:
    published = tuple(Published(item, Edition("", sequence, AT)) for item in items)
    return FeedView(project=SHOP, published=published, since=AT, until=AT, **facts)


def lines(language: str, *items: Item, **facts: Any) -> list[str]:
    content = calendar_file(Reader(language, "Asia/Seoul", "Asia/Seoul"), view(*items, **facts))
    return content.decode().replace("\r\n ", "").split("\r\n")


def event(language: str, item: Item, **facts: Any) -> list[str]:
    found = lines(language, item, **facts)
    return sorted(found[found.index("BEGIN:VEVENT") + 1 : found.index("END:VEVENT")])


def test_the_file_names_its_calendar_and_when_to_come_again() -> None:
    assert lines("en") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Naru//Release calendar//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Shop releases",
        "X-WR-CALNAME:Shop releases",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "END:VCALENDAR",
        "",
    ]


def test_the_file_of_a_person_says_whose_it_is() -> None:
    assert "X-WR-CALNAME:상점 릴리스 · 김하늘" in lines("ko", person="김하늘")


def test_a_freeze_of_a_release() -> None:
    assert event("en", FREEZE, sequence=3) == [
        "CATEGORIES:FREEZE",
        "DESCRIPTION:Regular\\nOnly fixes are merged.\\nIt ends when the deploy is complete\\; the end shown is the planned one.",
        "DTEND;TZID=Asia/Seoul:20260305T170000",
        "DTSTAMP:20260220T030405Z",
        "DTSTART;TZID=Asia/Seoul:20260302T140000",
        "LAST-MODIFIED:20260220T030405Z",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "SUMMARY:Code freeze v1.5.0 · Shop",
        "TRANSP:TRANSPARENT",
        "UID:freeze/r1@shop.naru",
    ]
    assert event("ko", FREEZE)[1] == (
        "DESCRIPTION:정기\\n수정만 병합합니다.\\n배포가 완료되면 끝납니다. 표시된 종료 시각은 예정입니다."
    )


def test_a_free_date_of_the_cadence_is_tentative_and_a_deploy_a_moment() -> None:
    assert event("ko", DEPLOY) == [
        "CATEGORIES:DEPLOY",
        "DESCRIPTION:아직 이 일정을 잡은 릴리스가 없습니다.\\n평소 시간에서 옮겨졌습니다.",
        "DTSTAMP:20260220T030405Z",
        "DTSTART;TZID=Asia/Seoul:20260312T140000",
        "LAST-MODIFIED:20260220T030405Z",
        "SEQUENCE:0",
        "STATUS:TENTATIVE",
        "SUMMARY:배포 · 상점",
        "TRANSP:TRANSPARENT",
        "UID:deploy/2026-03-12@shop.naru",
    ]


def test_whole_days_are_dates_with_an_exclusive_end_and_a_name_in_the_readers_language() -> None:
    assert event("en", HOLIDAY) == [
        "CATEGORIES:HOLIDAY",
        "DTEND;VALUE=DATE:20260303",
        "DTSTAMP:20260220T030405Z",
        "DTSTART;VALUE=DATE:20260302",
        "LAST-MODIFIED:20260220T030405Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "SUMMARY:Holiday: Substitute holiday · Shop",
        "TRANSP:TRANSPARENT",
        "UID:holiday/2026-03-02@shop.naru",
    ]
    assert "SUMMARY:휴일: 삼일절 대체 휴일 · 상점" in event("ko", HOLIDAY)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a;b,c\\d", "SUMMARY:Blackout: a\\;b\\,c\\\\d · Shop"),
        ("two\nlines", "SUMMARY:Blackout: two\\nlines · Shop"),
        ("BEGIN:VEVENT\r\nUID:forged", "SUMMARY:Blackout: BEGIN:VEVENT\\nUID:forged · Shop"),
        ("설날 🧧 할인", "SUMMARY:Blackout: 설날 🧧 할인 · Shop"),
    ],
)
def test_names_are_escaped_and_cannot_add_lines(name: str, written: str) -> None:
    assert written in event("en", blackout(name=name))


@pytest.mark.parametrize("width", range(1, 40))
def test_lines_fold_between_characters_never_within_one(width: int) -> None:
    name = "a" * width + "한글로 된 긴 이름이 줄의 끝에 걸립니다 🎉🎉🎉" * 3
    content = calendar_file(Reader("ko", "Asia/Seoul"), view(blackout(name=name)))
    assert all(len(line) <= 75 and line.decode() for line in content.split(b"\r\n") if line)
    (read,) = File.from_ical(content).walk("VEVENT")
    assert str(read["SUMMARY"]) == f"배포 금지 기간: {name} · 상점"


def test_keys_of_whatever_form_stay_apart() -> None:
    keys = [
        "blackout/a/2026",
        "blackout/a-2026",
        "blackout/a%2F2026",
        "window/thursday 10:00-17:00/2026-03-05",
    ]
    uids = [next(line for line in event("en", blackout(key=key)) if line.startswith("UID")) for key in keys]
    assert uids == [
        "UID:blackout/a/2026@shop.naru",
        "UID:blackout/a-2026@shop.naru",
        "UID:blackout/a%252F2026@shop.naru",
        "UID:window/thursday%2010%3A00-17%3A00/2026-03-05@shop.naru",
    ]
