"""The same over HTTP with a token, served by git's own http-backend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.repository import Facts, GitProblem, Made, ProblemKind
from storage.git import Mirror, cut_branch, fetch
from tests.storage.git.forge import TOKEN, Forge, serving
from tests.storage.git.team import Team

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


@pytest.fixture
def forge(team: Team) -> Iterator[Forge]:
    team.git("config", "http.receivepack", "true", at=team.remote)
    with serving(team.remote.parent) as forge:
        yield forge


@pytest.fixture
def signed(mirror: Mirror, forge: Forge) -> Mirror:
    return replace(mirror, remote_url=f"{forge.url}/remote.git", token=TOKEN)


def test_fetch_and_push_with_a_token(team: Team, signed: Mirror) -> None:
    facts = fetch(signed, NOW)
    made = cut_branch(signed, "release/v1.5.0", "develop")

    assert isinstance(facts, Facts)
    assert made == Made((("refs/heads/release/v1.5.0", facts.heads["develop"]),))
    assert team.refs()["heads/release/v1.5.0"] == facts.heads["develop"]


@pytest.mark.parametrize("token", ["", "ghs_stolen"])
def test_without_the_right_token_access_is_denied(signed: Mirror, token: str) -> None:
    problem = fetch(replace(signed, token=token), NOW)

    assert isinstance(problem, GitProblem)
    assert problem.kind is ProblemKind.DENIED
    assert "ghs_" not in repr(problem)


def test_a_repository_that_is_not_there(signed: Mirror, forge: Forge) -> None:
    problem = fetch(replace(signed, remote_url=f"{forge.url}/gone.git"), NOW)

    assert isinstance(problem, GitProblem)
    assert problem.kind is ProblemKind.NOT_A_REPOSITORY


def test_a_server_in_trouble_is_unreachable(signed: Mirror, forge: Forge) -> None:
    forge.faults["info/refs"] = 503

    problem = fetch(signed, NOW)

    assert isinstance(problem, GitProblem)
    assert (problem.kind, problem.passing) == (ProblemKind.UNREACHABLE, True)


def test_a_token_that_may_only_read_is_denied(team: Team, signed: Mirror, forge: Forge) -> None:
    forge.faults["git-receive-pack"] = 403

    problem = cut_branch(signed, "release/v1.5.0", "develop")

    assert isinstance(problem, GitProblem)
    assert problem.kind is ProblemKind.DENIED
    assert "heads/release/v1.5.0" not in team.refs()


def test_a_connection_lost_after_the_push_arrived_is_told_by_the_remote(
    team: Team, signed: Mirror, forge: Forge
) -> None:
    forge.faults["remote.git/git-receive-pack"] = None
    head = team.refs()["heads/develop"]

    assert cut_branch(signed, "release/v1.5.0", "develop") == Made((("refs/heads/release/v1.5.0", head),))


def test_a_fetch_with_nothing_new_is_one_request(team: Team, signed: Mirror, forge: Forge) -> None:
    fetch(signed, NOW)
    forge.asked.clear()

    fetch(signed, NOW)

    assert forge.asked == [("GET", "/remote.git/info/refs?service=git-upload-pack", True)]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirection_is_not_followed_and_no_token_goes_elsewhere(
    signed: Mirror, forge: Forge, status: int
) -> None:
    with serving(forge.folder) as other:
        forge.faults["info/refs"] = status
        forge.elsewhere = other.url
        problem = fetch(signed, NOW)

    assert isinstance(problem, GitProblem)
    assert problem.kind is ProblemKind.NOT_A_REPOSITORY
    assert other.asked == []
