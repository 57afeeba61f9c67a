"""The token is in one header and nowhere else, whatever the forge does; one that changes is taken up."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from sqlmodel import SQLModel

from bot.cli.forges import forge_findings
from bot.forges.titles import Titles
from bot.forgeworker import ForgeWorker
from bot.logs import configure
from bot.settings import Settings
from commands.requests import HeadWasRead
from domain.commits import ChangeCounts, ChangeKind
from domain.project import Project
from domain.scope import Line, Scope
from storage import projects
from storage.db import Database
from storage.db.tx import Tx
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.github import NAME, GitHub
from tests.support.world import PROJECT, world

# No pattern knows it: the redacting handler cannot be what keeps it out of the logs.
SECRET = "correct-horse-battery-staple"
FAULTS = (
    "500",
    "401",
    "403",
    "404",
    "422",
    "429",
    "retry",
    "secondary",
    "html",
    "cut",
    "away",
    "moved",
    "huge",
)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    found = io.StringIO()
    kept = list(logging.getLogger().handlers)
    configure(level="DEBUG", json=True, stream=found)
    yield found
    logging.getLogger().handlers = kept


def rows(tx: Tx) -> str:
    """Everything that the database holds."""
    tables = SQLModel.metadata.sorted_tables
    return "\n".join(str(tuple(row)) for table in tables for row in tx.execute(select(table)))


@pytest.mark.parametrize("fault", [*FAULTS, ""])
async def test_the_token_is_in_no_log_no_row_no_address_and_no_message(
    database: Database,
    clock: HandClock,
    hub: GitHub,
    logged: io.StringIO,
    capfd: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    hub.token = SECRET
    hub.add(1, "feat: gift")
    driver = Driver(database, clock)
    forge = {"kind": "github", "api_url": hub.url, "repository": NAME}
    with driver.tx() as tx:
        world(tx, repository={"url": "/srv/shop.git", "forge": forge})
    driver.read_repository()
    if fault:
        hub.faults["/"] = fault
    worker = ForgeWorker(database, lambda: SecretStr(SECRET))
    titles = Titles(lambda: SecretStr(SECRET))
    project = driver.read(projects.get, PROJECT)
    assert isinstance(project, Project)
    await worker.work()
    report = await titles(project, _report())
    found = [finding async for finding in forge_findings([project.policy], lambda: SecretStr(SECRET))]
    said = capfd.readouterr()
    shown = (
        logged.getvalue(),
        said.out,
        said.err,
        repr(vars(worker)),
        repr(vars(titles)),
        repr(report),
        repr(found),
    )
    assert SECRET not in "\n".join([*shown, database.read_now(rows), repr(driver.told()), repr(hub.asked)])
    assert hub.asked
    assert "forge" in logged.getvalue()


def _report() -> HeadWasRead:
    line = Line("a" * 40, ChangeKind.OTHER, "Update", "Minji", pull_request=1, unlabelled=True)
    scope = Scope(since="", sha="b" * 40, counts=ChangeCounts(other=1), lines=(line,))
    return HeadWasRead(release="r1", action=None, head="b" * 40, scope=scope)


def test_a_token_that_its_file_has_now_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    file.write_text("first\n")
    monkeypatch.setenv("NARU_FORGE_TOKEN_FILE", str(file))
    settings = Settings.load()
    assert _now(settings) == "first"
    file.write_text("second\n")
    assert _now(settings) == "second"
    file.unlink()
    assert _now(settings) == "first"
    assert "first" not in repr(settings)


def test_a_token_of_the_environment_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_FORGE_TOKEN", "only")
    assert _now(Settings.load()) == "only"
    monkeypatch.delenv("NARU_FORGE_TOKEN")
    assert _now(Settings.load()) == ""


def _now(settings: Settings) -> str:
    held = settings.forge_token_now()
    return held.get_secret_value() if held else ""
