"""Start the workspace and the program, open the browser, and keep the sample work coming."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.clock import FileClock
from bot.demo.policies import write_policies
from bot.demo.tour import FIRST, SHOP, tour
from bot.settings import Settings
from bot.wiring import Program, running
from commands.exceptions import ask
from domain.calendar.gate import GateAction, Verdict
from domain.errands import ReadRepository
from domain.types import REACHED_PRODUCTION
from sandbox import DEMO_SEED, Sandbox
from sandbox.sample_repo import SampleRepo, add_second_batch, make_sample
from sandbox.seed import Seed
from storage import outbox, releases, schema
from storage.db import Tx
from storage.ids import new_id
from storage.policies import load_policies

PORT = 8765
STATE = Path(".naru/demo")
# Monday 2 March 2026, 11:00 in Seoul: three hours before the code freeze of spec 3.1's example.
BEGINNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LOOK_S = 2.0
MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@dataclass(frozen=True)
class Demo:
    """What runs: the workspace, the program, the sample remotes and the shared clock."""

    box: Sandbox
    program: Program
    sample: SampleRepo
    clock: FileClock


@asynccontextmanager
async def demo(
    state: Path,
    *,
    port: int = 0,
    language: str = "ko",
    socket_mode: bool = False,
    database_url: str = "",
    **workspace: Any,
) -> AsyncIterator[Demo]:
    """The whole demo in this process; the program talks to the workspace as it would to slack.com.

    `workspace` goes to `Sandbox.start`. `language` is that of the shop's channel; without `database_url` the
    state is kept in SQLite beside everything else.
    """
    # git runs elsewhere: what is told it must not depend on where we were started.
    state = await asyncio.to_thread(state.resolve)
    clock = _clock(state)
    sample = make_sample(state / "remotes")
    policies = write_policies(
        state / "policies", shop=sample.remote, api=sample.api_remote, language=language
    )
    options: dict[str, Any] = {
        "state_dir": state / "workspace",
        "clock": clock,
        "seed": DEMO_SEED,
    } | workspace
    box = await Sandbox.start(port, manifest=MANIFEST, **options)
    try:
        settings = _settings(state, policies, box, socket_mode=socket_mode, database_url=database_url)
        schema.upgrade(settings.database)
        async with running(settings, load_policies(policies), clock) as program:
            if not socket_mode:
                box.deliver_http(f"http://127.0.0.1:{program.port}/slack/events")
            box.guide = lambda: program.db.read_now(tour)
            follower = asyncio.create_task(_keep_work_coming(Demo(box, program, sample, clock)))
            try:
                yield Demo(box, program, sample, clock)
            finally:
                follower.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await follower
    finally:
        await box.stop()


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


def _settings(state: Path, policies: Path, box: Sandbox, *, socket_mode: bool, database_url: str) -> Settings:
    given: dict[str, Any] = {
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
    return Settings.load(**given)


async def _keep_work_coming(demo: Demo) -> None:
    """Developers go on: once v1.5.0 is out, the work for v1.6.0 lands on develop, unless a code freeze holds.

    The tour follows too.
    """
    shown: object = None
    while True:
        await asyncio.sleep(LOOK_S)
        steps = await demo.program.db.read(tour)
        if steps != shown:
            shown = steps
            demo.box.workspace.board.changed("guide")
        if await demo.program.db.read(_work_lands) and not _second_batch_there(demo.sample):
            await asyncio.to_thread(add_second_batch, demo.sample, at=demo.clock())
            await demo.program.db.run(_read_again)


def _work_lands(tx: Tx) -> bool:
    first = releases.by_version(tx, SHOP, FIRST)
    if first is None or first.stage not in REACHED_PRODUCTION or not first.merged:
        return False
    merging = ask.wish(tx, SHOP, "", GateAction.MERGE_FEATURE)
    return ask.answer_at(tx, merging, merging.at).verdict is not Verdict.CLOSED


def _second_batch_there(sample: SampleRepo) -> bool:
    return bool(sample.subjects("v1.5.0..develop"))


def _read_again(tx: Tx) -> None:
    name = f"{outbox.GIT}{SHOP}"
    outbox.add(tx, [outbox.Waiting(lane=name, dedupe=new_id(), errand=ReadRepository(SHOP))])


def seed_in(locale: str | None) -> Seed:
    """Everybody reads this language, when one was asked for; else each their own."""
    if locale is None:
        return DEMO_SEED
    chosen = "ko-KR" if locale == "ko" else "en-US"
    return replace(DEMO_SEED, users=tuple(replace(user, locale=chosen) for user in DEMO_SEED.users))


async def run(
    port: int = PORT,
    *,
    browser: bool = True,
    locale: str | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """`naru demo`: until interrupted. `say` tells the person where the page is."""
    language = locale or "ko"
    async with demo(STATE, port=port, language=language, seed=seed_in(locale)) as running_demo:
        url = running_demo.box.url
        say(url)
        if browser:
            await asyncio.to_thread(webbrowser.open, url)
        await _interrupted()


async def _interrupted() -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, done.set)
    await done.wait()
