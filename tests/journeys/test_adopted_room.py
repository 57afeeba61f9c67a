from __future__ import annotations

from datetime import timedelta
from functools import partial

from sandbox.sample_repo import SECOND_BATCH
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story, until

ROOM = "#general"


async def test_a_channel_becomes_the_war_room_and_its_lock_holds_the_next_deploy(story: Story) -> None:
    await _adopted(story)
    await _declared_inside(story)
    await _resolved(story)
    await _channel_stays(story)
    await _next_deploy_is_locked(story)
    await _unlocked(story)


async def _adopted(story: Story) -> None:
    """People are talking in a channel already, and Naru is not even in it: it becomes the war room."""
    t = story.t
    minjae, guest = story.people("minjae", "guest")
    await ways.to_production(story, "v1.5.0")
    await minjae.person.say(ROOM, "Sign-in is slow since two o'clock")
    await story.begin_here()
    assert await guest.slash(t("/release warroom here v1.5.0", "/release 워룸 여기 v1.5.0")) == t(
        "Opening a war room is for: release manager, tech lead, PM, incident commander, QA lead, DevOps/SRE, DBA, on-call or implementation manager.\n"
        "Who can: @Alex Rivera @Daniel Weber @Emma Jones @김하늘 (Haneul Kim) @이준호 (Junho Lee) @최민재 (Minjae Choi) @Priya Nair @박소라 (Sora Park)",
        "워룸 개설 권한이 있는 역할: 릴리스 매니저, 테크 리드, PM, 장애 지휘관, QA 리드, DevOps/SRE, DB 관리자, 온콜 또는 구현 책임자\n"
        "할 수 있는 사람: @Alex Rivera @Daniel Weber @Emma Jones @김하늘 (Haneul Kim) @이준호 (Junho Lee) @최민재 (Minjae Choi) @Priya Nair @박소라 (Sora Park)",
    )
    assert await minjae.slash(t("/release warroom here v1.5.0", "/release 워룸 여기 v1.5.0"), ROOM) == t(
        "Recorded: War room opened: #general v1.5.0\nThe war room is being prepared; its people are invited.",
        "기록했습니다: 워룸 개설: #general v1.5.0\n워룸을 준비하고 담당자를 초대하고 있습니다.",
    )
    assert story.news() == [
        t(
            "↳ War room opened: #general v1.5.0 — @최민재 (Minjae Choi)",
            "↳ 워룸 개설: #general v1.5.0 — @최민재 (Minjae Choi)",
        )
    ]
    assert story.news(ROOM, "minjae") == [
        "@Naru has joined the channel",
        t(
            "set the channel topic: War room v1.5.0 · Nobody is in command yet",
            "set the channel topic: 워룸 v1.5.0 · 아직 지휘를 맡은 사람이 없습니다",
        ),
        t("War room v1.5.0", "워룸 v1.5.0"),
        t("War room v1.5.0 · War room open", "워룸 v1.5.0 · 워룸 열림"),
        t(
            "Who takes command? Nobody holds the incident commander's seat.\n"
            "Can take it: incident commander @최민재 (Minjae Choi)",
            "누가 지휘를 맡습니까? 장애 지휘관이 아직 없습니다.\n"
            "맡을 수 있는 사람: 장애 지휘관 @최민재 (Minjae Choi)",
        ),
        t(
            "State when the war room was opened · today 2:00 PM (Seoul Tue 3 Mar 14:00)\n"
            "v1.5.0 · Verifying\n"
            "Blue/green 2/2",
            "워룸 개설 시점의 상태 · 오늘 오후 2:00 (서울 3월 3일(화) 14:00)\n"
            "v1.5.0 · 검증 중\n"
            "블루/그린 2/2",
        ),
    ]
    assert minjae.reads(t("Emergency contacts", "비상 연락처"), ROOM) == t(
        "War room v1.5.0\n"
        "Incident commander\n"
        "nobody yet\n"
        "State\n"
        "War room open\n"
        "Opened\n"
        "@최민재 (Minjae Choi) · today 2:00 PM\n"
        "Roles\n"
        "Release manager: @Alex Rivera @김하늘 (Haneul Kim)\n"
        "Tech lead: @이준호 (Junho Lee)\n"
        "PM: @박소라 (Sora Park)\n"
        "Incident commander: @최민재 (Minjae Choi)\n"
        "QA lead: @Daniel Weber\n"
        "DevOps/SRE: @Priya Nair\n"
        "DBA: @이준호 (Junho Lee)\n"
        "On-call: @Emma Jones @Priya Nair\n"
        "Implementation manager: @김하늘 (Haneul Kim)\n"
        "Emergency contacts\n"
        "on-call: Priya Nair @Priya Nair +82 2 0000 0101\n"
        "database: 이준호 @이준호 (Junho Lee) +82 2 0000 0102\n"
        "In here: /release log /release step /release ic /release escalate /release resolve",
        "워룸 v1.5.0\n"
        "장애 지휘관\n"
        "아직 없음\n"
        "상태\n"
        "워룸 열림\n"
        "개설\n"
        "@최민재 (Minjae Choi) · 오늘 오후 2:00\n"
        "역할\n"
        "릴리스 매니저: @Alex Rivera @김하늘 (Haneul Kim)\n"
        "테크 리드: @이준호 (Junho Lee)\n"
        "PM: @박소라 (Sora Park)\n"
        "장애 지휘관: @최민재 (Minjae Choi)\n"
        "QA 리드: @Daniel Weber\n"
        "DevOps/SRE: @Priya Nair\n"
        "DB 관리자: @이준호 (Junho Lee)\n"
        "온콜: @Emma Jones @Priya Nair\n"
        "구현 책임자: @김하늘 (Haneul Kim)\n"
        "비상 연락처\n"
        "온콜: Priya Nair @Priya Nair +82 2 0000 0101\n"
        "데이터베이스: 이준호 @이준호 (Junho Lee) +82 2 0000 0102\n"
        "이곳에서 쓰는 명령: /release log /release step /release ic /release escalate /release resolve",
    )
    assert story.card("v1.5.0").buttons == (
        t("Verified", "검증 완료"),
        t("Fix forward", "핫픽스로 수정"),
        t("Declare rollback", "롤백 선언"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
        t("Checklists", "체크리스트"),
    )
    assert await minjae.slash(t("/release warroom here v1.5.0", "/release 워룸 여기 v1.5.0"), ROOM) == t(
        "A war room is already open for this.\n• By @최민재 (Minjae Choi)\nNothing was changed.",
        "워룸이 이미 열려 있습니다.\n• 처리한 사람: @최민재 (Minjae Choi)\n변경된 것은 없습니다.",
    )
    assert await minjae.press(t("Take command", "지휘 맡기"), ROOM) == ""
    assert story.demo.box.workspace.channel_named(ROOM).topic == t(
        "War room v1.5.0 · Incident commander: <@U0MINJAE06>", "워룸 v1.5.0 · 장애 지휘관: <@U0MINJAE06>"
    )


async def _declared_inside(story: Story) -> None:
    """In the room the release is known, and the room is kept."""
    t = story.t
    minjae = story.person("minjae")
    story.news(ROOM, "minjae")
    assert await minjae.slash(t("/release rollback", "/release 롤백"), ROOM) == ""
    assert minjae.modal.text == t(
        "v1.5.0 is taken back from production.\n"
        "This war room is kept, and further deploys of the project are locked.\n"
        "What is met?\n"
        "Evidence\n"
        "Numbers, a dashboard, what users say.\n"
        "Does it carry a database migration?\n"
        "Can the old version run on the new schema?\n"
        "If it cannot, the database goes back first.\n"
        "Does the service stop?\n"
        "Yes begins the outage notice at once, No leaves it out.\n"
        "Go back to\n"
        "v1.4.2 still stands: users are simply sent back to it. For another version the application goes back "
        "first.\n"
        "Incident commander\n"
        "Empty: the war room asks until somebody takes command.",
        "v1.5.0: 프로덕션에서 되돌립니다.\n"
        "이 워룸을 그대로 쓰며 이 프로젝트의 추가 배포를 잠급니다.\n"
        "어떤 롤백 기준에 해당합니까?\n"
        "근거\n"
        "수치, 대시보드, 사용자 제보를 적어 주세요.\n"
        "DB 마이그레이션이 있습니까?\n"
        "이전 버전이 새 스키마에서 동작합니까?\n"
        "동작하지 않으면 데이터베이스를 먼저 되돌립니다.\n"
        "서비스가 중단됩니까?\n"
        "예: 장애 공지를 바로 시작합니다. 아니요: 장애 공지를 건너뜁니다.\n"
        "되돌아갈 버전\n"
        "v1.4.2 버전이 아직 그대로 있어 사용자만 되돌리면 됩니다. 다른 버전을 고르면 애플리케이션을 먼저 "
        "되돌립니다.\n"
        "장애 지휘관\n"
        "비워 두면 누군가 맡을 때까지 워룸에서 묻습니다.",
    )
    assert (
        await minjae.fill(
            {
                t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Latency (P95)", "지연 시간(P95)")],
                t("Evidence", "근거"): "P95 4.1 s",
            }
        )
        == ""
    )
    assert story.news() == [
        t(
            "↳ 🔴 Critical Rollback declared: v1.5.0 → v1.4.2 — @최민재 (Minjae Choi)\n"
            "Criteria: Latency (P95)\n"
            "DB migration: yes\n"
            "> P95 4.1 s",
            "↳ 🔴 심각 롤백 선언: v1.5.0 → v1.4.2 — @최민재 (Minjae Choi)\n"
            "롤백 기준: 지연 시간(P95)\n"
            "DB 마이그레이션: 예\n"
            "> P95 4.1 s",
        ),
        t(
            "↳ Deploys locked after v1.5.0, until a release manager or the incident commander lifts the lock. — @최민재 (Minjae Choi)\n"
            "> P95 4.1 s",
            "↳ 배포 잠금: v1.5.0 롤백으로 배포를 잠갔습니다. 릴리스 매니저나 장애 지휘관이 해제할 수 있습니다. — @최민재 (Minjae Choi)\n"
            "> P95 4.1 s",
        ),
        t(
            "🔴 Critical Rollback under way: v1.5.0 → v1.4.2. Progress is in the war room. — @최민재 (Minjae Choi)",
            "🔴 심각 롤백 진행 중: v1.5.0 → v1.4.2. 진행 상황은 워룸에서 확인할 수 있습니다. — @최민재 (Minjae Choi)",
        ),
    ]
    assert story.news(ROOM, "minjae") == [
        t(
            "🔴 Critical Rollback declared: v1.5.0 → v1.4.2 — @최민재 (Minjae Choi)\n"
            "Criteria: Latency (P95)\n"
            "DB migration: yes\n"
            "> P95 4.1 s",
            "🔴 심각 롤백 선언: v1.5.0 → v1.4.2 — @최민재 (Minjae Choi)\n"
            "롤백 기준: 지연 시간(P95)\n"
            "DB 마이그레이션: 예\n"
            "> P95 4.1 s",
        ),
        t(
            "Deploys locked after v1.5.0, until a release manager or the incident commander lifts the lock. — @최민재 (Minjae Choi)\n"
            "> P95 4.1 s",
            "배포 잠금: v1.5.0 롤백으로 배포를 잠갔습니다. 릴리스 매니저나 장애 지휘관이 해제할 수 있습니다. — @최민재 (Minjae Choi)\n"
            "> P95 4.1 s",
        ),
        t(
            "🔵 Info Decision and notice: started · @최민재 (Minjae Choi)",
            "🔵 정보 결정 및 공지: 시작 · @최민재 (Minjae Choi)",
        ),
        t("Incident commander: @최민재 (Minjae Choi)", "장애 지휘관: @최민재 (Minjae Choi)"),
        t(
            "set the channel topic: Rollback of v1.5.0 · Incident commander: @최민재 (Minjae Choi)",
            "set the channel topic: 롤백: v1.5.0 · 장애 지휘관: @최민재 (Minjae Choi)",
        ),
        t(
            "State when the rollback was declared · today 2:00 PM (Seoul Tue 3 Mar 14:00)\n"
            "v1.5.0 · Verifying\n"
            "Blue/green 2/2",
            "롤백 선언 시점의 상태 · 오늘 오후 2:00 (서울 3월 3일(화) 14:00)\n"
            "v1.5.0 · 검증 중\n"
            "블루/그린 2/2",
        ),
    ]
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Regular release\n"
        "↩ Rolling back\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ● Approved  ● Deploying  ◌ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "The rollback is under way in the war room; it ends there.\n"
        "Rolling back since today 2:00 PM\n"
        "🔒 Deploys of this project are locked. P95 4.1 s\n"
        "Deploy\n"
        "deployed today 2:00 PM (Seoul Tue 3 Mar 14:00)\n"
        "Code freeze\n"
        "lifted today 2:00 PM (Seoul Tue 3 Mar 14:00)\n"
        "Changes\n"
        "21 in all: features 6, improvements 1, fixes 6, security 1, other 7\n"
        "DB migrations 1 · environment variables 3\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/v1.5.0\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Rollout Blue/green\n"
        "▰▰▰▰▰▰▰▰▰▰ 2/2\n"
        "✓ Green side  ✓ Traffic switched\n"
        "Shop War room #general",
        "v1.5.0 · 정기 릴리스\n"
        "↩ 롤백 중\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ● 승인  ● 배포 중  ◌ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "워룸에서 롤백을 진행하고 있으며 워룸에서 마칩니다.\n"
        "롤백 중: 오늘 오후 2:00부터\n"
        "🔒 이 프로젝트의 배포가 잠겨 있습니다. P95 4.1 s\n"
        "배포\n"
        "오늘 오후 2:00 (서울 3월 3일(화) 14:00) 배포됨\n"
        "코드 프리즈\n"
        "오늘 오후 2:00 (서울 3월 3일(화) 14:00) 해제됨\n"
        "변경 사항\n"
        "모두 21건: 기능 6, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "DB 마이그레이션 1 · 환경 변수 3\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/v1.5.0\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "배포 방식 블루/그린\n"
        "▰▰▰▰▰▰▰▰▰▰ 2/2\n"
        "✓ 그린 정상 확인  ✓ 트래픽 전환\n"
        "상점 워룸 #general",
    )
    assert not [c for c in story.demo.box.workspace.channels.values() if c.name.startswith("rollback-")]


