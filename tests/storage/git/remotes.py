"""One repository over each transport, with what its server can do to us."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from storage.git import Mirror
from tests.storage.git.forge import TOKEN, Forge
from tests.storage.git.sshd import Sshd
from tests.storage.git.team import Team

STRANGER = 54321


@dataclass
class Served:
    """The team's remote as it is reached over one transport; each client has a mirror of its own."""

    team: Team
    base: Mirror

    @property
    def mirror(self) -> Mirror:
        return self.base

    def missing(self) -> Mirror:
        """Signed in, at an address where no repository is."""
        return replace(self.base, remote_url=self.base.remote_url.replace("remote.git", "gone.git"))

    def locked_out(self) -> Mirror:
        """Somebody whom the server does not let in."""
        raise NotImplementedError

    def reader(self) -> Mirror:
        """Somebody who may read but not write."""
        raise NotImplementedError

    @property
    def secrets(self) -> tuple[str, ...]:
        return ()


class OverFile(Served):
    def locked_out(self) -> Mirror:
        """git reads no folder of somebody else's; only root could give one away."""
        if os.geteuid() == 0:
            os.chown(self.team.remote, STRANGER, STRANGER)
        else:
            self.team.remote.chmod(0)
        return self.base

    def reader(self) -> Mirror:
        """A folder knows no readers; a hook stands in for one."""
        self.team.hook("pre-receive", "echo 'You are not allowed to push.' >&2; exit 1")
        return self.base


@dataclass
class OverHttp(Served):
    forge: Forge

    def locked_out(self) -> Mirror:
        return replace(self.base, token="ghs_stolen")

    def reader(self) -> Mirror:
        self.forge.faults["git-receive-pack"] = 403
        return self.base

    @property
    def secrets(self) -> tuple[str, ...]:
        return TOKEN, "ghs_stolen", "eC1hY2Nlc3MtdG9rZW4"  # as basic authentication writes the user


@dataclass
class OverSsh(Served):
    sshd: Sshd

    def locked_out(self) -> Mirror:
        return replace(self.base, ssh_key=self.sshd.stranger)

    def reader(self) -> Mirror:
        return replace(self.base, ssh_key=self.sshd.reader)

    @property
    def secrets(self) -> tuple[str, ...]:
        keys = (self.sshd.writer, self.sshd.reader, self.sshd.stranger)
        return tuple(line for key in keys for line in key.read_text().splitlines()[1:-1])


def over_http(team: Team, base: Mirror, forge: Forge) -> OverHttp:
    team.git("config", "http.receivepack", "true", at=team.remote)
    return OverHttp(team, replace(base, remote_url=f"{forge.url}/remote.git", token=TOKEN), forge)


def over_ssh(team: Team, base: Mirror, sshd: Sshd) -> OverSsh:
    url = f"{sshd.url}{team.remote}"
    signed = replace(base, remote_url=url, ssh_key=sshd.writer, known_hosts=sshd.known_hosts)
    return OverSsh(team, signed, sshd)


def files_with(folder: Path, secrets: tuple[str, ...]) -> list[Path]:
    """The files below a folder in which a secret stands."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if any(secret.encode() in path.read_bytes() for secret in secrets)]
