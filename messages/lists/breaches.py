"""The answer to `/release breach`: what was breached on a release, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator

from domain.criteria.model import STANDING, Breach
from domain.views import BreachesView
from messages import blocks
from messages.blocks import Block, user
from messages.buttons import press_button
from messages.criteria import words
from messages.criteria.buttons import breach_buttons
from messages.ids import Press, Target
from messages.message import Message
from messages.parts import quote, stamp
from messages.texts import Reader
from messages.versions import tag

_SHOWN = 15
_WORDS = 300


def breaches_list(reader: Reader, view: BreachesView) -> Message:
    head = reader.t("Rollback criteria of {version}", version=tag(str(view.release.version)))
    return Message(head, list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: BreachesView, head: str) -> Iterator[Block]:
    t = reader.t
    none = "" if view.breaches else "\n" + t("None was breached.")
    yield blocks.section(f"*{head}*{none}")
    for one in view.breaches[:_SHOWN]:
        yield blocks.section(_entry(reader, one))
        pressed = breach_buttons(reader, one, view.release.rc) if one.state in STANDING else []
        if pressed:
            yield blocks.actions(pressed)
    if len(view.breaches) > _SHOWN:
        yield blocks.context(t("… and {n} more", n=len(view.breaches) - _SHOWN))
    target = Target(release=view.release.id)
    yield blocks.actions([press_button(t("Report a breach…"), Press.BREACH_REPORT, target)])


def _entry(reader: Reader, of: Breach) -> str:
    t = reader.t
    lines = [f"*{words.breach(reader, of)}*"]
    facts = [words.level_name(reader, of.level), words.state(reader, of), stamp(reader, of.opened_at)]
    if of.reporter:
        facts.append(t("reported by {who}", who=user(of.reporter)))
    if of.confirmed_by:
        facts.append(t("confirmed by {who}", who=user(of.confirmed_by)))
    if of.by:
        facts.append(user(of.by))
    lines.append(" · ".join(facts))
    lines += [f"> {text}" for text in words.seen(of, _WORDS)]
    lines += [f"> {quote(of.reason, _WORDS)}"] if of.reason else []
    return "\n".join(lines)
