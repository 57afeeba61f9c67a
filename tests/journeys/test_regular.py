from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

ROOM = "#rollback-v1-6-0"


async def test_a_regular_release_goes_from_start_to_closed(story: Story) -> None:
    await _before_the_freeze(story)
    await _to_approval(story)
    await _approved(story)
    await _made_ready(story)
    await _until_the_window(story)
    await _deployed(story)
    await _verified(story)
    await _closed(story)


async def _before_the_freeze(story: Story) -> None:
    """From `/release start` to the code freeze, which announces itself."""
    t = story.t
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release start regular v1.5.0", "/release 시작 정기 v1.5.0")) == ""
    assert haneul.modal.fields == {
        t("Project", "프로젝트"): t("Shop", "상점"),
        t("Release type", "릴리스 유형"): t("Regular", "정기"),
        t("In production now", "현재 프로덕션 버전"): "v1.4.2",
        t("Version", "버전"): "v1.5.0",
        t("Deploy", "배포"): t("Thu 5 Mar 14:00", "3월 5일(목) 14:00"),
        t("Or another time", "또는 다른 시각"): None,
    }
    assert await haneul.submit() == t(
        "Recorded: v1.5.0 has started. Type: Regular · Deploy: Thu 5 Mar 14:00 · Code freeze: Mon 2 Mar 14:00\n"
        "The card is in the project's channel. Next: cut the branch when the code freeze begins.",
        "기록했습니다: v1.5.0 릴리스를 시작했습니다. 유형: 정기 · 배포: 3월 5일(목) 14:00 · 코드 프리즈: 3월 2일(월) 14:00\n"
        "카드는 프로젝트 채널에 있습니다. 다음: 코드 프리즈가 시작되면 브랜치를 만듭니다.",
    )
    assert story.news() == [
        t("v1.5.0 · Regular release: Candidate", "v1.5.0 · 정기 릴리스: 릴리스 후보"),
        t(
            "↳ v1.5.0 has started. Type: Regular · Deploy: Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00) · Code freeze: tomorrow 2:00 PM (Seoul Mon 2 Mar 14:00) — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 릴리스를 시작했습니다. 유형: 정기 · 배포: 3월 5일 오후 2:00 (서울 3월 5일(목) 14:00) · 코드 프리즈: 내일 오후 2:00 (서울 3월 2일(월) 14:00) — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ In production: v1.4.2. Confirmed once, before the first release. — @김하늘 (Haneul Kim)",
            "↳ 프로덕션 버전: v1.4.2. 첫 릴리스 전에 한 번만 확인합니다. — @김하늘 (Haneul Kim)",
        ),
    ]
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Regular release\n"
        "◉ Candidate  ○ Building  ○ Staging  ○ QA  ○ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for the code freeze, tomorrow 2:00 PM (Seoul Mon 2 Mar 14:00); then for the release branch from release manager.\n"
        "At this stage since today 1:30 PM\n"
        "Deploy\n"
        "Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Code freeze\n"
        "tomorrow 2:00 PM (Seoul Mon 2 Mar 14:00)\n"
        "Changes\n"
        "21 in all: features 6, improvements 1, fixes 6, security 1, other 7\n"
        "DB migrations 1 · environment variables 3\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Deploying now\n"
        "🔴 Closed, opens Mar 3 10:00 AM (Seoul Tue 3 Mar 10:00)\n"
        "• Outside the release windows · until Mar 3 10:00 AM (Seoul Tue 3 Mar 10:00)\n"
        "• No-deploy hours · until tomorrow 9:00 AM (Seoul Mon 2 Mar 09:00)\n"
        "• Holiday: Independence Movement Day · until tomorrow 12:00 AM (Seoul Mon 2 Mar 00:00)\n"
        "Shop",
        "v1.5.0 · 정기 릴리스\n"
        "◉ 릴리스 후보  ○ 빌드 중  ○ 스테이징  ○ QA  ○ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "코드 프리즈(내일 오후 2:00 (서울 3월 2일(월) 14:00)) 후 릴리스 브랜치를 기다립니다. 담당: 릴리스 매니저\n"
        "이 단계 시작: 오늘 오후 1:30\n"
        "배포\n"
        "3월 5일 오후 2:00 (서울 3월 5일(목) 14:00)\n"
        "코드 프리즈\n"
        "내일 오후 2:00 (서울 3월 2일(월) 14:00)\n"
        "변경 사항\n"
        "모두 21건: 기능 6, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "DB 마이그레이션 1 · 환경 변수 3\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "지금 배포\n"
        "🔴 닫힘 · 열리는 시각 3월 3일 오전 10:00 (서울 3월 3일(화) 10:00)\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 3일 오전 10:00 (서울 3월 3일(화) 10:00)까지\n"
        "• 배포 금지 시간 · 내일 오전 9:00 (서울 3월 2일(월) 09:00)까지\n"
        "• 휴일: 삼일절 · 내일 오전 12:00 (서울 3월 2일(월) 00:00)까지\n"
        "상점",
    )
    assert story.card("v1.5.0").buttons == (
        t("Cut branch early…", "브랜치 미리 만들기…"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Move the deploy date", "배포 일정 변경"),
        t("Hold", "보류"),
        t("Cancel release", "릴리스 취소"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
    )
    await story.time("2026-03-01", "14:00")
    assert story.news() == [
        t(
            "Code freeze in a day v1.5.0: begins tomorrow 2:00 PM (Seoul Mon 2 Mar 14:00). Merge features before that.",
            "하루 뒤 코드 프리즈 v1.5.0: 내일 오후 2:00 (서울 3월 2일(월) 14:00)에 시작합니다. 기능은 그 전에 병합해 주십시오.",
        )
    ]
    await story.time("2026-03-02", "13:00")
    assert story.news() == [
        t(
            "Code freeze in an hour v1.5.0: begins today 2:00 PM (Seoul Mon 2 Mar 14:00). Merge features before that.",
            "한 시간 뒤 코드 프리즈 v1.5.0: 오늘 오후 2:00 (서울 3월 2일(월) 14:00)에 시작합니다. 기능은 그 전에 병합해 주십시오.",
        )
    ]
    assert await haneul.slash(t("/release advance v1.5.0 cut", "/release 진행 v1.5.0 브랜치")) == ""
    assert haneul.modal.title == t("Cut branch early", "브랜치 미리 만들기")
    assert haneul.modal.text == t(
        "v1.5.0 · Regular · Candidate\n"
        "The code freeze begins Mon 2 Mar 14:00. Cutting now begins the release branch before it.\n"
        "Why now?\n"
        "Shown in the thread and kept in the audit.",
        "v1.5.0 · 정기 · 릴리스 후보\n"
        "코드 프리즈 시작: 3월 2일(월) 14:00. 지금 만들면 그보다 먼저 릴리스 브랜치가 생깁니다.\n"
        "왜 지금입니까?\n"
        "스레드에 표시하고 감사 기록에 남깁니다.",
    )
    await haneul.person.close_modal()
    await story.time("2026-03-02", "14:00")
    assert story.news() == [
        t(
            "Code freeze v1.5.0: begun today 2:00 PM (Seoul Mon 2 Mar 14:00). Only fixes are merged until the deploy is complete.",
            "코드 프리즈 시작 v1.5.0: 오늘 오후 2:00 (서울 3월 2일(월) 14:00)부터. 배포가 완료될 때까지 수정만 병합합니다.",
        )
    ]


async def _to_approval(story: Story) -> None:
    """Cut, build, staging, QA: each by who may, each answered."""
    t = story.t
    haneul, daniel, priya, emma, alex, guest = story.people(
        "haneul", "daniel", "priya", "emma", "alex", "guest"
    )
    assert await guest.press(t("Cut branch", "브랜치 생성"), CHANNEL) == t(
        "Cut branch is for: release manager.\nWho can: @Alex Rivera @김하늘 (Haneul Kim)",
        "브랜치 생성 권한이 있는 역할: 릴리스 매니저\n할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim)",
    )
    assert await emma.press(t("Cut branch", "브랜치 생성"), CHANNEL) == t(
        "Cut branch is for: release manager.\nWho can: @Alex Rivera @김하늘 (Haneul Kim)",
        "브랜치 생성 권한이 있는 역할: 릴리스 매니저\n할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim)",
    )
    assert await haneul.press(t("Cut branch", "브랜치 생성"), CHANNEL) == t(
        "Recorded: v1.5.0 Asked of git: Cut branch. The result follows.",
        "기록했습니다: v1.5.0 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Asked of git: Cut branch. The result follows. — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다. — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ v1.5.0 Branch cut · Stage: Building — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 브랜치 생성 · 단계: 빌드 중 — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ v1.5.0 carries 21 in all: features 6, improvements 1, fixes 6, security 1, other 7\n"
            "Detected: DB migrations 1 · environment variables 3",
            "↳ v1.5.0 변경 사항 모두 21건: 기능 6, 개선 1, 수정 6, 보안 1, 기타 7\n"
            "감지됨: DB 마이그레이션 1 · 환경 변수 3",
        ),
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
            "↳ v1.5.0 Build passed (rc.1 <commit>) · Stage: Staging — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 빌드 성공 (rc.1 <commit>) · 단계: 스테이징 — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ v1.5.0 Done in git: Tag the candidate\n• v1.5.0-rc.1 → <commit>",
            "↳ v1.5.0 git 작업 완료: 릴리스 후보 태그\n• v1.5.0-rc.1 → <commit>",
        ),
    ]
    assert await priya.press(t("Staging deployed", "스테이징 배포 성공"), CHANNEL) == ""
    assert await priya.fill({t("Health check", "상태 점검"): "200 OK"}) == t(
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
    assert await daniel.press(t("Checklists", "체크리스트"), CHANNEL) == ""
    assert await daniel.fill(ways.boxes(daniel)) == t(
        "Recorded: v1.5.0 · On staging · Done: 5 items", "기록했습니다: v1.5.0 · 스테이징 · 완료: 5개 항목"
    )
    assert story.news() == []
    assert await daniel.press(t("QA passed", "QA 통과"), CHANNEL) == ""
    migration = t("Does it carry a database migration?", "DB 마이그레이션이 있습니까?")
    assert daniel.modal.fields[migration] == t("Yes", "예")  # detected
    assert await daniel.fill({migration: t("No", "아니요")}) == ""
    assert daniel.errors == {
        migration: t(
            "QA passed has to wait for v1.5.0: one thing is missing. Answered with no, but detected: "
            "migrations/0042_add_gift_card_balance.sql. Look again, or tick that you have looked. (ask: QA lead or release m…",
            "v1.5.0 QA 통과: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다. ‘아니요’로 답하셨지만 감지된 내용이 있습니다: "
            "migrations/0042_add_gift_card_balance.sql. 다시 확인하시거나 확인했다고 표시해 주십시오. (담당: QA 리드 또는 릴리스 매니저)",
        )
    }
    assert await daniel.fill(
        {
            migration: t("Yes", "예"),
            t(
                "Does it break anything for those who use it?",
                "사용하는 쪽의 호환성이 깨지는 변경이 있습니까?",
            ): t("Yes", "예"),
            t("Way back", "되돌리는 방법"): "down.sql",
        }
    ) == t(
        "Recorded: v1.5.0 QA passed for rc.1. DB migration: yes · Breaking changes: yes\n"
        "Way back: down.sql\n"
        "The approval request is in the release's thread.",
        "기록했습니다: v1.5.0 rc.1 QA 통과. DB 마이그레이션: 예 · 단절적 변경: 예\n"
        "되돌리는 방법: down.sql\n"
        "승인 요청은 릴리스 스레드에 있습니다.",
    )
    assert story.news() == [
        t("↳ Approval of v1.5.0 · Regular release, rc.1", "↳ 승인 요청: v1.5.0 · 정기 릴리스, rc.1"),
        t(
            "↳ v1.5.0 QA passed for rc.1. DB migration: yes · Breaking changes: yes — @Daniel Weber\n"
            "Way back: down.sql",
            "↳ v1.5.0 rc.1 QA 통과. DB 마이그레이션: 예 · 단절적 변경: 예 — @Daniel Weber\n되돌리는 방법: down.sql",
        ),
        t(
            "↳ v1.5.0 rc.1 (<commit>) waits for approval. — @Daniel Weber",
            "↳ v1.5.0 rc.1 (<commit>) 승인을 기다립니다. — @Daniel Weber",
        ),
    ]
    assert story.dms("alex") == [
        t("Approval of v1.5.0 · Regular release, rc.1", "승인 요청: v1.5.0 · 정기 릴리스, rc.1")
    ]
    assert alex.reads("rc.1", "dm") == t(
        "Approval of v1.5.0 · Regular release, rc.1\n"
        "Planned deploy\n"
        "Thu 5 Mar 00:00 (Seoul 14:00)\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "QA result\n"
        "passed · @Daniel Weber\n"
        "Soak\n"
        "1 day left, until Tue 3 Mar 00:00 (Seoul 14:00)\n"
        "Database migration\n"
        "yes\n"
        "migrations/0042_add_gift_card_balance.sql\n"
        "Breaking changes\n"
        "yes\n"
        "Environment variables\n"
        "new 2 · changed 1\n"
        "• GIFT_CARD_API_URL\n"
        "• GIFT_CARD_DAILY_LIMIT\n"
        "• PAYMENT_TIMEOUT_SECONDS\n"
        "Deploying now\n"
        "🔴 Closed, opens Mon 2 Mar 20:00 (Seoul Tue 3 Mar 10:00)\n"
        "• Outside the release windows · until Mon 2 Mar 20:00 (Seoul Tue 3 Mar 10:00)\n"
        "• Holiday: Alternative holiday for Independence Movement Day · until Mon 2 Mar 10:00 (Seoul Tue 3 Mar 00:00)\n"
        "Way back\n"
        "down.sql\n"
        "Checklists\n"
        "☐ Before the release 6 of 35\n"
        "☐ At the start 1 of 6\n"
        "Changes\n"
        "21 in all: features 6, improvements 1, fixes 6, security 1, other 7\n"
        "files 17 · lines +106 −1\n"
        "Release notes\n"
        "⚠ Way back ready · never rehearsed\n"
        "Approvals 0 of 1\n"
        "○ Release manager: @Alex Rivera\n"
        "A decision can be changed until the deploy starts; the last one counts.",
        "승인 요청: v1.5.0 · 정기 릴리스, rc.1\n"
        "예정 배포 시각\n"
        "3월 5일(목) 00:00 (서울 14:00)\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "QA 결과\n"
        "통과 · @Daniel Weber\n"
        "스테이징 안정화\n"
        "1일 남음 · 3월 3일(화) 00:00 (서울 14:00)까지\n"
        "DB 마이그레이션\n"
        "예\n"
        "migrations/0042_add_gift_card_balance.sql\n"
        "호환성이 깨지는 변경\n"
        "예\n"
        "환경 변수\n"
        "추가 2 · 변경 1\n"
        "• GIFT_CARD_API_URL\n"
        "• GIFT_CARD_DAILY_LIMIT\n"
        "• PAYMENT_TIMEOUT_SECONDS\n"
        "지금 배포\n"
        "🔴 닫힘 · 열리는 시각 3월 2일(월) 20:00 (서울 3월 3일(화) 10:00)\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 2일(월) 20:00 (서울 3월 3일(화) 10:00)까지\n"
        "• 휴일: 삼일절 대체 휴일 · 3월 2일(월) 10:00 (서울 3월 3일(화) 00:00)까지\n"
        "되돌리는 방법\n"
        "down.sql\n"
        "체크리스트\n"
        "☐ 릴리스 전 6/35\n"
        "☐ 배포 시작 1/6\n"
        "변경 사항\n"
        "모두 21건: 기능 6, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "파일 17개 · 줄 +106 −1\n"
        "릴리스 노트\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "승인 0/1\n"
        "○ 릴리스 매니저: @Alex Rivera\n"
        "결정은 배포 시작 전까지 바꿀 수 있으며 마지막 결정이 유효합니다.",
    )
    assert alex.message("rc.1", "dm").buttons == (
        t("See the changes", "변경 사항 보기"),
        t("Read the notes", "노트 읽기"),
        t("Way back", "되돌리는 방법"),
        t("Approve", "승인"),
        t("Approve with conditions", "조건부 승인"),
        t("Reject", "거부"),
    )


async def _approved(story: Story) -> None:
    """The one who started it may not approve it; who may does so in the DM."""
    t = story.t
    haneul, priya, emma, alex = story.people("haneul", "priya", "emma", "alex")
    assert await haneul.press(t("Approve", "승인"), CHANNEL) == t(
        "You cannot approve v1.5.0.\n"
        "• You started this release, so somebody else decides (separation of duties).\n"
        "Who can: @Alex Rivera",
        "v1.5.0에 대한 승인은 할 수 없습니다.\n"
        "• 직접 시작한 릴리스이므로 다른 사람이 결정합니다(직무 분리).\n"
        "할 수 있는 사람: @Alex Rivera",
    )
    assert await emma.press(t("Approve", "승인"), CHANNEL) == t(
        "Your decision does not count for the approval of v1.5.0.\nWho can: @Alex Rivera",
        "v1.5.0의 승인을 결정할 수 있는 사람이 아닙니다.\n할 수 있는 사람: @Alex Rivera",
    )
    assert await priya.slash(t("/release deploy v1.5.0", "/release 배포 v1.5.0")) == t(
        "Deploy is not possible for v1.5.0 now. Its stage: Waiting for approval\n"
        "Possible now: Report a bug, Hold, Cancel release",
        "v1.5.0 배포: 지금은 할 수 없습니다. 현재 단계: 승인 대기\n"
        "지금 할 수 있는 작업: 버그 보고, 보류, 릴리스 취소",
    )
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


async def _made_ready(story: Story) -> None:
    """All that the deploy still needs is said at once, and settled by the people who know."""
    t = story.t
    daniel, priya, emma = story.people("daniel", "priya", "emma")
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.0: 6 things are missing.\n"
        "• The gate is closed: Outside the release windows · until Tue 3 Mar 06:30 (Seoul 10:00); opens Tue 3 Mar 06:30 (Seoul 10:00) (ask: release manager)\n"
        "• The staging soak lasts until Tue 3 Mar 10:30 (Seoul 14:00).\n"
        "• Checklist “Before the release”, open 29: Every pull request is reviewed; Fixes are verified and documented; The work items are done on the team's board; Types are checked; No new critical or high finding of static analysis; Unit test coverage is over its target; Integration test coverage is over its target; No critical CVE in the dependencies; Every critical and high bug is closed; Every function in scope works; The API docs are up to date; The changelog and the version number are updated; The team is briefed; roles, emergency contacts and the communication channel are confirmed; The migration is tried on staging; System, database and configuration are backed up, and the backup's integrity is checked; The network is checked; Infrastructure changes are applied as code; Environment variables and settings are in place; Servers, load balancer and proxy are reviewed; There is enough disk space; Access rights and tools of the deployers are ready; The vulnerability scan passed; No secret is in the code; Keys and secrets are managed; HTTPS is on; Support and marketing are told; The implementation plan is ready; The back-out plan is ready; Monitoring is ready (ask: release manager, QA lead or tech lead)\n"
        "• Checklist “At the start”, open 2: The production database is backed up; Dashboards are ready (errors, latency, resources) (ask: release manager, DevOps/SRE or QA lead)\n"
        "• Not confirmed yet: Deployer standing by (ask: DevOps/SRE or release manager)\n"
        "• Not confirmed yet: On-call standing by (ask: on-call or DevOps/SRE)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 6가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 3일(화) 06:30 (서울 10:00)까지; 열리는 시각: 3월 3일(화) 06:30 (서울 10:00) (담당: 릴리스 매니저)\n"
        "• 스테이징 안정화 시간은 3월 3일(화) 10:30 (서울 14:00)까지입니다.\n"
        "• 체크리스트 “릴리스 전”, 남은 항목 29: 모든 PR이 리뷰를 받았습니다; 수정 사항을 확인하고 문서로 남겼습니다; 팀 보드의 작업 항목이 모두 완료되었습니다; 타입 검사를 통과했습니다; 정적 분석에서 새로운 심각·높음 문제가 없습니다; 단위 테스트 커버리지가 목표 이상입니다; 통합 테스트 커버리지가 목표 이상입니다; 의존성에 심각한 CVE가 없습니다; 심각·높음 버그가 모두 닫혔습니다; 범위에 있는 모든 기능이 동작합니다; API 문서가 최신입니다; 변경 기록과 버전 번호를 갱신했습니다; 팀 브리핑을 하고 역할, 비상 연락처, 소통 채널을 확인했습니다; 마이그레이션을 스테이징에서 실행해 보았습니다; 시스템, 데이터베이스, 설정을 백업하고 무결성을 확인했습니다; 네트워크를 점검했습니다; 인프라 변경을 코드로 적용했습니다; 환경 변수와 설정이 준비되었습니다; 서버, 로드 밸런서, 프록시를 점검했습니다; 디스크 공간이 충분합니다; 배포 담당자의 접근 권한과 도구가 준비되었습니다; 취약점 검사를 통과했습니다; 코드에 비밀 정보가 없습니다; 키와 비밀 정보를 관리하고 있습니다; HTTPS가 켜져 있습니다; 고객 지원과 마케팅에 알렸습니다; 실행 계획이 준비되었습니다; 되돌릴 계획이 준비되었습니다; 모니터링이 준비되었습니다 (담당: 릴리스 매니저, QA 리드 또는 테크 리드)\n"
        "• 체크리스트 “배포 시작”, 남은 항목 2: 운영 데이터베이스를 백업했습니다; 대시보드가 준비되었습니다(오류, 지연, 자원) (담당: 릴리스 매니저, DevOps/SRE 또는 QA 리드)\n"
        "• 아직 확인되지 않음: 배포 담당자 대기 (담당: DevOps/SRE 또는 릴리스 매니저)\n"
        "• 아직 확인되지 않음: 온콜 대기 (담당: 온콜 또는 DevOps/SRE)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Regular release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ◉ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Approved. What the deploy still needs stands below.\n"
        "At this stage since today 2:00 PM\n"
        "Deploy\n"
        "Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Code freeze\n"
        "today 2:00 PM (Seoul Mon 2 Mar 14:00)\n"
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
        "tomorrow 2:00 PM (Seoul Tue 3 Mar 14:00)\n"
        "Approvals 1 of 1\n"
        "✓ Release manager: @Alex Rivera\n"
        "⚠ Way back ready · never rehearsed\n"
        "Checklists\n"
        "☐ Before the release 6 of 35\n"
        "☐ At the start 2 of 6\n"
        "Deploying now\n"
        "🔴 Closed, opens tomorrow 10:00 AM (Seoul Tue 3 Mar 10:00)\n"
        "• Outside the release windows · until tomorrow 10:00 AM (Seoul Tue 3 Mar 10:00)\n"
        "• Holiday: Alternative holiday for Independence Movement Day · until tomorrow 12:00 AM (Seoul Tue 3 Mar 00:00)\n"
        "The deploy still needs\n"
        "• The staging soak lasts until tomorrow 2:00 PM (Seoul Tue 3 Mar 14:00).\n"
        "• Checklist “Before the release”, open 29: Every pull request is reviewed; Fixes are verified and documented; The work items are done on the team's board and 26 more: /release checklist (ask: release manager, QA lead or tech lead)\n"
        "• Checklist “At the start”, open 2: The production database is backed up; Dashboards are ready (errors, latency, resources) (ask: release manager, DevOps/SRE or QA lead)\n"
        "• Not confirmed yet: Deployer standing by (ask: DevOps/SRE or release manager)\n"
        "• Not confirmed yet: On-call standing by (ask: on-call or DevOps/SRE)\n"
        "To confirm, by the people who know:\n"
        "Shop",
        "v1.5.0 · 정기 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ◉ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "승인되었습니다. 배포에 더 필요한 것은 아래에 있습니다.\n"
        "이 단계 시작: 오늘 오후 2:00\n"
        "배포\n"
        "3월 5일 오후 2:00 (서울 3월 5일(목) 14:00)\n"
        "코드 프리즈\n"
        "오늘 오후 2:00 (서울 3월 2일(월) 14:00)\n"
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
        "내일 오후 2:00 (서울 3월 3일(화) 14:00)\n"
        "승인 1/1\n"
        "✓ 릴리스 매니저: @Alex Rivera\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "체크리스트\n"
        "☐ 릴리스 전 6/35\n"
        "☐ 배포 시작 2/6\n"
        "지금 배포\n"
        "🔴 닫힘 · 열리는 시각 내일 오전 10:00 (서울 3월 3일(화) 10:00)\n"
        "• 릴리스 윈도우 밖의 시간 · 내일 오전 10:00 (서울 3월 3일(화) 10:00)까지\n"
        "• 휴일: 삼일절 대체 휴일 · 내일 오전 12:00 (서울 3월 3일(화) 00:00)까지\n"
        "배포에 더 필요한 것\n"
        "• 스테이징 안정화 시간은 내일 오후 2:00 (서울 3월 3일(화) 14:00)까지입니다.\n"
        "• 체크리스트 “릴리스 전”, 남은 항목 29: 모든 PR이 리뷰를 받았습니다; 수정 사항을 확인하고 문서로 남겼습니다; 팀 보드의 작업 항목이 모두 완료되었습니다 외 26개, 모두 보기: /release 체크리스트 (담당: 릴리스 매니저, QA 리드 또는 테크 리드)\n"
        "• 체크리스트 “배포 시작”, 남은 항목 2: 운영 데이터베이스를 백업했습니다; 대시보드가 준비되었습니다(오류, 지연, 자원) (담당: 릴리스 매니저, DevOps/SRE 또는 QA 리드)\n"
        "• 아직 확인되지 않음: 배포 담당자 대기 (담당: DevOps/SRE 또는 릴리스 매니저)\n"
        "• 아직 확인되지 않음: 온콜 대기 (담당: 온콜 또는 DevOps/SRE)\n"
        "담당자가 확인할 항목:\n"
        "상점",
    )
    assert story.card("v1.5.0").buttons == (
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
    assert await priya.press(t("Deployer standing by", "배포 담당자 대기"), CHANNEL) == ""
    assert await priya.fill({}) == t(
        "Recorded: v1.5.0 Confirmed: Deployer standing by", "기록했습니다: v1.5.0 확인: 배포 담당자 대기"
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Confirmed: Deployer standing by — @Priya Nair",
            "↳ v1.5.0 확인: 배포 담당자 대기 — @Priya Nair",
        )
    ]
    assert await emma.press(t("On-call standing by", "온콜 대기"), CHANNEL) == ""
    assert await emma.fill({}) == t(
        "Recorded: v1.5.0 Confirmed: On-call standing by", "기록했습니다: v1.5.0 확인: 온콜 대기"
    )
    assert story.news() == [
        t("↳ v1.5.0 Confirmed: On-call standing by — @Emma Jones", "↳ v1.5.0 확인: 온콜 대기 — @Emma Jones")
    ]
    assert await daniel.press(t("Checklists", "체크리스트"), CHANNEL) == ""
    assert daniel.modal.text == t(
        "v1.5.0 rc.1 · Before the release\n"
        "▰▰▱▱▱▱▱▱▱▱ 6/35\n"
        "Needed for: Deploy\n"
        "Code quality\n"
        "✓ CI is green (lint, build, tests, security scan)\n"
        "        6f28ac0 · Mon 2 Mar 06:00 (Seoul 14:00)\n"
        "Code quality: by hand\n"
        "Function\n"
        "✓ The candidate is on staging\n"
        "        rc.1\n"
        "✓ QA is finished\n"
        "        Mon 2 Mar 06:00 (Seoul 14:00)\n"
        "– What is left out is switched off by its flag\n"
        "        not asked for: nothing is left out\n"
        "Function: by hand\n"
        "Database and infrastructure\n"
        "✓ The way back for the migration is ready\n"
        "        Naru knows it\n"
        "Database and infrastructure: by hand\n"
        "Security\n"
        "Documents and people\n"
        "✓ The release notes are written\n"
        "        Naru knows it\n"
        "✓ The schedule is announced\n"
        "        Thu 5 Mar 06:00 (Seoul 14:00)\n"
        "Documents and people: by hand",
        "v1.5.0 rc.1 · 릴리스 전\n"
        "▰▰▱▱▱▱▱▱▱▱ 6/35\n"
        "필요한 작업: 배포\n"
        "코드 품질\n"
        "✓ CI가 통과했습니다(린트, 빌드, 테스트, 보안 검사)\n"
        "        6f28ac0 · 3월 2일(월) 06:00 (서울 14:00)\n"
        "코드 품질: 직접 확인\n"
        "기능\n"
        "✓ 후보가 스테이징에 배포되었습니다\n"
        "        rc.1\n"
        "✓ QA가 보고서와 함께 끝났습니다\n"
        "        3월 2일(월) 06:00 (서울 14:00)\n"
        "– 제외한 변경은 플래그로 꺼져 있습니다\n"
        "        해당 없음: 제외한 변경 없음\n"
        "기능: 직접 확인\n"
        "데이터베이스와 인프라\n"
        "✓ 마이그레이션을 되돌릴 방법이 준비되었습니다\n"
        "        나루가 확인함\n"
        "데이터베이스와 인프라: 직접 확인\n"
        "보안\n"
        "문서와 사람\n"
        "✓ 릴리스 노트를 작성했습니다\n"
        "        나루가 확인함\n"
        "✓ 일정을 공지했습니다\n"
        "        3월 5일(목) 06:00 (서울 14:00)\n"
        "문서와 사람: 직접 확인",
    )
    assert await daniel.fill(ways.boxes(daniel)) == t(
        "Recorded: v1.5.0 · Before the release · Done: 29 items",
        "기록했습니다: v1.5.0 · 릴리스 전 · 완료: 29개 항목",
    )
    assert daniel.modal.text == t(
        "v1.5.0 rc.1 · At the start\n"
        "▰▰▰▰▰▱▱▱▱▱ 3/6\n"
        "Needed for: Deploy\n"
        "✓ The way back is ready (tag of the previous version)\n"
        "        v1.4.2\n"
        "✓ Deployer and on-call are standing by\n"
        "        Mon 2 Mar 06:00 (Seoul 14:00)\n"
        "○ The gate is open for the deploy\n"
        "        Naru sees it by itself; not so yet\n"
        "✓ The start is announced\n"
        "        Naru knows it\n"
        "By hand",
        "v1.5.0 rc.1 · 배포 시작\n"
        "▰▰▰▰▰▱▱▱▱▱ 3/6\n"
        "필요한 작업: 배포\n"
        "✓ 되돌릴 버전이 준비되었습니다(이전 버전의 태그)\n"
        "        v1.4.2\n"
        "✓ 배포 담당자와 당직자가 대기하고 있습니다\n"
        "        3월 2일(월) 06:00 (서울 14:00)\n"
        "○ 배포 게이트가 열려 있습니다\n"
        "        나루가 스스로 확인하며 아직 충족되지 않음\n"
        "✓ 시작을 공지했습니다\n"
        "        나루가 확인함\n"
        "직접 확인",
    )
    assert await daniel.fill(ways.boxes(daniel)) == t(
        "Recorded: v1.5.0 · At the start · Done: The production database is backed up; Dashboards are ready (errors, latency, resources)\n"
        "Still open in this list: 2",
        "기록했습니다: v1.5.0 · 배포 시작 · 완료: 운영 데이터베이스를 백업했습니다; 대시보드가 준비되었습니다(오류, 지연, 자원)\n"
        "이 목록에 남은 항목: 2",
    )
    assert story.news() == []
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.0: 2 things are missing.\n"
        "• The gate is closed: Outside the release windows · until Tue 3 Mar 06:30 (Seoul 10:00); opens Tue 3 Mar 06:30 (Seoul 10:00) (ask: release manager)\n"
        "• The staging soak lasts until Tue 3 Mar 10:30 (Seoul 14:00).\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 2가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 3일(화) 06:30 (서울 10:00)까지; 열리는 시각: 3월 3일(화) 06:30 (서울 10:00) (담당: 릴리스 매니저)\n"
        "• 스테이징 안정화 시간은 3월 3일(화) 10:30 (서울 14:00)까지입니다.\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )


