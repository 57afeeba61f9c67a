"""Lines of readings: what was entered, what went out of its range or came back, what cannot be measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain import events as v
from domain.alerts import Alert
from domain.health.model import HEALTH
from domain.health.turns import Turn, TurnKind
from messages.alerts import level
from messages.health.words import environment, why
from messages.health.words import said as said_of
from messages.lines.lifecycle import head, noted
from messages.parts import bullets, code
from messages.texts import Reader

HealthSaid = v.ReadingsGiven | v.HealthTurned | v.BaselineMissing


def health_line(reader: Reader, said: HealthSaid) -> str:
    match said:
        case v.ReadingsGiven():
            return _given(reader, said)
        case v.HealthTurned():
            return "\n".join(_turned(reader, said))
        case v.BaselineMissing():
            return _no_baseline(reader, said)
        case _:
            assert_never(said)


def _given(reader: Reader, said: v.ReadingsGiven) -> str:
    t = reader.t
    shown = ", ".join(said_of(reader, one) for one in said.readings)
    place = environment(reader, said.environment)
    if said.version:
        text = t(
            "{release} Measured in {place}: {readings}",
            release=head(said.version),
            place=place,
            readings=shown,
        )
    else:
        text = t("Measured in {place}: {readings}", place=place, readings=shown)
    return text + noted(said.note)


def _turned(reader: Reader, said: v.HealthTurned) -> Iterator[str]:
    t = reader.t
    facts = {"release": head(said.version), "place": environment(reader, said.environment)}
    ranges = dict(zip(said.turns, said.ranges, strict=False))
    out = [_out(reader, turn, ranges.get(turn, "")) for turn in _of(said, TurnKind.OUT)]
    if out:
        text = t("{release} Out of range in {place}; nothing goes on by itself until it is back", **facts)
        yield f"{level(reader, Alert.WARNING)} {text}\n{bullets(out)}"
    unreadable = [why(reader, turn.reading) for turn in _of(said, TurnKind.UNREADABLE)]
    if unreadable:
        text = t("{release} Cannot be measured in {place}: a person has to look", **facts)
        yield f"{level(reader, Alert.WARNING)} {text}\n{bullets(unreadable)}"
    back = [said_of(reader, turn.reading) for turn in _of(said, TurnKind.BACK)]
    if back or not said.turns:
        text = t("{release} Back in range in {place}", **facts)
        yield f"{level(reader, Alert.SUCCESS)} {text}\n{bullets(back)}".rstrip()


def _of(said: v.HealthTurned, kind: TurnKind) -> Iterator[Turn]:
    return (turn for turn in said.turns if turn.kind is kind)


def _out(reader: Reader, turn: Turn, good: str) -> str:
    text = said_of(reader, turn.reading)
    if not good or turn.reading.metric == HEALTH:
        return text
    return reader.t("{reading}, good is {range}", reading=text, range=code(good))


def _no_baseline(reader: Reader, said: v.BaselineMissing) -> str:
    t, release = reader.t, head(said.version)
    if not said.readings:
        return t("{release} The time before the deploy is measured now: there is a baseline", release=release)
    text = t("{release} No baseline: the time before the deploy could not be measured", release=release)
    reasons = bullets(why(reader, one) for one in said.readings)
    if said.again:
        reasons += "\n" + t("It is asked for again with every round while the release goes out.")
    return f"{text}\n{reasons}"
