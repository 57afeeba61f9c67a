"""The frame that every verb runs in: one transaction, one request key, one answer, and its audit row.

A verb decides first and writes after; when it refuses, whatever it wrote is taken back, the refusal is
recorded, and it becomes the answer. A request that comes again finds its first answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from commands.requests import Misunderstood
from domain.events import Denied
from domain.people import Origin
from domain.refusals import Refused
from domain.views import Happened, Outcome, SaidNo
from storage import audit, inbox, projects, releases, rooms
from storage.codec import Codec
from storage.db import Tx

R = TypeVar("R")
Verb = Callable[[Tx, R, Origin], Happened]
_ANSWERS: Codec[Outcome] = Codec(Outcome)


def perform(tx: Tx, verb: Verb[R], request: R, origin: Origin) -> Outcome:
    """Run one verb for one request."""
    if origin.key and (answer := inbox.find(tx, origin.key)) is not None:
        return _ANSWERS.load(answer)
    try:
        outcome: Outcome = verb(tx, request, origin)
    except Refused as no:
        tx.undo()
        concerned = _project(tx, request)
        outcome = SaidNo(no.refusal, _zone(tx, concerned))
        audit.append(tx, origin, concerned, [_denied(request, no)])
    if origin.key:
        inbox.claim(tx, origin.key, _ANSWERS.dump(outcome))
    return outcome


def misunderstood(_tx: Tx, request: Misunderstood, _origin: Origin) -> Happened:
    """What could not be read at the edge is refused here, so that it is recorded like any other no."""
    raise Refused(request.refusal)


def _denied(request: object, no: Refused) -> Denied:
    return Denied(request=type(request).__name__, refusal=no.refusal, release=_text(request, "release"))


def _project(tx: Tx, request: object) -> str:
    """Whose audit a refusal belongs to: the project that was named, else the release's or the room's."""
    if named := _text(request, "project"):
        return named
    release = releases.get(tx, _text(request, "release"))
    room = rooms.get(tx, _text(request, "room"))
    return release.project if release else room.project if room else ""


def zone_of(tx: Tx, named: object) -> str:
    """The zone of the project that a form's target names, by itself, its release or its room; else empty."""
    return _zone(tx, _project(tx, named))


def _zone(tx: Tx, project: str) -> str:
    found = projects.get(tx, project) if project else None
    return found.policy.zone if found else ""


def _text(request: Any, field: str) -> str:
    value = getattr(request, field, "")
    return value if isinstance(value, str) else ""
