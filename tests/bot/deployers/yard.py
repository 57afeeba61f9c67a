"""The shop with its deployers at work: what is due is sent at once, and callbacks come in over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import update
from sqlmodel import col

from bot.callbacks import ROUTE, Callbacks
from bot.deployers.webhook import Webhook
from bot.deployworker import DeployWorker
from domain.deploys.model import DeployerKind, Deployment, DeployState
from storage import deploys, outbox
from storage.tables import OutboxRow
from tests.support.deployer import CALLBACK, SIGNING, Service, reported
from tests.support.driver import Driver
from tests.support.world import PROJECT, world

NEVER = timedelta(days=-1)


def secret(value: bytes) -> SecretStr:
    return SecretStr(value.decode())


@dataclass
class Yard:
    drive: Driver
    service: Service
    worker: DeployWorker
    url: str = ""

    @classmethod
    @asynccontextmanager
    async def opened(cls, drive: Driver, service: Service, *, local: bool = True) -> AsyncIterator[Yard]:
        callbacks = Callbacks(drive.database, lambda: secret(CALLBACK))
        app = web.Application()
        app.router.add_post(ROUTE, callbacks.handle)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        webhook = Webhook(lambda: secret(SIGNING), local=local)
        worker = DeployWorker(drive.database, {DeployerKind.WEBHOOK: webhook}, base_url=base)
        yard = cls(drive, service, worker, f"{base}/hooks/deploys/{PROJECT}")
        yard.rules()
        try:
            yield yard
        finally:
            await runner.cleanup()

    def rules(self, **more: Any) -> None:
        """Both environments have the webhook; `more` are further rules of it, or other parts of the policy."""
        of_policy = more.pop("policy", {})
        webhook = {"url": f"{self.service.url}/deploy", "timeout": "2s", **more.pop("webhook", {})}
        rules = {"deployer": "webhook", "retries": 2, "webhook": webhook, **more}
        with self.drive.tx() as tx:
            world(tx, deploy={"staging": rules, "production": rules}, **of_policy)

    def staging(self, *, tagged: bool = True) -> str:
        """A release whose candidate has just been built."""
        release = self.drive.start()
        self.drive.cut(release)
        self.drive.build(release)
        if tagged:
            self.tagged()
        return release

    def tagged(self) -> None:
        """The candidate's tag is on the remote."""
        with self.drive.tx() as tx:
            while in_git := outbox.claim_due(tx, git=True, limit=10, lease=timedelta(minutes=1)):
                outbox.finish(tx, [(item.id, "done") for item in in_git])

    async def work(self) -> None:
        """All that is due is sent, and what came of it is kept."""
        while await self.worker.work():
            await self.worker.idle()

    async def work_on(self) -> None:
        """The same, and what is put off is due now."""
        self.hurry()
        await self.work()

    def hurry(self) -> None:
        with self.drive.tx() as tx:
            tx.execute(
                update(OutboxRow)
                .where(col(OutboxRow.done_at).is_(None), col(OutboxRow.lane).startswith("deploy:"))
                .values(due_at=tx.wall() + NEVER, leased_until=None)
            )

    def deployments(self, release: str) -> tuple[Deployment, ...]:
        return self.drive.read(deploys.of_release, release)

    def only(self, release: str) -> Deployment:
        (found,) = self.deployments(release)
        return found

    def states(self, release: str) -> list[DeployState]:
        return [one.state for one in self.deployments(release)]

    async def call(self, deployment: Deployment, state: str, **facts: Any) -> tuple[int, str]:
        """A callback of the deployer: the status and what it was taken for."""
        status, body = await reported(self.url, {"id": deployment.id, "state": state, **facts})
        return status, body["result"]
