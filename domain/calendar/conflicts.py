"""What a chosen deploy time runs into: closed hours, blackouts, another release in the same window."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.calendar.entries import Calendar
from domain.calendar.gate import gate
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import GateAction, GateReason, Question
from domain.calendar.zones import local_day


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The gate's reasons at that time, and the releases that want the same window. Empty is false."""

    reasons: tuple[GateReason, ...] = ()
    releases: tuple[PlannedRelease, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reasons or self.releases)


def conflicts(
    calendar: Calendar, *, question: Question, deploy_at: datetime, others: Iterable[PlannedRelease]
) -> Conflicts:
    """What stands against deploying the question's release at `deploy_at`.

    Today's lock says nothing about another day and is left out. Outside every window, releases of the same
    local day are in each other's way.
    """
    unlocked = replace(calendar, lock=None)
    answer = gate(unlocked, question=replace(question, action=GateAction.DEPLOY), at=deploy_at)
    rivals = (other for other in others if other.id != question.release_id)
    return Conflicts(
        reasons=answer.reasons,
        releases=tuple(other for other in rivals if _same_window(calendar, deploy_at, other.deploy_at)),
    )


def _same_window(calendar: Calendar, mine: datetime, theirs: datetime | None) -> bool:
    if theirs is None:
        return False
    here, there = (calendar.windows.state(at) for at in (mine, theirs))
    if here.within is not there.within:
        return False
    if here.within and here.until is not None:
        return here.until == there.until
    return local_day(mine, calendar.tz) == local_day(theirs, calendar.tz)
