"""What every change leaves behind, in its own transaction: audit rows and the messages that must go out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.errands import (
    Errand,
    InChannel,
    InThread,
    Place,
    Privately,
    Said,
    Show,
    ShowCopies,
    Surface,
    SurfaceKind,
    Tell,
    ToPerson,
)
from domain.events import Event
from domain.people import Origin, Via
from domain.project import Project
from domain.release import Release
from domain.reminders import PERSONAL
from storage import audit, outbox
from storage.db import Tx
from storage.ids import new_id
from storage.outbox import Waiting

_ANSWERED_LATER = frozenset({Via.BUTTON, Via.MODAL})


def approval_subject(release: Release) -> str:
    """Each candidate has its own approval request: an older one loses its buttons and stays readable."""
    return f"{release.id}/{release.rc}"


def record(
    tx: Tx,
    origin: Origin,
    project: Project,
    events: Sequence[Event],
    *,
    release: Release | None = None,
    answered: bool = False,
) -> None:
    """Audit the events; of a release, also tell its thread and refresh its card; answer who pressed.

    `answered` when another record of the same verb has answered already.
    """
    audit.append(tx, origin, project.key, events)
    stamp = new_id()
    waiting: list[Waiting] = []
    if release is not None:
        waiting += refresh(project, release, stamp)
        waiting += [
            lane(
                project.channel,
                f"{stamp}:thread:{n}",
                tell(tx, origin, project.key, InThread(release.id), event),
            )
            for n, event in enumerate(events)
        ]
    if not answered:
        waiting += _answer(tx, origin, project.key, events[0], stamp)
    outbox.add(tx, waiting)


def record_own(tx: Tx, origin: Origin, event: Event) -> None:
    """Audit what is a person's own affair and no project's, and answer who pressed."""
    audit.append(tx, origin, PERSONAL, [event])
    outbox.add(tx, _answer(tx, origin, PERSONAL, event, new_id()))


def refresh(project: Project, release: Release, stamp: str) -> list[Waiting]:
    """Render again whatever shows this release: its card, its approval request, people's copies."""
    card = Surface(SurfaceKind.CARD, release.id)
    found = [lane(project.channel, f"{stamp}:card", Show(card))]
    if release.approval_asked_at is not None:
        found += request(project, release, stamp)
    if release.close_asked_at is not None:
        found.append(lane(release.id, f"{stamp}:close", ShowCopies(release.id)))
    return found


def request(project: Project, release: Release, stamp: str) -> list[Waiting]:
    """Render the approval request of the release's candidate again, and people's copies of it."""
    subject = approval_subject(release)
    return [
        lane(project.channel, f"{stamp}:approval", Show(Surface(SurfaceKind.APPROVAL, subject))),
        lane(release.id, f"{stamp}:copies", ShowCopies(subject)),
    ]


def _answer(tx: Tx, origin: Origin, project: str, event: Event, stamp: str) -> list[Waiting]:
    """The private line to who pressed; a slash command is answered in its ack instead."""
    if origin.via not in _ANSWERED_LATER or origin.actor.is_bot:
        return []
    place: Place = (
        Privately(origin.channel, origin.actor.user) if origin.channel else ToPerson(origin.actor.user)
    )
    told = tell(tx, origin, project, place, event)
    return [lane(f"private:{origin.actor.user}", f"{stamp}:private", told)]


def tell(tx: Tx, origin: Origin, project: str, to: Place, said: Said) -> Tell:
    """`project` is its key."""
    return Tell(project=project, to=to, said=said, by=origin.actor.user, at=tx.now())


def lane(name: str, dedupe: str, errand: Errand) -> Waiting:
    return Waiting(lane=name, dedupe=dedupe, errand=errand)


def send(
    tx: Tx,
    project: Project,
    origin: Origin,
    to: Iterable[tuple[Place, Said]],
    *,
    late: bool = False,
    reminder: str = "",
) -> None:
    """One-off messages, each to its place; `late` marks what missed its moment, `reminder` is the key of what
    people are reminded of and can answer.
    """
    stamp = new_id()
    outbox.add(
        tx,
        [
            lane(
                lane_of(place, project),
                f"{stamp}:{n}",
                replace(
                    tell(tx, origin, project.key, place, said),
                    late=late,
                    reminder=reminder if isinstance(place, ToPerson) else "",
                ),
            )
            for n, (place, said) in enumerate(to)
        ],
    )


def lane_of(place: Place, project: Project) -> str:
    match place:
        case ToPerson(user):
            return f"dm:{user}"
        case Privately(_, user):
            return f"private:{user}"
        case InChannel(channel):
            return channel
        case InThread():
            return project.channel
        case _:
            return f"room:{place.room}"


def copies(tx: Tx, kind: SurfaceKind, subject: str, users: Iterable[str]) -> None:
    """Give people a living message of their own, each at most once."""
    outbox.add(
        tx,
        [
            lane(f"dm:{user}", f"copy:{kind}:{subject}:{user}", Show(Surface(kind, subject, user)))
            for user in users
        ],
    )
