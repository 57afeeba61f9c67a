"""Releases as a list and as the board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.types import Column
from domain.views import BoardView, ListView, ProjectView, Row
from messages import blocks, names
from messages.blocks import Block
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.lists.rows import project_title, row
from messages.message import Message
from messages.parts import fitting
from messages.texts import Reader

_ROWS = 30
_LIST = 10_500
_COLUMN = 2_000


def release_list(reader: Reader, view: ListView) -> Message:
    t = reader.t
    title = project_title(reader, view.project) if view.project else t("all projects")
    head = t("Running releases: {project}", project=title)
    return Message(head, list(_list(reader, view, head)))


def _list(reader: Reader, view: ListView, head: str) -> Iterator[Block]:
    t = reader.t
    yield blocks.section(f"*{head}*")
    if not view.rows:
        yield from nothing_runs(reader, view.project)
    yield from rows(reader, view.rows)
    if view.ended:
        yield blocks.context(t("Ended releases: {n}", n=view.ended))


def rows(reader: Reader, of: Sequence[Row]) -> Iterator[Block]:
    """As many as a message takes, and how many are left out."""
    used = 0
    for index, one in enumerate(of):
        text = row(reader, one)
        used += len(text)
        if index == _ROWS or used > _LIST:
            yield blocks.context(reader.t("… and {n} more", n=len(of) - index))
            return
        yield blocks.section(text)


def nothing_runs(reader: Reader, project: ProjectView | None) -> Iterator[Block]:
    t = reader.t
    yield blocks.section(
        t(
            "No release is under way. Begin one with the button, or with {command}.",
            command="`/release start`",
        )
    )
    target = Target(project=project.key) if project else Target()
    yield blocks.actions([press_button(t("Start a release"), Press.START, target, style="primary")])


def board(reader: Reader, view: BoardView) -> Message:
    t = reader.t
    head = t("Release board: {project}", project=project_title(reader, view.project))
    return Message(head, list(_board(reader, view, head)))


def _board(reader: Reader, view: BoardView, head: str) -> Iterator[Block]:
    yield blocks.section(f"*{head}*")
    for column in Column:
        found = view.columns.get(column, ())
        title = f"*{names.column(reader, column)}* ({len(found)})"
        lines = (
            fitting(reader, [row(reader, one) for one in found], _COLUMN) if found else reader.t("_empty_")
        )
        yield blocks.divider()
        yield blocks.section(f"{title}\n{lines}")
