"""Names of metrics, values with their units, and why there is no value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from domain.health import model as m
from domain.health.baselines import Baseline
from domain.health.model import Reading, Source, WhyNone
from domain.health.now import Measured
from domain.health.ranges import Judged
from domain.people import Role
from domain.types import Environment
from messages import names
from messages.blocks import cut, user
from messages.names import word
from messages.parts import code, quote
from messages.texts import Reader

METRICS: Mapping[str, str] = {
    m.ERROR_RATE: word("Errors"),
    m.CANARY_ERROR_RATE: word("Errors of canary users"),
    m.P95: word("P95"),
    m.AVAILABILITY: word("Availability"),
    m.CPU: word("CPU"),
    m.MEMORY: word("Memory"),
    m.NETWORK_LATENCY: word("Network latency"),
    m.RESPONSE_TIME: word("Response"),
    m.REQUESTS: word("Requests"),
    m.HEALTH: word("Health endpoint"),
}
SOURCES: Mapping[Source, str] = {
    Source.PROMETHEUS: word("Prometheus"),
    Source.ENDPOINT: word("health endpoint"),
    Source.PIPELINE: word("pipeline"),
    Source.PERSON: word("entered by hand"),
}
# What was seen, and what a person can do about it.
WHY: Mapping[WhyNone, str] = {
    WhyNone.EMPTY: word(
        "the query returned nothing. Check its labels, and that Prometheus scrapes the service."
    ),
    WhyNone.NAN: word(
        "the query returned NaN, a division by zero without traffic. Check the query, or wait for traffic."
    ),
    WhyNone.INFINITE: word(
        "the query returned an infinite number, by a division by zero. Check the query, or wait for traffic."
    ),
    WhyNone.MANY: word("the query returned several series. Make one of them, as with sum() or max()."),
    WhyNone.TEXT: word("the answer is a text, no number. Check the query."),
    WhyNone.UNREACHABLE: word("nothing answers at the address. Check that it is right, and that it runs."),
    WhyNone.UNSECURED: word(
        "no secure connection. Check the certificate, and whether TLS (https) is spoken at the address."
    ),
    WhyNone.TIMEOUT: word(
        "no answer in time. Check whether it has too much to do, or raise “timeout” in the policy."
    ),
    WhyNone.TOO_LARGE: word("the answer is too large. Narrow the query down to one series."),
    WhyNone.STATUS: word("the answer is an error. Check the query, and the monitor's own logs."),
    WhyNone.MALFORMED: word("the answer cannot be read. Check that the address is the monitor's."),
    WhyNone.REFUSED: word(
        "the address is private, and the policy does not allow it. Add its host to “health.allow”."
    ),
    WhyNone.NO_SHARE: word(
        "the answer is no share from 0 to 1. If the query counts in percent, divide it by 100."
    ),
    WhyNone.OUT_OF_MEASURE: word(
        "the answer is a number that cannot be: below 0, or absurdly large. Check the query and its unit."
    ),
    WhyNone.UNASKED: word(
        "health endpoints remember nothing, and were not asked in that time. They are from the approval on."
    ),
}
_SECOND = 1.0
_DETAIL = 80
_FEW = 5


def environment(reader: Reader, of: Environment) -> str:
    return reader.t("production") if of is Environment.PRODUCTION else reader.t("staging")


def metric(reader: Reader, name: str) -> str:
    """Those of the policy's own are told as they are written there."""
    return reader.t(METRICS[name]) if name in METRICS else code(name)


def value(reader: Reader, name: str, of: float) -> str:
    """`0.2 %`, `180 ms`, `1.2 s`, `1,200`."""
    if name == m.HEALTH:
        return _endpoints(reader, of)
    if name in m.SHARES:
        return f"{_number(of * 100)} %"
    if name in m.SECONDS:
        return f"{_number(of)} s" if of >= _SECOND else f"{_number(of * 1000)} ms"
    if name == m.REQUESTS:
        return f"{of:,.0f}"
    return _number(of)


def _endpoints(reader: Reader, share: float) -> str:
    """Of several some may answer well and others not."""
    if 0 < share < 1:
        return reader.t("only {share} % answer well", share=f"{share * 100:.0f}")
    return reader.t("answers well") if share >= 1 else reader.t("does not answer well")


def _number(of: float) -> str:
    """At most two digits after the point, but never so that a small number looks like none."""
    text = f"{of:,.2f}".rstrip("0").rstrip(".")
    return text if text not in {"0", "-0"} or of == 0 else f"{of:.1g}"


def said(reader: Reader, of: Reading) -> str:
    """`Errors 0.2 %`, `Health endpoint does not answer well (`503`)`."""
    name = metric(reader, of.metric)
    if of.value is None:
        return reader.t("{metric}: not measured", metric=name)
    text = f"{name} {value(reader, of.metric, of.value)}"
    bad = of.metric == m.HEALTH and of.value < 1 and of.detail
    return f"{text} ({code(cut(of.detail, _DETAIL))})" if bad else text


def said_of(reader: Reader, readings: Sequence[Reading]) -> str:
    """`Errors 0.2 %, P95 120 ms`: a few of them."""
    more = len(readings) - _FEW
    shown = ", ".join(said(reader, one) for one in readings[:_FEW])
    return f"{shown}, {reader.t('… and {n} more', n=more)}" if more > 0 else shown


def measured(reader: Reader, of: Measured) -> str:
    """With its mark, and what was usual before the deploy: `⚠ P95 250 ms (before 120 ms)`."""
    mark = "" if of.judged is Judged.FINE else "⚠ "
    before = f" ({usual(reader, of.baseline)})" if of.baseline else ""
    return f"{mark}{said(reader, of.reading)}{before}"


def usual(reader: Reader, of: Baseline) -> str:
    return reader.t("before {value}", value=value(reader, of.metric, of.median))


def why(reader: Reader, of: Reading) -> str:
    """`P95: the query returned nothing. Check … `422 parse error``"""
    reason = reader.t(WHY[of.why or WhyNone.MALFORMED])
    text = f"{metric(reader, of.metric)}: {reason}"
    return f"{text} {code(cut(of.detail, _DETAIL))}" if of.detail else text


def source(reader: Reader, of: Reading) -> str:
    """Who measured it: `Prometheus`, `entered by hand, @min`, `pipeline, deploy-bot`."""
    name = reader.t(SOURCES[of.source])
    if not of.by:
        return name
    return f"{name}, {user(of.by) if of.source is Source.PERSON else quote(of.by)}"


def roles(reader: Reader, of: Iterable[Role]) -> str:
    return ", ".join(names.role(reader, one) for one in of)
