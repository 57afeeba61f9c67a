from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from domain.commit_rules import CommitRules
from domain.commits import DEFAULT_KINDS, Change, ChangeKind, Commit, Tracker, parse
from domain.commits.references import link_of
from domain.policy import Repository

GITHUB = {"kind": "github", "url": "https://github.com/acme/shop/"}
GITLAB = {"kind": "gitlab", "url": "https://gitlab.com/acme/shop"}
JIRA = {"kind": "jira", "url": "https://acme.atlassian.net", "keys": ["PAY", "SHOP_2"]}
OTHER = {"url": "https://tracker.example.com/{number}?of={id}", "keys": ["OPS", "!"]}


def rules(**given: Any) -> CommitRules:
    return CommitRules.model_validate(given)


def read(message: str, **given: Any) -> Change:
    subject, _, body = message.partition("\n\n")
    commit = Commit(
        sha="a" * 40,
        author_name="A",
        author_email="a@example.com",
        committed_at=datetime(2026, 3, 9, tzinfo=UTC),
        subject=subject,
        body=body,
    )
    return parse(commit, rules(**given).grammar())


def test_without_rules_the_shipped_words_and_numbers_without_address_hold() -> None:
    grammar = rules().grammar()

    assert (grammar.kinds, grammar.trackers, grammar.pull_requests) == (DEFAULT_KINDS, (Tracker(("#",)),), "")


def test_words_of_the_policy_add_to_the_shipped_ones_and_change_them() -> None:
    given = {"types": {"Story": "feature", "개선사항": "improvement", "docs": "improvement"}}

    kinds = [read(text, **given).kind for text in ("story: a", "[개선사항] b", "docs: c", "fix: d")]

    assert kinds == [ChangeKind.FEATURE, ChangeKind.IMPROVEMENT, ChangeKind.IMPROVEMENT, ChangeKind.FIX]


@pytest.mark.parametrize(
    "word", ["two words", "a:b", "기능：", "feat(x)", "[feat]", "", "!", "PAY-7", "x" * 41]
)
def test_a_word_that_can_stand_before_no_message_is_refused(word: str) -> None:
    with pytest.raises(ValidationError, match="commit_word"):
        rules(types={word: "feature"})


