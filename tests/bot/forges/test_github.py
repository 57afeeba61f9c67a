"""The client against a GitHub on this machine: what it asks for, and what it makes of every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.forges import Forge, Known, NotAnswered, api, forge_of, github, opened, shapes
from domain.forges import ForgeFault, ForgeWhy, PullRequest, Queued, Title
from domain.policy import Repository
from domain.statuses import Mark, MarkState
from tests.support.github import NAME, TOKEN, GitHub, sha

DEVELOP = f"/repos/{NAME}/pulls?state=open&base=develop&sort=created&direction=asc&per_page=100"
HELD = Mark(MarkState.HELD, "Code freeze")
Ask = Callable[[Forge], object]


def repository(hub: GitHub) -> Repository:
    forge = {"kind": "github", "api_url": hub.url, "repository": NAME}
    return Repository.model_validate({"url": "/srv/shop.git", "forge": forge})


@pytest_asyncio.fixture
async def forge(hub: GitHub) -> AsyncIterator[Forge]:
    found = repository(hub)
    async with opened(found.forge) as session:
        yield forge_of(found, session, lambda: SecretStr(TOKEN), Known())


async def fault(asking: object) -> ForgeFault:
    with pytest.raises(NotAnswered) as no:
        await asking  # type: ignore[misc]  # a coroutine
    assert TOKEN not in f"{no.value!r} {no.value.__cause__!r} {no.value.fault}"
    return no.value.fault


async def test_open_pull_requests_of_a_branch_are_listed_page_by_page(forge: Forge, hub: GitHub) -> None:
    for number in range(1, 151):
        hub.add(number, f"feat: {number}", labels=("bug",) if number == 1 else ())
    hub.add(200, "feat: other", base="release/v1.5.0")
    hub.pulls[2].open = False
    found = await forge.pull_requests("develop")
    assert [pull.number for pull in found] == [1, *range(3, 151)]
    assert found[0] == PullRequest(number=1, title="feat: 1", base="develop", sha=sha(1), labels=("bug",))
    assert hub.news() == [("GET", f"{DEVELOP}&page={page}", 200) for page in (1, 2)]
    assert [pull.number for pull in await forge.pull_requests("release/v1.5.0")] == [200]


async def test_a_page_that_is_as_it_was_is_not_sent_again(forge: Forge, hub: GitHub) -> None:
    hub.add(1, "feat: gift")
    first = await forge.pull_requests("develop")
    hub.news()
    assert await forge.pull_requests("develop") == first
    assert hub.news() == [("GET", f"{DEVELOP}&page=1", 304)]
    hub.pulls[1].labels = ("hotfix",)
    assert (await forge.pull_requests("develop"))[0].labels == ("hotfix",)
    assert hub.news() == [("GET", f"{DEVELOP}&page=1", 200)]


@pytest.mark.parametrize(
    ("files", "only"),
    [
        (("docs/a.md", "docs/b/c.md"), True),
        (("docs/a.md", "src/app.py"), False),
        (("docs/app.py < src/app.py",), False),
        (("docs/b.md < docs/a.md",), True),
        ((), False),
        (tuple(f"docs/{n}.md" for n in range(299)), True),
        (tuple(f"docs/{n}.md" for n in range(301)), False),
    ],
)
async def test_what_a_pull_request_touches_is_read_off_its_very_commit(
    forge: Forge,
    hub: GitHub,
    files: tuple[str, ...],
    only: bool,  # noqa: FBT001 - a table
) -> None:
    hub.add(1, "all", base="release/v1", files=files)
    [pull] = await forge.pull_requests("release/v1")
    hub.news()
    assert await forge.touches_only(pull, ("docs/**",)) is only
    assert await forge.touches_only(pull, ("docs/**",)) is only
    assert hub.news() == [("GET", f"/repos/{NAME}/compare/release/v1...{pull.sha}?per_page=1", 200)]


async def test_what_cannot_be_compared_is_not_exempt(forge: Forge, hub: GitHub) -> None:
    hub.add(1, "all")
    [pull] = await forge.pull_requests("develop")
    hub.push(1)
    assert not await forge.touches_only(pull, ("**",))


async def test_titles_come_fifty_at_once_and_what_is_no_pull_request_is_left_out(
    forge: Forge, hub: GitHub
) -> None:
    for number in range(1, 121):
        hub.add(number, f"title {number}")
    hub.pulls[7].labels = ("bug", "security")
    found = await forge.titles([*range(1, 121), 7, 999])
    assert (len(found), found[7], 999 in found) == (120, Title("title 7", ("bug", "security")), False)
    assert hub.news() == [("POST", "/graphql", 200)] * 3
    assert await forge.titles([]) == {}


async def test_a_mark_is_a_status_of_the_commit(forge: Forge, hub: GitHub) -> None:
    assert await forge.mark(sha(1), Mark(MarkState.HELD, "Code freeze", "https://naru.example/r/1"))
    assert await forge.mark(sha(1), Mark(MarkState.FREE, "No code freeze"))
    assert hub.statuses[sha(1)] == [
        {
            "state": "pending",
            "context": "naru/code-freeze",
            "description": "Code freeze",
            "target_url": "https://naru.example/r/1",
        },
        {"state": "success", "context": "naru/code-freeze", "description": "No code freeze"},
    ]
    hub.unknown.add(sha(2))
    assert not await forge.mark(sha(2), HELD)
    hub.faults["statuses"] = "422"
    assert await fault(forge.mark(sha(1), HELD)) == ForgeFault(ForgeWhy.STATUS, "422")


async def test_a_merge_queue_is_read_off_the_names_of_its_branches(forge: Forge, hub: GitHub) -> None:
    hub.add(1, "feat: a", base="release/v1.5.0")
    hub.add(2, "feat: b", base="release/v1.5.0")
    first = hub.enqueue(1, "b" * 40)
    second = hub.enqueue(2, first)
    hub.queues["gh-readonly-queue/release/v1.5.0/pr-2"] = "c" * 40
    found = await forge.queued("release/v1.5.0")
    assert found == (
        Queued(number=1, base="release/v1.5.0", sha=first, onto="b" * 40),
        Queued(number=2, base="release/v1.5.0", sha=second, onto=first),
    )
    assert await forge.queued("release/v1.5.0") == found
    assert [status for _, _, status in hub.news()] == [200, 304]
    assert await forge.queued("develop") == ()
    hub.faults["matching-refs"] = "html"
    assert await fault(forge.queued("develop")) == ForgeFault(ForgeWhy.NOT_UNDERSTOOD)


async def test_access_is_tried_without_any_effect(forge: Forge, hub: GitHub) -> None:
    await forge.try_access()
    assert hub.statuses == {}
    hub.faults["statuses"] = "403"
    assert await fault(forge.try_access()) == ForgeFault(ForgeWhy.DENIED)


@pytest.mark.parametrize(
    ("goes_wrong", "told", "wait"),
    [
        ("500", ForgeFault(ForgeWhy.STATUS, "500"), 0),
        ("418", ForgeFault(ForgeWhy.STATUS, "418"), 0),
        ("422", ForgeFault(ForgeWhy.NOT_UNDERSTOOD), 0),
        ("401", ForgeFault(ForgeWhy.BAD_TOKEN), 0),
        ("403", ForgeFault(ForgeWhy.DENIED), 0),
        ("404", ForgeFault(ForgeWhy.NOT_FOUND), 0),
        ("429", ForgeFault(ForgeWhy.LIMITED, "60"), 60),
        ("retry", ForgeFault(ForgeWhy.LIMITED, "7"), 7),
        ("secondary", ForgeFault(ForgeWhy.LIMITED, "60"), 60),
        ("spent", ForgeFault(ForgeWhy.LIMITED, "3600"), 3600),
        ("html", ForgeFault(ForgeWhy.NOT_UNDERSTOOD), 0),
        ("huge", ForgeFault(ForgeWhy.TOO_LARGE), 0),
        ("cut", ForgeFault(ForgeWhy.UNREACHABLE, "ServerDisconnectedError"), 0),
        ("away", ForgeFault(ForgeWhy.MOVED, "evil.example"), 0),
        ("round", ForgeFault(ForgeWhy.MOVED, "127.0.0.1"), 0),
    ],
)
async def test_every_answer_that_is_none_is_told_by_its_kind(
    forge: Forge, hub: GitHub, goes_wrong: str, told: ForgeFault, wait: float
) -> None:
    hub.faults["pulls"] = goes_wrong
    with pytest.raises(NotAnswered) as no:
        await forge.pull_requests("develop")
    assert (no.value.fault, no.value.wait) == (told, wait)


async def test_a_repository_that_moved_is_read_where_it_is_and_not_written_to(
    forge: Forge, hub: GitHub
) -> None:
    hub.add(1, "feat: gift")
    hub.faults["/repos/"] = "moved"
    assert [pull.number for pull in await forge.pull_requests("develop")] == [1]
    assert hub.news() == [
        ("GET", f"{DEVELOP}&page=1", 302),
        ("GET", f"/moved{DEVELOP}&page=1", 200),
    ]
    assert await fault(forge.mark(sha(1), HELD)) == ForgeFault(ForgeWhy.MOVED, "127.0.0.1")


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/x", "//evil.example/x", "http://[::1/x", "http://127.0.0.1:port/x", "file:///x"],
)
async def test_the_token_goes_to_no_other_host(forge: Forge, hub: GitHub, elsewhere: str) -> None:
    hub.faults["pulls"] = "away"
    hub.elsewhere = elsewhere
    assert (await fault(forge.pull_requests("develop"))).why is ForgeWhy.MOVED


async def test_a_forge_that_hangs_is_given_up(hub: GitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    hub.faults["pulls"] = "slow"
    found = repository(hub)
    async with opened(found.forge) as session:
        forge = forge_of(found, session, lambda: SecretStr(TOKEN), Known())
        assert await fault(forge.pull_requests("develop")) == ForgeFault(ForgeWhy.TIMEOUT)


async def test_a_forge_that_is_not_there_is_unreachable() -> None:
    nowhere = GitHub(url="http://127.0.0.1:1")
    found = repository(nowhere)
    async with opened(found.forge) as session:
        forge = forge_of(found, session, lambda: SecretStr(TOKEN), Known())
        assert (await fault(forge.pull_requests("develop"))).why is ForgeWhy.UNREACHABLE


@pytest.mark.parametrize(
    ("token", "why"),
    [
        (None, ForgeWhy.NO_TOKEN),
        ("", ForgeWhy.NO_TOKEN),
        ("ghp_x\r\nHost: evil", ForgeWhy.BAD_TOKEN),
        ("ghp_한글", ForgeWhy.BAD_TOKEN),
        ("ghp_wrong", ForgeWhy.BAD_TOKEN),
    ],
)
async def test_a_token_that_cannot_be_one_is_told(hub: GitHub, token: str | None, why: ForgeWhy) -> None:
    found = repository(hub)
    async with opened(found.forge) as session:
        held = None if token is None else SecretStr(token)
        forge = forge_of(found, session, lambda: held, Known())
        assert (await fault(forge.pull_requests("develop"))).why is why
        assert (await fault(forge.titles([1]))).why is why


async def test_more_pages_than_are_read_are_told(
    forge: Forge, hub: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(github, "PAGES", 1)
    for number in range(1, 101):
        hub.add(number, "feat: x")
    assert await fault(forge.pull_requests("develop")) == ForgeFault(ForgeWhy.TOO_LARGE)


async def test_a_large_page_is_read_like_a_small_one(
    forge: Forge, hub: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "_LARGE", 1)
    hub.add(1, "feat: x")
    assert [pull.title for pull in await forge.pull_requests("develop")] == ["feat: x"]


async def test_a_forge_that_fails_while_comparing_has_not_said_no(forge: Forge, hub: GitHub) -> None:
    hub.add(1, "feat: x")
    [pull] = await forge.pull_requests("develop")
    hub.faults["compare"] = "500"
    assert await fault(forge.touches_only(pull, ("**",))) == ForgeFault(ForgeWhy.STATUS, "500")


async def test_graphqls_own_words_for_a_limit_are_understood(forge: Forge, hub: GitHub) -> None:
    hub.faults["graphql"] = "limited"
    assert await fault(forge.titles([1])) == ForgeFault(ForgeWhy.LIMITED, "60")


async def test_hosts_of_githubs_own_name_must_be_public(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(_self: object, host: str, port: int = 0, family: int = 0) -> list[dict[str, object]]:
        return [
            {"hostname": host, "host": "10.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}
        ]

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)
    found = Repository.model_validate({"forge": {"kind": "github", "repository": NAME}})
    async with opened(found.forge) as session:
        forge = forge_of(found, session, lambda: SecretStr(TOKEN), Known())
        assert await fault(forge.pull_requests("develop")) == ForgeFault(
            ForgeWhy.PRIVATE_ADDRESS, "api.github.com"
        )


async def test_plain_git_has_nothing_to_ask() -> None:
    plain = Repository(url="/srv/shop.git")
    async with opened(plain.forge) as session:
        forge = forge_of(plain, session, lambda: None, Known())
        pull = PullRequest(number=1, title="", base="develop", sha=sha(1))
        assert await forge.pull_requests("develop") == ()
        assert await forge.titles([1]) == {}
        assert not await forge.touches_only(pull, ("**",))
        assert not await forge.mark(sha(1), HELD)
        assert await forge.mark_of(sha(1)) is None
        await forge.try_access()
