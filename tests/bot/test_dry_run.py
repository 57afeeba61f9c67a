"""A dry run of every action says what would be made, moved, deleted or in the way, and pushes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.payloads import Pressed, Unreadable
from bot.presses import request_of, unfolded
from commands.requests import AskDryRun
from domain import refusals as r
from domain.errands import DryRunDone, ToPerson
from domain.repository import ProblemKind
from domain.types import Action, GitStep, ReleaseType
from messages.ids import Press, Target
from messages.lines import line
from messages.texts import Reader
from storage.db import Database
from tests.bot.house import House
from tests.support.clock import HandClock
from tests.support.world import DEV, GUEST

EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")


@pytest.fixture
def house(database: Database, clock: HandClock, tmp_path: Path) -> House:
    return House(database, clock, tmp_path)


async def asked(house: House, release: str, step: GitStep | None = None, *commits: str) -> DryRunDone:
    """What who asked is told; the remote is as it was."""
    before = house.team.refs()
    house.drive.ok(AskDryRun(release=release, step=step, commits=commits), DEV)
    await house.work()
    told = house.drive.told(DryRunDone)[-1]
    assert told.to == ToPerson(DEV)
    assert house.team.refs() == before
    assert isinstance(told.said, DryRunDone)
    return told.said


async def test_a_cut_would_make_one_branch(house: House) -> None:
    release = house.drive.start(ReleaseType.REGULAR)
    head = house.team.refs()["heads/develop"]

    said = await asked(house, release)

    assert (said.step, said.refs) == (GitStep.CUT, (("refs/heads/release/v1.5.0", head),))
    assert line(EN, said, "") == (
        f"*v1.5.0* What git would do now: Cut branch. Nothing was changed.\n• `release/v1.5.0` → `{head[:7]}`"
    )


async def test_a_cut_whose_names_are_taken_is_told(house: House) -> None:
    release = house.drive.start(ReleaseType.REGULAR)
    house.team.tag("v1.5.0", house.team.refs()["heads/main"])

    said = await asked(house, release)

    assert line(EN, said, "").endswith("\nIt would be refused: already there is `v1.5.0`.")
    assert line(KO, said, "").endswith("\n거부됩니다. 이미 있는 이름: `v1.5.0`")


async def test_an_urgent_cut_names_its_commits(house: House) -> None:
    release = house.drive.start(ReleaseType.HOTFIX)
    fix = house.team.commit("fix: pay", {"pay.txt": "pay\n"})

    nothing = await asked(house, release)
    said = await asked(house, release, GitStep.CUT, fix[:10])

    assert nothing.problem == ProblemKind.NOTHING_TO_RELEASE
    assert [name for name, _ in said.refs] == ["refs/heads/hotfix/INC-20260302-1"]


async def test_the_end_of_a_release_would_move_main_and_develop_and_delete_the_branch(house: House) -> None:
    release = await house.cut()
    head = house.team.commit("fix: last minute", {"late.txt": "late\n"}, branch="fix")
    house.team.git("push", "-q", "origin", f"{head}:refs/heads/release/v1.5.0", ":refs/heads/fix")
    refs = house.team.refs()

    said = await asked(house, release, GitStep.FINISH)

    assert line(EN, said, "") == (
        "*v1.5.0* What git would do now: Tag and merge. Nothing was changed.\n"
        f"• `main` `{refs['heads/main'][:7]}` → a merge commit\n"
        f"• `develop` `{refs['heads/develop'][:7]}` → a merge commit\n"
        f"• `v1.5.0` → `{head[:7]}`\n"
        f"• `release/v1.5.0` deleted `{head[:7]}`"
    )


async def test_a_conflict_is_found_before_anybody_is_asked_for_approval(house: House) -> None:
    release = await house.cut()
    house.team.commit("fix: ours", {"search.txt": "ours\n"}, branch="release/v1.5.0")
    house.team.git("push", "-q", "origin", "release/v1.5.0")
    house.team.commit("feat: theirs", {"search.txt": "theirs\n"}, branch="develop")

    said = await asked(house, release, GitStep.FINISH)

    assert (said.problem, said.detail, said.files) == (ProblemKind.CONFLICT, "develop", ("search.txt",))
    assert "It would fail, and change nothing:\nThe changes conflict.\n• `search.txt`" in line(EN, said, "")


async def test_every_branch_that_conflicts_is_named_with_its_files(house: House) -> None:
    release = await house.cut()
    house.team.commit("fix: ours", {"search.txt": "ours\n"}, branch="release/v1.5.0")
    house.team.commit("feat: theirs", {"search.txt": "theirs\n"}, branch="develop")
    house.team.commit("fix: on main", {"search.txt": "main\n"}, branch="main")

    said = await asked(house, release, GitStep.FINISH)

    assert line(EN, said, "") == (
        "*v1.5.0* What git would do now: Tag and merge. Nothing was changed.\n"
        "It would fail, and change nothing:\n"
        "The changes conflict.\n"
        "• `main`: `search.txt`\n"
        "• `develop`: `search.txt`\n"
        "Merge by hand, push, then press again. Nothing was changed on the remote."
    )
    assert "\n• `main`: `search.txt`\n• `develop`: `search.txt`\n" in line(KO, said, "")


async def test_what_a_hotfix_and_an_open_release_both_wrote_for_naru_does_not_conflict(
    database: Database, clock: HandClock, tmp_path: Path
) -> None:
    notes = {"changelog": "CHANGELOG.md", "version_file": "VERSION", "language": "en"}
    house = House(database, clock, tmp_path, notes=notes)
    await house.cut()
    fix = house.team.commit("fix: pay", {"pay.txt": "pay\n"}, branch="fix")
    hotfix = house.drive.start(ReleaseType.HOTFIX)
    house.drive.advance(hotfix, Action.CUT_BRANCH, commits=(fix,))
    await house.work()

    said = await asked(house, hotfix, GitStep.FINISH)

    assert said.problem == ""
    assert "refs/heads/release/v1.5.0" in [name for name, _ in said.refs]


async def test_the_next_candidate_would_be_tagged_where_the_branch_is(house: House) -> None:
    release = await house.cut()
    head = house.team.refs()["heads/release/v1.5.0"]

    said = await asked(house, release)

    assert (said.step, said.refs) == (GitStep.TAG, (("refs/tags/v1.5.0-rc.1", head),))


async def test_a_branch_would_be_deleted(house: House) -> None:
    release = await house.cut()
    head = house.team.refs()["heads/release/v1.5.0"]

    said = await asked(house, release, GitStep.DELETE)

    ref = "refs/heads/release/v1.5.0"
    assert (said.refs, said.before) == (((ref, ""),), ((ref, head),))


async def test_what_is_there_already_needs_nothing(house: House) -> None:
    release = await house.cut()

    said = await asked(house, release, GitStep.CUT)

    assert line(EN, said, "").endswith("\nThere is nothing to do: all of it is there.")


async def test_guests_are_not_answered(house: House) -> None:
    release = house.drive.start(ReleaseType.REGULAR)

    refusal = house.drive.no(AskDryRun(release=release), GUEST)

    assert isinstance(refusal, r.NotAMember)


async def test_a_dry_run_does_not_stand_in_the_way_of_the_step(house: House) -> None:
    release = house.drive.start(ReleaseType.REGULAR)
    await asked(house, release)

    house.drive.advance(release, Action.CUT_BRANCH, early=True, note="a quiet week")
    await house.work()

    assert "heads/release/v1.5.0" in house.team.refs()


async def test_a_hotfix_would_go_into_the_open_release_branch_as_well(house: House) -> None:
    await house.cut()
    fix = house.team.commit("fix: pay", {"pay.txt": "pay\n"}, branch="fix")
    hotfix = house.drive.start(ReleaseType.HOTFIX)
    house.drive.advance(hotfix, Action.CUT_BRANCH, commits=(fix,))
    await house.work()

    said = await asked(house, hotfix, GitStep.FINISH)

    assert [name for name, _ in said.refs] == [
        "refs/heads/main",
        "refs/heads/develop",
        "refs/heads/release/v1.5.0",
        "refs/tags/v1.4.1",
        "refs/heads/hotfix/INC-20260302-1",
    ]


def test_a_press_names_its_step_or_means_the_next_one() -> None:
    target = Target(release="r1", state=Press.DRY_RUN)
    assert request_of(unfolded(Pressed(Press.MORE, target, "t"))) == AskDryRun(release="r1")
    cut = Pressed(Press.DRY_RUN, Target(release="r1", state=GitStep.CUT), "t")
    assert request_of(cut) == AskDryRun(release="r1", step=GitStep.CUT)
    typed = {"commits": {"commits": {"value": "3f9c2a1, #128"}}}
    in_form = replace(cut, view={"state": {"values": typed}})
    assert request_of(in_form) == AskDryRun(release="r1", step=GitStep.CUT, commits=("3f9c2a1", "#128"))


def test_a_step_that_nobody_wrote_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        request_of(Pressed(Press.DRY_RUN, Target(release="r1", state="explode"), "t"))
