"""From when until when something lasted, as short as it can be said."""

from __future__ import annotations

from datetime import UTC, datetime

from messages.parts import lasted, stamp
from messages.texts import Reader

START = datetime(2026, 3, 5, 1, 2, 5, tzinfo=UTC)
READER = Reader("en", "Asia/Seoul")


def test_what_began_and_ended_in_one_minute_has_one_time() -> None:
    end = START.replace(second=50)
    assert lasted(READER, START, end) == stamp(READER, end)


def test_what_lasted_longer_has_both() -> None:
    end = START.replace(minute=3, second=1)
    assert lasted(READER, START, end) == (
        f"{stamp(READER, START)}–<!date^{int(end.timestamp())}^{{time}}|10:03>"
    )
