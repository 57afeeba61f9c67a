from __future__ import annotations

from datetime import date

import pytest

from commands import slash
from commands.parse import parse
from commands.slash import SlashCommand, UsageError
from domain.refusals import Unreadable

SHA = "1a2b3c4"


def read(text: str) -> SlashCommand | UsageError:
    return parse(text, today=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("scope 1.5.0", slash.ScopeText(release="1.5.0")),
        ("changes web v1.5.0", slash.ScopeText(release="v1.5.0", project="web")),
        ("범위 web", slash.ScopeText(project="web")),
        ("1.5.0 변경", slash.ScopeText(release="1.5.0")),
        (f"scope leave-out {SHA} new-checkout", slash.LeaveOutText(sha=SHA, flag="new-checkout")),
        (f"scope 1.5.0 leave out {SHA} v2", slash.LeaveOutText(release="1.5.0", sha=SHA, flag="v2")),
        (f"범위 1.5.0 제외 {SHA} 새.결제", slash.LeaveOutText(release="1.5.0", sha=SHA, flag="새.결제")),
        (f"범위 제외 {SHA}", slash.LeaveOutText(sha=SHA)),
        ("scope hide", slash.LeaveOutText()),
        (f"scope take-back {SHA}", slash.TakeBackText(sha=SHA)),
        (f"범위 web 1.5.0 다시 포함 {SHA}", slash.TakeBackText(release="1.5.0", project="web", sha=SHA)),
        ("scope compare", slash.CompareText()),
        ("scope compare 1.5.0", slash.CompareText(release="1.5.0")),
        ("범위 1.5.0 비교", slash.CompareText(release="1.5.0")),
    ],
)
def test_what_is_asked_of_a_scope(text: str, meant: SlashCommand) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"scope leave-out {SHA} flag more", "more"),
        (f"scope take-back {SHA} more", "more"),
        ("scope 1.5.0 compare rc.2", "rc.2"),
    ],
)
def test_a_word_too_many_is_told(text: str, word: str) -> None:
    assert read(text) == UsageError(Unreadable("subcommand", word))
