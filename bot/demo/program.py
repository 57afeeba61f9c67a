"""The whole demo in one process: the workspace, the program, and the shop that it deploys and measures."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.clock import FileClock
from bot.demo import pipeline, work
from bot.demo.policies import write_policies
from bot.demo.tour import FIRST, IN_PRODUCTION, SHOP, tour
from bot.settings import Settings
from bot.wiring import Program, running
from messages.texts import LANGUAGES
from sandbox import DEMO_SEED, Sandbox, Storefront
from sandbox.sample_repo import SampleRepo, make_sample
from sandbox.seed import Seed
from storage import schema
from storage.policies import load_policies

# Monday 2 March 2026, 11:00 in Seoul: three hours before the code freeze of spec 3.1's example.
BEGINNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LOOK_S = 2.0
MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@dataclass(frozen=True)
class Demo:
    """What runs: the workspace, the program, the sample remotes and the shared clock; where there is one,
    also what the shop is deployed to and measured at, with a token for pipelines.
    """

    box: Sandbox
    program: Program
    sample: SampleRepo
    clock: FileClock
    shop: Storefront | None = None
    token: str = ""

    def lines(self, language: str) -> Mapping[str, str]:
        """What a pipeline would ask and report about the newest release, each a line for a terminal; it is
        answered in that language.
        """
        version = self.program.db.read_now(lambda tx: pipeline.newest(tx, SHOP, str(FIRST)))
        url = f"http://127.0.0.1:{self.program.port}"
        return pipeline.lines(url, self.token, SHOP, version=version, language=language)


@asynccontextmanager
async def demo(
    state: Path,
    *,
    port: int = 0,
    language: str = "ko",
    socket_mode: bool = False,
    database_url: str = "",
    with_shop: bool = False,
    **workspace: Any,
) -> AsyncIterator[Demo]:
    """The whole demo in this process; the program talks to the workspace as it would to slack.com.

    `workspace` goes to `Sandbox.start`. `language` is that of the shop's channel; without `database_url` the
    state is kept in SQLite beside everything else. Without `with_shop` people deploy by hand, and nothing is
    measured.
    """
    # git runs elsewhere: what is told it must not depend on where we were started.
    state = await asyncio.to_thread(state.resolve)
    clock = _clock(state)
    sample = make_sample(state / "remotes")
    async with contextlib.AsyncExitStack() as stack:
        shop = await stack.enter_async_context(_shop(state, port, clock)) if with_shop else None
        policies = write_policies(
            state / "policies",
            shop=sample.remote,
            api=sample.api_remote,
            language=language,
            service=shop.url if shop else "",
            before=shop.url_before if shop else "",
        )
        options: dict[str, Any] = {
            "state_dir": state / "workspace",
            "clock": clock,
            "seed": DEMO_SEED,
        } | workspace
        box = await Sandbox.start(port, manifest=MANIFEST, **options)
        stack.push_async_callback(box.stop)
        given = _settings(state, policies, box, socket_mode=socket_mode, database_url=database_url)
        settings = Settings.load(**given | (_reached(shop, port) if shop else {}))
        schema.upgrade(settings.database)
        program = await stack.enter_async_context(running(settings, load_policies(policies), clock))
        if not socket_mode:
            box.deliver_http(f"http://127.0.0.1:{program.port}/slack/events")
        token = await pipeline.token_for(program.db, SHOP, state / "token") if shop else ""
        whole = Demo(box, program, sample, clock, shop, token)
        await stack.enter_async_context(_shown(whole))
        yield whole


@asynccontextmanager
async def _shop(state: Path, port: int, clock: FileClock) -> AsyncIterator[Storefront]:
    wanted = port + 2 if port else 0
    shop = await Storefront.start(wanted, version=str(IN_PRODUCTION), clock=clock, state=state / "shop.json")
    try:
        yield shop
    finally:
        await shop.stop()


def _reached(shop: Storefront, port: int) -> dict[str, Any]:
    """What the shop's deployer and Naru know each other by."""
    found = _free(port + 1 if port else 0)
    return {
        "deploy_signing_secret": SecretStr(shop.signing_secret),
        "deploy_callback_secret": SecretStr(shop.callback_secret),
        "port": found,
        "base_url": f"http://127.0.0.1:{found}",
    }


def _free(port: int) -> int:
    """The port, or another one where somebody has it."""
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return _free(0)
        return int(tried.getsockname()[1])


@asynccontextmanager
async def _shown(of: Demo) -> AsyncIterator[None]:
    """The page has the tour and the shop, and work keeps coming."""

    def guide() -> list[dict[str, Any]]:
        fails = of.shop is not None and of.shop.fails_next
        return of.program.db.read_now(lambda tx: tour(tx, fails=fails))

    of.box.guide = guide
    if of.shop:
        of.box.show_shop(of.shop, lambda: _calls(of))
    follower = asyncio.create_task(_follow(of))
    try:
        yield
    finally:
        follower.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await follower


def _clock(state: Path) -> FileClock:
    """The clock goes on where it was; a new demo begins on a Monday morning."""
    state.mkdir(parents=True, exist_ok=True)
    path = state / "clock.json"
    fresh = not path.exists()
    clock = FileClock(path)
    if fresh:
        path.write_text(f'{{"origin": "{BEGINNING.isoformat()}", "rate": 1.0}}\n', encoding="utf-8")
        clock = FileClock(path)
    return clock


def _settings(
    state: Path, policies: Path, box: Sandbox, *, socket_mode: bool, database_url: str
) -> dict[str, Any]:
    return {
        "slack_bot_token": SecretStr(box.bot_token),
        "slack_signing_secret": SecretStr(box.signing_secret),
        "slack_app_token": SecretStr(box.app_token) if socket_mode else None,
        "slack_api_url": box.api_url,
        "database_url": SecretStr(database_url) if database_url else None,
        "policy": policies,
        "state_dir": state,
        "port": 0,
        "local_remotes": True,
        "clock_file": state / "clock.json",
    }


def _calls(of: Demo) -> dict[str, Any]:
    return {"token": of.token, "lines": {language: of.lines(language) for language in LANGUAGES}}


async def _follow(of: Demo) -> None:
    """Work keeps coming, and the tour goes on."""
    shown: object = None
    while True:
        await asyncio.sleep(LOOK_S)
        steps = await asyncio.to_thread(of.box.guide)
        if steps != shown:
            shown = steps
            of.box.workspace.board.changed("guide")
        await work.goes_on(of.program.db, of.sample, of.clock)


def seed_in(locale: str | None) -> Seed:
    """Everybody reads this language, when one was asked for; else each their own."""
    if locale is None:
        return DEMO_SEED
    chosen = "ko-KR" if locale == "ko" else "en-US"
    return replace(DEMO_SEED, users=tuple(replace(user, locale=chosen) for user in DEMO_SEED.users))
