"""One gate behind every door: library, slash command, command line and the deploy button say the same."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cli import gate as command_line
from bot.slash.where import moment
from commands import slash
from commands.context import calendar_of, project_of
from commands.parse import parse
from commands.show import lists
from domain.calendar.blackouts import Blackout, BlackoutKind, Scope, YearlyBlackout
from domain.calendar.changes import Change
from domain.calendar.entries import Calendar
from domain.calendar.gate import GateAction, GateAnswer, Question, gate
from domain.needs import GateClosed
from domain.refusals import NotReady
from domain.types import Action, Environment, ReleaseType
from storage import calendar as entries
from storage.db import Database, Tx
from tests.proof.noise import seed_of
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.proof import rounds
from tests.support.world import PROJECT, world

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]

QUESTIONS = rounds(60, 2_000)
CALENDARS = rounds(1, 5)
MINUTE = timedelta(minutes=1)
ZONES = ("Asia/Seoul", "America/New_York", "Europe/Berlin")
HOLIDAYS = ("closed", "warn", "open")


@dataclass(frozen=True)
class Asked:
    kind: ReleaseType
    at: datetime


def test_every_door_answers_alike(
    database: Database,
    database_url: str,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    draw = random.Random(seed_of("doors"))
    monkeypatch.setenv("NARU_DATABASE_URL", database_url)
    drive = _project(database, clock, draw)
    releases = {kind: drive.to_approved(kind) for kind in (ReleaseType.HOTFIX, ReleaseType.REGULAR)}
    start = clock()
    for _ in range(CALENDARS):
        clock.set(start)
        with database.transaction() as tx:
            _entries(tx, draw, start)
        for asked in _questions(draw, start, database.read_now(project_of, PROJECT).policy.zone):
            clock.set(asked.at)
            expected = _of_library(database, asked)
            assert _of_slash(database, asked) == expected, asked
            assert _of_command_line(asked, capsys) == _as_json(expected), asked
            if asked.kind in releases:
                assert _of_button(drive, releases[asked.kind]) == _closing(expected), asked


# --- drawn --------------------------------------------------------------------------------------------------


def _project(database: Database, clock: HandClock, draw: random.Random) -> Driver:
    calendar = {
        "holidays": {
            "country": draw.choice(["KR", "DE", None]),
            "deploys": draw.choice(HOLIDAYS),
            "deploys_on_eves": draw.choice(HOLIDAYS),
        },
        "blackouts": [
            {
                "id": "year-end",
                "name": "Year end",
                "from": datetime(2025, 12, 20),
                "to": datetime(2026, 1, 3),
                "yearly": True,
            }
        ],
    }
    with database.transaction() as tx:
        world(tx, calendar=calendar, zone=draw.choice(ZONES))
    drive = Driver(database, clock)
    drive.read_repository()
    return drive


def _entries(tx: Tx, draw: random.Random, start: datetime) -> None:
    for number in range(12):
        begins = start + draw.randrange(365 * 24 * 4) * 15 * MINUTE
        ends = begins + draw.choice([1, 3, 24, 24 * 9]) * 60 * MINUTE
        scope = Scope(
            types=frozenset(draw.sample(list(ReleaseType), draw.choice([0, 0, 1, 2]))),
            environments=frozenset({draw.choice(list(Environment)), Environment.PRODUCTION}),
        )
        name, kind = f"entry {number}", draw.choice(list(BlackoutKind))
        id_ = f"b{draw.getrandbits(40)}"
        entry: Blackout | YearlyBlackout = Blackout(
            id=id_, name=name, start=begins, end=ends, scope=scope, kind=kind, added_by="U0PM", added_at=start
        )
        if draw.random() < 0.2:
            local = begins.replace(tzinfo=None, day=min(begins.day, 28))
            entry = YearlyBlackout(
                id=id_,
                name=name,
                begins=local,
                ends=local + (ends - begins),
                zone=draw.choice(ZONES),
                scope=scope,
                kind=kind,
                added_by="U0PM",
                added_at=start,
            )
        entries.put_blackout(tx, PROJECT, entry)
    windows = project_of(tx, PROJECT).policy.calendar.windows
    for _ in range(6):
        day = start.date() + timedelta(days=draw.randrange(300))
        to = datetime(day.year, day.month, day.day, draw.randrange(24)) + timedelta(days=draw.choice([0, 1]))
        cancelled = draw.random() < 0.5
        change = Change(
            of=draw.choice(windows).key,
            day=day,
            from_=None if cancelled else to,
            to=None if cancelled else to + timedelta(hours=draw.choice([1, 8])),
        )
        entries.put_change(tx, PROJECT, change, "U0RM", start)


def _questions(draw: random.Random, start: datetime, zone: str) -> Iterator[Asked]:
    """Minutes that can be typed: of a time that comes twice, the first."""
    tz = ZoneInfo(zone)
    while_asked = 0
    while while_asked < QUESTIONS:
        at = start + draw.randrange(400 * 24 * 60) * MINUTE
        local = at.astimezone(tz)
        if local.fold == 0:
            while_asked += 1
            yield Asked(draw.choice(list(ReleaseType)), at)


# --- the doors ----------------------------------------------------------------------------------------------


def _of_library(database: Database, asked: Asked) -> GateAnswer:
    def look(tx: Tx) -> tuple[Calendar, Question]:
        project = project_of(tx, PROJECT)
        question = Question(
            action=GateAction.DEPLOY, release_type=asked.kind, rules=project.policy.of(asked.kind).gate
        )
        return calendar_of(tx, project, asked.at), question

    calendar, question = database.read_now(look)
    return gate(calendar, question=question, at=asked.at)


def _of_slash(database: Database, asked: Asked) -> GateAnswer:
    """`/release can-i-deploy hotfix 2026-03-05 14:00`, read as it is typed."""

    def look(tx: Tx) -> GateAnswer:
        project = project_of(tx, PROJECT)
        local = asked.at.astimezone(ZoneInfo(project.policy.zone))
        typed = parse(f"can-i-deploy {asked.kind} {local:%Y-%m-%d %H:%M}", today=date(2026, 3, 2))
        assert isinstance(typed, slash.CanIDeployText)
        assert typed.type is not None
        assert typed.when is not None
        return lists.can_i_deploy(tx, PROJECT, typed.type, moment(project, typed.when)).answer

    return database.read_now(look)


def _of_command_line(asked: Asked, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    typed = command_line.Asked(
        project=PROJECT, action="deploy", type=asked.kind.value, at=asked.at.isoformat()
    )
    capsys.readouterr()
    code = command_line.ask(typed, as_json=True, strict=True)
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    assert {"open": 0, "closed": 1, "warn": 3}[str(told["verdict"])] == code
    return {name: told[name] for name in ("verdict", "next_open", "next_change", "reasons")}


def _as_json(answer: GateAnswer) -> dict[str, object]:
    def iso(at: datetime | None) -> str | None:
        return at.astimezone(UTC).isoformat() if at else None

    return {
        "verdict": answer.verdict.value,
        "next_open": iso(answer.next_open),
        "next_change": iso(answer.next_change),
        "reasons": [
            {
                "rule": reason.rule.value,
                "verdict": reason.verdict.value,
                "name": reason.names["en"] if reason.names else reason.name,
                "detail": reason.detail,
                "until": iso(reason.until),
                "exception_from": [role.value for role in reason.grantors],
            }
            for reason in answer.reasons
        ],
    }


def _of_button(drive: Driver, release: str) -> tuple[object, ...]:
    """What the deploy button names: the reasons that close. It never deploys here, since nobody stands by."""
    refusal = drive.refused(release, Action.DEPLOY)
    assert isinstance(refusal, NotReady)
    closed = [one.need.answer for one in refusal.missing if isinstance(one.need, GateClosed)]
    return _closing(closed[0]) if closed else ()


def _closing(answer: GateAnswer) -> tuple[object, ...]:
    return (answer.closing, answer.next_open) if answer.closing else ()
