from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approvals import Decision, Outcome, Requirement, Slot, Tally, tally, unmeetable
from domain.people import Role, Roster

AT = datetime(2026, 3, 5, 5, tzinfo=UTC)
SHA = "a" * 40
NOBODY: frozenset[str] = frozenset()
RM, PM, TL, IC = Role.RELEASE_MANAGER, Role.PM, Role.TECH_LEAD, Role.INCIDENT_COMMANDER
USERS = ("A", "B", "C", "D", "E")
ROLES = (RM, PM, TL)


def said(user: str, outcome: Outcome = Outcome.APPROVE, minute: int = 0) -> Decision:
    return Decision(user=user, outcome=outcome, at=AT + timedelta(minutes=minute), candidate=1, sha=SHA)


def held(**users: str) -> Roster:
    """`held(pm="AB")`: A and B are PMs."""
    return Roster({Role(role): frozenset(names) for role, names in users.items()})


def test_one_approval_of_the_role_meets_one_requirement() -> None:
    found = tally([Requirement(RM)], [said("A")], held(release_manager="AB"), NOBODY)
    assert found == Tally(slots=(Slot(RM, "A"),), rejected_by="", can_give={RM: ("B",)})
    assert found.met


def test_an_open_place_names_everybody_who_could_fill_it() -> None:
    needs = [Requirement(TL), Requirement(PM)]
    found = tally(needs, [said("A")], held(tech_lead="A", pm="BC"), NOBODY)
    assert not found.met
    assert found.open_slots == (Slot(PM),)
    assert found.waiting_for == ("B", "C")


def test_an_approval_with_conditions_counts() -> None:
    roster = held(release_manager="A")
    assert tally([Requirement(RM)], [said("A", Outcome.CONDITIONS)], roster, NOBODY).met


def test_one_person_counts_for_one_requirement_only() -> None:
    needs = [Requirement(TL), Requirement(PM)]
    found = tally(needs, [said("A")], held(tech_lead="A", pm="A"), NOBODY)
    assert [slot.user for slot in found.slots] == ["A", ""]
    assert not found.met


def test_a_person_counts_where_most_needed() -> None:
    needs = [Requirement(TL), Requirement(PM)]
    decisions = [said("A", minute=1), said("B", minute=2)]
    found = tally(needs, decisions, held(tech_lead="AB", pm="A"), NOBODY)
    assert found.slots == (Slot(TL, "B"), Slot(PM, "A"))


def test_one_reject_blocks_whatever_else_was_said() -> None:
    decisions = [said("A", minute=1), said("B", Outcome.REJECT, minute=2)]
    found = tally([Requirement(RM)], decisions, held(release_manager="AB"), NOBODY)
    assert (found.rejected_by, found.met) == ("B", False)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_decision_without_the_role_counts_nothing(outcome: Outcome) -> None:
    found = tally([Requirement(RM)], [said("Z", outcome)], held(release_manager="A"), NOBODY)
    assert found == Tally(slots=(Slot(RM),), rejected_by="", can_give={RM: ("A",)})


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_barred_person_counts_nothing_and_is_not_waited_for(outcome: Outcome) -> None:
    roster = held(release_manager="AB")
    found = tally([Requirement(RM)], [said("A", outcome)], roster, frozenset("A"))
    assert found == Tally(slots=(Slot(RM),), rejected_by="", can_give={RM: ("B",)})


def test_no_requirement_is_never_met() -> None:
    assert not tally([], [said("A")], held(release_manager="A"), NOBODY).met


def test_every_named_stakeholder_must_approve() -> None:
    needs = [Requirement(PM), Requirement(Role.STAKEHOLDER, 2, ("S", "T"))]
    roster = held(pm="A")
    some = tally(needs, [said("A"), said("S")], roster, NOBODY)
    assert (some.met, some.waiting_for) == (False, ("T",))
    assert tally(needs, [said("A"), said("S"), said("T")], roster, NOBODY).met


def test_whoever_decided_is_not_waited_for() -> None:
    found = tally([Requirement(RM, 2)], [said("A")], held(release_manager="AB"), NOBODY)
    assert found.waiting_for == ("B",)


# --- brute force ------------------------------------------------------------------------------------------

rosters = st.dictionaries(st.sampled_from(ROLES), st.frozensets(st.sampled_from(USERS))).map(Roster)
requirements = st.lists(
    st.builds(Requirement, st.sampled_from(ROLES), st.integers(1, 3)),
    min_size=1,
    max_size=3,
    unique_by=lambda need: need.role,
)
barred_people = st.frozensets(st.sampled_from(USERS), max_size=2)


def most_places(needs: list[Requirement], roster: Roster, users: list[str]) -> int:
    """How many places these people can fill at best, by trying every seating."""
    places = [roster.holders(need.role) for need in needs for _ in range(need.count)]
    for size in range(min(len(places), len(users)), 0, -1):
        for chosen in combinations(range(len(places)), size):
            for seated in permutations(users, size):
                if all(user in places[i] for i, user in zip(chosen, seated, strict=True)):
                    return size
    return 0


@given(requirements, rosters, barred_people, st.lists(st.sampled_from(USERS), unique=True, max_size=5))
def test_as_many_places_are_filled_as_can_be(
    needs: list[Requirement], roster: Roster, barred: frozenset[str], approving: list[str]
) -> None:
    decisions = [said(user, minute=n) for n, user in enumerate(approving)]
    found = tally(needs, decisions, roster, barred)
    seated = [slot.user for slot in found.slots if slot.user]
    assert len(seated) == most_places(needs, roster, [u for u in approving if u not in barred])
    assert len(seated) == len(set(seated))
    assert all(slot.user in roster.holders(slot.role) - barred for slot in found.slots if slot.user)
    assert len(found.slots) == sum(need.count for need in needs)


@given(requirements, rosters, barred_people)
def test_unmeetable_is_what_no_seating_of_everybody_fills(
    needs: list[Requirement], roster: Roster, barred: frozenset[str]
) -> None:
    eligible = [user for user in USERS if user not in barred]
    short = unmeetable(needs, roster, barred)
    fits = most_places(needs, roster, eligible) == sum(need.count for need in needs)
    assert (short == ()) is fits
    assert all(left == len(roster.holders(need.role) - barred) for need, left in short)


@given(requirements, rosters, barred_people, st.permutations(USERS))
def test_an_approval_by_everybody_is_met_exactly_when_it_can_be(
    needs: list[Requirement], roster: Roster, barred: frozenset[str], order: list[str]
) -> None:
    decisions = [said(user, minute=n) for n, user in enumerate(order)]
    assert tally(needs, decisions, roster, barred).met is (unmeetable(needs, roster, barred) == ())


def test_two_requirements_can_be_unmeetable_together_only() -> None:
    needs = [Requirement(TL), Requirement(PM)]
    roster = held(tech_lead="A", pm="A")
    assert unmeetable(needs, roster, NOBODY) == ((Requirement(PM), 1),)
    assert unmeetable([needs[0]], roster, NOBODY) == ()
    assert unmeetable([needs[0]], roster, frozenset("A")) == ((Requirement(TL), 0),)


def test_a_requirement_of_nobody_is_unmeetable() -> None:
    none = Requirement(Role.STAKEHOLDER, 0)
    assert unmeetable([none], held(), NOBODY) == ((none, 0),)
