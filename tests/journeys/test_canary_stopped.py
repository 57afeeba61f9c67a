"""v1.5.0 fails for its canary's users: seen by a real Prometheus, stopped at 10 %, taken back by the deployer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import ways
from tests.journeys.canary import POLICY, ROOM, Canary, canary, to_canary
from tests.journeys.play import CHANNEL, Story

AUTOMATIC = "criteria: {changes: {canary_error_rate: {class: automatic}}}\n"
EVIDENCE = "canary_error_rate 12 % ≥ 2 %"


@pytest.mark.policy(POLICY)
async def test_a_canary_that_fails_is_stopped_and_taken_back_by_one_press(
    story: Story, tmp_path: Path
) -> None:
    async with canary(story, tmp_path) as of:
        await to_canary(of)
        _live(story)
        await _regression_shows(of)
        await _recommended(of)
        await _held_at_ten_percent(of)
        await _declared_by_one_press(story)
        _room_opens(story, "2:15", "14:15")
        await _taken_back(of)
        await _healthy_again(of)
        await _resolved(story)
        _draft(story)
        assert {one.good for one in of.works.service.asked} == {True}


@pytest.mark.policy(POLICY + AUTOMATIC)
async def test_a_canary_that_fails_is_taken_back_by_naru_itself(story: Story, tmp_path: Path) -> None:
    t = story.t
    async with canary(story, tmp_path) as of:
        await to_canary(of)
        await _regression_shows(of)
        await of.pass_minutes(4)
        assert (len(story.news()), story.dms("emma")) == (1, [])
        await of.pass_minutes(1)
        _declared_by_naru(story)
        assert list(of.works.done.values()) == [("canary_10", "v1.5.0-rc.1"), ("traffic", "v1.4.2")]
        assert await of.says("succeeded", evidence="nobody is on v1.5.0") == 202
        assert story.news(ROOM)[-1] == t(
            "🟢 Success Move traffic back: done\n> nobody is on v1.5.0",
            "🟢 성공 트래픽 되돌리기: 완료\n> nobody is on v1.5.0",
        )
        await _healthy_again(of)
        await story.person("minjae").press(t("Take command", "지휘 맡기"), ROOM)
        await ways.put_back(story, ROOM, traffic=False)
        await story.person("minjae").slash(t("/release resolve old", "/release 해결 old"), ROOM)
        assert story.news()[-1] == t(
            "🟢 Success Rollback complete: v1.5.0 → v1.4.2. The service is back to normal. "
            "· Time to restore: 3 min — @최민재 (Minjae Choi)",
            "🟢 성공 롤백 완료: v1.5.0 → v1.4.2. 서비스가 정상화되었습니다. · 복구 시간: 3분 — @최민재 (Minjae Choi)",
        )


def _breach(story: Story) -> str:
    return story.t(
        "Errors of canary users 12 % · limit 2 % · since today 2:01 PM",
        "카나리 사용자 오류율 12 % · 한계 2 % · 오늘 오후 2:01부터",
    )


def _live(story: Story) -> None:
    """Before anybody is on the new version nothing of it is missed."""
    t = story.t
    assert story.news()[2:] == [
        t(
            "↳ 🔵 Info v1.5.0 Rollout step “Canary 10 %”: asked of webhook. Version: v1.5.0-rc.1 — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 배포 단계 “카나리 10%”: 웹훅에 요청했습니다. 버전: v1.5.0-rc.1 — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Rollout step “Canary 10 %”: running",
            "↳ 🔵 정보 v1.5.0 배포 단계 “카나리 10%”: 진행 중",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Canary 10 % is live\n"
            "Watched until today 2:15 PM (Seoul Tue 3 Mar 14:15); then it goes on by itself, if all is fine.",
            "↳ 🔵 정보 v1.5.0 카나리 10%: 반영되었습니다\n"
            "지켜보는 시간: 오늘 오후 2:15 (서울 3월 3일(화) 14:15)까지. "
            "그때 모두 정상이면 스스로 다음 단계로 넘어갑니다.",
        ),
    ]


async def _regression_shows(of: Canary) -> None:
    """Every eighth request of the canary fails: among all users that is one in sixty."""
    await of.measures("canary_error_rate", 0.12)
    await of.measures("error_rate", 0.0165)
    await of.measured()
    of.story.news()


async def _recommended(of: Canary) -> None:
    story, t = of.story, of.story.t
    await of.pass_minutes(1)
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 Out of range in production; nothing goes on by itself until it is back\n"
            "• Errors 1.65 %, good is < 1 %\n"
            "• Errors of canary users 12 %, good is < 1 %",
            "↳ 🟠 경고 v1.5.0 정상 범위를 벗어났습니다 (프로덕션). 돌아올 때까지 자동으로 진행하지 않습니다\n"
            "• 오류율 1.65 %, 정상 범위 < 1 %\n"
            "• 카나리 사용자 오류율 12 %, 정상 범위 < 1 %",
        )
    ]
    await of.pass_minutes(3)
    assert story.news() == []
    await of.pass_minutes(1)
    critical = t(
        "🔴 Critical v1.5.0 A rollback is recommended: a criterion is breached.",
        "🔴 심각 v1.5.0 롤백 권고: 롤백 기준을 위반했습니다.",
    )
    assert story.news() == [f"↳ {critical}\n{_breach(story)}", f"↳ v1.5.0 {_breach(story)}"]
    chart = story.person("junho").message(f"v1.5.0 {_breach(story)}")
    assert chart.files == (t("v1.5.0: Errors of canary users", "v1.5.0: 카나리 사용자 오류율"),)


async def _held_at_ten_percent(of: Canary) -> None:
    """It would have gone on by itself after 15 minutes; the deployer is asked for nothing."""
    story, t = of.story, of.story.t
    await of.pass_minutes(10)
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 Canary 10 % has been watched for 15 min\n"
            "It does not go on by itself:\n"
            "• Errors 1.65 %\n"
            "• Errors of canary users 12 %\n",
            "↳ 🟠 경고 v1.5.0 카나리 10%: 15분 동안 지켜봤습니다\n"
            "스스로 다음 단계로 넘어가지 않습니다:\n"
            "• 오류율 1.65 %\n"
            "• 카나리 사용자 오류율 12 %\n",
        )
        + f"• {_breach(story)}\n"
        + t(
            "All well? Then go on: Canary 50 %. If not: pause, or declare a rollback.",
            "문제가 없으면 다음 단계로 넘어가 주십시오: 카나리 50%. 문제가 있으면 일시 중지하거나 롤백을 선언해 주십시오.",
        )
    ]
    assert list(of.works.done.values()) == [("canary_10", "v1.5.0-rc.1")]
    assert t(
        "10 % of the users have the new version.\n"
        "Probably over today 2:47 PM (Seoul Tue 3 Mar 14:47)\n"
        "Health\n"
        "⚠ Errors 1.65 % (before 0.5 %) · P95 150 ms (before 120 ms) · "
        "⚠ Errors of canary users 12 % (before 0.5 %), today 2:15 PM\n"
        "Rollback criteria\n"
        "• Errors of canary users 12 % · limit 2 % · since today 2:01 PM (open)\n",
        "사용자의 10%에게 새 버전이 제공됩니다.\n"
        "예상 완료: 오늘 오후 2:47 (서울 3월 3일(화) 14:47)\n"
        "지표\n"
        "⚠ 오류율 1.65 % (배포 전 0.5 %) · P95 150 ms (배포 전 120 ms) · "
        "⚠ 카나리 사용자 오류율 12 % (배포 전 0.5 %), 오늘 오후 2:15\n"
        "롤백 기준\n"
        "• 카나리 사용자 오류율 12 % · 한계 2 % · 오늘 오후 2:01부터 (열림)\n",
    ) in story.reads("v1.5.0")


async def _declared_by_one_press(story: Story) -> None:
    """The form has all that the breach says."""
    t, minjae = story.t, story.person("minjae")
    asked = minjae.message(t("A rollback is recommended", "롤백 권고"))
    await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL, message_ts=asked.ts)
    assert minjae.modal.fields == {
        t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Error rate", "오류율")],
        t("Evidence", "근거"): EVIDENCE,
        t("Does it carry a database migration?", "DB 마이그레이션이 있습니까?"): t("Yes", "예"),
        t("Can the old version run on the new schema?", "이전 버전이 새 스키마에서 동작합니까?"): t(
            "Yes", "예"
        ),
        t("Does the service stop?", "서비스가 중단됩니까?"): None,
        t("Go back to", "되돌아갈 버전"): "v1.4.2",
        t("Incident commander", "장애 지휘관"): "최민재 (Minjae Choi)",
    }
    said = t(
        "Rollback declared: v1.5.0 → v1.4.2{who}\nCriteria: Error rate\nDB migration: yes\n",
        "롤백 선언: v1.5.0 → v1.4.2{who}\n롤백 기준: 오류율\nDB 마이그레이션: 예\n",
    )
    assert await minjae.submit() == (
        t("Recorded: ", "기록했습니다: ")
        + said.format(who="")
        + f"> {EVIDENCE}\n"
        + t(
            "The war room is being prepared; its people are invited.",
            "워룸을 준비하고 담당자를 초대하고 있습니다.",
        )
    )
    assert story.news() == [
        t("↳ 🔴 Critical ", "↳ 🔴 심각 ") + said.format(who=" — @최민재 (Minjae Choi)") + f"> {EVIDENCE}",
        t(
            "↳ Deploys locked after v1.5.0, until a release manager or the incident commander lifts the lock. "
            "— @최민재 (Minjae Choi)\n",
            "↳ 배포 잠금: v1.5.0 롤백으로 배포를 잠갔습니다. 릴리스 매니저나 장애 지휘관이 해제할 수 있습니다. "
            "— @최민재 (Minjae Choi)\n",
        )
        + f"> {EVIDENCE}",
        t(
            "🔴 Critical Rollback under way: v1.5.0 → v1.4.2. Progress is in the war room. — @최민재 (Minjae Choi)",
            "🔴 심각 롤백 진행 중: v1.5.0 → v1.4.2. 진행 상황은 워룸에서 확인할 수 있습니다. — @최민재 (Minjae Choi)",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Way back, step “Move traffic back”: asked of webhook. Version: v1.4.2",
            "↳ 🔵 정보 v1.5.0 롤백 단계 “트래픽 되돌리기”: 웹훅에 요청했습니다. 버전: v1.4.2",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Way back, step “Move traffic back”: running",
            "↳ 🔵 정보 v1.5.0 롤백 단계 “트래픽 되돌리기”: 진행 중",
        ),
    ]


def _room_opens(story: Story, at: str, wall: str) -> None:
    """With its people in it, what was measured when it was declared as a file, and the chart of the breach.

    The deployer is at it already: its word comes before or after the room is there.
    """
    t = story.t
    running = t(
        "🔵 Info v1.5.0 Way back, step “Move traffic back”: running",
        "🔵 정보 v1.5.0 롤백 단계 “트래픽 되돌리기”: 진행 중",
    )
    said = [line for line in story.news(ROOM) if not line.endswith("has joined the channel")]
    said = [line for line in said if line != running]
    assert said[-2:] == [
        t(
            f"State when the rollback was declared · today {at} PM (Seoul Tue 3 Mar {wall})\n"
            "v1.5.0 · Deploying\n"
            "Canary 0/3\n"
            "Errors of canary users 12 % · Errors 1.65 % · P95 150 ms",
            f"롤백 선언 시점의 상태 · 오늘 오후 {at} (서울 3월 3일(화) {wall})\n"
            "v1.5.0 · 배포 중\n"
            "카나리 0/3\n"
            "카나리 사용자 오류율 12 % · 오류율 1.65 % · P95 150 ms",
        ),
        f"v1.5.0 {_breach(story)}",
    ]
    assert said[:-2] == [
        t(
            "set the channel topic: Rollback of v1.5.0 · Incident commander: @최민재 (Minjae Choi)",
            "set the channel topic: 롤백: v1.5.0 · 장애 지휘관: @최민재 (Minjae Choi)",
        ),
        t("Rollback of v1.5.0", "롤백: v1.5.0"),
        t("Rollback of v1.5.0 · Rolling back", "롤백: v1.5.0 · 롤백 중"),
    ]
    kept = story.person("minjae").message(
        t("State when the rollback was declared", "롤백 선언 시점의 상태"), ROOM
    )
    assert kept.files == (t("Snapshot of v1.5.0", "스냅샷: v1.5.0"),)


async def _taken_back(of: Canary) -> None:
    """The deployer was asked with the declaration, once; it has moved the traffic, and says so."""
    story, t = of.story, of.story.t
    assert list(of.works.done.values()) == [("canary_10", "v1.5.0-rc.1"), ("traffic", "v1.4.2")]
    assert of.front.traffic == {"1.4.2": 1.0}
    assert await of.says("succeeded", evidence="nobody is on v1.5.0") == 202
    assert story.news(ROOM) == [
        t(
            "🟢 Success v1.5.0 Way back, step “Move traffic back”: succeeded",
            "🟢 성공 v1.5.0 롤백 단계 “트래픽 되돌리기”: 성공",
        ),
        t(
            "🟢 Success Move traffic back: done\n> nobody is on v1.5.0",
            "🟢 성공 트래픽 되돌리기: 완료\n> nobody is on v1.5.0",
        ),
    ]


async def _healthy_again(of: Canary) -> None:
    """That nothing is left to be measured of the canary is no news; among all users it is as it was before."""
    story, t = of.story, of.story.t
    await of.measures("error_rate", 0.005)
    story.news()
    await of.pass_minutes(3)
    assert story.news() == [
        t(
            "↳ 🟢 Success v1.5.0 Back in range in production\n• Errors 0.5 %",
            "↳ 🟢 성공 v1.5.0 정상 범위로 돌아왔습니다 (프로덕션)\n• 오류율 0.5 %",
        )
    ]


async def _resolved(story: Story) -> None:
    t, minjae = story.t, story.person("minjae")
    await ways.put_back(story, ROOM, traffic=False)
    story.news(ROOM)
    await minjae.slash(t("/release resolve the old one serves", "/release 해결 the old one serves"), ROOM)
    over = t(
        "🟢 Success War room resolved · Time to restore: 3 min — @최민재 (Minjae Choi)\n> the old one serves",
        "🟢 성공 워룸 해결 · 복구 시간: 3분 — @최민재 (Minjae Choi)\n> the old one serves",
    )
    lifted = t(
        "v1.5.0 Code freeze lifted: the release is rolled back. Features may be merged again. "
        "— @최민재 (Minjae Choi)",
        "v1.5.0 코드 프리즈 해제: 롤백 완료. 다시 기능을 병합할 수 있습니다. — @최민재 (Minjae Choi)",
    )
    assert story.news() == [
        f"↳ {over}",
        f"↳ {lifted}",
        lifted,
        t(
            "🟢 Success Rollback complete: v1.5.0 → v1.4.2. The service is back to normal. "
            "· Time to restore: 3 min — @최민재 (Minjae Choi)",
            "🟢 성공 롤백 완료: v1.5.0 → v1.4.2. 서비스가 정상화되었습니다. · 복구 시간: 3분 — @최민재 (Minjae Choi)",
        ),
    ]
    assert story.news(ROOM)[-2:] == [
        over,
        t("Post-mortem draft · Rollback of v1.5.0", "사후 분석 초안 · 롤백: v1.5.0"),
    ]


def _draft(story: Story) -> None:
    """What the deployer did stands among what people did."""
    t = story.t
    draft = story.person("minjae").reads(t("Post-mortem draft", "사후 분석 초안"), ROOM)
    assert draft.startswith(
        t(
            "Post-mortem draft · Rollback of v1.5.0\n"
            "Due tomorrow 2:18 PM (Seoul Wed 4 Mar 14:18)\n"
            "Summary\n"
            "v1.5.0 was rolled back to v1.4.2.\n"
            "the old one serves\n"
            "Incident commander: @최민재 (Minjae Choi)\n"
            "Impact\n"
            "Time to detect: 4 min\n"
            "Declared today 2:15 PM · mitigated today 2:18 PM (after 3 min) · recovered today 2:18 PM\n"
            "Time to restore: 3 min\n"
            "• Error rate\n"
            f"{EVIDENCE}\n"
            "Criteria breached:\n"
            f"• {_breach(story)} · rollback declared by @최민재 (Minjae Choi)\n",
            "사후 분석 초안 · 롤백: v1.5.0\n"
            "기한 내일 오후 2:18 (서울 3월 4일(수) 14:18)\n"
            "요약\n"
            "롤백: v1.5.0 → v1.4.2\n"
            "the old one serves\n"
            "장애 지휘관: @최민재 (Minjae Choi)\n"
            "영향\n"
            "감지까지 걸린 시간: 4분\n"
            "선언 오늘 오후 2:15 · 완화 오늘 오후 2:18 (선언 후 3분) · 복구 오늘 오후 2:18\n"
            "복구 시간: 3분\n"
            "• 오류율\n"
            f"{EVIDENCE}\n"
            "위반한 롤백 기준:\n"
            f"• {_breach(story)} · 롤백 선언: @최민재 (Minjae Choi)\n",
        )
    )
    assert (
        t(
            "today 2:15 PM v1.5.0 Way back, step “Move traffic back”: succeeded\n"
            "today 2:15 PM Move traffic back: done · nobody is on v1.5.0\n"
            "today 2:18 PM Roll back the database: done · @최민재 (Minjae Choi)\n",
            "오늘 오후 2:15 v1.5.0 롤백 단계 “트래픽 되돌리기”: 성공\n"
            "오늘 오후 2:15 트래픽 되돌리기: 완료 · nobody is on v1.5.0\n"
            "오늘 오후 2:18 데이터베이스 롤백: 완료 · @최민재 (Minjae Choi)\n",
        )
        in draft
    )


def _declared_by_naru(story: Story) -> None:
    """On-call is paged; the deployer is at the traffic already; the database waits for a person."""
    t, breach = story.t, _breach(story)
    called = t("🔴 Critical v1.5.0 You are called: ", "🔴 심각 v1.5.0 호출합니다: ")
    whom = t("\nCalled: on-call · @Emma Jones @Priya Nair", "\n호출 대상: 온콜 · @Emma Jones @Priya Nair")
    told = story.news()
    told.remove(f"↳ v1.5.0 {breach}")  # Slack shows the chart once it has it, before or after the next line
    assert told == [
        t(
            "↳ 🔴 Critical v1.5.0 A rollback criterion is breached: Naru declares the rollback.\n",
            "↳ 🔴 심각 v1.5.0 롤백 기준 위반: 나루가 롤백을 선언합니다.\n",
        )
        + breach,
        f"↳ {called}{breach}{whom}",
        t(
            "↳ 🔴 Critical Rollback declared: v1.5.0 → v1.4.2\nCriteria: Error rate\nDB migration: yes\n",
            "↳ 🔴 심각 롤백 선언: v1.5.0 → v1.4.2\n롤백 기준: 오류율\nDB 마이그레이션: 예\n",
        )
        + f"> {EVIDENCE}",
        t(
            "↳ Deploys locked after v1.5.0, until a release manager or the incident commander lifts the lock.\n",
            "↳ 배포 잠금: v1.5.0 롤백으로 배포를 잠갔습니다. 릴리스 매니저나 장애 지휘관이 해제할 수 있습니다.\n",
        )
        + f"> {EVIDENCE}",
        t(
            "🔴 Critical Rollback under way: v1.5.0 → v1.4.2. Progress is in the war room.",
            "🔴 심각 롤백 진행 중: v1.5.0 → v1.4.2. 진행 상황은 워룸에서 확인할 수 있습니다.",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Way back, step “Move traffic back”: asked of webhook. Version: v1.4.2",
            "↳ 🔵 정보 v1.5.0 롤백 단계 “트래픽 되돌리기”: 웹훅에 요청했습니다. 버전: v1.4.2",
        ),
        t(
            "↳ 🔴 Critical v1.5.0 Naru has declared the rollback: Errors of canary users. "
            "Steps on the database wait for a press by the DBA or the incident commander.",
            "↳ 🔴 심각 v1.5.0 나루가 롤백을 선언했습니다: 카나리 사용자 오류율. "
            "데이터베이스 단계는 DB 관리자나 장애 지휘관이 눌러야 진행됩니다.",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Way back, step “Move traffic back”: running",
            "↳ 🔵 정보 v1.5.0 롤백 단계 “트래픽 되돌리기”: 진행 중",
        ),
    ]
    assert [one.startswith(called) for one in story.dms("emma")] == [True]
