"""Runs one git command: a closed environment, no shell, no prompt, a time limit for all that it starts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import cast

from git import Git

from storage.git.access import Access

# git removes its lock files on SIGTERM; what is still there after that is killed.
_GRACE = timedelta(seconds=2)
_POLL = timedelta(milliseconds=20)
_DETAIL_LENGTH = 500
_CHUNK = 1 << 16
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_MARK = re.compile(r"^(?:remote: ?|fatal: |error: )+")
_ADVICE = ("hint:", "warning:", "To ", "Please make sure you have", "and the repository exists", "@@@", "@  ")
_CONFIG = (
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
    "credential.helper=",
    "fetch.writeCommitGraph=true",
    "gc.auto=0",
    "http.followRedirects=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
    "protocol.version=2",
)


@dataclass(frozen=True)
class Answer:
    """How a command ended; `code` is None when its time was up and it was ended."""

    code: int | None
    out: bytes
    errors: str

    @property
    def text(self) -> str:
        return self.out.decode(errors="replace").strip()


@dataclass(frozen=True)
class Stream:
    """The output of a running command, in pieces."""

    process: subprocess.Popen[bytes]
    clean: Callable[[bytes], str]

    def __iter__(self) -> Iterator[bytes]:
        output = self.process.stdout
        return iter(lambda: os.read(output.fileno(), _CHUNK) if output else b"", b"")

    def end(self) -> Answer:
        """How the command ended, once all of its output has been read."""
        _, errors = self.process.communicate()
        return Answer(self.process.returncode, b"", self.clean(errors))


@dataclass(frozen=True, kw_only=True)
class Runner:
    """Runs git in the bare repository at `path`.

    Commands inherit `lock`, the descriptor of the mirror's lock, so that a push that outlives our crash
    keeps the next worker waiting for its end. No secret of `access` ever appears in an Answer. In a `dry_run`
    nothing is pushed.
    """

    path: Path
    protocols: str
    limit: timedelta
    first_limit: timedelta
    lock: int
    access: Access
    dry_run: bool = False

    def run(
        self,
        *arguments: str,
        feed: bytes = b"",
        environment: Mapping[str, str] | None = None,
        limit: timedelta | None = None,
    ) -> Answer:
        with self._started(arguments, environment or {}) as process:
            try:
                out, errors = process.communicate(feed, timeout=(limit or self.limit).total_seconds())
            except subprocess.TimeoutExpired:
                return Answer(None, b"", "")
            return Answer(process.returncode, out, self._without_secrets(errors))

    @contextmanager
    def stream(self, *arguments: str) -> Iterator[Stream]:
        """For local commands that may say much; without a time limit, since whoever reads sets the pace."""
        with self._started(arguments, {}) as process:
            yield Stream(process, self._without_secrets)

    @contextmanager
    def _started(
        self, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> Iterator[subprocess.Popen[bytes]]:
        configured = [part for setting in _CONFIG for part in ("-c", setting)]
        started = Git(self.path).execute(
            [Git.GIT_PYTHON_GIT_EXECUTABLE, f"--git-dir={self.path}", *configured, *arguments],
            as_process=True,
            istream=subprocess.PIPE,
            env={**self._environment(), **environment},
            start_new_session=True,
            pass_fds=(self.lock,),
        )
        process = cast(subprocess.Popen[bytes], started.proc)
        try:
            yield process
        finally:
            _end(process)

    def _environment(self) -> dict[str, str]:
        """Overrides every variable by which a surrounding git could bend our commands to its repository."""
        return {
            "GIT_DIR": str(self.path),
            "GIT_COMMON_DIR": str(self.path),
            "GIT_OBJECT_DIRECTORY": str(self.path / "objects"),
            "GIT_INDEX_FILE": str(self.path / "index"),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
            "GIT_NAMESPACE": "",
            "GIT_CONFIG_COUNT": "0",
            "GIT_CONFIG_PARAMETERS": "",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_ALLOW_PROTOCOL": self.protocols,
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            "SSH_ASKPASS": "",
            **self.access.environment,
        }

    def _without_secrets(self, errors: bytes) -> str:
        text = _CREDENTIALS.sub("", errors.decode(errors="replace"))
        for secret in self.access.secrets:
            text = text.replace(secret, "***")
        return text


def trimmed(text: str) -> str:
    """What a person needs of git's words: one line, without advice, not endless."""
    lines = (_MARK.sub("", line).strip() for line in text.splitlines())
    return " · ".join(line for line in lines if line and not line.startswith(_ADVICE))[:_DETAIL_LENGTH]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a command that has not ended by itself, with everything it started: transports are processes too.

    The command is not reaped before its group is killed, so that its number cannot be another's by then.
    """
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE.total_seconds()
    while time.monotonic() < deadline and not _has_ended(process.pid):
        time.sleep(_POLL.total_seconds())
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
