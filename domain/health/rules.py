"""What the policy says of health: what is asked where, how often, and which ranges are good (spec 5.3)."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.durations import Duration, bounded
from domain.health import model as m
from domain.health.ranges import Range, parse_range
from domain.types import Environment

_LONGEST_URL = 1000
# A mistake is told by how its pattern begins (storage/policies/validation.py).
MetricName = Annotated[str, StringConstraints(pattern=r"^[a-z]([a-z0-9_]{0,38}[a-z0-9])?$")]
Host = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9:]([a-zA-Z0-9.:-]{0,252})$")]
STALE_AFTER = 3
"""A reading is old once so many intervals have passed without a newer one."""
SHORTEST, LONGEST = timedelta(seconds=10), timedelta(hours=1)


def _address(url: str) -> str:
    """It is asked from inside the network that Naru runs in: no user, no fragment, http or https."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    wanted = bool(host) and parts.scheme in {"http", "https"}
    if not wanted or parts.username or parts.password or parts.fragment:
        raise PydanticCustomError("health_address", "an address begins with https:// or http://")
    return url


Address = Annotated[str, StringConstraints(max_length=_LONGEST_URL), AfterValidator(_address)]
Query = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Timeout = Annotated[Duration, bounded(timedelta(seconds=1), timedelta(minutes=1))]
Baseline = Annotated[Duration, bounded(timedelta(0), timedelta(days=30))]
"""Readings are kept for as long."""
RangeText = Annotated[str, StringConstraints(max_length=40)]

DEFAULT_RANGES: Mapping[str, str] = {
    m.ERROR_RATE: "< 1 %",
    m.P95: "< 200 ms",
    m.CPU: "< 80 %",
    m.MEMORY: "< 85 %",
    m.NETWORK_LATENCY: "< 100 ms",
    m.RESPONSE_TIME: "< 3 s",
    m.HEALTH: ">= 1",
}


class PrometheusRules(Rule):
    """`queries` are by metric; one that names {version}, {tag}, {sha} or {step} is asked for each release.

    `staging` holds those of staging: without any, only production is asked.
    """

    url: Address
    queries: Annotated[Mapping[MetricName, Query], Field(max_length=50)] = {}
    staging: Annotated[Mapping[MetricName, Query], Field(max_length=50)] = {}
    timeout: Timeout = timedelta(seconds=5)

    def of(self, environment: Environment) -> Mapping[str, str]:
        return self.queries if environment is Environment.PRODUCTION else self.staging


class EndpointRule(Rule):
    """A health endpoint answers well with `status`, and with `equals` in the JSON field `field` if named.

    A field within another one is written with a dot, as in `checks.database`.
    """

    url: Address
    status: Annotated[int, Field(ge=100, le=599)] = 200
    field: Annotated[str, StringConstraints(max_length=200)] = ""
    equals: Annotated[str, StringConstraints(max_length=200)] = "ok"
    timeout: Timeout = timedelta(seconds=5)


class Endpoints(Rule):
    staging: Annotated[tuple[EndpointRule, ...], Field(max_length=20)] = ()
    production: Annotated[tuple[EndpointRule, ...], Field(max_length=20)] = ()

    def of(self, environment: Environment) -> tuple[EndpointRule, ...]:
        return self.production if environment is Environment.PRODUCTION else self.staging


class HealthRules(Rule):
    """`baseline` is the time before a deploy that readings are compared with. `allow` names the hosts at
    private addresses that may be asked: none are otherwise. A range that is `off` is not looked at.
    """

    interval: Duration = timedelta(minutes=1)
    baseline: Baseline = timedelta(hours=24)
    ranges: Annotated[Mapping[MetricName, RangeText], Field(max_length=50)] = DEFAULT_RANGES
    prometheus: PrometheusRules | None = None
    endpoints: Endpoints = Endpoints()
    allow: Annotated[tuple[Host, ...], Field(max_length=50)] = ()

    @field_validator("ranges", mode="before")
    @classmethod
    def _fill_in_ranges(cls, given: object) -> object:
        return {**DEFAULT_RANGES, **given} if isinstance(given, Mapping) else given

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        for metric, text in self.ranges.items():
            try:
                parse_range(metric, text)
            except ValueError:
                raise PydanticCustomError(
                    "health_range", "not a range: {value}", {"value": text, "metric": metric}
                ) from None
        if not SHORTEST <= self.interval <= LONGEST:
            raise PydanticCustomError("health_interval", "10 seconds to 1 hour")
        return self

    @property
    def monitored(self) -> bool:
        """Whether Naru asks anything by itself."""
        return any(self.asks(environment) for environment in Environment)

    @property
    def too_old(self) -> timedelta:
        """So long a reading is one of now."""
        return self.interval * STALE_AFTER

    def asks(self, environment: Environment) -> bool:
        queries = self.prometheus.of(environment) if self.prometheus else {}
        return bool(queries or self.endpoints.of(environment))

    def range(self, metric: str) -> Range | None:
        """None where the policy has none, or switched it off."""
        return parse_range(metric, self.ranges[metric]) if metric in self.ranges else None

    def metrics(self) -> tuple[str, ...]:
        """All that the policy speaks of, those that are shown first first."""
        asked = self.prometheus.queries if self.prometheus else {}
        return tuple(dict.fromkeys((*DEFAULT_RANGES, *self.ranges, *asked)))

    def known(self) -> tuple[str, ...]:
        """All that a reading can be of; what the bot alone can know is not among them."""
        more = (m.AVAILABILITY, m.REQUESTS)
        return tuple(one for one in dict.fromkeys((*self.metrics(), *more)) if one != m.HEALTH)


def is_literal(host: str) -> bool:
    """Whether a host is an address in place of a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
