from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from domain.commits import Change, ChangeKind, Commit, Footer, Grammar, Reverts, changes, parse

K = ChangeKind
B, C = "b" * 40, "c" * 7


def commit(message: str, *, sha: str = "a" * 40, parents: tuple[str, ...] = ("f" * 40,)) -> Commit:
    subject, _, body = message.partition("\n\n")
    return Commit(
        sha=sha,
        parents=parents,
        author_name="나루",
        author_email="naru@example.com",
        committed_at=datetime(2026, 3, 9, tzinfo=UTC),
        subject=subject,
        body=body,
    )


def read(message: str) -> Change:
    return parse(commit(message))


# What people really write, and what a release says of it.
@pytest.mark.parametrize(
    ("message", "kind", "scope", "text"),
    [
        ("feat: a (#12) (#15)", K.FEATURE, "", "a (#12)"),
        ("feat: a (#12).", K.FEATURE, "", "a (#12)."),
        ("feat: a(#12)", K.FEATURE, "", "a"),
        ("feat(api): a (!7)", K.FEATURE, "api", "a"),
        ("Merged PR 123: feat: login", K.FEATURE, "", "login"),
        ("Merged in feature/x (pull request #12)", K.OTHER, "", "Merged in feature/x (pull request #12)"),
        ("Pull request #12: fix: y", K.FIX, "", "y"),
        (
            "Merge pull request #12 in PROJ/repo from x to main",
            K.OTHER,
            "",
            "Merge pull request #12 in PROJ/repo from x to main",
        ),
        (
            "Merge remote-tracking branch 'origin/main'",
            K.OTHER,
            "",
            "Merge remote-tracking branch 'origin/main'",
        ),
        ("Merge tag 'v1.0' into develop", K.OTHER, "", "Merge tag 'v1.0' into develop"),
        ("[feat]", K.OTHER, "", "[feat]"),
        ("[feat login", K.OTHER, "", "[feat login"),
        ("[feat] login", K.FEATURE, "", "login"),
        ("[Feat]login", K.FEATURE, "", "login"),
        ("[feat](api) login", K.FEATURE, "api", "login"),
        ("[feat/api] login", K.OTHER, "", "[feat/api] login"),
        ("[결제] 기능: 카드", K.FEATURE, "결제", "카드"),
        ("[결제] 카드", K.OTHER, "", "[결제] 카드"),
        ("[기능/결제] 카드", K.OTHER, "", "[기능/결제] 카드"),
        ("[Fix][UI] button", K.FIX, "UI", "button"),
        ("(feat) login", K.OTHER, "", "(feat) login"),
        ("<feat> login", K.OTHER, "", "<feat> login"),
        ("feat - login", K.OTHER, "", "feat - login"),
        ("feat) login", K.OTHER, "", "feat) login"),
        ("기능 - 로그인", K.OTHER, "", "기능 - 로그인"),
        ("기능) 로그인", K.OTHER, "", "기능) 로그인"),
        ("기능/로그인", K.OTHER, "", "기능/로그인"),
        ("기능: ", K.OTHER, "", "기능:"),
        ("기능:", K.OTHER, "", "기능:"),
        ("feat（api）：login", K.FEATURE, "api", "login"),
        ("feat！: x", K.FEATURE, "", "x"),
        ("feat(api)！：x", K.FEATURE, "api", "x"),
        ("FEAT:login", K.FEATURE, "", "login"),
        ("feat ： 로그인", K.FEATURE, "", "로그인"),
        ("feat(api) : x", K.FEATURE, "api", "x"),
        ("feat (api): x", K.FEATURE, "api", "x"),
        ("feat!!: x", K.OTHER, "", "feat!!: x"),
        ("feat!(api): x", K.OTHER, "", "feat!(api): x"),
        ("feat(api!): x", K.FEATURE, "api!", "x"),
        ("feat(api)(ui): x", K.OTHER, "", "feat(api)(ui): x"),
        ("feat((api)): x", K.OTHER, "", "feat((api)): x"),
        ("feat/api: x", K.OTHER, "", "x"),
        ("feat,fix: x", K.OTHER, "", "x"),
        ("feat+fix: x", K.OTHER, "", "x"),
        ("feat&fix: x", K.OTHER, "", "x"),
        ("fix/hotfix: x", K.OTHER, "", "x"),
        ("fix#12: x", K.OTHER, "", "x"),
        ("fix: #12", K.FIX, "", "#12"),
        ("fix: #12 crash", K.FIX, "", "#12 crash"),
        ("fixes #12: crash", K.OTHER, "", "fixes #12: crash"),
        ("Fixed: crash", K.OTHER, "", "crash"),
        ("Fixes: crash", K.OTHER, "", "crash"),
        ("bug: crash", K.OTHER, "", "crash"),
        ("add: x", K.OTHER, "", "x"),
        ("chore(release): 1.2.3", K.OTHER, "release", "1.2.3"),
        ("chore(release): v1.2.3 [skip ci]", K.OTHER, "release", "v1.2.3 [skip ci]"),
        ("Release v1.2.3", K.OTHER, "", "Release v1.2.3"),
        ("release: 1.2.3", K.OTHER, "", "1.2.3"),
        ("v1.2.3", K.OTHER, "", "v1.2.3"),
        ("1.2.3", K.OTHER, "", "1.2.3"),
        ("Bump version to 1.2.3", K.OTHER, "", "Bump version to 1.2.3"),
        ("Initial commit", K.OTHER, "", "Initial commit"),
        ("WIP", K.OTHER, "", "WIP"),
        ("wip", K.OTHER, "", "wip"),
        ("fixup! feat: a", K.OTHER, "", "fixup! feat: a"),
        ("squash! feat: a", K.OTHER, "", "squash! feat: a"),
        ("amend! feat: a", K.OTHER, "", "amend! feat: a"),
        ("Draft: feat: a", K.OTHER, "", "feat: a"),
        ("[WIP] feat: a", K.OTHER, "", "feat: a"),
        ("WIP: feat: a", K.OTHER, "", "feat: a"),
        ("✨ feat: a", K.FEATURE, "", "a"),
        (":sparkles: feat: a", K.FEATURE, "", "a"),
        ("✨feat: a", K.FEATURE, "", "a"),
        ("🐛 fix(api): b", K.FIX, "api", "b"),
        (":bug: crash", K.OTHER, "", ":bug: crash"),
        ("✨ new login", K.OTHER, "", "✨ new login"),
        ("feat: ✨ a", K.FEATURE, "", "✨ a"),
        ("♻️ refactor: c", K.OTHER, "", "c"),
        ("💥 BREAKING CHANGE: x", K.OTHER, "", "💥 BREAKING CHANGE: x"),
        ("BREAKING CHANGE: x", K.OTHER, "", "x"),
        ("BREAKING: x", K.OTHER, "", "x"),
        ("breaking: x", K.OTHER, "", "x"),
        ("BREAKING-CHANGE: x", K.OTHER, "", "x"),
        ("feat: BREAKING CHANGE x", K.FEATURE, "", "BREAKING CHANGE x"),
        ("deps: bump", K.OTHER, "", "bump"),
        (
            "build(deps-dev): bump x from 1.0.0 to 2.0.0 in /a/b (#9)",
            K.OTHER,
            "deps-dev",
            "bump x from 1.0.0 to 2.0.0 in /a/b",
        ),
        ("revert: feat: a", K.OTHER, "", "feat: a"),
        ("Revert: feat: a", K.OTHER, "", "feat: a"),
        ('revert "feat: a"', K.OTHER, "", 'revert "feat: a"'),
        ("Revert 'feat: a'", K.OTHER, "", "Revert 'feat: a'"),
        ("Revert feat: a", K.OTHER, "", "Revert feat: a"),
        ('Revert "feat: a (#12)" (#13)', K.OTHER, "", 'Revert "feat: a (#12)"'),
        ('Revert "Revert "feat: a (#12)" (#13)" (#14)', K.FEATURE, "", "a (#12)"),
        ('Reapply "feat: a (#12)" (#14)', K.FEATURE, "", "a (#12)"),
        ('Revert "Reapply "feat: a""', K.OTHER, "", 'Revert "Reapply "feat: a""'),
        ('Reapply "Reapply "feat: a""', K.FEATURE, "", "a"),
        ("되돌림: 기능: a", K.OTHER, "", "기능: a"),
        ("[되돌림] 기능: a", K.OTHER, "", "기능: a"),
        ("[revert] feat: a", K.OTHER, "", "feat: a"),
        ("revert(api): a", K.OTHER, "api", "a"),
        ('되돌리기 "기능: a"', K.OTHER, "", '되돌리기 "기능: a"'),
        ("feat: a #12", K.FEATURE, "", "a #12"),
        ("feat: a [#12]", K.FEATURE, "", "a [#12]"),
        ("feat: a, closes #12", K.FEATURE, "", "a, closes #12"),
        ("feat: a (closes #12)", K.FEATURE, "", "a (closes #12)"),
        ("security: CVE-2024-1234", K.SECURITY, "", "CVE-2024-1234"),
        ("fix: CVE-2024-1234 in x", K.FIX, "", "CVE-2024-1234 in x"),
        ("fix(security): x", K.SECURITY, "security", "x"),
        ("보안: x", K.SECURITY, "", "x"),
        ("http://x.y/z", K.OTHER, "", "http://x.y/z"),
        ("https://x.y: z", K.OTHER, "", "https://x.y: z"),
        ("Note: x", K.OTHER, "", "x"),
        ("Signed-off-by: A <a@b.c>", K.OTHER, "", "A <a@b.c>"),
        ('feat: "quoted"', K.FEATURE, "", '"quoted"'),
        ('"feat: a"', K.OTHER, "", '"feat: a"'),
        ("'feat: a'", K.OTHER, "", "'feat: a'"),
        ("`feat: a`", K.OTHER, "", "`feat: a`"),
        ("> feat: a", K.OTHER, "", "> feat: a"),
        ("- feat: a", K.OTHER, "", "- feat: a"),
        ("* feat: a", K.OTHER, "", "* feat: a"),
        ("feat:  a", K.FEATURE, "", "a"),
        (" feat: a", K.FEATURE, "", "a"),
        ("feat: a   ", K.FEATURE, "", "a"),
        ("ㄱㅣ: x", K.OTHER, "", "x"),
        ("feat: 한글(설명): 더", K.FEATURE, "", "한글(설명): 더"),
        ("feature(#12): x", K.FEATURE, "#12", "x"),
        ("Feature/login: x", K.OTHER, "", "x"),
        ("feature/login", K.OTHER, "", "feature/login"),
        ("hotfix: x", K.FIX, "", "x"),
        ("hotfix/INC-1: x", K.OTHER, "", "x"),
        ("fix(ui,api): x", K.FIX, "ui,api", "x"),
        ("fix(ui/api): x", K.FIX, "ui/api", "x"),
        ("fix(ui api): x", K.FIX, "ui api", "x"),
        ("fix(@scope/pkg): x", K.FIX, "@scope/pkg", "x"),
        ("fix(pkg@1.2): x", K.FIX, "pkg@1.2", "x"),
        ("fix(*): x", K.FIX, "*", "x"),
        ("perf!: x", K.IMPROVEMENT, "", "x"),
        ("docs: x", K.OTHER, "", "x"),
        ("문서: x", K.OTHER, "", "x"),
        ("기타: x", K.OTHER, "", "x"),
        ("기능추가: x", K.FEATURE, "", "x"),
        ("기능 추가: x", K.FEATURE, "", "x"),
        ("버그 수정: x", K.FIX, "", "x"),
        ("[버그 수정] x", K.FIX, "", "x"),
        ("[기능 추가] x", K.FEATURE, "", "x"),
        ("성능 개선: x", K.IMPROVEMENT, "", "x"),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(
    message: str, kind: ChangeKind, scope: str, text: str
) -> None:
    change = read(message)

    assert (change.kind, change.scope or "", change.description) == (kind, scope, text)


@pytest.mark.parametrize(
    "subject", ["\ufefffeat: a", "\u200bfeat: a", "  feat: a  ", "feat:\ta", "feat:\u00a0a"]
)
def test_signs_that_nobody_sees_do_not_hide_a_type(subject: str) -> None:
    assert (read(subject).kind, read(subject).description) == (K.FEATURE, "a")


def test_brackets_are_read_in_either_order() -> None:
    read_as = [
        (read(text).kind, read(text).scope) for text in ("[기능][결제] a", "[결제][기능] a", "[결제][카드] a")
    ]

    assert read_as == [(K.FEATURE, "결제"), (K.FEATURE, "결제"), (K.OTHER, None)]


def test_hangul_in_single_letters_is_the_same_word() -> None:
    assert read(unicodedata.normalize("NFD", "기능") + ": a").kind is K.FEATURE


@pytest.mark.parametrize(
    "message",
    ["feat！: x", "feat(api)！：x", "[기능]! x", "BREAKING CHANGE: x", "BREAKING-CHANGE: x", "BREAKING: x", "호환성 깨짐: x"],
)  # fmt: skip
def test_a_first_line_that_breaks_is_breaking_in_every_form(message: str) -> None:
    assert (read(message).breaking_note, read(message).description) == ("x", "x")


@pytest.mark.parametrize(
    ("message", "number", "issues"),
    [
        ("feat: a (#12) (#15)", 15, ("#12",)),
        ("feat: a(#12)", 12, ()),
        ("Merged PR 123: feat: login", 123, ()),
        ("Pull request #12: fix: y", 12, ()),
        ("Merged in feature/x (pull request #12)", 12, ()),
        ("Merge pull request #12 in PROJ/repo from x to main", 12, ()),
        ("fix: a (#12)\n\nFixes #12", 12, ()),
        ("fix: a\n\nIt closes #3, #4 and fixes: #5.", None, ("#3", "#4", "#5")),
        ("fix: a\n\n해결: #3\n관련：#4", None, ("#3", "#4")),
        ("fix: #3을 고침", None, ("#3",)),
    ],
)
def test_numbers_are_of_the_pull_request_or_of_issues(
    message: str, number: int | None, issues: tuple[str, ...]
) -> None:
    assert (read(message).pull_request, read(message).issues) == (number, issues)


@pytest.mark.parametrize(
    ("message", "reverts"),
    [
        ("[되돌림] 기능: a", Reverts(subject="기능: a")),
        ('revert: "feat: a"', Reverts(subject="feat: a")),
        ("Revert 'feat: a'", Reverts(subject="feat: a")),
        ("revert “feat: a”", Reverts(subject="feat: a")),
        (f"Take back\n\nThis reverts commits {B} and {C}.", Reverts(shas=(B, C))),
        (f"Take back\n\nThis reverts commits {B}, {C},\nand {'d' * 12}.", Reverts(shas=(B, C, "d" * 12))),
        (f"Take back\n\nThis partially reverts commit {B}.", None),
    ],
)
def test_reverts_are_known_however_they_are_written(message: str, reverts: Reverts | None) -> None:
    assert read(message).reverts == reverts


@pytest.mark.parametrize(
    ("body", "text", "footers"),
    [
        ("    code\n    more", "    code\n    more", ()),
        ("a\n\nReviewed-by:Z", "a", (Footer("Reviewed-by", "Z"),)),
        ("a\n\n이슈：7", "a", (Footer("이슈", "7"),)),
        (f"a\n\n(cherry picked from commit {B})", "a", ()),
        (
            "* feat: b\n\nBREAKING CHANGE: c\nd\n\n* fix: e\n\n---------\n\nCo-authored-by: B <b@example.com>",
            "* feat: b",
            (Footer("BREAKING CHANGE", "c\nd"), Footer("Co-authored-by", "B <b@example.com>")),
        ),
        (
            "BREAKING CHANGE: c\n\n* stop it\n* start it\n\nSigned-off-by: B",
            "",
            (Footer("BREAKING CHANGE", "c\n\n* stop it\n* start it"), Footer("Signed-off-by", "B")),
        ),
    ],
)
def test_bodies_end_where_footers_begin(body: str, text: str, footers: tuple[Footer, ...]) -> None:
    change = read(f"fix: a\n\n{body}")

    assert (change.body, change.footers) == (text, footers)


def test_a_revert_finds_a_squashed_commit_whose_number_it_leaves_out() -> None:
    history = [commit('Revert "feat: a"', sha=B), commit("feat: a (#12)")]

    assert changes(history) == ()


def test_commits_of_a_merged_pull_request_bear_its_number() -> None:
    def of(name: str, message: str, *parents: str) -> Commit:
        return commit(message, sha=name * 40, parents=tuple(parent * 40 for parent in parents))

    history = [
        of("9", "Merge pull request #2 from a/b", "6", "8"),
        of("8", "feat: d", "7"),
        of("7", "Merge branch 'main' into b", "5", "6"),
        of("6", "Merge pull request #1 from a/c", "1", "4"),
        of("5", "fix: e (#7)", "1"),
        of("4", "feat: c", "1"),
        of("1", "feat: begin"),
    ]

    assert [(change.description, change.pull_request) for change in changes(history)] == [
        ("d", 2),
        ("e", 7),
        ("c", 1),
        ("begin", None),
    ]


def test_a_correction_is_read_in_the_place_of_the_message() -> None:
    wrong = commit("fix: a (#12)\n\nCloses #3\n\nBREAKING CHANGE: nothing really", sha=B)

    told = parse(wrong, Grammar(corrections={B: "feat(api): gift cards\n\nBREAKING CHANGE: rename it"}))

    assert (told.kind, told.scope, told.description) == (K.FEATURE, "api", "gift cards")
    assert (told.breaking_note, told.pull_request, told.issues) == ("rename it", 12, ())


def test_a_correction_of_one_line_leaves_the_issues_and_a_whole_one_names_its_own() -> None:
    wrong = commit("fix: a (#12)\n\nCloses #3", sha=B)
    corrected = {
        "feat: b for #4": ("#4", "#3"),
        "feat: b\n": (),
        "feat: b\n\nWhy.\n\nCloses #5": ("#5",),
    }
    for message, issues in corrected.items():
        assert parse(wrong, Grammar(corrections={B: message})).issues == issues


def test_a_correction_does_not_change_what_a_commit_takes_back() -> None:
    first = commit("feat: a", sha=B)
    revert = commit(f'Revert "feat: a"\n\nThis reverts commit {B}.', sha="e" * 40)
    grammar = Grammar(corrections={revert.sha: "fix: no gift cards yet"})

    assert changes([revert, first], grammar) == ()
    assert [change.description for change in changes([revert], grammar)] == ["no gift cards yet"]
