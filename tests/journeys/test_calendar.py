from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

ROOM = "#rollback-v1-6-0"


async def test_a_blackout_holds_a_deploy_until_somebody_else_grants_an_exception(story: Story) -> None:
    await _blackout(story)
    await _refused(story)
    await _exception(story)
    await _rules(story)


async def _blackout(story: Story) -> None:
    """The PM announces a time without deploys."""
    t = story.t
    sora, emma, alex = story.people("sora", "emma", "alex")
    await ways.to_approval(story, "v1.5.0")
    await alex.press(t("Approve", "승인"), "dm")
    await ways.confirm(story)
    await story.begin_here()
    assert await emma.slash(
        t(
            '/release blackout add "Spring sale" 2026-03-03 ~ 2026-03-04 big campaign',
            '/release 배포금지 추가 "Spring sale" 3월 3일 ~ 3월 4일 big campaign',
        )
    ) == t(
        "Changing blackouts is for: PM or release manager.\n"
        "Who can: @Alex Rivera @김하늘 (Haneul Kim) @박소라 (Sora Park)",
        "배포 금지 기간 변경 권한이 있는 역할: PM 또는 릴리스 매니저\n"
        "할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim) @박소라 (Sora Park)",
    )
    assert await sora.slash(
        t(
            '/release blackout add "Spring sale" 2026-03-03 ~ 2026-03-04 big campaign',
            '/release 배포금지 추가 "Spring sale" 3월 3일 ~ 3월 4일 big campaign',
        )
    ) == t(
        "Recorded: Blackout added: Spring sale, from Tue 3 Mar 00:00 to Thu 5 Mar 00:00. No deploys in that time.\n"
        "> big campaign",
        "기록했습니다: 배포 금지 기간 추가: Spring sale, 3월 3일(화) 00:00부터 3월 5일(목) 00:00까지. 이 기간에는 배포할 수 없습니다.\n"
        "> big campaign",
    )
    assert story.news() == [
        t(
            "Blackout added: Spring sale, from Mar 3 12:00 AM (Seoul Tue 3 Mar 00:00) to Mar 5 12:00 AM (Seoul Thu 5 Mar 00:00). No deploys in that time. — @박소라 (Sora Park)\n"
            "> big campaign",
            "배포 금지 기간 추가: Spring sale, 3월 3일 오전 12:00 (서울 3월 3일(화) 00:00)부터 3월 5일 오전 12:00 (서울 3월 5일(목) 00:00)까지. 이 기간에는 배포할 수 없습니다. — @박소라 (Sora Park)\n"
            "> big campaign",
        )
    ]
    assert await sora.slash(t("/release blackout", "/release 배포금지")) == t(
        "Blackouts: Shop\nSpring sale · Tue 3 Mar 00:00 – Thu 5 Mar 00:00\nbig campaign",
        "배포 금지 기간: 상점\nSpring sale · 3월 3일(화) 00:00 – 3월 5일(목) 00:00\nbig campaign",
    )


async def _refused(story: Story) -> None:
    """The gate says why, and who may open it."""
    t = story.t
    haneul, priya = story.people("haneul", "priya")
    await story.time("2026-03-02", "00:00")
    assert story.news() == [
        t(
            "Late: Code freeze in a day v1.5.0: begins today 2:00 PM (Seoul Mon 2 Mar 14:00). Merge features before that.",
            "지연 안내: 하루 뒤 코드 프리즈 v1.5.0: 오늘 오후 2:00 (서울 3월 2일(월) 14:00)에 시작합니다. 기능은 그 전에 병합해 주십시오.",
        ),
        t(
            "Blackout in a day “Spring sale”: begins tomorrow 12:00 AM (Seoul Tue 3 Mar 00:00). No deploys from then on.",
            "하루 뒤 배포 금지 기간 “Spring sale”: 내일 오전 12:00 (서울 3월 3일(화) 00:00)에 시작합니다. 그때부터 배포할 수 없습니다.",
        ),
    ]
    await story.time("2026-03-03", "14:00")
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.0: one thing is missing.\n"
        "• The gate is closed: Blackout: Spring sale (big campaign) · until Wed 4 Mar 20:30 (Seoul Thu 5 Mar 00:00); opens Thu 5 Mar 06:30 (Seoul 10:00) (ask: PM)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 배포 금지 기간: Spring sale (big campaign) · 3월 4일(수) 20:30 (서울 3월 5일(목) 00:00)까지; 열리는 시각: 3월 5일(목) 06:30 (서울 10:00) (담당: PM)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await haneul.slash(t("/release can-i-deploy regular", "/release 배포가능 정기")) == t(
        "Shop · v1.5.0 · Regular\n"
        "🔴 Closed, opens Thu 5 Mar 10:00\n"
        "• Blackout: Spring sale (big campaign) · until Thu 5 Mar 00:00\n"
        "Exception possible: Blackout: Spring sale, granted by: PM",
        "상점 · v1.5.0 · 정기\n"
        "🔴 닫힘 · 열리는 시각 3월 5일(목) 10:00\n"
        "• 배포 금지 기간: Spring sale (big campaign) · 3월 5일(목) 00:00까지\n"
        "예외 승인 가능: 배포 금지 기간: Spring sale (결정: PM)",
    )


