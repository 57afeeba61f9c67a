from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commits import Change, ChangeKind, Commit, Footer, Grammar, Reverts, all_authors, parse

AT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
SHA = "a" * 40


def commit(message: str, *, sha: str = SHA, parents: tuple[str, ...] = ("f" * 40,)) -> Commit:
    subject, _, body = message.partition("\n\n")
    return Commit(
        sha=sha,
        parents=parents,
        author_name="나루",
        author_email="naru@example.com",
        committed_at=AT,
        subject=subject,
        body=body,
    )


def read(message: str) -> Change:
    return parse(commit(message))


def test_parse_conventional_message_with_everything() -> None:
    message = (
        "feat(api)!: send a mail when shipped (#42)\n\nit was slow\nsecond line\n\n"
        "BREAKING CHANGE: the old hook is gone\nuse the new one\nCloses #9, #10\nReviewed-by: Z"
    )

    assert read(message) == Change(
        sha=SHA,
        kind=ChangeKind.FEATURE,
        description="send a mail when shipped",
        author_name="나루",
        author_email="naru@example.com",
        committed_at=AT,
        type="feat",
        scope="api",
        body="it was slow\nsecond line",
        footers=(
            Footer("BREAKING CHANGE", "the old hook is gone\nuse the new one"),
            Footer("Closes", "#9, #10"),
            Footer("Reviewed-by", "Z"),
        ),
        breaking_note="the old hook is gone\nuse the new one",
        pull_request=42,
        issues=("#9", "#10"),
    )


@pytest.mark.parametrize(
    ("subject", "kind", "description"),
    [
        ("feat: a", ChangeKind.FEATURE, "a"),
        ("FEAT: a", ChangeKind.FEATURE, "a"),
        ("perf(db): a", ChangeKind.IMPROVEMENT, "a"),
        ("fix: a", ChangeKind.FIX, "a"),
        ("fix(security): a", ChangeKind.SECURITY, "a"),
        ("security: a", ChangeKind.SECURITY, "a"),
        ("deprecate: a", ChangeKind.DEPRECATED, "a"),
        ("chore: a", ChangeKind.OTHER, "a"),
        ("unheard-of: a", ChangeKind.OTHER, "a"),
        ("기능: 로그인", ChangeKind.FEATURE, "로그인"),
        ("기능:로그인", ChangeKind.FEATURE, "로그인"),
        ("기능(결제): 카드", ChangeKind.FEATURE, "카드"),
        ("feat : 로그인", ChangeKind.FEATURE, "로그인"),
        ("수정：오타", ChangeKind.FIX, "오타"),
        ("보안: 토큰", ChangeKind.SECURITY, "토큰"),
        ("개선: 조회", ChangeKind.IMPROVEMENT, "조회"),
        ("[기능] 로그인", ChangeKind.FEATURE, "로그인"),
        ("[fix]: 로그인", ChangeKind.FIX, "로그인"),
        ("[PAY-7] 로그인", ChangeKind.OTHER, "[PAY-7] 로그인"),
        ("PAY-7: 로그인", ChangeKind.OTHER, "PAY-7: 로그인"),
        ("plain words", ChangeKind.OTHER, "plain words"),
        ("https://example.com/x broke", ChangeKind.OTHER, "https://example.com/x broke"),
        ("feat:", ChangeKind.OTHER, "feat:"),
        ("feat(): a", ChangeKind.OTHER, "feat(): a"),
        ("", ChangeKind.OTHER, ""),
    ],
)
def test_parse_first_line(subject: str, kind: ChangeKind, description: str) -> None:
    change = read(subject)

    assert (change.kind, change.description, change.breaking) == (kind, description, False)


def test_parse_uses_the_kinds_of_the_policy() -> None:
    change = parse(commit("story: a"), Grammar(kinds={"story": ChangeKind.FEATURE}))

    assert change.kind is ChangeKind.FEATURE


@pytest.mark.parametrize(
    ("message", "note"),
    [
        ("feat!: drop v1", "drop v1"),
        ("chore(api)!: drop v1", "drop v1"),
        ("기능!: 옛 주소 제거", "옛 주소 제거"),
        ("[기능]! 옛 주소 제거", "옛 주소 제거"),
        ("fix: a\n\nBREAKING CHANGE: b", "b"),
        ("fix: a\n\nBREAKING-CHANGE: b", "b"),
        ("fix: a\n\nBREAKING CHANGE #12 is needed", "#12 is needed"),
        ("fix!: a\n\nBREAKING CHANGE: b", "b"),
        ("fix: a\n\nBREAKING CHANGE:\nb\nc", "b\nc"),
        ("fix: a\n\nBREAKING CHANGE:", "a"),
        ("fix: a\n\nprose\nBREAKING CHANGE: b", "b"),
        ("fix: a\n\nBREAKING CHANGE: b\n\nguide\n\nRefs: x", "b\n\nguide"),
        ("fix: a\n\nBREAKING CHANGE: b\nBREAKING CHANGE: c", "b\n\nc"),
        ("수정: a\n\n호환성 깨짐: 설정 이름이 바뀜", "설정 이름이 바뀜"),
        ("plain\n\nBREAKING CHANGE: b", "b"),
        ("fix: a\n\nbreaking change: b", None),
        ("fix: a\n\nthis is no BREAKING CHANGE: b", None),
    ],
)
def test_parse_breaking_change(message: str, note: str | None) -> None:
    change = read(message)

    assert (change.breaking, change.breaking_note) == (note is not None, note)


