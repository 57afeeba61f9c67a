"""The addresses of the page: what a persona sees and does, and a stream of what changed."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.acting import Acting, NotPossible
from sandbox.model import Json, User
from sandbox.page_json import channel_page, seen_channel, state_json, thread_page, with_pictures
from sandbox.page_posts import Answer, PagePosts
from sandbox.page_stream import Streams
from sandbox.viewstate import View
from sandbox.webapi.modals import shown_view
from sandbox.workspace import Workspace

PAGE = Path(__file__).parent / "page"
PAGE_MESSAGES = 200


class PageApi:
    """`guide` gives the tour's present state, `more` what else belongs to the state; `posts` is what the page
    sends.
    """

    def __init__(self, acting: Acting, *, guide: Callable[[], Any], more: Callable[[], Json]) -> None:
        self._acting = acting
        self._guide = guide
        self._more = more
        self.posts = PagePosts(acting)
        self._streams = Streams()
        acting.workspace.board.watchers.append(self._streams.tell)

    @property
    def _ws(self) -> Workspace:
        return self._acting.workspace

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/", self._index)
        app.router.add_get("/archives/{channel}/{message}", self._index)
        app.router.add_get("/ui/static/{path:.+}", self._static)
        app.router.add_get("/ui/state", self._state)
        app.router.add_get("/ui/channel/{id}", self._channel)
        app.router.add_get("/ui/thread/{id}/{ts}", self._thread)
        app.router.add_get("/ui/view", self._view)
        app.router.add_get("/ui/home", self._home)
        app.router.add_get("/ui/file/{id}", self._file)
        app.router.add_get("/ui/events", self._events)
        for name, act in self.posts.table().items():
            app.router.add_post(f"/ui/{name}", self._posted(act))

    def close(self) -> None:
        """End all streams."""
        self._streams.close()

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return _file_answer(PAGE / "index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        path = (PAGE / request.match_info["path"]).resolve()
        return _file_answer(path) if path.is_relative_to(PAGE) else web.Response(status=404)

    async def _state(self, request: web.Request) -> web.StreamResponse:
        me = self._me(request)
        state = state_json(self._ws, me, self._acting.manifest, self._guide())
        return web.json_response(state | self._more())

    async def _channel(self, request: web.Request) -> web.StreamResponse:
        me = self._me(request)
        channel = seen_channel(self._ws, me, request.match_info["id"])
        before = request.query.get("before")
        return web.json_response(channel_page(self._ws, me, channel, before=before, limit=PAGE_MESSAGES))

    async def _thread(self, request: web.Request) -> web.StreamResponse:
        me = self._me(request)
        channel = seen_channel(self._ws, me, request.match_info["id"])
        return web.json_response(thread_page(self._ws, me, channel, request.match_info["ts"]))

    async def _view(self, request: web.Request) -> web.StreamResponse:
        me = self._me(request)
        stack = [self._shown(v) for v in self._ws.views.stack(me.id)]
        return web.json_response({"stack": stack, "errors": self._ws.views.errors.get(me.id)})

    async def _home(self, request: web.Request) -> web.StreamResponse:
        """Opening the tab tells the app; `quiet=1` only reads."""
        me, tab = self._me(request), request.query.get("tab", "home")
        if request.query.get("quiet") != "1":
            self._acting.open_home(me, tab)
        view = self._ws.views.homes.get(me.id) if tab == "home" else None
        return web.json_response({"view": self._shown(view) if view else None})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._ws.files.get(request.match_info["id"])
        body = self._ws.uploads.get(file.id) if file and file.complete else None
        if file is None or body is None:
            return web.Response(status=404)
        shown = file.mimetype in ("image/png", "image/jpeg", "image/gif", "image/webp")
        headers = {} if shown else {"Content-Disposition": "attachment"}
        return web.Response(body=body, content_type=file.mimetype, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        return await self._streams.serve(request, self._me(request).id)

    def _posted(self, act: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            if request.content_type != "application/json":
                return web.json_response({"ok": False, "error": "json_expected"}, status=415)
            try:
                body = json.loads(await request.read())
                return web.json_response(await act(self._person(body.get("as")), body))
            except json.JSONDecodeError:
                return web.json_response({"ok": False, "error": "invalid_json"}, status=400)
            except (KeyError, ValueError, TypeError, AttributeError):
                return web.json_response({"ok": False, "error": "invalid_arguments"}, status=400)
            except NotPossible as refused:
                return web.json_response({"ok": False, "error": str(refused)})

        return handle

    def _me(self, request: web.Request) -> User:
        return self._person(request.query.get("as") or request.cookies.get("persona"))

    def _person(self, name: str | None) -> User:
        if not name:
            return next(iter(self._ws.users.values()))
        try:
            user = self._ws.person(str(name))
        except LookupError as unknown:
            raise web.HTTPNotFound(text=str(unknown)) from unknown
        if user.is_bot:
            raise web.HTTPNotFound(text="nobody can act as the app")
        return user

    def _shown(self, view: View) -> Json:
        shown = shown_view(self._ws, view)
        return shown | {"blocks": with_pictures(self._ws, shown["blocks"])}


def _file_answer(path: Path) -> web.StreamResponse:
    if not path.is_file():
        return web.Response(status=404, text="not there")
    return web.FileResponse(path)
