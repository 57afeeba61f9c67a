from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story


async def test_a_feature_release_is_signed_off_by_every_stakeholder_and_widened_step_by_step(
    story: Story,
) -> None:
    await _stakeholders_named(story)
    await _frozen_for_a_week(story)
    await _signed_off(story)
    await _soaked_for_three_days(story)
    await _widened(story)
    await _closed(story)


async def _stakeholders_named(story: Story) -> None:
    """Beside the PM all who are named must approve: whoever wrote most of it cannot be one of them."""
    t = story.t
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release start feature", "/release 시작 기능")) == ""
    assert haneul.modal.fields == {
        t("Project", "프로젝트"): t("Shop", "상점"),
        t("Release type", "릴리스 유형"): t("Feature", "기능"),
        t("In production now", "현재 프로덕션 버전"): "v1.4.2",
        t("Version", "버전"): "1.5.0",
        t("Feature name", "기능 이름"): None,
        t("Stakeholders", "이해관계자"): [],
        t("Deploy", "배포"): t("Thu 12 Mar 14:00", "3월 12일(목) 14:00"),
        t("Or another time", "또는 다른 시각"): None,
    }
    assert (
        await haneul.fill(
            {
                t("Feature name", "기능 이름"): "points",
                t("Stakeholders", "이해관계자"): ["emma", "junho"],
            }
        )
        == ""
    )
    assert haneul.errors == {
        t("Version", "버전"): t(
            "v1.5.0 was not started: it could never be approved. Stakeholder: 2 needed, 1 left who may approve · Kept out by separation of duties: @emma @haneul",
            "승인 요건을 충족할 수 없어 시작하지 않았습니다: v1.5.0 · 이해관계자: 2명 필요, 승인할 수 있는 사람 1명 · 직무 분리로 제외된 사람: @emma @haneul",
        )
    }
    assert await haneul.fill({t("Stakeholders", "이해관계자"): ["daniel", "junho"]}) == t(
        "Recorded: v1.5.0 has started. Type: Feature · Deploy: Thu 12 Mar 14:00 · Code freeze: Thu 5 Mar 14:00\n"
        "The card is in the project's channel. Next: cut the branch when the code freeze begins.",
        "기록했습니다: v1.5.0 릴리스를 시작했습니다. 유형: 기능 · 배포: 3월 12일(목) 14:00 · 코드 프리즈: 3월 5일(목) 14:00\n"
        "카드는 프로젝트 채널에 있습니다. 다음: 코드 프리즈가 시작되면 브랜치를 만듭니다.",
    )
    assert story.news() == [
        t("v1.5.0 · Feature release · points: Candidate", "v1.5.0 · 기능 릴리스 · points: 릴리스 후보"),
        t(
            "↳ v1.5.0 has started. Type: Feature · Deploy: Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00) · Code freeze: Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00) — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 릴리스를 시작했습니다. 유형: 기능 · 배포: 3월 12일 오후 2:00 (서울 3월 12일(목) 14:00) · 코드 프리즈: 3월 5일 오후 2:00 (서울 3월 5일(목) 14:00) — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ In production: v1.4.2. Confirmed once, before the first release. — @김하늘 (Haneul Kim)",
            "↳ 프로덕션 버전: v1.4.2. 첫 릴리스 전에 한 번만 확인합니다. — @김하늘 (Haneul Kim)",
        ),
    ]
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Feature release · points\n"
        "◉ Candidate  ○ Building  ○ Staging  ○ QA  ○ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for the code freeze, Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00); then for the release branch from release manager.\n"
        "Candidate since today 1:30 PM\n"
        "Deploy\n"
        "Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00)\n"
        "Code freeze\n"
        "Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Changes\n"
        "21 in all: features 6, improvements 1, fixes 6, security 1, other 7\n"
        "DB migrations 1 · environment variables 3\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Stakeholders\n"
        "@Daniel Weber @이준호 (Junho Lee)\n"
        "Deploying now\n"
        "🔴 Closed, opens Mar 3 10:00 AM (Seoul Tue 3 Mar 10:00)\n"
        "• Outside the release windows · until Mar 3 10:00 AM (Seoul Tue 3 Mar 10:00)\n"
        "• No-deploy hours · until tomorrow 9:00 AM (Seoul Mon 2 Mar 09:00)\n"
        "• Holiday: Independence Movement Day · until tomorrow 12:00 AM (Seoul Mon 2 Mar 00:00)\n"
        "Shop",
        "v1.5.0 · 기능 릴리스 · points\n"
        "◉ 릴리스 후보  ○ 빌드 중  ○ 스테이징  ○ QA  ○ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "코드 프리즈(3월 5일 오후 2:00 (서울 3월 5일(목) 14:00)) 후 릴리스 브랜치를 기다립니다. 담당: 릴리스 매니저\n"
        "릴리스 후보: 오늘 오후 1:30부터\n"
        "배포\n"
        "3월 12일 오후 2:00 (서울 3월 12일(목) 14:00)\n"
        "코드 프리즈\n"
        "3월 5일 오후 2:00 (서울 3월 5일(목) 14:00)\n"
        "변경 사항\n"
        "모두 21건: 기능 6, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "DB 마이그레이션 1 · 환경 변수 3\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "이해관계자\n"
        "@Daniel Weber @이준호 (Junho Lee)\n"
        "지금 배포\n"
        "🔴 닫힘 · 열리는 시각 3월 3일 오전 10:00 (서울 3월 3일(화) 10:00)\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 3일 오전 10:00 (서울 3월 3일(화) 10:00)까지\n"
        "• 배포 금지 시간 · 내일 오전 9:00 (서울 3월 2일(월) 09:00)까지\n"
        "• 휴일: 삼일절 · 내일 오전 12:00 (서울 3월 2일(월) 00:00)까지\n"
        "상점",
    )


