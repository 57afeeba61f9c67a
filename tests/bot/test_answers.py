"""What somebody is told privately: a refusal names the times of the project that it is about."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import answers
from domain.refusals import InThePast
from domain.views import SaidNo
from messages.texts import Reader

NO = InThePast(datetime(2026, 3, 5, 5, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (
            Reader("en", "Europe/Berlin", "Europe/Berlin"),
            "Thu 5 Mar 06:00 (Seoul 14:00) is in the past.\nChoose a later time.",
        ),
        (
            Reader("ko", "Europe/Berlin", "Europe/Berlin"),
            "이미 지난 시각입니다: 3월 5일(목) 06:00 (서울 14:00)\n더 늦은 시각을 선택해 주십시오.",
        ),
        (
            Reader("en", "Asia/Seoul", "Asia/Seoul"),
            "Thu 5 Mar 14:00 is in the past.\nChoose a later time.",
        ),
        (
            Reader("en", "Europe/Berlin", "America/New_York"),
            "Thu 5 Mar 06:00 (Seoul 14:00) is in the past.\nChoose a later time.",
        ),
    ],
)
def test_a_refusal_shows_the_times_of_its_project_beside_the_readers(reader: Reader, said: str) -> None:
    assert answers.outcome(reader, SaidNo(NO, "Asia/Seoul")).text == said


def test_a_refusal_of_no_project_shows_what_the_place_shows() -> None:
    reader = Reader("en", "Europe/Berlin", "Asia/Seoul")
    assert answers.outcome(reader, SaidNo(NO)).text == (
        "Thu 5 Mar 06:00 (Seoul 14:00) is in the past.\nChoose a later time."
    )
