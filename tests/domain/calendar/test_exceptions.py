"""Exceptions by themselves, and what the gate makes of them: never more than what they name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.blackouts import Blackout
from domain.calendar.entries import Calendar, Freeze, GateRule, Permit
from domain.calendar.exception_rules import ExceptionRules
from domain.calendar.exceptions import (
    Budget,
    ExceptionState,
    FreezeException,
    Restriction,
    beyond_budget,
    boxed,
    budget,
    fingerprint,
    granted,
    grantors,
    merged,
    month_bounds,
    month_of,
    permit,
    permit_on_the_way,
    restriction,
    standing,
    used,
)
from domain.calendar.gate import GateAction, GateReason, Question, gate
from domain.calendar.rules import CalendarRules
from domain.calendar.type_rules import TYPE_GATES
from domain.people import Role
from domain.types import ReleaseType

SEOUL = ZoneInfo("Asia/Seoul")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AT = datetime(2026, 3, 5, 5, tzinfo=UTC)  # Thursday 14:00 in Seoul
X = ExceptionState

ASKED = FreezeException(
    id="e1",
    project="shop",
    release="r1",
    restriction=Restriction(rule=GateRule.BLACKOUT, subject="b1", name="Sale"),
    state=X.ASKED,
    asked_by="U0RM",
    asked_at=AT,
    what="v1.5.0",
    why="a law",
    risk="low",
    way_back="v1.4.0",
)
MERGE = replace(ASKED, restriction=Restriction(rule=GateRule.CODE_FREEZE, subject="r1", name="1.5.0"))


def grant(of: FreezeException, at: datetime = AT, **how: object) -> FreezeException:
    plain = {"length": 2 * HOUR, "longest": DAY, "single_use": True, "note": ""}
    return granted(of, "U0PM", at, **(plain | how))  # type: ignore[arg-type]  # names of its own


# --- by itself --------------------------------------------------------------------------------------------


def test_granted_it_is_good_from_now_for_what_the_policy_allows() -> None:
    found = grant(ASKED, AT + HOUR, length=3 * DAY, note="only the fix")
    assert found == replace(
        ASKED,
        state=X.GRANTED,
        decided_by="U0PM",
        decided_at=AT + HOUR,
        since=AT + HOUR,
        until=AT + HOUR + DAY,
        note="only the fix",
    )


@pytest.mark.parametrize(("decided", "since"), [(AT, AT + 4 * HOUR), (AT + 5 * HOUR, AT + 5 * HOUR)])
def test_granted_for_later_it_is_good_from_then_but_never_from_before_its_decision(
    decided: datetime, since: datetime
) -> None:
    found = grant(replace(ASKED, wanted_from=AT + 4 * HOUR), decided)
    assert (found.since, found.until) == (since, since + 2 * HOUR)


def test_merges_are_for_a_time_and_deploys_for_what_was_decided() -> None:
    assert grant(MERGE, single_use=True).single_use is False
    assert grant(ASKED, single_use=False).single_use is False
    assert grant(ASKED, single_use=True).single_use is True
    assert (MERGE.merges, ASKED.merges) == (True, False)


@pytest.mark.parametrize(
    ("length", "longest", "good"),
    [
        (HOUR, DAY, HOUR),
        (timedelta(0), DAY, timedelta(minutes=15)),
        (2 * DAY, DAY, DAY),
        (HOUR, timedelta(minutes=5), timedelta(minutes=5)),
    ],
)
def test_a_length_stays_within_what_the_policy_allows(
    length: timedelta, longest: timedelta, good: timedelta
) -> None:
    assert boxed(length, longest) == good


@pytest.mark.parametrize(
    ("asked", "lapses"),
    [
        (ASKED, AT + 7 * DAY),
        (replace(ASKED, closed_until=AT + DAY), AT + DAY),
        (replace(ASKED, closed_until=AT + 30 * DAY), AT + 7 * DAY),
        (replace(ASKED, wanted_from=AT + 3 * HOUR, closed_until=AT + DAY), AT + 5 * HOUR),
    ],
)
def test_a_request_lapses_when_an_answer_would_come_too_late(
    asked: FreezeException, lapses: datetime
) -> None:
    assert asked.ends_at == lapses
    assert standing(asked, lapses - timedelta(seconds=1)) is X.ASKED
    assert standing(asked, lapses) is X.EXPIRED


def test_its_time_ends_it_as_used_or_unused() -> None:
    found = grant(ASKED, single_use=False)
    assert found.until is not None
    assert standing(found, found.until - timedelta(seconds=1)) is X.GRANTED
    assert standing(found, found.until) is X.EXPIRED
    again = used(used(found, AT + HOUR), AT + timedelta(minutes=90))
    assert (again.state, again.used_at) == (X.GRANTED, AT + HOUR)
    assert standing(again, found.until) is X.USED


def test_one_for_a_single_deploy_is_used_up_by_it_but_for_its_rollout() -> None:
    found = used(grant(ASKED), AT + HOUR)
    assert (found.state, found.ended_at) == (X.USED, AT + HOUR)
    before, on_the_way = permit(found), permit_on_the_way(found)
    assert before is not None
    assert on_the_way is not None
    assert (before.until, on_the_way.until) == (AT + HOUR, AT + 2 * HOUR)


def test_a_merge_that_is_seen_late_counts_as_covered() -> None:
    found = replace(grant(MERGE), state=X.EXPIRED)
    assert merged(found, AT + 3 * HOUR) == replace(found, state=X.USED, used_at=AT + 3 * HOUR)
    assert merged(grant(MERGE), AT + HOUR).state is X.GRANTED


def test_one_that_was_revoked_before_its_time_was_never_good() -> None:
    ahead = grant(replace(ASKED, wanted_from=AT + 3 * HOUR))
    assert permit(replace(ahead, state=X.REVOKED, ended_at=AT + HOUR)) is None


@pytest.mark.parametrize("state", [X.DENIED, X.USED, X.EXPIRED, X.REVOKED])
def test_what_has_ended_stays_as_it_ended(state: ExceptionState) -> None:
    over = replace(grant(ASKED), state=state)
    assert over.ends_at is None
    assert standing(over, AT + 999 * DAY) is state


def test_what_was_never_granted_is_no_permit() -> None:
    assert permit(ASKED) is None
    assert permit(replace(ASKED, state=X.DENIED)) is None


def test_what_can_be_judged_is_what_was_granted_and_is_over() -> None:
    found = grant(ASKED)
    over = {state: replace(found, state=state).is_over for state in X}
    assert over == {
        X.ASKED: False,
        X.GRANTED: False,
        X.DENIED: False,
        X.USED: True,
        X.EXPIRED: True,
        X.REVOKED: False,
    }
    assert replace(found, state=X.REVOKED, used_at=AT).is_over
    assert not replace(ASKED, state=X.EXPIRED).is_over


def test_the_policy_says_who_decides_on_which_rule() -> None:
    rules = ExceptionRules(blackout=(Role.PM, Role.SUPPORT), others=(Role.TECH_LEAD,))
    decided = {rule: grantors(rules, rule) for rule in GateRule}
    assert decided == {
        rule: (Role.PM, Role.SUPPORT) if rule is GateRule.BLACKOUT else (Role.TECH_LEAD,) for rule in GateRule
    }


def test_a_fingerprint_is_of_the_restrictions_and_not_of_their_names_or_order() -> None:
    window = Restriction(rule=GateRule.WINDOW)
    sale = ASKED.restriction
    assert fingerprint([window, sale]) == fingerprint([replace(sale, name="Big sale"), window, window])
    assert fingerprint([sale]) != fingerprint([sale, window]) != fingerprint([])


# --- the ledger -------------------------------------------------------------------------------------------


def test_months_begin_and_end_at_local_midnight() -> None:
    assert month_of(datetime(2026, 2, 28, 15, tzinfo=UTC), SEOUL) == date(2026, 3, 1)
    assert month_bounds(date(2026, 12, 9), SEOUL) == (
        datetime(2026, 11, 30, 15, tzinfo=UTC),
        datetime(2026, 12, 31, 15, tzinfo=UTC),
    )


def test_the_budget_counts_what_was_granted_whatever_became_of_it() -> None:
    first, second, third = (
        replace(grant(ASKED, AT + n * HOUR), id=f"e{n}", asked_at=AT - n * HOUR) for n in range(3)
    )
    denied = replace(ASKED, id="no", state=X.DENIED)
    revoked = replace(second, state=X.REVOKED)
    asked = (third, denied, revoked, first)
    assert budget(asked, date(2026, 3, 1), 2) == Budget(month=date(2026, 3, 1), granted=3, limit=2)
    assert [Budget(month=date(2026, 3, 1), granted=n, limit=2).used_up for n in range(4)] == [
        False,
        False,
        True,
        True,
    ]
    assert beyond_budget(asked, 2) == {"e2"}
    assert beyond_budget(asked, 0) == {"e0", "e1", "e2"}
    assert beyond_budget(asked, 3) == frozenset()


# --- in the gate ------------------------------------------------------------------------------------------

RELEASES = ("r1", "r2")
SUBJECTS = ("", "b1", "b2", "r1", "r2", "2026-03-05")
moments = st.integers(-400, 400).map(lambda hours: AT + hours * HOUR)
lengths = st.integers(1, 200).map(lambda hours: hours * HOUR)
blackouts = st.builds(
    lambda id_, start, length: Blackout(id=id_, name=id_, start=start, end=start + length),
    st.sampled_from(["b1", "b2"]),
    moments,
    lengths,
)
freezes = st.builds(
    lambda id_, kind, start, length: Freeze(
        release_id=id_, version=id_, release_type=kind, starts=start, ends=length and start + length
    ),
    st.sampled_from(RELEASES),
    st.sampled_from([ReleaseType.REGULAR, ReleaseType.FEATURE]),
    moments,
    st.none() | lengths,
)
permits = st.builds(
    lambda rule, subject, release, since, length: Permit(
        id="p",
        rule=rule,
        subject=subject,
        release_id=release,
        granted_by="U0PM",
        since=since,
        until=since + length,
    ),
    st.sampled_from(GateRule),
    st.sampled_from(SUBJECTS),
    st.sampled_from(("", *RELEASES)),
    moments,
    lengths,
)
questions = st.builds(
    lambda action, kind, release: Question(
        action=action, release_type=kind, rules=TYPE_GATES[kind], release_id=release
    ),
    st.sampled_from(GateAction),
    st.sampled_from(ReleaseType),
    st.none() | st.sampled_from(RELEASES),
)


@given(
    st.lists(blackouts, max_size=4),
    st.lists(freezes, max_size=3),
    st.lists(permits, max_size=6),
    questions,
    moments,
)
def test_a_permit_never_opens_anything_but_its_rule_subject_release_and_time(
    entries: list[Blackout], frozen: list[Freeze], given_: list[Permit], question: Question, at: datetime
) -> None:
    bare = Calendar(zone="Asia/Seoul", rules=CalendarRules(), blackouts=tuple(entries), freezes=tuple(frozen))
    without = gate(bare, question=question, at=at)
    with_permits = gate(replace(bare, permits=tuple(given_)), question=question, at=at)

    def opened(reason: GateReason) -> bool:
        """By the plain words of spec 3.2."""
        merge = question.action is not GateAction.DEPLOY
        return bool(reason.grantors) and any(
            (one.rule, one.subject) == (reason.rule, reason.subject)
            and (merge or one.release_id == question.release_id)
            and one.since <= at < one.until
            for one in given_
        )

    assert with_permits.reasons == tuple(reason for reason in without.reasons if not opened(reason))
    assert set(with_permits.permits) <= set(given_)


@given(st.lists(blackouts, max_size=3), permits, questions, moments)
def test_adding_a_permit_never_closes_anything(
    entries: list[Blackout], added: Permit, question: Question, at: datetime
) -> None:
    bare = Calendar(zone="Asia/Seoul", rules=CalendarRules(), blackouts=tuple(entries))
    before = gate(bare, question=question, at=at).verdict
    after = gate(replace(bare, permits=(added,)), question=question, at=at).verdict
    assert after.weight <= before.weight


def test_a_reason_names_the_restriction_that_its_permit_opens() -> None:
    entry = Blackout(id="b1", name="Sale", start=AT - HOUR, end=AT + DAY)
    calendar = Calendar(zone="Asia/Seoul", rules=CalendarRules(), blackouts=(entry,))
    kind = ReleaseType.REGULAR
    question = Question(action=GateAction.DEPLOY, release_type=kind, rules=TYPE_GATES[kind], release_id="r1")
    (reason,) = gate(calendar, question=question, at=AT).closing
    assert restriction(reason) == Restriction(rule=GateRule.BLACKOUT, subject="b1", name="Sale")
    found = permit(grant(replace(ASKED, restriction=restriction(reason))))
    assert found == Permit(
        id="e1",
        rule=GateRule.BLACKOUT,
        subject="b1",
        release_id="r1",
        granted_by="U0PM",
        since=AT,
        until=AT + 2 * HOUR,
        name="Sale",
    )
    opened = gate(replace(calendar, permits=(found,)), question=question, at=AT)
    assert (opened.closing, opened.permits) == ((), (found,))
