"""A blackout is added over a planned release: seen while it is typed, told, and re-targeted to an offered time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys.play import Story

SEOUL = ZoneInfo("Asia/Seoul")


def seoul(day: int, hour: int = 0) -> int:
    """Unix seconds of a moment of March 2026, as a date-time picker gives them."""
    return int(datetime(2026, 3, day, hour, tzinfo=SEOUL).timestamp())


async def test_a_blackout_over_a_planned_release_is_seen_told_and_made_way_for(story: Story) -> None:
    await _planned(story)
    await _typed(story)
    await _told(story)
    await _moved(story)


async def _planned(story: Story) -> None:
    t = story.t
    (haneul,) = story.people("haneul")
    await haneul.slash(t("/release start regular v1.5.0", "/release 시작 정기 v1.5.0"))
    await haneul.submit()
    await story.begin_here()


async def _typed(story: Story) -> None:
    """While the dates are chosen, the modal says who planned to deploy then."""
    t = story.t
    (sora,) = story.people("sora")
    await sora.slash(t("/release blackout add", "/release 배포금지 추가"))
    await sora.choose(t("From", "시작"), seoul(4))
    await sora.choose(t("To", "끝"), seoul(6))
    await sora.choose(t("Projects", "프로젝트"), [t("Shop", "상점"), t("API", "API")])
    assert sora.modal.text == t(
        "Name\n"
        "As it is announced: year end, summer sale…\n"
        "Projects\n"
        "Each gets it in its own calendar, and its channel is told.\n"
        "From\n"
        "In your time zone.\n"
        "To\n"
        "In your time zone.\n"
        "⚠ Planned in this time; nothing is moved by itself:\n"
        "• Shop v1.5.0 · Thu 5 Mar 14:00\n"
        "   Nearest free times: Tue 10 Mar 14:00, Wed 11 Mar 14:00, Thu 12 Mar 14:00\n"
        "What it is\n"
        "Again\n"
        "Time zone of the yearly repeat\n"
        "It comes again at the same local times there.\n"
        "Only for these types\n"
        "None chosen: for all.\n"
        "Environments\n"
        "None chosen: production.\n"
        "Reason",
        "이름\n"
        "공지에 쓰는 이름: 연말, 여름 세일…\n"
        "프로젝트\n"
        "프로젝트마다 자기 캘린더에 추가되고 채널에 알려집니다.\n"
        "시작\n"
        "내 시간대 기준입니다.\n"
        "끝\n"
        "내 시간대 기준입니다.\n"
        "⚠ 이 기간에 예정된 릴리스가 있습니다. 저절로 옮겨지지는 않습니다.\n"
        "• 상점 v1.5.0 · 3월 5일(목) 14:00\n"
        "   가장 가까운 가능한 시각: 3월 10일(화) 14:00, 3월 11일(수) 14:00, 3월 12일(목) 14:00\n"
        "종류\n"
        "반복\n"
        "매년 반복의 시간대\n"
        "해마다 그곳의 같은 시각에 돌아옵니다.\n"
        "이 유형만\n"
        "선택하지 않으면 모두 해당합니다.\n"
        "환경\n"
        "선택하지 않으면 프로덕션입니다.\n"
        "사유",
    )
    await sora.choose(t("From", "시작"), seoul(9))
    await sora.choose(t("To", "끝"), seoul(10))
    assert (
        t("✓ No release is planned in this time.", "✓ 이 기간에 예정된 릴리스가 없습니다.") in sora.modal.text
    )
    name, from_, to = t("Name", "이름"), t("From", "시작"), t("To", "끝")
    await sora.submit(**{name: "Spring sale", from_: seoul(4), to: seoul(6)})


async def _told(story: Story) -> None:
    """In both projects' channels, in the release's thread, and the captain, who chooses."""
    t = story.t
    assert story.news() == [
        t(
            "Blackout added: Spring sale, from Mar 4 12:00 AM (Seoul Wed 4 Mar 00:00) to Mar 6 12:00 AM (Seoul Fri 6 Mar 00:00). No deploys in that time. Also in: api — @박소라 (Sora Park)",
            "배포 금지 기간 추가: Spring sale, 3월 4일 오전 12:00 (서울 3월 4일(수) 00:00)부터 3월 6일 오전 12:00 (서울 3월 6일(금) 00:00)까지. 이 기간에는 배포할 수 없습니다. 함께 추가된 프로젝트: api — @박소라 (Sora Park)",
        ),
        t(
            "↳ v1.5.0 cannot be deployed as planned, Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00): deploys are closed then. The date was not moved. — @박소라 (Sora Park)\n"
            "• Blackout: Spring sale · until Mar 6 12:00 AM (Seoul Fri 6 Mar 00:00)\n"
            "Nearest free times: Mar 10 2:00 PM (Seoul Tue 10 Mar 14:00), Mar 11 2:00 PM (Seoul Wed 11 Mar 14:00), Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00)",
            "↳ v1.5.0 예정된 3월 5일 오후 2:00 (서울 3월 5일(목) 14:00)에 배포할 수 없게 되었습니다. 일정은 옮기지 않았습니다. — @박소라 (Sora Park)\n"
            "• 배포 금지 기간: Spring sale · 3월 6일 오전 12:00 (서울 3월 6일(금) 00:00)까지\n"
            "가장 가까운 가능한 시각: 3월 10일 오후 2:00 (서울 3월 10일(화) 14:00), 3월 11일 오후 2:00 (서울 3월 11일(수) 14:00), 3월 12일 오후 2:00 (서울 3월 12일(목) 14:00)",
        ),
    ]
    assert story.news("#releases-api") == [
        t(
            "Blackout added: Spring sale, from Mar 4 12:00 AM (Berlin Tue 3 Mar 16:00) to Mar 6 12:00 AM (Berlin Thu 5 Mar 16:00). No deploys in that time. Also in: shop — @박소라 (Sora Park)",
            "Blackout added: Spring sale, from 3월 4일 오전 12:00 (Berlin Tue 3 Mar 16:00) to 3월 6일 오전 12:00 (Berlin Thu 5 Mar 16:00). No deploys in that time. Also in: shop — @박소라 (Sora Park)",
        )
    ]
    assert story.dms("haneul") == [
        t(
            "v1.5.0 cannot be deployed as planned, Thu 5 Mar 14:00: deploys are closed then. The date was not moved. — @박소라 (Sora Park)\n"
            "• Blackout: Spring sale · until Fri 6 Mar 00:00\n"
            "Nearest free times: Tue 10 Mar 14:00, Wed 11 Mar 14:00, Thu 12 Mar 14:00",
            "v1.5.0 예정된 3월 5일(목) 14:00에 배포할 수 없게 되었습니다. 일정은 옮기지 않았습니다. — @박소라 (Sora Park)\n"
            "• 배포 금지 기간: Spring sale · 3월 6일(금) 00:00까지\n"
            "가장 가까운 가능한 시각: 3월 10일(화) 14:00, 3월 11일(수) 14:00, 3월 12일(목) 14:00",
        )
    ]


async def _moved(story: Story) -> None:
    t = story.t
    (haneul,) = story.people("haneul")
    await haneul.press(t("Choose another date", "다른 날짜 선택"), "dm")
    await haneul.choose(t("Another time", "다른 시각"), seoul(4, 14))
    assert (
        t(
            "⚠ In the way at this time:\n"
            "• Blackout: Spring sale · until Fri 6 Mar 00:00\n"
            "Nearest free times: Tue 10 Mar 14:00, Wed 11 Mar 14:00, Thu 12 Mar 14:00\n"
            "freeze Sun 1 Mar 14:00 · QA Mon 2 Mar – Tue 3 Mar · deploy Wed 4 Mar 14:00\n",
            "⚠ 이 시각에 걸리는 것:\n"
            "• 배포 금지 기간: Spring sale · 3월 6일(금) 00:00까지\n"
            "가장 가까운 가능한 시각: 3월 10일(화) 14:00, 3월 11일(수) 14:00, 3월 12일(목) 14:00\n"
            "프리즈 3월 1일(일) 14:00 · QA 3월 2일(월) – 3월 3일(화) · 배포 3월 4일(수) 14:00\n",
        )
        in haneul.modal.text
    )
    await haneul.choose(t("Another time", "다른 시각"), None)
    await haneul.choose(t("Next slots", "다음 배포 일정"), t("Thu 12 Mar 14:00", "3월 12일(목) 14:00"))
    assert (
        t(
            "✓ Nothing stands against this time.\n"
            "freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 14:00\n",
            "✓ 이 시각을 막는 것이 없습니다.\n"
            "프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 14:00\n",
        )
        in haneul.modal.text
    )
    await haneul.submit(**{t("Why?", "사유"): "sale"})
    assert story.news() == [
        t(
            "↳ v1.5.0 Deploy moved: Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00) → Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00) — @김하늘 (Haneul Kim)\n"
            "Code freeze: Mar 9 2:00 PM (Seoul Mon 9 Mar 14:00)\n"
            "> sale",
            "↳ v1.5.0 배포 일정 변경: 3월 5일 오후 2:00 (서울 3월 5일(목) 14:00) → 3월 12일 오후 2:00 (서울 3월 12일(목) 14:00) — @김하늘 (Haneul Kim)\n"
            "코드 프리즈: 3월 9일 오후 2:00 (서울 3월 9일(월) 14:00)\n"
            "> sale",
        )
    ]
    card = story.reads("v1.5.0")
    assert (
        t("Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00)", "3월 12일 오후 2:00 (서울 3월 12일(목) 14:00)") in card
    )
    assert t("Mar 9 2:00 PM (Seoul Mon 9 Mar 14:00)", "3월 9일 오후 2:00 (서울 3월 9일(월) 14:00)") in card
    await story.time("2026-03-08", "14:00")
    assert story.news() == [
        t(
            "Code freeze in a day v1.5.0: begins tomorrow 2:00 PM (Seoul Mon 9 Mar 14:00). Merge features before that.",
            "하루 뒤 코드 프리즈 v1.5.0: 내일 오후 2:00 (서울 3월 9일(월) 14:00)에 시작합니다. 기능은 그 전에 병합해 주십시오.",
        )
    ]
