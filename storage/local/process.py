"""Runs git in a repository that is not ours: whatever its configuration says, git only reads."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from storage.local.problems import Unreadable, UnreadableKind

# Small answers only; `stream` has no limit, since whoever reads sets the pace.
_LIMIT = timedelta(minutes=1)
_CHUNK = 1 << 16
# What git may write of a stream before it waits for us.
_AHEAD = 1 << 20

# Over what the repository configures: no program of its choice runs, and it may be anybody's.
_CONFIG = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "log.showSignature=false",
    "safe.directory=*",
)
# No lock for an index, no transport (what a partial clone left out stays out), no prompt.
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_FLUSH": "0",  # not after every commit of a stream
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


@dataclass(frozen=True)
class Answer:
    """How a command ended."""

    code: int
    text: str
    errors: str


@dataclass(frozen=True)
class LocalGit:
    """`path` is anywhere inside of the repository."""

    path: Path

    def ask(self, *questions: Sequence[str]) -> list[Answer]:
        """Several commands at once. Raises Unreadable where there is no git, or git does not end."""
        started = [self._start(question) for question in questions]
        return [self._answer(process) for process in started]

    def output(self, *arguments: str, feed: bytes = b"") -> bytes:
        """All that a command says. Raises Unreadable where it fails."""
        with self._start(arguments, fed=bool(feed)) as process:
            out, errors = self._ended(process, feed)
        if process.returncode != 0:
            raise Unreadable(
                UnreadableKind.BROKEN, str(self.path), detail=errors.decode(errors="replace").strip()
            )
        return out

    @contextmanager
    def stream(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A running command, ended when the block is left."""
        with self._start(arguments) as process:
            _widen(process)
            try:
                yield process
            finally:
                process.kill()

    def _start(self, arguments: Sequence[str], *, fed: bool = False) -> subprocess.Popen[bytes]:
        configured = [part for setting in _CONFIG for part in ("-c", setting)]
        try:
            return self._popen(["git", "--no-pager", *configured, *arguments], fed=fed)
        except FileNotFoundError as error:
            if error.filename != "git":
                raise
            raise Unreadable(UnreadableKind.NO_GIT, str(self.path)) from None

    def _popen(self, command: Sequence[str], *, fed: bool) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - no shell, and no argument of a person's but allowed revisions
            command,
            cwd=self.path,
            env=_environment(),
            stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def _answer(self, process: subprocess.Popen[bytes]) -> Answer:
        out, errors = self._ended(process)
        return Answer(
            process.returncode, out.decode(errors="replace").strip(), errors.decode(errors="replace").strip()
        )

    def _ended(self, process: subprocess.Popen[bytes], feed: bytes = b"") -> tuple[bytes, bytes]:
        try:
            return process.communicate(feed or None, timeout=_LIMIT.total_seconds())
        except subprocess.TimeoutExpired as late:
            process.kill()
            process.communicate()
            raise Unreadable(UnreadableKind.BROKEN, str(self.path), detail=str(late)) from None


def pieces(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    output = process.stdout
    return iter(lambda: os.read(output.fileno(), _CHUNK) if output else b"", b"")


def _widen(process: subprocess.Popen[bytes]) -> None:
    """Where the system lets us: a pipe as it comes (64 KiB) has git wait for us at every turn."""
    if process.stdout and hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, _AHEAD)


def _environment() -> dict[str, str]:
    """Without any variable by which a surrounding git could bend our commands to its repository."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return ours | _ENVIRONMENT
