"""When can it go out? The soak, a window, a blackout and a lock each answer for themselves."""

from __future__ import annotations

from datetime import datetime

from tests.journeys import ways
from tests.journeys.play import CHANNEL, SEOUL, Story


async def test_the_earliest_time_is_told_with_its_rule_and_what_would_help(story: Story) -> None:
    await _nothing_started(story)
    await _soak_binds(story)
    await _window_binds(story)
    await _blackout_binds(story)
    await _goes_out(story)


async def _nothing_started(story: Story) -> None:
    """Without a release on its way it is told for a regular one that is started now."""
    t = story.t
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release when", "/release 언제")) == t(
        "Shop · Regular, if it is started now\n"
        "Earliest deploy: Wed 4 Mar 13:30\n"
        "Decided by: Code freeze, 3 days before the deploy\n"
        "The way there\n"
        "• Code freeze from Sun 1 Mar 13:30\n"
        "• QA Mon 2 Mar – Tue 3 Mar\n"
        "• Staging soak until Mon 2 Mar 13:30\n"
        "• Approval by release manager · from Tue 3 Mar 00:00\n"
        "It could be earlier\n"
        "• Tue 3 Mar 13:30 · with a code freeze of 2 days instead of 3 days · QA Mon 2 Mar\n"
        "• Sun 1 Mar 14:00 · as a new release of type Emergency · only for urgent bugs and security patches · approval by tech lead, PM · 🟡 Holiday: Independence Movement Day · 🟡 Outside business hours: allowed for this type, but think twice\n"
        "• now · as a new release of type Hotfix · only for a fix during an incident · approval by incident commander\n"
        "Holds if builds, staging, QA and approvals are done as soon as they may be.",
        "상점 · 정기, 지금 시작하는 경우\n"
        "가장 빠른 배포: 3월 4일(수) 13:30\n"
        "결정하는 규칙: 코드 프리즈, 배포 3일 전부터\n"
        "배포까지의 과정\n"
        "• 코드 프리즈 시작 3월 1일(일) 13:30\n"
        "• QA 3월 2일(월) – 3월 3일(화)\n"
        "• 스테이징 안정화: 3월 2일(월) 13:30까지\n"
        "• 승인: 릴리스 매니저 · 3월 3일(화) 00:00부터\n"
        "더 앞당기는 방법\n"
        "• 3월 3일(화) 13:30 · 코드 프리즈 단축: 3일 → 2일 · QA 3월 2일(월)\n"
        "• 3월 1일(일) 14:00 · 새 긴급 릴리스로 진행 · 긴급 버그와 보안 패치에만 해당 · 승인: 테크 리드, PM · 🟡 휴일: 삼일절 · 🟡 업무 시간 밖: 이 유형은 배포할 수 있지만 한 번 더 생각해 주세요\n"
        "• 지금 · 새 핫픽스 릴리스로 진행 · 장애 대응을 위한 수정에만 해당 · 승인: 장애 지휘관\n"
        "빌드, 스테이징, QA, 승인이 가능한 시점에 바로 끝난다고 가정한 시각입니다.",
    )
    assert haneul.message(t("Earliest deploy", "가장 빠른 배포")).buttons == ()


async def _soak_binds(story: Story) -> None:
    """Approved and confirmed within window hours: only the soak is left."""
    t = story.t
    haneul = story.person("haneul")
    await story.time("2026-03-03", "11:00")
    await ways.to_ready(story, "v1.5.0")
    assert await haneul.slash(t("/release when 1.5.0", "/release 언제 1.5.0")) == t(
        "Shop · v1.5.0 · Regular · Approved\n"
        "Earliest deploy: Wed 4 Mar 11:00\n"
        "Decided by: Staging soak\n"
        "Planned: Thu 12 Mar 14:00\n"
        "The way there\n"
        "• Staging soak until Wed 4 Mar 11:00\n"
        "It could be earlier\n"
        "• Tue 3 Mar 11:30 · as a new release of type Emergency · only for urgent bugs and security patches · approval by tech lead, PM\n"
        "• now · as a new release of type Hotfix · only for a fix during an incident · approval by incident commander\n"
        "Holds if builds, staging, QA and approvals are done as soon as they may be.",
        "상점 · v1.5.0 · 정기 · 승인\n"
        "가장 빠른 배포: 3월 4일(수) 11:00\n"
        "결정하는 규칙: 스테이징 안정화 시간\n"
        "예정: 3월 12일(목) 14:00\n"
        "배포까지의 과정\n"
        "• 스테이징 안정화: 3월 4일(수) 11:00까지\n"
        "더 앞당기는 방법\n"
        "• 3월 3일(화) 11:30 · 새 긴급 릴리스로 진행 · 긴급 버그와 보안 패치에만 해당 · 승인: 테크 리드, PM\n"
        "• 지금 · 새 핫픽스 릴리스로 진행 · 장애 대응을 위한 수정에만 해당 · 승인: 장애 지휘관\n"
        "빌드, 스테이징, QA, 승인이 가능한 시점에 바로 끝난다고 가정한 시각입니다.",
    )


