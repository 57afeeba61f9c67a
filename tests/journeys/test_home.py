from __future__ import annotations

from tests.journeys import ways
from tests.journeys.play import CHANNEL, Actor, Story, plain, until

API = "API #releases-api"


async def test_home_shows_what_waits_for_its_reader_and_whether_deploying_is_allowed(story: Story) -> None:
    await _a_calm_sunday(story)
    await _a_guest(story)
    await _started_from_home(story)
    await _something_waits(story)
    await _in_the_window(story)
    await _rolled_back(story)


async def _a_calm_sunday(story: Story) -> None:
    """Nothing waits, nothing runs; the projects of one's channels with their next dates and their gate."""
    t, haneul = story.t, story.person("haneul")
    assert plain((await haneul.home()).text) == t(
        "What waits for you\n"
        "Nothing waits for you. Have a calm day.\n"
        "API #releases-api\n"
        "Deploying now: 🔴 Closed, opens Tue 3 Mar 17:00 (Berlin 09:00)\n"
        "No release is under way.\n"
        "Next dates\n"
        "• freeze Mon 2 Mar 22:00 (Berlin 14:00) · QA Tue 3 Mar – Wed 4 Mar · deploy Thu 5 Mar 22:00 (Berlin 14:00)\n"
        "• freeze Mon 9 Mar 22:00 (Berlin 14:00) · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 22:00 (Berlin 14:00)\n"
        "• freeze Mon 16 Mar 22:00 (Berlin 14:00) · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 22:00 (Berlin 14:00)\n"
        "Shop #releases-shop\n"
        "Deploying now: 🔴 Closed, opens Tue 3 Mar 10:00\n"
        "No release is under way.\n"
        "Next dates\n"
        "• freeze Mon 2 Mar 14:00 · QA Tue 3 Mar – Wed 4 Mar · deploy Thu 5 Mar 14:00\n"
        "• freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 14:00\n"
        "• freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 14:00\n"
        "Digest: on working days at 09:00 (Seoul)\n"
        "As of Sun 1 Mar 13:30 · /release help shows everything that Naru can do",
        "나를 기다리는 일\n"
        "기다리는 일이 없습니다. 편안한 하루 보내세요.\n"
        "API #releases-api\n"
        "지금 배포: 🔴 닫힘 · 열리는 시각 3월 3일(화) 17:00 (베를린 09:00)\n"
        "진행 중인 릴리스가 없습니다.\n"
        "다음 일정\n"
        "• 프리즈 3월 2일(월) 22:00 (베를린 14:00) · QA 3월 3일(화) – 3월 4일(수) · 배포 3월 5일(목) 22:00 (베를린 14:00)\n"
        "• 프리즈 3월 9일(월) 22:00 (베를린 14:00) · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 22:00 (베를린 14:00)\n"
        "• 프리즈 3월 16일(월) 22:00 (베를린 14:00) · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 22:00 (베를린 14:00)\n"
        "상점 #releases-shop\n"
        "지금 배포: 🔴 닫힘 · 열리는 시각 3월 3일(화) 10:00\n"
        "진행 중인 릴리스가 없습니다.\n"
        "다음 일정\n"
        "• 프리즈 3월 2일(월) 14:00 · QA 3월 3일(화) – 3월 4일(수) · 배포 3월 5일(목) 14:00\n"
        "• 프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 14:00\n"
        "• 프리즈 3월 16일(월) 14:00 · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 14:00\n"
        "하루 요약: 근무일 09:00 (서울)\n"
        "3월 1일(일) 13:30 기준 · /release help 명령으로 나루의 모든 기능을 볼 수 있습니다",
    )
    assert (await haneul.home()).buttons == (
        t("Start a release", "릴리스 시작"),
        t("Change…", "바꾸기…"),
    )


async def _a_guest(story: Story) -> None:
    """A guest of the project's channel reads along there; Home says why it has nothing to offer."""
    t, guest = story.t, story.person("guest")
    assert plain((await guest.home()).text) == t(
        "What waits for you\n"
        "Nothing waits for you. Have a calm day.\n"
        "You are a guest of this workspace. Guests can read along, but cannot take part in releases; "
        "to take part, ask a workspace admin to make you a full member.\n"
        "As of Sun 1 Mar 05:30 · /release help shows everything that Naru can do",
        "나를 기다리는 일\n"
        "기다리는 일이 없습니다. 편안한 하루 보내세요.\n"
        "이 워크스페이스의 게스트입니다. 게스트는 볼 수만 있고 릴리스에 참여할 수는 없습니다. "
        "참여하려면 워크스페이스 관리자에게 정식 멤버로 바꿔 달라고 요청해 주십시오.\n"
        "3월 1일(일) 05:30 기준 · /release help 명령으로 나루의 모든 기능을 볼 수 있습니다",
    )
    assert (await guest.home()).buttons == ()


