"""As much of Prometheus' query API as the demo's policy asks for.

https://prometheus.io/docs/prometheus/latest/querying/api/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sandbox.storefront import numbers
from sandbox.storefront.model import Shop

POINTS = 11_000
Value = float | None
"""None where there is no series."""

_COUNT = r"sum\((?:rate|increase)\(http_requests_total\{(?P<%s>[^{}]*)\}\[\w+\]\)\)"
_RATIO = re.compile(_COUNT % "above" + "/" + _COUNT % "below")
_ONE = re.compile(_COUNT % "all")
_SECONDS = r"sumby\(le\)\(rate\(http_seconds_bucket\{[^{}]*\}\[\w+\]\)\)"
_P95 = re.compile(r"histogram_quantile\(0\.95," + _SECONDS + r"\)")
_CPU = re.compile(r"avg\(rate\(process_cpu_seconds_total\{[^{}]*\}\[\w+\]\)\)")
_ZERO = "orvector(0)"
_VERSION = re.compile(r'version="([^"]*)"')


class BadQuery(Exception):
    """`args[0]` says why, as Prometheus would."""


def instant(shop: Shop, query: str, at: datetime) -> dict[str, Any]:
    """The data of `/api/v1/query`. Raises BadQuery."""
    value = _asked(query)(shop, at)
    found = [] if value is None else [{"metric": {}, "value": _pair(at, value)}]
    return {"resultType": "vector", "result": found}


def ranged(shop: Shop, asked: Mapping[str, str]) -> dict[str, Any]:
    """The data of `/api/v1/query_range`. Raises BadQuery.

    The shop keeps no history: what it says of an earlier time is how the versions that run now serve.
    """
    begin, end, step = (_number(asked, name) for name in ("start", "end", "step"))
    if step <= 0 or end < begin or (end - begin) / step >= POINTS:
        raise BadQuery(f"exceeded maximum resolution of {POINTS} points per timeseries")
    value_at = _asked(asked.get("query", ""))
    count = int((end - begin) / step) + 1
    times = [datetime.fromtimestamp(begin + step * n, UTC) for n in range(count)]
    values = [_pair(at, value) for at in times if (value := value_at(shop, at)) is not None]
    return {"resultType": "matrix", "result": [{"metric": {}, "values": values}] if values else []}


def _pair(at: datetime, value: float) -> list[Any]:
    return [at.timestamp(), f"{value:.6g}"]


def _number(asked: Mapping[str, str], name: str) -> float:
    try:
        return float(asked.get(name, ""))
    except ValueError:
        raise BadQuery(f'invalid parameter "{name}"') from None


def _asked(query: str) -> Callable[[Shop, datetime], Value]:
    plain = "".join(query.split())
    or_zero = plain.endswith(_ZERO)
    found = _known(plain.removesuffix(_ZERO))
    if found is None:
        raise BadQuery("this shop answers the queries of the demo's policy, and those like them")

    def value(shop: Shop, at: datetime) -> Value:
        told = found(shop, at)
        return 0.0 if told is None and or_zero else told

    return value


def _known(query: str) -> Callable[[Shop, datetime], Value] | None:
    if ratio := _RATIO.fullmatch(query):
        return lambda shop, at: _ratio(_count(shop, ratio["above"], at), _count(shop, ratio["below"], at))
    if one := _ONE.fullmatch(query):
        return lambda shop, at: _count(shop, one["all"], at)
    if _P95.fullmatch(query):
        return numbers.p95
    return numbers.cpu if _CPU.fullmatch(query) else None


def _count(shop: Shop, labels: str, at: datetime) -> Value:
    version = _VERSION.search(labels)
    return numbers.requests(shop, version[1] if version else None, failed="5.." in labels, at=at)


def _ratio(above: Value, below: Value) -> Value:
    """Of nothing there is no series; Prometheus has NaN for nothing in nothing."""
    if above is None or below is None:
        return None
    return above / below if below else float("nan")
