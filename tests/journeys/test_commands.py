from __future__ import annotations

from datetime import UTC, datetime

from tests.journeys.play import Story

ROOM = "#rollback-v1-6-0"


async def test_every_command_answers_in_its_readers_language(story: Story) -> None:
    await _without_a_release(story)
    await _bad_input(story)
    await _dates_in_a_form(story)
    await _modal_keeps(story)
    await _with_a_release(story)


async def _without_a_release(story: Story) -> None:
    """Nothing is under way: each look says so, and what to do."""
    t = story.t
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release", "/release")) == t(
        "Naru: releases in Slack\n"
        "Begin with /release start. The card in the project's channel then shows each next step as a button; /release mine shows what waits for you.\n"
        "See\n"
        "status  Shows where a release stands, what it waits for and what can be done now.\n"
        "list  Lists the releases on their way.\n"
        "board  Shows the release board: Candidate, QA Testing, Approved, Deploying, Done.\n"
        "branches  Lists the branches beside the main lines: how old each is, whose, how far from its base, and for which release.\n"
        "mine  Shows what waits for you: rollbacks and breaches first, then the oldest. “Later…” under a reminder puts it off.\n"
        "digest  Shows or sets your digest: what waits for you and the dates of today and tomorrow, on working days in a direct message.\n"
        "calendar  Shows a month: freezes, QA, deploys, blackouts, holidays, and what stands in a deploy's way.\n"
        "year  Shows the coming year to confirm: blackouts to add, dates that meet holidays. Each is one press.\n"
        "can-i-deploy  Asks the gate: may this be deployed now or then, and if not, why and until when?\n"
        "when  Tells the earliest time for a deploy, the rule that decides it, and what would make it earlier.\n"
        "Release\n"
        "start  Starts a release as a candidate. What is missing is asked; the next version is proposed from the commits.\n"
        "advance  Takes the next step of a release: cut branch, build passed, QA passed … Without a step it shows which there are.\n"
        "deploy  Starts the deploy to production. If something is missing, you see all of it and who can settle it.\n"
        "hold  Puts a release on hold before its deploy.\n"
        "resume  Takes a release off hold, back to where it was.\n"
        "cancel  Cancels a release for good. Its version is not used again.\n"
        "retarget  Moves the deploy; freeze, QA and reminders move with it. Another window asks the approvers again.\n"
        "captain  Hands a release over to another captain: the release manager on duty for it.\n"
        "dry-run  Tells what a step would do in git: which branches and tags would be made, moved or deleted, and what would conflict. Nothing is pushed.\n"
        "scope  Shows what a release carries: changes, migrations, environment variables. A change can be left out behind a feature flag and taken back; candidates can be compared.\n"
        "notes  Shows the release notes with what is still missing; buttons edit, translate and post them. They are published when the release is verified.\n"
        "correct  Tells a wrong commit message otherwise in scope, version and notes; git keeps it as it is. A commit alone opens the form of its whole message, “original” takes a correction back.\n"
        "notice  Drafts a notice to the team, the company or customers, to be edited and sent.\n"
        "health  Shows what was measured for a release: whether it is in range, and what was usual before the deploy. With a metric and a value, that reading is recorded.\n"
        "checklist  Opens the checklists of a release: tick in bulk, waive with a reason, give an item an owner. Inside a war room those of the rollback.\n"
        "Way back\n"
        "ready  Shows whether a release could be rolled back, and what that still needs from whom.\n"
        "way-back  Gives the way back of a migration, or what is done instead."
        " Without it nothing is approved."
        " “incompatible” says that the old version cannot run on the new schema:"
        " a rollback then takes the database first.\n"
        "rehearsed  Records that a rollback was rehearsed on staging, and how it went.\n"
        "schema  Tracks a schema change over its releases: expand, migrate, contract."
        " The old schema stays while a rollback needs it.\n"
        "Rollback and war room\n"
        "rollback  Declares a rollback: opens a war room, invites its people and sets the steps with their time.\n"
        "breach  Shows what was breached of the rollback criteria, or reports what no monitor sees.\n"
        "warroom  Opens a war room, or with “here” takes this channel as one. The release's stage does not change. The name of a playbook opens its checklist in the room.\n"
        "ic  Takes command of the war room, or hands it over.\n"
        "log  Writes a line to the war room's timeline.\n"
        "step  Starts or ends a step of the rollback.\n"
        "escalate  Calls the next role: on-call, tech lead, release manager, PM.\n"
        "resolve  Ends the rollback or the war room, announces it, and posts the post-mortem draft.\n"
        "postmortem  Shows the post-mortem of this war room or of a release: write its sections, add action items, link the re-deploy, close it.\n"
        "actions  Lists the action items that rollbacks have left open, with their owners and dates.\n"
        "contacts  Shows the emergency contacts, and who holds the roles that are called first.\n"
        "Calendar and people\n"
        "exception  Shows, asks for and revokes exceptions from what closes the gate, and shows their ledger.\n"
        "freeze  Shows the code freezes, begins one early or lifts one.\n"
        "blackout  Shows, adds or removes periods without deploys.\n"
        "window  Shows, adds or removes weekly release windows.\n"
        "roles  Shows who holds which role, gives or takes one, or links a commit author to a person.\n"
        "help  Shows this help, or the page of one command.\n"
        "English and Korean words both work. One command in detail: /release help deploy",
        "나루: Slack에서 하는 릴리스 관리\n"
        "/release 시작 명령으로 시작합니다. 프로젝트 채널의 카드에 다음 작업이 버튼으로 표시됩니다. 처리할 일은 /release 내할일 명령으로 확인합니다.\n"
        "보기\n"
        "상태  릴리스의 현재 단계, 기다리는 것, 지금 할 수 있는 작업을 보여 줍니다.\n"
        "목록  진행 중인 릴리스 목록을 보여 줍니다.\n"
        "보드  릴리스 보드를 보여 줍니다: 릴리스 후보, QA 테스트, 승인, 배포 중, 완료.\n"
        "브랜치  주 브랜치 외의 브랜치를 보여 줍니다. 얼마나 오래되었는지, 누구의 것인지, 기준 브랜치와의 차이, 어느 릴리스의 것인지 알 수 있습니다.\n"
        "내할일  처리를 기다리는 일을 보여 줍니다. 롤백과 기준 위반이 먼저이고 나머지는 오래된 순입니다. 알림은 “나중에…”로 미룰 수 있습니다.\n"
        "요약  하루 요약을 보거나 설정합니다. 근무일마다 기다리는 일과 오늘, 내일의 일정을 다이렉트 메시지로 보냅니다.\n"
        "달력  한 달 일정을 보여 줍니다: 프리즈, QA, 배포, 배포 금지 기간, 휴일, 배포와 충돌하는 일정.\n"
        "내년  다가오는 해를 확인합니다: 추가할 배포 금지 기간, 휴일과 겹치는 일정. 버튼 한 번으로 답합니다.\n"
        "배포가능  게이트에 묻습니다: 지금(또는 그때) 배포할 수 있는지, 안 된다면 이유와 언제까지인지 알려 줍니다.\n"
        "언제  가장 빠른 배포 시각과 이를 결정하는 규칙, 더 앞당기는 방법을 알려 줍니다.\n"
        "릴리스\n"
        "시작  릴리스를 후보로 시작합니다. 빠진 값은 물어보고, 다음 버전은 커밋을 보고 제안합니다.\n"
        "진행  릴리스의 다음 작업을 진행합니다: 브랜치 생성, 빌드 성공, QA 통과 등. 작업을 적지 않으면 할 수 있는 작업을 보여 줍니다.\n"
        "배포  프로덕션 배포를 시작합니다. 부족한 것이 있으면 전부와 담당자를 보여 줍니다.\n"
        "보류  배포 전인 릴리스를 보류합니다.\n"
        "재개  보류한 릴리스를 원래 단계로 재개합니다.\n"
        "취소  릴리스를 완전히 취소합니다. 해당 버전은 다시 사용하지 않습니다.\n"
        "일정변경  배포 일정을 변경합니다. 프리즈, QA, 알림도 함께 바뀝니다. 다른 윈도우로 바꾸면 승인을 다시 요청합니다.\n"
        "담당  릴리스를 다른 담당 릴리스 매니저에게 인계합니다.\n"
        "모의실행  git에서 무엇을 하게 될지 미리 알려 줍니다. 만들거나 옮기거나 삭제할 브랜치와 태그, 충돌까지 보여 주며 아무것도 푸시하지 않습니다.\n"
        "범위  릴리스에 담긴 변경 사항, DB 마이그레이션, 환경 변수를 보여 줍니다. 변경을 기능 플래그로 제외하거나 다시 포함할 수 있고, 릴리스 후보를 비교할 수 있습니다.\n"
        "노트  릴리스 노트와 아직 빠진 것을 보여 줍니다. 버튼으로 편집하고 언어를 바꾸고 게시합니다. 릴리스가 검증되면 자동으로 게시됩니다.\n"
        "정정  잘못 적힌 커밋 메시지를 릴리스 범위, 버전, 노트에서 바로잡습니다. git에 적힌 내용은 그대로입니다. 커밋만 적으면 메시지 전체를 고치는 창이 열리고, “원래대로”라고 적으면 되돌립니다.\n"
        "공지  팀, 전사 또는 고객에게 보낼 공지의 초안을 만듭니다. 고친 뒤에 보냅니다.\n"
        "지표  릴리스의 측정값을 보여 줍니다. 정상 범위인지, 배포 전에는 어땠는지 함께 보여 줍니다. 지표와 값을 쓰면 그 측정값을 기록합니다.\n"
        "체크리스트  릴리스의 체크리스트를 엽니다. 한 번에 여러 항목을 체크하고, 사유를 적어 면제하고, 담당자를 정할 수 있습니다. 워룸에서는 롤백 체크리스트를 엽니다.\n"
        "되돌리는 방법\n"
        "준비  릴리스를 롤백할 수 있는지, 무엇이 누구에게서 더 필요한지 보여 줍니다.\n"
        "복구방법  마이그레이션을 되돌리는 방법이나 대안을 등록합니다. 없으면 승인할 수 없습니다."
        " 이전 버전이 새 스키마에서 동작하지 못하면 “호환불가”라고 적습니다."
        " 그러면 롤백에서 데이터베이스를 먼저 되돌립니다.\n"
        "롤백연습  스테이징에서 롤백을 연습한 사실과 결과를 기록합니다.\n"
        "스키마  스키마 변경을 릴리스별로 추적합니다: 확장, 전환, 축소."
        " 롤백에 필요한 동안 이전 스키마를 지킵니다.\n"
        "롤백과 워룸\n"
        "롤백  롤백을 선언합니다: 워룸을 열고 담당자를 초대하며 단계와 제한 시간을 정합니다.\n"
        "기준위반  롤백 기준 위반을 보여 주거나, 모니터가 보지 못하는 문제를 신고합니다.\n"
        "워룸  워룸을 엽니다. “여기”를 붙이면 이 채널을 워룸으로 씁니다. 릴리스 단계는 바뀌지 않습니다. 대응 절차 이름을 붙이면 그 체크리스트를 워룸에 엽니다.\n"
        "지휘관  워룸의 지휘를 맡거나 인계합니다.\n"
        "기록  워룸 타임라인에 기록을 남깁니다.\n"
        "단계  롤백 단계를 시작하거나 끝냅니다.\n"
        "에스컬레이션  다음 담당자를 부릅니다: 온콜, 테크 리드, 릴리스 매니저, PM 순서입니다.\n"
        "해결  롤백 또는 워룸을 끝내고 알린 뒤 사후 분석 초안을 게시합니다.\n"
        "사후분석  이 워룸이나 릴리스의 사후 분석을 보여 줍니다: 항목 작성, 조치 항목 추가, 재배포 연결, 완료.\n"
        "조치  롤백 뒤에 남은 조치 항목을 담당자와 기한과 함께 보여 줍니다.\n"
        "연락처  비상 연락처와 먼저 연락하는 역할의 담당자를 보여 줍니다.\n"
        "일정과 사람\n"
        "예외  게이트를 닫는 규칙에 대한 예외 승인을 조회, 요청, 취소하고 월별 대장을 봅니다.\n"
        "프리즈  코드 프리즈를 보여 주고, 앞당겨 시작하거나 해제합니다.\n"
        "배포금지  배포 금지 기간을 조회, 추가, 삭제합니다.\n"
        "윈도우  주간 릴리스 윈도우를 조회, 추가, 삭제합니다.\n"
        "역할  역할을 조회하고 부여 또는 회수하며, 커밋 작성자를 사람과 연결합니다.\n"
        "도움말  전체 도움말이나 명령 하나의 도움말을 보여 줍니다.\n"
        "한국어와 영어를 모두 쓸 수 있습니다. 명령별 도움말: /release 도움말 배포",
    )
    assert await haneul.slash(t("/release help deploy", "/release 도움말 배포")) == t(
        "/release deploy\n"
        "Starts the deploy to production. If something is missing, you see all of it and who can settle it.\n"
        "\n"
        "How it is written: /release deploy [version]\n"
        "Examples\n"
        "• /release deploy 1.5.0\n"
        "Who: Release manager, DevOps/SRE; for a hotfix also the incident commander Also understood: /release 배포",
        "/release 배포\n"
        "프로덕션 배포를 시작합니다. 부족한 것이 있으면 전부와 담당자를 보여 줍니다.\n"
        "\n"
        "사용법: /release 배포 [버전]\n"
        "예\n"
        "• /release 배포 1.5.0\n"
        "권한: 릴리스 매니저, DevOps/SRE(핫픽스는 장애 지휘관도) 같은 명령: /release deploy",
    )
    assert await haneul.slash(t("/release status", "/release 상태")) == t(
        "Running releases: Shop\nNo release is under way. Begin one with the button, or with /release start.",
        "진행 중인 릴리스: 상점\n"
        "진행 중인 릴리스가 없습니다. 버튼이나 명령으로 시작해 주세요: /release start",
    )
    assert await haneul.slash(t("/release list", "/release 목록")) == t(
        "Running releases: Shop\nNo release is under way. Begin one with the button, or with /release start.",
        "진행 중인 릴리스: 상점\n"
        "진행 중인 릴리스가 없습니다. 버튼이나 명령으로 시작해 주세요: /release start",
    )
    assert await haneul.slash(t("/release board", "/release 보드")) == t(
        "Release board: Shop\n"
        "Candidate (0)\n"
        "empty\n"
        "QA Testing (0)\n"
        "empty\n"
        "Approved (0)\n"
        "empty\n"
        "Deploying (0)\n"
        "empty\n"
        "Done (0)\n"
        "empty",
        "릴리스 보드: 상점\n"
        "릴리스 후보 (0)\n"
        "비어 있음\n"
        "QA 테스트 (0)\n"
        "비어 있음\n"
        "승인 (0)\n"
        "비어 있음\n"
        "배포 중 (0)\n"
        "비어 있음\n"
        "완료 (0)\n"
        "비어 있음",
    )
    assert await haneul.slash(t("/release mine", "/release 내할일")) == t(
        "Nothing waits for you. What runs is in /release list.",
        "기다리는 일이 없습니다. 진행 중인 릴리스 보기: /release list",
    )
    assert await haneul.slash(t("/release can-i-deploy", "/release 배포가능")) == t(
        "Shop · Regular\n"
        "🔴 Closed, opens Tue 3 Mar 10:00\n"
        "• Outside the release windows · until Tue 3 Mar 10:00\n"
        "• No-deploy hours · until Mon 2 Mar 09:00\n"
        "• Holiday: Independence Movement Day · until Mon 2 Mar 00:00\n"
        "Exception possible: Outside the release windows, granted by: release manager\n"
        "Exception possible: No-deploy hours, granted by: release manager",
        "상점 · 정기\n"
        "🔴 닫힘 · 열리는 시각 3월 3일(화) 10:00\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 3일(화) 10:00까지\n"
        "• 배포 금지 시간 · 3월 2일(월) 09:00까지\n"
        "• 휴일: 삼일절 · 3월 2일(월) 00:00까지\n"
        "예외 승인 가능: 릴리스 윈도우 밖의 시간 (결정: 릴리스 매니저)\n"
        "예외 승인 가능: 배포 금지 시간 (결정: 릴리스 매니저)",
    )
    assert await haneul.slash(
        t("/release can-i-deploy regular 2026-03-03 14:00", "/release 배포가능 정기 3월 3일 14:00")
    ) == t("Shop · Regular\n🟢 Open", "상점 · 정기\n🟢 열림")
    assert await haneul.slash(t("/release freeze", "/release 프리즈")) == t(
        "Code freezes: Shop\n"
        "No release has a code freeze at present.\n"
        "Next dates\n"
        "• freeze Mon 2 Mar 14:00 · QA Tue 3 Mar – Wed 4 Mar · deploy Thu 5 Mar 14:00\n"
        "• freeze Mon 9 Mar 14:00 · QA Tue 10 Mar – Wed 11 Mar · deploy Thu 12 Mar 14:00\n"
        "• freeze Mon 16 Mar 14:00 · QA Tue 17 Mar – Wed 18 Mar · deploy Thu 19 Mar 14:00\n"
        "• freeze Mon 23 Mar 14:00 · QA Tue 24 Mar – Wed 25 Mar · deploy Thu 26 Mar 14:00",
        "코드 프리즈: 상점\n"
        "지금 코드 프리즈 중인 릴리스가 없습니다.\n"
        "다음 일정\n"
        "• 프리즈 3월 2일(월) 14:00 · QA 3월 3일(화) – 3월 4일(수) · 배포 3월 5일(목) 14:00\n"
        "• 프리즈 3월 9일(월) 14:00 · QA 3월 10일(화) – 3월 11일(수) · 배포 3월 12일(목) 14:00\n"
        "• 프리즈 3월 16일(월) 14:00 · QA 3월 17일(화) – 3월 18일(수) · 배포 3월 19일(목) 14:00\n"
        "• 프리즈 3월 23일(월) 14:00 · QA 3월 24일(화) – 3월 25일(수) · 배포 3월 26일(목) 14:00",
    )
    assert await haneul.slash(t("/release blackout", "/release 배포금지")) == t(
        "Blackouts: Shop\nNone is planned.", "배포 금지 기간: 상점\n예정된 기간이 없습니다."
    )
    assert await haneul.slash(t("/release window", "/release 윈도우")) == t(
        "Release windows: Shop\n"
        "Seoul · from the policy file\n"
        "Tue 10:00–17:00\n"
        "Wed 10:00–17:00\n"
        "Thu 10:00–17:00",
        "릴리스 윈도우: 상점\n서울 · 정책 파일\n화 10:00–17:00\n수 10:00–17:00\n목 10:00–17:00",
    )
    assert await haneul.slash(t("/release roles", "/release 역할")) == t(
        "Roles: Shop\n"
        "Release manager\n"
        "• @release-approvers · from the policy file\n"
        "In all: @Alex Rivera @김하늘 (Haneul Kim)\n"
        "Tech lead\n"
        "• @이준호 (Junho Lee) · from the policy file\n"
        "PM\n"
        "• @박소라 (Sora Park) · from the policy file\n"
        "Incident commander\n"
        "• @최민재 (Minjae Choi) · from the policy file\n"
        "QA lead\n"
        "• @Daniel Weber · from the policy file\n"
        "DevOps/SRE\n"
        "• @Priya Nair · from the policy file\n"
        "DBA\n"
        "• @이준호 (Junho Lee) · from the policy file\n"
        "Security\n"
        "nobody yet\n"
        "Customer support\n"
        "nobody yet\n"
        "Marketing\n"
        "nobody yet\n"
        "On-call\n"
        "• @Emma Jones · from the policy file\n"
        "• @Priya Nair · from the policy file\n"
        "Implementation manager\n"
        "• @김하늘 (Haneul Kim) · from the policy file\n"
        "Owners, who change roles but never their own: @김하늘 (Haneul Kim) @이준호 (Junho Lee)",
        "역할: 상점\n"
        "릴리스 매니저\n"
        "• @release-approvers · 정책 파일\n"
        "전체: @Alex Rivera @김하늘 (Haneul Kim)\n"
        "테크 리드\n"
        "• @이준호 (Junho Lee) · 정책 파일\n"
        "PM\n"
        "• @박소라 (Sora Park) · 정책 파일\n"
        "장애 지휘관\n"
        "• @최민재 (Minjae Choi) · 정책 파일\n"
        "QA 리드\n"
        "• @Daniel Weber · 정책 파일\n"
        "DevOps/SRE\n"
        "• @Priya Nair · 정책 파일\n"
        "DB 관리자\n"
        "• @이준호 (Junho Lee) · 정책 파일\n"
        "보안 담당\n"
        "아직 없음\n"
        "고객 지원\n"
        "아직 없음\n"
        "마케팅\n"
        "아직 없음\n"
        "온콜\n"
        "• @Emma Jones · 정책 파일\n"
        "• @Priya Nair · 정책 파일\n"
        "구현 책임자\n"
        "• @김하늘 (Haneul Kim) · 정책 파일\n"
        "소유자(자신을 뺀 역할을 바꿀 수 있음): @김하늘 (Haneul Kim) @이준호 (Junho Lee)",
    )
    assert await haneul.slash(t("/release deploy", "/release 배포")) == t(
        "No release is on its way.\nStart one with /release start.",
        "진행 중인 릴리스가 없습니다.\n/release start 명령으로 시작할 수 있습니다.",
    )
    assert await haneul.slash(t("/release breach", "/release 기준위반")) == t(
        "No release has gone to production yet.\nWhat is on its way there is in /release list.",
        "아직 프로덕션에 나간 릴리스가 없습니다.\n진행 중인 릴리스는 /release list 명령으로 볼 수 있습니다.",
    )
    assert await haneul.slash(t("/release log hello", "/release 기록 hello")) == t(
        "This works inside a war room only.\nOpen one with /release warroom.",
        "워룸 안에서만 사용할 수 있습니다.\n/release warroom 명령으로 열 수 있습니다.",
    )


