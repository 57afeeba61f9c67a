from __future__ import annotations

import pytest

from domain.refs import NameFault, ref_name_fault, safe_ref_name, slug


@pytest.mark.parametrize(
    "name",
    [
        "main",
        "release/v1.5.0",
        "release/v1.5.0+build.7",
        "hotfix/INC-20260309-1",
        "feature/#12_결제",
        "a" * 200,
    ],
)
def test_ref_name_that_is_fine(name: str) -> None:
    assert ref_name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", NameFault.EMPTY),
        ("a" * 201, NameFault.TOO_LONG),
        ("가" * 67, NameFault.TOO_LONG),
        ("a b", NameFault.CHARACTER),
        ("a\n", NameFault.CHARACTER),
        ("a:b", NameFault.CHARACTER),
        ("a@{1}", NameFault.CHARACTER),
        ("a\u202eb", NameFault.CHARACTER),
        ("\u3164", NameFault.CHARACTER),
        ("가".encode().decode() + "\u1161", NameFault.CHARACTER),
        ("--upload-pack=x", NameFault.CHARACTER),
        ("-x", NameFault.FORM),
        ("a/-x", NameFault.FORM),
        ("a..b", NameFault.FORM),
        ("a/.b", NameFault.FORM),
        ("a.", NameFault.FORM),
        ("/a", NameFault.FORM),
        ("a//b", NameFault.FORM),
        ("a/", NameFault.FORM),
        ("a.lock/b", NameFault.FORM),
        ("HEAD", NameFault.RESERVED),
        ("refs/heads/x", NameFault.RESERVED),
        ("0123456789" * 4, NameFault.RESERVED),
    ],
)
def test_ref_name_faults(name: str, fault: NameFault) -> None:
    assert (ref_name_fault(name), safe_ref_name(name)) == (fault, False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("payment", "payment"),
        (" 결제 개편! ", "결제-개편"),
        ("v2.0/beta", "v2-0-beta"),
        ("-- --", ""),
        ("가" * 50, "가" * 33),
    ],
)
def test_slug(text: str, kept: str) -> None:
    assert slug(text) == kept
