"""Approvals: who may decide, how decisions fill requirements, and what is still missing (spec 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people import Role, Roster


class Outcome(StrEnum):
    APPROVE = "approve"
    CONDITIONS = "conditions"
    REJECT = "reject"


@dataclass(frozen=True)
class Requirement:
    """`count` people of `role`; for stakeholders `named` are the user ids, and all of them count."""

    role: Role
    count: int = 1
    named: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One person's live decision, bound to the candidate (rc number and commit)."""

    user: str
    outcome: Outcome
    at: datetime
    candidate: int
    sha: str
    comment: str = ""


@dataclass(frozen=True)
class Slot:
    """One place of a requirement, filled by `user` or open."""

    role: Role
    user: str = ""


@dataclass(frozen=True)
class Tally:
    """The true state of an approval: its slots, who rejected, who could still fill an open slot."""

    slots: tuple[Slot, ...]
    rejected_by: str
    can_give: Mapping[Role, tuple[str, ...]]

    @property
    def met(self) -> bool:
        """All slots filled and nobody against. No slots at all is never met: unsure is no (spec 4)."""
        return bool(self.slots) and not self.rejected_by and all(slot.user for slot in self.slots)

    @property
    def open_slots(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if not slot.user)

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Everybody who could fill an open slot, each once, in a stable order."""
        users = (user for slot in self.open_slots for user in self.can_give.get(slot.role, ()))
        return tuple(dict.fromkeys(users))


def candidates_for(requirement: Requirement, roster: Roster) -> frozenset[str]:
    """Who may fill a place of this requirement before separation of duties."""
    return frozenset(requirement.named) if requirement.named else roster.holders(requirement.role)


def unmeetable(
    requirements: Sequence[Requirement], roster: Roster, barred: frozenset[str]
) -> tuple[tuple[Requirement, int], ...]:
    """Requirements that can never be met together, each with the number of eligible people left for it.

    A person counts for one requirement only, so two requirements may be unmeetable together although
    each could be met alone; then the one that the matching leaves open is returned.
    """
    eligible = frozenset().union(*(candidates_for(need, roster) for need in requirements)) - barred
    slots = _match(requirements, roster, sorted(eligible))
    short = []
    for need, places in _by_requirement(requirements, slots):
        if not need.count or any(not slot.user for slot in places):
            short.append((need, len(candidates_for(need, roster) - barred)))
    return tuple(short)


def tally(
    requirements: Sequence[Requirement],
    decisions: Iterable[Decision],
    roster: Roster,
    barred: frozenset[str],
) -> Tally:
    """The state of an approval from the live decisions on the current candidate.

    Decisions of people who lost the role, or are barred, count no more (spec 4). Earlier deciders keep
    their place when several could fill it.
    """
    ordered = sorted(decisions, key=lambda decision: (decision.at, decision.user))
    may = frozenset().union(*(candidates_for(need, roster) for need in requirements)) - barred
    counting = [decision for decision in ordered if decision.user in may]
    rejected = next((d.user for d in counting if d.outcome is Outcome.REJECT), "")
    approving = [d.user for d in counting if d.outcome is not Outcome.REJECT]
    slots = _match(requirements, roster, approving)
    given = {decision.user for decision in counting}
    can_give = {
        need.role: tuple(sorted(candidates_for(need, roster) - barred - given)) for need in requirements
    }
    return Tally(slots=slots, rejected_by=rejected, can_give=can_give)


def _by_requirement(
    requirements: Sequence[Requirement], slots: Sequence[Slot]
) -> Iterable[tuple[Requirement, Sequence[Slot]]]:
    start = 0
    for need in requirements:
        yield need, slots[start : start + need.count]
        start += need.count


def _match(requirements: Sequence[Requirement], roster: Roster, users: Sequence[str]) -> tuple[Slot, ...]:
    """Fill as many places as possible with one person each (augmenting paths; a handful of places)."""
    places = [(need, candidates_for(need, roster)) for need in requirements for _ in range(need.count)]
    seated: dict[int, str] = {}

    def seat(user: str, tried: set[int]) -> bool:
        """A free place first, so that nobody moves without need."""
        for index, (_, allowed) in enumerate(places):
            if index not in seated and user in allowed:
                seated[index] = user
                return True
        for index, (_, allowed) in enumerate(places):
            if index not in tried and user in allowed:
                tried.add(index)
                if seat(seated[index], tried):
                    seated[index] = user
                    return True
        return False

    for user in users:
        seat(user, set())
    return tuple(Slot(role=need.role, user=seated.get(i, "")) for i, (need, _) in enumerate(places))
