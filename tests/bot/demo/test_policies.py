"""The demo's policy files: what they say, and that what somebody wrote into them stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.policies import write_policies
from domain.criteria.rules import Level
from domain.deploys.model import DeployerKind
from domain.policy import Policy
from storage.policies import load_policies

SERVICE = "http://127.0.0.1:8767"


def _write(folder: Path, language: str = "en", **service: str) -> Path:
    shop, api = folder / "shop.git", folder / "api.git"
    return write_policies(folder / "policies", shop=shop, api=api, language=language, **service) / "shop.yaml"


def _policy(path: Path) -> Policy:
    return next(one for one in load_policies(path.parent) if one.project == "shop")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_shop_is_deployed_and_measured_at_its_address(tmp_path: Path, language: str) -> None:
    policy = _policy(_write(tmp_path, language, service=SERVICE))
    webhooks = [policy.deploy.staging.webhook, policy.deploy.production.webhook]
    assert policy.deploy.production.deployer is DeployerKind.WEBHOOK
    assert [(one.url, one.status_url) for one in webhooks if one] == 2 * [
        (f"{SERVICE}/deploy", f"{SERVICE}/status")
    ]
    assert policy.health.allow == ("127.0.0.1",)
    rule = policy.criteria.rules["canary_error_rate"]
    assert (rule.level, rule.sustained) == (Level.ROLLBACK, timedelta(minutes=1))


def test_without_a_service_people_deploy_by_hand(tmp_path: Path) -> None:
    policy = _policy(_write(tmp_path))
    assert policy.deploy.production.deployer is DeployerKind.MANUAL


def test_a_file_of_an_older_demo_gets_the_service_too(tmp_path: Path) -> None:
    _write(tmp_path)
    assert _policy(_write(tmp_path, service=SERVICE)).deploy.production.deployer is DeployerKind.WEBHOOK


def test_what_somebody_wrote_stays_and_follows_the_service(tmp_path: Path) -> None:
    path = _write(tmp_path, service=SERVICE)
    path.write_text(path.read_text("utf-8") + "large_change: 7\n", "utf-8")
    written = path.read_text("utf-8")
    _write(tmp_path, service=SERVICE)
    assert path.read_text("utf-8") == written
    _write(tmp_path, service="http://127.0.0.1:9000", before=SERVICE)
    assert path.read_text("utf-8") == written.replace(SERVICE, "http://127.0.0.1:9000")
