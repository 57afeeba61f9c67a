"""The lists of a release or of a war room, as forms and cards show them."""

from __future__ import annotations

from commands.checklists.facts import facts_of, of_room, shown_too
from commands.checklists.lists import OF_RELEASE, coverage_of, in_room, judged, of_release
from commands.context import Case
from commands.rollback.case import RoomCase
from commands.rollback.look import room_look
from commands.show.look import look, project_view
from domain.calendar.gate import GateAnswer
from domain.checklists.auto import Facts
from domain.checklists.judge import LOOKED_AT, may_work, off, opens_at
from domain.checklists.model import GUARDED, SAID_ELSEWHERE, Checklist, Phase, Section
from domain.checklists.standing import Judged, Standing
from domain.lifecycle import with_commander
from domain.names import Names
from domain.people import Role
from domain.readiness import Readiness
from domain.release import Release
from domain.rollback import RoomState
from domain.views import ChecklistsView, ChecklistView, ItemView, Progress
from storage.db import Tx

_UNSETTLED = frozenset({Standing.OPEN, Standing.FAILED})


def checklists(tx: Tx, release: str) -> ChecklistsView:
    """Every list of a release. Raises Refused(Gone)."""
    found = look(tx, release)
    lists = of_release(tx, found.project, found.release, OF_RELEASE)
    facts = shown_too(tx, found, facts_of(tx, found, lists, coverage_of(lists)))
    standing = judged(tx, found.release.id, lists, facts)
    return ChecklistsView(
        project=project_view(found.project),
        release=found.release,
        room=None,
        lists=_views(lists, standing, facts),
        now=LOOKED_AT.get(found.release.place, ()),
        at=found.at,
    )


def room_checklists(tx: Tx, room: str) -> ChecklistsView:
    """Every list that is open in a war room. Raises Refused(Gone)."""
    found = room_look(tx, room)
    lists = in_room(tx, found.project, found.room)
    facts = of_room(tx, found)
    standing = judged(tx, found.room.id, lists, facts)
    return ChecklistsView(
        project=project_view(found.project),
        release=found.release,
        room=found.room,
        lists=_views(lists, standing, facts),
        now=_now_in_room(found),
        at=found.at,
    )


def _now_in_room(found: RoomCase) -> tuple[Phase, ...]:
    """The one that the rollback is at; playbooks are looked at while the room is active."""
    match found.room.state:
        case RoomState.ROLLING_BACK:
            begun = found.room.restore_begun
            return (Phase.ROLLBACK_DURING,) if begun else (Phase.ROLLBACK_BEFORE, Phase.ROLLBACK_DURING)
        case RoomState.RESOLVED:
            return (Phase.ROLLBACK_AFTER,)
        case _:
            return ()


# --- progress, for cards -----------------------------------------------------------------------------------


def progress(
    tx: Tx, found: Case, *, gate: GateAnswer | None = None, ready: Readiness | None = None
) -> tuple[Progress, ...]:
    """Of the lists that matter at this stage; those that ask for nothing are left out."""
    phases = LOOKED_AT.get(found.release.place, ())
    if not phases:
        return ()
    lists = of_release(tx, found.project, found.release, phases)
    facts = facts_of(tx, found, lists, coverage_of(lists))
    if Phase.RELEASE_START in phases:
        facts = shown_too(tx, found, facts, gate=gate, ready=ready)
    return _progress(lists, judged(tx, found.release.id, lists, facts))


def room_progress(tx: Tx, found: RoomCase) -> tuple[Progress, ...]:
    """Of every list that is open in the room."""
    lists = in_room(tx, found.project, found.room)
    facts = of_room(tx, found)
    return _progress(lists, judged(tx, found.room.id, lists, facts))


def _progress(
    lists: dict[Phase, Checklist], standing: dict[Phase, tuple[Judged, ...]]
) -> tuple[Progress, ...]:
    counted = (_counts(one, standing[phase]) for phase, one in lists.items())
    return tuple(one for one in counted if one.total)


def _counts(checklist: Checklist, items: tuple[Judged, ...]) -> Progress:
    asked = [one.standing for one in items if one.standing is not Standing.NOT_ASKED]
    elsewhere = [one.standing for one in items if one.item.auto in SAID_ELSEWHERE]
    waived = asked.count(Standing.WAIVED)
    return Progress(
        phase=checklist.phase,
        done=asked.count(Standing.DONE) + waived,
        total=len(asked),
        failed=asked.count(Standing.FAILED) - elsewhere.count(Standing.FAILED),
        waived=waived,
        strictness=checklist.strictness,
    )


# --- lists and items ---------------------------------------------------------------------------------------


def _views(
    lists: dict[Phase, Checklist], standing: dict[Phase, tuple[Judged, ...]], facts: Facts
) -> tuple[ChecklistView, ...]:
    """A list that asks for nothing is not there."""
    views = (_view(one, standing[phase], facts) for phase, one in lists.items() if not off(one, facts))
    return tuple(view for view in views if view.items)


def _view(checklist: Checklist, items: tuple[Judged, ...], facts: Facts) -> ChecklistView:
    at = opens_at(checklist.phase, facts.release)
    works = may_work(checklist.phase, facts)
    in_time = checklist.phase is not Phase.POST_SOON or (at is not None and facts.at >= at)
    return ChecklistView(
        phase=checklist.phase,
        strictness=checklist.strictness,
        sections=tuple(
            (section, tuple(_item(checklist, one, facts, works=works, in_time=in_time) for one in found))
            for section, found in _in_sections(checklist, items)
        ),
        progress=_counts(checklist, items),
        guards=GUARDED.get(checklist.phase),
        open=works and in_time,
        opens_at=at,
    )


def _in_sections(checklist: Checklist, items: tuple[Judged, ...]) -> list[tuple[Section, tuple[Judged, ...]]]:
    """In the list's order; what stands in no section comes first."""
    titles = (Section("", Names()), *checklist.sections)
    found = [(title, tuple(one for one in items if one.item.section == title.key)) for title in titles]
    return [(title, several) for title, several in found if several]


def _item(checklist: Checklist, one: Judged, facts: Facts, *, works: bool, in_time: bool) -> ItemView:
    release, item = facts.release, one.item
    by_people = works and item.auto not in SAID_ELSEWHERE
    has_candidate = not item.of_candidate or release is None or bool(release.rc)
    return ItemView(
        judged=one,
        may_tick=_with(release, checklist.who_ticks(item)),
        may_waive=_with(release, checklist.waive),
        tickable=by_people and in_time and has_candidate and one.standing is Standing.OPEN,
        waivable=by_people and has_candidate and one.standing in _UNSETTLED,
        reopenable=works and one.state.settled,
    )


def _with(release: Release | None, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    return with_commander(release, roles) if release else roles
