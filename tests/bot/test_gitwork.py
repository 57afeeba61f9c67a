from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.gitwork import Job, Report, carrying, do
from commands.requests import BranchWasCut, RefsWereMade, RepositoryWasRead, ScopeWasRead
from domain.commits import ChangeKind
from domain.errands import CutBranch, FinishRelease, GitErrand, ReadRepository, ReadScope, TagCandidate
from domain.project import Project
from domain.release import Candidate, Release
from domain.scope import Line, RepositoryFacts, Size, Variable, VariableChange
from domain.types import ReleaseType, Stage
from domain.versions import Version
from storage.git import Mirror
from tests.storage.git.team import Team
from tests.support.world import CHANNEL, PROJECT, policy

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)


def read(team: Team, production: Version | None) -> RepositoryFacts:
    rules = policy(repository={"url": str(team.remote)})
    mirror = Mirror(path=team.work.parent / "mirror", remote_url=str(team.remote), allow_local=True)
    project = Project(PROJECT, CHANNEL, rules, "")
    report = do(Job(ReadRepository(PROJECT), project, mirror, NOW, production=production))
    assert isinstance(report, RepositoryWasRead)
    return report.facts


@pytest.mark.parametrize(
    ("production", "since", "changes", "version"),
    [
        (None, "v1.5.0", 1, "1.5.1"),  # nobody has said yet: the highest tag on main
        (Version(1, 4, 0), "v1.4.0", 3, "1.5.1"),  # v1.5.0 was rolled back, and is not used again
        (Version(9, 9, 9), "v1.5.0", 1, "1.5.1"),  # its tag is gone
    ],
)
def test_changes_are_counted_from_what_runs_in_production(
    team: Team, production: Version | None, since: str, changes: int, version: str
) -> None:
    facts = read(team, production)
    assert facts.production == "v1.5.0"
    assert facts.scope is not None
    assert (facts.scope.since, facts.scope.counts.total) == (since, changes)
    assert facts.next_version == version


# --- a repository that several projects share -------------------------------------------------------------


def shared(team: Team, errand: GitErrand, release: Release | None = None, **repository: object) -> Report:
    rules = policy(repository={"url": str(team.remote), "tag_prefix": "shop/", **repository})
    mirror = Mirror(path=team.work.parent / "mirror", remote_url=str(team.remote), allow_local=True)
    return do(Job(errand, Project(PROJECT, CHANNEL, rules, ""), mirror, NOW, release))


def shared_facts(team: Team, **repository: object) -> RepositoryFacts:
    report = shared(team, ReadRepository(PROJECT), **repository)
    assert isinstance(report, RepositoryWasRead)
    return report.facts


@pytest.fixture
def monorepo(team: Team) -> Team:
    """Tags of the shop stand at v2.0.0 and v2.1.0-rc.1; both folders went on since."""
    team.tag("shop/v2.0.0", team.git("rev-parse", "main"))
    team.commit("feat: coupons", {"shop/cart.txt": "coupons\n"})
    candidate = team.commit("feat!: new API", {"api/api.txt": "2\n"})
    team.tag("shop/v2.1.0-rc.1", candidate)
    return team


def test_only_tags_with_the_prefix_are_versions_of_the_project(monorepo: Team) -> None:
    facts = shared_facts(monorepo)

    assert facts.production == "v2.0.0"
    assert facts.tags == ("v2.0.0", "v2.1.0-rc.1")
    assert facts.scope is not None
    assert (facts.scope.since, facts.next_version) == ("v2.0.0", "3.0.0")


def test_without_a_prefix_tags_of_other_projects_are_no_versions(monorepo: Team) -> None:
    assert read(monorepo, None).production == "v1.5.0"


def test_only_commits_that_touch_the_paths_are_the_projects_changes(monorepo: Team) -> None:
    facts = shared_facts(monorepo, paths=["shop"])

    assert facts.scope is not None
    assert [line.text for line in facts.scope.lines] == ["coupons"]
    assert facts.next_version == "2.1.0"


def test_a_revert_in_the_own_paths_takes_back_what_touched_them(monorepo: Team) -> None:
    sha = monorepo.git("log", "--format=%H", "--grep=coupons", "-1", "develop")
    monorepo.commit(f'Revert "feat: coupons"\n\nThis reverts commit {sha}.', {"shop/cart.txt": None})

    facts = shared_facts(monorepo, paths=["shop"])

    assert facts.scope is not None
    assert (facts.scope.lines, facts.next_version) == ((), "2.0.1")


@pytest.mark.parametrize("path", ["sh*", ":(glob)**", ":!api"])
def test_paths_are_taken_literally(monorepo: Team, path: str) -> None:
    facts = shared_facts(monorepo, paths=[path])

    assert facts.scope is not None
    assert facts.scope.lines == ()


def test_a_merge_that_announces_something_counts_where_it_brought_the_paths(monorepo: Team) -> None:
    base = monorepo.git("rev-parse", "develop")
    monorepo.branch("side", base)
    monorepo.commit("wip", {"shop/gift.txt": "gift\n"}, branch="side")
    monorepo.git("checkout", "-q", "develop")
    monorepo.git("merge", "-q", "--no-ff", "-m", "feat: gift cards (#7)", "side")
    monorepo.git("push", "-q", "origin", "develop")

    texts = {
        path: [line.text for line in scope.lines]
        for path in ("shop", "api")
        if (scope := shared_facts(monorepo, paths=[path]).scope)
    }

    assert texts == {"shop": ["gift cards", "wip", "coupons"], "api": ["new API"]}


