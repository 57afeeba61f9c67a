"""Which project and which release people mean: by what they typed, else by where they typed it."""

from __future__ import annotations

from difflib import get_close_matches

from commands import production
from domain.checklists.model import PLAYBOOKS, Phase
from domain.project import Project
from domain.refusals import (
    NoRelease,
    NotInARoom,
    Refused,
    UnknownProject,
    UnknownRelease,
    WhichProject,
    WhichRelease,
)
from domain.release import Release
from domain.rollback import Room, RoomState
from domain.types import BEFORE_DEPLOY, ReleaseType, Stage
from domain.versions import Version, VersionError
from storage import projects, releases, rooms
from storage.db import Tx

_GONE_OUT = frozenset({Stage.DEPLOYING, Stage.VERIFYING, Stage.RELEASED})


def project(tx: Tx, named: str | None, channel: str) -> Project:
    """The named project, else the channel's, else the only one. Raises Refused."""
    known = projects.every(tx)
    if named:
        for found in known:
            if named.lower() in {found.key, found.policy.name.ko.lower(), found.policy.name.en.lower()}:
                return found
        guess = get_close_matches(named.lower(), [p.key for p in known], n=1)
        raise Refused(UnknownProject(named, tuple(p.key for p in known), guess[0] if guess else ""))
    here = [found for found in known if found.channel == channel] or _of_room(tx, known, channel)
    candidates = here or known
    if len(candidates) == 1:
        return candidates[0]
    raise Refused(WhichProject(tuple(p.key for p in candidates)))


def _of_room(tx: Tx, known: list[Project], channel: str) -> list[Project]:
    room = room_of(tx, channel)
    return [found for found in known if room and found.key == room.project]


def room_of(tx: Tx, channel: str) -> Room | None:
    """The war room that this channel is. One that is over is still meant in a channel of its own, until it is
    closed; a project's channel is the project's again.
    """
    room = rooms.of_channel(tx, channel)
    if room is None or room.active:
        return room
    over = room.state is RoomState.CLOSED or bool(projects.of_channel(tx, channel))
    return None if over else room


def room_with_list(
    tx: Tx, phase: Phase, about: Release | None, channel: str, within: str | None = None
) -> Room:
    """The war room that has this list, asked for from outside of it: the release's, else the only one here.
    Raises Refused.
    """
    if about is not None:
        known = [rooms.active_of(tx, about.id), rooms.rolled_back(tx, about.id)]
        found = [room for room in known if room and _may_have(room, phase)][:1]
    else:
        keys = {project(tx, within, channel).key} if within else {p.key for p in projects_near(tx, channel)}
        found = [room for room in rooms.live(tx) if room.project in keys and _may_have(room, phase)]
    if len(found) != 1:
        raise Refused(NotInARoom(tuple(room.channel for room in found if room.channel)))
    return found[0]


def _may_have(room: Room, phase: Phase) -> bool:
    """A rollback's lists belong to declared ones only."""
    return phase in PLAYBOOKS or room.declared_at is not None


def projects_near(tx: Tx, channel: str) -> list[Project]:
    """The channel's projects, else all."""
    return projects.of_channel(tx, channel) or projects.every(tx)


def release(tx: Tx, named: str | None, channel: str, within: str | None = None) -> Release:
    """The named release, else the war room's, else the only one under way here. Raises Refused."""
    room = room_of(tx, channel)
    if not named and room and room.release:
        found = releases.get(tx, room.release)
        if found is not None:
            return found
    candidates = releases.live(tx, project(tx, within, channel).key) if within else _live(tx, channel)
    if named:
        return _named(tx, named, candidates)
    if not candidates:
        raise Refused(NoRelease(""))
    if len(candidates) > 1:
        raise Refused(WhichRelease(tuple(f"v{r.version}" for r in candidates)))
    return candidates[0]


def release_or_none(tx: Tx, named: str | None, channel: str, within: str | None = None) -> Release | None:
    """A war room needs no release: the named one, the only one under way, or none."""
    if named:
        return release(tx, named, channel, within)
    candidates = _live(tx, channel)
    return candidates[0] if len(candidates) == 1 else None


def to_deploy(tx: Tx, named: str | None, channel: str, within: str | None = None) -> Release | None:
    """The named release, else the only one here that is before its deploy, if any. Raises Refused."""
    if named:
        return release(tx, named, channel, within)
    live = releases.live(tx, project(tx, within, channel).key) if within else _live(tx, channel)
    coming = [found for found in live if found.stage in BEFORE_DEPLOY | {Stage.ON_HOLD}]
    if len(coming) > 1:
        raise Refused(WhichRelease(tuple(f"v{r.version}" for r in coming)))
    return coming[0] if coming else None


def to_roll_back(tx: Tx, named: str | None, channel: str, within: str | None = None) -> Release:
    """The named release, the war room's, the one going to production, else the one in production."""
    room = rooms.of_channel(tx, channel)
    if named or (room is not None and room.active):
        return release(tx, named, channel, within)
    going = [r for r in _live(tx, channel) if r.stage in _GONE_OUT]
    if len(going) == 1:
        return going[0]
    if len(going) > 1:
        raise Refused(WhichRelease(tuple(f"v{r.version}" for r in going)))
    found = production.recorded(tx, project(tx, within, channel).key)
    if found is None:
        raise Refused(NoRelease("", out=True))
    return found


def to_report_on(tx: Tx, named: str | None, channel: str, within: str | None = None) -> Release:
    """The same, but what is rolled back comes first: who saw something need not know how far it is."""
    rolling = [r for r in _live(tx, channel) if r.stage is Stage.ROLLING_BACK]
    if not named and rooms.of_channel(tx, channel) is None and len(rolling) == 1:
        return rolling[0]
    return to_roll_back(tx, named, channel, within)


def one_runs(tx: Tx, channel: str) -> bool:
    """Whether `status` without a name can only mean one release."""
    room = room_of(tx, channel)
    return bool(room and room.release) or len(_live(tx, channel)) == 1


def running_type(tx: Tx, key: str) -> ReleaseType:
    """The type that a question without one is about: the only release's, else regular."""
    live = releases.live(tx, key)
    return live[0].type if len(live) == 1 else ReleaseType.REGULAR


def _live(tx: Tx, channel: str) -> list[Release]:
    here = [found.key for found in projects.of_channel(tx, channel)]
    if not here and (room := room_of(tx, channel)):
        here = [room.project]
    if not here:
        return releases.live(tx)
    return [found for key in here for found in releases.live(tx, key)]


def _named(tx: Tx, named: str, candidates: list[Release]) -> Release:
    for found in candidates:
        if named.lower() in {found.id, found.feature.lower()} - {""}:
            return found
    try:
        version = Version.parse(named)
    except VersionError:
        version = None
    if version is not None:
        for found in [r for r in candidates if r.version == version] or _ended(tx, version):
            return found
    known = tuple(f"v{r.version}" for r in candidates)
    guess = get_close_matches(named if named.startswith("v") else f"v{named}", known, n=1)
    raise Refused(UnknownRelease(named, known, guess[0] if guess else ""))


def _ended(tx: Tx, version: Version) -> list[Release]:
    found = (releases.by_version(tx, p.key, version) for p in projects.every(tx))
    return [release for release in found if release is not None]
