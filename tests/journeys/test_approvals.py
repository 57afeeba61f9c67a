from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

ROOM = "#rollback-v1-6-0"


async def test_approvals_are_bound_to_their_candidate_and_to_who_may_give_them(story: Story) -> None:
    await _conditions(story)
    await _rejected(story)
    await _branch_moved(story)
    await _asked_again(story)
    await _nobody_else(story)
    await _new_candidate_after_rejection(story)


async def _conditions(story: Story) -> None:
    """An approval with a condition counts at once; the condition holds the deploy."""
    t = story.t
    emma, alex = story.people("emma", "alex")
    await ways.to_approval(story, "v1.5.0")
    await story.begin_here()
    assert await alex.press(t("Approve with conditions", "조건부 승인"), "dm") == ""
    assert await alex.fill(
        {t("Condition 1", "조건 1"): "Load test at 2x", t("Owner", "담당자"): "priya"}
    ) == t(
        "Recorded: v1.5.0 rc.1 Approved with conditions\n"
        "• Load test at 2x\n"
        "You can change your decision until the deploy starts.",
        "기록했습니다: v1.5.0 rc.1 조건부 승인\n"
        "• Load test at 2x\n"
        "배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 rc.1 Approved with conditions — @Alex Rivera\n• Load test at 2x",
            "↳ v1.5.0 rc.1 조건부 승인 — @Alex Rivera\n• Load test at 2x",
        ),
        t(
            "↳ v1.5.0 All approvals given · Stage: Approved — @Alex Rivera",
            "↳ v1.5.0 승인 요건 충족 · 단계: 승인 — @Alex Rivera",
        ),
    ]
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Regular release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ◉ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Approved. What the deploy still needs stands below.\n"
        "Approved since today 1:30 PM\n"
        "Deploy\n"
        "Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Code freeze\n"
        "tomorrow 2:00 PM (Seoul Mon 2 Mar 14:00)\n"
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
        "Soak ends\n"
        "tomorrow 1:30 PM (Seoul Mon 2 Mar 13:30)\n"
        "Approvals 1 of 1\n"
        "✓ Release manager: @Alex Rivera\n"
        "Conditions\n"
        "1. ○ Load test at 2x · @Priya Nair · before deploy · blocks the step\n"
        "⚠ Way back ready · never rehearsed\n"
        "Checklists\n"
        "☐ Before the release 6 of 35\n"
        "☐ At the start 2 of 6\n"
        "Deploying now\n"
        "🔴 Closed, opens Mar 3 10:00 AM (Seoul Tue 3 Mar 10:00)\n"
        "• Outside the release windows · until Mar 3 10:00 AM (Seoul Tue 3 Mar 10:00)\n"
        "• No-deploy hours · until tomorrow 9:00 AM (Seoul Mon 2 Mar 09:00)\n"
        "• Holiday: Independence Movement Day · until tomorrow 12:00 AM (Seoul Mon 2 Mar 00:00)\n"
        "The deploy still needs\n"
        "• The staging soak lasts until tomorrow 1:30 PM (Seoul Mon 2 Mar 13:30).\n"
        "• Checklist “Before the release”, open 29: Every pull request is reviewed; Fixes are verified and documented; The work items are done on the team's board and 26 more: /release checklist (ask: release manager, QA lead or tech lead)\n"
        "• Checklist “At the start”, open 2: The production database is backed up; Dashboards are ready (errors, latency, resources) (ask: release manager, DevOps/SRE or QA lead)\n"
        "• Not confirmed yet: Deployer standing by (ask: DevOps/SRE or release manager)\n"
        "• Not confirmed yet: On-call standing by (ask: on-call or DevOps/SRE)\n"
        "• Condition not met yet: Load test at 2x (ask: @Priya Nair)\n"
        "To confirm, by the people who know:\n"
        "Shop",
        "v1.5.0 · 정기 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ◉ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "승인되었습니다. 배포에 더 필요한 것은 아래에 있습니다.\n"
        "승인: 오늘 오후 1:30부터\n"
        "배포\n"
        "3월 5일 오후 2:00 (서울 3월 5일(목) 14:00)\n"
        "코드 프리즈\n"
        "내일 오후 2:00 (서울 3월 2일(월) 14:00)\n"
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
        "스테이징 안정화 종료\n"
        "내일 오후 1:30 (서울 3월 2일(월) 13:30)\n"
        "승인 1/1\n"
        "✓ 릴리스 매니저: @Alex Rivera\n"
        "승인 조건\n"
        "1. ○ Load test at 2x · @Priya Nair · 배포 전 · 해당 단계 차단\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "체크리스트\n"
        "☐ 릴리스 전 6/35\n"
        "☐ 배포 시작 2/6\n"
        "지금 배포\n"
        "🔴 닫힘 · 열리는 시각 3월 3일 오전 10:00 (서울 3월 3일(화) 10:00)\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 3일 오전 10:00 (서울 3월 3일(화) 10:00)까지\n"
        "• 배포 금지 시간 · 내일 오전 9:00 (서울 3월 2일(월) 09:00)까지\n"
        "• 휴일: 삼일절 · 내일 오전 12:00 (서울 3월 2일(월) 00:00)까지\n"
        "배포에 더 필요한 것\n"
        "• 스테이징 안정화 시간은 내일 오후 1:30 (서울 3월 2일(월) 13:30)까지입니다.\n"
        "• 체크리스트 “릴리스 전”, 남은 항목 29: 모든 PR이 리뷰를 받았습니다; 수정 사항을 확인하고 문서로 남겼습니다; 팀 보드의 작업 항목이 모두 완료되었습니다 외 26개, 모두 보기: /release 체크리스트 (담당: 릴리스 매니저, QA 리드 또는 테크 리드)\n"
        "• 체크리스트 “배포 시작”, 남은 항목 2: 운영 데이터베이스를 백업했습니다; 대시보드가 준비되었습니다(오류, 지연, 자원) (담당: 릴리스 매니저, DevOps/SRE 또는 QA 리드)\n"
        "• 아직 확인되지 않음: 배포 담당자 대기 (담당: DevOps/SRE 또는 릴리스 매니저)\n"
        "• 아직 확인되지 않음: 온콜 대기 (담당: 온콜 또는 DevOps/SRE)\n"
        "• 아직 충족되지 않은 승인 조건: Load test at 2x (담당: @Priya Nair)\n"
        "담당자가 확인할 항목:\n"
        "상점",
    )
    assert story.card("v1.5.0").buttons == (
        t("Condition 1 met", "조건 1 충족"),
        t("Way back", "되돌리는 방법"),
        t("Deployer standing by", "배포 담당자 대기"),
        t("On-call standing by", "온콜 대기"),
        t("Checklists", "체크리스트"),
        t("Deploy", "배포"),
        t("Report a bug", "버그 보고"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Move the deploy date", "배포 일정 변경"),
        t("Ask for an exception…", "예외 승인 요청…"),
        t("Hold", "보류"),
        t("Cancel release", "릴리스 취소"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
    )
    assert alex.reads(t("Approval of", "승인 요청"), "dm") == t(
        "Approval of v1.5.0 · Regular release, rc.1\n"
        "Planned deploy\n"
        "Thu 5 Mar 00:00 (Seoul 14:00)\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "QA result\n"
        "passed · @Daniel Weber\n"
        "Soak\n"
        "1 day left, until Sun 1 Mar 23:30 (Seoul Mon 2 Mar 13:30)\n"
        "Database migration\n"
        "yes\n"
        "migrations/0042_add_gift_card_balance.sql\n"
        "Breaking changes\n"
        "no\n"
        "Environment variables\n"
        "new 2 · changed 1\n"
        "• GIFT_CARD_API_URL\n"
        "• GIFT_CARD_DAILY_LIMIT\n"
        "• PAYMENT_TIMEOUT_SECONDS\n"
        "Deploying now\n"
        "🔴 Closed, opens Mon 2 Mar 20:00 (Seoul Tue 3 Mar 10:00)\n"
        "• Outside the release windows · until Mon 2 Mar 20:00 (Seoul Tue 3 Mar 10:00)\n"
        "• No-deploy hours · until Sun 1 Mar 19:00 (Seoul Mon 2 Mar 09:00)\n"
        "• Holiday: Independence Movement Day · until Sun 1 Mar 10:00 (Seoul Mon 2 Mar 00:00)\n"
        "Way back\n"
        "migrations/down.sql\n"
        "Checklists\n"
        "☐ Before the release 6 of 35\n"
        "☐ At the start 2 of 6\n"
        "Changes\n"
        "21 in all: features 6, improvements 1, fixes 6, security 1, other 7\n"
        "files 17 · lines +106 −1\n"
        "Release notes\n"
        "⚠ Way back ready · never rehearsed\n"
        "Approvals 1 of 1\n"
        "✓ Release manager: @Alex Rivera\n"
        "Decisions\n"
        "☑️ @Alex Rivera · Approved with conditions · Sat 28 Feb 23:30 (Seoul Sun 1 Mar 13:30)\n"
        "        ○ Load test at 2x · @Priya Nair · before deploy · blocks the step\n"
        "A decision can be changed until the deploy starts; the last one counts.",
        "승인 요청: v1.5.0 · 정기 릴리스, rc.1\n"
        "예정 배포 시각\n"
        "3월 5일(목) 00:00 (서울 14:00)\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "QA 결과\n"
        "통과 · @Daniel Weber\n"
        "스테이징 안정화\n"
        "1일 남음 · 3월 1일(일) 23:30 (서울 3월 2일(월) 13:30)까지\n"
        "DB 마이그레이션\n"
        "예\n"
        "migrations/0042_add_gift_card_balance.sql\n"
        "호환성이 깨지는 변경\n"
        "아니요\n"
        "환경 변수\n"
        "추가 2 · 변경 1\n"
        "• GIFT_CARD_API_URL\n"
        "• GIFT_CARD_DAILY_LIMIT\n"
        "• PAYMENT_TIMEOUT_SECONDS\n"
        "지금 배포\n"
        "🔴 닫힘 · 열리는 시각 3월 2일(월) 20:00 (서울 3월 3일(화) 10:00)\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 2일(월) 20:00 (서울 3월 3일(화) 10:00)까지\n"
        "• 배포 금지 시간 · 3월 1일(일) 19:00 (서울 3월 2일(월) 09:00)까지\n"
        "• 휴일: 삼일절 · 3월 1일(일) 10:00 (서울 3월 2일(월) 00:00)까지\n"
        "되돌리는 방법\n"
        "migrations/down.sql\n"
        "체크리스트\n"
        "☐ 릴리스 전 6/35\n"
        "☐ 배포 시작 2/6\n"
        "변경 사항\n"
        "모두 21건: 기능 6, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "파일 17개 · 줄 +106 −1\n"
        "릴리스 노트\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "승인 1/1\n"
        "✓ 릴리스 매니저: @Alex Rivera\n"
        "결정\n"
        "☑️ @Alex Rivera · 조건부 승인 · 2월 28일(토) 23:30 (서울 3월 1일(일) 13:30)\n"
        "        ○ Load test at 2x · @Priya Nair · 배포 전 · 해당 단계 차단\n"
        "결정은 배포 시작 전까지 바꿀 수 있으며 마지막 결정이 유효합니다.",
    )
    assert await emma.press(t("Condition 1 met", "조건 1 충족"), CHANNEL) == t(
        "Marking a condition as met is for: release manager.\nWho can: @Alex Rivera @김하늘 (Haneul Kim)",
        "승인 조건 충족 처리 권한이 있는 역할: 릴리스 매니저\n"
        "할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim)",
    )
    assert emma.person.modal is None
    assert await alex.press(t("Condition 1 met", "조건 1 충족"), CHANNEL) == ""
    assert await alex.fill({t("Evidence", "근거"): "https://load.example/1"}) == t(
        "Recorded: v1.5.0 Condition met: Load test at 2x\n> https://load.example/1",
        "기록했습니다: v1.5.0 승인 조건 충족: Load test at 2x\n> https://load.example/1",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Condition met: Load test at 2x — @Alex Rivera\n> https://load.example/1",
            "↳ v1.5.0 승인 조건 충족: Load test at 2x — @Alex Rivera\n> https://load.example/1",
        )
    ]


async def _rejected(story: Story) -> None:
    """One rejection blocks; a plain resume is refused, taking it back is not."""
    t = story.t
    haneul, alex = story.people("haneul", "alex")
    assert await alex.press(t("Reject", "거부"), "dm") == ""
    assert await alex.fill({t("Why?", "사유"): "Payments look wrong"}) == t(
        "Recorded: v1.5.0 rc.1 Rejected (before: Approved with conditions)\n"
        "> Payments look wrong\n"
        "The release is on hold until you take it back or a new candidate is built.",
        "기록했습니다: v1.5.0 rc.1 거부 (이전: 조건부 승인)\n"
        "> Payments look wrong\n"
        "거부를 철회하거나 새 릴리스 후보를 빌드할 때까지 릴리스가 보류됩니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 rc.1 Rejected (before: Approved with conditions) — @Alex Rivera\n> Payments look wrong",
            "↳ v1.5.0 rc.1 거부 (이전: 조건부 승인) — @Alex Rivera\n> Payments look wrong",
        ),
        t(
            "↳ v1.5.0 Rejected · Stage: On hold — @Alex Rivera\n> Payments look wrong",
            "↳ v1.5.0 거부 · 단계: 보류 — @Alex Rivera\n> Payments look wrong",
        ),
    ]
    assert story.card("v1.5.0").buttons == (
        t("Way back", "되돌리는 방법"),
        t("Build again", "다시 빌드"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Move the deploy date", "배포 일정 변경"),
        t("Cancel release", "릴리스 취소"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
        t("Checklists", "체크리스트"),
    )
    assert await haneul.slash(t("/release resume v1.5.0", "/release 재개 v1.5.0")) == t(
        "Resume has to wait for v1.5.0: one thing is missing.\n"
        "• The rejection stands: it is taken back by @Alex Rivera, or a new candidate is built. (ask: @Alex Rivera or release manager)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 재개: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 거부가 유효합니다. @Alex Rivera 님이 철회하거나 새 릴리스 후보를 빌드해야 합니다. (담당: @Alex Rivera 또는 릴리스 매니저)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await alex.press(t("Take back mine", "내 결정 철회"), CHANNEL) == t(
        "Recorded: v1.5.0 rc.1 Decision taken back: Rejected", "기록했습니다: v1.5.0 rc.1 결정 철회: 거부"
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 rc.1 Decision taken back: Rejected — @Alex Rivera",
            "↳ v1.5.0 rc.1 결정 철회: 거부 — @Alex Rivera",
        ),
        t(
            "↳ v1.5.0 Rejection withdrawn · Stage: Waiting for approval — @Alex Rivera",
            "↳ v1.5.0 거부 철회 · 단계: 승인 대기 — @Alex Rivera",
        ),
    ]
    assert story.card("v1.5.0").buttons == (
        t("Way back", "되돌리는 방법"),
        t("Deployer standing by", "배포 담당자 대기"),
        t("On-call standing by", "온콜 대기"),
        t("Checklists", "체크리스트"),
        t("Report a bug", "버그 보고"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Move the deploy date", "배포 일정 변경"),
        t("Hold", "보류"),
        t("Cancel release", "릴리스 취소"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
    )


async def _branch_moved(story: Story) -> None:
    """A commit on the release branch sends it back: what was approved lapses."""
    t = story.t
    alex = story.person("alex")
    assert await alex.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.5.0 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.5.0 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.5.0 rc.1 Approved — @Alex Rivera", "↳ v1.5.0 rc.1 승인 — @Alex Rivera"),
        t(
            "↳ v1.5.0 All approvals given · Stage: Approved — @Alex Rivera",
            "↳ v1.5.0 승인 요건 충족 · 단계: 승인 — @Alex Rivera",
        ),
    ]
    held = alex.person.hold(t("Reject", "거부"), in_="dm")
    _push_a_fix(story)
    await story.look_at_remotes()
    assert story.news() == [
        t(
            "↳ v1.5.0 New commits on the release branch · Stage: Fixing\n"
            "The branch is now at <commit>, so earlier approvals do not cover it.",
            "↳ v1.5.0 릴리스 브랜치에 새 커밋 · 단계: 수정 중\n"
            "브랜치의 최신 커밋: <commit>. 이전 승인은 이 커밋에 적용되지 않습니다.",
        )
    ]
    assert alex.message(t("Approval of", "승인 요청"), "dm").buttons == (
        t("See the changes", "변경 사항 보기"),
        t("Read the notes", "노트 읽기"),
    )
    assert await alex.press_late(held) == t(
        "There is nothing left to decide for v1.5.0. Its stage: Fixing\nThe card shows how it stands.",
        "v1.5.0에 대해 결정할 것이 남아 있지 않습니다. 현재 단계: 수정 중\n"
        "현재 상태는 카드에서 확인할 수 있습니다.",
    )


async def _asked_again(story: Story) -> None:
    """The new candidate is built, tested and asked for anew."""
    t = story.t
    haneul, priya, alex = story.people("haneul", "priya", "alex")
    assert await haneul.press(t("Build again", "다시 빌드"), CHANNEL) == t(
        "Recorded: v1.5.0 Building again · Stage: Building\n"
        "Next: when the build is through, report it on the card.",
        "기록했습니다: v1.5.0 다시 빌드 · 단계: 빌드 중\n다음: 빌드가 끝나면 카드에서 결과를 보고합니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Building again · Stage: Building — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 다시 빌드 · 단계: 빌드 중 — @김하늘 (Haneul Kim)",
        )
    ]
    assert await haneul.press(t("Build passed", "빌드 성공"), CHANNEL) == t(
        "Recorded: v1.5.0 Asked of git: Build passed. The result follows.",
        "기록했습니다: v1.5.0 git 작업 요청: 빌드 성공. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Asked of git: Build passed. The result follows. — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 git 작업 요청: 빌드 성공. 결과는 곧 알려 드립니다. — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ v1.5.0 Build passed (rc.2 <commit>) · Stage: Staging — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 빌드 성공 (rc.2 <commit>) · 단계: 스테이징 — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ v1.5.0 Decisions on rc.1 no longer count: there is a new candidate — @김하늘 (Haneul Kim)\n"
            "Given by: @Alex Rivera",
            "↳ v1.5.0 rc.1에 대한 결정은 더 이상 유효하지 않습니다: 새 릴리스 후보가 생겼습니다 — @김하늘 (Haneul Kim)\n"
            "결정한 사람: @Alex Rivera",
        ),
        t(
            "↳ v1.5.0 rc.2: since rc.1: new changes 1",
            "↳ v1.5.0 rc.2: rc.1 이후 새 변경 1",
        ),
        t(
            "↳ v1.5.0 Done in git: Tag the candidate\n• v1.5.0-rc.2 → <commit>",
            "↳ v1.5.0 git 작업 완료: 릴리스 후보 태그\n• v1.5.0-rc.2 → <commit>",
        ),
    ]
    assert await priya.press(t("Staging deployed", "스테이징 배포 성공"), CHANNEL) == ""
    assert await priya.fill({t("Health check", "헬스 체크"): "200 OK"}) == t(
        "Recorded: v1.5.0 Deployed to staging · Stage: QA\n"
        "> 200 OK\n"
        "Next: QA tests the candidate. The staging soak has begun.",
        "기록했습니다: v1.5.0 스테이징 배포 완료 · 단계: QA\n"
        "> 200 OK\n"
        "다음: QA가 릴리스 후보를 테스트합니다. 스테이징 안정화 시간이 시작되었습니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Deployed to staging · Stage: QA — @Priya Nair\n> 200 OK",
            "↳ v1.5.0 스테이징 배포 완료 · 단계: QA — @Priya Nair\n> 200 OK",
        )
    ]
    await ways.pass_qa(story)
    assert story.news() == [
        t("↳ Approval of v1.5.0 · Regular release, rc.2", "↳ 승인 요청: v1.5.0 · 정기 릴리스, rc.2"),
        t(
            "↳ v1.5.0 QA passed for rc.2. DB migration: yes · Breaking changes: no — @Daniel Weber\n"
            "Way back: migrations/down.sql",
            "↳ v1.5.0 rc.2 QA 통과. DB 마이그레이션: 예 · 단절적 변경: 아니요 — @Daniel Weber\n"
            "되돌리는 방법: migrations/down.sql",
        ),
        t(
            "↳ v1.5.0 rc.2 (<commit>) waits for approval. — @Daniel Weber\n"
            "Asked again: there is a new candidate",
            "↳ v1.5.0 rc.2 (<commit>) 승인을 기다립니다. — @Daniel Weber\n"
            "다시 요청하는 이유: 새 릴리스 후보가 생겼습니다",
        ),
    ]
    assert story.dms("alex") == [
        t("Approval of v1.5.0 · Regular release, rc.2", "승인 요청: v1.5.0 · 정기 릴리스, rc.2")
    ]
    outdated = t("Approval of v1.5.0 · Regular release, rc.1", "승인 요청: v1.5.0 · 정기 릴리스, rc.1")
    assert alex.message(outdated, "dm").buttons == (
        t("See the changes", "변경 사항 보기"),
        t("Read the notes", "노트 읽기"),
    )
    assert alex.message("rc.2", "dm").buttons == (
        t("See the changes", "변경 사항 보기"),
        t("See the difference", "차이 보기"),
        t("Read the notes", "노트 읽기"),
        t("Way back", "되돌리는 방법"),
        t("Approve", "승인"),
        t("Approve with conditions", "조건부 승인"),
        t("Reject", "거부"),
    )


