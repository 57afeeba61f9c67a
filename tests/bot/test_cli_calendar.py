from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar as File

from bot import cli
from domain.calendar.blackouts import Blackout
from storage import calendar as entries
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import DEV2, PM, PROJECT, world

Naru = Callable[..., tuple[int, str, str]]
ICS = ("calendar", "--project", "shop", "--format", "ics", "--from", "2026-03-01", "--months", "1")


@pytest.fixture
def naru(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Naru:
    """Runs the command line here, the terminal in English; exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["naru", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsysbinary.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), said.out.decode(), said.err.decode()

    return run


@pytest.fixture
def shop_url(database_url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated database with the shop in it, named by the environment; business time is the clock's."""
    monkeypatch.setattr("bot.cli.database.clock_of", lambda _: clock)
    database = Database(database_url, now=clock)
    with database.transaction() as tx:
        world(tx, name={"ko": "상점", "en": "Shop"})
    database.close()
    monkeypatch.setenv("NARU_DATABASE_URL", database_url)
    return database_url


def summaries(text: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in File.from_ical(text).walk("VEVENT")]


def test_the_calendar_of_a_month_as_a_file(naru: Naru, shop_url: str) -> None:
    code, out, err = naru(*ICS)
    assert (code, err) == (0, "")
    assert "\r\nX-WR-CALNAME:Shop releases\r\n" in out
    assert summaries(out)[:7] == [
        "No-deploy hours · Shop",
        "Holiday: Independence Movement Day · Shop",
        "Holiday: Alternative holiday for Independence Movement Day · Shop",
        "Code freeze · Shop",
        "QA · Shop",
        "Release window · Shop",
        "Release window · Shop",
    ]
    assert ("BEGIN:VEVENT\r\nSUMMARY:Deploy · Shop\r\nDTSTART;TZID=Asia/Seoul:20260305T140000\r\n") in out


def test_the_calendar_in_korean(naru: Naru, shop_url: str) -> None:
    code, out, err = naru(*ICS, "--lang", "ko")
    assert (code, err) == (0, "")
    assert "\r\nX-WR-CALNAME:상점 릴리스\r\n" in out
    assert summaries(out)[:7] == [
        "배포 금지 시간 · 상점",
        "휴일: 삼일절 · 상점",
        "휴일: 삼일절 대체 휴일 · 상점",
        "코드 프리즈 · 상점",
        "QA · 상점",
        "릴리스 윈도우 · 상점",
        "릴리스 윈도우 · 상점",
    ]


def test_the_same_calendar_is_the_same_file(naru: Naru, shop_url: str, tmp_path: Path) -> None:
    written = tmp_path / "shop.ics"
    assert naru(*ICS, "--output", str(written)) == (0, "", "")
    assert naru(*ICS)[1] == written.read_bytes().decode()
    assert [path.name for path in tmp_path.glob("*shop.ics*")] == ["shop.ics"]


@pytest.mark.parametrize("who", [DEV2, "dev2@naru.example", "DEV2@naru.example"])
def test_the_calendar_of_one_person(
    naru: Naru, shop_url: str, database: Database, clock: HandClock, who: str
) -> None:
    Driver(database, clock).start()
    code, out, _ = naru(*ICS, "--person", who)
    assert (code, "\r\nX-WR-CALNAME:Shop releases · Dev2\r\n" in out) == (0, True)
    assert summaries(out) == ["Code freeze v1.5.0 · Shop", *["Code freeze · Shop"] * 4]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--from", "tomorrow"), "“tomorrow” is not a date. Write it like 2026-03-05.\n"),
        (("--from", "9999-01-01"), "“9999-01-01” is not a date. Write it like 2026-03-05.\n"),
        (("--lang", "fr"), "--lang: “fr” is not one of ko, en.\n"),
        (
            ("--person", "nobody@naru.example"),
            "Naru does not know “nobody@naru.example”. Give a Slack user id (U…), or the e-mail address of somebody in the project's channel.\n",
        ),
    ],
)
def test_what_cannot_be_shown_is_a_sentence(
    naru: Naru, shop_url: str, arguments: tuple[str, ...], sentence: str
) -> None:
    assert naru(*ICS, *arguments) == (2, "", sentence)


