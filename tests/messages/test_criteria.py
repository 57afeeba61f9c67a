"""What is said of breaches and pages, word by word in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain import events as v
from domain.criteria.model import Breach, BreachState, Level, Reported, Why
from domain.errands import MonitoringOver
from domain.health.baselines import Baseline
from domain.health.model import Reading, Source
from domain.needs import Missing, NotMerged
from domain.people import Role
from domain.types import Environment
from domain.views import BreachChart
from messages.charts import breach_picture
from messages.charts.breach import told
from messages.criteria import words
from messages.criteria.chart import comment, in_words
from messages.lines import blocks_for, line
from messages.texts import Reader
from tests.messages.surfaces.builders import card_view, release

EN, KO = (
    Reader("en", "Asia/Seoul", project_zone="Asia/Seoul"),
    Reader("ko", "Asia/Seoul", project_zone="Asia/Seoul"),
)
AT = datetime(2026, 3, 5, 5, 3, tzinfo=UTC)
BREACH = Breach(
    id="B1",
    project="shop",
    release="R1",
    version="1.5.0",
    rule="error_rate",
    level=Level.ROLLBACK,
    opened_at=AT,
    metric="error_rate",
    value=0.072,
    threshold=0.05,
    baseline=0.008,
)
UNCLEAR = replace(BREACH, why=Why.TOO_FEW, samples=7, value=None)
OF = {"release": "R1", "version": "1.5.0"}


def opened(**facts: object) -> v.BreachOpened:
    return v.BreachOpened(**OF, candidate=2, breach=replace(BREACH, **facts))  # type: ignore[arg-type]  # Breach's own


FAR_EN, FAR_KO = "Errors 7.2 % · limit 5 % · before 0.8 %", "오류율 7.2 % · 한계 5 % · 배포 전 0.8 %"
LINES = [
    (
        opened(level=Level.AUTOMATIC),
        "🔴 *Critical* *v1.5.0* *A rollback criterion is breached: Naru declares the rollback.*\n" + FAR_EN,
        "🔴 *심각* *v1.5.0* *롤백 기준 위반: 나루가 롤백을 선언합니다.*\n" + FAR_KO,
    ),
    (
        opened(level=Level.IMMEDIATE),
        "🔴 *Critical* *v1.5.0* *Roll back now*: a criterion is breached. On-call is paged.\n" + FAR_EN,
        "🔴 *심각* *v1.5.0* *지금 롤백하세요*: 롤백 기준을 위반했습니다. 온콜을 호출했습니다.\n" + FAR_KO,
    ),
    (
        opened(level=Level.REVIEW),
        "🟠 *Warning* *v1.5.0* *Somebody has to look*: a criterion is breached.\n" + FAR_EN,
        "🟠 *경고* *v1.5.0* *사람이 확인해야 합니다*: 기준을 위반했습니다.\n" + FAR_KO,
    ),
    (
        opened(level=Level.AUTOMATIC, dry_run=True),
        "🔵 *Info* *v1.5.0* *Dry run*: Naru would have declared a rollback.\n" + FAR_EN,
        "🔵 *정보* *v1.5.0* *모의 판정*: 실제였다면 나루가 롤백을 선언했습니다.\n" + FAR_KO,
    ),
    (
        replace(opened(), again=True),
        "🔴 *Critical* *v1.5.0* *A rollback is recommended*: a criterion is breached.\n"
        + FAR_EN
        + "\nIt has become worse.",
        "🔴 *심각* *v1.5.0* *롤백 권고*: 롤백 기준을 위반했습니다.\n" + FAR_KO + "\n이전보다 나빠졌습니다.",
    ),
    (
        v.CriteriaUnclear(**OF, breaches=(UNCLEAR, replace(UNCLEAR, why=Why.UNREADABLE, seen="timeout"))),
        (
            "🟠 *Warning* *v1.5.0* *Cannot be judged*: a person has to look.\n"
            "• Errors: too few requests (7). Wait for traffic, or look at it yourself.\n"
            "• Errors: no answer in time. Check whether it has too much to do, or raise “timeout” in the policy."
        ),
        (
            "🟠 *경고* *v1.5.0* *판정 불가*: 사람이 확인해야 합니다.\n"
            "• 오류율: 요청이 너무 적습니다(7건). 트래픽을 기다리거나 직접 확인하세요.\n"
            "• 오류율: 제시간에 응답이 없습니다. 과부하인지 확인하거나 정책의 “timeout”을 늘려 주십시오."
        ),
    ),
    (
        v.BreachDeclared(**OF, breach=BREACH),
        "🔴 *Critical* *v1.5.0* *Naru has declared the rollback*: Errors.",
        "🔴 *심각* *v1.5.0* *나루가 롤백을 선언했습니다*: 오류율.",
    ),
    (
        v.BreachDeclared(**OF, breach=BREACH, database=True),
        (
            "🔴 *Critical* *v1.5.0* *Naru has declared the rollback*: Errors. "
            "Steps on the database wait for a press by the DBA or the incident commander."
        ),
        (
            "🔴 *심각* *v1.5.0* *나루가 롤백을 선언했습니다*: 오류율. "
            "데이터베이스 단계는 DB 관리자나 장애 지휘관이 눌러야 진행됩니다."
        ),
    ),
    (
        v.BreachOver(**OF, breach=BREACH),
        "🟢 *Success* *v1.5.0* *Back in range*: Errors.",
        "🟢 *성공* *v1.5.0* *정상 범위로 돌아옴*: 오류율",
    ),
    (
        MonitoringOver(**OF, against=(UNCLEAR,)),
        (
            "*v1.5.0* Monitoring is over, but not all is well. Look before the release is closed:\n"
            "• Errors: too few requests (7). Wait for traffic, or look at it yourself."
        ),
        (
            "*v1.5.0* 모니터링이 끝났지만 모두 정상은 아닙니다. 릴리스를 종료하기 전에 확인하세요.\n"
            "• 오류율: 요청이 너무 적습니다(7건). 트래픽을 기다리거나 직접 확인하세요."
        ),
    ),
    (
        MonitoringOver(**OF, missing=(Missing(NotMerged("release/v1.5.0"), (Role.RELEASE_MANAGER,)),)),
        (
            "*v1.5.0* Monitoring is over, and all that was measured is fine. Closing still needs:\n"
            "• Not merged back to main and develop yet: `release/v1.5.0` (ask: release manager)"
        ),
        (
            "*v1.5.0* 모니터링이 끝났고, 측정된 값은 모두 정상입니다. 종료하려면 아직 필요한 것:\n"
            "• 아직 main과 develop에 병합되지 않은 브랜치: `release/v1.5.0` (담당: 릴리스 매니저)"
        ),
    ),
]


@pytest.mark.parametrize(("said", "english", "korean"), LINES)
def test_each_line_in_both_languages(said: object, english: str, korean: str) -> None:
    assert line(EN, said, "") == english  # type: ignore[arg-type]  # one of Said
    assert line(KO, said, "") == korean  # type: ignore[arg-type]  # one of Said


def labels(said: object) -> list[str]:
    found = blocks_for(EN, said, "")  # type: ignore[arg-type]  # one of Said
    return [one["text"]["text"] for one in found[1]["elements"]] if found else []


def test_the_buttons_that_help_right_there() -> None:
    assert labels(opened()) == ["Declare rollback", "Not this time…"]
    assert labels(opened(needs_report=True)) == ["I see it too", "Declare rollback", "Not this time…"]
    assert labels(opened(dry_run=True)) == []
    assert labels(v.CriteriaUnclear(**OF, breaches=(UNCLEAR,))) == ["Report a breach…", "Errors: looked at…"]
    paged = v.Paged(**OF, page="P", breach=BREACH, roles=(Role.ONCALL,), users=())
    assert labels(paged) == ["I am on it", "Declare rollback"]
    assert labels(v.BreachOver(**OF, breach=BREACH)) == []


def test_how_each_state_is_called() -> None:
    states = [words.state(EN, replace(BREACH, state=state)) for state in BreachState]
    assert states == ["open", "somebody is on it", "rollback declared", "put aside", "over"]
    assert words.state(EN, UNCLEAR) == "cannot be judged"
    assert words.state(EN, replace(BREACH, dry_run=True)) == "dry run"
    assert words.state(EN, replace(BREACH, needs_report=True)) == "waits for a confirmation"


def chart(**facts: object) -> BreachChart:
    readings = tuple(
        Reading(
            metric="error_rate",
            environment=Environment.PRODUCTION,
            at=AT.replace(minute=n),
            source=Source.PROMETHEUS,
            value=value,
        )
        for n, value in enumerate((0.01, float("nan"), None, 0.072))
    )
    known = {
        "project": card_view().project,
        "release": release(),
        "breach": BREACH,
        "readings": readings,
        "usual": Baseline("error_rate", 0.008, 0.008, 0.002, 30),
        "marks": ((AT.replace(minute=0), ""), (AT.replace(minute=2), "canary_50")),
        "begins": AT.replace(minute=0),
        "ends": AT,
    }
    return BreachChart(**(known | facts))  # type: ignore[arg-type]  # BreachChart's own


def texts(spec: dict[str, object]) -> set[str]:
    layers = spec["layer"]
    assert isinstance(layers, list)
    return {str(row["text"]) for layer in layers for row in layer["data"]["values"] if "text" in row}


def test_the_chart_shows_limit_baseline_deploy_and_steps() -> None:
    spec = breach_picture(EN, chart())
    assert {"v1.5.0: Errors", "limit 5 %", "before 0.8 %", "Deploy", "Canary 50 %"} <= texts(spec)
    assert spec["description"] == told(EN, chart()) == "v1.5.0: Errors: 7.2 %. limit 5 %. before 0.8 %."


def test_a_chart_without_baseline_limit_or_readings_is_drawn_all_the_same() -> None:
    bare = chart(usual=None, readings=(), breach=replace(BREACH, threshold=None, baseline=None))
    assert {"limit 5 %", "before 0.8 %"} & texts(breach_picture(KO, bare)) == set()
    assert told(EN, bare) == "v1.5.0: Errors: 7.2 %."


def test_where_it_cannot_be_drawn_the_newest_readings_say_it() -> None:
    assert comment(EN, chart()) == f"*v1.5.0* {FAR_EN}"
    assert in_words(EN, chart()).text.split("\n")[1:] == [
        "The chart could not be drawn. The newest readings:",
        "• Thu 5 Mar 14:00: 1 %",
        "• Thu 5 Mar 14:01: ?",
        "• Thu 5 Mar 14:02: ?",
        "• Thu 5 Mar 14:03: 7.2 %",
    ]
    assert in_words(EN, chart(readings=())).text.split("\n")[1:] == [
        "The chart could not be drawn. The newest readings:"
    ]


def test_what_people_report_has_no_numbers() -> None:
    assert words.breach(KO, replace(BREACH, reported=Reported.OUTAGE)) == "전면 장애"
