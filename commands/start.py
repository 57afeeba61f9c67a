"""Start a release: everything that could later stand in its way is said before anything is created."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from commands import captain, context, production, staffing
from commands.advance import take
from commands.change import plan_calendar, plan_release
from commands.checklists.lists import begin
from commands.context import Case
from commands.digests import plan as digests
from commands.proposal import Proposal, choose, lower_than, propose
from commands.record import lane, record
from commands.requests import FixForward, StartRelease
from domain import refusals as no
from domain.approvals import unmeetable
from domain.calendar.entries import Calendar
from domain.calendar.gate import GateAction, Question, Verdict, gate
from domain.calendar.slots import Slot, plan, slots
from domain.calendar.zones import local_day
from domain.errands import ReadRepository
from domain.events import ReleaseStarted
from domain.involvement import named
from domain.needs import Unmeetable
from domain.people import Origin, Roster
from domain.project import Project
from domain.refusals import Refused
from domain.release import Release
from domain.scope import RepositoryFacts
from domain.types import PLANNED, URGENT, Action, ReleaseType, Stage
from domain.versions import (
    Version,
    candidate_tag,
    is_candidate,
    older_line,
    tag_name,
    versions_of,
)
from domain.views import Happened
from storage import outbox, people, releases, scope_pages, scopes
from storage.db import Tx
from storage.ids import new_id

LOOK_AHEAD = timedelta(days=92)


def free_slots(tx: Tx, project: Project, kind: ReleaseType, at: datetime, limit: int = 6) -> tuple[Slot, ...]:
    """The next deploy times of the cadence that no release has taken and the calendar leaves open."""
    calendar = replace(context.calendar_of(tx, project, at), lock=None)
    rule = project.policy.freeze_rule(kind)
    first = local_day(at, calendar.tz)
    found: list[Slot] = []
    for slot in slots(calendar.rules, zone=calendar.tz, first=first, until=first + LOOK_AHEAD):
        dates = plan(slot.deploy_at, rules=calendar.rules, zone=calendar.tz, freeze=rule)
        if slot.deploy_at > at and slot.day not in calendar.taken and _open(calendar, project, kind, slot):
            found.append(dates)
    in_time = [slot for slot in found if slot.freeze_at is None or slot.freeze_at > at]
    return tuple((in_time or found)[:limit])


def _open(calendar: Calendar, project: Project, kind: ReleaseType, slot: Slot) -> bool:
    asked = Question(action=GateAction.DEPLOY, release_type=kind, rules=project.policy.of(kind).gate)
    return gate(calendar, question=asked, at=slot.deploy_at).verdict is not Verdict.CLOSED


def start(tx: Tx, request: StartRelease, origin: Origin) -> Happened:
    """Create a release as a candidate. Raises Refused with whatever speaks against it."""
    return _create(tx, request, origin)


def check(tx: Tx, request: StartRelease, origin: Origin) -> None:
    """Whether it could be started as asked; changes nothing. Raises Refused."""
    _ready(tx, request, origin)


def _create(tx: Tx, request: StartRelease, origin: Origin, *, answered: bool = False) -> Happened:
    found, known = _ready(tx, request, origin)
    project, release = found.project, found.release
    releases.add(tx, release)
    begin(tx, project, release)
    if known.scope and request.type in PLANNED:
        scopes.put(tx, release.id, 0, known.scope)
        scope_pages.take_proposed(tx, project.key, release.id)
    lower, because = lower_than(release.version, known) if request.type in PLANNED else ("", None)
    event = ReleaseStarted(
        release=release.id,
        version=found.version,
        type=release.type,
        previous_version=release.previous_version,
        deploy_at=release.deploy_at,
        freeze_at=release.freeze_at,
        lower_than=lower,
        lower_because=because,
        unstaffed=staffing.for_the_whole_way(tx, release, found.roster),
    )
    record(tx, origin, project, [event], release=release, answered=answered)
    captain.tell(tx, origin, found)
    if known.to_confirm:
        production.confirm(tx, origin, project, release, known.production, known.to_confirm)
    plan_release(tx, found)
    digests.plan(tx, named(release))
    plan_calendar(tx, project)
    outbox.add(tx, [lane(f"{outbox.GIT}{project.key}", new_id(), ReadRepository(project.key))])
    return Happened(event)


def _ready(tx: Tx, request: StartRelease, origin: Origin) -> tuple[Case, Proposal]:
    """The release as it would be created, once nothing speaks against it. Raises Refused."""
    project = context.project_of(tx, request.project)
    context.require_member(tx, origin, project)
    at = tx.now()
    known = _confirmed(tx, request, propose(tx, project, request.type, request.parent))
    _check_read(project, known.facts)
    version = choose(request, known)
    release = _new(tx, project, request, origin, version, known, at)
    roster = people.roster(tx, project.key)
    _check_approvable(tx, project, release, roster, known.facts)
    if known.to_confirm and request.production is None:
        raise Refused(no.ProductionUnconfirmed(project.key, tag_name(known.to_confirm)))
    return Case(project, release, roster, at), known


def _confirmed(tx: Tx, request: StartRelease, known: Proposal) -> Proposal:
    """With what the person says to run in production. Raises Refused when that is no tag, or too late."""
    if request.production is None:
        return known
    if known.to_confirm is None or known.facts is None:
        production.check_same(tx, request.project, request.production)
        return known
    return replace(known, production=production.chosen(request.production, known.facts))


def _check_read(project: Project, facts: RepositoryFacts | None) -> None:
    """Versions and changes come from the repository: one that was never read is said. Raises Refused."""
    never_read = facts is None or (facts.problem and not facts.branches)
    if project.policy.repository.url and never_read:
        raise Refused(no.RepositoryUnknown(project.key, facts.problem if facts else ""))


def _new(
    tx: Tx,
    project: Project,
    request: StartRelease,
    origin: Origin,
    version: Version,
    known: Proposal,
    at: datetime,
) -> Release:
    deploy_at = _deploy_at(tx, project, request, at)
    calendar = context.calendar_of(tx, project, at)
    rule = project.policy.freeze_rule(request.type)
    dates = plan(deploy_at, rules=calendar.rules, zone=calendar.tz, freeze=rule) if deploy_at else None
    return Release(
        id=new_id(),
        project=project.key,
        version=version,
        type=request.type,
        stage=Stage.CANDIDATE,
        stage_since=at,
        created_at=at,
        started_by=origin.actor.user,
        captain=captain.on_duty(tx, project, deploy_at or at) or origin.actor.user,
        feature=request.feature.strip(),
        commits=request.commits,
        stakeholders=request.stakeholders,
        parent=request.parent,
        previous_version=_previous(tx, project, request, version, known),
        deploy_at=deploy_at,
        freeze_at=dates.freeze_at if dates else None,
    )


def _previous(tx: Tx, project: Project, request: StartRelease, version: Version, known: Proposal) -> str:
    """What is in production, or is fixed of an older line; of a release not tagged yet, its candidate."""
    mended = releases.get(tx, request.parent) if request.parent else None
    if mended is not None and project.policy.repository.tag_at == "released":
        return candidate_tag(mended.version, mended.rc).removeprefix("v")
    tagged = [v for v in versions_of(known.facts.tags if known.facts else ()) if not is_candidate(v)]
    fixed = older_line(version, known.production, tagged) if request.type in URGENT else None
    return str(fixed or known.production or "")


def _deploy_at(tx: Tx, project: Project, request: StartRelease, at: datetime) -> datetime | None:
    """The chosen time, or the next free slot of the cadence for planned types. Raises Refused(InThePast)."""
    if request.deploy_at is not None:
        if request.deploy_at <= at:
            raise Refused(no.InThePast(request.deploy_at))
        return request.deploy_at
    if request.type not in PLANNED:
        return None
    free = free_slots(tx, project, request.type, at, limit=1)
    return free[0].deploy_at if free else None


def _check_approvable(
    tx: Tx, project: Project, release: Release, roster: Roster, facts: RepositoryFacts | None
) -> None:
    """Every requirement can still be met after separation of duties, else say so before creating anything."""
    rules = project.policy.of(release.type).separation
    barred: set[str] = {release.started_by} if rules.starter else set()
    if facts and facts.scope and rules.authors == "largest" and release.type in PLANNED:
        barred |= set(people.by_email(tx, facts.scope.top_authors).values())
    needs = [n for n in project.policy.requirements(release.type, release.stakeholders) if n.count]
    short = unmeetable(needs, roster, frozenset(barred) | context.uncounted(tx, release))
    if short or not needs:
        missing = tuple(Unmeetable(need.role, need.count, eligible) for need, eligible in short)
        raise Refused(no.CannotBeApproved(str(release.version), missing, tuple(sorted(barred))))


def fix_forward(tx: Tx, request: FixForward, origin: Origin) -> Happened:
    """Start a hotfix that mends a release under verification. Raises Refused."""
    found = context.case(tx, request.release)
    happened = take(tx, found, Action.FIX_FORWARD, origin, note=request.reason)
    hotfix = StartRelease(project=found.project.key, type=ReleaseType.HOTFIX, parent=request.release)
    _create(tx, hotfix, origin, answered=True)
    return happened
