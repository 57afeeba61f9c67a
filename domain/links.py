"""Where commits, pull requests and issues are read: addresses of the code host and of trackers."""

from __future__ import annotations

from dataclasses import dataclass

from domain.commits import STANDARD, Grammar

SHA_PLACE = "{sha}"


@dataclass(frozen=True, kw_only=True)
class Links:
    """`commit` is the address of one, with `{sha}`; what has no address is an empty text."""

    commit: str = ""
    grammar: Grammar = STANDARD

    def of_commit(self, sha: str) -> str:
        return self.commit.replace(SHA_PLACE, sha) if sha else ""

    def of_pull_request(self, number: int) -> str:
        return self.grammar.pull_request_link(number)

    def of_issue(self, reference: str) -> str:
        """Of `#12` or `PAY-7`."""
        return self.grammar.link(reference)


NO_LINKS = Links()
