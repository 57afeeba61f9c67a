"""A person answers a reminder: only they are spared it, and only while it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from commands.load import load_policy
from commands.requests import (
    AcknowledgeReminder,
    HandOver,
    Request,
    ResumeReminder,
    Retarget,
    SnoozeReminder,
)
from domain.errands import ApprovalWaiting, InThread, MonitoringOver, QaDue, SoakOver, Tell, ToPerson
from domain.events import ReminderResumed, ReminderSeen, ReminderSnoozed
from domain.refusals import AlreadySo, Gone
from domain.reminders import Later, monitoring_over
from domain.types import Action, ReleaseType, ReminderKind
from storage import answers
from storage.db import Tx
from storage.tables import AnswerRow
from tests.support.driver import Driver
from tests.support.world import CHANNEL, IC, OPS, PM, PROJECT, QA, RM, RM2, TL, policy

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
R, K = ReleaseType, ReminderKind
SEEN = "reminder_seen"


def after(drive: Driver, by: timedelta) -> None:
    """Time passes minute by minute, as the scheduler would see it."""
    until = drive.clock() + by
    while drive.clock() < until:
        drive.clock.set(min(until, drive.clock() + MINUTE))
        drive.tick()


def tellings(drive: Driver, user: str, kind: type = ApprovalWaiting) -> list[Tell]:
    return [tell for tell in drive.told(kind) if tell.to == ToPerson(user)]


def hotfix(drive: Driver) -> tuple[str, str]:
    """A hotfix whose approver was reminded once: its id, and the key of the reminder."""
    release = drive.to_approval(R.HOTFIX)
    after(drive, 5 * MINUTE)
    (told,) = tellings(drive, IC)
    return release, told.reminder


def seen(drive: Driver, user: str, reminder: str) -> ReminderSeen:
    event = drive.ok(AcknowledgeReminder(project=PROJECT, reminder=reminder), user)
    assert isinstance(event, ReminderSeen)
    return event


def test_a_reminder_to_a_person_can_be_answered_and_one_to_the_thread_cannot(drive: Driver) -> None:
    release, reminder = hotfix(drive)
    assert [(tell.to, tell.reminder) for tell in drive.told(ApprovalWaiting)] == [
        (ToPerson(IC), reminder),
        (InThread(release), ""),
    ]


def test_who_has_seen_it_is_spared_while_thread_and_escalation_go_on(drive: Driver) -> None:
    release, reminder = hotfix(drive)
    event = seen(drive, IC, reminder)
    version = str(drive.release(release).version)
    assert event == ReminderSeen(
        project=PROJECT, reminder=reminder, kind=K.APPROVAL_WAITING, release=release, version=version
    )
    assert [tell.to for tell in drive.told(ReminderSeen)] == [ToPerson(IC), InThread(release)]
    after(drive, 5 * MINUTE)
    assert [t.to for t in drive.told(ApprovalWaiting)][2:] == [
        InThread(release),
        *(ToPerson(user) for user in (RM, RM2)),
    ]
    after(drive, 30 * MINUTE)
    assert len(tellings(drive, IC)) == 1
    assert len(tellings(drive, PM)) > 0


def test_who_is_told_by_escalation_can_answer_too(drive: Driver) -> None:
    hotfix(drive)
    after(drive, 5 * MINUTE)
    (told,) = tellings(drive, RM)
    seen(drive, RM, told.reminder)
    after(drive, 5 * MINUTE)
    assert (len(tellings(drive, RM)), len(tellings(drive, IC))) == (1, 3)


def test_having_seen_it_twice_is_answered_and_told_once(drive: Driver) -> None:
    release, reminder = hotfix(drive)
    seen(drive, IC, reminder)
    again = drive.no(AcknowledgeReminder(project=PROJECT, reminder=reminder), IC)
    assert again == AlreadySo(SEEN)
    drive.ok(ResumeReminder(project=PROJECT, reminder=reminder), IC)
    seen(drive, IC, reminder)
    assert [tell.to for tell in drive.told(ReminderSeen)].count(InThread(release)) == 1


def test_an_answer_is_taken_back_once(drive: Driver) -> None:
    release, reminder = hotfix(drive)
    seen(drive, IC, reminder)
    back = drive.ok(ResumeReminder(project=PROJECT, reminder=reminder), IC)
    version = str(drive.release(release).version)
    assert back == ReminderResumed(
        project=PROJECT, reminder=reminder, kind=K.APPROVAL_WAITING, release=release, version=version
    )
    refused = drive.no(ResumeReminder(project=PROJECT, reminder=reminder), IC)
    assert refused == Gone("reminder_answer")
    after(drive, 5 * MINUTE)
    assert len(tellings(drive, IC)) == 2


def test_a_reminder_put_off_comes_again_at_its_moment_and_goes_on_from_there(drive: Driver) -> None:
    _, reminder = hotfix(drive)
    at = drive.clock()
    event = drive.ok(SnoozeReminder(project=PROJECT, reminder=reminder, later=Later.QUARTER), IC)
    assert isinstance(event, ReminderSnoozed)
    assert event.until == at + 15 * MINUTE
    after(drive, 14 * MINUTE)
    assert len(tellings(drive, IC)) == 1
    after(drive, 2 * MINUTE)
    assert [(tell.at, tell.reminder) for tell in tellings(drive, IC)[1:]] == [(at + 15 * MINUTE, reminder)]
    after(drive, 10 * MINUTE)
    assert [tell.at for tell in tellings(drive, IC)[2:]] == [at + 20 * MINUTE, at + 25 * MINUTE]
    assert [tell.to for tell in drive.told(ReminderSnoozed)] == [ToPerson(IC)]


def test_a_later_answer_replaces_an_earlier_one(drive: Driver) -> None:
    _, reminder = hotfix(drive)
    drive.ok(SnoozeReminder(project=PROJECT, reminder=reminder, later=Later.QUARTER), IC)
    drive.ok(SnoozeReminder(project=PROJECT, reminder=reminder, later=Later.HOUR), IC)
    after(drive, 30 * MINUTE)
    assert len(tellings(drive, IC)) == 1
    seen(drive, IC, reminder)
    after(drive, HOUR)
    assert len(tellings(drive, IC)) == 1


def test_what_is_settled_meanwhile_is_not_said_again(drive: Driver) -> None:
    release, reminder = hotfix(drive)
    drive.ok(SnoozeReminder(project=PROJECT, reminder=reminder, later=Later.HOUR), IC)
    drive.decide(release, IC)
    after(drive, 2 * HOUR)
    assert len(tellings(drive, IC)) == 1
    assert ("AnnouncementSkipped", "done") in {(action, outcome) for action, outcome, _ in drive.audited()}


@pytest.mark.parametrize(
    "request_of",
    [
        lambda key: AcknowledgeReminder(project=PROJECT, reminder=key),
        lambda key: SnoozeReminder(project=PROJECT, reminder=key, later=Later.HOUR),
        lambda key: ResumeReminder(project=PROJECT, reminder=key),
    ],
    ids=["seen", "later", "resume"],
)
def test_an_answer_to_nothing_is_refused(drive: Driver, request_of: Callable[[str], Request]) -> None:
    release, reminder = hotfix(drive)
    assert drive.no(request_of("forged"), IC) == Gone("reminder")
    assert drive.no(request_of(reminder), OPS) == Gone("reminder_others")
    drive.decide(release, IC)
    assert drive.no(request_of(reminder), IC) == Gone("reminder_settled")


def test_a_new_request_is_a_new_matter(drive: Driver) -> None:
    release, reminder = hotfix(drive)
    seen(drive, IC, reminder)
    drive.advance(release, Action.BUG_FOUND, note="crash")
    drive.advance(release, Action.REBUILD)
    drive.build(release, head="c" * 40)
    drive.advance(release, Action.STAGING_DEPLOYED, OPS, note="healthy")
    drive.pass_qa(release)
    after(drive, 5 * MINUTE)
    assert len(tellings(drive, IC)) == 2


def test_both_people_asked_for_an_emergency_answer_for_themselves(drive: Driver) -> None:
    drive.to_approval(R.EMERGENCY)
    after(drive, 15 * MINUTE)
    seen(drive, TL, tellings(drive, TL)[0].reminder)
    after(drive, 15 * MINUTE)
    assert (len(tellings(drive, TL)), len(tellings(drive, PM))) == (1, 2)


def test_qa_that_is_due_can_be_put_off_until_tomorrow_morning(drive: Driver) -> None:
    release = drive.to_qa()
    drive.clock.set(datetime(2026, 3, 4, 9, tzinfo=UTC))
    drive.tick()
    (told,) = tellings(drive, QA, QaDue)
    drive.ok(SnoozeReminder(project=PROJECT, reminder=told.reminder, later=Later.MORNING), QA)
    drive.clock.set(datetime(2026, 3, 5, 0, tzinfo=UTC))
    drive.tick()
    assert len(tellings(drive, QA, QaDue)) == 2
    drive.ok(Retarget(release=release, deploy_at=datetime(2026, 3, 12, 5, tzinfo=UTC), reason="late"), RM)
    assert drive.no(AcknowledgeReminder(project=PROJECT, reminder=told.reminder), QA) == Gone(
        "reminder_settled"
    )


def test_a_soak_that_is_over_concerns_its_captain_only_as_long_as_they_lead(drive: Driver) -> None:
    release = drive.to_qa()
    until = drive.release(release).soak_until
    assert until is not None
    drive.clock.set(until)
    drive.tick()
    (told,) = tellings(drive, RM, SoakOver)
    drive.ok(HandOver(release=release, to=RM2), RM)
    assert drive.no(AcknowledgeReminder(project=PROJECT, reminder=told.reminder), RM) == Gone(
        "reminder_others"
    )
    assert seen(drive, RM2, told.reminder).kind is K.SOAK_OVER


def test_who_is_asked_whether_to_close_can_put_that_off(drive: Driver) -> None:
    release = drive.to_released()
    over = drive.release(release).monitoring_until
    assert over is not None
    drive.clock.set(over)
    drive.tick()
    reminder = monitoring_over(drive.release(release))[0].key
    drive.ok(SnoozeReminder(project=PROJECT, reminder=reminder, later=Later.HOUR), RM)
    after(drive, HOUR)
    assert [(tell.at, tell.reminder) for tell in tellings(drive, RM, MonitoringOver)] == [
        (over + HOUR, reminder)
    ]
    drive.advance(release, Action.CLOSE)
    assert drive.no(AcknowledgeReminder(project=PROJECT, reminder=reminder), RM) == Gone("reminder_settled")


def test_a_muted_reminder_put_off_before_stays_muted(drive: Driver) -> None:
    _, reminder = hotfix(drive)
    drive.ok(SnoozeReminder(project=PROJECT, reminder=reminder, later=Later.QUARTER), IC)
    with drive.tx() as tx:
        load_policy(tx, policy(mute=["approval_waiting"]), CHANNEL)
    after(drive, 20 * MINUTE)
    assert len(tellings(drive, IC)) == 1


def test_answers_are_forgotten_with_the_reminders_they_speak_of(drive: Driver) -> None:
    _, reminder = hotfix(drive)
    seen(drive, IC, reminder)

    def kept(tx: Tx, at: datetime) -> int:
        answers.forget_old(tx, at)
        return len(tx.execute(select(col(AnswerRow.person))).all())

    with drive.tx() as tx:
        assert kept(tx, drive.clock() + 399 * DAY) == 1
        assert kept(tx, drive.clock() + 401 * DAY) == 0
    assert drive.chain_holds()
