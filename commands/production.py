"""Which version runs in production: the newest release, else what a person confirmed once (spec 2.3)."""

from __future__ import annotations

from commands.record import record
from domain.events import ProductionConfirmed
from domain.people import Origin
from domain.project import ConfirmedProduction, Project
from domain.refusals import AlreadySo, Refused, Unreadable
from domain.release import Release
from domain.scope import RepositoryFacts
from domain.versions import Version, VersionError, tag_name, versions_of
from storage import projects, releases
from storage.db import Tx


def running(tx: Tx, key: str) -> Version | None:
    """What is known to run: a recorded release, else what was confirmed; never a mere tag."""
    if recorded := releases.in_production(tx, key):
        return recorded.version
    confirmed = projects.production(tx, key)
    return confirmed.version if confirmed else None


def to_confirm(tx: Tx, key: str, facts: RepositoryFacts | None) -> Version | None:
    """The highest tag on main, while no release is recorded and nobody has said what runs."""
    if facts is None or not facts.production:
        return None
    if releases.in_production(tx, key) or projects.production(tx, key):
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
