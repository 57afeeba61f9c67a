"""Lines of the rollout steps that are out or have failed, and of the downtime that a rollout brings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.rollout.fine import Breached, NoReading, NotFine, OutOfRange, Unmeasured
from messages import names
from messages.criteria.words import breach as breach_words
from messages.dates import duration
from messages.deploys import words
from messages.health.words import metric as metric_name
from messages.health.words import said as reading_words
from messages.lines.lifecycle import head, noted
from messages.parts import bar, bullets, quote, when
from messages.texts import Reader

StepSaid = v.StepLive | v.StepFailed | e.Downtime


def step_line(reader: Reader, said: StepSaid) -> str:
    match said:
        case v.StepLive():
            return "\n".join(_live(reader, said))
        case v.StepFailed():
            return _failed(reader, said)
        case e.Downtime():
            return _downtime(reader, said)
        case _:
            assert_never(said)


def step(reader: Reader, key: str) -> str:
    return quote(names.rollout_step(reader, key), 80)


def watch_over(reader: Reader, said: e.StepOver) -> str:
    """The go begins the next step; why it did not go on by itself, where it was to."""
    t = reader.t
    lines = [
        t(
            "{release} *{step} has been watched for {time}*",
            release=head(said.version),
            step=step(reader, said.step),
            time=duration(reader, said.lasts),
        )
    ]
    if said.not_fine:
        lines.append(t("It does not go on by itself:"))
        lines.append(bullets(_not_fine(reader, one) for one in said.not_fine))
    if said.held:
        lines.append(
            t(
                "All well? Then the step is done; the next one waits: {step}. If not: declare a rollback.",
                step=step(reader, said.next),
            )
        )
    elif said.next:
        lines.append(
            t(
                "All well? Then go on: {step}. If not: pause, or declare a rollback.",
                step=step(reader, said.next),
            )
        )
    else:
        lines.append(t("All well? Then go on: it was the last step. If not: pause, or declare a rollback."))
    return "\n".join(lines)


def _not_fine(reader: Reader, of: NotFine) -> str:
    match of:
        case NoReading(metric=metric):
            return reader.t("No reading of {metric}: nothing is guessed.", metric=metric_name(reader, metric))
        case OutOfRange(reading=reading) | Unmeasured(reading=reading):
            return reading_words(reader, reading)
        case Breached(breach=breach):
            return breach_words(reader, breach)
        case _:
            assert_never(of)


def _live(reader: Reader, said: v.StepLive) -> Iterator[str]:
    t = reader.t
    yield t(
        "{release} *{step} is live* {bar}",
        release=head(said.version),
        step=step(reader, said.step),
        bar=bar(said.number, said.total),
    )
    if said.until and said.by_itself:
        yield t("Watched until {at}; then it goes on by itself, if all is fine.", at=when(reader, said.until))
    elif said.until:
        yield t("Watched until {at}; then it waits for the go.", at=when(reader, said.until))
    else:
        yield t("It waits for the go.")


def _failed(reader: Reader, said: v.StepFailed) -> str:
    t = reader.t
    text = t(
        "{release} *{step} failed*; the rollout is paused.",
        release=head(said.version),
        step=step(reader, said.step),
    )
    then = t("Continue to try the step once more, or declare a rollback.")
    return f"{text} {then}{noted(words(reader, said.why))}"


def _downtime(reader: Reader, said: e.Downtime) -> str:
    t = reader.t
    times = {
        "release": head(said.version),
        "since": when(reader, said.since),
        "until": when(reader, said.until),
        "time": duration(reader, said.until - said.since),
    }
    if said.over:
        return t("{release} *The service is back*: it was down for {time}, from {since} to {until}", **times)
    if said.ahead:
        return t("{release} *Downtime ahead*: from {since}, planned for {time}, until {until}", **times)
    return t("{release} *The service is down* since {since}, planned for {time}, until {until}", **times)
