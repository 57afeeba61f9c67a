from __future__ import annotations

import pytest

from domain.needs import NobodyHolds
from domain.people import Role, Roster
from domain.release import ConfirmItem
from domain.staffing import rest_of_the_way, whole_way
from domain.tokens import Scope
from domain.types import Action, ReleaseType
from tests.support.builders import ROSTER

A, R, C = Action, Role, ConfirmItem
NONE: frozenset[Scope] = frozenset()


def without(*roles: Role) -> Roster:
    return Roster({role: users for role, users in ROSTER.members.items() if role not in roles})


@pytest.mark.parametrize("kind", list(ReleaseType))
def test_where_every_role_is_held_nothing_is_said(kind: ReleaseType) -> None:
    assert whole_way(kind, ROSTER, NONE) == ()
    assert rest_of_the_way(kind, ROSTER, NONE, ConfirmItem) == ()


def test_what_nobody_could_do_is_told_together_by_the_roles_that_would() -> None:
    assert whole_way(ReleaseType.REGULAR, without(R.DEVOPS, R.ONCALL), NONE) == (
        NobodyHolds((R.ONCALL, R.DEVOPS), (C.ONCALL_STANDING_BY,)),
        NobodyHolds((R.DEVOPS,), (A.STEP_DONE, A.ROLLOUT_COMPLETE)),
    )


def test_another_role_that_may_is_enough() -> None:
    assert whole_way(ReleaseType.REGULAR, without(R.QA_LEAD, R.ONCALL), NONE) == ()


def test_a_hotfix_has_its_commander_for_what_a_release_manager_would_do() -> None:
    roster = without(R.RELEASE_MANAGER)
    assert whole_way(ReleaseType.HOTFIX, roster, NONE) == ()
    assert NobodyHolds((R.RELEASE_MANAGER,), (A.CUT_BRANCH, A.BUILD_PASSED, A.CLOSE)) in whole_way(
        ReleaseType.REGULAR, roster, NONE
    )


def test_what_a_pipeline_reports_needs_nobody() -> None:
    nobody = Roster({R.ONCALL: frozenset({"U1"}), R.RELEASE_MANAGER: frozenset({"U2"})})
    assert rest_of_the_way(ReleaseType.REGULAR, nobody, frozenset({Scope.STEP}), ConfirmItem) == ()


def test_what_is_confirmed_needs_nobody_any_more() -> None:
    roster = without(R.DEVOPS, R.ONCALL)
    assert rest_of_the_way(ReleaseType.REGULAR, roster, NONE, ()) == (
        NobodyHolds((R.DEVOPS,), (A.STEP_DONE, A.ROLLOUT_COMPLETE)),
    )
