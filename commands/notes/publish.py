"""Publish the notes: on `released` where the policy says, and into any channel by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from commands import context
from commands.change import save
from commands.context import Case
from commands.notes.edit import may_edit
from commands.record import lane, record
from commands.requests import PostNotes, PublishNotes
from commands.show.notes import at_work
from commands.show.release import look
from domain.errands import Show, Surface, SurfaceKind
from domain.events import NotesPostAsked, NotesPosted, NotesPublished
from domain.notes import Audience
from domain.people import Origin
from domain.refusals import Gone, NotPublishedYet, Refused
from domain.release import Release
from domain.types import REACHED_PRODUCTION
from domain.views import Happened
from storage import note_edits, outbox, surfaces
from storage.db import Tx
from storage.ids import new_id


@dataclass(frozen=True)
class NotesPlace:
    """Where one part of the notes stands: `channel` empty is the release's thread; part 0 comes first and the
    others go on beneath it. `posted` names the candidate and the texts of what was posted by hand.
    """

    release: str
    audience: Audience
    language: str
    channel: str = ""
    part: int = 0
    posted: tuple[int, int] | None = None

    @property
    def surface(self) -> Surface:
        names = [self.release, self.audience.value, self.language, self.channel, str(self.part)]
        if self.posted:
            names += [str(number) for number in self.posted]
        return Surface(SurfaceKind.NOTES, "/".join(names))


def place_of(subject: str) -> NotesPlace:
    """Reads back `NotesPlace.surface`."""
    release, audience, language, channel, part, *posted = subject.split("/")
    numbers = (int(posted[0]), int(posted[1])) if posted else None
    return NotesPlace(release, Audience(audience), language, channel, int(part), numbers)


def places(found: Case) -> tuple[NotesPlace, ...]:
    """Where the notes are published: the team's channels, or the release's thread, and the customers'."""
    policy, release = found.project.policy, found.release.id
    named = [
        NotesPlace(release, audience, place.language or policy.language, place.channel)
        for audience in Audience
        for place in policy.notes.places(audience)
    ]
    if not policy.notes.places(Audience.TEAM):
        named.insert(0, NotesPlace(release, Audience.TEAM, policy.language))
    return tuple(dict.fromkeys(named))


def published(tx: Tx, found: Case, after: Release) -> tuple[Release, NotesPublished | None]:
    """The release as published with all that is written now; the event, unless it was before."""
    if after.notes_published is not None or after.stage not in REACHED_PRODUCTION:
        return after, None
    return replace(after, notes_published=_last(tx, after.id)), _event(found, again=False)


def send_out(tx: Tx, found: Case, origin: Origin, *, again: str = "") -> None:
    """Have every place show them. `again` makes it another time, else it happens once for ever."""
    outbox.add(
        tx,
        [
            lane(_lane(found, place), f"notes:{place.surface.subject}:{again}", show)
            for place in places(found)
            for show in [Show(place.surface, by=origin.actor.user)]
        ],
    )


def publish_again(tx: Tx, request: PublishNotes, origin: Origin) -> Happened:
    """Raises Refused."""
    found = context.case(tx, request.release)
    may_edit(found, origin)
    if found.release.notes_published is None:
        raise Refused(NotPublishedYet(found.version))
    event = _event(found, again=True)
    after = replace(found.release, notes_published=_last(tx, found.release.id), notes_refused=())
    save(tx, found, after, origin, [event])
    send_out(tx, found, origin, again=new_id())
    return Happened(event)


def post(tx: Tx, request: PostNotes, origin: Origin) -> Happened:
    """As they stand, once for each state of them: a second press finds them posted. Raises Refused."""
    found = look(tx, request.release)
    context.require_member(tx, origin, found.project)
    if not origin.channel:
        raise Refused(Gone("channel"))
    state = (at_work(found), _last(tx, found.release.id))
    place = NotesPlace(found.release.id, request.audience, request.language, origin.channel, posted=state)
    there = surfaces.get(tx, place.surface) is not None
    event = (NotesPosted if there else NotesPostAsked)(
        release=found.release.id,
        version=found.version,
        channel=origin.channel,
        audience=request.audience,
        language=request.language,
    )
    record(tx, origin, found.project, [event])
    show = Show(place.surface, by=origin.actor.user)
    outbox.add(tx, [lane(_lane(found, place), f"notes:{place.surface.subject}", show)])
    return Happened(event)


def _lane(found: Case, place: NotesPlace) -> str:
    return place.channel or found.project.channel


def _last(tx: Tx, release: str) -> int:
    """The id of the newest text, 0 for none."""
    return max((edit.id for edit in note_edits.newest(tx, release).values()), default=0)


def _event(found: Case, *, again: bool) -> NotesPublished:
    told: Iterable[str] = dict.fromkeys(place.channel for place in places(found))
    return NotesPublished(release=found.release.id, version=found.version, channels=tuple(told), again=again)
