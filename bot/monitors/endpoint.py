"""Health endpoints: whether all of an environment's answer well, and how long the slowest takes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.monitors.fetching import Asker, Got, NoAnswer, told
from domain.health.asking import Answer, Question
from domain.health.model import HEALTH, RESPONSE_TIME, WhyNone
from domain.health.rules import EndpointRule

# What a service that is down looks like: it was asked, and did not answer.
_DOWN = frozenset({WhyNone.UNREACHABLE, WhyNone.TIMEOUT})
_LONGEST = 80


@dataclass(frozen=True)
class _Found:
    """`seconds` is None where it did not answer."""

    health: Answer
    seconds: float | None = None


class Endpoints:
    def __init__(self, asker: Asker, clock: Callable[[], float] = time.monotonic) -> None:
        self._asker = asker
        self._clock = clock

    async def before(
        self, _question: Question, _since: datetime, _until: datetime
    ) -> tuple[tuple[datetime, Answer], ...]:
        """An endpoint knows nothing of what was before."""
        return ()

    async def now(self, question: Question) -> tuple[Answer, ...]:
        """Of several the worst counts; one that nothing is known of makes it inconclusive."""
        found = await asyncio.gather(*(self._one(rule) for rule in question.endpoints))
        worst = min((one.health for one in found), key=_badness)
        times = [one.seconds for one in found if one.seconds is not None]
        health = Answer(metric=HEALTH, value=worst.value, why=worst.why, detail=worst.detail)
        return (health, Answer(metric=RESPONSE_TIME, value=max(times))) if times else (health,)

    async def _one(self, rule: EndpointRule) -> _Found:
        begun = self._clock()
        try:
            got = await self._asker.get(rule.url, seconds=rule.timeout.total_seconds())
        except NoAnswer as no:
            down = no.answer.why in _DOWN
            said = f"{no.answer.why.value} {no.answer.detail}".strip() if no.answer.why else ""
            return _Found(Answer(value=0.0, detail=said) if down else no.answer)
        return _Found(_judged(rule, got), self._clock() - begun)


def _badness(answer: Answer) -> float:
    """Down before unknown before well."""
    return 0.5 if answer.value is None else answer.value


def _judged(rule: EndpointRule, got: Got) -> Answer:
    if got.status != rule.status:
        return Answer(value=0.0, detail=str(got.status))
    if not rule.field:
        return Answer(value=1.0)
    if got.body is None:
        return Answer(why=WhyNone.TOO_LARGE)
    try:
        found = json.loads(got.body)
    except (ValueError, RecursionError):
        return Answer(why=WhyNone.MALFORMED, detail=rule.field)
    for part in rule.field.split("."):
        if not isinstance(found, dict) or part not in found:
            return Answer(why=WhyNone.MALFORMED, detail=rule.field)
        found = found[part]
    text = found if isinstance(found, str) else json.dumps(found)
    well = text == rule.equals
    return Answer(value=1.0) if well else Answer(value=0.0, detail=told(f"{rule.field}: {text[:_LONGEST]}"))
