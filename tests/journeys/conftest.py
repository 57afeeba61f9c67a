"""The `story` fixture: database, delivery and language of every run; each story ends with the same checks."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from zlib import crc32

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.demo.policies import write_policies
from bot.demo.program import demo, seed_in
from sandbox.sample_repo import make_sample
from tests.journeys.play import Story, clock_at
from tests.journeys.tab import Tab
from tests.support.postgres import Server
from tests.support.proof import full

# Sunday 1 March 2026, 13:30 in Seoul: half an hour before the freeze of spec 3.1's example is a day away.
BEGINNING = ("2026-03-01", "13:30")
# Where the demo begins: the Monday of that freeze.
MONDAY = ("2026-03-02", "11:00")
# Each database with each delivery and each language, not with every pair of them. Every day a story has the
# one that its name gives it, so that each is had by some of the stories.
RUNS = (
    pytest.param(("sqlite", "http", "en"), id="sqlite-http-en"),
    pytest.param(("postgres", "socket", "ko"), id="postgres-socket-ko", marks=pytest.mark.postgres),
    pytest.param(("sqlite", "socket", "ko"), id="sqlite-socket-ko"),
    pytest.param(("postgres", "http", "en"), id="postgres-http-en", marks=pytest.mark.postgres),
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def remotes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample repositories, made once and copied for each story."""
    folder = tmp_path_factory.mktemp("remotes")
    make_sample(folder)
    return folder


@pytest.fixture
def stage(tmp_path: Path, remotes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's folder with its remotes. People in stories act faster than Slack's one message a second."""
    monkeypatch.setattr("bot.pacing.PACED", False)
    shutil.copytree(remotes, tmp_path / "remotes")
    return tmp_path


def _database(kind: str, request: pytest.FixtureRequest, stack: AsyncExitStack) -> str:
    if kind == "sqlite":
        return ""
    server: Server = request.getfixturevalue("postgres")
    return stack.enter_context(server.database())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One run of each story; all four where TEST_PROOF=full."""
    if "story" in metafunc.fixturenames:
        mine = RUNS[crc32(metafunc.definition.name.encode()) % len(RUNS)]
        metafunc.parametrize("story", RUNS if full() else [mine], indirect=True)


def _add_to_policy(stage: Path, request: pytest.FixtureRequest, language: str) -> None:
    """The lines of the story's own `policy` mark, in the file that the demo would write."""
    added = request.node.get_closest_marker("policy")
    if added:
        remotes = stage / "remotes"
        shop, api = remotes / "shop.git", remotes / "api.git"
        folder = write_policies(stage / "policies", shop=shop, api=api, language=language)
        with (folder / "shop.yaml").open("a", encoding="utf-8") as file:
            file.write(added.args[0])


@pytest_asyncio.fixture
async def story(request: pytest.FixtureRequest, stage: Path) -> AsyncIterator[Story]:
    """On a database, over a delivery, in a language: those of `RUNS`."""
    kind, delivery, language = request.param
    begins = request.node.get_closest_marker("begins")
    clock_at(stage, *(begins.args if begins else BEGINNING))
    _add_to_policy(stage, request, language)
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(
            demo(
                stage,
                language=language,
                seed=seed_in(language),
                socket_mode=delivery == "socket",
                database_url=_database(kind, request, stack),
                trigger_factor=5.0,
            )
        )
        told = Story(running, language)
        await told.settled()
        yield told
        await told.settled()
        told.check()


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium. Where there is none its journeys are skipped, unless TEST_BROWSER=required."""
    if CHROMIUM is None and os.environ.get("TEST_BROWSER") != "required":
        pytest.skip("NO CHROMIUM FOUND: nobody looks at the page here")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        await running.close()


@pytest_asyncio.fixture(params=["en", "ko"])
async def tab(
    request: pytest.FixtureRequest, stage: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Tab]:
    """A newcomer's browser on the demo as it begins, in each language. What waits in it for real time is
    asked for more often.
    """
    clock_at(stage, *MONDAY)
    language = request.param
    for name in ("bot.healthworker.LOOK_S", "sandbox.storefront.server.LOOK_S"):
        monkeypatch.setattr(name, 0.02)
    async with demo(
        stage, language=language, with_shop=True, seed=seed_in(language), trigger_factor=5.0
    ) as running:
        story = Story(running, language)
        await story.settled()
        page = await browser.new_page(viewport={"width": 1360, "height": 900}, device_scale_factor=1)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield Tab(story, page)
        assert errors == []
        await story.settled()
        story.check()
