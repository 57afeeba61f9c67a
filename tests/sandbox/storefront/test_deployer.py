"""The stand-in's deployer: it does what is signed, once, and tells how it goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.deployers.signing import SIGNATURE, signed
from domain.deploys.model import DeployState
from domain.deploys.reports import Report
from tests.sandbox.storefront.conftest import Ear, HandClock, Shop, opened, until

EVIDENCE = "GET /health/production 200"


def _raw(body: object) -> bytes:
    return json.dumps(body).encode()


def _said(state: DeployState, **more: Any) -> Report:
    return Report(deployment="one", state=state, **more)


async def test_what_is_signed_is_deployed_and_told_as_it_goes(shop: Shop) -> None:
    assert await shop.asks(_raw(shop.body())) == (202, {"state": "running", "percent": 0})
    shop.clock.move(seconds=3)
    await until(lambda: len(shop.ear.heard) == 1)
    shop.clock.move(seconds=3)
    await until(lambda: len(shop.ear.heard) == 2)
    assert shop.ear.heard == [
        _said(DeployState.RUNNING, percent=50),
        _said(DeployState.SUCCEEDED, evidence=EVIDENCE),
    ]
    assert shop.storefront.as_json() == {
        "staging": "1.4.2",
        "production": [
            {"version": "1.4.2", "percent": 90, "fails": False},
            {"version": "1.5.0", "percent": 10, "fails": False},
        ],
        "deploying": [],
        "fails_next": False,
    }


async def test_while_it_deploys_users_keep_what_they_have(shop: Shop) -> None:
    await shop.asks(_raw(shop.body()))
    shop.clock.move(seconds=5)
    shown = shop.storefront.as_json()
    assert shown["production"] == [{"version": "1.4.2", "percent": 100, "fails": False}]
    assert shown["deploying"] == [{"version": "1.5.0", "environment": "production", "percent": 50}]
    assert not shop.storefront.told_all


async def test_the_same_id_is_the_same_work(shop: Shop) -> None:
    raw = _raw(shop.body())
    await shop.asks(raw)
    shop.clock.move(seconds=6)
    await until(lambda: shop.storefront.told_all)
    assert await shop.asks(raw) == (202, {"state": "succeeded", "evidence": EVIDENCE})
    assert [one.state for one in shop.ear.heard] == [DeployState.SUCCEEDED]


async def test_a_forged_request_is_refused_and_nothing_is_deployed(shop: Shop) -> None:
    raw = _raw(shop.body())
    refused = (401, {"message": "the signature or its timestamp is not right"})
    good = signed(shop.storefront.signing_secret.encode(), raw)
    late = good | {"X-Naru-Timestamp": "1000"}
    assert await shop.asks(raw, secret="another-secret") == refused
    assert await shop.sends("POST", "/deploy", raw) == refused
    assert await shop.sends("POST", "/deploy", raw, late) == refused
    assert await shop.sends("POST", "/deploy", raw, good | {SIGNATURE: "v1=é"}) == refused
    assert await shop.sends("POST", "/deploy", raw + b" ", good) == refused
    assert await shop.sends("GET", "/status?id=one") == refused
    shop.clock.move(minutes=1)
    assert shop.storefront.as_json()["production"] == [{"version": "1.4.2", "percent": 100, "fails": False}]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"{", "JSON is expected"),
        (b"[]", "a JSON object is expected"),
        (b'{"action": "deploy"}', "id is missing"),
        (_raw({"id": "one", "action": "paint"}), "action is deploy or cancel"),
        (_raw({"id": "one", "action": "cancel"}), "no such deployment"),
        (
            _raw({"id": "one", "action": "deploy", "purpose": "step", "environment": "moon"}),
            "environment is staging or production",
        ),
    ],
)
async def test_what_makes_no_sense_is_said(shop: Shop, raw: bytes, message: str) -> None:
    assert await shop.asks(raw) == (400, {"message": message})


async def test_how_a_deployment_stands_is_asked_by_its_id(shop: Shop) -> None:
    key = shop.storefront.signing_secret.encode()
    await shop.asks(_raw(shop.body()))
    shop.clock.move(seconds=7)
    known = await shop.sends("GET", "/status?id=one", headers=signed(key, b"id=one"))
    unknown = await shop.sends("GET", "/status?id=two", headers=signed(key, b"id=two"))
    assert known == (200, {"state": "succeeded", "evidence": EVIDENCE})
    assert unknown == (404, {"message": "no such deployment"})


async def test_what_is_cancelled_changes_nothing(shop: Shop) -> None:
    await shop.asks(_raw(shop.body()))
    answer = {"state": "cancelled", "message": "cancelled as asked"}
    assert await shop.asks(_raw({"id": "one", "action": "cancel"})) == (202, answer)
    shop.clock.move(minutes=1)
    assert shop.storefront.as_json()["production"] == [{"version": "1.4.2", "percent": 100, "fails": False}]


async def test_what_is_over_cannot_be_cancelled(shop: Shop) -> None:
    await shop.asks(_raw(shop.body()))
    shop.clock.move(seconds=7)
    await until(lambda: shop.storefront.told_all)
    answer = {"state": "succeeded", "evidence": EVIDENCE}
    assert await shop.asks(_raw({"id": "one", "action": "cancel"})) == (202, answer)


async def test_a_callback_is_said_again_until_it_is_heard(shop: Shop) -> None:
    shop.ear.statuses = [503, 500, 401]
    await shop.asks(_raw(shop.body()))
    shop.clock.move(seconds=6)
    await until(lambda: shop.storefront.told_all)
    assert shop.ear.heard == [_said(DeployState.SUCCEEDED, evidence=EVIDENCE)]


async def test_a_callback_that_is_not_wanted_is_not_said_again(shop: Shop) -> None:
    shop.ear.statuses = [409]
    await shop.asks(_raw(shop.body()))
    shop.clock.move(seconds=6)
    await until(lambda: shop.storefront.told_all)
    assert (shop.ear.heard, shop.ear.statuses) == ([], [])


async def test_nobody_is_told_where_there_is_no_address(shop: Shop) -> None:
    await shop.asks(_raw(shop.body(callback="")))
    shop.clock.move(seconds=6)
    await until(lambda: shop.storefront.told_all)
    assert shop.ear.heard == []


async def test_a_restart_goes_on_where_it_was(ear: Ear, clock: HandClock, tmp_path: Path) -> None:
    state = tmp_path / "shop.json"
    async with opened(ear, clock, state) as shop:
        await shop.asks(_raw(shop.body()))
        shop.storefront.next_fails(fails=True)
        before = (shop.storefront.url, shop.storefront.signing_secret, shop.storefront.callback_secret)
    assert state.stat().st_mode & 0o777 == 0o600
    clock.move(seconds=6)
    async with opened(ear, clock, state) as shop:
        after = (shop.storefront.url, shop.storefront.signing_secret, shop.storefront.callback_secret)
        assert (after, shop.storefront.url_before) == (before, "")
        await until(lambda: shop.storefront.told_all)
        assert shop.storefront.as_json() == {
            "staging": "1.4.2",
            "production": [
                {"version": "1.4.2", "percent": 90, "fails": False},
                {"version": "1.5.0", "percent": 10, "fails": True},
            ],
            "deploying": [],
            "fails_next": True,
        }


async def test_it_moves_when_somebody_else_has_its_port(ear: Ear, clock: HandClock, tmp_path: Path) -> None:
    state = tmp_path / "shop.json"
    async with opened(ear, clock, state) as first, opened(ear, clock, state) as second:
        assert second.storefront.url != first.storefront.url
        assert second.storefront.url_before == first.storefront.url