async def _nobody_else(story: Story) -> None:
    """Guests, people of other workspaces and authors do not count; a double click counts once."""
    t = story.t
    junho, alex, guest, stranger = story.people("junho", "alex", "guest", "stranger")
    assert await guest.press(t("Approve", "승인"), CHANNEL) == t(
        "Your decision does not count for the approval of v1.5.0.\nWho can: @Alex Rivera",
        "v1.5.0의 승인을 결정할 수 있는 사람이 아닙니다.\n할 수 있는 사람: @Alex Rivera",
    )
    assert await stranger.press(t("Approve", "승인"), CHANNEL) == t(
        "Your decision does not count for the approval of v1.5.0.\nWho can: @Alex Rivera",
        "v1.5.0의 승인을 결정할 수 있는 사람이 아닙니다.\n할 수 있는 사람: @Alex Rivera",
    )
    assert await stranger.slash(t("/release status v1.5.0", "/release 상태 v1.5.0")) == t(
        "v1.5.0 · Regular release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ◉ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for approval from @Alex Rivera. The request is in the thread.\n"
        "Waiting for approval since Sun 1 Mar 13:30\n"
        "Deploy\n"
        "Thu 5 Mar 14:00\n"
        "Code freeze\n"
        "Mon 2 Mar 14:00\n"
        "Changes\n"
        "22 in all: features 6, improvements 1, fixes 7, security 1, other 7\n"
        "DB migrations 1 · environment variables 3\n"
        "Release candidate\n"
        "rc.2 · <commit>\n"
        "Branch\n"
        "release/v1.5.0\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Soak ends\n"
        "Mon 2 Mar 13:30\n"
        "Approvals 0 of 1\n"
        "○ Release manager: @Alex Rivera\n"
        "⚠ Way back ready · never rehearsed\n"
        "Checklists\n"
        "☐ Before the release 6 of 35\n"
        "☐ At the start 1 of 6\n"
        "Deploying now\n"
        "🔴 Closed, opens Tue 3 Mar 10:00\n"
        "• Outside the release windows · until Tue 3 Mar 10:00\n"
        "• No-deploy hours · until Mon 2 Mar 09:00\n"
        "• Holiday: Independence Movement Day · until Mon 2 Mar 00:00\n"
        "To confirm, by the people who know:\n"
        "Shop",
        "v1.5.0 · 정기 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ◉ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "승인을 기다립니다: @Alex Rivera. 승인 요청은 스레드에 있습니다.\n"
        "승인 대기: 3월 1일(일) 13:30부터\n"
        "배포\n"
        "3월 5일(목) 14:00\n"
        "코드 프리즈\n"
        "3월 2일(월) 14:00\n"
        "변경 사항\n"
        "모두 22건: 기능 6, 개선 1, 수정 7, 보안 1, 기타 7\n"
        "DB 마이그레이션 1 · 환경 변수 3\n"
        "릴리스 후보\n"
        "rc.2 · <commit>\n"
        "브랜치\n"
        "release/v1.5.0\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "스테이징 안정화 종료\n"
        "3월 2일(월) 13:30\n"
        "승인 0/1\n"
        "○ 릴리스 매니저: @Alex Rivera\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "체크리스트\n"
        "☐ 릴리스 전 6/35\n"
        "☐ 배포 시작 1/6\n"
        "지금 배포\n"
        "🔴 닫힘 · 열리는 시각 3월 3일(화) 10:00\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 3일(화) 10:00까지\n"
        "• 배포 금지 시간 · 3월 2일(월) 09:00까지\n"
        "• 휴일: 삼일절 · 3월 2일(월) 00:00까지\n"
        "담당자가 확인할 항목:\n"
        "상점",
    )
    assert await junho.press(t("Reject", "거부"), CHANNEL) == t(
        "Your decision does not count for the approval of v1.5.0.\nWho can: @Alex Rivera",
        "v1.5.0의 승인을 결정할 수 있는 사람이 아닙니다.\n할 수 있는 사람: @Alex Rivera",
    )

    assert await alex.press_twice(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.5.0 rc.2 Approved\n"
        "You can change your decision until the deploy starts.\n"
        "---\n"
        "Your approval is already recorded.\n"
        "Nothing was changed.",
        "기록했습니다: v1.5.0 rc.2 승인\n"
        "배포가 시작되기 전까지 결정을 바꿀 수 있습니다.\n"
        "---\n"
        "이미 승인으로 기록되어 있습니다.\n"
        "변경된 것은 없습니다.",
    )
    assert story.news() == [
        t("↳ v1.5.0 rc.2 Approved — @Alex Rivera", "↳ v1.5.0 rc.2 승인 — @Alex Rivera"),
        t(
            "↳ v1.5.0 All approvals given · Stage: Approved — @Alex Rivera",
            "↳ v1.5.0 승인 요건 충족 · 단계: 승인 — @Alex Rivera",
        ),
    ]
    assert await alex.press(t("Approve", "승인"), "dm") == t(
        "Your approval is already recorded.\nNothing was changed.",
        "이미 승인으로 기록되어 있습니다.\n변경된 것은 없습니다.",
    )


