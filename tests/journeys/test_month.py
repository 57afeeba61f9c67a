from __future__ import annotations

from bot.cli.examining import wanted_scopes
from sandbox.model import File
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Actor, Story, until

PNG = b"\x89PNG"


async def test_the_month_is_read_turned_and_shown_to_others(story: Story) -> None:
    await _month(story)
    await _turned(story)
    await _mistyped(story)
    await _pictures(story)


async def _month(story: Story) -> None:
    """What runs into something is told with the free dates; each reader has the own time and Seoul's."""
    t = story.t
    haneul, priya, sora = story.people("haneul", "priya", "sora")
    await ways.start(story, "v1.5.0")
    await sora.slash(
        t(
            '/release blackout add "Spring sale" 2026-03-04 ~ 2026-03-06 big campaign',
            '/release 배포금지 추가 "Spring sale" 3월 4일 ~ 3월 6일 big campaign',
        )
    )
    assert await haneul.slash(t("/release calendar", "/release 달력")) == t(
        "Calendar: Shop · March 2026\n"
        "Seoul · release windows Tue–Thu 10:00–17:00 · no deploys Fri 15:00 – Mon 09:00\n"
        "Mon 23 Feb – Sun 1 Mar · this week\n"
        "📅 Sun 1 Mar · Independence Movement Day\n"
        "Mon 2 Mar – Sun 8 Mar\n"
        "📅 Mon 2 Mar · Alternative holiday for Independence Movement Day\n"
        "⛔ Wed 4 Mar 00:00 – Sat 7 Mar 00:00 · Spring sale · big campaign\n"
        "🚀 Thu 5 Mar 14:00 · v1.5.0 · Regular\n"
        "      freeze Mon 2 Mar 14:00 · QA Tue 3 Mar – Wed 4 Mar\n"
        "      🔴 Blackout: Spring sale (big campaign) · free: Tue 10 Mar 14:00, Wed 11 Mar 14:00 or Thu 12 Mar 14:00\n"
        "Mon 9 Mar – Sun 15 Mar\n"
        "○ Thu 12 Mar 14:00 · regular date, no release yet\n"
        "      freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar\n"
        "Mon 16 Mar – Sun 22 Mar\n"
        "○ Thu 19 Mar 14:00 · regular date, no release yet\n"
        "      freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar\n"
        "Mon 23 Mar – Sun 29 Mar\n"
        "○ Thu 26 Mar 14:00 · regular date, no release yet\n"
        "      freeze Mon 23 Mar 14:00 · QA Tue 24 Mar – Wed 25 Mar\n"
        "Mon 30 Mar – Sun 5 Apr\n"
        "○ Thu 2 Apr 14:00 · regular date, no release yet\n"
        "      freeze Mon 30 Mar 14:00 · QA Tue 31 Mar – Wed 1 Apr",
        "달력: 상점 · 2026년 3월\n"
        "서울 · 릴리스 윈도우 화–목 10:00–17:00 · 배포 금지 시간 금 15:00 – 월 09:00\n"
        "2월 23일(월) – 3월 1일(일) · 이번 주\n"
        "📅 3월 1일(일) · 삼일절\n"
        "3월 2일(월) – 3월 8일(일)\n"
        "📅 3월 2일(월) · 삼일절 대체 휴일\n"
        "⛔ 3월 4일(수) 00:00 – 3월 7일(토) 00:00 · Spring sale · big campaign\n"
        "🚀 3월 5일(목) 14:00 · v1.5.0 · 정기\n"
        "      프리즈 3월 2일(월) 14:00 · QA 3월 3일(화) – 3월 4일(수)\n"
        "      🔴 배포 금지 기간: Spring sale (big campaign) · 가능한 일정: 3월 10일(화) 14:00, 3월 11일(수) 14:00 또는 3월 12일(목) 14:00\n"
        "3월 9일(월) – 3월 15일(일)\n"
        "○ 3월 12일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수)\n"
        "3월 16일(월) – 3월 22일(일)\n"
        "○ 3월 19일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 16일(월) 14:00 · QA 3월 17일(화) – 3월 18일(수)\n"
        "3월 23일(월) – 3월 29일(일)\n"
        "○ 3월 26일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 23일(월) 14:00 · QA 3월 24일(화) – 3월 25일(수)\n"
        "3월 30일(월) – 4월 5일(일)\n"
        "○ 4월 2일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 30일(월) 14:00 · QA 3월 31일(화) – 4월 1일(수)",
    )
    assert await priya.slash(t("/release calendar 2026-03", "/release 캘린더 3월")) == t(
        "Calendar: Shop · March 2026\n"
        "Seoul · release windows Tue–Thu 10:00–17:00 · no deploys Fri 15:00 – Mon 09:00\n"
        "Mon 23 Feb – Sun 1 Mar · this week\n"
        "📅 Sun 1 Mar · Independence Movement Day\n"
        "Mon 2 Mar – Sun 8 Mar\n"
        "📅 Mon 2 Mar · Alternative holiday for Independence Movement Day\n"
        "⛔ Tue 3 Mar 20:30 – Fri 6 Mar 20:30 (Seoul Wed 4 Mar 00:00 – Sat 7 Mar 00:00) · Spring sale · big campaign\n"
        "🚀 Thu 5 Mar 10:30 (Seoul 14:00) · v1.5.0 · Regular\n"
        "      freeze Mon 2 Mar 10:30 (Seoul 14:00) · QA Tue 3 Mar – Wed 4 Mar\n"
        "      🔴 Blackout: Spring sale (big campaign) · free: Tue 10 Mar 10:30 (Seoul 14:00), Wed 11 Mar 10:30 (Seoul 14:00) or Thu 12 Mar 10:30 (Seoul 14:00)\n"
        "Mon 9 Mar – Sun 15 Mar\n"
        "○ Thu 12 Mar 10:30 (Seoul 14:00) · regular date, no release yet\n"
        "      freeze Mon 9 Mar 10:30 (Seoul 14:00) · QA Tue 10 Mar – Wed 11 Mar\n"
        "Mon 16 Mar – Sun 22 Mar\n"
        "○ Thu 19 Mar 10:30 (Seoul 14:00) · regular date, no release yet\n"
        "      freeze Mon 16 Mar 10:30 (Seoul 14:00) · QA Tue 17 Mar – Wed 18 Mar\n"
        "Mon 23 Mar – Sun 29 Mar\n"
        "○ Thu 26 Mar 10:30 (Seoul 14:00) · regular date, no release yet\n"
        "      freeze Mon 23 Mar 10:30 (Seoul 14:00) · QA Tue 24 Mar – Wed 25 Mar\n"
        "Mon 30 Mar – Sun 5 Apr\n"
        "○ Thu 2 Apr 10:30 (Seoul 14:00) · regular date, no release yet\n"
        "      freeze Mon 30 Mar 10:30 (Seoul 14:00) · QA Tue 31 Mar – Wed 1 Apr",
        "달력: 상점 · 2026년 3월\n"
        "서울 · 릴리스 윈도우 화–목 10:00–17:00 · 배포 금지 시간 금 15:00 – 월 09:00\n"
        "2월 23일(월) – 3월 1일(일) · 이번 주\n"
        "📅 3월 1일(일) · 삼일절\n"
        "3월 2일(월) – 3월 8일(일)\n"
        "📅 3월 2일(월) · 삼일절 대체 휴일\n"
        "⛔ 3월 3일(화) 20:30 – 3월 6일(금) 20:30 (서울 3월 4일(수) 00:00 – 3월 7일(토) 00:00) · Spring sale · big campaign\n"
        "🚀 3월 5일(목) 10:30 (서울 14:00) · v1.5.0 · 정기\n"
        "      프리즈 3월 2일(월) 10:30 (서울 14:00) · QA 3월 3일(화) – 3월 4일(수)\n"
        "      🔴 배포 금지 기간: Spring sale (big campaign) · 가능한 일정: 3월 10일(화) 10:30 (서울 14:00), 3월 11일(수) 10:30 (서울 14:00) 또는 3월 12일(목) 10:30 (서울 14:00)\n"
        "3월 9일(월) – 3월 15일(일)\n"
        "○ 3월 12일(목) 10:30 (서울 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 9일(월) 10:30 (서울 14:00) · QA 3월 10일(화) – 3월 11일(수)\n"
        "3월 16일(월) – 3월 22일(일)\n"
        "○ 3월 19일(목) 10:30 (서울 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 16일(월) 10:30 (서울 14:00) · QA 3월 17일(화) – 3월 18일(수)\n"
        "3월 23일(월) – 3월 29일(일)\n"
        "○ 3월 26일(목) 10:30 (서울 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 23일(월) 10:30 (서울 14:00) · QA 3월 24일(화) – 3월 25일(수)\n"
        "3월 30일(월) – 4월 5일(일)\n"
        "○ 4월 2일(목) 10:30 (서울 14:00) · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 30일(월) 10:30 (서울 14:00) · QA 3월 31일(화) – 4월 1일(수)",
    )
    assert haneul.buttons(t("Calendar", "달력")) == (
        t("◀ February 2026", "◀ 2026년 2월"),
        t("April 2026 ▶", "2026년 4월 ▶"),
        t("Post the picture here", "이 채널에 그림 게시"),
        t("Post the timeline here", "이 채널에 타임라인 게시"),
        t("Add a blackout…", "배포 금지 기간 추가…"),
        t("Add a window…", "릴리스 윈도우 추가…"),
    )


