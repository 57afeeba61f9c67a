"""Releases in production, and war rooms led by their people, told in one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import col

from commands import requests as ask
from commands.frame import perform
from commands.rollback.declare import declare_rollback
from commands.rollback.open import open_room
from commands.rollback.reports import room_was_made
from commands.rollback.seat import take_seat
from commands.rollback.steps import move_step
from domain.checklists.model import ItemState, Phase
from domain.checklists.shipped import shipped
from domain.errands import Errand, Tell
from domain.events import RollbackDeclared, RoomOpened
from domain.people import BOT, Actor, Origin, Via
from domain.refusals import Refusal
from domain.release import Candidate, QaReport, Release
from domain.rollback import Criterion, Room
from domain.rollback.snapshot import Snapshot
from domain.rollout.rollout import Rollout
from domain.types import ReleaseType, RolloutStrategy, Stage
from domain.versions import Version
from domain.views import Happened, Outcome, SaidNo
from storage import checklists, outbox, releases, repositories, rooms, snapshots
from storage.audit import EVENTS
from storage.db import Database
from storage.tables import AuditRow, OutboxRow
from tests.support.clock import START
from tests.support.world import IC, OPS, RM, TEAM

SHA = "a" * 40
DAY = timedelta(days=1)
MADE = "C0ROLLBACK"
EVIDENCE = "5xx at 12 %, payments fail"
RESTORE = ("traffic", "caches")
VERIFY = ("health_check", "core_functions", "integrations")


def release(version: str = "1.6.0", **facts: Any) -> Release:
    """A regular release under monitoring since yesterday, rolled out blue-green."""
    plain: dict[str, Any] = {
        "id": f"release-{version}",
        "project": "shop",
        "version": Version.parse(version),
        "type": ReleaseType.REGULAR,
        "stage": Stage.RELEASED,
        "stage_since": START - DAY,
        "created_at": START - 9 * DAY,
        "started_by": RM,
        "captain": RM,
        "branch": f"release/v{version}",
        "previous_version": "1.5.0",
        "candidate": Candidate(2, SHA, START - 4 * DAY),
        "rollout": Rollout(
            strategy=RolloutStrategy.BLUE_GREEN, steps=("green_healthy", "traffic_switched"), done=2
        ),
        "deploy_started_at": START - DAY,
        "deployed_at": START - DAY,
        "merged": True,
    }
    return Release(**(plain | facts))


def migrating(version: str = "1.6.0", **facts: Any) -> Release:
    qa = QaReport(by="U0QA", at=START - 3 * DAY, candidate=2, migration=True, breaking=False)
    return release(version, qa=qa, **facts)


@dataclass
class Story:
    """Acts through the frame, each act in its own transaction; remembers nothing."""

    database: Database

    def given(self, *found: Release, tags: tuple[str, ...] = ()) -> None:
        with self.database.transaction() as tx:
            for one in found:
                releases.add(tx, one)
            if tags:
                repositories.put(tx, "shop", repositories.RepositoryFacts(read_at=START, tags=tags))

    def ask(
        self,
        verb: Callable[..., Happened],
        request: Any,
        by: str,
        *,
        channel: str = "",
        key: str = "",
        via: Via = Via.SLASH,
    ) -> Outcome:
        origin = Origin(Actor(TEAM, by), via, key, channel) if by else Origin(BOT, Via.BOT)
        if isinstance(request, ask.FinishPostmortem):
            self.after(request.room)
        with self.database.transaction() as tx:
            return perform(tx, verb, request, origin)

    def after(self, room: str) -> None:
        """All that is asked for after a rollback is done, without a word."""
        done = ItemState(done_at=START, done_by=IC)
        items = shipped()[Phase.ROLLBACK_AFTER].items
        with self.database.transaction() as tx:
            checklists.put(tx, room, Phase.ROLLBACK_AFTER, {item.key: done for item in items})

    def done(self, verb: Callable[..., Happened], request: Any, by: str, *, channel: str = "") -> Any:
        """The event; a refusal fails the test."""
        outcome = self.ask(verb, request, by, channel=channel)
        assert isinstance(outcome, Happened), outcome
        return outcome.event

    def no(self, verb: Callable[..., Happened], request: Any, by: str, *, channel: str = "") -> Refusal:
        """The refusal; anything else fails the test."""
        outcome = self.ask(verb, request, by, channel=channel)
        assert isinstance(outcome, SaidNo), outcome
        return outcome.refusal

    # --- short ways ---------------------------------------------------------------------------------------

    def declare(self, by: str = OPS, **facts: Any) -> Room:
        event = self.done(declare_rollback, declaration(**facts), by)
        assert isinstance(event, RollbackDeclared)
        return self.room(event.room)

    def open(self, by: str = OPS, **facts: Any) -> Room:
        event = self.done(open_room, ask.OpenRoom(project="shop", **facts), by)
        assert isinstance(event, RoomOpened)
        return self.room(event.room)

    def made(self, room: Room, channel: str = MADE) -> Room:
        self.done(room_was_made, ask.RoomWasMade(room=room.id, channel=channel, name=room.name), "")
        return self.room(room.id)

    def led(self, by: str = OPS, **facts: Any) -> Room:
        """A rollback with its channel made and the incident commander in the seat; nothing left to send."""
        room = self.made(self.declare(by, **facts))
        self.done(take_seat, ask.TakeSeat(room=room.id), IC)
        self.sent()
        return self.room(room.id)

    def step(self, room: Room, step: str, state: str = "done", by: str = IC, note: str = "") -> Any:
        request = ask.MoveStep(room=room.id, step=step, state=state, note=note)
        return self.done(move_step, request, by)

    def restored(self, room: Room, *steps: str) -> Room:
        for step in steps or (*RESTORE, *VERIFY):
            self.step(room, step)
        return self.room(room.id)

    # --- what is there ------------------------------------------------------------------------------------

    def room(self, room: str) -> Room:
        found = self.database.read_now(rooms.get, room)
        assert found is not None
        return found

    def release(self, version: str = "1.6.0") -> Release:
        found = self.database.read_now(releases.get, f"release-{version}")
        assert found is not None
        return found

    def timeline(self, room: Room) -> list[tuple[datetime, str, object]]:
        found = self.database.read_now(rooms.entries, room.id)
        return [(entry.at, entry.user, entry.event) for entry in found]

    def kept(self, room: Room) -> list[Snapshot]:
        """The snapshots of the room, oldest first."""
        return list(self.database.read_now(snapshots.of_room, room.id))

    def sent(self) -> list[tuple[str, Errand]]:
        """(lane, errand) of all that waits to be delivered, in order; it is taken away."""
        with self.database.transaction() as tx:
            rows = tx.execute(select(col(OutboxRow.lane), col(OutboxRow.body)).order_by(col(OutboxRow.id)))
            found = [(str(row[0]), outbox.ERRANDS.load(str(row[1]))) for row in rows.all()]
            tx.execute(delete(OutboxRow))
        return found

    def lane(self, name: str) -> list[Errand]:
        return [errand for lane, errand in self.sent() if lane == name]

    def told(self) -> list[tuple[object, object]]:
        """(place, what is said) of every one-off message that waits; all that waits is taken away."""
        return [(errand.to, errand.said) for _, errand in self.sent() if isinstance(errand, Tell)]

    def audited(self) -> list[tuple[str, str, str]]:
        """(actor, action, outcome) of every audit row."""
        with self.database.transaction() as tx:
            rows = tx.session.scalars(select(AuditRow).order_by(col(AuditRow.seq)))
            return [(row.actor, row.action, row.outcome) for row in rows]


def declaration(version: str = "1.6.0", **facts: Any) -> ask.DeclareRollback:
    plain: dict[str, Any] = {
        "release": f"release-{version}",
        "criteria": (Criterion.ERROR_RATE, Criterion.CORE_FUNCTION),
        "evidence": EVIDENCE,
        "migration": False,
    }
    return ask.DeclareRollback(**(plain | facts))


__all__ = ["EVENTS", "EVIDENCE", "MADE", "RESTORE", "VERIFY", "Story", "declaration", "migrating", "release"]
