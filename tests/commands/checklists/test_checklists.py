"""Ticking, waiving, taking back, assigning, reporting: as people and pipelines do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from commands import context
from commands.checklists.open import open_in_room
from commands.requests import (
    AssignItem,
    DeclareRollback,
    FinishPostmortem,
    NoteItem,
    OpenRoom,
    ReportCheck,
    TickItems,
    UntickItem,
    WaiveItem,
)
from commands.rollback.case import room_case
from commands.show.checklists import checklists, room_checklists
from commands.show.release import card
from domain import refusals as r
from domain.checklists.model import Auto, Check, ItemState, NamedItem, Phase
from domain.checklists.progress import Progress
from domain.checklists.standing import Proof, Standing
from domain.events import (
    CheckReported,
    ItemAssigned,
    ItemNoted,
    ItemReopened,
    ItemsTicked,
    ItemWaived,
    ListsOpened,
    RollbackDeclared,
)
from domain.needs import ItemsOpen, NotConfirmed
from domain.people import BOT, Origin, Role, Via
from domain.rollback import Criterion, RoomState
from domain.types import Action, ReleaseType, Stage
from domain.views import ItemView
from storage import checklists as stored
from storage import rooms
from storage.tables import ChecklistRow
from tests.support.driver import SHA, SHA2, Driver
from tests.support.world import DEV, IC, ONCALL, OPS, PM, QA, RM, TL, world

PRE, SOON = Phase.PRE_RELEASE, Phase.POST_SOON
CI = Origin(BOT, Via.BOT)


def item(drive: Driver, release: str, phase: Phase, key: str) -> ItemView:
    views = drive.read(checklists, release).lists
    return next(one for view in views if view.phase is phase for one in view.items if one.key == key)


def named(drive: Driver, release: str, phase: Phase, key: str) -> NamedItem:
    return item(drive, release, phase, key).judged.item.named


def tick(release: str, *keys: str, phase: Phase = PRE, **facts: Any) -> TickItems:
    return TickItems(release=release, phase=phase, keys=keys, **facts)


def report(drive: Driver, check: Check = Check.CVE, **facts: Any) -> Any:
    known: dict[str, Any] = {"project": "shop", "sha": SHA, "check": check, "passed": True}
    outcome = drive.do(ReportCheck(**(known | facts)), "", via=Via.BOT)
    return getattr(outcome, "event", None) or getattr(outcome, "refusal", None)


def test_items_are_ticked_in_one_request_with_who_and_when(drive: Driver) -> None:
    release = drive.to_qa()
    ticked = drive.ok(tick(release, "bugs_closed", "https_on", note=" none left ", link="https://b.io/1"), QA)
    open_ = len(next(one for one in drive.read(checklists, release).lists if one.phase is PRE).items)
    assert ticked == ItemsTicked(
        phase=PRE,
        items=(named(drive, release, PRE, "bugs_closed"), named(drive, release, PRE, "https_on")),
        release=release,
        version="1.5.0",
        candidate=1,
        note="none left",
        link="https://b.io/1",
        open=ticked.open,  # type: ignore[union-attr]  # counted below
    )
    view = next(one for one in drive.read(checklists, release).lists if one.phase is PRE)
    assert view.progress.total - view.progress.done == ticked.open  # type: ignore[union-attr]
    assert open_ > view.progress.total  # what is not asked for is shown, and not counted
    state = item(drive, release, PRE, "bugs_closed").judged.state
    assert state == ItemState(
        done_at=drive.clock(), done_by=QA, note="none left", link="https://b.io/1", candidate=1
    )
    assert item(drive, release, PRE, "https_on").judged.state.candidate == 0
    assert drive.told(ItemsTicked) == []  # the card shows it; the thread stays quiet
    assert [row for row in drive.audited() if row[0] == "items_ticked" or row[0] == "ItemsTicked"] != []


def test_a_step_names_all_that_is_open_by_list_and_passes_once_it_is_settled(drive: Driver) -> None:
    release = drive.to_approved(ReleaseType.HOTFIX)
    refusal = drive.refused(release, Action.DEPLOY)
    assert isinstance(refusal, r.NotReady)
    lists = [one for one in refusal.missing if isinstance(one.need, ItemsOpen)]
    assert [(one.need.phase, [i.key for i in one.need.items]) for one in lists] == [
        (Phase.RELEASE_START, ["database_backed_up"]),
        (Phase.RELEASE_START, ["dashboards_ready"]),
    ]
    assert lists[0].roles == (
        Role.DBA,
        Role.RELEASE_MANAGER,
        Role.DEVOPS,
        Role.QA_LEAD,
        Role.INCIDENT_COMMANDER,
    )
    assert sum(isinstance(one.need, NotConfirmed) for one in refusal.missing) == 2
    drive.check(release, Phase.RELEASE_START, user=RM)
    left = drive.refused(release, Action.DEPLOY)
    assert isinstance(left, r.NotReady)
    assert not [one for one in left.missing if isinstance(one.need, ItemsOpen)]


def test_two_people_tick_the_same_and_the_slower_one_is_told(drive: Driver) -> None:
    release = drive.to_qa()
    drive.ok(tick(release, "https_on"), QA)
    both = drive.ok(tick(release, "https_on", "disk_space"), RM)
    assert [one.key for one in both.items] == ["disk_space"]  # type: ignore[union-attr]
    assert drive.no(tick(release, "https_on"), RM) == r.ItemSettled(
        named(drive, release, PRE, "https_on"), False, QA
    )


def test_who_may_not_tick_is_told_who_can(drive: Driver) -> None:
    release = drive.to_qa()
    refusal = drive.no(tick(release, "bugs_closed"), DEV)
    assert isinstance(refusal, r.NotYourItem)
    assert refusal.items == (named(drive, release, PRE, "bugs_closed"),)
    assert refusal.roles == (Role.RELEASE_MANAGER, Role.QA_LEAD, Role.TECH_LEAD)
    assert {RM, QA, TL} <= set(refusal.who)
    drive.ok(tick(release, "disk_space"), OPS)  # a role of the item
    drive.ok(AssignItem(release=release, phase=PRE, key="bugs_closed", user=DEV), RM)
    drive.ok(tick(release, "bugs_closed"), DEV)  # whose it is


def test_a_program_ticks_nothing(drive: Driver) -> None:
    release = drive.to_qa()
    for via in (Via.BOT, Via.TIMER, Via.COMMAND_LINE):
        assert drive.no(tick(release, "https_on"), RM, via=via) == r.PeopleOnly()
    waiver = WaiveItem(release=release, phase=PRE, key="https_on", reason="x")
    assert drive.no(waiver, "", via=Via.BOT) == r.PeopleOnly()


def test_what_was_said_is_taken_back(drive: Driver) -> None:
    release = drive.to_qa()
    back = UntickItem(release=release, phase=PRE, key="https_on")
    https = named(drive, release, PRE, "https_on")
    assert drive.no(back, RM) == r.NothingSaid(https)
    drive.ok(tick(release, "https_on"), QA)
    assert isinstance(drive.no(back, DEV), r.NotYourItem)
    opened = ItemReopened(phase=PRE, item=https, release=release, version="1.5.0")
    assert drive.ok(back, RM) == opened
    assert item(drive, release, PRE, "https_on").judged.standing is Standing.OPEN

    waiver = WaiveItem(release=release, phase=PRE, key="https_on", reason=" behind the proxy ")
    waived = ItemWaived(
        phase=PRE, item=https, reason="behind the proxy", release=release, version="1.5.0", candidate=1
    )
    assert drive.ok(waiver, RM) == waived
    assert drive.no(waiver, RM) == r.ItemSettled(https, True, RM)
    assert drive.no(tick(release, "https_on"), RM) == r.ItemSettled(https, True, RM)
    assert isinstance(drive.no(back, QA), r.NotYourItem)  # only who may waive
    assert drive.ok(back, TL) == replace(opened, waived=True)
    assert [tell.said for tell in drive.told(ItemReopened)] == [opened, replace(opened, waived=True)]
    assert [tell.said for tell in drive.told(ItemWaived)] == [waived]


def test_waiving_is_for_some_and_takes_a_reason(drive: Driver) -> None:
    release = drive.to_qa()
    waiver = WaiveItem(release=release, phase=PRE, key="https_on", reason="  ")
    assert drive.no(waiver, RM) == r.TextMissing("waiver")
    assert drive.no(replace(waiver, reason="x" * 1001), RM) == r.TooLong("note", 1000)
    refusal = drive.no(replace(waiver, reason="x"), QA)
    assert isinstance(refusal, r.NotYourItem)
    assert (refusal.waive, refusal.roles) == (True, (Role.RELEASE_MANAGER, Role.TECH_LEAD))
    gate = WaiveItem(release=release, phase=PRE, key="migration_way_back", reason="x")
    assert isinstance(drive.no(gate, RM), r.UnknownItem)  # nothing to migrate


def test_what_is_asked_of_a_candidate_is_not_waived_before_there_is_one(drive: Driver) -> None:
    release = drive.start()
    waiver = WaiveItem(release=release, phase=PRE, key="no_cve", reason="the scanner is down")
    young = item(drive, release, PRE, "no_cve")
    assert (young.tickable, young.waivable) == (False, False)
    assert drive.no(waiver, RM) == r.ListNotOpen(PRE, "1.5.0", Stage.CANDIDATE)
    drive.ok(WaiveItem(release=release, phase=PRE, key="https_on", reason="behind the proxy"), RM)

    drive.cut(release)
    drive.build(release)
    assert item(drive, release, PRE, "no_cve").waivable
    drive.ok(waiver, RM)
    assert item(drive, release, PRE, "no_cve").judged.standing is Standing.WAIVED
    drive.advance(release, Action.STAGING_FAILED, OPS, note="the login fails")
    drive.advance(release, Action.REBUILD)
    drive.build(release, head="c" * 40)
    assert item(drive, release, PRE, "no_cve").judged.standing is Standing.OPEN
    assert item(drive, release, PRE, "https_on").judged.standing is Standing.WAIVED


def test_what_follows_from_facts_is_not_ticked_nor_waived(drive: Driver) -> None:
    release = drive.to_approved()
    start = Phase.RELEASE_START
    gate = named(drive, release, start, "gate_open")
    assert drive.no(tick(release, "gate_open", phase=start), RM) == r.KnownByItself(gate, Auto.GATE)
    waiver = WaiveItem(release=release, phase=start, key="gate_open", reason="x")
    assert drive.no(waiver, RM) == r.KnownByItself(gate, Auto.GATE)


def test_a_list_is_worked_through_in_its_time(drive: Driver) -> None:
    release = drive.to_qa()
    for phase in (Phase.RELEASE_START, Phase.POST_AT_ONCE):
        refusal = drive.no(tick(release, "smoke_test", phase=phase), RM)
        assert refusal == r.ListNotOpen(phase, "1.5.0", Stage.QA)
    assert drive.no(tick(release, "outage", phase=Phase.OUTAGE), RM) == r.Gone("room")
    assert isinstance(drive.no(tick("gone", "https_on"), RM), r.Gone)
    assert drive.no(tick(release, "https_on", from_rc=7), RM) == r.Outdated("1.5.0", 7, 1)
    assert drive.no(tick(release), RM) == r.TextMissing("items")
    unknown = drive.no(tick(release, "nothing"), RM)
    assert isinstance(unknown, r.UnknownItem)
    assert "https_on" in unknown.known
    young = drive.start()
    assert isinstance(drive.no(tick(young, "bugs_closed"), RM), r.ListNotOpen)  # no candidate yet
    drive.ok(tick(young, "https_on"), RM)


def test_the_list_of_half_an_hour_later_waits_for_it(drive: Driver) -> None:
    release = drive.to_verifying()
    at = drive.clock() + timedelta(minutes=30)
    assert drive.no(tick(release, "traffic", phase=SOON), QA) == r.ListTooSoon(SOON, at)
    assert not item(drive, release, SOON, "traffic").tickable
    drive.clock.set(at)
    drive.ok(tick(release, "traffic", phase=SOON), QA)


def test_a_new_candidate_opens_again_what_was_said_of_the_old_one(drive: Driver) -> None:
    release = drive.to_qa()
    drive.ok(tick(release, "bugs_closed", "https_on"), QA)
    drive.ok(NoteItem(release=release, phase=PRE, key="bugs_closed", note="see the board"), QA)
    drive.advance(release, Action.QA_FAILED, QA, note="a bug")
    drive.advance(release, Action.REBUILD)
    drive.build(release, head=SHA2)
    assert item(drive, release, PRE, "https_on").judged.standing is Standing.DONE
    bound = item(drive, release, PRE, "bugs_closed").judged
    assert (bound.standing, bound.state.note) == (Standing.OPEN, "see the board")


def test_an_item_has_an_owner_a_time_a_note_and_a_link(drive: Driver) -> None:
    release = drive.to_qa()
    https = named(drive, release, PRE, "https_on")
    due = drive.clock() + timedelta(days=1)
    given = AssignItem(release=release, phase=PRE, key="https_on", user=DEV, due=due)
    assert drive.ok(given, RM) == ItemAssigned(
        phase=PRE, item=https, user=DEV, due=due, release=release, version="1.5.0"
    )
    assert drive.no(replace(given, user="U0NOBODY"), RM) == r.Unreadable("person", "U0NOBODY")
    assert drive.no(replace(given, due=drive.clock()), RM) == r.InThePast(drive.clock())
    words = NoteItem(release=release, phase=PRE, key="https_on", note=" n ", link=" https://x.io ")
    noted = ItemNoted(phase=PRE, item=https, note="n", link="https://x.io", release=release, version="1.5.0")
    assert drive.ok(words, DEV) == noted
    state = item(drive, release, PRE, "https_on").judged.state
    assert state == ItemState(owner=DEV, due=due, note="n", link="https://x.io")
    mine = drive.ok(replace(given, user=""), RM)
    assert isinstance(mine, ItemAssigned)
    assert (mine.user, mine.due) == (RM, due)  # a time alone is who gave it
    drive.ok(replace(given, user="", due=None), RM)
    assert isinstance(drive.no(words, "U0STRANGER"), r.NotYourItem)


def test_the_policy_of_its_start_stays_with_a_release(drive: Driver) -> None:
    release = drive.to_qa()
    rules = {"lists": {"pre_release": {"drop": ["https_on"], "add": [{"key": "lawyers", "en": "Asked"}]}}}
    with drive.tx() as tx:
        world(tx, checklists=rules)
    assert item(drive, release, PRE, "https_on").tickable
    newer = {one.key for view in drive.read(checklists, drive.start()).lists for one in view.items}
    assert "lawyers" in newer
    assert "https_on" not in newer


def test_a_release_from_before_gets_its_lists_when_somebody_needs_them(drive: Driver) -> None:
    release = drive.to_qa()
    with drive.tx() as tx:
        tx.execute(delete(ChecklistRow))
    assert item(drive, release, PRE, "https_on").tickable
    assert drive.read(stored.lists, release, Phase) == {}
    drive.ok(tick(release, "https_on"), QA)
    assert len(drive.read(stored.lists, release, Phase)) == 7


# --- pipelines ----------------------------------------------------------------------------------------------


def test_a_failed_check_blocks_with_its_evidence_until_a_later_one_passes(drive: Driver) -> None:
    release = drive.to_qa()
    drive.ok(tick(release, "no_cve"), QA)
    event = report(drive, passed=False, evidence=" CVE-2026-1 ", link="https://ci/7")
    assert event == CheckReported(
        sha=SHA,
        check=Check.CVE,
        passed=False,
        evidence="CVE-2026-1",
        link="https://ci/7",
        release=release,
        version="1.5.0",
        candidate=1,
    )
    no_cve = named(drive, release, PRE, "no_cve")
    failed = r.CheckFailed(no_cve, "CVE-2026-1", "https://ci/7", (Role.RELEASE_MANAGER, Role.TECH_LEAD))
    assert drive.no(tick(release, "no_cve"), QA) == failed
    (shown,) = [one for one in drive.read(card, release).lists if one.phase is PRE]
    assert shown.failed == 1

    mended = report(drive)
    judged = item(drive, release, PRE, "no_cve").judged
    assert (judged.standing, judged.by_hand) == (Standing.DONE, False)
    assert judged.proof == Proof(auto=Auto.CVE, held=True, at=drive.clock())
    report(drive)
    assert [tell.said for tell in drive.told(CheckReported)] == [event, mended]


def test_coverage_is_judged_by_its_target(drive: Driver) -> None:
    release = drive.to_qa()
    low = report(drive, Check.UNIT_COVERAGE, passed=True, value=79.5)
    assert (low.passed, low.value, low.wanted) == (False, 79.5, 80)
    assert item(drive, release, PRE, "unit_coverage").judged.standing is Standing.FAILED
    assert report(drive, Check.UNIT_COVERAGE, passed=None, value=80).passed


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"passed": None}, r.CheckUnclear()),
        ({"sha": "abc"}, r.Unreadable("sha", "abc")),
        ({"value": 101.0}, r.Unreadable("percent", "101.0")),
        ({"value": float("nan")}, r.Unreadable("percent", "nan")),
    ],
)
def test_an_unclear_report_is_refused(drive: Driver, facts: dict[str, Any], refusal: r.Refusal) -> None:
    assert report(drive, **facts) == refusal


def test_a_report_before_the_build_counts_for_it(drive: Driver) -> None:
    early = report(drive, sha=SHA2, passed=False, evidence="x")
    assert (early.release, drive.told(CheckReported)) == ("", [])
    release = drive.start()
    drive.cut(release)
    drive.build(release, head=SHA2)
    assert item(drive, release, PRE, "no_cve").judged.standing is Standing.FAILED


# --- war rooms ----------------------------------------------------------------------------------------------


def test_a_rollback_has_its_lists_and_the_last_one_holds_the_post_mortem(drive: Driver) -> None:
    release = drive.to_released()
    asked = DeclareRollback(
        release=release, criteria=(Criterion.ERROR_RATE,), evidence="5xx", migration=False, commander=IC
    )
    declared = drive.ok(asked, IC)
    assert isinstance(declared, RollbackDeclared)
    room = declared.room
    view = drive.read(room_checklists, room)
    assert [one.phase for one in view.lists] == [
        Phase.ROLLBACK_BEFORE,
        Phase.ROLLBACK_DURING,
        Phase.ROLLBACK_AFTER,
    ]
    assert view.now == (Phase.ROLLBACK_BEFORE, Phase.ROLLBACK_DURING)
    ticked = drive.ok(TickItems(room=room, phase=Phase.ROLLBACK_BEFORE, keys=("snapshot_taken",)), IC)
    assert isinstance(ticked, ItemsTicked)
    assert (ticked.room, ticked.release) == (room, release)

    with drive.tx() as tx:
        found = rooms.get(tx, room)
        assert found is not None
        rooms.save(tx, found, replace(found, state=RoomState.RESOLVED))
    assert drive.read(room_checklists, room).now == (Phase.ROLLBACK_AFTER,)
    open_ = drive.no(FinishPostmortem(room=room), IC)
    assert isinstance(open_, r.ListsUnfinished)
    keys = [item.key for one in open_.missing for item in one.need.items]  # type: ignore[union-attr]
    assert sorted(keys) == [
        "causes_looked_at",
        "data_recovered",
        "normal_again",
        "redeploy_planned",
        "report_written",
        "users_told",
    ]
    drive.ok(TickItems(room=room, phase=Phase.ROLLBACK_AFTER, keys=tuple(keys)), IC)
    drive.ok(FinishPostmortem(room=room), IC)
    after = TickItems(room=room, phase=Phase.ROLLBACK_BEFORE, keys=("integrations_considered",))
    assert drive.no(after, IC) == r.ListNotOpen(Phase.ROLLBACK_BEFORE, "1.5.0", None)


def test_a_playbook_opens_in_a_room_once_and_holds_up_nothing(drive: Driver) -> None:
    opened = drive.ok(OpenRoom(project="shop"), IC)
    room = opened.room  # type: ignore[union-attr]
    asked = TickItems(room=room, phase=Phase.OUTAGE, keys=("assess",))
    assert drive.no(asked, IC) == r.ListNotOpen(Phase.OUTAGE, "", None)
    with drive.tx() as tx:
        event = open_in_room(tx, room_case(tx, room), [Phase.OUTAGE, PRE], CI)
        assert open_in_room(tx, room_case(tx, room), [Phase.OUTAGE], CI) is None
    entries = drive.read(rooms.entries, room)
    called = tuple(sorted((IC, OPS, ONCALL)))
    assert entries[-1].event == event == ListsOpened(room=room, phases=(Phase.OUTAGE,), who=called)
    drive.ok(asked, IC)
    assert drive.read(room_checklists, room).lists[0].progress == Progress(
        phase=Phase.OUTAGE, done=1, total=5
    )
    assert drive.read(room_checklists, room).now == ()
    back = UntickItem(room=room, phase=Phase.OUTAGE, key="assess")
    assert isinstance(drive.ok(back, IC), ItemReopened)


def test_whoever_looks_at_a_list_that_asks_nothing_finds_none(drive: Driver) -> None:
    release = drive.to_approved(ReleaseType.HOTFIX)
    view = drive.read(checklists, release)
    assert PRE not in {one.phase for one in view.lists}
    assert view.now == (PRE, Phase.RELEASE_START)
    with drive.tx() as tx:
        assert context.case(tx, release).version == "1.4.1"
    assert [one.phase for one in drive.read(card, release).lists] == [Phase.RELEASE_START]
    assert isinstance(drive.no(tick(release, "disk_space"), PM), r.UnknownItem)
