"""One request that was let in, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from commands import context, frame
from domain.people import Actor, Origin, Via, machine
from domain.project import Project
from domain.refusals import Refused, UnknownRelease
from domain.release import Release
from domain.tokens import Scope, Token
from domain.versions import Version, VersionError
from domain.views import Happened, SaidNo
from messages.lines import private_line
from messages.texts import Reader
from storage import releases
from storage.db import Tx
from web import models
from web.problems import refused, unmarked
from web.shown import release as shown

JSON = "application/json"
MARKDOWN = "text/markdown"


@dataclass(frozen=True)
class Answer:
    """`location` is where to look next, empty for nowhere."""

    status: int
    body: BaseModel
    location: str = ""


@dataclass(frozen=True, kw_only=True)
class Call:
    """Who asks for what. `query` and `body` are of the endpoint's own models."""

    token: Token
    reader: Reader
    parts: Mapping[str, str]
    base: str
    query: Any = None
    body: Any = None

    @property
    def origin(self) -> Origin:
        """The request key is looked after by the API, not by the verb's frame: it covers the body too."""
        return Origin(Actor("", machine(self.token.name, self.token.id)), Via.API)

    def project(self, tx: Tx) -> Project:
        return context.project_of(tx, self.token.project)

    def release(self, tx: Tx, named: str = "") -> Release:
        """The release of the address, or the one that is named. Raises Refused."""
        text = named or self.parts["version"]
        try:
            version = Version.parse(text)
        except VersionError:
            version = None
        found = releases.by_version(tx, self.token.project, version) if version else None
        if found is None:
            known = tuple(one.tag for one in releases.live(tx, self.token.project))
            raise Refused(UnknownRelease(text, known))
        return found


Handler = Callable[[Tx, Call], Answer]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One row of the API. A token with any of `scopes` may ask it; `refuses` says that rules may say no.

    `media` is what the answer is when it is no problem.
    """

    method: str
    path: str
    summary: str
    scopes: tuple[Scope, ...]
    handler: Handler
    answers: Mapping[int, type[BaseModel]]
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    refuses: tuple[int, ...] = field(default=())
    media: str = JSON

    @property
    def writes(self) -> bool:
        return self.method == "POST"


def act(tx: Tx, call: Call, verb: Callable[[Tx, Any, Origin], Happened], request: Any) -> Answer:
    """Run a verb in its frame: what was recorded, or the refusal in the words of Slack's private answer."""
    outcome = frame.perform(tx, verb, request, call.origin)
    if isinstance(outcome, SaidNo):
        return no(tx, call, Refused(outcome.refusal))
    said = _said(tx, call, outcome)
    after = releases.get(tx, request.release)
    assert after is not None  # noqa: S101 - the verb has just found it
    return Answer(HTTPStatus.OK, models.Recorded(said=said, release=shown(call.reader, after)))


def note(tx: Tx, call: Call, verb: Callable[[Tx, Any, Origin], Happened], request: Any) -> Answer:
    """The same for what concerns no one release."""
    outcome = frame.perform(tx, verb, request, call.origin)
    if isinstance(outcome, SaidNo):
        return no(tx, call, Refused(outcome.refusal))
    return Answer(HTTPStatus.OK, models.Noted(said=_said(tx, call, outcome)))


def _said(tx: Tx, call: Call, outcome: Happened) -> str:
    return unmarked(tx, private_line(call.reader, outcome.event))


def no(tx: Tx, call: Call, why: Refused) -> Answer:
    told = refused(tx, call.reader, why.refusal)
    return Answer(told.status, told)
