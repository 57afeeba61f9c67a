"""The changes that a release carries, twenty on a page, in their groups; each can be left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from domain.scope import Line
from domain.views import ScopeView
from messages import blocks, names
from messages.blocks import Block, Element
from messages.buttons import press_button, press_id
from messages.changes import GROUPS, change_line
from messages.ids import Form, Press, Target, encode
from messages.modals.fields import View, form
from messages.modals.scope_head import head
from messages.parts import in_sections
from messages.texts import Reader

PAGE = 20
ALL, BREAKING, LEFT_OUT = "", "breaking", "left_out"
SHA = 20
"""So much of a SHA names a change in a button: an option's value has at most 150 characters."""


@dataclass(frozen=True)
class Place:
    """What of the list is shown: one group or all, and the page of it, from 0."""

    group: str = ALL
    page: int = 0


def scope(reader: Reader, view: ScopeView, place: Place = Place()) -> View:
    """A page that is not there shows the nearest, a group without changes all of them."""
    flags = {one.sha: one.flag for one in view.release.left_out}
    everything = grouped(view.scope.lines)
    groups = _groups(everything, flags)
    group = place.group if place.group in groups else ALL
    entries = groups.get(group, everything)
    last = max(0, (len(entries) - 1) // PAGE)
    at = min(max(place.page, 0), last)
    here = Place(group, at)
    shown = entries[at * PAGE : (at + 1) * PAGE]
    content = [
        *head(reader, view, whole=here == Place()),
        *_choices(reader, view, groups, group),
        *_lines(reader, view, shown, here, flags),
        *_pages(reader, view, here, last),
        *_beyond(reader, view, here, last),
    ]
    target = Target(project=view.project.key, release=view.release.id, page=at, state=group)
    return form(reader, Form.SCOPE, reader.t("Changes"), content, submit="", target=target)


def grouped(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Breaking changes first, then by kind; each line once, with the group that it stands in."""
    breaking = [(BREAKING, line) for line in lines if line.breaking]
    others = [
        (str(kind), line) for kind in GROUPS for line in lines if line.kind is kind and not line.breaking
    ]
    return breaking + others


def _groups(
    entries: Sequence[tuple[str, Line]], flags: Mapping[str, str]
) -> dict[str, list[tuple[str, Line]]]:
    """The groups that occur, and those that are left out as one of their own."""
    found = {group: list(members) for group, members in groupby(entries, key=lambda entry: entry[0])}
    hidden = [entry for entry in entries if entry[1].sha in flags]
    return {**found, LEFT_OUT: hidden} if hidden else found


def _choices(
    reader: Reader, view: ScopeView, groups: Mapping[str, Sequence[tuple[str, Line]]], group: str
) -> Iterator[Block]:
    """Which group is shown, and the way to another candidate."""
    t, release = reader.t, view.release.id
    titles = {ALL: t("All changes")} | _titles(reader)
    flagged = view.release.hidden
    labels = {
        one: _with_count(reader, titles[one], members, () if one == LEFT_OUT else flagged)
        for one, members in groups.items()
    }
    options = [
        blocks.option(labels.get(one, titles[one]), encode(Target(release=release, state=one)))
        for one in (ALL, *groups)
    ]
    elements: list[Element] = []
    if len(groups) > 1:
        chosen = options[(ALL, *groups).index(group)]
        elements.append(blocks.select(press_id(Press.SCOPE, "group"), options, initial=chosen))
    if len(view.candidates) > 1:
        before, now = view.candidates[-2:]
        target = Target(release=release, candidate=now, page=before)
        elements.append(press_button(t("Compare candidates"), Press.COMPARE, target))
    if elements:
        yield blocks.actions(elements)


def _with_count(
    reader: Reader, title: str, members: Sequence[tuple[str, Line]], hidden: Collection[str]
) -> str:
    """How many of them go out, and how many more are left out."""
    n = sum(line.sha in hidden for _, line in members)
    if not n:
        return f"{title} ({len(members)})"
    return reader.t("{title} ({n}, {hidden} left out)", title=title, n=len(members) - n, hidden=n)


def _titles(reader: Reader) -> dict[str, str]:
    t = reader.t
    titles = {str(kind): names.change_kind(reader, kind) for kind in GROUPS}
    return titles | {BREAKING: t("Breaking changes"), LEFT_OUT: t("Left out behind a flag")}


def _lines(
    reader: Reader,
    view: ScopeView,
    entries: Sequence[tuple[str, Line]],
    here: Place,
    flags: Mapping[str, str],
) -> Iterator[Block]:
    if not entries:
        yield blocks.section(reader.t("There are no changes here yet."))
    titles = _titles(reader)
    for group, members in groupby(entries, key=lambda entry: entry[0]):
        yield blocks.section(f"*{titles[group]}*")
        lines = [line for _, line in members]
        said = [f"• {change_line(line, view.links, flag=flags.get(line.sha, ''))}" for line in lines]
        said = [_marked(reader, view, line, text) for line, text in zip(lines, said, strict=True)]
        if view.changeable or view.correctable:
            for line, text in zip(lines, said, strict=True):
                way = _way(reader, view, here, line, hidden=line.sha in flags)
                yield blocks.section(text, accessory=way)
        else:
            yield from map(blocks.section, in_sections(said))


def _marked(reader: Reader, view: ScopeView, line: Line, text: str) -> str:
    corrected = reader.t("message corrected")
    return f"{text} ✎ _{corrected}_" if line.sha in view.corrected else text


def _way(reader: Reader, view: ScopeView, here: Place, line: Line, *, hidden: bool) -> Element:
    t = reader.t
    ways: list[tuple[str, Press]] = []
    if view.changeable:
        leave_out = (t("Leave out…"), Press.LEAVE_OUT)
        ways.append((t("Include again"), Press.TAKE_BACK_CHANGE) if hidden else leave_out)
    if view.correctable:
        ways.append((t("Correct the message…"), Press.CORRECT))
        if line.sha in view.corrected:
            ways.append((t("As in git"), Press.AS_IN_GIT))
    at = Target(release=view.release.id, state=here.group, page=here.page, key=line.sha[:SHA])
    options = [blocks.option(label, encode(replace(at, step=press))) for label, press in ways]
    return blocks.overflow(press_id(Press.CHANGE, line.sha[:SHA]), options)


def _pages(reader: Reader, view: ScopeView, here: Place, last: int) -> Iterator[Block]:
    if not last:
        return
    t = reader.t
    buttons = [
        press_button(label, Press.SCOPE, Target(release=view.release.id, state=here.group, page=to), key=key)
        for label, to, key in (
            (t("← Previous"), here.page - 1, "back"),
            (t("Next →"), here.page + 1, "on"),
        )
        if 0 <= to <= last
    ]
    yield blocks.context(t("Page {page} of {pages}", page=here.page + 1, pages=last + 1))
    yield blocks.actions(buttons)


def _beyond(reader: Reader, view: ScopeView, here: Place, last: int) -> Iterator[Block]:
    """Where the list ends, that it is not all there is."""
    n = view.scope.counts.total - len(view.scope.lines)
    if here != Place(ALL, last) or n <= 0:
        return
    correct, leave_out = "`/release correct 1a2b3c4`", "`/release scope leave-out 1a2b3c4 new-checkout`"
    yield blocks.context(
        reader.t(
            "Older changes that are not listed: {n}. Each is corrected or left out by its commit: "
            "{correct} · {leave_out}",
            n=f"{n:,}",
            correct=correct,
            leave_out=leave_out,
        )
    )
