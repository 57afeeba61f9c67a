"""`/release health`: every metric with its range, its baseline and its source, in pages."""

from __future__ import annotations

from collections.abc import Iterator

from domain.health.model import HEALTH
from domain.health.now import Measured
from domain.views import HealthView
from messages import blocks
from messages.blocks import Block
from messages.buttons import press_button
from messages.dates import duration
from messages.health import words
from messages.ids import Press, Target
from messages.message import Message
from messages.parts import code, quote, stamp
from messages.texts import Reader

PAGE = 10
_NOTE = 200


def health_answer(reader: Reader, view: HealthView) -> Message:
    t = reader.t
    place = words.environment(reader, view.health.environment)
    head = t("Health of {release} in {place}", release=view.release.tag, place=place)
    return Message(blocks.esc(head), list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: HealthView, head: str) -> Iterator[Block]:
    t, of = reader.t, view.health
    yield blocks.header(head)
    pages = max(1, -(-len(of.measured) // PAGE))
    page = min(max(view.page, 0), pages - 1)
    for one in of.measured[page * PAGE : (page + 1) * PAGE]:
        yield blocks.section(_measured(reader, view, one))
    if not of.measured:
        yield blocks.section(t("No readings yet."))
    yield blocks.context(*_how(reader, view))
    buttons = [*_turning(reader, view, page, pages), _enter(reader, view)]
    yield blocks.actions(buttons)


def _measured(reader: Reader, view: HealthView, one: Measured) -> str:
    t, reading = reader.t, one.reading
    lines = [f"{'✓' if not view.marked(one) else '⚠'} *{words.said(reader, reading)}*"]
    good = view.health.rules.ranges.get(reading.metric, "")
    facts = [t("good is {range}", range=code(good))] if good and reading.metric != HEALTH else []
    if one.baseline:
        value = words.value(reader, reading.metric, one.baseline.median)
        facts.append(t("before the deploy {value}, of {n} readings", value=value, n=one.baseline.count))
    if reading.samples is not None:
        facts.append(t("over {n} requests", n=f"{reading.samples:,}"))
    facts += [words.source(reader, reading), stamp(reader, reading.at)]
    lines.append(" · ".join(facts))
    if reading.value is None:
        lines.append(words.why(reader, reading))
    elif reading.by and reading.detail:
        lines.append(f"> {quote(reading.detail, _NOTE)}")
    return "\n".join(lines)


def _how(reader: Reader, view: HealthView) -> Iterator[str]:
    """Where readings come from, and what would have to be written for more."""
    t, of = reader.t, view.health
    if of.asked:
        yield t("Naru asks every {time}.", time=duration(reader, of.rules.interval))
    else:
        yield t(
            "Nothing is asked by itself here: “health” of the policy names no query and no endpoint for it."
        )
    if of.stale:
        yield t("⚠ The newest reading is old: nothing goes on by itself.")
    who = words.roles(reader, view.who)
    yield t("Readings are entered by: {roles}", roles=who)


def _turning(reader: Reader, view: HealthView, page: int, pages: int) -> Iterator[blocks.Element]:
    t = reader.t
    for label, to in ((t("Earlier page"), page - 1), (t("Next page"), page + 1)):
        if 0 <= to < pages:
            yield press_button(label, Press.HEALTH, Target(release=view.release.id, page=to))


def _enter(reader: Reader, view: HealthView) -> blocks.Element:
    return press_button(reader.t("Enter a reading…"), Press.READING, Target(release=view.release.id))
