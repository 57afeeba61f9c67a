"""Messages as teams write them, drawn from a seed: five teams, each with habits of its own."""

from __future__ import annotations

import random
from collections.abc import Callable

from domain.commits import DEFAULT_KINDS

_TYPES = ("feat", "fix", "docs", "chore", "refactor", "perf", "test", "build", "ci", "style", "security")
_SCOPES = ("api", "cart", "auth", "db", "ui", "deps", "deps-dev", "core/io", "sign in", "i18n", "결제")
_VERBS = ("add", "drop", "speed up", "rename", "handle", "simplify", "guard", "retry", "log", "explain")
_THINGS = (
    "the cart", "coupon codes", "an empty list", "time zones", "the `total` field", "A: B pairs", "UTF-8 (again)",
    "“quotes”", "it #now", "naïve dates", "the v2 API", "a null pointer!", "50% of cases", "C++ headers", "日本語",
)  # fmt: skip
_PROSE = (
    "This was slow on large lists.", "The old way\nbroke over several lines\nof text.", "- first\n- second\n  indented",
    "See https://example.com/a?b=c#d for more.", "    code(here)\n    more()", "Numbers: none", "ends with a colon:",
    "Why? Because (of this).", "이전에는 느렸습니다.", "“Fixes” is only a word here.", "| a | b |\n|---|---|\n| 1 | 2 |",
)  # fmt: skip
_TRAILERS = (
    "Signed-off-by: Kim <kim@example.com>", "Co-authored-by: 이나루 <naru@example.com>", "Reviewed-by: Z",
    "Change-Id: I1234567890abcdef", "Acked-by: Lee <lee@example.com>", "Reviewed-on: https://r.example.com/c/1",
)  # fmt: skip
_REFERENCES = ("Refs: #12", "Closes #34", "Fixes: #5, #6", "Refs: PAY-7", "See-also: none", "Issue: 이슈 7")
_GUIDES = (
    "the old hook is gone", "rename `a` to `b`\nin every file", "drop Python 3.8\n\nUpgrade first.\n\n1. stop\n2. go",
    "설정 이름이 바뀝니다",
)  # fmt: skip
_KOREAN = tuple(word for word in DEFAULT_KINDS if not word.isascii())
_WORK = (
    "로그인 추가",
    "결제 오류 고침",
    "장바구니 개선",
    "테스트 정리",
    "주문 내역: 정렬",
    "카드 등록 (임시)",
    "배포 설정",
)

Draw = Callable[[random.Random, int], str]


def _text(of: random.Random) -> str:
    return f"{of.choice(_VERBS)} {of.choice(_THINGS)}"


def _header(of: random.Random, types: tuple[str, ...] = _TYPES) -> str:
    scope = f"({of.choice(_SCOPES)})" if of.random() < 0.45 else ""
    bang = "!" if of.random() < 0.06 else ""
    return f"{of.choice(types)}{scope}{bang}: {_text(of)}"


def _body(of: random.Random) -> list[str]:
    return [of.choice(_PROSE) for _ in range(of.choice((0, 0, 1, 1, 2, 4)))]


def _footers(of: random.Random) -> list[str]:
    found = [of.choice(_REFERENCES)] if of.random() < 0.3 else []
    if of.random() < 0.05:
        token = of.choice(("BREAKING CHANGE", "BREAKING CHANGE", "BREAKING-CHANGE"))
        found.append(f"{token}: {of.choice(_GUIDES)}")
    found += of.sample(_TRAILERS, of.choice((0, 0, 0, 1, 2)))
    return ["\n".join(found)] if found else []


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def plain(of: random.Random, number: int) -> str:
    """Conventional Commits by the letter, reverts in both forms, now and then none at all."""
    kind = of.random()
    if kind < 0.05:
        return f"{_text(of).capitalize()} without a type"
    if kind < 0.08:
        return f'Revert "{_header(of)}"\n\nThis reverts commit {number:040x}.'
    if kind < 0.11:
        return f"revert: {_header(of)}\n\nRefs: {number:07x}, {number + 1:07x}"
    if kind < 0.14:
        return _paragraphs(_header(of).replace(": ", of.choice((":", ":  ", " : "))), *_body(of))
    header = _header(of, (*_TYPES, "Feat", "FIX", "wip", "unheard-of", "feat2", "a_b"))
    return _paragraphs(header, *_body(of), *_footers(of))


