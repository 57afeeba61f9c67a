from __future__ import annotations

from datetime import date, datetime, time
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commands import slash
from commands.parse import parse
from commands.parse.vocabulary import ACTIONS, ROLES, STEPS
from commands.slash import LocalWhen, SlashCommand, StepMove, UsageError
from domain.calendar.fields import Weekday
from domain.calendar.rules import WeeklyWindow
from domain.checklists.model import Phase as ListPhase
from domain.people import Role
from domain.refusals import EndsBeforeStart, UnknownVerb, Unreadable
from domain.rollback import StepKey
from domain.types import Action, GitStep, ReleaseType
from domain.verbs import ALIASES, KOREAN, Verb
from tests.support.proof import rounds

MONDAY = date(2026, 3, 2)
TODAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2100, 12, 31))


def read(text: str) -> SlashCommand | UsageError:
    return parse(text, today=MONDAY)


# --- verbs ------------------------------------------------------------

BARE: dict[Verb, SlashCommand] = {
    Verb.START: slash.StartText(),
    Verb.STATUS: slash.StatusText(),
    Verb.LIST: slash.ListText(),
    Verb.BOARD: slash.BoardText(),
    Verb.MINE: slash.MineText(),
    Verb.DIGEST: slash.DigestText(),
    Verb.ADVANCE: slash.AdvanceText(),
    Verb.DEPLOY: slash.DeployText(),
    Verb.HOLD: slash.HoldText(),
    Verb.RESUME: slash.ResumeText(),
    Verb.CANCEL: slash.CancelText(),
    Verb.RETARGET: slash.RetargetText(),
    Verb.CAPTAIN: slash.CaptainText(),
    Verb.DRY_RUN: slash.DryRunText(),
    Verb.BRANCHES: slash.BranchesText(),
    Verb.NOTES: slash.NotesText(),
    Verb.HEALTH: slash.HealthText(),
    Verb.CHECKLIST: slash.ChecklistText(),
    Verb.READY: slash.ReadyText(),
    Verb.WAY_BACK: slash.WayBackText(),
    Verb.REHEARSED: slash.RehearsedText(),
    Verb.SCHEMA: slash.ShowSchema(),
    Verb.CORRECT: slash.CorrectText(),
    Verb.SCOPE: slash.ScopeText(),
    Verb.CAN_I_DEPLOY: slash.CanIDeployText(),
    Verb.WHEN: slash.WhenText(),
    Verb.ROLLBACK: slash.RollbackText(),
    Verb.BREACH: slash.ShowBreaches(),
    Verb.WARROOM: slash.WarroomText(),
    Verb.IC: slash.IcText(),
    Verb.LOG: slash.LogText(),
    Verb.STEP: slash.StepText(),
    Verb.ESCALATE: slash.EscalateText(),
    Verb.RESOLVE: slash.ResolveText(),
    Verb.POSTMORTEM: slash.PostmortemText(),
    Verb.ACTIONS: slash.ActionsText(),
    Verb.NOTICE: slash.NoticeText(),
    Verb.CONTACTS: slash.ContactsText(),
    Verb.CALENDAR: slash.CalendarText(),
    Verb.YEAR: slash.YearText(),
    Verb.EXCEPTION: slash.ShowExceptions(),
    Verb.FREEZE: slash.ShowFreeze(),
    Verb.BLACKOUT: slash.ShowBlackouts(),
    Verb.WINDOW: slash.ShowWindows(),
    Verb.ROLES: slash.ShowRoles(),
    Verb.HELP: slash.HelpText(),
}


def test_every_verb_has_a_korean_word_and_a_reading() -> None:
    assert set(KOREAN) == set(Verb) == set(BARE)


@pytest.mark.parametrize("phrase", sorted(ALIASES))
def test_a_phrase_alone_is_its_verb_with_nothing_said(phrase: str) -> None:
    assert read(phrase) == BARE[ALIASES[phrase]]
    assert read(f"  {phrase.upper()} ") == BARE[ALIASES[phrase]]