async def _turned(story: Story) -> None:
    """The next month takes the place of the one shown: no second message comes."""
    t = story.t
    haneul = story.person("haneul")
    before = len(haneul.person.sees(CHANNEL))
    assert await haneul.press(t("April 2026 ▶", "2026년 4월 ▶"), CHANNEL) == ""
    assert haneul.reads(t("Calendar", "달력")) == t(
        "Calendar: Shop · April 2026\n"
        "Seoul · release windows Tue–Thu 10:00–17:00 · no deploys Fri 15:00 – Mon 09:00\n"
        "Mon 30 Mar – Sun 5 Apr\n"
        "○ Thu 2 Apr 14:00 · regular date, no release yet\n"
        "      freeze Mon 30 Mar 14:00 · QA Tue 31 Mar – Wed 1 Apr\n"
        "Mon 6 Apr – Sun 12 Apr\n"
        "○ Thu 9 Apr 14:00 · regular date, no release yet\n"
        "      freeze Mon 6 Apr 14:00 · QA Tue 7 Apr – Wed 8 Apr\n"
        "Mon 13 Apr – Sun 19 Apr\n"
        "○ Thu 16 Apr 14:00 · regular date, no release yet\n"
        "      freeze Mon 13 Apr 14:00 · QA Tue 14 Apr – Wed 15 Apr\n"
        "Mon 20 Apr – Sun 26 Apr\n"
        "○ Thu 23 Apr 14:00 · regular date, no release yet\n"
        "      freeze Mon 20 Apr 14:00 · QA Tue 21 Apr – Wed 22 Apr\n"
        "Mon 27 Apr – Sun 3 May\n"
        "○ Thu 30 Apr 14:00 · regular date, no release yet\n"
        "      freeze Mon 27 Apr 14:00 · QA Tue 28 Apr – Wed 29 Apr\n"
        "      🟡 The last working day before a holiday: Labor Day · free: Tue 28 Apr 14:00, Wed 29 Apr 14:00 or Wed 6 May 14:00",
        "달력: 상점 · 2026년 4월\n"
        "서울 · 릴리스 윈도우 화–목 10:00–17:00 · 배포 금지 시간 금 15:00 – 월 09:00\n"
        "3월 30일(월) – 4월 5일(일)\n"
        "○ 4월 2일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 3월 30일(월) 14:00 · QA 3월 31일(화) – 4월 1일(수)\n"
        "4월 6일(월) – 4월 12일(일)\n"
        "○ 4월 9일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 4월 6일(월) 14:00 · QA 4월 7일(화) – 4월 8일(수)\n"
        "4월 13일(월) – 4월 19일(일)\n"
        "○ 4월 16일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 4월 13일(월) 14:00 · QA 4월 14일(화) – 4월 15일(수)\n"
        "4월 20일(월) – 4월 26일(일)\n"
        "○ 4월 23일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 4월 20일(월) 14:00 · QA 4월 21일(화) – 4월 22일(수)\n"
        "4월 27일(월) – 5월 3일(일)\n"
        "○ 4월 30일(목) 14:00 · 정기 배포일, 릴리스 미정\n"
        "      프리즈 4월 27일(월) 14:00 · QA 4월 28일(화) – 4월 29일(수)\n"
        "      🟡 휴일 전 마지막 근무일: 노동절 · 가능한 일정: 4월 28일(화) 14:00, 4월 29일(수) 14:00 또는 5월 6일(수) 14:00",
    )
    assert await haneul.press(t("◀ March 2026", "◀ 2026년 3월"), CHANNEL) == ""
    assert haneul.reads(t("Calendar", "달력")).startswith(
        t("Calendar: Shop · March 2026\n", "달력: 상점 · 2026년 3월\n")
    )
    assert len(haneul.person.sees(CHANNEL)) == before


