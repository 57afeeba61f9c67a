"""What a chosen deploy time runs into: closed hours, blackouts, another release in the same window."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from domain.calendar.entries import Calendar
from domain.calendar.free import nearest
from domain.calendar.gate import reasons_at
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import GateAction, GateReason, Question, Verdict
from domain.calendar.rules import FreezeRule
from domain.calendar.type_rules import TypeGate
from domain.calendar.zones import local_day
from domain.types import ReleaseType

OFFERED = 3
"""How many other times are offered."""
_LOOKED_AT = 4 * OFFERED


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
    unlocked = replace(calendar, lock=None) if calendar.lock else calendar
    asked = replace(question, action=GateAction.DEPLOY)
    rivals = (other for other in others if other.id != question.release_id)
    return Conflicts(
        reasons=reasons_at(unlocked, question=asked, at=deploy_at),
        releases=tuple(other for other in rivals if _same_window(calendar, deploy_at, other.deploy_at)),
    )


def clear_times(
    calendar: Calendar,
    *,
    question: Question,
    others: tuple[PlannedRelease, ...],
    around: datetime,
    at: datetime,
    freeze: FreezeRule | None = None,
) -> tuple[datetime, ...]:
    """The nearest times against which nothing stands, in order: where the gate warns too, nothing is gained.

    `freeze` is the rule of one that still can move with the deploy.
    """
    clear = clear_by_distance(
        calendar, question=question, others=others, around=around, at=at, freeze=freeze, among=_LOOKED_AT
    )
    return tuple(sorted(islice(clear, OFFERED)))


def clear_by_distance(
    calendar: Calendar,
    *,
    question: Question,
    others: tuple[PlannedRelease, ...],
    around: datetime,
    at: datetime,
    freeze: FreezeRule | None,
    among: int,
) -> Iterator[datetime]:
    """Of the `among` free times that are nearest, those against which nothing stands; the nearest first."""
    near = nearest(
        calendar, question=question, others=others, around=around, at=at, limit=among, freeze=freeze
    )
    for time in sorted((one.deploy_at for one in near), key=lambda one: abs(one - around)):
        if not conflicts(calendar, question=question, deploy_at=time, others=others):
            yield time


def all_conflicts(
    calendar: Calendar, *, gates: Mapping[ReleaseType, TypeGate], releases: Iterable[PlannedRelease]
) -> dict[str, Conflicts]:
    """What stands against each planned deploy, by release id; those that nothing stands against are left out.

    Two years of releases at once: rivals are found by the window that they share. A warning alone is no
    conflict.
    """
    unlocked = replace(calendar, lock=None) if calendar.lock else calendar
    sharing: dict[object, list[PlannedRelease]] = {}
    planned = [(release, release.deploy_at) for release in releases if release.deploy_at is not None]
    for release, at in planned:
        sharing.setdefault(_window_key(calendar, at), []).append(release)
    found: dict[str, Conflicts] = {}
    for release, at in planned:
        against = reasons_at(unlocked, question=_deploy_question(release, gates), at=at)
        reasons = tuple(reason for reason in against if reason.verdict is Verdict.CLOSED)
        rivals = tuple(other for other in sharing[_window_key(calendar, at)] if other.id != release.id)
        if reasons or rivals:
            found[release.id] = Conflicts(reasons=reasons, releases=rivals)
    return found


def _deploy_question(release: PlannedRelease, gates: Mapping[ReleaseType, TypeGate]) -> Question:
    return Question(
        action=GateAction.DEPLOY,
        release_type=release.type,
        rules=gates[release.type],
        release_id=release.id,
    )


def _window_key(calendar: Calendar, at: datetime) -> object:
    """The same for times that want the same window; outside of windows, the same local day."""
    here = calendar.windows.state(at)
    if here.within and here.until is not None:
        return here.until
    return here.within, local_day(at, calendar.tz)


def _same_window(calendar: Calendar, mine: datetime, theirs: datetime | None) -> bool:
    return theirs is not None and _window_key(calendar, mine) == _window_key(calendar, theirs)
