from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.gitwork import Job, carrying, do
from commands.requests import BranchWasCut, RefsWereMade
from domain.errands import CutBranch, WriteNotes
from domain.notes import Section
from domain.notes.edits import NoteEdit
from domain.project import Project
from domain.release import Release
from domain.types import Stage
from domain.versions import Version
from storage.git import Mirror
from tests.storage.git.team import Team
from tests.support.builders import release
from tests.support.world import CHANNEL, PROJECT, policy

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
FILES = {"changelog": "CHANGELOG.md", "version_file": "VERSION", "language": "en"}
BRANCH = "release/v1.6.0"


def job(team: Team, errand: CutBranch | WriteNotes, found: Release, **rules: Any) -> Job:
    repository = {"url": str(team.remote), **rules.pop("repository", {})}
    policy_ = policy(repository=repository, notes=FILES | rules)
    mirror = Mirror(path=team.work.parent / "mirror", remote_url=str(team.remote), allow_local=True)
    return Job(errand, Project(PROJECT, CHANNEL, policy_, ""), mirror, NOW, found)


def planned(stage: Stage = Stage.CANDIDATE, **facts: Any) -> Release:
    return release(
        stage, version=Version(1, 6, 0), branch=BRANCH, previous_version="1.5.0", candidate=None, **facts
    )


def test_cut_branch_carries_its_changelog_and_version(team: Team) -> None:
    report = do(job(team, CutBranch(PROJECT, "r1"), planned()))
    head = team.refs()[f"heads/{BRANCH}"]
    assert isinstance(report, BranchWasCut)
    assert (report.sha, report.problem) == (head, "")
    assert report.scope is not None
    assert (report.scope.counts.total, report.scope.all_authors) == (1, ("kim@example.com",))
    files = team.files(BRANCH)
    assert files["VERSION"] == "1.6.0"
    assert files["CHANGELOG.md"].startswith(
        "# Changelog\n\n## v1.6.0 - 2026-03-05\n\n### Bug fixes\n\n- crash"
    )
    assert team.show(BRANCH, "%an|%s") == "Naru|chore(release): v1.6.0"
    assert do(job(team, CutBranch(PROJECT, "r1"), planned())) == replace(report, already=True)


def test_cut_stops_at_a_file_that_cannot_be_written_and_goes_on_when_it_is_mended(team: Team) -> None:
    (team.work / "CHANGELOG.md").symlink_to("app.txt")
    team.commit("chore: link")
    report = do(job(team, CutBranch(PROJECT, "r1"), planned()))
    assert isinstance(report, BranchWasCut)
    assert (report.problem, report.files, report.sha) == ("not_a_file", ("CHANGELOG.md",), "")
    again = do(job(team, CutBranch(PROJECT, "r1"), planned(), changelog=None))
    assert isinstance(again, BranchWasCut)
    assert (again.problem, again.sha) == ("", team.refs()[f"heads/{BRANCH}"])


def test_a_changelog_has_what_is_too_much_for_a_list(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "LINES", 1)
    team.commit("fix: freeze", {"freeze.txt": "freeze\n"})
    report = do(job(team, CutBranch(PROJECT, "r1"), planned()))
    assert isinstance(report, BranchWasCut)
    assert report.scope is not None
    assert [line.text for line in report.scope.lines] == ["freeze"]
    changelog = team.files(BRANCH)["CHANGELOG.md"]
    assert [one for one in ("- freeze", "- crash") if one in changelog] == ["- freeze", "- crash"]


def test_files_follow_what_is_written_and_come_once(team: Team) -> None:
    do(job(team, CutBranch(PROJECT, "r1"), planned()))
    team.git("fetch", "-q", "origin")
    team.git("checkout", "-q", BRANCH)
    team.commit("feat: late", {"late.txt": "late\n"}, branch=BRANCH)
    text = NoteEdit(
        id=1, section=Section.FIXES, language="en", text="- no more crashes", by="U0RM", at=NOW, candidate=1
    )
    building = replace(
        job(team, WriteNotes(PROJECT, "r1"), planned(Stage.BUILDING)), notes={(Section.FIXES, "en"): text}
    )
    before = team.refs()[f"heads/{BRANCH}"]
    report = do(building)
    head, name = team.refs()[f"heads/{BRANCH}"], f"refs/heads/{BRANCH}"
    assert report == RefsWereMade(
        release="r1", work="write_notes", refs=((name, head),), before=((name, before),)
    )
    changelog = team.files(BRANCH)["CHANGELOG.md"]
    assert (changelog.count("## v1.6.0"), "- no more crashes" in changelog) == (1, True)
    assert "- late" in changelog
    again = do(building)
    assert isinstance(again, RefsWereMade)
    assert (again.refs, again.already) == (((name, head),), True)
    assert team.refs()[f"heads/{BRANCH}"] == head


@pytest.mark.parametrize(
    "found",
    [
        planned(Stage.QA),
        planned(Stage.APPROVAL),
        planned(Stage.BUILDING, approval_asked_at=NOW),
        replace(planned(Stage.BUILDING), branch="main"),
    ],
)
def test_nothing_is_written_too_late_or_on_the_trunk(team: Team, found: Release) -> None:
    before = team.refs()
    report = do(job(team, WriteNotes(PROJECT, "r1"), found))
    assert report == RefsWereMade(release="r1", work="write_notes")
    assert team.refs() == before


def test_trunk_is_written_on_only_where_the_policy_says_so(team: Team) -> None:
    found = replace(planned(), branch="main")
    trunk = {"flow": "trunk"}
    report = do(job(team, CutBranch(PROJECT, "r1"), found, repository=trunk))
    assert isinstance(report, BranchWasCut)
    assert "VERSION" not in team.files("main")
    report = do(job(team, CutBranch(PROJECT, "r1"), found, repository=trunk, on_trunk=True))
    assert isinstance(report, BranchWasCut)
    assert report.sha == team.refs()["heads/main"]
    assert team.files("main")["VERSION"] == "1.6.0"