async def _resolved(story: Story) -> None:
    """Step by step, then resolved: there is no way around a step that is open."""
    t = story.t
    minjae = story.person("minjae")
    await story.wait_for(timedelta(minutes=4))
    await ways.put_back(story, ROOM)
    story.news(ROOM, "minjae")
    assert (
        await minjae.slash(
            t("/release resolve an index was missing", "/release 해결 an index was missing"), ROOM
        )
        == ""
    )
    assert story.news() == [
        t(
            "↳ 🟢 Success War room resolved · Time to restore: 4 min — @최민재 (Minjae Choi)\n> an index was missing",
            "↳ 🟢 성공 워룸 해결 · 복구 시간: 4분 — @최민재 (Minjae Choi)\n> an index was missing",
        ),
        t(
            "🟢 Success Rollback complete: v1.5.0 → v1.4.2. The service is back to normal. · Time to restore: 4 min — @최민재 (Minjae Choi)",
            "🟢 성공 롤백 완료: v1.5.0 → v1.4.2. 서비스가 정상화되었습니다. · 복구 시간: 4분 — @최민재 (Minjae Choi)",
        ),
    ]
    assert story.news(ROOM, "minjae") == [
        t(
            "🔵 Info Outage notice: skipped — @최민재 (Minjae Choi)",
            "🔵 정보 장애 공지: 건너뜀 — @최민재 (Minjae Choi)",
        ),
        t(
            "🟢 Success Completion notice: done · @최민재 (Minjae Choi)",
            "🟢 성공 완료 공지: 완료 · @최민재 (Minjae Choi)",
        ),
        t(
            "🟢 Success War room resolved · Time to restore: 4 min — @최민재 (Minjae Choi)\n> an index was missing",
            "🟢 성공 워룸 해결 · 복구 시간: 4분 — @최민재 (Minjae Choi)\n> an index was missing",
        ),
        t("Post-mortem draft · Rollback of v1.5.0", "사후 분석 초안 · 롤백: v1.5.0"),
    ]