async def _window_binds(story: Story) -> None:
    """In the evening the next window decides; who may moves the deploy into it by the button."""
    t = story.t
    haneul, priya, alex = story.people("haneul", "priya", "alex")
    await story.time("2026-03-04", "18:00")
    await story.begin_here()
    assert await priya.slash(t("/release when", "/release 언제")) == t(
        "Shop · v1.5.0 · Regular · Approved\n"
        "Earliest deploy: Thu 5 Mar 06:30 (Seoul 10:00)\n"
        "Decided by: Outside the release windows\n"
        "Planned: Thu 12 Mar 10:30 (Seoul 14:00)\n"
        "Closed by\n"
        "🔴 Outside the release windows · until Thu 5 Mar 06:30 (Seoul 10:00)\n"
        "It could be earlier\n"
        "• now · by exception from: Outside the release windows (granted by: release manager)\n"
        "• Wed 4 Mar 15:00 (Seoul 18:30) · as a new release of type Emergency · only for urgent bugs and security patches · approval by tech lead, PM · 🟡 Outside business hours: allowed for this type, but think twice\n"
        "• now · as a new release of type Hotfix · only for a fix during an incident · approval by incident commander",
        "상점 · v1.5.0 · 정기 · 승인\n"
        "가장 빠른 배포: 3월 5일(목) 06:30 (서울 10:00)\n"
        "결정하는 규칙: 릴리스 윈도우 밖의 시간\n"
        "예정: 3월 12일(목) 10:30 (서울 14:00)\n"
        "게이트를 닫는 규칙\n"
        "🔴 릴리스 윈도우 밖의 시간 · 3월 5일(목) 06:30 (서울 10:00)까지\n"
        "더 앞당기는 방법\n"
        "• 지금 · 예외 승인: 릴리스 윈도우 밖의 시간 (결정: 릴리스 매니저)\n"
        "• 3월 4일(수) 15:00 (서울 18:30) · 새 긴급 릴리스로 진행 · 긴급 버그와 보안 패치에만 해당 · 승인: 테크 리드, PM · 🟡 업무 시간 밖: 이 유형은 배포할 수 있지만 한 번 더 생각해 주세요\n"
        "• 지금 · 새 핫픽스 릴리스로 진행 · 장애 대응을 위한 수정에만 해당 · 승인: 장애 지휘관",
    )
    assert priya.message(t("Earliest deploy", "가장 빠른 배포")).buttons == (
        t("Ask for an exception…", "예외 승인 요청…"),
    )
    await haneul.slash(t("/release when", "/release 언제"))
    move = t("Move the deploy to Thu 5 Mar 10:00…", "배포 일정 변경: 3월 5일(목) 10:00…")
    assert await haneul.press(move, CHANNEL) == ""
    assert haneul.modal.fields == {
        t("Next slots", "다음 배포 일정"): None,
        t("Another time", "다른 시각"): int(datetime(2026, 3, 5, 10, tzinfo=SEOUL).timestamp()),
        t("Why?", "사유"): None,
    }
    assert await haneul.fill({}) == t(
        "Recorded: v1.5.0 Deploy moved: Thu 12 Mar 14:00 → Thu 5 Mar 10:00\nCode freeze: Mon 2 Mar 10:00",
        "기록했습니다: v1.5.0 배포 일정 변경: 3월 12일(목) 14:00 → 3월 5일(목) 10:00\n"
        "코드 프리즈: 3월 2일(월) 10:00",
    )
    await alex.press(t("Approve", "승인"), "dm")
    await story.begin_here()