@pytest.mark.parametrize("phrase", sorted(ALIASES))
def test_help_is_there_for_every_phrase_in_both_orders(phrase: str) -> None:
    assert read(f"help {phrase}") == slash.HelpText(verb=ALIASES[phrase])
    if ALIASES[phrase] is not Verb.HELP:
        assert read(f"{phrase} 도움말") == slash.HelpText(verb=ALIASES[phrase])


def test_no_text_asks_for_help() -> None:
    assert read("") == read(" \u00a0\u3000\t") == slash.HelpText()


def test_the_longest_phrase_wins() -> None:
    assert read("배포 가능 긴급") == slash.CanIDeployText(type=ReleaseType.EMERGENCY)
    assert read("배포 web") == slash.DeployText(project="web")


def test_the_verb_may_follow_the_release_as_in_korean() -> None:
    assert read("v1.5.0 상태") == slash.StatusText(release="v1.5.0")


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("stauts", "status"),
        ("시적", "시작"),
        ("halp", "help"),
        ("배보", "배포"),
        ("payload", ""),
        ("ssl_check=1", ""),
    ],
)
def test_an_unknown_verb_is_answered_with_the_nearest_one(text: str, guess: str) -> None:
    assert read(text) == UsageError(UnknownVerb(text, guess))


# --- releases ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("start hotfix 1.5.1 web", slash.StartText(type=ReleaseType.HOTFIX, version="1.5.1", project="web")),
        (
            "시작 web 긴급 v1.5.1",
            slash.StartText(type=ReleaseType.EMERGENCY, version="v1.5.1", project="web"),
        ),
        ("start 정기 배포", slash.StartText(type=ReleaseType.REGULAR)),
        ("start ２.０.０", slash.StartText(version="2.0.0")),
        ("start 2", slash.StartText(version="2")),
        ("status web 1.5.0-rc.1", slash.StatusText(release="1.5.0-rc.1", project="web")),
        ("status 1.5.0 web", slash.StatusText(release="1.5.0", project="web")),
        ("deploy payload", slash.DeployText(project="payload")),
        ("when", slash.WhenText()),
        ("when 1.5.0 web", slash.WhenText(release="1.5.0", project="web")),
        ("언제 web", slash.WhenText(project="web")),
        ("v1.5.0 언제 ?", slash.WhenText(release="v1.5.0")),
        ("언제 배포 1.5.0", slash.WhenText(release="1.5.0")),
        ("hold 1.5.0: waiting for legal", slash.HoldText(release="1.5.0", reason="waiting for legal")),
        ("hold 3 bugs found", slash.HoldText(reason="3 bugs found")),
        ("보류 “법무 검토 중”", slash.HoldText(reason="법무 검토 중")),
        (
            "cancel web 1.5.0 <@U1|mina> said so",
            slash.CancelText(release="1.5.0", project="web", reason="<@U1|mina> said so"),
        ),
        ("cancel 1.5.0 A &amp; B &lt;b&gt;", slash.CancelText(release="1.5.0", reason="A & B <b>")),
        (
            "advance 1.5.0 build failed: tests are  red",
            slash.AdvanceText(release="1.5.0", action=Action.BUILD_FAILED, note="tests are  red"),
        ),
        ("진행 빌드 성공", slash.AdvanceText(action=Action.BUILD_PASSED)),
        ("advance web qa_passed", slash.AdvanceText(project="web", action=Action.QA_PASSED)),
    ],
)
def test_a_release_verb_reads_what_was_typed(text: str, expected: SlashCommand) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("start hotfx web", Unreadable("type", "hotfx", "/release start hotfix 1.5.1", "hotfix")),
        ("deploy 1.5.0 web now", Unreadable("subcommand", "now")),
        ("status <@U1>", Unreadable("project", "<@U1>")),
        ("advance 1.5.0 buidl pased", Unreadable("action", "buidl", "build passed", "build passed")),
        ("mine all of them", Unreadable("subcommand", "all")),
        ("help stauts", UnknownVerb("stauts", "status")),
    ],
)
def test_words_that_nobody_asked_for_are_named(text: str, refusal: Unreadable | UnknownVerb) -> None:
    assert read(text) == UsageError(refusal)


