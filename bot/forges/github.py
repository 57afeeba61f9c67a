"""GitHub, in the cloud and on servers of one's own: its REST API, and GraphQL for many titles at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableMapping
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode

from bot.forges.answers import SHORTEST_WAIT_S, NotAnswered
from bot.forges.api import Api, Known
from bot.forges.shapes import COMBINED, COMPARISON, PULLS, REFS, TOLD, Label, Pull, Ref, parsed
from domain.forges import ForgeWhy, PullRequest, Queued, Title
from domain.globs import Globs
from domain.policy import Repository
from domain.statuses import Mark, MarkState

PAGE, PAGES = 100, 30
"""Pull requests on a page, and how many pages of one branch are read at most."""
TITLES_AT_ONCE = 50
FILES = 300
"""Of as many changed files or more a comparison does not show all."""
_TITLE = 300
_LABELS = 50
_KEPT = 5000
_QUEUE = "gh-readonly-queue/"
_ENTRY = re.compile(r"pr-(\d{1,9})-([0-9a-f]{40,64})")
_NOBODY = "0" * 40
_NOT_ON_THIS_ONE = (b"No commit found", b"reached the maximum number of statuses")
_STATES = {MarkState.HELD: "pending", MarkState.FREE: "success"}
_MEANT = {name: state for state, name in _STATES.items()}


class GitHub:
    """One repository on GitHub."""

    def __init__(self, api: Api, repository: Repository, known: Known) -> None:
        self._api = api
        self._name = repository.forge_name
        self._context = repository.forge.status
        self._known = known

    async def pull_requests(self, base: str) -> tuple[PullRequest, ...]:
        """One request for each page; a page that is as it was costs nothing of the hourly limit."""
        found: dict[int, PullRequest] = {}
        for page in count(1):
            if page > PAGES:
                raise NotAnswered(ForgeWhy.TOO_LARGE)
            listed = await self._page(base, page)
            found |= {pull.number: pull for pull in listed}
            if len(listed) < PAGE:
                break
        return tuple(found[number] for number in sorted(found))

    async def _page(self, base: str, page: int) -> tuple[PullRequest, ...]:
        asked = {"state": "open", "base": base, "sort": "created", "direction": "asc"}
        path = f"/repos/{self._name}/pulls?{urlencode(asked)}&per_page={PAGE}&page={page}"
        etag, before = self._known.pages.get(path, ("", ()))
        answer = await self._api.get(path, etag=etag)
        if answer.raw is None:
            return before
        listed = tuple(_pull(one, base) for one in await parsed(PULLS, answer))
        _make_room(self._known.pages)
        self._known.pages[path] = (answer.etag, listed)
        return listed

    async def queued(self, base: str) -> tuple[Queued, ...]:
        """A queue tests each entry as a branch of its own, whose name says what it is made of: a required
        check has to stand on that commit (docs.github.com, "Managing a merge queue").
        """
        path = f"/repos/{self._name}/git/matching-refs/heads/{_QUEUE}{quote(base)}/"
        etag, before = self._known.queues.get(path, ("", ()))
        answer = await self._api.get(path, etag=etag)
        if answer.raw is None:
            return before
        found = tuple(filter(None, (_entry(one, base) for one in await parsed(REFS, answer))))
        _make_room(self._known.queues)
        self._known.queues[path] = (answer.etag, found)
        return found

    async def touches_only(self, pull: PullRequest, globs: tuple[str, ...]) -> bool:
        """By the very commit, and not by what the pull request is at the moment of asking."""
        key = (self._name, pull.base, pull.sha, globs)
        if key not in self._known.touches:
            _make_room(self._known.touches)
            self._known.touches[key] = await self._touches_only(pull, globs)
        return self._known.touches[key]

    async def _touches_only(self, pull: PullRequest, globs: tuple[str, ...]) -> bool:
        """What cannot be compared, or is too much to be shown, is not exempt."""
        path = f"/repos/{self._name}/compare/{quote(pull.base)}...{pull.sha}?per_page=1"
        try:
            answer = await self._api.get(path)
        except NotAnswered as no:
            if no.fault.why in {ForgeWhy.NOT_FOUND, ForgeWhy.TOO_LARGE}:
                return False
            raise
        files = (await parsed(COMPARISON, answer)).files
        paths = {path for one in files for path in (one.filename, one.previous_filename) if path}
        return 0 < len(files) < FILES and all(map(Globs(globs).match, paths))

    async def titles(self, numbers: Iterable[int]) -> Mapping[int, Title]:
        wanted = sorted(set(numbers))
        found: dict[int, Title] = {}
        for start in range(0, len(wanted), TITLES_AT_ONCE):
            found |= await self._titles(wanted[start : start + TITLES_AT_ONCE])
        return found

    async def _titles(self, numbers: list[int]) -> dict[int, Title]:
        owner, _, name = self._name.partition("/")
        fields = "title labels(first: 50) { nodes { name } }"
        asked = " ".join(f"p{n}: pullRequest(number: {n}) {{ {fields} }}" for n in numbers)
        whose = "repository(owner: $owner, name: $name)"
        query = f"query($owner: String!, $name: String!) {{ {whose} {{ {asked} }} }}"
        answer = await self._api.graphql({"query": query, "variables": {"owner": owner, "name": name}})
        told = await parsed(TOLD, answer)
        if any(error.type == "RATE_LIMITED" for error in told.errors):
            raise NotAnswered(ForgeWhy.LIMITED, str(int(SHORTEST_WAIT_S)), SHORTEST_WAIT_S)
        if told.data is None or told.data.repository is None:
            raise NotAnswered(ForgeWhy.NOT_FOUND if told.errors else ForgeWhy.NOT_UNDERSTOOD)
        there = {n: told.data.repository.get(f"p{n}") for n in numbers}
        return {n: Title(one.title[:_TITLE], _names(one.labels.nodes)) for n, one in there.items() if one}

    async def mark(self, sha: str, mark: Mark) -> bool:
        """A commit may be gone, or bear a thousand marks already; any other no is a fault of ours."""
        body = {"state": _STATES[mark.state], "context": self._context, "description": mark.text}
        if mark.url.startswith(("https://", "http://")):
            body["target_url"] = mark.url
        answer = await self._api.post(f"/repos/{self._name}/statuses/{sha}", body)
        if answer.status == 201:  # noqa: PLR2004 - created
            return True
        if any(words in (answer.raw or b"") for words in _NOT_ON_THIS_ONE):
            return False
        raise NotAnswered(ForgeWhy.STATUS, str(answer.status))

    async def mark_of(self, sha: str) -> tuple[MarkState | None, str] | None:
        """The newest of our name; other statuses of the commit are nobody's business here."""
        path = f"/repos/{self._name}/commits/{sha}/status?per_page=100"
        etag, before = self._known.marks.get(path, ("", None))
        answer = await self._api.get(path, etag=etag)
        if answer.raw is None:
            return before
        found = (await parsed(COMBINED, answer)).statuses
        mine = next((one for one in found if one.context == self._context), None)
        mark = (_MEANT.get(mine.state), mine.description or "") if mine else None
        _make_room(self._known.marks)
        self._known.marks[path] = (answer.etag, mark)
        return mark

    async def try_access(self) -> None:
        """Who may mark commits is told that this one is not there; who may not is refused."""
        await self._api.get(f"/repos/{self._name}/pulls?per_page=1")
        await self._api.get(f"/repos/{self._name}/git/matching-refs/heads/{_QUEUE}")
        await self.mark(_NOBODY, Mark(MarkState.FREE, "naru doctor"))


def _make_room(kept: MutableMapping[Any, Any]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()


def _entry(one: Ref, base: str) -> Queued | None:
    """None for a branch that only looks like one."""
    named = _ENTRY.fullmatch(one.ref.removeprefix(f"refs/heads/{_QUEUE}{base}/"))
    if named is None:
        return None
    return Queued(number=int(named[1]), base=base, sha=one.object.sha, onto=named[2])


def _pull(one: Pull, base: str) -> PullRequest:
    title = (one.title or "")[:_TITLE]
    return PullRequest(number=one.number, title=title, base=base, sha=one.head.sha, labels=_names(one.labels))


def _names(labels: list[Label]) -> tuple[str, ...]:
    return tuple(label.name[:100] for label in labels[:_LABELS])
