"""The rule that decides is named in a few words, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.calendar.earliest import Preparation, Wait
from messages.lists import when_answer
from messages.texts import Reader
from tests.messages import whens
from tests.messages.surfaces.builders import NOW, SEOUL


@pytest.mark.parametrize(
    ("wait", "days", "english", "korean"),
    [
        (Wait.FREEZE, 3, "Code freeze, 3 days before the deploy", "코드 프리즈, 배포 3일 전부터"),
        (Wait.FREEZE, None, "Code freeze and its QA days", "코드 프리즈와 QA 기간"),
        (Wait.SOAK, 3, "Staging soak", "스테이징 안정화 시간"),
        (Wait.APPROVERS, 3, "Approvers' working hours", "승인자의 업무 시간"),
    ],
)
def test_what_the_release_waits_for_is_named(wait: Wait, days: int | None, english: str, korean: str) -> None:
    binds = Preparation(wait, NOW + timedelta(hours=1))
    found = replace(whens.SOAKING.prospect.earliest, binds=binds)
    view = replace(whens.SOAKING, prospect=replace(whens.SOAKING.prospect, earliest=found), freeze_days=days)
    for language, rule in (("en", f"Decided by: *{english}*"), ("ko", f"결정하는 규칙: *{korean}*")):
        head = when_answer(Reader(language, SEOUL), view).blocks[0]["text"]["text"]
        assert head.split("\n")[2] == rule