async def _bad_input(story: Story) -> None:
    """What cannot be read is said, with what was probably meant; nothing changes."""
    t = story.t
    haneul, guest, stranger = story.people("haneul", "guest", "stranger")
    assert await haneul.slash(t("/release depoly v1.5.0", "/release 배포가늘")) == t(
        "depoly is not a command of /release.\n"
        "• Did you mean /release deploy?\n"
        "/release help shows everything that is there.",
        "/release에 없는 명령입니다: 배포가늘\n"
        "• 혹시 /release 배포가능 명령을 찾으십니까?\n"
        "/release help 명령으로 전체 목록을 볼 수 있습니다.",
    )
    assert await haneul.slash(t("/release start regular v1.x", "/release 시작 정기 v1.x")) == t(
        "v1.x is not a version (SemVer, as in 1.5.0).\nProposed from the commits: v1.5.0",
        "올바른 버전이 아닙니다: v1.x (SemVer, 예: 1.5.0)\n커밋 기준 제안 버전: v1.5.0",
    )
    assert await haneul.slash(t("/release start regular v1.4.0", "/release 시작 정기 v1.4.0")) == t(
        "v1.4.0 is already in use; a version is never used again.\nProposed from the commits: v1.5.0",
        "이미 사용된 버전입니다: v1.4.0. 한 번 쓴 버전은 다시 쓰지 않습니다.\n커밋 기준 제안 버전: v1.5.0",
    )
    assert await haneul.slash(t("/release start regular v1.5.0 shpo", "/release 시작 정기 v1.5.0 shpo")) == t(
        "There is no project called shpo.\n• Projects: api, shop\nDid you mean shop?",
        "없는 프로젝트입니다: shpo\n• 프로젝트: api, shop\n혹시 이것을 찾으십니까? shop",
    )
    assert await haneul.slash(t("/release status v9.9.9", "/release 상태 v9.9.9")) == t(
        "There is no release v9.9.9.", "없는 릴리스입니다: v9.9.9"
    )
    assert await haneul.slash(
        t("/release roles give qa_leed @emma", "/release 역할 부여 qa_leed @emma")
    ) == t(
        "qa_leed cannot be read as a role.\n"
        "• Did you mean qa_lead?\n"
        "Example: /release roles give qa_lead @mina",
        "알 수 없는 값입니다: qa_leed (필요한 값: 역할)\n"
        "• 혹시 이것을 찾으십니까? qa_lead\n"
        "예: /release roles give qa_lead @mina",
    )
    assert await haneul.slash(
        t(
            '/release blackout add "Old" 2026-02-01 ~ 2026-02-02',
            '/release 배포금지 추가 "Old" 2026-02-01 ~ 2026-02-02',
        )
    ) == t(
        "Mon 2 Feb is in the past.\nChoose a later day.",
        "이미 지난 날짜입니다: 2월 2일(월)\n더 늦은 날짜를 선택해 주십시오.",
    )
    assert await haneul.slash(
        t(
            '/release blackout add "Odd" 2026-03-09 ~ 2026-03-08',
            '/release 배포금지 추가 "Odd" 2026-03-09 ~ 2026-03-08',
        )
    ) == t(
        "The end must be after the start.\n• From Mon 9 Mar to Sun 8 Mar\nChoose a later end.",
        "종료는 시작보다 늦어야 합니다.\n"
        "• 3월 9일(월)부터 3월 8일(일)까지\n"
        "더 늦은 종료 시각을 선택해 주십시오.",
    )
    assert await haneul.slash(
        t("/release window add tue 11:00-12:00", "/release 윈도우 추가 화 11:00-12:00")
    ) == t(
        "Part of that time is already taken.\n"
        "• Tue: from 10:00 to 17:00\n"
        "Choose other times, or remove the earlier entry first.",
        "시간이 기존 항목과 겹칩니다.\n"
        "• 화: 10:00부터 17:00까지\n"
        "다른 시간을 선택하거나 기존 항목을 먼저 삭제해 주십시오.",
    )
    assert await haneul.slash(
        t("/release start regular payload=1 ssl_check", "/release 시작 정기 payload=1 ssl_check")
    ) == t(
        "payload=1 cannot be read as a release type.\nExample: /release start hotfix 1.5.1",
        "알 수 없는 값입니다: payload=1 (필요한 값: 릴리스 유형)\n예: /release start hotfix 1.5.1",
    )
    assert await guest.slash(t("/release start regular v1.5.0", "/release 시작 정기 v1.5.0")) == t(
        "Guests can read along, but cannot take part in releases.\nNothing was changed.",
        "게스트는 볼 수만 있고 릴리스에 참여할 수는 없습니다.\n변경된 것은 없습니다.",
    )
    assert await stranger.slash(t("/release start regular v1.5.0", "/release 시작 정기 v1.5.0")) == t(
        "Releases are handled by people of this workspace only.\nNothing was changed.",
        "릴리스는 이 워크스페이스의 구성원만 다룰 수 있습니다.\n변경된 것은 없습니다.",
    )


