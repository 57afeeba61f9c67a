"""Every endpoint of the API, once: routes, checks and the OpenAPI document are made of this table."""

from __future__ import annotations

from domain.tokens import Scope
from web import looking, models, postmortems, reports, standing
from web.calls import MARKDOWN, Endpoint
from web.release_models import ReleaseNow

_PROJECT = "/projects/{project}"
_RELEASE = f"{_PROJECT}/releases/{{version}}"
_RULES = (403, 404, 409, 422)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        method="GET",
        path=f"{_PROJECT}/gate",
        summary="May this be deployed or merged, now or at another time?",
        scopes=(Scope.READ,),
        handler=looking.ask_gate,
        answers={200: models.Gate},
        query=models.GateQuery,
        refuses=(404, 422),
    ),
    Endpoint(
        method="GET",
        path=_RELEASE,
        summary="A release as it stands: its rollout, its checklists, what is measured and what is breached",
        scopes=(Scope.READ,),
        handler=standing.look_at_release,
        answers={200: ReleaseNow},
        refuses=(404,),
    ),
    Endpoint(
        method="GET",
        path=f"{_RELEASE}/builds/{{sha}}",
        summary="What became of a build that was reported: 202 while the branch is read",
        scopes=(Scope.READ, Scope.BUILD),
        handler=looking.look_at_build,
        answers={200: models.Release, 202: models.Asked},
        refuses=(404, 409),
    ),
    Endpoint(
        method="GET",
        path=f"{_RELEASE}/postmortem",
        summary="The post-mortem of the release's rollback as Markdown",
        scopes=(Scope.READ,),
        handler=postmortems.postmortem,
        answers={200: models.Markdown},
        query=models.PostmortemQuery,
        refuses=(404,),
        media=MARKDOWN,
    ),
    Endpoint(
        method="POST",
        path=f"{_RELEASE}/builds",
        summary="A build of the release branch started again, passed or failed",
        scopes=(Scope.BUILD,),
        handler=reports.build,
        answers={200: models.Recorded, 202: models.Asked},
        body=models.Build,
        refuses=_RULES,
    ),
    Endpoint(
        method="POST",
        path=f"{_RELEASE}/staging",
        summary="The candidate runs on staging, or could not be brought there",
        scopes=(Scope.STAGING,),
        handler=reports.staging,
        answers={200: models.Recorded},
        body=models.Staging,
        refuses=_RULES,
    ),
    Endpoint(
        method="POST",
        path=f"{_RELEASE}/qa",
        summary="QA's result on the candidate",
        scopes=(Scope.QA,),
        handler=reports.qa,
        answers={200: models.Recorded},
        body=models.Qa,
        refuses=_RULES,
    ),
    Endpoint(
        method="POST",
        path=f"{_RELEASE}/steps",
        summary="The step of the rollout that is under way is done, or failed",
        scopes=(Scope.STEP,),
        handler=reports.step,
        answers={200: models.Recorded},
        body=models.Step,
        refuses=_RULES,
    ),
    Endpoint(
        method="POST",
        path=f"{_RELEASE}/rollout",
        summary="All steps are done, and production runs the new version",
        scopes=(Scope.STEP,),
        handler=reports.rollout,
        answers={200: models.Recorded},
        body=models.RolloutDone,
        refuses=_RULES,
    ),
    Endpoint(
        method="POST",
        path=f"{_PROJECT}/checks",
        summary="What was checked of a commit: tests, analysis, coverage, vulnerabilities",
        scopes=(Scope.CHECK,),
        handler=reports.check,
        answers={200: models.Noted},
        body=models.ChecksReport,
    ),
    Endpoint(
        method="POST",
        path=f"{_PROJECT}/readings",
        summary="What was measured just now in production or on staging",
        scopes=(Scope.HEALTH,),
        handler=reports.readings,
        answers={200: models.Noted},
        body=models.Readings,
    ),
)
