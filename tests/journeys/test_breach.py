"""Production gets worse while v1.5.0 goes out: recommended, put aside, reported, paged, declared by one press."""

from __future__ import annotations

from datetime import timedelta

from commands.health.take_in import take_in
from domain.health.model import ERROR_RATE, Reading, Source
from domain.people import BOT, Origin, Via
from domain.types import Environment
from storage import projects
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

_NARU = Origin(BOT, Via.TIMER)


async def test_a_breach_is_put_aside_and_a_reported_one_paged_until_it_is_declared(story: Story) -> None:
    await ways.to_production(story, "v1.5.0")
    await story.begin_here()
    await _recommended(story)
    await _put_aside(story)
    await _reported_and_confirmed(story)
    await _paged(story)
    await _declared(story)
    await _listed(story)


async def _measure(story: Story, value: float, minutes: int) -> None:
    """One reading a minute, as a monitor gives them."""
    for _ in range(minutes):
        await story.wait_for(timedelta(minutes=1))
        await story.demo.program.db.run(_take_in, value)
    await story.settled()


def _take_in(tx: Tx, value: float) -> None:
    project = projects.get(tx, "shop")
    assert project is not None
    one = Reading(
        metric=ERROR_RATE,
        environment=Environment.PRODUCTION,
        at=tx.now(),
        source=Source.PROMETHEUS,
        value=value,
        samples=100,
    )
    take_in(tx, project, [one], _NARU)


async def _recommended(story: Story) -> None:
    """Once: in the thread with its chart, and to the release managers."""
    t = story.t
    await _measure(story, 0.2, 7)
    breached = t(
        "Errors 20 % · limit 5 % · since today 2:01 PM", "오류율 20 % · 한계 5 % · 오늘 오후 2:01부터"
    )
    critical = t(
        "🔴 Critical v1.5.0 A rollback is recommended: a criterion is breached.",
        "🔴 심각 v1.5.0 롤백 권고: 롤백 기준을 위반했습니다.",
    )
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 Out of range in production; nothing goes on by itself until it is back\n"
            "• Errors 20 %, good is < 1 %",
            "↳ 🟠 경고 v1.5.0 정상 범위를 벗어났습니다 (프로덕션). 돌아올 때까지 자동으로 진행하지 않습니다\n"
            "• 오류율 20 %, 정상 범위 < 1 %",
        ),
        f"↳ {critical}\n{breached}",
        f"↳ v1.5.0 {breached}",
    ]
    assert story.dms("haneul") == [
        critical
        + t(
            "\nErrors 20 % · limit 5 % · since Tue 3 Mar 14:01",
            "\n오류율 20 % · 한계 5 % · 3월 3일(화) 14:01부터",
        )
    ]
    shown = t(f"Rollback criteria\n• {breached} (open)", f"롤백 기준\n• {breached} (열림)")
    assert shown in story.reads("v1.5.0")
    assert story.person("priya").buttons(critical) == (
        t("Declare rollback", "롤백 선언"),
        t("Not this time…", "이번에는 넘어가기…"),
    )


async def _put_aside(story: Story) -> None:
    t, priya = story.t, story.person("priya")
    await priya.press(t("Not this time…", "이번에는 넘어가기…"), CHANNEL)
    told = await priya.submit(**{t("Why not this time?", "이번에는 왜 넘어갑니까?"): "a crawler"})
    said = t(
        "v1.5.0 Not this time: Errors. It is judged anew if it gets worse.",
        "v1.5.0 이번에는 넘어감: 오류율. 더 나빠지면 새로 판정합니다.",
    )
    assert told == t(f"Recorded: {said}", f"기록했습니다: {said}") + "\n> a crawler"
    assert story.news() == [t("↳ 🔵 Info ", "↳ 🔵 정보 ") + f"{said} — @Priya Nair\n> a crawler"]


async def _reported_and_confirmed(story: Story) -> None:
    t = story.t
    seen = t("orders are there twice", "주문이 두 번 들어옵니다")
    what = t("Data lost or damaged", "데이터 유실·손상")
    command = t("/release breach 1.5.0 data ", "/release 기준위반 1.5.0 데이터 ") + seen
    await story.person("junho").slash(command)
    assert story.news() == [
        t(
            "↳ 🟠 Warning v1.5.0 Has somebody else seen it as well? It counts once it is confirmed.",
            "↳ 🟠 경고 v1.5.0 다른 분도 보셨습니까? 확인되면 기준 위반으로 처리합니다.",
        )
        + f" — @이준호 (Junho Lee)\n{what}\n> {seen}"
    ]
    assert await story.person("junho").press(t("I see it too", "저도 확인했습니다"), CHANNEL) == t(
        "Confirming one's own report is for: incident commander or on-call.\n"
        "Who can: @Emma Jones @최민재 (Minjae Choi) @Priya Nair",
        "자신의 신고 확인 권한이 있는 역할: 장애 지휘관 또는 온콜\n"
        "할 수 있는 사람: @Emma Jones @최민재 (Minjae Choi) @Priya Nair",
    )
    await story.person("sora").press(t("I see it too", "저도 확인했습니다"), CHANNEL)
    confirmed = t(
        "↳ 🔴 Critical v1.5.0 Confirmed: Data lost or damaged. Roll back now. People are called.",
        "↳ 🔴 심각 v1.5.0 확인됨: 데이터 유실·손상. 지금 롤백하세요. 담당자를 호출합니다.",
    )
    assert story.news() == [
        f"{confirmed} — @박소라 (Sora Park)\n> {seen}",
        f"↳ {_called(story, t('on-call', '온콜'), '@Emma Jones @Priya Nair')}",
    ]