@pytest.mark.parametrize(
    ("issue", "why"),
    [
        ({"kind": "jira", "url": "https://x.example"}, "issue_keys_missing"),
        ({"url": "https://x.example/{id}"}, "issue_keys_missing"),
        ({"url": "https://x.example/", "keys": ["PAY"]}, "issue_place"),
        ({"url": "https://x.example/{sha}{id}", "keys": ["PAY"]}, "issue_place"),
        ({"url": "https://x.example/{id", "keys": ["PAY"]}, "issue_place"),
        ({"url": "javascript:{id}", "keys": ["PAY"]}, "string_pattern_mismatch"),
        ({"url": "https://x.example/<{id}>", "keys": ["PAY"]}, "string_pattern_mismatch"),
        ({"url": "https://x.example/{id}", "keys": ["(a+)+"]}, "string_pattern_mismatch"),
        ({"url": "https://x.example/{id}", "keys": ["pay"]}, "string_pattern_mismatch"),
    ],
)
def test_issues_that_could_not_be_linked_are_refused(issue: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        rules(issues=[issue])


@pytest.mark.parametrize(
    ("reference", "issues", "link"),
    [
        ("#12", [GITHUB], "https://github.com/acme/shop/issues/12"),
        ("#12", [GITLAB], "https://gitlab.com/acme/shop/-/issues/12"),
        ("PAY-7", [GITHUB, JIRA], "https://acme.atlassian.net/browse/PAY-7"),
        ("SHOP_2-7", [JIRA], "https://acme.atlassian.net/browse/SHOP_2-7"),
        ("OPS-7", [OTHER], "https://tracker.example.com/7?of=OPS-7"),
        ("!7", [OTHER], "https://tracker.example.com/7?of=!7"),
        ("#12", [], ""),
        ("#12", [JIRA], ""),
        ("PAYX-7", [JIRA], ""),
        ("PAY-7x", [JIRA], ""),
        ("PAY-7", [GITHUB], ""),
    ],
)
def test_a_reference_leads_where_the_policy_says(
    reference: str, issues: list[dict[str, Any]], link: str
) -> None:
    assert link_of(reference, rules(issues=issues).grammar().trackers) == link


@pytest.mark.parametrize(
    ("issues", "link"),
    [
        ([GITHUB], "https://github.com/acme/shop/pull/812"),
        ([JIRA, GITLAB], "https://gitlab.com/acme/shop/-/merge_requests/812"),
        ([JIRA], ""),
        ([], ""),
    ],
)
def test_a_pull_request_leads_to_the_forge_among_the_trackers(
    issues: list[dict[str, Any]], link: str
) -> None:
    grammar = rules(issues=issues).grammar()

    assert (grammar.pull_request_link(812), grammar.pull_request_link(0)) == (link, "")


@pytest.mark.parametrize(
    ("message", "kind", "text", "issues"),
    [
        ("[PAY-7] 기능: 카드", ChangeKind.FEATURE, "카드", ("PAY-7",)),
        ("PAY-7: 기능: 카드", ChangeKind.FEATURE, "카드", ("PAY-7",)),
        ("PAY-7 feat: card", ChangeKind.FEATURE, "card", ("PAY-7",)),
        ("[PAY-7][SHOP_2-8] fix: a", ChangeKind.FIX, "a", ("PAY-7", "SHOP_2-8")),
        ("[PAY-7, PAY-8] fix: a", ChangeKind.FIX, "a", ("PAY-7", "PAY-8")),
        ("#12 fix: a", ChangeKind.FIX, "a", ("#12",)),
        ("PAY-7 카드", ChangeKind.OTHER, "카드", ("PAY-7",)),
        ("PAY-7", ChangeKind.OTHER, "PAY-7", ("PAY-7",)),
        ("feat(PAY-7): card", ChangeKind.FEATURE, "card", ("PAY-7",)),
        ("수정: PAY-7을 고침", ChangeKind.FIX, "PAY-7을 고침", ("PAY-7",)),
        ("fix: a\n\nIssue: PAY-7, #3", ChangeKind.FIX, "a", ("PAY-7", "#3")),
        ("fix: a\n\n이슈：PAY-7", ChangeKind.FIX, "a", ("PAY-7",)),
        ("fix: a\n\nThis fixes PAY-7, PAY-8 and more", ChangeKind.FIX, "a", ("PAY-7", "PAY-8")),
        ("fix: a\n\nPAY-7 is only spoken of", ChangeKind.FIX, "a", ()),
        ("fix: utf-8 of XPAY-7, PAY-7b and PAY_7", ChangeKind.FIX, "utf-8 of XPAY-7, PAY-7b and PAY_7", ()),
        ("[OPS-7] fix: a", ChangeKind.FIX, "a", ()),
    ],
)
def test_references_of_the_policy_are_found_and_those_in_front_taken_off(
    message: str, kind: ChangeKind, text: str, issues: tuple[str, ...]
) -> None:
    change = read(message, issues=[JIRA])

    assert (change.kind, change.description, change.issues) == (kind, text, issues)


@pytest.mark.parametrize("prefix", ["", "shop/", "shop-", "apps/shop", "쇼핑-"])
def test_a_tag_prefix_is_a_beginning_of_a_tag(prefix: str) -> None:
    assert Repository(tag_prefix=prefix).tag_prefix == prefix


@pytest.mark.parametrize("prefix", ["-", "/", "a//", "a..", "a b", "refs/", ".x", "a~", "a^", "x" * 61])
def test_what_no_tag_may_begin_with_is_no_prefix(prefix: str) -> None:
    with pytest.raises(ValidationError, match="tag_prefix"):
        Repository(tag_prefix=prefix)


@pytest.mark.parametrize(("path", "kept"), [("apps/shop/", "apps/shop"), ("*.md", "*.md"), ("앱", "앱")])
def test_paths_of_a_project_are_literal(path: str, kept: str) -> None:
    assert Repository(paths=(path,)).paths == (kept,)


@pytest.mark.parametrize("path", ["", "/", "/apps", "a/../b", "./a", "a//b", "a\nb", "a\0b"])
def test_what_is_no_folder_of_the_repository_is_refused(path: str) -> None:
    with pytest.raises(ValidationError, match="repository_path"):
        Repository(paths=(path,))
