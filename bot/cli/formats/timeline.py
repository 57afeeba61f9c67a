"""`--format timeline`: the picture of some weeks (PNG), a row for each release, as Slack shows it."""

from __future__ import annotations

from domain.month import CalendarView
from messages.charts import FONTS, timeline_picture
from messages.texts import Reader


def write(reader: Reader, view: CalendarView) -> bytes:
    from bot.pictures import drawing  # noqa: PLC0415 - slow to import

    return drawing.png(timeline_picture(reader, view), str(FONTS))