async def _channel_stays(story: Story) -> None:
    """An adopted channel outlives its war room."""
    t = story.t
    minjae = story.person("minjae")
    await ways.tick_in_room(story, "minjae", ROOM)
    assert story.news(ROOM, "minjae") == [
        t(
            "v1.5.0 · After the rollback · Done: 6 items — @최민재 (Minjae Choi)",
            "v1.5.0 · 롤백 후 · 완료: 6개 항목 — @최민재 (Minjae Choi)",
        )
    ]
    assert await minjae.press(t("Close post-mortem", "사후 분석 완료"), ROOM) == ""
    assert await minjae.fill({}) == ""
    assert story.news(ROOM, "minjae") == [
        t("Post-mortem closed — @최민재 (Minjae Choi)", "사후 분석 완료 — @최민재 (Minjae Choi)"),
        "사후 분석 파일",
        "The post-mortem as a file",
    ]
    assert not story.demo.box.workspace.channel_named(ROOM).is_archived
    assert await minjae.slash(t("/release log all quiet", "/release 기록 all quiet"), ROOM) == t(
        "The war room is already resolved.\nNothing was changed.",
        "워룸이 이미 해결되었습니다.\n변경된 것은 없습니다.",
    )


async def _next_deploy_is_locked(story: Story) -> None:
    """The next release is approved, confirmed, soaked and in its window: the lock alone holds it."""
    t = story.t
    work = partial(story.demo.sample.subjects, "v1.4.2..develop")
    await until(lambda: SECOND_BATCH in work(), "the work for the next release lands on develop")
    await story.settled()
    priya = story.person("priya")
    await ways.to_ready(story, "v1.5.1")
    await story.time_of_window()
    await story.begin_here()
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.1: one thing is missing.\n"
        "• The gate is closed: Deploys are locked: P95 4.1 s (ask: release manager or incident commander)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.1 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 배포가 잠겨 있습니다: P95 4.1 s (담당: 릴리스 매니저 또는 장애 지휘관)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert story.news() == []
    assert story.reads("v1.5.1") == t(
        "v1.5.1 · Regular release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ◉ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Approved, but deploys of the project are locked. Waits for the lock to be lifted by release manager or incident commander.\n"
        "Approved since Mar 3 2:04 PM\n"
        "🔒 Deploys of this project are locked. P95 4.1 s\n"
        "Deploy\n"
        "Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00)\n"
        "Code freeze\n"
        "Mar 9 2:00 PM (Seoul Mon 9 Mar 14:00)\n"
        "Changes\n"
        "27 in all: features 8, improvements 2, fixes 7, security 1, other 9\n"
        "DB migrations 1 · environment variables 4\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/v1.5.1\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Soak\n"
        "over since yesterday 2:04 PM (Seoul Wed 4 Mar 14:04)\n"
        "Approvals 1 of 1\n"
        "✓ Release manager: @Alex Rivera\n"
        "⚠ Way back ready · never rehearsed\n"
        "Checklists\n"
        "☑ Before the release 35 of 35\n"
        "☐ At the start 5 of 6\n"
        "Deploying now\n"
        "🔴 Closed until somebody opens it\n"
        "• Deploys are locked: P95 4.1 s\n"
        "Shop",
        "v1.5.1 · 정기 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ◉ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "승인되었지만 프로젝트의 배포가 잠겨 있습니다. 잠금 해제를 기다립니다. 담당: 릴리스 매니저 또는 장애 지휘관\n"
        "승인: 3월 3일 오후 2:04부터\n"
        "🔒 이 프로젝트의 배포가 잠겨 있습니다. P95 4.1 s\n"
        "배포\n"
        "3월 12일 오후 2:00 (서울 3월 12일(목) 14:00)\n"
        "코드 프리즈\n"
        "3월 9일 오후 2:00 (서울 3월 9일(월) 14:00)\n"
        "변경 사항\n"
        "모두 27건: 기능 8, 개선 2, 수정 7, 보안 1, 기타 9\n"
        "DB 마이그레이션 1 · 환경 변수 4\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/v1.5.1\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "스테이징 안정화\n"
        "어제 오후 2:04 (서울 3월 4일(수) 14:04) 끝남\n"
        "승인 1/1\n"
        "✓ 릴리스 매니저: @Alex Rivera\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "체크리스트\n"
        "☑ 릴리스 전 35/35\n"
        "☐ 배포 시작 5/6\n"
        "지금 배포\n"
        "🔴 닫힘 · 누군가 열기 전까지\n"
        "• 배포가 잠겨 있습니다: P95 4.1 s\n"
        "상점",
    )


