"""Where pull requests, issues and commits are read: addresses that notes link to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"[#!](\d{1,9})")


@dataclass(frozen=True, kw_only=True)
class Links:
    """Base addresses, each with its last slash: `https://git.example.com/shop/pull/`. An empty one makes
    plain text. `ticket` is for issues of a tracker of its own, such as `PAY-7`.
    """

    commit: str = ""
    pull_request: str = ""
    issue: str = ""
    ticket: str = ""

    def of_commit(self, sha: str) -> str:
        return _joined(self.commit, sha)

    def of_pull_request(self, number: int) -> str:
        return _joined(self.pull_request, str(number))

    def of_issue(self, reference: str) -> str:
        """Of `#12` or `PAY-7`."""
        found = _NUMBER.fullmatch(reference)
        return _joined(self.issue, found[1]) if found else _joined(self.ticket, reference)


NO_LINKS = Links()


def links_of(compare: str, commit: str) -> Links:
    """What goes with a host's `…/compare`: GitHub and Gitea have `…/pull/`, GitLab `…/-/merge_requests/`.

    `commit` is the address of a commit with `{sha}` in it.
    """
    base = (
        f"{compare.rstrip('/').removesuffix('compare')}" if compare.rstrip("/").endswith("/compare") else ""
    )
    requests = "merge_requests" if base.endswith("/-/") else "pull"
    return Links(
        commit=commit.removesuffix("{sha}") if commit.endswith("{sha}") else "",
        pull_request=f"{base}{requests}/" if base else "",
        issue=f"{base}issues/" if base else "",
    )


def _joined(base: str, name: str) -> str:
    return f"{base}{name}" if base and name else ""
