"""What there is to tell of a release where it stands now: pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.notices.model import NoticeKind
from domain.release import Release
from domain.rollout.timing import planned
from domain.types import BEFORE_DEPLOY, Action, Stage

Told = NoticeKind | Action
"""A notice that was sent, or a step that calls for another one."""

_BY_STAGE = {
    Stage.VERIFYING: NoticeKind.DONE,
    Stage.RELEASED: NoticeKind.DONE,
    Stage.CLOSED: NoticeKind.DONE,
    Stage.ON_HOLD: NoticeKind.DELAYED,
    Stage.CANCELLED: NoticeKind.ABORTED,
    Stage.ROLLING_BACK: NoticeKind.ROLLBACK,
    Stage.ROLLED_BACK: NoticeKind.RECOVERY,
}


def usual_kind(release: Release, told: Iterable[Told], at: datetime) -> NoticeKind:
    """`told` is what happened to it so far, oldest first."""
    if release.stage is Stage.DEPLOYING:
        return _under_way(release, told, at)
    if release.stage in BEFORE_DEPLOY and _stopped(told):
        return NoticeKind.ABORTED
    return _BY_STAGE.get(release.stage, NoticeKind.AHEAD)


def overrun(release: Release, at: datetime) -> bool:
    """Whether its rollout was to be over by now."""
    meant = planned(release.rollout) if release.rollout else ()
    return bool(meant) and meant[-1].ends < at


def _under_way(release: Release, told: Iterable[Told], at: datetime) -> NoticeKind:
    """Held up, or longer than planned; else its start, until that was told."""
    if (release.rollout and release.rollout.paused) or overrun(release, at):
        return NoticeKind.DELAYED
    started = False
    for one in told:
        started = one is NoticeKind.STARTED or (started and one is not Action.DEPLOY)
    return NoticeKind.PROGRESS if started else NoticeKind.STARTED


def _stopped(told: Iterable[Told]) -> bool:
    """Whether its rollout was stopped and nobody has told what becomes of it."""
    stopped = False
    for one in told:
        if one is Action.STOP:
            stopped = True
        elif isinstance(one, NoticeKind):
            stopped = False
    return stopped
