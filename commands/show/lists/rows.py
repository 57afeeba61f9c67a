"""A release as a row of a list: where it stands, and for whom it waits since when."""

from __future__ import annotations

from commands import context
from commands.context import Case
from domain.approvals import Tally
from domain.lifecycle import TRANSITIONS, possible, who_may
from domain.people import Role
from domain.project import Project
from domain.release import Release
from domain.scope import left_out, without
from domain.types import COLUMN_OF, Action, Stage
from domain.views import Row
from storage import people, scopes
from storage.db import Tx

_MOVES = frozenset(
    {Action.PAUSE, Action.HOLD, Action.CANCEL, Action.STOP, Action.BUG_FOUND, Action.QA_FAILED}
)
_FAILS = frozenset(
    {
        Action.BUILD_FAILED,
        Action.STAGING_FAILED,
        Action.DECLARE_ROLLBACK,
        Action.FIX_FORWARD,
        Action.STAND_DOWN,
    }
)


def row(tx: Tx, found: Case, tally: Tally | None) -> Row:
    """One release in a list, with whom it waits for and since when."""
    release = found.release
    scope = scopes.now(tx, release)
    roles = waits_for_roles(release)
    users = tally.waiting_for if tally and release.stage is Stage.APPROVAL else ()
    return Row(
        project=release.project,
        release=release.id,
        version=str(release.version),
        type=release.type,
        stage=release.stage,
        column=COLUMN_OF[release.place],
        changes=without(scope, release.hidden).counts.total if scope else 0,
        deploy_at=release.deploy_at,
        held=release.stage is Stage.ON_HOLD,
        waits_for=users,
        waits_for_roles=roles,
        since=release.stage_since,
        left_out=left_out(scope, release.hidden) if scope else 0,
        deploy_started_at=release.deploy_started_at,
        deployed_at=release.deployed_at,
    )


def rows_of(tx: Tx, project: Project, found: list[Release]) -> tuple[Row, ...]:
    return tuple(row(tx, case, tally_of(tx, case)) for case in cases(tx, project, found))


def cases(tx: Tx, project: Project, found: list[Release]) -> list[Case]:
    roster = people.roster(tx, project.key)
    return [Case(project, release, roster, tx.now()) for release in found]


def tally_of(tx: Tx, case: Case) -> Tally | None:
    return context.tally_of(tx, case) if case.release.stage is Stage.APPROVAL else None


def waits_for_roles(release: Release) -> tuple[Role, ...]:
    """Who takes the next step forward."""
    next_step = onward(release)
    for entry in TRANSITIONS:
        if entry.action is next_step and release.stage in entry.sources:
            return who_may(release, entry)
    return ()


def onward(release: Release) -> Action | None:
    """The step forward that its buttons offer first, if any."""
    return next((action for action in possible(release) if action not in _MOVES | _FAILS), None)
