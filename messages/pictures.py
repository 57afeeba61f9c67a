"""What is said with a picture of the calendar, and when there is none."""

from __future__ import annotations

from domain.month import CalendarView
from messages.blocks import esc, section, user
from messages.charts.words import project_name
from messages.lines.notes import OUTSIDE
from messages.lists.month import title as month_title
from messages.lists.weeks import attention
from messages.message import Message
from messages.parts import code, fitting
from messages.texts import Reader

COMMENT = 2000


def title(reader: Reader, view: CalendarView) -> str:
    """The name of the file, in plain words."""
    return month_title(reader, view, project_name(reader, view))


def comment(reader: Reader, view: CalendarView, by: str) -> str:
    """Above the picture: what in it needs somebody's attention; in a channel with who asked for it."""
    head = f"*{esc(title(reader, view))}*"
    lines = [f"{head} — {user(by)}" if by else head, *attention(reader, view)]
    return fitting(reader, lines, COMMENT)


def on_its_way(reader: Reader) -> str:
    """To who pressed where the picture is not going to be."""
    return reader.t("The picture comes to you as a direct message.")


def no_picture(reader: Reader, why: str) -> Message:
    """`why` is Slack's own word, or ours where nothing could be drawn."""
    if why in OUTSIDE:
        text = reader.t(
            "The picture could not be posted: Naru is not in that channel. Type {command} there, then press "
            "again.",
            command=code("/invite @Naru"),
        )
        return Message(text, [section(text)])
    text = reader.t(
        "The picture could not be posted ({why}). Ask whoever runs Naru to look with {command}; "
        "the list says the same as the picture.",
        why=code(why),
        command=code("naru doctor"),
    )
    return Message(text, [section(text)])
