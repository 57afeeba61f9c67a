"""A canary that a deployer carries out: what it would report, the tests report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from commands import context
from commands.context import Case
from commands.rollout import begin, live
from domain.people import BOT, Origin, Via
from domain.rollout.rollout import Rollout
from storage.db import Database, Tx
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import World, world

MACHINE = Origin(BOT, Via.TIMER)


class Automatic(Driver):
    """`asked` and `cancelled` are the steps that a deployer was asked for, and told to leave."""

    asked: list[str]
    cancelled: list[str]

    def live(self, release: str, step: str) -> None:
        with self.tx() as tx:
            live.step_is_live(tx, context.case(tx, release), step, MACHINE)

    def failed(self, release: str, step: str, why: str = "no disk") -> None:
        with self.tx() as tx:
            live.step_failed(tx, context.case(tx, release), step, why, MACHINE)

    def rollout(self, release: str) -> Rollout:
        found = self.release(release).rollout
        assert found is not None
        return found

    def rules(self, rollout: str = "canary", **rules: Any) -> None:
        with self.tx() as tx:
            world(tx, types={"regular": {"rollout": rollout}}, rollout=rules)


@pytest.fixture
def machine(database: Database, clock: HandClock, shop: World, monkeypatch: pytest.MonkeyPatch) -> Automatic:
    driver = Automatic(database, clock)
    driver.asked, driver.cancelled = [], []

    def asks(_tx: Tx, found: Case, _origin: Origin) -> None:
        assert found.release.rollout is not None
        driver.asked.append(found.release.rollout.step_under_way)

    def leaves(_tx: Tx, _found: Case, step: str, _origin: Origin) -> None:
        driver.cancelled.append(step)

    automatic: Callable[[Case], bool] = lambda _found: True  # noqa: E731 - a constant
    monkeypatch.setattr(begin, "automatic", automatic)
    monkeypatch.setattr(begin, "step_begins", asks)
    monkeypatch.setattr(begin, "step_not_wanted", leaves)
    driver.rules()
    return driver
