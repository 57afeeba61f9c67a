"""A pipeline reports over HTTP what people would press, and people see the release go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

from commands import context, tokens
from commands.checklists.lists import of_release
from commands.requests import MakeToken
from domain.checklists.model import ItemState, Phase
from domain.people import BOT, Origin, Via
from domain.tokens import Scope
from domain.versions import Version
from storage import checklists, releases
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story, plain

VERSION = "v1.5.0"
URL = "https://ci.example/runs/7"
WRONG = "f" * 40


@dataclass
class Pipeline:
    """With a token of the shop, in the language of the story."""

    story: Story
    token: str

    async def asks(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        base = f"http://127.0.0.1:{self.story.demo.program.port}/api/v1/projects/shop"
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.story.language}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.request(method, f"{base}{path}", json=body) as answer,
        ):
            told = await answer.json(content_type=None)
        await self.story.settled()
        return answer.status, told

    async def reports(self, what: str, **body: Any) -> tuple[int, str]:
        """The status, and the sentence that is told."""
        status, told = await self.asks("POST", f"/releases/{VERSION}/{what}", body)
        return status, plain(told["said"] if "said" in told else told["detail"])


async def pipeline(story: Story, *scopes: Scope, name: str = "ci") -> Pipeline:
    request = MakeToken(project="shop", name=name, scopes=scopes or tuple(Scope))
    made = await story.demo.program.db.run(tokens.make, request, Origin(BOT, Via.COMMAND_LINE))
    return Pipeline(story, made.text)


async def test_a_pipeline_takes_a_release_to_production_with_people(story: Story) -> None:
    t, manager = story.t, await ways.start(story, VERSION)
    ci = await pipeline(story)
    await manager.press(t("Cut branch early…", "브랜치 미리 만들기…"), CHANNEL)
    await manager.fill({t("Why now?", "왜 지금입니까?"): "ready"})
    await story.begin_here()
    await _another_commit_is_refused(story, ci)
    await _built_and_on_staging(story, ci)
    await _tested(story, ci)
    await story.person("alex").press(t("Approve", "승인"), "dm")
    await _standing_by(story)
    await story.time_of_window()
    await story.person("priya").press(t("Deploy", "배포"), CHANNEL)
    await _rolled_out(story, ci)


async def _standing_by(story: Story) -> None:
    for item in (
        story.t("Deployer standing by", "배포 담당자 대기"),
        story.t("On-call standing by", "온콜 대기"),
    ):
        await story.person("priya").press(item, CHANNEL)
        await story.person("priya").fill({})
    await _settle(story, Phase.PRE_RELEASE, Phase.RELEASE_START)


async def _settle(story: Story, *phases: Phase) -> None:
    """All that these lists ask for is done already: they have a story of their own."""

    def put(tx: Tx) -> None:
        release = releases.by_version(tx, "shop", Version.parse(VERSION))
        assert release is not None
        found = context.case(tx, release.id)
        state = ItemState(done_at=found.at, done_by=release.captain, candidate=release.rc)
        for phase, one in of_release(tx, found.project, release, phases).items():
            checklists.put(tx, release.id, phase, {item.key: state for item in one.items})

    await story.demo.program.db.run(put)


async def _another_commit_is_refused(story: Story, ci: Pipeline) -> None:
    """The pipeline is told both commits, the card says it to everybody, and the captain has a task."""
    t, head = story.t, story.demo.sample.sha("release/v1.5.0")
    assert (await ci.reports("builds", result="passed", sha=WRONG))[0] == 202
    status, told = await ci.asks("GET", f"/releases/{VERSION}/builds/{WRONG}")
    assert (status, told["code"], told["title"]) == (
        409,
        "other_head",
        t(
            "The commit that was built is not the newest one of the release branch (built → newest): "
            f"{WRONG} → {head} Build the newest commit of the branch.",
            f"빌드한 커밋이 릴리스 브랜치의 최신 커밋이 아닙니다(빌드 → 최신): {WRONG} → {head} "
            "브랜치의 최신 커밋을 빌드하십시오.",
        ),
    )
    assert t("⚠ Build passed did not work. ", "⚠ 빌드 성공 실패. ") in story.reads(VERSION)
    failed = t(
        "The commit that was built is not the newest one of the release branch (built → newest):\n"
        f"> {WRONG} → {head}\nBuild the newest commit of the branch.",
        f"빌드한 커밋이 릴리스 브랜치의 최신 커밋이 아닙니다(빌드 → 최신):\n> {WRONG} → {head}\n"
        "브랜치의 최신 커밋을 빌드하십시오.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Asked of git: Build passed. The result follows. — ci (API)",
            "↳ v1.5.0 git 작업 요청: 빌드 성공. 결과는 곧 알려 드립니다. — ci (API)",
        ),
        t(
            f"↳ v1.5.0 Git could not do this: Build passed\n{failed}",
            f"↳ v1.5.0 git에서 하지 못한 작업: 빌드 성공\n{failed}",
        ),
    ]
    assert story.dms("haneul") == [
        t(
            f"v1.5.0 A task for you. Git could not do this: Build passed\n{failed}",
            f"v1.5.0 처리할 작업이 있습니다. git에서 하지 못한 작업: 빌드 성공\n{failed}",
        )
    ]


async def _built_and_on_staging(story: Story, ci: Pipeline) -> None:
    t, head = story.t, story.demo.sample.sha("release/v1.5.0")
    assert (await ci.reports("builds", result="passed", sha=head, url=URL))[0] == 202
    assert (await ci.asks("GET", f"/releases/{VERSION}/builds/{head}"))[0] == 200
    said = t(
        f"v1.5.0 Deployed to staging · Stage: QA\n> 200 OK {URL}",
        f"v1.5.0 스테이징 배포 완료 · 단계: QA\n> 200 OK {URL}",
    )
    after = t(
        "Next: QA tests the candidate. The staging soak has begun.",
        "다음: QA가 릴리스 후보를 테스트합니다. 스테이징 안정화 시간이 시작되었습니다.",
    )
    assert await ci.reports("staging", result="deployed", health="200 OK", url=URL) == (
        200,
        t(f"Recorded: {said}\n{after}", f"기록했습니다: {said}\n{after}"),
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Asked of git: Build passed. The result follows. — ci (API)",
            "↳ v1.5.0 git 작업 요청: 빌드 성공. 결과는 곧 알려 드립니다. — ci (API)",
        ),
        t(
            f"↳ v1.5.0 Build passed (rc.1 <commit>) · Stage: Staging — ci (API)\n> {URL}",
            f"↳ v1.5.0 빌드 성공 (rc.1 <commit>) · 단계: 스테이징 — ci (API)\n> {URL}",
        ),
        t(
            "↳ v1.5.0 Done in git: Tag the candidate\n• v1.5.0-rc.1 → <commit>",
            "↳ v1.5.0 git 작업 완료: 릴리스 후보 태그\n• v1.5.0-rc.1 → <commit>",
        ),
        f"↳ {said}".replace("QA\n", "QA — ci (API)\n"),
    ]


async def _tested(story: Story, ci: Pipeline) -> None:
    """QA's answers come from the pipeline; one without the scope is refused before that."""
    t, builds = story.t, await pipeline(story, Scope.BUILD, name="builds")
    answers = {"migration": True, "way_back": "migrations/down.sql", "breaking": False, "report": URL}
    assert await builds.reports("qa", result="passed", **answers) == (
        403,
        t("It needs one of these scopes: report:qa", "필요한 범위(scope): report:qa"),
    )
    assert story.news() == []
    await _settle(story, Phase.STAGING)
    assert (await ci.reports("qa", result="passed", **answers))[0] == 200
    assert story.news() == [
        t("↳ Approval of v1.5.0 · Regular release, rc.1", "↳ 승인 요청: v1.5.0 · 정기 릴리스, rc.1"),
        t(
            "↳ v1.5.0 QA passed for rc.1. DB migration: yes · Breaking changes: no — ci (API)\n"
            "Way back: migrations/down.sql\nReport: QA report",
            "↳ v1.5.0 rc.1 QA 통과. DB 마이그레이션: 예 · 단절적 변경: 아니요 — ci (API)\n"
            "되돌리는 방법: migrations/down.sql\n보고서: QA 보고서",
        ),
        t(
            "↳ v1.5.0 rc.1 (<commit>) waits for approval. — ci (API)",
            "↳ v1.5.0 rc.1 (<commit>) 승인을 기다립니다. — ci (API)",
        ),
    ]