def test_only_steps_that_a_person_takes_can_be_typed() -> None:
    follows = {Action.REQUIREMENTS_MET, Action.REJECT, Action.REJECTION_WITHDRAWN, Action.APPROVAL_LAPSED}
    elsewhere = {Action.HEAD_MOVED, Action.DECLARE_ROLLBACK, Action.STAND_DOWN, Action.ROLLED_BACK}
    assert set(ACTIONS.values()) == set(Action) - follows - elsewhere


# --- dates ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05", LocalWhen(date(2026, 3, 5))),
        ("2026-03-05 14:00", LocalWhen(date(2026, 3, 5), time(14))),
        ("2026-03-05T14:00", LocalWhen(date(2026, 3, 5), time(14))),
        ("2026/3/5 2pm", LocalWhen(date(2026, 3, 5), time(14))),
        ("3/5 14:00", LocalWhen(date(2026, 3, 5), time(14))),
        ("3월 5일 14:00", LocalWhen(date(2026, 3, 5), time(14))),
        ("3월 5일 (목) 14:00", LocalWhen(date(2026, 3, 5), time(14))),
        ("3월5일(목) 오후 2시 반", LocalWhen(date(2026, 3, 5), time(14, 30))),
        ("2027년 3월 5일 14시 30분", LocalWhen(date(2027, 3, 5), time(14, 30))),
        ("Thu 5 Mar 14:00", LocalWhen(date(2026, 3, 5), time(14))),
        ("March 5th, noon", LocalWhen(date(2026, 3, 5), time(12))),
        ("5 may 2027 at 2:30 pm", LocalWhen(date(2027, 5, 5), time(14, 30))),
        ("today 12am", LocalWhen(MONDAY, time(0))),
        ("tomorrow", LocalWhen(date(2026, 3, 3))),
        ("내일 정오", LocalWhen(date(2026, 3, 3), time(12))),
        ("모레 오전 12시", LocalWhen(date(2026, 3, 4), time(0))),
        ("monday", LocalWhen(MONDAY)),
        ("목요일 14:00", LocalWhen(date(2026, 3, 5), time(14))),
        ("일", LocalWhen(date(2026, 3, 8))),
        ("next thu 14:00", LocalWhen(date(2026, 3, 12), time(14))),
        ("다음 주 목요일", LocalWhen(date(2026, 3, 12))),
        ("이번주 일요일", LocalWhen(date(2026, 3, 8))),
        ("14:00", LocalWhen(MONDAY, time(14))),
        ("2026-03-05 24:00", LocalWhen(date(2026, 3, 6), time(0))),
        ("10/1", LocalWhen(date(2026, 10, 1))),
        ("2/28", LocalWhen(date(2026, 2, 28))),
        ("2/29", LocalWhen(date(2028, 2, 29))),
    ],
)
def test_a_date_is_read_in_both_languages(text: str, expected: LocalWhen) -> None:
    if text == "2/29":
        assert parse(f"retarget 1.5.0 {text}", today=date(2027, 9, 1)) == slash.RetargetText(
            release="1.5.0", when=expected
        )
        return
    assert read(f"retarget 1.5.0 {text}") == slash.RetargetText(release="1.5.0", when=expected)
    assert read(f"일정 변경 1.5.0 {text}") == slash.RetargetText(release="1.5.0", when=expected)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("correct 1a2b3c4 Fix: the cart", slash.CorrectText(commit="1a2b3c4", message="Fix: the cart")),
        ("correct 1A2B3C4: fix: a &amp; b", slash.CorrectText(commit="1A2B3C4", message="fix: a & b")),
        ("정정 #812 기능(장바구니): 쿠폰", slash.CorrectText(commit="#812", message="기능(장바구니): 쿠폰")),
        ('correct 1a2b3c4 "feat: a"', slash.CorrectText(commit="1a2b3c4", message="feat: a")),
        ("correct 1a2b3c4 original", slash.CorrectText(commit="1a2b3c4", message="")),
        ("커밋 정정 1a2b3c4 원래대로", slash.CorrectText(commit="1a2b3c4", message="")),
        ("correct 1a2b3c4 original idea", slash.CorrectText(commit="1a2b3c4", message="original idea")),
        ("correct 1a2b3c4", slash.CorrectText(commit="1a2b3c4")),
        ("captain 1.5.0 <@U1|mina>", slash.CaptainText(release="1.5.0", user="U1")),
        ("captain <@U1> web v1.5.0", slash.CaptainText(release="v1.5.0", project="web", user="U1")),
        ("담당 1.5.0 <@U1|mina>", slash.CaptainText(release="1.5.0", user="U1")),
        ("1.5.0 당번 <@U1>", slash.CaptainText(release="1.5.0", user="U1")),
        ("captain me", slash.CaptainText(me=True)),
        ("담당 1.5.0 나", slash.CaptainText(release="1.5.0", me=True)),
        ("captain 1.5.0", slash.CaptainText(release="1.5.0")),
        ("dry-run finish 1.5.0", slash.DryRunText(step=GitStep.FINISH, release="1.5.0")),
        (
            "dry-run cut 1.4.1 3f2a91c #12",
            slash.DryRunText(step=GitStep.CUT, release="1.4.1", commits=("3f2a91c", "#12")),
        ),
        ("branches web", slash.BranchesText(project="web")),
        ("브랜치 목록", slash.BranchesText()),
        ("모의실행 병합 1.5.0", slash.DryRunText(step=GitStep.FINISH, release="1.5.0")),
        ("1.5.0 모의 실행", slash.DryRunText(release="1.5.0")),
        (
            "captain 1.5.0 mina",
            UsageError(Unreadable("person", "mina", "/release captain 1.5.0 @mina")),
        ),
        ("captain <@U1> <@U2>", UsageError(Unreadable("project", "<@U2>"))),
    ],
)
def test_a_release_is_handed_over_in_any_order(text: str, command: object) -> None:
    assert read(text) == command


