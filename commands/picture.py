"""A picture of the calendar is asked for: it is drawn and posted after the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from commands import context
from commands.record import lane
from domain.errands import InChannel, Picture, PostPicture, ToPerson
from domain.people import Origin
from storage import outbox
from storage.db import Tx

# A second press within this time asks for the picture that is on its way.
_ONCE_IN = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class AskPicture:
    project: str
    picture: Picture
    month: date


def ask(tx: Tx, request: AskPicture, origin: Origin) -> InChannel | ToPerson:
    """Where it will be: in the project's channel when it is asked for there, else with the person.

    A picture cannot be shown to one reader of a channel. Who presses in the project's own channel wants it
    there, and the button says so; anywhere else it would be in the way of people whom it does not concern.
    No verb: nothing is decided, and nothing of it is kept. Raises Refused for who does not belong to the
    channel.
    """
    project = context.project_of(tx, request.project)
    place: InChannel | ToPerson = ToPerson(origin.actor.user)
    if origin.channel == project.channel:
        context.require_member(tx, origin, project)
        place = InChannel(project.channel)
    errand = PostPicture(
        project=project.key, picture=request.picture, month=request.month, to=place, by=origin.actor.user
    )
    to = place.channel if isinstance(place, InChannel) else f"dm:{place.user}"
    period = int(tx.wall().timestamp() // _ONCE_IN.total_seconds())
    key = f"picture:{to}:{project.key}:{request.picture}:{request.month.isoformat()}:{period}"
    outbox.add(tx, [lane(to, key, errand)])
    return place
