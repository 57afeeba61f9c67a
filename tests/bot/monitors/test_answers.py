"""Every bad answer of a monitor becomes a reason: nothing is guessed, and nothing is asked where it may not."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.monitors.endpoint import Endpoints
from bot.monitors.fetching import opened
from bot.monitors.prometheus import Prometheus
from domain.health.asking import Answer, Question
from domain.health.model import HEALTH, RESPONSE_TIME, WhyNone
from domain.health.rules import EndpointRule
from tests.bot.monitors.stand import HERE, ONE, Stand, asked, vector

AT = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "status", "answer"),
    [
        (vector(ONE), 200, Answer(value=0.5)),
        (vector(), 200, Answer(why=WhyNone.EMPTY)),
        (vector(ONE, ONE), 200, Answer(why=WhyNone.MANY, detail="2")),
        (vector({"value": [1, "NaN"]}), 200, Answer(why=WhyNone.NAN)),
        (vector({"value": [1, "+Inf"]}), 200, Answer(why=WhyNone.INFINITE)),
        (vector({"value": [1, "up"]}), 200, Answer(why=WhyNone.TEXT, detail="up")),
        (vector({"value": "0.5"}), 200, Answer(why=WhyNone.MALFORMED)),
        (vector("0.5"), 200, Answer(why=WhyNone.MALFORMED)),
        ({"status": "success", "data": {"resultType": "scalar", "result": [1, "7"]}}, 200, Answer(value=7.0)),
        (
            {"status": "success", "data": {"resultType": "string", "result": [1, "hi"]}},
            200,
            Answer(why=WhyNone.TEXT, detail="hi"),
        ),
        (
            {"status": "success", "data": {"resultType": "matrix", "result": []}},
            200,
            Answer(why=WhyNone.MALFORMED, detail="matrix"),
        ),
        ({"status": "success", "data": 7}, 200, Answer(why=WhyNone.MALFORMED)),
        (
            {"status": "error", "error": "parse\n error"},
            400,
            Answer(why=WhyNone.STATUS, detail="parse error"),
        ),
        ({"status": "success", "data": {}}, 503, Answer(why=WhyNone.STATUS, detail="503")),
        ("<html>sign in</html>", 200, Answer(why=WhyNone.MALFORMED)),
        ("<html>oops</html>", 500, Answer(why=WhyNone.STATUS, detail="500")),
        ("[" * 30_000, 200, Answer(why=WhyNone.MALFORMED)),
        ("x" * 70_000, 200, Answer(why=WhyNone.TOO_LARGE)),
    ],
)
async def test_an_answer_is_a_number_or_a_reason(
    stand: Stand, body: object, status: int, answer: Answer
) -> None:
    stand.says(body, status)
    assert await asked(stand.url) == answer


async def test_ten_megabytes_are_not_read_though_nobody_says_how_many_come(stand: Stand) -> None:
    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(160):
            await response.write(b"x" * 65_536)
        return response

    stand.answer = flood
    assert await asked(stand.url) == Answer(why=WhyNone.TOO_LARGE)


async def test_one_that_never_answers_is_left_in_time(stand: Stand) -> None:
    never = asyncio.Event()

    async def hang(_: web.Request) -> web.StreamResponse:
        await never.wait()
        return web.Response()

    stand.answer = hang
    assert await asked(stand.url, seconds=0.05) == Answer(why=WhyNone.TIMEOUT, detail="0.05 s")
    never.set()


async def test_a_redirect_leads_nowhere(stand: Stand) -> None:
    stand.says("", 302, Location=f"{stand.url}/elsewhere")
    assert await asked(stand.url) == Answer(why=WhyNone.STATUS, detail="302")
    assert stand.asked == 1


async def test_nobody_at_the_address() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found = await asked(f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert found.why is WhyNone.UNREACHABLE


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "[::1]",
        "[fe80::1]",
        "[::ffff:10.0.0.1]",
        "2130706433",
        "0.0.0.0",  # noqa: S104 - asked, not served
    ],
)
async def test_private_addresses_are_refused_by_whatever_name(host: str) -> None:
    found = await asked(f"http://{host}:1/", allow=())
    assert found.why is WhyNone.REFUSED


async def test_what_the_policy_allows_by_name_is_asked_and_only_that(stand: Stand) -> None:
    stand.says(vector(ONE))
    port = stand.url.rpartition(":")[2]
    assert await asked(f"http://localhost:{port}", allow=("LOCALHOST",)) == Answer(value=0.5)
    assert (await asked(f"http://127.0.0.1:{port}", allow=("localhost",))).why is WhyNone.REFUSED


async def test_a_name_is_looked_up_once_and_connected_to_as_it_was(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public at the first look and private at the next one gets nowhere private."""
    looked: list[str] = []
    answers = iter(["93.184.215.14", "127.0.0.1"])
    port = int(stand.url.rpartition(":")[2])

    async def resolve(_: object, host: str, *_more: object, **_named: object) -> list[dict[str, Any]]:
        looked.append(host)
        return [
            {
                "hostname": host,
                "host": next(answers),
                "port": port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
        ]

    monkeypatch.setattr("aiohttp.ThreadedResolver.resolve", resolve)
    found = await asked(f"http://rebinding.example:{port}", allow=(), seconds=0.2)
    assert found.why in {WhyNone.TIMEOUT, WhyNone.UNREACHABLE}
    assert (looked, stand.asked) == (["rebinding.example"], 0)


async def test_what_was_before_is_read_up_to_the_deploy(stand: Stand) -> None:
    def at(minutes: int) -> float:
        return (AT + timedelta(minutes=minutes)).timestamp()

    values = [[at(-2), "1"], [at(-1), "NaN"], [at(0), "3"]]
    stand.says({"status": "success", "data": {"resultType": "matrix", "result": [{"values": values}]}})
    async with opened(HERE) as asker:
        found = await Prometheus(asker).before(Question(stand.url, "x"), AT - timedelta(hours=1), AT)
    assert found == [(AT - timedelta(minutes=2), Answer(value=1.0))]


@pytest.mark.parametrize(
    ("series", "why"),
    [
        ([], WhyNone.EMPTY),
        ([{"values": [[1, "NaN"]]}], WhyNone.EMPTY),
        ([{"values": 7}], WhyNone.MALFORMED),
        ([{"values": [["soon", "1"]]}], WhyNone.MALFORMED),
    ],
)
async def test_no_history_is_said_with_its_reason(stand: Stand, series: object, why: WhyNone) -> None:
    stand.says({"status": "success", "data": {"resultType": "matrix", "result": series}})
    async with opened(HERE) as asker:
        found = await Prometheus(asker).before(Question(stand.url, "x"), AT - timedelta(hours=1), AT)
    assert found == [(AT, Answer(why=why))]


# --- health endpoints -------------------------------------------------------------------------------------


async def well(*rules: EndpointRule, allow: tuple[str, ...] = HERE) -> tuple[Answer, ...]:
    ticks = iter(range(100))
    async with opened(allow) as asker:
        question = Question(rules[0].url, endpoints=rules, allow=allow)
        monitor = Endpoints(asker, lambda: float(next(ticks)))
        assert await monitor.before(question, AT, AT) == ()
        return await monitor.now(question)


@pytest.mark.parametrize(
    ("body", "status", "rule", "answer"),
    [
        ("fine", 200, {}, Answer(metric=HEALTH, value=1.0)),
        ("", 503, {}, Answer(metric=HEALTH, value=0.0, detail="503")),
        ("", 204, {"status": 204}, Answer(metric=HEALTH, value=1.0)),
        ({"a": {"b": "ok"}}, 200, {"field": "a.b"}, Answer(metric=HEALTH, value=1.0)),
        ({"a": True}, 200, {"field": "a", "equals": "true"}, Answer(metric=HEALTH, value=1.0)),
        ({"a": "down"}, 200, {"field": "a"}, Answer(metric=HEALTH, value=0.0, detail="a: down")),
        ({"b": 1}, 200, {"field": "a"}, Answer(metric=HEALTH, why=WhyNone.MALFORMED, detail="a")),
        ("<html>", 200, {"field": "a"}, Answer(metric=HEALTH, why=WhyNone.MALFORMED, detail="a")),
        ("x" * 70_000, 200, {"field": "a"}, Answer(metric=HEALTH, why=WhyNone.TOO_LARGE)),
        ("x" * 70_000, 200, {}, Answer(metric=HEALTH, value=1.0)),
    ],
)
async def test_an_endpoint_answers_well_as_the_policy_says(
    stand: Stand, body: object, status: int, rule: dict[str, Any], answer: Answer
) -> None:
    stand.says(body, status)
    found = await well(EndpointRule(url=stand.url, **rule))
    assert found == (answer, Answer(metric=RESPONSE_TIME, value=1.0))


async def test_one_that_does_not_answer_is_down_and_one_that_may_not_be_asked_is_unknown() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        (down,) = await well(EndpointRule(url=url))
        (refused,) = await well(EndpointRule(url=url), allow=())
    assert (down.value, down.why) == (0.0, None)
    assert refused == Answer(metric=HEALTH, why=WhyNone.REFUSED, detail="127.0.0.1")


async def test_of_several_the_share_that_answers_well_counts(stand: Stand) -> None:
    stand.says("fine")
    rule, other = EndpointRule(url=stand.url), EndpointRule(url=stand.url, status=204)
    assert (await well(rule, other))[0] == Answer(metric=HEALTH, value=0.5, detail="200")
    assert (await well(other, other))[0] == Answer(metric=HEALTH, value=0.0, detail="200")


async def test_a_certificate_or_an_answer_that_comes_too_late_speaks_of_the_service(stand: Stand) -> None:
    never = asyncio.Event()

    async def hang(_: web.Request) -> web.StreamResponse:
        await never.wait()
        return web.Response()

    stand.answer = hang
    late = EndpointRule(url=stand.url, timeout=timedelta(seconds=1))
    (down,) = await well(late)
    assert down == Answer(metric=HEALTH, value=0.0, detail="timeout 1 s")
    never.set()
    (secured,) = await well(EndpointRule(url=stand.url.replace("http:", "https:")))
    assert secured.value == 0.0


class NoNames:
    """The look-up of names, as it is where Naru's own network is down."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, slow: bool = False) -> None:
        async def resolve(*_: object, **_named: object) -> list[dict[str, Any]]:
            if slow:
                await asyncio.Event().wait()
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

        monkeypatch.setattr("aiohttp.ThreadedResolver.resolve", resolve)


@pytest.mark.parametrize(("slow", "why"), [(False, WhyNone.UNREACHABLE), (True, WhyNone.TIMEOUT)])
async def test_where_none_can_be_reached_nothing_is_known_of_the_service(
    monkeypatch: pytest.MonkeyPatch, why: WhyNone, *, slow: bool
) -> None:
    NoNames(monkeypatch, slow=slow)
    rules = [EndpointRule(url=f"http://{host}.example/", timeout=timedelta(seconds=1)) for host in ("a", "b")]
    (health,) = await well(*rules)
    assert (health.value, health.why) == (None, why)


async def test_one_whose_name_is_gone_is_down_while_another_is_reached(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    NoNames(monkeypatch)
    stand.says("fine")
    gone, there = EndpointRule(url="http://gone.example/"), EndpointRule(url=stand.url)
    (health, _) = await well(gone, there)
    assert (health.value, health.detail) == (
        0.5,
        "unreachable Temporary failure in name resolution",
    )
    stand.says("", 503)
    (health, _) = await well(gone, there)
    assert (health.value, health.detail) == (0.0, "503")


async def test_what_cannot_be_read_or_may_not_be_asked_makes_no_full_outage(stand: Stand) -> None:
    stand.says("<html>")
    unread, bad = EndpointRule(url=stand.url, field="a"), EndpointRule(url=stand.url, status=204)
    forbidden = EndpointRule(url="http://10.0.0.1/")
    assert (await well(unread, bad))[0] == Answer(metric=HEALTH, value=0.5, detail="200")
    assert (await well(EndpointRule(url=stand.url), unread))[0].why is WhyNone.MALFORMED
    assert (await well(EndpointRule(url=stand.url), forbidden))[0].why is WhyNone.REFUSED
    assert (await well(bad, forbidden))[0].value == 0.0
