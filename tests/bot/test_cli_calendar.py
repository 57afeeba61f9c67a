from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar as File

from bot import cli
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import DEV2, world

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
    """A migrated database with the shop in it, named by the environment."""
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
