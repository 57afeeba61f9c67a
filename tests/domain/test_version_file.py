from __future__ import annotations

import pytest

from domain.notes.files import FileProblem, FileRefused
from domain.notes.version_file import with_version


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("VERSION", None, "1.5.0\n"),
        ("VERSION", "", "1.5.0\n"),
        ("VERSION", "1.4.2\n", "1.5.0\n"),
        ("VERSION", "1.4.2", "1.5.0\n"),
        ("VERSION", "v1.4.2\r\n", "v1.5.0\r\n"),
        ("web/VERSION.txt", "1.4.2-rc.1\n\n", "1.5.0\n\n"),
        (
            "package.json",
            '{\n  "engines": {"version": "9"},\n  "name": "shop",\n  "version" : "1.4.2",\n  "x": 1\n}\n',
            '{\n  "engines": {"version": "9"},\n  "name": "shop",\n  "version" : "1.5.0",\n  "x": 1\n}\n',
        ),
        (
            "app/pyproject.toml",
            "[tool.other]\nversion = '0.1'\n\n[project]\nname = 'shop'\nversion = \"1.4.2\"  # ours\n",
            "[tool.other]\nversion = '0.1'\n\n[project]\nname = 'shop'\nversion = \"1.5.0\"  # ours\n",
        ),
        (
            "pyproject.toml",
            '[tool.poetry]\nversion = "1.4.2"\n',
            '[tool.poetry]\nversion = "1.5.0"\n',
        ),
    ],
)
def test_version_is_replaced_and_the_rest_kept(path: str, before: str | None, after: str) -> None:
    made = with_version(path, None if before is None else before.encode(), "1.5.0")
    assert made == after.encode()
    assert with_version(path, after.encode(), "1.5.0") == after.encode()


@pytest.mark.parametrize(
    ("path", "before"),
    [
        ("VERSION", b"the version is 1.4.2\n"),
        ("VERSION", b"1.4.2\n1.4.3\n"),
        ("package.json", None),
        ("package.json", b"not json"),
        ("package.json", b'{"version": 4}'),
        ("package.json", b'["version", "1.4.2"]'),
        ("package.json", b'{"name": "shop", "engines": {"version": "9"}}'),
        ("pyproject.toml", None),
        ("pyproject.toml", b"[project]\nname = 'shop'\n"),
        ("pyproject.toml", b"[project\n"),
        ("pyproject.toml", b"[project]\ndynamic = ['version']\n[tool.x]\nversion = '1'\n"),
    ],
)
def test_file_without_a_version_of_its_own_is_left_alone(path: str, before: bytes | None) -> None:
    assert with_version(path, before, "1.5.0") == FileRefused(FileProblem.NO_VERSION)


def test_file_that_is_no_text_is_left_alone() -> None:
    assert with_version("VERSION", b"\xff", "1.5.0") == FileRefused(FileProblem.NOT_TEXT)
