"""What a commit says it is, as far as a code freeze is concerned."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.commits.grammar import STANDARD, Grammar
from domain.commits.model import ChangeKind, Commit
from domain.commits.parsing import parse
from domain.commits.reverts import unwrap
from domain.commits.words import REVERT_WORDS


class Label(StrEnum):
    """What a policy may let through a code freeze. Features and improvements have none.

    `UNLABELLED` is a message without a word that is known.
    """

    FIX = "fix"
    SECURITY = "security"
    REVERT = "revert"
    DOCS = "docs"
    TEST = "test"
    CI = "ci"
    BUILD = "build"
    CHORE = "chore"
    STYLE = "style"
    REFACTOR = "refactor"
    UNLABELLED = "unlabelled"


_KINDS = {ChangeKind.FIX: Label.FIX, ChangeKind.SECURITY: Label.SECURITY}
_WORDS: Mapping[Label, str] = {
    Label.DOCS: "docs 문서",
    Label.TEST: "test tests 테스트",
    Label.CI: "ci",
    Label.BUILD: "build 빌드",
    Label.CHORE: "chore 기타 설정 정리",
    Label.STYLE: "style 스타일 서식",
    Label.REFACTOR: "refactor 리팩터링 리팩토링",
}
_LABELS = dict.fromkeys(REVERT_WORDS, Label.REVERT) | {
    word: label for label, words in _WORDS.items() for word in words.split()
}


def label_of(commit: Commit, grammar: Grammar = STANDARD) -> Label | None:
    """By its Conventional Commit type; None for a feature, an improvement or a deprecation.

    The revert of a revert brings its change back and is labelled as that change.
    """
    change = parse(commit, grammar)
    if change.kind in _KINDS:
        return _KINDS[change.kind]
    if change.kind is not ChangeKind.OTHER:
        return None
    if change.type in _LABELS:
        return _LABELS[change.type]
    depth, _ = unwrap(commit.subject)
    brought_back = depth > 0 and depth % 2 == 0
    return Label.REVERT if change.reverts and not brought_back else Label.UNLABELLED
