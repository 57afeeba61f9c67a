"""Somebody goes on, and somebody else holds it up right after: whom that is told, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.rendering import said
from commands.requests import Advance, DeclareRollback
from domain.errands import GoOvertaken, ToPerson
from domain.events import Advanced, RollbackDeclared
from domain.people import Via
from domain.rollback import Criterion
from domain.rollout.model import WentOn
from domain.rollout.opposite import RIGHT_AFTER
from domain.types import Action
from messages.lines import private_line
from messages.texts import Reader
from tests.support.driver import Driver
from tests.support.world import CHANNEL, IC, IMPL, OPS, RM, world

EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")
REPORTED = "Before you pressed, <@U0OPS> had reported the last step done: Canary 100 %."
FIRST, THEN = "canary_10", "canary_50"


@pytest.fixture
def release(drive: Driver) -> str:
    """On its canary, by hand."""
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": "canary"}})
    return drive.to_deploying()


def goes_on(drive: Driver, release: str, by: str = OPS) -> None:
    rollout = drive.release(release).rollout
    if rollout is not None and rollout.live_first and not rollout.live:
        drive.ok(Advance(release=release, action=Action.STEP_LIVE), OPS)
    drive.ok(Advance(release=release, action=Action.STEP_DONE, note="it is fine"), by, via=Via.BUTTON)


def pauses(drive: Driver, release: str, by: str = IMPL, *, shown: str = FIRST, why: str = "errors") -> Any:
    request = Advance(release=release, action=Action.PAUSE, note=why, from_rc=1, from_step=shown)
    return drive.ok(request, by, via=Via.MODAL)


def declares(drive: Driver, release: str, by: str = IC, **facts: Any) -> Any:
    request = DeclareRollback(
        release=release, criteria=(Criterion.ERROR_RATE,), evidence="4 % errors", migration=False, **facts
    )
    return drive.ok(request, by, via=Via.MODAL, channel=CHANNEL)


def overtaken(drive: Driver) -> list[tuple[Any, GoOvertaken, str]]:
    return [(tell.to, tell.said, tell.by) for tell in drive.told(GoOvertaken)]


def test_both_are_told_where_a_pause_comes_right_after_a_go(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    at = drive.clock()
    drive.clock.move(seconds=40)
    paused = pauses(drive, release)
    assert paused.went == WentOn(by=OPS, at=at, left=FIRST, began=THEN)
    told = GoOvertaken(
        release=release, version="1.5.0", left=FIRST, began=THEN, action=Action.PAUSE, reason="errors"
    )
    assert overtaken(drive) == [(ToPerson(OPS), told, IMPL)]


def test_both_are_told_in_korean(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    paused = pauses(drive, release, why="오류가 늘어납니다")
    assert private_line(KO, paused) == (
        "기록했습니다: *v1.5.0* 배포 일시 중지\n> 오류가 늘어납니다\n"
        "누르시기 전에 다음 단계로 진행되었습니다: <@U0OPS>, 카나리 10% → 카나리 50%. "
        "지금 일시 중지된 단계: 카나리 50%\n"
        "다음: 계속하거나 롤백을 선언합니다."
    )
    (tell,) = drive.told(GoOvertaken)
    assert said(KO, tell).text == (
        "🟠 *경고* *v1.5.0* *진행이 반영되었고* 이 단계가 시작되었습니다: 카나리 50%. "
        "바로 뒤에 배포가 일시 중지되었습니다. — <@U0IMPL>\n> 오류가 늘어납니다"
    )


def test_who_had_seen_the_go_is_told_nothing_new(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    assert pauses(drive, release, shown=THEN).went is None
    assert len(overtaken(drive)) == 1


def test_what_is_typed_was_shown_for_no_step(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    typed = drive.ok(Advance(release=release, action=Action.PAUSE, note="errors"), IMPL)
    assert isinstance(typed, Advanced)
    assert typed.went is None
    assert len(overtaken(drive)) == 1


def test_of_one_go_nobody_is_told_twice(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    pauses(drive, release)
    declares(drive, release)
    assert [one.action for _, one, _ in overtaken(drive)] == [Action.PAUSE]


def test_the_next_go_is_another(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    pauses(drive, release)
    drive.ok(Advance(release=release, action=Action.CONTINUE), RM)
    pauses(drive, release, shown=THEN)
    first, second = overtaken(drive)
    assert (first[0], second[0]) == (ToPerson(OPS), ToPerson(RM))
    assert (second[1].left, second[1].began) == (THEN, THEN)


def test_nobody_is_told_of_what_they_did_themselves(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    event = declares(drive, release, OPS, from_step=FIRST)
    assert event.went is None
    assert overtaken(drive) == []


def test_what_comes_later_is_no_opposite_press(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    drive.clock.move(seconds=(RIGHT_AFTER + timedelta(seconds=1)).total_seconds())
    pauses(drive, release, shown=THEN)
    assert overtaken(drive) == []


def test_a_modal_that_stood_open_for_long_tells_what_it_missed(drive: Driver, release: str) -> None:
    goes_on(drive, release)
    drive.clock.move(minutes=10)
    event = pauses(drive, release)
    assert event.went is not None
    assert event.went.began == THEN


def test_a_rollback_right_after_the_last_step(drive: Driver, release: str) -> None:
    for _ in range(3):
        goes_on(drive, release)
    event = declares(drive, release, from_step="canary_100")
    assert isinstance(event, RollbackDeclared)
    assert private_line(EN, event).splitlines()[-2:] == [
        f"{REPORTED} Rolled back now, from here: all steps are done",
        "The war room is being prepared; its people are invited.",
    ]
    (tell,) = drive.told(GoOvertaken)
    assert said(EN, tell).text == (
        "🟠 *Warning* *v1.5.0* *Your go counted*, and this is done: Canary 100 %. "
        "A rollback was declared right after it. — <@U0IC>\n> 4 % errors"
    )


def test_a_rollback_of_what_is_out_in_full_holds_up_no_step(drive: Driver, release: str) -> None:
    for _ in range(3):
        goes_on(drive, release)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    declares(drive, release)
    assert overtaken(drive) == []


def test_a_step_that_is_reported_once_more_after_the_last_is_no_go(drive: Driver, release: str) -> None:
    for _ in range(3):
        goes_on(drive, release)
    before = drive.release(release).rollout
    goes_on(drive, release)
    assert drive.release(release).rollout == before
