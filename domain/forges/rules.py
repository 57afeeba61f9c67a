"""What the policy says of the forge that a repository is on: where it is, and what is exempt from freezes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from domain.calendar.feeds import is_loopback
from domain.calendar.fields import Rule
from domain.commits import ChangeKind
from domain.hosts import refuse_unless_host
from domain.repository_rules import Glob

GITHUB = "https://api.github.com"
_NAME = r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}"
_OWN_HOST = "/api/v3"
"""Where GitHub Enterprise Server has its API, on the host that people look at."""
_REMOTE = re.compile(rf"(?:[\w+.-]+://[^/]+/|[^/:]+:)/?(?P<name>{_NAME}/{_NAME}?)(?:\.git)?/?")


class ForgeKind(StrEnum):
    """Plain git has nothing to ask."""

    GIT = "git"
    GITHUB = "github"


def _address(url: str) -> str:
    """The token goes there: https, or this machine as in the demo and in tests; no user, no query."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    secure = bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))
    if not secure or parts.username or parts.password or parts.query or parts.fragment:
        raise PydanticCustomError("forge_address", "the address of a forge's API begins with https://")
    refuse_unless_host(host)
    return url.rstrip("/")


ApiAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]
# A mistake is told by how its pattern begins (storage/policies/validation.py).
RepositoryName = Annotated[str, StringConstraints(pattern=rf"^({_NAME}/{_NAME})?$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Context = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class ExemptRules(Rule):
    """Pull requests that may be merged during a freeze: by a label, or when every changed path is meant."""

    labels: Annotated[tuple[Label, ...], Field(max_length=50)] = ("hotfix", "freeze-ok")
    paths: Annotated[tuple[Glob, ...], Field(max_length=50)] = ("docs/**",)

    def by_label(self, labels: tuple[str, ...]) -> bool:
        """Labels are the same in capitals, as on the forges."""
        known = {label.casefold() for label in self.labels}
        return any(label.casefold() in known for label in labels)


class ForgeRules(Rule):
    """`repository` is owner/name, derived from the remote's address where it is left out.

    `status` is the name under which pull requests are marked; `labels` say what kind of change a pull request
    is whose commit says nothing.
    """

    kind: ForgeKind = ForgeKind.GIT
    repository: RepositoryName = ""
    api_url: ApiAddress = GITHUB
    status: Context = "naru/code-freeze"
    exempt: ExemptRules = ExemptRules()
    labels: Annotated[Mapping[Label, ChangeKind], Field(max_length=50)] = {}

    def kind_by(self, labels: tuple[str, ...]) -> ChangeKind | None:
        """The kind that the first known label stands for."""
        known = {label.casefold(): kind for label, kind in self.labels.items()}
        return next((known[label.casefold()] for label in labels if label.casefold() in known), None)

    @property
    def site(self) -> str:
        """The address that people look at, for the one of the API."""
        parts = urlsplit(self.api_url)
        host = parts.netloc.removeprefix("api.") if parts.path in {"", "/"} else parts.netloc
        return f"{parts.scheme}://{host}{parts.path.removesuffix(_OWN_HOST)}"

    @property
    def graphql(self) -> str:
        """GitHub has it beside the other API: /graphql, or /api/graphql for /api/v3."""
        return f"{self.api_url.removesuffix('/v3')}/graphql"


def name_of(url: str) -> str:
    """owner/name of a remote's address, empty for one that has another form."""
    found = _REMOTE.fullmatch(url.removesuffix("/").removesuffix(".git"))
    return found["name"] if found else ""
