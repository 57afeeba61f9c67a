"""What a filled-in form about an exception asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.forms import FieldError, request_of
from bot.payloads import Filled, State
from commands.requests import AskException, DecideException, JudgeException, RevokeException
from domain.calendar.exceptions import ExceptionResult
from domain.calendar.gate import GateAction
from domain.refusals import TextMissing
from messages.ids import Form, Target

TEXTS = {"what": "v1.5.0", "why": "a law", "risk": "low", "way_back": "v1.4.0"}


def filled(form: Form, target: Target, **values: Any) -> Filled:
    """Texts are typed, `(value,)` is chosen, a number is a moment."""

    def element(value: Any) -> dict[str, Any]:
        if isinstance(value, tuple):
            return {"selected_option": {"value": value[0]}}
        return {"selected_date_time": value} if isinstance(value, int) else {"value": value}

    return Filled(form, target, State({name: {name: element(value)} for name, value in values.items()}))


def test_a_deploy_is_asked_for_as_it_was_filled_in() -> None:
    target = Target(project="shop", release="r1", closed="1a2b")
    values = {"from": 1772600400, "length": ("14400",), "use": ("period",)}
    assert request_of(filled(Form.EXCEPTION, target, **TEXTS, **values)) == AskException(
        project="shop",
        release="r1",
        since=datetime(2026, 3, 4, 5, tzinfo=UTC),
        length=timedelta(hours=4),
        single_use=False,
        shown="1a2b",
        **TEXTS,
    )


def test_a_merge_is_asked_for_from_now_on() -> None:
    target = Target(project="shop", state="merge", closed="1a2b")
    assert request_of(filled(Form.EXCEPTION, target, **TEXTS)) == AskException(
        project="shop", action=GateAction.MERGE_FEATURE, shown="1a2b", **TEXTS
    )


@pytest.mark.parametrize(
    ("state", "values", "request_"),
    [
        (
            "grant",
            {"length": ("3600",), "use": ("single",), "note": "once"},
            DecideException(
                exception="e1", grant=True, length=timedelta(hours=1), single_use=True, note="once"
            ),
        ),
        ("grant", {}, DecideException(exception="e1", grant=True)),
        ("deny", {"note": "later"}, DecideException(exception="e1", grant=False, note="later")),
    ],
)
def test_a_decision_is_what_was_chosen(state: str, values: dict[str, Any], request_: DecideException) -> None:
    target = Target(exception="e1", state=state)
    assert request_of(filled(Form.EXCEPTION_DECISION, target, **values)) == request_


def test_a_revocation_has_its_reason() -> None:
    made = request_of(filled(Form.EXCEPTION_REVOKE, Target(exception="e1"), note="no longer needed"))
    assert made == RevokeException(exception="e1", reason="no longer needed")


def test_a_judgement_needs_all_its_answers() -> None:
    target = Target(exception="e1")
    values: dict[str, Any] = {"result": ("failed",), "urgent": ("no",), "reason_true": ("yes",)}
    assert request_of(filled(Form.EXCEPTION_JUDGEMENT, target, **values)) == JudgeException(
        exception="e1", result=ExceptionResult.FAILED, urgent=False, reason_true=True
    )
    del values["urgent"]
    with pytest.raises(FieldError) as missing:
        request_of(filled(Form.EXCEPTION_JUDGEMENT, target, **values))
    assert (missing.value.field, missing.value.refusal) == ("urgent", TextMissing("choice"))
