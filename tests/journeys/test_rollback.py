from __future__ import annotations

from datetime import timedelta

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

ROOM = "#rollback-v1-6-0"


async def test_a_rollback_is_led_from_its_war_room_to_the_post_mortem(story: Story) -> None:
    await _in_trouble(story)
    await _taken_command(story)
    await _restored(story)
    await _resolved(story)
    await _locked_until_lifted(story)
    await _written(story)
    await _post_mortem_closed(story)
    await _followed(story)


async def _in_trouble(story: Story) -> None:
    """v1.6.0 is in verification when it shows trouble; the rollback is declared on its card."""
    t = story.t
    minjae = story.person("minjae")
    await ways.to_second_work(story)
    await ways.to_production(story, "v1.6.0", by="alex", approver="haneul")
    await story.begin_here()
    assert story.reads("v1.6.0") == t(
        "v1.6.0 · Regular release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ● Approved  ● Deploying  ◉ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "In production. Waits for verification from QA lead or release manager.\n"
        "Verifying since today 2:00 PM\n"
        "Deploy\n"
        "deployed today 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Code freeze\n"
        "lifted today 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Changes\n"
        "6 in all: features 2, improvements 1, fixes 1, other 2\n"
        "environment variables 1\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/v1.6.0\n"
        "Previous version\n"
        "v1.5.0\n"
        "Started by\n"
        "@Alex Rivera\n"
        "Rollout Blue/green\n"
        "▰▰▰▰▰▰▰▰▰▰ 2/2\n"
        "✓ Green side  ✓ Traffic switched\n"
        "Steps\n"
        "✔ Green side · was today 2:00 PM to today 2:00 PM · planned today 2:00 PM to today 2:10 PM\n"
        "✔ Traffic switched · was today 2:00 PM to today 2:00 PM · planned today 2:10 PM to today 2:15 PM\n"
        "Blue is kept for the way back until monitoring ends.\n"
        "Checklists\n"
        "☐ Right after the release 0 of 8\n"
        "☐ 30 minutes after the release 0 of 4\n"
        "☐ To finish 1 of 8\n"
        "Shop",
        "v1.6.0 · 정기 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ● 승인  ● 배포 중  ◉ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "프로덕션에 배포되었습니다. 검증을 기다립니다. 담당: QA 리드 또는 릴리스 매니저\n"
        "검증 중: 오늘 오후 2:00부터\n"
        "배포\n"
        "오늘 오후 2:00 (서울 3월 5일(목) 14:00) 배포됨\n"
        "코드 프리즈\n"
        "오늘 오후 2:00 (서울 3월 5일(목) 14:00) 해제됨\n"
        "변경 사항\n"
        "모두 6건: 기능 2, 개선 1, 수정 1, 기타 2\n"
        "환경 변수 1\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/v1.6.0\n"
        "이전 버전\n"
        "v1.5.0\n"
        "시작한 사람\n"
        "@Alex Rivera\n"
        "배포 방식 블루/그린\n"
        "▰▰▰▰▰▰▰▰▰▰ 2/2\n"
        "✓ 그린 정상 확인  ✓ 트래픽 전환\n"
        "단계\n"
        "✔ 그린 정상 확인 · 실제 오늘 오후 2:00 ~ 오늘 오후 2:00 · 계획 오늘 오후 2:00 ~ 오늘 오후 2:10\n"
        "✔ 트래픽 전환 · 실제 오늘 오후 2:00 ~ 오늘 오후 2:00 · 계획 오늘 오후 2:10 ~ 오늘 오후 2:15\n"
        "블루 환경은 되돌릴 때를 위해 모니터링이 끝날 때까지 유지합니다.\n"
        "체크리스트\n"
        "☐ 배포 직후 0/8\n"
        "☐ 배포 30분 후 0/4\n"
        "☐ 마무리 1/8\n"
        "상점",
    )
    assert story.card("v1.6.0").buttons == (
        t("Verified", "검증 완료"),
        t("Fix forward", "핫픽스로 수정"),
        t("Declare rollback", "롤백 선언"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
        t("Checklists", "체크리스트"),
    )
    assert await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL) == ""
    assert minjae.modal.text == t(
        "v1.6.0 is taken back from production.\n"
        "A war room opens, its people are called, and further deploys of the project are locked.\n"
        "What is met?\n"
        "Evidence\n"
        "Numbers, a dashboard, what users say.\n"
        "Does it carry a database migration?\n"
        "Can the old version run on the new schema?\n"
        "If it cannot, the database goes back first.\n"
        "Does the service stop?\n"
        "Yes begins the outage notice at once, No leaves it out.\n"
        "Go back to\n"
        "v1.5.0 still stands: users are simply sent back to it. For another version the application goes back "
        "first.\n"
        "Incident commander\n"
        "Empty: the war room asks until somebody takes command.",
        "v1.6.0: 프로덕션에서 되돌립니다.\n"
        "워룸을 열고 담당자를 부르며 이 프로젝트의 추가 배포를 잠급니다.\n"
        "어떤 롤백 기준에 해당합니까?\n"
        "근거\n"
        "수치, 대시보드, 사용자 제보를 적어 주세요.\n"
        "DB 마이그레이션이 있습니까?\n"
        "이전 버전이 새 스키마에서 동작합니까?\n"
        "동작하지 않으면 데이터베이스를 먼저 되돌립니다.\n"
        "서비스가 중단됩니까?\n"
        "예: 장애 공지를 바로 시작합니다. 아니요: 장애 공지를 건너뜁니다.\n"
        "되돌아갈 버전\n"
        "v1.5.0 버전이 아직 그대로 있어 사용자만 되돌리면 됩니다. 다른 버전을 고르면 애플리케이션을 먼저 "
        "되돌립니다.\n"
        "장애 지휘관\n"
        "비워 두면 누군가 맡을 때까지 워룸에서 묻습니다.",
    )
    assert minjae.modal.fields == {
        t("What is met?", "어떤 롤백 기준에 해당합니까?"): [],
        t("Evidence", "근거"): None,
        t("Does it carry a database migration?", "DB 마이그레이션이 있습니까?"): t("No", "아니요"),
        t("Can the old version run on the new schema?", "이전 버전이 새 스키마에서 동작합니까?"): t(
            "Yes", "예"
        ),
        t("Does the service stop?", "서비스가 중단됩니까?"): None,
        t("Go back to", "되돌아갈 버전"): "v1.5.0",
        t("Incident commander", "장애 지휘관"): "최민재 (Minjae Choi)",
    }
    assert await minjae.fill(
        {
            t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Error rate", "오류율")],
            t("Evidence", "근거"): "5xx 7 %",
            t("Incident commander", "장애 지휘관"): None,
        }
    ) == t(
        "Recorded: Rollback declared: v1.6.0 → v1.5.0\n"
        "Criteria: Error rate\n"
        "DB migration: no\n"
        "> 5xx 7 %\n"
        "The war room is being prepared; its people are invited.",
        "기록했습니다: 롤백 선언: v1.6.0 → v1.5.0\n"
        "롤백 기준: 오류율\n"
        "DB 마이그레이션: 아니요\n"
        "> 5xx 7 %\n"
        "워룸을 준비하고 담당자를 초대하고 있습니다.",
    )
    assert story.news() == [
        t(
            "↳ 🔴 Critical Rollback declared: v1.6.0 → v1.5.0 — @최민재 (Minjae Choi)\n"
            "Criteria: Error rate\n"
            "DB migration: no\n"
            "> 5xx 7 %",
            "↳ 🔴 심각 롤백 선언: v1.6.0 → v1.5.0 — @최민재 (Minjae Choi)\n"
            "롤백 기준: 오류율\n"
            "DB 마이그레이션: 아니요\n"
            "> 5xx 7 %",
        ),
        t(
            "↳ Deploys locked after v1.6.0, until a release manager or the incident commander lifts the lock. — @최민재 (Minjae Choi)\n"
            "> 5xx 7 %",
            "↳ 배포 잠금: v1.6.0 롤백으로 배포를 잠갔습니다. 릴리스 매니저나 장애 지휘관이 해제할 수 있습니다. — @최민재 (Minjae Choi)\n"
            "> 5xx 7 %",
        ),
        t(
            "🔴 Critical Rollback under way: v1.6.0 → v1.5.0. Progress is in the war room. — @최민재 (Minjae Choi)",
            "🔴 심각 롤백 진행 중: v1.6.0 → v1.5.0. 진행 상황은 워룸에서 확인할 수 있습니다. — @최민재 (Minjae Choi)",
        ),
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        "@Naru has joined the channel",
        "@Alex Rivera has joined the channel",
        "@Daniel Weber has joined the channel",
        "@Emma Jones has joined the channel",
        "@이준호 (Junho Lee) has joined the channel",
        "@최민재 (Minjae Choi) has joined the channel",
        "@Priya Nair has joined the channel",
        t(
            "set the channel topic: Rollback of v1.6.0 · Nobody is in command yet",
            "set the channel topic: 롤백: v1.6.0 · 아직 지휘를 맡은 사람이 없습니다",
        ),
        t("Rollback of v1.6.0", "롤백: v1.6.0"),
        t("Rollback of v1.6.0 · Rolling back", "롤백: v1.6.0 · 롤백 중"),
        t(
            "Who takes command? Nobody holds the incident commander's seat.\n"
            "Can take it: incident commander @최민재 (Minjae Choi)",
            "누가 지휘를 맡습니까? 장애 지휘관이 아직 없습니다.\n"
            "맡을 수 있는 사람: 장애 지휘관 @최민재 (Minjae Choi)",
        ),
        t(
            "State when the rollback was declared · today 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
            "v1.6.0 · Verifying\n"
            "Blue/green 2/2",
            "롤백 선언 시점의 상태 · 오늘 오후 2:00 (서울 3월 5일(목) 14:00)\n"
            "v1.6.0 · 검증 중\n"
            "블루/그린 2/2",
        ),
    ]
    assert story.reads("v1.6.0") == t(
        "v1.6.0 · Regular release\n"
        "↩ Rolling back\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ● Approved  ● Deploying  ◌ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "The rollback is under way in the war room; it ends there.\n"
        "Rolling back since today 2:00 PM\n"
        "🔒 Deploys of this project are locked. 5xx 7 %\n"
        "Deploy\n"
        "deployed today 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Code freeze\n"
        "lifted today 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Changes\n"
        "6 in all: features 2, improvements 1, fixes 1, other 2\n"
        "environment variables 1\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/v1.6.0\n"
        "Previous version\n"
        "v1.5.0\n"
        "Started by\n"
        "@Alex Rivera\n"
        "Rollout Blue/green\n"
        "▰▰▰▰▰▰▰▰▰▰ 2/2\n"
        "✓ Green side  ✓ Traffic switched\n"
        "Shop War room #rollback-v1-6-0",
        "v1.6.0 · 정기 릴리스\n"
        "↩ 롤백 중\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ● 승인  ● 배포 중  ◌ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "워룸에서 롤백을 진행하고 있으며 워룸에서 마칩니다.\n"
        "롤백 중: 오늘 오후 2:00부터\n"
        "🔒 이 프로젝트의 배포가 잠겨 있습니다. 5xx 7 %\n"
        "배포\n"
        "오늘 오후 2:00 (서울 3월 5일(목) 14:00) 배포됨\n"
        "코드 프리즈\n"
        "오늘 오후 2:00 (서울 3월 5일(목) 14:00) 해제됨\n"
        "변경 사항\n"
        "모두 6건: 기능 2, 개선 1, 수정 1, 기타 2\n"
        "환경 변수 1\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/v1.6.0\n"
        "이전 버전\n"
        "v1.5.0\n"
        "시작한 사람\n"
        "@Alex Rivera\n"
        "배포 방식 블루/그린\n"
        "▰▰▰▰▰▰▰▰▰▰ 2/2\n"
        "✓ 그린 정상 확인  ✓ 트래픽 전환\n"
        "상점 워룸 #rollback-v1-6-0",
    )
    assert story.card("v1.6.0").buttons == (
        t("Lift the lock", "잠금 해제"),
        t("Rollback complete", "롤백 완료"),
        t("Stand down", "롤백 철회"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
    )
    assert minjae.reads(t("Emergency contacts", "비상 연락처"), ROOM) == t(
        "Rollback of v1.6.0\n"
        "Incident commander\n"
        "nobody yet\n"
        "State\n"
        "Rolling back\n"
        "Declared\n"
        "@최민재 (Minjae Choi) · today 2:00 PM\n"
        "Back to\n"
        "v1.5.0\n"
        "Database migration\n"
        "no\n"
        "Criteria met\n"
        "• Error rate\n"
        "Evidence\n"
        "5xx 7 %\n"
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
        "롤백: v1.6.0\n"
        "장애 지휘관\n"
        "아직 없음\n"
        "상태\n"
        "롤백 중\n"
        "선언\n"
        "@최민재 (Minjae Choi) · 오늘 오후 2:00\n"
        "되돌아갈 버전\n"
        "v1.5.0\n"
        "DB 마이그레이션\n"
        "아니요\n"
        "해당 롤백 기준\n"
        "• 오류율\n"
        "근거\n"
        "5xx 7 %\n"
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
    assert minjae.message(t("Emergency contacts", "비상 연락처"), ROOM).pinned


async def _taken_command(story: Story) -> None:
    """Nobody takes the seat: it is asked again, and opened to others after ten minutes."""
    t = story.t
    junho, minjae = story.people("junho", "minjae")
    assert await junho.press(t("Take command", "지휘 맡기"), ROOM) == t(
        "Your role can take command from Thu 5 Mar 14:10 on.\nWho can: @최민재 (Minjae Choi)",
        "해당 역할은 3월 5일(목) 14:10부터 지휘를 맡을 수 있습니다.\n할 수 있는 사람: @최민재 (Minjae Choi)",
    )
    await story.wait_for(timedelta(minutes=5))
    not_started = t(
        "🟠 Warning Nobody has started for 5 min: Move traffic back · @Priya Nair",
        "🟠 경고 5분째 아무도 시작하지 않았습니다: 트래픽 되돌리기 · @Priya Nair",
    )
    where = t("\nWar room #rollback-v1-6-0", "\n워룸 #rollback-v1-6-0")
    assert story.dms("minjae") == [
        t(
            "🟠 Warning Over budget now: Decision and notice · @최민재 (Minjae Choi)\nWar room #rollback-v1-6-0",
            "🟠 경고 제한 시간 초과: 결정 및 공지 · @최민재 (Minjae Choi)\n워룸 #rollback-v1-6-0",
        ),
        t(
            "🟠 Warning Nobody has command for 5 min. Who may take it: incident commander\nWar room #rollback-v1-6-0",
            "🟠 경고 장애 지휘관이 없습니다 (5분째). 맡을 수 있는 역할: 장애 지휘관\n워룸 #rollback-v1-6-0",
        ),
        f"{not_started}{where}",
    ]
    assert [one.partition("\n")[0] for one in story.dms("priya")] == [
        t(
            "🔵 Info Your step of the way back: Move traffic back (v1.6.0 → v1.5.0) — @최민재 (Minjae Choi)",
            "🔵 정보 롤백에서 맡은 단계입니다: 트래픽 되돌리기 (v1.6.0 → v1.5.0) — @최민재 (Minjae Choi)",
        ),
        not_started,
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "🟠 Warning Over budget now: Decision and notice · @최민재 (Minjae Choi)",
            "🟠 경고 제한 시간 초과: 결정 및 공지 · @최민재 (Minjae Choi)",
        ),
        t(
            "🟠 Warning Nobody has command for 5 min. Who may take it: incident commander",
            "🟠 경고 장애 지휘관이 없습니다 (5분째). 맡을 수 있는 역할: 장애 지휘관",
        ),
        not_started,
    ]
    await story.wait_for(timedelta(minutes=5))
    assert story.dms("alex") == [
        t(
            "🟠 Warning Nobody has command for 10 min. Who may take it: incident commander, tech lead, release manager or DevOps/SRE\n"
            "War room #rollback-v1-6-0",
            "🟠 경고 장애 지휘관이 없습니다 (10분째). 맡을 수 있는 역할: 장애 지휘관, 테크 리드, 릴리스 매니저 또는 DevOps/SRE\n"
            "워룸 #rollback-v1-6-0",
        )
    ]
    assert story.dms("haneul") == [
        t(
            "🟠 Warning Nobody has command for 10 min. Who may take it: incident commander, tech lead, release manager or DevOps/SRE\n"
            "War room #rollback-v1-6-0",
            "🟠 경고 장애 지휘관이 없습니다 (10분째). 맡을 수 있는 역할: 장애 지휘관, 테크 리드, 릴리스 매니저 또는 DevOps/SRE\n"
            "워룸 #rollback-v1-6-0",
        )
    ]
    assert story.dms("junho") == [
        t(
            "🟠 Warning Nobody has command for 10 min. Who may take it: incident commander, tech lead, release manager or DevOps/SRE\n"
            "War room #rollback-v1-6-0",
            "🟠 경고 장애 지휘관이 없습니다 (10분째). 맡을 수 있는 역할: 장애 지휘관, 테크 리드, 릴리스 매니저 또는 DevOps/SRE\n"
            "워룸 #rollback-v1-6-0",
        )
    ]
    assert story.dms("minjae") == [
        t(
            "🟠 Warning Nobody has command for 10 min. Who may take it: incident commander, tech lead, release manager or DevOps/SRE\n"
            "War room #rollback-v1-6-0",
            "🟠 경고 장애 지휘관이 없습니다 (10분째). 맡을 수 있는 역할: 장애 지휘관, 테크 리드, 릴리스 매니저 또는 DevOps/SRE\n"
            "워룸 #rollback-v1-6-0",
        )
    ]
    assert story.dms("priya") == [
        t(
            "🟠 Warning Nobody has command for 10 min. Who may take it: incident commander, tech lead, release manager or DevOps/SRE\n"
            "War room #rollback-v1-6-0",
            "🟠 경고 장애 지휘관이 없습니다 (10분째). 맡을 수 있는 역할: 장애 지휘관, 테크 리드, 릴리스 매니저 또는 DevOps/SRE\n"
            "워룸 #rollback-v1-6-0",
        )
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "🟠 Warning Nobody has command for 10 min. Who may take it: incident commander, tech lead, release manager or DevOps/SRE",
            "🟠 경고 장애 지휘관이 없습니다 (10분째). 맡을 수 있는 역할: 장애 지휘관, 테크 리드, 릴리스 매니저 또는 DevOps/SRE",
        )
    ]
    assert await minjae.press(t("Take command", "지휘 맡기"), ROOM) == ""
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t("Incident commander: @최민재 (Minjae Choi)", "장애 지휘관: @최민재 (Minjae Choi)"),
        t(
            "set the channel topic: Rollback of v1.6.0 · Incident commander: @최민재 (Minjae Choi)",
            "set the channel topic: 롤백: v1.6.0 · 장애 지휘관: @최민재 (Minjae Choi)",
        ),
    ]
    assert story.demo.box.workspace.channel_named(ROOM).topic == t(
        "Rollback of v1.6.0 · Incident commander: <@U0MINJAE06>", "롤백: v1.6.0 · 장애 지휘관: <@U0MINJAE06>"
    )
    assert minjae.reads(t("Decision and notice", "결정 및 공지"), ROOM) == t(
        "🟠 Warning Over budget now: Decision and notice · @최민재 (Minjae Choi)",
        "🟠 경고 제한 시간 초과: 결정 및 공지 · @최민재 (Minjae Choi)",
    )
    assert await junho.press(t("Take command", "지휘 맡기"), ROOM) == t(
        "@최민재 (Minjae Choi) already has command.\nThey can hand it over with /release ic @user.",
        "이미 @최민재 (Minjae Choi) 님이 지휘를 맡고 있습니다.\n"
        "/release ic @user 명령으로 인계할 수 있습니다.",
    )
    await story.wait_for(timedelta(minutes=5))