async def _dates_in_a_form(story: Story) -> None:
    """Asked in the app's own messages, a date in a form still stands in both zones."""
    t, alex = story.t, story.person("alex")
    await alex.slash(t("/release blackout shop", "/release 배포금지 shop"), "dm")
    await alex.press(t("Add a blackout…", "배포 금지 기간 추가…"), "dm")
    begins, ends = datetime(2026, 3, 5, 5, tzinfo=UTC), datetime(2026, 3, 4, 5, tzinfo=UTC)
    times = {t("From", "시작"): int(begins.timestamp()), t("To", "끝"): int(ends.timestamp())}
    assert await alex.fill({t("Name", "이름"): "Odd", **times}) == ""
    assert alex.errors == {
        t("To", "끝"): t(
            "The end must be after the start. "
            "From Thu 5 Mar 00:00 (Seoul 14:00) to Wed 4 Mar 00:00 (Seoul 14:00)",
            "종료는 시작보다 늦어야 합니다. "
            "3월 5일(목) 00:00 (서울 14:00)부터 3월 4일(수) 00:00 (서울 14:00)까지",
        )
    }


async def _modal_keeps(story: Story) -> None:
    """A modal keeps what was typed, with the reason beside the field."""
    t = story.t
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release start", "/release 시작")) == ""
    assert haneul.modal.fields == {
        t("Project", "프로젝트"): t("Shop", "상점"),
        t("Release type", "릴리스 유형"): t("Regular", "정기"),
        t("In production now", "현재 프로덕션 버전"): "v1.4.2",
        t("Version", "버전"): "1.5.0",
        t("Deploy", "배포"): t("Thu 5 Mar 14:00", "3월 5일(목) 14:00"),
        t("Or another time", "또는 다른 시각"): None,
    }
    nothing = t("Nothing yet: this is the first release", "아직 없음: 이번이 첫 릴리스")
    await haneul.choose(t("In production now", "현재 프로덕션 버전"), nothing)
    assert await haneul.fill({t("Version", "버전"): "1.4.1"}) == ""
    assert haneul.errors == {
        t("Version", "버전"): t(
            "1.4.1 is already in use; a version is never used again. Proposed from the commits: v1.5.0",
            "이미 사용된 버전입니다: 1.4.1. 한 번 쓴 버전은 다시 쓰지 않습니다. 커밋 기준 제안 버전: v1.5.0",
        )
    }
    assert haneul.modal.fields == {
        t("Project", "프로젝트"): t("Shop", "상점"),
        t("Release type", "릴리스 유형"): t("Regular", "정기"),
        t("In production now", "현재 프로덕션 버전"): nothing,
        t("Version", "버전"): "1.4.1",
        t("Deploy", "배포"): t("Thu 5 Mar 14:00", "3월 5일(목) 14:00"),
        t("Or another time", "또는 다른 시각"): None,
    }
    await haneul.choose(t("In production now", "현재 프로덕션 버전"), "v1.4.2")
    assert await haneul.fill({t("Version", "버전"): "1.5.0"}) == t(
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


async def _with_a_release(story: Story) -> None:
    """The same looks with a release under way."""
    t = story.t
    haneul = story.person("haneul")
    assert await haneul.slash(t("/release status", "/release 상태")) == t(
        "v1.5.0 · Regular release\n"
        "◉ Candidate  ○ Building  ○ Staging  ○ QA  ○ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for the code freeze, Mon 2 Mar 14:00; then for the release branch from release manager.\n"
        "Candidate since Sun 1 Mar 13:30\n"
        "Deploy\n"
        "Thu 5 Mar 14:00\n"
        "Code freeze\n"
        "Mon 2 Mar 14:00\n"
        "Changes\n"
        "21 in all: features 6, improvements 1, fixes 6, security 1, other 7\n"
        "DB migrations 1 · environment variables 3\n"
        "Previous version\n"
        "v1.4.2\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Deploying now\n"
        "🔴 Closed, opens Tue 3 Mar 10:00\n"
        "• Outside the release windows · until Tue 3 Mar 10:00\n"
        "• No-deploy hours · until Mon 2 Mar 09:00\n"
        "• Holiday: Independence Movement Day · until Mon 2 Mar 00:00\n"
        "Shop",
        "v1.5.0 · 정기 릴리스\n"
        "◉ 릴리스 후보  ○ 빌드 중  ○ 스테이징  ○ QA  ○ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "코드 프리즈(3월 2일(월) 14:00) 후 릴리스 브랜치를 기다립니다. 담당: 릴리스 매니저\n"
        "릴리스 후보: 3월 1일(일) 13:30부터\n"
        "배포\n"
        "3월 5일(목) 14:00\n"
        "코드 프리즈\n"
        "3월 2일(월) 14:00\n"
        "변경 사항\n"
        "모두 21건: 기능 6, 개선 1, 수정 6, 보안 1, 기타 7\n"
        "DB 마이그레이션 1 · 환경 변수 3\n"
        "이전 버전\n"
        "v1.4.2\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "지금 배포\n"
        "🔴 닫힘 · 열리는 시각 3월 3일(화) 10:00\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 3일(화) 10:00까지\n"
        "• 배포 금지 시간 · 3월 2일(월) 09:00까지\n"
        "• 휴일: 삼일절 · 3월 2일(월) 00:00까지\n"
        "상점",
    )
    assert await haneul.slash(t("/release list", "/release 목록")) == t(
        "Running releases: Shop\n"
        "🔵 v1.5.0 · Regular · Candidate\n"
        "21 changes · deploy Thu 5 Mar 14:00\n"
        "waits for release manager since Sun 1 Mar 13:30",
        "진행 중인 릴리스: 상점\n"
        "🔵 v1.5.0 · 정기 · 릴리스 후보\n"
        "변경 21건 · 배포 3월 5일(목) 14:00\n"
        "대기: 릴리스 매니저 · 3월 1일(일) 13:30부터",
    )
    await _captain(story)
    assert await haneul.slash(
        t("/release hold v1.5.0 legal looks at it", "/release 보류 v1.5.0 legal looks at it")
    ) == t(
        "Recorded: v1.5.0 Put on hold · Stage: On hold\n"
        "> legal looks at it\n"
        "Next: resume it when the reason is gone.",
        "기록했습니다: v1.5.0 보류 · 단계: 보류\n> legal looks at it\n다음: 사유가 해소되면 재개합니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Put on hold · Stage: On hold — @김하늘 (Haneul Kim)\n> legal looks at it",
            "↳ v1.5.0 보류 · 단계: 보류 — @김하늘 (Haneul Kim)\n> legal looks at it",
        )
    ]
    assert await haneul.slash(t("/release resume v1.5.0", "/release 재개 v1.5.0")) == t(
        "Recorded: v1.5.0 Resumed · Stage: Candidate", "기록했습니다: v1.5.0 재개 · 단계: 릴리스 후보"
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Resumed · Stage: Candidate — @김하늘 (Haneul Kim)",
            "↳ v1.5.0 재개 · 단계: 릴리스 후보 — @김하늘 (Haneul Kim)",
        )
    ]
    assert await haneul.slash(
        t("/release retarget v1.5.0 2026-02-01 14:00", "/release 일정변경 v1.5.0 2026-02-01 14:00")
    ) == t(
        "Sun 1 Feb 14:00 is in the past.\nChoose a later time.",
        "이미 지난 시각입니다: 2월 1일(일) 14:00\n더 늦은 시각을 선택해 주십시오.",
    )
    assert await haneul.slash(
        t("/release retarget v1.5.0 2026-03-12 14:00", "/release 일정변경 v1.5.0 3월 12일 14:00")
    ) == t(
        "Recorded: v1.5.0 Deploy moved: Thu 5 Mar 14:00 → Thu 12 Mar 14:00\nCode freeze: Mon 9 Mar 14:00",
        "기록했습니다: v1.5.0 배포 일정 변경: 3월 5일(목) 14:00 → 3월 12일(목) 14:00\n"
        "코드 프리즈: 3월 9일(월) 14:00",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Deploy moved: Mar 5 2:00 PM (Seoul Thu 5 Mar 14:00) → Mar 12 2:00 PM (Seoul Thu 12 Mar 14:00) — @김하늘 (Haneul Kim)\n"
            "Code freeze: Mar 9 2:00 PM (Seoul Mon 9 Mar 14:00)",
            "↳ v1.5.0 배포 일정 변경: 3월 5일 오후 2:00 (서울 3월 5일(목) 14:00) → 3월 12일 오후 2:00 (서울 3월 12일(목) 14:00) — @김하늘 (Haneul Kim)\n"
            "코드 프리즈: 3월 9일 오후 2:00 (서울 3월 9일(월) 14:00)",
        )
    ]
    assert await haneul.slash(t("/release warroom v1.5.0", "/release 워룸 v1.5.0")) == t(
        "Recorded: War room opened: #incident-v1-5-0 v1.5.0\n"
        "The war room is being prepared; its people are invited.",
        "기록했습니다: 워룸 개설: #incident-v1-5-0 v1.5.0\n워룸을 준비하고 담당자를 초대하고 있습니다.",
    )
    assert story.news() == [
        t(
            "↳ War room opened: #incident-v1-5-0 v1.5.0 — @김하늘 (Haneul Kim)",
            "↳ 워룸 개설: #incident-v1-5-0 v1.5.0 — @김하늘 (Haneul Kim)",
        )
    ]
    assert story.news("#incident-v1-5-0", "minjae") == [
        "@Naru has joined the channel",
        "@Daniel Weber has joined the channel",
        "@Emma Jones has joined the channel",
        "@김하늘 (Haneul Kim) has joined the channel",
        "@이준호 (Junho Lee) has joined the channel",
        "@최민재 (Minjae Choi) has joined the channel",
        "@Priya Nair has joined the channel",
        t(
            "set the channel topic: War room v1.5.0 · Nobody is in command yet",
            "set the channel topic: 워룸 v1.5.0 · 아직 지휘를 맡은 사람이 없습니다",
        ),
        t("War room v1.5.0", "워룸 v1.5.0"),
        t("War room v1.5.0 · War room open", "워룸 v1.5.0 · 워룸 열림"),
        t(
            "Who takes command? Nobody holds the incident commander's seat.\n"
            "Can take it: incident commander @최민재 (Minjae Choi)",
            "누가 지휘를 맡습니까? 장애 지휘관이 아직 없습니다.\n"
            "맡을 수 있는 사람: 장애 지휘관 @최민재 (Minjae Choi)",
        ),
        t(
            "State when the war room was opened · today 1:30 PM (Seoul Sun 1 Mar 13:30)\nv1.5.0 · Candidate",
            "워룸 개설 시점의 상태 · 오늘 오후 1:30 (서울 3월 1일(일) 13:30)\nv1.5.0 · 릴리스 후보",
        ),
    ]
    assert await haneul.slash(t("/release cancel v1.5.0 not needed", "/release 취소 v1.5.0 not needed")) == t(
        "Recorded: v1.5.0 Cancelled · Stage: Cancelled\n> not needed\nThe version is not used again.",
        "기록했습니다: v1.5.0 취소 · 단계: 취소\n> not needed\n이 버전은 다시 사용하지 않습니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Cancelled · Stage: Cancelled — @김하늘 (Haneul Kim)\n> not needed",
            "↳ v1.5.0 취소 · 단계: 취소 — @김하늘 (Haneul Kim)\n> not needed",
        )
    ]


