from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story


async def test_an_emergency_goes_out_at_night_and_holds_up_what_was_planned(story: Story) -> None:
    await _planned_and_ready(story)
    await _started(story)
    await _approved_by_two(story)
    await _out_at_night(story)
    await _planned_one_waits(story)
    await _closed(story)
    await _planned_one_goes_on(story)


async def _planned_and_ready(story: Story) -> None:
    """v1.5.0 is approved and all that it needs is confirmed; only its window is missing."""
    await ways.to_ready(story, "v1.5.0")
    await story.begin_here()


async def _started(story: Story) -> None:
    """A security hole in production, on the evening before the window: the fix alone is carried."""
    t = story.t
    junho = story.person("junho")
    await story.time("2026-03-03", "22:00")
    story.news()
    sha = story.demo.sample.commit(
        "develop", "fix(login): check the token's owner", {"login.owner": "checked"}, at=story.demo.clock()
    )
    assert await junho.slash(t("/release can-i-deploy emergency", "/release 배포가능 긴급")) == t(
        "Shop · Emergency\n"
        "🟡 Open, with a warning\n"
        "• Outside business hours: allowed for this type, but think twice · until Wed 4 Mar 09:00",
        "상점 · 긴급\n"
        "🟡 열림 (주의)\n"
        "• 업무 시간 밖: 이 유형은 배포할 수 있지만 한 번 더 생각해 주세요 · 3월 4일(수) 09:00까지",
    )
    assert await junho.slash(t("/release start emergency", "/release 시작 긴급")) == ""
    assert await junho.fill({t("Commits", "커밋"): sha[:10]}) == ""
    assert junho.errors == {
        t("Version", "버전"): t(
            "v1.4.3 was not started: it could never be approved. Tech lead: 1 needed, 0 left who may approve · Kept out by separation of duties: @junho",
            "승인 요건을 충족할 수 없어 시작하지 않았습니다: v1.4.3 · 테크 리드: 1명 필요, 승인할 수 있는 사람 0명 · 직무 분리로 제외된 사람: @junho",
        )
    }
    await junho.person.close_modal()
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release start emergency", "/release 시작 긴급")) == ""
    assert await haneul.fill({t("Commits", "커밋"): sha[:10]}) == t(
        "Recorded: v1.4.3 has started. Type: Emergency\n"
        "The card is in the project's channel. Next: cut the branch.",
        "기록했습니다: v1.4.3 릴리스를 시작했습니다. 유형: 긴급\n"
        "카드는 프로젝트 채널에 있습니다. 다음: 브랜치를 만듭니다.",
    )
    assert story.news() == [
        t("v1.4.3 · Emergency release: Candidate", "v1.4.3 · 긴급 릴리스: 릴리스 후보"),
        t(
            "↳ v1.4.3 has started. Type: Emergency — @김하늘 (Haneul Kim)",
            "↳ v1.4.3 릴리스를 시작했습니다. 유형: 긴급 — @김하늘 (Haneul Kim)",
        ),
    ]
    assert story.reads("v1.4.3") == t(
        "v1.4.3 · Emergency release\n"
        "◉ Candidate  ○ Building  ○ Staging  ○ QA  ○ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for the release branch from release manager.\n"
        "Candidate since today 10:00 PM\n"
        "Deploy\n"
        "no date yet\n"
        "Changes\n"
        "not read yet\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Deploying now\n"
        "🟡 Open, with a warning\n"
        "• Outside business hours: allowed for this type, but think twice · until tomorrow 9:00 AM (Seoul Wed 4 Mar 09:00)\n"
        "Shop",
        "v1.4.3 · 긴급 릴리스\n"
        "◉ 릴리스 후보  ○ 빌드 중  ○ 스테이징  ○ QA  ○ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "릴리스 브랜치를 기다립니다. 담당: 릴리스 매니저\n"
        "릴리스 후보: 오늘 오후 10:00부터\n"
        "배포\n"
        "날짜 미정\n"
        "변경 사항\n"
        "아직 읽지 못함\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "지금 배포\n"
        "🟡 열림 (주의)\n"
        "• 업무 시간 밖: 이 유형은 배포할 수 있지만 한 번 더 생각해 주세요 · 내일 오전 9:00 (서울 3월 4일(수) 09:00)까지\n"
        "상점",
    )
    assert await haneul.press(t("Cut branch", "브랜치 생성"), CHANNEL) == t(
        "Recorded: v1.4.3 Asked of git: Cut branch. The result follows.",
        "기록했습니다: v1.4.3 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다.",
    )
    assert story.demo.sample.subjects("v1.4.2..release/hotfix-v1.4.3") == [
        "fix(login): check the token's owner"
    ]