async def _started_from_home(story: Story) -> None:
    """The button opens the same modal as the command; Home is shown anew while one looks at it."""
    t = story.t
    haneul = story.person("haneul")
    await haneul.press(t("Start a release", "릴리스 시작"), where="home")
    assert haneul.modal.title == t("Start a release", "릴리스 시작")
    await haneul.choose(t("Project", "프로젝트"), t("Shop", "상점"))
    assert await haneul.fill({t("Version", "버전"): "1.5.0"}) == ""
    await until(lambda: "v1.5.0" in _now(haneul), "v1.5.0 on the Home that is open")
    assert _tasks(_now(haneul)) == [
        t("Things to do: 1", "할 일 1건"),
        t("v1.5.0 · Next: Cut branch", "v1.5.0 · 다음 할 일: 브랜치 생성"),
        t("#releases-shop · since Sun 1 Mar 13:30", "#releases-shop · 3월 1일(일) 13:30부터"),
    ]
    assert _shop(_now(haneul)) == [
        t(
            "Deploying now: 🔴 Closed, opens Tue 3 Mar 10:00",
            "지금 배포: 🔴 닫힘 · 열리는 시각 3월 3일(화) 10:00",
        ),
        t("🔵 v1.5.0 · Regular · Candidate", "🔵 v1.5.0 · 정기 · 릴리스 후보"),
        t("21 changes · deploy Thu 5 Mar 14:00", "변경 21건 · 배포 3월 5일(목) 14:00"),
        t("waits for release manager since Sun 1 Mar 13:30", "대기: 릴리스 매니저 · 3월 1일(일) 13:30부터"),
        t("Next dates", "다음 일정"),
        t(
            "• freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 14:00",
            "• 프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 14:00",
        ),
        t(
            "• freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 14:00",
            "• 프리즈 3월 16일(월) 14:00 · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 14:00",
        ),
        t(
            "• freeze Mon 23 Mar 14:00 · QA Tue 24 Mar – Wed 25 Mar · deploy Thu 26 Mar 14:00",
            "• 프리즈 3월 23일(월) 14:00 · QA 3월 24일(화) – 3월 25일(수) · 배포 3월 26일(목) 14:00",
        ),
    ]


