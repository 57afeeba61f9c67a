"""Whatever a deployer answers instead of its state: failed or lost, in words that a person can act on."""

from __future__ import annotations

from typing import Any

import pytest

from domain.deploys.model import DeployState
from messages import deploys as words
from messages.texts import Reader
from tests.bot.deployers.yard import Yard
from tests.support.deployer import Service

EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")
FAILED, LOST = DeployState.FAILED, DeployState.LOST

TO_DO = {
    FAILED: {"en": "Mend it and build the next candidate.", "ko": "고친 뒤 다음 후보를 빌드해 주십시오."},
    LOST: {
        "en": "Look at staging, then report on the card how it went.",
        "ko": "스테이징을 확인한 뒤 카드에서 결과를 알려 주십시오.",
    },
}

# what it answers each time, what the deploy is in the end, and what people read of it
BAD: dict[str, tuple[Any, DeployState, str, str]] = {
    "500": (
        (500, {"message": "no"}),
        LOST,
        "The deployer answered with an error of its own.\n> 500",
        "배포 도구에서 오류가 났습니다.\n> 500",
    ),
    "HTML": (
        "html",
        LOST,
        "The deployer's answer is not JSON, perhaps the page of a proxy or of a sign-in. Check its address in the policy.\n> json",
        "배포 도구의 응답이 JSON이 아닙니다. 프록시나 로그인 페이지일 수 있습니다. 정책에 적힌 주소를 확인해 주십시오.\n> json",
    ),
    "HTML that refuses": (
        "html refused",
        FAILED,
        "The deployer does not let Naru in. Check its address in the policy, and the secret it checks signatures with.\n> 403 Not for you",
        "배포 도구가 나루의 접근을 허용하지 않습니다. 정책에 적힌 주소와 서명을 확인하는 비밀 값을 확인해 주십시오.\n> 403 Not for you",
    ),
    "10 MB": (
        "huge",
        LOST,
        "The deployer's answer is too large to be one.",
        "배포 도구의 응답이 지나치게 큽니다.",
    ),
    "never": (
        "never",
        LOST,
        "The deployer did not answer in time.",
        "배포 도구가 제한 시간 안에 응답하지 않았습니다.",
    ),
    "cut off": (
        "cut",
        LOST,
        "The deployer could not be reached.\n> ServerDisconnectedError",
        "배포 도구에 연결할 수 없습니다.\n> ServerDisconnectedError",
    ),
    "another address": (
        "moved",
        FAILED,
        "The deployer sends on to another address; Naru does not follow. Write the new one into the policy.\n> elsewhere.example",
        "배포 도구가 다른 주소로 안내하지만, 나루는 따라가지 않습니다. 정책에 새 주소를 적어 주십시오.\n> elsewhere.example",
    ),
    "a list": (
        (200, ["running"]),
        LOST,
        "The deployer's answer has fields that Naru cannot read.\n> object",
        "배포 도구의 응답에 나루가 읽을 수 없는 항목이 있습니다.\n> object",
    ),
    "no state": (
        (200, {"state": "perhaps"}),
        LOST,
        "The deployer's answer has fields that Naru cannot read.\n> state",
        "배포 도구의 응답에 나루가 읽을 수 없는 항목이 있습니다.\n> state",
    ),
    "a text that calls everybody": (
        (422, {"message": "<!channel> no"}),
        FAILED,
        "The deployer refused the request.\n> 422 &lt;!channel&gt; no",
        "배포 도구가 요청을 거부했습니다.\n> 422 &lt;!channel&gt; no",
    ),
}


@pytest.mark.parametrize(("answer", "state", "english", "korean"), BAD.values(), ids=BAD)
async def test_what_is_no_answer_ends_the_deploy_with_what_to_do(
    yard: Yard, deployer: Service, answer: Any, state: DeployState, english: str, korean: str
) -> None:
    yard.rules(webhook={"timeout": "1s"})
    deployer.answers = [answer] * 9
    release = yard.staging()

    for _ in range(5):
        await yard.work_on()

    found = yard.only(release)
    assert found.state is state

    for reader, said in ((EN, english), (KO, korean)):
        assert words.reason(reader, found.why, found.detail) == said
        assert reader.t(words.REMEDIES[found.purpose][state]) == TO_DO[state][reader.language]
