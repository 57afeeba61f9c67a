"""What Slack refuses is told to who can do something about it, or tried again once somebody did."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivered import AGAIN, TRIES, slack_refused
from bot.slack import Refusal
from commands.requests import OpenRoom, SendNotice
from domain.errands import (
    Downtime,
    DowntimeCalledOff,
    DowntimeOverrun,
    InChannel,
    InThread,
    InviteToRoom,
    Notice,
    RoomOutside,
    Tell,
    ToPerson,
)
from domain.events import NoticeNotSent, RoomNotMade
from domain.notices import NoticeAudience, NoticeKind
from domain.rollout.downtime import WhyOff
from messages.lines import line
from messages.texts import Reader
from storage import outbox
from storage.db import Database
from storage.db.tx import Tx
from storage.outbox import Claimed
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, PM, PROJECT, World

LEASE = timedelta(seconds=60)
DOWN: dict[str, Any] = {
    "release": "",
    "version": "1.5.0",
    "since": datetime(2026, 3, 7, 6, tzinfo=UTC),
    "until": datetime(2026, 3, 7, 8, tzinfo=UTC),
}
EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")


@pytest.fixture
def drive(database: Database, clock: HandClock, shop: World, monkeypatch: pytest.MonkeyPatch) -> Driver:
    monkeypatch.setattr(Tx, "wall", lambda _: clock())
    drive = Driver(database, clock)
    drive.ok(OpenRoom(project=PROJECT, adopt="C0TALK"), PM)
    return drive


def claimed(drive: Driver) -> Claimed | None:
    """The first errand of the room that is due."""
    with drive.tx() as tx:
        found = outbox.claim_due(tx, git=False, limit=40, lease=LEASE)
    return next((item for item in found if item.lane.startswith("room:")), None)


def refuse(drive: Driver, code: str) -> Claimed:
    item = claimed(drive)
    assert item is not None
    with drive.tx() as tx:
        slack_refused(tx, item, Refusal(code))
    return item


def test_who_made_a_channel_the_war_room_is_told_to_invite_naru_and_then_it_goes_on(drive: Driver) -> None:
    first = refuse(drive, "channel_not_found")
    assert isinstance(first.errand, InviteToRoom)
    assert claimed(drive) is None
    drive.clock.at += AGAIN
    again = refuse(drive, "not_in_channel")
    assert (again.id, again.attempts) == (first.id, 2)

    told = drive.told(RoomOutside)

    said = RoomOutside(room=first.errand.room, channel="C0TALK")
    assert [(one.to, one.said) for one in told] == [(ToPerson(PM), said)]
    assert line(EN, said, "") == (
        "The war room cannot be set up in <#C0TALK>: Naru is not in that channel. Type `/invite @Naru` there; "
        "the rest follows by itself within a minute."
    )
    assert line(KO, said, "").startswith("<#C0TALK> 채널에 워룸을 준비하지 못했습니다.")


def test_any_other_no_of_slack_ends_the_errand_and_the_next_one_is_tried(drive: Driver) -> None:
    first = refuse(drive, "restricted_action")

    following = claimed(drive)

    assert following is not None
    assert following.id != first.id
    assert drive.told(RoomOutside) == []


def test_nobody_is_waited_for_longer_than_an_hour(drive: Driver) -> None:
    first = claimed(drive)
    assert first is not None
    last = Claimed(first.id, first.lane, first.errand, TRIES + 1, first.added_at, None)
    with drive.tx() as tx:
        slack_refused(tx, last, Refusal("not_in_channel"))

    following = claimed(drive)

    assert following is not None
    assert following.id != first.id


def test_after_that_hour_another_channel_may_take_its_place(drive: Driver) -> None:
    first = claimed(drive)
    assert first is not None
    last = Claimed(first.id, first.lane, first.errand, TRIES + 1, first.added_at, None)
    with drive.tx() as tx:
        slack_refused(tx, last, Refusal("channel_not_found"))

    assert claimed(drive) is None
    lost = {one.said for one in drive.told(RoomNotMade)}
    assert [one.lost for one in lost if isinstance(one, RoomNotMade)] == ["C0TALK"]


def test_who_sent_a_notice_reads_where_it_did_not_arrive(drive: Driver) -> None:
    release = drive.start()
    request = SendNotice(
        release=release,
        kind=NoticeKind.DELAYED,
        audience=NoticeAudience.TEAM,
        texts=(("ko", "목요일 대신 월요일"),),
    )
    drive.ok(request, PM)
    item = _notice(drive)
    with drive.tx() as tx:
        slack_refused(tx, item, Refusal("not_in_channel"))

    told = drive.told(NoticeNotSent)

    said = NoticeNotSent(
        release=release,
        version="1.5.0",
        kind=NoticeKind.DELAYED,
        channel=CHANNEL,
        code="not_in_channel",
    )
    assert [(one.to, one.said) for one in told] == [(InThread(release), said), (ToPerson(PM), said)]
    assert line(EN, said, "") == (
        f"*v1.5.0* ⚠ Notice *not* sent: <#{CHANNEL}>\n"
        "Naru is not in that channel. Type `/invite @Naru` there. "
        "Then send it again: `/release notice 1.5.0 delayed`"
    )
    assert "`is_archived`" in line(KO, replace(said, code="is_archived"), "")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Downtime(**DOWN, ahead=True), NoticeKind.AHEAD),
        (Downtime(**DOWN), NoticeKind.STARTED),
        (Downtime(**DOWN, over=True), NoticeKind.DONE),
        (DowntimeOverrun(**DOWN), NoticeKind.DELAYED),
        (DowntimeCalledOff(**DOWN, why=WhyOff.CANCELLED), NoticeKind.ABORTED),
    ],
)
def test_a_downtime_that_a_channel_does_not_take_is_told_like_a_notice(
    drive: Driver, said: Downtime | DowntimeOverrun | DowntimeCalledOff, kind: NoticeKind
) -> None:
    """Nobody sent it, so nobody but the thread is told."""
    release = drive.start()
    errand = Tell(
        project=PROJECT, to=InChannel("C0STATUS"), said=replace(said, release=release), at=drive.clock()
    )
    with drive.tx() as tx:
        slack_refused(tx, Claimed(0, "C0STATUS", errand, 1, drive.clock(), None), Refusal("not_in_channel"))
    (told,) = drive.told(NoticeNotSent)
    event = NoticeNotSent(
        release=release, version="1.5.0", kind=kind, channel="C0STATUS", code="not_in_channel"
    )
    assert (told.to, told.said) == (InThread(release), event)


def _notice(drive: Driver) -> Claimed:
    """The notice, once all that stood before it in its channel is sent."""
    while True:
        with drive.tx() as tx:
            found = outbox.claim_due(tx, git=False, limit=40, lease=LEASE)
            for item in found:
                if isinstance(item.errand, Tell) and isinstance(item.errand.said, Notice):
                    return item
            assert found
            outbox.finish(tx, [(item.id, "sent") for item in found])
