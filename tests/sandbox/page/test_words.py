"""The page's own sentences: the same in both languages, and none that nobody says."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "sandbox" / "page"
ENTRY = re.compile(r'^  "([\w.]+)":\s*"(.*)",$', re.MULTILINE)


def words(language: str) -> dict[str, str]:
    text = (PAGE / "words" / f"{language}.js").read_text("utf-8").replace(":\n    ", ": ")
    return dict(ENTRY.findall(text))


def test_words_of_both_languages_have_the_same_keys() -> None:
    assert sorted(words("ko")) == sorted(words("en"))


def test_words_of_both_languages_fill_in_the_same_values() -> None:
    english, korean = words("en"), words("ko")
    blanks = {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in english.items()}
    assert {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in korean.items()} == blanks


def test_words_are_all_used() -> None:
    code = "".join(path.read_text("utf-8") for path in PAGE.rglob("*.js") if path.parent.name != "words")
    said = set(re.findall(r'"([a-z]+\.\w+)"', code))
    stems = set(re.findall(r"`(\w+\.)\$\{", code))
    unused = [key for key in words("en") if key not in said and f"{key.split('.')[0]}." not in stems]
    assert unused == []


def test_page_loads_nothing_from_outside() -> None:
    sources = [path for path in PAGE.rglob("*") if path.suffix in {".js", ".css", ".html"}]
    outside = re.compile(r"""(?:src|href|from|url\()\s*=?\s*["']?https?://""")
    assert [path.name for path in sources if outside.search(path.read_text("utf-8"))] == []