async def _approved_by_two(story: Story) -> None:
    """The tech lead and the PM: neither alone is enough."""
    t = story.t
    junho, sora, alex = story.people("junho", "sora", "alex")
    await ways.build(story)
    await ways.pass_qa(story)
    await story.begin_here()
    assert await alex.press(t("Approve", "승인"), CHANNEL) == t(
        "Your decision does not count for the approval of v1.4.3.\n"
        "Who can: @이준호 (Junho Lee) @박소라 (Sora Park)",
        "v1.4.3의 승인을 결정할 수 있는 사람이 아닙니다.\n"
        "할 수 있는 사람: @이준호 (Junho Lee) @박소라 (Sora Park)",
    )
    assert await junho.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.4.3 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.4.3 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.4.3 rc.1 Approved — @이준호 (Junho Lee)", "↳ v1.4.3 rc.1 승인 — @이준호 (Junho Lee)")
    ]
    assert story.reads("v1.4.3") == t(
        "v1.4.3 · Emergency release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ◉ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for approval from @박소라 (Sora Park). The request is in the thread.\n"
        "Waiting for approval since today 10:00 PM\n"
        "Deploy\n"
        "no date yet\n"
        "Changes\n"
        "1 in all: fixes 1\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/hotfix-v1.4.3\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Soak ends\n"
        "today 10:30 PM (Seoul Tue 3 Mar 22:30)\n"
        "Approvals 1 of 2\n"
        "✓ Tech lead: @이준호 (Junho Lee)\n"
        "○ PM: @박소라 (Sora Park)\n"
        "⚠ Way back ready · never rehearsed\n"
        "Checklists\n"
        "☐ Before the release 3 of 7\n"
        "☐ At the start 2 of 6\n"
        "Deploying now\n"
        "🟡 Open, with a warning\n"
        "• Outside business hours: allowed for this type, but think twice · until tomorrow 9:00 AM (Seoul Wed 4 Mar 09:00)\n"
        "To confirm, by the people who know:\n"
        "Shop",
        "v1.4.3 · 긴급 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ◉ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "승인을 기다립니다: @박소라 (Sora Park). 승인 요청은 스레드에 있습니다.\n"
        "승인 대기: 오늘 오후 10:00부터\n"
        "배포\n"
        "날짜 미정\n"
        "변경 사항\n"
        "모두 1건: 수정 1\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/hotfix-v1.4.3\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "스테이징 안정화 종료\n"
        "오늘 오후 10:30 (서울 3월 3일(화) 22:30)\n"
        "승인 1/2\n"
        "✓ 테크 리드: @이준호 (Junho Lee)\n"
        "○ PM: @박소라 (Sora Park)\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "체크리스트\n"
        "☐ 릴리스 전 3/7\n"
        "☐ 배포 시작 2/6\n"
        "지금 배포\n"
        "🟡 열림 (주의)\n"
        "• 업무 시간 밖: 이 유형은 배포할 수 있지만 한 번 더 생각해 주세요 · 내일 오전 9:00 (서울 3월 4일(수) 09:00)까지\n"
        "담당자가 확인할 항목:\n"
        "상점",
    )
    assert await sora.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.4.3 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.4.3 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.4.3 rc.1 Approved — @박소라 (Sora Park)", "↳ v1.4.3 rc.1 승인 — @박소라 (Sora Park)"),
        t(
            "↳ v1.4.3 All approvals given · Stage: Approved — @박소라 (Sora Park)",
            "↳ v1.4.3 승인 요건 충족 · 단계: 승인 — @박소라 (Sora Park)",
        ),
    ]


