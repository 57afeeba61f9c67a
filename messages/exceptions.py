"""A freeze exception in the DMs of those who decide on it and judge it; buttons until that is done."""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar.exceptions import ExceptionState, FreezeException
from domain.views import ExceptionView
from messages import blocks
from messages.blocks import Block, Element, user
from messages.buttons import press_button
from messages.exception_parts import RESULTS, beyond, judged, state, use, wanted, who_decides
from messages.gates import restriction
from messages.ids import Press, Target
from messages.message import Message
from messages.parts import labelled, quote, stamp, when
from messages.texts import Reader

_TEXT = 1500


def exception(reader: Reader, view: ExceptionView) -> Message:
    """The copy of somebody who decides."""
    head = title(reader, view)
    return Message(blocks.esc(f"{head}: {state(reader, view.exception)}"), list(_asked(reader, view, head)))


def title(reader: Reader, view: ExceptionView) -> str:
    """Plain text."""
    if view.exception.merges:
        return reader.t("Exception to merge in the code freeze")
    return reader.t("Exception for {version}", version=blocks.cut(f"v{view.version}", 64))


def subject(reader: Reader, view: ExceptionView) -> str:
    """`*v1.5.0* · Blackout: *Spring sale*`; of merges the code freeze names the release."""
    what = restriction(reader, view.exception.restriction)
    return what if view.exception.merges else f"*v{quote(view.version, 64)}* · {what}"


def _asked(reader: Reader, view: ExceptionView, head: str) -> Iterator[Block]:
    of = view.exception
    yield blocks.header(head)
    yield blocks.section(_what_for(reader, of))
    for label, text in _answers(reader, of):
        yield blocks.section(labelled(label, quote(text, _TEXT)))
    if of.over_budget:
        yield blocks.context(beyond(reader, view.budget))
    yield blocks.section("\n".join(_standing(reader, view)))
    buttons = list(_buttons(reader, of))
    if buttons:
        yield blocks.actions(buttons)


def _what_for(reader: Reader, of: FreezeException) -> str:
    t = reader.t
    until = f" · {t('until {at}', at=when(reader, of.closed_until))}" if of.closed_until else ""
    asked = t("Asked by {by}, {at}", by=user(of.asked_by), at=stamp(reader, of.asked_at))
    return f"{restriction(reader, of.restriction)}{until}\n{asked}\n{wanted(reader, of)}"


def _answers(reader: Reader, of: FreezeException) -> Iterator[tuple[str, str]]:
    t = reader.t
    yield (t("Which change or branch?") if of.merges else t("What goes out?")), of.what
    yield t("Why can it not wait?"), of.why
    yield t("What could go wrong?"), of.risk
    yield t("Way back"), of.way_back


def _standing(reader: Reader, view: ExceptionView) -> Iterator[str]:
    """Where it stands and by whom; until when it is good; who can decide."""
    t, of = reader.t, view.exception
    by = of.ended_by or of.decided_by
    yield f"*{state(reader, of)}*{f' · {user(by)}' if by else ''}"
    if of.since and of.until and of.state is ExceptionState.GRANTED:
        yield t(
            "Good from {since} until {until} ({use}).",
            since=when(reader, of.since),
            until=when(reader, of.until),
            use=use(reader, merges=of.merges, single=of.single_use),
        )
    for text in filter(None, (of.note, of.ended_note)):
        yield t("Note: {note}", note=quote(text))
    if of.state is ExceptionState.ASKED:
        yield who_decides(reader, view.roles, view.deciders, view.owners)


def _buttons(reader: Reader, of: FreezeException) -> Iterator[Element]:
    """To decide, once; to revoke as long as it is granted."""
    t, target = reader.t, Target(exception=of.id)
    if of.state is ExceptionState.ASKED:
        yield press_button(t("Grant…"), Press.EXCEPTION_GRANT, target, style="primary")
        yield press_button(t("Deny…"), Press.EXCEPTION_DENY, target, style="danger")
    if of.state is ExceptionState.GRANTED:
        yield press_button(t("Revoke…"), Press.EXCEPTION_REVOKE, target, style="danger")


# --- afterwards -------------------------------------------------------------------------------------------


def judgement(reader: Reader, view: ExceptionView) -> Message:
    """The question to somebody who judges, and the answer once there is one."""
    t = reader.t
    head = t("How did the exception turn out?")
    return Message(f"{head} {subject(reader, view)}", list(_to_judge(reader, view, head)))


def _to_judge(reader: Reader, view: ExceptionView, head: str) -> Iterator[Block]:
    t, of = reader.t, view.exception
    yield blocks.header(head)
    yield blocks.section(subject(reader, view))
    yield blocks.section(labelled(t("Why can it not wait?"), quote(of.why, _TEXT)))
    yield blocks.section("\n".join(_came_out(reader, view)))
    if view.to_judge:
        yield blocks.context(
            t("Did it fail, was it urgent, was the reason true? The ledger keeps the answer.")
        )
        button = press_button(t("Judge…"), Press.EXCEPTION_JUDGE, Target(exception=of.id), style="primary")
        yield blocks.actions([button])


def _came_out(reader: Reader, view: ExceptionView) -> Iterator[str]:
    t, of = reader.t, view.exception
    yield t("Asked by {by}, granted by {who}", by=user(of.asked_by), who=user(of.decided_by))
    if view.known:
        yield t("As far as Naru knows, it {result}.", result=t(RESULTS[view.known]))
    if of.judgement:
        yield t("Judged: {verdict}", verdict=judged(reader, of.judgement))
        if of.judgement.note:
            yield t("Note: {note}", note=quote(of.judgement.note))