def test_a_day_more_than_half_a_year_back_is_next_years() -> None:
    november = date(2026, 11, 21)
    assert parse("retarget 3/5", today=november) == slash.RetargetText(when=LocalWhen(date(2027, 3, 5)))
    assert parse("retarget 11/20", today=november) == slash.RetargetText(when=LocalWhen(date(2026, 11, 20)))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("2026-02-30", Unreadable("date", "2026-02-30", "2026-03-05 14:00")),
        ("13/40", Unreadable("date", "13/40", "2026-03-05 14:00")),
        ("1026-01-01", Unreadable("date", "1026-01-01", "2026-03-05 14:00")),
        ("thu 25:00", Unreadable("time", "25:00", "14:00")),
        ("thu 14:61", Unreadable("time", "14:61", "14:00")),
        ("25pm", Unreadable("time", "25pm", "14:00")),
        ("soon", Unreadable("moment", "soon", "2026-03-05 14:00")),
        ("٣/٥", Unreadable("moment", "٣/٥", "2026-03-05 14:00")),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_an_example(text: str, refusal: Unreadable) -> None:
    assert read(f"retarget 1.5.0 {text}") == UsageError(refusal)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2150, 1, 1)), st.times(), TODAYS)
def test_every_spelling_of_a_whole_date_means_the_same(day: date, clock: time, today: date) -> None:
    at = datetime.combine(day, clock.replace(second=0, microsecond=0))
    expected = slash.RetargetText(when=LocalWhen(at.date(), at.time()))
    for text in (
        f"{at:%Y-%m-%d %H:%M}",
        f"{at:%Y-%m-%dT%H:%M}",
        f"{at.year}년 {at.month}월 {at.day}일 {at.hour}시 {at.minute}분",
        f"{at:%a %d %b %Y %H:%M}",
        f"{at:%B %d %Y %I:%M%p}",
    ):
        assert parse(f"retarget {text}", today=today) == expected, text


@given(TODAYS, TODAYS)
def test_a_day_and_a_month_are_read_within_a_year(day: date, today: date) -> None:
    found = parse(f"retarget {day.month}/{day.day}", today=today)
    if isinstance(found, UsageError):
        assert (day.month, day.day) == (2, 29)
        return
    assert isinstance(found, slash.RetargetText)
    assert found.when is not None
    assert (found.when.day.month, found.when.day.day) == (day.month, day.day)
    assert -183 <= (found.when.day - today).days <= 366


