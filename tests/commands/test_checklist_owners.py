"""Whose an item is: told, reminded when it is due, seen among what waits for them; and ticks taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from commands.checklists.open import open_in_room
from commands.requests import AssignItem, Cancel, OpenRoom, TickItems, UntickItem, WaiveItem
from commands.rollback.case import room_case
from commands.show import lists
from commands.show.checklists import checklists
from domain.checklists.model import NamedItem, Phase
from domain.errands import InThread, ItemDue, Tell, ToPerson
from domain.events import ItemAssigned, ItemsTicked, RoomOpened
from domain.names import Names
from domain.refusals import NotYourItem, TextMissing, UnknownItem
from domain.reminders import Reminder
from domain.rollback import RoomState
from domain.types import ReminderKind
from domain.views import Task
from storage import reminders, rooms
from tests.support.driver import Driver
from tests.support.world import DBA, DEV, IC, OPS, PROJECT, QA, RM, origin

HOUR = timedelta(hours=1)
PRE, STAGING = Phase.PRE_RELEASE, Phase.STAGING


def item(drive: Driver, release: str, key: str, phase: Phase = PRE) -> NamedItem:
    view = next(one for one in drive.read(checklists, release).lists if one.phase is phase)
    return next(one.judged.item.named for one in view.items if one.key == key)


def given(
    drive: Driver, release: str, user: str = DEV, key: str = "api_docs", hours: int = 2
) -> ItemAssigned:
    due = drive.clock() + hours * HOUR
    event = drive.ok(AssignItem(release=release, phase=PRE, key=key, user=user, due=due), RM)
    assert isinstance(event, ItemAssigned)
    return event


def due_told(drive: Driver) -> list[Tell]:
    return drive.told(ItemDue)


def mine(drive: Driver, user: str, *kinds: str) -> list[Task]:
    return [task for task in drive.read(lists.mine, user).tasks if task.kind in kinds]


# --- told and reminded ---------------------------------------------------------------------------------------


def test_who_is_given_an_item_is_told_in_a_direct_message_and_nobody_else(drive: Driver) -> None:
    event = given(drive, drive.start())
    assert [(tell.to, tell.said) for tell in drive.told(ItemAssigned)] == [(ToPerson(DEV), event)]


def test_who_takes_an_item_needs_no_message(drive: Driver) -> None:
    given(drive, drive.start(), user=RM)
    assert drive.told(ItemAssigned) == []


def test_an_item_that_is_open_when_it_is_due_is_told_to_its_owner_once(drive: Driver) -> None:
    release = drive.start()
    event = given(drive, release)
    drive.clock.move(hours=1, minutes=59)
    drive.tick()
    assert due_told(drive) == []
    drive.clock.move(minutes=1)
    drive.tick()
    drive.clock.move(hours=5)
    drive.tick()
    assert event.due is not None
    said = ItemDue(phase=PRE, item=event.item, due=event.due, release=release, version=event.version)
    assert [(tell.to, tell.said) for tell in due_told(drive)] == [(ToPerson(DEV), said)]


def test_what_is_done_or_waived_by_then_is_not_due(drive: Driver) -> None:
    release = drive.start()
    given(drive, release)
    given(drive, release, key="network_checked")
    drive.ok(TickItems(release=release, phase=PRE, keys=("api_docs",)), RM)
    drive.ok(WaiveItem(release=release, phase=PRE, key="network_checked", reason="no network"), RM)
    drive.clock.move(hours=2)
    drive.tick()
    assert due_told(drive) == []
    assert [action for action, _, _ in drive.audited()].count("AnnouncementSkipped") == 2


def test_another_owner_or_time_takes_the_place_of_the_first(drive: Driver) -> None:
    release = drive.start()
    given(drive, release)
    later = given(drive, release, user=DBA, hours=3)
    drive.clock.move(hours=2)
    drive.tick()
    assert due_told(drive) == []
    drive.clock.move(hours=1)
    drive.tick()
    assert [(tell.to, tell.said.due) for tell in due_told(drive)] == [(ToPerson(DBA), later.due)]


def test_an_item_without_an_owner_or_a_time_is_due_to_nobody(drive: Driver) -> None:
    release = drive.start()
    given(drive, release)
    drive.ok(AssignItem(release=release, phase=PRE, key="api_docs", user=DEV), RM)
    drive.clock.move(hours=2)
    drive.tick()
    assert due_told(drive) == []


def test_nothing_is_due_of_a_release_that_has_ended(drive: Driver) -> None:
    release = drive.start()
    given(drive, release)
    drive.ok(Cancel(release=release, reason="not now"), RM)
    drive.clock.move(hours=2)
    drive.tick()
    assert due_told(drive) == []


def test_a_reminder_of_what_is_gone_says_nothing(drive: Driver) -> None:
    at = drive.clock()
    gone = Reminder(
        key="item_due:nothing",
        kind=ReminderKind.ITEM_DUE,
        subject="items:nothing",
        due=at,
        expires=at + HOUR,
        about=DEV,
        occasion="pre_release/api_docs",
    )
    with drive.tx() as tx:
        reminders.add(tx, PROJECT, [gone])
    drive.tick()
    assert due_told(drive) == []


# --- what waits ----------------------------------------------------------------------------------------------


def test_an_item_of_mine_waits_for_me_until_it_is_settled(drive: Driver) -> None:
    release = drive.start()
    event = given(drive, release)
    (task,) = mine(drive, DEV, "item")
    assert (task.release, task.names, task.due) == (release, event.item.text, event.due)
    drive.ok(TickItems(release=release, phase=PRE, keys=("api_docs",)), DEV)
    assert mine(drive, DEV, "item") == []


def test_items_of_an_ended_release_wait_for_nobody(drive: Driver) -> None:
    release = drive.start()
    given(drive, release)
    drive.ok(Cancel(release=release, reason="not now"), RM)
    assert mine(drive, DEV, "item") == []


def test_a_list_that_stops_the_next_step_waits_for_who_can_settle_it(drive: Driver) -> None:
    release = drive.to_qa()
    for key in ("performance", "logs_clean"):
        drive.ok(UntickItem(release=release, phase=STAGING, key=key), QA)
    (task,) = mine(drive, QA, "checklist")
    assert (task.phase, task.open) == (STAGING, 2)
    assert mine(drive, DBA, "checklist") == []
    assert task.names is None


def _playbook(drive: Driver) -> str:
    """A war room with its playbook, one item of which is a developer's within the hour."""
    opened = drive.ok(OpenRoom(project=PROJECT), IC)
    assert isinstance(opened, RoomOpened)
    with drive.tx() as tx:
        open_in_room(tx, room_case(tx, opened.room), [Phase.OUTAGE], origin(IC))
    due = drive.clock() + HOUR
    request = AssignItem(room=opened.room, phase=Phase.OUTAGE, key="stand_in", user=DEV, due=due)
    drive.ok(request, IC)
    return opened.room


