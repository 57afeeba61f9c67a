"""Which ref was made at which SHA: on the release's page of the audit, from a real remote, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.audit import _page
from commands.requests import Cancel
from domain.types import Action, Stage
from messages.cli_pages import audit_page
from messages.texts import Reader
from storage.db import Database
from tests.bot.house import House
from tests.support.clock import HandClock
from tests.support.driver import APPROVERS
from tests.support.world import OPS, PROJECT, RM


@pytest.fixture
def house(database: Database, clock: HandClock, tmp_path: Path) -> House:
    return House(database, clock, tmp_path)


async def released(house: House) -> str:
    """v1.5.0 all the way, the git worker doing its part of every step."""
    drive = house.drive
    release = await house.cut()
    drive.advance(release, Action.BUILD_PASSED)
    await house.work()
    drive.advance(release, Action.STAGING_DEPLOYED, OPS, note="healthy")
    drive.pass_qa(release)
    found = drive.release(release)
    house.clock.set(max(filter(None, (house.clock(), found.deploy_at, found.soak_until))))
    for user in APPROVERS[found.type]:
        drive.decide(release, user)
    drive.ready(release)
    drive.advance(release, Action.DEPLOY)
    await house.work()
    rollout = drive.release(release).rollout
    assert rollout is not None
    for _ in rollout.steps:
        drive.step_out(release)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    drive.advance(release, Action.VERIFIED)
    await house.work()
    return release


def page(house: House, language: str) -> list[str]:
    """The lines of the audit's page that speak of refs."""
    found, _, rows = house.drive.read(_page, "v1.5.0", PROJECT)
    lines = audit_page(Reader(language, "Asia/Seoul"), found, rows).splitlines()
    return [line.strip() for line in lines if line.strip().startswith("refs/")]


async def test_the_page_of_a_release_has_every_ref_that_was_made_moved_and_deleted(house: House) -> None:
    before = house.team.refs()
    release = await released(house)

    refs = house.team.refs()
    head = before["heads/develop"]
    assert house.drive.stage(release) is Stage.RELEASED
    made = [
        f"refs/heads/release/v1.5.0 → {head}",
        f"refs/tags/v1.5.0-rc.1 → {head}",
        f"refs/heads/main {before['heads/main']} → {refs['heads/main']}",
        f"refs/tags/v1.5.0 → {head}",
    ]
    assert page(house, "en") == [*made, f"refs/heads/release/v1.5.0 {head} → deleted"]
    assert page(house, "ko") == [*made, f"refs/heads/release/v1.5.0 {head} → 삭제됨"]
    assert refs == {
        "heads/main": refs["heads/main"],
        "heads/develop": head,
        "tags/v1.4.0": before["tags/v1.4.0"],
        "tags/v1.5.0-rc.1": head,
        "tags/v1.5.0": head,
    }


async def test_a_branch_that_is_dropped_with_its_release_is_on_the_page(house: House) -> None:
    release = await house.cut()
    head = house.team.refs()["heads/release/v1.5.0"]

    house.drive.ok(Cancel(release=release, reason="not needed", delete_branch=True), RM)
    await house.work()

    assert page(house, "en") == [
        f"refs/heads/release/v1.5.0 → {head}",
        f"refs/heads/release/v1.5.0 {head} → deleted",
    ]
