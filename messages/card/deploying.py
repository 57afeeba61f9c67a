"""What the deployers of a release are at, on its card: how far, and where to watch it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.deploys.model import Deployment
from messages import blocks
from messages.blocks import Block
from messages.deploys import deployer, state, watch, work
from messages.parts import stamp
from messages.texts import Reader

_SHOWN, _SEGMENTS = 5, 10


def deploying(reader: Reader, deployments: Sequence[Deployment]) -> Iterator[Block]:
    if deployments:
        yield blocks.context(*(_line(reader, one) for one in deployments[-_SHOWN:]))


def _line(reader: Reader, one: Deployment) -> str:
    t = reader.t
    text = t(
        "⏳ {work}, by {deployer}: {state} since {at}",
        work=work(reader, one.purpose, one.step),
        deployer=deployer(reader, one.deployer),
        state=state(reader, one.state),
        at=stamp(reader, one.running_at or one.asked_at),
    )
    return " · ".join(part for part in (text, _bar(one.percent), watch(reader, one.url)) if part)


def _bar(percent: int | None) -> str:
    """`▰▰▰▰▱▱▱▱▱▱ 40 %`; empty where the deployer does not say."""
    if percent is None:
        return ""
    filled = round(_SEGMENTS * percent / 100)
    return f"{'▰' * filled}{'▱' * (_SEGMENTS - filled)} {percent} %"
