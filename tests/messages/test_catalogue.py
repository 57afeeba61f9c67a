from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from domain.checklists.shipped import shipped
from messages.texts import catalogue
from tools import catalogue as tool

MESSAGES = Path(__file__).parents[2] / "messages"
# Names and codes that are the same in Korean text.
_HANGUL = re.compile(r"[가-힣]")
_WORD = re.compile(r"(?<![A-Za-z.])[a-z]{2,}(?![A-Za-z])")
# Commands, names of fields and values that are typed like this in every language.
_TYPED = "git rc main develop manifest yml yaml toml alias true false monday tue"
_KEPT = {
    *_TYPED.split(" "),
    *["https", "http", "sum", "max", "off", "ms", "health", "allow", "internal", "prometheus"],
    *["never", "scope", "create", "rotate"],
    *["project", "version", "type", "time", "previous", "target", "summary"],
    *["above", "at_least", "below", "baseline", "z_score", "metric", "reported", "requests", "samples"],
}
# Whole texts that are the same in both languages.
_SAME = {
    "QA",
    "PM",
    "DevOps/SRE",
    "GitHub Actions",
    "Python {python}, git {git}",
    "CPU",
    "P95",
    "Prometheus",
}
# Variables, code, links, mentions, paths, quoted words, names of fields.
_NO_WORDS = re.compile(
    r"\{\w+\}|`[^`]*`|<[^>]*>|@\w+|\w+/[\w…-]+|“[^”]*”|\w+_\w+|[0-9]\w*"
    r"|naru [a-z-]+|--[a-z-]+|/release [a-z-]+|naru\.toml",
    re.ASCII,
)


def _called() -> set[str]:
    """Every literal that `t` or `word` is called with, found in the syntax tree."""
    texts = set()
    for path in MESSAGES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                first = node.args[0]
                if name in tool.KEYWORDS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    texts.add(first.value)
    return texts


def test_extraction_sees_every_text_of_the_code() -> None:
    """Babel does not look into f-strings: a text there would silently stay English."""
    assert _called() - tool.extracted() == set()


def test_the_catalogue_is_complete_and_has_nothing_over() -> None:
    assert tool.check() == []


def test_placeholders_are_never_given_by_position() -> None:
    assert [text for text in tool.extracted() if {"", *"0123456789"} & tool.placeholders(text)] == []


def test_no_english_is_left_in_korean() -> None:
    left = {}
    for english, korean in catalogue("ko").items():
        bare = _NO_WORDS.sub(" ", korean)
        untouched = re.search("[A-Za-z]{2}", bare) and not _HANGUL.search(bare) and english not in _SAME
        if untouched or set(_WORD.findall(bare)) - _KEPT:
            left[english] = korean
    assert left == {}


@pytest.mark.parametrize(
    "particle", ["은", "는", "이", "가", "을", "를", "과", "와", "으로", "로", "이나", "나", "라는", "이라는"]
)
def test_no_particle_that_depends_on_the_word_follows_a_variable(particle: str) -> None:
    wrong = re.compile(r"\}[*`_]*" + particle + r"(?=[\s.,:)]|$)")
    assert [korean for korean in catalogue("ko").values() if wrong.search(korean)] == []


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("포스트모템", "사후 분석"),
        ("당직", "온콜"),
        ("상태 점검", "헬스 체크"),
        ("상태 확인", "헬스 체크"),
        ("핵심 기능 장애", "핵심 기능 중단"),
    ],
)
def test_one_thing_has_one_name(other: str, name: str) -> None:
    """In the texts and in the checklists that are shipped."""
    texts = [*catalogue("ko").values(), *(item.text.ko for one in shipped().values() for item in one.items)]
    assert [text for text in texts if other in text] == []
    assert [text for text in texts if name in text] != []


def test_filling_keeps_what_is_there_and_tells_what_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "locales" / "ko.po"
    monkeypatch.setattr(tool, "KOREAN", path)
    monkeypatch.setattr(tool, "extracted", lambda: {"One {n}", "Two"})
    monkeypatch.setattr(tool.write, "__defaults__", (path,))
    monkeypatch.setattr(tool.known, "__defaults__", (path,))
    assert tool.fill({"One {n}": "하나 {n}", "Gone": "없음"}) == ["not used: Gone"]
    assert tool.check() == ["not translated: Two"]
    assert tool.fill({"Two": "둘 {x}"}) == []
    assert tool.check() == ["other placeholders: Two"]
    monkeypatch.setattr(tool, "extracted", lambda: {"Two", "Three"})
    assert tool.update() == []
    assert tool.check() == ["no longer used: One {n}", "not translated: Three", "other placeholders: Two"]
    assert tool.known() == ({"Two": "둘 {x}", "Three": ""}, {"One {n}": "하나 {n}"})
    assert tool.prune() == []
    assert tool.known() == ({"Two": "둘 {x}", "Three": ""}, {})


def test_our_reading_of_the_catalogue_is_babels() -> None:
    used, _ = tool.known()

    assert catalogue("ko") == {english: korean for english, korean in used.items() if korean}
