"""Put a project's policy in force: versioned by hash, audited when it changed, roles and plans renewed."""

from __future__ import annotations

from commands import context, roles
from commands.change import calendar_changed
from domain.events import PolicyLoaded
from domain.people import BOT, Holding, Origin, RoleSource, Via
from domain.policy import Policy
from storage import audit, people, projects
from storage.db import Tx

ORIGIN = Origin(BOT, Via.BOT)


def load_policy(tx: Tx, policy: Policy, channel: str) -> None:
    """`channel` is the resolved id of the home channel. Loading the same policy again changes nothing."""
    before = projects.get(tx, policy.project)
    known = context.calendar_of(tx, before, tx.now()) if before else None
    project = projects.put(tx, policy, channel)
    people.set_policy_holdings(tx, project.key, _holdings(policy))
    if before is not None and before.policy_hash == project.policy_hash:
        return
    event = PolicyLoaded(policy=project.policy_hash, before=before.policy_hash if before else "")
    audit.append(tx, ORIGIN, project.key, [event])
    calendar_changed(tx, project, known or context.calendar_of(tx, project, tx.now()), ORIGIN)
    roles.roles_changed(tx, project, ORIGIN)


def _holdings(policy: Policy) -> list[Holding]:
    return [
        Holding(role, holder, RoleSource.POLICY)
        for role, held in policy.roles.items()
        for holder in (*held.users, *held.groups)
    ]
