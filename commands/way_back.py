"""Give the ways back of a release's migrations, so that it can be approved (spec 6.4)."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.change import save
from commands.context import Case
from commands.readiness import readiness_of
from commands.requests import GivenWay, GiveWaysBack
from domain.events import WaysBackGiven
from domain.lifecycle import with_commander
from domain.people import Origin
from domain.readiness import may_prepare
from domain.refusals import NoMigration, Outdated, Refused, TextMissing, TooLate, TooLong
from domain.views import Happened
from domain.ways_back import WHO_GIVES, MigrationWay, WayBack, WayKind, with_ways
from storage.db import Tx

LONGEST = 1000


def give(tx: Tx, request: GiveWaysBack, origin: Origin) -> Happened:
    """Record the way back of some of the migrations. Raises Refused."""
    found = context.case(tx, request.release)
    may_give(found, origin)
    release = found.release
    if request.from_rc is not None and request.from_rc != release.rc:
        raise Refused(Outdated(found.version, request.from_rc, release.rc))
    if not request.ways:
        raise Refused(TextMissing("way_back"))
    needed = readiness_of(tx, found.project, release, found.at).ways
    ways = tuple(_way(found, one, needed, origin) for one in request.ways)
    after = replace(release, ways_back=with_ways(release.ways_back, ways))
    left = readiness_of(tx, found.project, after, found.at)
    event = WaysBackGiven(
        release=release.id,
        version=found.version,
        candidate=release.rc,
        ways=ways,
        left=len(left.ways) - left.given,
    )
    save(tx, found, after, origin, [event])
    return Happened(event)


def may_give(found: Case, origin: Origin) -> None:
    """Whether this person may give a way back now. Raises Refused."""
    context.require(found.roster, origin, "way_back", *with_commander(found.release, WHO_GIVES))
    if not may_prepare(found.release):
        raise Refused(TooLate(found.version, found.release.stage))


def _way(found: Case, given: GivenWay, needed: tuple[MigrationWay, ...], origin: Origin) -> WayBack:
    """It is about a migration of this candidate; what is not said of it stays as it was."""
    if given.kind is not None:
        _complete(given.kind, given)
    meant = _meant(found, given, needed)
    known = meant.way
    if given.kind is None and known is None:
        raise Refused(TextMissing("way_back"))
    way = WayBack(
        path=meant.path,
        kind=given.kind or WayKind.STATED,
        by=origin.actor.user,
        at=found.at,
        candidate=found.release.rc,
        text=given.text.strip(),
        alternative=given.alternative if given.kind is WayKind.IMPOSSIBLE else None,
        old_runs=known.old_runs if known and given.old_runs is None else given.old_runs,
    )
    if given.kind is None and known is not None:
        return replace(way, kind=known.kind, text=known.text, alternative=known.alternative)
    return way


def _complete(kind: WayKind, given: GivenWay) -> None:
    """Whether all is there that must be said of the kind. Raises Refused."""
    text = given.text.strip()
    if kind is WayKind.IMPOSSIBLE and given.alternative is None:
        raise Refused(TextMissing("alternative"))
    if kind is not WayKind.IMPOSSIBLE and not text:
        raise Refused(TextMissing("way_back"))
    if len(text) > LONGEST:
        raise Refused(TooLong("way_back", LONGEST))


def _meant(found: Case, given: GivenWay, needed: tuple[MigrationWay, ...]) -> MigrationWay:
    """By path, by the end of one, or by key; without a name the only one that lacks a way back."""
    named = given.migration
    lacking = [one for one in needed if one.way is None] or list(needed)
    if not named and len(lacking) == 1:
        return lacking[0]
    exact = [one for one in needed if named and named in {one.path, one.key}]
    close = exact or [one for one in needed if named and one.path.endswith(f"/{named}")]
    if len(close) == 1:
        return close[0]
    raise Refused(NoMigration(found.version, named, tuple(one.path for one in lacking)))
