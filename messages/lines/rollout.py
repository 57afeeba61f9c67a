"""Lines of a rollout on which the gate closed."""

from __future__ import annotations

from collections.abc import Iterator

from domain import errands as e
from domain import events as v
from messages import names
from messages.gates import reason_line
from messages.lines.lifecycle import head
from messages.parts import bullets, quote, when
from messages.texts import Reader

RolloutSaid = v.RolloutInterrupted | e.RolloutWaits


def rollout_line(reader: Reader, said: RolloutSaid) -> str:
    """What happened or still waits, why, until when, and the ways to decide."""
    lines = _interrupted(reader, said) if isinstance(said, v.RolloutInterrupted) else _waits(reader, said)
    return "\n".join(lines)


def _interrupted(reader: Reader, said: v.RolloutInterrupted) -> Iterator[str]:
    t = reader.t
    yield t("{release} *Rollout paused*: the gate has closed.", release=head(said.version))
    yield bullets(reason_line(reader, reason) for reason in said.reasons)
    if said.step:
        step = _steps(reader, (said.step,))
        yield t("The step under way may end: {step}. Waiting: {steps}", step=step, steps=_left(reader, said))
    else:
        yield t("Waiting: {steps}", steps=_left(reader, said))
    yield from _decide(reader, said)


def _waits(reader: Reader, said: e.RolloutWaits) -> Iterator[str]:
    t = reader.t
    texts = {"release": head(said.version), "at": when(reader, said.since), "steps": _left(reader, said)}
    if not said.reasons:
        yield t(
            "{release} *The gate is open again.* The rollout is paused since {at}. Waiting: {steps}", **texts
        )
        yield t("Continue, or declare a rollback.")
        return
    yield t("{release} *The rollout is not decided*: paused since {at}. Waiting: {steps}", **texts)
    yield bullets(reason_line(reader, reason) for reason in said.reasons)
    yield from _decide(reader, said)
    if said.escalated:
        yield t("You are told because nobody has decided yet.")


def _decide(reader: Reader, said: RolloutSaid) -> Iterator[str]:
    t = reader.t
    if said.next_open and said.next_open not in {reason.until for reason in said.reasons}:
        yield t("The gate opens {at}.", at=when(reader, said.next_open))
    if can_be_excepted(said):
        roles = dict.fromkeys(role for reason in said.reasons for role in reason.grantors)
        who = names.roles(reader, roles)
        yield t("Decide: continue with an exception (granted by: {who}), or declare a rollback.", who=who)
    else:
        yield t("Decide: continue once the gate is open, or declare a rollback.")


def can_be_excepted(said: RolloutSaid) -> bool:
    """Whether exceptions open all that closes the gate."""
    return bool(said.reasons) and all(reason.exceptionable for reason in said.reasons)


def _left(reader: Reader, said: RolloutSaid) -> str:
    return _steps(reader, said.left)


def _steps(reader: Reader, steps: tuple[str, ...]) -> str:
    return ", ".join(quote(names.rollout_step(reader, step), 80) for step in steps)
