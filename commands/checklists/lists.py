"""The lists of a release or a war room: as they were kept, or as the policy has them until then."""

from __future__ import annotations

from collections.abc import Iterable

from commands.checklists.facts import facts_of, of_room
from commands.context import Case
from commands.rollback.case import RoomCase
from domain.checklists.auto import Facts
from domain.checklists.judge import STOPPED_AT, judge, missing
from domain.checklists.model import IN_ROOM, OF_ROLLBACK, Checklist, Coverage, Phase
from domain.checklists.standing import Judged
from domain.needs import Missing
from domain.project import Project
from domain.release import Release
from domain.rollback import Room
from storage import checklists
from storage.db import Tx

OF_RELEASE = tuple(phase for phase in Phase if phase not in IN_ROOM)


def begin(tx: Tx, project: Project, release: Release) -> None:
    """Keep every list of a release as it is now: what the policy says later does not reach back."""
    keep_missing(tx, release.id, of_release(tx, project, release, OF_RELEASE).values())


def keep_missing(tx: Tx, owner: str, wanted: Iterable[Checklist]) -> None:
    """Those that are kept already stay as they are."""
    several = tuple(wanted)
    kept = checklists.lists(tx, owner, [one.phase for one in several])
    checklists.keep(tx, owner, [one for one in several if one.phase not in kept])


def of_release(tx: Tx, project: Project, release: Release, phases: Iterable[Phase]) -> dict[Phase, Checklist]:
    """A release that began before lists were kept has those of the policy until somebody says something."""
    wanted = tuple(phases)
    kept = checklists.lists(tx, release.id, wanted)
    rules = project.policy.checklists
    return {phase: kept.get(phase) or rules.for_release(phase, release.type) for phase in wanted}


def in_room(
    tx: Tx, project: Project, room: Room, phases: Iterable[Phase] = IN_ROOM
) -> dict[Phase, Checklist]:
    """The lists that were opened in the room; those of a rollback belong to every declared one,
    and to none that was called off.
    """
    wanted = [phase for phase in Phase if phase in set(phases)]
    kept = checklists.lists(tx, room.id, wanted)
    found: dict[Phase, Checklist] = {}
    for phase in wanted:
        if phase in OF_ROLLBACK and room.declared_at is None:
            continue
        if phase in kept:
            found[phase] = kept[phase]
        elif phase in OF_ROLLBACK:
            found[phase] = project.policy.checklists.of(phase)
    return found


def coverage_of(lists: dict[Phase, Checklist]) -> Coverage:
    found = lists.get(Phase.PRE_RELEASE)
    return found.coverage if found else Coverage()


def judged(
    tx: Tx, owner: str, lists: dict[Phase, Checklist], facts: Facts
) -> dict[Phase, tuple[Judged, ...]]:
    """Every item of the lists with how it stands."""
    said = checklists.states(tx, owner, lists)
    return {phase: judge(one, said.get(phase, {}), facts) for phase, one in lists.items()}


# --- what stops a step -------------------------------------------------------------------------------------


def stopping(tx: Tx, found: Case) -> tuple[Missing, ...]:
    """What of the release's lists is open that its next step waits for."""
    phases = STOPPED_AT.get(found.release.stage, ())
    lists = of_release(tx, found.project, found.release, [phase for phase in phases if phase not in IN_ROOM])
    if not any(one.items for one in lists.values()):
        return ()
    facts = facts_of(tx, found, lists, coverage_of(lists))
    return _missing(lists, judged(tx, found.release.id, lists, facts), found.release)


def stopping_room(tx: Tx, found: RoomCase, phase: Phase) -> tuple[Missing, ...]:
    """The same of one list of a war room."""
    lists = in_room(tx, found.project, found.room, [phase])
    facts = of_room(tx, found)
    return _missing(lists, judged(tx, found.room.id, lists, facts), found.release)


def _missing(
    lists: dict[Phase, Checklist], standing: dict[Phase, tuple[Judged, ...]], release: Release | None
) -> tuple[Missing, ...]:
    return tuple(one for phase, found in lists.items() for one in missing(found, standing[phase], release))
