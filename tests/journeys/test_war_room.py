"""Who writes, comes late, takes over and reads along in a war room."""

from __future__ import annotations

from datetime import timedelta

from domain.health.model import ERROR_RATE, Reading, Source
from domain.types import Environment
from storage import readings
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import Story

ROOM = "#rollback-v1-5-0"
SAID = "An index is missing on orders"


async def test_everybody_in_a_war_room_knows_where_it_stands(story: Story) -> None:
    await _declared(story)
    await _scribed(story)
    await _late(story)
    await _not_healthy(story)
    await _handed_over(story)


async def _declared(story: Story) -> None:
    """The old version cannot run on the new schema, and the service stops: the database goes first."""
    t = story.t
    minjae = story.person("minjae")
    await ways.to_production(story, "v1.5.0")
    await story.begin_here()
    await minjae.press(t("Declare rollback", "롤백 선언"), "#releases-shop")
    await minjae.fill(
        {
            t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Latency (P95)", "지연 시간(P95)")],
            t("Evidence", "근거"): "P95 4.1 s",
            t("Does it carry a database migration?", "DB 마이그레이션이 있습니까?"): t("Yes", "예"),
            t("Can the old version run on the new schema?", "이전 버전이 새 스키마에서 동작합니까?"): t(
                "No", "아니요"
            ),
            t("Does the service stop?", "서비스가 중단됩니까?"): t("Yes", "예"),
        }
    )
    assert minjae.reads(t("Roll back the database", "데이터베이스 롤백"), ROOM) == t(
        "Rollback of v1.5.0 · Rolling back\n"
        "▱▱▱▱▱▱▱▱▱▱ 0/9\n"
        "Incident commander: @최민재 (Minjae Choi)\n"
        "Declared less than a minute ago\n"
        "▸ Decision and notice · In progress · @최민재 (Minjae Choi) · since today 2:00 PM · 5 min left\n"
        "▸ Outage notice · In progress · @박소라 (Sora Park) · since today 2:00 PM · 5 min left\n"
        "○ Roll back the database · Waiting · DBA · budget 30 min\n"
        "      The old version cannot run on the new schema: this comes first.\n"
        "      • migrations/0042_add_gift_card_balance.sql · As QA stated: migrations/down.sql\n"
        "○ Move traffic back · Waiting · DevOps/SRE · budget 30 min\n"
        "○ Clear caches · Waiting · DevOps/SRE · budget 30 min\n"
        "○ Health check · Waiting · DevOps/SRE or on-call · budget 15 min\n"
        "○ Try core functions by hand · Waiting · QA lead · budget 15 min\n"
        "      Try by hand: sign-in, cart, payment\n"
        "○ Check integrations · Waiting · tech lead or QA lead · budget 15 min\n"
        "○ Completion notice · Waiting · incident commander or PM · budget 15 min",
        "롤백: v1.5.0 · 롤백 중\n"
        "▱▱▱▱▱▱▱▱▱▱ 0/9\n"
        "장애 지휘관: @최민재 (Minjae Choi)\n"
        "선언 후 1분 미만 지남\n"
        "▸ 결정 및 공지 · 진행 중 · @최민재 (Minjae Choi) · 오늘 오후 2:00부터 · 5분 남음\n"
        "▸ 장애 공지 · 진행 중 · @박소라 (Sora Park) · 오늘 오후 2:00부터 · 5분 남음\n"
        "○ 데이터베이스 롤백 · 대기 · DB 관리자 · 예산 30분\n"
        "      이전 버전이 새 스키마에서 동작하지 않으므로 이 단계를 먼저 진행합니다.\n"
        "      • migrations/0042_add_gift_card_balance.sql · QA가 적은 방법: migrations/down.sql\n"
        "○ 트래픽 되돌리기 · 대기 · DevOps/SRE · 예산 30분\n"
        "○ 캐시 비우기 · 대기 · DevOps/SRE · 예산 30분\n"
        "○ 헬스 체크 · 대기 · DevOps/SRE 또는 온콜 · 예산 15분\n"
        "○ 핵심 기능 수동 확인 · 대기 · QA 리드 · 예산 15분\n"
        "      직접 확인할 기능: 로그인, 장바구니, 결제\n"
        "○ 연동 확인 · 대기 · 테크 리드 또는 QA 리드 · 예산 15분\n"
        "○ 완료 공지 · 대기 · 장애 지휘관 또는 PM · 예산 15분",
    )
    # Which room it is about is said as well, where Slack has made the channel by then.
    assert [dm.partition("\n")[0] for dm in story.dms("sora")] == [
        t(
            "🔵 Info Your step of the way back: Outage notice (v1.5.0 → v1.4.2) — @최민재 (Minjae Choi)",
            "🔵 정보 롤백에서 맡은 단계입니다: 장애 공지 (v1.5.0 → v1.4.2) — @최민재 (Minjae Choi)",
        )
    ]
    sora = story.person("sora")
    assert sora.buttons(t("Outage notice", "장애 공지"), "dm") == (
        t("Send notice…", "공지 보내기…"),
        t("Done", "완료"),
    )
    assert await sora.press(t("Send notice…", "공지 보내기…"), "dm") == ""
    assert sora.modal.title == t("Send a notice", "공지 보내기")
    await sora.person.close_modal(all_views=True)


