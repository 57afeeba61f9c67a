from __future__ import annotations

from typing import Any

import pytest

from commands.deploys.report import take_in
from domain.deploys.model import Deployment, DeployState, DeployWhy
from domain.deploys.reports import Report, Taken
from domain.people import BOT, Origin, Via
from storage import deploys
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import World, world

DEPLOYER = Origin(BOT, Via.DEPLOYER)
RULES = {"deployer": "webhook", "webhook": {"url": "https://deploy.example/naru"}}


class Deploys(Driver):
    """The shop with a deployer in both environments, and what it says."""

    def rules(self, strategy: str = "blue_green", prefix: str = "", **rules: Any) -> None:
        both = {"staging": RULES, "production": RULES} | rules
        git = {"url": "https://git.example/shop.git", "tag_prefix": prefix}
        with self.tx() as tx:
            world(tx, deploy=both, types={"regular": {"rollout": strategy}}, repository=git)

    def of(self, release: str) -> tuple[Deployment, ...]:
        return self.read(deploys.of_release, release)

    def last(self, release: str) -> Deployment:
        return self.of(release)[-1]

    def says(self, deployment: Deployment, state: DeployState, **facts: Any) -> Taken | None:
        why = {DeployState.FAILED: DeployWhy.SAID, DeployState.LOST: DeployWhy.SILENT}.get(state)
        report = Report(**({"deployment": deployment.id, "state": state, "why": why} | facts))
        with self.tx() as tx:
            return take_in(tx, report, DEPLOYER)

    def succeeds(self, release: str, **facts: Any) -> None:
        self.says(self.last(release), DeployState.SUCCEEDED, **facts)

    def out(self, release: str, **qa: Any) -> str:
        """Built, staged by the deployer, approved; its rollout begins."""
        self.cut(release)
        self.build(release)
        self.succeeds(release, evidence="health 200")
        self.pass_qa(release, **qa)
        self.deploy(release)
        return release

    def work(self, release: str) -> list[tuple[str, str, str]]:
        """(purpose, step, state) of all that was asked, oldest first."""
        return [(one.purpose.value, one.step, one.state.value) for one in self.of(release)]


@pytest.fixture
def drive(database: Database, clock: HandClock, shop: World) -> Deploys:
    found = Deploys(database, clock)
    found.rules()
    return found


@pytest.fixture
def deploying(drive: Deploys) -> str:
    """Staging has been deployed by the deployer, and the first step of blue/green is asked for."""
    return drive.out(drive.start())