async def _frozen_for_a_week(story: Story) -> None:
    """The freeze begins seven days before the deploy; what is released is the feature's own branch."""
    t = story.t
    haneul = story.person("haneul")
    await story.time("2026-03-05", "13:59")
    story.news()
    assert await haneul.press(t("Cut branch early…", "브랜치 미리 만들기…"), CHANNEL) == ""
    assert haneul.modal.text == t(
        "v1.5.0 · Feature · Candidate\n"
        "The code freeze begins Thu 5 Mar 14:00. Cutting now begins the release branch before it.\n"
        "Why now?\n"
        "Shown in the thread and kept in the audit.",
        "v1.5.0 · 기능 · 릴리스 후보\n"
        "코드 프리즈 시작: 3월 5일(목) 14:00. 지금 만들면 그보다 먼저 릴리스 브랜치가 생깁니다.\n"
        "왜 지금입니까?\n"
        "스레드에 표시하고 감사 기록에 남깁니다.",
    )
    await haneul.person.close_modal()
    await story.time("2026-03-05", "14:00")
    assert story.news() == [
        t(
            "Code freeze v1.5.0: begun today 2:00 PM (Seoul Thu 5 Mar 14:00). Only fixes are merged until the deploy is complete.",
            "코드 프리즈 시작 v1.5.0: 오늘 오후 2:00 (서울 3월 5일(목) 14:00)부터. 배포가 완료될 때까지 수정만 병합합니다.",
        )
    ]
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
            "↳ v1.5.0 carries 22 in all: features 7, improvements 1, fixes 6, security 1, other 7\n"
            "Detected: DB migrations 1 · environment variables 3",
            "↳ v1.5.0 변경 사항 모두 22건: 기능 7, 개선 1, 수정 6, 보안 1, 기타 7\n"
            "감지됨: DB 마이그레이션 1 · 환경 변수 3",
        ),
    ]
    assert story.demo.sample.subjects("feature/points..release/feature-points") == []
    assert story.demo.sample.subjects("develop..release/feature-points") == [
        "feat(points): collect points with every order"
    ]


