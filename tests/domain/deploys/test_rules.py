from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.deploys.model import DeployerKind
from domain.deploys.rules import DEFAULT_INPUTS, DeployRules, EnvironmentRules, WorkflowRules, filled
from domain.types import Environment


def test_by_default_people_deploy() -> None:
    rules = DeployRules()

    assert rules.of(Environment.STAGING) == rules.of(Environment.PRODUCTION) == EnvironmentRules()
    assert not rules.production.automatic


def test_each_environment_has_a_deployer_of_its_own() -> None:
    rules = DeployRules.model_validate(
        {
            "staging": {
                "deployer": "webhook",
                "lost_after": "10m",
                "webhook": {"url": "https://d.example/x"},
            },
            "production": {"deployer": "github_actions", "github_actions": {"workflow": "deploy.yml"}},
        }
    )

    assert rules.of(Environment.STAGING).deployer is DeployerKind.WEBHOOK
    assert rules.of(Environment.STAGING).lost_after == timedelta(minutes=10)
    assert rules.of(Environment.PRODUCTION).github_actions == WorkflowRules(workflow="deploy.yml")


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"deployer": "webhook"}, "deployer_rules"),
        ({"deployer": "github_actions", "webhook": {"url": "https://d.example"}}, "deployer_rules"),
        ({"webhook": {"url": "http://d.example"}}, "deployer_address"),
        ({"webhook": {"url": "https://u:p@d.example"}}, "deployer_address"),
        ({"webhook": {"url": "https://d.example?token=1"}}, "deployer_address"),
        ({"webhook": {"url": "https://["}}, "deployer_address"),
        ({"webhook": {"url": "https://a..b/x"}}, "address_host"),
        ({"webhook": {"url": "https://d.example", "status_url": f"https://{'a' * 64}.com"}}, "address_host"),
        ({"webhook": {"url": "https://d.example", "timeout": "5m"}}, "duration_range"),
        ({"lost_after": "5s"}, "duration_range"),
        ({"retries": 11}, "less_than_equal"),
        ({"github_actions": {"workflow": "../x.yml"}}, "string_pattern_mismatch"),
        ({"github_actions": {"workflow": "d.yml", "inputs": {"a": "{nobody} {id}"}}}, "deploy_place"),
        ({"github_actions": {"workflow": "d.yml", "inputs": {"a": "{sha}"}}}, "deploy_id"),
        ({"deployer": "ssh"}, "enum"),
    ],
)
def test_what_cannot_work_is_refused(rules: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        EnvironmentRules.model_validate(rules)

    assert [one["type"] for one in refused.value.errors()] == [code]


def test_plain_http_is_for_this_machine_only() -> None:
    rules = EnvironmentRules.model_validate({"webhook": {"url": "http://127.0.0.1:8080/deploy"}})

    assert rules.webhook is not None


def test_inputs_are_filled_with_what_is_deployed() -> None:
    facts = {"id": "d1", "environment": "staging", "purpose": "staging", "step": "", "target": "v1-rc.1"}

    assert filled(DEFAULT_INPUTS, facts | {"sha": "abc"}) == {
        "deployment": "d1",
        "environment": "staging",
        "purpose": "staging",
        "step": "",
        "target": "v1-rc.1",
        "sha": "abc",
    }
    assert filled({"what": "{target} of {id}, {sha}"}, facts) == {"what": "v1-rc.1 of d1, "}
