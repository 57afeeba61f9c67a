"""The words teams put before a message, Korean and English, and what they mean: data for policy."""

from __future__ import annotations

from collections.abc import Mapping

from domain.commits.model import ChangeKind

_WORDS: Mapping[ChangeKind, str] = {
    ChangeKind.FEATURE: "feat feature 기능 추가 신규 기능추가 신규기능",
    ChangeKind.IMPROVEMENT: "perf improve improvement enhance enhancement 개선 성능 향상 기능개선 성능개선",
    ChangeKind.FIX: "fix bugfix hotfix 수정 버그 버그수정 오류 오류수정 핫픽스",
    ChangeKind.SECURITY: "security sec 보안 보안수정 취약점",
    ChangeKind.DEPRECATED: "deprecate deprecated deprecation 폐기예정 사용중단 지원중단",
    ChangeKind.OTHER: (
        "build chore ci docs refactor revert style test tests wip release merge "
        "빌드 기타 문서 리팩터링 리팩토링 되돌림 되돌리기 스타일 서식 테스트 설정 정리 릴리스"
    ),
}

DEFAULT_KINDS: Mapping[str, ChangeKind] = {
    word: kind for kind, words in _WORDS.items() for word in words.split()
}

# A fix inside one of these scopes closes a vulnerability: `fix(security): …`.
SECURITY_SCOPES = frozenset({"security", "sec", "보안"})

# Conventional Commits 1.0.0, rules 12, 15 and 16: these stay upper case; the Korean ones are ours.
BREAKING_TOKENS = ("BREAKING CHANGE", "BREAKING-CHANGE", "단절적 변경", "호환성 깨짐", "호환성 변경")

REVERT_WORDS = frozenset({"revert", "되돌림", "되돌리기"})
