"""Whatever a monitor says instead of a number: it cannot be judged, and a person is told what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web

from domain.criteria.judge import judge
from domain.criteria.model import Judgement, Verdict, Why
from domain.criteria.rules import CriterionRule
from domain.health.asking import Answer
from domain.health.model import Reading, Source
from domain.types import Environment
from messages.health import words
from messages.texts import Reader
from tests.bot.monitors.stand import ONE, Stand, asked, vector
from tests.domain.criteria.series import NOW, moment

EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")
MEGABYTE = b" " * 2**20
Served = Callable[[Stand], None]


def says(body: object, status: int = 200) -> Served:
    return lambda stand: stand.says(body, status)


async def _ten_megabytes(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        for _ in range(10):
            await response.write(MEGABYTE)
    except ConnectionError:  # whoever asked has had enough
        pass
    return response


async def _never(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


def answers(how: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Served:
    def serve(stand: Stand) -> None:
        stand.answer = how

    return serve


# what is served, why it is no number, and what people read
BAD = {
    "nothing": (
        says(vector()),
        "empty",
        "Errors: the query returned nothing. Check its labels, and that Prometheus scrapes the service.",
        "오류율: 쿼리 결과가 비어 있습니다. 레이블과 Prometheus의 수집 상태를 확인해 주십시오.",
    ),
    "NaN": (
        says(vector({"value": [1, "NaN"]})),
        "nan",
        "Errors: the query returned NaN, a division by zero without traffic. Check the query, or wait for traffic.",
        "오류율: 쿼리 결과가 NaN입니다. 트래픽이 없어 0으로 나눈 경우입니다. 쿼리를 확인하거나 트래픽을 기다려 주십시오.",
    ),
    "infinite": (
        says(vector({"value": [1, "+Inf"]})),
        "infinite",
        "Errors: the query returned an infinite number, by a division by zero. Check the query, or wait for traffic.",
        "오류율: 쿼리 결과가 무한대입니다. 0으로 나눈 경우입니다. 쿼리를 확인하거나 트래픽을 기다려 주십시오.",
    ),
    "many series": (
        says(vector(ONE, ONE, ONE)),
        "many",
        "Errors: the query returned several series. Make one of them, as with sum() or max(). `3`",
        "오류율: 쿼리 결과가 여러 시계열입니다. sum()이나 max()로 하나로 만들어 주십시오. `3`",
    ),
    "text": (
        says(vector({"value": [1, "<!here> up"]})),
        "text",
        "Errors: the answer is a text, no number. Check the query. `&lt;!here&gt; up`",
        "오류율: 응답이 숫자가 아니라 글입니다. 쿼리를 확인해 주십시오. `&lt;!here&gt; up`",
    ),
    "500": (
        says("oops", 500),
        "status",
        "Errors: the answer is an error. Check the query, and the monitor's own logs. `500`",
        "오류율: 응답이 오류입니다. 쿼리와 모니터의 로그를 확인해 주십시오. `500`",
    ),
    "an error in words": (
        says({"status": "error", "error": "parse error"}, 400),
        "status",
        "Errors: the answer is an error. Check the query, and the monitor's own logs. `parse error`",
        "오류율: 응답이 오류입니다. 쿼리와 모니터의 로그를 확인해 주십시오. `parse error`",
    ),
    "HTML": (
        says("<html>sign in</html>"),
        "malformed",
        "Errors: the answer cannot be read. Check that the address is the monitor's.",
        "오류율: 응답을 읽을 수 없습니다. 모니터의 주소가 맞는지 확인해 주십시오.",
    ),
    "10 MB": (
        answers(_ten_megabytes),
        "too_large",
        "Errors: the answer is too large. Narrow the query down to one series.",
        "오류율: 응답이 너무 큽니다. 쿼리를 시계열 하나로 좁혀 주십시오.",
    ),
    "never": (
        answers(_never),
        "timeout",
        "Errors: no answer in time. Check whether it has too much to do, or raise “timeout” in the policy. `0.5 s`",
        "오류율: 제시간에 응답이 없습니다. 과부하인지 확인하거나 정책의 “timeout”을 늘려 주십시오. `0.5 s`",
    ),
}


def reading(answer: Answer, ago: float) -> Reading:
    return Reading(
        metric="error_rate",
        environment=Environment.PRODUCTION,
        at=NOW - timedelta(minutes=ago),
        source=Source.PROMETHEUS,
        value=answer.value,
        why=answer.why,
        detail=answer.detail,
        samples=100,
    )


@pytest.mark.parametrize(("served", "why", "english", "korean"), BAD.values(), ids=BAD)
async def test_what_is_no_number_is_judged_inconclusive_and_told_with_what_to_do(
    stand: Stand, served: Served, why: str, english: str, korean: str
) -> None:
    served(stand)
    answer = await asked(stand.url, seconds=0.5)
    rule = CriterionRule(metric="error_rate", above=0.05, baseline=5)

    judged = judge({"errors": rule}, [reading(answer, ago) for ago in range(6)], moment())

    assert judged == (Judgement(rule="errors", verdict=Verdict.INCONCLUSIVE, why=Why.UNREADABLE, seen=why),)
    assert words.why(EN, reading(answer, 0)) == english
    assert words.why(KO, reading(answer, 0)) == korean


@pytest.mark.parametrize(("served", "why", "english", "korean"), BAD.values(), ids=BAD)
async def test_one_bad_answer_among_good_ones_changes_no_verdict(
    stand: Stand, served: Served, why: str, english: str, korean: str
) -> None:
    served(stand)
    bad = await asked(stand.url, seconds=0.5)
    rule = CriterionRule(metric="error_rate", above=0.05)
    for value, verdict in ((0.2, Verdict.BREACHED), (0.01, Verdict.FINE)):
        readings = [reading(bad if ago == 2 else Answer(value=value), ago) for ago in range(6)]
        (judged,) = judge({"errors": rule}, readings, moment())
        assert (judged.verdict, judged.value) == (verdict, value)
    assert (bad.value, bad.why) == (None, why)
