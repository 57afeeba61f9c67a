"""How git signs in: with a token over HTTP, with a key over ssh; what is secret never becomes an argument."""

from __future__ import annotations

import os
import shlex
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

# A shared connection would outlive the command, and hold the mirror's lock.
_SSH = (
    "ssh",
    "-oBatchMode=yes",
    "-oStrictHostKeyChecking=yes",
    "-oUpdateHostKeys=no",
    "-oControlMaster=no",
    "-oControlPath=none",
    "-oConnectTimeout=15",
    "-oServerAliveInterval=15",
    "-oServerAliveCountMax=4",
)


@dataclass(frozen=True, kw_only=True)
class Access:
    """`environment` signs git in; `secrets` are the texts in it that nobody may read anywhere else."""

    environment: Mapping[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)


def over_http(url: str, user: str, token: str) -> Access:
    """The token is sent with the first request, so that none is spent on being asked for it.

    Only to this remote's own server: git drops it for others, and redirections are not followed.
    """
    address = urlsplit(url)
    if not token or address.scheme not in {"http", "https"}:
        return Access(environment={})
    host = address.netloc.rpartition("@")[2]
    basic = b64encode(f"{address.username or user}:{token}".encode()).decode()
    environment = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{address.scheme}://{host}/.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
    }
    return Access(environment=environment, secrets=(basic, token))


def over_ssh(key: Path | None, known_hosts: Path | None) -> dict[str, str]:
    """Only servers whose key is known are spoken to. Where neither file is set, the surrounding ssh decides
    which key to use, or the command that the operator has in GIT_SSH_COMMAND.
    """
    given = os.environ.get("GIT_SSH_COMMAND")
    if given and key is None and known_hosts is None:
        return {"GIT_SSH_COMMAND": given}
    options = list(_SSH)
    if key is not None:
        options += ["-oIdentitiesOnly=yes", f"-oIdentityFile={_quoted(key)}"]
    if known_hosts is not None:
        options += [f"-oUserKnownHostsFile={_quoted(known_hosts)}", "-oGlobalKnownHostsFile=none"]
    return {"GIT_SSH_COMMAND": shlex.join(options), "GIT_SSH_VARIANT": "ssh"}


def _quoted(path: Path) -> str:
    """A path as ssh reads it in its options: percent signs begin its own words there."""
    return f'"{str(path.resolve()).replace("%", "%%")}"'