async def _exception(story: Story) -> None:
    """Asked by the release manager, granted by the PM in the DM, good for two hours and one release."""
    t = story.t
    haneul, sora, priya = story.people("haneul", "sora", "priya")
    assert await haneul.press(t("Ask for an exception…", "예외 승인 요청…"), CHANNEL) == ""
    assert await haneul.fill(
        {
            t("What goes out?", "무엇을 배포합니까?"): "v1.5.0",
            t("Why can it not wait?", "왜 기다릴 수 없습니까?"): "Tax law",
            t("What could go wrong?", "어떤 위험이 있습니까?"): "Slow carts",
            t("Way back", "되돌리는 방법"): "Blue stays up",
        }
    ) == t(
        "Recorded: v1.5.0 An exception is asked for.\n"
        "• Blackout: Spring sale — decided by @박소라 (Sora Park) (PM)\n"
        "• What: v1.5.0\n"
        "• Why: Tax law\n"
        "• Risk: Slow carts\n"
        "• Way back: Blue stays up\n"
        "• Wanted: at once, for 2 hr (one deploy)\n"
        "You are told here what is decided.",
        "기록했습니다: v1.5.0 예외 승인을 요청했습니다.\n"
        "• 배포 금지 기간: Spring sale — 결정: @박소라 (Sora Park) (PM)\n"
        "• 내용: v1.5.0\n"
        "• 이유: Tax law\n"
        "• 위험 요소: Slow carts\n"
        "• 되돌리는 방법: Blue stays up\n"
        "• 희망: 승인 즉시 2시간 동안 (배포 한 번)\n"
        "결정되면 여기에서 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 An exception is asked for. — @김하늘 (Haneul Kim)\n"
            "• Blackout: Spring sale — decided by @박소라 (Sora Park) (PM)\n"
            "• What: v1.5.0\n"
            "• Why: Tax law\n"
            "• Risk: Slow carts\n"
            "• Way back: Blue stays up\n"
            "• Wanted: at once, for 2 hr (one deploy)",
            "↳ v1.5.0 예외 승인을 요청했습니다. — @김하늘 (Haneul Kim)\n"
            "• 배포 금지 기간: Spring sale — 결정: @박소라 (Sora Park) (PM)\n"
            "• 내용: v1.5.0\n"
            "• 이유: Tax law\n"
            "• 위험 요소: Slow carts\n"
            "• 되돌리는 방법: Blue stays up\n"
            "• 희망: 승인 즉시 2시간 동안 (배포 한 번)",
        )
    ]
    assert story.dms("sora") == [
        t("Exception for v1.5.0: ⏳ Waits for a decision", "예외 승인 요청: v1.5.0: ⏳ 결정 대기")
    ]
    assert sora.reads("v1.5.0", "dm") == t(
        "Exception for v1.5.0\n"
        "Blackout: Spring sale · until Thu 5 Mar 00:00\n"
        "Asked by @김하늘 (Haneul Kim), Tue 3 Mar 14:00\n"
        "Wanted: at once, for 2 hr (one deploy)\n"
        "What goes out?\n"
        "v1.5.0\n"
        "Why can it not wait?\n"
        "Tax law\n"
        "What could go wrong?\n"
        "Slow carts\n"
        "Way back\n"
        "Blue stays up\n"
        "⏳ Waits for a decision\n"
        "Can decide: @박소라 (Sora Park) (PM)",
        "예외 승인 요청: v1.5.0\n"
        "배포 금지 기간: Spring sale · 3월 5일(목) 00:00까지\n"
        "요청: @김하늘 (Haneul Kim), 3월 3일(화) 14:00\n"
        "희망: 승인 즉시 2시간 동안 (배포 한 번)\n"
        "무엇을 배포합니까?\n"
        "v1.5.0\n"
        "왜 기다릴 수 없습니까?\n"
        "Tax law\n"
        "어떤 위험이 있습니까?\n"
        "Slow carts\n"
        "되돌리는 방법\n"
        "Blue stays up\n"
        "⏳ 결정 대기\n"
        "결정할 수 있는 사람: @박소라 (Sora Park) (PM)",
    )
    assert sora.message("v1.5.0", "dm").buttons == (t("Grant…", "허용…"), t("Deny…", "거절…"))
    assert await sora.press(t("Grant…", "허용…"), "dm") == ""
    assert sora.modal.fields == {
        t("Good for", "유효 시간"): t("2 hr", "2시간"),
        t("For", "사용 범위"): t("One deploy", "배포 한 번"),
        t("Note", "메모"): None,
    }
    assert await sora.fill({}) == t(
        "Recorded: v1.5.0 The exception is granted until Tue 3 Mar 16:00 (one deploy): Blackout: Spring sale\n"
        "You can revoke it: /release exception",
        "기록했습니다: v1.5.0 예외가 3월 3일(화) 16:00까지 승인되었습니다 (배포 한 번): 배포 금지 기간: Spring sale\n"
        "승인을 취소하려면: /release exception",
    )
    granted = t(
        "v1.5.0 The exception is granted until today 4:00 PM (Seoul Tue 3 Mar 16:00) (one deploy): Blackout: Spring sale — @박소라 (Sora Park)",
        "v1.5.0 예외가 오늘 오후 4:00 (서울 3월 3일(화) 16:00)까지 승인되었습니다 (배포 한 번): 배포 금지 기간: Spring sale — @박소라 (Sora Park)",
    )
    assert story.news() == [f"↳ {granted}", granted]
    assert story.dms("haneul") == [
        t(
            "v1.5.0 The exception is granted until Tue 3 Mar 16:00 (one deploy): Blackout: Spring sale — @박소라 (Sora Park)",
            "v1.5.0 예외가 3월 3일(화) 16:00까지 승인되었습니다 (배포 한 번): 배포 금지 기간: Spring sale — @박소라 (Sora Park)",
        )
    ]
    assert await priya.slash(t("/release can-i-deploy regular", "/release 배포가능 정기")) == t(
        "Shop · v1.5.0 · Regular\n"
        "🟢 Open by exception\n"
        "• Opened by an exception until Tue 3 Mar 12:30 (Seoul 16:00), granted by @박소라 (Sora Park): Blackout: Spring sale",
        "상점 · v1.5.0 · 정기\n"
        "🟢 예외 승인으로 열림\n"
        "• 예외 승인으로 3월 3일(화) 12:30 (서울 16:00)까지 열림 (승인: @박소라 (Sora Park)): 배포 금지 기간: Spring sale",
    )
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
        t(
            "↳ v1.5.0 The deploy uses the exception: Blackout: Spring sale — @Priya Nair",
            "↳ v1.5.0 예외 승인을 사용해 배포합니다: 배포 금지 기간: Spring sale — @Priya Nair",
        ),
    ]


