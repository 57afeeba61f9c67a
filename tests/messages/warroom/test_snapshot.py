"""A snapshot reads as a file of Markdown, with a few lines beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.checklists.model import Phase
from domain.checklists.progress import Progress
from domain.commits import ChangeCounts
from domain.health.model import CPU, HEALTH, P95, Reading, Source, WhyNone
from domain.release import Condition
from domain.rollback.snapshot import Carried, Snapshot, Span, Taken
from domain.rollout.rollout import Rollout
from domain.types import Environment, RolloutStrategy, Stage
from messages.texts import Reader
from messages.warroom import snapshot
from tests.messages.surfaces import builders as b

HOUR = timedelta(hours=1)


def reading(metric: str, value: float | None, **facts: object) -> Reading:
    base = Reading(
        metric=metric, environment=Environment.PRODUCTION, at=b.NOW, source=Source.PERSON, value=value
    )
    return replace(base, **facts)  # type: ignore[arg-type]  # names of fields, by the caller


RELEASE = b.release(
    stage=Stage.DEPLOYING,
    rollout=Rollout(
        strategy=RolloutStrategy.CANARY,
        steps=("canary_10", "canary_50", "canary_100"),
        done=1,
        paused=True,
        pause_reason="5xx *rise*",
        since=b.NOW - HOUR,
    ),
    deploy_started_at=b.NOW - HOUR,
    deployed_at=None,
    conditions=(
        Condition(id="1", text="watch <!channel>", owner="U0IC", asked_by="U0PM", candidate=1),
        Condition(id="2", text="tell", owner="U0PM", asked_by="U0PM", candidate=1, met_at=b.NOW),
    ),
)
FULL = Snapshot(
    id="s1",
    room="r1",
    project="shop",
    taken=Taken.DECLARED,
    at=b.NOW,
    release=RELEASE,
    production="1.4.2",
    stages=(
        Span(stage=Stage.APPROVED, since=b.NOW - 3 * HOUR, until=b.NOW - HOUR),
        Span(stage=Stage.DEPLOYING, since=b.NOW - HOUR),
    ),
    carried=Carried(counts=ChangeCounts(features=2, fixes=1), migrations=("db/`1`.sql",), variables=2),
    lists=(Progress(phase=Phase.RELEASE_DURING, done=2, total=6),),
    readings=(
        reading(CPU, 0.957),
        reading(P95, 3.2, samples=1200),
        reading(HEALTH, 1, environment=Environment.STAGING),
        reading("queue", None, why=WhyNone.EMPTY, detail="no _series_"),
        reading("other", None, why=WhyNone.EMPTY),
    ),
    lock="audit",
    names={"U0IC": "Kim *Jun*"},
)
ENGLISH = """\
# Snapshot of v1.5.0

- Taken: Tue 3 Mar 2026 10:00
- In production: v1.4.2
- Deploy lock: audit
- Release: v1.5.0 · Regular
- State: Deploying
- Release candidate: rc.1 · `1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d` · Tue 3 Mar 05:00
- Branch: `release/v1.5.0`
- Previous version: v1.4.2
- Release manager on duty: U0RM

## Stages

- Approved: Tue 3 Mar 07:00 · 2 hr
- Deploying: Tue 3 Mar 09:00 · 1 hr

## Rollout

- Canary
- ✓ Canary 10 %
- ▸ Canary 50 % · Tue 3 Mar 09:00
- ○ Canary 100 %
- Began Tue 3 Mar 09:00
- Paused: 5xx \\*rise\\*

## Conditions

- ○ watch \\<!channel\\> · Kim \\*Jun\\*
- ✓ tell · U0PM

## Changes

- 3 in all: features 2, fixes 1
- environment variables 2
- DB migration: `db/ˋ1ˋ.sql`

## Checklists

- While it goes out: 2/6

## Newest readings

- `cpu` · production: 95.7 % · Tue 3 Mar 10:00
- `p95_latency` · production: 3.2 s · n=1200 · Tue 3 Mar 10:00
- `health` · staging: 1 · Tue 3 Mar 10:00
- `queue` · production: could not be measured (no \\_series\\_) · Tue 3 Mar 10:00
- `other` · production: could not be measured · Tue 3 Mar 10:00
"""
KOREAN = """\
# 스냅샷: v1.5.0

- 기록 시각: 2026년 3월 3일(화) 10:00
- 프로덕션 버전: v1.4.2
- 배포 잠금: audit
- 릴리스: v1.5.0 · 정기
- 상태: 배포 중
- 릴리스 후보: rc.1 · `1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d` · 3월 3일(화) 05:00
- 브랜치: `release/v1.5.0`
- 이전 버전: v1.4.2
- 담당 릴리스 매니저: U0RM

## 단계

- 승인: 3월 3일(화) 07:00 · 2시간
- 배포 중: 3월 3일(화) 09:00 · 1시간

## 배포 방식

- 카나리
- ✓ 카나리 10%
- ▸ 카나리 50% · 3월 3일(화) 09:00
- ○ 카나리 100%
- 시작: 3월 3일(화) 09:00
- 일시 중지: 5xx \\*rise\\*

