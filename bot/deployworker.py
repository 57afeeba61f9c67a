"""The outbox's rows for deployers: sent, followed and cancelled, and reported through a command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import assert_never

import structlog

from bot.deployers import Deployer, Job, NoAnswer
from bot.errors import boundary
from commands.deploys.report import follow_cancelled, never_sent, not_cancelled, take_in
from domain.deploys.model import DeployerKind, Deployment, DeployState, Purpose
from domain.deploys.reports import Report
from domain.errands import (
    AskDeployer,
    CancelDeployment,
    DeployErrand,
    Errand,
    FollowDeployment,
    TagCandidate,
)
from domain.people import BOT, Origin, Via
from domain.release import Release
from storage import deploys, doubt, outbox, projects, releases
from storage.db import Database, Tx
from storage.outbox import Claimed, Waiting

log = structlog.get_logger()
# Longer than any deployer may take to answer: a row is free again only when its process is gone.
LEASE = timedelta(minutes=3)
AT_ONCE = 8
FIRST, SLOWEST = timedelta(seconds=5), timedelta(minutes=2)
GIVE_UP_AFTER = 20
SOON = timedelta(seconds=2)
FOLLOWED_ON, SELDOM = timedelta(hours=24), timedelta(minutes=30)
"""What counts as lost is looked for so long, and at last so seldom."""
ORIGIN = Origin(BOT, Via.DEPLOYER)


class DeployWorker:
    """One errand of each deployment at a time; a deployer that hangs holds up only its own."""

    def __init__(
        self,
        db: Database,
        deployers: Mapping[DeployerKind, Deployer],
        *,
        base_url: str = "",
    ) -> None:
        """`base_url` is where deployers reach Naru."""
        self._db = db
        self._deployers = deployers
        self._base_url = base_url
        self._done: Callable[[], None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def when_done(self, tell: Callable[[], None]) -> None:
        """Have it told when there is room for more."""
        self._done = tell

    async def work(self) -> int:
        """Begin what is due, as far as there is room; returns how many errands were begun."""
        room = AT_ONCE - len(self._tasks)
        claimed = await self._db.run(_claim, room) if room else []
        for item in claimed:
            task = asyncio.create_task(self._one(item))
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        return len(claimed)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._done is not None:
            self._done()

    async def idle(self) -> None:
        """Until what was begun is over."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def stop(self, seconds: float) -> None:
        """Let what was begun come to its end, for at most so long: the lease covers the rest."""
        if self._tasks:
            _, left = await asyncio.wait(set(self._tasks), timeout=seconds)
            for task in left:
                task.cancel()

    async def _one(self, item: Claimed) -> None:
        about = {"errand": type(item.errand).__name__, "outbox": item.id}
        async with boundary(partial(self._failed, item), **about):
            job = await self._db.read(self._job, item)
            if job is None:
                await self._db.run(_moot, item)
                return
            if not await self._db.run(_may_be_sent, item, job):
                return
            await self._attempt(item, job)

    async def _attempt(self, item: Claimed, job: Job) -> None:
        deployer = self._deployers[job.deployment.deployer]
        errand: DeployErrand = item.errand  # type: ignore[assignment]  # claimed from the deployers' lanes
        about = {"project": job.project.key, "deployment": job.deployment.id}
        try:
            report = await _done(deployer, errand, job)
        except NoAnswer as no:
            log.warning("deployer", why=no.why.value, attempt=item.attempts, **about)
            await self._db.run(_not_answered, item, job, no, deployer.polled)
        else:
            log.info("deployer", state=report.state.value if report else "", **about)
            await self._db.run(_answered, item, job, report, deployer.polled)

    def _job(self, tx: Tx, item: Claimed) -> Job | None:
        """The work as it is now; None when it is gone, over, or not of this errand any more."""
        errand = item.errand
        deployment = deploys.get(tx, getattr(errand, "deployment", ""))
        project = projects.get(tx, deployment.project) if deployment else None
        release = releases.get(tx, deployment.release) if deployment else None
        if deployment is None or project is None or release is None:
            return None
        if not _is_about(errand, deployment):
            return None
        callback = f"{self._base_url}/hooks/deploys/{project.key}" if self._base_url else ""
        return Job(
            deployment=deployment,
            project=project,
            version=str(release.version),
            rules=project.policy.deploy.of(deployment.environment),
            callback=callback,
            since=outbox.added_at(tx, f"ask:{deployment.id}") or item.added_at,
            percent=_percent(release, deployment),
            doubtful=item.sent_at is not None,
        )

    async def _failed(self, item: Claimed, reference: str) -> None:
        """A bug of ours must not hold up a lane for ever: what it was about falls silent, and people see."""
        if item.attempts >= GIVE_UP_AFTER:
            await self._db.run(outbox.finish, [(item.id, f"failed: {reference}")])
        else:
            await self._db.run(outbox.put_back, item.id, _backoff(item.attempts), f"failed: {reference}")


def _is_about(errand: Errand, deployment: Deployment) -> bool:
    """What is cancelled or lost is followed on, until something was heard of it."""
    if isinstance(errand, CancelDeployment):
        return deployment.ending
    late = isinstance(errand, FollowDeployment) and errand.late
    return not deployment.over or (late and deployment.in_doubt)


async def _done(deployer: Deployer, errand: DeployErrand, job: Job) -> Report | None:
    match errand:
        case AskDeployer():
            return await deployer.ask(job)
        case FollowDeployment():
            return await deployer.follow(job)
        case CancelDeployment():
            return await deployer.cancel(job)
        case _:
            assert_never(errand)


