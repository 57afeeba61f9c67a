"""Deployers behind one interface. A new one is a file here, and a line in `deployers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import SecretStr

from domain.deploys.model import Deployment, DeployWhy
from domain.deploys.reports import Report
from domain.deploys.rules import EnvironmentRules
from domain.project import Project

Secret = Callable[[], SecretStr | None]
"""A secret as it is now: asked before every request, so that one that was changed is taken up at once."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a deployer is to do or to tell of. `callback` is where it reports to, empty where it cannot;
    `since` is when it was first sent, by the machine's clock; `doubtful` where an earlier try may have
    arrived. `percent` of the users have the new version once a rollout's step is live.
    """

    deployment: Deployment
    project: Project
    version: str
    rules: EnvironmentRules
    callback: str
    since: datetime
    percent: int | None = None
    doubtful: bool = False

    @property
    def facts(self) -> dict[str, str]:
        one = self.deployment
        return {
            "id": one.id,
            "project": one.project,
            "version": self.version,
            "tag": f"{self.project.policy.repository.tag_prefix}v{self.version}",
            "sha": one.sha,
            "environment": one.environment.value,
            "purpose": one.purpose.value,
            "step": one.step,
            "target": one.target,
        }


class NoAnswer(Exception):
    """`again` where another try may help, after `wait` seconds at least; `unknown` where this one may have
    arrived all the same. `detail` holds nothing secret.
    """

    def __init__(
        self, why: DeployWhy, detail: str = "", *, again: bool = False, unknown: bool = False, wait: float = 0
    ) -> None:
        super().__init__(why)
        self.why = why
        self.detail = detail[:300]
        self.again = again
        self.unknown = unknown
        self.wait = wait


class Deployer(Protocol):
    """Every method raises NoAnswer. `ask` may be called again with the same deployment: it is one piece of
    work. A report of None says that there is nothing new; `polled` that it has to be asked how it goes.
    """

    @property
    def polled(self) -> bool: ...

    async def ask(self, job: Job) -> Report | None: ...

    async def follow(self, job: Job) -> Report | None: ...

    async def cancel(self, job: Job) -> Report | None: ...


Deployers = Mapping[str, Deployer]