def test_can_i_deploy_reads_its_words_in_any_order() -> None:
    expected = slash.CanIDeployText(
        type=ReleaseType.HOTFIX, when=LocalWhen(date(2026, 3, 6), time(16)), project="web"
    )
    assert read("can-i-deploy hotfix fri 16:00 web") == expected
    assert read("배포 가능 web 금요일 오후 4시 핫픽스") == expected
    assert read("배포가능? 지금 web") == slash.CanIDeployText(project="web")


# --- calendar ------------------------------------------------------------

YEAR_END = slash.AddBlackoutText(
    name="Year end",
    start=LocalWhen(date(2026, 12, 28)),
    end=LocalWhen(date(2027, 1, 3)),
    reason="company holiday",
)


NEW_YORK = WeeklyWindow(weekday=Weekday.FRIDAY, from_=time(9), to=time(11), zone="America/New_York")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("freeze web", slash.ShowFreeze(project="web")),
        ("freeze begin 1.5.0 early cut", slash.BeginFreezeText(release="1.5.0", reason="early cut")),
        ("프리즈 해제 1.5.0 배포 취소", slash.LiftFreezeText(release="1.5.0", reason="배포 취소")),
        ("blackout add", slash.AddBlackoutText()),
        ("blackout add “Year end” 2026-12-28 ~ 2027-01-03 company holiday", YEAR_END),
        ("blackout add Year end from 12/28 to 1/3 company holiday", YEAR_END),
        ("배포금지 추가 Year end 12/28부터 1/3까지 company holiday", YEAR_END),
        ("blackout add Year end 12월 28일~1월 3일 company holiday", YEAR_END),
        (
            "blackout add Promo 3/20 09:00 - 3/22 18:00",
            slash.AddBlackoutText(
                name="Promo",
                start=LocalWhen(date(2026, 3, 20), time(9)),
                end=LocalWhen(date(2026, 3, 22), time(18)),
            ),
        ),
        ("blackout add Promo 3/20", slash.AddBlackoutText(name="Promo", start=LocalWhen(date(2026, 3, 20)))),
        ("배포 금지 삭제 연말 휴가", slash.RemoveBlackoutText(blackout="연말 휴가")),
        (
            "window add tue 10:00-17:00",
            slash.AddWindowText(window=WeeklyWindow(weekday=Weekday.TUESDAY, from_=time(10), to=time(17))),
        ),
        (
            "윈도우 제거 화요일 10시부터 24시까지",
            slash.RemoveWindowText(window=WeeklyWindow(weekday=Weekday.TUESDAY, from_=time(10), to=time(0))),
        ),
        (
            "window add fri 9:00-11:00 new york",
            slash.AddWindowText(window=NEW_YORK),
        ),
        ("window remove fri 9:00-11:00 America/New_York", slash.RemoveWindowText(window=NEW_YORK)),
        ("window add", slash.AddWindowText()),
    ],
)
def test_a_calendar_verb_reads_what_was_typed(text: str, expected: SlashCommand) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("window add tue 17:00-10:00", EndsBeforeStart("17:00", "10:00")),
        ("window add tue 10:00-17:00 berlni", Unreadable("zone", "berlni", "Asia/Seoul", "berlin")),
        (
            "window add tusday 10:00-17:00",
            Unreadable("weekday", "tusday", "/release window add tue 10:00-17:00", "tuesday"),
        ),
        ("freeze link", Unreadable("subcommand", "link", "/release freeze begin 1.5.0")),
        ("window link x", Unreadable("subcommand", "link", "/release window add tue 10:00-17:00")),
        (
            "blackout link",
            Unreadable("subcommand", "link", '/release blackout add "Year end" 2026-12-28 ~ 2027-01-03'),
        ),
        ("window add tue", Unreadable("hours", "", "/release window add tue 10:00-17:00")),
        (
            "blackout add Promo",
            Unreadable("date", "Promo", '/release blackout add "Year end" 2026-12-28 ~ 2027-01-03'),
        ),
    ],
)
def test_a_calendar_verb_says_what_it_cannot_read(text: str, refusal: Unreadable | EndsBeforeStart) -> None:
    assert read(text) == UsageError(refusal)