async def _mistyped(story: Story) -> None:
    t = story.t
    priya = story.person("priya")
    assert await priya.slash(t("/release calendar 2026-13", "/release 달력 13월")) == t(
        "2026-13 cannot be read as a month.\nExample: 2026-03",
        "알 수 없는 값입니다: 13월 (필요한 값: 연월)\n예: 2026-03",
    )
    assert await priya.slash(t("/release calendar marhc", "/release 달력 다다음달")) == t(
        "marhc cannot be read as a month.\n• Did you mean march?\nExample: 2026-03",
        "알 수 없는 값입니다: 다다음달 (필요한 값: 연월)\n• 혹시 이것을 찾으십니까? 다음달\n예: 2026-03",
    )
    assert await priya.slash(t("/release calender", "/release 달역")) == t(
        "calender is not a command of /release.\n"
        "• Did you mean /release calendar?\n"
        "/release help shows everything that is there.",
        "/release에 없는 명령입니다: 달역\n"
        "• 혹시 /release 달력 명령을 찾으십니까?\n"
        "/release help 명령으로 전체 목록을 볼 수 있습니다.",
    )
    assert await priya.slash(t("/release help calendar", "/release 도움말 달력")) == t(
        "/release calendar\n"
        "Shows a month: freezes, QA, deploys, blackouts, holidays, and what stands in a deploy's way.\n"
        "\n"
        "How it is written: /release calendar [month or year] [project]\n"
        "Examples\n"
        "• /release calendar\n"
        "• /release calendar next\n"
        "• /release calendar 2026-03\n"
        "• /release calendar March web\n"
        "• /release calendar 2027\n"
        "Who: Members of the project's channel Also understood: /release 달력",
        "/release 달력\n"
        "한 달 일정을 보여 줍니다: 프리즈, QA, 배포, 배포 금지 기간, 휴일, 배포와 충돌하는 일정.\n"
        "\n"
        "사용법: /release 달력 [월 또는 연도] [프로젝트]\n"
        "예\n"
        "• /release 달력\n"
        "• /release 달력 다음 달\n"
        "• /release 달력 2026-03\n"
        "• /release 달력 3월 web\n"
        "• /release 달력 2027\n"
        "권한: 프로젝트 채널의 멤버 같은 명령: /release calendar",
    )


