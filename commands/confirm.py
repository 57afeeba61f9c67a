"""A named person confirms what the bot cannot know by itself yet."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.change import save
from commands.context import Case
from commands.requests import Confirm, NameStakeholders
from domain.events import Confirmed, StakeholdersNamed
from domain.guards import confirmable
from domain.lifecycle import with_commander
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Gone, NotAllowed, NotYourWord, Outdated, Refused, TooLate, Unreadable
from domain.release import WHO_CONFIRMS, Confirmation, ConfirmItem
from domain.types import BEFORE_DEPLOY
from domain.views import Happened
from storage import people
from storage.db import Tx


def confirm(tx: Tx, request: Confirm, origin: Origin) -> Happened:
    """Record who confirmed what for this candidate; or they take it back. Raises Refused."""
    found = context.case(tx, request.release)
    release = found.release
    if request.take_back:
        return _taken_back(tx, found, request, origin)
    may_confirm(found, request.item, request.candidate, origin)
    made = Confirmation(request.item, origin.actor.user, found.at, release.rc, request.note.strip())
    event = Confirmed(
        release=release.id,
        version=found.version,
        item=request.item,
        candidate=release.rc,
        note=made.note,
    )
    save(tx, found, replace(release, confirmations=(*release.confirmations, made)), origin, [event])
    return Happened(event)


def _taken_back(tx: Tx, found: Case, request: Confirm, origin: Origin) -> Happened:
    """By nobody else: whoever doubts it talks to who stands by, or holds the release."""
    release = found.release
    _current(found, request.item, request.candidate)
    given = release.confirmed(request.item)
    if given is None:
        raise Refused(Gone("confirmation"))
    if given.by != origin.actor.user:
        raise Refused(NotYourWord(given.by))
    event = Confirmed(
        release=release.id, version=found.version, item=request.item, candidate=release.rc, taken_back=True
    )
    left = tuple(one for one in release.confirmations if one != given)
    save(tx, found, replace(release, confirmations=left), origin, [event])
    return Happened(event)


def _current(found: Case, item: ConfirmItem, candidate: int) -> None:
    if candidate != found.release.rc:
        raise Refused(Outdated(found.version, candidate, found.release.rc))
    if item not in confirmable(found.release):
        raise Refused(TooLate(found.version, found.release.stage))


def may_confirm(found: Case, item: ConfirmItem, candidate: int, origin: Origin) -> None:
    """Whether this person may confirm that of the candidate now. Raises Refused."""
    release = found.release
    _current(found, item, candidate)
    roles = with_commander(release, WHO_CONFIRMS[item])
    if not context.roles_in(release, found.roster, origin.actor.user) & set(roles):
        raise Refused(NotAllowed(item, roles, tuple(sorted(found.roster.anyone(roles)))))
    if done := release.confirmed(item):
        raise Refused(AlreadySo(item, done.by))


def name_stakeholders(tx: Tx, request: NameStakeholders, origin: Origin) -> Happened:
    """Name the people whose approval a feature needs, before it is asked. Raises Refused."""
    found = context.case(tx, request.release)
    may_name_stakeholders(found, origin)
    known = people.many(tx, request.users)
    for user in request.users:
        if user not in known or not known[user].counts:
            raise Refused(Unreadable("person", user))
    event = StakeholdersNamed(release=found.release.id, version=found.version, users=request.users)
    save(tx, found, replace(found.release, stakeholders=request.users), origin, [event])
    return Happened(event)


def may_name_stakeholders(found: Case, origin: Origin) -> None:
    """Raises Refused."""
    context.require(found.roster, origin, "stakeholders", Role.RELEASE_MANAGER, Role.PM)
    if found.release.approval_asked_at is not None or found.release.stage not in BEFORE_DEPLOY:
        raise Refused(TooLate(found.version, found.release.stage))