async def _restored(story: Story) -> None:
    """Each step has an owner and a budget; what takes longer is said to who commands."""
    t = story.t
    junho, priya, minjae, emma = story.people("junho", "priya", "minjae", "emma")
    assert minjae.message(t("Decision and notice", "결정 및 공지"), ROOM).buttons == (t("Done", "완료"),)
    assert await minjae.slash(t("/release step notice done", "/release 단계 결정 및 공지 완료"), ROOM) == ""
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "🟢 Success Decision and notice: done · @최민재 (Minjae Choi)",
            "🟢 성공 결정 및 공지: 완료 · @최민재 (Minjae Choi)",
        )
    ]
    assert await priya.slash(t("/release step traffic started", "/release 단계 트래픽 시작"), ROOM) == ""
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t("🔵 Info Move traffic back: started · @Priya Nair", "🔵 정보 트래픽 되돌리기: 시작 · @Priya Nair")
    ]
    await story.wait_for(timedelta(minutes=31))
    assert story.dms("minjae") == [
        t(
            "🟠 Warning Over budget by 1 min: Move traffic back · @Priya Nair · @최민재 (Minjae Choi)\n"
            "War room #rollback-v1-6-0",
            "🟠 경고 제한 시간 초과 1분: 트래픽 되돌리기 · @Priya Nair · @최민재 (Minjae Choi)\n"
            "워룸 #rollback-v1-6-0",
        )
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "🟠 Warning Over budget by 1 min: Move traffic back · @Priya Nair · @최민재 (Minjae Choi)",
            "🟠 경고 제한 시간 초과 1분: 트래픽 되돌리기 · @Priya Nair · @최민재 (Minjae Choi)",
        )
    ]
    assert (
        await priya.slash(
            t("/release step traffic done green is out", "/release 단계 트래픽 완료 green is out"), ROOM
        )
        == ""
    )
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "🟢 Success Move traffic back: done · @Priya Nair\n> green is out",
            "🟢 성공 트래픽 되돌리기: 완료 · @Priya Nair\n> green is out",
        )
    ]
    assert (
        await emma.slash(t("/release log errors fall: 0.4 %", "/release 기록 errors fall: 0.4 %"), ROOM) == ""
    )
    assert story.news("#rollback-v1-6-0", "minjae") == ["> errors fall: 0.4 % — @Emma Jones"]
    assert (
        await minjae.slash(
            t(
                "/release escalate tech lead look at the queue",
                "/release 에스컬레이션 테크 리드 look at the queue",
            ),
            ROOM,
        )
        == ""
    )
    assert story.dms("junho") == [
        t(
            "Escalated to: tech lead · @이준호 (Junho Lee) — @최민재 (Minjae Choi)\n"
            "> look at the queue\n"
            "War room #rollback-v1-6-0",
            "에스컬레이션 대상: 테크 리드 · @이준호 (Junho Lee) — @최민재 (Minjae Choi)\n"
            "> look at the queue\n"
            "워룸 #rollback-v1-6-0",
        )
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "Escalated to: tech lead · @이준호 (Junho Lee) — @최민재 (Minjae Choi)\n> look at the queue",
            "에스컬레이션 대상: 테크 리드 · @이준호 (Junho Lee) — @최민재 (Minjae Choi)\n> look at the queue",
        )
    ]
    assert await minjae.slash(t("/release ic @junho", "/release 지휘관 @junho"), ROOM) == ""
    assert story.dms("junho") == [
        t(
            "You have command: Rollback of v1.6.0 · handed over by @최민재 (Minjae Choi)\n"
            "Declared by @최민재 (Minjae Choi) · Thu 5 Mar 14:00\n"
            "Back to: v1.5.0\n"
            "Criteria: Error rate\n"
            "> 5xx 7 %\n"
            "State: Rolling back · Declared 46 min ago\n"
            "Incident commander: @이준호 (Junho Lee)\n"
            "Done 2 of 8: Decision and notice, Move traffic back\n"
            "Still open: Outage notice, Clear caches, Health check, Try core functions by hand, Check integrations, Completion notice\n"
            "Last on the timeline\n"
            "• Thu 5 Mar 14:46 errors fall: 0.4 % — @Emma Jones\n"
            "War room #rollback-v1-6-0 · The release's card is in #releases-shop",
            "지휘를 맡으셨습니다 · 롤백: v1.6.0 · 인계한 사람: @최민재 (Minjae Choi)\n"
            "선언: @최민재 (Minjae Choi) · 3월 5일(목) 14:00\n"
            "되돌아갈 버전: v1.5.0\n"
            "롤백 기준: 오류율\n"
            "> 5xx 7 %\n"
            "상태: 롤백 중 · 선언 후 46분 지남\n"
            "장애 지휘관: @이준호 (Junho Lee)\n"
            "8단계 중 2단계 완료: 결정 및 공지, 트래픽 되돌리기\n"
            "남은 단계: 장애 공지, 캐시 비우기, 헬스 체크, 핵심 기능 수동 확인, 연동 확인, 완료 공지\n"
            "최근 기록\n"
            "• 3월 5일(목) 14:46 errors fall: 0.4 % — @Emma Jones\n"
            "워룸 #rollback-v1-6-0 · 릴리스 카드: #releases-shop",
        )
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "Incident commander: @이준호 (Junho Lee) · handed over by @최민재 (Minjae Choi)",
            "장애 지휘관: @이준호 (Junho Lee) · 인계한 사람: @최민재 (Minjae Choi)",
        ),
        t(
            "set the channel topic: Rollback of v1.6.0 · Incident commander: @이준호 (Junho Lee)",
            "set the channel topic: 롤백: v1.6.0 · 장애 지휘관: @이준호 (Junho Lee)",
        ),
    ]
    assert await junho.slash(t("/release ic @minjae", "/release 지휘관 @minjae"), ROOM) == ""
    assert story.dms("minjae") == [
        t(
            "You have command: Rollback of v1.6.0 · handed over by @이준호 (Junho Lee)\n"
            "Declared by @최민재 (Minjae Choi) · Thu 5 Mar 14:00\n"
            "Back to: v1.5.0\n"
            "Criteria: Error rate\n"
            "> 5xx 7 %\n"
            "State: Rolling back · Declared 46 min ago\n"
            "Incident commander: @최민재 (Minjae Choi)\n"
            "Done 2 of 8: Decision and notice, Move traffic back\n"
            "Still open: Outage notice, Clear caches, Health check, Try core functions by hand, Check integrations, Completion notice\n"
            "Last on the timeline\n"
            "• Thu 5 Mar 14:46 errors fall: 0.4 % — @Emma Jones\n"
            "War room #rollback-v1-6-0 · The release's card is in #releases-shop",
            "지휘를 맡으셨습니다 · 롤백: v1.6.0 · 인계한 사람: @이준호 (Junho Lee)\n"
            "선언: @최민재 (Minjae Choi) · 3월 5일(목) 14:00\n"
            "되돌아갈 버전: v1.5.0\n"
            "롤백 기준: 오류율\n"
            "> 5xx 7 %\n"
            "상태: 롤백 중 · 선언 후 46분 지남\n"
            "장애 지휘관: @최민재 (Minjae Choi)\n"
            "8단계 중 2단계 완료: 결정 및 공지, 트래픽 되돌리기\n"
            "남은 단계: 장애 공지, 캐시 비우기, 헬스 체크, 핵심 기능 수동 확인, 연동 확인, 완료 공지\n"
            "최근 기록\n"
            "• 3월 5일(목) 14:46 errors fall: 0.4 % — @Emma Jones\n"
            "워룸 #rollback-v1-6-0 · 릴리스 카드: #releases-shop",
        )
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "Incident commander: @최민재 (Minjae Choi) · handed over by @이준호 (Junho Lee)",
            "장애 지휘관: @최민재 (Minjae Choi) · 인계한 사람: @이준호 (Junho Lee)",
        ),
        t(
            "set the channel topic: Rollback of v1.6.0 · Incident commander: @최민재 (Minjae Choi)",
            "set the channel topic: 롤백: v1.6.0 · 장애 지휘관: @최민재 (Minjae Choi)",
        ),
    ]
    assert await minjae.slash(
        t("/release resolve back to normal", "/release 해결 back to normal"), ROOM
    ) == t(
        "Rollback complete has to wait for v1.6.0: one thing is missing.\n"
        "• Steps still open: Clear caches, Health check, Try core functions by hand, Check integrations (ask: incident commander or DevOps/SRE)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.6.0 롤백 완료: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 남은 단계: 캐시 비우기, 헬스 체크, 핵심 기능 수동 확인, 연동 확인 (담당: 장애 지휘관 또는 DevOps/SRE)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert (
        await priya.slash(
            t(
                "/release step caches skipped no caches touched",
                "/release 단계 캐시 건너뛰기 no caches touched",
            ),
            ROOM,
        )
        == ""
    )
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "🔵 Info Clear caches: skipped · @Priya Nair\n> no caches touched",
            "🔵 정보 캐시 비우기: 건너뜀 · @Priya Nair\n> no caches touched",
        )
    ]
    assert await priya.slash(t("/release step health check done", "/release 단계 헬스 체크 완료"), ROOM) == ""
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t("🟢 Success Health check: done · @Priya Nair", "🟢 성공 헬스 체크: 완료 · @Priya Nair")
    ]
    assert (
        await priya.slash(t("/release step core functions done", "/release 단계 핵심 기능 완료"), ROOM) == ""
    )
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "🟢 Success Try core functions by hand: done · @Priya Nair",
            "🟢 성공 핵심 기능 수동 확인: 완료 · @Priya Nair",
        )
    ]
    assert await priya.slash(t("/release step integrations done", "/release 단계 연동 완료"), ROOM) == ""
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t("🟢 Success Check integrations: done · @Priya Nair", "🟢 성공 연동 확인: 완료 · @Priya Nair")
    ]


