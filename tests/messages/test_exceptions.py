"""Lists of exceptions that are long, and words for what nobody knows."""

from __future__ import annotations

from dataclasses import replace

from domain.calendar.exceptions import ExceptionState
from domain.views import ExceptionsView, LedgerView
from messages import lists
from messages.exception_parts import state
from tests.messages.surfaces import builders as b

MANY = tuple(b.exception_view(exception=replace(b.EXCEPTION, id=f"e{n}")) for n in range(23))
MORE = {"type": "context", "elements": [{"type": "mrkdwn", "text": "… and 3 more", "verbatim": True}]}


def test_a_long_list_and_a_long_ledger_say_how_many_more_there_are() -> None:
    shown = lists.exceptions_list(
        b.EN_PERSON, ExceptionsView(project=b.PROJECT, exceptions=MANY, budget=b.BUDGET)
    )
    ledger = lists.ledger(b.EN_PERSON, LedgerView(project=b.PROJECT, exceptions=MANY, budget=b.BUDGET))
    assert MORE in shown.blocks
    assert MORE in ledger.blocks


def test_nobody_knows_whether_something_was_merged_in_the_time_of_an_exception() -> None:
    over = replace(b.MERGE, state=ExceptionState.EXPIRED)
    assert state(b.EN_PERSON, over) == "⌛ Over"
    assert state(b.KO_PERSON, over) == "⌛ 기간 종료"


def test_a_request_that_was_withdrawn_or_not_answered_was_never_granted() -> None:
    withdrawn = replace(b.EXCEPTION, state=ExceptionState.REVOKED)
    unanswered = replace(b.EXCEPTION, state=ExceptionState.EXPIRED)
    assert [state(b.EN_PERSON, one) for one in (withdrawn, unanswered)] == [
        "⛔ Withdrawn",
        "⌛ Not decided in time",
    ]
