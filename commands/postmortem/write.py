"""Write the sections of a post-mortem, and link the release that brings the change out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from commands.postmortem.case import kept, of_room
from commands.record import send
from commands.requests import LinkRedeploy, WritePostmortem
from commands.rollback.case import RoomCase
from domain.calendar.zones import local_day
from domain.errands import InThread
from domain.events import PostmortemWritten, RedeployLinked
from domain.people import Origin
from domain.postmortem.moves import changed, written
from domain.refusals import AlreadySo, Gone, InThePast, Refused, TextMissing
from domain.release import Release
from domain.views import Happened
from storage import releases
from storage.db import Tx


def write(tx: Tx, request: WritePostmortem, origin: Origin) -> Happened:
    """Raises Refused, also when nothing reads otherwise than before."""
    found = of_room(tx, request.room, origin)
    after = written(found.room, dict(request.texts), by=origin.actor.user, at=found.at)
    sections = changed(found.room, after)
    if not sections:
        raise Refused(AlreadySo("postmortem_text"))
    event = PostmortemWritten(room=after.id, version=after.version, sections=sections)
    kept(tx, found, after, origin, event)
    return Happened(event)


def link_redeploy(tx: Tx, request: LinkRedeploy, origin: Origin) -> Happened:
    """Which release, and when: also once the post-mortem is closed. Raises Refused."""
    found = of_room(tx, request.room, origin)
    release = _release(tx, found, request.release) if request.release else None
    _check_day(found, request.on)
    after = replace(
        found.room,
        redeploy=release.id if release else found.room.redeploy,
        redeploy_on=request.on or found.room.redeploy_on,
    )
    if after == found.room:
        raise Refused(AlreadySo("redeploy") if release or request.on else TextMissing("redeploy"))
    event = RedeployLinked(
        room=after.id,
        version=after.version,
        release=release.id if release else "",
        by_version=str(release.version) if release else "",
        on=request.on,
    )
    kept(tx, found, after, origin, event)
    if release is not None:
        send(tx, found.project, origin, [(InThread(release.id), event)])
    return Happened(event)


def _release(tx: Tx, found: RoomCase, id_: str) -> Release:
    """Of the same project, and not the release that was rolled back. Raises Refused."""
    release = releases.get(tx, id_)
    if release is None or release.project != found.project.key or release.id == found.room.release:
        raise Refused(Gone("release"))
    return release


def _check_day(found: RoomCase, on: date | None) -> None:
    """Raises Refused for one that is over."""
    if on is not None and on < local_day(found.at, ZoneInfo(found.project.policy.zone)):
        raise Refused(InThePast(on))
