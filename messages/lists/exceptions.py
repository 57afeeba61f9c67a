"""The answers to `/release exception`: those that wait or are granted, and the ledger of a month."""

from __future__ import annotations

from collections.abc import Iterator

from babel.dates import format_date

from domain.calendar.exceptions import ExceptionState
from domain.views import ExceptionsView, ExceptionView, LedgerView
from messages import blocks
from messages.blocks import Block, Element, user
from messages.buttons import press_button
from messages.exception_parts import RESULTS, judged, state, use, who_decides
from messages.exceptions import subject
from messages.ids import Press, Target
from messages.lists.rows import project_title
from messages.message import Message
from messages.parts import quote, stamp, when
from messages.texts import Reader

_SHOWN = 20
_WHY = 150
_MONTH = {"en": "MMMM y", "ko": "y년 M월"}


def exceptions_list(reader: Reader, view: ExceptionsView) -> Message:
    head = reader.t("Exceptions: {project}", project=project_title(reader, view.project))
    return Message(head, list(_live(reader, view, head)))


def _live(reader: Reader, view: ExceptionsView, head: str) -> Iterator[Block]:
    t = reader.t
    none = "" if view.exceptions else "\n" + t("None waits for a decision, none is granted.")
    yield blocks.section(f"*{head}*{none}")
    for one in view.exceptions[:_SHOWN]:
        yield blocks.section(_entry(reader, one), accessory=_revoke(reader, one))
    if len(view.exceptions) > _SHOWN:
        yield blocks.context(t("… and {n} more", n=len(view.exceptions) - _SHOWN))
    yield blocks.context(_budget(reader, view.budget.granted, view.budget.limit))


def _entry(reader: Reader, view: ExceptionView) -> str:
    t, of = reader.t, view.exception
    lines = [_head(reader, view), f"{user(of.asked_by)}: {quote(of.why, _WHY)}"]
    if of.since and of.until:
        lines.append(
            t(
                "Good from {since} until {until} ({use}).",
                since=when(reader, of.since),
                until=when(reader, of.until),
                use=use(reader, merges=of.merges, single=of.single_use),
            )
        )
    else:
        lines.append(who_decides(reader, view.roles, view.deciders, view.owners))
    return "\n".join(lines)


def _head(reader: Reader, view: ExceptionView) -> str:
    return f"{subject(reader, view)} · {state(reader, view.exception)}"


def _revoke(reader: Reader, view: ExceptionView) -> Element:
    of = view.exception
    label = reader.t("Revoke…") if of.state is ExceptionState.GRANTED else reader.t("Withdraw…")
    return press_button(label, Press.EXCEPTION_REVOKE, Target(exception=of.id))


def _budget(reader: Reader, granted: int, limit: int) -> str:
    return reader.t(
        "This month: {granted} granted, budget {limit}. The ledger: {command}",
        granted=granted,
        limit=limit,
        command="`/release exception ledger`",
    )


# --- the ledger -------------------------------------------------------------------------------------------


def ledger(reader: Reader, view: LedgerView) -> Message:
    t = reader.t
    month = format_date(view.budget.month, _MONTH[reader.language], locale=reader.language)
    project = project_title(reader, view.project)
    head = t("Ledger of exceptions: {project}, {month}", project=project, month=month)
    return Message(head, list(_ledger(reader, view, head)))


def _ledger(reader: Reader, view: LedgerView, head: str) -> Iterator[Block]:
    t, of = reader.t, view.budget
    over = of.granted - of.limit
    count = t(
        "Asked: {asked} · granted: {granted} · budget: {limit}",
        asked=len(view.exceptions),
        granted=of.granted,
        limit=of.limit,
    )
    warning = " · " + t("⚠ {n} beyond it", n=over) if over > 0 else ""
    waiting = sum(one.to_judge for one in view.exceptions)
    judge = " · " + t("to be judged: {n}", n=waiting) if waiting else ""
    yield blocks.section(f"*{head}*\n{count}{warning}{judge}")
    if not view.exceptions:
        yield blocks.context(t("No exception was asked for in this month."))
    for one in view.exceptions[:_SHOWN]:
        yield blocks.section("\n".join(_record(reader, one, view)), accessory=_judge(reader, one))
    if len(view.exceptions) > _SHOWN:
        yield blocks.context(t("… and {n} more", n=len(view.exceptions) - _SHOWN))


def _record(reader: Reader, view: ExceptionView, of_month: LedgerView) -> Iterator[str]:
    """What was asked and became of it, who decided, what was known and judged."""
    t, of = reader.t, view.exception
    beyond = " · " + t("⚠ beyond the budget") if of.id in of_month.beyond else ""
    yield f"{_head(reader, view)}{beyond}"
    yield (
        t("Asked by {by}, {at}", by=user(of.asked_by), at=stamp(reader, of.asked_at))
        + f": {quote(of.why, _WHY)}"
    )
    yield from _decided(reader, view)
    if of.judgement:
        note = f"\n> {quote(of.judgement.note, _WHY)}" if of.judgement.note else ""
        yield t("Judged: {verdict}", verdict=judged(reader, of.judgement)) + note
    elif view.to_judge:
        yield t("Not judged yet.")


def _decided(reader: Reader, view: ExceptionView) -> Iterator[str]:
    t, of = reader.t, view.exception
    if of.decided_by and of.was_granted:
        yield t("Granted by {who}", who=user(of.decided_by))
    elif of.decided_by:
        yield t("Denied by {who}: {why}", who=user(of.decided_by), why=quote(of.note, _WHY))
    if of.ended_by:
        yield t("Revoked by {who}: {why}", who=user(of.ended_by), why=quote(of.ended_note, _WHY))
    if of.used_at:
        yield t("Used {at}", at=stamp(reader, of.used_at))
    if view.known and of.used_at:
        yield t("As far as Naru knows, it {result}.", result=t(RESULTS[view.known]))


def _judge(reader: Reader, view: ExceptionView) -> Element | None:
    if not view.to_judge:
        return None
    return press_button(reader.t("Judge…"), Press.EXCEPTION_JUDGE, Target(exception=view.exception.id))
