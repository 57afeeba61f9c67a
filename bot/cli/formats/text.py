"""`--format text`: the month as a list, for a terminal."""

from __future__ import annotations

from domain.month import CalendarView
from messages.lists.month import month_text
from messages.texts import Reader


def write(reader: Reader, view: CalendarView) -> bytes:
    return month_text(reader, view).encode()