async def _something_waits(story: Story) -> None:
    """Each sees what is theirs: the approver, those who confirm; who only reads along has a calm day."""
    t = story.t
    haneul, alex, priya, emma, sora = story.people("haneul", "alex", "priya", "emma", "sora")
    await haneul.press(t("Cut branch early…", "브랜치 미리 만들기…"), CHANNEL)
    await haneul.fill({t("Why now?", "왜 지금입니까?"): "ready"})
    await ways.build(story)
    await ways.pass_qa(story)
    assert await _waits_for(alex) == [
        t("Things to do: 2", "할 일 2건"),
        t("v1.5.0 · Your approval is asked", "v1.5.0 · 승인 요청이 왔습니다"),
        t(
            "#releases-shop · since Sat 28 Feb 23:30 (Seoul Sun 1 Mar 13:30)",
            "#releases-shop · 2월 28일(토) 23:30 (서울 3월 1일(일) 13:30)부터",
        ),
        t("v1.5.0 · To confirm: Deployer standing by", "v1.5.0 · 확인할 항목: 배포 담당자 대기"),
        t(
            "#releases-shop · since Sat 28 Feb 23:30 (Seoul Sun 1 Mar 13:30)",
            "#releases-shop · 2월 28일(토) 23:30 (서울 3월 1일(일) 13:30)부터",
        ),
    ]
    assert await _waits_for(priya) == [
        t("Things to do: 2", "할 일 2건"),
        t("v1.5.0 · To confirm: Deployer standing by", "v1.5.0 · 확인할 항목: 배포 담당자 대기"),
        t(
            "#releases-shop · since Sun 1 Mar 10:00 (Seoul 13:30)",
            "#releases-shop · 3월 1일(일) 10:00 (서울 13:30)부터",
        ),
        t("v1.5.0 · To confirm: On-call standing by", "v1.5.0 · 확인할 항목: 온콜 대기"),
        t(
            "#releases-shop · since Sun 1 Mar 10:00 (Seoul 13:30)",
            "#releases-shop · 3월 1일(일) 10:00 (서울 13:30)부터",
        ),
    ]
    assert await _waits_for(emma) == [
        t("Things to do: 1", "할 일 1건"),
        t("v1.5.0 · To confirm: On-call standing by", "v1.5.0 · 확인할 항목: 온콜 대기"),
        t(
            "#releases-shop · since Sun 1 Mar 04:30 (Seoul 13:30)",
            "#releases-shop · 3월 1일(일) 04:30 (서울 13:30)부터",
        ),
    ]
    assert await _waits_for(sora) == [
        t("Nothing waits for you. Have a calm day.", "기다리는 일이 없습니다. 편안한 하루 보내세요.")
    ]
    assert _shop(_now(alex)) == [
        t(
            "Deploying now: 🔴 Closed, opens Mon 2 Mar 20:00 (Seoul Tue 3 Mar 10:00)",
            "지금 배포: 🔴 닫힘 · 열리는 시각 3월 2일(월) 20:00 (서울 3월 3일(화) 10:00)",
        ),
        t("🔵 v1.5.0 · Regular · Waiting for approval", "🔵 v1.5.0 · 정기 · 승인 대기"),
        t(
            "21 changes · deploy Thu 5 Mar 00:00 (Seoul 14:00)",
            "변경 21건 · 배포 3월 5일(목) 00:00 (서울 14:00)",
        ),
        t(
            "waits for @Alex Rivera since Sat 28 Feb 23:30 (Seoul Sun 1 Mar 13:30)",
            "대기: @Alex Rivera · 2월 28일(토) 23:30 (서울 3월 1일(일) 13:30)부터",
        ),
        t("Next dates", "다음 일정"),
        t(
            "• freeze Mon 9 Mar 01:00 (Seoul 14:00) · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 01:00 (Seoul 14:00)",
            "• 프리즈 3월 9일(월) 01:00 (서울 14:00) · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 01:00 (서울 14:00)",
        ),
        t(
            "• freeze Mon 16 Mar 01:00 (Seoul 14:00) · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 01:00 (Seoul 14:00)",
            "• 프리즈 3월 16일(월) 01:00 (서울 14:00) · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 01:00 (서울 14:00)",
        ),
        t(
            "• freeze Mon 23 Mar 01:00 (Seoul 14:00) · QA Tue 24 Mar – Wed 25 Mar · deploy Thu 26 Mar 01:00 (Seoul 14:00)",
            "• 프리즈 3월 23일(월) 01:00 (서울 14:00) · QA 3월 24일(화) – 3월 25일(수) · 배포 3월 26일(목) 01:00 (서울 14:00)",
        ),
    ]
    await alex.press(t("Approve", "승인"), "dm")
    await ways.confirm(story)
    assert await _waits_for(alex) == [
        t("Things to do: 1", "할 일 1건"),
        t("v1.5.0 · Next: Deploy", "v1.5.0 · 다음 할 일: 배포"),
        t(
            "#releases-shop · since Sat 28 Feb 23:30 (Seoul Sun 1 Mar 13:30)",
            "#releases-shop · 2월 28일(토) 23:30 (서울 3월 1일(일) 13:30)부터",
        ),
    ]
    assert await _waits_for(priya) == [
        t("Things to do: 1", "할 일 1건"),
        t("v1.5.0 · Next: Deploy", "v1.5.0 · 다음 할 일: 배포"),
        t(
            "#releases-shop · since Sun 1 Mar 10:00 (Seoul 13:30)",
            "#releases-shop · 3월 1일(일) 10:00 (서울 13:30)부터",
        ),
    ]
    assert await _waits_for(emma) == [
        t("Nothing waits for you. Have a calm day.", "기다리는 일이 없습니다. 편안한 하루 보내세요.")
    ]