async def _until_the_window(story: Story) -> None:
    """The window announces itself with who is ready; the soak ends."""
    t = story.t
    priya = story.person("priya")
    await story.time("2026-03-03", "09:00")
    assert story.news() == [
        t(
            "Release window in an hour: opens today 10:00 AM (Seoul Tue 3 Mar 10:00). Ready to go: v1.5.0",
            "한 시간 뒤 릴리스 윈도우: 오늘 오전 10:00 (서울 3월 3일(화) 10:00)에 열립니다. 배포 준비 완료: v1.5.0",
        )
    ]
    await story.time("2026-03-03", "10:00")
    assert story.news() == [
        t(
            "Release window open since today 10:00 AM (Seoul Tue 3 Mar 10:00). Ready to go: v1.5.0",
            "릴리스 윈도우 열림: 오늘 오전 10:00 (서울 3월 3일(화) 10:00)부터. 배포 준비 완료: v1.5.0",
        )
    ]
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.0: one thing is missing.\n"
        "• The staging soak lasts until Tue 3 Mar 10:30 (Seoul 14:00).\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 스테이징 안정화 시간은 3월 3일(화) 10:30 (서울 14:00)까지입니다.\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    await story.time("2026-03-03", "14:00")
    assert story.news() == [
        t("↳ v1.5.0 The staging soak is over.", "↳ v1.5.0 스테이징 안정화 시간이 끝났습니다.")
    ]
    assert story.dms("haneul") == [
        t("v1.5.0 The staging soak is over.", "v1.5.0 스테이징 안정화 시간이 끝났습니다.")
    ]
    await story.time("2026-03-03", "16:45")
    assert story.news() == [
        t(
            "Release window closing: closes today 5:00 PM (Seoul Tue 3 Mar 17:00). Ready to go: v1.5.0",
            "릴리스 윈도우 마감 임박: 오늘 오후 5:00 (서울 3월 3일(화) 17:00)에 닫힙니다. 배포 준비 완료: v1.5.0",
        )
    ]
    await story.time("2026-03-03", "17:00")
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.0: one thing is missing.\n"
        "• The gate is closed: Outside the release windows · until Wed 4 Mar 06:30 (Seoul 10:00); opens Wed 4 Mar 06:30 (Seoul 10:00) (ask: release manager)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 4일(수) 06:30 (서울 10:00)까지; 열리는 시각: 3월 4일(수) 06:30 (서울 10:00) (담당: 릴리스 매니저)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )


async def _deployed(story: Story) -> None:
    """Step by step to production; the freeze lifts."""
    t = story.t
    priya, alex = story.people("priya", "alex")
    await story.time("2026-03-04", "14:00")
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Recorded: v1.5.0 Asked of git: Deploy. The result follows.",
        "기록했습니다: v1.5.0 git 작업 요청: 배포. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Asked of git: Deploy. The result follows. — @Priya Nair",
            "↳ v1.5.0 git 작업 요청: 배포. 결과는 곧 알려 드립니다. — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Deploy started (rc.1 <commit>) · Stage: Deploying — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 배포 시작 (rc.1 <commit>) · 단계: 배포 중 — @Priya Nair",
        ),
    ]
    assert alex.message("rc.1", "dm").buttons == ()
    assert story.card("v1.5.0").buttons == (
        t("Step done", "배포 단계 완료"),
        t("Pause", "일시 중지"),
        t("Stop rollout", "배포 중단"),
        t("Declare rollback", "롤백 선언"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Checklists", "체크리스트"),
    )
    assert await priya.press(t("Step done", "배포 단계 완료"), CHANNEL) == t(
        "Recorded: v1.5.0 Green side ▰▰▰▰▰▱▱▱▱▱ 1/2",
        "기록했습니다: v1.5.0 그린 정상 확인 ▰▰▰▰▰▱▱▱▱▱ 1/2",
    )
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.5.0 Green side ▰▰▰▰▰▱▱▱▱▱ 1/2 — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 그린 정상 확인 ▰▰▰▰▰▱▱▱▱▱ 1/2 — @Priya Nair",
        )
    ]
    assert await priya.slash(
        t("/release advance v1.5.0 rollout complete", "/release 진행 v1.5.0 배포 완료")
    ) == t(
        "Rollout complete has to wait for v1.5.0: 2 things are missing.\n"
        "• 1 of 2 rollout steps are done. (ask: DevOps/SRE)\n"
        "• Checklist “While it goes out”, open 5: The migration ran; The deploy ran; Every instance is healthy; Errors and latency are in range; No user complaints are received (ask: DevOps/SRE, release manager or on-call)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포 완료: 아직 진행할 수 없습니다. 필요한 것이 2가지 남았습니다.\n"
        "• 배포 단계 2개 중 1개가 완료되었습니다. (담당: DevOps/SRE)\n"
        "• 체크리스트 “배포 중”, 남은 항목 5: 마이그레이션을 실행했습니다; 배포를 실행했습니다; 모든 인스턴스가 정상입니다; 오류와 지연이 정상 범위입니다; 사용자 불만이 들어오지 않았습니다 (담당: DevOps/SRE, 릴리스 매니저 또는 온콜)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await priya.press(t("Step done", "배포 단계 완료"), CHANNEL) == t(
        "Recorded: v1.5.0 Traffic switched ▰▰▰▰▰▰▰▰▰▰ 2/2", "기록했습니다: v1.5.0 트래픽 전환 ▰▰▰▰▰▰▰▰▰▰ 2/2"
    )
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.5.0 Traffic switched ▰▰▰▰▰▰▰▰▰▰ 2/2 — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 트래픽 전환 ▰▰▰▰▰▰▰▰▰▰ 2/2 — @Priya Nair",
        )
    ]
    assert await priya.press(t("Checklists", "체크리스트"), CHANNEL) == ""
    assert await priya.fill(ways.boxes(priya)) == t(
        "Recorded: v1.5.0 · While it goes out · Done: 4 items",
        "기록했습니다: v1.5.0 · 배포 중 · 완료: 4개 항목",
    )
    assert await priya.press(t("Rollout complete", "배포 완료"), CHANNEL) == t(
        "Recorded: v1.5.0 Rollout completed · Stage: Verifying\n"
        "Next: verify in production, then confirm it on the card.",
        "기록했습니다: v1.5.0 배포 완료 · 단계: 검증 중\n다음: 프로덕션에서 검증한 뒤 카드에서 확인합니다.",
    )
    assert story.news() == [
        t(
            "↳ 🟢 Success v1.5.0 Rollout completed · Stage: Verifying — @Priya Nair",
            "↳ 🟢 성공 v1.5.0 배포 완료 · 단계: 검증 중 — @Priya Nair",
        ),
        t(
            "↳ v1.5.0 Code freeze lifted: the deploy is complete. Features may be merged again. — @Priya Nair",
            "↳ v1.5.0 코드 프리즈 해제: 배포 완료. 다시 기능을 병합할 수 있습니다. — @Priya Nair",
        ),
        t(
            "v1.5.0 Code freeze lifted: the deploy is complete. Features may be merged again. — @Priya Nair",
            "v1.5.0 코드 프리즈 해제: 배포 완료. 다시 기능을 병합할 수 있습니다. — @Priya Nair",
        ),
    ]


