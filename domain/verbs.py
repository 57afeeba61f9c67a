"""The closed set of slash verbs, and the words in both languages that mean them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Verb(StrEnum):
    """What follows `/release`; the values are what people type."""

    START = "start"
    STATUS = "status"
    LIST = "list"
    BOARD = "board"
    MINE = "mine"
    DIGEST = "digest"
    ADVANCE = "advance"
    DEPLOY = "deploy"
    HOLD = "hold"
    RESUME = "resume"
    CANCEL = "cancel"
    RETARGET = "retarget"
    CAPTAIN = "captain"
    DRY_RUN = "dry-run"
    BRANCHES = "branches"
    NOTES = "notes"
    HEALTH = "health"
    CHECKLIST = "checklist"
    READY = "ready"
    WAY_BACK = "way-back"
    REHEARSED = "rehearsed"
    SCHEMA = "schema"
    CORRECT = "correct"
    SCOPE = "scope"
    CAN_I_DEPLOY = "can-i-deploy"
    WHEN = "when"
    ROLLBACK = "rollback"
    BREACH = "breach"
    WARROOM = "warroom"
    IC = "ic"
    LOG = "log"
    STEP = "step"
    ESCALATE = "escalate"
    RESOLVE = "resolve"
    POSTMORTEM = "postmortem"
    ACTIONS = "actions"
    NOTICE = "notice"
    CONTACTS = "contacts"
    CALENDAR = "calendar"
    YEAR = "year"
    EXCEPTION = "exception"
    FREEZE = "freeze"
    BLACKOUT = "blackout"
    WINDOW = "window"
    ROLES = "roles"
    HELP = "help"


KOREAN: Mapping[Verb, str] = {
    Verb.START: "시작",
    Verb.STATUS: "상태",
    Verb.LIST: "목록",
    Verb.BOARD: "보드",
    Verb.MINE: "내할일",
    Verb.DIGEST: "요약",
    Verb.ADVANCE: "진행",
    Verb.DEPLOY: "배포",
    Verb.HOLD: "보류",
    Verb.RESUME: "재개",
    Verb.CANCEL: "취소",
    Verb.RETARGET: "일정변경",
    Verb.CAPTAIN: "담당",
    Verb.DRY_RUN: "모의실행",
    Verb.BRANCHES: "브랜치",
    Verb.NOTES: "노트",
    Verb.HEALTH: "지표",
    Verb.CHECKLIST: "체크리스트",
    Verb.READY: "준비",
    Verb.WAY_BACK: "복구방법",
    Verb.REHEARSED: "롤백연습",
    Verb.SCHEMA: "스키마",
    Verb.CORRECT: "정정",
    Verb.SCOPE: "범위",
    Verb.CAN_I_DEPLOY: "배포가능",
    Verb.WHEN: "언제",
    Verb.ROLLBACK: "롤백",
    Verb.BREACH: "기준위반",
    Verb.WARROOM: "워룸",
    Verb.IC: "지휘관",
    Verb.LOG: "기록",
    Verb.STEP: "단계",
    Verb.ESCALATE: "에스컬레이션",
    Verb.RESOLVE: "해결",
    Verb.POSTMORTEM: "사후분석",
    Verb.ACTIONS: "조치",
    Verb.NOTICE: "공지",
    Verb.CONTACTS: "연락처",
    Verb.CALENDAR: "달력",
    Verb.YEAR: "내년",
    Verb.EXCEPTION: "예외",
    Verb.FREEZE: "프리즈",
    Verb.BLACKOUT: "배포금지",
    Verb.WINDOW: "윈도우",
    Verb.ROLES: "역할",
    Verb.HELP: "도움말",
}
"""The Korean word that help shows for a verb."""

# No word here that somebody could mean otherwise: `done` in a war room speaks of a step, not of its end.
_MORE: Mapping[Verb, str] = {
    Verb.START: "new create begin 새릴리스 새_릴리스 생성 릴리스시작 릴리스_시작",
    Verb.STATUS: "show 현황 조회",
    Verb.LIST: "ls releases 리스트 릴리스목록 릴리스_목록",
    Verb.BOARD: "릴리스보드 릴리스_보드 칸반",
    Verb.MINE: "my todo my_tasks 내_할_일 내_할일 내할_일 내일감 내_일감 할일 할_일",
    Verb.DIGEST: "briefing morning 다이제스트 아침요약 아침_요약 매일요약 매일_요약 브리핑",
    Verb.ADVANCE: "next move 다음 다음단계 다음_단계",
    Verb.DEPLOY: "ship 배포하기 배포시작 배포_시작",
    Verb.HOLD: "보류하기",
    Verb.RESUME: "unhold 다시시작 다시_시작",
    Verb.CANCEL: "abort 릴리스취소 릴리스_취소",
    Verb.RETARGET: "reschedule move_date 일정_변경 일정 날짜변경 날짜_변경",
    Verb.CAPTAIN: "hand-over hand_over handover 담당자 당번 캡틴 담당변경 담당_변경 인계",
    Verb.DRY_RUN: "dry_run dryrun what_if what-if 모의_실행 미리보기",
    Verb.BRANCHES: "branch 브랜치목록 브랜치_목록 오래된브랜치 오래된_브랜치",
    Verb.NOTES: "release_notes release-notes changelog 릴리스노트 릴리스_노트 릴리즈노트 릴리즈_노트",
    Verb.HEALTH: "readings reading 건강 측정 측정값 헬스 상태점검 상태_점검",
    Verb.CHECKLIST: "checklists check-list check_list checks 점검 점검표 점검목록 점검_목록 체크_리스트",
    Verb.READY: "readiness 준비상태 준비_상태 롤백준비 롤백_준비",
    Verb.WAY_BACK: "way_back wayback ways-back 복구_방법 되돌리는방법 되돌리는_방법 되돌릴방법 되돌릴_방법",
    Verb.REHEARSED: "rehearsal rehearse rollback_rehearsed 롤백_연습 연습 롤백리허설 롤백_리허설",
    Verb.SCHEMA: "schema-change schema_change schemas 스키마변경 스키마_변경",
    Verb.CORRECT: "correction correct-message correct_message 커밋정정 커밋_정정 메시지_정정 바로잡기",
    Verb.SCOPE: "changes change 변경 변경사항 변경_사항 릴리스범위 릴리스_범위",
    Verb.CAN_I_DEPLOY: "can_i_deploy canideploy gate 배포_가능 배포가능? 배포해도돼 배포해도_돼 게이트",
    Verb.WHEN: "earliest next-slot next_slot 언제배포 언제_배포 언제가능 언제_가능 배포시점 배포_시점",
    Verb.ROLLBACK: "roll_back roll-back revert 되돌리기 롤백선언 롤백_선언",
    Verb.BREACH: "breaches criteria criterion 기준_위반 롤백기준 롤백_기준",
    Verb.WARROOM: "war-room war_room 워_룸 상황실",
    Verb.IC: "commander incident-commander 장애지휘관 장애_지휘관 지휘",
    Verb.LOG: "note 로그 메모",
    Verb.STEP: "steps 롤백단계 롤백_단계",
    Verb.ESCALATE: "escalation 호출",
    Verb.RESOLVE: "end 종료 해소",
    Verb.POSTMORTEM: "post-mortem post_mortem 사후_분석 회고 장애회고 장애_회고",
    Verb.ACTIONS: "action-items action_items action 조치목록 조치_목록 후속조치 후속_조치",
    Verb.NOTICE: "announce notify 알림 안내",
    Verb.CONTACTS: "contact 비상연락망 비상_연락망 비상연락처 비상_연락처",
    Verb.CALENDAR: "cal month agenda 캘린더 배포달력 배포_달력 릴리스달력 릴리스_달력 일정표",
    Verb.YEAR: "new-year new_year next_year 새해 새해준비 새해_준비 내년준비 내년_준비 연간",
    Verb.EXCEPTION: "exceptions freeze-exception freeze_exception 예외승인 예외_승인",
    Verb.FREEZE: "code-freeze code_freeze 코드프리즈 코드_프리즈 동결",
    Verb.BLACKOUT: "blackouts 배포_금지 배포금지기간 배포_금지_기간 금지기간 블랙아웃",
    Verb.WINDOW: "windows 릴리스윈도우 릴리스_윈도우 윈도 배포시간 배포_시간",
    Verb.ROLES: "role 권한 역할관리",
    Verb.HELP: "? -h --help 도움 사용법",
}

ALIASES: Mapping[str, Verb] = {
    phrase.replace("_", " "): verb
    for verb in Verb
    for phrase in (verb.value, KOREAN[verb], *_MORE[verb].split())
}
"""Every phrase that means a verb, in lower case with single spaces between its words."""
