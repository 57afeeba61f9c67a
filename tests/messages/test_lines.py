from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypedDict, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.remind import releases as of_releases
from commands.rollback import remind as of_rooms
from domain import errands as e
from domain import events as v
from domain.approvals import Outcome
from domain.calendar.announcements import Announcement, AnnouncementKind
from domain.calendar.entries import GateRule
from domain.calendar.reasons import GateReason, Verdict
from domain.checklists.model import Phase
from domain.commits import ChangeKind
from domain.corrections import Told
from domain.errands import Said
from domain.health.model import Reading, Source
from domain.people import Role
from domain.refusals import Gone
from domain.release import ConfirmItem
from domain.rollout.downtime import WhyOff
from domain.rollout.fine import NoReading
from domain.rollout.steady import Gap, NotLong
from domain.tokens import Scope
from domain.types import Action, Environment, ReleaseType, ReminderKind, Stage
from domain.versions import Bump
from domain.versions.reasons import Reason
from messages.blocks import section
from messages.buttons import press_of
from messages.ids import Press, Target, decode
from messages.lines import answerable, blocks_for, line, own_answer, private_line, settling
from messages.lines.answers import ABOUT
from messages.texts import Reader
from sandbox.blockkit import check_message
from tests.messages.said import SAID, foreign_tokens, said_of
from tests.support.proof import rounds

