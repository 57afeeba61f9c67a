"""The button that leads to the post-mortem on the web: pressed, answered privately, opened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot import postmortems
from bot.desk import Call, Desk
from bot.directory import Directory
from bot.errors import boundary
from bot.payloads import Pressed
from bot.settings import Settings
from bot.slack import Slack
from domain.people import Actor, Origin, Via
from domain.refusals import Gone, NotAMember, Refused
from domain.rollback import Room
from messages.ids import Press, Target
from messages.texts import Reader
from storage.db import Database
from storage.db.tx import Tx
from tests.commands.rollback.stories import Story, release
from tests.support.world import GUEST, IC, OPS, TEAM, World
from tests.web.test_postmortem import rolled_back
from web.links import Links
from web.postmortems import Pages

WALL = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Heard:
    """What Slack was asked to show beneath the pressed message."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, bool]] = []

    async def respond(self, where: str, text: str, _blocks: Any, *, replace: bool) -> None:
        self.said.append((where, text, replace))


@pytest.fixture
def heard(shop: World, monkeypatch: pytest.MonkeyPatch) -> Heard:
    monkeypatch.setattr(Tx, "wall", lambda _: WALL)
    return Heard()


def links(base_url: str = "", **secrets: str) -> Links:
    held = {name: SecretStr(text) for name, text in secrets.items()}
    return postmortems.links_of(Settings(base_url=base_url, **held), TEAM)


async def press(
    database: Database, heard: Heard, room: Room, *, by: str = OPS, ours: Links, language: str = "en"
) -> None:
    desk = Desk(database, cast(Slack, heard), cast(Directory, None), "", ours)
    origin = Origin(Actor(TEAM, by), Via.BUTTON, "", "")
    call = Call(origin, Reader(language, "Asia/Seoul"), "trigger", 0.0)
    pressed = Pressed(Press.POSTMORTEM_WEB, Target(room=room.id), "trigger", answer_to="https://answer")
    await postmortems.page(desk, call, pressed)


@pytest.mark.parametrize(
    ("language", "opens", "lasts", "head"),
    [
        (
            "en",
            "Open the post-mortem on the web",
            "This address is for you. It works for an hour; then press the button again.",
            "<h1>Post-mortem · Rollback of v1.6.0</h1>",
        ),
        (
            "ko",
            "사후 분석을 웹에서 열기",
            "이 주소는 본인용입니다. 한 시간 동안 열리고, 그 뒤에는 버튼을 다시 눌러 주세요.",
            "<h1>사후 분석 · 롤백: v1.6.0</h1>",
        ),
    ],
)
async def test_who_presses_gets_an_address_that_opens(
    database: Database, heard: Heard, language: str, opens: str, lasts: str, head: str
) -> None:
    _, room = rolled_back(database)
    app = web.Application()
    Pages(database, links(slack_signing_secret="s"), boundary).register(app)  # another replica
    async with TestClient(TestServer(app)) as client:
        ours = links("https://naru.example/", slack_signing_secret="s", slack_bot_token="xoxb-1")
        await press(database, heard, room, ours=ours, language=language)
        ((where, text, replace),) = heard.said
        url = text[1:].partition("|")[0]
        assert (where, text, replace) == ("https://answer", f"<{url}|{opens}>\n{lasts}", False)
        assert url.startswith("https://naru.example/postmortems/")
        answer = await client.get(url.removeprefix("https://naru.example"))
        assert (answer.status, head in await answer.text()) == (200, True)


async def test_over_socket_mode_alone_the_bot_s_token_signs(database: Database, heard: Heard) -> None:
    _, room = rolled_back(database)
    ours = links("https://naru.example", slack_bot_token="xoxb-1")
    await press(database, heard, room, ours=ours)
    token = heard.said[0][1].partition("|")[0].rpartition("/")[2]
    assert links(slack_bot_token="xoxb-2").read(token) is None
    found = links(slack_bot_token="xoxb-1").read(token)
    assert found is not None
    assert (found.room, found.language, found.until) == (room.id, "en", int(WALL.timestamp()) + 3600)


async def test_without_an_address_of_its_own_naru_says_who_sets_it(database: Database, heard: Heard) -> None:
    _, room = rolled_back(database)
    await press(database, heard, room, ours=links(slack_signing_secret="s"))
    told = (
        "Naru does not know its own address on the web: who runs it sets NARU_BASE_URL.\n"
        "“As a file” gives the same document."
    )
    assert heard.said == [("https://answer", told, False)]


async def test_who_may_not_see_the_draft_gets_no_address(database: Database, heard: Heard) -> None:
    _, room = rolled_back(database)
    with pytest.raises(Refused) as no:
        await press(database, heard, room, by=GUEST, ours=links("https://naru.example"))
    assert isinstance(no.value.refusal, NotAMember)
    assert heard.said == []


async def test_before_it_is_resolved_there_is_nothing_to_open(database: Database, heard: Heard) -> None:
    story = Story(database)
    story.given(release())
    room = story.led(OPS)
    with pytest.raises(Refused) as no:
        await press(database, heard, room, by=IC, ours=links("https://naru.example"))
    assert no.value.refusal == Gone("postmortem")