async def _signed_off(story: Story) -> None:
    """The PM is not enough, and neither is one stakeholder of two; the last one signs on the next day."""
    t = story.t
    haneul, junho, sora, daniel, minjae = story.people("haneul", "junho", "sora", "daniel", "minjae")
    await ways.build(story)
    await ways.pass_qa(story)
    await story.begin_here()
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Feature release · points\n"
        "● Candidate  ● Building  ● Staging  ● QA  ◉ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for approval from @박소라 (Sora Park) @Daniel Weber @이준호 (Junho Lee). The request is in the thread.\n"
        "Waiting for approval since today 2:00 PM\n"
        "Deploy\n"
        "Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00)\n"
        "Code freeze\n"
        "today 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Changes\n"
        "22 in all: features 7, improvements 1, fixes 6, security 1, other 7\n"
        "DB migrations 1 · environment variables 3\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/feature-points\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Soak ends\n"
        "Mar 8 2:00 PM (Seoul Sun 8 Mar 14:00)\n"
        "Stakeholders\n"
        "@Daniel Weber @이준호 (Junho Lee)\n"
        "Approvals 0 of 3\n"
        "○ PM: @박소라 (Sora Park)\n"
        "○ Stakeholder ×2: @Daniel Weber @이준호 (Junho Lee)\n"
        "⚠ Way back ready · never rehearsed\n"
        "Checklists\n"
        "☐ Before the release 6 of 35\n"
        "☐ At the start 2 of 6\n"
        "Deploying now\n"
        "🟢 Open\n"
        "To confirm, by the people who know:\n"
        "Shop",
        "v1.5.0 · 기능 릴리스 · points\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ◉ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "승인을 기다립니다: @박소라 (Sora Park) @Daniel Weber @이준호 (Junho Lee). 승인 요청은 스레드에 있습니다.\n"
        "승인 대기: 오늘 오후 2:00부터\n"
        "배포\n"
        "3월 12일 오후 2:00 (서울 3월 12일(목) 14:00)\n"
        "코드 프리즈\n"
        "오늘 오후 2:00 (서울 3월 5일(목) 14:00)\n"
        "변경 사항\n"
        "모두 22건: 기능 7, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "DB 마이그레이션 1 · 환경 변수 3\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/feature-points\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "스테이징 안정화 종료\n"
        "3월 8일 오후 2:00 (서울 3월 8일(일) 14:00)\n"
        "이해관계자\n"
        "@Daniel Weber @이준호 (Junho Lee)\n"
        "승인 0/3\n"
        "○ PM: @박소라 (Sora Park)\n"
        "○ 이해관계자 ×2: @Daniel Weber @이준호 (Junho Lee)\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "체크리스트\n"
        "☐ 릴리스 전 6/35\n"
        "☐ 배포 시작 2/6\n"
        "지금 배포\n"
        "🟢 열림\n"
        "담당자가 확인할 항목:\n"
        "상점",
    )
    assert daniel.reads(t("Approval of", "승인 요청"), "dm") == t(
        "Approval of v1.5.0 · Feature release · points, rc.1\n"
        "Planned deploy\n"
        "Thu 12 Mar 06:00 (Seoul 14:00)\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "QA result\n"
        "passed · @Daniel Weber\n"
        "Soak\n"
        "3 days left, until Sun 8 Mar 06:00 (Seoul 14:00)\n"
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
        "🟢 Open\n"
        "Way back\n"
        "migrations/down.sql\n"
        "Checklists\n"
        "☐ Before the release 6 of 35\n"
        "☐ At the start 2 of 6\n"
        "Changes\n"
        "22 in all: features 7, improvements 1, fixes 6, security 1, other 7\n"
        "files 18 · lines +112 −1\n"
        "Release notes\n"
        "⚠ Way back ready · never rehearsed\n"
        "Approvals 0 of 3\n"
        "○ PM: @박소라 (Sora Park)\n"
        "○ Stakeholder ×2: @Daniel Weber @이준호 (Junho Lee)\n"
        "A decision can be changed until the deploy starts; the last one counts.",
        "승인 요청: v1.5.0 · 기능 릴리스 · points, rc.1\n"
        "예정 배포 시각\n"
        "3월 12일(목) 06:00 (서울 14:00)\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "QA 결과\n"
        "통과 · @Daniel Weber\n"
        "스테이징 안정화\n"
        "3일 남음 · 3월 8일(일) 06:00 (서울 14:00)까지\n"
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
        "🟢 열림\n"
        "되돌리는 방법\n"
        "migrations/down.sql\n"
        "체크리스트\n"
        "☐ 릴리스 전 6/35\n"
        "☐ 배포 시작 2/6\n"
        "변경 사항\n"
        "모두 22건: 기능 7, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "파일 18개 · 줄 +112 −1\n"
        "릴리스 노트\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "승인 0/3\n"
        "○ PM: @박소라 (Sora Park)\n"
        "○ 이해관계자 ×2: @Daniel Weber @이준호 (Junho Lee)\n"
        "결정은 배포 시작 전까지 바꿀 수 있으며 마지막 결정이 유효합니다.",
    )
    assert await minjae.press(t("Approve", "승인"), CHANNEL) == t(
        "Your decision does not count for the approval of v1.5.0.\n"
        "Who can: @Daniel Weber @이준호 (Junho Lee) @박소라 (Sora Park)",
        "v1.5.0의 승인을 결정할 수 있는 사람이 아닙니다.\n"
        "할 수 있는 사람: @Daniel Weber @이준호 (Junho Lee) @박소라 (Sora Park)",
    )
    assert await haneul.press(t("Approve", "승인"), CHANNEL) == t(
        "Your decision does not count for the approval of v1.5.0.\n"
        "Who can: @Daniel Weber @이준호 (Junho Lee) @박소라 (Sora Park)",
        "v1.5.0의 승인을 결정할 수 있는 사람이 아닙니다.\n"
        "할 수 있는 사람: @Daniel Weber @이준호 (Junho Lee) @박소라 (Sora Park)",
    )
    assert await sora.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.5.0 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.5.0 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert await daniel.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.5.0 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.5.0 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.5.0 rc.1 Approved — @박소라 (Sora Park)", "↳ v1.5.0 rc.1 승인 — @박소라 (Sora Park)"),
        t("↳ v1.5.0 rc.1 Approved — @Daniel Weber", "↳ v1.5.0 rc.1 승인 — @Daniel Weber"),
    ]
    assert await haneul.slash(t("/release deploy v1.5.0", "/release 배포 v1.5.0")) == t(
        "Deploy is not possible for v1.5.0 now. Its stage: Waiting for approval\n"
        "Possible now: Report a bug, Hold, Cancel release",
        "v1.5.0 배포: 지금은 할 수 없습니다. 현재 단계: 승인 대기\n"
        "지금 할 수 있는 작업: 버그 보고, 보류, 릴리스 취소",
    )
    await story.time("2026-03-06", "14:00")
    story.news()
    assert await junho.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.5.0 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.5.0 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.5.0 rc.1 Approved — @이준호 (Junho Lee)", "↳ v1.5.0 rc.1 승인 — @이준호 (Junho Lee)"),
        t(
            "↳ v1.5.0 All approvals given · Stage: Approved — @이준호 (Junho Lee)",
            "↳ v1.5.0 승인 요건 충족 · 단계: 승인 — @이준호 (Junho Lee)",
        ),
    ]


