"""Business time: the machine's own, or one in a file, to be moved in demos and tests.

Signatures, leases, timeouts and rate limits never ask a clock from here (design, two clocks).
"""

from __future__ import annotations

import fcntl
import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

MAX_RATE = 100_000
MAX_BYTES = 4096


class Clock(Protocol):
    """What the program asks for business time; `Database(url, now=clock)` takes it as it is."""

    def __call__(self) -> datetime: ...

    def seconds_until(self, at: datetime) -> float:
        """Real seconds until business time is `at`: 0 when it is past, infinite when the clock stands."""
        ...


class SystemClock:
    """Business time that equals real time."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)

    def seconds_until(self, at: datetime) -> float:
        return max(0.0, (at - self()).total_seconds())


class ClockFileBroken(Exception):
    """The clock file cannot be read as {origin, rate}; `args` are the path and what is wrong with it."""


@dataclass(frozen=True)
class Course:
    """Business time was `origin` when real time was `since`, and runs `rate` times as fast (0: stands)."""

    origin: datetime
    since: datetime
    rate: float

    def at(self, wall: datetime) -> datetime:
        return self.origin + (wall - self.since) * self.rate


class FileClock:
    """Business time as a file says: JSON {"origin": ISO, "rate": number, "since": ISO}.

    Without `since`, the file's own time of change is taken, so that a person can write origin and rate alone.
    The file is read again whenever it changed, by whomever; the same course goes on after a restart.
    Raises ClockFileBroken at the start; a file that becomes unreadable later leaves the last course.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            with self._alone():
                self._write(datetime.now(UTC), 1.0)
        self._seen = self._stamp()
        self._course = _read(path)

    def __call__(self) -> datetime:
        return self._current().at(datetime.now(UTC))

    def now(self) -> datetime:
        """The same under the name that the sandbox asks for."""
        return self()

    @property
    def rate(self) -> float:
        return self._current().rate

    def seconds_until(self, at: datetime) -> float:
        course = self._current()
        left = (at - course.at(datetime.now(UTC))).total_seconds()
        if left <= 0:
            return 0.0
        return left / course.rate if course.rate else math.inf

    def advance(self, by: timedelta) -> datetime:
        """Move business time ahead for everybody who reads the file. Raises ValueError for a way back."""
        if by < timedelta(0):
            raise ValueError("business time does not go back")
        with self._alone():
            moved = self() + by
            self._write(moved, self.rate)
        return moved

    def set_rate(self, rate: float) -> datetime:
        """Run at another rate from now on; 0 stops. Raises ValueError outside 0 to 100,000."""
        if not 0 <= rate <= MAX_RATE:
            raise ValueError("a rate is between 0 and 100,000")
        with self._alone():
            at = self()
            self._write(at, rate)
        return at

    def _current(self) -> Course:
        stamp = self._stamp()
        if stamp is not None and stamp != self._seen:
            try:
                self._course = _read(self.path)
            except ClockFileBroken:
                return self._course  # half-written by hand: look again when asked next
            self._seen = stamp
        return self._course

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def _write(self, origin: datetime, rate: float) -> None:
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        since = datetime.now(UTC)
        course = {"origin": origin.isoformat(), "rate": rate, "since": since.isoformat()}
        fresh.write_text(json.dumps(course) + "\n", encoding="utf-8")
        fresh.replace(self.path)
        self._course, self._seen = Course(origin, since, rate), self._stamp()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Bot and workspace may move the same clock: one after the other."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(f"{self.path.name}.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def _read(path: Path) -> Course:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(MAX_BYTES))
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError) as error:
        raise ClockFileBroken(str(path), str(error)) from error
    if not isinstance(found, dict):
        raise ClockFileBroken(str(path), "not an object")
    since = _moment(path, found, "since") if "since" in found else changed
    return Course(_moment(path, found, "origin"), since, _rate(path, found))


def _moment(path: Path, found: dict[str, Any], field: str) -> datetime:
    try:
        at = datetime.fromisoformat(str(found.get(field)))
    except ValueError as error:
        raise ClockFileBroken(str(path), f"{field}: {error}") from error
    if at.tzinfo is None:
        raise ClockFileBroken(str(path), f"{field}: no time zone")
    return at.astimezone(UTC)


def _rate(path: Path, found: dict[str, Any]) -> float:
    rate = found.get("rate", 1.0)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate <= MAX_RATE:
        raise ClockFileBroken(str(path), "rate: not a number between 0 and 100,000")
    return float(rate)
