"""Answers of monitors in all the ways that the internet has: a number, or why there is none; nothing guessed."""

from __future__ import annotations

import asyncio
import gzip
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import pytest
from aiohttp import web

from bot.monitors.endpoint import Endpoints
from bot.monitors.fetching import Asker, opened
from bot.monitors.prometheus import Prometheus
from domain.health.asking import Answer, Question
from domain.health.model import HEALTH, Reading, Source, WhyNone
from domain.health.rules import EndpointRule
from domain.types import Environment
from messages.health import words
from messages.texts import Reader
from storage import readings
from storage.db import Database
from tests.bot.monitors.stand import HERE, ONE, Stand, asked, vector
from tests.support.world import PROJECT, World

AT = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)
EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")
MALFORMED, TEXT = WhyNone.MALFORMED, WhyNone.TEXT


def valued(text: object) -> dict[str, Any]:
    return vector({"value": [1, text]})


# --- what is a number -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0.0), ("-1.5", -1.5), ("1e3", 1000.0), ("5E-07", 5e-07), ("+2.", 2.0), (".5", 0.5), (0.25, 0.25)],
)
async def test_numbers_are_read_as_prometheus_writes_them(stand: Stand, text: object, value: float) -> None:
    stand.says(valued(text))
    assert await asked(stand.url) == Answer(value=value)


@pytest.mark.parametrize(
    "text", ["1_000", "٣", " 7 ", "0x1F", "1,5", "12 %", "infinity", "1e", "", "True", "1\n2", "5m"]
)
async def test_what_only_looks_like_a_number_is_a_text(stand: Stand, text: str) -> None:
    stand.says(valued(text))
    assert await asked(stand.url) == Answer(why=TEXT, detail=" ".join(text.split()))


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("NaN", Answer(why=WhyNone.NAN)),
        ("Infinity", Answer(why=WhyNone.INFINITE)),
        ("-Infinity", Answer(why=WhyNone.INFINITE)),
        ("1e999", Answer(why=WhyNone.INFINITE)),
        ('"1e999"', Answer(why=WhyNone.INFINITE)),
        ('"-Inf"', Answer(why=WhyNone.INFINITE)),
        ("9" * 400, Answer(why=WhyNone.INFINITE)),
        ("9" * 5000, Answer(why=MALFORMED)),
        ("true", Answer(why=TEXT, detail="True")),
        ("null", Answer(why=TEXT, detail="None")),
        ("[1, 2]", Answer(why=TEXT, detail="[1, 2]")),
    ],
)
async def test_json_that_holds_no_number_in_its_place(stand: Stand, raw: str, answer: Answer) -> None:
    body = json.dumps(valued("HERE")).replace('"HERE"', raw)
    stand.says(body)
    assert await asked(stand.url) == answer


# --- what is an answer ----------------------------------------------------------------------------------------


def served(raw: bytes, status: int = 200, **headers: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=raw, status=status, headers={"Content-Type": "application/json"} | headers)

    return answer


GOOD = json.dumps(vector(ONE)).encode()


@pytest.mark.parametrize(
    ("raw", "headers", "answer"),
    [
        (GOOD, {"Content-Type": "text/html"}, Answer(value=0.5)),
        (GOOD, {"Content-Type": "image/png"}, Answer(value=0.5)),
        (GOOD.decode().encode("utf-16"), {}, Answer(value=0.5)),
        (gzip.compress(GOOD), {"Content-Encoding": "gzip"}, Answer(why=MALFORMED)),
        (GOOD.replace(b"0.5", b"\xff\xfe"), {}, Answer(why=MALFORMED)),
        (b"\xff", {}, Answer(why=MALFORMED)),
        (b"", {}, Answer(why=MALFORMED)),
        (b"null", {}, Answer(why=MALFORMED)),
        (b'"success"', {}, Answer(why=MALFORMED)),
        (b'{"status": "success"}', {}, Answer(why=MALFORMED)),
        (b'{"status": []}', {}, Answer(why=MALFORMED)),
        (b'{"status": {}, "data": {}}', {}, Answer(why=MALFORMED)),
        (b'{"a":' * 10_000, {}, Answer(why=MALFORMED)),
        (b'{"status": "success", "data": ' + b"[" * 30_000, {}, Answer(why=MALFORMED)),
        (GOOD[:-1], {}, Answer(why=MALFORMED)),
    ],
    ids=[
        "called HTML",
        "called a picture",
        "UTF-16",
        "packed",
        "no UTF-8",
        "one byte",
        "nothing",
        "null",
        "a word",
        "no data",
        "a list for a status",
        "an object for a status",
        "deep objects",
        "deep lists",
        "cut off",
    ],
)
async def test_a_body_counts_for_what_it_holds_whatever_it_is_called(
    stand: Stand, raw: bytes, headers: dict[str, str], answer: Answer
) -> None:
    stand.answer = served(raw, **headers)
    assert await asked(stand.url) == answer