async def _soaked_for_three_days(story: Story) -> None:
    """Staging keeps it for three days, a weekend included; then it waits for a window."""
    t = story.t
    priya = story.person("priya")
    await ways.confirm(story)
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.0: 2 things are missing.\n"
        "• The gate is closed: Outside the release windows · until Tue 10 Mar 06:30 (Seoul 10:00); opens Tue 10 Mar 06:30 (Seoul 10:00) (ask: release manager)\n"
        "• The staging soak lasts until Sun 8 Mar 10:30 (Seoul 14:00).\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 2가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 10일(화) 06:30 (서울 10:00)까지; 열리는 시각: 3월 10일(화) 06:30 (서울 10:00) (담당: 릴리스 매니저)\n"
        "• 스테이징 안정화 시간은 3월 8일(일) 10:30 (서울 14:00)까지입니다.\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    await story.time("2026-03-08", "13:59")
    story.news()
    assert story.dms("haneul") == []
    await story.time("2026-03-08", "14:00")
    assert story.news() == [
        t(
            "Code freeze in a day (deploy on Thu 12 Mar): begins tomorrow 2:00 PM (Seoul Mon 9 Mar 14:00). Merge features before that.",
            "하루 뒤 코드 프리즈 (3월 12일(목) 배포): 내일 오후 2:00 (서울 3월 9일(월) 14:00)에 시작합니다. 기능은 그 전에 병합해 주십시오.",
        ),
        t("↳ v1.5.0 The staging soak is over.", "↳ v1.5.0 스테이징 안정화 시간이 끝났습니다."),
    ]
    assert story.dms("haneul") == [
        t("v1.5.0 The staging soak is over.", "v1.5.0 스테이징 안정화 시간이 끝났습니다.")
    ]
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.0: one thing is missing.\n"
        "• The gate is closed: Outside the release windows · until Tue 10 Mar 06:30 (Seoul 10:00); No-deploy hours · until Mon 9 Mar 05:30 (Seoul 09:00); opens Tue 10 Mar 06:30 (Seoul 10:00) (ask: release manager)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 10일(화) 06:30 (서울 10:00)까지; 배포 금지 시간 · 3월 9일(월) 05:30 (서울 09:00)까지; 열리는 시각: 3월 10일(화) 06:30 (서울 10:00) (담당: 릴리스 매니저)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )


