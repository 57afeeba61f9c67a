"""Three deploys as run-books have them: launch at night, upgrade at the weekend, security patch in working hours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from commands.health.take_in import take_in
from domain.health.model import ERROR_RATE, Reading, Source
from domain.people import BOT, Origin, Via
from domain.types import Environment
from storage import projects
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, SEOUL, Story

COMPANY, CUSTOMERS = "#releases-api", "#general"
CHANNELS = """
communication:
  channels:
    company: ["#releases-api"]
    customers: [{channel: "#general", language: en}]
"""
MINUTE = timedelta(minutes=1)
HANEUL = "@김하늘 (Haneul Kim)"


# --- what the three have in common ------------------------------------------------------------------------


async def _tick(story: Story, name: str, of: str, *keys: str) -> str:
    """These items of a list, besides what is ticked already; all of them by default. The answer."""
    person = story.person(name)
    await person.slash(f"/release checklist {of}")
    inputs = [block for block in person.modal.blocks if block["type"] == "input"]
    chosen = {}
    for block in inputs:
        offered = [option["value"] for option in block["element"]["options"]]
        already = [option["value"] for option in block["element"].get("initial_options", ())]
        chosen[block["block_id"]] = [key for key in offered if not keys or key in keys or key in already]
    told = await person.fill({group: ticked for group, ticked in chosen.items() if ticked})
    if person.person.modal is not None:
        await person.person.close_modal(all_views=True)
    return told


async def _standing_by(story: Story) -> None:
    t, priya = story.t, story.person("priya")
    for item in (t("Deployer standing by", "배포 담당자 대기"), t("On-call standing by", "온콜 대기")):
        await priya.press(item, CHANNEL)
        await priya.fill({})


async def _read_off(story: Story, version: str) -> None:
    """What a dashboard says, typed in."""
    for measured in ("errors 0.2 %", "p95 180 ms"):
        await story.person("priya").slash(f"/release health {version} {measured}")


async def _notice(story: Story, kind: str, audience: str) -> None:
    """As it is drafted."""
    haneul = story.person("haneul")
    await haneul.slash(f"/release notice {kind}")
    await haneul.choose(story.t("Whom for?", "누구에게 알립니까?"), audience)
    await haneul.fill({})


def _told(story: Story, channel: str) -> list[str]:
    """What outsiders of the project read."""
    return [text for text in story.news(channel, "haneul") if "has joined" not in text]


def _card(story: Story, version: str, first: str) -> list[str]:
    """The card's lines from that one on, without the project's name at its foot."""
    lines = story.reads(version).split("\n")
    return lines[lines.index(first) : -1]


def _rollout(story: Story, version: str, first: str) -> list[str]:
    """What the card says of the rollout; its checklists follow."""
    lines = _card(story, version, first)
    return lines[: lines.index(story.t("Checklists", "체크리스트"))]


def _missing(story: Story, version: str, action: tuple[str, str], *missing: str) -> str:
    """A refusal that names all that is missing."""
    t, many = story.t, len(missing)
    count = t("one thing is" if many == 1 else f"{many} things are", str(many))
    head = t(
        f"{action[0]} has to wait for {version}: {count} missing.",
        f"{version} {action[1]}: 아직 진행할 수 없습니다. 필요한 것이 {count}가지 남았습니다.",
    )
    foot = t(
        "Nothing was changed. Try again when this is settled.",
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    return "\n".join([head, *(f"• {one}" for one in missing), foot])


# --- a launch at night ------------------------------------------------------------------------------------

DATABASE = ("read_only_on", "database_migrated", "integrity_checked", "read_only_off")
NIGHT = (
    CHANNELS
    + """
types:
  regular: {monitoring: 48h}
health: {interval: 1h}
checklists:
  lists:
    release_during:
      drop: [migration_ran]
      add:
        - {key: read_only_on, only: migration, roles: [dba], ko: 읽기 전용 모드 켬, en: Read-only mode is on}
        - {key: database_migrated, only: migration, roles: [dba], ko: 마이그레이션 실행, en: The migration ran}
        - {key: integrity_checked, only: migration, roles: [dba], ko: 무결성 확인, en: Integrity is checked}
        - {key: read_only_off, only: migration, roles: [dba], ko: 읽기 전용 모드 끔, en: Read-only mode is off}
