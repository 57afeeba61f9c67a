"""Two candidates side by side: what the newer one has and the older one had not, and what is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.scope import Line
from domain.views import CompareView
from messages import blocks
from messages.blocks import Block, Element
from messages.buttons import press_button, press_id
from messages.changes import change_line
from messages.ids import Form, Press, Target, encode
from messages.modals.fields import View, form
from messages.parts import fitting, quote
from messages.surroundings import paths, variables
from messages.texts import Reader

_LIST = 2800
_SHORTER = 1400


def compare(reader: Reader, view: CompareView) -> View:
    t = reader.t
    content = [
        blocks.section(f"*{quote(view.release.tag)}*"),
        _choice(view, t("Candidate"), newer=True),
        _choice(view, t("compared with"), newer=False),
        blocks.divider(),
        *_found(reader, view),
        blocks.actions([press_button(t("← All changes"), Press.SCOPE, Target(release=view.release.id))]),
    ]
    target = _target(view, view.newer, view.older)
    return form(reader, Form.COMPARE, t("Compare candidates"), content, submit="", target=target)


def _choice(view: CompareView, label: str, *, newer: bool) -> Block:
    """Every option names both candidates: the one of it, and the other as it is now."""
    options = [_option(view, number, newer=newer) for number in view.candidates[-blocks.OPTIONS :]]
    now = _option(view, view.newer if newer else view.older, newer=newer)
    key = "newer" if newer else "older"
    element = blocks.select(press_id(Press.COMPARE, key), options, initial=now if now in options else None)
    return blocks.section(label, accessory=element)


def _option(view: CompareView, number: int, *, newer: bool) -> Element:
    pair = (number, view.older) if newer else (view.newer, number)
    return blocks.option(f"rc.{number}", encode(_target(view, *pair)))


def _target(view: CompareView, newer: int, older: int) -> Target:
    return Target(release=view.release.id, candidate=newer, page=older)


def _found(reader: Reader, view: CompareView) -> Iterator[Block]:
    t, found = reader.t, view.difference
    if not found:
        yield blocks.section(t("Both carry the same."))
    yield from _changes(reader, view, t("New changes"), found.came)
    yield from _changes(reader, view, t("Changes that are gone"), found.gone)
    for title, of in ((t("New migrations"), found.migrations), (t("Migrations gone"), found.migrations_gone)):
        if of:
            yield blocks.section(f"*{title}* ({len(of):,})\n{paths(reader, of, _SHORTER)}")
    if found.variables:
        title = t("Environment variables")
        yield blocks.section(f"*{title}*\n{variables(reader, found.variables, _SHORTER)}")
    if found.variables_gone:
        title = t("Environment variables back as they were")
        yield blocks.section(f"*{title}*\n{variables(reader, found.variables_gone, _SHORTER)}")


def _changes(reader: Reader, view: CompareView, title: str, lines: Sequence[Line]) -> Iterator[Block]:
    if lines:
        said = [f"• {change_line(line, view.links)}" for line in lines]
        yield blocks.section(f"*{title}* ({len(lines):,})\n{fitting(reader, said, _LIST)}")
