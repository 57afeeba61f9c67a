from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.cli import machine
from domain.events import Denied
from domain.people import Actor, Origin, Via
from domain.refusals import Gone
from storage import audit
from storage.db import Database
from tests.commands.exceptions.stories import Asking
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import PM, TEAM, world

MIGRATIONS = Path(__file__).parents[2] / "storage/migrations/versions"
Naru = Callable[..., tuple[int, str, str]]
OPEN_AT, CLOSED_AT = "2026-03-05T14:00", "2026-03-06T16:00"  # Thursday in the window; Friday after 15:00


@pytest.fixture
def naru(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Naru:
    """Runs the command line here; exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["naru", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), said.out, said.err

    return run


@pytest.fixture
def shop_url(database_url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated database with the shop in it, named by the environment."""
    database = Database(database_url, now=clock)
    with database.transaction() as tx:
        world(tx)
    database.close()
    monkeypatch.setenv("NARU_DATABASE_URL", database_url)
    return database_url


def _gate(*more: str, at: str = OPEN_AT) -> list[str]:
    return ["gate", "--project", "shop", "--at", at, *more]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (_gate(), 0),
        (_gate(at=CLOSED_AT), 1),
        (_gate("--type", "hotfix", at=CLOSED_AT), 0),
        (_gate("--type", "emergency", at=CLOSED_AT), 0),
        (_gate("--type", "emergency", at="2026-03-07T16:00"), 0),
        (_gate("--type", "emergency", "--strict", at="2026-03-07T16:00"), 3),
        (_gate("--strict"), 0),
        (_gate("--type", "unheard-of"), 2),
        (_gate("--action", "dance"), 2),
        (_gate("--environment", "moon"), 2),
        (_gate(at="tomorrow"), 2),
        (_gate(at="9999-12-31T00:00"), 2),
        (["gate", "--project", "nowhere"], 2),
    ],
)
def test_gate_answers_by_its_exit_code(naru: Naru, shop_url: str, arguments: list[str], code: int) -> None:
    assert naru(*arguments)[0] == code


