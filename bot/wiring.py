"""The one composition root: everything is built here, from settings, and taken down in order."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import structlog
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.callbacks import Callbacks
from bot.clock import Clock
from bot.courier import Courier
from bot.deployers.github_actions import GitHubActions
from bot.deployers.webhook import Webhook
from bot.deployworker import DeployWorker
from bot.desk import Desk
from bot.directory import Directory
from bot.errors import boundary
from bot.feeds import FeedReader
from bot.forges.titles import Titles
from bot.forgeworker import ForgeWorker
from bot.gitworker import GitWorker
from bot.healthworker import HealthWorker
from bot.homes import Homes
from bot.listeners import Listeners
from bot.pictures.painter import Painter
from bot.pictures.posting import Pictures
from bot.placing import load_policies
from bot.postmortems import links_of
from bot.readiness import Readiness
from bot.roomwork import RoomWork
from bot.routes import Routes
from bot.scheduler import Pump, Scheduler, watch
from bot.scribe import Scribe
from bot.server import Door, make_app, runner_of
from bot.settings import Settings
from bot.slack import Slack
from bot.socketmode import SocketMode
from domain.deploys.model import DeployerKind
from domain.policy import Policy
from domain.project import Project
from storage.db import Database
from storage.git import Mirror
from web.app import Api
from web.postmortems import Pages

log = structlog.get_logger()
DRAIN_S = 8.0


@dataclass(frozen=True)
class Identity:
    """Who we are in Slack: what `auth.test` said at start. `url` is the workspace's address."""

    team: str
    user: str
    bot: str
    url: str = ""


@dataclass
class Program:
    """A running bot. `port` is where it listens; `wake` makes the pumps look for work."""

    db: Database
    slack: Slack
    identity: Identity
    readiness: Readiness
    scheduler: Scheduler
    courier: Pump
    git: Pump
    deploys: Pump
    deployers: DeployWorker
    painter: Painter
    feeds: FeedReader
    forges: ForgeWorker
    health: HealthWorker
    port: int = 0

    def wake(self) -> None:
        self.courier.wake()
        self.git.wake()
        self.deploys.wake()


def bolt_app(slack: Slack, identity: Identity, token: str, listeners: Listeners) -> AsyncApp:
    """Bolt as the router of payloads that came through our front door."""
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_user_id=identity.user,
        bot_id=identity.bot,
        bot_token=token,
    )

    async def authorize() -> AuthorizeResult:
        return known

    app = AsyncApp(
        name="naru",  # else Bolt reads the sources of all its callers to find one
        client=slack.client,
        before_authorize=listeners,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
    )
    listeners.register(app)
    return app


def _secret(held: SecretStr | None) -> str:
    return held.get_secret_value() if held is not None else ""


def mirror_of(settings: Settings, project: Project) -> Mirror:
    return Mirror(
        path=settings.state_dir.resolve() / "mirrors" / project.key,
        remote_url=project.policy.repository.url,
        allow_local=settings.local_remotes,
        token=_secret(settings.git_token),
        ssh_key=settings.git_ssh_key_file,
        known_hosts=settings.git_known_hosts_file,
    )


def share_the_interpreter() -> None:
    """The loop and the database's threads take turns every half millisecond instead of every five.

    With the default, each answer that waits for the writer waits for several whole turns of it.
    """
    sys.setswitchinterval(0.0005)


