"""One piece of work for a deployer: staging, a step of a rollout, or a way back (spec 5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.types import Environment


class DeployerKind(StrEnum):
    """The values stand in policies and stay."""

    MANUAL = "manual"
    WEBHOOK = "webhook"
    GITHUB_ACTIONS = "github_actions"


class Purpose(StrEnum):
    STAGING = "staging"
    STEP = "step"
    ROLLBACK = "rollback"


class DeployState(StrEnum):
    """ASKED until the deployer has taken it, RUNNING until it says how it went. LOST: it never did."""

    ASKED = "asked"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"


OVER = frozenset({DeployState.SUCCEEDED, DeployState.FAILED, DeployState.CANCELLED, DeployState.LOST})


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """`step` is the rollout's or the war room's step key, empty on staging; `target` the tag or rc to deploy.

    `id` is what a deployer is asked with and answers with: the same work is never asked with two ids.
    `external` is the deployer's own name of its work, `url` where people can watch it, `percent` how far it
    is, `why` what went wrong.
    """

    id: str
    project: str
    release: str
    candidate: int
    sha: str
    environment: Environment
    purpose: Purpose
    step: str
    target: str
    deployer: DeployerKind
    asked_at: datetime
    asked_by: str
    state: DeployState = DeployState.ASKED
    attempts: int = 0
    percent: int | None = None
    external: str = ""
    url: str = ""
    why: str = ""
    running_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def over(self) -> bool:
        return self.state in OVER