async def _pictures(story: Story) -> None:
    """In the project's channel for everybody there; asked for elsewhere, as a direct message."""
    t = story.t
    haneul, priya = story.people("haneul", "priya")
    await story.begin_here()
    picture = t("Post the picture here", "이 채널에 그림 게시")
    assert await haneul.press_twice(picture, CHANNEL) == ""
    month = await _posted(story, haneul, CHANNEL)
    assert month.title == t("Calendar: Shop · March 2026", "달력: 상점 · 2026년 3월")
    assert (month.alt_txt or "").startswith(
        t(
            "Calendar: Shop · March 2026. Blackout: Wed 4 Mar – Fri 6 Mar Spring sale. Code freeze: Mon 2 Mar – Thu 5 Mar v1.5.0, ",
            "달력: 상점 · 2026년 3월. 배포 금지 기간: 3월 4일(수) – 3월 6일(금) Spring sale. 코드 프리즈: 3월 2일(월) – 3월 5일(목) v1.5.0, ",
        )
    )
    assert story.news() == [
        t(
            "Calendar: Shop · March 2026 — @김하늘 (Haneul Kim)\n"
            "🔴 Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00) · v1.5.0 · Regular: Blackout: Spring sale (big campaign) · free: Mar 10 2:00 PM (Seoul Tue 10 Mar 14:00), Mar 11 2:00 PM (Seoul Wed 11 Mar 14:00) or Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00)",
            "달력: 상점 · 2026년 3월 — @김하늘 (Haneul Kim)\n"
            "🔴 3월 5일 오후 2:00 (서울 3월 5일(목) 14:00) · v1.5.0 · 정기: 배포 금지 기간: Spring sale (big campaign) · 가능한 일정: 3월 10일 오후 2:00 (서울 3월 10일(화) 14:00), 3월 11일 오후 2:00 (서울 3월 11일(수) 14:00) 또는 3월 12일 오후 2:00 (서울 3월 12일(목) 14:00)",
        )
    ]
    await priya.slash(t("/release calendar shop", "/release 달력 shop"), "#general")
    assert await priya.press(t("Send me the timeline", "타임라인 받기"), "#general") == t(
        "The picture comes to you as a direct message.", "그림은 다이렉트 메시지로 보내 드립니다."
    )
    timeline = await _posted(story, priya, "dm")
    shown = t(
        "Coming releases: Shop · Mon 23 Feb – Sun 5 Apr", "예정된 릴리스: 상점 · 2월 23일(월) – 4월 5일(일)"
    )
    assert timeline.title == shown
    assert story.dms("priya") == [
        t(
            f"{shown}\n"
            "🔴 Thu 5 Mar 10:30 (Seoul 14:00) · v1.5.0 · Regular: Blackout: Spring sale (big campaign) · free: Tue 10 Mar 10:30 (Seoul 14:00), Wed 11 Mar 10:30 (Seoul 14:00) or Thu 12 Mar 10:30 (Seoul 14:00)",
            f"{shown}\n"
            "🔴 3월 5일(목) 10:30 (서울 14:00) · v1.5.0 · 정기: 배포 금지 기간: Spring sale (big campaign) · 가능한 일정: 3월 10일(화) 10:30 (서울 14:00), 3월 11일(수) 10:30 (서울 14:00) 또는 3월 12일(목) 10:30 (서울 14:00)",
        )
    ]


