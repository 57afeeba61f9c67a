"""What a coming year leaves to confirm: proposed blackouts, and dates that meet holidays.

In the channel it is a living message of one page; whoever asks for it privately turns its pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from domain.calendar.rollover.model import DateConflict, Proposal, Why
from domain.calendar.zones import local_day
from domain.views import YearView
from messages import blocks
from messages.blocks import Block, Element
from messages.buttons import press_button
from messages.dates import city, day, moment, month
from messages.gates import why
from messages.ids import Press
from messages.lists.rows import project_title
from messages.lists.year_done import answered, target_of
from messages.message import Message
from messages.parts import people, quote
from messages.texts import Reader

PAGE = 16
"""Things on a page: each takes two of the fifty blocks of a message."""

CHANNEL = 0
"""The page of the living message; who asked turns pages from 1 on."""


def year_list(reader: Reader, view: YearView, page: int = 1) -> Message:
    """One page for who asked."""
    reader = replace(reader, project_zone=view.project.zone)
    return _message(reader, view, min(max(page, 1), _pages(view)))


def year_message(reader: Reader, view: YearView) -> Message:
    """The living message: what is next, and how to see the rest."""
    return _message(reader, view, CHANNEL)


def _message(reader: Reader, view: YearView, page: int) -> Message:
    t, year = reader.t, view.rollover.year
    head = t("The year {year} to confirm: {project}", year=year, project=project_title(reader, view.project))
    return Message(head, [blocks.section(f"*{head}*"), *_content(reader, view, page)])


def _content(reader: Reader, view: YearView, page: int) -> Iterator[Block]:
    of, t = view.rollover, reader.t
    whom = t("For: {who}", who=people(reader, view.managers)) if view.managers else ""
    yield blocks.context(" · ".join(filter(None, (city(reader, view.project.zone), whom))))
    first = max(page - 1, 0) * PAGE
    every: list[Proposal | DateConflict] = [*of.proposals, *of.conflicts]
    shown = every[first : first + PAGE]
    proposals = [one for one in shown if isinstance(one, Proposal)]
    conflicts = [one for one in shown if isinstance(one, DateConflict)]
    if not shown:
        yield blocks.section(t("Nothing is left to confirm for {year}.", year=of.year))
    if proposals:
        yield _proposals_head(reader, view, page)
    for proposal in proposals:
        yield blocks.section(_proposal(reader, view, proposal))
        yield blocks.actions(list(_proposal_buttons(reader, view, proposal, page)))
    if conflicts:
        count = t("Dates that meet holidays or blackouts: {n}", n=len(of.conflicts))
        yield blocks.section(f"*{count}*")
    yield from _by_month(reader, view, conflicts, page)
    yield from _rest(reader, view, page)
    yield from answered(reader, view, page)
    if page == CHANNEL:
        again = t("The same at any time: {command}", command=_command(view))
        yield blocks.context(again)


# --- proposals --------------------------------------------------------------------------------------------


def _proposals_head(reader: Reader, view: YearView, page: int) -> Block:
    t, n = reader.t, len(view.rollover.proposals)
    sure = blocks.confirm(
        t("Add all blackouts?"),
        t("{n} blackouts are added, and the channel is told. Each can be taken back here.", n=n),
        t("Add all"),
        t("Not yet"),
    )
    target = target_of(view, page)
    button = press_button(t("Add all"), Press.YEAR_ADD_ALL, target, style="primary", confirm=sure)
    title = t("Proposed blackouts: {n}", n=n)
    return blocks.section(f"*{title}*", accessory=button if n > 1 else None)


def _proposal(reader: Reader, view: YearView, of: Proposal) -> str:
    times = f"{_moment(reader, view, of.start)} – {_moment(reader, view, of.end)}"
    name = quote(of.names[reader.language], 150)
    return f"*{name}* · {times}\n{_why(reader, of)}"


def _why(reader: Reader, of: Proposal) -> str:
    t = reader.t
    if of.why is Why.TURN:
        return t("From 24 December to 2 January, with the days off around them.")
    if of.why is Why.HOLIDAYS:
        return t("Long holiday: from the last working day before it until work begins again.")
    last = day(reader, local_day(of.last_time or of.start, reader.tz), year=True)
    return " · ".join(filter(None, (t("Was there on {day}, too.", day=last), quote(of.reason, 150))))


def _moment(reader: Reader, view: YearView, at: datetime) -> str:
    """With its year where that is another one."""
    return moment(reader, at, year=local_day(at, reader.tz).year != view.rollover.year)


def _proposal_buttons(reader: Reader, view: YearView, of: Proposal, page: int) -> Iterator[Element]:
    target = target_of(view, page, of.key)
    yield press_button(reader.t("Add"), Press.YEAR_ADD, target, key=of.key)
    yield press_button(reader.t("Not needed"), Press.YEAR_NOT_NEEDED, target, key=of.key)


# --- dates ------------------------------------------------------------------------------------------------


def _by_month(reader: Reader, view: YearView, conflicts: list[DateConflict], page: int) -> Iterator[Block]:
    before: date | None = None
    for one in conflicts:
        first = one.day.replace(day=1)
        title = "" if first == before else f"*{month(reader, first)}*\n"
        yield blocks.section(title + conflict(reader, view, one))
        yield blocks.actions(list(_conflict_buttons(reader, view, one, page)))
        before = first


def conflict(reader: Reader, view: YearView, of: DateConflict) -> str:
    """The deploy, and beneath it everything that a holiday or a blackout takes from it."""
    t = reader.t
    lines = [t("Deploy {at}", at=f"*{_moment(reader, view, of.deploy_at)}*")]
    proposed = {one.key for one in view.rollover.proposals}
    for reason in of.reasons:
        known = why(reader, reason)
        lines.append("• " + (t("{reason} (proposed)", reason=known) if reason.subject in proposed else known))
    if of.freeze:
        on, name = day(reader, of.freeze.day), _holiday(reader, of.freeze.name[reader.language])
        lines.append("• " + t("Freeze on {day}: {holiday}", day=on, holiday=name))
    for one in of.qa:
        on, name = day(reader, one.day), _holiday(reader, one.name[reader.language])
        lines.append("• " + t("QA on {day}: {holiday}", day=on, holiday=name))
    if of.move_to is None:
        lines.append(t("No free time is near."))
    return "\n".join(lines)


def _holiday(reader: Reader, name: str) -> str:
    return reader.t("Holiday: {name}", name=f"*{quote(name, 150)}*")


def _conflict_buttons(reader: Reader, view: YearView, of: DateConflict, page: int) -> Iterator[Element]:
    t, target = reader.t, target_of(view, page, of.key)
    if of.move_to:
        moved = replace(target, at=of.move_to.isoformat())
        label = t("Move to {at}", at=_moment(reader, view, of.move_to))
        yield press_button(label, Press.YEAR_MOVE, moved, key=of.key)
    yield press_button(t("Skip this date"), Press.YEAR_SKIP, target, key=of.key)
    yield press_button(t("Leave it"), Press.YEAR_LEAVE, target, key=of.key)


# --- the rest ---------------------------------------------------------------------------------------------


def _rest(reader: Reader, view: YearView, page: int) -> Iterator[Block]:
    """In the channel what is not shown is counted by month; who asked turns the page."""
    t, of = reader.t, view.rollover
    if page == CHANNEL:
        left = max(0, len(of.proposals) - PAGE)
        dates = of.conflicts[max(0, PAGE - len(of.proposals)) :]
        by_month = Counter(one.day.replace(day=1) for one in dates)
        parts = [t("blackouts ({n})", n=left)] if left else []
        parts += [f"{month(reader, first)} ({n})" for first, n in by_month.items()]
        if parts:
            shown, command = ", ".join(parts), _command(view)
            more = t("Not shown yet: {parts}. All of it: {command}", parts=shown, command=command)
            yield blocks.context(more)
    elif _pages(view) > 1:
        yield blocks.context(t("Page {n} of {total}", n=page, total=_pages(view)))
        yield blocks.actions(list(_turning(reader, view, page)))


def _turning(reader: Reader, view: YearView, page: int) -> Iterator[Element]:
    t = reader.t
    if page > 1:
        yield press_button(t("◀ Earlier"), Press.YEAR, target_of(view, page - 1), key="earlier")
    if page < _pages(view):
        yield press_button(t("Later ▶"), Press.YEAR, target_of(view, page + 1), key="later")


def _pages(view: YearView) -> int:
    return max(1, -(-(len(view.rollover.proposals) + len(view.rollover.conflicts)) // PAGE))


def _command(view: YearView) -> str:
    return f"`/release calendar {view.rollover.year}`"