async def _scribed(story: Story) -> None:
    """What somebody writes in the room goes onto the timeline by emoji: once, whoever marks it."""
    t = story.t
    minjae, priya = story.people("minjae", "priya")
    await priya.person.say(ROOM, SAID)
    story.news(ROOM, "minjae")
    await minjae.person.react(ROOM, SAID, "eyes")
    await story.settled()
    assert story.news(ROOM, "minjae") == []
    await minjae.person.react(ROOM, SAID, "memo")
    await story.settled()
    await priya.person.react(ROOM, SAID, "memo")
    await minjae.person.react(ROOM, SAID, "memo")  # taken away: what is on the timeline stays
    await story.settled()
    assert story.news(ROOM, "minjae") == [
        t(
            "📝 @Priya Nair · today 2:00 PM — @최민재 (Minjae Choi)\n> An index is missing on orders",
            "📝 @Priya Nair · 오늘 오후 2:00 — @최민재 (Minjae Choi)\n> An index is missing on orders",
        )
    ]


async def _late(story: Story) -> None:
    """Who comes late reads privately where the rollback stands; coming again, nothing."""
    t = story.t
    alex = story.person("alex")
    await story.wait_for(timedelta(minutes=2))
    await alex.person.join(ROOM)
    await story.settled()
    assert alex.reads(t("where it stands", "현재 상황"), ROOM) == t(
        "Rollback of v1.5.0: where it stands\n"
        "Declared by @최민재 (Minjae Choi) · Tue 3 Mar 00:00 (Seoul 14:00)\n"
        "Back to: v1.4.2\n"
        "Criteria: Latency (P95)\n"
        "> P95 4.1 s\n"
        "State: Rolling back · Declared 2 min ago\n"
        "Incident commander: @최민재 (Minjae Choi)\n"
        "Done 0 of 9\n"
        "▸ Decision and notice · @최민재 (Minjae Choi) · 3 min left\n"
        "▸ Outage notice · @박소라 (Sora Park) · 3 min left\n"
        "Still open: Roll back the database, Move traffic back, Clear caches, Health check, Try core functions by hand, Check integrations, Completion notice\n"
        "Last on the timeline\n"
        "• Tue 3 Mar 00:00 (Seoul 14:00) 📝 @Priya Nair · Tue 3 Mar 00:00 (Seoul 14:00) — @최민재 (Minjae Choi) · An index is missing on orders\n"
        "War room #rollback-v1-5-0 · The release's card is in #releases-shop",
        "롤백: v1.5.0 · 현재 상황\n"
        "선언: @최민재 (Minjae Choi) · 3월 3일(화) 00:00 (서울 14:00)\n"
        "되돌아갈 버전: v1.4.2\n"
        "롤백 기준: 지연 시간(P95)\n"
        "> P95 4.1 s\n"
        "상태: 롤백 중 · 선언 후 2분 지남\n"
        "장애 지휘관: @최민재 (Minjae Choi)\n"
        "9단계 중 0단계 완료\n"
        "▸ 결정 및 공지 · @최민재 (Minjae Choi) · 3분 남음\n"
        "▸ 장애 공지 · @박소라 (Sora Park) · 3분 남음\n"
        "남은 단계: 데이터베이스 롤백, 트래픽 되돌리기, 캐시 비우기, 헬스 체크, 핵심 기능 수동 확인, 연동 확인, 완료 공지\n"
        "최근 기록\n"
        "• 3월 3일(화) 00:00 (서울 14:00) 📝 @Priya Nair · 3월 3일(화) 00:00 (서울 14:00) — @최민재 (Minjae Choi) · An index is missing on orders\n"
        "워룸 #rollback-v1-5-0 · 릴리스 카드: #releases-shop",
    )
    await alex.person.leave(ROOM)
    await alex.person.join(ROOM)
    await story.settled()
    told = [m for m in alex.person.sees(ROOM) if t("where it stands", "현재 상황") in m.text]
    assert len(told) == 1
    assert await alex.slash(t("/release status", "/release 상태"), ROOM) == told[0].text


