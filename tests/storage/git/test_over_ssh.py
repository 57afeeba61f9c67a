"""Over ssh: only known servers are spoken to, with the configured key alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.repository import Facts, GitProblem, ProblemKind
from storage.git import Mirror, fetch
from tests.storage.git.remotes import over_ssh
from tests.storage.git.sshd import Sshd
from tests.storage.git.team import Team

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


@pytest.fixture
def signed(team: Team, mirror: Mirror, sshd: Sshd) -> Mirror:
    return over_ssh(team, mirror, sshd).mirror


def test_a_fetch_with_nothing_new_is_one_connection(signed: Mirror, sshd: Sshd) -> None:
    fetch(signed, NOW)
    before = sshd.connections()

    fetch(signed, NOW)

    assert sshd.connections() == before + 1


def test_a_server_that_nobody_knows_is_told_nothing(signed: Mirror, sshd: Sshd, tmp_path: Path) -> None:
    nobody = tmp_path / "nobody"
    nobody.touch()

    problem = fetch(replace(signed, known_hosts=nobody), NOW)

    assert problem == GitProblem(
        kind=ProblemKind.HOST_UNKNOWN,
        detail=f"No ED25519 host key is known for [127.0.0.1]:{sshd.port} and you have requested strict "
        "checking. · Host key verification failed. · Could not read from remote repository.",
    )
    assert nobody.read_text() == ""


def test_a_server_with_another_key_than_the_known_one_is_told_nothing(
    signed: Mirror, sshd: Sshd, tmp_path: Path
) -> None:
    known = tmp_path / "known"
    known.write_text(sshd.known_as("writer"))

    problem = fetch(replace(signed, known_hosts=known), NOW)

    assert isinstance(problem, GitProblem)
    assert problem.kind is ProblemKind.HOST_CHANGED


def test_a_key_file_of_any_name_is_used(signed: Mirror, sshd: Sshd, tmp_path: Path) -> None:
    odd = tmp_path / "it's 100% mine"
    odd.mkdir()
    for name, content in (("key", sshd.writer), ("hosts", sshd.known_hosts)):
        (odd / name).write_bytes(content.read_bytes())
        (odd / name).chmod(0o600)

    facts = fetch(replace(signed, ssh_key=odd / "key", known_hosts=odd / "hosts"), NOW)

    assert isinstance(facts, Facts)


def test_without_files_the_command_of_the_operator_is_used(
    signed: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", f"touch {tmp_path}/used; false")

    fetch(signed, NOW)
    with_files = (tmp_path / "used").exists()
    fetch(replace(signed, ssh_key=None, known_hosts=None), NOW)

    assert (with_files, (tmp_path / "used").exists()) == (False, True)
