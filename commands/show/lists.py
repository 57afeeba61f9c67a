"""Answers to `/release status`, `list`, `board`, `mine`, the calendar's lists, roles, and App Home."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from commands import context, window
from commands.context import Case
from commands.show.release import project_view, to_confirm
from commands.start import free_slots
from domain.approvals import Tally
from domain.calendar.gate import GateAction, Question, gate
from domain.errands import Surface, SurfaceKind
from domain.lifecycle import TRANSITIONS, possible, who_may, with_commander
from domain.people import Role
from domain.project import Project
from domain.release import WHO_CONFIRMS, Release
from domain.rollback import Room, RoomState
from domain.types import COLUMN_OF, ENDED, Action, Column, ReleaseType, Stage
from domain.views import (
    BlackoutsView,
    BoardView,
    FreezeView,
    GateView,
    HomeView,
    ListView,
    MineView,
    ProjectHome,
    RolesView,
    Row,
    Task,
    WindowsView,
)
from storage import calendar as entries
from storage import people, projects, releases, repositories, rooms, surfaces
from storage.db import Tx

DONE_SHOWN = 5
_MOVES = frozenset(
    {Action.PAUSE, Action.HOLD, Action.CANCEL, Action.STOP, Action.BUG_FOUND, Action.QA_FAILED}
)
_FAILS = frozenset({Action.BUILD_FAILED, Action.STAGING_FAILED, Action.DECLARE_ROLLBACK, Action.FIX_FORWARD})


def row(tx: Tx, found: Case, tally: Tally | None) -> Row:
    """One release in a list, with whom it waits for and since when."""
    release = found.release
    scope = releases.scope(tx, release.id, release.rc)
    roles = waits_for_roles(release)
    users = tally.waiting_for if tally and release.stage is Stage.APPROVAL else ()
    return Row(
        project=release.project,
        release=release.id,
        version=str(release.version),
        type=release.type,
        stage=release.stage,
        column=COLUMN_OF[release.place],
        changes=scope.counts.total if scope else 0,
        deploy_at=release.deploy_at,
        held=release.stage is Stage.ON_HOLD,
        waits_for=users,
        waits_for_roles=roles,
        since=release.stage_since,
    )


def waits_for_roles(release: Release) -> tuple[Role, ...]:
    """Who takes the next step forward."""
    onward = [action for action in possible(release) if action not in _MOVES | _FAILS]
    for entry in TRANSITIONS:
        if onward and entry.action is onward[0] and release.stage in entry.sources:
            return who_may(release, entry)
    return ()


def _cases(tx: Tx, project: Project, found: list[Release]) -> list[Case]:
    roster = people.roster(tx, project.key)
    return [Case(project, release, roster, tx.now()) for release in found]


def _rows(tx: Tx, project: Project, found: list[Release]) -> tuple[Row, ...]:
    return tuple(row(tx, case, _tally(tx, case)) for case in _cases(tx, project, found))


def _tally(tx: Tx, case: Case) -> Tally | None:
    return context.tally_of(tx, case) if case.release.stage is Stage.APPROVAL else None


def listed(tx: Tx, project_key: str) -> ListView:
    """The releases on their way, oldest first."""
    project = context.project_of(tx, project_key)
    return ListView(
        project=project_view(project),
        rows=_rows(tx, project, releases.live(tx, project.key)),
        ended=releases.count_ended(tx, project.key),
    )


def board(tx: Tx, project_key: str) -> BoardView:
    """The release board of spec 2.5, with the last few that are done."""
    project = context.project_of(tx, project_key)
    found = releases.live(tx, project.key) + releases.ended(tx, project.key, DONE_SHOWN)
    rows = _rows(tx, project, found)
    return BoardView(
        project=project_view(project),
        columns={column: tuple(r for r in rows if r.column is column) for column in Column},
    )


def can_i_deploy(tx: Tx, project_key: str, kind: ReleaseType, at: datetime | None) -> GateView:
    """The gate's answer for a type, or for the release of that type that is about to go."""
    project = context.project_of(tx, project_key)
    live = [r for r in releases.live(tx, project.key) if r.type is kind and r.stage not in ENDED]
    release = next((r for r in live if r.stage is Stage.APPROVED), live[0] if len(live) == 1 else None)
    asked = Question(
        action=GateAction.DEPLOY,
        release_type=kind,
        rules=project.policy.of(kind).gate,
        release_id=release.id if release else None,
    )
    moment = at or tx.now()
    answer = gate(context.calendar_of(tx, project, moment), question=asked, at=moment)
    blackout = next((r.subject for r in answer.closing if r.exceptionable), "") if release else ""
    return GateView(
        project=project_view(project), type=kind, answer=answer, release=release, exception_for=blackout
    )


def freezes(tx: Tx, project_key: str) -> FreezeView:
    project = context.project_of(tx, project_key)
    at = tx.now()
    calendar = context.calendar_of(tx, project, at)
    return FreezeView(
        project=project_view(project),
        freezes=tuple(f for f in calendar.freezes if f.ends is None or f.ends > at),
        slots=free_slots(tx, project, ReleaseType.REGULAR, at, limit=4),
        at=at,
    )


def blackouts(tx: Tx, project_key: str) -> BlackoutsView:
    project = context.project_of(tx, project_key)
    at = tx.now()
    return BlackoutsView(
        project=project_view(project), blackouts=entries.blackouts(tx, project.key, at), at=at
    )


def windows(tx: Tx, project_key: str) -> WindowsView:
    project = context.project_of(tx, project_key)
    return WindowsView(
        project=project_view(project),
        windows=window.current(tx, project),
        from_policy=entries.windows(tx, project.key) is None,
    )


