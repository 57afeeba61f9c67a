"""A release that goes out and is measured: what is said of it, to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from commands import context
from commands.criteria import holding
from commands.health.take_in import take_in
from domain.criteria.model import Breach
from domain.errands import InThread, Place, PostBreach, ToPerson
from domain.health.model import ERROR_RATE, Reading, Source
from domain.people import BOT, Origin, Via
from domain.types import Action, Environment, ReleaseType
from storage import breaches, projects
from tests.support.driver import APPROVERS, Driver
from tests.support.world import OPS, PROJECT

MINUTE = timedelta(minutes=1)
TIMER = Origin(BOT, Via.TIMER)


class Story(Driver):
    """`measure` lets minutes pass, each with its reading."""

    release_id: str = ""

    def out(self, kind: ReleaseType = ReleaseType.REGULAR) -> str:
        self.release_id = self.to_deploying(kind)
        return self.release_id

    def to_deploying_with_migration(self) -> str:
        release = self.to_qa()
        self.pass_qa(release, migration=True, way_back="down.sql")
        return self.from_approval(release)

    def out_with_the_database_first(self) -> str:
        """Rolling and with a migration: a rollback begins nothing by itself."""
        release = self.start(ReleaseType.EMERGENCY)
        self.cut(release)
        self.build(release)
        self.advance(release, Action.STAGING_DEPLOYED, OPS, note="healthy")
        self.pass_qa(release, migration=True, way_back="down.sql")
        return self.from_approval(release)

    def out_from_approved(self) -> None:
        self.clock.set(max(filter(None, (self.clock(), self.release(self.release_id).deploy_at))))
        self.ready(self.release_id)
        self.advance(self.release_id, Action.DEPLOY)
        self.head_was_read(self.release_id, Action.DEPLOY)

    def from_approval(self, release: str) -> str:
        self.release_id = release
        found = self.release(release)
        self.clock.set(max(filter(None, (self.clock(), found.deploy_at, found.soak_until))))
        for user in APPROVERS[found.type]:
            self.decide(release, user)
        self.out_from_approved()
        return release

    def measure(self, *values: float | None, metric: str = ERROR_RATE, **facts: Any) -> None:
        """One reading a minute, the last one now."""
        for value in values:
            self.clock.move(minutes=1)
            known: dict[str, Any] = {"source": Source.PROMETHEUS, "samples": 100, "release": self.release_id}
            one = Reading(
                metric=metric,
                environment=Environment.PRODUCTION,
                at=self.clock(),
                value=value,
                **(known | facts),
            )
            with self.tx() as tx:
                project = projects.get(tx, PROJECT)
                assert project is not None
                take_in(tx, project, [one], TIMER)

    def breaches(self) -> list[Breach]:
        return list(self.read(breaches.of_release, self.release_id))

    def only(self) -> Breach:
        (found,) = self.breaches()
        return found

    def holding(self) -> tuple[Breach, ...]:
        def look(tx: Any) -> tuple[Breach, ...]:
            return holding.holding(tx, context.case(tx, self.release_id))

        with self.tx() as tx:
            return look(tx)

    def told_of(self, kind: type) -> list[Place]:
        """Where it was said, in order."""
        return [tell.to for tell in self.told(kind)]

    def people_told(self, kind: type) -> list[str]:
        return [place.user for place in self.told_of(kind) if isinstance(place, ToPerson)]

    def threads(self, kind: type) -> int:
        return sum(isinstance(place, InThread) for place in self.told_of(kind))

    def posted(self) -> list[PostBreach]:
        return [errand for errand in self.errands() if isinstance(errand, PostBreach)]

    def charts(self) -> int:
        return sum(isinstance(errand, PostBreach) for errand in self.errands())
