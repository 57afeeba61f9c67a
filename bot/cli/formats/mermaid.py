"""`--format mermaid`: the month as a Gantt chart in Mermaid's words."""

from __future__ import annotations

from domain.month import CalendarView
from messages.mermaid import gantt
from messages.texts import Reader


def write(reader: Reader, view: CalendarView) -> bytes:
    return gantt(reader, view).encode()
