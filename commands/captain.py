"""Who leads a release: by the rotation at its start, from then on by hand-over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from commands import context
from commands.change import save
from commands.context import Case
from commands.record import record, send
from commands.requests import HandOver
from domain.calendar.zones import local_day
from domain.errands import ToPerson
from domain.events import CaptainNamed
from domain.lifecycle import with_commander
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import AlreadySo, NotAllowed, Refused, TooLate, Unreadable
from domain.types import ENDED
from domain.views import Happened
from storage import people
from storage.db import Tx


def on_duty(tx: Tx, project: Project, at: datetime) -> str:
    """Whose turn it is then; empty without a rotation, or while that person does not count."""
    user = project.policy.captains.on_duty(local_day(at, ZoneInfo(project.policy.zone)))
    person = people.get(tx, user) if user else None
    return user if person and person.counts else ""


def tell(tx: Tx, origin: Origin, found: Case) -> None:
    """At the start: whom the rotation made captain is told, where it is not who starts it."""
    release = found.release
    if release.captain == release.started_by:
        return
    event = CaptainNamed(release=release.id, version=found.version, captain=release.captain)
    record(tx, origin, found.project, [event], release=release, answered=True)
    send(tx, found.project, origin, [(ToPerson(release.captain), event)])


def hand_over(tx: Tx, request: HandOver, origin: Origin) -> Happened:
    """Another person leads the release from now on, and is told so. Raises Refused."""
    found = context.case(tx, request.release)
    release, to = found.release, request.to
    may_hand_over(found, origin)
    person = people.get(tx, to)
    if person is None or not person.counts:
        raise Refused(Unreadable("person", to))
    if to == release.captain:
        raise Refused(AlreadySo("captain", to))
    event = CaptainNamed(release=release.id, version=found.version, captain=to, former=release.captain)
    save(tx, found, replace(release, captain=to), origin, [event])
    if to != origin.actor.user:
        send(tx, found.project, origin, [(ToPerson(to), event)])
    return Happened(event)


def may_hand_over(found: Case, origin: Origin) -> None:
    """Whether this person may say who leads it now, whoever that be. Raises Refused."""
    release = found.release
    may = with_commander(release, (Role.RELEASE_MANAGER,))
    if origin.actor.user != release.captain and not found.roster.roles_of(origin.actor.user) & set(may):
        who = found.roster.anyone(may) | {release.captain} - {""}
        raise Refused(NotAllowed("captain", may, tuple(sorted(who))))
    if release.stage in ENDED:
        raise Refused(TooLate(found.version, release.stage))
