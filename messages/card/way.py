"""The whole way of a release on one line, with the stage it is at."""

from __future__ import annotations

from domain.release import Release
from domain.types import WAY, Stage
from messages import names
from messages.texts import Reader

_SIDE = {
    Stage.FIXING: ("🔧", Stage.BUILDING),
    Stage.ON_HOLD: ("⏸", Stage.CANDIDATE),
    Stage.CANCELLED: ("✖", Stage.CANDIDATE),
    Stage.ROLLING_BACK: ("↩", Stage.DEPLOYING),
    Stage.ROLLED_BACK: ("↩", Stage.DEPLOYING),
}

_TAKEN_BACK = frozenset({Stage.ROLLING_BACK, Stage.ROLLED_BACK})

# A mark stays with its name, and the name in one piece, where the line breaks.
NBSP = "\u00a0"


def way(reader: Reader, release: Release) -> str:
    """`● Candidate  ● Building  ◉ *Staging*  ○ QA …`; a side stage stands in front."""
    here = _on_the_way(release)
    at = WAY.index(here)
    line = "  ".join(_mark(reader, stage, WAY.index(stage) - at, release) for stage in WAY)
    if release.stage not in _SIDE:
        return line
    sign, _ = _SIDE[release.stage]
    return f"{sign} *{names.stage(reader, release.stage)}*\n{line}"


def _on_the_way(release: Release) -> Stage:
    """Where a release in a side stage left the way or will come back to it."""
    if release.stage in _TAKEN_BACK and release.before_rollback in WAY:
        return release.before_rollback
    place = release.place
    return place if place in WAY else _SIDE[place][1]


def _mark(reader: Reader, stage: Stage, distance: int, release: Release) -> str:
    name = names.stage(reader, stage).replace(" ", NBSP)
    if distance < 0:
        return f"●{NBSP}{name}"
    if distance > 0:
        return f"○{NBSP}{name}"
    return f"◉{NBSP}*{name}*" if release.stage is stage else f"◌{NBSP}{name}"
