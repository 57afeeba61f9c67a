from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.calendar.entries import Calendar, Freeze, GateRule, Permit
from domain.calendar.rules import CalendarRules
from domain.commits import DEFAULT_KINDS, ChangeKind, Commit, Grammar, Label, label_of
from domain.frozen import Arrival, FrozenLine, Look, Ruling, Seen, arrivals, earliest, frozen, judge, lines
from domain.policy import Policy, Repository
from domain.types import Flow, ReleaseType, Stage
from tests.support.builders import release
from tests.support.world import policy

# Monday 2 March 2026, 14:00 in Seoul.
FREEZE = datetime(2026, 3, 2, 5, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ALLOWED = CalendarRules().freeze_allows
RULES: Policy = policy()


def commit(sha: str, subject: str, *parents: str, **facts: Any) -> Commit:
    known: dict[str, Any] = {
        "author_name": "Kim",
        "author_email": "Kim@example.com",
        "committed_at": FREEZE + HOUR,
    }
    return Commit(sha=sha, subject=subject, parents=parents or ("base",), **(known | facts))


def came(
    *newest_first: Commit, allowed: Iterable[Label] = ALLOWED, candidate: bool = True
) -> list[tuple[str, tuple[str, ...]]]:
    """Each arrival with what it brings."""
    found = arrivals(newest_first, newest_first[0].sha, frozenset(allowed), lambda _: candidate)
    return [(one.sha, one.brings) for one in found]


# --- labels -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "label"),
    [
        ("fix: crash", Label.FIX),
        ("hotfix(cart)!: crash", Label.FIX),
        ("수정: 결제 오류", Label.FIX),
        ("fix(security): tokens", Label.SECURITY),
        ("보안: 토큰", Label.SECURITY),
        ("revert: feat: gift cards", Label.REVERT),
        ('Revert "feat: gift cards"', Label.REVERT),
        ('Revert "feat: gift cards" (#12)', Label.REVERT),
        ("docs: readme", Label.DOCS),
        ("[문서] 안내", Label.DOCS),
        ("test: carts", Label.TEST),
        ("ci: cache", Label.CI),
        ("build: docker", Label.BUILD),
        ("chore: tidy", Label.CHORE),
        ("style: spaces", Label.STYLE),
        ("리팩터링: 장바구니", Label.REFACTOR),
        ("Gift cards", Label.UNLABELLED),
        ("wip: gift cards", Label.UNLABELLED),
        ("SHOP-12: gift cards", Label.UNLABELLED),
        ('Reapply "Gift cards"', Label.UNLABELLED),
        ('Reapply "fix: crash"', Label.FIX),
        ("feat: gift cards", None),
        ("기능: 상품권", None),
        ("perf: faster", None),
        ("deprecate: v1", None),
        ('Revert "Revert "feat: gift cards""', None),
    ],
)
def test_a_commit_is_what_its_type_says(subject: str, label: Label | None) -> None:
    assert label_of(commit("a", subject)) is label


def test_words_of_the_policy_say_what_may_come_onto_a_frozen_line() -> None:
    grammar = Grammar(kinds={**DEFAULT_KINDS, "장애": ChangeKind.FIX, "fix": ChangeKind.FEATURE})
    commits = [commit("b", "장애: 결제", "a"), commit("a", "fix: gift cards")]

    found = arrivals(commits, commits[0].sha, {Label.FIX}, lambda _revert: False, grammar=grammar)

    assert [one.text for one in found] == ["fix: gift cards"]


def test_a_commit_that_names_what_it_reverts_is_a_revert_whatever_its_first_line() -> None:
    body = "This reverts commit 1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d."
    assert label_of(commit("a", "Gift cards have to wait", body=body)) is Label.REVERT


# --- arrivals ---------------------------------------------------------------------------------------------


def test_what_is_no_fix_arrives_and_the_rest_is_let_through() -> None:
    found = came(
        commit("d", "Gift cards", "c"),
        commit("c", "feat: ribbons", "b"),
        commit("b", "docs: readme", "a"),
        commit("a", "fix: crash"),
    )
    assert found == [("d", ()), ("c", ())]


def test_the_policy_says_what_is_let_through() -> None:
    commits = (commit("b", "chore: bump", "a"), commit("a", "docs: readme"))
    assert came(*commits, allowed={Label.FIX, Label.CHORE}) == [("a", ())]


def test_an_arrival_names_its_author_and_its_first_line() -> None:
    made = commit("a", "feat: " + "x" * 300)
    assert arrivals([made], "a", ALLOWED, lambda _: True) == (
        Arrival(
            sha="a",
            text="feat: " + "x" * 194,
            author="Kim",
            email="kim@example.com",
            committed_at=FREEZE + HOUR,
        ),
    )


