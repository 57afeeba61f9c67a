"""Which version runs in production: the newest release, else what a person confirmed once (spec 2.3)."""

from __future__ import annotations

from commands.record import record
from domain.events import ProductionConfirmed
from domain.people import Origin
from domain.project import ConfirmedProduction, Project
from domain.refusals import AlreadySo, Refused, Unreadable
from domain.release import Release
from domain.scope import RepositoryFacts
from domain.types import Stage
from domain.versions import Version, VersionError, tag_name, versions_of
from storage import projects, releases, rooms
from storage.db import Tx

_STAYED = frozenset({Stage.RELEASED, Stage.CLOSED})


def running(tx: Tx, key: str) -> Version | None:
    """What is known to run: a recorded release, what a rollback went back to, else what was confirmed."""
    if last := _last(tx, key):
        return last[0]
    confirmed = projects.production(tx, key)
    return confirmed.version if confirmed else None


def recorded(tx: Tx, key: str) -> Release | None:
    """The release that runs, where it was recorded."""
    last = _last(tx, key)
    return last[1] if last else None


def before(tx: Tx, release: Release) -> Version | None:
    """What ran until this release went out: what stands on the other side of its rollout."""
    if earlier := rooms.good_before(tx, release):
        return earlier[0]
    try:
        return Version.parse(release.previous_version)
    except VersionError:
        return None


def _last(tx: Tx, key: str) -> tuple[Version, Release | None] | None:
    """The newest release that stayed, unless a rollback has gone to a version since: then that one."""
    newest = releases.in_production(tx, key)
    since, version = next(iter(rooms.ways_back(tx, key)), (None, None))
    if since and version and (newest is None or (newest.deployed_at or newest.stage_since) < since):
        found = releases.by_version(tx, key, version)
        return version, found if found and found.stage in _STAYED else None
    return (newest.version, newest) if newest else None


def to_confirm(tx: Tx, key: str, facts: RepositoryFacts | None) -> Version | None:
    """The highest tag on main, while no release is recorded and nobody has said what runs."""
    if facts is None or not facts.production:
        return None
    if _last(tx, key) or projects.production(tx, key):
        return None
    return Version.parse(facts.production)


def chosen(text: str, facts: RepositoryFacts) -> Version | None:
    """The version that somebody confirms, None for "nothing yet". Raises Refused for one without a tag."""
    if not text:
        return None
    try:
        version = Version.parse(text)
    except VersionError as error:
        raise Refused(Unreadable("version", text)) from error
    if version not in versions_of(facts.tags):
        raise Refused(Unreadable("version", text, guess=facts.production))
    return version


def check_same(tx: Tx, key: str, text: str) -> None:
    """Somebody else was quicker: the same answer is none too many, another one is said. Raises Refused."""
    confirmed = projects.production(tx, key)
    if confirmed and text.removeprefix("v") != str(confirmed.version or ""):
        raise Refused(AlreadySo("production", confirmed.by))


def confirm(
    tx: Tx, origin: Origin, project: Project, release: Release, version: Version | None, found: Version
) -> None:
    """Record who said what; it is never asked again. The thread of the first release tells it."""
    projects.confirm_production(
        tx, project.key, ConfirmedProduction(version, origin.actor.user, release.created_at)
    )
    event = ProductionConfirmed(version=str(version or ""), found=tag_name(found))
    record(tx, origin, project, [event], release=release, answered=True)
