"""Names, targets and the escalation path of a rollback."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Role, Roster
from domain.release import Release
from domain.rollback import Room, RoomState, incident_name, rollback_name, room_names
from domain.rollback.escalation import callable_roles, next_role
from domain.rollback.targets import chosen, targets
from domain.types import ReleaseType, Stage
from domain.versions import Version

AT = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
v = Version.parse


def release(version: str, previous: str = "") -> Release:
    return Release(
        id="1",
        project="shop",
        version=v(version),
        type=ReleaseType.REGULAR,
        stage=Stage.RELEASED,
        stage_since=AT,
        created_at=AT,
        started_by="U1",
        previous_version=previous,
    )


# --- names --------------------------------------------------------------------------------------------------


def test_names_say_what_the_room_is_for() -> None:
    assert rollback_name("1.6.0") == "rollback-v1-6-0"
    assert rollback_name("1.6.0-Beta.1+build.7") == "rollback-v1-6-0-beta-1-build-7"
    assert incident_name("shop", "1.6.0", date(2026, 3, 14)) == "incident-v1-6-0"
    assert incident_name("shop", "", date(2026, 3, 14)) == "incident-shop-20260314"


def test_taken_names_are_counted_on() -> None:
    assert list(islice(room_names("rollback-v1-6-0"), 3)) == [
        "rollback-v1-6-0",
        "rollback-v1-6-0-2",
        "rollback-v1-6-0-3",
    ]


@given(
    st.from_regex(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(-[0-9A-Za-z.-]{1,90})?", fullmatch=True),
    st.integers(1, 200),
)
def test_every_name_is_safe_and_new(version: str, tried: int) -> None:
    names = list(islice(room_names(rollback_name(version)), tried))

    assert [name for name in names if not SAFE.fullmatch(name)] == []
    assert len(set(names)) == tried


# --- targets ------------------------------------------------------------------------------------------------


def test_the_previous_good_version_comes_first() -> None:
    found = targets(
        release("1.6.0", previous="1.4.0"),
        ["v1.3.0", "v1.4.0", "v1.5.0", "v1.6.0", "v1.6.0-rc.1", "not-a-version"],
        [v("1.5.0"), v("1.4.0")],
        {v("1.5.0"): Stage.CLOSED, v("1.4.0"): Stage.CLOSED, v("1.6.0"): Stage.RELEASED},
    )

    assert found == ("v1.5.0", "v1.4.0", "v1.3.0")


def test_production_order_beats_version_order() -> None:
    found = targets(release("1.6.0"), ["v1.4.1", "v1.5.0"], [v("1.4.1"), v("1.5.0")], {})

    assert found == ("v1.4.1", "v1.5.0")


@pytest.mark.parametrize("stage", [Stage.ROLLED_BACK, Stage.CANCELLED, Stage.DEPLOYING])
def test_what_did_not_stay_in_production_is_no_target(stage: Stage) -> None:
    assert targets(release("1.6.0", "1.5.0"), ["v1.5.0", "v1.4.0"], [], {v("1.5.0"): stage}) == ("v1.4.0",)


def test_without_records_the_version_it_was_started_from_comes_first() -> None:
    assert targets(release("1.6.0", "1.4.0"), ["v1.5.9", "v1.4.0"], [], {}) == ("v1.4.0", "v1.5.9")


def test_newer_tags_are_no_way_back() -> None:
    assert targets(release("1.4.2"), ["v1.5.0", "v1.4.1"], [], {}) == ("v1.4.1",)


def test_tags_keep_the_repositorys_spelling() -> None:
    assert targets(release("1.6.0"), ["1.5.0"], [v("1.5.0"), v("1.4.0")], {}) == ("1.5.0", "v1.4.0")


def test_a_first_release_has_no_target() -> None:
    assert targets(release("1.0.0"), ["v1.0.0-rc.1", "v1.0.0"], [], {v("1.0.0"): Stage.RELEASED}) == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("v1.5.0", "v1.5.0"), ("1.5.0", "v1.5.0"), ("1.9.0", None), ("latest", None)]
)
def test_a_typed_target_is_one_of_them_or_none(typed: str, meant: str | None) -> None:
    assert chosen(typed, ("v1.5.0", "v1.4.0")) == meant


# --- escalation ---------------------------------------------------------------------------------------------


def room(*called: Role) -> Room:
    return Room(
        id="R1",
        project="shop",
        state=RoomState.OPEN,
        opened_at=AT,
        opened_by="U1",
        name="incident",
        called=called,
    )


def test_escalation_goes_on_to_the_next_role_that_has_people() -> None:
    roster = Roster({Role.ONCALL: frozenset({"U1"}), Role.RELEASE_MANAGER: frozenset({"U2"})})

    assert next_role(room(), roster) is Role.ONCALL
    assert next_role(room(Role.ONCALL), roster) is Role.RELEASE_MANAGER
    assert next_role(room(Role.ONCALL, Role.RELEASE_MANAGER), roster) is Role.RELEASE_MANAGER
    assert next_role(room(), Roster()) is Role.PM


def test_every_role_with_people_can_be_called_the_next_one_first() -> None:
    roster = Roster({role: frozenset({"U1"}) for role in (Role.RELEASE_MANAGER, Role.ONCALL, Role.SECURITY)})

    assert callable_roles(room(), roster) == (Role.ONCALL, Role.RELEASE_MANAGER, Role.SECURITY)
