"""Fixtures for every test: a clock moved by hand, and a migrated database on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import core, settings

from storage import projects, schema
from storage.db import Database
from tests.cliff.oracle import git_cliff
from tests.support.clock import HandClock
from tests.support.engines import share_compiled
from tests.support.memory import memory
from tests.support.postgres import TEMPLATE, Server
from tests.support.proof import run_seed
from tests.support.world import PROJECT, World, world

# A failing example is printed with the blob that reproduces it; slow machines are no failures.
settings.register_profile("naru", deadline=None, print_blob=True)
settings.load_profile("naru")


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_configure() -> None:
    """One seed for the whole run, told at its head: `pytest --hypothesis-seed=N` runs the same examples.

    TEST_BROWSER=required ends the run where no browser is found, instead of skipping what needs one, and
    TEST_CLIFF=required where there is no git-cliff to compare with, TEST_PROMETHEUS=required where there is no
    Prometheus to ask.
    """
    if os.environ.get("TEST_PROMETHEUS") == "required" and shutil.which("prometheus") is None:
        raise pytest.UsageError("TEST_PROMETHEUS=required, but no prometheus was found")
    if os.environ.get("TEST_CLIFF") == "required" and git_cliff() is None:
        raise pytest.UsageError("TEST_CLIFF=required, but git-cliff was not found")
    if os.environ.get("TEST_BROWSER") == "required" and not any(shutil.which(name) for name in CHROMIUM):
        raise pytest.UsageError("TEST_BROWSER=required, but no Chromium was found")
    room = memory()
    if room is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(room))  # where pytest makes every tmp_path
    if core.global_force_seed is None:
        core.global_force_seed = run_seed()
        os.environ["TEST_SEED"] = str(core.global_force_seed)  # the workers of a parallel run take the same


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones lie evenly among the others, none at the end: few run at once, and none alone at last."""
    long = [item for item in items if _is_long(item)]
    short = [item for item in items if not _is_long(item)]
    if long and short:
        apart = max(1, len(short) * 4 // 5 // len(long))
        rows = [[one, *short[n * apart : (n + 1) * apart]] for n, one in enumerate(long)]
        items[:] = [item for row in rows for item in row] + short[len(long) * apart :]


def _is_long(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("proof") or item.get_closest_marker("browser")
    return bool(marked) or "journeys" in item.path.parts


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay to the end: looking through them again and again for garbage
    was a fifth of what a run computed (measured)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 25, 25)


def pytest_report_header() -> str:
    return f"hypothesis seed: {core.global_force_seed}"


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        share_compiled(patch)
        yield


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server. Where it cannot start its tests are skipped, unless TEST_POSTGRES=required."""
    try:
        server = Server()
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        if os.environ.get("TEST_POSTGRES") == "required":
            raise
        pytest.skip(f"PostgreSQL cannot be started here: {error}")
    with server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("schema") / "template.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


def _lay_world(url: str) -> None:
    database = Database(url, now=HandClock())
    with database.transaction() as tx:
        world(tx)
    database.close()


@pytest.fixture(scope="session")
def sqlite_shop(migrated_sqlite: Path) -> Path:
    """A file with the project of `tests.support.world`, to be copied."""
    path = migrated_sqlite.with_name("shop.db")
    shutil.copy(migrated_sqlite, path)
    _lay_world(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_shop(postgres: Server) -> str:
    """The name of a database with the project of `tests.support.world`, to be copied."""
    return postgres.template(_lay_world)


def _asks_for_shop(request: pytest.FixtureRequest) -> bool:
    """For this file's `shop`, not for one that a module makes for itself."""
    return "shop" in request.fixturenames and not hasattr(request.module, "shop")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh migrated database, on each of the two; `shop`'s project is in it where a test asks
    for that: laying it down was a tenth of what such a test computed (measured)."""
    shop = _asks_for_shop(request)
    if request.param == "sqlite":
        path = tmp_path / "naru.db"
        shutil.copy(request.getfixturevalue("sqlite_shop" if shop else "migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database(template=request.getfixturevalue("postgres_shop") if shop else TEMPLATE) as url:
        yield url


@pytest.fixture
def database(database_url: str, clock: HandClock) -> Iterator[Database]:
    """A fresh migrated database whose business time is `clock`."""
    database = Database(database_url, now=clock)
    yield database
    database.close()


@pytest.fixture
def shop(database: Database) -> World:
    """The project of `tests.support.world`, committed: it came with the database."""
    project = database.read_now(projects.get, PROJECT)
    assert project is not None
    return World(project)
