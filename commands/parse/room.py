"""The verbs of rollback and war room: rollback, warroom, ic, log, step, escalate, resolve."""

from __future__ import annotations

from datetime import date

from commands import slash
from commands.parse import vocabulary
from commands.parse.common import (
    SHOWN,
    is_version,
    leftover,
    only_release,
    take_release,
    unreadable,
    version_of,
)
from commands.parse.tokens import Words, phrase, user_id
from domain.refusals import Refused, Unreadable
from domain.rollback import StepKey


def rollback(words: Words, _today: date) -> slash.RollbackText:
    return slash.RollbackText(**only_release(words))


def warroom(words: Words, _today: date) -> slash.WarroomText:
    """`warroom`, `warroom 1.5.0`, `warroom here 1.5.0`, `warroom outage`, `warroom data loss 1.5.0`."""
    adopt = any(token.key in vocabulary.ADOPT for token in words.tokens)
    meant = {token: vocabulary.PLAYBOOKS.get(token.key) for token in words.tokens}
    playbooks = dict.fromkeys(one for one in meant.values() if one is not None)
    others = tuple(
        token for token in words.tokens if token.key not in vocabulary.ADOPT and meant[token] is None
    )
    return slash.WarroomText(
        **only_release(Words(words.text, others)), adopt=adopt, playbook=next(iter(playbooks), None)
    )


def commander(words: Words, _today: date) -> slash.IcText:
    if not words or words.first.key in vocabulary.SELF:
        return leftover(words.after(1), slash.IcText())
    user = user_id(words.first)
    if user is None:
        raise Refused(Unreadable("person", words.first.text[:SHOWN], "/release ic @mina"))
    return leftover(words.after(1), slash.IcText(user=user))


def log(words: Words, _today: date) -> slash.LogText:
    return slash.LogText(text=words.rest)


def step(words: Words, _today: date) -> slash.StepText:
    """`step database done`, `step done database`, with a note behind."""
    if not words:
        return slash.StepText()
    key, rest = _step_key(words)
    state = phrase(rest, vocabulary.MOVES)
    if state is None:
        return slash.StepText(step=key, note=rest.rest)
    move, note = state
    if key is None:
        found = phrase(note, vocabulary.STEPS)
        key, note = found or (None, note)
    return slash.StepText(step=key, state=move, note=note.rest)


def _step_key(words: Words) -> tuple[StepKey | None, Words]:
    found = phrase(words, vocabulary.STEPS)
    if found:
        return found
    if phrase(words, vocabulary.MOVES):
        return None, words
    raise unreadable("step", words, vocabulary.STEPS, "/release step database done")


def escalate(words: Words, _today: date) -> slash.EscalateText:
    """`escalate`, `escalate tech lead no answer yet`."""
    if len(words.tokens) > 1 and words.first.key == "to":
        words = words.after(1)
    found = phrase(words, vocabulary.ROLES)
    if found is None:
        return slash.EscalateText(note=words.rest)
    role, note = found
    return slash.EscalateText(role=role, note=note.rest)


def resolve(words: Words, _today: date) -> slash.ResolveText:
    return slash.ResolveText(summary=words.rest)


def postmortem(words: Words, _today: date) -> slash.PostmortemText:
    """`postmortem`, `postmortem 1.6.0`, `postmortem 1.6.0 1.6.1`: the second one brings it out again."""
    meant, rest = take_release(words)
    if not rest:
        return slash.PostmortemText(**meant)
    if not is_version(rest.first):
        raise Refused(Unreadable("version", rest.first.text[:SHOWN], "/release postmortem 1.6.0 1.6.1"))
    return leftover(rest.after(1), slash.PostmortemText(**meant, redeploy=version_of(rest.first)))
