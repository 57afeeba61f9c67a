"""`naru gate`: the one evaluator, asked from a pipeline. It fails closed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli.database import opened
from bot.cli.finding import release_named
from bot.cli.mistakes import MISTAKES, Mistake, one_of, reader, say, sentences
from bot.settings import Settings
from commands import context
from domain.calendar.gate import GateAction, GateAnswer, Question, Verdict
from domain.calendar.gate import gate as evaluate
from domain.project import Project
from domain.types import Environment, ReleaseType
from messages.cli import Code
from messages.cli_pages import gate_page
from storage.db import Tx

OPEN, CLOSED, ERROR, WARNING = 0, 1, 2, 3
VALID = timedelta(seconds=60)  # an answer older than this says nothing (reference: safety, gate)
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
        say(_dumped(_plain(asked, kind, answer)))
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
    kind = release.type if release else one_of(ReleaseType, "--type", asked.type)
    action = one_of(GateAction, "--action", asked.action)
    at = _moment(asked.at, project.policy.zone) if asked.at else tx.now()
    rules = project.policy.of(kind).gate
    question = Question(
        action=action,
        release_type=kind,
        rules=rules,
        release_id=release.id if release else None,
        environment=one_of(Environment, "--environment", asked.environment),
    )
    return project, kind, evaluate(context.calendar_of(tx, project, at), question=question, at=at)


def _moment(text: str, zone: str) -> datetime:
    """ISO; without an offset it is the project's own time."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Mistake(Code.NO_MOMENT, given=text) from None
    if at.year >= LAST_YEAR:
        raise Mistake(Code.NO_MOMENT, given=text)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _plain(asked: Asked, kind: ReleaseType, answer: GateAnswer) -> dict[str, Any]:
    expires = min(filter(None, (answer.at + VALID, answer.next_change)))
    return {
        "project": asked.project,
        "action": asked.action,
        "type": kind.value,
        "release": asked.release or None,
        "environment": asked.environment,
        "verdict": answer.verdict.value,
        "at": answer.at.isoformat(),
        "expires_at": expires.isoformat(),
        "next_open": answer.next_open.isoformat() if answer.next_open else None,
        "next_change": answer.next_change.isoformat() if answer.next_change else None,
        "reasons": [
            {
                "rule": reason.rule.value,
                "verdict": reason.verdict.value,
                "name": reason.names["en"] if reason.names else reason.name,
                "detail": reason.detail,
                "until": reason.until.isoformat() if reason.until else None,
                "exception_from": [role.value for role in reason.grantors],
            }
            for reason in answer.reasons
        ],
        "exceptions": [
            {
                "id": permit.id,
                "rule": permit.rule.value,
                "name": permit.names["en"] if permit.names else permit.name,
                "until": permit.until.isoformat(),
                "granted_by": permit.granted_by,
            }
            for permit in answer.permits
        ],
    }


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
