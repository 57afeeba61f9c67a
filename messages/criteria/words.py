"""The names of criteria, classes and states; a breach as a phrase."""

from __future__ import annotations

import math
from collections.abc import Mapping

from domain.criteria.model import Breach, BreachState, Level, Reported, Why
from domain.health.model import HEALTH
from messages.blocks import user
from messages.health import words as health
from messages.names import word
from messages.parts import code, quote, stamp
from messages.texts import Reader

LEVELS: Mapping[Level, str] = {
    Level.AUTOMATIC: word("automatic rollback"),
    Level.IMMEDIATE: word("immediate rollback"),
    Level.ROLLBACK: word("rollback"),
    Level.REVIEW: word("review"),
}
REPORTED: Mapping[Reported, str] = {
    Reported.CORE_FUNCTION: word("Core function down"),
    Reported.DATA: word("Data lost or damaged"),
    Reported.SECURITY: word("Vulnerability or breach"),
    Reported.OUTAGE: word("Full outage"),
    Reported.FUNCTIONS: word("Several functions fail"),
    Reported.COMPLAINTS: word("Complaints are surging"),
    Reported.UNEXPECTED: word("Unexpected behaviour"),
}
STATES: Mapping[BreachState, str] = {
    BreachState.OPEN: word("open"),
    BreachState.ACKNOWLEDGED: word("somebody is on it"),
    BreachState.DECLARED: word("rollback declared"),
    BreachState.DISMISSED: word("put aside"),
    BreachState.OVER: word("over"),
}
WHY: Mapping[Why, str] = {
    Why.TOO_FEW: word("too few requests ({n}). Wait for traffic, or look at it yourself."),
    Why.SAMPLES_UNKNOWN: word(
        "nobody counted over how many requests it was measured. Measure “requests” as well, or set "
        "“samples: 0” in the policy."
    ),
    Why.NO_READINGS: word("no readings any more. Check the monitor."),
    Why.SHORT: word("it was not told for long enough. Report it again in a few minutes, or decide yourself."),
    Why.GAPS: word("readings are missing in between. Check the monitor."),
    Why.UNREADABLE: word("the readings are no numbers. Check the query and the monitor."),
    Why.NO_BASELINE: word("it is not known what was usual before the deploy. Compare it yourself."),
    Why.NO_SPREAD: word("all readings before the deploy were alike. Compare it yourself."),
}


_FURTHER = 5
_SEEN = {why.value: said for why, said in health.WHY.items()}


def level_name(reader: Reader, of: Level) -> str:
    return reader.t(LEVELS[of])


def metric(reader: Reader, name: str) -> str:
    return health.metric(reader, name)


def metric_label(reader: Reader, name: str) -> str:
    """On a button: without markup."""
    return metric(reader, name).replace("`", "")


def rule(reader: Reader, of: Breach) -> str:
    """What it is about: `Errors`, `Data lost or damaged`."""
    return reader.t(REPORTED[of.reported]) if of.reported is not None else metric(reader, of.metric)


def seen(of: Breach, longest: int) -> list[str]:
    """What people saw, in their words: the first report, and the newest after it with their names."""
    rest = of.further[-_FURTHER:]
    left = [f"… +{len(of.further) - len(rest)}"] if len(of.further) > len(rest) else []
    more = [f"{quote(one.seen, longest)} — {user(one.user)}" for one in rest]
    return [*([quote(of.evidence, longest)] if of.evidence else []), *left, *more]


def _unclear(reader: Reader, of: Breach, why: Why) -> str:
    """What the newest reading without a number had in its place says more than that there are no numbers."""
    if why is Why.UNREADABLE and of.seen in _SEEN:
        return reader.t(_SEEN[of.seen])
    seen = f" {code(of.seen)}" if of.seen else ""
    return reader.t(WHY.get(why, WHY[Why.NO_READINGS]), n=of.samples or 0) + seen


def breach(reader: Reader, of: Breach) -> str:
    """`Errors 7.2 % · limit 5 % · before 0.8 % · since 14:03`, or what cannot be told and why."""
    t = reader.t
    if of.why is not None:
        return f"{rule(reader, of)}: {_unclear(reader, of, of.why)}"
    if of.reported is not None:
        return rule(reader, of)
    parts = [f"{rule(reader, of)} {value(reader, of, of.value)}"]
    parts.append(limit(reader, of))
    if of.baseline is not None:
        parts.append(t("before {value}", value=value(reader, of, of.baseline)))
    if of.since is not None:
        parts.append(t("since {at}", at=stamp(reader, of.since)))
    return " · ".join(filter(None, parts))


def limit(reader: Reader, of: Breach) -> str:
    """Nothing where there is none, or where none of the endpoints is left: there is no more to say."""
    if of.threshold is None or of.metric == HEALTH:
        return ""
    return reader.t("limit {value}", value=value(reader, of, of.threshold))


def value(reader: Reader, of: Breach, number: float | None) -> str:
    known = number is not None and math.isfinite(number)
    return health.value(reader, of.metric, number) if known and number is not None else "?"


def state(reader: Reader, of: Breach) -> str:
    """How it stands; what waits for a confirmation, or only runs dry, says so."""
    t = reader.t
    if of.unclear and of.state is BreachState.OPEN:
        return t("cannot be judged")
    if of.dry_run and of.state is BreachState.OPEN:
        return t("dry run")
    if of.waits and of.state is BreachState.OPEN:
        return t("waits for a confirmation")
    if of.stood_down and of.state is BreachState.OPEN:
        return t("open again, the rollback was called off")
    return t(STATES[of.state])
