"""The servers that are compared: a bare handler of Bolt or of aiohttp, and Naru with all but Slack itself."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.signature import SignatureVerifier

from benchmarks.loadgen import SECRET
from bot.desk import Desk
from bot.directory import Directory
from bot.errors import boundary
from bot.homes import Homes
from bot.listeners import Listeners
from bot.readiness import Readiness
from bot.routes import Routes
from bot.scribe import Scribe
from bot.server import Door, make_app, runner_of
from bot.slack import Slack
from bot.wiring import Identity, bolt_app, settle_in, share_the_interpreter
from storage.db import Database, TurnLoop
from web.app import BASE, Api


async def bare() -> web.Application:
    """Bolt with its own request verification and one handler that acks."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="B1", bot_token="xoxb-1")

    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    async def handler(ack: AsyncAck) -> None:
        await ack("ok")

    bolt.command("/release")(handler)
    bolt.action("approval.approve")(handler)

    async def serve(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.router.add_post("/slack/events", serve)
    return app


async def naru(url: str) -> web.Application:
    """Front door, Bolt, listeners, commands and database; nothing is delivered meanwhile."""
    share_the_interpreter()
    db = Database(url)
    slack = Slack("xoxb-1", "http://127.0.0.1:9/api/", aiohttp.ClientSession())
    identity = Identity(team="T1", user="UBOT", bot="B1")
    directory = Directory(db, slack, "T1")
    routes = Routes(directory, Homes(db, slack, directory), Scribe(db, slack, directory, identity.user))
    listeners = Listeners(Desk(db, slack, directory), routes)
    bolt = bolt_app(slack, identity, "xoxb-1", listeners)
    settle_in()
    return make_app(Door(bolt, SECRET), Readiness(db))


async def bare_json() -> web.Application:
    """aiohttp that reads JSON and answers some: no token, no database."""

    async def serve(request: web.Request) -> web.Response:
        said = await request.json() if request.can_read_body else {}
        return web.json_response({"said": "ok", "fields": len(said)})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", serve)
    return app


async def api(url: str) -> web.Application:
    """The HTTP API for pipelines, with no limit for a single token."""
    share_the_interpreter()
    settle_in()
    app = web.Application()
    app.add_subapp(BASE, Api(Database(url), boundary, rate=1e9).application())
    return app


SERVERS: Mapping[str, Callable[[str], Awaitable[web.Application]]] = {
    "bare": lambda _url: bare(),
    "bare-json": lambda _url: bare_json(),
    "naru": naru,
    "api": api,
}


async def main(kind: str, url: str) -> None:
    app = await SERVERS[kind](url)
    runner = runner_of(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    print(json.dumps({"port": port}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    SignatureVerifier(SECRET)
    with asyncio.Runner(loop_factory=TurnLoop if sys.argv[1] in {"naru", "api"} else None) as runner:
        runner.run(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""))