# --- the month ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-03", date(2026, 3, 1)),
        ("2026/3", date(2026, 3, 1)),
        ("202612", date(2026, 12, 1)),
        ("3월", date(2026, 3, 1)),
        ("2027년 3월", date(2027, 3, 1)),
        ("2027년3월", date(2027, 3, 1)),
        ("2027 년 3 월", date(2027, 3, 1)),
        ("March", date(2026, 3, 1)),
        ("mar 2027", date(2027, 3, 1)),
        ("sept.", date(2026, 9, 1)),
        ("now", date(2026, 3, 1)),
        ("this month", date(2026, 3, 1)),
        ("이번 달", date(2026, 3, 1)),
        ("next", date(2026, 4, 1)),
        ("next month", date(2026, 4, 1)),
        ("다음 달", date(2026, 4, 1)),
        ("다음달", date(2026, 4, 1)),
        ("last month", date(2026, 2, 1)),
        ("지난달", date(2026, 2, 1)),
    ],
)
def test_a_month_is_read_in_both_languages(text: str, month: date) -> None:
    assert read(f"calendar {text}") == slash.CalendarText(month=month)
    assert read(f"달력 {text} web") == slash.CalendarText(month=month, project="web")
    assert read(f"캘린더 web {text}") == slash.CalendarText(month=month, project="web")


@pytest.mark.parametrize(
    ("today", "text", "month"),
    [
        (date(2026, 11, 21), "9월", date(2026, 9, 1)),
        (date(2026, 11, 21), "May", date(2026, 5, 1)),
        (date(2026, 11, 21), "April", date(2027, 4, 1)),
        (date(2026, 12, 31), "next", date(2027, 1, 1)),
        (date(2027, 1, 1), "last month", date(2026, 12, 1)),
    ],
)
def test_a_month_more_than_half_a_year_back_is_next_years(today: date, text: str, month: date) -> None:
    assert parse(f"calendar {text}", today=today) == slash.CalendarText(month=month)


def test_a_project_may_stand_alone_for_its_present_month() -> None:
    assert read("calendar web") == slash.CalendarText(project="web")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("calendar 2026-13", Unreadable("month", "2026-13", "2026-03")),
        ("calendar 0월", Unreadable("month", "0월", "2026-03")),
        ("calendar 1999-12", Unreadable("month", "1999-12", "2026-03")),
        ("calendar 2028", Unreadable("year", "2028", "2027")),
        ("달력 2025년", Unreadable("year", "2025년", "2027")),
        ("year web soon", Unreadable("year", "soon", "2027")),
        ("내년 언젠가", Unreadable("year", "언젠가", "2027")),
        ("calendar 2027 web now", Unreadable("subcommand", "now")),
        ("calendar 13", Unreadable("month", "13", "2026-03")),
        ("calendar 2026-03-05", Unreadable("month", "2026-03-05", "2026-03")),
        ("calendar marhc", Unreadable("month", "marhc", "2026-03", "march")),
        ("calendar web soon", Unreadable("month", "soon", "2026-03")),
        ("달력 다다음달", Unreadable("month", "다다음달", "2026-03", "다음달")),
        ("달력 언젠가", Unreadable("month", "언젠가", "2026-03")),
        ("calendar 2026-03 web now", Unreadable("subcommand", "now")),
    ],
)
def test_a_month_that_cannot_be_says_how_one_is_written(text: str, refusal: Unreadable) -> None:
    assert read(text) == UsageError(refusal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("calendar 2027", slash.YearText(year=2027)),
        ("calendar 2026", slash.YearText(year=2026)),
        ("달력 2027년", slash.YearText(year=2027)),
        ("달력 내년", slash.YearText(year=2027)),
        ("calendar next year web", slash.YearText(year=2027, project="web")),
        ("calendar web this year", slash.YearText(year=2026, project="web")),
        ("year 2027", slash.YearText(year=2027)),
        ("year web", slash.YearText(project="web")),
        ("year web 2027", slash.YearText(year=2027, project="web")),
        ("내년 2027 년 web", slash.YearText(year=2027, project="web")),
        ("새해 준비 web", slash.YearText(project="web")),
    ],
)
def test_a_year_is_read_in_both_languages(text: str, expected: slash.YearText) -> None:
    assert read(text) == expected


