"""Declare a rollback: from here on the war room leads, step by step, without further commands (spec 6.2)."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.checklists.lists import OF_ROLLBACK, in_room, keep_missing
from commands.context import Case
from commands.criteria import declared
from commands.readiness import readiness_of, targets_of
from commands.record import send
from commands.requests import DeclareRollback
from commands.rollback import leads, snapshot, stage, turns
from commands.rollback.by_deployer import go_on
from commands.rollback.calling import asking, called, with_people
from commands.rollback.case import RoomCase
from commands.rollback.keep import invite, keep, make, name_topic
from commands.rollback.notices import notified
from commands.rollback.open import opened
from commands.rollback.sides import planned
from commands.rollout import begin, opposite
from domain.errands import NotCommander, RollbackNotice, ToPerson
from domain.events import Event, LockSet, RollbackDeclared, SeatTakenBy, StepMoved
from domain.people import Origin, Role
from domain.readiness import migration_known
from domain.refusals import AlreadySo, Refused, TextMissing, TooLong, Unreadable
from domain.release import Release
from domain.rollback import Room, RoomState, Step, StepKey, StepState
from domain.rollback.moves import Move
from domain.rollback.plan import OWNERS, begun
from domain.rollback.seat import seated
from domain.rollback.snapshot import Taken
from domain.rollback.targets import chosen
from domain.types import Action, Stage
from domain.views import Happened
from storage import rooms
from storage.db import Tx

LONGEST = 2000


def declare_rollback(tx: Tx, request: DeclareRollback, origin: Origin) -> Happened:
    """Declare a rollback of what is in production, or on its way there. Raises Refused."""
    case = context.case(tx, request.release)
    _check_first(tx, case)
    now = context.situation(tx, case, origin)
    moved = stage.taken(case, Action.DECLARE_ROLLBACK, now)
    _check_words(request)
    target = _target(tx, case, request)
    lead = leads.leading(tx, case, request, origin)
    found = lead.found
    snapshot.take(tx, found.room, case, Taken.DECLARED)
    steps = planned(tx, case, request, target)
    room = replace(_declared(found, case, request, steps, origin), target=target)
    keep_missing(tx, room.id, in_room(tx, case.project, room, OF_ROLLBACK).values())
    event = RollbackDeclared(
        room=room.id,
        release=case.release.id,
        version=case.version,
        target=target,
        criteria=tuple(request.criteria),
        evidence=room.evidence,
        migration=request.migration,
        went=opposite.unseen(case, request, origin),
        overlooked=_overlooked(tx, case, request),
    )
    locked_event = LockSet(release=case.release.id, version=case.version, reason=room.evidence)
    audited: list[Event] = [event, locked_event]
    moved, inside = replace(moved, room=room.id), found.asked_inside(origin) and event.went is None
    saved = stage.write(tx, case, moved, Action.DECLARE_ROLLBACK, origin, audited, answered=inside)
    begin.follow(tx, case, saved, Action.DECLARE_ROLLBACK, origin)
    opposite.follow(tx, case, Action.DECLARE_ROLLBACK, origin, room.evidence)
    stage.set_lock(tx, case, room.evidence, origin)
    after = replace(found, case=replace(case, release=saved))
    timeline = [*([opened(room)] if lead.new else []), *audited, *_begins(room)]
    called_in = _call(tx, after, room, origin, timeline, audited)
    _tell(tx, case, saved, room, origin)
    _tell_informer(tx, after, room, origin)
    _tell_commander(tx, case, room, event, origin)
    _tell_seat_empty(tx, after, room, request.commander, origin)
    go_on(tx, after, found.room, origin)
    declared.settle(tx, saved.id, origin.actor.user, case.at)
    leads.settle(tx, lead, called_in, origin)
    snapshot.attach_charts(tx, called_in)
    return Happened(event)


def _check_first(tx: Tx, case: Case) -> None:
    """The slower of two people learns who declared it."""
    if case.release.stage is Stage.ROLLING_BACK:
        room = rooms.get(tx, case.release.room)
        raise Refused(AlreadySo("rollback", room.declared_by if room else ""))


def _check_words(request: DeclareRollback) -> None:
    if not request.criteria:
        raise Refused(TextMissing("criteria"))
    if not request.evidence.strip():
        raise Refused(TextMissing("evidence"))
    if len(request.evidence) > LONGEST:
        raise Refused(TooLong("evidence", LONGEST))


def _target(tx: Tx, case: Case, request: DeclareRollback) -> str:
    """The chosen target, or the previous good version; empty when there is none. Raises Refused."""
    possible = targets_of(tx, case.release)
    if not request.target.strip():
        return possible[0] if possible else ""
    target = chosen(request.target, possible)
    if target is None:
        raise Refused(Unreadable("version", request.target, possible[0] if possible else ""))
    return target


def _overlooked(tx: Tx, case: Case, request: DeclareRollback) -> bool:
    """Whether the answer was no where a migration is known."""
    ready = readiness_of(tx, case.project, case.release, case.at)
    return not request.migration and migration_known(case.release, ready)


def _declared(
    found: RoomCase, case: Case, request: DeclareRollback, steps: tuple[Step, ...], origin: Origin
) -> Room:
    """The room with the rollback in it: commander seated, steps planned, the notice running."""
    room, at = found.room, found.at
    if not room.commander and request.commander in found.roster.holders(Role.INCIDENT_COMMANDER):
        room = seated(room, request.commander, at)
    owner = room.commander or origin.actor.user
    return replace(
        room,
        state=RoomState.ROLLING_BACK,
        release=request.release,
        version=case.version,
        declared_at=at,
        declared_by=origin.actor.user,
        stood_down_at=None,
        criteria=tuple(request.criteria),
        evidence=request.evidence.strip(),
        migration=request.migration,
        database_first=request.migration and request.database_first,
        outage=request.outage,
        steps=begun(steps, owner, at, outage=request.outage, informer=_informer(found)),
    )


def _informer(found: RoomCase) -> str:
    """Who tells users that the service stops: the first of the roles that usually do; empty for nobody."""
    holders = (sorted(found.roster.holders(role)) for role in OWNERS[StepKey.OUTAGE_NOTICE])
    return next((people[0] for people in holders if people), "")


def _begins(room: Room) -> list[Event]:
    notice = room.steps[0]
    began: list[Event] = [
        StepMoved(room=room.id, step=StepKey.NOTICE, state=Move.STARTED, owner=notice.owner)
    ]
    outage = room.step(StepKey.OUTAGE_NOTICE)
    if outage is not None and room.outage is not None:
        began.append(_outage_moved(room, outage))
    if room.seats and room.seats[-1].since == room.declared_at and room.commander:
        began.append(SeatTakenBy(room=room.id, user=room.commander))
    return began


def _outage_moved(room: Room, step: Step) -> StepMoved:
    if step.state is StepState.SKIPPED:
        return StepMoved(room=room.id, step=step.key, state=Move.SKIPPED, no_outage=True)
    return StepMoved(room=room.id, step=step.key, state=Move.STARTED, owner=step.owner)


def _call(
    tx: Tx, found: RoomCase, room: Room, origin: Origin, timeline: list[Event], audited: list[Event]
) -> Room:
    """Call the people: into a new channel as soon as it is made, into the present one at once."""
    outage = room.step(StepKey.OUTAGE_NOTICE)
    informer = outage.owner if outage else ""
    people = called(found.roster, origin.actor.user, room.commander, informer)
    room, new = with_people(room, people)
    saved = keep(tx, found, asking(room, found.at), origin, timeline, audited=audited)
    if saved.channel:
        invite(tx, saved, new)
        name_topic(tx, saved)
        snapshot.attach(tx, saved)
    else:
        make(tx, saved)
    return saved


def _tell_informer(tx: Tx, found: RoomCase, room: Room, origin: Origin) -> None:
    """Who is to tell users of the outage learns it like everybody who is given a step."""
    outage = room.step(StepKey.OUTAGE_NOTICE)
    if room.outage and outage is not None:
        turns.tell_given(tx, found, room, _outage_moved(room, outage), origin)


def _tell_commander(tx: Tx, case: Case, room: Room, event: RollbackDeclared, origin: Origin) -> None:
    """What Naru declares by itself may find asleep who commands in the room since another day."""
    if origin.actor.is_bot and room.commander:
        send(tx, case.project, origin, [(ToPerson(room.commander), event)])


def _tell_seat_empty(tx: Tx, found: RoomCase, room: Room, named: str, origin: Origin) -> None:
    """The declaration does not wait for it: who named somebody who does not command is told so."""
    if named in {"", room.commander}:
        return
    holders = tuple(sorted(found.roster.holders(Role.INCIDENT_COMMANDER)))
    said = NotCommander(room=room.id, named=named, commander=room.commander, who=holders)
    send(tx, found.project, origin, [(ToPerson(origin.actor.user), said)])


def _tell(tx: Tx, case: Case, release: Release, room: Room, origin: Origin) -> None:
    said = RollbackNotice(
        room=room.id, release=release.id, version=str(release.version), target=room.target, done=False
    )
    send(tx, case.project, origin, notified(tx, case, said))
