"""Where a repository is: for git, for people who follow links, and on its forge."""

from __future__ import annotations

from typing import Annotated, Self
from urllib.parse import quote

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.forges.rules import ForgeKind, ForgeRules, name_of
from domain.links import SHA_PLACE
from domain.remotes import RemoteUrl


def _with_sha(url: str) -> str:
    if url and SHA_PLACE not in url:
        raise PydanticCustomError("sha_missing", "{place} is missing", {"place": SHA_PLACE})
    return url


class Addresses(Rule):
    """The remote's `url`, and the addresses that follow from it.

    `commit_url` is the address of one commit on the code host, with `{sha}` where its SHA belongs; without it
    the one that goes with a `compare_url` of the common form `…/compare`, or the forge's.
    """

    url: RemoteUrl = ""
    compare_url: str = ""
    commit_url: Annotated[str, AfterValidator(_with_sha)] = ""
    forge: ForgeRules = ForgeRules()

    @model_validator(mode="after")
    def _is_found_on_its_forge(self) -> Self:
        if self.forge.kind is not ForgeKind.GIT and not self.forge_name:
            raise PydanticCustomError("forge_repository", "forge.repository is missing")
        return self

    @property
    def forge_name(self) -> str:
        """owner/name on the forge."""
        return self.forge.repository or name_of(self.url)

    @property
    def forge_target(self) -> str:
        """Where marks stand, and under which name: by another one nothing is marked yet."""
        return f"{self.forge.api_url} {self.forge_name} {self.forge.status}"

    @property
    def page(self) -> str:
        """The repository's page on its forge, empty for plain git."""
        return "" if self.forge.kind is ForgeKind.GIT else f"{self.forge.site}/{self.forge_name}"

    def commit_at(self, sha: str) -> str:
        """The address of a commit, empty where the policy gives none.

        GitHub, GitLab and Gitea have `…/commit/<sha>` beside `…/compare`.
        """
        base = self._comparing
        beside = f"{base.removesuffix('compare')}commit/{SHA_PLACE}" if base.endswith("/compare") else ""
        return (self.commit_url or beside).replace(SHA_PLACE, sha)

    def compare_at(self, since: str, until: str) -> str:
        """The address that shows what came between two revisions, else where any are compared."""
        base = self._comparing
        if not (base.endswith("/compare") and since and until):
            return base
        return f"{base}/{quote(since, safe='/')}...{quote(until, safe='/')}"

    @property
    def host_page(self) -> str:
        """The page on the code host: what stands before `/compare`, else the forge's, if either is there."""
        base = self._comparing
        return base.removesuffix("/compare") if base.endswith("/compare") else self.page

    @property
    def pull_requests(self) -> str:
        """The address that lists the open ones, empty for plain git."""
        return f"{self.page}/pulls" if self.page else ""

    @property
    def _comparing(self) -> str:
        return self.compare_url.rstrip("/") or (f"{self.page}/compare" if self.page else "")
