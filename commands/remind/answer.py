"""A person answers a reminder: seen, later, or reminded after all. The process goes on for everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from commands import context
from commands.record import lane, lane_of, record, send, tell
from commands.remind.still import said_now
from commands.requests import AcknowledgeReminder, ResumeReminder, SnoozeReminder
from domain.errands import InRoom, InThread, Place, ToPerson
from domain.events import ReminderResumed, ReminderSeen, ReminderSnoozed
from domain.people import Origin
from domain.project import Project
from domain.refusals import Gone, Refused
from domain.reminders import Answer, Later, Reminder
from domain.reminders import answers as deciding
from domain.views import Happened
from storage import answers, outbox, people, rooms
from storage import reminders as stored
from storage.db import Tx


@dataclass(frozen=True)
class _Asked:
    """A reminder that concerns who answers it. `release` (with `version`) or `room` is what it is about."""

    project: Project
    reminder: Reminder
    user: str
    release: str
    version: str
    room: str

    @property
    def about(self) -> dict[str, str]:
        found = {"project": self.project.key, "reminder": self.reminder.key, "kind": self.reminder.kind}
        return found | {"release": self.release, "version": self.version, "room": self.room}

    def before(self, tx: Tx) -> Answer | None:
        return answers.of_matter(tx, self.project.key, self.reminder).get(self.user)


def acknowledge(tx: Tx, request: AcknowledgeReminder, origin: Origin) -> Happened:
    """They are not reminded of it any more; thread or room is told once. Raises Refused."""
    asked = _asked(tx, request.project, request.reminder, origin, lock=True)
    answer = deciding.seen(asked.before(tx), tx.now())
    answers.put(tx, asked.project.key, asked.reminder, asked.user, answer)
    event = ReminderSeen(**asked.about)  # type: ignore[arg-type]  # names and types are the event's own
    _answered(tx, origin, asked, event)
    if place := _place(tx, asked):
        told = tell(tx, origin, asked.project.key, place, event)
        once = f"seen:{asked.project.key}:{asked.reminder.matter}:{asked.user}"
        outbox.add(tx, [lane(lane_of(place, asked.project), once, told)])
    return Happened(event)


def snooze(tx: Tx, request: SnoozeReminder, origin: Origin) -> Happened:
    """They are reminded again then, if it still holds; an earlier answer is replaced. Raises Refused."""
    asked = _asked(tx, request.project, request.reminder, origin, lock=True)
    person = people.get(tx, asked.user)
    zone = ZoneInfo(person.zone if person else asked.project.policy.zone)
    until = deciding.until(request.later, tx.now(), context.rules_of(tx, asked.project), zone)
    answers.put(tx, asked.project.key, asked.reminder, asked.user, Answer(at=tx.now(), until=until))
    stored.add(tx, asked.project.key, [deciding.snoozed(asked.reminder, asked.user, until)])
    event = ReminderSnoozed(**asked.about, until=until)  # type: ignore[arg-type]  # as above
    _answered(tx, origin, asked, event)
    return Happened(event)


def resume(tx: Tx, request: ResumeReminder, origin: Origin) -> Happened:
    """Their answer is taken back: they are reminded whenever the others are. Raises Refused."""
    asked = _asked(tx, request.project, request.reminder, origin, lock=True)
    deciding.taken_back(asked.before(tx), tx.now())
    answers.remove(tx, asked.project.key, asked.reminder, asked.user)
    event = ReminderResumed(**asked.about)  # type: ignore[arg-type]  # as above
    _answered(tx, origin, asked, event)
    return Happened(event)


def choices(tx: Tx, project: str, zone: ZoneInfo) -> dict[Later, datetime]:
    """When each would be."""
    rules = context.rules_of(tx, context.project_of(tx, project))
    return {later: deciding.until(later, tx.now(), rules, zone) for later in Later}


def may_answer(tx: Tx, project: str, reminder: str, origin: Origin) -> None:
    """Whether there is something to answer for this person. Raises Refused."""
    _asked(tx, project, reminder, origin)


def _asked(tx: Tx, project: str, key: str, origin: Origin, *, lock: bool = False) -> _Asked:
    """Raises Refused(Gone): there is no such reminder, it is settled, or it goes to others by now."""
    found = context.project_of(tx, project)
    reminder = stored.get(tx, found.key, key, lock=lock)
    if reminder is None:
        raise Refused(Gone("reminder"))
    told = said_now(tx, found, reminder)
    if not told:
        raise Refused(Gone("reminder_settled"))
    user = origin.actor.user
    mine = next((said for place, said in told if place == ToPerson(user)), None)
    if mine is None:
        raise Refused(Gone("reminder_others"))
    of = {name: str(getattr(mine, name, "")) for name in ("release", "version", "room")}
    return _Asked(found, reminder, user, **of)


def _answered(
    tx: Tx, origin: Origin, asked: _Asked, event: ReminderSeen | ReminderSnoozed | ReminderResumed
) -> None:
    """Told in the person's DM, where it stays: the answer can be taken back there."""
    record(tx, origin, asked.project, [event], answered=True)
    send(tx, asked.project, origin, [(ToPerson(asked.user), event)])


def _place(tx: Tx, asked: _Asked) -> Place | None:
    """The release's thread; of a war room the room, once it has a channel."""
    if asked.release:
        return InThread(asked.release)
    room = rooms.get(tx, asked.room)
    return InRoom(asked.room) if room and room.channel else None
