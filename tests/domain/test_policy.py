from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.approvals import Requirement
from domain.calendar.rules import FreezeRule
from domain.calendar.type_rules import BlackoutRule, NoDeployRule, WindowRule
from domain.names import Names
from domain.people import Role
from domain.policy import Policy
from domain.type_policy import DEFAULT_TYPES, Separation
from domain.types import Flow, ReleaseType, RolloutStrategy
from tests.support.world import policy

R = ReleaseType
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
OTHERS = (Role.RELEASE_MANAGER, Role.PM)

DEFAULTS: dict[ReleaseType, dict[str, Any]] = {
    R.REGULAR: {
        "approvals": [(Role.RELEASE_MANAGER, 1)],
        "separation": (True, "largest"),
        "freeze": FreezeRule(days_before=3),
        "soak": 24 * HOUR,
        "monitoring": 24 * HOUR,
        "rollout": RolloutStrategy.BLUE_GREEN,
        "gate": (WindowRule.REQUIRED, NoDeployRule.BLOCKED, BlackoutRule.PM_EXCEPTION),
        "lapse": (7 * DAY, 7 * DAY),
        "remind": (4 * HOUR, DAY),
        "escalate_to": OTHERS,
    },
    R.EMERGENCY: {
        "approvals": [(Role.TECH_LEAD, 1), (Role.PM, 1)],
        "separation": (True, "any"),
        "freeze": None,
        "soak": 30 * MINUTE,
        "monitoring": 2 * HOUR,
        "rollout": RolloutStrategy.ROLLING,
        "gate": (WindowRule.BUSINESS_HOURS_PREFERRED, NoDeployRule.EXEMPT, BlackoutRule.PM_EXCEPTION),
        "lapse": (DAY, DAY),
        "remind": (15 * MINUTE, 15 * MINUTE),
        "escalate_to": OTHERS,
    },
    R.HOTFIX: {
        "approvals": [(Role.INCIDENT_COMMANDER, 1)],
        "separation": (False, "any"),
        "freeze": None,
        "soak": timedelta(0),
        "monitoring": HOUR,
        "rollout": RolloutStrategy.ROLLING,
        "gate": (WindowRule.ANY_TIME, NoDeployRule.EXEMPT, BlackoutRule.PM_EXCEPTION),
        "lapse": (DAY, DAY),
        "remind": (5 * MINUTE, 5 * MINUTE),
        "escalate_to": OTHERS,
    },
    R.FEATURE: {
        "approvals": [(Role.PM, 1)],
        "separation": (True, "largest"),
        "freeze": FreezeRule(days_before=7),
        "soak": 3 * DAY,
        "monitoring": 48 * HOUR,
        "rollout": RolloutStrategy.CANARY,
        "gate": (WindowRule.REQUIRED, NoDeployRule.BLOCKED, BlackoutRule.PM_EXCEPTION),
        "lapse": (7 * DAY, 7 * DAY),
        "remind": (4 * HOUR, DAY),
        "escalate_to": OTHERS,
    },
}


def whole(found: Policy, kind: ReleaseType) -> dict[str, Any]:
    rules = found.of(kind)
    return {
        "approvals": [(rule.role, rule.count) for rule in rules.approvals],
        "separation": (rules.separation.starter, rules.separation.authors),
        "freeze": rules.freeze,
        "soak": rules.soak,
        "monitoring": rules.monitoring,
        "rollout": rules.rollout,
        "gate": (rules.gate.window, rules.gate.no_deploy_hours, rules.gate.blackout),
        "lapse": (rules.pending_lapses_after, rules.granted_lapses_after),
        "remind": (rules.remind_after, rules.remind_every),
        "escalate_to": rules.escalate_to,
    }


@pytest.mark.parametrize("kind", list(ReleaseType))
def test_the_defaults_of_a_type_are_those_of_the_specification(kind: ReleaseType) -> None:
    assert whole(policy(), kind) == DEFAULTS[kind]


def test_a_minimal_file_has_the_defaults_of_the_specification() -> None:
    found = Policy.model_validate({"project": "shop", "channel": "#shop-release"})
    assert (found.language, found.zone, found.owners, found.roles) == ("ko", "Asia/Seoul", (), {})
    assert (found.repository.flow, found.repository.tag_at) == (Flow.GIT_FLOW, "released")
    assert found.types == DEFAULT_TYPES


def test_a_line_of_a_type_changes_that_line_only() -> None:
    found = policy(types={"regular": {"soak": "2h"}})
    assert whole(found, R.REGULAR) == DEFAULTS[R.REGULAR] | {"soak": 2 * HOUR}
    assert whole(found, R.HOTFIX) == DEFAULTS[R.HOTFIX]


def test_a_nested_line_of_a_type_keeps_its_neighbours() -> None:
    found = policy(types={"hotfix": {"separation": {"authors": "none"}}})
    assert found.of(R.HOTFIX).separation == Separation(starter=False, authors="none")


def test_a_policy_reads_back_as_it_was_written() -> None:
    found = policy(types={"feature": {"soak": "36h", "approvals": [{"role": "pm", "count": 2}]}})
    assert Policy.model_validate_json(found.model_dump_json(by_alias=True)) == found


@pytest.mark.parametrize(
    "wrong",
    [
        {"projekt": "shop"},
        {"channel": "shop"},
        {"zone": "Asia/Seul"},
        {"owners": ["rm"]},
        {"types": {"regular": {"soack": "2h"}}},
        {"types": {"regular": {"soak": "soon"}}},
        {"types": {"weekly": {"soak": "2h"}}},
        {"types": {"regular": {"approvals": [{"role": "pm", "count": 0}]}}},
        {"types": ["regular"]},
        {"types": {"regular": None}},
        {"large_change": 0},
        {"project": "Shop"},
    ],
)
def test_what_cannot_be_read_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        policy(**wrong)


def test_the_freeze_of_regular_releases_is_the_cadences() -> None:
    found = policy(calendar={"cadence": {"freeze": {"days_before": 2}}})
    assert found.freeze_rule(R.REGULAR) == FreezeRule(days_before=2)
    assert found.freeze_rule(R.FEATURE) == FreezeRule(days_before=7)
    assert found.freeze_rule(R.HOTFIX) is None


def test_without_a_cadence_the_types_own_freeze_holds() -> None:
    found = policy(calendar={"cadence": None}, types={"regular": {"freeze": {"days_before": 1}}})
    assert found.freeze_rule(R.REGULAR) == FreezeRule(days_before=1)


@pytest.mark.parametrize(
    ("kind", "needs"),
    [
        (R.REGULAR, (Requirement(Role.RELEASE_MANAGER),)),
        (R.EMERGENCY, (Requirement(Role.TECH_LEAD), Requirement(Role.PM))),
        (R.HOTFIX, (Requirement(Role.INCIDENT_COMMANDER),)),
        (R.FEATURE, (Requirement(Role.PM), Requirement(Role.STAKEHOLDER, 2, ("U0A", "U0B")))),
    ],
)
def test_a_feature_needs_every_stakeholder_as_well(kind: ReleaseType, needs: tuple[Requirement, ...]) -> None:
    assert policy().requirements(kind, ("U0A", "U0B")) == needs


def test_a_name_in_one_language_serves_both() -> None:
    assert (Names(ko="가게")["en"], Names(en="Shop")["ko"]) == ("가게", "Shop")
    assert policy(name={"ko": "가게", "en": "Shop"}).title("ko") == "가게"
    assert policy().title("en") == "shop"
