"""Who has which version after what was deployed, and which version the switch of the page is about."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from sandbox.storefront.model import TAKES, WATCHED, Shop

AT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
_IDS = count()


def _shop() -> Shop:
    return Shop(staging="1.4.2", traffic={"1.4.2": 1.0})


def _deploys(shop: Shop, step: str = "", *, version: str = "1.5.0", **more: Any) -> None:
    """Asked and done."""
    purpose = "step" if step else "staging"
    body = {
        "id": f"d{next(_IDS)}",
        "action": "deploy",
        "environment": "production" if step else "staging",
        "purpose": purpose,
        "step": step,
        "version": version,
        "target": f"v{version}-rc.1",
    }
    shop.asked(body | more, AT)
    shop.go_on(AT + TAKES)


def _back(shop: Shop) -> None:
    _deploys(shop, "traffic", purpose="rollback", target="v1.4.2")


def test_staging_has_the_newest_candidate() -> None:
    shop = _shop()
    _deploys(shop)
    assert (shop.staging, shop.traffic) == ("1.5.0", {"1.4.2": 1.0})


@pytest.mark.parametrize(
    ("step", "percent", "share"),
    [
        ("canary_10", 10, 0.1),
        ("canary_10", 500, 1.0),
        ("green_healthy", None, 0.0),
        ("traffic_50", None, 0.5),
        ("traffic_switched", None, 1.0),
        ("batch_1", None, 0.33),
        ("batch_2_of_4", None, 0.5),
        ("all_at_once", None, 1.0),
    ],
)
def test_a_step_brings_its_share_of_the_users(step: str, percent: int | None, share: float) -> None:
    shop = _shop()
    _deploys(shop, step, percent=percent)
    expected = {"1.4.2": 1 - share, "1.5.0": share}
    assert shop.traffic == {version: part for version, part in expected.items() if part}


def test_steps_follow_each_other_and_the_way_back_undoes_them() -> None:
    shop, seen = _shop(), []
    for percent in (10, 50, 100):
        _deploys(shop, f"canary_{percent}", percent=percent)
        seen.append(shop.traffic)
    _back(shop)
    assert [*seen, shop.traffic] == [
        {"1.4.2": 0.9, "1.5.0": 0.1},
        {"1.4.2": 0.5, "1.5.0": 0.5},
        {"1.5.0": 1.0},
        {"1.4.2": 1.0},
    ]


def test_the_switch_is_about_the_next_version() -> None:
    shop = _shop()
    shop.next_fails(fails=True, at=AT)
    assert shop.failing == []
    _deploys(shop, "canary_10", percent=10)
    assert shop.failing == ["1.5.0"]


def test_the_switch_is_about_the_version_that_goes_out() -> None:
    shop = _shop()
    _deploys(shop, "canary_10", percent=10)
    shop.next_fails(fails=True, at=AT)
    failing = shop.failing
    shop.next_fails(fails=False, at=AT)
    assert (failing, shop.failing) == (["1.5.0"], [])


def test_the_switch_is_about_a_version_whose_first_step_is_under_way() -> None:
    shop = _shop()
    body = {"id": "d", "action": "deploy", "environment": "production", "purpose": "step"}
    shop.asked(body | {"step": "green_healthy", "version": "1.5.0", "target": "v1.5.0-rc.1"}, AT)
    shop.next_fails(fails=True, at=AT)
    assert shop.failing == ["1.5.0"]


def test_the_switch_is_about_a_version_that_is_still_watched() -> None:
    shop = _shop()
    _deploys(shop, "canary_100", percent=100)
    shop.next_fails(fails=True, at=AT + WATCHED - TAKES)
    assert shop.failing == ["1.5.0"]


def test_a_version_that_nobody_watches_any_more_stays_as_it_is() -> None:
    shop = _shop()
    _deploys(shop, "canary_100", percent=100)
    shop.next_fails(fails=True, at=AT + WATCHED)
    _deploys(shop, "canary_10", version="1.6.0", percent=10)
    assert shop.failing == ["1.6.0"]


def test_a_version_that_was_taken_back_does_not_fail_the_next_one() -> None:
    shop = _shop()
    shop.next_fails(fails=True, at=AT)
    _deploys(shop, "canary_10", percent=10)
    _back(shop)
    shop.next_fails(fails=False, at=AT)
    _deploys(shop, "canary_10", version="1.6.0", percent=10)
    assert (shop.traffic, "1.6.0" in shop.failing) == ({"1.4.2": 0.9, "1.6.0": 0.1}, False)
