"""`health`: how it is now, or what somebody measured."""

from __future__ import annotations

import re
from datetime import date

from commands import slash
from commands.parse.common import is_project, leftover, only_project, take_release, unreadable
from commands.parse.tokens import Words, phrase
from commands.parse.vocabulary import METRICS

_EXAMPLE = "/release health 1.5.0 p95 180 ms"
_OWN = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_NUMBER = re.compile(r"[0-9.,]+(%|ms|s)?", re.IGNORECASE)
_UNITS = frozenset({"%", "ms", "s"})


def health(words: Words, _today: date) -> slash.HealthText:
    """`health`, `health 1.5.0`, `health 1.5.0 p95 180 ms dashboards`, `지표 1.5.0 오류율 0.4 %`."""
    meant, rest = take_release(words)
    if not rest:
        return slash.HealthText(**meant)
    found = phrase(rest, METRICS)
    if found is None and _OWN.fullmatch(rest.first.key):
        found = rest.first.key, rest.after(1)
    if found is None:
        if len(rest.tokens) == 1 and meant["project"] is None and is_project(rest.first):
            meant["project"] = only_project(rest.first)
            return leftover(rest.after(1), slash.HealthText(**meant))
        raise unreadable("metric", rest, METRICS, _EXAMPLE)
    metric, rest = found
    value, rest = _value(rest)
    return slash.HealthText(**meant, metric=metric, value=value, note=rest.rest)


def _value(words: Words) -> tuple[str, Words]:
    """The number, and the unit that stands beside it. What is no number is told as it was typed."""
    if not words:
        return "", words
    number, rest = words.first.text, words.after(1)
    whole = _NUMBER.fullmatch(number)
    if whole and not whole[1] and rest and rest.first.key in _UNITS:
        return f"{number} {rest.first.key}", rest.after(1)
    return (number.lower() if whole else number), rest