async def _out_at_night(story: Story) -> None:
    """Half an hour of soak; outside business hours it is warned of, not held up."""
    t = story.t
    priya = story.person("priya")
    await ways.confirm(story)
    story.news()
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.4.3: one thing is missing.\n"
        "• The staging soak lasts until Tue 3 Mar 19:00 (Seoul 22:30).\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.4.3 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 스테이징 안정화 시간은 3월 3일(화) 19:00 (서울 22:30)까지입니다.\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    await story.time("2026-03-03", "22:30")
    assert story.news() == [
        t("↳ v1.4.3 The staging soak is over.", "↳ v1.4.3 스테이징 안정화 시간이 끝났습니다.")
    ]
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Recorded: v1.4.3 Asked of git: Deploy. The result follows.",
        "기록했습니다: v1.4.3 git 작업 요청: 배포. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.4.3 Asked of git: Deploy. The result follows. — @Priya Nair",
            "↳ v1.4.3 git 작업 요청: 배포. 결과는 곧 알려 드립니다. — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.4.3 Deploy started (rc.1 <commit>) · Stage: Deploying — @Priya Nair",
            "↳ 🔵 정보 v1.4.3 배포 시작 (rc.1 <commit>) · 단계: 배포 중 — @Priya Nair",
        ),
    ]
    await ways.roll_out(story, steps=3)
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.4.3 Batch 1 ▰▰▰▱▱▱▱▱▱▱ 1/3 — @Priya Nair",
            "↳ 🔵 정보 v1.4.3 1차 배치 ▰▰▰▱▱▱▱▱▱▱ 1/3 — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.4.3 Batch 2 ▰▰▰▰▰▰▰▱▱▱ 2/3 — @Priya Nair",
            "↳ 🔵 정보 v1.4.3 2차 배치 ▰▰▰▰▰▰▰▱▱▱ 2/3 — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.4.3 Batch 3 ▰▰▰▰▰▰▰▰▰▰ 3/3 — @Priya Nair",
            "↳ 🔵 정보 v1.4.3 3차 배치 ▰▰▰▰▰▰▰▰▰▰ 3/3 — @Priya Nair",
        ),
        t(
            "↳ 🟢 Success v1.4.3 Rollout completed · Stage: Verifying — @Priya Nair",
            "↳ 🟢 성공 v1.4.3 배포 완료 · 단계: 검증 중 — @Priya Nair",
        ),
    ]