def test_parse_reads_windows_line_ends() -> None:
    change = read("fix: a\n\nbody\r\n\r\nRefs: #3\r\nBREAKING CHANGE: b\r\n")

    assert (change.body, change.footers) == ("body", (Footer("Refs", "#3"), Footer("BREAKING CHANGE", "b")))


def test_parse_keeps_prose_with_colons_as_body() -> None:
    change = read("fix: a\n\nwhat happened\nNote: nothing")

    assert (change.body, change.footers) == ("what happened\nNote: nothing", ())


def test_parse_leaves_the_cherry_pick_line_out_of_footers() -> None:
    change = read(f"fix: a\n\nRefs: #3\n(cherry picked from commit {SHA})")

    assert change.footers == (Footer("Refs", "#3"),)


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("feat: a (#12)", 12),
        ("feat: a (!13)", 13),
        ("Merge pull request #14 from team/branch\n\nfeat: a", 14),
        ("Merge branch 'x' into 'main'\n\nfeat: a\n\nSee merge request group/project!15", 15),
        ("feat: a #16", None),
        ("feat: (#17) a", None),
    ],
)
def test_parse_pull_request(message: str, number: int | None) -> None:
    assert read(message).pull_request == number


@pytest.mark.parametrize(
    ("message", "issues"),
    [
        ("fix: crash of #3 and #4", ("#3", "#4")),
        ("fix: a (#5)\n\nFixes #3\nRefs: #3, #6", ("#3", "#6")),
        ("fix: a\n\nReviewed-by: #9", ()),
        ("fix: see x#3 and /#4", ()),
    ],
)
def test_parse_issues(message: str, issues: tuple[str, ...]) -> None:
    assert read(message).issues == issues


B, C = "b" * 40, "c" * 7


@pytest.mark.parametrize(
    ("message", "reverts"),
    [
        (f'Revert "feat: a"\n\nThis reverts commit {B}.', Reverts(shas=(B,))),
        (f'Reapply "feat: a"\n\nThis reverts commit {B}.', Reverts(shas=(B,))),
        (f"oops\n\nThis reverts commit {B}, reversing\nchanges made to {SHA}.", Reverts(shas=(B,))),
        (f"revert: a\n\nRefs: {B}, {C}", Reverts(shas=(B, C))),
        (f"되돌림: a\n\nRefs: {C}", Reverts(shas=(C,))),
        (f"fix: a\n\nRefs: {C}", None),
        ('Revert "feat: a (#12)" (#13)\n\nReverts team/project#12', Reverts(pull_request=12)),
        ("Revert it\n\nThis reverts merge request !12", Reverts(pull_request=12)),
        ('Revert "feat: a (#12)" (#13)', Reverts(subject="feat: a (#12)")),
        ('Reapply "feat: a"', Reverts(subject='Revert "feat: a"')),
        ("revert: feat: a", Reverts(subject="feat: a")),
        ("revert(api): a", Reverts(subject="a")),
        ("revert something", None),
    ],
)
def test_parse_reverts(message: str, reverts: Reverts | None) -> None:
    assert read(message).reverts == reverts


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ('Revert "feat: a"', ChangeKind.OTHER),
        ('Revert "Revert "feat: a""', ChangeKind.FEATURE),
        ('Reapply "feat: a (#1)" (#2)', ChangeKind.FEATURE),
        ('Revert "Reapply "feat: a""', ChangeKind.OTHER),
    ],
)
def test_parse_reads_a_revert_of_a_revert_as_its_change(subject: str, kind: ChangeKind) -> None:
    assert read(subject).kind is kind


@given(st.text(), st.text())
def test_parse_takes_any_text(subject: str, body: str) -> None:
    change = parse(replace(commit("x"), subject=subject, body=body))

    assert change.description in subject
    assert change.body in body.replace("\r\n", "\n")
    assert change.breaking or change.breaking_note is None


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("(" * 100_000, ""),
        ("feat(" + "a" * 100_000, ""),
        ("feat" + " " * 100_000 + ": x", ""),
        ("[" * 100_000, ""),
        ("[a]" * 30_000 + " feat: x", ""),
        ("feat " * 20_000 + ": x", ""),
        ("#1 " * 30_000, ""),
        ("[#1, " * 20_000, ""),
        ("x", "fix " * 30_000 + "#1"),
        ("x", "fixes " + "#1, " * 30_000),
        ("x", "This reverts commit " + "abcdef0, " * 10_000),
        ("x", "\n\n" + "a-" * 50_000),
        ("x", "a: b" + "\n* c" * 20_000),
        ("revert '" * 10_000 + "'" * 10_000, ""),
        ('Revert "' * 10_000 + '"' * 10_000, ""),
        ("x", "\n" * 100_000),
        ("x", "\nBREAKING CHANGE: a" * 10_000),
        ("x", "Co-authored-by:" + "<" * 100_000),
        ("x", "See merge request " + "!1" * 100_000),
    ],
)
def test_parse_of_monstrous_messages_is_quick(subject: str, body: str) -> None:
    monster = replace(commit("x"), subject=subject, body=body)
    began = time.perf_counter()

    parse(monster)
    all_authors([monster])

    assert time.perf_counter() - began < 5
