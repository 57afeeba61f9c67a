"""A request for an exception in a blackout: what is asked, what was decided, buttons until then."""

from __future__ import annotations

from collections.abc import Iterator

from domain.views import ExceptionView
from messages import blocks
from messages.blocks import Block, user
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.message import Message
from messages.names import word
from messages.parts import labelled, people, quote, stamp, when
from messages.texts import Reader

ASKED = "asked"
_TEXT = 1500
_STATES = {
    ASKED: word("⏳ Waits for a decision"),
    "granted": word("🟢 Granted"),
    "denied": word("🔴 Denied"),
    "used": word("✓ Used"),
    "expired": word("Expired without being used"),
}


def exception(reader: Reader, view: ExceptionView) -> Message:
    head = reader.t("Exception for {version}", version=blocks.cut(view.release.tag, 64))
    return Message(blocks.esc(f"{head}: {_state(reader, view)}"), list(_blocks(reader, view, head)))


def _state(reader: Reader, view: ExceptionView) -> str:
    return reader.t(_STATES[view.state]) if view.state in _STATES else view.state


def _blocks(reader: Reader, view: ExceptionView, head: str) -> Iterator[Block]:
    yield blocks.header(head)
    yield blocks.section(_what_for(reader, view))
    for label, text in _answers(reader, view):
        yield blocks.section(labelled(label, quote(text, _TEXT)))
    yield blocks.section("\n".join(_standing(reader, view)))
    if view.state == ASKED:
        yield _buttons(reader, view)


def _what_for(reader: Reader, view: ExceptionView) -> str:
    t = reader.t
    asked = t("Asked by {by}, {at}", by=user(view.asked_by), at=stamp(reader, view.asked_at))
    blackout = t("Blackout: {name}", name=f"*{quote(view.blackout.name)}*")
    until = t("until {at}", at=when(reader, view.blackout.end))
    return f"{blackout} · {until}\n{asked}"


def _answers(reader: Reader, view: ExceptionView) -> Iterator[tuple[str, str]]:
    t = reader.t
    yield t("What goes out?"), view.what
    yield t("Why can it not wait?"), view.why
    yield t("What could go wrong?"), view.risk
    yield t("Way back"), view.way_back


def _standing(reader: Reader, view: ExceptionView) -> Iterator[str]:
    """Where the request stands, who decided or can, until when it is good."""
    t = reader.t
    decided = f" · {user(view.decided_by)}" if view.decided_by else ""
    yield f"*{_state(reader, view)}*{decided}"
    if view.until and view.state in {"granted", "used"}:
        yield t("Good until {at}, for this release only.", at=when(reader, view.until))
    if view.note:
        yield t("Note: {note}", note=quote(view.note))
    if view.state == ASKED:
        who = people(reader, view.deciders)
        yield (
            t("Can decide: {who}", who=who)
            if who
            else t("Nobody can decide: no PM but who asks is known. The owners can change the roles.")
        )


def _buttons(reader: Reader, view: ExceptionView) -> Block:
    target = Target(release=view.release.id, exception=view.id)
    return blocks.actions(
        [
            press_button(reader.t("Grant…"), Press.EXCEPTION_GRANT, target, style="primary"),
            press_button(reader.t("Deny…"), Press.EXCEPTION_DENY, target, style="danger"),
        ]
    )
