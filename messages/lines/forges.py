"""Lines of forges: what a freeze holds, and when that cannot be seen to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain import events as v
from messages.forges import forge_fault
from messages.lines.frozen import of_slot
from messages.lines.lifecycle import head
from messages.parts import code, link, quote, when
from messages.texts import Reader

ForgeSaid = v.PullRequestsHeld | v.ForgeFailed | v.ForgeAnswered

_BRANCHES = 10


def forge_line(reader: Reader, said: ForgeSaid) -> str:
    match said:
        case v.PullRequestsHeld():
            return _held(reader, said)
        case v.ForgeFailed():
            return "\n".join(_failed(reader, said))
        case v.ForgeAnswered():
            return reader.t(
                "*The code host can be asked again*: every open pull request is marked as it should be."
            )
        case _:
            assert_never(said)


def _held(reader: Reader, said: v.PullRequestsHeld) -> str:
    t = reader.t
    whose = head(said.version) if said.version else of_slot(reader, said.day)
    branches = ", ".join(code(branch) for branch in said.branches[:_BRANCHES])
    text = t(
        "*Code freeze* {release}: open pull requests into {branches}: {held} held, {free} free to merge.",
        release=whose,
        branches=branches,
        held=said.held,
        free=said.free,
    )
    listed = link(said.url, t("Look at them")) if said.url else ""
    return f"{text} {listed}".rstrip()


def _failed(reader: Reader, said: v.ForgeFailed) -> Iterator[str]:
    t = reader.t
    yield t("*The code host cannot be asked* since {at}.", at=when(reader, said.since))
    yield f"> {quote(forge_fault(reader, said.fault))}"
    if said.waiting:
        yield t(
            "Pull requests may bear an old mark until then: a code freeze holds, or is over, whatever they "
            "show. Naru tries again by itself."
        )
