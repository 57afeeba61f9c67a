"""Two histories of a changelog made one, by example and by what must hold for all of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.notes.changelog import with_section
from domain.notes.changelog_merge import merged_changelog

TITLE = "# Changelog\n\n"
CART, PAY, SEARCH = "## v1.4.0\n\n- cart\n", "## v1.4.1\n\n- pay\n", "## v1.5.0\n\n- search\n"


def merged(base: str | None, ours: str, theirs: str) -> str | None:
    made = merged_changelog(None if base is None else base.encode(), ours.encode(), theirs.encode())
    return None if made is None else made.decode()


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "made"),
    [
        (
            f"{TITLE}{CART}",
            f"{TITLE}{SEARCH}\n{CART}",
            f"{TITLE}{PAY}\n{CART}",
            f"{TITLE}{SEARCH}\n{PAY}\n{CART}",
        ),
        (None, f"{TITLE}{SEARCH}", f"{TITLE}{PAY}", f"{TITLE}{SEARCH}\n{PAY}"),
        (
            f"{TITLE}## Unreleased\n\n- idea\n\n{CART}",
            f"{TITLE}## Unreleased\n\n- plan\n\n{SEARCH}\n{CART}",
            f"{TITLE}## Unreleased\n\n- idea\n\n{PAY}\n{CART}",
            f"{TITLE}## Unreleased\n\n- plan\n\n{SEARCH}\n{PAY}\n{CART}",
        ),
        (
            f"{TITLE}{CART}\n[1.4.0]: https://a.example\n",
            f"{TITLE}{SEARCH}\n{CART}\n[1.4.0]: https://a.example\n",
            f"{TITLE}{PAY}\n{CART}\n[1.4.0]: https://a.example\n",
            f"{TITLE}{SEARCH}\n{PAY}\n{CART}\n[1.4.0]: https://a.example\n",
        ),
        (
            f"{TITLE}{CART}",
            f"{TITLE}{SEARCH}\n{CART}",
            f"{TITLE}## v1.4.0\n\n- cart, mended\n",
            f"{TITLE}{SEARCH}\n## v1.4.0\n\n- cart, mended\n",
        ),
        (
            "\ufeff" + CART,
            f"\ufeff{SEARCH}\n{CART}",
            f"\ufeff{PAY}\n{CART}",
            f"\ufeff{SEARCH}\n{PAY}\n{CART}",
        ),
        ("## 1.4\n", "## 1.5\n\n## 1.4\n", "## 1.4.1\n\n## 1.4\n", "## 1.5\n\n## 1.4.1\n\n## 1.4\n"),
        (
            f"{TITLE}{CART}".replace("\n", "\r\n"),
            f"{TITLE}{SEARCH}\n{CART}".replace("\n", "\r\n"),
            f"{TITLE}{PAY}\n{CART}".replace("\n", "\r\n"),
            f"{TITLE}{SEARCH}\n{PAY}\n{CART}".replace("\n", "\r\n"),
        ),
    ],
    ids=["both", "new on both", "unreleased", "addresses", "mended", "mark", "short", "crlf"],
)
def test_both_sections_are_kept_in_the_order_of_versions(
    base: str | None, ours: str, theirs: str, made: str
) -> None:
    assert merged(base, ours, theirs) == made


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (CART, "## v1.4.0\n\n- ours\n", "## v1.4.0\n\n- theirs\n"),
        (f"{TITLE}{CART}", f"# Ours\n\n{CART}", f"# Theirs\n\n{CART}"),
        (CART, f"{SEARCH}\n{CART}", PAY.replace("## ", "# ")),
        (CART, f"{SEARCH}\n{CART}", f"{PAY}\n{CART}".replace("\n", "\r\n")),
        (CART, f"{SEARCH}\n{SEARCH}\n{CART}", f"{PAY}\n{CART}"),
        (f"{PAY}\n{CART}", f"{SEARCH}\n{CART}", f"{PAY}- again\n\n{CART}"),
        (CART, f"{SEARCH}\n{CART}", f"## v1.04.1\n\n{CART}"),
        (
            "loose\n",
            f"{SEARCH}\n<!-- /v1.5.0 -->\n\nloose\n\n{CART}",
            f"{PAY}\n<!-- /v1.4.1 -->\n\nloose\n",
        ),
    ],
    ids=["section", "title", "level", "line ends", "twice", "taken out", "no version", "between"],
)
def test_what_contradicts_is_a_persons(base: str, ours: str, theirs: str) -> None:
    assert merged(base, ours, theirs) is None


def test_a_changelog_that_is_no_text_is_a_persons() -> None:
    assert merged_changelog(b"", b"\xff", PAY.encode()) is None


def test_a_fence_that_one_side_left_open_is_a_persons() -> None:
    mine = f"{TITLE}## v1.5.0\n\n```\n\n{CART}"
    assert merged(f"{TITLE}{CART}", mine, f"{TITLE}## v1.4.1\n\n```\n\n{CART}") is None


def test_what_is_loose_below_the_sections_stays_below_them() -> None:
    ours, theirs = (
        with_section(b"loose\n", version, f"v{version}", f"- {version}").decode()  # type: ignore[union-attr]
        for version in ("1.5.0", "1.4.1")
    )
    made = merged("loose\n", ours, theirs)
    assert made == (
        "## v1.5.0\n\n- 1.5.0\n\n<!-- /v1.5.0 -->\n\n## v1.4.1\n\n- 1.4.1\n\n<!-- /v1.4.1 -->\n\nloose\n"
    )


versions = st.tuples(*[st.integers(0, 3)] * 3).map(lambda parts: ".".join(map(str, parts)))
words = st.lists(
    st.sampled_from(["- a", "### Fixes", "text", "", "```\n## v9.9.9\n```", "- [x](y)"]), max_size=4
)
histories = st.dictionaries(versions, words.map("\n".join), max_size=6)


def changelog(sections: dict[str, str]) -> bytes:
    """As Naru writes it, from the oldest version on."""
    made = b"# Changelog\n"
    for version in sorted(sections, key=lambda one: tuple(map(int, one.split(".")))):
        after = with_section(made, version, f"v{version}", sections[version])
        assert isinstance(after, bytes)
        made = after
    return made


def named(content: bytes) -> list[tuple[int, ...]]:
    found = re.findall(r"^## v([0-3])\.([0-3])\.([0-3])$", content.decode(), re.MULTILINE)
    return [tuple(map(int, one)) for one in found]


@given(histories, histories, histories)
def test_every_section_is_there_once_and_the_newest_comes_first(
    common: dict[str, str], mine: dict[str, str], other: dict[str, str]
) -> None:
    """Neither side changes what is common, and what both add they add alike."""
    base = changelog(common)
    ours = changelog(mine | common)
    theirs = changelog({**other, **{one: mine[one] for one in other.keys() & mine.keys()}, **common})

    made = merged_changelog(base, ours, theirs)

    assert made is not None
    every = {*named(base), *named(ours), *named(theirs)}
    assert named(made) == sorted(every, reverse=True)
    assert made == merged_changelog(base, theirs, ours)
    assert made == changelog(other | mine | common)


@given(histories, histories)
def test_a_side_that_changed_nothing_yields_the_other(common: dict[str, str], mine: dict[str, str]) -> None:
    base, ours = changelog(common), changelog(common | mine)

    assert merged_changelog(base, ours, base) == ours
    assert merged_changelog(base, base, ours) == ours
    assert merged_changelog(base, ours, ours) == ours


@given(histories, histories, versions, words, words)
def test_two_texts_of_one_version_are_a_persons(
    common: dict[str, str], mine: dict[str, str], version: str, one: list[str], two: list[str]
) -> None:
    ours = changelog(common | mine | {version: "- one\n" + "\n".join(one)})
    theirs = changelog(common | {version: "- two\n" + "\n".join(two)})
    base = changelog({name: text for name, text in common.items() if name != version})

    assert merged_changelog(base, ours, theirs) is None