def squashed(of: random.Random, number: int) -> str:
    """Squashed and merged pull requests of GitHub, with the commits that they had, and a bot's updates."""
    kind = of.random()
    if kind < 0.2:
        return f"Merge pull request #{number} from team/branch-{number}\n\n{_header(of)}"
    if kind < 0.3:
        body = "Bumps [x](https://example.com/x) from 1.0 to 2.0.\n\n---\nupdated-dependencies:\n- dependency-name: x"
        return f"chore(deps): bump x from 1.0 to 2.0 (#{number})\n\n{body}\n...\n\n{_TRAILERS[0]}"
    if kind < 0.34:
        return f'Revert "{_header(of)} (#{number - 1})" (#{number})\n\nReverts team/shop#{number - 1}'
    header = f"{_header(of)} (#{number})"
    commits = "\n\n".join(f"* {_header(of)}" for _ in range(of.choice((0, 1, 3))))
    authors = _paragraphs("---------", _TRAILERS[1]) if commits and of.random() < 0.5 else ""
    return _paragraphs(header, commits, authors, *([] if authors else _footers(of)))


def korean(of: random.Random, number: int) -> str:
    """Korean words and issues of Jira, the way each of ten people writes them."""
    word, work, key = of.choice(_KOREAN), of.choice(_WORK), f"PAY-{number}"
    first = of.choice(
        (
            f"{word}: {work}",
            f"{word}: {work}",
            f"{word}(결제): {work}",
            f"{word}!: {work}",
            f"{word}:{work}",
            f"{word}：{work}",
            f"{word} : {work}",
            f"[{word}] {work}",
            f"[{word}][결제] {work}",
            f"{key} {work}",
            f"[{key}] {word}: {work}",
            f"{word}: {work} ({key})",
            f"{work}",
            f"feat({key}): {work}",
            f"{key}: {work}",
            f"버그 수정: {work}",
            f'"{word}: {work}"',
            f"BREAKING: {work}",
        )
    )
    footers = of.choice(
        (
            "",
            "",
            f"이슈: {key}",
            f"관련: #{number}",
            "호환성 깨짐: 설정 이름이 바뀜",
            "BREAKING CHANGE: 키 변경",
        )
    )
    return _paragraphs(first, *_body(of), footers)


def lab(of: random.Random, number: int) -> str:
    """GitLab: merge commits with the title beneath, cherry-picks, emoji, hasty first lines."""
    kind = of.random()
    if kind < 0.25:
        return (
            f"Merge branch 'x-{number}' into 'main'\n\n{_header(of)}\n\nSee merge request team/shop!{number}"
        )
    if kind < 0.35:
        return _paragraphs(_header(of), *_body(of), f"(cherry picked from commit {number:040x})")
    if kind < 0.4:
        return f"{of.choice(('✨', ':bug:', '🐛', '♻️'))} {_header(of)}"
    if kind < 0.45:
        return f'Revert "{_header(of)}"\n\nThis reverts merge request !{number}'
    if kind < 0.5:
        return f"{_header(of)}\nand a second line at once"
    if kind < 0.55:
        return _paragraphs(_header(of), f"What it does\nBREAKING CHANGE: {of.choice(_GUIDES)}")
    if kind < 0.6:
        return _paragraphs(_header(of), *_body(of), f"Refs:#{number}\nReviewed-by:Z")
    if kind < 0.63:
        return of.choice(("fixup! ", "squash! ", "Draft: ", "[WIP] ")) + _header(of)
    return _paragraphs(_header(of), *_body(of), *_footers(of))


_PIECES = (
    *_PROSE, *_TRAILERS, *_REFERENCES, "feat: a", "fix(x)!: b", "* fix: c", "BREAKING CHANGE: d", "BREAKING-CHANGE: e",
    "Note: f", "a: b: c", "토큰: 값", "two words: g", "  Refs: indented", "- Refs: listed", "x:", "Fixes #", "Closes #1 and #2",
    "This reverts commit 1a2b3c4d.", "See merge request a/b!7", "Refs #3", "token #4", "t-o_k: h", "1: i", "_x: j",
)  # fmt: skip


def careless(of: random.Random, _number: int) -> str:
    """Anything below anything, with and without empty lines between."""
    message = _header(of)
    for piece in of.choices(_PIECES, k=of.randint(1, 6)):
        message += of.choice(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n")) + piece
    first, rest = message.split("\n", 1)
    return f"{first}\n\n" + rest.lstrip("\n") if of.random() < 0.95 else message


TEAMS: dict[str, Draw] = {
    "plain": plain,
    "squashed": squashed,
    "korean": korean,
    "lab": lab,
    "careless": careless,
}
