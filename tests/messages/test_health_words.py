from __future__ import annotations

import pytest

from domain.health import model as m
from messages.health import words
from messages.texts import Reader


@pytest.mark.parametrize(
    ("name", "value", "english", "korean"),
    [
        (m.CANARY_ERROR_RATE, 0.12, "Errors of canary users 12 %", "카나리 사용자 오류율 12 %"),
        (m.REQUESTS, 3759.4, "Requests 3,759", "요청 수 3,759"),
        ("queue", 3759.4, "`queue` 3,759.4", "`queue` 3,759.4"),
    ],
)
def test_a_value_stands_beside_the_name_of_its_metric(
    name: str, value: float, english: str, korean: str
) -> None:
    def said(language: str) -> str:
        reader = Reader(language, "Asia/Seoul")
        return f"{words.metric(reader, name)} {words.value(reader, name, value)}"

    assert (said("en"), said("ko")) == (english, korean)
