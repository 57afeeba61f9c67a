"""The words of both languages behind a verb: types, steps, roles, moves, subcommands."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from commands.slash import StepMove
from domain.checklists.model import Phase
from domain.criteria.model import Reported
from domain.health import model
from domain.notices import NoticeKind
from domain.people import Role
from domain.rollback import StepKey
from domain.types import Action, GitStep, ReleaseType
from domain.ways_back import Alternative, WayKind

Value = TypeVar("Value", bound=Enum)


def _phrases(table: Mapping[Value, str]) -> dict[str, Value]:
    """Phrases are separated by commas; a value's own spelling counts as one, with spaces and hyphens too."""
    known: dict[str, Value] = {}
    for value, phrases in table.items():
        own = str(value.value)
        spelt = {own, own.replace("_", " "), own.replace("_", "-"), own.replace("_", "")}
        listed = {phrase.strip().casefold() for phrase in phrases.split(",") if phrase.strip()}
        for phrase in spelt | listed | {text.replace(" ", "") for text in listed}:
            known[phrase] = value
    return known


TYPES = _phrases(
    {
        ReleaseType.REGULAR: "정기, 정기 릴리스, 정기 배포, 일반",
        ReleaseType.EMERGENCY: "urgent, 긴급, 긴급 릴리스, 긴급 배포",
        ReleaseType.HOTFIX: "hot fix, hot-fix, 핫픽스, 핫 픽스",
        ReleaseType.FEATURE: "기능, 기능 릴리스, 기능 배포",
    }
)

# Steps that only follow from facts (the last approval, a lapse, a moved branch) cannot be typed.
ACTIONS = _phrases(
    {
        Action.CUT_BRANCH: "cut, branch, 브랜치, 브랜치 생성",
        Action.BUILD_PASSED: "build ok, build success, 빌드 성공, 빌드 통과",
        Action.BUILD_FAILED: "build fail, 빌드 실패",
        Action.STAGING_DEPLOYED: "staging ok, 스테이징, 스테이징 배포, 스테이징 성공, 스테이징 완료",
        Action.STAGING_FAILED: "staging fail, 스테이징 실패, 스테이징 배포 실패",
        Action.SKIP_STAGING: "스테이징 건너뛰기, 스테이징 생략",
        Action.QA_PASSED: "qa pass, qa ok, qa 통과, qa 성공, qa 완료",
        Action.QA_FAILED: "qa fail, qa 실패",
        Action.REBUILD: "build again, 다시 빌드, 재빌드",
        Action.BUG_FOUND: "bug, 버그, 버그 발견, 버그 보고",
        Action.STEP_LIVE: "step out, step is out, live, out, 단계 반영 완료, 반영 완료, 단계 반영, 반영",
        Action.STEP_DONE: "go on, 다음 단계, 단계 완료, 배포 단계 완료",
        Action.PAUSE: "일시 중지, 일시 정지",
        Action.CONTINUE: "계속, 계속 진행",
        Action.STOP: "stop rollout, 중단, 배포 중단",
        Action.ROLLOUT_COMPLETE: "complete, rollout done, 배포 완료",
        Action.VERIFIED: "verify, 검증, 검증 완료",
        Action.FIX_FORWARD: "핫픽스로 수정, 수정 배포",
        Action.CLOSE: "close release, 종료, 릴리스 종료",
        Action.DEPLOY: "배포",
        Action.HOLD: "보류",
        Action.RESUME: "재개",
        Action.CANCEL: "취소",
    }
)

GIT_STEPS = _phrases(
    {
        GitStep.CUT: "cut branch, branch, 브랜치, 브랜치 생성",
        GitStep.TAG: "tag candidate, rc, candidate, 태그, 후보 태그",
        GitStep.FINISH: "merge, merges, merge back, tag and merge, 병합, 머지, 마무리, 태그 및 병합",
        GitStep.DELETE: "drop, delete branch, 삭제, 브랜치 삭제",
    }
)

ROLES = _phrases(
    {
        Role.RELEASE_MANAGER: "rm, 릴리스 매니저, 릴리즈 매니저",
        Role.TECH_LEAD: "tl, 테크 리드",
        Role.PM: "product manager, 피엠",
        Role.INCIDENT_COMMANDER: "ic, commander, 장애 지휘관, 지휘관",
        Role.QA_LEAD: "qa, QA 리드, qa 리드",
        Role.DEVOPS: "sre, ops, devops/sre, 데브옵스, 운영",
        Role.DBA: "db 관리자, 디비 관리자, 데이터베이스 관리자",
        Role.SECURITY: "보안, 보안 담당",
        Role.SUPPORT: "customer support, 고객 지원",
        Role.MARKETING: "마케팅",
        Role.ONCALL: "on-call, on call, 온콜",
        Role.IMPLEMENTATION_MANAGER: "구현 책임자",
    }
)