async def _not_healthy(story: Story) -> None:
    """The service is not healthy afterwards: the next of the escalation path comes into the same room."""
    t = story.t
    priya, minjae = story.people("priya", "minjae")
    for step in (
        t("notice", "결정 및 공지"),
        t("database", "DB"),
        t("traffic", "트래픽"),
        t("caches", "캐시"),
    ):
        await minjae.slash(t(f"/release step {step} done", f"/release 단계 {step} 완료"), ROOM)
    story.dms("emma")
    story.news(ROOM, "minjae")
    await priya.slash(t("/release step health check started", "/release 단계 헬스 체크 시작"), ROOM)
    assert await minjae.press(t("Not healthy", "비정상"), ROOM) == ""
    await minjae.fill({t("Note", "메모"): "still 8 %"})
    assert story.news(ROOM, "minjae") == [
        t("🔵 Info Health check: started · @Priya Nair", "🔵 정보 헬스 체크: 시작 · @Priya Nair"),
        t(
            "🟠 Warning Health check: opened again · @Priya Nair — @최민재 (Minjae Choi)\n> still 8 %",
            "🟠 경고 헬스 체크: 다시 열림 · @Priya Nair — @최민재 (Minjae Choi)\n> still 8 %",
        ),
        t(
            "Escalated to: on-call · @Emma Jones @Priya Nair — @최민재 (Minjae Choi)\n> still 8 %",
            "에스컬레이션 대상: 온콜 · @Emma Jones @Priya Nair — @최민재 (Minjae Choi)\n> still 8 %",
        ),
    ]
    assert story.dms("emma") == [
        t(
            "Escalated to: on-call · @Emma Jones @Priya Nair — @최민재 (Minjae Choi)\n"
            "> still 8 %\n"
            "War room #rollback-v1-5-0",
            "에스컬레이션 대상: 온콜 · @Emma Jones @Priya Nair — @최민재 (Minjae Choi)\n"
            "> still 8 %\n"
            "워룸 #rollback-v1-5-0",
        )
    ]


async def test_a_health_check_against_the_monitors_asks_why(story: Story) -> None:
    """Done is pressed while production is out of its range: the form names it and wants a reason."""
    t = story.t
    minjae = story.person("minjae")
    await _declared(story)
    for step in (t("database", "DB"), t("traffic", "트래픽"), t("caches", "캐시")):
        await minjae.slash(t(f"/release step {step} done", f"/release 단계 {step} 완료"), ROOM)
    await story.wait_for(timedelta(minutes=1))
    await story.demo.program.db.run(_measured, 0.6)
    await minjae.slash(t("/release step health check started", "/release 단계 헬스 체크 시작"), ROOM)
    story.news(ROOM, "minjae")
    assert await minjae.press(None, ROOM, action_id="room.step:health_check.done") == ""
    assert t("⚠ Out of range now: Errors 60 %", "⚠ 지금 정상 범위를 벗어남: 오류율 60 %") in str(
        minjae.modal.blocks
    )
    await minjae.fill({t("Why?", "사유"): "the probe is broken"})
    assert story.news(ROOM, "minjae") == [
        t(
            "🟢 Success Health check: done · @최민재 (Minjae Choi)\n> the probe is broken",
            "🟢 성공 헬스 체크: 완료 · @최민재 (Minjae Choi)\n> the probe is broken",
        )
    ]