## 승인 조건

- ○ watch \\<!channel\\> · Kim \\*Jun\\*
- ✓ tell · U0PM

## 변경 사항

- 모두 3건: 기능 2, 수정 1
- 환경 변수 2
- DB 마이그레이션: `db/ˋ1ˋ.sql`

## 체크리스트

- 배포 중: 2/6

## 최근 측정값

- `cpu` · 프로덕션: 95.7 % · 3월 3일(화) 10:00
- `p95_latency` · 프로덕션: 3.2 s · n=1200 · 3월 3일(화) 10:00
- `health` · 스테이징: 1 · 3월 3일(화) 10:00
- `queue` · 프로덕션: 측정하지 못함 (no \\_series\\_) · 3월 3일(화) 10:00
- `other` · 프로덕션: 측정하지 못함 · 3월 3일(화) 10:00
"""


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("ko", KOREAN)])
def test_all_that_is_known_stands_in_the_file(language: str, text: str) -> None:
    assert snapshot(Reader(language, "Asia/Seoul"), FULL).text == text


def test_beside_the_file_stands_what_matters() -> None:
    shown = snapshot(Reader("en", "Asia/Seoul"), FULL)

    assert (shown.title, shown.comment) == (
        "Snapshot of v1.5.0",
        (
            "*State when the rollback was declared* · <!date^1772499600^{date_short_pretty} {time}|Tue 3 Mar 10:00> (Seoul Tue 3 Mar 10:00)\n"
            "v1.5.0 · Deploying\n"
            "Canary 1/3\n"
            "CPU 95.7 % · P95 3.2 s · Health endpoint answers well · `queue`: not measured · `other`: not measured"
        ),
    )


def test_of_a_quiet_project_there_is_little_to_say() -> None:
    empty = Snapshot(id="s1", room="r1", project="shop", taken=Taken.OPENED, at=b.NOW)

    shown = snapshot(Reader("ko", "Asia/Seoul"), empty)

    assert (shown.title, shown.comment, shown.text) == (
        "스냅샷: shop",
        "*워룸 개설 시점의 상태* · <!date^1772499600^{date_short_pretty} {time}|3월 3일(화) 10:00> (서울 3월 3일(화) 10:00)",
        (
            "# 스냅샷: shop\n"
            "\n"
            "- 기록 시각: 2026년 3월 3일(화) 10:00\n"
            "- 프로덕션 버전: 없음\n"
            "- 배포 잠금: 없음\n"
        ),
    )


def test_many_migrations_are_counted() -> None:
    many = Carried(counts=ChangeCounts(), migrations=tuple(f"db/{n}.sql" for n in range(60)))

    text = snapshot(Reader("en", "UTC"), replace(FULL, carried=many)).text

    assert text.count("DB migration: ") == 50
    assert "- … and 10 more\n" in text


def test_what_is_done_has_its_times() -> None:
    done = replace(RELEASE, rollout=Rollout(strategy=RolloutStrategy.BIG_BANG, steps=("deployed",), done=1))
    text = snapshot(Reader("en", "UTC"), replace(FULL, release=replace(done, deployed_at=b.NOW))).text

    assert text.split("## Rollout\n\n")[1].split("\n\n")[0] == (
        "- All at once\n- ✓ deployed\n- Began Tue 3 Mar 00:00\n- In production since Tue 3 Mar 01:00"
    )


def test_before_there_is_anything_to_roll_out_nothing_is_said_of_it() -> None:
    early = b.release(candidate=None, branch="", previous_version="", rollout=None)
    text = snapshot(Reader("en", "UTC"), replace(FULL, release=early, carried=None, stages=())).text

    assert text.split("\n\n## Checklists")[0] == (
        "# Snapshot of v1.5.0\n"
        "\n"
        "- Taken: Tue 3 Mar 2026 01:00\n"
        "- In production: v1.4.2\n"
        "- Deploy lock: audit\n"
        "- Release: v1.5.0 · Regular\n"
        "- State: QA\n"
        "- Branch: none\n"
        "- Previous version: none\n"
        "- Release manager on duty: U0RM"
    )


@pytest.mark.parametrize(
    ("why", "english", "korean"),
    [
        ("", "- Paused", "- 일시 중지"),
        (
            "silent",
            "- Paused: Nothing was heard of it for too long: look at what really runs.",
            "- 일시 중지: 너무 오랫동안 소식이 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오.",
        ),
        ("lost", "- Paused: lost", "- 일시 중지: 응답 없음"),
    ],
)
def test_why_it_is_paused_is_said_in_words(why: str, english: str, korean: str) -> None:
    assert RELEASE.rollout is not None
    paused = replace(RELEASE, rollout=replace(RELEASE.rollout, pause_reason=why))
    assert english in snapshot(Reader("en", "UTC"), replace(FULL, release=paused)).text.split("\n")
    assert korean in snapshot(Reader("ko", "UTC"), replace(FULL, release=paused)).text.split("\n")