def test_a_merge_is_judged_by_what_it_brings_and_told_as_one() -> None:
    found = arrivals(
        [
            commit("m", "Merge branch 'gifts'", "base", "g5"),
            commit("g5", "feat: ribbons", "g4"),
            commit("g4", "feat: paper", "g3"),
            commit("g3", "feat: cards", "g2"),
            commit("g2", "feat: gifts", "g1"),
            commit("g1", "fix: crash"),
        ],
        "m",
        ALLOWED,
        lambda _: True,
    )
    assert [(one.sha, one.text, one.brought) for one in found] == [("m", "Merge branch 'gifts'", 4)]
    assert set(found[0].brings) <= {"feat: ribbons", "feat: paper", "feat: cards", "feat: gifts"}
    assert len(found[0].brings) == 3


def test_a_merge_of_fixes_is_let_through() -> None:
    assert came(commit("m", "Merge branch 'x'", "base", "f"), commit("f", "fix: crash")) == []


def test_what_is_not_labelled_is_what_its_merge_says() -> None:
    assert came(commit("m", "fix: crash (#12)", "base", "w"), commit("w", "try again")) == []
    assert came(commit("m", "feat: gifts (#12)", "base", "w"), commit("w", "try again")) == [
        ("m", ("try again",))
    ]


def test_a_feature_hidden_in_the_merge_of_a_fix_is_found() -> None:
    assert came(commit("m", "fix: crash (#12)", "base", "w"), commit("w", "feat: gifts")) == [
        ("m", ("feat: gifts",))
    ]


def test_an_older_merge_brought_what_comes_with_a_newer_one_again() -> None:
    found = came(
        commit("m2", "Merge branch 'more'", "m1", "r"),
        commit("r", "fix: ribbons", "g"),
        commit("m1", "Merge branch 'gifts'", "base", "g"),
        commit("g", "feat: gifts"),
    )
    assert found == [("m1", ("feat: gifts",))]


def test_the_local_merge_of_a_pull_lets_each_commit_stand_for_itself() -> None:
    """`git pull` makes the local work the first parent; the other one is where the branch was."""
    found = came(
        commit("m", "Merge branch 'develop' of example", "b", "there"),
        commit("b", "feat: gifts", "a"),
        commit("a", "fix: crash"),
    )
    assert found == [("b", ())]


def test_what_was_taken_back_within_the_same_look_has_not_come() -> None:
    assert came(commit("b", 'Revert "feat: gifts"', "a"), commit("a", "feat: gifts")) == []


def test_a_revert_is_let_through_only_for_what_would_have_been_released() -> None:
    revert = commit("a", 'Revert "feat: gifts"')
    assert came(revert, candidate=True) == []
    assert came(revert, candidate=False) == [("a", ())]


def test_what_naru_makes_is_no_arrival_nor_what_it_merges() -> None:
    naru = {"author_name": "Naru", "author_email": "naru@localhost"}
    assert came(commit("a", "chore: version 1.5.0", **naru)) == []
    assert came(commit("m", "Merge v1.4.1", "base", "h", **naru), commit("h", "Gift cards")) == []
    assert came(commit("m", "Merge branch 'x'", "base", "h"), commit("h", "chore: version", **naru)) == []


def test_thousands_of_commits_are_judged_in_one_pass() -> None:
    long = [commit(str(n), "feat: gifts", str(n - 1)) for n in range(5000, 0, -1)]
    assert len(came(*long)) == 5000


# --- lines ------------------------------------------------------------------------------------------------

REGULAR = release(Stage.QA)
FEATURE = release(
    Stage.QA, id="r2", type=ReleaseType.FEATURE, feature="search", branch="release/feature-search"
)


def test_git_flow_watches_develop_and_the_release_branch_and_each_features_own() -> None:
    heads = {"main", "develop", "release/v1.5.0", "release/feature-search", "feature/search", "x"}
    assert lines(Repository(), [REGULAR, FEATURE], heads) == (
        FrozenLine(branch="release/v1.5.0", main=True),
        FrozenLine(branch="develop", main=True),
        FrozenLine(branch="release/feature-search", main=False, releases=("r2",)),
    )


@pytest.mark.parametrize("name", ["feature/search", "search"])
def test_until_it_is_cut_a_feature_is_watched_where_it_is_made(name: str) -> None:
    assert lines(Repository(), [FEATURE], {"develop", name}) == (
        FrozenLine(branch="develop", main=True),
        FrozenLine(branch=name, main=False, releases=("r2",)),
    )
    assert lines(Repository(), [FEATURE], {"develop"}) == (FrozenLine(branch="develop", main=True),)


def test_trunk_based_projects_have_one_line() -> None:
    trunk = Repository(flow=Flow.TRUNK)
    live = [release(Stage.QA, branch="main"), FEATURE, release(Stage.QA, type=ReleaseType.HOTFIX)]
    assert lines(trunk, live, {"main", "develop", "release/v1.5.0"}) == (
        FrozenLine(branch="main", main=True, releases=("r2",)),
    )


# --- judging ----------------------------------------------------------------------------------------------

MAIN = FrozenLine(branch="develop", main=True)
OWN = FrozenLine(branch="release/feature-search", main=False, releases=("r2",))