EN, KO = Reader("en", "Asia/Seoul", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")
CHANNEL = Reader("ko", "Asia/Seoul")
readers = st.sampled_from([EN, KO, CHANNEL])
DEPLOY = datetime(2026, 3, 5, 5, tzinfo=UTC)
FREEZE = datetime(2026, 3, 2, 5, tzinfo=UTC)
SHA = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"


HIGH = Reading(
    metric="error_rate",
    environment=Environment.PRODUCTION,
    at=DEPLOY,
    source=Source.PROMETHEUS,
    value=0.045,
)


class Whose(TypedDict):
    release: str
    version: str


WHOSE: Whose = {"release": "r1", "version": "1.5.0"}


def announced(kind: AnnouncementKind, *, subject: str = "r1", **more: object) -> e.Announce:
    told = Announcement(kind=kind, subject=subject, moment=FREEZE, due=FREEZE, expires=FREEZE)
    return e.Announce(announcement=told, **more)  # type: ignore[arg-type]  # the fields of Announce


@pytest.mark.parametrize(
    ("said", "by", "english", "korean"),
    [
        (
            v.ReleaseStarted(
                **WHOSE,
                type=ReleaseType.REGULAR,
                previous_version="1.4.0",
                deploy_at=DEPLOY,
                freeze_at=FREEZE,
                lower_than="2.0.0",
                lower_because=Reason(Bump.MAJOR, 4, ("drop <v1>", "api: new hook")),
            ),
            "U1",
            (
                "*v1.5.0* has started. Type: Regular · Deploy: Thu 5 Mar 14:00 · "
                "Code freeze: Mon 2 Mar 14:00 — <@U1>\n"
                "The changes call for v2.0.0; a lower version was chosen. "
                "MAJOR, for what breaks (4): “drop &lt;v1&gt;”, “api: new hook” …"
            ),
            (
                "*v1.5.0* 릴리스를 시작했습니다. 유형: 정기 · 배포: 3월 5일(목) 14:00 · "
                "코드 프리즈: 3월 2일(월) 14:00 — <@U1>\n"
                "변경 사항에 맞는 버전은 v2.0.0인데 더 낮은 버전을 선택했습니다. "
                "MAJOR: 호환성이 깨지는 변경 4건 – “drop &lt;v1&gt;”, “api: new hook” …"
            ),
        ),
        (
            v.Advanced(
                **WHOSE,
                action=Action.BUILD_PASSED,
                source=Stage.BUILDING,
                target=Stage.STAGING,
                candidate=1,
                sha=SHA,
            ),
            "U1",
            "*v1.5.0* Build passed (rc.1 `1a2b3c4`) · Stage: Staging — <@U1>",
            "*v1.5.0* 빌드 성공 (rc.1 `1a2b3c4`) · 단계: 스테이징 — <@U1>",
        ),
        (
            v.Advanced(
                **WHOSE,
                action=Action.BUILD_FAILED,
                source=Stage.BUILDING,
                target=Stage.FIXING,
                note="<!channel> red",
            ),
            "U1",
            "*v1.5.0* Build failed · Stage: Fixing — <@U1>\n> &lt;!channel&gt; red",
            "*v1.5.0* 빌드 실패 · 단계: 수정 중 — <@U1>\n> &lt;!channel&gt; red",
        ),
        (
            v.Advanced(
                **WHOSE, action=Action.HEAD_MOVED, source=Stage.APPROVED, target=Stage.FIXING, note=SHA
            ),
            "",
            (
                "*v1.5.0* New commits on the release branch · Stage: Fixing\n"
                "The branch is now at `1a2b3c4`, so earlier approvals do not cover it."
            ),
            (
                "*v1.5.0* 릴리스 브랜치에 새 커밋 · 단계: 수정 중\n"
                "브랜치의 최신 커밋: `1a2b3c4`. 이전 승인은 이 커밋에 적용되지 않습니다."
            ),
        ),
        (
            v.Decided(
                **WHOSE,
                candidate=2,
                sha=SHA,
                outcome=Outcome.CONDITIONS,
                conditions=("load test",),
                replaces=Outcome.REJECT,
            ),
            "U2",
            "*v1.5.0* rc.2 *Approved with conditions* (before: Rejected) — <@U2>\n• load test",
            "*v1.5.0* rc.2 *조건부 승인* (이전: 거부) — <@U2>\n• load test",
        ),
        (
            v.ApprovalsLapsed(**WHOSE, candidate=1, why="time", users=("U2",)),
            "",
            "*v1.5.0* Decisions on rc.1 no longer count: too much time has passed\nGiven by: <@U2>",
            (
                "*v1.5.0* rc.1에 대한 결정은 더 이상 유효하지 않습니다: 유효 기간이 지났습니다\n"
                "결정한 사람: <@U2>"
            ),
        ),
        (
            e.RevertLeft(**WHOSE, branches=("main", "develop"), source="develop"),
            "",
            (
                "*v1.5.0* A task for you. It was merged and then rolled back; still carried by: `main`, `develop`\n"
                "Revert it on `develop`, or fix it there: otherwise the next release carries it again. "
                "The tag stays, and no history is rewritten."
            ),
            (
                "*v1.5.0* 처리할 작업이 있습니다. 병합된 뒤 롤백되어 변경이 아직 남아 있는 브랜치: `main`, `develop`\n"
                "`develop` 브랜치에서 되돌리거나 수정해 주십시오. 그대로 두면 다음 릴리스에 다시 포함됩니다. "
                "태그와 이력은 그대로 둡니다."
            ),
        ),
        (
            v.CaptainNamed(**WHOSE, captain="U2"),
            "U1",
            "*v1.5.0* Captain on duty: <@U2> — <@U1>",
            "*v1.5.0* 이번 차례의 담당 릴리스 매니저: <@U2> — <@U1>",
        ),
        (
            v.MessageCorrected(
                **WHOSE,
                sha=SHA,
                before=Told(kind=ChangeKind.FIX, text="a <b>"),
                after=Told(kind=ChangeKind.FEATURE, text="gift cards", scope="cart", breaking=True),
                message="feat(cart)!: gift cards",
            ),
            "U1",
            (
                "*Told otherwise*: `1a2b3c4` → _Features, breaking_ · *cart:* gift cards — <@U1>\n"
                "Before: _Bug fixes_ · a &lt;b&gt;"
            ),
            (
                "*커밋 메시지 정정*: `1a2b3c4` → _기능, 호환성 깨짐_ · *cart:* gift cards — <@U1>\n"
                "이전: _버그 수정_ · a &lt;b&gt;"
            ),
        ),
        (
            v.MessageCorrected(
                **WHOSE,
                sha=SHA,
                before=Told(kind=ChangeKind.FEATURE, text="gift cards"),
                after=Told(kind=ChangeKind.FIX, text="a"),
            ),
            "U1",
            (
                "*Told as git has it again*: `1a2b3c4` → _Bug fixes_ · a — <@U1>\n"
                "Before: _Features_ · gift cards"
            ),
            ("*git에 적힌 대로 되돌림*: `1a2b3c4` → _버그 수정_ · a — <@U1>\n이전: _기능_ · gift cards"),
        ),
        (
            v.CaptainNamed(**WHOSE, captain="U3", former="U2"),
            "U1",
            "*v1.5.0* Captain: <@U2> → <@U3> — <@U1>",
            "*v1.5.0* 담당 릴리스 매니저: <@U2> → <@U3> — <@U1>",
        ),
        (
            v.Retargeted(
                **WHOSE,
                before=None,
                after=DEPLOY,
                freeze_before=None,
                freeze_after=FREEZE,
                reason="demo first",
            ),
            "U1",
            (
                "*v1.5.0* Deploy moved: no date → Thu 5 Mar 14:00 — <@U1>\nCode freeze: Mon 2 Mar 14:00\n"
                "> demo first"
            ),
            (
                "*v1.5.0* 배포 일정 변경: 일정 없음 → 3월 5일(목) 14:00 — <@U1>\n코드 프리즈: 3월 2일(월) 14:00\n"
                "> demo first"
            ),
        ),
        (
            v.StepDone(**WHOSE, step="canary_10", done=1, total=3),
            "U3",
            "🔵 *Info* *v1.5.0* Canary 10 % ▰▰▰▱▱▱▱▱▱▱ 1/3 — <@U3>",
            "🔵 *정보* *v1.5.0* 카나리 10% ▰▰▰▱▱▱▱▱▱▱ 1/3 — <@U3>",
        ),
        (
            v.GitDone(
                **WHOSE, work="finish", refs=(("refs/tags/v1.5.0", SHA), ("refs/heads/release/v1.5.0", ""))
            ),
            "",
            "*v1.5.0* Done in git: Tag and merge\n• `v1.5.0` → `1a2b3c4`\n• `release/v1.5.0` deleted",
            "*v1.5.0* git 작업 완료: 태그 및 병합\n• `v1.5.0` → `1a2b3c4`\n• `release/v1.5.0` 삭제",
        ),
        (
            v.GitFailed(**WHOSE, work="finish", problem="conflict", files=("a.py", "b`.py")),
            "",
            (
                "*v1.5.0* Git could not do this: Tag and merge\nThe changes conflict.\n• `a.py`\n• `bˋ.py`\n"
                "Merge by hand, push, then press again. Nothing was changed on the remote."
            ),
            (
                "*v1.5.0* git에서 하지 못한 작업: 태그 및 병합\n변경 사항이 충돌합니다.\n"
                "• `a.py`\n• `bˋ.py`\n"
                "직접 병합해 푸시한 뒤 다시 눌러 주십시오. 원격 저장소는 변경되지 않았습니다."
            ),
        ),
        (
            v.QaReported(
                **WHOSE,
                candidate=1,
                migration=True,
                breaking=False,
                report="https://qa.example/1?a=1&b=2",
                way_back="run down.sql",
            ),
            "U4",
            (
                "*v1.5.0* QA passed for rc.1. DB migration: yes · Breaking changes: no — <@U4>\n"
                "Way back: run down.sql\n"
                "Report: <https://qa.example/1?a=1&amp;b=2|QA report>"
            ),
            (
                "*v1.5.0* rc.1 QA 통과. DB 마이그레이션: 예 · 단절적 변경: 아니요 — <@U4>\n"
                "되돌리는 방법: run down.sql\n"
                "보고서: <https://qa.example/1?a=1&amp;b=2|QA 보고서>"
            ),
        ),
        (
            v.FreezeLifted(**WHOSE, why="deployed"),
            "",
            "*v1.5.0* Code freeze lifted: the deploy is complete. Features may be merged again.",
            "*v1.5.0* 코드 프리즈 해제: 배포 완료. 다시 기능을 병합할 수 있습니다.",
        ),
        (
            v.FreezeViolated(
                project="shop",
                **WHOSE,
                branch="develop",
                commits=(
                    v.MergedCommit(
                        sha="1a2b3c4d5e",
                        text="Merge <!here>",
                        author="Kim",
                        user="U4",
                        url="https://git.example/c/1a2b3c4d5e",
                        brings=("feat: a", "feat: b", "feat: c"),
                        brought=5,
                    ),
                    v.MergedCommit(sha="5d4c3b2a1f", text="feat: d", author="Lee & Co"),
                ),
                more=7,
                grantors=(Role.RELEASE_MANAGER,),
            ),
            "",
            (
                "*Freeze violation* *v1.5.0*: merged into `develop`, but no fix:\n"
                "• <https://git.example/c/1a2b3c4d5e|1a2b3c4> Merge &lt;!here&gt; — <@U4>\n"
                "   brings “feat: a”, “feat: b”, “feat: c” and 2 more\n"
                "• `5d4c3b2` feat: d — Lee &amp; Co\n"
                "… and 7 more\n"
                "Revert it. If it has to be in, ask for an exception. (ask: release manager)"
            ),
            (
                "*코드 프리즈 위반* *v1.5.0*: `develop`에 수정이 아닌 커밋이 병합되었습니다.\n"
                "• <https://git.example/c/1a2b3c4d5e|1a2b3c4> Merge &lt;!here&gt; — <@U4>\n"
                "   포함된 변경: “feat: a”, “feat: b”, “feat: c” 외 2건\n"
                "• `5d4c3b2` feat: d — Lee &amp; Co\n"
                "… 외 7건\n"
                "되돌려 주십시오. 꼭 필요하면 예외 승인을 요청해 주십시오. (담당: 릴리스 매니저)"
            ),
        ),
        (
            v.FreezeViolated(
                project="shop",
                day="2026-03-12",
                branch="main",
                commits=(v.MergedCommit(sha="5d4c3b2a1f", text="feat: d", author="Lee"),),
            ),
            "",
            (
                "*Freeze violation* (deploy on Thu 12 Mar): merged into `main`, but no fix:\n"
                "• `5d4c3b2` feat: d — Lee\n"
                "Revert it. If it has to be in, ask for an exception."
            ),
            (
                "*코드 프리즈 위반* (3월 12일(목) 배포): `main`에 수정이 아닌 커밋이 병합되었습니다.\n"
                "• `5d4c3b2` feat: d — Lee\n"
                "되돌려 주십시오. 꼭 필요하면 예외 승인을 요청해 주십시오."
            ),
        ),
        (
            v.MergedByException(
                **WHOSE,
                branch="develop",
                commits=(v.MergedCommit(sha="5d4c3b2a1f", text="feat: d", author="Lee"),),
                exception="e1",
                granted_by="U2",
            ),
            "",
            (
                "*v1.5.0* Merged into `develop` under the exception that <@U2> granted:\n"
                "• `5d4c3b2` feat: d — Lee"
            ),
            "*v1.5.0* <@U2> 님이 승인한 예외에 따라 `develop`에 병합되었습니다.\n• `5d4c3b2` feat: d — Lee",
        ),
        (
            v.RolloutInterrupted(
                **WHOSE,
                candidate=1,
                step="",
                left=("canary_50", "canary_100"),
                reasons=(
                    GateReason(
                        rule=GateRule.BLACKOUT,
                        verdict=Verdict.CLOSED,
                        subject="b1",
                        name="Sale",
                        detail="big",
                    ),
                ),
                next_open=datetime(2026, 3, 10, 1, tzinfo=UTC),
            ),
            "",
            (
                "🟠 *Warning* *v1.5.0* *Rollout paused*: the gate has closed.\n"
                "• Blackout: *Sale* (big)\n"
                "Waiting: Canary 50 %, Canary 100 %\n"
                "The gate opens Tue 10 Mar 10:00.\n"
                "Decide: continue once the gate is open, or declare a rollback."
            ),
            (
                "🟠 *경고* *v1.5.0* *배포 일시 중지*: 게이트가 닫혔습니다.\n"
                "• 배포 금지 기간: *Sale* (big)\n"
                "대기하는 단계: 카나리 50%, 카나리 100%\n"
                "게이트가 열리는 시각: 3월 10일(화) 10:00\n"
                "게이트가 열린 뒤 계속할지, 롤백을 선언할지 결정해 주십시오."
            ),
        ),
        (
            v.WindowsChanged(before=(), after=("tuesday 10:00-17:00",)),
            "U1",
            "*Release windows changed*: none → Tue 10:00–17:00 — <@U1>",
            "*릴리스 윈도우 변경*: 없음 → 화 10:00–17:00 — <@U1>",
        ),
        (
            v.TokenMade(token="a1", name="ci", scopes=(Scope.READ, Scope.BUILD)),
            "",
            "*API token made*: `ci` for `read`, `report:build`",
            "*API 토큰 생성*: `ci` · 용도: `read`, `report:build`",
        ),
        (
            v.TokenRotated(token="a1", name="ci"),
            "",
            "*API token renewed*: `ci`. The one before is good for nothing.",
            "*API 토큰 갱신*: `ci`. 이전 토큰은 더 이상 쓸 수 없습니다.",
        ),
        (
            v.TokenRevoked(token="a1", name="ci"),
            "token:ci/a1",
            "*API token revoked*: `ci` — `ci` (API)",
            "*API 토큰 폐기*: `ci` — `ci` (API)",
        ),
        (
            v.RoleGiven(role=Role.QA_LEAD, holder="S123"),
            "U1",
            "*Role given*: QA lead → <!subteam^S123> — <@U1>",
            "*역할 부여*: QA 리드 → <!subteam^S123> — <@U1>",
        ),
        (
            v.RollbackDeclared(
                room="w1",
                release="r1",
                version="1.6.0",
                target="v1.5.0",
                criteria=("error_rate", "data"),
                evidence="5xx",
                migration=False,
            ),
            "U1",
            (
                "🔴 *Critical* *Rollback declared*: v1.6.0 → v1.5.0 — <@U1>\nCriteria: Error rate, Data lost or damaged\n"
                "DB migration: no\n> 5xx"
            ),
            (
                "🔴 *심각* *롤백 선언*: v1.6.0 → v1.5.0 — <@U1>\n롤백 기준: 오류율, 데이터 유실·손상\n"
                "DB 마이그레이션: 아니요\n> 5xx"
            ),
        ),
        (
            v.RollbackDeclared(
                room="w1",
                release="r1",
                version="1.6.0",
                target="",
                criteria=(),
                evidence="",
                migration=False,
                overlooked=True,
            ),
            "U1",
            (
                "🔴 *Critical* *Rollback declared*: v1.6.0 → no earlier version — <@U1>\nDB migration: no\n"
                "⚠ A database migration is known, from QA or detection. If the database has to go back as well, "
                "the DBA or the incident commander adds its step in the war room: `/release step database add`"
            ),
            (
                "🔴 *심각* *롤백 선언*: v1.6.0 → 이전 버전 없음 — <@U1>\nDB 마이그레이션: 아니요\n"
                "⚠ QA 또는 자동 감지에서 DB 마이그레이션이 확인되었습니다. 데이터베이스도 되돌려야 하면 DBA 또는 "
                "장애 지휘관이 워룸에서 단계를 추가합니다: `/release step database add`"
            ),
        ),
        (
            v.StepMoved(room="w1", step="database", state="added"),
            "U1",
            "🟠 *Warning* Roll back the database: added to the way back — <@U1>",
            "🟠 *경고* 데이터베이스 롤백: 롤백 단계에 추가됨 — <@U1>",
        ),
        (
            v.RoomResolved(room="w1", release="r1", summary="all well", seconds_to_restore=1500),
            "U1",
            "🟢 *Success* *War room resolved* · Time to restore: 25 min — <@U1>\n> all well",
            "🟢 *성공* *워룸 해결* · 복구 시간: 25분 — <@U1>\n> all well",
        ),
        (
            v.StepMoved(room="w1", step="database", state="done", owner="U5"),
            "U1",
            "🟢 *Success* Roll back the database: done · <@U5> — <@U1>",
            "🟢 *성공* 데이터베이스 롤백: 완료 · <@U5> — <@U1>",
        ),
        (
            e.StepWaits(room="w1", version="1.5.0", target="v1.4.0", step="traffic", minutes=0, who=("U5",)),
            "",
            "🔵 *Info* *Your step of the way back*: Move traffic back (v1.5.0 → v1.4.0)",
            "🔵 *정보* *롤백에서 맡은 단계입니다*: 트래픽 되돌리기 (v1.5.0 → v1.4.0)",
        ),
        (
            e.StepWaits(
                room="w1",
                version="1.0.0",
                target="",
                step="traffic",
                minutes=0,
                who=("U5",),
                stated="take it <offline>",
            ),
            "",
            (
                "🔵 *Info* *Your step of the way back*: Move traffic back (v1.0.0 → no earlier version)\n"
                "> take it &lt;offline&gt;"
            ),
            "🔵 *정보* *롤백에서 맡은 단계입니다*: 트래픽 되돌리기 (v1.0.0 → 이전 버전 없음)\n> take it &lt;offline&gt;",
        ),
        (
            e.StepWaits(
                room="w1", version="1.5.0", target="v1.4.0", step="traffic", minutes=5, who=("U5", "U6")
            ),
            "",
            "🟠 *Warning* *Nobody has started* for 5 min: Move traffic back · <@U5> <@U6>",
            "🟠 *경고* *5분째 아무도 시작하지 않았습니다*: 트래픽 되돌리기 · <@U5> <@U6>",
        ),
        (
            e.StepGiven(room="w1", release="r1", version="1.5.0", target="v1.4.0", step="outage_notice"),
            "U1",
            "🔵 *Info* *Your step of the way back*: Outage notice (v1.5.0 → v1.4.0) — <@U1>",
            "🔵 *정보* *롤백에서 맡은 단계입니다*: 장애 공지 (v1.5.0 → v1.4.0) — <@U1>",
        ),
        (
            e.StepGiven(
                room="w1", release="r1", version="1.5.0", target="v1.4.0", step="traffic", note="all <of> it"
            ),
            "",
            "🔵 *Info* *Your step of the way back*: Move traffic back (v1.5.0 → v1.4.0)\n> all &lt;of&gt; it",
            "🔵 *정보* *롤백에서 맡은 단계입니다*: 트래픽 되돌리기 (v1.5.0 → v1.4.0)\n> all &lt;of&gt; it",
        ),
        (
            e.StepWaits(room="w1", version="1.5.0", target="v1.4.0", step="traffic", minutes=5, who=()),
            "",
            "🟠 *Warning* *Nobody has started* for 5 min: Move traffic back",
            "🟠 *경고* *5분째 아무도 시작하지 않았습니다*: 트래픽 되돌리기",
        ),
        (
            e.NotCommander(room="w1", named="U5", commander="", who=("U6", "U7")),
            "",
            (
                "*Not in command*: <@U5> does not hold the role of incident commander. The rollback is declared; "
                "the seat is open. It is taken or given in the war room: `/release ic @user` Who can: <@U6> <@U7>"
            ),
            (
                "*지휘관이 아닙니다*: <@U5> 님에게는 장애 지휘관 역할이 없습니다. 롤백은 선언되었고 지휘관 자리는 비어 "
                "있습니다. 워룸에서 맡거나 지정할 수 있습니다: `/release ic @user` 할 수 있는 사람: <@U6> <@U7>"
            ),
        ),
        (
            e.NotCommander(room="w1", named="U5", commander="U6", who=("U6",)),
            "",
            ("*Not in command*: <@U5>. <@U6> has command and can hand it over with `/release ic @user`."),
            (
                "*지휘관이 아닙니다*: <@U5>. 지금 지휘관은 <@U6>이며 `/release ic @user` 명령으로 넘길 수 있습니다."
            ),
        ),
        (
            e.OverBudget(room="w1", step="restore", minutes=3, commander="U6"),
            "",
            "🟠 *Warning* *Over budget* by 3 min: Restoring as a whole · <@U6>",
            "🟠 *경고* *제한 시간 초과* 3분: 복구 전체 · <@U6>",
        ),
        (
            e.OverBudget(room="w1", step="notice", minutes=0, owner="U5", commander="U6"),
            "",
            "🟠 *Warning* *Over budget* now: Decision and notice · <@U5> · <@U6>",
            "🟠 *경고* *제한 시간 초과*: 결정 및 공지 · <@U5> · <@U6>",
        ),
        (
            announced(AnnouncementKind.FREEZE_IN_A_DAY, version="1.5.0"),
            "",
            "*Code freeze in a day* *v1.5.0*: begins Mon 2 Mar 14:00. Merge features before that.",
            (
                "*하루 뒤 코드 프리즈* *v1.5.0*: 3월 2일(월) 14:00에 시작합니다. 기능은 그 전에 병합해 "
                "주십시오."
            ),
        ),
        (
            announced(AnnouncementKind.FREEZE_STARTED, subject="2026-03-05"),
            "",
            (
                "*Code freeze* (deploy on Thu 5 Mar): begun Mon 2 Mar 14:00. Only fixes are merged until "
                "the deploy is complete."
            ),
            (
                "*코드 프리즈 시작* (3월 5일(목) 배포): 3월 2일(월) 14:00부터. 배포가 완료될 때까지 수정만 "
                "병합합니다."
            ),
        ),
        (
            announced(AnnouncementKind.WINDOW_IN_AN_HOUR, ready=("1.5.0", "2.0.0")),
            "",
            "*Release window in an hour*: opens Mon 2 Mar 14:00. Ready to go: v1.5.0, v2.0.0",
            "*한 시간 뒤 릴리스 윈도우*: 3월 2일(월) 14:00에 열립니다. 배포 준비 완료: v1.5.0, v2.0.0",
        ),
        (
            announced(AnnouncementKind.WINDOW_CLOSING, ready=("2.0.0",), rolling=("1.5.0",)),
            "",
            (
                "*Release window closing*: closes Mon 2 Mar 14:00. Going out: v1.5.0; what has not begun by then "
                "is held. Ready to go: v2.0.0"
            ),
            (
                "*릴리스 윈도우 마감 임박*: 3월 2일(월) 14:00에 닫힙니다. 배포 중: v1.5.0. 그때까지 시작하지 않은 "
                "단계는 멈춥니다. 배포 준비 완료: v2.0.0"
            ),
        ),
        (
            announced(AnnouncementKind.BLACKOUT_STARTED, name="<Year> end"),
            "",
            "*Blackout begun* “&lt;Year&gt; end”: since Mon 2 Mar 14:00. No deploys until it ends.",
            (
                "*배포 금지 기간 시작* “&lt;Year&gt; end”: 3월 2일(월) 14:00부터. 끝날 때까지 배포할 수 "
                "없습니다."
            ),
        ),
        (
            e.ApprovalWaiting(**WHOSE, asked_at=FREEZE, waiting_for=("U2",), escalated=Role.PM),
            "",
            (
                "*v1.5.0* has waited for approval since Mon 2 Mar 14:00.\nWho can give it: <@U2>\n"
                "You are told as: PM. Please see that somebody decides."
            ),
            (
                "*v1.5.0* 3월 2일(월) 14:00부터 승인을 기다리고 있습니다.\n승인할 수 있는 사람: <@U2>\n"
                "PM 역할로 알려 드립니다. 결정이 내려지도록 확인해 주십시오."
            ),
        ),
        (
            e.QaDue(**WHOSE, stage=Stage.FIXING, due=DEPLOY - timedelta(hours=20), deploy_at=DEPLOY),
            "",
            (
                "*v1.5.0* *QA is due*: planned until Wed 4 Mar 18:00, no result yet. Stage: Fixing\n"
                "The deploy is planned for Thu 5 Mar 14:00. "
                "Record the QA result on the card, or choose another date."
            ),
            (
                "*v1.5.0* *QA 마감*: 예정 종료 3월 4일(수) 18:00, 아직 결과가 없습니다. 단계: 수정 중\n"
                "배포 예정: 3월 5일(목) 14:00. 카드에서 QA 결과를 기록하거나 다른 날짜를 선택해 주십시오."
            ),
        ),
        (
            v.StepLive(
                **WHOSE,
                candidate=1,
                step="canary_10",
                next="canary_50",
                until=DEPLOY,
                number=1,
                total=3,
            ),
            "",
            (
                "🔵 *Info* *v1.5.0* *Canary 10 % is live* ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
                "Watched until Thu 5 Mar 14:00; then it waits for the go."
            ),
            (
                "🔵 *정보* *v1.5.0* *카나리 10%: 반영되었습니다* ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
                "지켜보는 시간: 3월 5일(목) 14:00까지. 그다음 사람이 진행을 결정합니다."
            ),
        ),
        (
            v.StepLive(
                **WHOSE,
                candidate=1,
                step="canary_10",
                next="canary_50",
                until=DEPLOY,
                number=1,
                total=3,
                by_itself=True,
            ),
            "",
            (
                "🔵 *Info* *v1.5.0* *Canary 10 % is live* ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
                "Watched until Thu 5 Mar 14:00; then it goes on by itself, if all is fine."
            ),
            (
                "🔵 *정보* *v1.5.0* *카나리 10%: 반영되었습니다* ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
                "지켜보는 시간: 3월 5일(목) 14:00까지. 그때 모두 정상이면 스스로 다음 단계로 넘어갑니다."
            ),
        ),
        (
            v.StepLive(**WHOSE, candidate=1, step="all_at_once", next="", until=None, number=1, total=1),
            "",
            "🔵 *Info* *v1.5.0* *Everything deployed is live* ▰▰▰▰▰▰▰▰▰▰ 1/1\nIt waits for the go.",
            "🔵 *정보* *v1.5.0* *전체 배포: 반영되었습니다* ▰▰▰▰▰▰▰▰▰▰ 1/1\n사람의 진행 결정을 기다립니다.",
        ),
        (
            v.StepLive(
                **WHOSE,
                candidate=1,
                step="canary_10",
                next="canary_50",
                until=DEPLOY,
                number=1,
                total=3,
                paused="silent",
                roles=(Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER),
            ),
            "",
            (
                "🟠 *Warning* *v1.5.0* *Canary 10 % is live* ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
                "The rollout is still paused: Nothing was heard of it for too long: look at what really runs.\n"
                "Look at what runs there, then press “Continue”: it is watched from then on. "
                "If it is not well, declare a rollback.\n"
                "Who can continue: release manager or incident commander"
            ),
            (
                "🟠 *경고* *v1.5.0* *카나리 10%: 반영되었습니다* ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
                "배포가 아직 일시 중지되어 있습니다: "
                "너무 오랫동안 소식이 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오.\n"
                "무엇이 실행 중인지 확인한 뒤 “계속” 버튼을 눌러 주십시오. 그때부터 지켜봅니다. "
                "문제가 있으면 롤백을 선언해 주십시오.\n"
                "계속할 수 있는 담당: 릴리스 매니저 또는 장애 지휘관"
            ),
        ),
        (
            v.StepFailed(**WHOSE, candidate=1, step="canary_10", why="no disk"),
            "",
            (
                "🔴 *Critical* *v1.5.0* *Canary 10 % failed*; the rollout is paused. "
                "Continue to try the step once more, or declare a rollback.\n> no disk"
            ),
            (
                "🔴 *심각* *v1.5.0* *카나리 10%: 실패했습니다*. 배포를 일시 중지했습니다. "
                "계속하면 이 단계를 다시 시도합니다. 아니면 롤백을 선언해 주십시오.\n> no disk"
            ),
        ),
        (
            v.StepFailed(**WHOSE, candidate=1, step="canary_10", why="silent"),
            "",
            (
                "🔴 *Critical* *v1.5.0* *Canary 10 % failed*; the rollout is paused. "
                "Continue to try the step once more, or declare a rollback. "
                "If it is out, say so on the card, with a reason.\n"
                "> Nothing was heard of it for too long: look at what really runs."
            ),
            (
                "🔴 *심각* *v1.5.0* *카나리 10%: 실패했습니다*. 배포를 일시 중지했습니다. "
                "계속하면 이 단계를 다시 시도합니다. 아니면 롤백을 선언해 주십시오. "
                "이미 반영되었다면 카드에서 이유와 함께 알려 주십시오.\n"
                "> 너무 오랫동안 소식이 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오."
            ),
        ),
        (
            v.StepLive(
                **WHOSE,
                candidate=1,
                step="canary_10",
                next="canary_50",
                until=None,
                number=1,
                total=3,
                note="10 % of the <pods> have it",
            ),
            "",
            (
                "🔵 *Info* *v1.5.0* *Canary 10 % is live* ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
                "> 10 % of the &lt;pods&gt; have it\n"
                "It waits for the go."
            ),
            (
                "🔵 *정보* *v1.5.0* *카나리 10%: 반영되었습니다* ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
                "> 10 % of the &lt;pods&gt; have it\n"
                "사람의 진행 결정을 기다립니다."
            ),
        ),
        (
            e.StepOver(
                **WHOSE,
                candidate=1,
                step="canary_10",
                lasts=timedelta(minutes=15),
                next="canary_50",
                not_fine=(NoReading(metric="error_rate"),),
            ),
            "",
            (
                "🟠 *Warning* *v1.5.0* *Canary 10 % has been watched for 15 min*\n"
                "It does not go on by itself:\n"
                "• No reading of Errors: nothing is guessed.\n"
                "All well? Then go on: Canary 50 %. If not: pause, or declare a rollback."
            ),
            (
                "🟠 *경고* *v1.5.0* *카나리 10%: 15분 동안 지켜봤습니다*\n"
                "스스로 다음 단계로 넘어가지 않습니다:\n"
                "• 측정값 없음: 오류율. 추측하지 않습니다.\n"
                "문제가 없으면 다음 단계로 넘어가 주십시오: 카나리 50%. "
                "문제가 있으면 일시 중지하거나 롤백을 선언해 주십시오."
            ),
        ),
        (
            e.StepOver(
                **WHOSE,
                candidate=1,
                step="canary_10",
                lasts=timedelta(minutes=15),
                next="canary_50",
                not_fine=(
                    NotLong(reading=HIGH, lasts=timedelta(minutes=5)),
                    Gap(metric="p95_latency", since=DEPLOY, until=DEPLOY + timedelta(minutes=4)),
                ),
            ),
            "",
            (
                "🟠 *Warning* *v1.5.0* *Canary 10 % has been watched for 15 min*\n"
                "It does not go on by itself:\n"
                "• Errors 4.5 % (Thu 5 Mar 14:00): it has to be fine for 5 min.\n"
                "• No reading of P95 from Thu 5 Mar 14:00 to Thu 5 Mar 14:04: nothing is guessed.\n"
                "All well? Then go on: Canary 50 %. If not: pause, or declare a rollback."
            ),
            (
                "🟠 *경고* *v1.5.0* *카나리 10%: 15분 동안 지켜봤습니다*\n"
                "스스로 다음 단계로 넘어가지 않습니다:\n"
                "• 오류율 4.5 % (3월 5일(목) 14:00): 5분 동안 정상이어야 합니다.\n"
                "• 측정값 없음: P95 (3월 5일(목) 14:00 ~ 3월 5일(목) 14:04). 추측하지 않습니다.\n"
                "문제가 없으면 다음 단계로 넘어가 주십시오: 카나리 50%. "
                "문제가 있으면 일시 중지하거나 롤백을 선언해 주십시오."
            ),
        ),
        (
            e.StepOver(**WHOSE, candidate=1, step="canary_100", lasts=timedelta(minutes=15)),
            "",
            (
                "🔵 *Info* *v1.5.0* *Canary 100 % has been watched for 15 min*\n"
                "All well? Then go on: it was the last step. If not: pause, or declare a rollback."
            ),
            (
                "🔵 *정보* *v1.5.0* *카나리 100%: 15분 동안 지켜봤습니다*\n"
                "마지막 단계였습니다. 문제가 없으면 다음으로 넘어가 주십시오. "
                "문제가 있으면 일시 중지하거나 롤백을 선언해 주십시오."
            ),
        ),
        (
            e.Downtime(**WHOSE, since=DEPLOY, until=DEPLOY + timedelta(hours=2)),
            "",
            (
                "🟠 *Warning* *v1.5.0* *The service is down* since Thu 5 Mar 14:00, planned for 2 hr, "
                "until Thu 5 Mar 16:00"
            ),
            "🟠 *경고* *v1.5.0* *서비스 중단 중*: 3월 5일(목) 14:00부터 3월 5일(목) 16:00까지, 예정 시간 2시간",
        ),
        (
            e.Downtime(**WHOSE, since=DEPLOY, until=DEPLOY + timedelta(hours=2), ahead=True),
            "",
            (
                "🟠 *Warning* *v1.5.0* *Downtime ahead*: from Thu 5 Mar 14:00, planned for 2 hr, "
                "until Thu 5 Mar 16:00"
            ),
            "🟠 *경고* *v1.5.0* *서비스 중단 예정*: 3월 5일(목) 14:00부터 3월 5일(목) 16:00까지, 예정 시간 2시간",
        ),
        (
            e.Downtime(**WHOSE, since=DEPLOY, until=DEPLOY + timedelta(minutes=50), over=True),
            "",
            (
                "🟢 *Success* *v1.5.0* *The service is back*: it was down for 50 min, "
                "from Thu 5 Mar 14:00 to Thu 5 Mar 14:50"
            ),
            "🟢 *성공* *v1.5.0* *서비스 재개*: 중단 시간 50분, 3월 5일(목) 14:00부터 3월 5일(목) 14:50까지",
        ),
        (
            e.DowntimeOverrun(**WHOSE, since=DEPLOY, until=DEPLOY + timedelta(hours=2)),
            "",
            (
                "🟠 *Warning* *v1.5.0* *The service is still down*: since Thu 5 Mar 14:00, "
                "planned for 2 hr, until Thu 5 Mar 16:00. You are told when the service is back."
            ),
            (
                "🟠 *경고* *v1.5.0* *서비스가 아직 중단 중*: 3월 5일(목) 14:00부터 3월 5일(목) 16:00까지, "
                "예정 시간 2시간. 서비스가 재개되면 알려 드립니다."
            ),
        ),
        (
            e.DowntimeOverrun(
                **WHOSE, since=DEPLOY, until=DEPLOY + timedelta(hours=2), roles=(Role.DEVOPS, Role.PM)
            ),
            "",
            (
                "🟠 *Warning* *v1.5.0* *The service is still down*: since Thu 5 Mar 14:00, "
                "planned for 2 hr, until Thu 5 Mar 16:00. You are told when the service is back.\n"
                "Who can bring it back: DevOps/SRE or PM"
            ),
            (
                "🟠 *경고* *v1.5.0* *서비스가 아직 중단 중*: 3월 5일(목) 14:00부터 3월 5일(목) 16:00까지, "
                "예정 시간 2시간. 서비스가 재개되면 알려 드립니다.\n"
                "서비스를 재개할 수 있는 담당: DevOps/SRE 또는 PM"
            ),
        ),
        (
            e.DowntimeCalledOff(
                **WHOSE, since=DEPLOY, until=DEPLOY + timedelta(hours=2), why=WhyOff.CANCELLED
            ),
            "U1",
            (
                "🔵 *Info* *v1.5.0* *The downtime is called off*: it was planned from Thu 5 Mar 14:00 until "
                "Thu 5 Mar 16:00. The release was cancelled. — <@U1>"
            ),
            (
                "🔵 *정보* *v1.5.0* *서비스 중단 취소*: 3월 5일(목) 14:00부터 3월 5일(목) 16:00까지 "
                "예정이었습니다. 릴리스가 취소되었습니다. — <@U1>"
            ),
        ),
        (
            e.UrgentAhead(
                **WHOSE, type=ReleaseType.HOTFIX, stage=Stage.APPROVED, deploy_at=DEPLOY, captain="U1"
            ),
            "",
            (
                "*v1.5.0* *Urgent deploy ahead*: Thu 5 Mar 14:00\n"
                "Type: Hotfix · Stage: Approved · Captain: <@U1>"
            ),
            (
                "*v1.5.0* *긴급 작업 예정*: 3월 5일(목) 14:00 배포\n"
                "유형: 핫픽스 · 단계: 승인 · 담당 릴리스 매니저: <@U1>"
            ),
        ),
        (
            v.ReminderSeen(**WHOSE, project="shop", reminder="k", kind=ReminderKind.APPROVAL_WAITING),
            "U1",
            "*v1.5.0* Reminder seen: the approval that is waited for — <@U1>",
            "*v1.5.0* 알림 확인: 승인 대기 — <@U1>",
        ),
        (
            v.ReminderSeen(project="shop", reminder="k", kind=ReminderKind.SEAT_EMPTY, room="w1"),
            "U1",
            "*War room* Reminder seen: the empty commander's seat — <@U1>",
            "*워룸* 알림 확인: 비어 있는 장애 지휘관 자리 — <@U1>",
        ),
        (
            e.StillVerifying(**WHOSE, candidate=1, deployed_at=DEPLOY, monitoring=timedelta(hours=24)),
            "",
            (
                "*v1.5.0* *Nobody has verified it yet*: deployed Thu 5 Mar 14:00, and its 1 day of monitoring is "
                "over.\n"
                "All well? Then confirm it as verified. If not: fix forward, or declare a rollback."
            ),
            (
                "*v1.5.0* *아직 검증되지 않았습니다*: 배포 3월 5일(목) 14:00, 모니터링 기간 1일 경과\n"
                "문제가 없으면 검증 완료로 확인합니다. 문제가 있으면 핫픽스로 수정하거나 롤백을 선언합니다."
            ),
        ),
        (
            e.MonitoringOver(**WHOSE, blue=True),
            "",
            (
                "🔵 *Info* *v1.5.0* Monitoring is over. Was all well? Then close the release.\n"
                "Blue is still kept for the way back: once the release is closed, it may go."
            ),
            (
                "🔵 *정보* *v1.5.0* 모니터링이 끝났습니다. 문제가 없었다면 릴리스를 종료해 주십시오.\n"
                "블루는 되돌릴 때를 위해 아직 유지됩니다. 릴리스를 종료하면 정리할 수 있습니다."
            ),
        ),
        (
            e.MonitoringOver(**WHOSE, replaced="1.5.1"),
            "",
            (
                "🔵 *Info* *v1.5.0* Monitoring is over. Was all well? Then close the release.\n"
                "*v1.5.1* has replaced it: all users have that one."
            ),
            (
                "🔵 *정보* *v1.5.0* 모니터링이 끝났습니다. 문제가 없었다면 릴리스를 종료해 주십시오.\n"
                "*v1.5.1* 버전이 대신하고 있습니다. 모든 사용자가 이 버전을 사용합니다."
            ),
        ),
        (
            e.ListOpens(**WHOSE, phase=Phase.POST_SOON, candidate=1, left=7),
            "",
            "*v1.5.0* *The checklist can be worked through now*: 30 minutes after the release. Open items: 7",
            "*v1.5.0* *이제 체크리스트를 진행할 수 있습니다*: 배포 30분 후 · 남은 항목 7개",
        ),
        (
            e.MissedWindow(**WHOSE, waiting_on="approval", next_slots=(DEPLOY,)),
            "",
            (
                "*v1.5.0* missed its release window. Stage: Waiting for approval\n"
                "The code freeze stays until a new date is chosen or the release is cancelled.\n"
                "Next slots: Thu 5 Mar 14:00"
            ),
            (
                "*v1.5.0* 릴리스 윈도우를 놓쳤습니다. 단계: 승인 대기\n"
                "새 일정을 정하거나 릴리스를 취소할 때까지 코드 프리즈는 유지됩니다.\n"
                "다음 배포 가능 일정: 3월 5일(목) 14:00"
            ),
        ),
        (
            e.RollbackNotice(
                room="w1", release="r1", version="1.6.0", target="1.5.0", done=True, seconds=1800
            ),
            "",
            (
                "🟢 *Success* *Rollback complete*: v1.6.0 → v1.5.0. The service is back to normal. · Time to restore: "
                "30 min"
            ),
            "🟢 *성공* *롤백 완료*: v1.6.0 → v1.5.0. 서비스가 정상화되었습니다. · 복구 시간: 30분",
        ),
        (
            e.NotDone(event=v.Denied(request="Advance", refusal=Gone("release"))),
            "",
            "This release is no longer there.\nNothing was changed.",
            "더 이상 없는 릴리스입니다.\n변경된 것은 없습니다.",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_line_says_what_happened(said: Said, by: str, english: str, korean: str) -> None:
    assert line(EN, said, by) == english
    assert line(KO, said, by) == korean


def test_what_could_not_be_done_is_said_even_without_a_refusal() -> None:
    said = e.NotDone(event=v.RoleTaken(role=Role.PM, holder="U2"))
    assert line(EN, said, "") == "This could not be done: *Role taken away*: PM – <@U2>"
    assert line(KO, said, "") == "처리하지 못했습니다: *역할 회수*: PM – <@U2>"


def test_a_late_line_says_so() -> None:
    said = announced(AnnouncementKind.WINDOW_OPENED)
    assert line(EN, said, "", late=True).startswith("_Late:_ *Release window open* since")
    assert line(KO, said, "", late=True).startswith("_지연 안내:_ *릴리스 윈도우 열림*")


def test_a_channel_reads_slacks_dates() -> None:
    said = announced(AnnouncementKind.WINDOW_OPENED)
    assert line(CHANNEL, said, "") == (
        "*릴리스 윈도우 열림*: <!date^1772427600^{date_short_pretty} {time}|3월 2일(월) 14:00> "
        "(서울 3월 2일(월) 14:00)부터. 배포 준비가 된 릴리스가 없습니다."
    )


@pytest.mark.parametrize(
    ("event", "english", "korean"),
    [
        (
            v.Decided(**WHOSE, candidate=1, sha=SHA, outcome=Outcome.APPROVE),
            "Recorded: *v1.5.0* rc.1 *Approved*\nYou can change your decision until the deploy starts.",
            "기록했습니다: *v1.5.0* rc.1 *승인*\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
        ),
        (
            v.Decided(**WHOSE, candidate=1, sha=SHA, outcome=Outcome.REJECT, comment="no"),
            (
                "Recorded: *v1.5.0* rc.1 *Rejected*\n> no\n"
                "The release is on hold until you take it back or a new candidate is built."
            ),
            (
                "기록했습니다: *v1.5.0* rc.1 *거부*\n> no\n"
                "거부를 철회하거나 새 릴리스 후보를 빌드할 때까지 릴리스가 보류됩니다."
            ),
        ),
        (
            v.Confirmed(**WHOSE, item=ConfirmItem.ONCALL_STANDING_BY, candidate=1, taken_back=True),
            "Recorded: *v1.5.0* No longer confirmed: On-call standing by",
            "기록했습니다: *v1.5.0* 확인 취소: 온콜 대기",
        ),
        (
            v.Confirmed(**WHOSE, item=ConfirmItem.ONCALL_STANDING_BY, candidate=1),
            "Recorded: *v1.5.0* Confirmed: On-call standing by",
            "기록했습니다: *v1.5.0* 확인: 온콜 대기",
        ),
        (
            v.Denied(request="Deploy", refusal=Gone("room")),
            "This war room is no longer open.\nNothing was changed.",
            "이미 닫힌 워룸입니다.\n변경된 것은 없습니다.",
        ),
    ],
)
def test_who_did_it_reads_what_is_recorded_and_what_follows(
    event: v.Event, english: str, korean: str
) -> None:
    assert private_line(EN, event) == english
    assert private_line(KO, event) == korean


@pytest.mark.parametrize(
    ("said", "label", "press", "target"),
    [
        (
            e.QaDue(**WHOSE, stage=Stage.QA, due=FREEZE, deploy_at=DEPLOY),
            "Choose another date",
            Press.RETARGET,
            Target(release="r1"),
        ),
        (
            e.MissedWindow(**WHOSE, waiting_on="qa", next_slots=()),
            "Choose another date",
            Press.RETARGET,
            Target(release="r1"),
        ),
        (
            e.SeatEmpty(room="w1", roles=(Role.PM,), minutes=5),
            "Take command",
            Press.TAKE_SEAT,
            Target(room="w1"),
        ),
        (
            v.SeatLeft(room="w1", user="U4", roles=(Role.PM,)),
            "Take command",
            Press.TAKE_SEAT,
            Target(room="w1"),
        ),
        (
            e.StepWaits(room="w1", version="1.5.0", target="v1.4.0", step="traffic", minutes=0, who=("U5",)),
            "Start the step",
            Press.STEP,
            Target(room="w1", step="traffic", state="started"),
        ),
        (
            e.StepGiven(room="w1", release="r1", version="1.5.0", target="v1.4.0", step="traffic"),
            "Done",
            Press.STEP,
            Target(room="w1", step="traffic", state="done"),
        ),
        (
            e.OverBudget(room="w1", step="verify", minutes=3),
            "Escalate",
            Press.ROOM_ESCALATE,
            Target(room="w1"),
        ),
        (
            e.OverBudget(room="w1", step="traffic", minutes=3),
            "Step done",
            Press.STEP,
            Target(room="w1", step="traffic", state="done"),
        ),
        (
            v.ActionItemAdded(room="w1", version="1.5.0", item="i1", text="x", owner="U1", due=DEPLOY),
            "Done",
            Press.ITEM_DONE,
            Target(room="w1", key="i1"),
        ),
        (
            e.TaskLeft(**WHOSE, work="finish", problem="conflict"),
            "Try again",
            Press.RETRY,
            Target(release="r1"),
        ),
        (
            v.FreezeViolated(
                **WHOSE, project="shop", branch="develop", commits=(), grantors=(Role.RELEASE_MANAGER,)
            ),
            "Ask to merge in the freeze…",
            Press.EXCEPTION_ASK,
            Target(project="shop", state="merge"),
        ),
        (
            v.FreezeViolated(
                **WHOSE,
                project="shop",
                own_branch=True,
                branch="release/feature-search",
                commits=(),
                grantors=(Role.RELEASE_MANAGER,),
            ),
            "Ask to merge in the freeze…",
            Press.EXCEPTION_ASK,
            Target(project="shop", release="r1", state="merge"),
        ),
    ],
)
def test_a_line_that_asks_for_something_has_its_button(
    said: Said, label: str, press: Press, target: Target
) -> None:
    blocks = blocks_for(EN, said, "")
    assert blocks is not None
    text, pressed = blocks
    assert text["text"]["text"] == line(EN, said, "")
    (button,) = pressed["elements"]
    assert (button["text"]["text"], press_of(button["action_id"]), decode(button["value"])) == (
        label,
        press,
        target,
    )


@pytest.mark.parametrize(("step", "turn"), [("outage_notice", "rollback"), ("completion_notice", "recovery")])
def test_whoever_is_given_a_notice_can_send_it_and_say_that_it_is_done(step: str, turn: str) -> None:
    given = e.StepGiven(room="w1", release="r1", version="1.5.0", target="v1.4.0", step=step)
    _, pressed = blocks_for(EN, given, "") or ({}, {"elements": ()})
    assert [
        (button["text"]["text"], press_of(button["action_id"]), decode(button["value"]))
        for button in pressed["elements"]
    ] == [
        ("Send notice…", Press.NOTICE, Target(release="r1", room="w1", state=turn)),
        ("Done", Press.STEP, Target(room="w1", step=step, state="done")),
    ]


@pytest.mark.parametrize(
    ("grantors", "presses"),
    [
        (
            (Role.PM,),
            [
                ("Ask for an exception…", Press.EXCEPTION_ASK, Target(release="r1")),
                ("Continue", Press.ADVANCE, Target(release="r1", action=Action.CONTINUE, candidate=2)),
                (
                    "Declare rollback",
                    Press.ROLLBACK,
                    Target(release="r1", action=Action.DECLARE_ROLLBACK, candidate=2),
                ),
            ],
        ),
        (
            (),
            [
                ("Continue", Press.ADVANCE, Target(release="r1", action=Action.CONTINUE, candidate=2)),
                (
                    "Declare rollback",
                    Press.ROLLBACK,
                    Target(release="r1", action=Action.DECLARE_ROLLBACK, candidate=2),
                ),
            ],
        ),
    ],
)
def test_an_interrupted_rollout_is_decided_right_there(
    grantors: tuple[Role, ...], presses: list[tuple[str, Press, Target]]
) -> None:
    sale = GateReason(rule=GateRule.BLACKOUT, verdict=Verdict.CLOSED, name="Sale", grantors=grantors)
    said = e.RolloutWaits(**WHOSE, candidate=2, left=("canary_100",), since=FREEZE, reasons=(sale,))
    blocks = blocks_for(EN, said, "")
    assert blocks is not None
    assert [
        (button["text"]["text"], press_of(button["action_id"]), decode(button["value"]))
        for button in blocks[1]["elements"]
    ] == presses


def test_a_step_that_came_out_while_it_was_paused_is_continued_or_rolled_back_right_there() -> None:
    live = v.StepLive(
        **WHOSE, candidate=1, step="canary_10", next="canary_50", until=DEPLOY, number=1, total=3
    )
    assert blocks_for(EN, live, "") is None
    found = blocks_for(EN, replace(live, paused="silent"), "")
    assert found is not None
    target = Target(release="r1", action=Action.CONTINUE, candidate=1)
    back = replace(target, action=Action.DECLARE_ROLLBACK, step="canary_10", state="paused")
    pressed = [(one["text"]["text"], decode(one["value"])) for one in found[-1]["elements"]]
    assert pressed == [("Continue", target), ("Declare rollback", back)]


def test_a_playbook_is_opened_from_the_line_that_speaks_of_it() -> None:
    blocks = blocks_for(EN, v.ListsOpened(room="w1", phases=(Phase.OUTAGE,), who=("U1",)), "")
    assert blocks is not None
    (button,) = blocks[1]["elements"]
    assert (button["text"]["text"], press_of(button["action_id"]), decode(button["value"])) == (
        "Checklists",
        Press.CHECKLIST,
        Target(room="w1", state="outage"),
    )


def test_what_a_post_mortem_waits_for_is_opened_from_its_reminder() -> None:
    said = e.PostmortemReminder(room="w1", version="1.5.0", due=DEPLOY, overdue=True)
    blocks = blocks_for(EN, said, "")
    assert blocks is not None
    assert [
        (button["text"]["text"], press_of(button["action_id"]), decode(button["value"]))
        for button in blocks[1]["elements"]
    ] == [
        ("Close post-mortem", Press.POSTMORTEM_DONE, Target(room="w1")),
        ("Checklists", Press.CHECKLIST, Target(room="w1", state="rollback_after")),
    ]


def test_a_list_that_can_be_worked_through_is_opened_right_there() -> None:
    blocks = blocks_for(EN, e.ListOpens(**WHOSE, phase=Phase.POST_SOON, candidate=2, left=7), "")
    assert blocks is not None
    (button,) = blocks[1]["elements"]
    assert (button["text"]["text"], press_of(button["action_id"]), decode(button["value"])) == (
        "Checklists",
        Press.CHECKLIST,
        Target(release="r1", candidate=2, state="post_soon"),
    )


def test_what_nobody_has_verified_is_verified_or_taken_back_right_there() -> None:
    said = e.StillVerifying(**WHOSE, candidate=2, deployed_at=DEPLOY, monitoring=timedelta(hours=24))
    blocks = blocks_for(EN, said, "")
    assert blocks is not None
    assert [
        (button["text"]["text"], press_of(button["action_id"]), decode(button["value"]))
        for button in blocks[1]["elements"]
    ] == [
        ("Verified", Press.ADVANCE, Target(release="r1", action=Action.VERIFIED, candidate=2)),
        (
            "Declare rollback",
            Press.ROLLBACK,
            Target(release="r1", action=Action.DECLARE_ROLLBACK, candidate=2),
        ),
        ("Checklists", Press.CHECKLIST, Target(release="r1", candidate=2)),
    ]


def test_an_action_item_that_is_due_is_done_or_handed_on_right_there() -> None:
    due = e.ActionItemDue(
        room="w1", version="1.5.0", item="i1", text="x", owner="U1", due=DEPLOY, overdue=True
    )
    blocks = blocks_for(EN, due, "")
    assert blocks is not None
    assert [
        (button["text"]["text"], press_of(button["action_id"]), decode(button["value"]))
        for button in blocks[1]["elements"]
    ] == [
        ("Done", Press.ITEM_DONE, Target(room="w1", key="i1")),
        ("Hand on…", Press.ITEM_END, Target(room="w1", key="i1")),
    ]


def test_an_action_item_that_goes_on_names_who_had_it_and_who_has_it() -> None:
    same = v.ActionItemHandedOn(
        room="w1", version="1.5.0", item="i1", text="Alert", owner="U2", former="U2", due=DEPLOY
    )
    at = "Thu 5 Mar 14:00"
    assert line(EN, same, "") == f"*Action item goes on*: Alert — <@U2> · due {at}"
    assert line(EN, replace(same, former="U1"), "U3") == (
        f"*Action item goes on*: Alert — <@U1> → <@U2> · due {at} — <@U3>"
    )


def test_what_is_not_tried_again_has_no_button() -> None:
    assert blocks_for(EN, e.TaskLeft(**WHOSE, work="tag_candidate", problem="rejected"), "") is None
    assert blocks_for(EN, e.SoakOver(**WHOSE), "U1") is None


@pytest.mark.parametrize("cls", SAID, ids=lambda cls: cls.__name__)
@settings(max_examples=rounds(10, 100), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data(), reader=readers, by=st.sampled_from(["", "U1"]), late=st.booleans())
def test_everything_is_said_within_slacks_limits(
    cls: type, data: st.DataObject, reader: Reader, by: str, *, late: bool
) -> None:
    said = data.draw(said_of(cls))
    text = line(reader, said, by, late)
    assert 0 < len(text) <= 3000
    assert foreign_tokens(text) == []
    blocks = blocks_for(reader, said, by, late)
    assert check_message({"blocks": blocks}) == []
    if cls in get_args(v.Event):
        private = private_line(reader, said)
        assert 0 < len(private) <= 3000
        assert foreign_tokens(private) == []


def test_a_very_long_day_is_still_one_message() -> None:
    files = tuple(f"src/{'deep/' * 50}{n}.py" for n in range(100))
    text = line(
        EN, v.GitFailed(**WHOSE, work="finish", problem="conflict", detail="x" * 5000, files=files), "U1"
    )
    assert len(text) <= 3000
    assert "… and 90 more" in text


ANSWERED = {"project": "shop", "reminder": "k", "kind": ReminderKind.QA_DUE}


@pytest.mark.parametrize(
    ("event", "english", "korean"),
    [
        (
            v.ReminderSeen(**WHOSE, **ANSWERED),
            (
                "Recorded: *v1.5.0* Reminder seen: QA that is due\n"
                "You are not reminded of it any more; the others are, as before."
            ),
            (
                "기록했습니다: *v1.5.0* 알림 확인: QA 마감\n"
                "이 일은 더 이상 알려 드리지 않습니다. 다른 분들에게는 계속 알립니다."
            ),
        ),
        (
            v.ReminderSnoozed(**WHOSE, **ANSWERED, until=DEPLOY),
            (
                "Recorded: *v1.5.0* Reminder put off: QA that is due, until Thu 5 Mar 14:00\n"
                "If it is settled by then, nothing comes."
            ),
            "기록했습니다: *v1.5.0* 알림 미룸: QA 마감, 3월 5일(목) 14:00까지\n그 전에 마무리되면 알리지 않습니다.",
        ),
        (
            v.ReminderResumed(**WHOSE, **ANSWERED),
            "Recorded: *v1.5.0* Reminded again: QA that is due\nYou are reminded again whenever the others are.",
            "기록했습니다: *v1.5.0* 알림 다시 받기: QA 마감\n다른 분들에게 알릴 때 다시 알려 드립니다.",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_who_answers_a_reminder_reads_what_follows_and_can_take_it_back(
    event: v.Event, english: str, korean: str
) -> None:
    assert private_line(EN, event) == english
    assert private_line(KO, event) == korean
    shown = own_answer(EN, event).blocks
    labels = [button["text"]["text"] for block in shown[1:] for button in block["elements"]]
    assert labels == ([] if isinstance(event, v.ReminderResumed) else ["Remind me after all"])


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        (e.SoakOver(**WHOSE), ["Got it", "Later…"]),
        (
            e.QaDue(**WHOSE, stage=Stage.QA, due=FREEZE, deploy_at=DEPLOY),
            ["Choose another date", "Got it", "Later…"],
        ),
    ],
)
def test_a_reminder_has_its_answers_beside_what_settles_it(said: Said, labels: list[str]) -> None:
    content = blocks_for(EN, said, "") or [section("text")]
    *_, pressed = answerable(EN, content, "shop", "k")
    assert [button["text"]["text"] for button in pressed["elements"]] == labels
    assert decode(pressed["elements"][-1]["value"]) == Target(project="shop", reminder="k")


def test_who_put_off_closing_can_close_right_there() -> None:
    (asked,) = settling(EN, e.MonitoringOver(**WHOSE, candidate=2))
    (close,) = asked["elements"]
    assert close["text"]["text"] == "Close release"
    assert decode(close["value"]) == Target(release="r1", action=Action.CLOSE, candidate=2)
    assert settling(EN, e.SoakOver(**WHOSE)) == []


OF_CHANNELS = {ReminderKind.URGENT_AHEAD, ReminderKind.DOWNTIME_AHEAD, ReminderKind.DOWNTIME_OVERRUN}


def test_every_reminder_that_a_person_gets_has_its_name() -> None:
    asked = {*of_releases.SAYS, *of_rooms.SAYS, ReminderKind.APPROVAL_WAITING, ReminderKind.ITEM_DUE}
    assert asked - OF_CHANNELS == set(ABOUT)
