"""Which step of the tour comes next, whatever people have done with the two releases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.demo.tour import tour
from domain.calendar.entries import DeployLock
from domain.errands import Surface, SurfaceKind
from domain.types import Stage
from domain.versions import Version
from storage import calendar, releases, surfaces
from storage.db import Database
from tests.support.builders import release
from tests.support.world import World

S = Stage
LOCK = DeployLock(reason="v1.5.0", since=datetime(2026, 3, 5, tzinfo=UTC), release_id="r1")
FIRST_BACK = [
    "start",
    "cut",
    "build",
    "qa",
    "approve",
    "confirm",
    "deploy",
    "hurt",
    "rollback",
    "resolve",
    "unlock",
]
USUAL = [*FIRST_BACK, "second", "verify", "close", "pipeline"]
OTHER = [*FIRST_BACK[:7], "verify", "close", "second", "hurt", "rollback", "resolve", "unlock", "pipeline"]


def _shown(
    database: Database,
    first: Stage | None,
    second: Stage | None,
    *,
    fails: bool = False,
    locked: bool = False,
) -> list[dict[str, Any]]:
    with database.transaction() as tx:
        if first is not None:
            releases.add(tx, release(first))
            card = Surface(SurfaceKind.CARD, "r1")
            surfaces.put(tx, surfaces.Posted(card, "C0RELSHOP1", "1772.000100", ""))
        if second is not None:
            releases.add(tx, release(second, id="r2", version=Version(1, 6, 0)))
        if locked:
            calendar.set_lock(tx, "shop", LOCK, "U0IC")
    return database.read_now(lambda tx: tour(tx, fails=fails))


@pytest.mark.parametrize(
    ("first", "second", "how", "steps", "current"),
    [
        (None, None, {}, USUAL, "start"),
        (S.CANDIDATE, None, {}, USUAL, "cut"),
        (S.BUILDING, None, {}, USUAL, "build"),
        (S.STAGING, None, {}, USUAL, "build"),
        (S.QA, None, {}, USUAL, "qa"),
        (S.APPROVAL, None, {}, USUAL, "approve"),
        (S.DEPLOYING, None, {}, USUAL, "hurt"),
        (S.DEPLOYING, None, {"fails": True}, USUAL, "rollback"),
        (S.ROLLING_BACK, None, {"locked": True}, USUAL, "resolve"),
        (S.ROLLED_BACK, None, {"locked": True}, USUAL, "unlock"),
        (S.ROLLED_BACK, None, {}, USUAL, "second"),
        (S.ROLLED_BACK, S.DEPLOYING, {}, USUAL, "second"),
        (S.ROLLED_BACK, S.VERIFYING, {}, USUAL, "verify"),
        (S.ROLLED_BACK, S.RELEASED, {}, USUAL, "close"),
        (S.ROLLED_BACK, S.CLOSED, {}, USUAL, "pipeline"),
        (S.VERIFYING, None, {}, OTHER, "verify"),
        (S.RELEASED, None, {}, OTHER, "close"),
        (S.RELEASED, None, {"fails": True}, OTHER, "close"),
        (S.CLOSED, None, {}, OTHER, "second"),
        (S.CLOSED, S.QA, {}, OTHER, "second"),
        (S.CLOSED, S.DEPLOYING, {}, OTHER, "hurt"),
        (S.CLOSED, S.DEPLOYING, {"fails": True}, OTHER, "rollback"),
        (S.CLOSED, S.ROLLING_BACK, {"locked": True}, USUAL, "resolve"),
        (S.CLOSED, S.ROLLED_BACK, {"locked": True}, USUAL, "unlock"),
        (S.CLOSED, S.ROLLED_BACK, {}, USUAL, "pipeline"),
    ],
)
def test_the_tour_goes_on_from_wherever_people_are(
    database: Database, shop: World, first: Any, second: Any, how: Any, steps: list[str], current: str
) -> None:
    shown = _shown(database, first, second, **how)
    assert [step["id"] for step in shown] == steps
    assert next(step["id"] for step in shown if not step["done"]) == current


def test_the_steps_of_the_way_back_lead_to_the_thread_and_to_the_room(
    database: Database, shop: World
) -> None:
    shown = {step["id"]: step for step in _shown(database, S.DEPLOYING, None)}
    assert (shown["rollback"]["channel"], shown["rollback"]["thread"]) == ("releases-shop", "1772.000100")
    with database.transaction() as tx:
        found = releases.get(tx, "r1")
        assert found is not None
        releases.save(tx, found, release(S.ROLLING_BACK), "U0IC")
    shown = {step["id"]: step for step in database.read_now(lambda tx: tour(tx, fails=True))}
    assert (shown["resolve"]["channel"], shown["resolve"]["thread"]) == ("rollback-v1-5-0", None)


def test_a_step_is_told_in_both_languages(database: Database, shop: World) -> None:
    shown = {step["id"]: step for step in _shown(database, S.DEPLOYING, None)}
    assert shown["hurt"] == {
        "id": "hurt",
        "title": {"ko": "실패하게 만들기", "en": "Let it fail"},
        "text": {
            "ko": "상점을 열어 “부하 시 실패”를 고르세요. 카나리 사용자의 요청 여덟 건 중 한 건이 실패합니다.",
            "en": "Open the shop and choose “Fails under load”: every eighth request of the canary's users fails.",
        },
        "as": "priya",
        "command": None,
        "channel": "releases-shop",
        "thread": None,
        "done": False,
        "open": "shop",
    }
