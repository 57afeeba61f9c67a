"""Conflicts in the files that Naru writes: what is settled, and what is left to a person."""

from __future__ import annotations

import json

import pytest

from domain.notes.own_files import OwnFiles, Sides, settled
from domain.notes.version_file import version_in

KEEPING = OwnFiles(changelog="CHANGELOG.md", version_file="VERSION", keeping=True)
HIGHEST = OwnFiles(changelog="CHANGELOG.md", version_file="VERSION")


def plain(base: str, ours: str, theirs: str) -> Sides:
    return Sides(base.encode(), ours.encode(), theirs.encode())


def test_a_release_branch_keeps_its_own_version_whatever_comes() -> None:
    kept = Sides(b"1.5.0\n", b"1.5.0\n", b"1.5.0\n")
    assert settled(KEEPING, "VERSION", plain("1.4.0\n", "1.5.0\n", "1.4.1\n")) == kept
    assert settled(KEEPING, "VERSION", plain("1.4.0\n", "1.5.0\n", "1.6.0\n")) == kept


def test_elsewhere_the_higher_version_stands() -> None:
    higher = Sides(b"1.5.0\n", b"1.5.0\n", b"1.5.0\n")
    assert settled(HIGHEST, "VERSION", plain("1.4.0\n", "1.4.1\n", "1.5.0\n")) == higher
    assert settled(HIGHEST, "VERSION", plain("1.4.0\n", "1.5.0\n", "1.4.1\n")) == higher
    assert settled(HIGHEST, "VERSION", Sides(None, b"1.5.0\n", b"1.4.1\n")) == Sides(
        b"", b"1.5.0\n", b"1.5.0\n"
    )


def test_of_a_manifest_only_the_version_is_naru_s() -> None:
    own = OwnFiles(version_file="web/package.json", keeping=True)

    def manifest(version: str, **more: str) -> bytes:
        return json.dumps({"name": "shop", "version": version, **more}, indent=2).encode()

    sides = Sides(manifest("1.4.0"), manifest("1.5.0", license="MIT"), manifest("1.4.1"))
    levelled = Sides(manifest("1.5.0"), manifest("1.5.0", license="MIT"), manifest("1.5.0"))
    assert settled(own, "web/package.json", sides) == levelled


@pytest.mark.parametrize(
    ("path", "sides"),
    [
        ("app.py", plain("1.4.0\n", "1.5.0\n", "1.4.1\n")),
        ("VERSION", plain("1.4.0\n", "soon\n", "1.4.1\n")),
        ("VERSION", plain("1.4.0\n", "1.5.0\n", "1.4.1 1.4.2\n")),
        ("VERSION", plain("none yet\n", "1.5.0\n", "1.4.1\n")),
        ("VERSION", Sides(b"1.4.0\n", b"\xff", b"1.4.1\n")),
        ("CHANGELOG.md", plain("", "## 1.5.0\n\n- a\n", "## 1.5.0\n\n- b\n")),
    ],
)
def test_everything_else_is_a_persons(path: str, sides: Sides) -> None:
    assert settled(KEEPING, path, sides) is None


def test_nothing_is_settled_where_the_policy_names_no_files() -> None:
    assert settled(OwnFiles(keeping=True), "VERSION", plain("1.4.0\n", "1.5.0\n", "1.4.1\n")) is None


@pytest.mark.parametrize(
    ("path", "content", "version"),
    [
        ("VERSION", b"v1.5.0", "1.5.0"),
        ("VERSION", b"1.5.0 or so\n", ""),
        ("VERSION", b"\xff", ""),
        ("package.json", b'{"a": {"version": "9"}, "version": "1.5.0"}', "1.5.0"),
        ("package.json", b'{"version": 1}', ""),
        ("pyproject.toml", b'[tool.x]\nversion = "9"\n[project]\nversion = "1.5.0"\n', "1.5.0"),
        ("pyproject.toml", b"[project", ""),
    ],
)
def test_the_version_of_a_file_is_the_one_that_would_be_replaced(
    path: str, content: bytes, version: str
) -> None:
    assert version_in(path, content) == version