async def _resolved(story: Story) -> None:
    """Resolved: the time to restore is announced, and the post-mortem draft is there."""
    t = story.t
    minjae = story.person("minjae")
    assert await minjae.press(t("Resolve", "해결"), ROOM) == ""
    assert await minjae.fill({t("Summary", "요약"): "The recommender ran out of connections."}) == ""
    assert story.news() == [
        t(
            "↳ 🟢 Success War room resolved · Time to restore: 46 min — @최민재 (Minjae Choi)\n"
            "> The recommender ran out of connections.",
            "↳ 🟢 성공 워룸 해결 · 복구 시간: 46분 — @최민재 (Minjae Choi)\n"
            "> The recommender ran out of connections.",
        ),
        t(
            "🟢 Success Rollback complete: v1.6.0 → v1.5.0. The service is back to normal. · Time to restore: 46 min — @최민재 (Minjae Choi)",
            "🟢 성공 롤백 완료: v1.6.0 → v1.5.0. 서비스가 정상화되었습니다. · 복구 시간: 46분 — @최민재 (Minjae Choi)",
        ),
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "🔵 Info Outage notice: skipped — @최민재 (Minjae Choi)",
            "🔵 정보 장애 공지: 건너뜀 — @최민재 (Minjae Choi)",
        ),
        t(
            "🟢 Success Completion notice: done · @최민재 (Minjae Choi)",
            "🟢 성공 완료 공지: 완료 · @최민재 (Minjae Choi)",
        ),
        t(
            "🟢 Success War room resolved · Time to restore: 46 min — @최민재 (Minjae Choi)\n"
            "> The recommender ran out of connections.",
            "🟢 성공 워룸 해결 · 복구 시간: 46분 — @최민재 (Minjae Choi)\n> The recommender ran out of connections.",
        ),
        t("Post-mortem draft · Rollback of v1.6.0", "사후 분석 초안 · 롤백: v1.6.0"),
    ]
    assert minjae.reads(t("Post-mortem draft", "사후 분석 초안"), ROOM) == t(
        "Post-mortem draft · Rollback of v1.6.0\n"
        "Due tomorrow 2:46 PM (Seoul Fri 6 Mar 14:46)\n"
        "Summary\n"
        "v1.6.0 was rolled back to v1.5.0.\n"
        "The recommender ran out of connections.\n"
        "Incident commander: @최민재 (Minjae Choi), @이준호 (Junho Lee)\n"
        "Impact\n"
        "Declared today 2:00 PM · mitigated today 2:46 PM (after 46 min) · recovered today 2:46 PM\n"
        "Time to restore: 46 min\n"
        "• Error rate\n"
        "5xx 7 %\n"
        "Who was affected, and how many?\n"
        "Timeline\n"
        "today 2:00 PM War room opened: #rollback-v1-6-0 v1.6.0 — @최민재 (Minjae Choi)\n"
        "today 2:00 PM Rollback declared: v1.6.0 → v1.5.0 — @최민재 (Minjae Choi) · Criteria: Error rate · DB migration: no · 5xx 7 %\n"
        "today 2:00 PM Deploys locked after v1.6.0, until a release manager or the incident commander lifts the lock. — @최민재 (Minjae Choi) · 5xx 7 %\n"
        "today 2:00 PM Decision and notice: started · @최민재 (Minjae Choi)\n"
        "today 2:00 PM The war room's channel: #rollback-v1-6-0\n"
        "today 2:10 PM Incident commander: @최민재 (Minjae Choi)\n"
        "today 2:15 PM Decision and notice: done · @최민재 (Minjae Choi)\n"
        "today 2:15 PM Move traffic back: started · @Priya Nair\n"
        "today 2:46 PM Move traffic back: done · @Priya Nair · green is out\n"
        "today 2:46 PM errors fall: 0.4 % — @Emma Jones\n"
        "today 2:46 PM Escalated to: tech lead · @이준호 (Junho Lee) — @최민재 (Minjae Choi) · look at the queue\n"
        "today 2:46 PM Incident commander: @이준호 (Junho Lee) · handed over by @최민재 (Minjae Choi)\n"
        "today 2:46 PM Incident commander: @최민재 (Minjae Choi) · handed over by @이준호 (Junho Lee)\n"
        "today 2:46 PM Clear caches: skipped · @Priya Nair · no caches touched\n"
        "today 2:46 PM Health check: done · @Priya Nair\n"
        "today 2:46 PM Try core functions by hand: done · @Priya Nair\n"
        "today 2:46 PM Check integrations: done · @Priya Nair\n"
        "today 2:46 PM Outage notice: skipped — @최민재 (Minjae Choi)\n"
        "today 2:46 PM Completion notice: done · @최민재 (Minjae Choi)\n"
        "today 2:46 PM War room resolved · Time to restore: 46 min — @최민재 (Minjae Choi) · The recommender ran out of connections.\n"
        "What broke?\n"
        "What changed, and how did that lead to the failure?\n"
        "Why was it not caught?\n"
        "Which test, check or reading should have shown it?\n"
        "Recovery\n"
        "✓ Decision and notice · 15 min (10 min over budget)\n"
        "– Outage notice · skipped\n"
        "✓ Move traffic back · 31 min (1 min over budget)\n"
        "– Clear caches · skipped: no caches touched\n"
        "✓ Health check · less than a minute\n"
        "✓ Try core functions by hand · less than a minute\n"
        "✓ Check integrations · less than a minute\n"
        "✓ Completion notice · less than a minute\n"
        "Actions\n"
        "Each with an owner and a date: what prevents it, what finds it sooner.\n"
        "Fix plan\n"
        "What is mended, and when does it go out again?",
        "사후 분석 초안 · 롤백: v1.6.0\n"
        "기한 내일 오후 2:46 (서울 3월 6일(금) 14:46)\n"
        "요약\n"
        "롤백: v1.6.0 → v1.5.0\n"
        "The recommender ran out of connections.\n"
        "장애 지휘관: @최민재 (Minjae Choi), @이준호 (Junho Lee)\n"
        "영향\n"
        "선언 오늘 오후 2:00 · 완화 오늘 오후 2:46 (선언 후 46분) · 복구 오늘 오후 2:46\n"
        "복구 시간: 46분\n"
        "• 오류율\n"
        "5xx 7 %\n"
        "누가 얼마나 영향을 받았습니까?\n"
        "타임라인\n"
        "오늘 오후 2:00 워룸 개설: #rollback-v1-6-0 v1.6.0 — @최민재 (Minjae Choi)\n"
        "오늘 오후 2:00 롤백 선언: v1.6.0 → v1.5.0 — @최민재 (Minjae Choi) · 롤백 기준: 오류율 · DB 마이그레이션: 아니요 · 5xx 7 %\n"
        "오늘 오후 2:00 배포 잠금: v1.6.0 롤백으로 배포를 잠갔습니다. 릴리스 매니저나 장애 지휘관이 해제할 수 있습니다. — @최민재 (Minjae Choi) · 5xx 7 %\n"
        "오늘 오후 2:00 결정 및 공지: 시작 · @최민재 (Minjae Choi)\n"
        "오늘 오후 2:00 워룸 채널: #rollback-v1-6-0\n"
        "오늘 오후 2:10 장애 지휘관: @최민재 (Minjae Choi)\n"
        "오늘 오후 2:15 결정 및 공지: 완료 · @최민재 (Minjae Choi)\n"
        "오늘 오후 2:15 트래픽 되돌리기: 시작 · @Priya Nair\n"
        "오늘 오후 2:46 트래픽 되돌리기: 완료 · @Priya Nair · green is out\n"
        "오늘 오후 2:46 errors fall: 0.4 % — @Emma Jones\n"
        "오늘 오후 2:46 에스컬레이션 대상: 테크 리드 · @이준호 (Junho Lee) — @최민재 (Minjae Choi) · look at the queue\n"
        "오늘 오후 2:46 장애 지휘관: @이준호 (Junho Lee) · 인계한 사람: @최민재 (Minjae Choi)\n"
        "오늘 오후 2:46 장애 지휘관: @최민재 (Minjae Choi) · 인계한 사람: @이준호 (Junho Lee)\n"
        "오늘 오후 2:46 캐시 비우기: 건너뜀 · @Priya Nair · no caches touched\n"
        "오늘 오후 2:46 헬스 체크: 완료 · @Priya Nair\n"
        "오늘 오후 2:46 핵심 기능 수동 확인: 완료 · @Priya Nair\n"
        "오늘 오후 2:46 연동 확인: 완료 · @Priya Nair\n"
        "오늘 오후 2:46 장애 공지: 건너뜀 — @최민재 (Minjae Choi)\n"
        "오늘 오후 2:46 완료 공지: 완료 · @최민재 (Minjae Choi)\n"
        "오늘 오후 2:46 워룸 해결 · 복구 시간: 46분 — @최민재 (Minjae Choi) · The recommender ran out of connections.\n"
        "무엇이 고장 났습니까?\n"
        "무엇이 바뀌었고 어떻게 장애로 이어졌습니까?\n"
        "왜 미리 발견하지 못했습니까?\n"
        "어떤 테스트, 점검, 지표가 알려 주었어야 합니까?\n"
        "복구\n"
        "✓ 결정 및 공지 · 15분 (예산 10분 초과)\n"
        "– 장애 공지 · 건너뜀\n"
        "✓ 트래픽 되돌리기 · 31분 (예산 1분 초과)\n"
        "– 캐시 비우기 · 건너뜀: no caches touched\n"
        "✓ 헬스 체크 · 1분 미만\n"
        "✓ 핵심 기능 수동 확인 · 1분 미만\n"
        "✓ 연동 확인 · 1분 미만\n"
        "✓ 완료 공지 · 1분 미만\n"
        "조치\n"
        "담당자와 날짜를 함께: 재발을 막는 일, 더 일찍 찾는 일.\n"
        "수정 계획\n"
        "무엇을 고치고, 언제 다시 내보냅니까?",
    )
    assert story.reads("v1.6.0") == t(
        "v1.6.0 · Regular release\n"
        "↩ Rolled back\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ● Approved  ● Deploying  ◌ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Rolled back. The post-mortem follows in the war room.\n"
        "Rolled back since today 2:46 PM\n"
        "🔒 Deploys of this project are locked. 5xx 7 %\n"
        "Deploy\n"
        "deployed today 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Changes\n"
        "6 in all: features 2, improvements 1, fixes 1, other 2\n"
        "environment variables 1\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/v1.6.0\n"
        "Previous version\n"
        "v1.5.0\n"
        "Started by\n"
        "@Alex Rivera\n"
        "Shop War room #rollback-v1-6-0",
        "v1.6.0 · 정기 릴리스\n"
        "↩ 롤백 완료\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ● 승인  ● 배포 중  ◌ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "롤백되었습니다. 사후 분석은 워룸에서 이어집니다.\n"
        "롤백 완료: 오늘 오후 2:46부터\n"
        "🔒 이 프로젝트의 배포가 잠겨 있습니다. 5xx 7 %\n"
        "배포\n"
        "오늘 오후 2:00 (서울 3월 5일(목) 14:00) 배포됨\n"
        "변경 사항\n"
        "모두 6건: 기능 2, 개선 1, 수정 1, 기타 2\n"
        "환경 변수 1\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/v1.6.0\n"
        "이전 버전\n"
        "v1.5.0\n"
        "시작한 사람\n"
        "@Alex Rivera\n"
        "상점 워룸 #rollback-v1-6-0",
    )
    assert story.card("v1.6.0").buttons == (
        t("Lift the lock", "잠금 해제"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
    )
    assert story.demo.sample.subjects("v1.5.0..main") == []


async def _locked_until_lifted(story: Story) -> None:
    """No deploy until somebody who may lifts the lock."""
    t = story.t
    haneul, emma = story.people("haneul", "emma")
    assert await haneul.slash(t("/release can-i-deploy regular", "/release 배포가능 정기")) == t(
        "Shop · Regular\n🔴 Closed until somebody opens it\n• Deploys are locked: 5xx 7 %",
        "상점 · 정기\n🔴 닫힘 · 누군가 열기 전까지\n• 배포가 잠겨 있습니다: 5xx 7 %",
    )
    assert await haneul.slash(t("/release when", "/release 언제")) == t(
        "Shop · Regular, if it is started now\n"
        "There is no time for a deploy until somebody opens the gate\n"
        "Decided by: Deploys are locked: 5xx 7 %\n"
        "Ready Sun 8 Mar 14:46 at the earliest, then closed by\n"
        "🔴 Deploys are locked: 5xx 7 %\n"
        "🔴 Outside the release windows · until Tue 10 Mar 10:00\n"
        "🔴 No-deploy hours · until Mon 9 Mar 09:00\n"
        "It could be earlier\n"
        "• Tue 10 Mar 10:00 · if the lock is lifted (who can: release manager or incident commander)",
        "상점 · 정기, 지금 시작하는 경우\n"
        "누군가 게이트를 열기 전에는 배포할 수 있는 시각이 없습니다\n"
        "결정하는 규칙: 배포가 잠겨 있습니다: 5xx 7 %\n"
        "빨라야 3월 8일(일) 14:46에 준비되며, 그 뒤 게이트를 닫는 규칙\n"
        "🔴 배포가 잠겨 있습니다: 5xx 7 %\n"
        "🔴 릴리스 윈도우 밖의 시간 · 3월 10일(화) 10:00까지\n"
        "🔴 배포 금지 시간 · 3월 9일(월) 09:00까지\n"
        "더 앞당기는 방법\n"
        "• 3월 10일(화) 10:00 · 잠금을 해제하는 경우 (할 수 있는 역할: 릴리스 매니저 또는 장애 지휘관)",
    )
    assert await emma.press(t("Lift the lock", "잠금 해제"), CHANNEL) == t(
        "Lifting the deploy lock is for: release manager or incident commander.\n"
        "Who can: @Alex Rivera @김하늘 (Haneul Kim) @최민재 (Minjae Choi)",
        "배포 잠금 해제 권한이 있는 역할: 릴리스 매니저 또는 장애 지휘관\n"
        "할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim) @최민재 (Minjae Choi)",
    )
    assert emma.person.modal is None
    assert await haneul.press(t("Lift the lock", "잠금 해제"), CHANNEL) == ""
    assert await haneul.fill({t("Why is it safe again?", "왜 다시 안전합니까?"): "cause found"}) == t(
        "Recorded: Deploys unlocked\n> cause found", "기록했습니다: 배포 잠금 해제\n> cause found"
    )
    assert story.news() == [
        t(
            "Deploys unlocked — @김하늘 (Haneul Kim)\n> cause found",
            "배포 잠금 해제 — @김하늘 (Haneul Kim)\n> cause found",
        )
    ]
    assert await haneul.slash(t("/release can-i-deploy regular", "/release 배포가능 정기")) == t(
        "Shop · Regular\n🟢 Open", "상점 · 정기\n🟢 열림"
    )


async def _written(story: Story) -> None:
    """What only people know is written in the room, and what they mean to do about it."""
    t, minjae = story.t, story.person("minjae")
    await minjae.press(t("Write…", "작성…"), ROOM)
    assert await minjae.fill({t("What broke?", "무엇이 고장 났습니까?"): "The pool was too small"}) == ""
    await minjae.press(t("Add an action item…", "조치 항목 추가…"), ROOM)
    item = {
        t("Action", "조치"): "Alert on the pool",
        t("Owner", "담당자"): "priya",
        t("Due", "기한"): "2026-03-09",
    }
    assert await minjae.fill(item) == ""
    assert story.news(ROOM, "minjae") == [
        t(
            "Post-mortem written: What broke? — @최민재 (Minjae Choi)",
            "사후 분석 작성: 무엇이 고장 났습니까? — @최민재 (Minjae Choi)",
        ),
        t(
            "Action item: Alert on the pool — @Priya Nair · due Mar 9 6:00 PM (Seoul Mon 9 Mar 18:00) — @최민재 (Minjae Choi)",
            "조치 항목: Alert on the pool — @Priya Nair · 기한 3월 9일 오후 6:00 (서울 3월 9일(월) 18:00) — @최민재 (Minjae Choi)",
        ),
    ]
    assert story.dms("priya") == [
        t(
            "Action item: Alert on the pool — @Priya Nair · due Mon 9 Mar 14:30 (Seoul 18:00) — "
            "@최민재 (Minjae Choi)\nWar room #rollback-v1-6-0",
            "조치 항목: Alert on the pool — @Priya Nair · 기한 3월 9일(월) 14:30 (서울 18:00) — "
            "@최민재 (Minjae Choi)\n워룸 #rollback-v1-6-0",
        )
    ]


async def _post_mortem_closed(story: Story) -> None:
    """The post-mortem is reminded of until it is done; then the room is archived."""
    t = story.t
    minjae = story.person("minjae")
    await story.wait_for(timedelta(hours=20))
    assert story.dms("minjae") == [
        t(
            "Post-mortem due v1.6.0: Fri 6 Mar 14:46.\nWar room #rollback-v1-6-0",
            "사후 분석 마감 v1.6.0: 3월 6일(금) 14:46까지입니다.\n워룸 #rollback-v1-6-0",
        )
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "Post-mortem due v1.6.0: today 2:46 PM (Seoul Fri 6 Mar 14:46).",
            "사후 분석 마감 v1.6.0: 오늘 오후 2:46 (서울 3월 6일(금) 14:46)까지입니다.",
        )
    ]
    await story.wait_for(timedelta(hours=4))
    assert story.dms("minjae") == [
        t(
            "Post-mortem overdue v1.6.0: it was due Fri 6 Mar 14:46.\nWar room #rollback-v1-6-0",
            "사후 분석 기한 경과 v1.6.0: 마감은 3월 6일(금) 14:46까지였습니다.\n워룸 #rollback-v1-6-0",
        )
    ]
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t(
            "Post-mortem overdue v1.6.0: it was due today 2:46 PM (Seoul Fri 6 Mar 14:46).",
            "사후 분석 기한 경과 v1.6.0: 마감은 오늘 오후 2:46 (서울 3월 6일(금) 14:46)까지였습니다.",
        )
    ]
    refused = await minjae.press(t("Close post-mortem", "사후 분석 완료"), "dm")
    assert refused.split("\n")[::2] == [
        t("The post-mortem cannot be closed yet.", "사후 분석을 아직 완료할 수 없습니다."),
        t(
            "Open the list: /release checklist v1.6.0 after rollback",
            "목록 열기: /release 체크리스트 v1.6.0 롤백 후",
        ),
    ]
    await minjae.press(t("Checklists", "체크리스트"), "dm")
    await minjae.fill(ways.boxes(minjae))
    assert story.news(ROOM, "minjae") == [
        t(
            "v1.6.0 · After the rollback · Done: 6 items — @최민재 (Minjae Choi)",
            "v1.6.0 · 롤백 후 · 완료: 6개 항목 — @최민재 (Minjae Choi)",
        )
    ]
    assert await minjae.press(t("Close post-mortem", "사후 분석 완료"), ROOM) == ""
    assert await minjae.fill({}) == ""
    assert story.news("#rollback-v1-6-0", "minjae") == [
        t("Post-mortem closed — @최민재 (Minjae Choi)", "사후 분석 완료 — @최민재 (Minjae Choi)"),
        "사후 분석 파일",
        "The post-mortem as a file",
        "archived the channel",
    ]
    assert story.demo.box.workspace.channel_named(ROOM).is_archived
    assert story.reads("v1.6.0").splitlines()[4:5] == [
        t(
            "Rolled back. The post-mortem was finished today 2:46 PM.",
            "롤백되었습니다. 사후 분석도 완료되었습니다: 오늘 오후 2:46",
        )
    ]


