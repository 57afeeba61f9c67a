"""Which deployer works in which environment, and how it is reached. Secrets never stand here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.feeds import is_loopback
from domain.calendar.fields import Rule
from domain.deploys.model import DeployerKind
from domain.durations import Duration, bounded
from domain.forges.rules import RepositoryName
from domain.hosts import refuse_unless_host
from domain.types import Environment

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LONGEST_TIMEOUT = MINUTE
PLACES = ("id", "project", "version", "tag", "sha", "environment", "purpose", "step", "target")
"""What can stand in braces in an input of a workflow."""
_PLACE = re.compile(r"\{([a-z]*)\}")


def _address(url: str) -> str:
    """Secrets stand in headers and settings: no user, no query, and nobody reads it on the way."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    secure = bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))
    if not secure or parts.username or parts.password or parts.query or parts.fragment:
        raise PydanticCustomError(
            "deployer_address", "the address of a deployer begins with https://, and holds no secret"
        )
    refuse_unless_host(host)
    return url


DeployerAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]


class WebhookRules(Rule):
    """Asked at `url`; at `status_url`, where there is one, after too long a silence. `private` allows an
    address of one's own network.
    """

    url: DeployerAddress
    status_url: DeployerAddress | None = None
    timeout: Annotated[Duration, bounded(SECOND, LONGEST_TIMEOUT)] = 20 * SECOND
    private: bool = False


# A mistake is told by how its pattern begins (storage/policies/validation.py).
WorkflowName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$")]
RefName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}$")]
InputName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,99}$")]
InputText = Annotated[str, StringConstraints(max_length=500)]
DEFAULT_INPUTS: Mapping[str, str] = {
    "deployment": "{id}",
    "environment": "{environment}",
    "purpose": "{purpose}",
    "step": "{step}",
    "target": "{target}",
    "sha": "{sha}",
}


def _known_places(inputs: Mapping[str, str]) -> Mapping[str, str]:
    """The run is found again by the id: some input has it."""
    used = {place for text in inputs.values() for place in _PLACE.findall(text)}
    if unknown := sorted(used - set(PLACES)):
        raise PydanticCustomError("deploy_place", "nothing is called {name}", {"name": unknown[0]})
    if "id" not in used:
        raise PydanticCustomError("deploy_id", "no input of the workflow holds the id")
    return inputs


class WorkflowRules(Rule):
    """`repository` is that of the code host where it is left out; the workflow is started at `ref`."""

    workflow: WorkflowName
    repository: RepositoryName = ""
    ref: RefName = "main"
    inputs: Annotated[
        Mapping[InputName, InputText], Field(min_length=1, max_length=10), AfterValidator(_known_places)
    ] = DEFAULT_INPUTS
    poll_every: Annotated[Duration, bounded(5 * SECOND, 10 * MINUTE)] = 15 * SECOND


class EnvironmentRules(Rule):
    """`lost_after` is how long nothing may be heard of a deployment before people are asked; `retries` how
    often one is asked again that has not answered.
    """

    deployer: DeployerKind = DeployerKind.MANUAL
    lost_after: Annotated[Duration, bounded(MINUTE, timedelta(days=1))] = 30 * MINUTE
    retries: Annotated[int, Field(ge=0, le=10)] = 4
    webhook: WebhookRules | None = None
    github_actions: WorkflowRules | None = None

    @model_validator(mode="after")
    def _is_described(self) -> Self:
        needed = {
            DeployerKind.WEBHOOK: self.webhook,
            DeployerKind.GITHUB_ACTIONS: self.github_actions,
        }
        if self.deployer in needed and needed[self.deployer] is None:
            raise PydanticCustomError(
                "deployer_rules", "how {name} is reached is missing", {"name": self.deployer.value}
            )
        return self

    @property
    def automatic(self) -> bool:
        return self.deployer is not DeployerKind.MANUAL


class DeployRules(Rule):
    staging: EnvironmentRules = EnvironmentRules()
    production: EnvironmentRules = EnvironmentRules()

    def of(self, environment: Environment) -> EnvironmentRules:
        return self.staging if environment is Environment.STAGING else self.production


def filled(inputs: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
    """The inputs with facts in place of what stands in braces."""
    return {name: _PLACE.sub(lambda m: facts.get(m[1], ""), text) for name, text in inputs.items()}
