"""The post-mortem as a file of Markdown, and what its draft knows of criteria."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.criteria.model import BreachState, Reported
from domain.postmortem import Answer, Section
from messages.postmortem.document import document, markdown
from messages.postmortem.draft import TIMELINE, parts, postmortem
from messages.texts import Reader
from tests.messages.surfaces import builders as b

SINCE = b.NOW - timedelta(minutes=25)
DECLARED = replace(
    b.BREACH,
    since=SINCE,
    opened_at=SINCE + timedelta(minutes=5),
    state=BreachState.OVER,
    held=0.072,
    for_rollback=True,
)
ASIDE = replace(
    b.BREACH,
    id="B3",
    metric="p95_latency",
    value=0.7,
    threshold=0.5,
    baseline=None,
    state=BreachState.DISMISSED,
    by="U0IC",
    reason="a cold cache",
    held=0.7,
)
SEEN = replace(
    b.BREACH, id="B4", metric="", reported=Reported.COMPLAINTS, state=BreachState.ACKNOWLEDGED, by="U0OPS"
)
DRY = replace(b.BREACH, id="B5", dry_run=True)
VIEW = b.room_view(
    room=replace(
        b.ROOM,
        mitigated_at=b.NOW - timedelta(minutes=4),
        recovered_at=b.NOW,
        summary="Orders *work* [again](x)",
        postmortem_due=b.DEPLOY,
        answers=(Answer(Section.CAUSE, "A lock\nheld too long " + "x" * 900, "U0OPS", b.NOW),),
    ),
    breaches=(DECLARED, ASIDE, SEEN, DRY, b.UNCLEAR),
)
NAMES = {"U0IC": "Kim_Jun", "U0OPS": "Lee"}


def written(language: str) -> tuple[str, str, str]:
    reader = Reader(language, "Asia/Seoul", project_zone="Asia/Seoul")
    found = document(reader, VIEW, lambda user: NAMES.get(user, user))
    return found.title, found.comment, found.text.replace("x" * 900, "…")


EN = """# Post-mortem · Rollback of v1.5.0

Due Thu 5 Mar 14:00

## Summary

**v1.5.0** was rolled back to **v1.4.2**.

Orders **work** \\[again\\](x)

Incident commander: Kim_Jun

## Impact

Time to detect: 5 min

Declared Tue 3 Mar 09:40 · mitigated Tue 3 Mar 09:56 (after 16 min) · recovered Tue 3 Mar 10:00

Time to restore: 20 min

- Error rate
- Core function down

5xx at 7 % since 10:40

Criteria breached:

- Errors 7.2 % · limit 5 % · before 0.8 % · since Tue 3 Mar 09:35 · rollback declared by Naru
- P95 700 ms · limit 500 ms · put aside by Kim_Jun: a cold cache
- Complaints are surging · looked at by Lee

_Who was affected, and how many?_

## Timeline

Tue 3 Mar 09:40 Orders fail at the last step — Kim_Jun

Tue 3 Mar 09:47 롤백 시작 — Lee

## What broke?

A lock held too long …

## Why was it not caught?

_Which test, check or reading should have shown it?_

## Recovery

- ✓ Decision and notice · 7 min (2 min over budget)
- – Roll back the database · skipped

## Actions

_Each with an owner and a date: what prevents it, what finds it sooner._

## Fix plan

_What is mended, and when does it go out again?_
"""

KO = """# 사후 분석 · 롤백: v1.5.0

기한 3월 5일(목) 14:00

## 요약

롤백: **v1.5.0** → **v1.4.2**

Orders **work** \\[again\\](x)

장애 지휘관: Kim_Jun

## 영향

감지까지 걸린 시간: 5분

선언 3월 3일(화) 09:40 · 완화 3월 3일(화) 09:56 (선언 후 16분) · 복구 3월 3일(화) 10:00

복구 시간: 20분

- 오류율
- 핵심 기능 중단

5xx at 7 % since 10:40

위반한 롤백 기준:

- 오류율 7.2 % · 한계 5 % · 배포 전 0.8 % · 3월 3일(화) 09:35부터 · 롤백 선언: Naru
- P95 700 ms · 한계 500 ms · 넘어감: Kim_Jun · a cold cache
- 불만 급증 · 확인: Lee

_누가 얼마나 영향을 받았습니까?_

## 타임라인

3월 3일(화) 09:40 Orders fail at the last step — Kim_Jun

3월 3일(화) 09:47 롤백 시작 — Lee

## 무엇이 고장 났습니까?

A lock held too long …

## 왜 미리 발견하지 못했습니까?

_어떤 테스트, 점검, 지표가 알려 주었어야 합니까?_

## 복구

- ✓ 결정 및 공지 · 7분 (예산 2분 초과)
- – 데이터베이스 롤백 · 건너뜀

## 조치

_담당자와 날짜를 함께: 재발을 막는 일, 더 일찍 찾는 일._

## 수정 계획

_무엇을 고치고, 언제 다시 내보냅니까?_
"""


def test_the_file_is_whole_and_in_its_own_language() -> None:
    assert written("en") == ("Post-mortem · Rollback of v1.5.0", "*The post-mortem as a file*", EN)
    assert written("ko") == ("사후 분석 · 롤백: v1.5.0", "*사후 분석 파일*", KO)


def test_slack_s_marks_become_markdown_s() -> None:
    told = "*v1* <https://a.example/x|the log> <@U0IC> <@U9> <#C1|war> <#C2> [a](b) 2*3*4"
    assert markdown(told, lambda user: NAMES.get(user, user)) == (
        "**v1** [the log](https://a.example/x) Kim_Jun U9 #war #C2 \\[a\\](b) 2*3*4"
    )


def test_what_nobody_decided_is_only_named_and_without_readings_no_time_is_told() -> None:
    reader = Reader("en", "Asia/Seoul", project_zone="Asia/Seoul")
    view = replace(VIEW, breaches=(replace(SEEN, state=BreachState.OPEN, by=""),))
    impact = dict(parts(reader, view))["Impact"]
    assert "• Complaints are surging" in impact
    assert not any(line.startswith("Time to detect") for line in impact)


def test_who_was_on_what_went_over_by_itself_has_declared_nothing() -> None:
    reader = Reader("en", "Asia/Seoul", project_zone="Asia/Seoul")
    view = replace(VIEW, breaches=(replace(DECLARED, by="U0ONCALL", for_rollback=False),))
    assert dict(parts(reader, view))["Impact"][-2] == (
        "• Errors 7.2 % · limit 5 % · before 0.8 % · since Tue 3 Mar 09:35 · looked at by <@U0ONCALL>"
    )


def test_the_message_is_cut_and_the_file_is_not() -> None:
    reader = Reader("en", "Asia/Seoul", project_zone="Asia/Seoul")
    long = replace(VIEW, entries=b.ENTRIES * 200)
    cut = "\n".join(dict(parts(reader, long))["Timeline"])
    assert len(cut) < TIMELINE + 100
    assert len(dict(parts(reader, long, whole=True))["Timeline"]) == 400
    assert len(postmortem(reader, long).blocks) <= 50
