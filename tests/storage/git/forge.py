"""A forge over HTTP for tests: git's own http-backend behind basic authentication, with faults on demand."""

from __future__ import annotations

import base64
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.storage.git.team import QUIET

TOKEN = "ghs_hunter2"
EXPECTED = "Basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()


@dataclass
class Forge:
    """A server over one folder of repositories.

    `faults` maps a part of a path to the status answered there; None drops the connection after the effect.
    `elsewhere` is where a redirection leads, `asked` what was asked: method, path, and whether it was signed.
    """

    folder: Path
    server: ThreadingHTTPServer
    faults: dict[str, int | None] = field(default_factory=dict)
    elsewhere: str = ""
    asked: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


class Server(ThreadingHTTPServer):
    """Clients that go away in the middle are what is tested, and no reason to write of it or to wait."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        pass


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
        signed = self.headers.get("Authorization") == EXPECTED
        self.forge.asked.append((self.command, self.path, signed))
        fault = next((code for part, code in self.forge.faults.items() if part in self.path), 0)
        if not signed:
            self._answer(401, {"WWW-Authenticate": 'Basic realm="forge"'}, b"")
        elif fault:
            self._answer(fault, {"Location": self.forge.elsewhere + self.path}, b"")
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


@contextmanager
def serving(folder: Path) -> Iterator[Forge]:
    """A forge over the repositories of a folder, each of which takes pushes over HTTP."""
    handler = type("Bound", (Handler,), {})
    with Server(("127.0.0.1", 0), handler) as server:
        handler.forge = Forge(folder, server)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield handler.forge
        finally:
            server.shutdown()
            thread.join()