# --- war room and roles ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("warroom outage", slash.WarroomText(playbook=ListPhase.OUTAGE)),
        ("워룸 장애 1.5.0", slash.WarroomText(release="1.5.0", playbook=ListPhase.OUTAGE)),
        ("warroom data-loss", slash.WarroomText(playbook=ListPhase.DATA_LOSS)),
        ("warroom data loss here", slash.WarroomText(adopt=True, playbook=ListPhase.DATA_LOSS)),
        ("워룸 데이터 손실", slash.WarroomText(playbook=ListPhase.DATA_LOSS)),
        ("warroom security", slash.WarroomText(playbook=ListPhase.SECURITY)),
        ("워룸 보안", slash.WarroomText(playbook=ListPhase.SECURITY)),
        ("warroom here 1.5.0", slash.WarroomText(release="1.5.0", adopt=True)),
        ("워룸 web 1.5.0", slash.WarroomText(release="1.5.0", project="web")),
        ("ic <@U123|mina>", slash.IcText(user="U123")),
        ("ic me", slash.IcText()),
        ("step database", slash.StepText(step=StepKey.DATABASE)),
        ("roles link <@U1>", slash.LinkAuthorText(user="U1")),
        ("log “db” is back <@U1>", slash.LogText(text="“db” is back <@U1>")),
        ("log 👩‍💻 at work", slash.LogText(text="👩‍💻 at work")),
        (
            "step database done 12 min",
            slash.StepText(step=StepKey.DATABASE, state=StepMove.DONE, note="12 min"),
        ),
        ("step database add", slash.StepText(step=StepKey.DATABASE, state=StepMove.ADDED)),
        ("단계 데이터베이스 추가", slash.StepText(step=StepKey.DATABASE, state=StepMove.ADDED)),
        ("step done database", slash.StepText(step=StepKey.DATABASE, state=StepMove.DONE)),
        ("단계 상태 점검 시작", slash.StepText(step=StepKey.HEALTH_CHECK, state=StepMove.STARTED)),
        ("단계 헬스 체크 시작", slash.StepText(step=StepKey.HEALTH_CHECK, state=StepMove.STARTED)),
        ("단계 헬스체크 완료", slash.StepText(step=StepKey.HEALTH_CHECK, state=StepMove.DONE)),
        ("escalate to tech lead no answer", slash.EscalateText(role=Role.TECH_LEAD, note="no answer")),
        ("escalate nobody answers", slash.EscalateText(note="nobody answers")),
        ("해결 모두 정상", slash.ResolveText(summary="모두 정상")),
        ("roles give qa lead <@U1|mina>", slash.GiveRoleText(role=Role.QA_LEAD, holder="U1")),
        ("역할 부여 <!subteam^S123|@qa> QA 리드", slash.GiveRoleText(role=Role.QA_LEAD, holder="S123")),
        ("roles take dba", slash.TakeRoleText(role=Role.DBA)),
        ("roles link <mailto:A@b.c|A@b.c> <@U1>", slash.LinkAuthorText(email="a@b.c", user="U1")),
        ("roles web", slash.ShowRoles(project="web")),
    ],
)
def test_rooms_and_roles_read_what_was_typed(text: str, expected: SlashCommand) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("ic mina", Unreadable("person", "mina", "/release ic @mina")),
        ("step databse done", Unreadable("step", "databse", "/release step database done", "database")),
        (
            "roles give qa_led <@U1>",
            Unreadable("role", "qa_led", "/release roles give qa_lead @mina", "qa_lead"),
        ),
        ("roles give qa_lead @mina", Unreadable("holder", "@mina", "/release roles give qa_lead @mina")),
        ("roles link mina <@U1>", Unreadable("email", "mina", "/release roles link mina@example.com @mina")),
    ],
)
def test_rooms_and_roles_say_what_they_cannot_read(text: str, refusal: Unreadable) -> None:
    assert read(text) == UsageError(refusal)


def test_every_role_and_step_can_be_typed() -> None:
    assert set(ROLES.values()) == set(Role) - {Role.STAKEHOLDER}
    assert set(STEPS.values()) == set(StepKey)


