"""Who wrote a release, by e-mail, for the separation of duties (spec 4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from domain.commits.model import Commit

_CO_AUTHOR = re.compile(r"^Co-authored-by:.*<([^<>\s]+)>[ \t]*$", re.MULTILINE | re.IGNORECASE)


def largest_authors(commits: Iterable[Commit]) -> frozenset[str]:
    """The e-mails, in lower case, with the largest share of the non-merge commits; all of them on a tie."""
    shares = Counter(_email(commit.author_email) for commit in commits if not commit.is_merge)
    most = max(shares.values(), default=0)
    return frozenset(email for email, share in shares.items() if share == most)


def all_authors(commits: Iterable[Commit]) -> frozenset[str]:
    """Every author's e-mail in lower case, co-authors named in trailers included: unsure is no."""
    return frozenset(
        _email(email)
        for commit in commits
        if not commit.is_merge
        for email in (commit.author_email, *_CO_AUTHOR.findall(commit.body))
    )


def _email(text: str) -> str:
    return text.strip().lower()
