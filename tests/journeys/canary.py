"""A canary under a real Prometheus and a webhook deployer: what stands around its stories, and their acts."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import healthworker
from commands.load import load_policy
from domain.deploys.rules import DeployRules
from domain.health.asking import slot
from domain.health.model import Reading
from domain.health.newest import newest
from domain.health.rules import HealthRules
from domain.types import Environment
from storage import projects, readings
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story, until
from tests.support import prometheus
from tests.support.deployer import CALLBACK, SIGNING, Service, reported, service
from tests.support.storefront import Storefront, serving

OLD, NEW = "1.4.2", "1.5.0"
ROOM = "#rollback-v1-5-0"
MINUTE = timedelta(minutes=1)

POLICY = """
types: {regular: {rollout: canary}}
rollout: {go_on: when_fine}
"""

_ALL, _BAD = "http_requests_total", 'http_requests_total{code="500"}'
_NEW = 'http_requests_total{version="{version}"}'
_NEW_BAD = 'http_requests_total{version="{version}",code="500"}'
QUERIES = {
    "error_rate": f"sum(rate({_BAD}[1s])) / sum(rate({_ALL}[1s]))",
    "canary_error_rate": f"sum(rate({_NEW_BAD}[1s])) / sum(rate({_NEW}[1s]))",
    "p95_latency": 'max(http_request_seconds{quantile="0.95"})',
    "requests": f"sum(increase({_NEW}[1s]))",
}
"""Each looks one second back: the story's users do in it what real ones do in minutes."""


def front() -> Storefront:
    """The new version fails for one user in eight: among all users nobody would notice for long."""
    return Storefront(traffic={OLD: 1.0}, errors={OLD: 0.005, NEW: 0.12}, p95={OLD: 0.12, NEW: 0.15})


@dataclass
class Works:
    """The deployer's own work: it moves the storefront's traffic, once for each id however often it is asked."""

    service: Service
    front: Storefront
    done: dict[str, tuple[str, str]] = field(default_factory=dict)

    def act(self) -> None:
        """What was just asked is done."""
        body = self.service.asked[-1].body
        if body.get("action") != "deploy" or body["id"] in self.done:
            return
        self.done[body["id"]] = (body["step"], body["target"])
        share = 0.0 if body["purpose"] == "rollback" else body["percent"] / 100
        self.front.traffic = {version: part for version, part in ((OLD, 1 - share), (NEW, share)) if part}


@dataclass
class Canary:
    """The story with all that stands around it."""

    story: Story
    front: Storefront
    works: Works
    prometheus: str
    running: ExitStack

    def prometheus_goes_down(self) -> None:
        """For good."""
        self.running.close()

    async def says(self, state: str, *, of: int = -1, secret: bytes = CALLBACK, **facts: Any) -> int:
        """The deployer calls back about its deployment number `of`; the status that it is answered with."""
        body = {"id": list(self.works.done)[of], "state": state, **facts}
        url = f"http://127.0.0.1:{self.story.demo.program.port}/hooks/deploys/shop"
        status, _ = await reported(url, body, secret=secret)
        await self.story.settled()
        return status

    async def measures(self, metric: str, value: float) -> None:
        """Until Prometheus has seen so much of it."""
        query = QUERIES[metric].replace("{version}", NEW)
        await prometheus.until(self.prometheus, query, lambda found: _is(found, value))

    async def pass_minutes(self, minutes: int) -> None:
        """Minute by minute, each with its round of questions answered."""
        for _ in range(minutes):
            await self.story.wait_for(MINUTE)
            await self.measured()

    async def measured(self) -> None:
        """Until the round of this moment is taken in."""
        db = self.story.demo.program.db
        at = slot(self.story.now, MINUTE)
        await until(lambda: db.read_now(_round, at), f"the round of {at}")
        await self.story.settled()

    def newest(self) -> dict[str, Reading]:
        return dict(self.story.demo.program.db.read_now(_newest))


def _is(found: list[Any], value: float) -> bool:
    return len(found) == 1 and math.isclose(float(found[0]["value"][1]), value, rel_tol=1e-6)


def _newest(tx: Tx) -> dict[str, Reading]:
    return newest(readings.newest_of_each(tx, "shop", Environment.PRODUCTION))


def _round(tx: Tx, at: Any) -> bool:
    found = _newest(tx)
    return "error_rate" in found and found["error_rate"].at >= at


@asynccontextmanager
async def canary(story: Story, folder: Path) -> AsyncIterator[Canary]:
    """Prometheus scrapes, the deployer listens, and the policy names both."""
    async with serving(front()) as storefront, service() as deployer:
        works = Works(deployer, storefront)
        deployer.on_ask = works.act
        with ExitStack() as running:
            running.enter_context(_secrets(folder))
            url = running.enter_context(prometheus.scraping(storefront.port, folder))
            await story.demo.program.db.run(_in_force, deployer.url, url)
            found = Canary(story, storefront, works, url, running)
            await found.measures("error_rate", 0.005)
            yield found


@contextmanager
def _secrets(folder: Path) -> Iterator[None]:
    """As a secret store mounts them; and Naru looks for rounds that are due all the time."""
    with pytest.MonkeyPatch.context() as patch:
        for name, secret in (("SIGNING", SIGNING), ("CALLBACK", CALLBACK)):
            file = folder / name
            file.write_bytes(secret)
            patch.setenv(f"NARU_DEPLOY_{name}_SECRET_FILE", str(file))
        patch.setattr(healthworker, "LOOK_S", 0.02)
        yield


def _in_force(tx: Tx, deployer: str, monitor: str) -> None:
    project = projects.get(tx, "shop")
    assert project is not None
    webhook = {"deployer": "webhook", "webhook": {"url": f"{deployer}/deploy"}, "lost_after": "3m"}
    health = {
        "baseline": "3s",
        "ranges": {"canary_error_rate": "< 1 %"},
        "allow": ["127.0.0.1"],
        "prometheus": {"url": monitor, "queries": QUERIES},
    }
    sections = {
        "deploy": DeployRules.model_validate({"production": webhook}),
        "health": HealthRules.model_validate(health),
    }
    load_policy(tx, project.policy.model_copy(update=sections), project.channel)


async def to_canary(of: Canary) -> None:
    """Approved, deployed in its window, and live for one user in ten."""
    story, t = of.story, of.story.t
    await ways.to_ready(story, "v1.5.0")
    await story.time_of_window()
    story.news()
    await story.person("priya").press(t("Deploy", "배포"), CHANNEL)
    await of.says("running")
    await of.says("succeeded", evidence="10 % of the users")