"""
)


@pytest.mark.policy(NIGHT)
async def test_a_launch_at_night_with_a_database_step(story: Story) -> None:
    await ways.to_approval(story, "v1.5.0", migration=True)
    await _planned_for_the_night(story)
    await _last_evening(story)
    await _blue_green_at_three(story)
    await _database_at_half_past(story)
    await _verified_at_four(story)
    await _announced_in_the_morning(story)
    await _watched_for_two_days(story)


async def _planned_for_the_night(story: Story) -> None:
    """Three in the morning lies in no window: it is opened for two hours, by somebody else than who asks."""
    t, haneul, alex = story.t, story.person("haneul"), story.person("alex")
    await story.time("2026-03-02", "10:00")
    await story.begin_here()
    move = t("/release retarget 1.5.0 2026-03-05 03:00", "/release 일정변경 1.5.0 3월 5일 03:00")
    assert await haneul.slash(move) == t(
        "Recorded: v1.5.0 Deploy moved: Thu 5 Mar 14:00 → Thu 5 Mar 03:00\nCode freeze: Mon 2 Mar 03:00",
        "기록했습니다: v1.5.0 배포 일정 변경: 3월 5일(목) 14:00 → 3월 5일(목) 03:00\n"
        "코드 프리즈: 3월 2일(월) 03:00",
    )
    await haneul.slash(t("/release exception ask 1.5.0", "/release 예외 요청 1.5.0"))
    told = await haneul.fill(
        {
            t("From when?", "언제부터입니까?"): datetime(2026, 3, 5, 3, tzinfo=SEOUL),
            t("What goes out?", "무엇을 배포합니까?"): "v1.5.0",
            t("Why can it not wait?", "왜 기다릴 수 없습니까?"): "Launch",
            t("What could go wrong?", "어떤 위험이 있습니까?"): "Slow carts",
            t("Way back", "되돌리는 방법"): "Blue stays up",
        }
    )
    assert told == t(
        "Recorded: v1.5.0 An exception is asked for.\n"
        "• Outside the release windows — decided by @Alex Rivera (release manager)\n"
        "• What: v1.5.0\n• Why: Launch\n• Risk: Slow carts\n• Way back: Blue stays up\n"
        "• Wanted: from Thu 5 Mar 03:00, for 2 hr (one deploy)\n"
        "You are told here what is decided.",
        "기록했습니다: v1.5.0 예외 승인을 요청했습니다.\n"
        "• 릴리스 윈도우 밖의 시간 — 결정: @Alex Rivera (릴리스 매니저)\n"
        "• 내용: v1.5.0\n• 이유: Launch\n• 위험 요소: Slow carts\n• 되돌리는 방법: Blue stays up\n"
        "• 희망: 3월 5일(목) 03:00부터 2시간 동안 (배포 한 번)\n"
        "결정되면 여기에서 알려 드립니다.",
    )
    await alex.press(t("Grant…", "허용…"), "dm")
    await alex.fill({})
    assert story.dms("haneul") == [
        t(
            "v1.5.0 The exception is granted from Thu 5 Mar 03:00 until Thu 5 Mar 05:00 (one deploy): "
            "Outside the release windows — @Alex Rivera",
            "v1.5.0 예외가 3월 5일(목) 03:00부터 3월 5일(목) 05:00까지 승인되었습니다 (배포 한 번): "
            "릴리스 윈도우 밖의 시간 — @Alex Rivera",
        )
    ]
    story.news()
    await _notice(story, "ahead", t("Company", "전사"))
    text = t(
        "Shop v1.5.0 (Regular) is planned to go to production: Thu 5 Mar 03:00. It replaces v1.4.2. "
        "Please tell us now what speaks against it.",
        "상점 v1.5.0(정기) 배포를 예정하고 있습니다: 3월 5일(목) 03:00. 현재 버전: v1.4.2. "
        "문제가 될 일이 있으면 지금 알려 주세요.",
    )
    assert _told(story, COMPANY) == [f"📢 {text} — {HANEUL}"]
    assert story.news() == [
        t(
            f"↳ v1.5.0 Notice sent: Ahead of a deploy → Company · #releases-api — {HANEUL}\n> {text}",
            f"↳ v1.5.0 공지 보냄: 배포 예정 → 전사 · #releases-api — {HANEUL}\n> {text}",
        )
    ]


async def _last_evening(story: Story) -> None:
    """Approved with the way back of the migration given; all is settled, and the gate opens at three."""
    t = story.t
    await story.time("2026-03-04", "18:00")
    await story.person("alex").press(t("Approve", "승인"), "dm")
    await ways.confirm(story)
    assert _card(
        story, "v1.5.0", t("⚠ Way back ready · never rehearsed", "⚠ 롤백 준비 완료 · 롤백 연습 없음")
    ) == t(
        [
            "⚠ Way back ready · never rehearsed",
            "Checklists",
            "☑ Before the release 35 of 35",
            "☐ At the start 5 of 6",
            "Deploying now",
            "🔴 Closed, opens tomorrow 3:00 AM (Seoul Thu 5 Mar 03:00)",
            "• Outside the release windows · until tomorrow 3:00 AM (Seoul Thu 5 Mar 03:00)",
        ],
        [
            "⚠ 롤백 준비 완료 · 롤백 연습 없음",
            "체크리스트",
            "☑ 릴리스 전 35/35",
            "☐ 배포 시작 5/6",
            "지금 배포",
            "🔴 닫힘 · 열리는 시각 내일 오전 3:00 (서울 3월 5일(목) 03:00)",
            "• 릴리스 윈도우 밖의 시간 · 내일 오전 3:00 (서울 3월 5일(목) 03:00)까지",
        ],
    )
    await story.begin_here()


async def _blue_green_at_three(story: Story) -> None:
    """Not a minute earlier; the team and the company are told; traffic goes over to green."""
    t, priya = story.t, story.person("priya")
    await story.time("2026-03-05", "02:59")
    closed = t(
        "The gate is closed: Outside the release windows · until Wed 4 Mar 23:30 (Seoul Thu 5 Mar 03:00); "
        "opens Wed 4 Mar 23:30 (Seoul Thu 5 Mar 03:00) (ask: release manager)",
        "게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 4일(수) 23:30 (서울 3월 5일(목) 03:00)까지; "
        "열리는 시각: 3월 4일(수) 23:30 (서울 3월 5일(목) 03:00) (담당: 릴리스 매니저)",
    )
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == _missing(
        story, "v1.5.0", ("Deploy", "배포"), closed
    )
    await story.time("2026-03-05", "03:00")
    await priya.press(t("Deploy", "배포"), CHANNEL)
    assert story.news()[1:] == [
        t(
            "↳ 🔵 Info v1.5.0 Deploy started (rc.1 <commit>) · Stage: Deploying — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 배포 시작 (rc.1 <commit>) · 단계: 배포 중 — @Priya Nair",
        ),
        t(
            "↳ v1.5.0 The deploy uses the exception: Outside the release windows — @Priya Nair",
            "↳ v1.5.0 예외 승인을 사용해 배포합니다: 릴리스 윈도우 밖의 시간 — @Priya Nair",
        ),
    ]
    await _notice(story, "started", t("Team", "팀"))
    await _notice(story, "started", t("Company", "전사"))
    text = t(
        f"🔵 Shop v1.5.0 is going to production now. We keep you posted here. — {HANEUL}",
        f"🔵 지금 상점 v1.5.0 배포를 진행합니다. 진행 상황은 여기에 알립니다. — {HANEUL}",
    )
    assert ([one for one in story.news() if one[0] != "↳"], _told(story, COMPANY)) == ([text], [text])
    await story.time("2026-03-05", "03:15")
    await priya.press(t("Step done", "배포 단계 완료"), CHANNEL)
    await story.time("2026-03-05", "03:25")
    await priya.press(t("Step done", "배포 단계 완료"), CHANNEL)
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.5.0 Green side ▰▰▰▰▰▱▱▱▱▱ 1/2 — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 그린 정상 확인 ▰▰▰▰▰▱▱▱▱▱ 1/2 — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Traffic switched ▰▰▰▰▰▰▰▰▰▰ 2/2 — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 트래픽 전환 ▰▰▰▰▰▰▰▰▰▰ 2/2 — @Priya Nair",
        ),
    ]


async def _database_at_half_past(story: Story) -> None:
    """The rollout is not complete before the database is: read-only, migrated, checked, and open again."""
    t, priya = story.t, story.person("priya")
    complete = ("Rollout complete", "배포 완료")
    await story.time("2026-03-05", "03:30")
    await _read_off(story, "1.5.0")
    told = await _tick(story, "priya", "during", "instances_healthy", "no_complaints")
    assert told == t(
        "Recorded: v1.5.0 · While it goes out · Done: Every instance is healthy; No user complaints are received\n"
        "Still open in this list: 4",
        "기록했습니다: v1.5.0 · 배포 중 · 완료: 모든 인스턴스가 정상입니다; 사용자 불만이 들어오지 않았습니다\n"
        "이 목록에 남은 항목: 4",
    )
    for left, key in zip((4, 3, 2, 1), DATABASE, strict=True):
        refused = await priya.press(t(*complete), CHANNEL)
        assert refused == _missing(story, "v1.5.0", complete, _open_items(story, left))
        await story.wait_for(5 * MINUTE)
        await _tick(story, "junho", "during", key)
    assert story.now.strftime("%H:%M") == "03:50"
    story.news()
    await priya.press(t(*complete), CHANNEL)
    assert story.news()[0] == t(
        "↳ 🟢 Success v1.5.0 Rollout completed · Stage: Verifying — @Priya Nair",
        "↳ 🟢 성공 v1.5.0 배포 완료 · 단계: 검증 중 — @Priya Nair",
    )


def _open_items(story: Story, left: int) -> str:
    t = story.t
    items = t(
        ["Read-only mode is on", "The migration ran", "Integrity is checked", "Read-only mode is off"],
        ["읽기 전용 모드 켬", "마이그레이션 실행", "무결성 확인", "읽기 전용 모드 끔"],
    )[-left:]
    return t(
        f"Checklist “While it goes out”, open {left}: {'; '.join(items)} "
        "(ask: DBA, DevOps/SRE, release manager or on-call)",
        f"체크리스트 “배포 중”, 남은 항목 {left}: {'; '.join(items)} "
        "(담당: DB 관리자, DevOps/SRE, 릴리스 매니저 또는 온콜)",
    )


async def _verified_at_four(story: Story) -> None:
    """Blue stays for the way back until the watch is over; who opened the gate is asked how it went."""
    t = story.t
    await story.time("2026-03-05", "04:00")
    await ways.verify(story)
    assert t(
        "Blue is kept for the way back until Mar 7 3:50 AM (Seoul Sat 7 Mar 03:50).\n"
        "Health\n"
        "Errors 0.2 % · P95 180 ms, today 3:30 AM\n",
        "블루 환경은 되돌릴 때를 위해 유지합니다. 기한: 3월 7일 오전 3:50 (서울 3월 7일(토) 03:50)\n"
        "지표\n"
        "오류율 0.2 % · P95 180 ms, 오늘 오전 3:30\n",
    ) in story.reads("v1.5.0")
    assert story.dms("alex")[-1] == t(
        "How did the exception turn out? v1.5.0 · Outside the release windows",
        "예외 승인 사후 평가 v1.5.0 · 릴리스 윈도우 밖의 시간",
    )


async def _announced_in_the_morning(story: Story) -> None:
    t = story.t
    await story.time("2026-03-05", "09:00")
    await story.begin_here()
    await _notice(story, "done", t("Company", "전사"))
    await _notice(story, "done", t("Customers", "고객"))
    assert _told(story, COMPANY) == [
        t(
            f"🟢 Shop v1.5.0 is in production. Please report anything unusual here. — {HANEUL}",
            f"🟢 상점 v1.5.0 배포가 완료되었습니다. 이상한 점이 있으면 여기에 알려 주세요. — {HANEUL}",
        )
    ]
    assert _told(story, CUSTOMERS) == [f"🟢 Shop has been updated. Thank you for your patience. — {HANEUL}"]


async def _watched_for_two_days(story: Story) -> None:
    """After a day nothing is decided; after two, what is measured and fine closes the release by itself."""
    t = story.t
    await _tick(story, "haneul", "soon")
    await _tick(story, "haneul", "finish")
    await story.time("2026-03-06", "03:50")
    assert t(
        "Released. Under watch until tomorrow 3:50 AM (Seoul Sat 7 Mar 03:50).",
        "릴리스되었습니다. 내일 오전 3:50 (서울 3월 7일(토) 03:50)까지 모니터링합니다.",
    ) in story.reads("v1.5.0")
    await story.time("2026-03-07", "03:49")
    await story.begin_here()
    await story.demo.program.db.run(_measured)
    await story.time("2026-03-07", "03:50")
    assert story.news() == [t("↳ v1.5.0 Closed · Stage: Closed", "↳ v1.5.0 종료 · 단계: 종료")]


def _measured(tx: Tx) -> None:
    """As a monitor gives it."""
    project = projects.get(tx, "shop")
    assert project is not None
    one = Reading(
        metric=ERROR_RATE,
        environment=Environment.PRODUCTION,
        at=tx.now(),
        source=Source.PROMETHEUS,
        value=0.001,
        samples=500,
    )
    take_in(tx, project, [one], Origin(BOT, Via.TIMER))


# --- an upgrade at the weekend ----------------------------------------------------------------------------

WEEKEND = (
    CHANNELS
    + """
