"""The changes that a release carries, twenty on a page, in their groups. Nothing is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from domain.scope import Line
from domain.views import ScopeView
from messages import blocks, names
from messages.blocks import Block
from messages.buttons import press_button
from messages.changes import GROUPS, change_line, counts
from messages.ids import Form, Press, Target
from messages.modals.fields import View, form
from messages.parts import code, in_sections, link, quote
from messages.texts import Reader

PAGE = 20
BREAKING = "breaking"


def scope(reader: Reader, view: ScopeView, *, page: int = 0) -> View:
    """`page` counts from 0; one that is not there shows the nearest."""
    entries = grouped(view.scope.lines)
    last = max(0, (len(entries) - 1) // PAGE)
    at = min(max(page, 0), last)
    shown = entries[at * PAGE : (at + 1) * PAGE]
    content = [_head(reader, view), *_groups(reader, view, shown), *_pages(reader, view, at, last)]
    target = Target(project=view.project.key, release=view.release.id, page=at)
    return form(reader, Form.SCOPE, reader.t("Changes"), content, submit="", target=target)


def grouped(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Breaking changes first, then by kind; each line once, with the group that it stands in."""
    breaking = [(BREAKING, line) for line in lines if line.breaking]
    others = [
        (str(kind), line) for kind in GROUPS for line in lines if line.kind is kind and not line.breaking
    ]
    return breaking + others


def _head(reader: Reader, view: ScopeView) -> Block:
    t = reader.t
    since = (
        t("since {version}", version=code(view.scope.since)) if view.scope.since else t("the first release")
    )
    text = f"*{quote(view.release.tag)}* · {since}\n{counts(reader, view.scope.counts)}"
    if view.compare_url:
        text += "\n" + link(view.compare_url, t("Compare on the code host"))
    return blocks.section(text)


def _groups(reader: Reader, view: ScopeView, entries: Sequence[tuple[str, Line]]) -> Iterator[Block]:
    if not entries:
        yield blocks.section(reader.t("There are no changes here yet."))
    titles = {str(kind): names.change_kind(reader, kind) for kind in GROUPS}
    titles[BREAKING] = reader.t("Breaking changes")
    for group, members in groupby(entries, key=lambda entry: entry[0]):
        yield blocks.section(f"*{titles[group]}*")
        for part in in_sections([f"• {change_line(reader, line, view.grammar)}" for _, line in members]):
            yield blocks.section(part)


def _pages(reader: Reader, view: ScopeView, at: int, last: int) -> Iterator[Block]:
    if not last:
        return
    t = reader.t
    buttons = [
        press_button(label, Press.SCOPE, Target(release=view.release.id, page=to), key=key)
        for label, to, key in ((t("← Previous"), at - 1, "back"), (t("Next →"), at + 1, "on"))
        if 0 <= to <= last
    ]
    yield blocks.context(t("Page {page} of {pages}", page=at + 1, pages=last + 1))
    yield blocks.actions(buttons)