def test_gate_answers_for_the_environment_that_is_asked_about(
    naru: Naru, database_url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A blackout of staging alone leaves production open."""
    staging = {
        "id": "load-test",
        "name": "Load test",
        "from": "2026-03-05 00:00",
        "to": "2026-03-06 00:00",
        "environments": ["staging"],
    }
    database = Database(database_url, now=clock)
    with database.transaction() as tx:
        world(tx, calendar={"blackouts": [staging]})
    database.close()
    monkeypatch.setenv("NARU_DATABASE_URL", database_url)
    assert [naru(*_gate("--environment", where))[0] for where in ("production", "staging")] == [0, 1]


def test_gate_says_why_and_until_when(naru: Naru, shop_url: str) -> None:
    assert naru(*_gate(at=CLOSED_AT))[1].splitlines()[:2] == [
        "shop · deploy · Regular · Fri 6 Mar 16:00",
        "🔴 Closed, opens Tue 10 Mar 10:00",
    ]


def test_gate_speaks_korean(naru: Naru, shop_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert naru(*_gate())[1].startswith("shop · deploy · 정기 · 3월 5일(목) 14:00")


def test_gate_answers_in_json_with_an_expiry(naru: Naru, shop_url: str) -> None:
    answer = json.loads(naru(*_gate("--json"))[1])
    assert answer == {
        "project": "shop",
        "action": "deploy",
        "type": "regular",
        "release": None,
        "environment": "production",
        "verdict": "open",
        "at": "2026-03-05T05:00:00+00:00",
        "expires_at": "2026-03-05T05:01:00+00:00",
        "next_open": None,
        "next_change": "2026-03-05T08:00:00+00:00",
        "reasons": [],
        "exceptions": [],
    }


def test_gate_of_a_release_says_which_exception_opened_it(
    naru: Naru, database_url: str, shop_url: str, clock: HandClock
) -> None:
    database = Database(database_url, now=clock)
    asking = Asking(database, clock)
    asking.blackout()
    release = asking.approved()
    (exception,) = asking.ask(release)
    asking.grant(exception)
    database.close()
    code, out, _ = naru(*_gate("--json", "--release", "v1.5.0", at="2026-03-05T14:30"))
    answer = json.loads(out)
    assert (code, answer["release"], answer["reasons"]) == (0, "v1.5.0", [])
    assert answer["exceptions"] == [
        {
            "id": exception,
            "rule": "blackout",
            "name": "Sale",
            "until": "2026-03-05T07:00:00+00:00",
            "granted_by": PM,
        }
    ]
    assert naru(*_gate("--json", at="2026-03-05T14:30"))[0] == 1
    code, _, err = naru(*_gate("--release", "v9.9.9"))
    assert (code, err) == (2, "There is no release “v9.9.9”.\n")


def test_gate_fails_closed(naru: Naru, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_DATABASE_URL", "postgresql://nobody:hunter2@127.0.0.1:1/none")
    code, out, err = naru(*_gate("--json"))
    assert (code, json.loads(out)["verdict"]) == (2, "closed")
    assert "hunter2" not in out + err


def test_gate_without_a_database_makes_none(naru: Naru, tmp_path: Path) -> None:
    code, _, err = naru(*_gate())
    assert code == 2
    assert err.startswith("There is no database at .naru/naru.db.")
    assert list(tmp_path.iterdir()) == []


def test_gate_of_an_unmigrated_database_says_what_to_run(
    naru: Naru, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite3.connect(tmp_path / "empty.db").execute("CREATE TABLE x (y)").connection.close()
    monkeypatch.setenv("NARU_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    code, _, err = naru(*_gate())
    assert (code, err) == (2, "The database is older than this program. Run: naru migrate\n")


def test_migrate_makes_the_database(naru: Naru, tmp_path: Path) -> None:
    newest = max(path.name[:4] for path in MIGRATIONS.glob("[0-9]*.py"))
    assert naru("migrate")[:2] == (0, f"The database is at revision {newest}.\n")
    assert (tmp_path / ".naru/naru.db").exists()
    assert naru("audit", "verify")[:2] == (0, "The audit trail is whole: 0 rows.\n")


def test_audit_verify_names_the_first_broken_row(naru: Naru, shop_url: str) -> None:
    database = Database(shop_url)
    with database.transaction() as tx:
        for _ in range(3):
            denied = Denied(request="Decide", refusal=Gone("release"), release="")
            audit.append(tx, Origin(Actor(TEAM, PM), Via.BUTTON), "shop", [denied])
    assert naru("audit", "verify")[0] == 0
    with database.transaction() as tx:
        if tx.dialect == "sqlite":
            tx.connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        else:
            tx.connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER ALL")
        tx.connection.exec_driver_sql("UPDATE audit SET body = '{}' WHERE seq = 2")
    database.close()
    code, _, err = naru("audit", "verify")
    assert (code, err) == (2, "The audit trail is broken at row 2 (hash).\n")
    assert json.loads(naru("audit", "verify", "--json")[1]) == {
        "rows": 3,
        "whole": False,
        "seq": 2,
        "why": "hash",
    }


def test_audit_show_tells_who_did_what_of_a_release(
    naru: Naru, shop_url: str, database: Database, clock: HandClock
) -> None:
    driver = Driver(database, clock)
    driver.to_approved()
    code, out, _ = naru("audit", "show", "v1.5.0")
    assert code == 0
    assert out.splitlines()[0] == "shop v1.5.0 · Regular · Approved"
    shown = json.loads(naru("audit", "show", "1.5.0", "--project", "shop", "--json")[1])
    assert (shown[0]["action"], shown[0]["name"]) == ("ReleaseStarted", "Rm")
    assert [row["seq"] for row in shown] == sorted(row["seq"] for row in shown)
    assert all(str(row["seq"]) in out for row in shown)


def test_audit_show_of_an_unknown_release_is_a_sentence(naru: Naru, shop_url: str) -> None:
    for name in ("v9.9.9", "nonsense"):
        assert naru("audit", "show", name)[0::2] == (2, f"There is no release “{name}”.\n")


def test_serve_names_everything_that_is_missing(naru: Naru) -> None:
    code, out, err = naru("serve")
    assert (code, out) == (2, "")
    assert [line.split()[0] for line in err.splitlines()] == [
        "NARU_SLACK_BOT_TOKEN",
        "NARU_POLICY",
        "NARU_SLACK_SIGNING_SECRET",
    ]


def test_serve_tells_every_mistake_of_the_policy(
    naru: Naru, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop.yml").write_text("project: shop\nchanel: C0SHOP\n")
    monkeypatch.setenv("NARU_SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("NARU_SLACK_SIGNING_SECRET", "s")
    monkeypatch.setenv("NARU_POLICY", "shop.yml")
    code, _, err = naru("serve")
    assert (code, err.splitlines()) == (
        2,
        [
            "shop.yml:1:1 channel: “channel” is missing.",
            "shop.yml:2:1 chanel: “chanel” is not a setting that Naru knows. Did you mean “channel”?",
        ],
    )


def test_a_misspelt_setting_is_told_with_the_nearest(naru: Naru, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_POLCY", "x")
    assert naru("migrate")[0::2] == (
        2,
        "NARU_POLCY is not a setting that Naru knows. Did you mean “NARU_POLICY”?\n",
    )


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (None, "Naru needs git 2.38 or newer; none was found in the path.\n"),
        ((2, 34, 1), "Naru needs git 2.38 or newer; this is 2.34.1.\n"),
    ],
)
def test_an_old_git_is_told_before_anything_starts(
    naru: Naru, monkeypatch: pytest.MonkeyPatch, found: tuple[int, ...] | None, sentence: str
) -> None:
    monkeypatch.setattr(machine, "git_version", lambda: found)
    assert naru("serve")[0::2] == (2, sentence)


def test_the_git_of_this_machine_is_read() -> None:
    version = machine.git_version()
    assert version is not None
    assert version >= machine.GIT


def test_the_module_runs_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    assert {"serve", "demo", "gate", "audit", "migrate", "doctor"} <= set(done.stdout.split())
