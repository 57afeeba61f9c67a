"""What help says of every verb: how it is written, what it does, who may, examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.verbs import Verb
from messages.names import word


@dataclass(frozen=True)
class Page:
    """`usage` in both languages (words in brackets may be left out), what it does, who may."""

    english: str
    korean: str
    does: str
    who: str = ""
    examples: tuple[str, ...] = ()
    korean_examples: tuple[str, ...] = ()


ANYBODY = word("Members of the project's channel")
MANAGERS = word("Release manager; for a hotfix also the incident commander")
ROOM = word("Inside a war room")

GROUPS: Mapping[str, tuple[Verb, ...]] = {
    word("See"): (
        Verb.STATUS,
        Verb.LIST,
        Verb.BOARD,
        Verb.BRANCHES,
        Verb.MINE,
        Verb.DIGEST,
        Verb.CALENDAR,
        Verb.YEAR,
        Verb.CAN_I_DEPLOY,
        Verb.WHEN,
    ),
    word("Release"): (
        Verb.START,
        Verb.ADVANCE,
        Verb.DEPLOY,
        Verb.HOLD,
        Verb.RESUME,
        Verb.CANCEL,
        Verb.RETARGET,
        Verb.CAPTAIN,
        Verb.DRY_RUN,
        Verb.SCOPE,
        Verb.NOTES,
        Verb.CORRECT,
        Verb.NOTICE,
        Verb.HEALTH,
        Verb.CHECKLIST,
    ),
    word("Way back"): (
        Verb.READY,
        Verb.WAY_BACK,
        Verb.REHEARSED,
        Verb.SCHEMA,
    ),
    word("Rollback and war room"): (
        Verb.ROLLBACK,
        Verb.BREACH,
        Verb.WARROOM,
        Verb.IC,
        Verb.LOG,
        Verb.STEP,
        Verb.ESCALATE,
        Verb.RESOLVE,
        Verb.POSTMORTEM,
        Verb.ACTIONS,
        Verb.CONTACTS,
    ),
    word("Calendar and people"): (
        Verb.EXCEPTION,
        Verb.FREEZE,
        Verb.BLACKOUT,
        Verb.WINDOW,
        Verb.ROLES,
        Verb.HELP,
    ),
}

PAGES: Mapping[Verb, Page] = {
    Verb.START: Page(
        "start [type] [version] [project]",
        "시작 [유형] [버전] [프로젝트]",
        word(
            "Starts a release as a candidate. What is missing is asked; "
            "the next version is proposed from the commits."
        ),
        ANYBODY,
        ("start", "start regular 1.5.0", "start hotfix 1.4.1 web"),
        ("시작", "시작 정기 1.5.0", "시작 핫픽스 1.4.1 web"),
    ),
    Verb.STATUS: Page(
        "status [version]",
        "상태 [버전]",
        word("Shows where a release stands, what it waits for and what can be done now."),
        ANYBODY,
        ("status", "status 1.5.0"),
        ("상태", "상태 1.5.0"),
    ),
    Verb.LIST: Page(
        "list [project]",
        "목록 [프로젝트]",
        word("Lists the releases on their way."),
        ANYBODY,
        ("list",),
        ("목록",),
    ),
    Verb.BOARD: Page(
        "board [project]",
        "보드 [프로젝트]",
        word("Shows the release board: Candidate, QA Testing, Approved, Deploying, Done."),
        ANYBODY,
        ("board",),
        ("보드",),
    ),
    Verb.BRANCHES: Page(
        "branches [project]",
        "브랜치 [프로젝트]",
        word(
            "Lists the branches beside the main lines: how old each is, whose, how far from its base, and "
            "for which release."
        ),
        ANYBODY,
        ("branches", "branches web"),
        ("브랜치", "브랜치 web"),
    ),
    Verb.MINE: Page(
        "mine",
        "내할일",
        word(
            "Shows what waits for you: rollbacks and breaches first, then the oldest. "
            "“Later…” under a reminder puts it off."
        ),
        "",
        ("mine",),
        ("내할일",),
    ),
    Verb.DIGEST: Page(
        "digest [on|off|time]",
        "요약 [켜기|끄기|시각]",
        word(
            "Shows or sets your digest: what waits for you and the dates of today and tomorrow, "
            "on working days in a direct message."
        ),
        "",
        ("digest", "digest off", "digest 08:30"),
        ("요약", "요약 끄기", "요약 08:30"),
    ),
    Verb.NOTES: Page(
        "notes [version]",
        "노트 [버전]",
        word(
            "Shows the release notes with what is still missing; buttons edit, translate and post them. "
            "They are published when the release is verified."
        ),
        word("Everybody reads; release manager, tech lead, PM, QA lead, the captain and the starter edit"),
        ("notes", "notes 1.5.0"),
        ("노트", "노트 1.5.0"),
    ),
    Verb.SCOPE: Page(
        "scope [version] [leave-out|take-back|compare] [commit] [flag]",
        "범위 [버전] [제외|포함|비교] [커밋] [플래그]",
        word(
            "Shows what a release carries: changes, migrations, environment variables. A change can be left "
            "out behind a feature flag and taken back; candidates can be compared."
        ),
        word("Anybody looks; release manager, tech lead and the captain leave out, until the deploy starts"),
        ("scope", "scope 1.5.0", "scope 1.5.0 leave-out 1a2b3c4 new-checkout", "scope compare"),
        ("범위", "범위 1.5.0", "범위 1.5.0 제외 1a2b3c4 new-checkout", "범위 비교"),
    ),
    Verb.CAN_I_DEPLOY: Page(
        "can-i-deploy [type] [date and time] [project]",
        "배포가능 [유형] [날짜와 시각] [프로젝트]",
        word("Asks the gate: may this be deployed now or then, and if not, why and until when?"),
        ANYBODY,
        ("can-i-deploy", "can-i-deploy hotfix", "can-i-deploy regular fri 16:00"),
        ("배포가능", "배포가능 핫픽스", "배포가능 정기 금요일 16:00"),
    ),
    Verb.WHEN: Page(
        "when [version] [project]",
        "언제 [버전] [프로젝트]",
        word(
            "Tells the earliest time for a deploy, the rule that decides it, and what would make it earlier."
        ),
        ANYBODY,
        ("when", "when 1.5.0"),
        ("언제", "언제 1.5.0"),
    ),
    Verb.ADVANCE: Page(
        "advance [version] [step] [note]",
        "진행 [버전] [작업] [메모]",
        word(
            "Takes the next step of a release: cut branch, build passed, QA passed … "
            "Without a step it shows which there are."
        ),
        word("Who may is shown on the card of each release"),
        ("advance 1.5.0", "advance 1.5.0 build passed", "advance 1.5.0 build failed tests are red"),
        ("진행 1.5.0", "진행 1.5.0 빌드 성공", "진행 1.5.0 빌드 실패 테스트 실패"),
    ),
    Verb.DEPLOY: Page(
        "deploy [version]",
        "배포 [버전]",
        word(
            "Starts the deploy to production. "
            "If something is missing, you see all of it and who can settle it."
        ),
        word("Release manager, DevOps/SRE; for a hotfix also the incident commander"),
        ("deploy 1.5.0",),
        ("배포 1.5.0",),
    ),
    Verb.HOLD: Page(
        "hold [version] [reason]",
        "보류 [버전] [사유]",
        word("Puts a release on hold before its deploy."),
        word("Release manager, PM, implementation manager"),
        ("hold 1.5.0 waiting for legal",),
        ("보류 1.5.0 법무 검토 중",),
    ),
    Verb.RESUME: Page(
        "resume [version]",
        "재개 [버전]",
        word("Takes a release off hold, back to where it was."),
        word("Release manager, PM, implementation manager"),
        ("resume 1.5.0",),
        ("재개 1.5.0",),
    ),
    Verb.CANCEL: Page(
        "cancel [version] [reason]",
        "취소 [버전] [사유]",
        word("Cancels a release for good. Its version is not used again."),
        word("Release manager, PM"),
        ("cancel 1.5.0 replaced by 1.6.0",),
        ("취소 1.5.0 1.6.0으로 대체",),
    ),
    Verb.RETARGET: Page(
        "retarget [version] [date and time]",
        "일정변경 [버전] [날짜와 시각]",
        word(
            "Moves the deploy; freeze, QA and reminders move with it. "
            "Another window asks the approvers again."
        ),
        MANAGERS,
        ("retarget 1.5.0 2026-03-12 14:00", "retarget 1.5.0 next thu 14:00"),
        ("일정변경 1.5.0 3월 12일 14:00", "일정변경 1.5.0 다음 주 목요일 14:00"),
    ),
    Verb.CAPTAIN: Page(
        "captain [version] [@person or me]",
        "담당 [버전] [@사람 또는 나]",
        word("Hands a release over to another captain: the release manager on duty for it."),
        word("The captain, release manager; for a hotfix also the incident commander"),
        ("captain @mina", "captain 1.5.0 @mina", "captain 1.5.0 me"),
        ("담당 @mina", "담당 1.5.0 @mina", "담당 1.5.0 나"),
    ),
    Verb.DRY_RUN: Page(
        "dry-run [cut|tag|finish|delete] [version]",
        "모의실행 [브랜치|태그|병합|삭제] [버전]",
        word(
            "Tells what a step would do in git: which branches and tags would be made, moved or deleted, and "
            "what would conflict. Nothing is pushed."
        ),
        ANYBODY,
        ("dry-run", "dry-run finish 1.5.0", "dry-run cut 1.4.1 3f2a91c"),
        ("모의실행", "모의실행 병합 1.5.0", "모의실행 브랜치 1.4.1 3f2a91c"),
    ),
    Verb.HEALTH: Page(
        "health [version] [metric value [note]]",
        "지표 [버전] [지표 값 [메모]]",
        word(
            "Shows what was measured for a release: whether it is in range, and what was usual before the "
            "deploy. With a metric and a value, that reading is recorded."
        ),
        word("Members of the project's channel; a reading is entered by those who deploy and test"),
        ("health", "health 1.5.0", "health 1.5.0 p95 180 ms", "health 1.5.0 errors 0.4 % dashboard"),
        ("지표", "지표 1.5.0", "지표 1.5.0 p95 180 ms", "지표 1.5.0 오류율 0.4 % 대시보드"),
    ),
    Verb.CHECKLIST: Page(
        "checklist [version] [list]",
        "체크리스트 [버전] [목록]",
        word(
            "Opens the checklists of a release: tick in bulk, waive with a reason, give an item an owner. "
            "Inside a war room those of the rollback."
        ),
        word("Everybody sees; the roles of each list tick"),
        ("checklist", "checklist 1.5.0", "checklist 1.5.0 staging", "checklist 1.5.0 after rollback"),
        ("체크리스트", "체크리스트 1.5.0", "체크리스트 1.5.0 스테이징", "체크리스트 1.5.0 롤백 후"),
    ),
    Verb.READY: Page(
        "ready [version]",
        "준비 [버전]",
        word("Shows whether a release could be rolled back, and what that still needs from whom."),
        ANYBODY,
        ("ready", "ready 1.5.0"),
        ("준비", "준비 1.5.0"),
    ),
    Verb.WAY_BACK: Page(
        "way-back [version] [migration] [compatible|incompatible] [script|revert|impossible] [text]",
        "복구방법 [버전] [마이그레이션] [호환|호환불가] [스크립트|역방향|불가] [내용]",
        word(
            "Gives the way back of a migration, or what is done instead. Without it nothing is approved. "
            "“incompatible” says that the old version cannot run on the new schema: a rollback then takes "
            "the database first."
        ),
        word("DBA, tech lead, release manager, QA lead, DevOps/SRE"),
        (
            "way-back 1.5.0",
            "way-back 1.5.0 migrations/0042.sql script migrations/0042.down.sql",
            "way-back 1.5.0 0042.sql impossible restore nightly dump",
            "way-back 1.5.0 0042.sql incompatible",
        ),
        (
            "복구방법 1.5.0",
            "복구방법 1.5.0 migrations/0042.sql 스크립트 migrations/0042.down.sql",
            "복구방법 1.5.0 0042.sql 불가 복원 야간 백업",
            "복구방법 1.5.0 0042.sql 호환불가",
        ),
    ),
    Verb.REHEARSED: Page(
        "rehearsed [version] [ok|failed] [result]",
        "롤백연습 [버전] [성공|실패] [결과]",
        word("Records that a rollback was rehearsed on staging, and how it went."),
        word("DBA, tech lead, release manager, QA lead, DevOps/SRE"),
        ("rehearsed 1.5.0", "rehearsed 1.5.0 ok https://wiki.example/r7"),
        ("롤백연습 1.5.0", "롤백연습 1.5.0 성공 https://wiki.example/r7"),
    ),
    Verb.SCHEMA: Page(
        "schema [begin|migrate|contract|unlink|finish|abandon] [version] [table.column]",
        "스키마 [시작|전환|축소|해제|완료|포기] [버전] [테이블.컬럼]",
        word(
            "Tracks a schema change over its releases: expand, migrate, contract. "
            "The old schema stays while a rollback needs it."
        ),
        word("Everybody sees; DBA, tech lead, release manager, DevOps/SRE change"),
        (
            "schema",
            "schema begin 1.5.0 orders.total",
            "schema migrate 1.6.0 orders.total",
            "schema contract 1.7.0 orders.total",
            "schema abandon orders.total not needed",
        ),
        (
            "스키마",
            "스키마 시작 1.5.0 orders.total",
            "스키마 축소 1.7.0 orders.total",
            "스키마 완료 orders.total",
        ),
    ),
    Verb.CORRECT: Page(
        "correct commit [first line]",
        "정정 커밋 [첫 줄]",
        word(
            "Tells a wrong commit message otherwise in scope, version and notes; git keeps it as it is. "
            "A commit alone opens the form of its whole message, “original” takes a correction back."
        ),
        word("Release manager, tech lead; the captain of a release that carries the change"),
        (
            "correct 1a2b3c4",
            "correct 1a2b3c4 feat(cart): gift cards",
            "correct #812 fix: rounding",
            "correct 1a2b3c4 original",
        ),
        (
            "정정 1a2b3c4",
            "정정 1a2b3c4 기능(장바구니): 상품권",
            "정정 #812 수정: 반올림",
            "정정 1a2b3c4 원래대로",
        ),
    ),
    Verb.ROLLBACK: Page(
        "rollback [version]",
        "롤백 [버전]",
        word("Declares a rollback: opens a war room, invites its people and sets the steps with their time."),
        word("Incident commander, release manager, tech lead, DevOps/SRE"),
        ("rollback", "rollback 1.6.0"),
        ("롤백", "롤백 1.6.0"),
    ),
    Verb.BREACH: Page(
        "breach [list] [version], breach [version] <what> <seen>",
        "기준위반 [목록] [버전], 기준위반 [버전] <무엇> <본 것>",
        word("Shows what was breached of the rollback criteria, or reports what no monitor sees."),
        word("Members of the project's channel; somebody else confirms what starts a rollback"),
        ("breach", "breach list 1.5.0", "breach 1.5.0 core function sign-in answers 500"),
        ("기준위반", "기준위반 목록 1.5.0", "기준위반 1.5.0 핵심 기능 로그인 500 응답"),
    ),
    Verb.WARROOM: Page(
        "warroom [version] [here] [outage|data-loss|security]",
        "워룸 [버전] [여기] [장애|데이터 손실|보안]",
        word(
            "Opens a war room, or with “here” takes this channel as one. The release's stage does not change."
            " The name of a playbook opens its checklist in the room."
        ),
        ANYBODY,
        ("warroom", "warroom 1.6.0", "warroom here", "warroom security"),
        ("워룸", "워룸 1.6.0", "워룸 여기", "워룸 보안"),
    ),
    Verb.IC: Page(
        "ic [@person]",
        "지휘관 [@사람]",
        word("Takes command of the war room, or hands it over."),
        ROOM,
        ("ic", "ic @mina"),
        ("지휘관", "지휘관 @mina"),
    ),
    Verb.LOG: Page(
        "log <text>",
        "기록 <내용>",
        word("Writes a line to the war room's timeline."),
        ROOM,
        ("log database is back",),
        ("기록 데이터베이스 복구됨",),
    ),
    Verb.STEP: Page(
        "step [step] [started|done|skipped|reopened] [note]",
        "단계 [단계] [시작|완료|건너뛰기|다시] [메모]",
        word("Starts or ends a step of the rollback."),
        ROOM,
        ("step database started", "step traffic done"),
        ("단계 데이터베이스 시작", "단계 트래픽 완료"),
    ),
    Verb.ESCALATE: Page(
        "escalate [role] [note]",
        "에스컬레이션 [역할] [메모]",
        word("Calls the next role: on-call, tech lead, release manager, PM."),
        ROOM,
        ("escalate", "escalate tech lead nobody answers"),
        ("에스컬레이션", "에스컬레이션 테크 리드 응답 없음"),
    ),
    Verb.RESOLVE: Page(
        "resolve [summary]",
        "해결 [요약]",
        word("Ends the rollback or the war room, announces it, and posts the post-mortem draft."),
        word("Who has command, or the release manager"),
        ("resolve back on 1.5.0, all healthy",),
        ("해결 1.5.0 복구, 모두 정상",),
    ),
    Verb.POSTMORTEM: Page(
        "postmortem [version] [version that goes out again]",
        "사후분석 [버전] [재배포 버전]",
        word(
            "Shows the post-mortem of this war room or of a release: write its sections, add action items, "
            "link the re-deploy, close it."
        ),
        ROOM,
        ("postmortem", "postmortem 1.6.0 1.6.1"),
        ("사후분석", "사후분석 1.6.0 1.6.1"),
    ),
    Verb.ACTIONS: Page(
        "actions [project]",
        "조치 [프로젝트]",
        word("Lists the action items that rollbacks have left open, with their owners and dates."),
        word("Everybody sees; the owner ends an item, and who may close the post-mortem"),
        ("actions", "actions web"),
        ("조치", "조치 web"),
    ),
    Verb.NOTICE: Page(
        "notice [version] [ahead|started|progress|done|delayed|aborted|rollback|recovery]",
        "공지 [버전] [예정|시작|진행|완료|지연|취소|롤백|복구]",
        word("Drafts a notice to the team, the company or customers, to be edited and sent."),
        word("Release manager, PM, incident commander, support, marketing, the release's captain"),
        ("notice", "notice 1.5.0 delayed"),
        ("공지", "공지 1.5.0 지연"),
    ),
    Verb.CONTACTS: Page(
        "contacts [project]",
        "연락처 [프로젝트]",
        word("Shows the emergency contacts, and who holds the roles that are called first."),
        ANYBODY,
        ("contacts", "contacts web"),
        ("연락처", "연락처 web"),
    ),
    Verb.CALENDAR: Page(
        "calendar [month or year] [project]",
        "달력 [월 또는 연도] [프로젝트]",
        word("Shows a month: freezes, QA, deploys, blackouts, holidays, and what stands in a deploy's way."),
        ANYBODY,
        ("calendar", "calendar next", "calendar 2026-03", "calendar March web", "calendar 2027"),
        ("달력", "달력 다음 달", "달력 2026-03", "달력 3월 web", "달력 2027"),
    ),
    Verb.YEAR: Page(
        "year [year] [project]",
        "내년 [연도] [프로젝트]",
        word(
            "Shows the coming year to confirm: blackouts to add, dates that meet holidays. Each is one press."
        ),
        word("Everybody sees; PM and release manager add blackouts, the release manager moves dates"),
        ("year", "year 2027", "year 2027 web"),
        ("내년", "내년 2027", "내년 2027 web"),
    ),
    Verb.EXCEPTION: Page(
        "exception [ask [merge]|revoke|ledger] [version or month]",
        "예외 [요청 [병합]|취소|대장] [버전 또는 월]",
        word("Shows, asks for and revokes exceptions from what closes the gate, and shows their ledger."),
        word(
            "Asking to deploy: release manager, DevOps/SRE, tech lead, incident commander; to merge: members "
            "of the channel. Who decides is in the policy, and never who asks"
        ),
        (
            "exception",
            "exception ask 1.5.0",
            "exception ask merge",
            "exception revoke 1.5.0",
            "exception ledger 2026-03",
        ),
        ("예외", "예외 요청 1.5.0", "예외 요청 병합", "예외 취소 1.5.0", "예외 대장 3월"),
    ),
    Verb.FREEZE: Page(
        "freeze [begin|lift] [version] [reason]",
        "프리즈 [시작|해제] [버전] [사유]",
        word("Shows the code freezes, begins one early or lifts one."),
        word("Everybody sees; the release manager changes"),
        ("freeze", "freeze begin 1.5.0 big change", "freeze lift 1.5.0 postponed"),
        ("프리즈", "프리즈 시작 1.5.0 큰 변경", "프리즈 해제 1.5.0 연기"),
    ),
    Verb.BLACKOUT: Page(
        "blackout [add|remove] [name] [from] ~ [to] [reason]",
        "배포금지 [추가|삭제] [이름] [시작] ~ [끝] [사유]",
        word("Shows, adds or removes periods without deploys."),
        word("Everybody sees; PM and release manager change"),
        ("blackout", 'blackout add "Year end" 2026-12-28 ~ 2027-01-03 holidays', "blackout remove Year end"),
        ("배포금지", '배포금지 추가 "연말" 12월 28일 ~ 1월 3일 휴무', "배포금지 삭제 연말"),
    ),
    Verb.WINDOW: Page(
        "window [add|remove] [weekday] [from-to]",
        "윈도우 [추가|삭제] [요일] [시작-끝]",
        word("Shows, adds or removes weekly release windows."),
        word("Everybody sees; the release manager changes"),
        ("window", "window add tue 10:00-17:00", "window remove tue 10:00-17:00"),
        ("윈도우", "윈도우 추가 화 10:00-17:00", "윈도우 삭제 화 10:00-17:00"),
    ),
    Verb.ROLES: Page(
        "roles [give|take] [role] [@person or @group], roles link <e-mail> @person",
        "역할 [부여|회수] [역할] [@사람 또는 @그룹], 역할 연결 <이메일> @사람",
        word("Shows who holds which role, gives or takes one, or links a commit author to a person."),
        word("Everybody sees; the project's owners change, never their own"),
        ("roles", "roles give qa_lead @mina", "roles link mina@example.com @mina"),
        ("역할", "역할 부여 QA 리드 @mina", "역할 연결 mina@example.com @mina"),
    ),
    Verb.HELP: Page(
        "help [command]",
        "도움말 [명령]",
        word("Shows this help, or the page of one command."),
        "",
        ("help", "help deploy"),
        ("도움말", "도움말 배포"),
    ),
}
