"""Faults that can be switched on: what networks and Slack itself sometimes do to a call."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, get_args

Fault = Literal["latency", "server_error", "rate_limit", "drop_before", "drop_after"]
DeliveryFault = Literal["event_twice", "event_late", "ack_lost"]
FaultKind = Fault | DeliveryFault
API_FAULTS: tuple[Fault, ...] = get_args(Fault)
DELIVERY_FAULTS: tuple[DeliveryFault, ...] = get_args(DeliveryFault)


class Faults:
    """Each Web API call fails with probability `rate`, with one of `kinds`, decided by `seed`.

    `drop_before` closes the connection without an effect, `drop_after` with it. The delivery kinds
    (`event_twice`, `event_late`, `ack_lost`: an event whose answer never arrived and that is sent again)
    are off unless named in `kinds`. `methods` limits the faults to some methods; `once` orders single ones.
    """

    def __init__(
        self,
        rate: float = 0.0,
        seed: int = 0,
        *,
        kinds: Iterable[FaultKind] = API_FAULTS,
        methods: Iterable[str] | None = None,
        latency: float = 0.2,
        retry_after: int = 1,
    ) -> None:
        self.rate = rate
        self.latency = latency
        self.retry_after = retry_after
        wanted = set(kinds)
        self._api = [k for k in API_FAULTS if k in wanted]
        self._delivery = [k for k in DELIVERY_FAULTS if k in wanted]
        self._methods = None if methods is None else frozenset(methods)
        self._random = random.Random(seed)  # noqa: S311 - reproducible faults, nothing secret
        self._ordered: defaultdict[str, list[Fault]] = defaultdict(list)
        self._refused: defaultdict[str, list[str]] = defaultdict(list)
        self.done: list[tuple[str, FaultKind]] = []

    def once(self, method: str, kind: Fault, *, times: int = 1) -> None:
        """The next `times` calls of `method` get this fault."""
        self._ordered[method] += [kind] * times

    def refuse(self, method: str, code: str, *, times: int = 1) -> None:
        """The next `times` calls of `method` are answered with this error."""
        self._refused[method] += [code] * times

    def refusal(self, method: str) -> str:
        """The error of this call, empty for none."""
        return self._refused[method].pop(0) if self._refused[method] else ""

    def for_call(self, method: str) -> Fault | None:
        """The fault of this call; a protocol of all is kept in `done`."""
        kind = self._choose(method)
        if kind is not None:
            self.done.append((method, kind))
        return kind

    def for_event(self, name: str) -> DeliveryFault | None:
        if not self._delivery or self._random.random() >= self.rate:
            return None
        kind = self._random.choice(self._delivery)
        self.done.append((name, kind))
        return kind

    def _choose(self, method: str) -> Fault | None:
        if self._ordered[method]:
            return self._ordered[method].pop(0)
        if not self._api or (self._methods is not None and method not in self._methods):
            return None
        if self._random.random() >= self.rate:
            return None
        return self._random.choice(self._api)
