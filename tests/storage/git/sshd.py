"""An ssh server for tests, on 127.0.0.1 with keys of its own, and the files that its clients need."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.storage.git.team import QUIET

# The client's name for what it may do; a deploy key without the right to write is refused as forges do it.
READ_ONLY = (
    'command="case \\"$SSH_ORIGINAL_COMMAND\\" in git-receive-pack*) '
    "echo 'ERROR: The key you are authenticating with has been marked as read only, no write access.' >&2; "
    'exit 1;; *) eval \\"$SSH_ORIGINAL_COMMAND\\";; esac"'
)
CONFIG = """
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile {folder}/pid
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
LogLevel VERBOSE
SetEnv GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
"""


@dataclass(frozen=True)
class Sshd:
    """`writer`, `reader` and `stranger` are private keys: one may do all, one only read, one nothing."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}"

    @property
    def writer(self) -> Path:
        return self.folder / "writer"

    @property
    def reader(self) -> Path:
        return self.folder / "reader"

    @property
    def stranger(self) -> Path:
        return self.folder / "stranger"

    @property
    def known_hosts(self) -> Path:
        return self.folder / "known_hosts"

    def connections(self) -> int:
        """How many clients were let in so far."""
        return (self.folder / "log").read_text().count("Accepted publickey")

    def known_as(self, key: str) -> str:
        """The line of known hosts that has this server under the public key of a file of its folder."""
        return f"[127.0.0.1]:{self.port} {(self.folder / f'{key}.pub').read_text()}"


def find() -> str:
    """The server's program. Without it the test is skipped, or fails where TEST_SSH=required."""
    found = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found and shutil.which("ssh") and shutil.which("ssh-keygen"):
        return found
    if os.environ.get("TEST_SSH") == "required":
        pytest.fail("TEST_SSH=required, but no sshd was found")
    pytest.skip("no sshd is installed here")


@contextmanager
def serving(folder: Path) -> Iterator[Sshd]:
    program = find()
    for name in ("host", "writer", "reader", "stranger"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name], check=True
        )
    with socket.create_server(("127.0.0.1", 0)) as free:
        served = Sshd(folder, free.getsockname()[1])
    (folder / "authorized").write_text(
        (folder / "writer.pub").read_text() + f"{READ_ONLY} {(folder / 'reader.pub').read_text()}"
    )
    served.known_hosts.write_text(served.known_as("host"))
    (folder / "config").write_text(CONFIG.format(port=served.port, folder=folder))
    if os.geteuid() == 0:  # where its unprivileged half lives; the system's own start script makes it
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [program, "-D", "-e", "-f", folder / "config"], env=QUIET, stdout=log, stderr=log
        )
    try:
        _wait(server, served)
        yield served
    finally:
        server.terminate()
        server.wait()


def _wait(server: subprocess.Popen[bytes], served: Sshd) -> None:
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", served.port)) == 0:
                return
        time.sleep(0.02)
    reason = (served.folder / "log").read_text()
    if os.environ.get("TEST_SSH") == "required":
        pytest.fail(f"sshd does not start: {reason}")
    pytest.skip(f"sshd does not start here: {reason}")
