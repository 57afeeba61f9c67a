from __future__ import annotations

import json
import math
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.clock import ClockFileBroken, FileClock, SystemClock

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MARCH = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def _write(path: Path, **course: object) -> None:
    path.write_text(json.dumps(course))


@time_machine.travel(NOW, tick=False)
def test_a_missing_file_is_made_and_tells_real_time(tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "state" / "clock.json")
    assert clock() == NOW
    assert clock.rate == 1.0


def test_business_time_runs_at_its_rate(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    _write(path, origin=MARCH.isoformat(), since=NOW.isoformat(), rate=60)
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        assert FileClock(path)() == MARCH + timedelta(hours=2)


def test_origin_alone_counts_from_when_the_file_was_written(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    _write(path, origin="2026-03-02T09:30:00+09:00")
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert FileClock(path)() == MARCH + timedelta(hours=1)


@time_machine.travel(NOW, tick=False)
def test_moving_is_seen_by_other_readers_and_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    mine, theirs = FileClock(path), FileClock(path)
    mine.advance(timedelta(days=1))
    mine.set_rate(0)
    assert theirs() == mine() == FileClock(path)() == NOW + timedelta(days=1)
    assert theirs.rate == 0


def test_a_new_rate_goes_on_from_where_time_was(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    _write(path, origin=MARCH.isoformat(), since=NOW.isoformat(), rate=60)
    clock = FileClock(path)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False) as travel:
        clock.set_rate(1)
        travel.shift(timedelta(minutes=1))
        assert clock() == MARCH + timedelta(hours=1, minutes=1)


@time_machine.travel(NOW, tick=False)
def test_a_file_that_breaks_later_leaves_the_last_course(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    clock = FileClock(path)
    clock.advance(timedelta(hours=5))
    path.write_text("{")
    assert clock() == NOW + timedelta(hours=5)
    path.unlink()
    assert clock() == NOW + timedelta(hours=5)
    _write(path, origin=MARCH.isoformat(), since=NOW.isoformat(), rate=1)
    assert clock() == MARCH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"origin": "yesterday"}',
        '{"origin": "2026-03-02T09:30:00"}',
        '{"origin": "2026-03-02T09:30:00Z", "rate": "fast"}',
        '{"origin": "2026-03-02T09:30:00Z", "rate": true}',
        '{"origin": "2026-03-02T09:30:00Z", "rate": -1}',
        '{"origin": "2026-03-02T09:30:00Z", "rate": NaN}',
    ],
)
def test_a_file_that_cannot_be_read_at_the_start_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clock.json"
    path.write_text(text)
    with pytest.raises(ClockFileBroken):
        FileClock(path)


@time_machine.travel(NOW, tick=False)
def test_seconds_until_are_real_seconds(tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock.json")
    clock.set_rate(60)
    assert clock.seconds_until(NOW + timedelta(hours=1)) == 60
    assert clock.seconds_until(NOW - timedelta(hours=1)) == 0
    clock.set_rate(0)
    assert clock.seconds_until(NOW + timedelta(hours=1)) == math.inf
    assert SystemClock().seconds_until(NOW + timedelta(hours=1)) == 3600


def test_time_never_goes_back_by_itself(tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock.json")
    with pytest.raises(ValueError, match="back"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="rate"):
        clock.set_rate(-1)
