from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.notes.changelog import beneath, with_section
from domain.notes.files import LARGEST, FileProblem, FileRefused

BODY = "## Features\n\n- search\n"
PART = "## v1.5.0 - 2026-03-05\n\n### Features\n\n- search\n"


def written(before: str | None, version: str = "1.5.0", body: str = BODY) -> str:
    made = with_section(
        None if before is None else before.encode(), version, f"v{version} - 2026-03-05", body
    )
    assert isinstance(made, bytes)
    return made.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, f"# Changelog\n\n{PART}"),
        ("", f"# Changelog\n\n{PART}"),
        ("# Changes\n", f"# Changes\n\n{PART}"),
        ("# Changes", f"# Changes\n\n{PART}"),
        ("# Changes\n\nAll of them.\n", f"# Changes\n\nAll of them.\n\n{PART}"),
        ("# Changes\n\n## v1.4.0\n\n- cart\n", f"# Changes\n\n{PART}\n## v1.4.0\n\n- cart\n"),
        (
            "# Changes\n\nIntro.\n\n## [1.4.0] - 2026-02-05\n- cart\n",
            f"# Changes\n\nIntro.\n\n{PART}\n## [1.4.0] - 2026-02-05\n- cart\n",
        ),
        (
            "# Changes\n\n## [Unreleased]\n\n- more\n\n## 1.4.0\n",
            f"# Changes\n\n## [Unreleased]\n\n- more\n\n{PART}\n## 1.4.0\n",
        ),
        ("# Changes\n\n## 미배포\n\n- more\n", f"# Changes\n\n## 미배포\n\n- more\n\n{PART}"),
        ("no title\nat all\n", f"{PART}\n<!-- /v1.5.0 -->\n\nno title\nat all\n"),
        ("\ufeff# Changes\n", f"\ufeff# Changes\n\n{PART}"),
        ("\ufeffno title\n", f"\ufeff{PART}\n<!-- /v1.5.0 -->\n\nno title\n"),
        ("## v1.4.0\n- cart\n", f"{PART}\n## v1.4.0\n- cart\n"),
        (
            "# Changes\n\n```\n## v9.9.9\n```\n\n## v1.4.0\n",
            f"# Changes\n\n```\n## v9.9.9\n```\n\n{PART}\n## v1.4.0\n",
        ),
        (
            "# 1.4.0\n\n- cart\n\n# 1.3.0\n",
            "# v1.5.0 - 2026-03-05\n\n## Features\n\n- search\n\n# 1.4.0\n\n- cart\n\n# 1.3.0\n",
        ),
    ],
)
def test_changelog_gets_its_section_and_keeps_the_rest(before: str | None, after: str) -> None:
    assert written(before) == after


def test_changelog_has_each_version_once() -> None:
    first = written("# Changes\n\n## v1.4.0\n\n- cart\n")
    assert written(first) == first
    assert written(first, body="## Bug fixes\n\n- crash\n") == (
        "# Changes\n\n## v1.5.0 - 2026-03-05\n\n### Bug fixes\n\n- crash\n\n## v1.4.0\n\n- cart\n"
    )


def test_changelog_keeps_the_addresses_at_its_end() -> None:
    before = "# Changes\n\n## [1.5.0]\n\n- old\n\n[1.5.0]: https://git.example.com/1.5.0\n"
    after = f"# Changes\n\n{PART}\n[1.5.0]: https://git.example.com/1.5.0\n"
    assert written(before) == after
    assert written(after) == after


def test_changelog_with_windows_line_ends_keeps_them() -> None:
    made = written("# Changes\r\n\r\n## v1.4.0\r\n- cart\r\n")
    assert made == f"# Changes\n\n{PART}\n## v1.4.0\n- cart\n".replace("\n", "\r\n")


def test_headings_of_the_body_begin_no_version() -> None:
    body = "# v0.0.1\n\n```sh\n# a comment\n```\n\n###### deep"
    assert list(beneath(body, 2)) == ["### v0.0.1", "", "```sh", "# a comment", "```", "", "###### deep"]


@pytest.mark.parametrize(
    ("before", "problem"),
    [
        (b"\xff\xfe", FileProblem.NOT_TEXT),
        (b"# Changes\n\0", FileProblem.NOT_TEXT),
        (b"a" * (LARGEST + 1), FileProblem.TOO_LARGE),
    ],
)
def test_changelog_that_cannot_be_read_is_refused(before: bytes, problem: FileProblem) -> None:
    assert with_section(before, "1.5.0", "v1.5.0", BODY) == FileRefused(problem)


LINES = st.sampled_from(
    [
        "# Changes",
        "## v1.4.0",
        "## [1.5.0] - 2026-01-01",
        "## Unreleased",
        "text",
        "",
        "- one",
        "```",
        "### x",
    ]
)


@given(lines=st.lists(LINES, max_size=12), ending=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_writing_again_changes_nothing_and_no_line_of_others_is_lost(
    *, lines: list[str], ending: str, last: bool
) -> None:
    before = ending.join(lines) + (ending if last else "")
    once = written(before)
    assert written(once) == once
    others = re.sub(r"(?ms)^## \[1\.5\.0\].*", "", before)
    assert [line for line in others.split() if line not in once.split()] == []