def roles(tx: Tx, project_key: str) -> RolesView:
    project = context.project_of(tx, project_key)
    roster = people.roster(tx, project.key)
    return RolesView(
        project=project_view(project),
        holdings=tuple(people.holdings(tx, project.key)),
        members={role: tuple(sorted(roster.holders(role))) for role in Role},
        locked=tuple(role for role, held in project.policy.roles.items() if held.locked),
        owners=project.policy.owners,
    )


# --- what waits for me ------------------------------------------------------------------------------------


def mine(tx: Tx, user: str) -> MineView:
    """Everything that waits for one person, longest waiting first."""
    found: list[Task] = []
    held = people.projects_of(tx, user)
    for key, theirs in _concerning(tx, user, held).items():
        project = context.project_of(tx, key)
        for case in _cases(tx, project, theirs):
            found += _tasks(tx, case, user)
    for key in sorted(held):
        found += _exceptions(tx, context.project_of(tx, key), user)
    for room in rooms.live(tx):
        found += _of_rooms(tx, room, user)
    return MineView(tasks=tuple(sorted(found, key=lambda task: (task.since, task.version, task.kind))))


def _concerning(tx: Tx, user: str, held: frozenset[str]) -> dict[str, list[Release]]:
    """By project, the releases that may wait for somebody: by a role held there, or named on the release."""
    found: dict[str, list[Release]] = defaultdict(list)
    for release in releases.live(tx):
        named = user in release.stakeholders or any(c.open and c.owner == user for c in release.conditions)
        if named or release.project in held:
            found[release.project].append(release)
    return found


def _tasks(tx: Tx, case: Case, user: str) -> list[Task]:
    release = case.release
    mine_ = context.roles_in(release, case.roster, user)
    card = surfaces.get(tx, Surface(SurfaceKind.CARD, release.id))
    place = {"channel": card.channel, "ts": card.ts} if card else {}

    def task(kind: str, **what: object) -> Task:
        return Task(
            kind=kind,
            project=release.project,
            release=release.id,
            version=str(release.version),
            since=release.stage_since,
            **(place | what),  # type: ignore[arg-type]  # names and types are Task's own
        )

    found: list[Task] = []
    tally = _tally(tx, case)
    if tally and user in tally.waiting_for:
        found.append(task("approve"))
    confirms = {i: mine_ & set(with_commander(release, WHO_CONFIRMS[i])) for i in to_confirm(release)}
    found += [task("confirm", item=item) for item, roles in confirms.items() if roles]
    found += [task("condition", text=c.text) for c in release.conditions if c.open and c.owner == user]
    if release.pending and release.pending.problem and Role.RELEASE_MANAGER in mine_:
        found.append(task("git", text=release.pending.problem))
    onward = next((a for a in possible(release) if a not in _MOVES | _FAILS), None)
    if onward and release.stage is not Stage.ON_HOLD and mine_ & set(waits_for_roles(release)):
        found.append(task("action", action=onward))
    return found


def _exceptions(tx: Tx, project: Project, user: str) -> list[Task]:
    asked = [e for e in entries.exceptions(tx, project.key) if e.state == "asked" and e.asked_by != user]
    if not asked or user not in people.roster(tx, project.key).holders(Role.PM):
        return []
    found = []
    for exception in asked:
        release = releases.get(tx, exception.release)
        version = str(release.version) if release else ""
        found.append(
            Task(
                kind="exception",
                project=project.key,
                release=exception.release,
                version=version,
                since=exception.asked_at,
                text=exception.what,
            )
        )
    return found


def _of_rooms(tx: Tx, room: Room, user: str) -> list[Task]:
    found = []
    if room.state is RoomState.ROLLING_BACK and not room.commander:
        commanders = people.roster(tx, room.project).holders(Role.INCIDENT_COMMANDER)
        if user in commanders:
            found.append(_of_room("seat", room, room.declared_at or room.opened_at))
    last = room.seats[-1].user if room.seats else room.declared_by
    if room.postmortem_due and not room.postmortem_done_at and user == last:
        found.append(_of_room("postmortem", room, room.postmortem_due))
    return found


def _of_room(kind: str, room: Room, since: datetime) -> Task:
    return Task(
        kind=kind,
        project=room.project,
        release=room.release,
        version=room.version,
        since=since,
        channel=room.channel,
    )


def home(tx: Tx, user: str) -> HomeView:
    """App Home: what waits for me, running releases, the next dates, is deploying allowed now."""
    person = people.get(tx, user)
    channels = people.channels_of(tx, user) if person is not None and person.counts else frozenset()
    shown = [project for project in projects.every(tx) if project.channel in channels]
    return HomeView(
        tasks=mine(tx, user).tasks,
        projects=tuple(_project_home(tx, project) for project in shown),
        at=tx.now(),
    )


def _project_home(tx: Tx, project: Project) -> ProjectHome:
    at = tx.now()
    asked = Question(
        action=GateAction.DEPLOY,
        release_type=ReleaseType.REGULAR,
        rules=project.policy.of(ReleaseType.REGULAR).gate,
    )
    facts = repositories.facts(tx, project.key)
    return ProjectHome(
        project=project_view(project),
        gate=gate(context.calendar_of(tx, project, at), question=asked, at=at),
        running=_rows(tx, project, releases.live(tx, project.key)),
        slots=free_slots(tx, project, ReleaseType.REGULAR, at, limit=3),
        blackouts=entries.blackouts(tx, project.key, at)[:3],
        problem=facts.problem if facts else "",
    )