async def _in_the_window(story: Story) -> None:
    """Deploying is allowed now; while one release is deployed, its next step waits for the deployer."""
    t = story.t
    priya, daniel = story.people("priya", "daniel")
    await story.time_of_window()
    assert await _waits_for(priya) == [
        t("Things to do: 1", "할 일 1건"),
        t("v1.5.0 · Next: Deploy", "v1.5.0 · 다음 할 일: 배포"),
        t(
            "#releases-shop · since Sun 1 Mar 10:00 (Seoul 13:30)",
            "#releases-shop · 3월 1일(일) 10:00 (서울 13:30)부터",
        ),
    ]
    assert _shop(_now(priya)) == [
        t("Deploying now: 🟢 Open", "지금 배포: 🟢 열림"),
        t("🔵 v1.5.0 · Regular · Approved", "🔵 v1.5.0 · 정기 · 승인"),
        t(
            "21 changes · deploy Thu 5 Mar 10:30 (Seoul 14:00)",
            "변경 21건 · 배포 3월 5일(목) 10:30 (서울 14:00)",
        ),
        t(
            "waits for release manager or DevOps/SRE since Sun 1 Mar 10:00 (Seoul 13:30)",
            "대기: 릴리스 매니저 또는 DevOps/SRE · 3월 1일(일) 10:00 (서울 13:30)부터",
        ),
        t("Next dates", "다음 일정"),
        t(
            "• freeze Mon 9 Mar 10:30 (Seoul 14:00) · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 10:30 (Seoul 14:00)",
            "• 프리즈 3월 9일(월) 10:30 (서울 14:00) · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 10:30 (서울 14:00)",
        ),
        t(
            "• freeze Mon 16 Mar 10:30 (Seoul 14:00) · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 10:30 (Seoul 14:00)",
            "• 프리즈 3월 16일(월) 10:30 (서울 14:00) · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 10:30 (서울 14:00)",
        ),
        t(
            "• freeze Mon 23 Mar 10:30 (Seoul 14:00) · QA Tue 24 Mar – Wed 25 Mar · deploy Thu 26 Mar 10:30 (Seoul 14:00)",
            "• 프리즈 3월 23일(월) 10:30 (서울 14:00) · QA 3월 24일(화) – 3월 25일(수) · 배포 3월 26일(목) 10:30 (서울 14:00)",
        ),
    ]
    await priya.press(t("Deploy", "배포"), CHANNEL)
    assert await _waits_for(priya) == [
        t("Things to do: 2", "할 일 2건"),
        t("v1.5.0 · Next: Step done", "v1.5.0 · 다음 할 일: 배포 단계 완료"),
        t(
            "#releases-shop · since Tue 3 Mar 10:30 (Seoul 14:00)",
            "#releases-shop · 3월 3일(화) 10:30 (서울 14:00)부터",
        ),
        t(
            "v1.5.0 · Checklist “While it goes out”, open: 5",
            "v1.5.0 · 체크리스트 “배포 중”, 남은 항목: 5",
        ),
        t(
            "#releases-shop · since Tue 3 Mar 10:30 (Seoul 14:00)",
            "#releases-shop · 3월 3일(화) 10:30 (서울 14:00)부터",
        ),
    ]
    await ways.roll_out(story)
    assert await _waits_for(daniel) == [
        t("Things to do: 2", "할 일 2건"),
        t("v1.5.0 · Next: Verified", "v1.5.0 · 다음 할 일: 검증 완료"),
        t(
            "#releases-shop · since Tue 3 Mar 06:00 (Seoul 14:00)",
            "#releases-shop · 3월 3일(화) 06:00 (서울 14:00)부터",
        ),
        t(
            "v1.5.0 · Checklist “Right after the release”, open: 8",
            "v1.5.0 · 체크리스트 “배포 직후”, 남은 항목: 8",
        ),
        t(
            "#releases-shop · since Tue 3 Mar 06:00 (Seoul 14:00)",
            "#releases-shop · 3월 3일(화) 06:00 (서울 14:00)부터",
        ),
    ]