async def _blackout_binds(story: Story) -> None:
    """A sale takes the planned day; an exception for the next window is asked and granted."""
    t = story.t
    haneul, sora = story.people("haneul", "sora")
    await sora.slash(
        t(
            '/release blackout add "Spring sale" 2026-03-05 ~ 2026-03-06 big campaign',
            '/release 배포금지 추가 "Spring sale" 3월 5일 ~ 3월 6일 big campaign',
        )
    )
    assert await haneul.slash(t("/release when", "/release 언제")) == t(
        "Shop · v1.5.0 · Regular · Approved\n"
        "Earliest deploy: Tue 10 Mar 10:00\n"
        "Decided by: Blackout: Spring sale (big campaign)\n"
        "Planned: Thu 5 Mar 10:00. That cannot be kept.\n"
        "The way there\n"
        "• Approved until Thu 5 Mar 17:00: after that it has to be approved again\n"
        "Closed by\n"
        "🔴 Outside the release windows · until Tue 10 Mar 10:00\n"
        "🔴 Blackout: Spring sale (big campaign) · until Sat 7 Mar 00:00\n"
        "🔴 No-deploy hours · until Mon 9 Mar 09:00\n"
        "It could be earlier\n"
        "• Thu 5 Mar 10:00 · by exception from: Blackout: Spring sale (granted by: PM)\n"
        "• now · by exception from: Outside the release windows (granted by: release manager)\n"
        "• Wed 4 Mar 18:30 · as a new release of type Emergency · only for urgent bugs and security patches · approval by tech lead, PM · 🟡 Outside business hours: allowed for this type, but think twice\n"
        "• now · as a new release of type Hotfix · only for a fix during an incident · approval by incident commander",
        "상점 · v1.5.0 · 정기 · 승인\n"
        "가장 빠른 배포: 3월 10일(화) 10:00\n"
        "결정하는 규칙: 배포 금지 기간: Spring sale (big campaign)\n"
        "예정: 3월 5일(목) 10:00. 이 일정은 지킬 수 없습니다.\n"
        "배포까지의 과정\n"
        "• 승인 유효 기한: 3월 5일(목) 17:00. 그 뒤에는 다시 승인받아야 합니다\n"
        "게이트를 닫는 규칙\n"
        "🔴 릴리스 윈도우 밖의 시간 · 3월 10일(화) 10:00까지\n"
        "🔴 배포 금지 기간: Spring sale (big campaign) · 3월 7일(토) 00:00까지\n"
        "🔴 배포 금지 시간 · 3월 9일(월) 09:00까지\n"
        "더 앞당기는 방법\n"
        "• 3월 5일(목) 10:00 · 예외 승인: 배포 금지 기간: Spring sale (결정: PM)\n"
        "• 지금 · 예외 승인: 릴리스 윈도우 밖의 시간 (결정: 릴리스 매니저)\n"
        "• 3월 4일(수) 18:30 · 새 긴급 릴리스로 진행 · 긴급 버그와 보안 패치에만 해당 · 승인: 테크 리드, PM · 🟡 업무 시간 밖: 이 유형은 배포할 수 있지만 한 번 더 생각해 주세요\n"
        "• 지금 · 새 핫픽스 릴리스로 진행 · 장애 대응을 위한 수정에만 해당 · 승인: 장애 지휘관",
    )
    ask = t("Ask for an exception, Thu 5 Mar 10:00…", "예외 승인 요청, 3월 5일(목) 10:00…")
    assert await haneul.press(ask, CHANNEL) == ""
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
        "• Wanted: from Thu 5 Mar 10:00, for 2 hr (one deploy)\n"
        "You are told here what is decided.",
        "기록했습니다: v1.5.0 예외 승인을 요청했습니다.\n"
        "• 배포 금지 기간: Spring sale — 결정: @박소라 (Sora Park) (PM)\n"
        "• 내용: v1.5.0\n"
        "• 이유: Tax law\n"
        "• 위험 요소: Slow carts\n"
        "• 되돌리는 방법: Blue stays up\n"
        "• 희망: 3월 5일(목) 10:00부터 2시간 동안 (배포 한 번)\n"
        "결정되면 여기에서 알려 드립니다.",
    )
    assert await sora.press(t("Grant…", "허용…"), "dm") == ""
    assert await sora.fill({}) == t(
        "Recorded: v1.5.0 The exception is granted from Thu 5 Mar 10:00 until Thu 5 Mar 12:00 (one deploy): Blackout: Spring sale\n"
        "You can revoke it: /release exception",
        "기록했습니다: v1.5.0 예외가 3월 5일(목) 10:00부터 3월 5일(목) 12:00까지 승인되었습니다 (배포 한 번): 배포 금지 기간: Spring sale\n"
        "승인을 취소하려면: /release exception",
    )
    assert await haneul.slash(t("/release when", "/release 언제")) == t(
        "Shop · v1.5.0 · Regular · Approved\n"
        "Earliest deploy: Thu 5 Mar 10:00\n"
        "Decided by: Outside the release windows\n"
        "Opened by an exception until Thu 5 Mar 12:00, granted by @박소라 (Sora Park): Blackout: Spring sale\n"
        "It is planned for that time.\n"
        "Closed by\n"
        "🔴 Outside the release windows · until Thu 5 Mar 10:00\n"
        "It could be earlier\n"
        "• now · by exception from: Outside the release windows (granted by: release manager)\n"
        "• Wed 4 Mar 18:30 · as a new release of type Emergency · only for urgent bugs and security patches · approval by tech lead, PM · 🟡 Outside business hours: allowed for this type, but think twice\n"
        "• now · as a new release of type Hotfix · only for a fix during an incident · approval by incident commander",
        "상점 · v1.5.0 · 정기 · 승인\n"
        "가장 빠른 배포: 3월 5일(목) 10:00\n"
        "결정하는 규칙: 릴리스 윈도우 밖의 시간\n"
        "예외 승인으로 3월 5일(목) 12:00까지 열림 (승인: @박소라 (Sora Park)): 배포 금지 기간: Spring sale\n"
        "그 시각에 배포할 예정입니다.\n"
        "게이트를 닫는 규칙\n"
        "🔴 릴리스 윈도우 밖의 시간 · 3월 5일(목) 10:00까지\n"
        "더 앞당기는 방법\n"
        "• 지금 · 예외 승인: 릴리스 윈도우 밖의 시간 (결정: 릴리스 매니저)\n"
        "• 3월 4일(수) 18:30 · 새 긴급 릴리스로 진행 · 긴급 버그와 보안 패치에만 해당 · 승인: 테크 리드, PM · 🟡 업무 시간 밖: 이 유형은 배포할 수 있지만 한 번 더 생각해 주세요\n"
        "• 지금 · 새 핫픽스 릴리스로 진행 · 장애 대응을 위한 수정에만 해당 · 승인: 장애 지휘관",
    )


