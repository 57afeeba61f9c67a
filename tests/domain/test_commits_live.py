"""The pass that keeps nothing but what is asked for tells what `changes` tells of commits that are all there."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.commits import Commit, changes
from domain.commits.live import Live

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
            return f"Revert\n\nReverts team/project#{number % 4}"
        case "pick":
            return f"{target.subject}\n\n(cherry picked from commit {target.sha})"
        case "pick_revert":
            return f"Revert\n\nThis reverts commit {target.sha}.\n\n(cherry picked from commit f{target.sha[1:]})"
        case _:
            return f"{('feat', 'fix', 'docs', 'feat!')[kind]}: {number % 3} (#{number % 4})"


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


def passed(commits: list[Commit]) -> list[str]:
    live = Live(lambda change: change.sha)
    for commit in commits:
        live.take(commit)
    return list(live.kept())


@settings(max_examples=600, deadline=None)
@given(steps)
@example([("add", 0, 0), ("pick", 0, 0), ("pick", 1, 0), ("sha", 1, 0)])
@example([("add", 0, 0), ("branch", 0, 0), ("add", 0, 3), ("add", 1, 0), ("merge", 0, 0), ("sha", 0, 0)])
def test_one_pass_keeps_what_changes_tells(plan: list[Step]) -> None:
    commits = history(plan)

    assert passed(commits) == [change.sha for change in changes(commits)]


def test_met_any_knows_commits_and_what_was_picked() -> None:
    live = Live(lambda change: change.sha)
    for commit in history([("add", 0, 0), ("pick_revert", 0, 0)]):
        live.take(commit)

    assert live.met_any({sha(0)})
    assert live.met_any({f"f{sha(0)[1:]}"})
    assert not live.met_any({sha(7)})
