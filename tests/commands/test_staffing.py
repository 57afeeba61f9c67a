"""A release is not begun on a way that nobody could take to its end: said at the start, refused at the deploy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from commands import requests
from commands.show.release import card
from domain.checklists.model import Phase
from domain.events import ReleaseStarted
from domain.needs import Missing, NobodyHolds
from domain.people import Role
from domain.refusals import NotReady
from domain.release import ConfirmItem
from domain.types import Action, ReleaseType, Stage
from messages.lines import line
from messages.texts import Reader
from tests.support.driver import SHA, Driver
from tests.support.world import ONCALL, OPS, PM, QA, RM, TL, world

README = Path(__file__).resolve().parents[2] / "README.md"
PEOPLE = {"U0HANEUL01": RM, "U0JUNHO002": TL, "U0SORA0003": PM, "U0DANIEL04": QA, "U0PRIYA005": OPS}
NO_DEVOPS = NobodyHolds((Role.DEVOPS,), (Action.STEP_DONE, Action.ROLLOUT_COMPLETE))
NO_ONCALL = NobodyHolds((Role.ONCALL, Role.DEVOPS), (ConfirmItem.ONCALL_STANDING_BY,))
ALONE = {
    "release_manager": {"users": [RM, PM]},
    "tech_lead": {"users": [TL]},
    "pm": {"users": [PM]},
    "incident_commander": {"users": [TL]},
}


def sample() -> dict[str, Any]:
    """The roles of the README's policy, held by people of the world."""
    block = re.search(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert block is not None
    roles = yaml.safe_load(block[1])["roles"]
    return {role: {"users": [PEOPLE[user] for user in held["users"]]} for role, held in roles.items()}


def staffed(drive: Driver, **roles: Any) -> None:
    with drive.tx() as tx:
        world(tx, roles=roles)


def to_approved(drive: Driver) -> str:
    release = drive.start()
    drive.cut(release)
    drive.build(release)
    drive.advance(release, Action.STAGING_DEPLOYED, RM, note="healthy")
    drive.pass_qa(release, RM)
    found = drive.release(release)
    drive.clock.set(max(filter(None, (drive.clock(), found.deploy_at, found.soak_until))))
    drive.decide(release, PM)
    drive.settle_lists(release, Phase.PRE_RELEASE, Phase.RELEASE_START)
    return release


def test_the_policy_of_the_readme_takes_a_release_to_its_end(drive: Driver) -> None:
    staffed(drive, **sample())
    release = to_approved(drive)
    drive.confirm(release, ConfirmItem.DEPLOYER_STANDING_BY, RM)
    drive.confirm(release, ConfirmItem.ONCALL_STANDING_BY, OPS)
    drive.advance(release, Action.DEPLOY)
    drive.head_was_read(release, Action.DEPLOY)
    drive.roll_out(release)
    drive.advance(release, Action.VERIFIED, QA)
    drive.refs_were_made(release, refs=(("refs/tags/v1.5.0", SHA),))
    drive.clock.move(days=2)
    drive.advance(release, Action.CLOSE)
    assert drive.stage(release) is Stage.CLOSED


def test_what_nobody_could_do_is_said_at_the_start(drive: Driver) -> None:
    staffed(drive, **ALONE)
    drive.read_repository()
    event = drive.ok(requests.StartRelease(project="shop", type=ReleaseType.REGULAR), RM)
    assert isinstance(event, ReleaseStarted)
    assert event.unstaffed == (NO_ONCALL, NO_DEVOPS)
    assert line(Reader("en", "Asia/Seoul"), event, "").split("\n")[1:] == [
        "Nobody holds the role of on-call or DevOps/SRE (On-call standing by).",
        "Nobody holds the role of DevOps/SRE (Step done, Rollout complete).",
        "The owners give it: `/release roles`",
    ]
    assert line(Reader("ko", "Asia/Seoul"), event, "").split("\n")[1:] == [
        "온콜 또는 DevOps/SRE 역할을 맡은 사람이 없습니다 (온콜 대기).",
        "DevOps/SRE 역할을 맡은 사람이 없습니다 (배포 단계 완료, 배포 완료).",
        "프로젝트 소유자가 부여할 수 있습니다: `/release roles`",
    ]


def test_a_deploy_that_nobody_could_finish_does_not_begin(drive: Driver) -> None:
    staffed(drive, **ALONE, oncall={"users": [ONCALL]})
    release = to_approved(drive)
    drive.confirm(release, ConfirmItem.DEPLOYER_STANDING_BY, RM)
    drive.confirm(release, ConfirmItem.ONCALL_STANDING_BY, ONCALL)
    assert Missing(NO_DEVOPS) in drive.read(card, release).missing
    refusal = drive.refused(release, Action.DEPLOY)
    assert isinstance(refusal, NotReady)
    assert refusal.missing == (Missing(NO_DEVOPS),)

    staffed(drive, **ALONE, oncall={"users": [ONCALL]}, devops={"users": [OPS]})
    drive.advance(release, Action.DEPLOY)
    assert drive.read(card, release).missing == ()
