"""What is said of breaches and pages, word by word in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain import events as v
from domain.checklists.model import NamedItem, Phase
from domain.criteria.model import Breach, BreachState, Level, Reported, Why, Witness
from domain.errands import MonitoringOver
from domain.health.baselines import Baseline
from domain.health.model import Reading, Source
from domain.names import Names
from domain.needs import ItemsOpen, Missing, NotMerged, StillBreached
from domain.people import Role
from domain.types import Environment
from domain.views import BreachChart
from messages.charts import breach_picture
from messages.charts.breach import told
from messages.criteria import words
from messages.criteria.chart import comment, in_words
from messages.lines import blocks_for, line
from messages.modals.breach import dismiss
from messages.needs import need
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
TRAFFIC = NamedItem("traffic", Names(ko="트래픽", en="Traffic"))
QUERIES = NamedItem("queries", Names(ko="쿼리", en="Queries"))
OF = {"release": "R1", "version": "1.5.0"}


def opened(**facts: object) -> v.BreachOpened:
    return v.BreachOpened(**OF, candidate=2, breach=replace(BREACH, **facts))  # type: ignore[arg-type]  # Breach's own


def paged(**facts: object) -> v.Paged:
    """About what was reported twice."""
    further = (Witness("U0DEV", AT, "since noon"),)
    of = replace(BREACH, reported=Reported.DATA, reporter="U0QA", evidence="orders twice", further=further)
    known = {
        "page": "P",
        "breach": replace(of, needs_report=True),
        "roles": (Role.ONCALL,),
        "users": ("U0ON",),
    }
    return v.Paged(**OF, **(known | facts))  # type: ignore[arg-type]  # Paged's own


FAR_EN, FAR_KO = "Errors 7.2 % · limit 5 % · before 0.8 %", "오류율 7.2 % · 한계 5 % · 배포 전 0.8 %"
LINES = [
    (
        opened(level=Level.AUTOMATIC),
        "🔴 *Critical* *v1.5.0* *A rollback criterion is breached: Naru declares the rollback.*\n" + FAR_EN,
        "🔴 *심각* *v1.5.0* *롤백 기준 위반: 나루가 롤백을 선언합니다.*\n" + FAR_KO,
    ),
    (
        opened(level=Level.IMMEDIATE),
        "🔴 *Critical* *v1.5.0* *Roll back now*: a criterion is breached. People are called.\n" + FAR_EN,
        "🔴 *심각* *v1.5.0* *지금 롤백하세요*: 롤백 기준을 위반했습니다. 담당자를 호출합니다.\n" + FAR_KO,
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
        v.BreachDismissed(**OF, breach=replace(BREACH, reported=Reported.DATA), reason="a test account"),
        (
            "🔵 *Info* *v1.5.0* *Not this time*: Data lost or damaged. A new report opens it again."
            "\n> a test account"
        ),
        (
            "🔵 *정보* *v1.5.0* *이번에는 넘어감*: 데이터 유실·손상. 새 신고가 들어오면 다시 엽니다."
            "\n> a test account"
        ),
    ),
    (
        v.BreachOver(**OF, breach=BREACH),
        "🟢 *Success* *v1.5.0* *Back in range*: Errors.",
        "🟢 *성공* *v1.5.0* *정상 범위로 돌아옴*: 오류율",
    ),
    (
        replace(opened(reported=Reported.DATA, evidence="orders twice", level=Level.AUTOMATIC), runs="1.5.1"),
        (
            "🔴 *Critical* *v1.5.0* *A rollback criterion is breached.* Naru declares nothing: v1.5.1 is in "
            "production. Look whether that one is hit as well, and declare its rollback.\n"
            "Data lost or damaged\n> orders twice"
        ),
        (
            "🔴 *심각* *v1.5.0* *롤백 기준을 위반했습니다.* 나루는 롤백을 선언하지 않습니다. 현재 프로덕션 버전: "
            "v1.5.1. 그 버전에도 영향이 있는지 확인하고, 있으면 그 버전의 롤백을 선언하세요.\n"
            "데이터 유실·손상\n> orders twice"
        ),
    ),
    (
        opened(reported=Reported.DATA, evidence="orders twice", state=BreachState.DECLARED),
        "🟠 *Warning* *v1.5.0* *Reported while the rollback runs.*\nData lost or damaged\n> orders twice",
        "🟠 *경고* *v1.5.0* *롤백 진행 중에 들어온 신고입니다.*\n데이터 유실·손상\n> orders twice",
    ),
    (
        replace(opened(state=BreachState.ACKNOWLEDGED, by="U0TL", level=Level.IMMEDIATE), again=True),
        f"🔴 *Critical* *v1.5.0* *Twice as bad* as when <@U0TL> took it on.\n{FAR_EN}",
        f"🔴 *심각* *v1.5.0* *두 배로 나빠졌습니다.* 확인을 맡은 사람: <@U0TL>\n{FAR_KO}",
    ),
    (
        v.BreachConfirmed(
            **OF,
            candidate=2,
            breach=replace(BREACH, reported=Reported.DATA, evidence="orders twice", level=Level.IMMEDIATE),
            seen="accounts are mixed up",
        ),
        (
            "🔴 *Critical* *v1.5.0* *Confirmed*: Data lost or damaged. Roll back now. People are called."
            "\n> orders twice\n> accounts are mixed up"
        ),
        (
            "🔴 *심각* *v1.5.0* *확인됨*: 데이터 유실·손상. 지금 롤백하세요. 담당자를 호출합니다."
            "\n> orders twice\n> accounts are mixed up"
        ),
    ),
    (
        v.BreachConfirmed(
            **OF, candidate=2, breach=replace(BREACH, reported=Reported.DATA, state=BreachState.DECLARED)
        ),
        "🔴 *Critical* *v1.5.0* *Confirmed*: Data lost or damaged.",
        "🔴 *심각* *v1.5.0* *확인됨*: 데이터 유실·손상.",
    ),
    (
        v.BreachConfirmed(
            **OF,
            candidate=2,
            breach=replace(BREACH, reported=Reported.DATA, level=Level.AUTOMATIC),
            runs="1.5.1",
        ),
        (
            "🔴 *Critical* *v1.5.0* *Confirmed*: Data lost or damaged. Naru declares nothing: v1.5.1 is in "
            "production. Look whether that one is hit as well, and declare its rollback."
        ),
        (
            "🔴 *심각* *v1.5.0* *확인됨*: 데이터 유실·손상. 나루는 롤백을 선언하지 않습니다. 현재 프로덕션 버전: "
            "v1.5.1. 그 버전에도 영향이 있는지 확인하고, 있으면 그 버전의 롤백을 선언하세요."
        ),
    ),
    (
        v.BreachConfirmed(
            **OF,
            candidate=2,
            breach=replace(BREACH, reported=Reported.OUTAGE, level=Level.AUTOMATIC),
            declares_at=AT,
        ),
        (
            "🔴 *Critical* *v1.5.0* *Confirmed*: Full outage. If it lasts until Thu 5 Mar 14:03 and is not put aside by then, "
            "Naru declares the rollback."
        ),
        (
            "🔴 *심각* *v1.5.0* *확인됨*: 전면 장애. 이 상태가 계속되고 그 전에 넘어가기로 하지 않으면 나루가 롤백을 "
            "선언합니다: 3월 5일(목) 14:03"
        ),
    ),
    (
        replace(opened(reported=Reported.OUTAGE, level=Level.AUTOMATIC), declares_at=AT),
        (
            "🔴 *Critical* *v1.5.0* *A rollback criterion is breached.* If it lasts until Thu 5 Mar 14:03 and is not put "
            "aside by then, Naru declares the rollback.\nFull outage"
        ),
        (
            "🔴 *심각* *v1.5.0* *롤백 기준을 위반했습니다.* 이 상태가 계속되고 그 전에 넘어가기로 하지 않으면 나루가 롤백을 "
            "선언합니다: 3월 5일(목) 14:03\n전면 장애"
        ),
    ),
    (
        v.BreachHeard(
            **OF, candidate=2, breach=replace(BREACH, reported=Reported.DATA), seen="money is gone"
        ),
        "🟠 *Warning* *v1.5.0* *Reported again*: Data lost or damaged.\n> money is gone",
        "🟠 *경고* *v1.5.0* *추가 신고*: 데이터 유실·손상.\n> money is gone",
    ),
    (
        v.BreachHeard(
            **OF,
            candidate=2,
            breach=replace(BREACH, reported=Reported.DATA, needs_report=True),
            seen="since noon",
        ),
        (
            "🟠 *Warning* *v1.5.0* *Reported again*: Data lost or damaged. It counts once it is confirmed."
            "\n> since noon"
        ),
        "🟠 *경고* *v1.5.0* *추가 신고*: 데이터 유실·손상. 확인되면 기준 위반으로 처리합니다.\n> since noon",
    ),
    (
        v.BreachesOpenAgain(**OF, candidate=2, breaches=(BREACH, replace(BREACH, reported=Reported.DATA))),
        (
            "🟠 *Warning* *v1.5.0* *Still breached after the rollback was called off*: it counts until it is in "
            f"range or put aside.\n• {FAR_EN}\n• Data lost or damaged"
        ),
        (
            "🟠 *경고* *v1.5.0* *롤백을 취소했지만 여전히 기준 위반입니다*: 정상 범위로 돌아오거나 넘어가기로 "
            f"할 때까지 유효합니다.\n• {FAR_KO}\n• 데이터 유실·손상"
        ),
    ),
    (
        paged(asks=True, calls=2),
        (
            "🔴 *Critical* *v1.5.0* *Has somebody else seen it as well?* Look, and confirm it: "
            "Data lost or damaged · <@U0QA>\n> orders twice\n> since noon — <@U0DEV>\n"
            "Called: on-call · <@U0ON> · call 2"
        ),
        (
            "🔴 *심각* *v1.5.0* *다른 분도 보셨습니까?* 살펴보고 확인해 주세요: 데이터 유실·손상 · <@U0QA>\n"
            "> orders twice\n> since noon — <@U0DEV>\n호출 대상: 온콜 · <@U0ON> · 2번째 호출"
        ),
    ),
    (
        paged(roles=(), users=("U0CAP",)),
        (
            "🔴 *Critical* *v1.5.0* *You are called*: Data lost or damaged · <@U0QA>\n"
            "> orders twice\n> since noon — <@U0DEV>\nCalled: captain · <@U0CAP>"
        ),
        (
            "🔴 *심각* *v1.5.0* *호출합니다*: 데이터 유실·손상 · <@U0QA>\n"
            "> orders twice\n> since noon — <@U0DEV>\n호출 대상: 담당 릴리스 매니저 · <@U0CAP>"
        ),
    ),
    (
        paged(roles=(), users=(), calls=2),
        (
            "🔴 *Critical* *v1.5.0* *Nobody can be called*: Data lost or damaged · <@U0QA>\n"
            "> orders twice\n> since noon — <@U0DEV>\n"
            "Nobody holds these roles: on-call, tech lead, release manager, PM, incident commander. "
            "The owners give them: `/release roles` · call 2"
        ),
        (
            "🔴 *심각* *v1.5.0* *호출할 수 있는 사람이 없습니다*: 데이터 유실·손상 · <@U0QA>\n"
            "> orders twice\n> since noon — <@U0DEV>\n"
            "다음 역할을 맡은 사람이 없습니다: 온콜, 테크 리드, 릴리스 매니저, PM, 장애 지휘관. "
            "프로젝트 소유자가 부여할 수 있습니다: `/release roles` · 2번째 호출"
        ),
    ),
    (
        MonitoringOver(**OF, against=(UNCLEAR,)),
        (
            "🔵 *Info* *v1.5.0* Monitoring is over, but not all is well. Look before the release is closed:\n"
            "• Errors: too few requests (7). Wait for traffic, or look at it yourself."
        ),
        (
            "🔵 *정보* *v1.5.0* 모니터링이 끝났지만 모두 정상은 아닙니다. 릴리스를 종료하기 전에 확인하세요.\n"
            "• 오류율: 요청이 너무 적습니다(7건). 트래픽을 기다리거나 직접 확인하세요."
        ),
    ),
    (
        MonitoringOver(**OF, missing=(Missing(NotMerged("release/v1.5.0"), (Role.RELEASE_MANAGER,)),)),
        (
            "🔵 *Info* *v1.5.0* Monitoring is over, and all that was measured is fine. Closing still needs:\n"
            "• Not merged back to main and develop yet: `release/v1.5.0` (ask: release manager)"
        ),
        (
            "🔵 *정보* *v1.5.0* 모니터링이 끝났고, 측정된 값은 모두 정상입니다. 종료하려면 아직 필요한 것:\n"
            "• 아직 main과 develop에 병합되지 않은 브랜치: `release/v1.5.0` (담당: 릴리스 매니저)"
        ),
    ),
    (
        MonitoringOver(
            **OF,
            missing=(
                Missing(ItemsOpen(Phase.POST_SOON, (TRAFFIC,), ()), (Role.DEVOPS,)),
                Missing(ItemsOpen(Phase.POST_SOON, (QUERIES,), ()), (Role.DBA, Role.DEVOPS)),
            ),
        ),
        (
            "🔵 *Info* *v1.5.0* Monitoring is over, and all that was measured is fine. Closing still needs:\n"
            "• Checklist “30 minutes after the release”, open 2: Traffic; Queries (ask: DevOps/SRE)"
        ),
        (
            "🔵 *정보* *v1.5.0* 모니터링이 끝났고, 측정된 값은 모두 정상입니다. 종료하려면 아직 필요한 것:\n"
            "• 체크리스트 “배포 30분 후”, 남은 항목 2: 트래픽; 쿼리 (담당: DevOps/SRE)"
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
    assert labels(paged(breach=BREACH)) == ["I am on it", "Declare rollback"]
    asks = ["I see it too", "Declare rollback", "Not this time…", "I am on it"]
    assert labels(paged(asks=True)) == asks
    assert labels(opened(state=BreachState.DECLARED)) == []
    open_again = v.BreachesOpenAgain(**OF, candidate=2, breaches=(BREACH,))
    assert labels(open_again) == ["Declare rollback", "Errors: not this time…"]
    heard = v.BreachHeard(**OF, candidate=2, breach=BREACH, seen="here too")
    assert labels(heard) == ["Declare rollback", "Not this time…"]
    assert labels(v.BreachOver(**OF, breach=BREACH)) == []


def test_how_each_state_is_called() -> None:
    states = [words.state(EN, replace(BREACH, state=state)) for state in BreachState]
    assert states == ["open", "somebody is on it", "rollback declared", "put aside", "over"]
    assert words.state(EN, UNCLEAR) == "cannot be judged"
    assert words.state(EN, replace(BREACH, dry_run=True)) == "dry run"
    assert words.state(EN, replace(BREACH, needs_report=True)) == "waits for a confirmation"
    assert words.state(EN, replace(BREACH, stood_down=True)) == "open again, the rollback was called off"
    assert words.state(KO, replace(BREACH, stood_down=True)) == "롤백 취소 후 다시 열림"


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


def test_who_widens_past_a_breach_is_told_where_the_reason_goes() -> None:
    still = StillBreached((BREACH, replace(BREACH, reported=Reported.DATA)))
    assert need(EN, still) == (
        f"A rollback criterion is breached: {FAR_EN}; Data lost or damaged. Declare a rollback, or put it aside "
        "with a reason (“Not this time…”) and go on."
    )
    assert need(KO, still) == (
        f"롤백 기준 위반: {FAR_KO}; 데이터 유실·손상. 롤백을 선언하거나, 이유를 적고 넘어간("
        "“이번에는 넘어가기…”) 다음 진행하세요."
    )


def test_of_many_words_the_first_and_the_newest_are_shown() -> None:
    further = tuple(Witness("U0DEV", AT, f"word {n}") for n in range(7))
    of = replace(BREACH, reported=Reported.DATA, evidence="orders twice", further=further)
    assert words.seen(of, 100) == ["orders twice", "… +2", *(f"word {n} — <@U0DEV>" for n in range(2, 7))]


def test_what_people_report_has_no_numbers() -> None:
    assert words.breach(KO, replace(BREACH, reported=Reported.OUTAGE)) == "전면 장애"


def test_how_many_of_the_endpoints_answer() -> None:
    def said(share: float) -> str:
        return words.breach(EN, replace(BREACH, metric="health", value=share, threshold=0.01, baseline=None))

    assert said(0.0) == "Health endpoint does not answer well"
    assert said(0.667) == "Health endpoint only 67 % answer well"
    assert words.limit(KO, replace(BREACH, metric="health", threshold=0.01)) == ""


def test_what_was_reported_and_is_put_aside_waits_for_a_new_report() -> None:
    def told(**facts: object) -> str:
        return str(dismiss(EN, replace(BREACH, **facts))["blocks"][0]["text"]["text"])  # type: ignore[arg-type]  # Breach's own

    assert told(reported=Reported.DATA) == "Data lost or damaged\nA new report opens it again."
    assert told() == (f"{FAR_EN}\nIt is judged anew when it gets worse, or when it was over and comes again.")
