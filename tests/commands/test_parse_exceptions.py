from __future__ import annotations

from datetime import date

import pytest

from commands import slash
from commands.parse import parse
from commands.slash import SlashCommand, UsageError
from domain.refusals import Unreadable

MARCH = date(2026, 3, 2)
EXAMPLE = "/release exception ask 1.5.0"


def read(text: str) -> SlashCommand | UsageError:
    return parse(text, today=MARCH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("exception web", slash.ShowExceptions(project="web")),
        ("예외 목록", slash.ShowExceptions()),
        ("exception ask", slash.AskExceptionText()),
        ("exception ask 1.5.0", slash.AskExceptionText(release="1.5.0")),
        ("예외 요청 web 1.5.0", slash.AskExceptionText(release="1.5.0", project="web")),
        ("예외 승인 요청 1.5.0", slash.AskExceptionText(release="1.5.0")),
        ("exception ask merge", slash.AskExceptionText(merge=True)),
        ("예외 신청 병합 web", slash.AskExceptionText(merge=True, project="web")),
        ("exception ask 2.0.0 merge", slash.AskExceptionText(merge=True, release="2.0.0")),
        ("exception revoke", slash.RevokeExceptionText()),
        ("exception take back 1.5.0", slash.RevokeExceptionText(release="1.5.0")),
        ("예외 취소 1.5.0", slash.RevokeExceptionText(release="1.5.0")),
        ("exception ledger", slash.ShowLedger()),
        ("exception ledger web", slash.ShowLedger(project="web")),
        ("exception ledger 2026-02", slash.ShowLedger(month=date(2026, 2, 1))),
        ("예외 대장 2월 web", slash.ShowLedger(month=date(2026, 2, 1), project="web")),
        ("예외 대장 3월", slash.ShowLedger(month=date(2026, 3, 1))),
        ("exception ledger december", slash.ShowLedger(month=date(2025, 12, 1))),  # ledgers look back
    ],
)
def test_exception_reads_what_was_typed(text: str, expected: SlashCommand) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("exception aks 1.5.0", Unreadable("subcommand", "aks", EXAMPLE, "ask")),
        ("예외 요쳥 1.5.0", Unreadable("subcommand", "요쳥", EXAMPLE, "요청")),
        ("exception ask soon please", Unreadable("subcommand", "please")),
    ],
)
def test_what_exception_cannot_read_says_how_it_is_written(text: str, refusal: Unreadable) -> None:
    assert read(text) == UsageError(refusal)
