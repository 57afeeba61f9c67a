from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain import events as v
from domain.deploys.model import DeployerKind, Deployment, DeployState, DeployWhy, Purpose
from domain.types import Environment
from messages import deploys
from messages.card.deploying import deploying
from messages.ids import Target, decode
from messages.lines import line
from messages.lines.buttons import buttons_for
from messages.texts import Reader

EN, KO = Reader("en", "Asia/Seoul", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")
AT = datetime(2026, 3, 5, 5, tzinfo=UTC)
WHOSE: dict[str, Any] = {"release": "r1", "version": "1.5.0", "deployment": "d1", "target": "v1.5.0-rc.1"}
STAGING = {**WHOSE, "environment": Environment.STAGING, "purpose": Purpose.STAGING, "step": ""}
STEP = {**WHOSE, "environment": Environment.PRODUCTION, "purpose": Purpose.STEP, "step": "canary_10"}
BACK = {**WHOSE, "environment": Environment.PRODUCTION, "purpose": Purpose.ROLLBACK, "step": "traffic"}
RUNNING, FAILED, LOST = DeployState.RUNNING, DeployState.FAILED, DeployState.LOST


@pytest.mark.parametrize(
    ("said", "english", "korean"),
    [
        (
            v.DeploymentAsked(**STEP, deployer=DeployerKind.GITHUB_ACTIONS, attempt=3),
            "🔵 *Info* *v1.5.0* Rollout step “Canary 10 %”: asked of GitHub Actions. Version: v1.5.0-rc.1 · attempt 3",
            "🔵 *정보* *v1.5.0* 배포 단계 “카나리 10%”: GitHub Actions에 요청했습니다. 버전: v1.5.0-rc.1 · 3번째 시도",
        ),
        (
            v.DeploymentMoved(**STAGING, state=RUNNING, percent=40, url="https://ci.example/7"),
            "🔵 *Info* *v1.5.0* Staging deploy: running · 40 % · <https://ci.example/7|Watch it>",
            "🔵 *정보* *v1.5.0* 스테이징 배포: 진행 중 · 40 % · <https://ci.example/7|보기>",
        ),
        (
            v.DeploymentMoved(**STEP, state=RUNNING, why=DeployWhy.APPROVAL, url="https://ci.example/7"),
            (
                "🟠 *Warning* *v1.5.0* Rollout step “Canary 10 %”: running · <https://ci.example/7|Watch it>\n"
                "It waits at the deployer for what its environment asks for, perhaps somebody's approval. Look there."
            ),
            (
                "🟠 *경고* *v1.5.0* 배포 단계 “카나리 10%”: 진행 중 · <https://ci.example/7|보기>\n"
                "배포 도구의 환경 규칙(승인 등)을 기다리고 있습니다. 그쪽에서 확인해 주십시오."
            ),
        ),
        (
            v.DeploymentMoved(**STAGING, state=DeployState.SUCCEEDED, percent=100, mended=True),
            "🟢 *Success* *v1.5.0* Staging deploy: succeeded\nIt had counted as lost.",
            "🟢 *성공* *v1.5.0* 스테이징 배포: 성공\n응답이 없는 것으로 처리했던 작업입니다.",
        ),
        (
            v.DeploymentMoved(**STAGING, state=FAILED, why=DeployWhy.SAID, detail="no <!channel> here"),
            (
                "🟠 *Warning* *v1.5.0* Staging deploy: failed\nThe deployer reports it.\n> no &lt;!channel&gt; here\n"
                "Mend it and build the next candidate."
            ),
            (
                "🟠 *경고* *v1.5.0* 스테이징 배포: 실패\n배포 도구가 알려 왔습니다.\n> no &lt;!channel&gt; here\n"
                "고친 뒤 다음 후보를 빌드해 주십시오."
            ),
        ),
        (
            v.DeploymentMoved(**STAGING, state=FAILED, why=DeployWhy.NO_SECRET),
            (
                "🟠 *Warning* *v1.5.0* Staging deploy: failed\n"
                "There is no secret to sign with. Put one into a file and name it in NARU_DEPLOY_SIGNING_SECRET_FILE.\n"
                "Nothing was deployed. Do it by hand and report it on the card, or mend the settings."
            ),
            (
                "🟠 *경고* *v1.5.0* 스테이징 배포: 실패\n"
                "서명에 쓸 비밀 값이 없습니다. 파일에 넣고 NARU_DEPLOY_SIGNING_SECRET_FILE에 그 파일을 지정해 주십시오.\n"
                "아무것도 배포되지 않았습니다. 직접 배포한 뒤 카드에서 알려 주시거나 설정을 고쳐 주십시오."
            ),
        ),
        (
            v.DeploymentMoved(**STAGING, state=LOST, why=DeployWhy.SILENT),
            (
                "🟠 *Warning* *v1.5.0* Staging deploy: lost\n"
                "Nothing was heard of it for too long: look at what really runs.\n"
                "Look at staging, then report on the card how it went."
            ),
            (
                "🟠 *경고* *v1.5.0* 스테이징 배포: 응답 없음\n"
                "너무 오랫동안 소식이 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오.\n"
                "스테이징을 확인한 뒤 카드에서 결과를 알려 주십시오."
            ),
        ),
        (
            v.DeploymentMoved(**BACK, state=FAILED, why=DeployWhy.STATUS, detail="503"),
            (
                "🔴 *Critical* *v1.5.0* Way back, step “Move traffic back”: failed\n"
                "The deployer answered with an error of its own.\n> 503\n"
                "Start the step to try again, or do it by hand and report it done."
            ),
            (
                "🔴 *심각* *v1.5.0* 롤백 단계 “트래픽 되돌리기”: 실패\n배포 도구에서 오류가 났습니다.\n> 503\n"
                "단계를 다시 시작하거나, 직접 수행한 뒤 완료로 알려 주십시오."
            ),
        ),
        (
            v.DeploymentMoved(**STEP, state=DeployState.CANCELLED),
            "🟠 *Warning* *v1.5.0* Rollout step “Canary 10 %”: cancelled",
            "🟠 *경고* *v1.5.0* 배포 단계 “카나리 10%”: 취소됨",
        ),
        (
            v.DeploymentMoved(**STEP, state=DeployState.CANCELLED, goes_on=True, why=DeployWhy.UNREACHABLE),
            (
                "🔴 *Critical* *v1.5.0* Rollout step “Canary 10 %”: cancel not confirmed\n"
                "The deployer could not be told, so it may go on. Look at what runs there, and stop it yourself.\n"
                "The deployer could not be reached."
            ),
            (
                "🔴 *심각* *v1.5.0* 배포 단계 “카나리 10%”: 취소 확인되지 않음\n"
                "배포 도구에 알리지 못해 계속 진행될 수 있습니다. 실제로 무엇이 실행 중인지 확인하고 직접 중단해 주십시오.\n"
                "배포 도구에 연결할 수 없습니다."
            ),
        ),
        (
            v.DeploymentMoved(**STEP, state=DeployState.CANCELLED, ending=True),
            "🟠 *Warning* *v1.5.0* Rollout step “Canary 10 %”: being cancelled",
            "🟠 *경고* *v1.5.0* 배포 단계 “카나리 10%”: 취소하는 중",
        ),
        (
            v.DeploymentMoved(
                **STEP, state=DeployState.CANCELLED, ending=True, goes_on=True, why=DeployWhy.SILENT
            ),
            (
                "🔴 *Critical* *v1.5.0* Rollout step “Canary 10 %”: cancel not confirmed\n"
                "The deployer has not said that it ended, so it may go on. "
                "Look at what runs there, and stop it yourself."
            ),
            (
                "🔴 *심각* *v1.5.0* 배포 단계 “카나리 10%”: 취소 확인되지 않음\n"
                "배포 도구가 끝났다고 알려 오지 않아 계속 진행될 수 있습니다. "
                "실제로 무엇이 실행 중인지 확인하고 직접 중단해 주십시오."
            ),
        ),
        (
            v.DeploymentAsked(**STEP, deployer=DeployerKind.WEBHOOK, attempt=2, waits=True),
            (
                "🔵 *Info* *v1.5.0* Rollout step “Canary 10 %”: asked of webhook. Version: v1.5.0-rc.1 · attempt 2\n"
                "It is sent as soon as the attempt before it has ended; that one is being cancelled."
            ),
            (
                "🔵 *정보* *v1.5.0* 배포 단계 “카나리 10%”: 웹훅에 요청했습니다. 버전: v1.5.0-rc.1 · 2번째 시도\n"
                "이전 시도를 취소하는 중이며, 끝나는 대로 요청을 보냅니다."
            ),
        ),
        (
            v.DeploymentLate(
                **STEP, state=DeployState.CANCELLED, said=FAILED, detail="cannot be <!here> cancelled"
            ),
            (
                "🟠 *Warning* *v1.5.0* Rollout step “Canary 10 %”: the deployer reports “failed” now. "
                "For Naru it had ended: cancelled\n"
                "> cannot be &lt;!here&gt; cancelled\n"
                "Nothing was changed. Look at what really runs there."
            ),
            (
                "🟠 *경고* *v1.5.0* 배포 단계 “카나리 10%”: 배포 도구가 이제 “실패” 상태를 알려 왔습니다. "
                "나루에서는 이미 끝난 작업입니다: 취소됨\n"
                "> cannot be &lt;!here&gt; cancelled\n"
                "바뀐 것은 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오."
            ),
        ),
        (
            v.DeploymentLate(**STEP, state=LOST, said=DeployState.SUCCEEDED, url="https://ci.example/7"),
            (
                "🟠 *Warning* *v1.5.0* Rollout step “Canary 10 %”: the deployer reports “succeeded” now. "
                "For Naru it had ended: lost\n"
                "Nothing was changed. Look at what really runs there. <https://ci.example/7|Watch it>"
            ),
            (
                "🟠 *경고* *v1.5.0* 배포 단계 “카나리 10%”: 배포 도구가 이제 “성공” 상태를 알려 왔습니다. "
                "나루에서는 이미 끝난 작업입니다: 응답 없음\n"
                "바뀐 것은 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오. <https://ci.example/7|보기>"
            ),
        ),
    ],
)
def test_what_deployers_do_is_told_with_its_level(said: Any, english: str, korean: str) -> None:
    assert line(EN, said, "") == english
    assert line(KO, said, "") == korean


def test_every_way_to_fail_has_words_and_something_to_do() -> None:
    assert set(deploys.WHYS) == set(DeployWhy)
    assert set(deploys.STATES) == set(DeployState)
    assert set(deploys.DEPLOYERS) == set(DeployerKind)
    for purpose in Purpose:
        assert set(deploys.REMEDIES[purpose]) == {FAILED, LOST}


def test_why_a_rollout_is_paused_is_worded_where_naru_knows_it() -> None:
    assert deploys.words(EN, "timeout") == "The deployer did not answer in time."
    assert deploys.words(KO, "pod crashed") == "pod crashed"


def _under_way(**facts: Any) -> Deployment:
    known: dict[str, Any] = {
        "id": "d1",
        "project": "shop",
        "release": "r1",
        "candidate": 1,
        "sha": "a" * 40,
        "environment": Environment.PRODUCTION,
        "purpose": Purpose.STEP,
        "step": "batch_2",
        "target": "v1.5.0-rc.1",
        "deployer": DeployerKind.WEBHOOK,
        "asked_at": AT,
        "asked_by": "U0OPS",
    }
    return Deployment(**(known | facts))


def test_the_card_says_how_far_a_deployer_is_and_where_to_watch_it() -> None:
    running = _under_way(state=RUNNING, percent=72, url="https://ci.example/7", running_at=AT)

    (block,) = deploying(EN, [_under_way(), running])

    assert [one["text"] for one in block["elements"]] == [
        "⏳ Rollout step “Batch 2”, by webhook: asked since Thu 5 Mar 14:00",
        (
            "⏳ Rollout step “Batch 2”, by webhook: running since Thu 5 Mar 14:00 · ▰▰▰▰▰▰▰▱▱▱ 72 % · "
            "<https://ci.example/7|Watch it>"
        ),
    ]
    assert list(deploying(EN, [])) == []


def test_a_staging_deploy_that_nobody_has_begun_is_asked_for_again_by_a_press() -> None:
    def labels(**facts: Any) -> list[str]:
        known: dict[str, Any] = {**STAGING, "candidate": 2} | facts
        found = buttons_for(EN, v.DeploymentMoved(**known))
        return [one["text"]["text"] for one in found["elements"]] if found else []

    assert labels(state=LOST, why=DeployWhy.SILENT) == ["Ask the deployer again"]
    assert labels(state=FAILED, why=DeployWhy.NO_SECRET) == ["Ask the deployer again"]
    assert labels(state=FAILED, why=DeployWhy.SAID) == []
    assert labels(state=FAILED, why=DeployWhy.BEFORE_GOES_ON) == ["Ask the deployer again"]
    assert labels(state=DeployState.CANCELLED, why=DeployWhy.SAID) == ["Ask the deployer again"]
    assert labels(state=DeployState.CANCELLED, ending=True) == []
    assert labels(state=DeployState.CANCELLED, goes_on=True, why=DeployWhy.SILENT) == []
    assert labels(**STEP, state=LOST) == []


def test_of_a_step_that_failed_the_least_that_is_known_is_said() -> None:
    assert deploys.words(EN, "failed") == "failed"
    assert deploys.words(EN, "no_secret").startswith("There is no secret to sign with.")
    assert deploys.words(EN, "pod crashed") == "pod crashed"


def test_a_way_back_that_failed_is_tried_again_or_done_by_hand() -> None:
    """In the room, and to who is told in person; what its end cancelled is nobody's to try again."""

    def pressed(state: DeployState) -> list[tuple[str, object]]:
        found = buttons_for(EN, v.DeploymentMoved(**BACK, room="w1", state=state))
        return [(one["text"]["text"], decode(one["value"])) for one in found["elements"]] if found else []

    step = Target(room="w1", step="traffic")
    both = [
        ("Try again", replace(step, state="started")),
        ("Done by hand", replace(step, state="done")),
    ]
    assert pressed(FAILED) == pressed(LOST) == both
    assert pressed(DeployState.CANCELLED) == pressed(DeployState.SUCCEEDED) == []
