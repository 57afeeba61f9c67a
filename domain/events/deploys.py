"""What was asked of deployers, and how it went."""

from __future__ import annotations

from dataclasses import dataclass

from domain.deploys.model import DeployerKind, DeployState, DeployWhy, Purpose
from domain.types import Environment


@dataclass(frozen=True, kw_only=True)
class DeploymentAsked:
    """Somebody's step, or the bot's, has a deployer work: `attempt` times for the same. It `waits` while an
    attempt before it is being cancelled.
    """

    release: str
    version: str
    deployment: str
    deployer: DeployerKind
    environment: Environment
    purpose: Purpose
    step: str
    target: str
    attempt: int = 1
    waits: bool = False


@dataclass(frozen=True, kw_only=True)
class DeploymentMoved:
    """A deployment is in another state now; `mended` when it had counted as lost, `ending` when the deployer
    has yet to say that it is cancelled, `goes_on` when it could not be told, or has not said so for too long.
    `candidate` is what is deployed, `room` where a way back is led.
    """

    release: str
    version: str
    deployment: str
    environment: Environment
    purpose: Purpose
    step: str
    target: str
    state: DeployState
    percent: int | None = None
    url: str = ""
    why: DeployWhy | None = None
    detail: str = ""
    mended: bool = False
    ending: bool = False
    goes_on: bool = False
    candidate: int = 0
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class DeploymentLate:
    """The deployer said `said` of a deployment that had ended as `state` already: nothing was changed."""

    release: str
    version: str
    deployment: str
    environment: Environment
    purpose: Purpose
    step: str
    target: str
    state: DeployState
    said: DeployState
    url: str = ""
    detail: str = ""
