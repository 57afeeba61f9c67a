from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import needs as n
from domain import refusals as r
from domain.approvals import Outcome
from domain.calendar.entries import GateRule
from domain.calendar.exceptions import ExceptionState
from domain.calendar.gate import GateAnswer
from domain.calendar.reasons import GateReason, Verdict
from domain.health.model import ERROR_RATE, P95, Reading, Source
from domain.people import Role
from domain.release import ConfirmItem
from domain.types import Action, Environment, ReleaseType, Stage
from messages.needs import need
from messages.refusals import RefusalText, field_error, refusal, refusal_text
from messages.refusals.gone import ALREADY, GONE
from messages.refusals.typed import FIELDS, KINDS
from messages.refusals.who import DOINGS
from messages.texts import Reader
from tests.messages.said import foreign_tokens, needs, refusals_of
from tests.support.proof import rounds

EN, KO = Reader("en", "Europe/Berlin", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")
CHANNEL = Reader("ko", "Asia/Seoul")
NOW = datetime(2026, 3, 6, 7, tzinfo=UTC)  # Fri 6 March, 16:00 in Seoul
MONDAY = datetime(2026, 3, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
readers = st.sampled_from([EN, KO, CHANNEL])


def measured(metric: str, value: float) -> Reading:
    production = Environment.PRODUCTION
    return Reading(metric=metric, environment=production, at=NOW, source=Source.PROMETHEUS, value=value)


SHUT = GateAnswer(
    verdict=Verdict.CLOSED,
    at=NOW,
    reasons=(
        GateReason(
            rule=GateRule.BLACKOUT, verdict=Verdict.CLOSED, subject="b1", name="Year end", until=MONDAY
        ),
        GateReason(rule=GateRule.NO_DEPLOY_HOURS, verdict=Verdict.CLOSED, until=MONDAY),
    ),
    next_open=MONDAY + timedelta(hours=1),
)
DEPLOY = r.NotReady(
    action=Action.DEPLOY,
    version="1.5.0",
    stage=Stage.APPROVED,
    missing=(
        n.Missing(n.NotSoaked(MONDAY)),
        n.Missing(n.NotConfirmed(ConfirmItem.DEPLOYER_STANDING_BY), (Role.DEVOPS, Role.RELEASE_MANAGER)),
        n.Missing(n.ConditionOpen("load <test> & report", "U2"), user="U2"),
        n.Missing(n.OutsideApproval("a" * 40, "b" * 40), (Role.RELEASE_MANAGER,)),
        n.Missing(
            n.UrgentFirst("1.4.1", ReleaseType.HOTFIX), (Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER)
        ),
    ),
)


def test_a_deploy_that_has_to_wait_names_all_that_is_missing_and_who_settles_it() -> None:
    assert refusal_text(EN, DEPLOY) == (
        "*Deploy* has to wait for v1.5.0: 5 things are missing.\n"
        "• The staging soak lasts until Mon 9 Mar 01:00 (Seoul 09:00).\n"
        "• Not confirmed yet: Deployer standing by (ask: DevOps/SRE or release manager)\n"
        "• Condition not met yet: load &lt;test&gt; &amp; report (ask: <@U2>)\n"
        "• The approval is for commit `aaaaaaa`, but the branch is at `bbbbbbb`. (ask: release manager)\n"
        "• An urgent release goes first: v1.4.1 (Hotfix) (ask: release manager or incident commander)\n"
        "Nothing was changed. Try again when this is settled."
    )
    assert refusal_text(KO, DEPLOY) == (
        "v1.5.0 *배포*: 아직 진행할 수 없습니다. 필요한 것이 5가지 남았습니다.\n"
        "• 스테이징 안정화 시간은 3월 9일(월) 09:00까지입니다.\n"
        "• 아직 확인되지 않음: 배포 담당자 대기 (담당: DevOps/SRE 또는 릴리스 매니저)\n"
        "• 아직 충족되지 않은 승인 조건: load &lt;test&gt; &amp; report (담당: <@U2>)\n"
        "• 승인된 커밋(`aaaaaaa`)과 브랜치의 최신 커밋(`bbbbbbb`)이 다릅니다. (담당: 릴리스 매니저)\n"
        "• 긴급한 릴리스가 먼저입니다: v1.4.1 (핫픽스) (담당: 릴리스 매니저 또는 장애 지휘관)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오."
    )


def test_where_nothing_was_restored_it_is_said_what_can_be_done() -> None:
    begun = n.NothingRestored(("application", "traffic"), begun=True)
    untouched = n.NothingRestored(("traffic",), begun=False)
    assert need(EN, begun) == (
        "Nothing was restored: every step of the way back was skipped (Roll back the application, Move "
        "traffic back). Reopen the step that is needed, and do it."
    )
    assert need(KO, untouched) == (
        "복구된 것이 없습니다. 되돌리는 단계를 모두 건너뛰었습니다(트래픽 되돌리기). 필요한 단계를 다시 열어 "
        "진행하거나, 롤백을 철회하십시오."
    )


@pytest.mark.parametrize(
    ("of", "english", "korean"),
    [
        (
            n.RolloutPaused("silent"),
            "The rollout is paused: Nothing was heard of it for too long: look at what really runs.",
            (
                "배포가 일시 중지되었습니다: "
                "너무 오랫동안 소식이 없습니다. 실제로 무엇이 실행 중인지 확인해 주십시오."
            ),
        ),
        (
            n.RolloutPaused("errors"),
            "The rollout is paused: errors",
            "배포가 일시 중지되었습니다: errors",
        ),
        (
            n.StepUnheard("canary_10"),
            (
                "The deployer has not said that it is out: Canary 10 %. "
                "Where you see that it is, say so with a reason."
            ),
            (
                "배포 도구에서 반영되었다는 소식이 없습니다: 카나리 10%. "
                "반영된 것을 확인했다면 이유와 함께 알려 주십시오."
            ),
        ),
    ],
)
def test_what_a_rollout_needs_is_said_in_words(of: n.Need, english: str, korean: str) -> None:
    assert (need(EN, of), need(KO, of)) == (english, korean)


def test_a_closed_gate_tells_every_reason_and_the_opening() -> None:
    told = need(EN, n.GateClosed(SHUT))
    assert told == (
        "The gate is closed: Blackout: *Year end* · until Mon 9 Mar 01:00 (Seoul 09:00); "
        "No-deploy hours · until Mon 9 Mar 01:00 (Seoul 09:00); opens Mon 9 Mar 02:00 (Seoul 10:00)"
    )


@pytest.mark.parametrize(
    ("no", "english", "korean"),
    [
        (
            r.OutOfTurn("application", ("database",)),
            RefusalText(
                "Roll back the application: not yet. Still open before it: Roll back the database",
                next="Finish these steps first, or skip them with a reason.",
            ),
            RefusalText(
                "애플리케이션 롤백: 아직 할 차례가 아닙니다. 먼저 끝내야 할 단계: 데이터베이스 롤백",
                next="먼저 이 단계를 끝내거나, 이유를 적고 건너뛰십시오.",
            ),
        ),
        (
            r.MeasuredOut("health_check", (measured(ERROR_RATE, 0.6), measured(P95, 4.0))),
            RefusalText(
                "Health check: what is measured now is out of range.",
                ("Errors 60 %, P95 4 s",),
                "Restore again what does not hold, or say why it is done all the same: "
                "`/release step health done …`",
            ),
            RefusalText(
                "헬스 체크: 지금 측정된 값이 정상 범위를 벗어났습니다.",
                ("오류율 60 %, P95 4 s",),
                "제대로 복구되지 않은 것을 다시 복구하거나, 그래도 완료하는 이유를 적어 주십시오: "
                "`/release step health done …`",
            ),
        ),
        (
            r.NotYourSlot("1.5.0", ("U1", "U2")),
            RefusalText(
                "Your decision does not count for the approval of v1.5.0.", next="Who can: <@U1> <@U2>"
            ),
            RefusalText(
                "v1.5.0의 승인을 결정할 수 있는 사람이 아닙니다.", next="할 수 있는 사람: <@U1> <@U2>"
            ),
        ),
        (
            r.OwnWork("1.5.0", "starter", ("U2",)),
            RefusalText(
                "You cannot approve v1.5.0.",
                ("You started this release, so somebody else decides (separation of duties).",),
                "Who can: <@U2>",
            ),
            RefusalText(
                "v1.5.0에 대한 승인은 할 수 없습니다.",
                ("직접 시작한 릴리스이므로 다른 사람이 결정합니다(직무 분리).",),
                "할 수 있는 사람: <@U2>",
            ),
        ),
        (
            r.NotAllowed(Action.HOLD, (Role.RELEASE_MANAGER, Role.PM), ()),
            RefusalText(
                "*Hold* is for: release manager or PM.",
                next=(
                    "Nobody holds the role at the moment; "
                    "an owner of the project can give it with `/release roles`."
                ),
            ),
            RefusalText(
                "*보류* 권한이 있는 역할: 릴리스 매니저 또는 PM",
                next=(
                    "현재 이 역할을 맡은 사람이 없습니다. 프로젝트 소유자가 `/release roles` 명령으로 "
                    "부여할 수 있습니다."
                ),
            ),
        ),
        (
            r.OtherStep("1.5.0", "switch", "", ("green", "switch")),
            RefusalText(
                "“switch” is not the step under way in the rollout of v1.5.0.",
                ("All steps are done.", "Its steps: `green`, `switch`"),
                "Nothing was changed.",
            ),
            RefusalText(
                "“switch”: v1.5.0 배포에서 진행 중인 단계가 아닙니다.",
                ("모든 단계가 완료되었습니다.", "전체 단계: `green`, `switch`"),
                "변경된 것은 없습니다.",
            ),
        ),
        (
            r.Outdated("1.5.0", 1, 2),
            RefusalText(
                "This button belongs to an earlier candidate of v1.5.0.",
                ("Shown: rc.1. Current: rc.2.",),
                "Use the newest message in the release's thread.",
            ),
            RefusalText(
                "v1.5.0의 이전 릴리스 후보에 대한 버튼입니다.",
                ("표시된 후보: rc.1, 현재 후보: rc.2",),
                "릴리스 스레드의 최신 메시지를 이용해 주십시오.",
            ),
        ),
        (
            r.StepPassed("1.5.0", "canary_10", "canary_50"),
            RefusalText(
                "Somebody was faster on v1.5.0. Already done: Canary 10 %",
                ("Now under way: Canary 50 %",),
                "The card shows how it stands.",
            ),
            RefusalText(
                "v1.5.0: 다른 사람이 먼저 완료했습니다. 완료된 단계: 카나리 10%",
                ("지금 진행 중인 단계: 카나리 50%",),
                "현재 상태는 카드에서 확인할 수 있습니다.",
            ),
        ),
        (
            r.StepPassed("1.5.0", "canary_100", ""),
            RefusalText(
                "Somebody was faster on v1.5.0. Already done: Canary 100 %",
                ("All steps are done.",),
                "The card shows how it stands.",
            ),
            RefusalText(
                "v1.5.0: 다른 사람이 먼저 완료했습니다. 완료된 단계: 카나리 100%",
                ("모든 단계가 완료되었습니다.",),
                "현재 상태는 카드에서 확인할 수 있습니다.",
            ),
        ),
        (
            r.UnknownVerb("stauts", "status"),
            RefusalText(
                "`stauts` is not a command of `/release`.",
                ("Did you mean `/release status`?",),
                "`/release help` shows everything that is there.",
            ),
            RefusalText(
                "`/release`에 없는 명령입니다: `stauts`",
                ("혹시 `/release status` 명령을 찾으십니까?",),
                "`/release help` 명령으로 전체 목록을 볼 수 있습니다.",
            ),
        ),
        (
            r.BadVersion("1.4.0", "not_higher", "1.4.2", "1.4.3"),
            RefusalText(
                "`1.4.0` is not higher than the newest of its line: v1.4.2",
                next="Proposed from the commits: v1.4.3",
            ),
            RefusalText(
                "같은 계열의 최신 버전(v1.4.2)보다 높아야 합니다: `1.4.0`", next="커밋 기준 제안 버전: v1.4.3"
            ),
        ),
        (
            r.CannotBeApproved("1.5.0", (n.Unmeetable(Role.TECH_LEAD, 1, 0),), ("U1",)),
            RefusalText(
                "v1.5.0 was not started: it could never be approved.",
                (
                    "Tech lead: 1 needed, 0 left who may approve",
                    "Kept out by separation of duties: <@U1>",
                ),
                "Let somebody else start it, give the role to one more person (`/release roles`), "
                "or relax separation of duties in the policy.",
            ),
            RefusalText(
                "승인 요건을 충족할 수 없어 시작하지 않았습니다: v1.5.0",
                ("테크 리드: 1명 필요, 승인할 수 있는 사람 0명", "직무 분리로 제외된 사람: <@U1>"),
                "다른 사람이 시작하거나, 역할을 한 명에게 더 부여하거나(`/release roles`), "
                "정책에서 직무 분리를 완화해 주십시오.",
            ),
        ),
        (
            r.Overlaps("tuesday 10:00-17:00", "09:00", "11:00"),
            RefusalText(
                "Part of that time is already taken.",
                ("Tue 10:00–17:00: from 09:00 to 11:00",),
                "Choose other times, or remove the earlier entry first.",
            ),
            RefusalText(
                "시간이 기존 항목과 겹칩니다.",
                ("화 10:00–17:00: 09:00부터 11:00까지",),
                "다른 시간을 선택하거나 기존 항목을 먼저 삭제해 주십시오.",
            ),
        ),
        (
            r.AlreadySo("decided_approve", "1.5.0"),
            RefusalText("Your approval is already recorded.", next="Nothing was changed."),
            RefusalText("이미 승인으로 기록되어 있습니다.", next="변경된 것은 없습니다."),
        ),
        (
            r.AlreadySo("condition_met", "U5"),
            RefusalText("This condition is already met.", ("By <@U5>",), "Nothing was changed."),
            RefusalText("이미 충족된 승인 조건입니다.", ("처리한 사람: <@U5>",), "변경된 것은 없습니다."),
        ),
        (
            r.NotAMember("outside", "C1"),
            RefusalText("Only members of <#C1> can do this.", next="Join the channel and try again."),
            RefusalText(
                "이 채널의 멤버만 할 수 있습니다: <#C1>", next="채널에 참여한 뒤 다시 시도해 주십시오."
            ),
        ),
        (
            r.RepositoryUnknown("shop", "unreachable"),
            RefusalText(
                "The repository of `shop` could not be read.",
                ("The remote cannot be reached.",),
                "Naru keeps trying. Try again in a minute.",
            ),
            RefusalText(
                "`shop` 프로젝트의 저장소를 읽지 못했습니다.",
                ("원격 저장소에 연결할 수 없습니다.",),
                "Naru가 계속 시도합니다. 잠시 후 다시 시도해 주십시오.",
            ),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_refusal_says_what_why_and_what_next(
    no: r.Refusal, english: RefusalText, korean: RefusalText
) -> None:
    assert refusal(EN, no) == english
    assert refusal(KO, no) == korean


@pytest.mark.parametrize(
    ("no", "english", "korean"),
    [
        (
            r.InThePast(NOW),
            "Fri 6 Mar 08:00 (Seoul 16:00) is in the past. Choose a later time.",
            "이미 지난 시각입니다: 3월 6일(금) 16:00 · 더 늦은 시각을 선택해 주십시오.",
        ),
        (
            r.InThePast(date(2026, 3, 5)),
            "Thu 5 Mar is in the past. Choose a later day.",
            "이미 지난 날짜입니다: 3월 5일(목) · 더 늦은 날짜를 선택해 주십시오.",
        ),
        (
            r.TextMissing("reason"),
            "Still empty: the reason. Fill it in and send it again.",
            "비어 있는 항목: 사유 · 내용을 입력한 뒤 다시 제출해 주십시오.",
        ),
        (
            r.Unreadable("date", "A & <b>", "2026-03-05"),
            "A & <b> cannot be read as a date. Example: 2026-03-05",
            "알 수 없는 값입니다: A & <b> (필요한 값: 날짜) · 예: 2026-03-05",
        ),
        (
            r.SeatTaken("U1"),
            "@U1 already has command. They can hand it over with /release ic @user.",
            "이미 @U1 님이 지휘를 맡고 있습니다. /release ic @user 명령으로 인계할 수 있습니다.",
        ),
        (
            r.CannotBeApproved("1.5.0", (n.Unmeetable(Role.STAKEHOLDER, 2, 1),), ("U1", "U2")),
            (
                "v1.5.0 was not started: it could never be approved. Stakeholder: 2 needed, 1 left who may approve"
                " · Kept out by separation of duties: @U1 @U2"
            ),
            (
                "승인 요건을 충족할 수 없어 시작하지 않았습니다: v1.5.0 · 이해관계자: 2명 필요, 승인할 수 있는 사람 1명"
                " · 직무 분리로 제외된 사람: @U1 @U2"
            ),
        ),
    ],
)
def test_a_field_error_is_plain_text(no: r.Refusal, english: str, korean: str) -> None:
    assert field_error(EN, no) == english
    assert field_error(KO, no) == korean


def test_a_field_error_shows_slacks_dates_by_their_fallback() -> None:
    assert field_error(CHANNEL, r.InThePast(NOW)).startswith("이미 지난 시각입니다: 3월 6일(금) 16:00 (서울")


def test_a_field_error_leaves_out_whole_reasons() -> None:
    conditions = tuple(n.Missing(n.ConditionOpen(text * 60, "U2"), user="U2") for text in "가나다")
    assert field_error(EN, r.NotReady(Action.DEPLOY, "1.5.0", Stage.APPROVED, conditions)) == (
        f"Deploy has to wait for v1.5.0: 3 things are missing. Condition not met yet: {'가' * 60} (ask: @U2)"
    )


@pytest.mark.parametrize("cls", get_args(r.Refusal), ids=lambda cls: cls.__name__)
@settings(max_examples=rounds(10, 100), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data(), reader=readers)
def test_every_refusal_is_said_within_slacks_limits(cls: type, data: st.DataObject, reader: Reader) -> None:
    no = data.draw(refusals_of(cls))
    told, text, error = refusal(reader, no), refusal_text(reader, no), field_error(reader, no)
    assert told.what.strip()
    assert all(line.strip() for line in told.why)
    assert len(text) <= 3000
    assert foreign_tokens(text) == []
    assert 0 < len(error) <= 200
    assert "\n" not in error


@settings(max_examples=rounds(60, 500), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(of=needs, reader=readers)
def test_every_need_is_one_line(of: n.Need, reader: Reader) -> None:
    told = need(reader, of)
    assert told.strip()
    assert "\n" not in told


def test_what_does_not_fit_is_counted() -> None:
    long = n.Missing(n.ConditionOpen("가" * 300, "U2"), user="U2")
    no = r.NotReady(Action.DEPLOY, "1.5.0", Stage.APPROVED, (long,) * 30)
    text = refusal_text(EN, no)
    shown = text.count("•")
    assert len(text) <= 3000
    assert f"… and {30 - shown} more\nNothing was changed." in text


CODES: dict[str, set[str]] = {
    "Gone": set(GONE),
    "AlreadySo": set(ALREADY),
    "NotAllowed": set(DOINGS) | set(Action),
    "require": set(DOINGS) | set(Action),
    "require_role": set(DOINGS) | set(Action),
    "Unreadable": set(KINDS),
    "unreadable": set(KINDS),
    "TextMissing": set(FIELDS),
    "TooLong": set(FIELDS),
}


def _codes() -> Iterator[tuple[str, str]]:
    """Every code that a refusal is made with somewhere in the program, read off the syntax tree."""
    for folder in ("domain", "commands", "storage", "bot"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = (
                        node.func.attr
                        if isinstance(node.func, ast.Attribute)
                        else getattr(node.func, "id", "")
                    )
                    code = node.args[2:3] if name.startswith("require") else node.args[:1]
                    if name in CODES and code and isinstance(code[0], ast.Constant):
                        yield name, str(code[0].value)


def test_every_code_that_the_program_refuses_with_has_its_own_words() -> None:
    used = set(_codes())
    assert len(used) > 40
    assert [(name, code) for name, code in sorted(used) if code not in CODES[name]] == []


def test_codes_that_are_put_together_have_words_too() -> None:
    assert {f"decided_{one}" for one in Outcome} | set(ConfirmItem) <= set(ALREADY)
    assert {f"exception_{one}" for one in ExceptionState} <= set(ALREADY)
    assert set(ConfirmItem) <= set(DOINGS)


@pytest.mark.parametrize("code", ["", "something_new"])
def test_a_code_without_words_gets_a_general_sentence(code: str) -> None:
    assert refusal(EN, r.Gone(code)).what == "What this speaks of is no longer there."
    assert refusal(EN, r.AlreadySo(code)).what == "It already is as you ask."
    assert refusal(EN, r.NotAllowed(code, (Role.PM,), ("U1",))).what == "This is for: PM."
    assert refusal(EN, r.NotAMember(code)).what == "Only members of the project's channel can do this."
    assert refusal(EN, r.BadVersion("1.0", code)).what == "`1.0` cannot be used."
    assert refusal(EN, r.OwnWork("1.0.0", code, ("U1",))).why == ()
