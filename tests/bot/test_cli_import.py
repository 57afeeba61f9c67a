from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.cli.examining import _feeds
from commands.feeds import due, feed_was_read
from commands.load import load_policy
from commands.requests import FeedWasRead
from domain.calendar.imports import FeedFault, FeedWhy
from messages.cli import finding_line
from messages.texts import Reader
from storage.db import Database
from tests.storage.feeds.ics import event, file
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, policy, world

Naru = Callable[..., tuple[int, str, str]]


@pytest.fixture
def naru(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Naru:
    """`naru calendar import --project shop …` here, the terminal in English; code, output, error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        command = ["naru", "calendar", "import", "--project", "shop", *arguments]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), said.out, said.err

    return run


@pytest.fixture
def shop_url(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated database with the shop in it, named by the environment; its clock is the machine's."""
    database = Database(database_url)
    with database.transaction() as tx:
        world(tx)
    database.close()
    monkeypatch.setenv("NARU_DATABASE_URL", database_url)
    return database_url


def written(path: Path, *components: str) -> str:
    path.write_bytes(file(*components))
    return str(path)


def later(uid: str, summary: str) -> str:
    return event(
        "DTSTART:20990310T010000Z",
        "DURATION:PT2H",
        "RRULE:FREQ=YEARLY",
        uid=uid,
        summary=summary,
        dated=False,
    )


WEEKLY = "RRULE:FREQ=WEEKLY"


def test_a_file_is_imported_under_its_name(naru: Naru, shop_url: str, tmp_path: Path) -> None:
    path = written(tmp_path / "Sales.ics", event(WEEKLY))
    code, out, err = naru(path)
    assert (code, err) == (0, "")
    assert out.startswith("sales: ")
    assert out.endswith(" times were read. Events: 1 added, 0 changed, 0 removed.\n")
    assert naru(path)[1].endswith(" times were read. Events: 0 added, 0 changed, 0 removed.\n")
    other = written(tmp_path / "next.ics", event(WEEKLY, uid="b"))
    assert naru(other, "--name", "sales")[1].endswith("Events: 1 added, 0 changed, 1 removed.\n")
    empty = written(tmp_path / "none.ics")
    assert naru(empty, "--name", "sales")[1:] == (
        "sales: 0 times were read. Events: 0 added, 0 changed, 1 removed.\n",
        "",
    )


def test_what_was_imported_is_said_in_korean(
    naru: Naru, shop_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    path = written(tmp_path / "sales.ics", later("a", "세일"))
    assert naru(path) == (0, "sales: 일정 0건을 읽었습니다. 이벤트: 추가 0건, 변경 0건, 삭제 0건.\n", "")


def test_one_bad_event_and_nothing_is_imported(naru: Naru, shop_url: str, tmp_path: Path) -> None:
    path = written(
        tmp_path / "sales.ics",
        event(WEEKLY),
        event("RRULE:FREQ=HOURLY", uid="b", summary="Batch"),
        event("DTSTART:20260310T010000Z", "DTEND:20260309T010000Z", uid="c", summary="점검", dated=False),
    )
    assert naru(path) == (
        2,
        "",
        (
            "Nothing of sales.ics was imported.\n"
            "  line 18 · “Batch”: It comes more than once a day (FREQ=HOURLY).\n"
            "  line 25 · “점검”: It ends before it starts.\n"
        ),
    )
    assert naru(written(tmp_path / "sales.ics", event(WEEKLY)))[1].endswith(
        "1 added, 0 changed, 0 removed.\n"
    )


def test_one_bad_event_in_korean(
    naru: Naru, shop_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    path = written(tmp_path / "sales.ics", event("RRULE:FREQ=DAILY;BYHOUR=9,17", summary="점검"))
    assert naru(path) == (
        2,
        "",
        "sales.ics: 아무것도 가져오지 않았습니다.\n  10행 · “점검”: 하루에 두 번 이상 반복됩니다(BYHOUR=9,17).\n",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x" * 2_000_000, "It is larger than 1 MiB."),
        (b"garbage", "line 1: It is not an iCalendar file, which begins with BEGIN:VCALENDAR."),
        (None, "The file cannot be read: No such file or directory."),
    ],
)
def test_what_is_no_calendar_is_refused(
    naru: Naru, shop_url: str, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "sales.ics"
    if content is not None:
        path.write_bytes(content)
    assert naru(str(path)) == (2, "", f"Nothing of sales.ics was imported.\n  {sentence}\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--name", "My file"),
            "“My file” cannot be a name: give one of lower-case letters, digits and hyphens with --name.\n",
        ),
        (("--kind", "party"), "--kind: “party” is not one of blackout, maintenance.\n"),
        (("--type", "huge"), "--type: “huge” is not one of regular, emergency, hotfix, feature.\n"),
        (("--environment", "moon"), "--environment: “moon” is not one of production, staging.\n"),
    ],
)
def test_what_cannot_be_asked_for_is_a_sentence(
    naru: Naru, shop_url: str, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    path = written(tmp_path / "sales.ics", event())
    assert naru(path, *arguments) == (2, "", sentence)


def test_the_name_of_a_feed_is_taken(naru: Naru, shop_url: str, tmp_path: Path) -> None:
    feed = {"name": "sales", "url": "https://calendar.example/sales.ics"}
    database = Database(shop_url)
    with database.transaction() as tx:
        load_policy(tx, policy(calendar={"feeds": [feed]}), CHANNEL)
    database.close()
    code, _, err = naru(written(tmp_path / "sales.ics", event()))
    assert code == 2
    assert err.startswith("The policy lists a feed of this name: choose another one.")


def test_the_doctor_names_the_feeds_that_are_not_read(database: Database, clock: HandClock) -> None:
    driver = Driver(database, clock)
    with driver.tx() as tx:
        world(tx)
    assert driver.read(_feeds) == []
    with driver.tx() as tx:
        feed = {"name": "sales", "url": "https://calendar.example/sales.ics"}
        load_policy(tx, policy(calendar={"feeds": [feed]}), CHANNEL)
    assert [finding_line(Reader("en", "UTC"), one) for one in driver.read(_feeds)] == [
        "✓ shop: every calendar feed is read"
    ]
    (one,) = driver.read(due)
    fault = FeedFault(why=FeedWhy.STATUS, detail="404")
    with driver.tx() as tx:
        feed_was_read(tx, FeedWasRead(project="shop", feed="sales", settings=one.settings, faults=(fault,)))
    assert [finding_line(Reader("en", "UTC"), one) for one in driver.read(_feeds)] == [
        "✗ shop: calendar feeds are not read.\n  sales: The host answered with HTTP status 404."
    ]
