"""Which branches an urgent fix is merged into besides main and develop (spec 2.4)."""

from __future__ import annotations

from collections.abc import Iterable

from domain.release import Release
from domain.types import BEFORE_DEPLOY, URGENT, Stage

_OPEN = (BEFORE_DEPLOY - {Stage.CANDIDATE}) | {Stage.ON_HOLD}


def open_branches(live: Iterable[Release]) -> tuple[str, ...]:
    """The release branches that were cut and whose deploy has not begun.

    What is being deployed or verified stays as it was approved: main brings the fix to its successor. Other
    urgent fixes carry the commits that were named for them and nothing else.
    """
    return tuple(r.branch for r in live if r.branch and r.stage in _OPEN and r.type not in URGENT)
