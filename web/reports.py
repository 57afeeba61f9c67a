"""What pipelines report: each becomes the same request that a person's button makes."""

from __future__ import annotations

from http import HTTPStatus

from commands import advance, report_step
from commands.checklists import report as reporting
from commands.health import enter as entering
from commands.requests import Advance, GivenReading, PassQa, ReportCheck, ReportReadings, ReportStep
from domain.types import Action
from storage.db import Tx
from web import models
from web.calls import Answer, Call, act, note
from web.looking import asked

_BUILDS = {
    models.BuildResult.STARTED: Action.REBUILD,
    models.BuildResult.PASSED: Action.BUILD_PASSED,
    models.BuildResult.FAILED: Action.BUILD_FAILED,
}
_STAGING = {
    models.StagingResult.DEPLOYED: Action.STAGING_DEPLOYED,
    models.StagingResult.FAILED: Action.STAGING_FAILED,
}


def build(tx: Tx, call: Call) -> Answer:
    """A build that passed is decided when the git worker has read the branch."""
    said: models.Build = call.body
    release = call.release(tx)
    action = _BUILDS[said.result]
    sha = said.sha if action is Action.BUILD_PASSED else ""
    # Nobody is left to guess which build failed.
    reason = said.reason or (said.sha if action is Action.BUILD_FAILED else "")
    told = _with_link(reason, said.url)
    answer = act(tx, call, advance.advance, Advance(release=release.id, action=action, note=told, sha=sha))
    if answer.status == HTTPStatus.OK and action is Action.BUILD_PASSED:
        return asked(call, release, said.sha)
    return answer


def staging(tx: Tx, call: Call) -> Answer:
    said: models.Staging = call.body
    told = _with_link(said.health, said.url)
    request = Advance(release=call.release(tx).id, action=_STAGING[said.result], note=told)
    return act(tx, call, advance.advance, request)


def qa(tx: Tx, call: Call) -> Answer:
    said: models.Qa = call.body
    release = call.release(tx).id
    if said.result is models.QaResult.FAILED:
        told = _with_link(said.bug, said.report) if said.bug.strip() else ""
        return act(tx, call, advance.advance, Advance(release=release, action=Action.QA_FAILED, note=told))
    passed = PassQa(
        release=release,
        migration=said.migration,
        breaking=said.breaking,
        report=said.report,
        reservations=said.reservations.strip(),
        way_back=said.way_back.strip(),
    )
    return act(tx, call, advance.pass_qa_of, passed)


def step(tx: Tx, call: Call) -> Answer:
    said: models.Step = call.body
    done = said.result is models.StepResult.DONE
    request = ReportStep(release=call.release(tx).id, step=said.step, done=done, note=said.note.strip())
    return act(tx, call, report_step.report, request)


def rollout(tx: Tx, call: Call) -> Answer:
    said: models.RolloutDone = call.body
    release = call.release(tx).id
    request = Advance(release=release, action=Action.ROLLOUT_COMPLETE, note=said.note.strip())
    return act(tx, call, advance.advance, request)


def check(tx: Tx, call: Call) -> Answer:
    """Of a commit, not of a release: it may be reported before there is a candidate of it."""
    said: models.ChecksReport = call.body
    request = ReportCheck(
        project=call.token.project,
        sha=said.sha,
        check=said.check,
        passed=said.passed,
        evidence=said.evidence,
        link=said.link,
        value=said.value,
    )
    return note(tx, call, reporting.report, request)


def readings(tx: Tx, call: Call) -> Answer:
    said: models.Readings = call.body
    given = tuple(
        GivenReading(metric=one.metric, value=one.value, samples=one.samples, detail=one.detail)
        for one in said.readings
    )
    request = ReportReadings(
        project=call.token.project,
        environment=said.environment,
        readings=given,
        by=call.origin.actor.user,
    )
    return note(tx, call, entering.report, request)


def _with_link(text: str, url: str) -> str:
    return " ".join(part for part in (text.strip(), url) if part)
