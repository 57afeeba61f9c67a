"""A canary that fails is stopped and taken back, with the process killed after any of its effects in turn.

Nothing is deployed, taken back or said twice, and nothing is left out: whoever reads it cannot tell.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot import healthworker
from bot.callbacks import ORIGIN as DEPLOYER
from bot.verbs import VERBS
from commands import git_reports, requests
from commands.deploys.report import take_in
from commands.frame import perform
from domain.deploys.model import DeployState
from domain.deploys.reports import Report
from domain.people import Via
from domain.rollback import Criterion, Room, RoomState
from domain.types import Action, Stage
from sandbox import Sandbox
from storage import audit, releases, rooms
from storage.db import Database, Tx
from storage.tables import AuditRow, OutboxRow
from tests.proof.killed import Fate, Monitor, Process, World
from tests.proof.mortal import Killed
from tests.proof.noise import seed_of
from tests.proof.served import seed
from tests.support.clock import HandClock
from tests.support.deployer import service
from tests.support.driver import GIT, SHA, Driver, changes
from tests.support.postgres import Server
from tests.support.proof import full
from tests.support.world import IC, NO_LISTS, OPS, PROJECT, QA, RM, origin
from tests.support.world import world as lay_down

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
SAMPLE = 3
QUERIES = {
    "error_rate": "errors",
    "canary_error_rate": "canary",
    "p95_latency": "p95",
    "requests": "requests",
}
GOOD = {"errors": 0.002, "canary": 0.002, "p95": 0.12, "requests": 5000.0}
BAD = {"errors": 0.004, "canary": 0.12, "p95": 0.13, "requests": 5000.0}
DONE_BY = {"notice": IC, "caches": OPS, "health_check": OPS, "core_functions": QA, "integrations": QA}

Act = Callable[[Process], Awaitable[None]]


@dataclass
class Journey:
    """The acts of everybody but Naru, in their order; each may come again, as it does after a lost answer."""

    world: World
    release: str
    monitor: Monitor
    by_naru: bool

    def acts(self) -> Iterator[Act]:
        at = self.world.clock()
        yield self._asks(requests.Advance(release=self.release, action=Action.DEPLOY), RM)
        yield self._git_reads_the_head
        yield self._deployer_says(DeployState.RUNNING, percent=40)
        yield self._deployer_says(DeployState.SUCCEEDED)
        for minute in range(1, 9):
            yield self._at(at + timedelta(minutes=minute), BAD)
        if self.by_naru:
            yield self._in_room(lambda room: requests.TakeSeat(room=room), IC)
        else:
            yield self._asks(self._declaration(), IC)
        yield self._deployer_says(DeployState.SUCCEEDED)
        for minute in range(9, 11):
            yield self._at(at + timedelta(minutes=minute), GOOD)
        for step, user in DONE_BY.items():
            yield self._moves(step, "done", user)
        yield self._in_room(lambda room: requests.Resolve(room=room, summary="the old one serves"), IC)

    def _declaration(self) -> requests.DeclareRollback:
        return requests.DeclareRollback(
            release=self.release,
            criteria=(Criterion.ERROR_RATE,),
            evidence="12 % of the canary's requests",
            migration=False,
            commander=IC,
        )

    def _asks(self, request: Any, user: str) -> Act:
        """Slack delivers a press again, with the same key, while nobody has answered it."""
        asked = origin(user, key=f"press:{request}", via=Via.BUTTON)

        async def act(process: Process) -> None:
            await process.db.run(perform, VERBS[type(request)], request, asked)

        return act

    def _in_room(self, request: Callable[[str], Any], user: str) -> Act:
        async def act(process: Process) -> None:
            await self._asks(request(self.world.db.read_now(_room, self.release).id), user)(process)

        return act

    def _moves(self, step: str, state: str, user: str) -> Act:
        return self._in_room(lambda room: requests.MoveStep(room=room, step=step, state=state), user)

    async def _git_reads_the_head(self, process: Process) -> None:
        found = requests.HeadWasRead(release=self.release, action=Action.DEPLOY, head=SHA, scope=changes())
        await process.db.run(perform, git_reports.head_was_read, found, GIT)

    def _deployer_says(self, state: DeployState, **facts: Any) -> Act:
        """A deployer calls back until it is answered."""

        async def act(process: Process) -> None:
            report = Report(deployment=self.world.deployer.deploys[-1]["id"], state=state, **facts)
            await process.db.run(take_in, report, DEPLOYER, PROJECT)

        return act

    def _at(self, at: datetime, said: dict[str, float]) -> Act:
        async def act(_process: Process) -> None:
            self.monitor.said = said
            self.world.clock.set(at)

        return act


async def _played(journey: Journey, last: int | None = None) -> int:
    """The whole journey; the first process dies after its effect number `last`. How many effects it had."""
    process = Process(journey.world, Fate(last))
    for act in journey.acts():
        while True:
            try:
                await act(process)
                await process.settle()
                break
            except Killed:
                await process.bury()
                journey.world.time_passes()
                process = Process(journey.world, Fate())
    await process.bury()
    return process.fate.effects


def _policy(url: str, *, by_naru: bool) -> dict[str, Any]:
    webhook = {"deployer": "webhook", "webhook": {"url": f"{url}/deploy", "timeout": "5s"}}
    return {
        "language": "en",
        "types": {"regular": {"rollout": "canary"}},
        "rollout": {"go_on": "when_fine"},
        "checklists": NO_LISTS,
        "deploy": {"production": webhook},
        "criteria": {"changes": {"canary_error_rate": {"class": "automatic"}}} if by_naru else {},
        "health": {"prometheus": {"url": "http://prometheus.internal", "queries": QUERIES}},
    }


@asynccontextmanager
async def _begun(url: str, monitor: Monitor, *, by_naru: bool) -> AsyncIterator[Journey]:
    """Approved and confirmed, in its window; of what was said until here nobody knows."""
    monitor.said = GOOD
    box = await Sandbox.start(seed=seed())
    async with service() as deployer:
        clock = HandClock()
        db = Database(url, clock)
        with db.transaction() as tx:
            lay_down(tx, **_policy(deployer.url, by_naru=by_naru))
        release = _ready(Driver(db, clock))
        with db.transaction() as tx:
            tx.execute(OutboxRow.__table__.delete())  # type: ignore[attr-defined]  # set by SQLModel
        yield Journey(World(url, box, deployer, clock, db), release, monitor, by_naru)
        db.close()
    await box.stop()


def _ready(driver: Driver) -> str:
    release = driver.to_approval()
    found = driver.release(release)
    driver.clock.set(max(filter(None, (driver.clock(), found.deploy_at, found.soak_until))))
    driver.decide(release, "U0RM2")
    driver.ready(release)
    driver.tick()
    return release


def _room(tx: Tx, release: str) -> Room:
    found = releases.get(tx, release)
    room = rooms.get(tx, found.room) if found else None
    assert room is not None
    return room


# --- what must hold, whenever it was killed ----------------------------------------------------------------


def _holds(journey: Journey, told: Counter[tuple[str, str, int]] | None) -> Counter[tuple[str, str, int]]:
    world = journey.world
    asked = [(one["purpose"], one["step"], one["target"]) for one in world.deployer.deploys]
    assert asked == [("step", "canary_10", "v1.5.0-rc.1"), ("rollback", "traffic", "v1.4.0")]
    assert all(one.good for one in world.deployer.asked)
    made = [c.name for c in world.box.workspace.channels.values() if c.name.startswith("rollback")]
    assert made == ["rollback-v1-5-0"]
    assert world.shown_twice() == []
    world.db.read_now(_recorded, journey)
    now = world.messages()
    if told is not None:
        assert now == told, {"missing": told - now, "more": now - told}
    assert world.box.failures == []
    return now


def _recorded(tx: Tx, journey: Journey) -> None:
    assert audit.verify(tx) is None
    release = releases.get(tx, journey.release)
    assert release is not None
    assert release.stage is Stage.ROLLED_BACK
    room = _room(tx, journey.release)
    assert room.state is RoomState.RESOLVED
    assert room.seconds_to_restore > 0
    query = select(col(AuditRow.action)).where(col(AuditRow.outcome) == "done")
    done = Counter(str(row[0]) for row in tx.execute(query))
    assert (done["RollbackDeclared"], done["RoomResolved"], done["StepLive"]) == (1, 1, 1), done
    outcomes = [str(row[0]) for row in tx.execute(select(col(OutboxRow.outcome)))]
    assert [one for one in outcomes if one.startswith(("failed", "refused"))] == []


def _runs() -> list[Any]:
    """Both ways of declaring it and both databases: two runs meet them, in a full proof four."""
    pairs = [(False, "sqlite"), (True, "postgres")]
    pairs += [(not by_naru, kind) for by_naru, kind in pairs] if full() else []
    marks = {"sqlite": (), "postgres": (pytest.mark.postgres,)}
    return [
        pytest.param(by_naru, kind, id=f"{'by_naru' if by_naru else 'one_press'}-{kind}", marks=marks[kind])
        for by_naru, kind in pairs
    ]


@pytest.mark.parametrize(("by_naru", "kind"), _runs())
async def test_killed_after_any_effect_nothing_is_done_twice_and_nothing_left_out(
    by_naru: bool,  # noqa: FBT001 - a parameter
    kind: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.pacing.PACED", False)
    monitor = Monitor()
    monkeypatch.setattr(healthworker, "_monitor", lambda *_: monitor)
    fresh = partial(_database, kind, request, tmp_path)
    with fresh() as url:
        async with _begun(url, monitor, by_naru=by_naru) as journey:
            effects = await _played(journey)
            told = _holds(journey, None)
    wrong: dict[int, str] = {}
    for last in _points(effects):
        with fresh() as url:
            async with _begun(url, monitor, by_naru=by_naru) as journey:
                await _played(journey, last)
                try:
                    _holds(journey, told)
                except AssertionError as error:  # all points are tried: where it fails says why
                    wrong[last] = str(error)
    assert wrong == {}


def _points(effects: int) -> list[int]:
    """After the last effect nothing is left to be killed."""
    every = range(1, effects)
    return list(every) if full() else sorted(random.Random(seed_of("killed")).sample(every, SAMPLE))


@contextmanager
def _database(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """A new one, gone afterwards."""
    if kind == "postgres":
        server: Server = request.getfixturevalue("postgres")
        with server.database() as url:
            yield url
        return
    path = folder / "naru.db"
    shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
    yield f"sqlite:///{path}"
    for file in folder.glob("naru.db*"):
        file.unlink()