def _claim(tx: Tx, limit: int) -> list[Claimed]:
    return outbox.claim_due(tx, deploys=True, limit=limit, lease=LEASE)


def _percent(release: Release, deployment: Deployment) -> int | None:
    rollout = release.rollout
    if rollout is None or deployment.purpose is not Purpose.STEP or deployment.step not in rollout.steps:
        return None
    return rollout.planned(rollout.steps.index(deployment.step)).percent


def _may_be_sent(tx: Tx, item: Claimed, job: Job) -> bool:
    """A deployer that takes the tag would look for one that is not pushed yet, and what is being cancelled
    may still run: it is asked a little later. What came to its end meanwhile is not sent at all. From here on
    it may have been sent, whatever becomes of this process.
    """
    if not isinstance(item.errand, AskDeployer):
        return True
    if _waits(tx, deploys.get(tx, job.deployment.id) or job.deployment):
        outbox.hand_back(tx, item, after=SOON)
        return False
    return doubt.begin(tx, item)


def _waits(tx: Tx, one: Deployment) -> bool:
    """A way back waits for nothing."""
    if one.over or one.purpose is Purpose.ROLLBACK:
        return one.over
    tag = TagCandidate(one.project, one.release, one.candidate, one.sha)
    return outbox.waits(tx, f"{outbox.GIT}{one.project}", tag) or deploys.held_back(tx, one)


def _answered(tx: Tx, item: Claimed, job: Job, report: Report | None, polled: bool) -> None:  # noqa: FBT001 - run() passes by place
    """The report and the errand's end commit together: a crash before repeats both, with the same id."""
    if report is not None:
        take_in(tx, report, ORIGIN)
    over = report is not None and report.state is not DeployState.RUNNING
    errand = item.errand
    if isinstance(errand, FollowDeployment) and errand.late:
        _looked_for(tx, item, job, errand)
        return
    if isinstance(errand, FollowDeployment) and not errand.last and not over:
        outbox.put_back(tx, item.id, _poll(job), "running")
        return
    outbox.finish(tx, [(item.id, report.state.value if report else "done")])
    if isinstance(errand, CancelDeployment):
        follow_cancelled(tx, errand.deployment, can_be_asked=_can_be_asked(job, polled=polled))
    if isinstance(errand, AskDeployer) and polled and not over:
        follow = FollowDeployment(errand.project, errand.deployment)
        outbox.add(tx, [Waiting(item.lane, f"follow:{errand.deployment}", follow, after=_poll(job))])


def _looked_for(tx: Tx, item: Claimed, job: Job, errand: FollowDeployment, wait: float = 0) -> None:
    """What is back is followed as before; what is in doubt still, more and more seldom, for a day."""
    now = deploys.get(tx, errand.deployment) or job.deployment
    if not now.over:
        follow = FollowDeployment(errand.project, errand.deployment)
        outbox.finish(tx, [(item.id, "back")])
        outbox.add(
            tx, [Waiting(item.lane, f"follow:{errand.deployment}:{item.id}", follow, after=_poll(job))]
        )
    elif not now.in_doubt:
        outbox.finish(tx, [(item.id, now.state.value)])
    elif tx.wall() - item.added_at > FOLLOWED_ON:
        outbox.finish(tx, [(item.id, "not found")])
    else:
        doubled: int = 2 ** min(item.attempts, 10)
        slowest = SLOWEST if now.holds_back else SELDOM
        seldom = max(_poll(job), min(_poll(job) * doubled, slowest))
        outbox.put_back(tx, item.id, max(seldom, timedelta(seconds=wait)), now.state.value)


def _not_answered(tx: Tx, item: Claimed, job: Job, no: NoAnswer, polled: bool) -> None:  # noqa: FBT001 - run() passes by place
    """Asked again, or told: what may have arrived is lost, what cannot have has failed."""
    errand = item.errand
    if isinstance(errand, FollowDeployment) and errand.late:
        _looked_for(tx, item, job, errand, no.wait)
        return
    following = isinstance(errand, FollowDeployment) and not errand.last
    if no.again and (following or item.attempts <= job.rules.retries):
        if isinstance(errand, AskDeployer) and not (no.unknown or item.sent_at):
            doubt.not_sent(tx, item.id)
        wait = _poll(job) if following and polled else _backoff(item.attempts)
        outbox.put_back(tx, item.id, max(wait, timedelta(seconds=no.wait)), no.why.value)
        return
    outbox.finish(tx, [(item.id, no.why.value)])
    if isinstance(errand, CancelDeployment):
        not_cancelled(tx, job.deployment.id, no.why, no.detail, ORIGIN)
        follow_cancelled(tx, job.deployment.id, can_be_asked=_can_be_asked(job, polled=polled))
        return
    asking = isinstance(errand, AskDeployer)
    doubtful = no.unknown or item.sent_at is not None or not asking
    report = Report(
        deployment=job.deployment.id,
        state=DeployState.LOST if doubtful else DeployState.FAILED,
        why=no.why,
        detail=no.detail,
    )
    take_in(tx, report, ORIGIN)


def _moot(tx: Tx, item: Claimed) -> None:
    unsent = doubt.give_up(tx, item.id)
    if isinstance(item.errand, AskDeployer) and unsent:
        never_sent(tx, item.errand.deployment, ORIGIN)


def _can_be_asked(job: Job, *, polled: bool) -> bool:
    webhook = job.rules.webhook
    return polled or (webhook is not None and webhook.status_url is not None)


def _poll(job: Job) -> timedelta:
    rules = job.rules.github_actions
    return rules.poll_every if rules else FIRST


def _backoff(attempts: int) -> timedelta:
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(FIRST * doubled, SLOWEST)
