"""The rules of one release type, and the shipped ones of each (spec 2.1 and 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.calendar.rules import FreezeRule
from domain.calendar.type_rules import TYPE_FREEZES, TYPE_GATES, TypeGate
from domain.durations import Duration
from domain.people import Role
from domain.rollout.rules import RolloutRules
from domain.types import InFlight, ReleaseType, RolloutStrategy

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)


class Strict(BaseModel):
    """Frozen, and an unknown key is an error: a misspelt rule must not be a silent default."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


Count = Annotated[int, Field(ge=1, le=20)]


class ApprovalRule(Strict):
    role: Role
    count: Count = 1


class Separation(Strict):
    """Whom separation of duties bars (spec 4). Relaxing it is shown on every request and audited."""

    starter: bool = True
    authors: Literal["largest", "any", "none"] = "largest"


class TypePolicy(Strict):
    """The rules of one release type; defaults by type are in `DEFAULT_TYPES`.

    `freeze` of regular releases is the cadence's when there is one; `rollout_rules` stand in place of the
    project's.
    """

    approvals: tuple[ApprovalRule, ...]
    separation: Separation = Separation()
    freeze: FreezeRule | None = None
    soak: Duration = timedelta(0)
    monitoring: Duration = 24 * HOUR
    rollout: RolloutStrategy = RolloutStrategy.BLUE_GREEN
    rollout_rules: RolloutRules | None = None
    in_flight: InFlight = InFlight.PAUSE
    gate: TypeGate
    pending_lapses_after: Duration = 7 * DAY
    granted_lapses_after: Duration = 7 * DAY
    remind_after: Duration = 4 * HOUR
    remind_every: Duration = DAY
    escalate_to: tuple[Role, ...] = (Role.RELEASE_MANAGER, Role.PM)


def _type(kind: ReleaseType, *approvals: tuple[Role, int], **rules: object) -> TypePolicy:
    needs = tuple(ApprovalRule(role=role, count=count) for role, count in approvals)
    return TypePolicy.model_validate(
        {"approvals": needs, "gate": TYPE_GATES[kind], "freeze": TYPE_FREEZES[kind], **rules}
    )


DEFAULT_TYPES: dict[ReleaseType, TypePolicy] = {
    ReleaseType.REGULAR: _type(
        ReleaseType.REGULAR,
        (Role.RELEASE_MANAGER, 1),
        soak=24 * HOUR,
        monitoring=24 * HOUR,
        rollout=RolloutStrategy.BLUE_GREEN,
    ),
    ReleaseType.EMERGENCY: _type(
        ReleaseType.EMERGENCY,
        (Role.TECH_LEAD, 1),
        (Role.PM, 1),
        soak=30 * MINUTE,
        monitoring=2 * HOUR,
        rollout=RolloutStrategy.ROLLING,
        separation=Separation(authors="any"),
        granted_lapses_after=DAY,
        pending_lapses_after=DAY,
        remind_after=15 * MINUTE,
        remind_every=15 * MINUTE,
    ),
    ReleaseType.HOTFIX: _type(
        ReleaseType.HOTFIX,
        (Role.INCIDENT_COMMANDER, 1),
        monitoring=HOUR,
        rollout=RolloutStrategy.ROLLING,
        separation=Separation(starter=False, authors="any"),
        granted_lapses_after=DAY,
        pending_lapses_after=DAY,
        remind_after=5 * MINUTE,
        remind_every=5 * MINUTE,
    ),
    ReleaseType.FEATURE: _type(
        ReleaseType.FEATURE,
        (Role.PM, 1),
        soak=3 * DAY,
        monitoring=48 * HOUR,
        rollout=RolloutStrategy.CANARY,
    ),
}


# Groups of independent lines; a freeze, for instance, is one thing and given whole.
_MERGED = frozenset({"separation", "gate"})


def _merged(defaults: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The defaults of a type with the given lines in their place."""
    merged = defaults | given
    for name in _MERGED & given.keys():
        if isinstance(given[name], dict):
            merged[name] = {**defaults.get(name, {}), **given[name]}
    return merged


def filled_in(given: dict[Any, Any]) -> dict[Any, Any]:
    """A type's own lines change its defaults; a type that is not mentioned keeps all of them."""
    filled = {kind.value: DEFAULT_TYPES[kind].model_dump() for kind in ReleaseType}
    for kind, rules in given.items():
        filled[kind] = _merged(filled.get(kind, {}), rules) if isinstance(rules, dict) else rules
    return filled
