"""One metric at one time, as a monitor, a pipeline or a person gave it (spec 5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.types import Environment


class Source(StrEnum):
    """Where a reading came from; the values stand in tables and stay."""

    PROMETHEUS = "prometheus"
    ENDPOINT = "endpoint"
    PIPELINE = "pipeline"
    PERSON = "person"


GIVEN = frozenset({Source.PIPELINE, Source.PERSON})
"""Those whom Naru does not ask: they tell at their own pace."""


class WhyNone(StrEnum):
    """Why there is no number: such a reading is judged inconclusive, never guessed."""

    EMPTY = "empty"  # the query returned nothing
    NAN = "nan"
    INFINITE = "infinite"
    MANY = "many"  # more than one series
    TEXT = "text"  # no number
    UNREACHABLE = "unreachable"
    UNSECURED = "unsecured"  # TLS: a certificate that is no good, or something else is spoken there
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    STATUS = "status"  # an answer that is no success
    MALFORMED = "malformed"  # an answer that cannot be read
    REFUSED = "refused"  # an address that the policy does not allow
    NO_SHARE = "no_share"  # a number that no share can be
    OUT_OF_MEASURE = "out_of_measure"  # a negative time or count, or an absurd number
    UNASKED = "unasked"  # what remembers nothing was not asked in time


NO_ANSWER = frozenset({WhyNone.UNREACHABLE, WhyNone.UNSECURED, WhyNone.TIMEOUT, WhyNone.STATUS})
"""A monitor of which this is all that is known may answer the next time."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`value` is a share from 0 to 1 for rates and loads, in seconds for latencies, a number for counts.

    None where nothing could be measured: then `why` says why and `detail` what was seen, in few words.
    `samples` is over how many requests it was measured, None where nobody knows. `by` is a user id or the
    name of a token. `release` and `step` are those that were under way in that environment, empty for none;
    a `baseline` reading was taken before the deploy of `release`.
    """

    metric: str
    environment: Environment
    at: datetime
    source: Source
    value: float | None
    why: WhyNone | None = None
    detail: str = ""
    samples: int | None = None
    by: str = ""
    release: str = ""
    step: str = ""
    baseline: bool = False


ERROR_RATE = "error_rate"
CANARY_ERROR_RATE = "canary_error_rate"  # of those users alone who are on the canary
P95 = "p95_latency"
AVAILABILITY = "availability"
CPU = "cpu"
MEMORY = "memory"
NETWORK_LATENCY = "network_latency"
RESPONSE_TIME = "response_time"
REQUESTS = "requests"
HEALTH = "health"  # the share of the health endpoints that answer well
OF_ENDPOINTS = frozenset({HEALTH, RESPONSE_TIME})
SHARES = frozenset({ERROR_RATE, CANARY_ERROR_RATE, AVAILABILITY, CPU, MEMORY})
SECONDS = frozenset({P95, NETWORK_LATENCY, RESPONSE_TIME})
