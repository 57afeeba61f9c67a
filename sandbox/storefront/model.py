"""What the shop runs for whom, and what its deployer was asked: all of it follows from business time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

TAKES = timedelta(seconds=6)
"""How long a deployment takes: long enough to be seen."""
WATCHED = timedelta(days=1)
"""How long a new version is looked at: the demo's monitoring period."""
STAGING, PRODUCTION = "staging", "production"
RUNNING, SUCCEEDED, CANCELLED = "running", "succeeded", "cancelled"
_HALF, _ALL = 50, 100
_BATCHES = 3


class NotUnderstood(Exception):
    """A request that says nothing this deployer could do; `args[0]` says what is wrong with it."""


@dataclass
class Deployment:
    """`share` is the part of production's users that have `version` afterwards; `told` is the last news that
    Naru took in.
    """

    id: str
    environment: str
    version: str
    share: float
    callback: str
    asked_at: datetime
    rollout: bool = False
    state: str = RUNNING
    told: str = ""

    def percent(self, at: datetime) -> int:
        done = (at - self.asked_at) / TAKES
        return _ALL if done >= 1 else _HALF if done >= 0.5 else 0

    def news(self, at: datetime) -> dict[str, Any]:
        """As an answer or a callback tells it."""
        if self.state == SUCCEEDED:
            return {"state": SUCCEEDED, "evidence": f"GET /health/{self.environment} 200"}
        if self.state == CANCELLED:
            return {"state": CANCELLED, "message": "cancelled as asked"}
        return {"state": RUNNING, "percent": min(self.percent(at), _ALL - 1)}


@dataclass
class Shop:
    """`traffic` is each version's part of production's users. `going_out` is the version that was rolled out
    last, and `fails_next` whether it, or the one after it, fails under load.
    """

    staging: str
    traffic: dict[str, float]
    failing: list[str] = field(default_factory=list)
    fails_next: bool = False
    going_out: str = ""
    deployments: dict[str, Deployment] = field(default_factory=dict)

    def asked(self, body: Mapping[str, Any], at: datetime) -> Deployment:
        """Take a request; one that came before is the same work. Raises NotUnderstood."""
        key, action = _text(body, "id"), _text(body, "action")
        known = self.deployments.get(key)
        if action == "cancel":
            if known is None:
                raise NotUnderstood("no such deployment")
            if known.state == RUNNING:
                known.state = CANCELLED
            return known
        if action != "deploy":
            raise NotUnderstood("action is deploy or cancel")
        return known or self._begun(body, at)

    def _begun(self, body: Mapping[str, Any], at: datetime) -> Deployment:
        purpose, environment = _text(body, "purpose"), _text(body, "environment")
        if environment not in (STAGING, PRODUCTION):
            raise NotUnderstood("environment is staging or production")
        back = purpose == "rollback"
        made = Deployment(
            id=_text(body, "id"),
            environment=environment,
            version=_text(body, "target").removeprefix("v") if back else _text(body, "version"),
            share=1.0 if back else _share(body) / _ALL,
            callback=str(body.get("callback") or ""),
            asked_at=at,
            rollout=purpose == "step",
        )
        self.deployments[made.id] = made
        if made.rollout and made.version != self.going_out:
            self.going_out = made.version
            self._judge()
        return made

    def next_fails(self, *, fails: bool, at: datetime) -> None:
        """Concerns the version that went out last, at once and as long as it is watched; else the one after
        it.
        """
        self.fails_next = fails
        if self._is_watched(at):
            self._judge()

    def _is_watched(self, at: datetime) -> bool:
        steps = [one for one in self.deployments.values() if one.rollout and one.version == self.going_out]
        serves = self.going_out in self.traffic or any(one.state == RUNNING for one in steps)
        return serves and any(at - one.asked_at < WATCHED for one in steps)

    def _judge(self) -> None:
        others = [one for one in self.failing if one != self.going_out]
        self.failing = [*others, self.going_out] if self.fails_next else others

    def go_on(self, at: datetime) -> list[Deployment]:
        """What is done by now is done; returns what that was."""
        over = [one for one in self.deployments.values() if one.state == RUNNING and one.percent(at) == _ALL]
        for one in over:
            one.state = SUCCEEDED
            self._serve(one)
        return over

    def _serve(self, done: Deployment) -> None:
        if done.environment == STAGING:
            self.staging = done.version
            return
        others = {version: share for version, share in self.traffic.items() if version != done.version}
        rest = max(others, key=lambda version: others[version], default=done.version)
        self.traffic = {rest: 1 - done.share} if done.share < 1 else {}
        if done.share:
            self.traffic[done.version] = self.traffic.get(done.version, 0.0) + done.share


def _text(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= 200:
        raise NotUnderstood(f"{name} is missing")
    return found


def _share(body: Mapping[str, Any]) -> int:
    """Percent of the users after a step: what is asked, else what the step's name says."""
    percent, step = body.get("percent"), str(body.get("step"))
    if isinstance(percent, int):
        return max(0, min(_ALL, percent))
    numbers = [int(part) for part in step.split("_") if part.isdecimal()]
    if step.startswith("green"):
        return 0
    if step.startswith("traffic") and numbers:
        return min(_ALL, numbers[0])
    if step.startswith("batch") and numbers:
        n, of = [*numbers, _BATCHES][:2]
        return min(_ALL, _ALL * n // max(1, of))
    return _ALL
