"""When a metric goes out of its range, comes back, or cannot be measured: each is told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.health.model import Reading
from domain.health.ranges import Judged, judge
from domain.health.rules import HealthRules


class TurnKind(StrEnum):
    OUT = "out"
    BACK = "back"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Turn:
    kind: TurnKind
    reading: Reading


@dataclass(frozen=True)
class Told:
    """What people were told of one metric last: that it is out, that it cannot be measured."""

    out: bool = False
    unreadable: bool = False


def turns(
    rules: HealthRules, readings: Iterable[Reading], told: Mapping[str, Told]
) -> tuple[tuple[Turn, ...], Mapping[str, Told]]:
    """What is to be told of `readings` (oldest first), and what is told after it of each of their metrics.

    A metric that cannot be measured stays out until it is measured in range.
    """
    found: dict[str, Turn] = {}
    known = dict(told)
    for one in readings:
        before = known.get(one.metric, Told())
        turn, after = _turn(before, judge(rules, one))
        known[one.metric] = after
        if turn is not None:
            found[one.metric] = Turn(turn, one)
    return tuple(found.values()), known


def _turn(before: Told, judged: Judged) -> tuple[TurnKind | None, Told]:
    match judged:
        case Judged.OUT:
            return (None if before.out else TurnKind.OUT), Told(out=True)
        case Judged.FINE:
            return (TurnKind.BACK if before.out or before.unreadable else None), Told()
        case Judged.UNKNOWN:
            return (None if before.unreadable else TurnKind.UNREADABLE), replace(before, unreadable=True)
