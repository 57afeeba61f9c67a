"""Noise at the front door: nothing unhandled, no 5xx, no mention that fires, nothing Slack would refuse."""

from __future__ import annotations

import asyncio
import json
import random
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.courier import Courier
from bot.desk import Desk
from bot.directory import Directory
from bot.frontdoor import Incoming, parse
from bot.homes import Homes
from bot.listeners import Listeners
from bot.pictures.posting import Pictures
from bot.readiness import Readiness
from bot.roomwork import RoomWork
from bot.routes import Routes
from bot.scribe import Scribe
from bot.server import Door, make_app
from bot.wiring import Identity, bolt_app
from domain.types import ReleaseType
from storage import audit
from storage.db import Database
from tests.proof.conftest import NewUrl
from tests.proof.noise import FORM, SECRET, Raw, Requests, Texts, seed_of, signed
from tests.proof.paper import PaperPainter, PaperSlack, faults_of_message, faults_of_view
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.proof import rounds
from tests.support.world import BOT_USER, RM, TEAM, world

pytestmark = pytest.mark.proof
AT_ONCE = 16
A_WORLD = 2_000  # so many texts meet one world, then a new one: a project does not live for ever
SHOWN = 20


@dataclass
class Heard:
    """What must not happen: it is kept here, and the test ends with the first of it."""

    unexpected: list[str] = field(default_factory=list)

    def error(self, event: str, *, exc_info: BaseException, **_about: Any) -> None:
        frames = traceback.extract_tb(exc_info.__traceback__)
        ours = [f"{Path(f.filename).name}:{f.lineno}" for f in frames if "site-packages" not in f.filename]
        self.unexpected.append(f"{event}: {exc_info!r:.200} {' '.join(ours[-4:])}")

    def warning(self, event: str, **about: Any) -> None:
        """Bolt has no route for events that we did not subscribe to; a failure of its own is a bug."""
        if event == "bolt answered" and about["status"] >= 500:
            self.unexpected.append(f"{event}: {about}")

    def info(self, event: str, **about: Any) -> None:
        pass


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    monkeypatch.setattr("bot.errors.log", heard)
    monkeypatch.setattr("bot.server.log", heard)
    monkeypatch.setattr("bot.pacing.PACED", False)
    return heard


def _nothing(*lists: list[Any]) -> None:
    """Nothing was found; else the failure shows the first of each list, a line each."""
    found = [str(item) for items in lists for item in dict.fromkeys(items[:SHOWN])]
    assert not found, "\n".join(["", *found])


@dataclass
class House:
    """The program from the front door to the database, with a Slack of paper outside."""

    database: Database
    slack: PaperSlack
    door: Door
    courier: Courier
    releases: list[str]

    async def deliver(self) -> None:
        while await self.courier.work():
            pass


@asynccontextmanager
async def house(url: str) -> AsyncIterator[House]:
    clock = HandClock()
    database = Database(url, clock)
    with database.transaction() as tx:
        world(tx)
    driver = Driver(database, clock)
    releases = [
        driver.to_approval(),
        driver.to_qa(ReleaseType.FEATURE),
        driver.to_approved(ReleaseType.HOTFIX),
    ]
    slack = PaperSlack()
    directory, identity = Directory(database, slack, TEAM), Identity(TEAM, BOT_USER, "B0NARU")
    homes = Homes(database, slack, directory)
    routes = Routes(directory, homes, Scribe(database, slack, directory, identity.user))
    listeners = Listeners(Desk(database, slack, directory), routes)
    bolt = bolt_app(slack, identity, "xoxb-paper", listeners)
    rooms, pictures = RoomWork(database, slack, identity.user), Pictures(database, slack, PaperPainter())
    courier = Courier(database, slack, rooms, pictures, changed=homes.changed)
    built = House(database, slack, Door(bolt, SECRET), courier, releases)
    await built.deliver()
    yield built
    await built.deliver()
    assert database.read_now(audit.verify) is None
    database.close()


# --- slash texts --------------------------------------------------------------------------------


async def test_slash_texts_of_every_kind(new_url: NewUrl, heard: Heard) -> None:
    seed = seed_of("slash texts")
    wanted = rounds(400, 100_000)
    for number, first in enumerate(range(0, wanted, A_WORLD)):
        with new_url() as url:
            async with house(url) as built:
                random_ = random.Random(f"{seed}.{number}")
                bad = await _type_all(built, random_, min(A_WORLD, wanted - first))
                await built.deliver()
                _nothing(bad, built.slack.faults, heard.unexpected)


async def _type_all(built: House, random_: random.Random, number: int) -> list[tuple[str, str]]:
    """(text, what was wrong with the reply) of each reply that Slack or a reader would mind."""
    texts, requests = Texts(random_), Requests(random_, built.releases, built.slack)
    bad: list[tuple[str, str]] = []
    for start in range(0, number, AT_ONCE):
        typed = [texts.text() for _ in range(min(AT_ONCE, number - start))]
        fields = [requests.command(text) for text in typed]
        found = await asyncio.gather(*(_type(built.door, f) for f in fields))
        bad += [(text[:300], fault) for text, faults in zip(typed, found, strict=True) for fault in faults]
        if start % (AT_ONCE * 20) == 0:
            await built.deliver()
    return bad


async def _type(door: Door, fields: dict[str, str]) -> list[str]:
    incoming = parse(FORM, urlencode(fields, errors="replace").encode())
    assert isinstance(incoming, Incoming), (fields, incoming)
    answer = await door.dispatch(incoming)
    return _faults_of_answer(answer.status, answer.body)


