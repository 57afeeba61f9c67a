"""Judging 50 rules against a day of readings, as a ratio to one bare pass over the same readings.

Ten metrics, a reading a minute: 24 hours before the deploy, an hour after it. `with its baseline known` is
what runs in production, where the baseline was taken once. Every round has readings of its own, as they come
but once. Run: `python -m benchmarks.criteria`.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.results import Line
from domain.criteria.judge import Moment, judge
from domain.criteria.rules import CriterionRule
from domain.health.baselines import baselines
from domain.health.model import Reading, Source
from domain.types import Environment

LONGEST = 0.01
RULES, METRICS, BEFORE, AFTER, ROUNDS = 50, 10, 24 * 60, 60, 20
DEPLOY = datetime(2026, 3, 5, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def lines() -> list[Line]:
    rules = dict(_rules())
    moment = Moment(at=DEPLOY + AFTER * MINUTE, since=DEPLOY, complete=True)
    bare, whole, fast = [], [], []
    for seed in range(ROUNDS):
        usual, taken = _readings(random.Random(seed))
        both, known = [*usual, *taken], baselines(usual)
        whole.append(_took(lambda both=both: judge(rules, both, moment)))
        bare.append(_took(lambda both=both: sum(one.value or 0 for one in both)))
        fast.append(_took(lambda taken=taken, known=known: judge(rules, taken, moment, known)))
    # The fastest of several: what others do on the machine only ever adds.
    least = min(bare)
    return [
        Line(
            "50 criteria, a day's baseline",
            f"{min(whole) * 1e3:.2f} ms",
            _ratio(min(whole), least),
            f"under {LONGEST * 1e3:.0f} ms",
            min(whole) < LONGEST,
        ),
        Line("  with its baseline known", f"{min(fast) * 1e3:.2f} ms", _ratio(min(fast), least)),
    ]


def _ratio(took: float, bare: float) -> str:
    return f"bare pass: {took / bare:.1f} x"


def _readings(draw: random.Random) -> tuple[list[Reading], list[Reading]]:
    def one(metric: int, minute: int) -> Reading:
        return Reading(
            metric=f"metric_{metric}",
            environment=Environment.PRODUCTION,
            at=DEPLOY + minute * MINUTE,
            source=Source.PROMETHEUS,
            value=draw.gauss(100, 10),
            samples=100,
            baseline=minute <= 0,
        )

    usual = [one(metric, minute) for minute in range(-BEFORE, 0) for metric in range(METRICS)]
    return usual, [one(metric, minute) for minute in range(1, AFTER + 1) for metric in range(METRICS)]


def _rules() -> list[tuple[str, CriterionRule]]:
    kinds = (
        {"above": 200.0, "baseline": 3.0},
        {"z_score": 4.0},
        {"below": 10.0},
        {"above": 110.0},
        {"baseline": 2.0},
    )
    return [
        (f"rule_{n}", CriterionRule.model_validate({"metric": f"metric_{n % METRICS}"} | kinds[n // METRICS]))
        for n in range(RULES)
    ]


def _took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    for line in asyncio.run(lines()):
        print(line)
