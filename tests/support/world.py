"""A project with its channel, policy and people, as most tests need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.checklists.model import Phase
from domain.people import Actor, Holding, Origin, Person, Role, RoleSource, Via
from domain.policy import Policy
from domain.project import Project
from storage import people, projects
from storage.db import Tx

TEAM = "T0NARU"
OTHER_TEAM = "T0OTHER"
CHANNEL = "C0SHOPREL"
PROJECT = "shop"

RM, RM2, TL, PM, IC = "U0RM", "U0RM2", "U0TL", "U0PM", "U0IC"
QA, OPS, DBA, ONCALL, IMPL = "U0QA", "U0OPS", "U0DBA", "U0ONCALL", "U0IMPL"
DEV, DEV2, OWNER = "U0DEV", "U0DEV2", "U0OWNER"
OUTSIDE, GUEST, STRANGER, BOT_USER, LEAVER = "U0OUTSIDE", "U0GUEST", "U0STRANGER", "U0BOT", "U0LEAVER"

ROLES: dict[Role, tuple[str, ...]] = {
    Role.RELEASE_MANAGER: (RM, RM2),
    Role.TECH_LEAD: (TL,),
    Role.PM: (PM,),
    Role.INCIDENT_COMMANDER: (IC,),
    Role.QA_LEAD: (QA,),
    Role.DEVOPS: (OPS,),
    Role.DBA: (DBA,),
    Role.ONCALL: (ONCALL,),
    Role.IMPLEMENTATION_MANAGER: (IMPL,),
}
UNCOUNTED = (GUEST, STRANGER, BOT_USER, LEAVER)
MEMBERS = (RM, RM2, TL, PM, IC, QA, OPS, DBA, ONCALL, IMPL, DEV, DEV2, OWNER, *UNCOUNTED)


@dataclass(frozen=True)
class World:
    """What `world` laid down. `origin` makes requests of its people."""

    project: Project

    @property
    def policy(self) -> Policy:
        return self.project.policy


def person(user: str, **facts: Any) -> Person:
    """Somebody whose name and e-mail follow from the id: U0RM is Rm, rm@naru.example."""
    name = user.removeprefix("U0").lower()
    known = {"team": TEAM, "name": name.capitalize(), "email": f"{name}@naru.example", "zone": "Asia/Seoul"}
    return Person(user=user, **(known | facts))


PEOPLE = (
    *(person(user) for user in MEMBERS if user not in UNCOUNTED),
    person(OUTSIDE),
    person(GUEST, guest=True),
    person(STRANGER, team=OTHER_TEAM, stranger=True),
    person(BOT_USER, bot=True),
    person(LEAVER, active=False),
)


def policy(**changes: Any) -> Policy:
    """The shipped defaults with the world's people in their roles; `changes` as in a policy file."""
    roles = {role.value: {"users": list(users)} for role, users in ROLES.items()}
    plain = {"project": PROJECT, "channel": CHANNEL, "owners": [OWNER], "roles": roles}
    return Policy.model_validate(plain | changes)


NO_LISTS = {"lists": {phase.value: {"strictness": "off"} for phase in Phase}}
"""A policy's checklists for stories in which nothing is to be ticked."""


def world(tx: Tx, *, key: str = PROJECT, channel: str = CHANNEL, **changes: Any) -> World:
    """Lay down one project: its policy in force, people, members of its channel, and holders of its roles."""
    rules = policy(**({"project": key, "channel": channel} | changes))
    project = projects.put(tx, rules, channel)
    people.put(tx, PEOPLE)
    people.put_channel(tx, channel, MEMBERS)
    people.set_policy_holdings(
        tx,
        key,
        (
            Holding(role, holder, RoleSource.POLICY)
            for role, held in rules.roles.items()
            for holder in (*held.users, *held.groups)
        ),
    )
    return World(project)


def origin(user: str, *, key: str = "", via: Via = Via.BUTTON, team: str = TEAM) -> Origin:
    """A request by somebody; without a key it is not remembered."""
    return Origin(Actor(team, user), via, key)