async def _widened(story: Story) -> None:
    """A canary: ten percent, then half, then all; anybody in charge can hold it between two steps."""
    t = story.t
    haneul, priya = story.people("haneul", "priya")
    await story.time("2026-03-12", "14:00")
    await story.begin_here()
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
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Feature release · points\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ● Approved  ◉ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Being put out: Canary 10 %. Waits for the word that it is out from DevOps/SRE.\n"
        "Deploying since today 2:00 PM\n"
        "Deploy\n"
        "rollout begun today 2:00 PM (Seoul Thu 12 Mar 14:00)\n"
        "Code freeze\n"
        "Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Changes\n"
        "22 in all: features 7, improvements 1, fixes 6, security 1, other 7\n"
        "DB migrations 1 · environment variables 3\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/feature-points\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Stakeholders\n"
        "@Daniel Weber @이준호 (Junho Lee)\n"
        "Rollout Canary\n"
        "▱▱▱▱▱▱▱▱▱▱ 0/3\n"
        "▸ Canary 10 %  ○ Canary 50 %  ○ Canary 100 %\n"
        "Steps\n"
        "▶ Canary 10 % · since today 2:00 PM · planned today 2:00 PM to today 2:20 PM\n"
        "○ Canary 50 % · planned today 2:20 PM to today 2:55 PM\n"
        "○ Canary 100 % · planned today 2:55 PM to today 3:00 PM\n"
        "Up to 10 % of the users may have the new version by now.\n"
        "Probably over today 3:00 PM (Seoul Thu 12 Mar 15:00)\n"
        "Checklists\n"
        "☐ While it goes out 0 of 5\n"
        "Shop",
        "v1.5.0 · 기능 릴리스 · points\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ● 승인  ◉ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "반영 중: 카나리 10%. 반영 완료 보고를 기다립니다. 담당: DevOps/SRE\n"
        "배포 중: 오늘 오후 2:00부터\n"
        "배포\n"
        "오늘 오후 2:00 (서울 3월 12일(목) 14:00) 배포 시작\n"
        "코드 프리즈\n"
        "3월 5일 오후 2:00 (서울 3월 5일(목) 14:00)\n"
        "변경 사항\n"
        "모두 22건: 기능 7, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "DB 마이그레이션 1 · 환경 변수 3\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/feature-points\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "이해관계자\n"
        "@Daniel Weber @이준호 (Junho Lee)\n"
        "배포 방식 카나리\n"
        "▱▱▱▱▱▱▱▱▱▱ 0/3\n"
        "▸ 카나리 10%  ○ 카나리 50%  ○ 카나리 100%\n"
        "단계\n"
        "▶ 카나리 10% · 오늘 오후 2:00부터 · 계획 오늘 오후 2:00 ~ 오늘 오후 2:20\n"
        "○ 카나리 50% · 계획 오늘 오후 2:20 ~ 오늘 오후 2:55\n"
        "○ 카나리 100% · 계획 오늘 오후 2:55 ~ 오늘 오후 3:00\n"
        "지금 사용자의 최대 10%에게 새 버전이 제공되고 있을 수 있습니다.\n"
        "예상 완료: 오늘 오후 3:00 (서울 3월 12일(목) 15:00)\n"
        "체크리스트\n"
        "☐ 배포 중 0/5\n"
        "상점",
    )
    assert await priya.press(t("Canary 10 % is out", "카나리 10% 반영 완료"), CHANNEL) == t(
        "Recorded: v1.5.0 Canary 10 % is live\n"
        "Watched until Thu 12 Mar 10:45 (Seoul 14:15); then it waits for the go.",
        "기록했습니다: v1.5.0 카나리 10%: 반영되었습니다\n"
        "지켜보는 시간: 3월 12일(목) 10:45 (서울 14:15)까지. 그다음 사람이 진행을 결정합니다.",
    )
    assert await priya.slash(t("/release advance v1.5.0 step done", "/release 진행 v1.5.0 단계 완료")) == t(
        "Step done has to wait for v1.5.0: one thing is missing.\n"
        "• Canary 10 % is watched until Thu 12 Mar 10:45 (Seoul 14:15). Before that, go on with a reason only. (ask: DevOps/SRE or incident commander)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포 단계 완료: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 카나리 10%: 3월 12일(목) 10:45 (서울 14:15)까지 지켜봅니다. 그 전에는 사유를 적어야 다음 단계로 넘어갈 수 있습니다. (담당: DevOps/SRE 또는 장애 지휘관)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await priya.press(t("Go on early…", "미리 다음 단계로…"), CHANNEL) == ""
    assert priya.modal.title == t("Go on early", "미리 다음 단계로")
    assert await priya.fill({t("Why now?", "왜 지금입니까?"): "all is quiet"}) == t(
        "Recorded: v1.5.0 Canary 10 % ▰▰▰▱▱▱▱▱▱▱ 1/3\n> all is quiet",
        "기록했습니다: v1.5.0 카나리 10% ▰▰▰▱▱▱▱▱▱▱ 1/3\n> all is quiet",
    )
    assert await haneul.press(t("Pause", "일시 중지"), CHANNEL) == ""
    assert haneul.modal.text == t(
        "v1.5.0 · Feature · Deploying\nWhy?\nNo further step is taken until somebody continues.",
        "v1.5.0 · 기능 · 배포 중\n사유\n계속할 때까지 다음 배포 단계로 넘어가지 않습니다.",
    )
    assert await haneul.fill({t("Why?", "사유"): "errors at 0.9 %"}) == t(
        "Recorded: v1.5.0 Rollout paused\n> errors at 0.9 %\nNext: continue, or declare a rollback.",
        "기록했습니다: v1.5.0 배포 일시 중지\n> errors at 0.9 %\n다음: 계속하거나 롤백을 선언합니다.",
    )
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.5.0 Canary 10 % is live — @Priya Nair\n"
            "Watched until today 2:15 PM (Seoul Thu 12 Mar 14:15); then it waits for the go.",
            "↳ 🔵 정보 v1.5.0 카나리 10%: 반영되었습니다 — @Priya Nair\n"
            "지켜보는 시간: 오늘 오후 2:15 (서울 3월 12일(목) 14:15)까지. 그다음 사람이 진행을 결정합니다.",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Canary 10 % ▰▰▰▱▱▱▱▱▱▱ 1/3 — @Priya Nair\n> all is quiet",
            "↳ 🔵 정보 v1.5.0 카나리 10% ▰▰▰▱▱▱▱▱▱▱ 1/3 — @Priya Nair\n> all is quiet",
        ),
        t(
            "↳ 🟠 Warning v1.5.0 Rollout paused — @김하늘 (Haneul Kim)\n> errors at 0.9 %",
            "↳ 🟠 경고 v1.5.0 배포 일시 중지 — @김하늘 (Haneul Kim)\n> errors at 0.9 %",
        ),
    ]
    assert story.card("v1.5.0").buttons == (
        t("Continue", "계속"),
        t("Canary 50 % is out", "카나리 50% 반영 완료"),
        t("Declare rollback", "롤백 선언"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Checklists", "체크리스트"),
    )
    assert await priya.slash(t("/release advance v1.5.0 step done", "/release 진행 v1.5.0 단계 완료")) == t(
        "Step done has to wait for v1.5.0: one thing is missing.\n"
        "• The rollout is paused: errors at 0.9 % (ask: implementation manager, release manager or incident commander)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포 단계 완료: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 배포가 일시 중지되었습니다: errors at 0.9 % (담당: 구현 책임자, 릴리스 매니저 또는 장애 지휘관)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await haneul.press(t("Continue", "계속"), CHANNEL) == t(
        "Recorded: v1.5.0 Rollout continued", "기록했습니다: v1.5.0 배포 재개"
    )
    await ways.step_out(story)
    assert await haneul.slash(
        t("/release advance v1.5.0 stop too many errors", "/release 진행 v1.5.0 중단 too many errors")
    ) == t(
        "Stop rollout has to wait for v1.5.0: one thing is missing.\n"
        "• Users may have it already: pause, continue, or declare a rollback. (ask: DevOps/SRE or incident commander)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포 중단: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 이미 사용자에게 제공되었을 수 있습니다. 일시 중지하거나 계속하거나 롤백을 선언할 수 있습니다. (담당: DevOps/SRE 또는 장애 지휘관)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await priya.press(t("Step done", "배포 단계 완료"), CHANNEL) == t(
        "Recorded: v1.5.0 Canary 100 % ▰▰▰▰▰▰▰▰▰▰ 3/3", "기록했습니다: v1.5.0 카나리 100% ▰▰▰▰▰▰▰▰▰▰ 3/3"
    )
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.5.0 Rollout continued — @김하늘 (Haneul Kim)",
            "↳ 🔵 정보 v1.5.0 배포 재개 — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Canary 50 % is live — @Priya Nair\n"
            "Watched until today 2:30 PM (Seoul Thu 12 Mar 14:30); then it waits for the go.",
            "↳ 🔵 정보 v1.5.0 카나리 50%: 반영되었습니다 — @Priya Nair\n"
            "지켜보는 시간: 오늘 오후 2:30 (서울 3월 12일(목) 14:30)까지. 그다음 사람이 진행을 결정합니다.",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Canary 50 % ▰▰▰▰▰▰▰▱▱▱ 2/3 — @Priya Nair\n> it is fine",
            "↳ 🔵 정보 v1.5.0 카나리 50% ▰▰▰▰▰▰▰▱▱▱ 2/3 — @Priya Nair\n> it is fine",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Canary 100 % ▰▰▰▰▰▰▰▰▰▰ 3/3 — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 카나리 100% ▰▰▰▰▰▰▰▰▰▰ 3/3 — @Priya Nair",
        ),
    ]
    assert story.card("v1.5.0").buttons == (
        t("Rollout complete", "배포 완료"),
        t("Pause", "일시 중지"),
        t("Declare rollback", "롤백 선언"),
        t("Changes", "변경 사항"),
        t("Notes", "노트"),
        t("Checklists", "체크리스트"),
    )
    await ways.tick(story, "priya", t("Rollout complete", "배포 완료"))
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


