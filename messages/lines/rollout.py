"""Lines of a rollout that waits for people: because the gate closed on it, or because nobody decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.rollout.model import StepIs
from messages import names
from messages.deploys import watch, words
from messages.gates import reason_line
from messages.lines.lifecycle import head
from messages.parts import bullets, quote, when
from messages.texts import Reader

RolloutSaid = v.RolloutInterrupted | e.RolloutWaits | e.RolloutUndecided
Held = v.RolloutInterrupted | e.RolloutWaits


def rollout_line(reader: Reader, said: RolloutSaid) -> str:
    """What happened or still waits, why, until when, and the ways to decide."""
    match said:
        case v.RolloutInterrupted():
            return "\n".join(_interrupted(reader, said))
        case e.RolloutWaits():
            return "\n".join(_waits(reader, said))
        case e.RolloutUndecided():
            return "\n".join(_undecided(reader, said))
        case _:
            assert_never(said)


def _undecided(reader: Reader, said: e.RolloutUndecided) -> Iterator[str]:
    t = reader.t
    if said.late:
        yield from _late(reader, said)
        return
    at = when(reader, said.since)
    yield t("{release} *The rollout waits for a decision* since {at}.", release=head(said.version), at=at)
    step = _steps(reader, (said.step,))
    if said.paused:
        yield t("Paused: {reason}", reason=quote(words(reader, said.reason)))
        yield t("Continue, or declare a rollback.")
        if said.unheard:
            yield t(
                "Is it out, though its deployer has not said so? Then say so with a reason: {step}", step=step
            )
    elif said.state is StepIs.DONE:
        yield t("All steps are done. All well? Then complete the rollout. If not: declare a rollback.")
    elif said.state is StepIs.WATCHED:
        yield t("{step} has been watched. Go on, pause, or declare a rollback.", step=step)
    else:
        yield t("{step} is being put out. Is it out? Then say so. If not: pause, or roll back.", step=step)
    if said.escalated:
        yield t("You are told because nobody has decided yet.")


def _late(reader: Reader, said: e.RolloutUndecided) -> Iterator[str]:
    t = reader.t
    step, at = _steps(reader, (said.step,)), when(reader, said.since)
    yield t(
        "{release} *{step} takes longer than planned*: since {at}.",
        release=head(said.version),
        step=step,
        at=at,
    )
    look = t("Its deployer has not said that it is out: perhaps somebody has to approve it there.")
    yield f"{look} {watch(reader, said.url)}".rstrip()
    yield t("If nothing comes of it, pause the rollout: its deployer is told to leave it.")
    if said.escalated:
        yield t("You are told because nobody has decided yet.")


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


def _decide(reader: Reader, said: Held) -> Iterator[str]:
    t = reader.t
    if said.next_open and said.next_open not in {reason.until for reason in said.reasons}:
        yield t("The gate opens {at}.", at=when(reader, said.next_open))
    if can_be_excepted(said):
        roles = dict.fromkeys(role for reason in said.reasons for role in reason.grantors)
        who = names.roles(reader, roles)
        yield t("Decide: continue with an exception (granted by: {who}), or declare a rollback.", who=who)
    else:
        yield t("Decide: continue once the gate is open, or declare a rollback.")


def can_be_excepted(said: Held) -> bool:
    """Whether exceptions open all that closes the gate."""
    return bool(said.reasons) and all(reason.exceptionable for reason in said.reasons)


def _left(reader: Reader, said: Held) -> str:
    return _steps(reader, said.left)


def _steps(reader: Reader, steps: tuple[str, ...]) -> str:
    return ", ".join(quote(names.rollout_step(reader, step), 80) for step in steps)