STEPS = _phrases(
    {
        StepKey.NOTICE: "결정 및 공지, 공지",
        StepKey.OUTAGE_NOTICE: "outage, 장애 공지",
        StepKey.DATABASE: "db, 데이터베이스, 디비",
        StepKey.APPLICATION: "app, 애플리케이션, 앱",
        StepKey.TRAFFIC: "트래픽",
        StepKey.CACHES: "cache, 캐시",
        StepKey.HEALTH_CHECK: "health, 헬스 체크, 상태 점검, 상태 확인",
        StepKey.CORE_FUNCTIONS: "core, 핵심 기능",
        StepKey.INTEGRATIONS: "integration, 연동, 연동 확인",
        StepKey.COMPLETION_NOTICE: "completion, 완료 공지",
    }
)

MOVES = _phrases(
    {
        StepMove.STARTED: "start, begin, 시작",
        StepMove.DONE: "finish, finished, ok, 완료, 끝",
        StepMove.SKIPPED: "skip, 건너뛰기, 건너뜀, 생략",
        StepMove.REOPENED: "reopen, again, 다시, 다시 열기",
        StepMove.ADDED: "add, 추가",
    }
)


NOTICES = _phrases(
    {
        NoticeKind.AHEAD: "before, 사전, 예정, 배포 예정",
        NoticeKind.STARTED: "start, 시작, 배포 시작",
        NoticeKind.PROGRESS: "진행, 진행 상황",
        NoticeKind.DONE: "complete, 완료, 배포 완료",
        NoticeKind.DELAYED: "delay, 지연, 연기",
        NoticeKind.ABORTED: "abort, called off, 취소, 중단",
        NoticeKind.ROLLBACK: "롤백",
        NoticeKind.RECOVERY: "recovered, 복구, 복구 완료",
    }
)


class Sub(Enum):
    """The second word of verbs that show and change something."""

    SHOW = "show"
    ADD = "add"
    REMOVE = "remove"
    LINK = "link"


SUBS = _phrases(
    {
        Sub.SHOW: "list, ls, 보기, 목록, 조회",
        Sub.ADD: "begin, start, give, grant, new, set, 추가, 시작, 부여, 지정, 등록",
        Sub.REMOVE: "lift, end, take, revoke, delete, rm, 제거, 삭제, 해제, 종료, 회수",
        Sub.LINK: "connect, 연결",
    }
)


class ExceptionSub(Enum):
    """The second word of `exception`."""

    SHOW = "show"
    ASK = "ask"
    REVOKE = "revoke"
    LEDGER = "ledger"


EXCEPTION_SUBS = _phrases(
    {
        ExceptionSub.SHOW: "list, ls, 보기, 목록, 조회",
        ExceptionSub.ASK: "request, new, add, 요청, 신청, 추가",
        ExceptionSub.REVOKE: "take back, withdraw, cancel, remove, 철회, 취소, 회수, 해제",
        ExceptionSub.LEDGER: "history, log, 대장, 내역, 기록",
    }
)
LISTS = _phrases(
    {
        Phase.PRE_RELEASE: "before, pre, before the release, before the deploy, 릴리스 전, 배포 전",
        Phase.STAGING: "on staging, 스테이징",
        Phase.RELEASE_START: "start, begin, at the start, 시작, 배포 시작",
        Phase.RELEASE_DURING: "during, while it goes out, 배포 중, 진행 중",
        Phase.POST_AT_ONCE: "after, at once, right after, right after the release, 배포 직후, 직후",
        Phase.POST_SOON: "soon, after 30 minutes, 30 minutes, 30 min, 배포 30분 후, 30분 후, 30분",
        Phase.POST_FINISH: "finish, to finish, 마무리",
        Phase.ROLLBACK_BEFORE: "before the rollback, before rollback, 롤백 전",
        Phase.ROLLBACK_DURING: "during the rollback, during rollback, 롤백 중",
        Phase.ROLLBACK_AFTER: "after the rollback, after rollback, 롤백 후",
        Phase.OUTAGE: "장애, 장애 대응",
        Phase.DATA_LOSS: "데이터 손실, 데이터 유실",
        Phase.SECURITY: "보안, 보안 사고",
    }
)
WAY_KINDS = _phrases(
    {
        WayKind.SCRIPT: "스크립트",
        WayKind.REVERT: "reverse, reverse migration, 역방향, 역방향 마이그레이션, 역마이그레이션",
        WayKind.IMPOSSIBLE: "none, 불가, 불가능",
    }
)
ALTERNATIVES = _phrases(
    {
        Alternative.BOTH_SCHEMAS: "both, run both schemas, 병행, 두 스키마, 두 스키마 병행",
        Alternative.FORWARD_FIX: "forward, fix forward, forward-only fix, 수정, 수정 배포",
        Alternative.SELECTIVE_RESTORE: "restore, 복원, 선택 복원",
    }
)
OLD_RUNS = {
    **dict.fromkeys(("compatible", "old-runs", "old runs", "호환", "호환 가능", "호환가능"), True),
    **dict.fromkeys(("incompatible", "database first", "database-first", "db first", "db-first"), False),
    **dict.fromkeys(("호환 불가", "호환불가", "비호환", "db 먼저", "db먼저"), False),
}
"""Whether the old version can run on the new schema."""
METRICS: Mapping[str, str] = {
    phrase: metric
    for metric, phrases in {
        model.ERROR_RATE: (
            "errors",
            "error rate",
            "error-rate",
            "error_rate",
            "오류",
            "오류율",
            "에러",
            "에러율",
        ),
        model.P95: ("p95", "p95 latency", "p95_latency", "latency", "지연", "지연시간", "지연 시간"),
        model.AVAILABILITY: ("availability", "uptime", "가용성"),
        model.CPU: ("cpu", "씨피유"),
        model.MEMORY: ("memory", "mem", "메모리"),
        model.NETWORK_LATENCY: ("network latency", "network_latency", "network", "네트워크", "네트워크 지연"),
        model.RESPONSE_TIME: ("response time", "response_time", "response", "응답", "응답시간", "응답 시간"),
        model.REQUESTS: ("requests", "요청", "요청수", "요청 수"),
    }.items()
    for phrase in phrases
}
OUTCOMES = {
    **dict.fromkeys(("ok", "worked", "success", "succeeded", "passed", "성공", "완료", "정상"), True),
    **dict.fromkeys(("failed", "fail", "did not work", "실패"), False),
}


