"""The post-mortem outside of Slack: as a page behind a signed address, as a file, and over the API."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus

import structlog
from aiohttp import web

from commands.postmortem.page import room_of
from commands.postmortem.page import written as view_of
from domain.refusals import Refused
from domain.views import RoomView
from messages.postmortem.document import document
from messages.postmortem.page import NoPage
from messages.postmortem.page import sorry as words
from messages.texts import Reader
from messages.warroom.snapshot import Document
from storage import people
from storage.db import Database, NotAnswering, Tx, answering
from web import models, pages
from web.calls import Answer, Call
from web.links import POSTMORTEMS, Link, Links
from web.reading import reader_of

log = structlog.get_logger()
DEADLINE_S = 10.0
_STATUS = {
    NoPage.FORGED: HTTPStatus.NOT_FOUND,
    NoPage.GONE: HTTPStatus.NOT_FOUND,
    NoPage.EXPIRED: HTTPStatus.GONE,
    NoPage.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    NoPage.BUG: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Pages:
    """Serves `/postmortems/<token>`. The token is written to no log."""

    def __init__(
        self, db: Database, links: Links, boundary: Callable[..., AbstractAsyncContextManager[None]]
    ) -> None:
        self._db = db
        self._links = links
        self._boundary = boundary

    def register(self, app: web.Application) -> None:
        app.router.add_get(POSTMORTEMS + "/{token}", self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        told: list[web.Response] = []

        async def bug(reference: str) -> None:
            told.append(_sorry(reader_of(request), NoPage.BUG, reference))

        async with self._boundary(bug, kind="page"):
            told.append(await self._answered(request))
        return told[0]

    async def _answered(self, request: web.Request) -> web.Response:
        link = self._links.read(request.match_info["token"])
        if link is None:
            return _sorry(reader_of(request), NoPage.FORGED)
        reader = Reader(link.language, "UTC", "UTC")
        try:
            async with asyncio.timeout(DEADLINE_S):
                with answering():
                    found = await self._db.read(_page, self._links, link)
        except (TimeoutError, NotAnswering) as why:
            log.warning("database does not answer", why=str(why))
            return _sorry(reader, NoPage.UNAVAILABLE)
        return _sorry(reader, found) if isinstance(found, NoPage) else pages.answer(found)


def _sorry(reader: Reader, why: NoPage, reference: str = "") -> web.Response:
    return pages.answer(pages.sorry(reader, words(reader, why, reference)), _STATUS[why])


def _page(tx: Tx, links: Links, link: Link) -> str | NoPage:
    if link.expired(tx.wall()):
        return NoPage.EXPIRED
    try:
        view = view_of(tx, link.room)
    except Refused:
        return NoPage.GONE
    other = Link(link.room, "en" if link.language == "ko" else "ko", link.until)
    return pages.postmortem(_reader(view, link.language), view, _names(tx), links.sign(other))


def as_file(tx: Tx, room: str, language: str) -> Document:
    """In its own language, whatever the channel's is, and in the project's time. Raises Refused."""
    view = view_of(tx, room)
    return document(_reader(view, language), view, _names(tx))


def postmortem(tx: Tx, call: Call) -> Answer:
    """The Markdown of a release's rollback. Raises Refused."""
    query: models.PostmortemQuery = call.query
    room = room_of(tx, call.release(tx).id)
    found = as_file(tx, room, query.lang or call.reader.language)
    return Answer(HTTPStatus.OK, models.Markdown(found.text))


def _reader(view: RoomView, language: str) -> Reader:
    zone = view.project.zone
    return Reader(language, zone, project_zone=zone)


def _names(tx: Tx) -> Callable[[str], str]:
    def name(user: str) -> str:
        person = people.get(tx, user)
        return person.name if person else user

    return name
