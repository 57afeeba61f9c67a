"""What stories about exceptions begin with: an approved release in its window, and what holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from commands import context
from commands.context import project_of
from commands.requests import AddBlackout, AskException, DecideException, JudgeException, RevokeException
from commands.show import exceptions as shows
from commands.show.lists import mine
from commands.show.release import card
from domain.calendar.exceptions import ExceptionResult, FreezeException
from domain.calendar.gate import GateAction, GateAnswer, Question, gate
from domain.calendar.reasons import GateReason
from domain.events import BlackoutAdded, ExceptionAsked, ExceptionDecided
from domain.types import Action, ReleaseType
from storage import exceptions
from storage.db import Tx
from tests.support.driver import Driver
from tests.support.world import OPS, PM, PROJECT, RM, RM2

HOUR = timedelta(hours=1)


def seoul(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - 9 * HOUR


IN_WINDOW = seoul(5, 14)
SALE = AddBlackout(project=PROJECT, name="Sale", start=seoul(5), end=seoul(6), reason="busy")


class Asking(Driver):
    """The driver with the steps of exceptions."""

    def blackout(self, **changes: Any) -> str:
        event = self.ok(replace(SALE, **changes), PM)
        assert isinstance(event, BlackoutAdded)
        return event.blackout

    def approved(self, at: datetime = IN_WINDOW) -> str:
        """A release that only the gate can hold, at that moment."""
        release = self.to_approval()
        self.clock.set(at)
        self.decide(release, RM2)
        self.ready(release)
        return release

    def wish(self, release: str, **facts: Any) -> AskException:
        texts = {"what": "v1.5.0", "why": "a law", "risk": "low", "way_back": "v1.4.0"}
        return AskException(**({"project": PROJECT, "release": release} | texts | facts))

    def ask(self, release: str, user: str = OPS, **facts: Any) -> tuple[str, ...]:
        """The ids of the exceptions that were asked for."""
        event = self.ok(self.wish(release, **facts), user)
        assert isinstance(event, ExceptionAsked)
        return tuple(one.exception for one in event.asked)

    def asked(self, **facts: Any) -> tuple[str, str]:
        """A release in a blackout, and the exception that is asked for it."""
        self.blackout()
        release = self.approved()
        (exception,) = self.ask(release, **facts)
        return release, exception

    def grant(self, exception: str, user: str = PM, **facts: Any) -> ExceptionDecided:
        event = self.ok(DecideException(exception=exception, grant=True, **facts), user)
        assert isinstance(event, ExceptionDecided)
        return event

    def deny(self, exception: str, user: str = PM, note: str = "after the sale") -> None:
        self.ok(DecideException(exception=exception, grant=False, note=note), user)

    def revoke(self, exception: str, user: str = PM, reason: str = "no longer needed") -> None:
        self.ok(RevokeException(exception=exception, reason=reason), user)

    def judgement(self, exception: str, **facts: Any) -> JudgeException:
        known = {"result": ExceptionResult.SUCCEEDED, "urgent": True, "reason_true": True}
        return JudgeException(exception=exception, **(known | facts))

    def deploy(self, release: str) -> None:
        self.advance(release, Action.DEPLOY)
        self.head_was_read(release, Action.DEPLOY)

    def roll_out(self, release: str) -> None:
        rollout = self.release(release).rollout
        assert rollout is not None
        for _ in rollout.steps:
            self.step_out(release)
        self.advance(release, Action.ROLLOUT_COMPLETE, OPS)

    # --- looking ------------------------------------------------------------------------------------------

    def exception(self, exception: str) -> FreezeException:
        found = self.read(exceptions.get, exception)
        assert found is not None
        return found

    def state(self, exception: str) -> str:
        """As people see it, its time heeded."""
        return self.read(shows.exception, exception).exception.state.value

    def gate(self, release: str) -> GateAnswer:
        return self.read(card, release).gate

    def closing(self, release: str) -> list[str]:
        return [reason.rule.value for reason in self.gate(release).closing]

    def merges(self, release: str | None = None) -> tuple[GateReason, ...]:
        """What closes merges of features now."""

        def look(tx: Tx) -> GateAnswer:
            project = project_of(tx, PROJECT)
            kind = self.release(release).type if release else ReleaseType.REGULAR
            rules = project.policy.of(kind).gate
            question = Question(
                action=GateAction.MERGE_FEATURE, release_type=kind, rules=rules, release_id=release
            )
            return gate(context.calendar_of(tx, project, tx.now()), question=question, at=tx.now())

        return self.read(look).closing

    def tasks(self, user: str) -> list[tuple[str, str]]:
        return [(task.kind, task.text) for task in self.read(mine, user).tasks if task.kind in _KINDS]


_KINDS = {"exception", "judgement"}
__all__ = ["HOUR", "OPS", "PM", "RM", "RM2", "Asking", "seoul"]