types:
  regular:
    rollout: big_bang
    rollout_rules: {big_bang: {downtime: 30h, announce_before: 1d}}
calendar:
  cadence: {deploy_weekday: saturday, deploy_time: "06:00"}
  windows:
    - {weekday: saturday, from: "06:00", to: "20:00"}
  no_deploy_hours: []
"""
)
GO = "Go/no-go after the final test"


@pytest.mark.policy(WEEKEND)
async def test_an_upgrade_at_the_weekend_with_downtime(story: Story) -> None:
    await ways.to_approval(story, "v1.5.0", migration=True)
    await _go_is_a_condition(story)
    await _announced_and_backed_up_on_friday(story)
    await _down_on_saturday(story)
    await _no_go_on_saturday_evening(story)
    await _open_again_on_sunday(story)
    await _closed_by_people(story)


async def _go_is_a_condition(story: Story) -> None:
    t, alex = story.t, story.person("alex")
    await story.time("2026-03-05", "18:00")
    await alex.press(t("Approve with conditions", "조건부 승인"), "dm")
    condition = {
        t("Condition 1", "조건 1"): GO,
        t("Due", "기한"): t("before the rollout is complete", "배포 완료 전"),
    }
    assert await alex.fill(condition) == t(
        f"Recorded: v1.5.0 rc.1 Approved with conditions\n• {GO}\n"
        "You can change your decision until the deploy starts.",
        f"기록했습니다: v1.5.0 rc.1 조건부 승인\n• {GO}\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    await _tick(story, "haneul", "before")
    await _tick(story, "haneul", "start", "dashboards_ready")
    await _standing_by(story)
    await story.begin_here()


async def _announced_and_backed_up_on_friday(story: Story) -> None:
    """A day ahead the channel reads how long it will be down; without the backup nothing begins."""
    t, priya = story.t, story.person("priya")
    await story.time("2026-03-06", "06:00")
    assert story.news() == [
        t(
            "🟠 Warning v1.5.0 Downtime ahead: from tomorrow 6:00 AM (Seoul Sat 7 Mar 06:00), "
            "planned for 1 day 6 hr, until Mar 8 12:00 PM (Seoul Sun 8 Mar 12:00)",
            "🟠 경고 v1.5.0 서비스 중단 예정: 내일 오전 6:00 (서울 3월 7일(토) 06:00)부터 "
            "3월 8일 오후 12:00 (서울 3월 8일(일) 12:00)까지, 예정 시간 1일 6시간",
        )
    ]
    await _notice(story, "ahead", t("Customers", "고객"))
    begins = t("tomorrow 6:00 AM", "내일 오전 6:00")
    ends = t("Mar 8 12:00 PM", "3월 8일 오후 12:00")
    ahead = (
        f"🟠 Warning v1.5.0 Downtime ahead: from {begins} (Seoul Sat 7 Mar 06:00), "
        f"planned for 1 day 6 hr, until {ends} (Seoul Sun 8 Mar 12:00)"
    )
    assert _told(story, CUSTOMERS) == [
        ahead,
        f"📢 We will update Shop: Sat 7 Mar 06:00. It will not be available for about 1 day 6 hr. — {HANEUL}",
    ]
    story.news()
    await story.time("2026-03-06", "18:00")
    closed = t(
        "The gate is closed: Outside the release windows · until Sat 7 Mar 02:30 (Seoul 06:00); "
        "opens Sat 7 Mar 02:30 (Seoul 06:00) (ask: release manager)",
        "게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 7일(토) 02:30 (서울 06:00)까지; "
        "열리는 시각: 3월 7일(토) 02:30 (서울 06:00) (담당: 릴리스 매니저)",
    )
    backup = t(
        "Checklist “At the start”, open 1: The production database is backed up "
        "(ask: DBA, release manager, DevOps/SRE or QA lead)",
        "체크리스트 “배포 시작”, 남은 항목 1: 운영 데이터베이스를 백업했습니다 "
        "(담당: DB 관리자, 릴리스 매니저, DevOps/SRE 또는 QA 리드)",
    )
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == _missing(
        story, "v1.5.0", ("Deploy", "배포"), closed, backup
    )
    assert await _tick(story, "junho", "start", "database_backed_up") == t(
        "Recorded: v1.5.0 · At the start · Done: The production database is backed up\n"
        "Still open in this list: 2",
        "기록했습니다: v1.5.0 · 배포 시작 · 완료: 운영 데이터베이스를 백업했습니다\n이 목록에 남은 항목: 2",
    )
    await story.begin_here()


async def _down_on_saturday(story: Story) -> None:
    """Deployed by half past five, and still closed to everybody: the card says until when."""
    t, priya = story.t, story.person("priya")
    await story.time("2026-03-07", "06:00")
    await priya.press(t("Deploy", "배포"), CHANNEL)
    assert story.news() == [
        t(
            "Release window open since today 6:00 AM (Seoul Sat 7 Mar 06:00). Ready to go: v1.5.0",
            "릴리스 윈도우 열림: 오늘 오전 6:00 (서울 3월 7일(토) 06:00)부터. 배포 준비 완료: v1.5.0",
        ),
        t(
            "↳ v1.5.0 Asked of git: Deploy. The result follows. — @Priya Nair",
            "↳ v1.5.0 git 작업 요청: 배포. 결과는 곧 알려 드립니다. — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Deploy started (rc.1 <commit>) · Stage: Deploying — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 배포 시작 (rc.1 <commit>) · 단계: 배포 중 — @Priya Nair",
        ),
        t(
            "🟠 Warning v1.5.0 The service is down since today 6:00 AM (Seoul Sat 7 Mar 06:00), "
            "planned for 1 day 6 hr, until tomorrow 12:00 PM (Seoul Sun 8 Mar 12:00) — @Priya Nair",
            "🟠 경고 v1.5.0 서비스 중단 중: 오늘 오전 6:00 (서울 3월 7일(토) 06:00)부터 "
            "내일 오후 12:00 (서울 3월 8일(일) 12:00)까지, 예정 시간 1일 6시간 — @Priya Nair",
        ),
    ]
    await story.time("2026-03-07", "17:30")
    await priya.press(t("Step done", "배포 단계 완료"), CHANNEL)
    assert _rollout(story, "v1.5.0", t("Rollout All at once", "배포 방식 일괄 배포")) == t(
        [
            "Rollout All at once",
            "▰▰▰▰▰▰▰▰▰▰ 1/1",
            "✓ Everything deployed",
            "Steps",
            (
                "✔ Everything deployed · was today 6:00 AM to today 5:30 PM"
                " · planned today 6:00 AM to tomorrow 12:00 PM"
            ),
            "100 % of the users have the new version.",
            (
                "The service is down since today 6:00 AM (Seoul Sat 7 Mar 06:00), "
                "planned until tomorrow 12:00 PM (Seoul Sun 8 Mar 12:00)."
            ),
        ],
        [
            "배포 방식 일괄 배포",
            "▰▰▰▰▰▰▰▰▰▰ 1/1",
            "✓ 전체 배포",
            "단계",
            "✔ 전체 배포 · 실제 오늘 오전 6:00 ~ 오늘 오후 5:30 · 계획 오늘 오전 6:00 ~ 내일 오후 12:00",
            "사용자의 100%에게 새 버전이 제공됩니다.",
            (
                "서비스 중단 중: 오늘 오전 6:00 (서울 3월 7일(토) 06:00)부터, "
                "내일 오후 12:00 (서울 3월 8일(일) 12:00)까지 예정입니다."
            ),
        ],
    )
    await story.begin_here()


async def _no_go_on_saturday_evening(story: Story) -> None:
    """Verified and listed, but nobody opens before the go."""
    t, priya = story.t, story.person("priya")
    complete = ("Rollout complete", "배포 완료")
    await story.time("2026-03-07", "18:00")
    await _read_off(story, "1.5.0")
    await _tick(story, "junho", "during", "migration_ran")
    await _tick(story, "priya", "during")
    waits = t(
        f"Condition not met yet: {GO} (ask: {HANEUL})", f"아직 충족되지 않은 승인 조건: {GO} (담당: {HANEUL})"
    )
    assert await priya.press(t(*complete), CHANNEL) == _missing(story, "v1.5.0", complete, waits)


async def _open_again_on_sunday(story: Story) -> None:
    """After the final test whoever asked for it says go; the channel and the customers hear that it is open."""
    t, alex, priya = story.t, story.person("alex"), story.person("priya")
    await story.time("2026-03-08", "12:00")
    await _read_off(story, "1.5.0")  # what was measured yesterday says nothing of today
    await story.begin_here()
    await alex.press(t("Condition 1 met", "조건 1 충족"), CHANNEL)
    await alex.fill({t("Evidence", "근거"): "40 of 40 green"})
    await priya.press(t("Rollout complete", "배포 완료"), CHANNEL)
    lifted = t(
        "v1.5.0 Code freeze lifted: the deploy is complete. Features may be merged again. — @Priya Nair",
        "v1.5.0 코드 프리즈 해제: 배포 완료. 다시 기능을 병합할 수 있습니다. — @Priya Nair",
    )
    assert story.news() == [
        t(
            f"↳ v1.5.0 Condition met: {GO} — @Alex Rivera\n> 40 of 40 green",
            f"↳ v1.5.0 승인 조건 충족: {GO} — @Alex Rivera\n> 40 of 40 green",
        ),
        t(
            "↳ 🟢 Success v1.5.0 Rollout completed · Stage: Verifying — @Priya Nair",
            "↳ 🟢 성공 v1.5.0 배포 완료 · 단계: 검증 중 — @Priya Nair",
        ),
        f"↳ {lifted}",
        t(
            "🟢 Success v1.5.0 The service is back: it was down for 1 day 6 hr, from yesterday 6:00 AM "
            "(Seoul Sat 7 Mar 06:00) to today 12:00 PM (Seoul Sun 8 Mar 12:00) — @Priya Nair",
            "🟢 성공 v1.5.0 서비스 재개: 중단 시간 1일 6시간, 어제 오전 6:00 (서울 3월 7일(토) 06:00)부터 "
            "오늘 오후 12:00 (서울 3월 8일(일) 12:00)까지 — @Priya Nair",
        ),
        lifted,
    ]
    await _notice(story, "done", t("Customers", "고객"))
    began, ended = t("yesterday 6:00 AM", "어제 오전 6:00"), t("today 12:00 PM", "오늘 오후 12:00")
    back = (
        f"🟢 Success v1.5.0 The service is back: it was down for 1 day 6 hr, from {began} "
        f"(Seoul Sat 7 Mar 06:00) to {ended} (Seoul Sun 8 Mar 12:00) — @Priya Nair"
    )
    assert _told(story, CUSTOMERS) == [
        back,
        f"🟢 Shop has been updated. Thank you for your patience. — {HANEUL}",
    ]
    await ways.verify(story)


async def _closed_by_people(story: Story) -> None:
    """No monitor has watched it: whoever manages the release is asked for the verdict."""
    t, haneul = story.t, story.person("haneul")
    await story.time("2026-03-08", "12:30")
    await _tick(story, "haneul", "soon")
    await _tick(story, "haneul", "finish")
    await story.time("2026-03-09", "11:59")
    await story.begin_here()
    await story.time("2026-03-09", "12:00")
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.5.0 Monitoring is over. Was all well? Then close the release.",
            "↳ 🔵 정보 v1.5.0 모니터링이 끝났습니다. 문제가 없었다면 릴리스를 종료해 주십시오.",
        )
    ]
    assert await haneul.press(t("Close release", "릴리스 종료"), "dm") == t(
        "Recorded: v1.5.0 Closed · Stage: Closed", "기록했습니다: v1.5.0 종료 · 단계: 종료"
    )


# --- a security patch in working hours --------------------------------------------------------------------

SERVERS = 4
PATCH = (
    CHANNELS
    + """
