"""A deployer that is a workflow of GitHub Actions: dispatched, found by the id, followed, cancelled."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import Annotated, TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot.deployers import Job, NoAnswer, Secret
from bot.deployers.words import plain, told
from bot.forges.answers import Answer, NotAnswered
from bot.forges.api import Api, opened
from domain.deploys.model import DeployState, DeployWhy
from domain.deploys.reports import Report
from domain.deploys.rules import WorkflowRules, filled
from domain.forges import ForgeWhy

T = TypeVar("T", bound=BaseModel)
LISTED = 100
EARLIER = timedelta(minutes=10)
"""Clocks differ, and it may have been dispatched some tries ago."""
_UNPROCESSABLE = 422
_ADDRESS = re.compile(r"https?://[^\s<>|\"`\x00-\x1f\x7f]{1,490}")
_WAITING = "waiting"
"""Its environment has rules: reviewers, or a time to wait."""
_DONE = {"success": DeployState.SUCCEEDED, "cancelled": DeployState.CANCELLED}
_WHYS = {
    ForgeWhy.TIMEOUT: DeployWhy.TIMEOUT,
    ForgeWhy.UNREACHABLE: DeployWhy.UNREACHABLE,
    ForgeWhy.STATUS: DeployWhy.STATUS,
    ForgeWhy.LIMITED: DeployWhy.LIMITED,
    ForgeWhy.MOVED: DeployWhy.MOVED,
    ForgeWhy.TOO_LARGE: DeployWhy.TOO_LARGE,
    ForgeWhy.PRIVATE_ADDRESS: DeployWhy.PRIVATE_ADDRESS,
    ForgeWhy.NO_TOKEN: DeployWhy.NO_TOKEN,
    ForgeWhy.BAD_TOKEN: DeployWhy.BAD_TOKEN,
    ForgeWhy.DENIED: DeployWhy.DENIED,
    ForgeWhy.NOT_FOUND: DeployWhy.NOT_FOUND,
}
_UNSURE = frozenset({ForgeWhy.TIMEOUT, ForgeWhy.UNREACHABLE, ForgeWhy.STATUS, ForgeWhy.TOO_LARGE})
"""It may have done what it was asked all the same, unless nothing was sent."""
_PASSING = _UNSURE | {ForgeWhy.LIMITED}


def _shown(address: object) -> str:
    """What cannot be shown as a link is left out: the run is what matters."""
    return address if isinstance(address, str) and _ADDRESS.fullmatch(address) else ""


class Run(BaseModel):
    """A run as GitHub tells of it, as far as it is looked at."""

    model_config = ConfigDict(extra="ignore")

    id: int
    name: str | None = None
    display_title: str | None = None
    status: str | None = None
    conclusion: str | None = None
    html_url: Annotated[str, BeforeValidator(_shown)] = ""


class Runs(BaseModel):
    model_config = ConfigDict(extra="ignore")

    workflow_runs: list[Run]


class GitHubActions:
    """The token is the code host's: it needs to write `actions`."""

    polled = True

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    async def ask(self, job: Job) -> Report | None:
        """GitHub would start a second run for the same dispatch, and may list the first one late: after a
        doubtful try it is looked for, now and by following it, and never dispatched again.
        """
        if job.doubtful:
            return await self._looked_for(job)
        rules = _rules(job)
        body: dict[str, object] = {"ref": rules.ref, "inputs": filled(rules.inputs, job.facts)}
        answer = await self._asked(job, f"{_workflow(job)}/dispatches", body)
        if answer.status == _UNPROCESSABLE:
            raise NoAnswer(DeployWhy.REFUSED, f"{_UNPROCESSABLE} {told(answer.raw or b'')}".strip())
        return Report(deployment=job.deployment.id, state=DeployState.RUNNING)

    async def follow(self, job: Job) -> Report | None:
        """None while GitHub does not list the run yet."""
        external = job.deployment.external
        if external:
            answer = await self._asked(job, f"{_repository(job)}/actions/runs/{quote(external, safe='')}")
            return _told(job, _parsed(Run, answer))
        return await self._looked_for(job)

    async def cancel(self, job: Job) -> Report | None:
        """A run that GitHub does not list yet may begin all the same: it is looked for again. None when the
        cancelling has begun; GitHub takes its time, and the run may still come to another end.
        """
        known = await self.follow(job)
        if known is None:
            raise NoAnswer(DeployWhy.SILENT, again=True, unknown=True)
        if known.state is not DeployState.RUNNING:
            return known
        await self._asked(job, f"{_repository(job)}/actions/runs/{quote(known.external, safe='')}/cancel", {})
        return None

    async def _looked_for(self, job: Job) -> Report | None:
        found = await self._found(job)
        return _told(job, found) if found is not None else None

    async def _found(self, job: Job) -> Run | None:
        """The run whose title or name holds the id."""
        since = (job.since.astimezone(UTC) - EARLIER).strftime("%Y-%m-%dT%H:%M:%SZ")
        query = urlencode({"event": "workflow_dispatch", "created": f">={since}", "per_page": LISTED})
        listed = _parsed(Runs, await self._asked(job, f"{_workflow(job)}/runs?{query}"))
        mine = job.deployment.id
        return next(
            (run for run in listed.workflow_runs if mine in f"{run.display_title or ''} {run.name or ''}"),
            None,
        )

    async def _asked(self, job: Job, path: str, body: dict[str, object] | None = None) -> Answer:
        forge = job.project.policy.repository.forge
        try:
            async with opened(forge) as session:
                api = Api(forge, session, self._secret)
                return await (api.get(path) if body is None else api.post(path, body))
        except NotAnswered as no:
            why = no.fault.why
            raise NoAnswer(
                _WHYS.get(why, DeployWhy.STATUS),
                no.fault.detail,
                again=why in _PASSING,
                unknown=why in _UNSURE and not no.unsent,
                wait=no.wait,
            ) from None


def _rules(job: Job) -> WorkflowRules:
    if job.rules.github_actions is None:
        raise NoAnswer(DeployWhy.NO_RULES)
    return job.rules.github_actions


def _repository(job: Job) -> str:
    name = _rules(job).repository or job.project.policy.repository.forge_name
    if not name:
        raise NoAnswer(DeployWhy.NO_RULES)
    return f"/repos/{name}"


def _workflow(job: Job) -> str:
    return f"{_repository(job)}/actions/workflows/{_rules(job).workflow}"


def _parsed(model: type[T], answer: Answer) -> T:
    try:
        return model.model_validate_json(answer.raw or b"")
    except ValidationError:
        raise NoAnswer(DeployWhy.UNREADABLE, again=True, unknown=True) from None


def _told(job: Job, run: Run) -> Report:
    state, conclusion = DeployState.RUNNING, ""
    if run.status == "completed":
        conclusion = plain(run.conclusion or "")[:80]
        state = _DONE.get(conclusion, DeployState.FAILED)
    waits = run.status == _WAITING
    ended_badly = state in {DeployState.FAILED, DeployState.CANCELLED}
    return Report(
        deployment=job.deployment.id,
        state=state,
        external=str(run.id),
        url=run.html_url,
        why=DeployWhy.SAID if ended_badly else DeployWhy.APPROVAL if waits else None,
        detail=conclusion if ended_badly else "",
    )
