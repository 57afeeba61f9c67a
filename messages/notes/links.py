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


def _joined(base: str, name: str) -> str:
    return f"{base}{name}" if base and name else ""
