"""What automatic items are known from, looked up as far as the lists at hand need it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from commands import context
from commands.context import Case
from commands.health.after import normal_again
from commands.health.evidence import evidence
from commands.readiness import readiness_of
from commands.rollback.case import RoomCase
from commands.show.notes import required_gaps
from domain.calendar.gate import GateAnswer, Verdict
from domain.checklists.auto import OF_HEALTH, Facts
from domain.checklists.model import Auto, Coverage, Phase
from domain.health.evidence import HealthEvidence
from domain.readiness import Readiness, ways_of
from domain.scope import VariableChange
from domain.types import BEFORE_DEPLOY, Environment
from storage import checklists, releases, repositories, scopes
from storage.db import Tx

_OF_SCOPE = frozenset({Phase.PRE_RELEASE, Phase.RELEASE_DURING})
_COMING = frozenset({VariableChange.ADDED, VariableChange.CHANGED})


def facts_of(tx: Tx, found: Case, phases: Collection[Phase], coverage: Coverage) -> Facts:
    """Enough for what stops a step: what guards of their own see to is not looked up."""
    facts = Facts(at=found.at, release=found.release, coverage=coverage, health=_health(tx, found))
    if _OF_SCOPE & set(phases):
        facts = _with_scope(tx, found, facts)
    if Phase.PRE_RELEASE in phases:
        sha = found.release.candidate.sha if found.release.candidate else ""
        checks = checklists.checks(tx, found.project.key, sha) if sha else {}
        facts = replace(facts, checks=checks, gaps=len(required_gaps(tx, found)) if sha else None)
    return _finishing(tx, found, facts) if Phase.POST_FINISH in phases else facts


def shown_too(
    tx: Tx,
    found: Case,
    facts: Facts,
    *,
    gate: GateAnswer | None = None,
    ready: Readiness | None = None,
) -> Facts:
    """With what is only shown in a list, and settled elsewhere: the gate, and the version to go back to.

    Who has asked the gate, or for the readiness, already gives the answer.
    """
    target = (ready or readiness_of(tx, found.project, found.release, found.at)).target
    answer = gate or context.gate_for(tx, found.project, found.release, found.at)
    there = target.tag if target.there else ""
    return replace(facts, target=there or target.stated, gate_open=answer.verdict is not Verdict.CLOSED)


def _health(tx: Tx, found: Case) -> Mapping[Auto, HealthEvidence]:
    """What the newest readings say of where the release is now."""
    known = evidence(tx, found.project, found.release)
    return {auto: known[name] for auto, name in OF_HEALTH.items()}


def of_room(tx: Tx, found: RoomCase) -> Facts:
    """What the lists of a war room are known from."""
    room = found.room
    measured = normal_again(tx, found.project, room, found.at)
    health = {Auto.METRICS: measured} if measured else {}
    return Facts(at=found.at, release=found.release, room=room, migration=room.migration, health=health)


def _with_scope(tx: Tx, found: Case, facts: Facts) -> Facts:
    release = found.release
    scope = scopes.of(tx, release.id, release.rc)
    ways = ways_of(release, scope.migrations if scope else ())
    return replace(
        facts,
        migration=bool(ways),
        way_back=all(one.way for one in ways) if ways else None,
        variables=bool(scope and any(one.change in _COMING for one in scope.variables)),
    )


def _finishing(tx: Tx, found: Case, facts: Facts) -> Facts:
    release, repository = found.release, repositories.facts(tx, found.project.key)
    return replace(
        facts,
        monitored=found.project.policy.health.asks(Environment.PRODUCTION),
        tagged=release.tag in repository.tags if repository else None,
        branch_gone=not repository.head(release.branch) if repository else None,
        next_planned=_next(tx, found),
    )


def _next(tx: Tx, found: Case) -> str:
    """The next release under way, or else the cadence, which plans it."""
    others = [one for one in releases.live(tx, found.project.key) if one.id != found.release.id]
    coming = [one.tag for one in others if one.stage in BEFORE_DEPLOY]
    return coming[0] if coming else "cadence" if found.project.policy.calendar.cadence else ""
