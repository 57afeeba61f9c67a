"""A fix-forward hotfix has come out: the release that it mends is verified anew (spec 2.2)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.context import Case
from commands.record import send
from domain.checklists.judge import reopened
from domain.checklists.model import Phase
from domain.errands import InThread
from domain.events import Event
from domain.people import Origin
from domain.release import Release
from domain.types import Action, Stage
from storage import checklists, releases
from storage.db import Tx

_VERIFIES = Phase.POST_AT_ONCE


def follow(
    tx: Tx, found: Case, saved: Release, action: Action, origin: Origin, events: Sequence[Event]
) -> None:
    """What was ticked of the mended release was of the code without the hotfix; what is waived stays so."""
    mended = releases.get(tx, saved.parent) if saved.parent else None
    if action is not Action.ROLLOUT_COMPLETE or mended is None or mended.stage is not Stage.VERIFYING:
        return
    said = checklists.states(tx, mended.id, [_VERIFIES]).get(_VERIFIES, {})
    again = {key: reopened(state) for key, state in said.items() if state.done_at is not None}
    checklists.put(tx, mended.id, _VERIFIES, again)
    send(tx, found.project, origin, [(InThread(mended.id), event) for event in events[:1]])
