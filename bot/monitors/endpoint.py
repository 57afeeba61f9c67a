"""Health endpoints: how many of an environment's answer well, and how long the slowest takes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.monitors.fetching import Asker, Got, NoAnswer, told
from domain.health.asking import Answer, Question
from domain.health.model import HEALTH, RESPONSE_TIME, WhyNone
from domain.health.rules import EndpointRule

_LONGEST = 80


@dataclass(frozen=True)
class _Found:
    """What one endpoint said; `seconds` is None where it did not answer. `reached` is False where nobody was
    reached: that speaks of the service only if another endpoint was.
    """

    health: Answer
    seconds: float | None = None
    reached: bool = True

    @property
    def asked(self) -> bool:
        """Whether it may be asked at all, at its address."""
        return self.health.why is not WhyNone.REFUSED

    @property
    def down(self) -> bool:
        return self.health.value == 0 or not self.reached


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
        """The share of those that answer well. Where none could be reached, nothing is known of them."""
        found = await asyncio.gather(*(self._one(rule) for rule in question.endpoints))
        times = [one.seconds for one in found if one.seconds is not None]
        health = replace(_health(found), metric=HEALTH)
        return (health, Answer(metric=RESPONSE_TIME, value=max(times))) if times else (health,)

    async def _one(self, rule: EndpointRule) -> _Found:
        begun = self._clock()
        try:
            got = await self._asker.get(rule.url, seconds=rule.timeout.total_seconds())
        except NoAnswer as no:
            if not no.reached:
                return _Found(no.answer, reached=False)
            said = f"{no.answer.why.value} {no.answer.detail}".strip() if no.answer.why else ""
            return _Found(Answer(value=0.0, detail=said))
        return _Found(_judged(rule, got), self._clock() - begun)


def _health(found: Sequence[_Found]) -> Answer:
    """Down before unknown before well: what cannot be read is not called down, nor is all then well."""
    asked = [one for one in found if one.asked]
    down = [one for one in asked if one.down]
    if not any(one.reached for one in asked) or not down:
        unknown = [one.health for one in found if one.health.value is None]
        return unknown[0] if unknown else Answer(value=1.0)
    first = next((one for one in down if one.reached), down[0]).health
    told = f"{first.why.value} {first.detail}".strip() if first.why else first.detail
    return Answer(value=1 - len(down) / len(asked), detail=told)


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