def test_an_item_of_a_war_room_is_due_and_waits_like_any_other(drive: Driver) -> None:
    room = _playbook(drive)
    (task,) = mine(drive, DEV, "item")
    assert (task.release, task.version, task.due) == ("", "", drive.clock() + HOUR)
    drive.clock.move(hours=1)
    drive.tick()
    (tell,) = due_told(drive)
    assert isinstance(tell.said, ItemDue)
    assert (tell.to, tell.said.room, tell.said.item.key) == (ToPerson(DEV), room, "stand_in")


def test_items_of_a_war_room_that_is_closed_wait_for_nobody(drive: Driver) -> None:
    room = _playbook(drive)
    with drive.tx() as tx:
        found = rooms.get(tx, room)
        assert found is not None
        rooms.save(tx, found, replace(found, state=RoomState.CLOSED))
    assert mine(drive, DEV, "item") == []
    drive.clock.move(hours=1)
    drive.tick()
    assert due_told(drive) == []


# --- taken back ----------------------------------------------------------------------------------------------


def test_one_request_ticks_some_and_takes_others_back(drive: Driver) -> None:
    release = drive.to_qa()
    drive.ok(UntickItem(release=release, phase=STAGING, key="performance"), QA)
    request = TickItems(release=release, phase=STAGING, keys=("performance",), untick=("logs_clean",))
    event = drive.ok(request, QA)
    assert event == ItemsTicked(
        phase=STAGING,
        items=(item(drive, release, "performance", STAGING),),
        reopened=(item(drive, release, "logs_clean", STAGING),),
        release=release,
        version=str(drive.release(release).version),
        candidate=1,
        open=1,
    )
    assert InThread(release) in [tell.to for tell in drive.told(ItemsTicked)]


def test_what_somebody_took_back_meanwhile_is_left_as_it_is(drive: Driver) -> None:
    release = drive.to_qa()
    drive.ok(UntickItem(release=release, phase=STAGING, key="performance"), QA)
    assert drive.no(TickItems(release=release, phase=STAGING, keys=(), untick=("performance",)), QA) == (
        TextMissing("items")
    )
    assert drive.no(TickItems(release=release, phase=STAGING, keys=()), QA) == TextMissing("items")


def test_only_who_may_tick_takes_a_tick_back(drive: Driver) -> None:
    release = drive.to_qa()
    refusal = drive.no(TickItems(release=release, phase=STAGING, keys=(), untick=("performance",)), DBA)
    assert isinstance(refusal, NotYourItem)
    assert refusal.items == (item(drive, release, "performance", STAGING),)


def test_an_item_that_the_list_has_not_cannot_be_taken_back(drive: Driver) -> None:
    release = drive.to_qa()
    refusal = drive.no(TickItems(release=release, phase=STAGING, keys=(), untick=("nothing",)), OPS)
    assert isinstance(refusal, UnknownItem)
    assert refusal.key == "nothing"


def test_names_of_an_item_are_those_of_its_list(drive: Driver) -> None:
    assert item(drive, drive.start(), "https_on").text == Names(ko="HTTPS가 켜져 있습니다", en="HTTPS is on")
