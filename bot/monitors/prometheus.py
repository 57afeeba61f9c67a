"""Prometheus: one number for one query, or why there is none; and the numbers of a time before.

https://prometheus.io/docs/prometheus/latest/querying/api/
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.monitors.fetching import Asker, Got, NoAnswer, told
from domain.health.asking import Answer, Question
from domain.health.model import WhyNone

POINTS = 288
"""How many numbers a baseline is made of at most: every 5 minutes of a day."""
_OK = 200
_STATES = ("success", "error")  # compared one by one: what came instead may be a list
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|NaN|[+-]?Inf|nan|-?inf", re.ASCII)
"""The last are the numbers that JSON has no words for, as Python reads them."""
_PAIR = 2


class Prometheus:
    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    async def now(self, question: Question) -> tuple[Answer, ...]:
        """What the query says now, by Prometheus' own clock."""
        try:
            data = await self._asked(question, "query", {})
            return (_of(data),)
        except NoAnswer as no:
            return (no.answer,)

    async def before(
        self, question: Question, since: datetime, until: datetime
    ) -> list[tuple[datetime, Answer]]:
        """What it said at times from `since` on, before `until`; a single one that says why it did not."""
        step = max(1, math.ceil((until - since).total_seconds() / POINTS))
        asked = {"start": _unix(since), "end": _unix(until), "step": str(step)}
        try:
            data = await self._asked(question, "query_range", asked)
            return _history(data, since, until)
        except NoAnswer as no:
            return [(until, no.answer)]

    async def _asked(self, question: Question, what: str, facts: Mapping[str, str]) -> Mapping[str, Any]:
        url = f"{question.url.rstrip('/')}/api/v1/{what}"
        got = await self._asker.get(url, {"query": question.query, **facts}, seconds=question.seconds)
        return _read(got)


def _unix(at: datetime) -> str:
    return f"{at.timestamp():.3f}"


def _read(got: Got) -> Mapping[str, Any]:
    """The data of an answer. Raises NoAnswer."""
    if got.body is None:
        raise NoAnswer(WhyNone.TOO_LARGE)
    try:
        found = json.loads(got.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("status") not in _STATES:
        failed = got.status != _OK
        raise NoAnswer(WhyNone.STATUS if failed else WhyNone.MALFORMED, str(got.status) if failed else "")
    if found["status"] == "error" or got.status != _OK:
        raise NoAnswer(WhyNone.STATUS, " ".join(str(found.get("error", got.status)).split()))
    data = found.get("data")
    if not isinstance(data, dict):
        raise NoAnswer(WhyNone.MALFORMED)
    return data


def _of(data: Mapping[str, Any]) -> Answer:
    """The one number of an instant query."""
    kind, result = data.get("resultType"), data.get("result")
    if kind == "scalar":
        return _number(_value_of(result))
    if kind == "string":
        raise NoAnswer(WhyNone.TEXT, str(_value_of(result)))
    series = _series(kind, result, "vector")
    return _number(_value_of(series.get("value")))


def _series(kind: object, result: object, wanted: str) -> Mapping[str, Any]:
    """The one series that there is. Raises NoAnswer."""
    if kind != wanted or not isinstance(result, list):
        raise NoAnswer(WhyNone.MALFORMED, str(kind))
    if not result:
        raise NoAnswer(WhyNone.EMPTY)
    if len(result) > 1:
        raise NoAnswer(WhyNone.MANY, str(len(result)))
    if not isinstance(result[0], dict):
        raise NoAnswer(WhyNone.MALFORMED)
    return result[0]


def _history(data: Mapping[str, Any], since: datetime, until: datetime) -> list[tuple[datetime, Answer]]:
    """Numbers of the time that was asked for."""
    values = _series(data.get("resultType"), data.get("result"), "matrix").get("values")
    if not isinstance(values, list):
        raise NoAnswer(WhyNone.MALFORMED)
    found = []
    for pair in values:
        number = _number(_value_of(pair))
        if number.value is not None and since <= (at := _time_of(pair)) < until:
            found.append((at, number))
    if not found:
        raise NoAnswer(WhyNone.EMPTY)
    return found


def _value_of(pair: object) -> object:
    if not isinstance(pair, list) or len(pair) != _PAIR:
        raise NoAnswer(WhyNone.MALFORMED)
    return pair[1]


def _time_of(pair: list[Any]) -> datetime:
    try:
        return datetime.fromtimestamp(float(pair[0]), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise NoAnswer(WhyNone.MALFORMED) from None


def _number(text: object) -> Answer:
    """As Prometheus writes numbers: what only looks like one in another place is a text."""
    if not _NUMBER.fullmatch(str(text)):
        return Answer(why=WhyNone.TEXT, detail=told(str(text)))
    value = float(str(text))
    if math.isnan(value):
        return Answer(why=WhyNone.NAN)
    return Answer(why=WhyNone.INFINITE) if math.isinf(value) else Answer(value=value)
