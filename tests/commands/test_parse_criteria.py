"""`/release breach` in both languages: the list, a report, and its form."""

from __future__ import annotations

from datetime import date

import pytest

from commands import slash
from commands.parse import parse
from domain.criteria.model import Reported
from domain.refusals import Unreadable

TODAY = date(2026, 3, 5)
READ = [
    ("breach list 1.5.0", slash.ShowBreaches(release="1.5.0")),
    ("기준위반 목록", slash.ShowBreaches()),
    ("breach 1.5.0", slash.ShowBreaches(release="1.5.0")),
    ("breach report", slash.BreachText()),
    ("기준위반 1.5.0 신고", slash.BreachText(release="1.5.0")),
    ("breach data", slash.BreachText(reported=Reported.DATA)),
    (
        "breach 1.5.0 core function sign-in answers 500",
        slash.BreachText(release="1.5.0", reported=Reported.CORE_FUNCTION, seen="sign-in answers 500"),
    ),
    (
        "기준위반 핵심 기능 1.5.0 로그인 500 응답",
        slash.BreachText(release="1.5.0", reported=Reported.CORE_FUNCTION, seen="로그인 500 응답"),
    ),
]


@pytest.mark.parametrize(("text", "command"), READ)
def test_breach_is_read(text: str, command: object) -> None:
    assert parse(text, today=TODAY) == command


def test_what_cannot_be_breached_is_told_with_the_nearest() -> None:
    example = "/release breach 1.5.0 data orders are there twice"
    expected = slash.UsageError(Unreadable("criterion", "outtage", example, "outage"))
    assert parse("breach 1.5.0 outtage", today=TODAY) == expected
