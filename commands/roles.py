"""Who holds which role: changed by the project's owners, never their own, announced and audited (spec 1)."""

from __future__ import annotations

from commands import context
from commands.approvals import ROLE_LOST, lapse
from commands.exceptions.ask import ask_new_deciders
from commands.record import record, send
from commands.requests import GiveRole, LinkAuthor, TakeRole
from domain.errands import InChannel
from domain.events import AuthorLinked, Event, RoleGiven, RoleTaken
from domain.people import Holding, Origin, Role, RoleSource
from domain.project import Project
from domain.refusals import AlreadySo, Gone, NotAllowed, OwnRoles, Refused, RoleLocked, Unreadable
from domain.types import Stage
from domain.views import Happened
from storage import people, releases
from storage.db import Tx


def give(tx: Tx, request: GiveRole, origin: Origin) -> Happened:
    """Let a person or a user group hold a role. Raises Refused."""
    project = _changeable(tx, request, origin)
    holding = Holding(request.role, request.holder, RoleSource.SLACK)
    if any(h.role is holding.role and h.holder == holding.holder for h in people.holdings(tx, project.key)):
        raise Refused(AlreadySo("role"))
    if not holding.is_group:
        person = people.get(tx, request.holder)
        if person is None or not person.counts:
            raise Refused(Unreadable("person", request.holder))
    people.give(tx, project.key, holding)
    ask_new_deciders(tx, project)
    return _told(tx, project, origin, RoleGiven(role=request.role, holder=request.holder))


def take(tx: Tx, request: TakeRole, origin: Origin) -> Happened:
    """Take a role that was given in Slack; what the policy file gives is taken there. Raises Refused."""
    project = _changeable(tx, request, origin)
    holding = Holding(request.role, request.holder, RoleSource.SLACK)
    held = people.holdings(tx, project.key)
    if holding not in held:
        in_file = any(h.role is request.role and h.holder == request.holder for h in held)
        raise Refused(RoleLocked(request.role) if in_file else Gone("role"))
    people.take(tx, project.key, holding)
    happened = _told(tx, project, origin, RoleTaken(role=request.role, holder=request.holder))
    roles_changed(tx, project, origin)
    return happened


def link_author(tx: Tx, request: LinkAuthor, origin: Origin) -> Happened:
    """Match an e-mail address of commits to a person. Raises Refused."""
    project = may_change(tx, request.project, origin)
    email = request.email.strip().lower()
    if "@" not in email:
        raise Refused(Unreadable("email", request.email, "emma@example.com"))
    people.link_author(tx, email, request.user)
    return _told(tx, project, origin, AuthorLinked(email=email, user=request.user))


def roles_changed(tx: Tx, project: Project, origin: Origin) -> None:
    """Who came to hold a role decides on what waits; what rests on a role that somebody lost is void."""
    ask_new_deciders(tx, project)
    _check_approvals(tx, project, origin)


def _check_approvals(tx: Tx, project: Project, origin: Origin) -> None:
    """Losing a role voids a live approval: a granted one that no longer stands is asked again (spec 4)."""
    for release in releases.live(tx, project.key):
        if release.stage is Stage.APPROVED:
            found = context.case(tx, release.id)
            if not context.tally_of(tx, found).met:
                lapse(tx, found, origin, ROLE_LOST, answered=True)


def _changeable(tx: Tx, request: GiveRole | TakeRole, origin: Origin) -> Project:
    project = may_change(tx, request.project, origin)
    if request.holder == origin.actor.user:
        raise Refused(OwnRoles())
    held = project.policy.roles.get(request.role)
    if request.role is Role.STAKEHOLDER or (held is not None and held.locked):
        raise Refused(RoleLocked(request.role))
    return project


def may_change(tx: Tx, key: str, origin: Origin) -> Project:
    """The project, if this person may change its roles. Raises Refused."""
    project = context.project_of(tx, key)
    if origin.actor.user not in project.policy.owners:
        raise Refused(NotAllowed("roles", (), project.policy.owners))
    return project


def _told(tx: Tx, project: Project, origin: Origin, event: Event) -> Happened:
    record(tx, origin, project, [event])
    send(tx, project, origin, [(InChannel(project.channel), event)])
    return Happened(event)