async def _rolled_back(story: Story) -> None:
    """An empty commander's seat waits for who may take it; the lock closes the gate until it is lifted."""
    t = story.t
    minjae, haneul = story.people("minjae", "haneul")
    await minjae.press(t("Declare rollback", "롤백 선언"), CHANNEL)
    await minjae.fill(
        {
            t("What is met?", "어떤 롤백 기준에 해당합니까?"): [t("Error rate", "오류율")],
            t("Evidence", "근거"): "5xx 7 %",
            t("Incident commander", "장애 지휘관"): None,
        }
    )
    assert await _waits_for(minjae) == [
        t("Things to do: 3", "할 일 3건"),
        t("v1.5.0 · A war room has no incident commander", "v1.5.0 · 워룸에 장애 지휘관이 없습니다"),
        t("#rollback-v1-5-0 · since Tue 3 Mar 14:00", "#rollback-v1-5-0 · 3월 3일(화) 14:00부터"),
        t(
            "v1.5.0 · Your step of the rollback is under way, say when it is done: Decision and notice",
            "v1.5.0 · 롤백에서 맡은 단계가 진행 중입니다. 끝나면 완료로 표시해 주십시오: 결정 및 공지",
        ),
        t("war room #rollback-v1-5-0 · by Tue 3 Mar 14:05", "워룸 #rollback-v1-5-0 · 3월 3일(화) 14:05까지"),
        t("v1.5.0 · Next: Rollback complete", "v1.5.0 · 다음 할 일: 롤백 완료"),
        t("#releases-shop · since Tue 3 Mar 14:00", "#releases-shop · 3월 3일(화) 14:00부터"),
    ]
    assert _shop(_now(minjae)) == [
        t("Deploying now: 🔴 Closed until somebody opens it", "지금 배포: 🔴 닫힘 · 누군가 열기 전까지"),
        t("🔵 v1.5.0 · Regular · Rolling back", "🔵 v1.5.0 · 정기 · 롤백 중"),
        t("21 changes · deployed Tue 3 Mar 14:00", "변경 21건 · 3월 3일(화) 14:00 배포됨"),
        t(
            "waits for incident commander or release manager since Tue 3 Mar 14:00",
            "대기: 장애 지휘관 또는 릴리스 매니저 · 3월 3일(화) 14:00부터",
        ),
        t("Next dates", "다음 일정"),
        t(
            "• freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 14:00",
            "• 프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 14:00",
        ),
        t(
            "• freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 14:00",
            "• 프리즈 3월 16일(월) 14:00 · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 14:00",
        ),
        t(
            "• freeze Mon 23 Mar 14:00 · QA Tue 24 Mar – Wed 25 Mar · deploy Thu 26 Mar 14:00",
            "• 프리즈 3월 23일(월) 14:00 · QA 3월 24일(화) – 3월 25일(수) · 배포 3월 26일(목) 14:00",
        ),
    ]
    room = "#rollback-v1-5-0"
    await minjae.press(t("Take command", "지휘 맡기"), room)
    await ways.put_back(story, room)
    await minjae.slash(t("/release resolve back", "/release 해결 back"), room)
    assert await _waits_for(minjae) == [
        t("Things to do: 1", "할 일 1건"),
        t("v1.5.0 · A post-mortem waits to be finished", "v1.5.0 · 마쳐야 할 사후 분석이 있습니다"),
        t("#rollback-v1-5-0 · by Wed 4 Mar 14:00", "#rollback-v1-5-0 · 3월 4일(수) 14:00까지"),
    ]
    assert _shop(_now(minjae)) == [
        t("Deploying now: 🔴 Closed until somebody opens it", "지금 배포: 🔴 닫힘 · 누군가 열기 전까지"),
        t("No release is under way.", "진행 중인 릴리스가 없습니다."),
        t("Next dates", "다음 일정"),
        t(
            "• freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 14:00",
            "• 프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 14:00",
        ),
        t(
            "• freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 14:00",
            "• 프리즈 3월 16일(월) 14:00 · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 14:00",
        ),
        t(
            "• freeze Mon 23 Mar 14:00 · QA Tue 24 Mar – Wed 25 Mar · deploy Thu 26 Mar 14:00",
            "• 프리즈 3월 23일(월) 14:00 · QA 3월 24일(화) – 3월 25일(수) · 배포 3월 26일(목) 14:00",
        ),
    ]
    await haneul.press(t("Lift the lock", "잠금 해제"), CHANNEL)
    await haneul.fill({t("Why is it safe again?", "왜 다시 안전합니까?"): "cause found"})
    await haneul.home()
    assert _shop(_now(haneul)) == [
        t("Deploying now: 🟢 Open", "지금 배포: 🟢 열림"),
        t("No release is under way.", "진행 중인 릴리스가 없습니다."),
        t("Next dates", "다음 일정"),
        t(
            "• freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 14:00",
            "• 프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 14:00",
        ),
        t(
            "• freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 14:00",
            "• 프리즈 3월 16일(월) 14:00 · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 14:00",
        ),
        t(
            "• freeze Mon 23 Mar 14:00 · QA Tue 24 Mar – Wed 25 Mar · deploy Thu 26 Mar 14:00",
            "• 프리즈 3월 23일(월) 14:00 · QA 3월 24일(화) – 3월 25일(수) · 배포 3월 26일(목) 14:00",
        ),
    ]


async def _waits_for(actor: Actor) -> list[str]:
    """What waits for them when they open their Home."""
    return _tasks(plain((await actor.home()).text))


def _now(actor: Actor) -> str:
    """App Home as it stands open."""
    view = actor.person.home_now
    assert view is not None
    return plain(view.text)


def _tasks(home: str) -> list[str]:
    return home[: home.index(API)].splitlines()[1:]


def _shop(home: str) -> list[str]:
    """Of the project: may it deploy now, what runs, the next dates."""
    return home[home.rindex("#releases-shop") :].splitlines()[1:-2]