async def _stands_by_anew(story: Story) -> None:
    t, haneul, priya = story.t, story.person("haneul"), story.person("priya")
    await haneul.slash(t("/release checklist start", "/release 체크리스트 배포 시작"))
    await haneul.fill(ways.boxes(haneul))
    for item in (t("Deployer standing by", "배포 담당자 대기"), t("On-call standing by", "온콜 대기")):
        await priya.press(item, CHANNEL)
        await priya.fill({})


async def _goes_out(story: Story) -> None:
    """At the time that was told it goes out; on another day than planned at first, who stands by says so anew."""
    t = story.t
    priya = story.person("priya")
    await story.time("2026-03-05", "10:00")
    assert await priya.slash(t("/release when", "/release 언제")) == t(
        "Shop · v1.5.0 · Regular · Approved\n"
        "Earliest deploy: now\n"
        "Opened by an exception until Thu 5 Mar 08:30 (Seoul 12:00), granted by @박소라 (Sora Park): Blackout: Spring sale\n"
        "It is planned for that time.",
        "상점 · v1.5.0 · 정기 · 승인\n"
        "가장 빠른 배포: 지금\n"
        "예외 승인으로 3월 5일(목) 08:30 (서울 12:00)까지 열림 (승인: @박소라 (Sora Park)): 배포 금지 기간: Spring sale\n"
        "그 시각에 배포할 예정입니다.",
    )
    await _stands_by_anew(story)
    await story.begin_here()
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Recorded: v1.5.0 Asked of git: Deploy. The result follows.",
        "기록했습니다: v1.5.0 git 작업 요청: 배포. 결과는 곧 알려 드립니다.",
    )
    assert await priya.slash(t("/release when 1.5.0", "/release 언제 1.5.0")) == t(
        "There is nothing left to decide for v1.5.0. Its stage: Deploying\nThe card shows how it stands.",
        "v1.5.0에 대해 결정할 것이 남아 있지 않습니다. 현재 단계: 배포 중\n"
        "현재 상태는 카드에서 확인할 수 있습니다.",
    )
    assert await priya.slash(t("/release wen", "/release 언재")) == t(
        "wen is not a command of /release.\n"
        "• Did you mean /release when?\n"
        "/release help shows everything that is there.",
        "/release에 없는 명령입니다: 언재\n"
        "• 혹시 /release 언제 명령을 찾으십니까?\n"
        "/release help 명령으로 전체 목록을 볼 수 있습니다.",
    )
