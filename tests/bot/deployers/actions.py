"""The shop whose deployer is a workflow of a GitHub on this machine."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr

from bot.deployers.github_actions import GitHubActions
from bot.deployworker import DeployWorker
from domain.deploys.model import DeployerKind
from storage.db import Database
from tests.bot.deployers.yard import Yard
from tests.support.clock import HandClock
from tests.support.deployer import Service
from tests.support.driver import Driver
from tests.support.github import NAME, GitHub
from tests.support.world import world


class Actions(Yard):
    """The same, with a workflow in the place of the webhook."""

    def rules(self, **more: Any) -> None:
        workflow = {"workflow": "deploy.yml", **more.pop("github_actions", {})}
        rules = {"deployer": "github_actions", "retries": 2, "github_actions": workflow, **more}
        url = self.service.url
        forge = {"kind": "github", "repository": NAME, "api_url": url}
        with self.drive.tx() as tx:
            world(tx, deploy={"staging": rules, "production": rules}, repository={"forge": forge})


def actions(database: Database, clock: HandClock, hub: GitHub) -> Actions:
    token = hub.token
    deployers = {DeployerKind.GITHUB_ACTIONS: GitHubActions(lambda: SecretStr(token))}
    found = Actions(Driver(database, clock), Service(url=hub.url), DeployWorker(database, deployers))
    found.rules()
    return found