# --- anything at all ------------------------------------------------------------

_WORDS = st.sampled_from(
    [
        *ALIASES,
        *ACTIONS,
        *ROLES,
        *STEPS,
        *(
            "payload",
            "ssl_check",
            "1.5.0",
            "v1",
            "3/5",
            "13/45",
            "3월",
            "5일",
            "오후",
            "2시",
            "24:00",
            "next",
            "thu",
        ),
        *(
            "~",
            "-",
            '"',
            "“",
            "”",
            "<@U1|x>",
            "<!subteam^S1>",
            "<#C1|x>",
            "&amp;",
            "&lt;",
            "\u202e",
            "\u200b",
            "👩‍💻",
        ),
        *(
            "add",
            "remove",
            "begin",
            "lift",
            "give",
            "take",
            "link",
            "from",
            "to",
            "2026-12-28",
            "99:99",
            "٣/٥",
            "²",
        ),
    ]
)
_ANYTHING = st.lists(_WORDS | st.text(max_size=12), max_size=12).flatmap(
    lambda words: st.sampled_from([" ", "\u00a0", "\u3000", "", "\n"]).map(lambda space: space.join(words))
)


@settings(max_examples=rounds(300, 10_000), deadline=None)
@given(_ANYTHING, TODAYS)
@example("\ud800 \x00", MONDAY)
@example("roles link " + "@" * 4000, MONDAY)
def test_any_text_is_a_command_or_a_usage_error(text: str, today: date) -> None:
    found = parse(text, today=today)
    assert isinstance(found, (*get_args(SlashCommand), UsageError))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "/",
        "~",
        "3/5~",
        '"',
        "<",
        "<@",
        "&amp;",
        "가",
        "👩‍💻",
        "start ",
        "1.",
        "blackout add 3",
        "- ",
    ],
)
@pytest.mark.timeout(20)  # a pattern that goes back and forth would take years
def test_four_thousand_characters_are_read_in_a_moment(unit: str) -> None:
    text = unit * (4000 // len(unit))
    for verb in ("", "start ", "blackout add ", "window add ", "can-i-deploy ", "roles give ", "advance "):
        assert isinstance(parse(verb + text, today=MONDAY), (*get_args(SlashCommand), UsageError))


# --- digest -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("digest on", slash.DigestText(on=True)),
        ("digest OFF", slash.DigestText(on=False)),
        ("요약 켜기", slash.DigestText(on=True)),
        ("요약 끄기", slash.DigestText(on=False)),
        ("digest 08:30", slash.DigestText(on=True, at=time(8, 30))),
        ("digest on at 8:30am", slash.DigestText(on=True, at=time(8, 30))),
        ("요약 오전 8시 반", slash.DigestText(on=True, at=time(8, 30))),
        ("요약 켜기 8시 30분", slash.DigestText(on=True, at=time(8, 30))),
        ("digest 24:00", slash.DigestText(on=True, at=time(0))),
    ],
)
def test_a_digest_is_turned_on_and_off_and_to_a_time(text: str, wanted: SlashCommand) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("digest of", Unreadable("switch", "of", "/release digest 08:30", "off")),
        ("digest 8", Unreadable("switch", "8", "/release digest 08:30")),
        ("digest 25:00", Unreadable("time", "25:00", "14:00")),
        ("digest off 08:30", Unreadable("subcommand", "08:30")),
        ("digest on tomorrow", Unreadable("subcommand", "tomorrow")),
    ],
)
def test_other_words_for_a_digest_are_said_to_be_unreadable(text: str, refusal: Unreadable) -> None:
    assert read(text) == UsageError(refusal)


def test_a_post_mortem_is_named_and_what_goes_out_again() -> None:
    assert parse("postmortem 1.6.0", today=MONDAY) == slash.PostmortemText(release="1.6.0")
    linked = slash.PostmortemText(release="1.6.0", redeploy="v1.6.1", project="web")
    assert parse("postmortem web 1.6.0 v1.6.1", today=MONDAY) == linked
    assert parse("사후분석 1.6.0 soon", today=MONDAY) == UsageError(
        Unreadable("version", "soon", "/release postmortem 1.6.0 1.6.1")
    )
