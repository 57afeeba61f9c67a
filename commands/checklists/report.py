"""A pipeline reports what it checked of a commit; whoever waits for it sees it, and hears of what failed."""

from __future__ import annotations

import re
from math import isfinite

from commands import context
from commands.checklists.lists import coverage_of, of_release
from commands.record import record, refresh
from commands.requests import ReportCheck
from domain.checklists.auto import passes, target_of
from domain.checklists.model import CheckResult, Coverage, Phase
from domain.events import CheckReported
from domain.people import Origin
from domain.project import Project
from domain.refusals import CheckUnclear, Refused, Unreadable
from domain.release import Release
from domain.views import Happened
from storage import checklists, outbox, releases
from storage.db import Tx
from storage.ids import new_id

_SHA = re.compile(r"[0-9a-f]{40}")
LONGEST = 1000


def report(tx: Tx, request: ReportCheck, origin: Origin) -> Happened:
    """Keep the newest word on the commit; it counts for whatever candidate is made of it. Raises Refused."""
    project = context.project_of(tx, request.project)
    result = _result(tx, project, request)
    before = checklists.checks(tx, project.key, result.sha).get(result.check)
    checklists.put_check(tx, result)
    concerned = [
        one
        for one in releases.live(tx, project.key)
        if one.candidate is not None and one.candidate.sha == result.sha
    ]
    events = [_told(tx, project, one, result, before, origin) for one in concerned]
    if not events:
        events = [_event(result, _coverage(project))]
        record(tx, origin, project, events)
    return Happened(events[0])


def _result(tx: Tx, project: Project, request: ReportCheck) -> CheckResult:
    """Raises Refused: nothing is guessed of what a pipeline might have meant."""
    sha, value = request.sha.strip().lower(), request.value
    if not _SHA.fullmatch(sha):
        raise Refused(Unreadable("sha", request.sha[:LONGEST]))
    if value is not None and not (isfinite(value) and 0 <= value <= 100):  # noqa: PLR2004 - percent
        raise Refused(Unreadable("percent", str(value)))
    wanted = target_of(request.check, _coverage(project))
    passed = request.passed
    if wanted is not None and value is not None:
        passed = value >= wanted
    if passed is None:
        raise Refused(CheckUnclear())
    return CheckResult(
        project=project.key,
        sha=sha,
        check=request.check,
        passed=passed,
        at=tx.now(),
        evidence=request.evidence.strip()[:LONGEST],
        link=request.link.strip()[:LONGEST],
        value=value,
    )


def _coverage(project: Project) -> Coverage:
    return project.policy.checklists.of(Phase.PRE_RELEASE).coverage


def _told(
    tx: Tx,
    project: Project,
    release: Release,
    result: CheckResult,
    before: CheckResult | None,
    origin: Origin,
) -> CheckReported:
    """What failed, and what is mended, is said in the release's thread; the rest is on its card."""
    coverage = coverage_of(of_release(tx, project, release, [Phase.PRE_RELEASE]))
    event = _event(result, coverage, release)
    mended = before is not None and not passes(before, coverage) and event.passed
    if mended or not event.passed:
        record(tx, origin, project, [event], release=release)
    else:
        record(tx, origin, project, [event])
        outbox.add(tx, refresh(project, release, new_id()))
    return event


def _event(result: CheckResult, coverage: Coverage, release: Release | None = None) -> CheckReported:
    wanted = target_of(result.check, coverage)
    return CheckReported(
        sha=result.sha,
        check=result.check,
        passed=passes(result, coverage),
        evidence=result.evidence,
        link=result.link,
        value=result.value,
        wanted=wanted if result.value is not None else None,
        release=release.id if release else "",
        version=str(release.version) if release else "",
        candidate=release.rc if release else 0,
    )