async def _rolled_out(story: Story, ci: Pipeline) -> None:
    t = story.t
    story.news()
    _, told = await ci.asks("GET", f"/releases/{VERSION}")
    said = [(await ci.reports("steps", step=step, result="done"))[1] for step in told["rollout"]["steps"]]
    assert said == [
        t(
            "Recorded: v1.5.0 Green side ▰▰▰▰▰▱▱▱▱▱ 1/2",
            "기록했습니다: v1.5.0 그린 정상 확인 ▰▰▰▰▰▱▱▱▱▱ 1/2",
        ),
        t(
            "Recorded: v1.5.0 Traffic switched ▰▰▰▰▰▰▰▰▰▰ 2/2",
            "기록했습니다: v1.5.0 트래픽 전환 ▰▰▰▰▰▰▰▰▰▰ 2/2",
        ),
    ]
    await _settle(story, Phase.RELEASE_DURING)
    assert (await ci.reports("rollout", result="complete"))[0] == 200
    assert story.news()[:3] == [
        t(
            "↳ 🔵 Info v1.5.0 Green side ▰▰▰▰▰▱▱▱▱▱ 1/2 — ci (API)",
            "↳ 🔵 정보 v1.5.0 그린 정상 확인 ▰▰▰▰▰▱▱▱▱▱ 1/2 — ci (API)",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Traffic switched ▰▰▰▰▰▰▰▰▰▰ 2/2 — ci (API)",
            "↳ 🔵 정보 v1.5.0 트래픽 전환 ▰▰▰▰▰▰▰▰▰▰ 2/2 — ci (API)",
        ),
        t(
            "↳ 🟢 Success v1.5.0 Rollout completed · Stage: Verifying — ci (API)",
            "↳ 🟢 성공 v1.5.0 배포 완료 · 단계: 검증 중 — ci (API)",
        ),
    ]
    waits = t(
        "In production. Waits for verification from QA lead or release manager.",
        "프로덕션에 배포되었습니다. 검증을 기다립니다. 담당: QA 리드 또는 릴리스 매니저",
    )
    assert waits in story.reads(VERSION)