def test_cutting_tagging_and_finishing_use_the_prefix(monorepo: Team) -> None:
    head = monorepo.git("rev-parse", "develop")
    release = Release(
        id="r1",
        project=PROJECT,
        version=Version(2, 1, 0),
        type=ReleaseType.REGULAR,
        stage=Stage.CANDIDATE,
        stage_since=NOW,
        created_at=NOW,
        started_by="U0RM",
        branch="release/shop/v2.1.0",
        previous_version="2.0.0",
        candidate=Candidate(2, head, NOW),
    )

    cut = shared(monorepo, CutBranch(PROJECT, "r1"), release, paths=["shop"])
    tagged = shared(monorepo, TagCandidate(PROJECT, "r1", 2, head), release)
    finished = shared(monorepo, FinishRelease(PROJECT, "r1"), release)

    assert isinstance(cut, BranchWasCut)
    assert cut.scope is not None
    assert (cut.problem, cut.taken, cut.scope.since, cut.scope.counts.total) == ("", (), "v2.0.0", 1)
    assert isinstance(tagged, RefsWereMade)
    assert [name for name, _ in tagged.refs] == ["refs/tags/shop/v2.1.0-rc.2"]
    assert isinstance(finished, RefsWereMade)
    assert monorepo.refs()["tags/shop/v2.1.0"] == head
    assert "heads/release/shop/v2.1.0" not in monorepo.refs()


def test_a_version_that_is_tagged_without_v_is_found_as_it_is_spelled(team: Team) -> None:
    team.tag("1.6.0", team.git("rev-parse", "main"))

    facts = read(team, None)

    assert facts.scope is not None
    assert (facts.production, facts.scope.since, facts.scope.counts.total) == ("v1.6.0", "v1.6.0", 1)


def test_what_the_files_say_is_read_with_the_changes(team: Team) -> None:
    team.commit("feat: gift cards", {"migrations/0042_gift.sql": "create\n", ".env.example": "GIFT_URL=x\n"})
    scope = read(team, None).scope
    assert scope is not None
    assert scope.migrations == ("migrations/0042_gift.sql",)
    assert scope.variables == (Variable("GIFT_URL", VariableChange.ADDED, "x", file=".env.example"),)
    assert scope.size == Size(files=3, added=3, removed=0)


# --- corrected messages -----------------------------------------------------------------------------------


def told(team: Team, errand: GitErrand, release: Release | None, corrections: Mapping[str, str]) -> Report:
    rules = policy(repository={"url": str(team.remote)})
    mirror = Mirror(path=team.work.parent / "mirror", remote_url=str(team.remote), allow_local=True)
    project = Project(PROJECT, CHANNEL, rules, "")
    return do(Job(errand, project, mirror, NOW, release, corrections=corrections))


def test_a_correction_is_told_in_the_place_of_the_message_and_calls_for_its_own_version(team: Team) -> None:
    sha = team.git("rev-parse", "develop")

    report = told(team, ReadRepository(PROJECT), None, {sha: "feat(cart)!: gift cards"})

    assert isinstance(report, RepositoryWasRead)
    assert report.facts.scope is not None
    line = Line(sha, ChangeKind.FEATURE, "gift cards", "Kim", breaking=True, scope="cart", note="gift cards")
    assert report.facts.scope.lines == (replace(line, message="fix: crash\n"),)
    assert (report.facts.scope.counts.breaking, report.facts.next_version) == (1, "2.0.0")


def test_what_lies_beyond_the_newest_changes_is_told_besides_with_whole_messages(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "LINES", 1)
    older = team.git("rev-parse", "develop")
    newer = team.commit("keep coupons (#7)\n\nCloses #3", {"later.txt": "later\n"})

    report = told(team, ReadRepository(PROJECT), None, {newer: "Keep them all"})

    assert isinstance(report, RepositoryWasRead)
    assert report.facts.scope is not None
    assert report.facts.scope.lines == (
        Line(
            newer,
            ChangeKind.OTHER,
            "Keep them all",
            "Kim",
            pull_request=7,
            issues=("#3",),
            message="keep coupons (#7)\n\nCloses #3",
        ),
    )
    assert report.facts.scope.beyond == (Line(older, ChangeKind.FIX, "crash", "Kim", message="fix: crash\n"),)


@pytest.mark.parametrize("reachable", [True, False])
def test_a_candidate_is_told_anew_at_its_own_commit_whether_or_not_the_remote_answers(
    team: Team, *, reachable: bool
) -> None:
    sha = team.git("rev-parse", "develop")
    told(team, ReadRepository(PROJECT), None, {})
    team.commit("feat: later", {"later.txt": "later\n"})
    release = Release(
        id="r1",
        project=PROJECT,
        version=Version(1, 6, 0),
        type=ReleaseType.REGULAR,
        stage=Stage.APPROVED,
        stage_since=NOW,
        created_at=NOW,
        started_by="U0RM",
        branch="develop",
        previous_version="1.5.0",
        candidate=Candidate(1, sha, NOW),
    )
    if not reachable:
        team.remote.rename(team.remote.with_name("away"))

    report = told(team, ReadScope(PROJECT, "r1", 1, sha), release, {sha: "docs: explain"})

    assert isinstance(report, ScopeWasRead)
    assert report.scope is not None
    assert (report.candidate, report.scope.sha, report.scope.since) == (1, sha, "v1.5.0")
    assert [(line.kind, line.text) for line in report.scope.lines] == [(ChangeKind.OTHER, "explain")]


def test_without_a_repository_nothing_is_told_anew(team: Team) -> None:
    rules = policy(repository={"url": ""})
    mirror = Mirror(path=team.work.parent / "mirror", remote_url="", allow_local=True)
    job = Job(ReadScope(PROJECT, "r1", 1, "a" * 40), Project(PROJECT, CHANNEL, rules, ""), mirror, NOW)
    assert do(job) == ScopeWasRead(release="r1", candidate=1)
