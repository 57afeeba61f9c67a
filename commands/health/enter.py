"""Readings that a person typed, or a pipeline reports."""

from __future__ import annotations

from commands import context
from commands.context import Case
from commands.health.take_in import take_in
from commands.record import record
from commands.requests import EnterReading, ReportReadings
from commands.requests.health import GivenReading
from domain.events import ReadingsGiven
from domain.health.asking import step_of
from domain.health.measure import LARGEST
from domain.health.model import HEALTH, SHARES, Reading, Source
from domain.health.now import environment_of
from domain.health.ranges import parse_value
from domain.lifecycle import with_commander
from domain.people import Origin, Role
from domain.project import Project
from domain.refusals import Refused, TextMissing, TooLong, Unreadable
from domain.views import Happened
from storage import readings, releases
from storage.db import Tx

LONGEST, MOST = 300, 50
WHO_ENTERS = (
    Role.DEVOPS,
    Role.ONCALL,
    Role.RELEASE_MANAGER,
    Role.TECH_LEAD,
    Role.QA_LEAD,
    Role.DBA,
    Role.IMPLEMENTATION_MANAGER,
)
EXAMPLE = "/release health 1.5.0 p95 180 ms"


def may_enter(found: Case, origin: Origin) -> None:
    """Raises Refused."""
    context.require(found.roster, origin, "reading", *with_commander(found.release, WHO_ENTERS))


def enter(tx: Tx, request: EnterReading, origin: Origin) -> Happened:
    """Take in what somebody read off a dashboard. Raises Refused."""
    known = releases.get(tx, request.release)
    if known is not None:
        readings.lock(tx, known.project)
    found = context.case(tx, request.release)
    may_enter(found, origin)
    note, release = request.note.strip(), found.release
    if len(note) > LONGEST:
        raise Refused(TooLong("note", LONGEST))
    metric = _known(found.project, request.metric)
    one = Reading(
        metric=metric,
        environment=environment_of(release),
        at=found.at,
        source=Source.PERSON,
        value=_value(metric, request.text),
        detail=note,
        by=origin.actor.user,
        release=release.id,
        step=step_of(release),
    )
    event = ReadingsGiven(
        environment=one.environment,
        readings=(one,),
        release=release.id,
        version=found.version,
        note=note,
    )
    record(tx, origin, found.project, [event], release=release)
    take_in(tx, found.project, [one], origin)
    return Happened(event)


def report(tx: Tx, request: ReportReadings, origin: Origin) -> Happened:
    """Take in what a pipeline measured; told in the thread only where it turns. Raises Refused."""
    project = context.project_of(tx, request.project)
    if not request.readings:
        raise Refused(TextMissing("reading"))
    if len(request.readings) > MOST:
        raise Refused(TooLong("reading", MOST))
    found = tuple(_given(tx, project, request, one) for one in request.readings)
    event = ReadingsGiven(environment=request.environment, readings=found)
    readings.lock(tx, project.key)
    record(tx, origin, project, [event], answered=True)
    take_in(tx, project, found, origin)
    return Happened(event)


def _given(tx: Tx, project: Project, request: ReportReadings, one: GivenReading) -> Reading:
    if len(one.detail) > LONGEST:
        raise Refused(TooLong("note", LONGEST))
    possible = 0 <= one.value <= (1 if one.metric in SHARES else LARGEST)
    if not possible or (one.samples is not None and one.samples < 0):
        raise Refused(Unreadable("reading", f"{one.metric}: {one.value}"))
    return Reading(
        metric=_known(project, one.metric),
        environment=request.environment,
        at=tx.now(),
        source=Source.PIPELINE,
        value=one.value,
        detail=one.detail,
        samples=one.samples,
        by=request.by,
    )


def _known(project: Project, metric: str) -> str:
    """A misspelt metric would never be looked at: only those that the policy speaks of are taken."""
    criteria = (rule.metric for rule in project.policy.criteria.rules.values() if rule.metric != HEALTH)
    known = {*project.policy.health.known(), *criteria} - {""}
    if metric not in known:
        raise Refused(Unreadable("metric", metric[:LONGEST], ", ".join(sorted(known))))
    return metric


def _value(metric: str, text: str) -> float:
    if not text.strip():
        raise Refused(TextMissing("reading"))
    try:
        value = parse_value(metric, text)
    except ValueError:
        raise Refused(Unreadable("reading", text.strip()[:80], EXAMPLE)) from None
    if metric in SHARES and value > 1:
        raise Refused(Unreadable("reading", text.strip()[:80], EXAMPLE))
    return value