types:
  emergency:
    rollout_rules: {rolling: {batches: 4, watch: 10m}}
"""
)


@pytest.mark.policy(PATCH)
async def test_a_security_patch_in_working_hours(story: Story) -> None:
    await story.time("2026-03-04", "10:00")
    await _patched(story)
    await _noticed_half_an_hour_before(story)
    await _first_server(story)
    await _second_server_and_a_doubt(story)
    await _the_rest(story)
    await _reported(story)


async def _patched(story: Story) -> None:
    t, haneul = story.t, story.person("haneul")
    sha = story.demo.sample.commit(
        "develop", "security(login): check the owner", {"login.owner": "checked"}, at=story.demo.clock()
    )
    await haneul.slash(t("/release start emergency", "/release 시작 긴급"))
    at = datetime(2026, 3, 4, 14, tzinfo=SEOUL)
    await haneul.fill({t("Commits", "커밋"): sha[:10], t("Deploy", "배포"): at})
    await haneul.press(t("Cut branch", "브랜치 생성"), CHANNEL)
    await ways.build(story)
    await ways.pass_qa(story)
    for name in ("junho", "sora"):
        await story.person(name).press(t("Approve", "승인"), "dm")
    await ways.confirm(story)
    await story.time("2026-03-04", "13:29")
    await story.begin_here()
    assert story.card("v1.4.3").buttons[:2] == (t("Way back", "되돌리는 방법"), t("Deploy", "배포"))


async def _noticed_half_an_hour_before(story: Story) -> None:
    """The project and the operations by themselves, customers by a notice."""
    t = story.t
    await story.time("2026-03-04", "13:30")
    ahead = t(
        "v1.4.3 Urgent deploy ahead: today 2:00 PM (Seoul Wed 4 Mar 14:00)\n"
        f"Type: Emergency · Stage: Approved · Captain: {HANEUL}",
        "v1.4.3 긴급 작업 예정: 오늘 오후 2:00 (서울 3월 4일(수) 14:00) 배포\n"
        f"유형: 긴급 · 단계: 승인 · 담당 릴리스 매니저: {HANEUL}",
    )
    assert (story.news(), _told(story, COMPANY)) == ([ahead], [ahead])
    await _notice(story, "ahead", t("Customers", "고객"))
    assert _told(story, CUSTOMERS) == [
        f"📢 We will update Shop: Wed 4 Mar 14:00. You may notice a short interruption. — {HANEUL}"
    ]


async def _first_server(story: Story) -> None:
    """The plan on the card; ten minutes later somebody has to look before it goes on."""
    t, priya = story.t, story.person("priya")
    await story.time("2026-03-04", "14:00")
    await priya.press(t("Deploy", "배포"), CHANNEL)
    assert _rollout(story, "v1.4.3", t("Rollout Rolling", "배포 방식 롤링")) == t(
        [
            "Rollout Rolling",
            "▱▱▱▱▱▱▱▱▱▱ 0/4",
            "▸ Batch 1 of 4  ○ Batch 2 of 4  ○ Batch 3 of 4  ○ Batch 4 of 4",
            "Steps",
            "▶ Batch 1 of 4 · since today 2:00 PM · planned today 2:00 PM to today 2:15 PM",
            "○ Batch 2 of 4 · planned today 2:15 PM to today 2:30 PM",
            "○ Batch 3 of 4 · planned today 2:30 PM to today 2:45 PM",
            "○ Batch 4 of 4 · planned today 2:45 PM to today 3:00 PM",
            "0 of 4 batches have the new version.",
            "Probably over today 3:00 PM (Seoul Wed 4 Mar 15:00)",
        ],
        [
            "배포 방식 롤링",
            "▱▱▱▱▱▱▱▱▱▱ 0/4",
            "▸ 1/4 배치  ○ 2/4 배치  ○ 3/4 배치  ○ 4/4 배치",
            "단계",
            "▶ 1/4 배치 · 오늘 오후 2:00부터 · 계획 오늘 오후 2:00 ~ 오늘 오후 2:15",
            "○ 2/4 배치 · 계획 오늘 오후 2:15 ~ 오늘 오후 2:30",
            "○ 3/4 배치 · 계획 오늘 오후 2:30 ~ 오늘 오후 2:45",
            "○ 4/4 배치 · 계획 오늘 오후 2:45 ~ 오늘 오후 3:00",
            "배치 4개 중 0개에 새 버전이 배포되었습니다.",
            "예상 완료: 오늘 오후 3:00 (서울 3월 4일(수) 15:00)",
        ],
    )
    await _way_back_at_hand(story, 1)
    await _checked(story, 1, "▰▰▱▱▱▱▱▱▱▱")
    assert _rollout(story, "v1.4.3", t("Rollout Rolling", "배포 방식 롤링"))[4:6] == t(
        [
            "✔ Batch 1 of 4 · was today 2:00 PM to today 2:10 PM · planned today 2:00 PM to today 2:15 PM",
            "▶ Batch 2 of 4 · since today 2:10 PM · planned today 2:15 PM to today 2:30 PM",
        ],
        [
            "✔ 1/4 배치 · 실제 오늘 오후 2:00 ~ 오늘 오후 2:10 · 계획 오늘 오후 2:00 ~ 오늘 오후 2:15",
            "▶ 2/4 배치 · 오늘 오후 2:10부터 · 계획 오늘 오후 2:15 ~ 오늘 오후 2:30",
        ],
    )
    assert _progress(story) == (1, "14:43")


async def _second_server_and_a_doubt(story: Story) -> None:
    """It can be held and gone on with at any moment; while it is held nothing more than a rollback is done."""
    t, haneul = story.t, story.person("haneul")
    await _checked(story, 2, "▰▰▰▰▰▱▱▱▱▱")
    assert _progress(story) == (2, "14:42")
    await _way_back_at_hand(story, 3)
    await haneul.press(t("Pause", "일시 중지"), CHANNEL)
    await haneul.fill({t("Why?", "사유"): "a long queue"})
    assert story.news() == [
        t(
            f"↳ 🟠 Warning v1.4.3 Rollout paused — {HANEUL}\n> a long queue",
            f"↳ 🟠 경고 v1.4.3 배포 일시 중지 — {HANEUL}\n> a long queue",
        )
    ]
    assert story.card("v1.4.3").buttons[:3] == (
        t("Continue", "계속"),
        _is_out(story, 3),
        t("Declare rollback", "롤백 선언"),
    )
    paused = t("▰▰▰▰▰▱▱▱▱▱ 2/4 · ⏸ paused", "▰▰▰▰▰▱▱▱▱▱ 2/4 · ⏸ 일시 중지됨")
    assert paused in story.reads("v1.4.3").split("\n")
    await haneul.press(t("Continue", "계속"), CHANNEL)
    assert story.news() == [
        t(
            f"↳ 🔵 Info v1.4.3 Rollout continued — {HANEUL}",
            f"↳ 🔵 정보 v1.4.3 배포 재개 — {HANEUL}",
        )
    ]


async def _the_rest(story: Story) -> None:
    priya = story.person("priya")
    await _checked(story, 3, "▰▰▰▰▰▰▰▰▱▱")
    assert _progress(story) == (3, "14:41")
    await _way_back_at_hand(story, 4)
    await _checked(story, 4, "▰▰▰▰▰▰▰▰▰▰")
    assert _progress(story) == (4, "")
    await priya.slash("/release health 1.4.3 p95 180 ms")
    await ways.roll_out(story, steps=0)
    story.news()


async def _checked(story: Story, number: int, bar: str) -> None:
    """Ten minutes on this server, what was read off the dashboard, and only then the next one."""
    t, priya = story.t, story.person("priya")
    await priya.press(_is_out(story, number), CHANNEL)
    await story.begin_here()
    await story.wait_for(10 * MINUTE)
    last = number == SERVERS
    to = "it was the last step" if last else f"Batch {number + 1} of 4"
    over = t(
        f"🔵 Info v1.4.3 Batch {number} of 4 has been watched for 10 min\n"
        f"All well? Then go on: {to}. If not: pause, or declare a rollback.",
        f"🔵 정보 v1.4.3 {number}/4 배치: 10분 동안 지켜봤습니다\n"
        + ("마지막 단계였습니다. 문제가 없으면 다음으로 넘어가 주십시오. " if last else "")
        + ("" if last else f"문제가 없으면 다음 단계로 넘어가 주십시오: {number + 1}/4 배치. ")
        + "문제가 있으면 일시 중지하거나 롤백을 선언해 주십시오.",
    )
    assert (story.news(), story.dms("priya")) == ([f"↳ {over}"], [over])
    assert story.reads("v1.4.3").split("\n")[3] == t(
        f"Batch {number} of 4 has been watched. "
        f"Waits for the go from DevOps/SRE since today 2:{number}0 PM (Seoul Wed 4 Mar 14:{number}0).",
        f"{number}/4 배치: 지켜보는 시간이 끝났습니다. "
        f"오늘 오후 2:{number}0 (서울 3월 4일(수) 14:{number}0)부터 진행 결정을 기다립니다. 담당: DevOps/SRE",
    )
    await priya.slash("/release health 1.4.3 errors 0.2 %")
    on = (
        t("Go on", "다음 단계로")
        if last
        else t(f"Go on: Batch {number + 1} of 4", f"다음 단계로: {number + 1}/4 배치")
    )
    await priya.press(on, CHANNEL)
    assert story.news() == [
        t(
            "↳ v1.4.3 Measured in production: Errors 0.2 % — @Priya Nair",
            "↳ v1.4.3 측정됨 (프로덕션): 오류율 0.2 % — @Priya Nair",
        ),
        t(
            f"↳ 🔵 Info v1.4.3 Batch {number} of 4 {bar} {number}/4 — @Priya Nair",
            f"↳ 🔵 정보 v1.4.3 {number}/4 배치 {bar} {number}/4 — @Priya Nair",
        ),
    ]


def _progress(story: Story) -> tuple[int, str]:
    """How many servers are done and when it will probably be over, as the card says live."""
    lines = story.reads("v1.4.3").split("\n")
    done = next(
        n
        for n in range(SERVERS + 1)
        if story.t(
            f"{n} of 4 batches have the new version.", f"배치 4개 중 {n}개에 새 버전이 배포되었습니다."
        )
        in lines
    )
    over = [line for line in lines if line.startswith(story.t("Probably over", "예상 완료"))]
    return done, over[0][-6:-1] if over else ""


async def _way_back_at_hand(story: Story, number: int) -> None:
    """Whoever watches can hold it, or take it back: what is being put out may be anywhere."""
    t = story.t
    found = [one for one in story.card("v1.4.3").buttons if one not in _LOOKING]
    assert found == [_is_out(story, number), t("Pause", "일시 중지"), t("Declare rollback", "롤백 선언")]


def _is_out(story: Story, number: int) -> str:
    return story.t(f"Batch {number} of 4 is out", f"{number}/4 배치 반영 완료")


_LOOKING = {"Changes", "변경 사항", "Notes", "노트", "Checklists", "체크리스트"}


async def _reported(story: Story) -> None:
    """Its notes are the report, and the company reads that it is over."""
    t = story.t
    await ways.verify(story)
    report = story.person("haneul").reads(t("Release notes v1.4.3", "릴리스 노트 v1.4.3"))
    assert report == t(
        "Release notes v1.4.3\n"
        "Version\nv1.4.3\nType\nEmergency\nDate\n2026-03-04\nPrevious version\nv1.4.2\n"
        "Security fixes\n• login: check the owner (<commit>) – Emma Jones\n"
        "Breaking changes\nNone.",
        "릴리스 노트 v1.4.3\n"
        "버전\nv1.4.3\n유형\n긴급\n날짜\n2026-03-04\n이전 버전\nv1.4.2\n"
        "보안 수정\n• login: check the owner (<commit>) – Emma Jones\n"
        "호환성이 깨지는 변경\n없음",
    )
    await _notice(story, "done", t("Company", "전사"))
    assert _told(story, COMPANY) == [
        t(
            f"🟢 Shop v1.4.3 is in production. Please report anything unusual here. — {HANEUL}",
            f"🟢 상점 v1.4.3 배포가 완료되었습니다. 이상한 점이 있으면 여기에 알려 주세요. — {HANEUL}",
        )
    ]