@asynccontextmanager
async def speaking(raw: bytes, heard: int = 0) -> AsyncIterator[str]:
    """Something at a port that says these bytes, and is gone."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await (reader.readexactly(heard) if heard else reader.readuntil(b"\r\n\r\n"))
        writer.write(raw)
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n", WhyNone.UNREACHABLE),
        (b"", WhyNone.UNREACHABLE),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", WhyNone.UNREACHABLE),
        (HEAD + b"Content-Length: 500\r\n\r\n{}", WhyNone.UNREACHABLE),
        (HEAD + b"Content-Length: 10485760\r\n\r\n{}", WhyNone.TOO_LARGE),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", WhyNone.UNREACHABLE),
    ],
    ids=["SSH", "nothing", "an endless header", "less than told", "more than is read", "no chunk"],
)
async def test_what_is_no_http_is_no_number(raw: bytes, why: WhyNone) -> None:
    async with speaking(raw) as url:
        assert (await asked(url)).why is why


# --- TLS --------------------------------------------------------------------------------------------------


class Unsecured(ssl.SSLCertVerificationError):
    verify_message = "self-signed certificate"


class Refusing:
    """A session whose connections end as those to a server with this certificate."""

    def __init__(self, error: ssl.SSLError) -> None:
        self._error = error

    def get(self, *_: object, **__: object) -> object:
        key = cast("Any", SimpleNamespace(host="a.example", port=443, ssl=True, is_ssl=True))
        if isinstance(self._error, ssl.SSLCertVerificationError):
            raise aiohttp.ClientConnectorCertificateError(key, self._error)
        raise aiohttp.ClientConnectorSSLError(key, self._error)


def of_openssl(number: int, reason: str) -> ssl.SSLError:
    found = ssl.SSLError(number, f"[SSL: {reason}] (_ssl.c:1006)")
    found.reason = reason
    return found


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (Unsecured(1, "[SSL: CERTIFICATE_VERIFY_FAILED]"), "self-signed certificate"),
        (of_openssl(1, "WRONG_VERSION_NUMBER"), "wrong version number"),
        (ssl.SSLEOFError(8, "EOF occurred"), "eof occurred"),
    ],
)
async def test_a_connection_that_cannot_be_secured_is_told_as_that(error: ssl.SSLError, detail: str) -> None:
    """OpenSSL's numbers mean something else to the system: its 1 is \"Operation not permitted\" there."""
    asker = Asker(cast("aiohttp.ClientSession", Refusing(error)), frozenset())
    question = Question("https://a.example", "x")
    assert await Prometheus(asker).now(question) == (Answer(why=WhyNone.UNSECURED, detail=detail),)
    rules = Question("https://a.example", "", (EndpointRule(url="https://a.example"),))
    assert await Endpoints(asker).now(rules) == (
        Answer(metric=HEALTH, value=0.0, detail=f"unsecured {detail}"),
    )


async def test_tls_to_a_port_that_speaks_something_else() -> None:
    async with speaking(b"220 ready\r\n", heard=1) as url:
        assert (await asked(url.replace("http:", "https:"))).why is WhyNone.UNSECURED


async def test_a_body_that_drips_is_left_in_time(stand: Stand) -> None:
    """Byte after byte: what counts is how long the whole takes."""

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b" ")
            await asyncio.sleep(0.01)
        return response

    stand.answer = drip
    assert await asked(stand.url, seconds=0.2) == Answer(why=WhyNone.TIMEOUT, detail="0.2 s")
    assert await well(stand.url) == Answer(metric=HEALTH, value=0.0, detail="timeout 1 s")


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:1/", "http://169.254.169.254/latest/", "http://[::1]/", "//10.0.0.1/", "::"],
)
async def test_a_redirect_to_a_private_address_is_not_followed(stand: Stand, location: str) -> None:
    stand.says("", 307, Location=location)
    assert await asked(stand.url) == Answer(why=WhyNone.STATUS, detail="307")
    assert stand.asked == 1


# --- words that cannot be kept ----------------------------------------------------------------------------------


ODD = {
    "NUL": ("up\x00down", "up down"),
    "half a character": ("up\ud800down", "up down"),
    "backwards": ("up\u202edown", "up down"),
    "lines": ("up\r\n\tdown", "up down"),
    "long": ("x" * 5000, "x" * 120),
}