def freeze(kind: ReleaseType = ReleaseType.REGULAR, **facts: Any) -> Freeze:
    known: dict[str, Any] = {"release_id": "r1", "version": "1.5.0", "starts": FREEZE}
    return Freeze(release_type=kind, **(known | facts))


def calendar(*freezes: Freeze, permits: tuple[Permit, ...] = ()) -> Calendar:
    rules = CalendarRules(cadence=None)
    return Calendar(zone="Asia/Seoul", rules=rules, freezes=freezes, permits=permits)


def permit(since: datetime, until: datetime) -> Permit:
    return Permit(
        id="e1",
        rule=GateRule.CODE_FREEZE,
        subject="r1",
        release_id="r1",
        granted_by="U0RM",
        since=since,
        until=until,
    )


def verdict(found: Ruling) -> tuple[list[str], list[str]]:
    return [reason.name for reason in found.reasons], [one.id for one in found.permits]


def test_what_comes_during_the_freeze_violates_it() -> None:
    found = judge(calendar(freeze()), MAIN, RULES, FREEZE, FREEZE + HOUR)
    assert verdict(found) == (["1.5.0"], [])


def test_what_may_have_come_before_the_freeze_began_is_none() -> None:
    found = judge(calendar(freeze()), MAIN, RULES, FREEZE - MINUTE, FREEZE + HOUR)
    assert verdict(found) == ([], [])


def test_what_may_have_come_between_two_freezes_is_none() -> None:
    first = freeze(ends=FREEZE + 2 * HOUR)
    second = freeze(release_id="r3", version="1.6.0", starts=FREEZE + 3 * HOUR)
    both = calendar(first, second)
    assert verdict(judge(both, MAIN, RULES, FREEZE, FREEZE + 4 * HOUR)) == ([], [])
    assert verdict(judge(both, MAIN, RULES, FREEZE + 3 * HOUR, FREEZE + 4 * HOUR)) == (["1.6.0"], [])


def test_what_is_seen_after_the_freeze_is_none() -> None:
    lifted = calendar(freeze(ends=FREEZE + HOUR))
    assert verdict(judge(lifted, MAIN, RULES, FREEZE, FREEZE + HOUR)) == ([], [])


def test_an_exception_covers_what_may_have_come_under_it() -> None:
    given = calendar(freeze(), permits=(permit(FREEZE + HOUR, FREEZE + 2 * HOUR),))
    assert verdict(judge(given, MAIN, RULES, FREEZE, FREEZE + 30 * MINUTE)) == (["1.5.0"], [])
    assert verdict(judge(given, MAIN, RULES, FREEZE, FREEZE + HOUR)) == ([], ["e1"])
    assert verdict(judge(given, MAIN, RULES, FREEZE + HOUR, FREEZE + HOUR)) == ([], ["e1"])
    assert verdict(judge(given, MAIN, RULES, FREEZE, FREEZE + 3 * HOUR)) == ([], ["e1"])
    assert verdict(judge(given, MAIN, RULES, FREEZE + 2 * HOUR, FREEZE + 3 * HOUR)) == (["1.5.0"], [])


def test_a_feature_freeze_covers_its_own_branch_alone() -> None:
    own = calendar(freeze(ReleaseType.FEATURE, release_id="r2"))
    assert verdict(judge(own, OWN, RULES, FREEZE, FREEZE)) == (["1.5.0"], [])
    assert verdict(judge(own, MAIN, RULES, FREEZE, FREEZE)) == ([], [])
    assert verdict(judge(calendar(freeze()), OWN, RULES, FREEZE, FREEZE)) == ([], [])


def test_a_line_is_frozen_also_where_an_exception_opens_it() -> None:
    given = calendar(freeze(), permits=(permit(FREEZE + HOUR, FREEZE + 2 * HOUR),))
    times = [FREEZE - MINUTE, FREEZE, FREEZE + HOUR]
    assert [frozen(given, MAIN, RULES, at) for at in times] == [False, True, True]


def test_a_commit_comes_after_the_look_before_and_not_before_it_is_made() -> None:
    def came_at(committed_at: datetime) -> datetime:
        arrival = arrivals([commit("a", "feat: x", committed_at=committed_at)], "a", ALLOWED, lambda _: True)
        before, now = Seen("x", FREEZE - HOUR), Seen("a", FREEZE + HOUR)
        return earliest(arrival[0], Look(line=MAIN, before=before, now=now))

    assert came_at(FREEZE - 2 * HOUR) == FREEZE - HOUR
    assert came_at(FREEZE + MINUTE) == FREEZE + MINUTE
    assert came_at(FREEZE + 9 * HOUR) == FREEZE + HOUR  # a clock that is ahead


def test_at_the_first_look_nothing_came_earlier() -> None:
    arrival = arrivals([commit("a", "feat: x")], "a", ALLOWED, lambda _: True)[0]
    assert earliest(arrival, Look(line=MAIN, before=None, now=Seen("a", FREEZE))) == FREEZE
