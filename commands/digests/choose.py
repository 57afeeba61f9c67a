"""Whether somebody gets the digest, and when: everybody's own affair."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.digests.plan import plan_again, setting_of
from commands.record import record_own
from commands.requests import ChooseDigest
from domain.events import DigestChosen
from domain.people import Origin, Person
from domain.refusals import AlreadySo, NotAMember, Refused
from domain.views import Happened
from storage import digests, people
from storage.db import Tx


def choose(tx: Tx, request: ChooseDigest, origin: Origin) -> Happened:
    """Turn it on, off, or to another time. Raises Refused."""
    person = may_choose(tx, origin)
    before = setting_of(tx, person.user)
    after = replace(before, on=request.on, at=request.at or before.at, own=True)
    if after == before:
        raise Refused(AlreadySo("digest_on" if after.on else "digest_off"))
    digests.choose(tx, person.user, after)
    plan_again(tx, person)
    event = DigestChosen(on=after.on, at=after.at)
    record_own(tx, origin, event)
    return Happened(event)


def may_choose(tx: Tx, origin: Origin) -> Person:
    """Who takes part in releases. Raises Refused."""
    person = people.get(tx, origin.actor.user)
    if person is None or not person.counts:
        raise Refused(NotAMember(context.why_not(person), ""))
    return person
