"""The running workspace: one server on 127.0.0.1 with Web API, Socket Mode, response addresses and page."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox import administration
from sandbox.acting import Acting
from sandbox.activity import Activity
from sandbox.clock import Clock, SystemClock
from sandbox.delivery import ANSWER_SECONDS, Delivery
from sandbox.delivery_http import HttpDelivery
from sandbox.faults import Faults
from sandbox.manifest import load_manifest
from sandbox.model import Channel, Json
from sandbox.page_api import PageApi
from sandbox.page_json import clock_json
from sandbox.people import Person
from sandbox.planting import plant, refill
from sandbox.routes import routes
from sandbox.seed import DEMO_SEED, Seed, UserSeed
from sandbox.socket_mode import SocketHub
from sandbox.store import Secrets, Store
from sandbox.storefront import Storefront
from sandbox.webapi.door import ApiCall, Door, Violation
from sandbox.webapi.method import Method
from sandbox.webapi.table import METHODS
from sandbox.workspace import Workspace

Guide = Callable[[], Any]


class Sandbox:
    """Start with `await Sandbox.start(...)`, end with `await box.stop()`; listens on 127.0.0.1 only."""

    def __init__(
        self, workspace: Workspace, seed: Seed, door: Door, acting: Acting, *, keys: Secrets
    ) -> None:
        self.workspace = workspace
        self.seed = seed
        self.door = door
        self.acting = acting
        self.keys = keys
        self.guide: Guide | Any = None
        self.on_reset: Callable[[], None] | None = None
        self.started = secrets.token_hex(4)
        self.shop: Guide | None = None
        self._http: HttpDelivery
        self._hub: SocketHub
        self._runner: web.AppRunner
        self._page: PageApi
        self._store: Store | None = None

    @classmethod
    async def start(
        cls,
        port: int = 0,
        *,
        manifest: Path | Json | None = None,
        seed: Seed = DEMO_SEED,
        state_dir: Path | None = None,
        clock: Clock | None = None,
        guide: Guide | Any = None,
        faults: Faults | None = None,
        enforce_rates: bool = False,
        trigger_factor: float = 1.0,
        answer_seconds: float = ANSWER_SECONDS,
        retry_scale: float = 1.0,
    ) -> Sandbox:
        """`guide` is a value or a function without arguments, shown by the page.

        `trigger_factor` stretches the lifetimes of triggers and response addresses, `answer_seconds` is the
        3 s limit, `retry_scale` shrinks the pauses between an event's tries. `state_dir` keeps the workspace.
        """
        described = load_manifest(manifest)
        store = Store(state_dir) if state_dir is not None else None
        keys = store.secrets() if store is not None else Secrets.fresh()
        workspace = plant(seed, clock or SystemClock(), described)
        workspace.triggers.lifetime_factor = trigger_factor
        if store is not None:
            store.load(workspace)
        activity, faults = Activity(), faults or Faults()
        http = HttpDelivery(keys.signing_secret, answer_seconds=answer_seconds)
        hub = SocketHub(workspace.identity.app_id, answer_seconds=answer_seconds)
        delivery = Delivery(http, hub, activity, faults, retry_scale=retry_scale)
        acting = Acting(workspace, delivery, described)
        door = Door(workspace, dict(METHODS), activity, keys.bot_token, keys.app_token, faults=faults)
        door.enforce_rates = enforce_rates
        box = cls(workspace, seed, door, acting, keys=keys)
        box.guide, box._http, box._hub, box._store = guide, http, hub, store
        await box._serve(port)
        return box

    # ------------------------------------------------------------------ what the app is given

    @property
    def url(self) -> str:
        return self.workspace.base_url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.keys.bot_token

    @property
    def app_token(self) -> str:
        return self.keys.app_token

    @property
    def signing_secret(self) -> str:
        return self.keys.signing_secret

    @property
    def bot_user_id(self) -> str:
        return self.workspace.identity.bot_user_id

    @property
    def team_id(self) -> str:
        return self.workspace.identity.team_id

    def deliver_http(self, *urls: str) -> None:
        """The request URL for events, commands and interactions; without one it is Socket Mode again.

        Several are replicas behind one address: each request goes to the next one.
        """
        self._http.urls = urls
        self.acting.delivery.use_http = bool(urls)

    async def verify_url(self) -> bool:
        """Send Slack's challenge to the request URL; whether it was answered."""
        return await self._http.verify_url()

    @property
    def http(self) -> HttpDelivery:
        """For tests of the front door: signed headers and raw requests."""
        return self._http

    @property
    def socket(self) -> SocketHub:
        """For tests of Socket Mode: `refresh()`, `cut()`."""
        return self._hub

    # ------------------------------------------------------------------ faults and protocol

    @property
    def faults(self) -> Faults:
        return self.door.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self.door.faults = faults
        self.acting.delivery.faults = faults

    @property
    def calls(self) -> list[ApiCall]:
        """The Web API calls so far (the last 20,000), the oldest first."""
        return list(self.door.calls)

    @property
    def failures(self) -> list[Violation | str]:
        """Everything that Block Kit refused, and views that an answer to a submission got wrong."""
        return [*self.door.violations, *self.acting.refused_views]

    # ------------------------------------------------------------------ people

    def person(self, name: str, *, quiet: float = 0.05, timeout: float = 10.0) -> Person:
        """By handle or id; LookupError when unknown. `quiet`: see `wait_quiet`."""
        return Person(
            self.acting, self.workspace.person(name), lambda: self.wait_quiet(quiet=quiet, timeout=timeout)
        )

    async def wait_quiet(self, *, quiet: float = 0.05, timeout: float = 10.0) -> bool:  # noqa: ASYNC109 - a plain bound
        """Until no delivery and no Web API call has been under way for `quiet` real seconds."""
        return await self.door.activity.quiet(for_seconds=quiet, timeout=timeout)

    def set_group(self, handle: str, members: Sequence[str]) -> None:
        """Change a user group's members, as its owners do; the app hears of it."""
        administration.set_group(self.workspace, handle, members)

    def add_person(self, seed: UserSeed, channels: Sequence[str] = ()) -> Person:
        administration.add_person(self.workspace, seed, channels)
        return self.person(seed.id)

    def deactivate(self, name: str) -> None:
        administration.deactivate(self.workspace, name)

    def remove(self, name: str, channel: str) -> None:
        """Take a person, or the app itself by its id, out of a channel; the app hears of it."""
        self.workspace.leave(self._channel(channel), self.workspace.person(name).id)

    def rename_channel(self, channel: str, name: str, *, by: str = "haneul") -> None:
        person = self.workspace.person(by).id
        administration.rename_channel(self.workspace, self._channel(channel), name, by=person)

    def archive_channel(self, channel: str, *, by: str = "haneul") -> None:
        person = self.workspace.person(by).id
        administration.archive_channel(self.workspace, self._channel(channel), by=person)

    def _channel(self, name: str) -> Channel:
        channel = self.workspace.channel_named(name)
        if channel is None:
            raise LookupError(f"no channel {name}")
        return channel

    def clock_moved(self) -> None:
        """Tell the pages that business time was moved by somebody else than a page."""
        self.workspace.board.changed("clock", **clock_json(self.workspace))

    def show_shop(self, shop: Storefront, calls: Callable[[], Json]) -> None:
        """The page shows what the shop runs, with its switch, and `calls`: an API's `token`, and `lines` for
        a terminal by language and name.
        """
        self.shop = lambda: shop.as_json() | {"calls": calls()}
        self._page.posts.on_switch = lambda fails: shop.next_fails(fails=fails)
        shop.changed = lambda: self.workspace.board.changed("shop")

    def reset(self) -> None:
        """Back to the seed; `on_reset` tells whoever has to begin as well, with another workspace."""
        refill(self.workspace, self.seed, self.acting.manifest)
        self.workspace.board.changed("reset")
        if self.on_reset is not None:
            self.on_reset()
        else:
            self.started = secrets.token_hex(4)

    # ------------------------------------------------------------------ running

    async def stop(self) -> None:
        await self.acting.delivery.stop()
        self._page.close()
        await self._hub.close()
        await self._http.close()
        await self._runner.cleanup()
        if self._store is not None:
            self._store.close(self.workspace)

    async def _serve(self, port: int) -> None:
        ws = self.workspace
        ws.board.listeners.append(self.acting.emit)
        self.door.methods["apps.connections.open"] = Method(
            lambda _ws, _args: {
                "url": f"{ws.base_url.replace('http', 'ws', 1)}/link?ticket={self._hub.ticket()}"
            },
            None,
            per_minute=20,
            caller="app",
        )
        self._page = PageApi(
            self.acting,
            guide=lambda: self.guide() if callable(self.guide) else self.guide,
            more=lambda: {"shop": self.shop and self.shop(), "started": self.started},
        )
        self._page.posts.on_reset = self.reset
        app = routes(self.door, self._hub, self._page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self._store_changes()
        ws.base_url = f"http://127.0.0.1:{_port(self._runner)}"

    def _store_changes(self) -> None:
        if self._store is not None:
            self._store.watch(self.workspace)


def _port(runner: web.AppRunner) -> int:
    return int(runner.addresses[0][1])
