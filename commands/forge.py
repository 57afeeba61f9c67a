"""Marks on open pull requests: what they follow from, and what is told of them once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from commands import context
from commands.record import record, send
from commands.requests import PullRequestsWereMarked
from domain.errands import InChannel, Place, ToPerson
from domain.events import ForgeAnswered, ForgeFailed, PullRequestsHeld
from domain.forges import ON_THE_WAY, ForgeFault, ForgeKind, ForgeState
from domain.frozen import lines
from domain.people import BOT, Origin, Role, Via
from domain.project import Project
from domain.release import Release
from domain.statuses import Ground, Hold, Marked, MarkState
from domain.types import Stage
from storage import forges, people, projects, releases, repositories
from storage.db import Tx

FORGE = Origin(BOT, Via.BOT)
# A forge that does not answer once is no news.
PATIENCE = timedelta(minutes=3)


@dataclass(frozen=True, kw_only=True)
class Marks:
    """A project whose pull requests are marked: what that follows from, and what they bear already."""

    project: Project
    ground: Ground
    kept: Mapping[int, Marked]


def on_forges(tx: Tx) -> list[Marks]:
    """Every project on a forge."""
    return [_marks(tx, project) for project in projects.every(tx) if _is_on_one(project)]


def _is_on_one(project: Project) -> bool:
    return project.policy.repository.forge.kind is not ForgeKind.GIT


def _marks(tx: Tx, project: Project) -> Marks:
    live = releases.live(tx, project.key)
    ground = Ground(
        lines=lines(project.policy.repository, live, _branches(tx, project, live)),
        calendar=context.calendar_of(tx, project, tx.now()),
        policy=project.policy,
        deploys={release.id: release.deploy_at for release in live if release.deploy_at},
        at=tx.now(),
    )
    same = forges.state(tx, project.key).target == project.policy.repository.forge_target
    return Marks(project=project, ground=ground, kept=forges.marked(tx, project.key) if same else {})


def _branches(tx: Tx, project: Project, live: Sequence[Release]) -> frozenset[str]:
    """Those that were there when git was read last, and what has been cut since; into others nothing can go.

    A freeze must not wait until git has been read again.
    """
    facts = repositories.facts(tx, project.key)
    known = dict(facts.branches) if facts else {}
    cut = (release.branch for release in live if release.branch and release.stage is not Stage.CANDIDATE)
    return frozenset({*known, *cut, project.policy.repository.source})


def pull_requests_were_marked(tx: Tx, report: PullRequestsWereMarked) -> None:
    """Keep what was marked; the channel is told once of what a freeze holds, and once that it cannot be done.

    A report by rules that are not in force any more is of no use.
    """
    project = projects.get(tx, report.project)
    if project is None or project.policy.repository != report.repository:
        return
    projects.lock(tx, project.key)
    state = _state(tx, project)
    forges.mark(tx, project.key, report.marked)
    if report.fault is not None:
        after = _failed(tx, project, state, report, report.fault)
    elif report.all_open is not None:
        forges.keep_open(tx, project.key, report.all_open)
        after = _all_marked(tx, project, state, report)
    else:
        after = state
    forges.put_state(tx, project.key, after)


def _state(tx: Tx, project: Project) -> ForgeState:
    """What was marked elsewhere, or under another name, is of no use here."""
    state, target = forges.state(tx, project.key), project.policy.repository.forge_target
    if state.target == target:
        return state
    forges.forget(tx, project.key)
    return ForgeState(target=target)


# --- all is as it should be -------------------------------------------------------------------------------


def _all_marked(tx: Tx, project: Project, state: ForgeState, report: PullRequestsWereMarked) -> ForgeState:
    if state.told is not None:
        _tell(tx, project, ForgeAnswered(project=project.key), _concerned(tx, project, state.told))
    fresh = [hold for hold in report.holds if hold.freeze.subject not in state.freezes]
    for hold in fresh:
        _tell_hold(tx, project, hold)
    now = dict.fromkeys(freeze.subject for freeze in report.frozen)
    return ForgeState(freezes=tuple(now), target=state.target)


def _tell_hold(tx: Tx, project: Project, hold: Hold) -> None:
    release = releases.get(tx, hold.freeze.subject)
    event = PullRequestsHeld(
        project=project.key,
        release=release.id if release else "",
        version=str(release.version) if release else "",
        day="" if release else hold.freeze.name,
        branches=hold.branches,
        held=hold.held,
        free=hold.free,
        url=project.policy.repository.pull_requests,
    )
    _tell(tx, project, event, [InChannel(project.channel)])


# --- it is not --------------------------------------------------------------------------------------------


def _failed(
    tx: Tx, project: Project, state: ForgeState, report: PullRequestsWereMarked, fault: ForgeFault
) -> ForgeState:
    """The same trouble is told once, however often it comes: what passes by itself only when it lasts."""
    after = replace(state, fault=fault, since=state.since or tx.now(), failing=state.failing or tx.wall())
    waiting = bool(report.frozen) or any(
        one.because.state is MarkState.HELD for one in forges.marked(tx, project.key).values()
    )
    if _is_told(state, fault) or not _is_news(tx, after, fault, waiting=waiting):
        return after
    event = ForgeFailed(project=project.key, fault=fault, since=after.since or tx.now(), waiting=waiting)
    places = _concerned(tx, project, fault)
    channel = InChannel(project.channel)
    _tell(tx, project, event, [channel, *places] if waiting and channel not in places else places)
    return replace(after, told=fault)


def _is_told(state: ForgeState, fault: ForgeFault) -> bool:
    """A forge that is down says so in many ways."""
    if state.told is None:
        return False
    return state.told.why is fault.why or {state.told.why, fault.why} <= ON_THE_WAY


def _is_news(tx: Tx, state: ForgeState, fault: ForgeFault, *, waiting: bool) -> bool:
    if fault.why not in ON_THE_WAY:
        return True
    return waiting and state.failing is not None and tx.wall() - state.failing >= PATIENCE


def _concerned(tx: Tx, project: Project, fault: ForgeFault) -> list[Place]:
    """What passes by itself concerns who merges; everything else who can settle it."""
    if fault.why in ON_THE_WAY:
        return [InChannel(project.channel)]
    managers = people.roster(tx, project.key).holders(Role.RELEASE_MANAGER)
    return [ToPerson(user) for user in project.policy.owners or sorted(managers)]


def _tell(
    tx: Tx,
    project: Project,
    event: PullRequestsHeld | ForgeFailed | ForgeAnswered,
    places: Iterable[Place],
) -> None:
    record(tx, FORGE, project, [event])
    send(tx, project, FORGE, [(place, event) for place in places])