def test_what_cannot_be_shown_is_a_sentence_in_korean(
    naru: Naru, shop_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert naru(*ICS, "--from", "내일") == (2, "", "날짜가 아닙니다: “내일”. 2026-03-05처럼 쓰세요.\n")
    assert naru(*ICS, "--person", "하늘")[2] == (
        "나루가 모르는 사람입니다: “하늘”. Slack 사용자 ID(U…)나 프로젝트 채널에 있는 사람의 이메일 주소를 쓰세요.\n"
    )


def test_an_unknown_project_or_none_is_refused(naru: Naru, shop_url: str) -> None:
    assert naru("calendar", "--project", "nowhere")[0] == 2
    assert naru("calendar")[0] == 2


# --- one month --------------------------------------------------------------------------------------------

MARCH = ("calendar", "--project", "shop", "--month", "2026-03")
QUIET = {"cadence": None, "holidays": {"country": None}}


@pytest.fixture
def quiet_shop(shop_url: str) -> str:
    """Without a cadence and holidays; nothing but a blackout of one day."""
    database = Database(shop_url)
    with database.transaction() as tx:
        world(tx, name={"ko": "상점", "en": "Shop"}, calendar=QUIET)
        sale = Blackout(
            id="b1",
            name="봄 세일: 첫날",
            start=datetime(2026, 3, 9, 15, tzinfo=UTC),
            end=datetime(2026, 3, 10, 15, tzinfo=UTC),
            reason="Spring",
            added_by=PM,
            added_at=datetime(2026, 3, 1, tzinfo=UTC),
        )
        entries.put_blackout(tx, PROJECT, sale)
    database.close()
    return shop_url


def test_a_month_is_read_as_text(naru: Naru, shop_url: str) -> None:
    code, out, _ = naru(*MARCH)
    assert (code, out) == (
        0,
        (
            "Calendar: Shop · March 2026\n"
            "Seoul · release windows Tue–Thu 10:00–17:00 · no deploys Fri 15:00 – Mon 09:00\n"
            "\n"
            "Mon 23 Feb – Sun 1 Mar\n"
            "📅 Sun 1 Mar · Independence Movement Day\n"
            "\n"
            "Mon 2 Mar – Sun 8 Mar · this week\n"
            "📅 Mon 2 Mar · Alternative holiday for Independence Movement Day\n"
            "○ Thu 5 Mar 14:00 · regular date, no release yet\n"
            "      freeze Mon 2 Mar 14:00 · QA Tue 3 Mar – Wed 4 Mar\n"
            "\n"
            "Mon 9 Mar – Sun 15 Mar\n"
            "○ Thu 12 Mar 14:00 · regular date, no release yet\n"
            "      freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar\n"
            "\n"
            "Mon 16 Mar – Sun 22 Mar\n"
            "○ Thu 19 Mar 14:00 · regular date, no release yet\n"
            "      freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar\n"
            "\n"
            "Mon 23 Mar – Sun 29 Mar\n"
            "○ Thu 26 Mar 14:00 · regular date, no release yet\n"
            "      freeze Mon 23 Mar 14:00 · QA Tue 24 Mar – Wed 25 Mar\n"
            "\n"
            "Mon 30 Mar – Sun 5 Apr\n"
            "○ Thu 2 Apr 14:00 · regular date, no release yet\n"
            "      freeze Mon 30 Mar 14:00 · QA Tue 31 Mar – Wed 1 Apr\n"
        ),
    )


def test_a_month_is_read_in_korean(naru: Naru, quiet_shop: str) -> None:
    code, out, _ = naru(*MARCH, "--lang", "ko")
    assert (code, out) == (
        0,
        (
            "달력: 상점 · 2026년 3월\n"
            "서울 · 릴리스 윈도우 화–목 10:00–17:00 · 배포 금지 시간 금 15:00 – 월 09:00\n"
            "\n"
            "3월 9일(월) – 3월 15일(일)\n"
            "⛔ 3월 10일(화) 00:00 – 3월 11일(수) 00:00 · 봄 세일: 첫날 · Spring\n"
        ),
    )


def test_a_month_is_data(naru: Naru, quiet_shop: str) -> None:
    code, out, _ = naru(*MARCH, "--format", "json")
    found = json.loads(out)
    kinds = {"window", "no_deploy_hours"}
    assert (code, {item["kind"] for item in found["items"]}) == (0, kinds | {"blackout"})
    assert found | {"items": [item for item in found["items"] if item["kind"] not in kinds]} == {
        "project": "shop",
        "zone": "Asia/Seoul",
        "first": "2026-03-01",
        "last": "2026-03-31",
        "items": [
            {
                "kind": "blackout",
                "key": "blackout/b1",
                "start": "2026-03-10T00:00:00+09:00",
                "end": "2026-03-11T00:00:00+09:00",
                "name": "봄 세일: 첫날",
                "detail": "Spring",
            }
        ],
        "cancelled": [],
    }


def test_data_tells_what_stands_in_a_deploys_way(
    naru: Naru, shop_url: str, database: Database, clock: HandClock
) -> None:
    release = Driver(database, clock).start(deploy_at=datetime(2026, 3, 13, 8, tzinfo=UTC))
    found = json.loads(naru(*MARCH, "--format", "json")[1])
    assert next(item for item in found["items"] if item["key"] == f"deploy/{release}") == {
        "kind": "deploy",
        "key": f"deploy/{release}",
        "start": "2026-03-13T17:00:00+09:00",
        "end": "2026-03-13T17:00:00+09:00",
        "name": "1.5.0",
        "release": release,
        "type": "regular",
        "stage": "candidate",
        "conflict": {
            "reasons": [
                {"rule": "window", "verdict": "closed", "subject": ""},
                {"rule": "no_deploy_hours", "verdict": "closed", "subject": ""},
            ],
            "releases": [],
            "free": [
                "2026-03-10T14:00:00+09:00",
                "2026-03-11T14:00:00+09:00",
                "2026-03-12T14:00:00+09:00",
            ],
        },
    }


def test_a_month_is_a_gantt_chart(naru: Naru, quiet_shop: str) -> None:
    code, out, _ = naru(*MARCH, "--format", "mermaid", "--lang", "ko")
    assert (code, out) == (
        0,
        (
            "gantt\n"
            "    title 달력#58; 상점 · 2026년 3월 · 서울\n"
            "    dateFormat YYYY-MM-DD HH:mm\n"
            "    axisFormat %m-%d\n"
            "    tickInterval 1week\n"
            "    section 배포 금지 기간\n"
            "    봄 세일#58; 첫날 :crit, blackout_b1, 2026-03-10 00:00, 2026-03-11 00:00\n"
        ),
    )


def test_a_month_is_a_picture(naru: Naru, quiet_shop: str, tmp_path: Path) -> None:
    written = tmp_path / "march.png"
    assert naru(*MARCH, "--format", "png", "--output", str(written)) == (0, "", "")
    picture = written.read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") == 2 * (924 + 2 * 28)


@pytest.mark.parametrize("since", [(), ("--from", "2026-03-11"), ("--month", "next")])
def test_the_coming_weeks_are_a_picture(
    naru: Naru, quiet_shop: str, tmp_path: Path, since: tuple[str, ...]
) -> None:
    written = tmp_path / "weeks.png"
    command = ("calendar", "--project", "shop", *since, "--format", "timeline", "--output", str(written))
    assert naru(*command) == (0, "", "")
    picture = written.read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") == 2 * (116 + 22 * 42 + 2 * 28)


def test_a_picture_is_not_thrown_at_a_terminal(
    naru: Naru, quiet_shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    said = "--format png is nothing to read on a terminal. Add --output FILE.\n"
    assert naru(*MARCH, "--format", "png") == (2, "", said)


@pytest.mark.parametrize(("month", "head"), [("next", "April 2026"), ("지난 달", "February 2026")])
def test_a_month_is_named_as_in_slack(naru: Naru, quiet_shop: str, month: str, head: str) -> None:
    out = naru("calendar", "--project", "shop", "--month", month)[1]
    assert out.startswith(f"Calendar: Shop · {head}\n")


def test_a_single_month_of_events(naru: Naru, shop_url: str) -> None:
    assert naru(*MARCH, "--format", "ics")[1] == naru(*ICS)[1]


@pytest.mark.parametrize("month", ["2026-13", "soon", "March shop", " "])
def test_a_month_that_is_none_is_a_sentence(naru: Naru, shop_url: str, month: str) -> None:
    said = f"“{month}” is not a month. Write it like 2026-03.\n"
    assert naru("calendar", "--project", "shop", "--month", month) == (2, "", said)


def test_a_format_that_is_none_is_a_sentence(naru: Naru, shop_url: str) -> None:
    said = "--format: “pdf” is not one of text, json, mermaid, png, timeline, ics.\n"
    assert naru(*MARCH, "--format", "pdf") == (2, "", said)