async def test_a_picture_comes_once_whatever_slack_does(story: Story) -> None:
    """An address that is not given, an answer that is lost; and an app that may not post files says so."""
    t = story.t
    haneul = story.person("haneul")
    box = story.demo.box
    await haneul.slash(t("/release calendar", "/release 달력"))
    box.faults.once("files.getUploadURLExternal", "server_error")
    box.faults.once("files.completeUploadExternal", "drop_before")
    box.faults.once("files.completeUploadExternal", "drop_after")
    await haneul.press(t("Post the picture here", "이 채널에 그림 게시"), CHANNEL)
    await _posted(story, haneul, CHANNEL)
    assert [m.files for m in haneul.person.sees(CHANNEL) if m.files] == [
        (t("Calendar: Shop · March 2026", "달력: 상점 · 2026년 3월"),)
    ]
    box.workspace.scopes = wanted_scopes() - {"files:write"}
    await haneul.press(t("Post the timeline here", "이 채널에 타임라인 게시"), CHANNEL)
    assert story.dms("haneul") == [
        t(
            "The picture could not be posted (missing_scope). Ask whoever runs Naru to look with naru doctor; the list says the same as the picture.",
            "그림을 게시하지 못했습니다(missing_scope). 나루 운영 담당자에게 naru doctor 명령으로 확인해 달라고 요청해 주십시오. 목록에도 그림과 같은 내용이 있습니다.",
        )
    ]


async def _posted(story: Story, reader: Actor, where: str) -> File:
    """The file of the newest message there; Slack shows it a moment after it was taken."""
    workspace = story.demo.box.workspace
    seen = await until(lambda: [m for m in reader.person.sees(where) if m.files], "a picture")
    file = next(file for file in workspace.files.values() if file.title == seen[-1].files[0])
    assert workspace.uploads[file.id].startswith(PNG)
    return file
