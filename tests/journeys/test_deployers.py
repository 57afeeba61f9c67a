from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from commands.load import load_policy
from domain.deploys.rules import DeployRules
from storage import projects
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story
from tests.support.deployer import CALLBACK, SIGNING, Service, reported, service

ROOM = "#rollback-v1-5-0"


@pytest.fixture(autouse=True)
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a secret store mounts them."""
    for name, secret in (("SIGNING", SIGNING), ("CALLBACK", CALLBACK)):
        file = tmp_path / name
        file.write_bytes(secret)
        monkeypatch.setenv(f"NARU_DEPLOY_{name}_SECRET_FILE", str(file))


@pytest_asyncio.fixture
async def deployer() -> AsyncIterator[Service]:
    async with service() as found:
        yield found


def _has_a_deployer(tx: Tx, url: str) -> None:
    project = projects.get(tx, "shop")
    assert project is not None
    webhook = {"deployer": "webhook", "webhook": {"url": f"{url}/deploy", "timeout": "5s"}}
    rules = DeployRules.model_validate({"staging": webhook, "production": webhook})
    load_policy(tx, project.policy.model_copy(update={"deploy": rules}), project.channel)


class Deployer:
    """What the service does is what a deployer would: it takes the work, and tells how it goes."""

    def __init__(self, story: Story, deployer: Service) -> None:
        self.story, self.service = story, deployer

    @property
    def asked(self) -> tuple[str, str, str]:
        """Of the newest: environment, step and target."""
        body = self.service.deploys[-1]
        return body["environment"], body["step"], body["target"]

    async def says(self, state: str, **facts: Any) -> int:
        body = {"id": self.service.deploys[-1]["id"], "state": state, **facts}
        url = f"http://127.0.0.1:{self.story.demo.program.port}/hooks/deploys/shop"
        status, _ = await reported(url, body)
        await self.story.settled()
        return status


async def test_a_deployer_brings_a_release_out_and_back(story: Story, deployer: Service) -> None:
    await story.demo.program.db.run(_has_a_deployer, deployer.url)
    works = Deployer(story, deployer)
    await _staged(story, works)
    await _rolled_out(story, works)
    await _taken_back(story, works)
    assert {one.good for one in deployer.asked} == {True}
    assert len(deployer.deploys) == len(deployer.asked)


async def _staged(story: Story, works: Deployer) -> None:
    t, haneul = story.t, await ways.start(story, "v1.5.0")
    await haneul.press(t("Cut branch early…", "브랜치 미리 만들기…"), CHANNEL)
    await haneul.fill({t("Why now?", "왜 지금입니까?"): "ready"})
    story.news()
    await haneul.press(t("Build passed", "빌드 성공"), CHANNEL)
    assert works.asked == ("staging", "", "v1.5.0-rc.1")
    assert story.news()[1:] == [
        t(
            "↳ v1.5.0 Build passed (rc.1 <commit>) · Stage: Staging — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 빌드 성공 (rc.1 <commit>) · 단계: 스테이징 — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Staging deploy: asked of webhook. Version: v1.5.0-rc.1",
            "↳ 🔵 정보 v1.5.0 스테이징 배포: 웹훅에 요청했습니다. 버전: v1.5.0-rc.1",
        ),
        t(
            "↳ v1.5.0 Done in git: Tag the candidate\n• v1.5.0-rc.1 → <commit>",
            "↳ v1.5.0 git 작업 완료: 릴리스 후보 태그\n• v1.5.0-rc.1 → <commit>",
        ),
        t("↳ 🔵 Info v1.5.0 Staging deploy: running", "↳ 🔵 정보 v1.5.0 스테이징 배포: 진행 중"),
    ]
    assert await works.says("running", percent=40, url="https://ci.example/7") == 202
    assert t(
        "\n⏳ Staging deploy, by webhook: running since today 1:30 PM · ▰▰▰▰▱▱▱▱▱▱ 40 % · Watch it\n",
        "\n⏳ 스테이징 배포, 웹훅: 진행 중, 오늘 오후 1:30부터 · ▰▰▰▰▱▱▱▱▱▱ 40 % · 보기\n",
    ) in story.reads("v1.5.0")
    assert await works.says("succeeded", evidence="GET /health 200") == 202
    assert await works.says("succeeded", evidence="GET /health 200") == 200
    assert story.news() == [
        t(
            "↳ 🟢 Success v1.5.0 Staging deploy: succeeded · Watch it",
            "↳ 🟢 성공 v1.5.0 스테이징 배포: 성공 · 보기",
        ),
        t(
            "↳ v1.5.0 Deployed to staging · Stage: QA\n> GET /health 200",
            "↳ v1.5.0 스테이징 배포 완료 · 단계: QA\n> GET /health 200",
        ),
    ]


async def _rolled_out(story: Story, works: Deployer) -> None:
    t, priya = story.t, story.person("priya")
    await ways.pass_qa(story)
    await story.person("alex").press(t("Approve", "승인"), "dm")
    await ways.confirm(story)
    await story.time_of_window()
    story.news()
    await priya.press(t("Deploy", "배포"), CHANNEL)
    assert works.asked == ("production", "green_healthy", "v1.5.0-rc.1")
    assert story.news()[2:] == [
        t(
            "↳ 🔵 Info v1.5.0 Rollout step “Green side”: asked of webhook. Version: v1.5.0-rc.1 — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 배포 단계 “그린 정상 확인”: 웹훅에 요청했습니다. 버전: v1.5.0-rc.1 — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Rollout step “Green side”: running",
            "↳ 🔵 정보 v1.5.0 배포 단계 “그린 정상 확인”: 진행 중",
        ),
    ]
    assert await works.says("failed", message="green does not answer") == 202
    failed = t(
        "🔴 Critical v1.5.0 Green side failed; the rollout is paused. "
        "Continue to try the step once more, or declare a rollback.\n> green does not answer",
        "🔴 심각 v1.5.0 그린 정상 확인: 실패했습니다. 배포를 일시 중지했습니다. "
        "계속하면 이 단계를 다시 시도합니다. 아니면 롤백을 선언해 주십시오.\n> green does not answer",
    )
    assert (story.news(), story.dms("priya")[-1]) == ([f"↳ {failed}"], failed)
    await story.person("haneul").press(t("Continue", "계속"), CHANNEL)
    assert story.news()[1:] == [
        t(
            "↳ 🔵 Info v1.5.0 Rollout step “Green side”: asked of webhook. Version: v1.5.0-rc.1 · attempt 2"
            " — @김하늘 (Haneul Kim)",
            "↳ 🔵 정보 v1.5.0 배포 단계 “그린 정상 확인”: 웹훅에 요청했습니다. 버전: v1.5.0-rc.1 · 2번째 시도"
            " — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Rollout step “Green side”: running",
            "↳ 🔵 정보 v1.5.0 배포 단계 “그린 정상 확인”: 진행 중",
        ),
    ]
    assert await works.says("succeeded") == 202
    await priya.press(t("Go on: Traffic switched", "다음 단계로: 트래픽 전환"), CHANNEL)
    assert works.asked == ("production", "traffic_switched", "v1.5.0-rc.1")
    assert await works.says("succeeded") == 202
    await priya.press(t("Go on", "다음 단계로"), CHANNEL)
    await priya.press(t("Rollout complete", "배포 완료"), CHANNEL)


async def _taken_back(story: Story, works: Deployer) -> None:
    t, minjae = story.t, story.person("minjae")
    await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL)
    await minjae.fill(
        {
            t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Error rate", "오류율")],
            t("Evidence", "근거"): "5xx 7 %",
        }
    )
    story.news(ROOM)
    assert works.asked == ("production", "traffic", "v1.4.2")  # at once: nobody had to press for it
    assert await works.says("succeeded", evidence="blue serves everybody") == 202
    assert story.news(ROOM) == [
        t(
            "🟢 Success v1.5.0 Way back, step “Move traffic back”: succeeded",
            "🟢 성공 v1.5.0 롤백 단계 “트래픽 되돌리기”: 성공",
        ),
        t(
            "🟢 Success Move traffic back: done\n> blue serves everybody",
            "🟢 성공 트래픽 되돌리기: 완료\n> blue serves everybody",
        ),
    ]
    await ways.put_back(story, ROOM, traffic=False)
    await minjae.slash(
        t("/release resolve blue serves everybody", "/release 해결 blue serves everybody"), ROOM
    )
    assert t("Rolled back", "롤백 완료") in story.reads("v1.5.0")