class SchemaSub(Enum):
    """The second word of `schema`."""

    SHOW = "show"
    BEGIN = "begin"
    EXPAND = "expand"
    MIGRATE = "migrate"
    CONTRACT = "contract"
    UNLINK = "unlink"
    FINISH = "finish"
    ABANDON = "abandon"


SCHEMA_SUBS = _phrases(
    {
        SchemaSub.SHOW: "list, ls, 보기, 목록, 조회",
        SchemaSub.BEGIN: "start, new, add, 시작, 추가",
        SchemaSub.EXPAND: "확장",
        SchemaSub.MIGRATE: "migration, 전환",
        SchemaSub.CONTRACT: "축소",
        SchemaSub.UNLINK: "remove, take back, 연결 해제, 해제",
        SchemaSub.FINISH: "finished, done, end, 완료, 종료",
        SchemaSub.ABANDON: "give up, drop, cancel, 포기, 취소",
    }
)


class ScopeSub(Enum):
    """The second word of `scope`."""

    LEAVE_OUT = "leave_out"
    TAKE_BACK = "take_back"
    COMPARE = "compare"


SCOPE_SUBS = _phrases(
    {
        ScopeSub.LEAVE_OUT: "hide, exclude, 제외, 빼기, 숨기기",
        ScopeSub.TAKE_BACK: "include, bring back, 되돌리기, 포함, 다시 포함",
        ScopeSub.COMPARE: "diff, difference, 비교",
    }
)
SWITCH = {
    **dict.fromkeys(("on", "yes", "enable", "켜기", "켜", "켬", "켜줘", "온"), True),
    **dict.fromkeys(("off", "no", "stop", "disable", "mute", "끄기", "꺼", "끔", "꺼줘", "오프"), False),
}
MERGE = dict.fromkeys(("merge", "to merge", "freeze", "병합", "머지", "프리즈"), True)

PLAYBOOKS: Mapping[str, Phase] = {
    **dict.fromkeys(("outage", "장애"), Phase.OUTAGE),
    **dict.fromkeys(("data-loss", "data_loss", "dataloss", "data", "loss"), Phase.DATA_LOSS),
    **dict.fromkeys(("데이터손실", "데이터", "손실"), Phase.DATA_LOSS),
    **dict.fromkeys(("security", "보안"), Phase.SECURITY),
}
"""Words that mean a playbook; `data loss` may be one word or two."""
ADOPT = frozenset({"adopt", "here", "this", "여기", "여기서", "이채널", "채택", "사용"})
NOW = frozenset({"now", "지금", "현재"})
SELF = frozenset({"me", "take", "myself", "나", "저", "제가", "내가"})
REPORTED = _phrases(
    {
        Reported.CORE_FUNCTION: "core function, function down, core, 핵심 기능, 핵심 기능 중단, 기능 중단",
        Reported.DATA: "data lost, data damaged, data loss, 데이터, 데이터 손실, 데이터 손상",
        Reported.SECURITY: "vulnerability, 보안, 취약점, 침해",
        Reported.OUTAGE: "down, full outage, 전면 장애, 장애, 중단",
        Reported.FUNCTIONS: "several functions, several, 여러 기능, 여러 기능 실패",
        Reported.COMPLAINTS: "complaint, 불만, 불만 급증, 문의 급증",
        Reported.UNEXPECTED: "unexpected behaviour, unexpected behavior, odd, 이상 동작, 예상 밖 동작",
    }
)
NEW = frozenset({"report", "new", "add", "신고", "보고", "추가"})

ORIGINAL = frozenset({"original", "undo", "원래", "원래대로", "원본"})
EVERY = frozenset({"all", "전체", "모두"})
