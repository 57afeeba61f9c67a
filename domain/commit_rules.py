"""What a policy says of commit messages: the team's own words, and where issues are kept."""

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.commits import DEFAULT_KINDS, ChangeKind, Grammar, Tracker
from domain.commits.prefixes import folded
from domain.commits.references import MARKS, NUMBERED

_WORD = re.compile(r"[^\W_](?:[^\s():!：（）\[\]#]{0,39})")
_ISSUE_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")
_PLACE = re.compile(r"\{([^{}]*)\}")
_SHOWN = {"id": "{id}", "number": "{number}"}


def _word(text: str) -> str:
    """A word that can stand before `:`; it is found whatever the case."""
    if not _WORD.fullmatch(text) or _ISSUE_KEY.fullmatch(text):
        raise PydanticCustomError("commit_word", "no word of a message")
    return folded(text)


def _address(url: str) -> str:
    places = set(_PLACE.findall(url))
    if places - _SHOWN.keys() or "{" in _PLACE.sub("", url) or "}" in _PLACE.sub("", url):
        raise PydanticCustomError("issue_place", "only {id} and {number}", _SHOWN)
    return url


Word = Annotated[str, AfterValidator(_word)]
Key = Annotated[str, StringConstraints(pattern=r"^(#|!|[A-Z][A-Z0-9_]{0,19})$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>|\"]{1,300}$"), AfterValidator(_address)]


class TrackerKind(StrEnum):
    """Where issues are kept; `OTHER` is told by keys and a whole address."""

    GITHUB = "github"
    GITLAB = "gitlab"
    JIRA = "jira"
    OTHER = "other"


# What comes behind the address of a repository or of a Jira site.
_PATHS = {
    TrackerKind.GITHUB: "/issues/{number}",
    TrackerKind.GITLAB: "/-/issues/{number}",
    TrackerKind.JIRA: "/browse/{id}",
    TrackerKind.OTHER: "",
}
_PULL_REQUESTS = {TrackerKind.GITHUB: "/pull/{number}", TrackerKind.GITLAB: "/-/merge_requests/{number}"}
_WITH_KEYS = frozenset({TrackerKind.JIRA, TrackerKind.OTHER})


class IssueRule(Rule):
    """One place of issues. `url` is the repository, the Jira site, or with `other` a whole address.

    `keys` are what stands before a number: `#`, `!`, or a project's key such as `PAY` (PAY-7). They are
    listed, and no pattern is taken: nothing that a file says can make the reading of messages slow.
    """

    kind: TrackerKind = TrackerKind.OTHER
    url: Address
    keys: Annotated[tuple[Key, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind in _WITH_KEYS and not self.keys:
            raise PydanticCustomError("issue_keys_missing", "keys are missing")
        if self.kind is TrackerKind.OTHER and not _PLACE.search(self.url):
            raise PydanticCustomError("issue_place", "{id} or {number} is missing", _SHOWN)
        return self

    @property
    def tracker(self) -> Tracker:
        return Tracker(self.keys or MARKS[:1], self._address(_PATHS[self.kind]))

    @property
    def pull_requests(self) -> str:
        """The address of a pull request with `{number}`, empty where requests are kept elsewhere."""
        path = _PULL_REQUESTS.get(self.kind)
        return self._address(path) if path else ""

    def _address(self, path: str) -> str:
        return f"{self.url.rstrip('/')}{path}" if path else self.url


class CommitRules(Rule):
    """`types` adds words to the shipped ones, or gives a shipped word another meaning."""

    types: dict[Word, ChangeKind] = Field(default_factory=dict)
    issues: Annotated[tuple[IssueRule, ...], Field(max_length=20)] = ()

    def grammar(self, page: str = "") -> Grammar:
        """`page` is the repository's own on its code host: where numbers lead of which the rules say nothing.

        GitHub and Gitea have `…/pull/`; an address that ends with `/-` is GitLab's.
        """
        path = "merge_requests" if page.endswith("/-") else "pull"
        own = Tracker(("#",), f"{page}/issues/{{number}}") if page else NUMBERED
        requests = next((rule.pull_requests for rule in self.issues if rule.pull_requests), "")
        return Grammar(
            kinds={**DEFAULT_KINDS, **self.types},
            trackers=tuple(rule.tracker for rule in self.issues) or (own,),
            pull_requests=requests or (f"{page}/{path}/{{number}}" if page else ""),
        )
