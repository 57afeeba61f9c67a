"""Every check, with what it says is missing and who can settle it; and what the policy makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain import needs
from domain.lifecycle import check
from domain.needs import Missing
from domain.people import Role
from domain.readiness import CheckState, Readiness, Target, TrackedChange, migrates, target_of, ways_of
from domain.readiness_rules import ReadinessCheck, ReadinessGuard, ReadinessRules, Strictness
from domain.refusals import NotReady, Refused
from domain.rehearsals import WHO_RECORDS, Rehearsal
from domain.release import QaReport
from domain.schema_changes import WHO_TRACKS, NotExpanded, OldSchemaNeeded, SchemaChange
from domain.schema_phases import Phase
from domain.types import Action, Stage
from domain.ways_back import WHO_GIVES, MigrationWay, WayBack, WayKind
from tests.support.builders import AT, release, situation
from tests.support.world import DEV, QA

C = ReadinessCheck
RM, OPS = Role.RELEASE_MANAGER, Role.DEVOPS
DAY = timedelta(days=1)
REHEARSED = Rehearsal(
    id="h1", project="shop", release="r0", version="1.4.0", candidate=1, by=DEV, at=AT - DAY, succeeded=True
)
WAY = WayBack(path="a.sql", kind=WayKind.SCRIPT, text="a.down.sql", by=DEV, at=AT, candidate=1)
CHANGE = SchemaChange(
    id="c1", project="shop", subject="orders.total", title="", started_by=DEV, started_at=AT
)


def ready(**facts: Any) -> Readiness:
    known: dict[str, Any] = {"at": AT, "rules": ReadinessRules(), "target": Target("v1.4.0")}
    return Readiness(**(known | {"rehearsal": REHEARSED} | facts))


def guarded(**guard: Strictness) -> ReadinessRules:
    return ReadinessRules(guard=ReadinessGuard(**guard))


def test_nothing_is_missing_of_a_release_that_could_go_back() -> None:
    found = ready(ways=(MigrationWay("a.sql", WAY),))
    assert {one: found.state(one) for one in C} == {
        C.PREVIOUS_TAG: CheckState.OK,
        C.WAYS_BACK: CheckState.OK,
        C.REHEARSAL: CheckState.OK,
        C.CONTRACT: CheckState.NOT_NEEDED,
    }
    assert (found.open, found.blocking, found.given) == ((), (), 1)
    assert ready().state(C.WAYS_BACK) is CheckState.NOT_NEEDED


@pytest.mark.parametrize(
    ("target", "need"),
    [
        (Target("v1.4.0", there=False), needs.TagMissing("v1.4.0")),
        (Target("v1.4.0", there=None), needs.TagUnknown()),
        (Target(""), needs.WayBackMissing()),
        (Target("", stated="  "), needs.WayBackMissing()),
    ],
)
def test_without_a_tag_to_go_to_it_is_not_approved(target: Target, need: needs.Need) -> None:
    assert ready(target=target).blocking == (Missing(need, (RM, OPS)),)


def test_a_first_release_states_what_is_done_instead() -> None:
    assert ready(target=Target("", stated="restore the backup")).open == ()


def test_every_migration_without_a_way_back_is_named() -> None:
    ways = (MigrationWay("a.sql", WAY), MigrationWay("b.sql"), MigrationWay("c.sql"))
    found = ready(ways=ways)
    assert found.blocking == tuple(
        Missing(needs.MigrationWayMissing(path), WHO_GIVES) for path in ("b.sql", "c.sql")
    )
    assert (found.given, found.open) == (1, (C.WAYS_BACK,))


@pytest.mark.parametrize("age", [None, timedelta(days=30, seconds=1)])
def test_a_missing_or_old_rehearsal_only_warns_by_default(age: timedelta | None) -> None:
    last = replace(REHEARSED, at=AT - age) if age else None
    found = ready(rehearsal=last)
    need = needs.RehearsalMissing(last.at if last else None, timedelta(days=30))
    assert found.missing(C.REHEARSAL) == (Missing(need, WHO_RECORDS),)
    assert (found.open, found.blocking) == ((C.REHEARSAL,), ())
    assert ready(rehearsal=replace(REHEARSED, at=AT - timedelta(days=30))).open == ()


def test_a_contract_step_waits_for_the_old_schema() -> None:
    why = OldSchemaNeeded(target="1.4.0", migrated="1.5.0", in_production=False)
    waits = TrackedChange(change=CHANGE, phase=Phase.CONTRACT, links=(), must_wait=why, planned=AT)
    need = needs.OldSchemaInUse("orders.total", "1.4.0", "1.5.0", in_production=False, planned=AT)
    assert ready(changes=(waits,)).blocking == (Missing(need, WHO_TRACKS),)
    assert ready(changes=(replace(waits, must_wait=None),)).state(C.CONTRACT) is CheckState.OK


def test_a_migrate_step_waits_for_the_new_schema() -> None:
    why = NotExpanded(target="1.4.0", expanded="1.5.0", in_production=True, more=1)
    waits = TrackedChange(change=CHANGE, phase=Phase.MIGRATE, links=(), must_wait=why)
    need = needs.NotExpanded("orders.total", "1.4.0", "1.5.0", in_production=True, more=1)
    assert ready(changes=(waits,)).blocking == (Missing(need, WHO_TRACKS),)
    assert ready(changes=(replace(waits, must_wait=None),)).state(C.CONTRACT) is CheckState.OK
    expands = replace(waits, phase=Phase.EXPAND, must_wait=None)
    assert ready(changes=(expands,)).state(C.CONTRACT) is CheckState.NOT_NEEDED


def test_the_policy_says_what_blocks_what_warns_and_what_is_not_looked_at() -> None:
    lacking = {"target": Target("v1.4.0", there=False), "rehearsal": None}
    strict = ready(rules=guarded(rehearsal=Strictness.BLOCK), **lacking)
    assert [type(one.need) for one in strict.blocking] == [needs.TagMissing, needs.RehearsalMissing]
    mild = ready(rules=guarded(previous_tag=Strictness.WARN, rehearsal=Strictness.OFF), **lacking)
    assert (mild.blocking, mild.open) == ((), (C.PREVIOUS_TAG,))


def test_one_word_stands_for_all_checks_and_what_is_weaker_is_told() -> None:
    assert ReadinessRules().relaxed == ()
    rules = ReadinessRules.model_validate({"guard": "warn"})
    assert rules.guard == ReadinessGuard(**dict.fromkeys(C, Strictness.WARN))
    assert rules.relaxed == (C.PREVIOUS_TAG, C.WAYS_BACK, C.CONTRACT)
    assert ReadinessRules.model_validate({"guard": "block"}).relaxed == ()
    assert ReadinessRules.model_validate({"guard": {"rehearsal": "off"}}).relaxed == (C.REHEARSAL,)
    with pytest.raises(ValidationError, match="block"):
        ReadinessRules.model_validate({"guard": "sometimes"})


@pytest.mark.parametrize(
    ("stage", "action"), [(Stage.APPROVAL, Action.REQUIREMENTS_MET), (Stage.APPROVED, Action.DEPLOY)]
)
def test_what_is_missing_stops_the_approval_and_the_deploy(stage: Stage, action: Action) -> None:
    lacking = ready(ways=(MigrationWay("a.sql"),)).blocking
    with pytest.raises(Refused) as refused:
        check(release(stage), action, situation(*Role, by_bot=True, unready=lacking))
    assert refused.value.refusal == NotReady(action, "1.5.0", stage, lacking, "r1")


def test_the_target_is_looked_for_among_the_tags_of_the_remote() -> None:
    found = release()
    assert target_of(found, ("v1.4.0", "v1.3.0"), ("1.4.0",)) == Target("v1.4.0", there=True)
    assert target_of(found, ("v1.4.0",), ("v1.3.0", "latest")) == Target("v1.4.0", there=False)
    assert target_of(found, ("v1.4.0",), None) == Target("v1.4.0", there=None)
    assert target_of(found, (), ()) == Target("")


@pytest.mark.parametrize(("runs", "first"), [(None, False), (True, False), (False, True)])
def test_the_database_goes_back_first_where_somebody_said_that_the_old_version_cannot_run(
    *, runs: bool | None, first: bool
) -> None:
    of = ready(ways=(MigrationWay("a.sql", replace(WAY, old_runs=runs)), MigrationWay("b.sql")))
    assert of.database_first is first
    assert migrates(release(qa=None), of) is (True if first else None)
    qa = QaReport(by=QA, at=AT, candidate=1, migration=False, breaking=False)
    assert migrates(release(qa=qa), of) is first


def test_what_qa_says_in_words_is_the_way_back_of_the_only_migration() -> None:
    qa = QaReport(by=QA, at=AT, candidate=1, migration=True, breaking=False, way_back=" down.sql ")
    found = release(Stage.APPROVAL, qa=qa)
    stated = WayBack(path="a.sql", kind=WayKind.STATED, text="down.sql", by=QA, at=AT, candidate=1)
    assert ways_of(found, ("a.sql",)) == (MigrationWay("a.sql", stated),)
    assert ways_of(found, ()) == (MigrationWay("", replace(stated, path="")),)
    assert ways_of(found, ("a.sql", "b.sql")) == (MigrationWay("a.sql"), MigrationWay("b.sql"))
    given = replace(found, ways_back=(WAY,))
    assert ways_of(given, ("a.sql",)) == (MigrationWay("a.sql", WAY),)
