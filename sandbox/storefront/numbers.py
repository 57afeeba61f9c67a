"""How well each version of the shop serves its users: a version that fails under load fails for more of them
the more it has.
"""

from __future__ import annotations

import math
from datetime import datetime

from sandbox.storefront.model import Shop

USERS = 3_000
"""Requests in a minute."""
_ERRORS, _P95 = 0.004, 0.118
_CPU, _CPU_FAILING = 0.38, 0.5


def requests(shop: Shop, version: str | None, *, failed: bool, at: datetime) -> float | None:
    """In a minute; None where nobody has the version."""
    if version is not None and version not in shop.traffic:
        return None
    chosen = shop.traffic if version is None else {version: shop.traffic[version]}
    return sum(USERS * share * (errors(shop, one, at) if failed else 1.0) for one, share in chosen.items())


def errors(shop: Shop, version: str, at: datetime) -> float:
    """Which part of a version's requests fails."""
    load = shop.traffic.get(version, 0.0)
    usual = 0.1 + 0.2 * load if version in shop.failing else _ERRORS
    return usual * _wave(at)


def p95(shop: Shop, at: datetime) -> float:
    """Of all users, in seconds."""
    each = ((share, 0.15 + 0.6 * share if v in shop.failing else _P95) for v, share in shop.traffic.items())
    return sum(share * seconds for share, seconds in each) * _wave(at)


def cpu(shop: Shop, at: datetime) -> float:
    failing = sum(share for version, share in shop.traffic.items() if version in shop.failing)
    return (_CPU + _CPU_FAILING * failing) * _wave(at)


def is_well(shop: Shop, at: datetime) -> bool:
    """As a health endpoint sees it: most requests are served."""
    failed, total = (requests(shop, None, failed=failed, at=at) or 0.0 for failed in (True, False))
    return failed < total / 10


def _wave(at: datetime) -> float:
    """No two readings are quite the same."""
    return 1 + 0.04 * math.sin(at.timestamp() / 47)
