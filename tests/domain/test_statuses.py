from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.entries import Calendar, Freeze, GateRule, Permit
from domain.calendar.gate import GateAction, Verdict, gate
from domain.calendar.rules import CalendarRules
from domain.commits import Label
from domain.forges import PullRequest
from domain.frozen import FrozenLine, questions
from domain.statuses import (
    EXEMPT,
    Because,
    FreezeOf,
    Ground,
    Hold,
    Marked,
    MarkState,
    Standing,
    by_commit,
    by_paths,
    freeze_of,
    holds,
    label_by_title,
    standings,
    to_set,
    undecided,
)
from domain.types import ReleaseType
from tests.support.world import policy

AT = datetime(2026, 3, 2, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
DEPLOY = AT + timedelta(days=3)
DEVELOP = FrozenLine(branch="develop", main=True)
OWN = FrozenLine(branch="feature/search", main=False, releases=("r2",))
RELEASE_1 = Freeze(release_id="r1", version="1.5.0", release_type=ReleaseType.REGULAR, starts=AT - HOUR)
RELEASE_2 = Freeze(release_id="r2", version="1.6.0", release_type=ReleaseType.FEATURE, starts=AT - HOUR)
PERMIT = Permit(
    id="e1",
    rule=GateRule.CODE_FREEZE,
    subject="r1",
    release_id="r1",
    granted_by="U0RM",
    since=AT - HOUR,
    until=AT + HOUR,
    name="1.5.0",
)


def ground(*freezes: Freeze, permits: tuple[Permit, ...] = (), at: datetime = AT, **rules: Any) -> Ground:
    calendar = Calendar(
        zone="Asia/Seoul", rules=CalendarRules(cadence=None), freezes=freezes, permits=permits
    )
    given = {"repository": {"url": "git@github.com:acme/shop.git", "forge": {"kind": "github"}}} | rules
    return Ground(
        lines=(DEVELOP, OWN), calendar=calendar, policy=policy(**given), deploys={"r1": DEPLOY}, at=at
    )


def pull(title: str = "feat: gift", number: int = 1, base: str = "develop", **facts: Any) -> PullRequest:
    return PullRequest(number=number, title=title, base=base, **({"sha": f"{number:040x}"} | facts))


def because(on: Ground, *pulls: PullRequest) -> list[Because]:
    return [standing.because for standing in standings(on, pulls)]


@pytest.mark.parametrize(
    ("title", "labels", "found"),
    [
        ("feat: gift", (), Because.FROZEN),
        ("Gift cards", (), Because.FROZEN),
        ("", (), Because.FROZEN),
        ("fix: crash", (), Because.FIX),
        ("수정: 오탈자", (), Because.FIX),
        ("docs: how", (), Because.FIX),
        ('Revert "feat: gift"', (), Because.FIX),
        ("refactor: gift", (), Because.FROZEN),
        ("feat: gift", ("HOTFIX",), Because.LABEL),
        ("feat: gift", ("enhancement",), Because.FROZEN),
        ("fix: crash", ("hotfix",), Because.FIX),
    ],
)
def test_a_freeze_holds_what_is_neither_a_fix_nor_exempt(
    title: str, labels: tuple[str, ...], found: Because
) -> None:
    assert because(ground(RELEASE_1), pull(title, labels=labels)) == [found]


def test_what_a_title_says_is_read_like_a_commit() -> None:
    assert label_by_title(pull("chore: x")) is Label.CHORE
    assert because(ground(RELEASE_1, calendar={"freeze_allows": ["chore"]}), pull("chore: x")) == [
        Because.FIX
    ]


def test_each_branch_is_held_by_its_own_freeze() -> None:
    both = [pull(), pull(number=2, base="feature/search")]
    assert because(ground(), *both) == [Because.NO_FREEZE, Because.NO_FREEZE]
    assert because(ground(RELEASE_1), *both) == [Because.FROZEN, Because.NO_FREEZE]
    assert because(ground(RELEASE_2), *both) == [Because.NO_FREEZE, Because.FROZEN]
    assert because(ground(RELEASE_1), pull(base="elsewhere")) == [Because.NO_FREEZE]


def test_a_freeze_is_told_with_the_deploy_that_ends_it() -> None:
    assert freeze_of(ground(RELEASE_1), DEVELOP) == FreezeOf(subject="r1", name="1.5.0", until=DEPLOY)
    assert freeze_of(ground(RELEASE_2), OWN) == FreezeOf(subject="r2", name="1.6.0")
    assert freeze_of(ground(RELEASE_2), DEVELOP) is None


def test_an_exception_frees_for_as_long_as_it_lasts() -> None:
    assert because(ground(RELEASE_1, permits=(PERMIT,)), pull()) == [Because.EXCEPTION]
    assert because(ground(RELEASE_1, permits=(PERMIT,), at=AT + HOUR), pull()) == [Because.FROZEN]


def test_only_what_is_held_can_be_let_through_by_what_it_changes() -> None:
    held, fix = standings(ground(RELEASE_1), [pull(), pull("fix: x", number=2)])
    rules = ground(RELEASE_1).policy
    assert (undecided(held, rules), undecided(fix, rules)) == (True, False)
    assert by_paths(held).because is Because.PATHS
    without = {"kind": "github", "exempt": {"paths": []}}
    given = {"repository": {"url": "git@github.com:acme/shop.git", "forge": without}}
    assert not undecided(held, ground(RELEASE_1, **given).policy)


def test_a_commit_that_several_share_is_held_while_one_of_them_is() -> None:
    freeze = FreezeOf(subject="r1", name="1.5.0")
    free = Standing(pull=pull("fix: x"), because=Because.FIX, freeze=freeze)
    held = Standing(pull=pull(number=2, sha=free.pull.sha), because=Because.FROZEN, freeze=freeze)
    assert by_commit([free, held]) == by_commit([held, free]) == {free.pull.sha: held}


def marked(number: int, why: Because = Because.FROZEN, **facts: Any) -> Marked:
    return Marked(**({"number": number, "sha": "a", "base": "develop", "because": why, "text": "t"} | facts))


def test_only_what_differs_is_set_and_what_holds_comes_first() -> None:
    kept = {1: marked(1), 2: marked(2), 3: marked(3), 4: marked(4, Because.LABEL)}
    wanted = [
        marked(1),
        marked(2, Because.FIX),
        marked(3, sha="b"),
        marked(4, Because.PATHS),
        marked(5, text="other"),
    ]
    assert to_set(wanted, kept) == (wanted[2], wanted[4], wanted[1])
    assert to_set([marked(1, text="later")], kept) == (marked(1, text="later"),)


def test_a_freeze_is_told_by_what_it_holds() -> None:
    found = standings(
        ground(RELEASE_1, RELEASE_2),
        [pull(), pull("fix: x", number=2), pull(number=3, base="feature/search"), pull(number=4, base="x")],
    )
    assert holds(found) == (
        Hold(
            freeze=FreezeOf(subject="r1", name="1.5.0", until=DEPLOY), branches=("develop",), held=1, free=1
        ),
        Hold(freeze=FreezeOf(subject="r2", name="1.6.0"), branches=("feature/search",), held=1, free=0),
    )
    assert holds(standings(ground(RELEASE_1, permits=(PERMIT,)), [pull()])) == ()


@given(
    freezes=st.sets(st.sampled_from([RELEASE_1, RELEASE_2])),
    permitted=st.booleans(),
    base=st.sampled_from(["develop", "feature/search"]),
    title=st.sampled_from(["feat: a", "fix: a", "a", "docs: a", "", "revert: a", "feat!: a"]),
    labels=st.sets(st.sampled_from(["hotfix", "bug", "Freeze-OK"])),
    hours=st.integers(-3, 3),
)
def test_a_mark_never_says_other_than_the_gate(
    *, freezes: set[Freeze], permitted: bool, base: str, title: str, labels: set[str], hours: int
) -> None:
    """Held is what the gate closes and nothing exempts; free is what it opens, or what the policy exempts."""
    on = ground(*freezes, permits=(PERMIT,) if permitted else (), at=AT + hours * HOUR)
    [standing] = standings(on, [pull(title, base=base, labels=tuple(labels))])
    line = next(line for line in on.lines if line.branch == base)
    closed = any(
        gate(on.calendar, question=question, at=on.at).verdict is Verdict.CLOSED
        for question in questions(line, on.policy, GateAction.MERGE_FEATURE)
    )
    may = standing.because is Because.FIX or standing.because in EXEMPT
    assert (standing.because.state is MarkState.HELD) is (closed and not may)
    if standing.because in EXEMPT:
        assert labels & {"hotfix", "Freeze-OK"}