def settle_in() -> None:
    """What was built at start-up lives as long as the process: the collector need not look through it again.

    With it, one of the collector's full rounds stopped everything for 70 to 120 ms. Without, it takes 10 ms,
    and comes seldom: nearly all that a request leaves is counted away at once.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 50, 50)


@asynccontextmanager
async def running(settings: Settings, policies: list[Policy], clock: Clock) -> AsyncIterator[Program]:
    """Build, start, hand over, drain and stop."""
    share_the_interpreter()
    db = Database(settings.database, clock)
    async with aiohttp.ClientSession() as session:
        slack = Slack(_secret(settings.slack_bot_token), settings.slack_api_url, session)
        identity = await _identity(slack)
        directory = Directory(db, slack, identity.team)
        await load_policies(db, slack, policies)
        program, homes, door = _build(settings, db, slack, directory, identity)
        async with _serving(settings, program, homes, door, directory):
            settle_in()
            yield program
    db.close()


def _build(
    settings: Settings, db: Database, slack: Slack, directory: Directory, identity: Identity
) -> tuple[Program, Homes, Door]:
    homes = Homes(db, slack, directory)
    routes = Routes(directory, homes, Scribe(db, slack, directory, identity.user))
    links = links_of(settings, identity.team)
    listeners = Listeners(Desk(db, slack, directory, identity.url, links), routes)
    bolt = bolt_app(slack, identity, _secret(settings.slack_bot_token), listeners)
    rooms = RoomWork(db, slack, identity.user)
    painter = Painter()
    pictures = Pictures(db, slack, painter)
    deliver = Courier(db, slack, rooms, pictures, changed=homes.changed, workspace=identity.url)
    courier = Pump("courier", deliver.work)
    deliver.when_its_turn(courier.wake)
    titles = Titles(settings.forge_token_now)
    git = Pump("git", GitWorker(db, lambda project: mirror_of(settings, project), titles).work)
    deployers = DeployWorker(
        db,
        {
            DeployerKind.WEBHOOK: Webhook(settings.signing_secret_now, local=settings.local_remotes),
            DeployerKind.GITHUB_ACTIONS: GitHubActions(settings.forge_token_now),
        },
        base_url=settings.base_url,
    )
    deploys = Pump("deploys", deployers.work)
    deployers.when_done(deploys.wake)
    readiness = Readiness(db)

    def wake() -> None:
        readiness.beat()
        courier.wake()
        git.wake()
        deploys.wake()

    feeds = FeedReader(db, local=settings.local_remotes)
    forges = ForgeWorker(db, settings.forge_token_now, url=settings.base_url)
    scheduler = Scheduler(db, wake)
    program = Program(
        db=db,
        slack=slack,
        identity=identity,
        readiness=readiness,
        scheduler=scheduler,
        courier=courier,
        git=git,
        deploys=deploys,
        deployers=deployers,
        painter=painter,
        feeds=feeds,
        forges=forges,
        health=HealthWorker(db),
    )
    return program, homes, Door(bolt, _secret(settings.slack_signing_secret))


async def _identity(slack: Slack) -> Identity:
    told = await slack.call("auth.test")
    return Identity(
        team=told["team_id"], user=told["user_id"], bot=told.get("bot_id", ""), url=told.get("url", "")
    )


@asynccontextmanager
async def _serving(
    settings: Settings, program: Program, homes: Homes, door: Door, directory: Directory
) -> AsyncIterator[None]:
    """Start every part, and stop them in the opposite order; the courier is drained before the end."""
    loop = asyncio.get_running_loop()

    def on_outbox() -> None:
        loop.call_soon_threadsafe(program.wake)

    program.db.listen(on_outbox)
    await directory.sync()
    await program.db.run(watch)
    callbacks = Callbacks(program.db, settings.callback_secret_now)
    pages = Pages(program.db, links_of(settings, program.identity.team), boundary)
    app = make_app(door, program.readiness, callbacks, Api(program.db, boundary), pages)
    runner = runner_of(app)
    await runner.setup()
    site = web.TCPSite(runner, settings.host, settings.port)
    await site.start()
    program.port = runner.addresses[0][1]
    app_token = _secret(settings.slack_app_token)
    socket = SocketMode(door, app_token, settings.slack_api_url) if app_token else None
    if socket is not None:
        await socket.start()
    works = (
        program.courier,
        program.git,
        program.deploys,
        homes,
        program.feeds,
        program.forges,
        program.health,
    )
    tasks = [asyncio.create_task(work.run()) for work in works]
    program.scheduler.start()
    program.readiness.serving(yes=True)
    program.wake()
    log.info("serving", port=program.port, socket_mode=socket is not None)
    try:
        yield
    finally:
        program.readiness.serving(yes=False)
        await program.scheduler.stop()
        if socket is not None:
            await socket.stop()
        await runner.cleanup()
        await _cancel(tasks)
        await program.deployers.stop(DRAIN_S)
        await program.courier.drain(DRAIN_S)
        await program.painter.close()
        log.info("stopped")


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with contextlib.suppress(asyncio.CancelledError):
            await task
