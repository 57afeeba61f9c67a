"""What of a release's way nobody could do, because nobody holds its roles: said before it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.lifecycle import TRANSITIONS, Transition, roles_for
from domain.needs import NobodyHolds
from domain.people import Role, Roster
from domain.release import WHO_CONFIRMS, ConfirmItem
from domain.tokens import Scope
from domain.types import Action, ReleaseType

_UP_TO_THE_DEPLOY = (
    Action.CUT_BRANCH,
    Action.BUILD_PASSED,
    Action.STAGING_DEPLOYED,
    Action.QA_PASSED,
    Action.DEPLOY,
)
_FROM_THE_DEPLOY_ON = (Action.STEP_DONE, Action.ROLLOUT_COMPLETE, Action.VERIFIED, Action.CLOSE)
_Step = Action | ConfirmItem


def whole_way(kind: ReleaseType, roster: Roster, scopes: frozenset[Scope]) -> tuple[NobodyHolds, ...]:
    """Of all that a release needs people for. `scopes` are those of the project's tokens, for pipelines."""
    return _grouped(kind, roster, scopes, (*_UP_TO_THE_DEPLOY, *ConfirmItem, *_FROM_THE_DEPLOY_ON))


def rest_of_the_way(
    kind: ReleaseType, roster: Roster, scopes: frozenset[Scope], items: Iterable[ConfirmItem]
) -> tuple[NobodyHolds, ...]:
    """Of what a deploy needs people for, and what comes after it; `items` are still to be confirmed."""
    return _grouped(kind, roster, scopes, (*items, *_FROM_THE_DEPLOY_ON))


def _grouped(
    kind: ReleaseType, roster: Roster, scopes: frozenset[Scope], steps: Iterable[_Step]
) -> tuple[NobodyHolds, ...]:
    """Together what the same roles would do."""
    found: dict[tuple[Role, ...], list[_Step]] = {}
    for step in steps:
        for roles in _needed(kind, scopes, step):
            if not roster.anyone(roles):
                found.setdefault(roles, []).append(step)
    return tuple(NobodyHolds(roles, tuple(steps)) for roles, steps in found.items())


def _needed(kind: ReleaseType, scopes: frozenset[Scope], step: _Step) -> Iterator[tuple[Role, ...]]:
    if isinstance(step, ConfirmItem):
        yield roles_for(kind, WHO_CONFIRMS[step])
        return
    row = _row(step)
    if row.ci not in scopes:
        yield roles_for(kind, row.who)


def _row(action: Action) -> Transition:
    return next(row for row in TRANSITIONS if row.action is action)
