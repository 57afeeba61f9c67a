from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain import events as v
from domain.commits import Grammar
from domain.forges import ForgeFault, ForgeWhy, PullRequest
from domain.links import Links
from domain.statuses import Because, FreezeOf, Standing
from messages.forges import SENTENCES, forge_fault
from messages.lines import line
from messages.modals.scope import scope
from messages.statuses import LONGEST, mark_text
from messages.texts import Reader
from tests.messages.surfaces.builders import SCOPE, scope_view

EN, KO = Reader("en", "Asia/Seoul", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")
CHANNEL_EN, CHANNEL_KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")
AT = datetime(2026, 3, 5, 5, tzinfo=UTC)
PULL = PullRequest(number=1, title="x", base="develop", sha="a" * 40)
HELD = v.PullRequestsHeld(
    project="shop",
    release="r1",
    version="1.6.0",
    branches=("develop", "release/v1.6.0"),
    held=12,
    free=2,
    url="https://github.com/acme/shop/pulls",
)


@pytest.mark.parametrize(
    ("said", "english", "korean"),
    [
        (
            HELD,
            (
                "*Code freeze* *v1.6.0*: open pull requests into `develop`, `release/v1.6.0`: 12 held, 2 free to merge."
                " <https://github.com/acme/shop/pulls|Look at them>"
            ),
            (
                "*코드 프리즈* *v1.6.0*: `develop`, `release/v1.6.0` 대상의 열린 풀 리퀘스트 중 12건은 보류, 2건은 병합 가능."
                " <https://github.com/acme/shop/pulls|목록 보기>"
            ),
        ),
        (
            v.PullRequestsHeld(project="shop", day="2026-03-05", branches=("develop",), held=1, free=0),
            "*Code freeze* (deploy on Thu 5 Mar): open pull requests into `develop`: 1 held, 0 free to merge.",
            "*코드 프리즈* (3월 5일(목) 배포): `develop` 대상의 열린 풀 리퀘스트 중 1건은 보류, 0건은 병합 가능.",
        ),
        (
            v.ForgeFailed(project="shop", fault=ForgeFault(ForgeWhy.STATUS, "500"), since=AT, waiting=True),
            (
                "*The code host cannot be asked* since Thu 5 Mar 14:00.\n"
                "> The host answered with HTTP status 500.\n"
                "Pull requests may bear an old mark until then: a code freeze holds, or is over, whatever they show. "
                "Naru tries again by itself."
            ),
            (
                "*코드 호스트에 연결할 수 없음*: 3월 5일(목) 14:00부터.\n"
                "> 호스트의 응답: HTTP 상태 500.\n"
                "그때까지 풀 리퀘스트에 이전 표시가 남아 있을 수 있습니다. 표시와 관계없이 코드 프리즈는 그대로 유지되거나 해제된 상태입니다. 나루가 자동으로 다시 시도합니다."
            ),
        ),
        (
            v.MergedExempt(
                release="r1",
                version="1.6.0",
                branch="develop",
                commits=(v.MergedCommit(sha="a1b2c3d4", text="feat: <!here> (#3)", author="Minji"),),
            ),
            (
                "*v1.6.0* Merged into `develop`, exempt from the freeze by label or path:\n"
                "• `a1b2c3d` feat: &lt;!here&gt; (#3) — Minji"
            ),
            (
                "*v1.6.0* `develop`에 병합됨 (라벨 또는 경로로 프리즈에서 예외):\n"
                "• `a1b2c3d` feat: &lt;!here&gt; (#3) — Minji"
            ),
        ),
        (
            v.ForgeAnswered(project="shop"),
            "*The code host can be asked again*: every open pull request is marked as it should be.",
            "*코드 호스트에 다시 연결됨*: 열린 풀 리퀘스트의 표시가 모두 올바릅니다.",
        ),
    ],
)
def test_what_is_told_of_a_forge(said: v.Event, english: str, korean: str) -> None:
    assert (line(EN, said, ""), line(KO, said, "")) == (english, korean)


@pytest.mark.parametrize("why", ForgeWhy)
def test_every_fault_says_what_happened_in_both_languages(why: ForgeWhy) -> None:
    detail = "127.0.0.1" if "{detail}" in SENTENCES[why] else ""
    told = [forge_fault(reader, ForgeFault(why, detail)) for reader in (EN, KO)]
    assert all(detail in text and "{" not in text for text in told)
    assert told[0] != told[1]


RELEASE = FreezeOf(subject="r1", name="1.6.0", until=AT)


@pytest.mark.parametrize(
    ("because", "freeze", "english", "korean"),
    [
        (
            Because.FROZEN,
            RELEASE,
            "Code freeze of v1.6.0: only fixes until it is deployed, planned Thu 5 Mar 14:00 (Seoul)",
            "v1.6.0 코드 프리즈: 배포될 때까지 수정만 병합 (예정 3월 5일(목) 14:00 (서울))",
        ),
        (
            Because.FROZEN,
            FreezeOf(subject="r1", name="1.6.0"),
            "Code freeze of v1.6.0: only fixes until it is deployed",
            "v1.6.0 코드 프리즈: 배포될 때까지 수정만 병합",
        ),
        (
            Because.FROZEN,
            FreezeOf(subject="2026-03-05", name="2026-03-05", until=AT),
            "Code freeze for the deploy on Thu 5 Mar: only fixes until Thu 5 Mar 14:00 (Seoul)",
            "3월 5일(목) 배포를 위한 코드 프리즈: 3월 5일(목) 14:00 (서울)까지 수정만 병합",
        ),
        (Because.NO_FREEZE, None, "No code freeze", "코드 프리즈 없음"),
        (
            Because.FIX,
            RELEASE,
            "May be merged during the code freeze: a fix by its title",
            "코드 프리즈 중 병합 가능: 제목이 수정임",
        ),
        (
            Because.PATHS,
            RELEASE,
            "May be merged during the code freeze: exempt by the paths that it changes",
            "코드 프리즈 중 병합 가능: 변경한 경로로 예외",
        ),
    ],
)
def test_a_mark_says_why(because: Because, freeze: FreezeOf | None, english: str, korean: str) -> None:
    standing = Standing(pull=PULL, because=because, freeze=freeze)
    assert (mark_text(CHANNEL_EN, standing), mark_text(CHANNEL_KO, standing)) == (english, korean)


def test_the_longest_version_fits_on_a_mark() -> None:
    freeze = FreezeOf(subject="r1", name=f"1.6.0-{'a' * 300}", until=AT)
    standing = Standing(pull=PULL, because=Because.FROZEN, freeze=freeze)
    assert max(len(mark_text(reader, standing)) for reader in (CHANNEL_EN, CHANNEL_KO)) <= LONGEST


def test_pull_requests_of_a_scope_are_links_where_their_address_is_known() -> None:
    number = next(line.pull_request for line in SCOPE.lines if line.pull_request)
    links = Links(grammar=Grammar(pull_requests="https://github.com/acme/shop/pull/{number}"))
    known = str(scope(EN, scope_view(links=links)))
    assert f"(<https://github.com/acme/shop/pull/{number}|#{number}>)" in known
    assert f"(#{number})" in str(scope(EN, scope_view()))


def test_a_scope_says_how_many_titles_could_not_be_read() -> None:
    shown = str(scope(EN, scope_view(scope=replace(SCOPE, untitled=3))))
    assert "Pull requests whose titles could not be read: 3" in shown
    assert "could not be read" not in str(scope(EN, scope_view()))