def _faults_of_answer(status: int, body: str | None) -> list[str]:
    """Of a reply that stands in an ack: a message, a view on top, or errors beside fields."""
    if status != 200:
        return [f"status {status}"]
    said = json.loads(body) if body and body.startswith("{") else {}
    if "view" in said:
        return faults_of_view(said["view"])
    return faults_of_message(said) if "blocks" in said or "text" in said else []


@pytest.mark.parametrize(
    "text",
    ["payload", "ssl_check", "ssl_check=1", "log payload={}", "help payload", "token challenge command"],
)
async def test_slash_text_with_a_word_of_the_protocol_is_answered(
    new_url: NewUrl, heard: Heard, text: str
) -> None:
    with new_url() as url:
        async with house(url) as built:
            requests = Requests(random.Random(1), built.releases, built.slack)
            fields = requests.command(text) | {"user_id": RM, "trigger_id": "t.1"}
            incoming = parse(FORM, urlencode(fields).encode())
            assert isinstance(incoming, Incoming)
            answer = await built.door.dispatch(incoming)
            assert json.loads(answer.body)["text"] != ""
            assert heard.unexpected == []


async def test_refusal_that_could_not_be_recorded_in_time_is_not_given(
    new_url: NewUrl, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads a refusal can rely on its row in the audit."""
    monkeypatch.setattr("bot.desk.DEADLINE_S", -1.0)
    with new_url() as url:
        async with house(url) as built:
            fields = Requests(random.Random(1), built.releases, built.slack).command("status v9.9.9")
            incoming = parse(FORM, urlencode(fields | {"user_id": RM, "trigger_id": "t.1"}).encode())
            assert isinstance(incoming, Incoming)
            answer = await built.door.dispatch(incoming)
            said = "Naru is busy: this was *not recorded*. Please try again in a moment."
            assert json.loads(answer.body)["text"] == said
            assert heard.unexpected == []


# --- requests that Slack would not send ---------------------------------------------------------


async def test_requests_malformed_in_every_way(new_url: NewUrl, heard: Heard) -> None:
    seed = seed_of("malformed requests")
    wanted = rounds(200, 20_000)
    for number, first in enumerate(range(0, wanted, A_WORLD)):
        with new_url() as url:
            async with house(url) as built, _client(built) as client:
                requests = Requests(random.Random(f"{seed}.{number}"), built.releases, built.slack)
                bad: list[tuple[str, str]] = []
                for start in range(0, min(A_WORLD, wanted - first), AT_ONCE):
                    raws = [requests.malformed() for _ in range(AT_ONCE)]
                    found = await asyncio.gather(*(_send(client, raw) for raw in raws))
                    bad += [
                        (f"{raw.what} {raw.body[:400]!r}", f)
                        for raw, fs in zip(raws, found, strict=True)
                        for f in fs
                    ]
                    if start % (AT_ONCE * 20) == 0:
                        await built.deliver()
                await built.deliver()
                _nothing(bad, built.slack.faults, heard.unexpected)


@asynccontextmanager
async def _client(built: House) -> AsyncIterator[TestClient[Any, Any]]:
    app = make_app(built.door, Readiness(built.database))
    async with TestClient(TestServer(app)) as client:
        yield client


async def _send(client: TestClient[Any, Any], raw: Raw) -> list[str]:
    headers = {name: value for name, value in raw.headers.items() if value or name != "Content-Type"}
    answer = await client.post("/slack/events", data=raw.body, headers=headers)
    body = await answer.text()
    if raw.expected is not None and answer.status != raw.expected:
        return [f"status {answer.status}, not {raw.expected}"]
    if answer.status >= 500:
        return [f"status {answer.status}"]
    return _faults_of_answer(answer.status, body) if answer.status == 200 else []


async def test_request_over_the_limit_is_refused_while_it_arrives(new_url: NewUrl, heard: Heard) -> None:
    with new_url() as url:
        async with house(url) as built, _client(built) as client:
            huge = Requests(random.Random(1), built.releases, built.slack).huge()
            assert await _send(client, huge) == []
            assert heard.unexpected == []


async def test_request_replayed_gets_the_first_answer_and_changes_nothing(
    new_url: NewUrl, heard: Heard
) -> None:
    seed = seed_of("replays")
    with new_url() as url:
        async with house(url) as built, _client(built) as client:
            random_ = random.Random(seed)
            requests = Requests(random_, built.releases, built.slack)
            for _ in range(rounds(40, 2_000)):
                fields = requests.command(
                    random_.choice(("log replayed", "freeze begin", "hold v1.5.0 why", "nonsense"))
                )
                body = urlencode(fields).encode()
                raw = Raw(body, signed(body, FORM))
                first = await _answer(client, raw)
                written = built.database.read_now(_rows)
                assert await _answer(client, raw) == first
                assert built.database.read_now(_rows) == written
            assert heard.unexpected == []


async def _answer(client: TestClient[Any, Any], raw: Raw) -> tuple[int, str]:
    answer = await client.post("/slack/events", data=raw.body, headers=raw.headers)
    return answer.status, await answer.text()


def _rows(tx: Any) -> tuple[object, ...]:
    """What a request can leave behind."""
    counted = (
        "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM outbox), (SELECT count(*) FROM inbox)"
    )
    return tuple(tx.connection.exec_driver_sql(counted).one())