async def _rules(story: Story) -> None:
    """Windows, freezes and dates by command."""
    t = story.t
    haneul, sora = story.people("haneul", "sora")
    assert await sora.slash(
        t("/release window add mon 10:00-12:00", "/release 윈도우 추가 월 10:00-12:00")
    ) == t(
        "Changing release windows is for: release manager.\nWho can: @Alex Rivera @김하늘 (Haneul Kim)",
        "릴리스 윈도우 변경 권한이 있는 역할: 릴리스 매니저\n"
        "할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim)",
    )
    assert await haneul.slash(
        t("/release window add mon 10:00-12:00", "/release 윈도우 추가 월 10:00-12:00")
    ) == t(
        "Recorded: Release windows changed: Tue 10:00–17:00, Wed 10:00–17:00, Thu 10:00–17:00 → Mon 10:00–12:00, Tue 10:00–17:00, Wed 10:00–17:00, Thu 10:00–17:00",
        "기록했습니다: 릴리스 윈도우 변경: 화 10:00–17:00, 수 10:00–17:00, 목 10:00–17:00 → 월 10:00–12:00, 화 10:00–17:00, 수 10:00–17:00, 목 10:00–17:00",
    )
    assert story.news() == [
        t(
            "Release windows changed: Tue 10:00–17:00, Wed 10:00–17:00, Thu 10:00–17:00 → Mon 10:00–12:00, Tue 10:00–17:00, Wed 10:00–17:00, Thu 10:00–17:00 — @김하늘 (Haneul Kim)",
            "릴리스 윈도우 변경: 화 10:00–17:00, 수 10:00–17:00, 목 10:00–17:00 → 월 10:00–12:00, 화 10:00–17:00, 수 10:00–17:00, 목 10:00–17:00 — @김하늘 (Haneul Kim)",
        )
    ]
    assert await haneul.slash(
        t("/release window add mon 11:00-13:00", "/release 윈도우 추가 월 11:00-13:00")
    ) == t(
        "Part of that time is already taken.\n"
        "• Mon: from 10:00 to 12:00\n"
        "Choose other times, or remove the earlier entry first.",
        "시간이 기존 항목과 겹칩니다.\n"
        "• 월: 10:00부터 12:00까지\n"
        "다른 시간을 선택하거나 기존 항목을 먼저 삭제해 주십시오.",
    )
    assert await haneul.slash(
        t("/release window remove mon 10:00-12:00", "/release 윈도우 삭제 월 10:00-12:00")
    ) == t(
        "Recorded: Release windows changed: Mon 10:00–12:00, Tue 10:00–17:00, Wed 10:00–17:00, Thu 10:00–17:00 → Tue 10:00–17:00, Wed 10:00–17:00, Thu 10:00–17:00",
        "기록했습니다: 릴리스 윈도우 변경: 월 10:00–12:00, 화 10:00–17:00, 수 10:00–17:00, 목 10:00–17:00 → 화 10:00–17:00, 수 10:00–17:00, 목 10:00–17:00",
    )
    assert story.news() == [
        t(
            "Release windows changed: Mon 10:00–12:00, Tue 10:00–17:00, Wed 10:00–17:00, Thu 10:00–17:00 → Tue 10:00–17:00, Wed 10:00–17:00, Thu 10:00–17:00 — @김하늘 (Haneul Kim)",
            "릴리스 윈도우 변경: 월 10:00–12:00, 화 10:00–17:00, 수 10:00–17:00, 목 10:00–17:00 → 화 10:00–17:00, 수 10:00–17:00, 목 10:00–17:00 — @김하늘 (Haneul Kim)",
        )
    ]
    assert await haneul.slash(t("/release freeze", "/release 프리즈")) == t(
        "Code freezes: Shop\n"
        "❄ v1.5.0: since Mon 2 Mar 14:00, until it is deployed; fixes only\n"
        "Next dates\n"
        "• freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 14:00\n"
        "• freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 14:00\n"
        "• freeze Mon 23 Mar 14:00 · QA Tue 24 Mar – Wed 25 Mar · deploy Thu 26 Mar 14:00\n"
        "• freeze Mon 30 Mar 14:00 · QA Tue 31 Mar – Wed 1 Apr · deploy Thu 2 Apr 14:00",
        "코드 프리즈: 상점\n"
        "❄ v1.5.0: 3월 2일(월) 14:00부터 배포될 때까지, 수정만 병합\n"
        "다음 일정\n"
        "• 프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 14:00\n"
        "• 프리즈 3월 16일(월) 14:00 · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 14:00\n"
        "• 프리즈 3월 23일(월) 14:00 · QA 3월 24일(화) – 3월 25일(수) · 배포 3월 26일(목) 14:00\n"
        "• 프리즈 3월 30일(월) 14:00 · QA 3월 31일(화) – 4월 1일(수) · 배포 4월 2일(목) 14:00",
    )
    assert await haneul.slash(
        t("/release freeze lift v1.5.0 done early", "/release 프리즈 해제 v1.5.0 done early")
    ) == t(
        "Recorded: v1.5.0 Code freeze lifted early. Features may be merged again.\n> done early",
        "기록했습니다: v1.5.0 코드 프리즈를 예정보다 일찍 해제했습니다. 다시 기능을 병합할 수 있습니다.\n> done early",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Code freeze lifted early. Features may be merged again. — @김하늘 (Haneul Kim)\n"
            "> done early",
            "↳ v1.5.0 코드 프리즈를 예정보다 일찍 해제했습니다. 다시 기능을 병합할 수 있습니다. — @김하늘 (Haneul Kim)\n"
            "> done early",
        ),
        t(
            "v1.5.0 Code freeze lifted early. Features may be merged again. — @김하늘 (Haneul Kim)\n"
            "> done early",
            "v1.5.0 코드 프리즈를 예정보다 일찍 해제했습니다. 다시 기능을 병합할 수 있습니다. — @김하늘 (Haneul Kim)\n"
            "> done early",
        ),
    ]
    assert await haneul.slash(
        t("/release blackout remove Spring sale", "/release 배포금지 삭제 Spring sale")
    ) == t("Recorded: Blackout removed: Spring sale", "기록했습니다: 배포 금지 기간 삭제: Spring sale")
    assert story.news() == [
        t(
            "Blackout removed: Spring sale — @김하늘 (Haneul Kim)",
            "배포 금지 기간 삭제: Spring sale — @김하늘 (Haneul Kim)",
        )
    ]


