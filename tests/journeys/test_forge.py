from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.forgeworker import ForgeWorker
from commands.load import load_policy
from domain.policy import Repository
from storage import forges, projects
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import Story
from tests.support.github import NAME, TOKEN, GitHub, github

HELD, FREE = "pending", "success"


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own worker looks once, before there is a forge: a story makes the minutes pass."""
    monkeypatch.setattr("bot.forgeworker.LOOK_S", 3600.0)


@pytest_asyncio.fixture
async def hub() -> AsyncIterator[GitHub]:
    async with github() as found:
        found.add(1, "feat: 선물 포장")
        found.add(2, "fix: 오탈자")
        found.add(3, "feat: 급한 일", labels=("hotfix",))
        yield found


def _moves_to_github(tx: Tx, url: str) -> None:
    project = projects.get(tx, "shop")
    assert project is not None
    known = project.policy.repository.model_dump()
    forge = {"kind": "github", "api_url": url, "repository": NAME}
    repository = Repository.model_validate(known | {"forge": forge})
    load_policy(tx, project.policy.model_copy(update={"repository": repository}), project.channel)


class Marks:
    """The program's worker as the minutes pass, with a token that can be changed."""

    def __init__(self, story: Story, hub: GitHub) -> None:
        self.story, self.hub, self.token = story, hub, TOKEN
        self.seconds = 0.0
        self.worker = ForgeWorker(
            story.demo.program.db, lambda: SecretStr(self.token), now=lambda: self.seconds
        )

    async def a_minute(self) -> dict[int, str]:
        self.seconds += 60
        await self.worker.work()
        await self.story.settled()
        return self.hub.marks()


async def _on_github(story: Story, hub: GitHub) -> Marks:
    await story.look_at_remotes()
    await story.demo.program.db.run(_moves_to_github, hub.url)
    await story.settled()
    story.news()
    return Marks(story, hub)


async def test_a_freeze_holds_pull_requests_until_it_is_lifted(story: Story, hub: GitHub) -> None:
    t, haneul = story.t, story.person("haneul")
    marks = await _on_github(story, hub)
    assert await marks.a_minute() == {1: FREE, 2: FREE, 3: FREE}
    await ways.start(story, "v1.5.0")
    await story.time("2026-03-02", "14:00")
    story.news()
    assert await marks.a_minute() == {1: HELD, 2: FREE, 3: FREE}
    assert hub.text(1) == t(
        "Code freeze of v1.5.0: only fixes until it is deployed, planned Thu 5 Mar 14:00 (Seoul)",
        "v1.5.0 코드 프리즈: 배포될 때까지 수정만 병합 (예정 3월 5일(목) 14:00 (서울))",
    )
    assert story.news() == [
        t(
            "Code freeze v1.5.0: open pull requests into develop: 1 held, 2 free to merge. Look at them",
            "코드 프리즈 v1.5.0: develop 대상의 열린 풀 리퀘스트 중 1건은 보류, 2건은 병합 가능. 목록 보기",
        )
    ]
    hub.pulls[1].labels = ("freeze-ok",)
    hub.add(4, "feat: 카드")
    assert await marks.a_minute() == {1: FREE, 2: FREE, 3: FREE, 4: HELD}
    assert story.news() == []
    await haneul.slash(t("/release freeze lift v1.5.0 quiet", "/release 프리즈 해제 v1.5.0 조용함"))
    assert await marks.a_minute() == {1: FREE, 2: FREE, 3: FREE, 4: FREE}
    assert hub.text(4) == t("No code freeze", "코드 프리즈 없음")


async def test_a_github_that_is_down_when_the_freeze_begins_is_told_once(story: Story, hub: GitHub) -> None:
    t = story.t
    marks = await _on_github(story, hub)
    await ways.start(story, "v1.5.0")
    await story.time("2026-03-02", "14:00")
    story.news()
    hub.faults["/"] = "500"
    await marks.a_minute()
    await story.demo.program.db.run(_long_since)
    for _ in range(5):
        await marks.a_minute()
    [told] = story.news()
    first, second, third = told.splitlines()
    assert first.startswith(t("The code host cannot be asked since", "코드 호스트에 연결할 수 없음:"))
    assert second.endswith(t("The host answered with HTTP status 500.", "호스트의 응답: HTTP 상태 500."))
    assert third.endswith(t("Naru tries again by itself.", "나루가 자동으로 다시 시도합니다."))
    hub.faults.clear()
    assert await marks.a_minute() == {1: HELD, 2: FREE, 3: FREE}
    assert [text.split("\n")[0] for text in story.news()] == [
        t(
            "The code host can be asked again: every open pull request is marked as it should be.",
            "코드 호스트에 다시 연결됨: 열린 풀 리퀘스트의 표시가 모두 올바릅니다.",
        ),
        t(
            "Code freeze v1.5.0: open pull requests into develop: 1 held, 2 free to merge. Look at them",
            "코드 프리즈 v1.5.0: develop 대상의 열린 풀 리퀘스트 중 1건은 보류, 2건은 병합 가능. 목록 보기",
        ),
    ]


async def test_a_wrong_token_is_told_to_the_owner_with_what_to_do(story: Story, hub: GitHub) -> None:
    t = story.t
    marks = await _on_github(story, hub)
    marks.token = "ghp_old"
    story.dms("haneul")
    await marks.a_minute()
    await marks.a_minute()
    [told] = story.dms("haneul")
    assert told.splitlines()[1].endswith(
        t(
            "The token is not taken: it is wrong, has expired or was revoked. Put a new one into the file that "
            "NARU_FORGE_TOKEN_FILE names; Naru takes it up without a restart.",
            "토큰이 받아들여지지 않았습니다. 잘못되었거나 만료 또는 폐기된 토큰입니다. NARU_FORGE_TOKEN_FILE이 가리키는 "
            "파일에 새 토큰을 넣으십시오. 나루는 다시 시작하지 않아도 새 토큰을 사용합니다.",
        )
    )
    assert story.news() == []
    marks.token = TOKEN
    assert await marks.a_minute() == {1: FREE, 2: FREE, 3: FREE}
    assert len(story.dms("haneul")) == 1


def _long_since(tx: Tx) -> None:
    """As if the forge had been away for an hour."""
    state = forges.state(tx, "shop")
    assert state.failing is not None
    forges.put_state(tx, "shop", replace(state, failing=state.failing - timedelta(hours=1)))
