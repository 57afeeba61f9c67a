"""The same over HTTP with a token, served by git's own http-backend."""

from __future__ import annotations

import base64
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from domain.repository import Facts, GitProblem, Made, ProblemKind
from storage.git import Mirror, cut_branch, fetch
from tests.storage.git.team import QUIET, Team

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
TOKEN = "ghs_hunter2"
EXPECTED = "Basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()


@dataclass
class Forge:
    """A server over one folder of repositories.

    `faults` maps a part of a path to the status answered there; None drops the connection after the effect.
    """

    folder: Path
    server: ThreadingHTTPServer
    faults: dict[str, int | None] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    forge: Forge

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library names it
        """Keeps the tests' output quiet."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = next((code for part, code in self.forge.faults.items() if part in self.path), 0)
        if self.headers.get("Authorization") != EXPECTED:
            self._answer(401, {"WWW-Authenticate": 'Basic realm="forge"'}, b"")
        elif fault:
            self._answer(fault, {}, b"")
        else:
            head, content = self._backend(body)
            if fault is None:
                self.close_connection = True
                self.connection.close()
                return
            status = head.pop("Status", "200 OK")
            self._answer(int(status.split()[0]), head, content)

    def _backend(self, body: bytes) -> tuple[dict[str, str], bytes]:
        path, _, query = self.path.partition("?")
        environment = {
            **QUIET,
            "GIT_PROJECT_ROOT": str(self.forge.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REMOTE_USER": "naru",
            "REMOTE_ADDR": "127.0.0.1",
        }
        done = subprocess.run(
            ["git", "http-backend"], input=body, env=environment, capture_output=True, check=True
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        rows = (line.partition(": ") for line in head.decode().split("\r\n"))
        return {name: value for name, _, value in rows}, content

    def _answer(self, status: int, head: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def forge(team: Team) -> Iterator[Forge]:
    team.git("config", "http.receivepack", "true", at=team.remote)
    handler = type("Bound", (Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.forge = Forge(team.remote.parent, server)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield handler.forge
        server.shutdown()
        thread.join()


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
