"""Steps of a rollback and breaches as lines of what waits for somebody: what to do, about what, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.criteria.model import Reported
from domain.rollback import StepKey
from domain.views import Task, ToDo
from messages.lists.rows import task
from tests.messages.surfaces import builders as b

STEP = Task(
    kind="step",
    project="shop",
    release=b.ID,
    version="1.5.0",
    zone=b.SEOUL,
    since=b.NOW,
    step=StepKey.DATABASE,
    to_do=ToDo.BEGIN,
    channel="C0ROOM",
    in_room=True,
)
BREACH = replace(STEP, kind="breach", step=None, breach=b.BREACH, channel="C0SHOP", ts="1.2", in_room=False)
REPORTED = replace(b.BREACH, metric="", value=None, reported=Reported.DATA, evidence="rows <gone>")


def both(of: Task) -> tuple[list[str], list[str]]:
    """In English and in Korean, the two lines."""
    english, korean = (task(reader, of).splitlines() for reader in (b.EN_PERSON, b.KO_PERSON))
    return english, korean


def test_a_step_to_begin_is_in_its_war_room() -> None:
    assert both(STEP) == (
        [
            "*v1.5.0* · Start your step of the rollback: Roll back the database",
            "war room <#C0ROOM> · since Tue 3 Mar 02:00 (Seoul 10:00)",
        ],
        [
            "*v1.5.0* · 롤백에서 맡은 단계를 시작해 주십시오: 데이터베이스 롤백",
            "워룸 <#C0ROOM> · 3월 3일(화) 10:00부터",
        ],
    )


def test_a_step_under_way_says_until_when() -> None:
    runs = replace(STEP, step=StepKey.OUTAGE_NOTICE, to_do=ToDo.FINISH, due=b.NOW, channel="")
    assert both(runs) == (
        [
            "*v1.5.0* · Your step of the rollback is under way, say when it is done: Outage notice",
            "war room without a channel · by Tue 3 Mar 02:00 (Seoul 10:00)",
        ],
        [
            "*v1.5.0* · 롤백에서 맡은 단계가 진행 중입니다. 끝나면 완료로 표시해 주십시오: 장애 공지",
            "채널이 없는 워룸 · 3월 3일(화) 10:00까지",
        ],
    )


@pytest.mark.parametrize(
    ("to_do", "english", "korean"),
    [
        (
            ToDo.CONFIRM,
            "Confirm this breach if you see it too: ",
            "같은 현상이 보이면 확인해 주십시오: ",
        ),
        (
            ToDo.ANSWER,
            "You are called, say that you are on it: ",
            "호출되었습니다. 대응을 맡으면 알려 주십시오: ",
        ),
        (
            ToDo.SETTLE,
            "You are on it: see it to its end, or have the rollback declared: ",
            "맡으신 일이 아직 끝나지 않았습니다. 해결하거나 롤백 선언을 요청해 주십시오: ",
        ),
        (
            ToDo.DECIDE,
            "A rollback is recommended, declare it or put it aside: ",
            "롤백을 권고합니다. 선언하거나 이번에는 넘어가 주십시오: ",
        ),
        (
            ToDo.LOOK,
            "Look at this breach, then declare a rollback or put it aside: ",
            "기준 위반을 살펴보고, 롤백을 선언하거나 이번에는 넘어가 주십시오: ",
        ),
    ],
)
def test_a_breach_says_what_is_to_be_done_about_it(to_do: ToDo, english: str, korean: str) -> None:
    told = both(replace(BREACH, to_do=to_do))
    assert told == (
        [
            f"*v1.5.0* · {english}Errors 7.2 %",
            "the release's thread in <#C0SHOP> · since Tue 3 Mar 02:00 (Seoul 10:00)",
        ],
        [
            f"*v1.5.0* · {korean}오류율 7.2 %",
            "<#C0SHOP> 채널의 릴리스 스레드 · 3월 3일(화) 10:00부터",
        ],
    )


def test_what_was_reported_is_told_in_its_own_words() -> None:
    reported = replace(BREACH, breach=REPORTED, to_do=ToDo.CONFIRM, channel="", ts="")
    assert both(reported)[0] == [
        "*v1.5.0* · Confirm this breach if you see it too: Data lost or damaged · rows &lt;gone&gt;",
        "shop · since Tue 3 Mar 02:00 (Seoul 10:00)",
    ]
    silent = replace(reported, breach=replace(REPORTED, evidence=""))
    assert both(silent)[1][0] == "*v1.5.0* · 같은 현상이 보이면 확인해 주십시오: 데이터 유실·손상"
