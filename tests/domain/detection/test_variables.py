from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.detection import MASK, masked, read_variables, variables
from domain.scope import Variable, VariableChange

ADDED, CHANGED, REMOVED = VariableChange.ADDED, VariableChange.CHANGED, VariableChange.REMOVED


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("A=1\nB=two words\n", {"A": "1", "B": "two words"}),
        ("export A=1\n  B = 2 \n", {"A": "1", "B": "2"}),
        ("A=\nB\n=c\n1A=x\n", {"A": ""}),
        ("# A=1\n\nB=2 # why\nC=a#b\nD=#d\n", {"B": "2", "C": "a#b", "D": ""}),
        ("A='x # y'\nB=\"z\" # w\n", {"A": "x # y", "B": "z"}),
        ('A="first\nB=inside\nlast"\nC=3\n', {"A": "first", "C": "3"}),
        ("A=1\r\nB=2\r\n", {"A": "1", "B": "2"}),
        ("\ufeffA=1\n", {"A": "1"}),
        ("A=1\nA=2\n", {"A": "2"}),
        ("이름=1\nA=값\n", {"A": "값"}),
        ("app.port=80\nA-B=1\n", {"app.port": "80", "A-B": "1"}),
        ("A=" + "x" * 500, {"A": "x" * 200}),
        ("A" * 101 + "=1\nB=2", {"B": "2"}),
        ("", {}),
    ],
)
def test_an_environment_file_is_read(content: str, found: dict[str, str]) -> None:
    assert read_variables(content.encode()) == found


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    assert read_variables(b"A=\xff\xfe\nB=\x00") == {"A": "��", "B": "\x00"}


def test_what_git_lfs_keeps_elsewhere_is_not_known() -> None:
    assert read_variables(b"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 9\n") is None


def test_at_most_a_thousand_variables_are_read() -> None:
    many = "".join(f"V{n}={n}\n" for n in range(1200))
    assert len(read_variables(many.encode()) or {}) == 1000


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    for name, value in (read_variables(content) or {}).items():
        assert 0 < len(name) <= 100
        assert len(value) <= 200


def test_variables_are_new_changed_or_gone() -> None:
    before = {".env.example": {"PORT": "80", "HOST": "a", "OLD": "1"}}
    after = {".env.example": {"PORT": "8080", "HOST": "a", "NEW": ""}}
    assert variables(before, after) == (
        Variable("NEW", ADDED, file=".env.example"),
        Variable("OLD", REMOVED, before="1", file=".env.example"),
        Variable("PORT", CHANGED, "8080", "80", ".env.example"),
    )


def test_a_first_release_has_all_of_them_new() -> None:
    assert variables({}, {"web/.env.example": {"B": "2", "A": "1"}}) == (
        Variable("A", ADDED, "1", file="web/.env.example"),
        Variable("B", ADDED, "2", file="web/.env.example"),
    )


def test_a_file_under_another_name_keeps_its_variables() -> None:
    before = {".env.sample": {"A": "1", "B": "2", "C": "3"}}
    after = {".env.example": {"A": "1", "B": "20", "D": "4"}}
    assert variables(before, after) == (
        Variable("B", CHANGED, "20", "2", ".env.example"),
        Variable("C", REMOVED, before="3", file=".env.sample"),
        Variable("D", ADDED, "4", file=".env.example"),
    )


def test_files_of_several_programs_are_told_apart() -> None:
    before = {"api/.env.example": {"PORT": "1"}, "web/.env.example": {"PORT": "1"}}
    after = {"api/.env.example": {"PORT": "1"}, "web/.env.example": {"PORT": "2"}}
    assert variables(before, after) == (Variable("PORT", CHANGED, "2", "1", "web/.env.example"),)


def test_a_changed_secret_is_told_without_its_values() -> None:
    old, new = {"x": {"API_TOKEN": "q8w7e6r5t4"}}, {"x": {"API_TOKEN": "z1x2c3v4b5"}}
    assert variables(old, new) == (Variable("API_TOKEN", CHANGED, MASK, MASK, "x"),)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STRIPE_KEY", "sk_live_" + "4eC39HqLyjWDarjtT1"),
        ("ANY", "ghp_" + "x" * 20),
        ("ANY", "-----BEGIN RSA PRIVATE KEY-----"),
        ("DATABASE_URL", "postgresql://shop:Tr0ub4dor@db/shop"),
        ("DB_PASSWORD", "hunter2hunter2"),
        ("JWT_SECRET", "korea-seoul-2026"),
        ("SALT", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"),
        ("KEY", "AKIA" + "ABCDEFGHIJKLMNOP"),
    ],
)
def test_what_looks_like_a_secret_is_masked(name: str, value: str) -> None:
    assert masked(name, value) == MASK


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "8080"),
        ("SEARCH_INDEX", "products"),
        ("PAYMENT_API_URL", "https://pay.example/v2"),
        ("DATABASE_URL", "postgresql://localhost/shop"),
        ("DATABASE_URL", "postgresql://user:password@localhost/shop"),
        ("DB_PASSWORD", "changeme"),
        ("DB_PASSWORD", ""),
        ("API_TOKEN", "<your token>"),
        ("API_TOKEN", "${API_TOKEN}"),
        ("TOKEN_URL", "https://sign-in.example/token"),
        ("TOKEN_LIFETIME", "3600"),
        ("DATA_DIR", "/var/lib/shop/data/of/the/whole/company"),
        ("FEATURES", "recommendations,wishlists,gift-cards"),
    ],
)
def test_an_ordinary_default_is_shown(name: str, value: str) -> None:
    assert masked(name, value) == value
