"""All addresses of the local server, and who may ask for them."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.page_api import PageApi
from sandbox.responses import respond
from sandbox.socket_mode import SocketHub
from sandbox.webapi.door import Door
from sandbox.webapi.files import receive

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BODY_LIMIT = 64 * 1024 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
LOCAL_NAMES = {"127.0.0.1", "localhost"}


def routes(door: Door, hub: SocketHub, page: PageApi) -> web.Application:
    app = web.Application(middlewares=[_local_only, _headers], client_max_size=BODY_LIMIT)
    app.router.add_route("*", "/api/{method}", door.handle)
    app.router.add_get("/link", hub.accept)
    app.router.add_post("/upload/v1/{ticket}", _upload(door))
    app.router.add_get("/files/{file}/{name}", _download(door))
    for place in ("commands", "actions", "app"):
        app.router.add_post(f"/{place}/{{team}}/{{key}}", _respond(door))
    page.add_to(app)
    return app


@web.middleware
async def _local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Names other than this machine's are refused: another site may have pointed its name here."""
    host = urlsplit(f"//{request.host}").hostname or ""
    if host not in LOCAL_NAMES:
        return web.Response(status=421, text="this server answers to 127.0.0.1 only")
    origin = request.headers.get("Origin")
    if origin is not None and request.method != "GET" and origin != f"http://{request.host}":
        return web.Response(status=403, text="requests from other sites are refused")
    return await handler(request)


@web.middleware
async def _headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    answer = await handler(request)
    if not answer.prepared:
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Cache-Control", "no-cache")
    return answer


def _upload(door: Door) -> Handler:
    async def upload(request: web.Request) -> web.StreamResponse:
        body = await _bytes(request)
        if not receive(door.workspace, request.match_info["ticket"], body):
            return web.Response(status=404, text="no such upload")
        return web.Response(text=f"OK - {len(body)}")

    return upload


async def _bytes(request: web.Request) -> bytes:
    """The raw body, or the first file of a multipart form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for value in form.values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


def _download(door: Door) -> Handler:
    async def download(request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        file = door.workspace.files.get(request.match_info["file"])
        body = door.workspace.uploads.get(file.id) if file else None
        if file is None or body is None or not hmac.compare_digest(token.encode(), door.bot_token.encode()):
            return web.Response(status=404)
        return web.Response(body=body, content_type=file.mimetype)

    return download


def _respond(door: Door) -> Handler:
    """A response_url: JSON only; 404 when expired or used up."""

    async def answer(request: web.Request) -> web.StreamResponse:
        with door.counted():
            try:
                body = json.loads(await request.read())
                respond(door.workspace, request.match_info["key"], body)
            except ValueError:
                return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
            except SlackError as refused:
                status = 404 if refused.code in ("expired_url", "used_url") else 400
                shown = {"ok": False, "error": refused.code, **refused.extra}
                return web.json_response(shown, status=status)
        return web.json_response({"ok": True})

    return answer