async def _new_candidate_after_rejection(story: Story) -> None:
    """Instead of being taken back, a rejection is answered with a new candidate."""
    t = story.t
    haneul, alex = story.people("haneul", "alex")
    assert await alex.press(t("Reject", "거부"), "dm") == ""
    assert await alex.fill({t("Why?", "사유"): "Still wrong"}) == t(
        "Recorded: v1.5.0 rc.2 Rejected (before: Approved)\n"
        "> Still wrong\n"
        "The release is on hold until you take it back or a new candidate is built.",
        "기록했습니다: v1.5.0 rc.2 거부 (이전: 승인)\n"
        "> Still wrong\n"
        "거부를 철회하거나 새 릴리스 후보를 빌드할 때까지 릴리스가 보류됩니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 rc.2 Rejected (before: Approved) — @Alex Rivera\n> Still wrong",
            "↳ v1.5.0 rc.2 거부 (이전: 승인) — @Alex Rivera\n> Still wrong",
        ),
        t(
            "↳ v1.5.0 Rejected · Stage: On hold — @Alex Rivera\n> Still wrong",
            "↳ v1.5.0 거부 · 단계: 보류 — @Alex Rivera\n> Still wrong",
        ),
    ]
    assert await haneul.press(t("Build again", "다시 빌드"), CHANNEL) == t(
        "Recorded: v1.5.0 Building again · Stage: Building\n"
        "Next: when the build is through, report it on the card.",
        "기록했습니다: v1.5.0 다시 빌드 · 단계: 빌드 중\n다음: 빌드가 끝나면 카드에서 결과를 보고합니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Building again · Stage: Building — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 다시 빌드 · 단계: 빌드 중 — @김하늘 (Haneul Kim)",
        )
    ]
    assert story.card("v1.5.0").buttons == (
        t("Build passed", "빌드 성공"),
        t("Build failed", "빌드 실패"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Move the deploy date", "배포 일정 변경"),
        t("Hold", "보류"),
        t("Cancel release", "릴리스 취소"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
    )


def _push_a_fix(story: Story) -> None:
    """Somebody works on the release branch behind the approvers' backs."""
    story.demo.sample.commit(
        "release/v1.5.0",
        "fix(cart): round the total",
        {"cart.txt": "rounded"},
        by="emma",
        at=story.demo.clock(),
    )
