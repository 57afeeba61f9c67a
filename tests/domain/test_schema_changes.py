"""Expand, migrate, contract: in order, each in releases of its own, and no old schema torn away too early."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import AlreadySo, PhaseMissing, PhaseOutOfOrder, Refused
from domain.schema_changes import (
    MustWait,
    NotExpanded,
    OldSchemaNeeded,
    PhaseLink,
    SchemaChange,
    SchemaState,
    Stages,
    completed,
    ended,
    linked,
    live,
    must_wait,
    unlinked,
)
from domain.schema_phases import PHASES, Phase
from domain.types import REACHED_PRODUCTION, Stage
from domain.versions import Version

AT = datetime(2026, 3, 5, 5, tzinfo=UTC)
v = Version.parse
EMPTY = SchemaChange(
    id="c1", project="shop", subject="orders.total", title="", started_by="U1", started_at=AT
)
OUT = dict.fromkeys(map(v, ("1.5.0", "1.6.0", "1.7.0")), Stage.RELEASED)


def link(phase: Phase, version: str) -> PhaseLink:
    return PhaseLink(phase=phase, release=f"r{version}", version=v(version), by="U1", at=AT)


def change(*links: PhaseLink, stages: Stages | None = None) -> SchemaChange:
    found = EMPTY
    for one in links:
        found = linked(found, one, stages or {})
    return found


EXPAND, MIGRATE = link(Phase.EXPAND, "1.5.0"), link(Phase.MIGRATE, "1.6.0")
CONTRACT = link(Phase.CONTRACT, "1.7.0")


def refusal(change_: SchemaChange, new: PhaseLink, stages: Stages | None = None) -> object:
    with pytest.raises(Refused) as refused:
        linked(change_, new, stages or {})
    return refused.value.refusal


# --- order ------------------------------------------------------------------------------------------------


def test_a_phase_follows_the_one_before_it() -> None:
    assert refusal(EMPTY, MIGRATE) == PhaseMissing("orders.total", Phase.MIGRATE, Phase.EXPAND)
    assert refusal(change(EXPAND), CONTRACT) == PhaseMissing("orders.total", Phase.CONTRACT, Phase.MIGRATE)
    assert [one.phase for one in change(EXPAND, MIGRATE, CONTRACT).links] == list(PHASES)


def test_each_phase_has_releases_of_its_own() -> None:
    same = link(Phase.MIGRATE, "1.5.0")
    expected = PhaseOutOfOrder("orders.total", Phase.MIGRATE, "1.5.0", Phase.EXPAND, "1.5.0")
    assert refusal(change(EXPAND), same) == expected
    assert refusal(change(EXPAND), EXPAND) == AlreadySo("schema_link")


def test_versions_go_the_way_of_the_phases() -> None:
    older = link(Phase.MIGRATE, "1.4.9")
    expected = PhaseOutOfOrder("orders.total", Phase.MIGRATE, "1.4.9", Phase.EXPAND, "1.5.0")
    assert refusal(change(EXPAND), older) == expected
    late = link(Phase.MIGRATE, "1.8.0")
    expected = PhaseOutOfOrder("orders.total", Phase.MIGRATE, "1.8.0", Phase.CONTRACT, "1.7.0")
    assert refusal(change(EXPAND, MIGRATE, CONTRACT), late) == expected


def test_what_was_cancelled_or_rolled_back_takes_no_phase() -> None:
    both = change(EXPAND, MIGRATE)
    for gone in (Stage.CANCELLED, Stage.ROLLED_BACK):
        stages = {v("1.6.0"): gone}
        assert live(both, stages) == (EXPAND,)
        assert refusal(both, CONTRACT, stages) == PhaseMissing("orders.total", Phase.CONTRACT, Phase.MIGRATE)


def test_a_link_is_taken_back_unless_a_later_phase_hangs_on_it() -> None:
    found = change(EXPAND, MIGRATE)
    assert unlinked(found, "r1.6.0") == change(EXPAND)
    with pytest.raises(Refused) as refused:
        unlinked(found, "r1.5.0")
    assert refused.value.refusal == PhaseMissing("orders.total", Phase.MIGRATE, Phase.EXPAND)
    with pytest.raises(Refused) as refused:
        unlinked(found, "r9")
    assert refused.value.refusal == AlreadySo("schema_unlinked")


def test_it_is_finished_when_its_contract_step_is_out_and_given_up_at_any_time() -> None:
    found = change(EXPAND, MIGRATE, CONTRACT)
    with pytest.raises(Refused) as refused:
        ended(found, {}, finished=True, by="U1", at=AT)
    assert refused.value.refusal == PhaseMissing("orders.total", None, Phase.CONTRACT)
    done = ended(found, OUT, finished=True, by="U1", at=AT)
    assert (done.state, done.ended_by, done.ended_at) == (SchemaState.FINISHED, "U1", AT)
    assert ended(found, {}, finished=False, by="U1", at=AT).state is SchemaState.ABANDONED
    for again in (lambda: ended(done, OUT, finished=False, by="U1", at=AT), lambda: unlinked(done, "r1.7.0")):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.refusal == AlreadySo("schema_ended")
    assert refusal(done, link(Phase.CONTRACT, "1.8.0")) == AlreadySo("schema_ended")


# --- contract ---------------------------------------------------------------------------------------------


def needed(targets: str, stages: Stages, window: int = 1, phase: Phase = Phase.CONTRACT) -> MustWait | None:
    found = change(EXPAND, MIGRATE, CONTRACT)
    return must_wait(found, phase, [v(one) for one in targets.split()], stages, window)


def test_the_contract_step_waits_until_a_rollback_goes_to_a_migrated_version() -> None:
    expanded = {v("1.5.0"): Stage.RELEASED, v("1.6.0"): Stage.APPROVED}
    assert needed("1.5.0 1.4.0", expanded) == OldSchemaNeeded("1.5.0", "1.6.0", in_production=False)
    verifying = {v("1.5.0"): Stage.RELEASED, v("1.6.0"): Stage.VERIFYING}
    assert needed("1.5.0 1.4.0", verifying) == OldSchemaNeeded("1.5.0", "1.6.0", in_production=False)
    assert needed("1.6.0 1.5.0 1.4.0", OUT) is None


def test_a_wider_window_waits_for_further_releases() -> None:
    assert needed("1.6.0 1.5.0", OUT, 2) == OldSchemaNeeded("1.5.0", "1.6.0", in_production=True, more=1)
    assert needed("1.6.0 1.5.0 1.4.0", OUT, 3) == OldSchemaNeeded(
        "1.5.0", "1.6.0", in_production=True, more=2
    )
    assert needed("1.6.1 1.6.0 1.5.0", OUT, 2) is None


def test_an_older_line_in_production_keeps_the_old_schema() -> None:
    assert needed("1.5.1 1.6.0", OUT) == OldSchemaNeeded("1.5.1", "1.6.0", in_production=True, more=1)


def test_nothing_is_contracted_before_anything_has_migrated() -> None:
    assert must_wait(change(EXPAND), Phase.CONTRACT, [], {}, 1) == OldSchemaNeeded(
        "", "", in_production=False
    )


# --- migrate ----------------------------------------------------------------------------------------------


def awaits(targets: str, stages: Stages, window: int = 1) -> MustWait | None:
    return needed(targets, stages, window, Phase.MIGRATE)


@pytest.mark.parametrize("stage", [Stage.ON_HOLD, Stage.APPROVED, Stage.VERIFYING, Stage.ROLLING_BACK])
def test_the_migrate_step_waits_until_the_expanding_release_is_out(stage: Stage) -> None:
    assert awaits("1.4.0", {v("1.5.0"): stage}) == NotExpanded("1.4.0", "1.5.0", in_production=False)
    assert awaits("", {v("1.5.0"): stage}) == NotExpanded("", "1.5.0", in_production=False)


def test_an_expansion_that_was_rolled_back_is_none() -> None:
    gone = {v("1.5.0"): Stage.ROLLED_BACK}
    assert awaits("1.4.0", gone) == NotExpanded("1.4.0", "", in_production=False)


def test_the_migrate_step_waits_until_a_rollback_goes_to_an_expanded_version() -> None:
    out = {v("1.5.0"): Stage.CLOSED}
    assert awaits("1.5.0 1.4.0", out) is None
    assert awaits("1.5.1 1.5.0 1.4.0", out) is None
    assert awaits("1.4.1 1.5.0", out) == NotExpanded("1.4.1", "1.5.0", in_production=True, more=1)
    assert awaits("1.5.0 1.4.0", out, 2) == NotExpanded("1.4.0", "1.5.0", in_production=True, more=1)


def test_every_release_that_expands_is_waited_for() -> None:
    second = link(Phase.EXPAND, "1.5.2")
    found = change(EXPAND, second, MIGRATE)
    out = {v("1.5.0"): Stage.RELEASED, v("1.5.2"): Stage.QA}
    asked = (Phase.MIGRATE, [v("1.5.0")])
    assert must_wait(found, *asked, out, 1) == NotExpanded("1.5.0", "1.5.2", in_production=False)
    assert must_wait(found, Phase.MIGRATE, [v("1.5.2")], {**out, v("1.5.2"): Stage.RELEASED}, 1) is None


def test_the_first_phase_waits_for_nothing() -> None:
    assert must_wait(change(EXPAND), Phase.EXPAND, [v("1.4.0")], {}, 1) is None


_STAGES = st.sampled_from(list(Stage))
_VERSIONS = st.builds(Version, st.just(1), st.integers(0, 9), st.integers(0, 3))


@st.composite
def _changes(draw: st.DrawFn) -> SchemaChange:
    """Whatever the rules let be linked, in any order of attempts."""
    found = EMPTY
    for phase, version in draw(st.lists(st.tuples(st.sampled_from(PHASES), _VERSIONS), max_size=12)):
        try:
            found = linked(found, link(phase, str(version)), {})
        except Refused:
            continue
    return found


@given(_changes())
def test_linked_phases_are_always_in_order_and_apart(found: SchemaChange) -> None:
    for one in found.links:
        for other in found.links:
            if PHASES.index(one.phase) < PHASES.index(other.phase):
                assert one.version < other.version
    assert len({one.release for one in found.links}) == len(found.links)


@given(
    _changes(),
    st.lists(_VERSIONS, max_size=6, unique=True),
    st.dictionaries(_VERSIONS, _STAGES, max_size=30),
    st.integers(1, 4),
)
def test_what_may_migrate_finds_the_new_schema_wherever_a_rollback_goes(
    found: SchemaChange, targets: list[Version], stages: Stages, window: int
) -> None:
    why = must_wait(found, Phase.MIGRATE, targets, stages, window)
    since = completed(found, Phase.EXPAND, stages)
    if why is None:
        assert since is not None
        assert stages[since] in REACHED_PRODUCTION
        assert all(target >= since for target in targets[:window])
        return
    assert isinstance(why, NotExpanded)
    assert why.in_production is (since is not None)
    assert since is None or v(why.target) < since


@given(
    _changes(),
    st.lists(_VERSIONS, max_size=6, unique=True),
    st.dictionaries(_VERSIONS, _STAGES, max_size=30),
    st.integers(1, 4),
)
def test_what_may_contract_needs_no_old_schema_wherever_a_rollback_goes(
    found: SchemaChange, targets: list[Version], stages: Stages, window: int
) -> None:
    why = must_wait(found, Phase.CONTRACT, targets, stages, window)
    since = completed(found, Phase.MIGRATE, stages)
    if why is None:
        assert since is not None
        assert stages[since] in REACHED_PRODUCTION
        assert all(target >= since for target in targets[:window])
        return
    assert why.in_production is (since is not None)
    assert since is None or v(why.target) < since


@given(_changes(), st.lists(_VERSIONS, max_size=6, unique=True), st.integers(1, 4))
def test_after_the_releases_that_are_said_it_is_allowed_and_not_before(
    found: SchemaChange, targets: list[Version], window: int
) -> None:
    stages = {one.version: Stage.RELEASED for one in found.links}
    why = must_wait(found, Phase.CONTRACT, targets, stages, window)
    if why is None or not why.in_production:
        return
    newer = [Version(2, n, 0) for n in range(why.more)]
    assert must_wait(found, Phase.CONTRACT, [*newer, *targets], stages, window) is None
    assert must_wait(found, Phase.CONTRACT, [*newer[1:], *targets], stages, window) is not None