async def _planned_one_waits(story: Story) -> None:
    """The window opens in the morning, but nobody has verified the emergency yet: it goes first."""
    t = story.t
    priya = story.person("priya")
    await story.time("2026-03-04", "10:00")
    story.news()
    card = story.card("v1.5.0")
    assert await priya.press(t("Deploy", "배포"), CHANNEL, message_ts=card.ts) == t(
        "Deploy has to wait for v1.5.0: one thing is missing.\n"
        "• An urgent release goes first: v1.4.3 (Emergency) (ask: release manager or incident commander)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 긴급한 릴리스가 먼저입니다: v1.4.3 (긴급) (담당: 릴리스 매니저 또는 장애 지휘관)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Regular release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ◉ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Approved. What the deploy still needs stands below.\n"
        "Approved since Mar 1 1:30 PM\n"
        "Deploy\n"
        "tomorrow 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Code freeze\n"
        "Mar 2 2:00 PM (Seoul Mon 2 Mar 14:00)\n"
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
        "Soak\n"
        "over since Mar 2 1:30 PM (Seoul Mon 2 Mar 13:30)\n"
        "Approvals 1 of 1\n"
        "✓ Release manager: @Alex Rivera\n"
        "⚠ Way back ready · never rehearsed\n"
        "Checklists\n"
        "☑ Before the release 35 of 35\n"
        "☑ At the start 6 of 6\n"
        "Deploying now\n"
        "🟢 Open\n"
        "The deploy still needs\n"
        "• An urgent release goes first: v1.4.3 (Emergency) (ask: release manager or incident commander)\n"
        "Shop",
        "v1.5.0 · 정기 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ◉ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "승인되었습니다. 배포에 더 필요한 것은 아래에 있습니다.\n"
        "승인: 3월 1일 오후 1:30부터\n"
        "배포\n"
        "내일 오후 2:00 (서울 3월 5일(목) 14:00)\n"
        "코드 프리즈\n"
        "3월 2일 오후 2:00 (서울 3월 2일(월) 14:00)\n"
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
        "스테이징 안정화\n"
        "3월 2일 오후 1:30 (서울 3월 2일(월) 13:30) 끝남\n"
        "승인 1/1\n"
        "✓ 릴리스 매니저: @Alex Rivera\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "체크리스트\n"
        "☑ 릴리스 전 35/35\n"
        "☑ 배포 시작 6/6\n"
        "지금 배포\n"
        "🟢 열림\n"
        "배포에 더 필요한 것\n"
        "• 긴급한 릴리스가 먼저입니다: v1.4.3 (긴급) (담당: 릴리스 매니저 또는 장애 지휘관)\n"
        "상점",
    )


async def _closed(story: Story) -> None:
    """The two hours of monitoring are over; merged into main, develop and the open release branch."""
    t = story.t
    haneul = story.person("haneul")
    await ways.verify(story)
    assert story.news() == [
        t(
            "↳ 🟢 Success v1.4.3 Verified and released · Stage: Released — @Daniel Weber",
            "↳ 🟢 성공 v1.4.3 검증 및 릴리스 완료 · 단계: 릴리스 완료 — @Daniel Weber",
        ),
        t(
            "↳ v1.4.3 Release notes published: the release's thread — @Daniel Weber",
            "↳ v1.4.3 릴리스 노트를 게시했습니다: 릴리스 스레드 — @Daniel Weber",
        ),
        t("↳ Release notes v1.4.3", "↳ 릴리스 노트 v1.4.3"),
        t(
            "↳ v1.4.3 Done in git: Tag and merge\n"
            "• main <commit> → <commit>\n"
            "• develop <commit> → <commit>\n"
            "• release/v1.5.0 <commit> → <commit>\n"
            "• v1.4.3 → <commit>\n"
            "• release/hotfix-v1.4.3 deleted <commit>",
            "↳ v1.4.3 git 작업 완료: 태그 및 병합\n"
            "• main <commit> → <commit>\n"
            "• develop <commit> → <commit>\n"
            "• release/v1.5.0 <commit> → <commit>\n"
            "• v1.4.3 → <commit>\n"
            "• release/hotfix-v1.4.3 삭제 <commit>",
        ),
    ]
    await ways.tick(story, "haneul", t("Checklists", "체크리스트"))
    assert await haneul.slash(t("/release advance v1.4.3 close", "/release 진행 v1.4.3 종료")) == t(
        "Recorded: v1.4.3 Closed · Stage: Closed", "기록했습니다: v1.4.3 종료 · 단계: 종료"
    )
    assert story.news() == [
        t(
            "↳ v1.4.3 Closed · Stage: Closed — @김하늘 (Haneul Kim)",
            "↳ v1.4.3 종료 · 단계: 종료 — @김하늘 (Haneul Kim)",
        )
    ]
    assert story.reads("v1.4.3") == t(
        "v1.4.3 · Emergency release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ● Waiting for approval  ● Approved  ● Deploying  ● Verifying  ● Released  ◉ Closed\n"
        "\n"
        "Done: nothing is waited for.\n"
        "Closed since today 10:00 AM\n"
        "Deploy\n"
        "deployed yesterday 10:30 PM (Seoul Tue 3 Mar 22:30)\n"
        "Changes\n"
        "1 in all: fixes 1\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/hotfix-v1.4.3\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Shop",
        "v1.4.3 · 긴급 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ● 승인 대기  ● 승인  ● 배포 중  ● 검증 중  ● 릴리스 완료  ◉ 종료\n"
        "\n"
        "완료되었습니다. 기다리는 일이 없습니다.\n"
        "종료: 오늘 오전 10:00부터\n"
        "배포\n"
        "어제 오후 10:30 (서울 3월 3일(화) 22:30) 배포됨\n"
        "변경 사항\n"
        "모두 1건: 수정 1\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/hotfix-v1.4.3\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "상점",
    )


