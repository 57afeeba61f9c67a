"""What was filled in about a reading or a breach, as the request that it makes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.forms import FieldError, field_of, request_of
from bot.payloads import Filled, State
from commands.requests import DismissBreach, EnterReading, ReportBreach
from domain.criteria.model import Reported
from domain.refusals import TextMissing
from messages.ids import Form, Target


def state(**fields: str) -> State:
    """Texts as typed; what begins with `=` was chosen."""

    def element(value: str) -> dict[str, Any]:
        if value.startswith("="):
            return {"selected_option": {"value": value[1:]} if value[1:] else None}
        return {"value": value or None}

    return State({name: {name: element(value)} for name, value in fields.items()})


def asked(form: Form, **fields: str) -> object:
    return request_of(Filled(form, Target(release="r1", key="b1"), state(**fields)))


def test_a_reading_is_taken_as_it_was_typed() -> None:
    assert asked(Form.READING, metric="=p95_latency", value="180 ms", note="seen on the dashboard") == (
        EnterReading(release="r1", metric="p95_latency", text="180 ms", note="seen on the dashboard")
    )
    assert asked(Form.READING, metric="=cpu", value="", note="") == (
        EnterReading(release="r1", metric="cpu", text="", note="")
    )
    assert field_of(Form.READING) == "value"


def test_a_reading_without_a_metric_is_told_beside_it() -> None:
    with pytest.raises(FieldError) as told:
        asked(Form.READING, metric="=", value="180 ms", note="")
    assert (told.value.field, told.value.refusal) == ("metric", TextMissing("choice"))


def test_a_breach_is_reported_and_put_aside() -> None:
    assert asked(Form.BREACH, criterion="=data", seen="orders twice") == (
        ReportBreach(release="r1", reported=Reported.DATA, seen="orders twice")
    )
    assert asked(Form.BREACH_DISMISS, reason="a cold cache") == (
        DismissBreach(breach="b1", reason="a cold cache")
    )
