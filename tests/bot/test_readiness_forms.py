"""What was filled in about a way back, a rehearsal or a schema change, as the request that it makes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.forms import FieldError, request_of
from bot.payloads import Filled, State, Unreadable
from commands.requests import (
    BeginSchemaChange,
    EndSchemaChange,
    GivenWay,
    GiveWaysBack,
    LinkSchemaChange,
    RecordRehearsal,
)
from domain.refusals import Refusal, TextMissing
from domain.schema_phases import Phase
from domain.ways_back import Alternative, WayKind
from messages.ids import Form, Target


def state(**fields: str) -> State:
    """Texts as typed; what begins with `=` was chosen."""

    def element(value: str) -> dict[str, Any]:
        if value.startswith("="):
            return {"selected_option": {"value": value[1:]} if value[1:] else None}
        return {"value": value or None}

    return State({name: {name: element(value)} for name, value in fields.items()})


def asked(form: Form, target: Target, **fields: str) -> object:
    return request_of(Filled(form, target, state(**fields)))


RELEASE = Target(release="r1", candidate=2)
CHANGE = Target(project="shop", change="c1")


def test_only_what_is_filled_in_is_given() -> None:
    request = asked(
        Form.WAY_BACK,
        RELEASE,
        kind_a="=script",
        text_a=" down.sql ",
        alternative_a="=",
        kind_b="=",
        text_b="",
        alternative_b="=",
        kind_c="=impossible",
        text_c="",
        alternative_c="=forward_fix",
    )
    script = GivenWay(kind=WayKind.SCRIPT, migration="a", text="down.sql")
    instead = GivenWay(kind=WayKind.IMPOSSIBLE, migration="c", alternative=Alternative.FORWARD_FIX)
    assert request == GiveWaysBack(release="r1", ways=(script, instead), from_rc=2)


@pytest.mark.parametrize(("chosen", "runs"), [("=yes", True), ("=no", False), ("=", None)])
def test_whether_the_old_version_runs_on_the_new_schema_is_taken_along(
    chosen: str, *, runs: bool | None
) -> None:
    request = asked(
        Form.WAY_BACK, RELEASE, kind_a="=script", text_a="down.sql", alternative_a="=", old_a=chosen
    )
    way = GivenWay(kind=WayKind.SCRIPT, migration="a", text="down.sql", old_runs=runs)
    assert request == GiveWaysBack(release="r1", ways=(way,), from_rc=2)


def test_whether_the_old_version_runs_is_no_way_back_by_itself() -> None:
    with pytest.raises(FieldError) as error:
        asked(Form.WAY_BACK, RELEASE, kind_a="=", text_a="", alternative_a="=", old_a="=no")
    assert (error.value.field, error.value.refusal) == ("kind_a", TextMissing("choice"))


@pytest.mark.parametrize(
    ("kind", "text", "alternative", "field", "refusal"),
    [
        ("=", "", "=", "kind_a", TextMissing("way_back")),
        ("=", "down.sql", "=", "kind_a", TextMissing("choice")),
        ("=script", "", "=", "text_a", TextMissing("way_back")),
        ("=revert", "", "=forward_fix", "text_a", TextMissing("way_back")),
        ("=impossible", "why", "=", "alternative_a", TextMissing("alternative")),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    kind: str, text: str, alternative: str, field: str, refusal: Refusal
) -> None:
    with pytest.raises(FieldError) as error:
        asked(Form.WAY_BACK, RELEASE, kind_a=kind, text_a=text, alternative_a=alternative)
    assert (error.value.field, error.value.refusal) == (field, refusal)


def test_a_rehearsal_says_how_it_went() -> None:
    assert asked(Form.REHEARSAL, RELEASE, worked="=no", note="lock wait") == RecordRehearsal(
        release="r1", succeeded=False, note="lock wait"
    )
    with pytest.raises(FieldError) as error:
        asked(Form.REHEARSAL, RELEASE, worked="=", note="")
    assert error.value.field == "worked"


def test_a_schema_change_is_begun_linked_and_ended() -> None:
    assert asked(Form.SCHEMA_BEGIN, RELEASE, subject="orders.total", title="cents") == BeginSchemaChange(
        release="r1", subject="orders.total", title="cents"
    )
    assert asked(Form.SCHEMA_LINK, CHANGE, release="=r2", phase="=migrate") == LinkSchemaChange(
        change="c1", release="r2", phase=Phase.MIGRATE
    )
    assert asked(Form.SCHEMA_LINK, CHANGE, release="=r2", phase="=none") == LinkSchemaChange(
        change="c1", release="r2", phase=None
    )
    assert asked(Form.SCHEMA_END, CHANGE, end="=no", note="not needed") == EndSchemaChange(
        change="c1", finished=False, reason="not needed"
    )
    with pytest.raises(FieldError):
        asked(Form.SCHEMA_END, CHANGE, end="=", note="")


def test_a_phase_that_nobody_offers_is_no_request() -> None:
    with pytest.raises(Unreadable):
        asked(Form.SCHEMA_LINK, CHANGE, release="=r2", phase="=explode")