@pytest.mark.parametrize(("text", "kept"), ODD.values(), ids=ODD)
async def test_a_monitor_s_words_are_kept_so_that_they_can_be_stored_and_shown(
    stand: Stand, database: Database, shop: World, text: str, kept: str
) -> None:
    """One bad word does not lose the readings of its round."""
    for body in (
        valued(text),
        {"status": "success", "data": {"resultType": "string", "result": [1, text]}},
    ):
        stand.says(json.dumps(body))
        answer = await asked(stand.url)
        assert answer == Answer(why=TEXT, detail=kept)
    stand.says(json.dumps({"status": "error", "error": text}), 400)
    assert await asked(stand.url) == Answer(why=WhyNone.STATUS, detail=kept)
    reading = Reading(
        metric="error_rate",
        environment=Environment.PRODUCTION,
        at=AT,
        source=Source.PROMETHEUS,
        value=None,
        why=TEXT,
        detail=kept,
    )
    with database.transaction() as tx:
        readings.add(tx, PROJECT, [reading])
    assert database.read_now(readings.newest_of_each, PROJECT, Environment.PRODUCTION) == [reading]


async def test_numbers_from_outside_the_time_that_was_asked_for_are_no_history(stand: Stand) -> None:
    """Also those that no calendar can move."""
    inside = (AT - timedelta(minutes=5)).timestamp()
    values = [[-62135596800, "1"], [inside - 7200, "2"], [inside, "3"], [AT.timestamp(), "4"], [4e10, "5"]]
    stand.says({"status": "success", "data": {"resultType": "matrix", "result": [{"values": values}]}})
    async with opened(HERE) as asker:
        found = await Prometheus(asker).before(Question(stand.url, "x"), AT - timedelta(hours=1), AT)
    assert found == [(AT - timedelta(minutes=5), Answer(value=3.0))]


# --- health endpoints -------------------------------------------------------------------------------------------


async def well(url: str, **rule: Any) -> Answer:
    async with opened(HERE) as asker:
        endpoint = EndpointRule(url=url, **({"timeout": "1s"} | rule))
        found = await Endpoints(asker).now(Question(url, endpoints=(endpoint,), allow=HERE))
        return found[0]


UNKNOWN = Answer(metric=HEALTH, why=MALFORMED, detail="state")


@pytest.mark.parametrize(
    ("raw", "headers", "answer"),
    [
        (b'{"state": "ok"}', {"Content-Type": "text/html"}, Answer(metric=HEALTH, value=1.0)),
        (b'{"state": "\xff"}', {}, UNKNOWN),
        (gzip.compress(b'{"state": "ok"}'), {"Content-Encoding": "gzip"}, UNKNOWN),
        (b'{"state":' * 5000, {}, UNKNOWN),
        (b'["state"]', {}, UNKNOWN),
        (b"", {}, UNKNOWN),
        (b'{"state": null}', {}, Answer(metric=HEALTH, value=0.0, detail="state: null")),
        (b'{"state": NaN}', {}, Answer(metric=HEALTH, value=0.0, detail="state: NaN")),
        (b'{"state": "no\\u0000t"}', {}, Answer(metric=HEALTH, value=0.0, detail="state: no t")),
        (b'{"state": "no\\ud800t"}', {}, Answer(metric=HEALTH, value=0.0, detail="state: no t")),
        (b'{"state": "OK"}', {}, Answer(metric=HEALTH, value=0.0, detail="state: OK")),
    ],
    ids=[
        "called HTML",
        "no UTF-8",
        "packed",
        "deep",
        "a list",
        "nothing",
        "null",
        "NaN",
        "NUL",
        "half a character",
        "another word",
    ],
)
async def test_an_endpoint_is_well_only_where_it_says_so(
    stand: Stand, raw: bytes, headers: dict[str, str], answer: Answer
) -> None:
    stand.answer = served(raw, **headers)
    assert await well(stand.url, field="state") == answer


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_an_endpoint_that_sends_on_is_not_followed(stand: Stand, status: int) -> None:
    stand.says("", status, Location="http://169.254.169.254/")
    assert await well(stand.url) == Answer(metric=HEALTH, value=0.0, detail=str(status))
    assert stand.asked == 1


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n", "unreachable BadHttpMessage"),
        (HEAD + b"Content-Length: 500\r\n\r\n{}", "unreachable ClientPayloadError"),
    ],
    ids=["SSH", "less than told"],
)
async def test_an_endpoint_that_speaks_no_http_is_down(raw: bytes, detail: str) -> None:
    async with speaking(raw) as url:
        found = await well(url)
    assert (found.value, found.why, found.detail.split()[0]) == (0.0, None, detail.split(maxsplit=1)[0])


async def test_what_an_endpoint_lacks_is_told_with_what_to_do(stand: Stand) -> None:
    stand.answer = served(b'{"state":' * 5000)
    answer = await well(stand.url, field="state")
    reading = Reading(
        metric=HEALTH,
        environment=Environment.STAGING,
        at=AT,
        source=Source.ENDPOINT,
        value=answer.value,
        why=answer.why,
        detail=answer.detail,
    )
    assert words.why(EN, reading) == (
        "Health endpoint: the answer cannot be read. Check that the address is the monitor's. `state`"
    )
    assert words.why(KO, reading) == (
        "상태 확인 주소: 응답을 읽을 수 없습니다. 모니터의 주소가 맞는지 확인해 주십시오. `state`"
    )