async def test_on_monday_morning_the_channel_reads_what_comes_and_it_stays_true(story: Story) -> None:
    t = story.t
    (haneul,) = story.people("haneul")
    await story.time("2026-03-09", "09:00")
    head = t("Coming releases: ", "예정된 릴리스: ")
    assert haneul.reads(head) == t(
        "Coming releases: Shop · Mon 9 Mar – Sun 5 Apr\n"
        "Seoul · release windows Tue–Thu 10:00–17:00 · no deploys Fri 15:00 – Mon 09:00\n"
        "Mon 9 Mar – Sun 15 Mar · this week\n"
        "○ Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00) · regular date, no release yet\n"
        "      freeze today 2:00 PM (Seoul Mon 9 Mar 14:00) · QA Tue 10 Mar – Wed 11 Mar\n"
        "Mon 16 Mar – Sun 22 Mar\n"
        "○ Mar 19 2:00 PM (Seoul Thu 19 Mar 14:00) · regular date, no release yet\n"
        "      freeze Mar 16 2:00 PM (Seoul Mon 16 Mar 14:00) · QA Tue 17 Mar – Wed 18 Mar\n"
        "Mon 23 Mar – Sun 29 Mar\n"
        "○ Mar 26 2:00 PM (Seoul Thu 26 Mar 14:00) · regular date, no release yet\n"
        "      freeze Mar 23 2:00 PM (Seoul Mon 23 Mar 14:00) · QA Tue 24 Mar – Wed 25 Mar\n"
        "Mon 30 Mar – Sun 5 Apr\n"
        "○ Apr 2 2:00 PM (Seoul Thu 2 Apr 14:00) · regular date, no release yet\n"
        "      freeze Mar 30 2:00 PM (Seoul Mon 30 Mar 14:00) · QA Tue 31 Mar – Wed 1 Apr\n"
        "The whole month: /release calendar",
        "예정된 릴리스: 상점 · 3월 9일(월) – 4월 5일(일)\n"
        "서울 · 릴리스 윈도우 화–목 10:00–17:00 · 배포 금지 시간 금 15:00 – 월 09:00\n"
        "3월 9일(월) – 3월 15일(일) · 이번 주\n"
        "○ 3월 12일 오후 2:00 (서울 3월 12일(목) 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 오늘 오후 2:00 (서울 3월 9일(월) 14:00) · QA 3월 10일(화) – 3월 11일(수)\n"
        "3월 16일(월) – 3월 22일(일)\n"
        "○ 3월 19일 오후 2:00 (서울 3월 19일(목) 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 16일 오후 2:00 (서울 3월 16일(월) 14:00) · QA 3월 17일(화) – 3월 18일(수)\n"
        "3월 23일(월) – 3월 29일(일)\n"
        "○ 3월 26일 오후 2:00 (서울 3월 26일(목) 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 23일 오후 2:00 (서울 3월 23일(월) 14:00) · QA 3월 24일(화) – 3월 25일(수)\n"
        "3월 30일(월) – 4월 5일(일)\n"
        "○ 4월 2일 오후 2:00 (서울 4월 2일(목) 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 30일 오후 2:00 (서울 3월 30일(월) 14:00) · QA 3월 31일(화) – 4월 1일(수)\n"
        "한 달 전체 보기: /release calendar",
    )
    await haneul.slash(
        t(
            '/release blackout add "Spring sale" 2026-03-12 ~ 2026-03-13',
            '/release 배포금지 추가 "Spring sale" 3월 12일 ~ 3월 13일',
        )
    )
    assert haneul.message(head).edited
    assert haneul.reads(head) == t(
        "Coming releases: Shop · Mon 9 Mar – Sun 5 Apr\n"
        "Seoul · release windows Tue–Thu 10:00–17:00 · no deploys Fri 15:00 – Mon 09:00\n"
        "Mon 9 Mar – Sun 15 Mar · this week\n"
        "⛔ Thu 12 Mar 00:00 – Sat 14 Mar 00:00 · Spring sale\n"
        "○ Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00) · regular date, no release yet\n"
        "      freeze today 2:00 PM (Seoul Mon 9 Mar 14:00) · QA Tue 10 Mar – Wed 11 Mar\n"
        "      🔴 Blackout: Spring sale · free: Mar 17 2:00 PM (Seoul Tue 17 Mar 14:00), Mar 18 2:00 PM (Seoul Wed 18 Mar 14:00) or Mar 19 2:00 PM (Seoul Thu 19 Mar 14:00)\n"
        "Mon 16 Mar – Sun 22 Mar\n"
        "○ Mar 19 2:00 PM (Seoul Thu 19 Mar 14:00) · regular date, no release yet\n"
        "      freeze Mar 16 2:00 PM (Seoul Mon 16 Mar 14:00) · QA Tue 17 Mar – Wed 18 Mar\n"
        "Mon 23 Mar – Sun 29 Mar\n"
        "○ Mar 26 2:00 PM (Seoul Thu 26 Mar 14:00) · regular date, no release yet\n"
        "      freeze Mar 23 2:00 PM (Seoul Mon 23 Mar 14:00) · QA Tue 24 Mar – Wed 25 Mar\n"
        "Mon 30 Mar – Sun 5 Apr\n"
        "○ Apr 2 2:00 PM (Seoul Thu 2 Apr 14:00) · regular date, no release yet\n"
        "      freeze Mar 30 2:00 PM (Seoul Mon 30 Mar 14:00) · QA Tue 31 Mar – Wed 1 Apr\n"
        "The whole month: /release calendar",
        "예정된 릴리스: 상점 · 3월 9일(월) – 4월 5일(일)\n"
        "서울 · 릴리스 윈도우 화–목 10:00–17:00 · 배포 금지 시간 금 15:00 – 월 09:00\n"
        "3월 9일(월) – 3월 15일(일) · 이번 주\n"
        "⛔ 3월 12일(목) 00:00 – 3월 14일(토) 00:00 · Spring sale\n"
        "○ 3월 12일 오후 2:00 (서울 3월 12일(목) 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 오늘 오후 2:00 (서울 3월 9일(월) 14:00) · QA 3월 10일(화) – 3월 11일(수)\n"
        "      🔴 배포 금지 기간: Spring sale · 가능한 일정: 3월 17일 오후 2:00 (서울 3월 17일(화) 14:00), 3월 18일 오후 2:00 (서울 3월 18일(수) 14:00) 또는 3월 19일 오후 2:00 (서울 3월 19일(목) 14:00)\n"
        "3월 16일(월) – 3월 22일(일)\n"
        "○ 3월 19일 오후 2:00 (서울 3월 19일(목) 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 16일 오후 2:00 (서울 3월 16일(월) 14:00) · QA 3월 17일(화) – 3월 18일(수)\n"
        "3월 23일(월) – 3월 29일(일)\n"
        "○ 3월 26일 오후 2:00 (서울 3월 26일(목) 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 23일 오후 2:00 (서울 3월 23일(월) 14:00) · QA 3월 24일(화) – 3월 25일(수)\n"
        "3월 30일(월) – 4월 5일(일)\n"
        "○ 4월 2일 오후 2:00 (서울 4월 2일(목) 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 30일 오후 2:00 (서울 3월 30일(월) 14:00) · QA 3월 31일(화) – 4월 1일(수)\n"
        "한 달 전체 보기: /release calendar",
    )