async def _followed(story: Story) -> None:
    """An action item outlives its room: its owner is reminded until it is done, and it is in a list."""
    t, priya = story.t, story.person("priya")
    await story.time("2026-03-09", "09:00")
    assert story.dms("priya") == [
        t(
            "v1.6.0 Action item due: Alert on the pool; Mon 9 Mar 14:30 (Seoul 18:00). — @Priya Nair\n"
            "War room #rollback-v1-6-0",
            "v1.6.0 조치 기한: Alert on the pool, 3월 9일(월) 14:30 (서울 18:00) — @Priya Nair\n"
            "워룸 #rollback-v1-6-0",
        )
    ]
    assert await priya.slash(t("/release actions", "/release 조치")) == t(
        "Open action items: 1\n"
        "Rollback of v1.6.0\n"
        "○ Alert on the pool — @Priya Nair · due Mon 9 Mar 14:30 (Seoul 18:00)",
        "열린 조치 항목: 1개\n"
        "롤백: v1.6.0\n"
        "○ Alert on the pool — @Priya Nair · 기한 3월 9일(월) 14:30 (서울 18:00)",
    )
    await priya.press(t("Done", "완료"), "dm")
    assert story.dms("minjae") == [
        t(
            "Action item done: Alert on the pool — @Priya Nair\nWar room #rollback-v1-6-0",
            "조치 완료: Alert on the pool — @Priya Nair\n워룸 #rollback-v1-6-0",
        )
    ]
    assert await priya.slash(t("/release actions", "/release 조치")) == t(
        "No action item is open. They are written into the post-mortem of a rollback, in its war room.",
        "열린 조치 항목이 없습니다. 조치 항목은 롤백의 워룸에서 사후 분석에 적습니다.",
    )
