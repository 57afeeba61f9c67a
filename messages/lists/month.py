"""The month as a list, a page at a time, with its buttons; or whole, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from domain.month import CalendarView, end_of_month, month_after
from messages import blocks
from messages.blocks import Block, Element
from messages.buttons import press_button
from messages.dates import day, month
from messages.ids import Press, Target
from messages.lists.rows import project_title
from messages.lists.weeks import usual_hours, weeks
from messages.message import Message
from messages.parts import in_sections
from messages.refusals import plain
from messages.texts import Reader

_PAGE = 9_000
_OUTLOOK_PARTS = 12
FIRST_MONTH, LAST_MONTH = date(2000, 1, 1), date(2199, 12, 1)


def month_list(reader: Reader, view: CalendarView, page: int = 0) -> Message:
    """One page of the month; a month that fits into one message has one."""
    reader = replace(reader, project_zone=view.project.zone)
    head = title(reader, view, project_title(reader, view.project))
    return Message(head, list(_month(reader, view, head, page)))


def outlook(reader: Reader, view: CalendarView) -> Message:
    """What comes in the channel's next four weeks; what is over by now stays, the week is told as a whole."""
    head = title(reader, view, project_title(reader, view.project))
    content = [blocks.section(f"*{head}*"), blocks.context(usual_hours(reader, view))]
    parts = [part for week in weeks(reader, view) for part in in_sections(week)]
    content += [blocks.section(part) for part in parts[:_OUTLOOK_PARTS]]
    if not parts:
        content.append(blocks.section(reader.t("Nothing is entered for these weeks.")))
    more = reader.t("The whole month: {command}", command="`/release calendar`")
    return Message(head, [*content, blocks.context(more)])


def month_text(reader: Reader, view: CalendarView) -> str:
    """The same without Slack, for a terminal: plain lines, the whole month."""
    head = title(reader, view, project_title(reader, view.project))
    parts = ["\n".join(week) for week in weeks(reader, view)]
    parts = parts or [reader.t("Nothing is entered for this month.")]
    return plain("\n\n".join([f"{head}\n{usual_hours(reader, view)}", *parts])) + "\n"


def title(reader: Reader, view: CalendarView, project: str) -> str:
    """`Calendar: Shop · March 2026`, `Coming releases: Shop · Mon 2 Mar – Sun 12 Apr`."""
    if (view.first.day, view.last) == (1, end_of_month(view.first)):
        shown = month(reader, view.first)
        return reader.t("Calendar: {project} · {month}", project=project, month=shown)
    days = f"{day(reader, view.first)} – {day(reader, view.last)}"
    return reader.t("Coming releases: {project} · {days}", project=project, days=days)


def _month(reader: Reader, view: CalendarView, head: str, page: int) -> Iterator[Block]:
    t = reader.t
    pages = _pages([part for week in weeks(reader, view) for part in in_sections(week)])
    page = min(page, len(pages) - 1)
    yield blocks.section(f"*{head}*")
    yield blocks.context(usual_hours(reader, view))
    for part in pages[page]:
        yield blocks.section(part)
    if not pages[page]:
        yield blocks.section(t("Nothing is entered for this month."))
    if len(pages) > 1:
        yield blocks.context(t("Page {n} of {total}", n=page + 1, total=len(pages)))
        yield blocks.actions(list(_turning(reader, view, page, len(pages))))
    yield blocks.actions(list(_months(reader, view)))
    target = Target(project=view.project.key)
    yield blocks.actions(
        [
            press_button(t("Add a blackout…"), Press.BLACKOUT_ADD, target),
            press_button(t("Add a window…"), Press.WINDOW_ADD, target),
        ]
    )


# --- pages and buttons ------------------------------------------------------------------------------------


def _pages(parts: Sequence[str]) -> list[list[str]]:
    """At least one page; each holds what a message takes."""
    pages: list[list[str]] = [[]]
    for part in parts:
        if pages[-1] and sum(map(len, pages[-1])) + len(part) > _PAGE:
            pages.append([])
        pages[-1].append(part)
    return pages


def _turning(reader: Reader, view: CalendarView, page: int, pages: int) -> Iterator[Element]:
    t = reader.t
    if page > 0:
        yield _open(view, t("◀ Earlier"), view.first, page - 1, key="earlier")
    if page + 1 < pages:
        yield _open(view, t("Later ▶"), view.first, page + 1, key="later")


def _months(reader: Reader, view: CalendarView) -> Iterator[Element]:
    t = reader.t
    if view.first > FIRST_MONTH:
        before = month_after(view.first, -1)
        yield _open(view, f"◀ {month(reader, before)}", before, key="before")
    if view.first < LAST_MONTH:
        after = month_after(view.first, 1)
        yield _open(view, f"{month(reader, after)} ▶", after, key="after")
    target = Target(project=view.project.key, state=month_key(view.first))
    here = view.asked_in == view.project.channel
    picture = t("Post the picture here") if here else t("Send me the picture")
    timeline = t("Post the timeline here") if here else t("Send me the timeline")
    yield press_button(picture, Press.CALENDAR_PICTURE, target)
    yield press_button(timeline, Press.CALENDAR_TIMELINE, target)


def _open(view: CalendarView, label: str, first: date, page: int = 0, *, key: str) -> Element:
    target = Target(project=view.project.key, state=month_key(first), page=page)
    return press_button(label, Press.CALENDAR, target, key=key)


def month_key(first: date) -> str:
    """`2026-03`, as buttons carry a month."""
    return f"{first:%Y-%m}"


def month_of(key: str) -> date:
    """The first day of the month with this key. Raises ValueError for anything else."""
    first = date.fromisoformat(f"{key}-01")
    if not FIRST_MONTH <= first <= LAST_MONTH:
        raise ValueError(f"no month that is shown: {key}")
    return first
