"""Ways back, rehearsals and schema changes through their verbs, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from commands.requests import (
    BeginSchemaChange,
    EndSchemaChange,
    GivenWay,
    GiveWaysBack,
    LinkSchemaChange,
    NewCondition,
    RecordRehearsal,
    WithdrawDecision,
)
from commands.show.readiness import readiness, schema
from commands.show.release import approval, card
from domain import needs
from domain import refusals as r
from domain.approvals import Outcome
from domain.events import (
    ApprovalAsked,
    RollbackRehearsed,
    SchemaChangeBegun,
    SchemaChangeEnded,
    SchemaChangeLinked,
    WaysBackGiven,
)
from domain.needs import Missing
from domain.people import Role
from domain.readiness_rules import ReadinessCheck
from domain.schema_changes import WHO_TRACKS, NotExpanded
from domain.schema_phases import Phase
from domain.types import Action, ReleaseType, Stage
from domain.ways_back import WHO_GIVES, Alternative, MigrationWay, WayBack, WayKind
from storage import decisions, releases, schema_changes
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import SHA, SHA2, Driver, changes
from tests.support.world import DBA, DEV, OPS, PM, PROJECT, QA, RM, RM2, TL, world

A, B = "db/0043_total.sql", "db/0044_codes.sql"
SCRIPT = GivenWay(kind=WayKind.SCRIPT, migration=A, text="db/0043_total.down.sql")
INSTEAD = GivenWay(
    kind=WayKind.IMPOSSIBLE, migration=B, alternative=Alternative.SELECTIVE_RESTORE, text="nightly dump"
)


def migrating(drive: Driver, *paths: str, kind: ReleaseType = ReleaseType.REGULAR) -> str:
    """In approval, with a candidate that carries these migrations."""
    release = drive.start(kind)
    drive.cut(release)
    drive.build(release, scope=changes(migrations=paths))
    drive.advance(release, Action.STAGING_DEPLOYED, OPS, note="healthy")
    drive.pass_qa(release)
    return release


def give(drive: Driver, release: str, *ways: GivenWay, user: str = DBA, **how: Any) -> Any:
    return drive.ok(GiveWaysBack(release=release, ways=ways), user, **how)


def lacking(*paths: str) -> tuple[Missing, ...]:
    return tuple(Missing(needs.MigrationWayMissing(path), WHO_GIVES) for path in paths)


# --- approval ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [Outcome.APPROVE, Outcome.CONDITIONS])
def test_an_approval_waits_for_the_way_back_of_every_migration(drive: Driver, outcome: Outcome) -> None:
    release = migrating(drive, A, B)
    words: dict[str, Any] = {}
    if outcome is Outcome.CONDITIONS:
        words["conditions"] = (NewCondition(text="watch it"),)
    asked = drive.decision(release, outcome, **words)
    not_yet = r.NotReady(Action.REQUIREMENTS_MET, "1.5.0", Stage.APPROVAL, lacking(A, B), release)
    assert drive.no(asked, RM2) == not_yet
    assert drive.read(decisions.live, release, 1) == []
    give(drive, release, SCRIPT)
    assert drive.no(asked, RM2) == replace(not_yet, missing=lacking(B))
    give(drive, release, INSTEAD)
    drive.ok(asked, RM2)
    assert drive.stage(release) is Stage.APPROVED


def test_a_rejection_needs_no_way_back(drive: Driver) -> None:
    release = migrating(drive, A)
    drive.decide(release, RM2, Outcome.REJECT, comment="too risky")
    assert drive.stage(release) is Stage.ON_HOLD


def test_what_was_approved_is_looked_at_again_before_it_goes_out(drive: Driver) -> None:
    release = drive.to_approved()
    drive.clock.set(drive.release(release).deploy_at or drive.clock())
    drive.ready(release)
    drive.read_repository(tags=())
    refusal = drive.refused(release, Action.DEPLOY)
    assert refusal == r.NotReady(
        Action.DEPLOY,
        "1.5.0",
        Stage.APPROVED,
        (Missing(needs.TagMissing("v1.4.0"), (Role.RELEASE_MANAGER, Role.DEVOPS)),),
        release,
    )
    assert [one.need for one in drive.read(card, release).missing] == [needs.TagMissing("v1.4.0")]


def test_a_tag_that_goes_while_the_remote_is_read_stops_the_deploy(drive: Driver) -> None:
    release = drive.to_approved()
    drive.clock.set(drive.release(release).deploy_at or drive.clock())
    drive.ready(release)
    drive.advance(release, Action.DEPLOY)
    drive.read_repository(tags=())
    drive.head_was_read(release, Action.DEPLOY)
    assert (drive.stage(release), drive.release(release).pending) == (Stage.APPROVED, None)


def test_approving_once_more_completes_what_only_lacked_the_way_back(drive: Driver) -> None:
    release = drive.to_approval(ReleaseType.EMERGENCY)
    drive.decide(release, TL)
    drive.decide(release, PM, Outcome.REJECT, comment="wait")
    drive.read_repository(tags=())
    drive.ok(WithdrawDecision(release=release, candidate=1), PM)
    assert drive.stage(release) is Stage.APPROVAL
    drive.read_repository()
    drive.decide(release, PM)
    assert drive.stage(release) is Stage.APPROVED


# --- ways back --------------------------------------------------------------------------------------------


def test_a_way_back_is_kept_with_who_gave_it_and_when(drive: Driver) -> None:
    release = migrating(drive, A, B)
    event = give(drive, release, SCRIPT)
    kept = WayBack(
        path=A, kind=WayKind.SCRIPT, text="db/0043_total.down.sql", by=DBA, at=drive.clock(), candidate=1
    )
    assert event == WaysBackGiven(release=release, version="1.5.0", candidate=1, ways=(kept,), left=1)
    assert drive.release(release).ways_back == (kept,)
    assert drive.read(readiness, release).readiness.ways == (MigrationWay(A, kept), MigrationWay(B))


def test_a_later_candidate_needs_its_own_and_keeps_what_was_given(drive: Driver) -> None:
    release = migrating(drive, A)
    give(drive, release, SCRIPT)
    drive.advance(release, Action.BUG_FOUND, QA, note="crash")
    drive.advance(release, Action.REBUILD)
    drive.build(release, head=SHA2, scope=changes(sha=SHA2, migrations=(A, B)))
    ways = drive.read(readiness, release).readiness.ways
    assert [(one.path, one.way is not None) for one in ways] == [(A, True), (B, False)]
    outdated = GiveWaysBack(release=release, ways=(INSTEAD,), from_rc=1)
    assert drive.no(outdated, DBA) == r.Outdated("1.5.0", 1, 2)


def test_the_last_one_needs_no_name_and_others_go_by_the_end_of_their_path(drive: Driver) -> None:
    release = migrating(drive, A, B)
    give(drive, release, replace(SCRIPT, migration="0043_total.sql"))
    give(drive, release, replace(INSTEAD, migration=""))
    assert [one.path for one in drive.release(release).ways_back] == [A, B]
    key = MigrationWay(A).key
    give(drive, release, GivenWay(kind=WayKind.REVERT, migration=key, text="0045_drop_total"))
    assert {one.path: one.kind for one in drive.release(release).ways_back} == {
        A: WayKind.REVERT,
        B: WayKind.IMPOSSIBLE,
    }


@pytest.mark.parametrize(
    ("way", "refusal"),
    [
        (replace(SCRIPT, text=" "), r.TextMissing("way_back")),
        (replace(SCRIPT, text="x" * 1001), r.TooLong("way_back", 1000)),
        (replace(INSTEAD, alternative=None), r.TextMissing("alternative")),
        (replace(SCRIPT, migration="c.sql"), r.NoMigration("1.5.0", "c.sql", (A, B))),
        (replace(SCRIPT, migration=""), r.NoMigration("1.5.0", "", (A, B))),
    ],
)
def test_what_is_missing_of_a_way_back_is_said(drive: Driver, way: GivenWay, refusal: r.Refusal) -> None:
    release = migrating(drive, A, B)
    assert drive.no(GiveWaysBack(release=release, ways=(way,)), DBA) == refusal
    assert drive.release(release).ways_back == ()


def test_only_those_who_know_give_a_way_back_and_only_before_the_deploy(drive: Driver) -> None:
    release = migrating(drive, A)
    who = tuple(sorted({DBA, TL, RM, RM2, QA, OPS}))
    assert drive.no(GiveWaysBack(release=release, ways=(SCRIPT,)), DEV) == r.NotAllowed(
        "way_back", WHO_GIVES, who
    )
    out = drive.to_deploying(ReleaseType.HOTFIX)
    assert drive.no(GiveWaysBack(release=out, ways=(SCRIPT,)), DBA) == r.TooLate("1.4.1", Stage.DEPLOYING)


def test_what_qa_said_in_words_is_enough_for_one_migration(drive: Driver) -> None:
    release = drive.to_qa()
    drive.pass_qa(release, migration=True, way_back="down.sql")
    drive.decide(release, RM2)
    assert drive.stage(release) is Stage.APPROVED


# --- the old version on the new schema --------------------------------------------------------------------

BREAKS, RUNS = (GivenWay(kind=None, migration=A, old_runs=runs) for runs in (False, True))


def test_where_the_old_version_cannot_run_is_stated_and_taken_back(drive: Driver) -> None:
    """What is said of the old version leaves the way as it was, and the other way round."""
    release = migrating(drive, A, B)
    give(drive, release, replace(SCRIPT, old_runs=False))
    kept = WayBack(
        path=A,
        kind=WayKind.SCRIPT,
        text="db/0043_total.down.sql",
        by=DBA,
        at=drive.clock(),
        candidate=1,
        old_runs=False,
    )
    assert drive.release(release).ways_back == (kept,)
    assert drive.read(readiness, release).readiness.database_first
    give(drive, release, GivenWay(kind=WayKind.REVERT, migration=A, text="0045_drop_total"))
    reverted = replace(kept, kind=WayKind.REVERT, text="0045_drop_total")
    assert drive.release(release).ways_back == (reverted,)
    event = give(drive, release, RUNS, user=TL)
    assert event.ways == (replace(reverted, by=TL, old_runs=True),)
    assert not drive.read(readiness, release).readiness.database_first
    give(drive, release, BREAKS)
    assert drive.release(release).ways_back == (reverted,)
    give(drive, release, INSTEAD)
    give(drive, release, replace(BREAKS, migration=B))
    assert drive.release(release).ways_back[1] == WayBack(
        path=B,
        kind=WayKind.IMPOSSIBLE,
        text="nightly dump",
        alternative=Alternative.SELECTIVE_RESTORE,
        by=DBA,
        at=drive.clock(),
        candidate=1,
        old_runs=False,
    )


def test_before_a_way_back_is_known_it_is_asked_for(drive: Driver) -> None:
    release = migrating(drive, A)
    for ways in ((BREAKS,), ()):
        assert drive.no(GiveWaysBack(release=release, ways=ways), DBA) == r.TextMissing("way_back")


def test_it_may_be_said_of_what_qa_stated_in_words(drive: Driver) -> None:
    release = drive.to_qa()
    drive.pass_qa(release, migration=True, way_back="down.sql")
    give(drive, release, replace(BREAKS, migration=""))
    (way,) = drive.read(readiness, release).readiness.ways
    assert way.way == WayBack(
        path="", kind=WayKind.STATED, text="down.sql", by=DBA, at=drive.clock(), candidate=1, old_runs=False
    )


# --- rehearsals -------------------------------------------------------------------------------------------


def test_the_newest_rehearsal_that_worked_counts_for_every_release(drive: Driver) -> None:
    release = drive.to_approval()
    assert drive.read(card, release).readiness.open == (ReadinessCheck.REHEARSAL,)  # type: ignore[union-attr]
    event = drive.ok(RecordRehearsal(release=release, succeeded=True, note=" https://wiki/7 "), OPS)
    assert event == RollbackRehearsed(
        release=release, version="1.5.0", candidate=1, succeeded=True, note="https://wiki/7"
    )
    at = drive.clock()
    drive.clock.move(days=2)
    drive.ok(RecordRehearsal(release=release, succeeded=False, note="lock wait"), OPS)
    found = drive.read(readiness, release).readiness
    assert found.rehearsal is not None
    assert (found.rehearsal.at, found.rehearsal.by, found.open) == (at, OPS, ())
    drive.clock.move(days=29)
    assert drive.read(readiness, release).readiness.open == (ReadinessCheck.REHEARSAL,)


def test_a_failed_rehearsal_says_what_was_learnt(drive: Driver) -> None:
    release = drive.to_qa()
    assert drive.no(RecordRehearsal(release=release, succeeded=False), OPS) == r.TextMissing("rehearsal")
    refusal = drive.no(RecordRehearsal(release=release, succeeded=True), DEV)
    assert isinstance(refusal, r.NotAllowed)
    assert refusal.what == "rehearsal"


# --- the policy -------------------------------------------------------------------------------------------


def test_a_laxer_policy_lets_it_through_and_is_told_with_the_request(
    database: Database, clock: HandClock
) -> None:
    with database.transaction() as tx:
        world(tx, readiness={"guard": {"ways_back": "warn"}})
    drive = Driver(database, clock)
    release = migrating(drive, A)
    (asked,) = [one.said for one in drive.told(ApprovalAsked)]
    assert isinstance(asked, ApprovalAsked)
    assert asked.lenient == (ReadinessCheck.WAYS_BACK,)
    view = drive.read(approval, f"{release}/1")
    assert view.readiness is not None
    assert view.readiness.open == (ReadinessCheck.WAYS_BACK, ReadinessCheck.REHEARSAL)
    drive.decide(release, RM2)
    assert drive.stage(release) is Stage.APPROVED


def test_a_stricter_policy_waits_for_the_rehearsal(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, readiness={"guard": "block", "rehearsed_within": "7d"})
    drive = Driver(database, clock)
    release = drive.to_approval()
    refusal = drive.no(drive.decision(release), RM2)
    assert isinstance(refusal, r.NotReady)
    assert [one.need for one in refusal.missing] == [needs.RehearsalMissing(None, timedelta(days=7))]
    drive.ok(RecordRehearsal(release=release, succeeded=True), OPS)
    drive.decide(release, RM2)
    assert drive.stage(release) is Stage.APPROVED


# --- schema changes ---------------------------------------------------------------------------------------


def begun(drive: Driver, release: str) -> str:
    event = drive.ok(BeginSchemaChange(release=release, subject=" orders.total ", title="as decimal"), DBA)
    assert isinstance(event, SchemaChangeBegun)
    assert (event.release, event.subject, event.title) == (release, "orders.total", "as decimal")
    return event.change


def released(drive: Driver, version: str) -> str:
    release = drive.to_released(version=version)
    drive.read_repository(tags=("v1.4.0", *(f"v{one}" for one in drive.read(releases.versions, PROJECT))))
    return release


def test_a_contract_step_waits_until_the_migrating_release_is_out(drive: Driver) -> None:
    first = released(drive, "1.5.0")
    change = begun(drive, first)
    second = drive.to_approval(version="1.6.0")
    drive.ok(LinkSchemaChange(change=change, release=second, phase=Phase.MIGRATE), TL)
    third = drive.start(version="1.7.0")
    drive.ok(LinkSchemaChange(change=change, release=third, phase=Phase.CONTRACT), DBA)
    (row,) = drive.read(schema, PROJECT).rows
    assert [(link.phase, str(link.version), stage) for link, stage in row.links] == [
        (Phase.EXPAND, "1.5.0", Stage.RELEASED),
        (Phase.MIGRATE, "1.6.0", Stage.APPROVAL),
        (Phase.CONTRACT, "1.7.0", Stage.CANDIDATE),
    ]
    drive.cut(third)
    drive.build(third)
    drive.advance(third, Action.STAGING_DEPLOYED, OPS, note="healthy")
    drive.pass_qa(third)
    planned = drive.release(second).deploy_at
    need = needs.OldSchemaInUse("orders.total", "1.5.0", "1.6.0", in_production=False, planned=planned)
    assert drive.no(drive.decision(third), RM2) == r.NotReady(
        Action.REQUIREMENTS_MET, "1.7.0", Stage.APPROVAL, (Missing(need, WHO_TRACKS),), third
    )
    _bring_out(drive, second)
    drive.decide(third, RM2)
    assert drive.stage(third) is Stage.APPROVED


def test_a_migrate_step_waits_until_the_expanding_release_is_out(drive: Driver) -> None:
    first = drive.to_approval(version="1.5.0")
    change = begun(drive, first)
    drive.advance(first, Action.HOLD, note="legal")
    second = drive.to_approval(version="1.6.0")
    drive.ok(LinkSchemaChange(change=change, release=second, phase=Phase.MIGRATE), TL)
    need = needs.NotExpanded(
        "orders.total", "1.4.0", "1.5.0", in_production=False, planned=drive.release(first).deploy_at
    )
    assert drive.no(drive.decision(second), RM2) == r.NotReady(
        Action.REQUIREMENTS_MET, "1.6.0", Stage.APPROVAL, (Missing(need, WHO_TRACKS),), second
    )
    (row,) = drive.read(schema, PROJECT).rows
    assert row.must_wait == NotExpanded("1.4.0", "1.5.0", in_production=False)


def _bring_out(drive: Driver, release: str) -> None:
    """From approval to released, and tagged."""
    found = drive.release(release)
    drive.clock.set(max(filter(None, (drive.clock(), found.deploy_at, found.soak_until))))
    drive.decide(release, RM2)
    drive.ready(release)
    drive.advance(release, Action.DEPLOY)
    drive.head_was_read(release, Action.DEPLOY)
    for _ in range(2):
        drive.step_out(release)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    drive.advance(release, Action.VERIFIED)
    drive.refs_were_made(release, refs=((f"refs/tags/{found.tag}", SHA),))
    drive.read_repository(tags=("v1.4.0", "v1.5.0", found.tag))


def test_links_are_taken_back_and_the_change_is_given_up(drive: Driver) -> None:
    release = drive.to_qa(version="1.5.0")
    change = begun(drive, release)
    again = BeginSchemaChange(release=release, subject="orders.total")
    assert drive.no(again, DBA) == r.AlreadySo("schema_change")
    second = LinkSchemaChange(change=change, release=release, phase=Phase.MIGRATE)
    assert drive.no(second, DBA) == r.PhaseOutOfOrder(
        "orders.total", Phase.MIGRATE, "1.5.0", Phase.EXPAND, "1.5.0"
    )
    event = drive.ok(LinkSchemaChange(change=change, release=release, phase=None), DBA)
    assert event == SchemaChangeLinked(
        release=release,
        version="1.5.0",
        change=change,
        subject="orders.total",
        phase=Phase.EXPAND,
        undone=True,
    )
    assert drive.no(EndSchemaChange(change=change, finished=False), DBA) == r.TextMissing("reason")
    ended = drive.ok(EndSchemaChange(change=change, finished=False, reason="not needed"), DBA)
    assert ended == SchemaChangeEnded(
        change=change, subject="orders.total", finished=False, reason="not needed"
    )
    assert drive.read(schema_changes.opened, PROJECT) == ()
    assert drive.no(EndSchemaChange(change="c9", finished=False, reason="x"), DBA) == r.Gone("schema_change")


def test_only_those_who_know_track_a_schema_change(drive: Driver) -> None:
    release = drive.to_qa()
    refusal = drive.no(BeginSchemaChange(release=release, subject="orders.total"), DEV)
    assert refusal == r.NotAllowed("schema_change", WHO_TRACKS, tuple(sorted({DBA, TL, RM, RM2, OPS})))
    assert drive.no(BeginSchemaChange(release=release, subject=" "), DBA) == r.TextMissing("schema_subject")