async def _closed(story: Story) -> None:
    """Watched for two days; the branch is merged into main and develop, and is gone."""
    t = story.t
    haneul = story.person("haneul")
    await ways.verify(story)
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
            "• develop <commit> → <commit>\n"
            "• v1.5.0 → <commit>\n"
            "• release/feature-points deleted <commit>",
            "↳ v1.5.0 git 작업 완료: 태그 및 병합\n"
            "• main <commit> → <commit>\n"
            "• develop <commit> → <commit>\n"
            "• v1.5.0 → <commit>\n"
            "• release/feature-points 삭제 <commit>",
        ),
    ]
    assert story.demo.sample.subjects("v1.5.0..main") == []
    assert story.demo.sample.subjects("develop..v1.5.0") == []
    await story.time("2026-03-14", "13:59")
    story.news()
    assert await haneul.slash(t("/release advance v1.5.0 close", "/release 진행 v1.5.0 종료")) == t(
        "Close release has to wait for v1.5.0: 3 things are missing.\n"
        "• Monitoring lasts until Sat 14 Mar 14:00.\n"
        "• Checklist “30 minutes after the release”, open 4: The traffic pattern is normal; Errors are in range; External services are fine; Database queries are normal (ask: QA lead, release manager, DevOps/SRE or on-call)\n"
        "• Checklist “To finish”, open 1: Monitoring is started (ask: release manager, DevOps/SRE or QA lead)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 릴리스 종료: 아직 진행할 수 없습니다. 필요한 것이 3가지 남았습니다.\n"
        "• 모니터링은 3월 14일(토) 14:00까지입니다.\n"
        "• 체크리스트 “배포 30분 후”, 남은 항목 4: 트래픽 패턴이 정상입니다; 오류가 정상 범위입니다; 외부 서비스가 정상입니다; 데이터베이스 쿼리가 정상입니다 (담당: QA 리드, 릴리스 매니저, DevOps/SRE 또는 온콜)\n"
        "• 체크리스트 “마무리”, 남은 항목 1: 모니터링을 시작했습니다 (담당: 릴리스 매니저, DevOps/SRE 또는 QA 리드)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    await story.time("2026-03-14", "14:00")
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.5.0 Monitoring is over. Was all well? Then close the release.",
            "↳ 🔵 정보 v1.5.0 모니터링이 끝났습니다. 문제가 없었다면 릴리스를 종료해 주십시오.",
        )
    ]
    await ways.tick(story, "haneul", t("Checklists", "체크리스트"))
    assert await haneul.press(t("Close release", "릴리스 종료"), "dm") == t(
        "Recorded: v1.5.0 Closed · Stage: Closed", "기록했습니다: v1.5.0 종료 · 단계: 종료"
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Closed · Stage: Closed — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 종료 · 단계: 종료 — @김하늘 (Haneul Kim)",
        )
    ]
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Feature release · points\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ● Approved  ● Deploying  ● Verifying  ● Released  ◉ Closed\n"
        "\n"
        "Done: nothing is waited for.\n"
        "Closed since today 2:00 PM\n"
        "Deploy\n"
        "deployed Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00)\n"
        "Changes\n"
        "22 in all: features 7, improvements 1, fixes 6, security 1, other 7\n"
        "DB migrations 1 · environment variables 3\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/feature-points\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Stakeholders\n"
        "@Daniel Weber @이준호 (Junho Lee)\n"
        "Shop",
        "v1.5.0 · 기능 릴리스 · points\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ● 승인  ● 배포 중  ● 검증 중  ● 릴리스 완료  ◉ 종료\n"
        "\n"
        "완료되었습니다. 기다리는 일이 없습니다.\n"
        "종료: 오늘 오후 2:00부터\n"
        "배포\n"
        "3월 12일 오후 2:00 (서울 3월 12일(목) 14:00) 배포됨\n"
        "변경 사항\n"
        "모두 22건: 기능 7, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "DB 마이그레이션 1 · 환경 변수 3\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/feature-points\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "이해관계자\n"
        "@Daniel Weber @이준호 (Junho Lee)\n"
        "상점",
    )