def _called(story: Story, roles: str, people: str, more: str = "") -> str:
    t = story.t
    return (
        t(
            "🔴 Critical v1.5.0 You are called: Data lost or damaged",
            "🔴 심각 v1.5.0 호출합니다: 데이터 유실·손상",
        )
        + t(" · reported by @이준호 (Junho Lee)\n> ", " · 신고: @이준호 (Junho Lee)\n> ")
        + t("orders are there twice", "주문이 두 번 들어옵니다")
        + "\n"
        + t(f"Called: {roles} · {people}", f"호출 대상: {roles} · {people}")
        + more
    )


async def _paged(story: Story) -> None:
    """Every five minutes; from the third call on the tech lead is called as well."""
    t = story.t
    assert story.dms("emma")[-1:] == [_called(story, t("on-call", "온콜"), "@Emma Jones @Priya Nair")]
    await story.wait_for(timedelta(minutes=5))
    await story.wait_for(timedelta(minutes=5))
    again = _called(story, t("on-call", "온콜"), "@Emma Jones @Priya Nair", t(" · call 2", " · 2번째 호출"))
    climbed = _called(
        story,
        t("on-call, tech lead", "온콜, 테크 리드"),
        "@Emma Jones @이준호 (Junho Lee) @Priya Nair",
        t(" · call 3", " · 3번째 호출"),
    )
    assert story.dms("emma") == [again, climbed]
    assert story.dms("junho") == [climbed]
    waits = t(
        "v1.5.0 · You are called, say that you are on it: Data lost or damaged · orders are there twice\n"
        "the release's thread in #releases-shop · since Tue 3 Mar 05:07 (Seoul 14:07)",
        "v1.5.0 · 호출되었습니다. 대응을 맡으면 알려 주십시오: 데이터 유실·손상 · 주문이 두 번 들어옵니다\n"
        "#releases-shop 채널의 릴리스 스레드 · 3월 3일(화) 05:07 (서울 14:07)부터",
    )
    assert waits in await story.person("emma").slash(t("/release mine", "/release 내할일"))
    await story.person("emma").press(t("I am on it", "제가 맡겠습니다"), "dm")
    on_it = t(
        "🔵 Info v1.5.0 Somebody is on it: Data lost or damaged",
        "🔵 정보 v1.5.0 대응 중입니다: 데이터 유실·손상",
    )
    assert story.news() == [
        f"↳ {again}",
        f"↳ {climbed}",
        f"↳ {on_it} — @Emma Jones",
    ]
    await story.wait_for(timedelta(minutes=5))
    assert (story.dms("emma"), story.news()) == ([], [])


async def _declared(story: Story) -> None:
    """The form has all that the breach says: it is only sent."""
    t, minjae = story.t, story.person("minjae")
    seen = t("orders are there twice", "주문이 두 번 들어옵니다")
    await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL)
    assert minjae.modal.fields == {
        t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Data lost or damaged", "데이터 유실·손상")],
        t("Evidence", "근거"): seen,
        t("Does it carry a database migration?", "DB 마이그레이션이 있습니까?"): t("Yes", "예"),
        t("Can the old version run on the new schema?", "이전 버전이 새 스키마에서 동작합니까?"): t(
            "Yes", "예"
        ),
        t("Does the service stop?", "서비스가 중단됩니까?"): None,
        t("Go back to", "되돌아갈 버전"): "v1.4.2",
        t("Incident commander", "장애 지휘관"): "최민재 (Minjae Choi)",
    }
    told = await minjae.submit()
    assert told.startswith(
        t("Recorded: Rollback declared: v1.5.0 → v1.4.2", "기록했습니다: 롤백 선언: v1.5.0 → v1.4.2")
    )
    waits = t(
        "v1.5.0 · Start your step of the rollback: Move traffic back\n"
        "war room #rollback-v1-5-0 · since Tue 3 Mar 10:52 (Seoul 14:22)",
        "v1.5.0 · 롤백에서 맡은 단계를 시작해 주십시오: 트래픽 되돌리기\n"
        "워룸 #rollback-v1-5-0 · 3월 3일(화) 10:52 (서울 14:22)부터",
    )
    assert waits in (await story.person("priya").home()).text


async def _listed(story: Story) -> None:
    t = story.t
    command = t("/release breach list 1.5.0", "/release 기준위반 목록 1.5.0")
    assert await story.person("minjae").slash(command) == t(
        "Rollback criteria of v1.5.0\n"
        "Data lost or damaged\n"
        "immediate rollback · rollback declared · Tue 3 Mar 14:07 · reported by @이준호 (Junho Lee) · "
        "confirmed by @박소라 (Sora Park) · @최민재 (Minjae Choi)\n"
        "> orders are there twice\n"
        "Errors 20 % · limit 5 % · since Tue 3 Mar 14:01\n"
        "rollback · put aside · Tue 3 Mar 14:05 · @Priya Nair\n"
        "> a crawler",
        "롤백 기준: v1.5.0\n"
        "데이터 유실·손상\n"
        "즉시 롤백 · 롤백 선언됨 · 3월 3일(화) 14:07 · 신고: @이준호 (Junho Lee) · "
        "확인: @박소라 (Sora Park) · @최민재 (Minjae Choi)\n"
        "> 주문이 두 번 들어옵니다\n"
        "오류율 20 % · 한계 5 % · 3월 3일(화) 14:01부터\n"
        "롤백 · 넘어감 · 3월 3일(화) 14:05 · @Priya Nair\n"
        "> a crawler",
    )
