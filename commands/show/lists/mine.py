"""What waits for one person, over all projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime

from commands import context
from commands.checklists.lists import stopping
from commands.context import Case
from commands.exceptions import case as exception_case
from commands.exceptions.case import ExceptionCase
from commands.exceptions.judging import waits_for_judgement
from commands.exceptions.people import judges
from commands.revert import left_to, main_is_ahead
from commands.show.lists.of_breaches import of_breaches
from commands.show.lists.of_rooms import of_rooms, owed
from commands.show.lists.rows import cases, onward, tally_of, waits_for_roles
from commands.show.owned import owned
from commands.show.release import to_confirm
from domain.calendar.exceptions import ExceptionState
from domain.checklists.model import Phase
from domain.errands import Surface, SurfaceKind
from domain.lifecycle import with_commander
from domain.needs import ItemsOpen
from domain.people import Role
from domain.project import Project
from domain.release import WHO_CONFIRMS, Release
from domain.types import Action, Stage
from domain.views import MineView, Task
from storage import exceptions, people, projects, releases, rooms, surfaces
from storage.db import Tx

_NOT_DENIED = (
    ExceptionState.ASKED,
    ExceptionState.GRANTED,
    ExceptionState.USED,
    ExceptionState.EXPIRED,
    ExceptionState.REVOKED,
)
_AT_ONCE = frozenset({"seat", "step", "breach"})
"""While users are hurt, nothing that is merely older comes before it."""


def mine(tx: Tx, user: str) -> MineView:
    """Everything that waits for one person: what cannot wait, then the rest, longest waiting first."""
    found: list[Task] = []
    held = people.projects_of(tx, user)
    live = releases.live(tx)
    for key, theirs in _concerning(live, user, held).items():
        project = context.project_of(tx, key)
        for case in cases(tx, project, theirs):
            found += _tasks(tx, case, user)
    for key in sorted(held):
        project = context.project_of(tx, key)
        found += _exceptions(tx, project, user)
    # A captain is asked as well, and may hold no role anywhere.
    for project in projects.every(tx):
        found += _reverts(tx, project, user)
    under_way = rooms.live(tx)
    in_rooms = of_rooms(tx, under_way, user)
    seats = frozenset(task.release for task in in_rooms if task.kind == "seat")
    found += [*in_rooms, *of_breaches(tx, live, under_way, user, asked=seats)]
    found += owed(tx, user)
    found += owned(tx, user)
    return MineView(tasks=tuple(sorted(found, key=_order)))


def _order(task: Task) -> tuple[bool, datetime, str, str]:
    return task.kind not in _AT_ONCE, task.since, task.version, task.kind


def _concerning(live: list[Release], user: str, held: frozenset[str]) -> dict[str, list[Release]]:
    """By project, the releases that may wait for somebody: by a role held there, or named on the release."""
    found: dict[str, list[Release]] = defaultdict(list)
    for release in live:
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
            zone=case.project.policy.zone,
            **({"since": release.stage_since} | place | what),  # type: ignore[arg-type]  # names and types are Task's own
        )

    found: list[Task] = []
    tally = tally_of(tx, case)
    if tally and user in tally.waiting_for:
        found.append(task("approve"))
    confirms = {i: mine_ & set(with_commander(release, WHO_CONFIRMS[i])) for i in to_confirm(release)}
    found += [task("confirm", item=item) for item, roles in confirms.items() if roles]
    found += [task("checklist", phase=phase, open=n) for phase, n in _open_lists(tx, case, mine_).items()]
    found += [task("condition", text=c.text) for c in release.conditions if c.open and c.owner == user]
    if release.pending and release.pending.problem and Role.RELEASE_MANAGER in mine_:
        found.append(task("git", text=release.pending.problem))
    step = onward(release)
    if step and release.stage is not Stage.ON_HOLD and mine_ & set(waits_for_roles(release)):
        found.append(task("action", action=step, **_on_its_step(case, step)))
    return found


def _on_its_step(case: Case, action: Action) -> dict[str, object]:
    """What is live waits for the go from the end of its watch on."""
    rollout = case.release.rollout
    if rollout is None or action not in {Action.STEP_LIVE, Action.STEP_DONE}:
        return {}
    until = rollout.watch_until
    waits = {"since": until, "early": case.at < until} if until else {}
    return {"rollout": rollout, **waits}


def _open_lists(tx: Tx, case: Case, held: frozenset[Role]) -> Counter[Phase]:
    """How much of each list that stops the next step could be settled by who holds these roles."""
    found: Counter[Phase] = Counter()
    for missing in stopping(tx, case):
        if isinstance(missing.need, ItemsOpen) and held & set(missing.roles):
            found[missing.need.phase] += len(missing.need.items)
    return found


def _reverts(tx: Tx, project: Project, user: str) -> list[Task]:
    """What was rolled back after its merge, until a later version is out."""
    ahead = [release for release in releases.rolled_back(tx, project.key) if main_is_ahead(tx, release)]
    if not ahead:
        return []
    roster = people.roster(tx, project.key)
    return [
        Task(
            kind="revert",
            project=project.key,
            release=release.id,
            version=str(release.version),
            zone=project.policy.zone,
            since=release.stage_since,
        )
        for release in ahead
        if user in left_to(release, roster)
    ]


def _exceptions(tx: Tx, project: Project, user: str) -> list[Task]:
    """Those to decide on, and those to judge."""
    found = []
    for one in exceptions.of_project(tx, project.key, _NOT_DENIED):
        live = one.ends_at is not None
        if one.asked_by == user or one.judgement is not None or not (live or one.is_over):
            continue
        of = exception_case.around(tx, one, releases.get(tx, one.release) if one.release else None)
        if of.exception.state is ExceptionState.ASKED and user in of.deciders:
            found.append(_of_exception("exception", of, one.asked_at))
        elif user in judges(project, of.roster, of.exception) and waits_for_judgement(
            of.exception, of.release
        ):
            found.append(_of_exception("judgement", of, one.used_at or one.until or of.at))
    return found


def _of_exception(kind: str, of: ExceptionCase, since: datetime) -> Task:
    return Task(
        kind=kind,
        project=of.project.key,
        release=of.exception.release,
        version=of.version,
        zone=of.project.policy.zone,
        since=since,
        text=of.exception.what,
    )
