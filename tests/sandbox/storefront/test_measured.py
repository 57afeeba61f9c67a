"""What the stand-in says of itself, read by Naru's own monitors with the queries of the demo's policy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import yaml

from bot.demo.policies import SERVICE
from bot.monitors.endpoint import Endpoints
from bot.monitors.fetching import opened
from bot.monitors.prometheus import Prometheus
from domain.health.asking import Answer, Question
from domain.health.model import HEALTH, WhyNone
from domain.health.rules import EndpointRule
from sandbox.storefront.model import Shop as Model
from tests.sandbox.storefront.conftest import Shop

QUERIES = yaml.safe_load(SERVICE)["health"]["prometheus"]["queries"]
ALLOW = ("127.0.0.1",)
USUAL = {"error_rate": 0.004, "canary_error_rate": 0.0, "p95_latency": 0.118, "cpu": 0.38, "requests": 0}


def _question(shop: Shop, query: str) -> Question:
    return Question(
        url=shop.storefront.url, query=query.replace("{version}", "1.5.0"), seconds=5, allow=ALLOW
    )


async def _asked(shop: Shop, query: str) -> Answer:
    question = _question(shop, query)
    async with opened(ALLOW) as asker:
        (answer,) = await Prometheus(asker).now(question)
    return answer


async def _numbers(shop: Shop) -> dict[str, float | None]:
    return {metric: (await _asked(shop, query)).value for metric, query in QUERIES.items()}


def _runs(shop: Shop, share: float, failing: list[str]) -> None:
    model: Model = shop.storefront._kept.shop
    model.traffic = {"1.4.2": 1 - share, "1.5.0": share} if share < 1 else {"1.5.0": 1.0}
    model.failing = failing


async def test_before_a_deploy_all_is_as_usual(shop: Shop) -> None:
    assert await _numbers(shop) == pytest.approx(USUAL, rel=0.05)


@pytest.mark.parametrize(
    ("share", "failing", "numbers"),
    [
        (0.1, [], USUAL | {"canary_error_rate": 0.004, "requests": 300}),
        (
            0.1,
            ["1.5.0"],
            {
                "error_rate": 0.0156,
                "canary_error_rate": 0.12,
                "p95_latency": 0.127,
                "cpu": 0.43,
                "requests": 300,
            },
        ),
        (
            0.5,
            ["1.5.0"],
            {
                "error_rate": 0.102,
                "canary_error_rate": 0.2,
                "p95_latency": 0.284,
                "cpu": 0.63,
                "requests": 1500,
            },
        ),
        (
            1.0,
            ["1.5.0"],
            {"error_rate": 0.3, "canary_error_rate": 0.3, "p95_latency": 0.75, "cpu": 0.88, "requests": 3000},
        ),
    ],
)
async def test_numbers_follow_what_is_deployed(
    shop: Shop, share: float, failing: list[str], numbers: dict[str, float]
) -> None:
    _runs(shop, share, failing)
    assert await _numbers(shop) == pytest.approx(numbers, rel=0.05)


async def test_of_a_version_that_nobody_has_there_is_no_series(shop: Shop) -> None:
    query = QUERIES["canary_error_rate"].removesuffix(" or vector(0)")
    assert await _asked(shop, query) == Answer(why=WhyNone.EMPTY)


async def test_another_query_is_answered_as_prometheus_answers_a_bad_one(shop: Shop) -> None:
    assert await _asked(shop, "up") == Answer(
        why=WhyNone.STATUS, detail="this shop answers the queries of the demo's policy, and those like them"
    )


async def test_the_time_before_is_told_in_points(shop: Shop) -> None:
    until = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
    since = until - timedelta(days=1)
    async with opened(ALLOW) as asker:
        found = await Prometheus(asker).before(_question(shop, QUERIES["error_rate"]), since, until)
    assert (len(found), found[0][0], found[-1][0]) == (288, since, until - timedelta(minutes=5))
    assert [answer.value for _, answer in found] == pytest.approx([0.004] * 288, rel=0.05)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("start=x&end=2&step=1", 'invalid parameter "start"'),
        ("start=1&end=2&step=0", "exceeded maximum resolution of 11000 points per timeseries"),
        ("start=1&end=20000&step=1", "exceeded maximum resolution of 11000 points per timeseries"),
    ],
)
async def test_a_range_that_makes_no_sense_is_said(shop: Shop, query: str, error: str) -> None:
    told = {"status": "error", "errorType": "bad_data", "error": error}
    assert await shop.sends("GET", f"/api/v1/query_range?query=up&{query}") == (400, told)


async def test_a_range_of_nothing_is_empty(shop: Shop) -> None:
    query = 'query=sum(rate(http_requests_total{version="9.9.9"}[1m]))&start=1&end=2&step=1'
    told = {"status": "success", "data": {"resultType": "matrix", "result": []}}
    assert await shop.sends("GET", f"/api/v1/query_range?{query}") == (200, told)


@pytest.mark.parametrize(("share", "status"), [(0.1, 1.0), (1.0, 0.0)])
async def test_its_health_endpoint_is_out_when_most_of_its_users_are_hurt(
    shop: Shop, share: float, status: float
) -> None:
    _runs(shop, share, ["1.5.0"])
    rules = EndpointRule(url=f"{shop.storefront.url}/health/production", field="status", equals="ok")
    async with opened(ALLOW) as asker:
        found = await Endpoints(asker).now(Question(url="", endpoints=(rules,), allow=ALLOW))
    assert [one.value for one in found if one.metric == HEALTH] == [status]


async def test_staging_is_well_and_nothing_else_is_known(shop: Shop) -> None:
    assert await shop.sends("GET", "/health/staging") == (200, {"status": "ok", "versions": ["1.4.2"]})
    assert await shop.sends("GET", "/health/moon") == (404, {"message": "staging or production"})
