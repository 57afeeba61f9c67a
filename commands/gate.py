"""May this be deployed or merged? Asked from the command line and over HTTP alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from commands import context
from domain.calendar.gate import GateAction, GateAnswer, Question, gate
from domain.project import Project
from domain.release import Release
from domain.types import Environment, ReleaseType
from storage.db import Tx

VALID = timedelta(seconds=60)  # an answer older than this says nothing (reference: safety, gate)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A `release` brings its own type and its exceptions. `at` None is now."""

    project: Project
    action: GateAction
    type: ReleaseType
    release: Release | None = None
    environment: Environment = Environment.PRODUCTION
    at: datetime | None = None

    @property
    def kind(self) -> ReleaseType:
        return self.release.type if self.release else self.type


def ask(tx: Tx, asked: Asked) -> GateAnswer:
    at = asked.at or tx.now()
    question = Question(
        action=asked.action,
        release_type=asked.kind,
        rules=asked.project.policy.of(asked.kind).gate,
        release_id=asked.release.id if asked.release else None,
        environment=asked.environment,
    )
    return gate(context.calendar_of(tx, asked.project, at), question=question, at=at)


def expires(answer: GateAnswer) -> datetime:
    """Until when the answer holds."""
    return min(filter(None, (answer.at + VALID, answer.next_change)))