async def _planned_one_goes_on(story: Story) -> None:
    """The fix has moved the planned release's branch: what was approved is not what would go out."""
    t = story.t
    priya = story.person("priya")
    await story.time("2026-03-04", "14:00")
    await story.begin_here()
    assert await priya.slash(t("/release deploy v1.5.0", "/release 배포 v1.5.0")) == t(
        "Recorded: v1.5.0 Asked of git: Deploy. The result follows.",
        "기록했습니다: v1.5.0 git 작업 요청: 배포. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Asked of git: Deploy. The result follows. — @Priya Nair",
            "↳ v1.5.0 git 작업 요청: 배포. 결과는 곧 알려 드립니다. — @Priya Nair",
        ),
        t(
            "↳ Deploy has to wait for v1.5.0: one thing is missing.\n"
            "• The approval is for commit <commit>, but the branch is at <commit>. (ask: release manager)\n"
            "Nothing was changed. Try again when this is settled.",
            "↳ v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
            "• 승인된 커밋(<commit>)과 브랜치의 최신 커밋(<commit>)이 다릅니다. (담당: 릴리스 매니저)\n"
            "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
        ),
        t(
            "↳ v1.5.0 New commits on the release branch · Stage: Fixing\n"
            "The branch is now at <commit>, so earlier approvals do not cover it.",
            "↳ v1.5.0 릴리스 브랜치에 새 커밋 · 단계: 수정 중\n"
            "브랜치의 최신 커밋: <commit>. 이전 승인은 이 커밋에 적용되지 않습니다.",
        ),
    ]
    assert story.reads("v1.5.0") == t(
        "v1.5.0 · Regular release\n"
        "🔧 Fixing\n"
        "● Candidate  ◌ Building  ○ Staging  ○ QA  ○ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for the fix, then for a new build from release manager.\n"
        "Fixing since today 2:00 PM\n"
        "Deploy\n"
        "tomorrow 2:00 PM (Seoul Thu 5 Mar 14:00)\n"
        "Code freeze\n"
        "Mar 2 2:00 PM (Seoul Mon 2 Mar 14:00)\n"
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
        "Deploying now\n"
        "🟢 Open\n"
        "Shop",
        "v1.5.0 · 정기 릴리스\n"
        "🔧 수정 중\n"
        "● 릴리스 후보  ◌ 빌드 중  ○ 스테이징  ○ QA  ○ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "수정과 새 빌드를 기다립니다. 담당: 릴리스 매니저\n"
        "수정 중: 오늘 오후 2:00부터\n"
        "배포\n"
        "내일 오후 2:00 (서울 3월 5일(목) 14:00)\n"
        "코드 프리즈\n"
        "3월 2일 오후 2:00 (서울 3월 2일(월) 14:00)\n"
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
        "지금 배포\n"
        "🟢 열림\n"
        "상점",
    )