async def _captain(story: Story) -> None:
    """Handed over by command and by form: who gets it is told, and the card says who leads it now."""
    t = story.t
    haneul, alex, emma = story.people("haneul", "alex", "emma")
    story.dms("alex")
    assert await haneul.slash(t("/release captain v1.5.0 @alex", "/release 담당 v1.5.0 @alex")) == t(
        "Recorded: v1.5.0 Captain: @김하늘 (Haneul Kim) → @Alex Rivera",
        "기록했습니다: v1.5.0 담당 릴리스 매니저: @김하늘 (Haneul Kim) → @Alex Rivera",
    )
    handed = t(
        "v1.5.0 Captain: @김하늘 (Haneul Kim) → @Alex Rivera — @김하늘 (Haneul Kim)",
        "v1.5.0 담당 릴리스 매니저: @김하늘 (Haneul Kim) → @Alex Rivera — @김하늘 (Haneul Kim)",
    )
    assert story.news() == [f"↳ {handed}"]
    assert story.dms("alex") == [handed]
    assert t("Captain\n@Alex Rivera", "담당 릴리스 매니저\n@Alex Rivera") in story.reads("v1.5.0")
    assert await emma.slash(t("/release captain v1.5.0 me", "/release 담당 v1.5.0 나")) == t(
        "Handing a release over is for: release manager.\nWho can: @Alex Rivera @김하늘 (Haneul Kim)",
        "릴리스 인계 권한이 있는 역할: 릴리스 매니저\n할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim)",
    )
    assert await alex.slash(t("/release captain", "/release 담당")) == ""
    assert alex.modal.fields == {t("Who leads it from now on?", "이제부터 누가 맡습니까?"): "Alex Rivera"}
    assert await alex.fill({t("Who leads it from now on?", "이제부터 누가 맡습니까?"): "haneul"}) == t(
        "Recorded: v1.5.0 Captain: @Alex Rivera → @김하늘 (Haneul Kim)",
        "기록했습니다: v1.5.0 담당 릴리스 매니저: @Alex Rivera → @김하늘 (Haneul Kim)",
    )
    story.news()
