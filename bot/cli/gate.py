"""`naru gate`: the one evaluator, asked from a pipeline. It fails closed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli.database import opened
from bot.cli.finding import release_named
from bot.cli.mistakes import MISTAKES, Mistake, one_of, reader, say, sentences
from bot.settings import Settings
from commands import context, gate
from domain.calendar.gate import GateAction, GateAnswer, Verdict
from domain.project import Project
from domain.types import Environment, ReleaseType
from messages.cli import Code
from messages.cli_pages import gate_page
from storage.db import Tx
from web.gates import shown

OPEN, CLOSED, ERROR, WARNING = 0, 1, 2, 3
LAST_YEAR = 9000


@dataclass(frozen=True)
class Asked:
    """The question as it was typed."""

    project: str
    action: str
    type: str
    at: str | None
    release: str = ""
    environment: str = Environment.PRODUCTION.value


def ask(asked: Asked, *, as_json: bool, strict: bool) -> int:
    """Print the answer and return the exit code."""
    try:
        settings = Settings.load()
        with opened(settings) as database:
            project, kind, answer = database.read_now(_answer, asked)
    except MISTAKES as mistake:
        lines = sentences(mistake)
        if as_json:
            say(_dumped({"project": asked.project, "verdict": "closed", "error": " ".join(lines)}))
        for line in lines:
            say(line, error=True)
        return ERROR
    if as_json:
        question = gate.Asked(
            project=project,
            action=GateAction(asked.action),
            type=kind,
            environment=Environment(asked.environment),
        )
        say(_dumped(shown(question, answer, asked.release)))
    else:
        say(gate_page(reader(project.policy.zone), asked.project, asked.action, kind, answer))
    return _code(answer.verdict, strict=strict)


def _code(verdict: Verdict, *, strict: bool) -> int:
    if verdict is Verdict.WARN and strict:
        return WARNING
    return CLOSED if verdict is Verdict.CLOSED else OPEN


def _answer(tx: Tx, asked: Asked) -> tuple[Project, ReleaseType, GateAnswer]:
    project = context.project_of(tx, asked.project)
    release = release_named(tx, asked.release, project.key) if asked.release else None
    question = gate.Asked(
        project=project,
        action=one_of(GateAction, "--action", asked.action),
        type=release.type if release else one_of(ReleaseType, "--type", asked.type),
        release=release,
        environment=one_of(Environment, "--environment", asked.environment),
        at=_moment(asked.at, project.policy.zone) if asked.at else None,
    )
    return project, question.kind, gate.ask(tx, question)


def _moment(text: str, zone: str) -> datetime:
    """ISO; without an offset it is the project's own time."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Mistake(Code.NO_MOMENT, given=text) from None
    if at.year >= LAST_YEAR:
        raise Mistake(Code.NO_MOMENT, given=text)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
