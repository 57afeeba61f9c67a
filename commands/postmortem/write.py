"""Write the sections of a post-mortem, and link the release that brings the change out again."""

from __future__ import annotations

from dataclasses import replace

from commands.postmortem.case import kept, of_room
from commands.record import send
from commands.requests import LinkRedeploy, WritePostmortem
from domain.errands import InThread
from domain.events import PostmortemWritten, RedeployLinked
from domain.people import Origin
from domain.postmortem.moves import changed, written
from domain.refusals import AlreadySo, Gone, Refused
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
    """Of the same project, and not the release that was rolled back. Raises Refused."""
    found = of_room(tx, request.room, origin)
    release = releases.get(tx, request.release)
    if release is None or release.project != found.project.key or release.id == found.room.release:
        raise Refused(Gone("release"))
    if found.room.redeploy == release.id:
        raise Refused(AlreadySo("redeploy"))
    event = RedeployLinked(
        room=found.room.id,
        version=found.room.version,
        release=release.id,
        by_version=str(release.version),
    )
    kept(tx, found, replace(found.room, redeploy=release.id), origin, event)
    send(tx, found.project, origin, [(InThread(release.id), event)])
    return Happened(event)