async def _unlocked(story: Story) -> None:
    """Whoever may lifts it and says why; the same button deploys."""
    t = story.t
    alex, priya = story.people("alex", "priya")
    assert await alex.press(t("Lift the lock", "잠금 해제"), CHANNEL) == ""
    assert await alex.fill({t("Why is it safe again?", "왜 다시 안전합니까?"): "the index is there"}) == t(
        "Recorded: Deploys unlocked\n> the index is there",
        "기록했습니다: 배포 잠금 해제\n> the index is there",
    )
    assert story.news() == [
        t(
            "Deploys unlocked — @Alex Rivera\n> the index is there",
            "배포 잠금 해제 — @Alex Rivera\n> the index is there",
        )
    ]
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Recorded: v1.5.1 Asked of git: Deploy. The result follows.",
        "기록했습니다: v1.5.1 git 작업 요청: 배포. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.1 Asked of git: Deploy. The result follows. — @Priya Nair",
            "↳ v1.5.1 git 작업 요청: 배포. 결과는 곧 알려 드립니다. — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.5.1 Deploy started (rc.1 <commit>) · Stage: Deploying — @Priya Nair",
            "↳ 🔵 정보 v1.5.1 배포 시작 (rc.1 <commit>) · 단계: 배포 중 — @Priya Nair",
        ),
    ]
    await ways.roll_out(story)
    await ways.verify(story)
    await ways.close(story)
    story.news()
    assert story.card("v1.5.1").buttons == (
        t("Declare rollback", "롤백 선언"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
    )
