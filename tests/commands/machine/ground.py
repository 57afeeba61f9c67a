"""What all rules stand on: a project in a database of its own, its model, and the release in hand."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

from domain.approvals import Outcome
from domain.types import ReleaseType, Stage
from domain.views import Happened
from storage import decisions, releases, schema
from storage.db import Database, Tx
from tests.commands.machine.model import Project, Release
from tests.commands.machine.tables import ENDED, USERS
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import NO_LISTS, world

users = st.sampled_from(USERS)


@cache
def template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="naru-machine-")) / "template.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


def any_release(machine: Ground) -> bool:
    return bool(machine.project.releases)


def under_way(machine: Ground) -> bool:
    """Whether the release in hand has not ended."""
    return any_release(machine) and machine.now.stage not in ENDED


started, unfinished = precondition(any_release), precondition(under_way)


class Ground(RuleBasedStateMachine):
    """`now` is the release in hand: every rule is about it, and whatever it does to the others is checked."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="naru-machine-"))
        shutil.copy(template(), self.folder / "naru.db")
        self.clock = HandClock()
        self.database = Database(f"sqlite:///{self.folder}/naru.db", now=self.clock)
        self.drive = Driver(self.database, self.clock)
        self.project = Project()
        self.now: Release
        with self.database.transaction() as tx:
            # The gate that closes on a rollout, the way back, and checklists have stories of their own: here
            # every rollout goes on, and nothing of the remote's tags, and no list, is asked.
            types = {kind.value: {"in_flight": "finish"} for kind in ReleaseType}
            world(tx, types=types, readiness={"guard": "warn"}, checklists=NO_LISTS)
        self.drive.read_repository()

    def press(self, request: Any, user: str, *, expected: bool) -> None:
        outcome = self.drive.do(request, user)
        assert isinstance(outcome, Happened) is expected, (outcome, user, self.now, self.project.releases)

    def gone(self, user: str) -> bool:
        return user in self.project.left

    def teardown(self) -> None:
        assert self.drive.chain_holds()
        for release in self.project.releases:
            self.stage_times_are_gapless(release)
        for what in sorted(self.project.met):
            event(what)  # --hypothesis-show-statistics
        self.database.close()
        shutil.rmtree(self.folder)

    def stage_times_are_gapless(self, release: Release) -> None:
        times = self.drive.read(releases.stage_times, release.id)
        assert [entered for _, entered, _ in times[1:]] == [left for _, _, left in times[:-1]]
        assert times[-1][0] is release.stage
        assert times[-1][2] is None

    @invariant()
    def every_release_is_as_the_model_says(self) -> None:
        found = self.database.read_now(self.found)
        for model, (stage, rc, said, until) in zip(self.project.releases, found, strict=True):
            assert (stage, rc) == (model.stage, model.rc), self.project.releases
            assert said == {u: o for (rc, u), o in model.said.items() if rc == model.rc}
            assert until is (model.until is not None)

    def found(self, tx: Tx) -> list[tuple[Stage, int, dict[str, Outcome], bool]]:
        """Stage, candidate, decisions, and whether an approval is granted, of every release."""
        facts = []
        for model in self.project.releases:
            release = releases.get(tx, model.id)
            assert release is not None
            said = {d.user: d.outcome for d in decisions.live(tx, release.id, release.rc)}
            facts.append((release.stage, release.rc, said, release.approval_until is not None))
        return facts