async def _verified(story: Story) -> None:
    """Verified, tagged and merged on the remote itself."""
    t = story.t
    daniel = story.person("daniel")
    assert await daniel.press(t("Verified", "검증 완료"), CHANNEL) == t(
        "Verified has to wait for v1.5.0: one thing is missing.\n"
        "• Checklist “Right after the release”, open 8: The core functions are smoke-tested; The health check passes; All services are up; The logs are clean; Alerting works; Errors, latency, CPU and memory are compared with before; Integrations work; The data is consistent (ask: QA lead or release manager)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 검증 완료: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 체크리스트 “배포 직후”, 남은 항목 8: 핵심 기능을 스모크 테스트했습니다; 헬스 체크를 통과했습니다; 모든 서비스가 동작합니다; 로그가 깨끗합니다; 알림이 동작합니다; 오류, 지연, CPU, 메모리를 배포 전과 비교했습니다; 외부 연동이 동작합니다; 데이터가 일관됩니다 (담당: QA 리드 또는 릴리스 매니저)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await daniel.press(t("Checklists", "체크리스트"), CHANNEL) == ""
    assert await daniel.fill(ways.boxes(daniel)) == t(
        "Recorded: v1.5.0 · Right after the release · Done: 8 items",
        "기록했습니다: v1.5.0 · 배포 직후 · 완료: 8개 항목",
    )
    assert story.news() == []
    assert story.demo.sample.subjects("v1.4.2..main") == []
    assert await daniel.press(t("Verified", "검증 완료"), CHANNEL) == t(
        "Recorded: v1.5.0 Verified and released · Stage: Released\n"
        "Next: tag and merges are made; monitoring runs.",
        "기록했습니다: v1.5.0 검증 및 릴리스 완료 · 단계: 릴리스 완료\n"
        "다음: 태그와 병합을 처리하고 모니터링을 진행합니다.",
    )
    assert story.news() == [
        t(
            "↳ 🟢 Success v1.5.0 Verified and released · Stage: Released — @Daniel Weber",
            "↳ 🟢 성공 v1.5.0 검증 및 릴리스 완료 · 단계: 릴리스 완료 — @Daniel Weber",
        ),
        t(
            "↳ v1.5.0 Release notes published: the release's thread — @Daniel Weber",
            "↳ v1.5.0 릴리스 노트를 게시했습니다: 릴리스 스레드 — @Daniel Weber",
        ),
        t("↳ Release notes v1.5.0", "↳ 릴리스 노트 v1.5.0"),
        t(
            "↳ v1.5.0 Done in git: Tag and merge\n"
            "• main <commit> → <commit>\n"
            "• v1.5.0 → <commit>\n"
            "• release/v1.5.0 deleted <commit>",
            "↳ v1.5.0 git 작업 완료: 태그 및 병합\n"
            "• main <commit> → <commit>\n"
            "• v1.5.0 → <commit>\n"
            "• release/v1.5.0 삭제 <commit>",
        ),
    ]
    assert len(story.demo.sample.subjects("v1.4.2..v1.5.0")) == 23
    assert story.demo.sample.subjects("v1.5.0..main") == []
    assert story.demo.sample.subjects("v1.5.0-rc.1..v1.5.0") == []


async def _closed(story: Story) -> None:
    """Monitoring asks whether all was well."""
    t = story.t
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release advance v1.5.0 close", "/release 진행 v1.5.0 종료")) == t(
        "Close release has to wait for v1.5.0: 3 things are missing.\n"
        "• Monitoring lasts until Thu 5 Mar 14:00.\n"
        "• Checklist “30 minutes after the release”, open 4: The traffic pattern is normal; Errors are in range; External services are fine; Database queries are normal (ask: QA lead, release manager, DevOps/SRE or on-call)\n"
        "• Checklist “To finish”, open 1: Monitoring is started (ask: release manager, DevOps/SRE or QA lead)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 릴리스 종료: 아직 진행할 수 없습니다. 필요한 것이 3가지 남았습니다.\n"
        "• 모니터링은 3월 5일(목) 14:00까지입니다.\n"
        "• 체크리스트 “배포 30분 후”, 남은 항목 4: 트래픽 패턴이 정상입니다; 오류가 정상 범위입니다; 외부 서비스가 정상입니다; 데이터베이스 쿼리가 정상입니다 (담당: QA 리드, 릴리스 매니저, DevOps/SRE 또는 온콜)\n"
        "• 체크리스트 “마무리”, 남은 항목 1: 모니터링을 시작했습니다 (담당: 릴리스 매니저, DevOps/SRE 또는 QA 리드)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    await story.time("2026-03-05", "14:00")
    assert story.news() == [
        t(
            "↳ Late: v1.5.0 The checklist can be worked through now: 30 minutes after the release. Open items: 4",
            "↳ 지연 안내: v1.5.0 이제 체크리스트를 진행할 수 있습니다: 배포 30분 후 · 남은 항목 4개",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Monitoring is over. Was all well? Then close the release.\n"
            "Blue is still kept for the way back: once the release is closed, it may go.",
            "↳ 🔵 정보 v1.5.0 모니터링이 끝났습니다. 문제가 없었다면 릴리스를 종료해 주십시오.\n"
            "블루는 되돌릴 때를 위해 아직 유지됩니다. 릴리스를 종료하면 정리할 수 있습니다.",
        ),
    ]
    assert story.dms("haneul") == [
        t(
            "Late: v1.5.0 The checklist can be worked through now: 30 minutes after the release. Open items: 4",
            "지연 안내: v1.5.0 이제 체크리스트를 진행할 수 있습니다: 배포 30분 후 · 남은 항목 4개",
        ),
        t(
            "The monitoring of v1.5.0 is over.\n"
            "Was everything in range, and is the branch merged back? For: release manager\n"
            "Closing still needs\n"
            "• Checklist “30 minutes after the release”, open 4: The traffic pattern is normal; Errors are in range; External services are fine; Database queries are normal (ask: QA lead, release manager, DevOps/SRE or on-call)\n"
            "• Checklist “To finish”, open 1: Monitoring is started (ask: release manager, DevOps/SRE or QA lead)",
            "v1.5.0 모니터링 기간이 끝났습니다.\n"
            "모든 지표가 정상이었고 브랜치가 병합되었습니까? 담당: 릴리스 매니저\n"
            "종료하려면 아직 필요한 것\n"
            "• 체크리스트 “배포 30분 후”, 남은 항목 4: 트래픽 패턴이 정상입니다; 오류가 정상 범위입니다; 외부 서비스가 정상입니다; 데이터베이스 쿼리가 정상입니다 (담당: QA 리드, 릴리스 매니저, DevOps/SRE 또는 온콜)\n"
            "• 체크리스트 “마무리”, 남은 항목 1: 모니터링을 시작했습니다 (담당: 릴리스 매니저, DevOps/SRE 또는 QA 리드)",
        ),
    ]
    assert await haneul.press(t("Checklists", "체크리스트"), CHANNEL) == ""
    assert await haneul.fill(ways.boxes(haneul)) == t(
        "Recorded: v1.5.0 · 30 minutes after the release · Done: 4 items",
        "기록했습니다: v1.5.0 · 배포 30분 후 · 완료: 4개 항목",
    )
    lists = t("Checklists", "체크리스트")
    assert await haneul.press(lists, CHANNEL, message_ts=story.card("v1.5.0").ts) == ""
    assert await haneul.fill(ways.boxes(haneul)) == t(
        "Recorded: v1.5.0 · To finish · Done: Monitoring is started",
        "기록했습니다: v1.5.0 · 마무리 · 완료: 모니터링을 시작했습니다",
    )
    assert await haneul.press(t("Close release", "릴리스 종료"), "dm") == t(
        "Recorded: v1.5.0 Closed · Stage: Closed", "기록했습니다: v1.5.0 종료 · 단계: 종료"
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Closed · Stage: Closed — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 종료 · 단계: 종료 — @김하늘 (Haneul Kim)",
        )
    ]
    assert haneul.message("v1.5.0", "dm").buttons == ()
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Regular release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ● Approved  ● Deploying  ● Verifying  ● Released  ◉ Closed\n"
        "\n"
        "Done: nothing is waited for.\n"
        "At this stage since today 2:00 PM\n"
        "Deploy\n"
        "deployed yesterday 2:00 PM (Seoul Wed 4 Mar 14:00)\n"
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
        "Shop",
        "v1.5.0 · 정기 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ● 승인  ● 배포 중  ● 검증 중  ● 릴리스 완료  ◉ 종료\n"
        "\n"
        "완료되었습니다. 기다리는 일이 없습니다.\n"
        "이 단계 시작: 오늘 오후 2:00\n"
        "배포\n"
        "어제 오후 2:00 (서울 3월 4일(수) 14:00) 배포됨\n"
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
        "상점",
    )
    assert story.card("v1.5.0").buttons == (
        t("Declare rollback", "롤백 선언"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
    )
