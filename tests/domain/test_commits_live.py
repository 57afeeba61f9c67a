"""One pass over a history tells what is found where all commits can be looked at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.commits import (
    DEFAULT_KINDS,
    STANDARD,
    ChangeKind,
    Commit,
    Grammar,
    Row,
    Tracker,
    changes,
    parse,
    told,
)
from domain.commits.live import Live
from domain.commits.references import NUMBERED
from domain.commits.told import Told, at_a_glance, row_of
from tests.support.changes import plainly
from tests.support.proof import rounds

AT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
DOINGS = ("add", "add", "sha", "short", "title", "number", "pick", "pick_revert", "branch", "merge")
Step = tuple[str, int, int]
steps = st.lists(st.tuples(st.sampled_from(DOINGS), st.integers(0, 30), st.integers(0, 3)), max_size=18)


def sha(number: int) -> str:
    return f"{number + 1:04x}".ljust(40, "e")


def message(doing: str, number: int, target: Commit, kind: int) -> str:
    """Few titles and few numbers, so that names collide."""
    match doing:
        case "sha":
            return f'Revert "{target.subject}"\n\nThis reverts commit {target.sha}.'
        case "short":
            return f"revert: {number}\n\nRefs: {target.sha[:8]}"
        case "title":
            return f'Revert "{target.subject}"'
        case "number":
            return f"Revert\n\nReverts team/project#{number % 4 + 1}"
        case "pick":
            return f"{target.subject}\n\n(cherry picked from commit {target.sha})"
        case "pick_revert":
            return f"Revert\n\nThis reverts commit {target.sha}.\n\n(cherry picked from commit f{target.sha[1:]})"
        case _:
            return f"{('feat', 'fix', 'docs', 'feat!')[kind]}: {number % 3} (#{number % 4 + 1})"


def history(plan: list[Step]) -> list[Commit]:
    """Newest first: each step commits on the main line or on a side line, or merges the two."""
    made: list[Commit] = []
    tips: dict[str, tuple[str, ...]] = {"main": (), "side": ()}
    for number, (doing, back, kind) in enumerate(plan):
        target = made[-1 - back % len(made)] if made else None
        line = "side" if kind == 3 else "main"
        parents = tips[line] or tips["main"]
        if doing == "branch":
            tips["side"] = tips["main"]
        if doing == "merge" and tips["main"] and tips["side"] and tips["main"] != tips["side"]:
            parents, line, text = (*tips["main"], *tips["side"]), "main", f"Merge branch 'side' {number}"
        else:
            text = message(doing if target else "add", number, target or AN_EMPTY_ONE, kind)
        subject, _, body = text.partition("\n\n")
        made.append(
            Commit(
                sha=sha(number),
                parents=parents,
                author_name="A",
                author_email="a@example.com",
                committed_at=AT,
                subject=subject,
                body=body,
            )
        )
        tips[line] = (sha(number),)
    return made[::-1]


AN_EMPTY_ONE = Commit(sha=sha(999), author_name="A", author_email="a", committed_at=AT, subject="")


def passed(commits: list[Commit]) -> list[Told]:
    live = Live()
    for commit in commits:
        live.take(row_of(commit))
    return list(live.kept())


@settings(max_examples=400, deadline=None)
@given(steps)
@example([("add", 0, 0), ("pick", 0, 0), ("pick", 1, 0), ("sha", 1, 0)])
@example([("add", 0, 0), ("sha", 0, 0), ("pick", 1, 0)])
@example([("add", 0, 0), ("branch", 0, 0), ("add", 0, 3), ("add", 1, 0), ("merge", 0, 0), ("sha", 0, 0)])
def test_one_pass_keeps_what_changes_tells(plan: list[Step]) -> None:
    commits = history(plan)

    plain = plainly(commits)
    assert passed(commits) == [told(change) for change in plain]
    assert list(changes(commits)) == plain


def test_met_any_knows_commits_and_what_was_picked() -> None:
    live = Live()
    for commit in history([("add", 0, 0), ("pick_revert", 0, 0)]):
        live.take(row_of(commit))

    assert live.met_any({sha(0)})
    assert live.met_any({f"f{sha(0)[1:]}"})
    assert not live.met_any({sha(7)})


POLICIES = (
    STANDARD,
    Grammar(trackers=(NUMBERED, Tracker(("PAY",)))),
    Grammar(kinds={**DEFAULT_KINDS, "docs": ChangeKind.FEATURE}, corrections={"c" * 40: "feat: corrected"}),
)
PIECES = (
    "feat", "fix", "기능", "버그 수정", "BREAKING", "revert", "re", "Revert", "Merge", "merge", "security", "deprecate",
    "(cart)", "(보안)", "(a b)", "( x )", "()", "!", ": ", ":", "：", " ", "  ", "keep coupons", "쿠폰", "x", ".", ")", "(", "[", "]",
    " (#12)", "(#12)", " (!12)", "#7", "PAY-7", "\u200b", "\t", "✨ ", ":sparkles: ", "Merged PR 3: ", "Pull request #4: ",
    "Merge pull request #5 from a/b", "Merge branch 'x'", '"', "BREAKING CHANGE", "Fixes",
)  # fmt: skip
BODIES = (
    "", "plain words.", "BREAKING CHANGE: new", "BREAKING-CHANGE: new", "단절적 변경: 새로", "호환성 깨짐: 새로", "Refs: #12",
    "Closes: PAY-7", "Signed-off-by: A <a@b.c>", "This reverts commit 1234567.", "Reverts a/b#12", "See merge request a/b!7",
    "(cherry picked from commit 1234567890)", "Replaced-by: other", "* feat: one\n* fix: two", "note: this", "Breaking Change: no",
    "\n\nRefs: #12\nSigned-off-by: A <a@b.c>\n", "\n\nCloses: #7\nand so on", "\n\nRefs: #7, #8", "\n\nfixes: #12\nRefs:x",
    "\n\nTicket: #9\n more", "\n\nSee: #3\n\n", "closes #5", "\tcode #6", "\n\nReplaced-By: y\nRefs: #1", "Refs #4", "대체: 새것",
)  # fmt: skip


@settings(max_examples=rounds(200, 5_000), deadline=None)
@given(
    subject=st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
    body=st.lists(st.sampled_from(BODIES), max_size=3).map("\n\n".join) | st.text(max_size=40),
    merge=st.booleans(),
    grammar=st.sampled_from(POLICIES),
)
def test_what_is_seen_at_a_glance_is_what_the_parser_tells(
    subject: str, body: str, grammar: Grammar, *, merge: bool
) -> None:
    parents = f"{'a' * 40} {'b' * 40}" if merge else "a" * 40
    one = Row("c" * 40, parents, "A", "a@example.com", "0", subject, body)

    seen = at_a_glance(one, grammar)

    if seen is not None:
        change = parse(one.commit, grammar)
        heard = told(change)
        assert change.reverts is None
        never_listed = merge and subject.startswith("Merge")
        assert seen == heard or (never_listed and seen == heard._replace(issues=()))


@pytest.mark.parametrize(
    "subject",
    ["feat: a", "fix(cart)!: a (#12)", "기능(결제): 간편 결제", "Tidy up (#12)", "정리", "docs: see `x`"],
)
def test_plain_commits_are_seen_at_a_glance(subject: str) -> None:
    body = "A sentence.\n\nSigned-off-by: A <a@example.com>"
    assert at_a_glance(Row("c" * 40, "", "A", "a@example.com", "0", subject, body), STANDARD) is not None