def _measured(tx: Tx, errors: float) -> None:
    one = Reading(
        metric=ERROR_RATE,
        environment=Environment.PRODUCTION,
        at=tx.now(),
        source=Source.PROMETHEUS,
        value=errors,
    )
    readings.add(tx, "shop", [one])


async def _handed_over(story: Story) -> None:
    """Who takes command from somebody reads what is done, what is open and which clocks run."""
    t = story.t
    minjae = story.person("minjae")
    story.dms("junho")
    await minjae.slash(t("/release ic @junho", "/release 지휘 @junho"), ROOM)
    assert story.dms("junho") == [
        t(
            "You have command: Rollback of v1.5.0 · handed over by @최민재 (Minjae Choi)\n"
            "Declared by @최민재 (Minjae Choi) · Tue 3 Mar 14:00\n"
            "Back to: v1.4.2\n"
            "Criteria: Latency (P95)\n"
            "> P95 4.1 s\n"
            "State: Rolling back · Declared 2 min ago\n"
            "Incident commander: @이준호 (Junho Lee)\n"
            "Done 1 of 9: Decision and notice\n"
            "▸ Outage notice · @박소라 (Sora Park) · 3 min left\n"
            "Still open: Roll back the database, Move traffic back, Clear caches, Health check, Try core functions by hand, Check integrations, Completion notice\n"
            "Last on the timeline\n"
            "• Tue 3 Mar 14:00 📝 @Priya Nair · Tue 3 Mar 14:00 — @최민재 (Minjae Choi) · An index is missing on orders\n"
            "War room #rollback-v1-5-0 · The release's card is in #releases-shop",
            "지휘를 맡으셨습니다 · 롤백: v1.5.0 · 인계한 사람: @최민재 (Minjae Choi)\n"
            "선언: @최민재 (Minjae Choi) · 3월 3일(화) 14:00\n"
            "되돌아갈 버전: v1.4.2\n"
            "롤백 기준: 지연 시간(P95)\n"
            "> P95 4.1 s\n"
            "상태: 롤백 중 · 선언 후 2분 지남\n"
            "장애 지휘관: @이준호 (Junho Lee)\n"
            "9단계 중 1단계 완료: 결정 및 공지\n"
            "▸ 장애 공지 · @박소라 (Sora Park) · 3분 남음\n"
            "남은 단계: 데이터베이스 롤백, 트래픽 되돌리기, 캐시 비우기, 헬스 체크, 핵심 기능 수동 확인, 연동 확인, 완료 공지\n"
            "최근 기록\n"
            "• 3월 3일(화) 14:00 📝 @Priya Nair · 3월 3일(화) 14:00 — @최민재 (Minjae Choi) · An index is missing on orders\n"
            "워룸 #rollback-v1-5-0 · 릴리스 카드: #releases-shop",
        )
    ]


async def test_a_playbook_opens_with_its_owners(story: Story) -> None:
    """They are called in, told, and named beside what they see to."""
    t = story.t
    emma, room = story.person("emma"), "#incident-shop-20260301"
    await emma.slash(t("/release warroom outage", "/release 워룸 장애"))
    opened = t("Checklists opened: Playbook: outage", "체크리스트를 열었습니다: 대응 절차: 서비스 중단")
    said = t(
        "Checklists opened: Playbook: outage — @Emma Jones\nCalled in: @최민재 (Minjae Choi) @Priya Nair",
        "체크리스트를 열었습니다: 대응 절차: 서비스 중단 — @Emma Jones\n"
        "호출된 담당자: @최민재 (Minjae Choi) @Priya Nair",
    )
    assert said in story.news(room, "emma")
    assert emma.buttons(opened, room) == (t("Checklists", "체크리스트"),)
    assert [said in one for name in ("priya", "minjae") for one in story.dms(name)[-1:]] == [True, True]
    priya = story.person("priya")
    await priya.press(t("Checklists", "체크리스트"), "dm")
    assert t("customer support or incident commander", "고객 지원 또는 장애 지휘관") in str(
        priya.modal.blocks
    )
    await priya.fill({t("Items", "항목"): ["assess"]})
    assert t("☐ Playbook: outage 1 of 5", "☐ 대응 절차: 서비스 중단 1/5") in priya.reads(
        t("War room open", "워룸 열림"), room
    )
