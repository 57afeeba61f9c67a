"""Post a notice to the channels of its audience; the thread and the audit trail say who told whom what."""

from __future__ import annotations

from commands import context
from commands.notices.about import About, about
from commands.record import record, send
from commands.requests import SendNotice
from commands.rollback.keep import keep
from domain.errands import InChannel, Notice
from domain.events import NoticeSent
from domain.notes.rules import PlaceRule
from domain.notices import NoticeAudience, left_blank
from domain.notices.rules import LONGEST
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import BlankLeft, NoChannel, Refused, TextMissing, TooLong
from domain.views import Happened
from storage.db import Tx

WHO = (
    Role.RELEASE_MANAGER,
    Role.PM,
    Role.INCIDENT_COMMANDER,
    Role.SUPPORT,
    Role.MARKETING,
)


def send_notice(tx: Tx, request: SendNotice, origin: Origin) -> Happened:
    """Raises Refused."""
    found = about(tx, request.release, request.room)
    may_send(found, origin)
    places = places_of(found.project, request.audience)
    if not places:
        raise Refused(NoChannel(request.audience))
    texts = _texts(found, request)
    release = found.release
    event = NoticeSent(
        release=release.id if release else "",
        version=found.version,
        kind=request.kind,
        audience=request.audience,
        channels=tuple(place.channel for place in places),
        text=next(iter(texts.values())),
        room=found.room.id if found.room else "",
    )
    _keep(tx, found, event, origin)
    told = [
        (
            InChannel(place.channel),
            Notice(release=event.release, kind=request.kind, text=_in(found, place, texts), room=event.room),
        )
        for place in places
    ]
    send(tx, found.project, origin, told)
    return Happened(event)


def _keep(tx: Tx, found: About, event: NoticeSent, origin: Origin) -> None:
    """For the release's thread, and for the timeline of its war room."""
    if found.led is None:
        record(tx, origin, found.project, [event], release=found.release)
        return
    inside = found.led.asked_inside(origin)
    record(tx, origin, found.project, [event], release=found.release, answered=inside)
    keep(tx, found.led, found.led.room, origin, [event], audited=[event])


def may_send(found: About, origin: Origin) -> None:
    """Who speaks for the release to others, its captain, and who has command. Raises Refused."""
    captain = found.release.captain if found.release else ""
    commander = found.room.commander if found.room else ""
    if origin.actor.user and origin.actor.user in {captain, commander}:
        return
    context.require(found.roster, origin, "notice", *WHO)


def places_of(project: Project, audience: NoticeAudience) -> tuple[PlaceRule, ...]:
    """Where an audience is reached; the team at home, unless the policy says otherwise."""
    places = project.policy.communication.places(audience)
    if places or audience is not NoticeAudience.TEAM:
        return places
    return (PlaceRule(channel=project.channel),)


def languages_of(project: Project, audience: NoticeAudience) -> tuple[str, ...]:
    """The languages that a notice to an audience is written in, each once."""
    spoken = (place.language or project.policy.language for place in places_of(project, audience))
    return tuple(dict.fromkeys(spoken))


def _texts(found: About, request: SendNotice) -> dict[str, str]:
    texts = {language: text.strip() for language, text in request.texts}
    for language in languages_of(found.project, request.audience):
        text = texts.get(language, "")
        if not text:
            raise Refused(TextMissing("notice"))
        if left_blank(text):
            raise Refused(BlankLeft("notice"))
        if len(text) > LONGEST:
            raise Refused(TooLong("notice", LONGEST))
    return texts


def _in(found: About, place: PlaceRule, texts: dict[str, str]) -> str:
    return texts[place.language or found.project.policy.language]
