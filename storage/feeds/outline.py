"""The lines of an iCalendar file: which component begins where, and where each property of an event stands.

The library that reads the values tells no lines, and takes time over what is no calendar: whatever can be
seen from the outside is refused here, before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.calendar.imports import FeedFault, FeedWhy

MAX_BYTES = 1_048_576
MAX_EVENTS = 5_000
MAX_ZONES = 100
MAX_DEPTH = 6
_ZONE_PARTS = frozenset({"STANDARD", "DAYLIGHT"})
# Where another one is still open, its END is missing.
_PLACES: dict[str, list[str]] = {"VCALENDAR": [], "VTIMEZONE": ["VCALENDAR"], "VEVENT": ["VCALENDAR"]}


class NotRead(Exception):
    """The file as a whole is refused; `args[0]` is the fault."""


@dataclass
class EventLines:
    """Where an event begins, and where each of its properties stands first."""

    line: int
    properties: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        return self.properties.get(name, self.line)


@dataclass(frozen=True)
class Outline:
    """`events` in the order of the file."""

    text: str
    events: tuple[EventLines, ...]


@dataclass
class _Walk:
    """Where the walk through the lines stands: the components that are open, and the events so far."""

    open: list[tuple[str, int]] = field(default_factory=list)
    events: list[EventLines] = field(default_factory=list)
    zones: int = 0

    def step(self, line: int, name: str, value: str) -> None:
        """Raises NotRead."""
        kind = value.upper()
        if not self.open and (name, kind) != ("BEGIN", "VCALENDAR"):
            raise _fault(FeedWhy.NOT_A_CALENDAR, line)
        if name == "BEGIN":
            self._begin(line, kind)
        elif name == "END":
            if self.open.pop()[0] != kind:
                raise _fault(FeedWhy.UNBALANCED, line, kind)
        elif self.open[-1][0] == "VEVENT":
            self.events[-1].properties.setdefault(name, line)
        elif name == "RRULE" and self.open[-1][0] in _ZONE_PARTS and "FREQ=YEARLY" not in kind:
            raise _fault(FeedWhy.ZONE_RULE, line)

    def _begin(self, line: int, kind: str) -> None:
        within = [name for name, _ in self.open]
        if kind in _PLACES and within != _PLACES[kind]:
            raise _fault(FeedWhy.UNBALANCED, line, within[-1])
        self.open.append((kind, line))
        self.zones += kind == "VTIMEZONE"
        if len(self.open) > MAX_DEPTH or self.zones > MAX_ZONES:
            raise _fault(FeedWhy.TOO_COMPLEX, line)
        if kind == "VEVENT":
            self.events.append(EventLines(line))
        if len(self.events) > MAX_EVENTS:
            raise _fault(FeedWhy.TOO_MANY_EVENTS, line, str(MAX_EVENTS))


def outline(raw: bytes) -> Outline:
    """Raises NotRead."""
    if len(raw) > MAX_BYTES:
        raise _fault(FeedWhy.TOO_LARGE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(FeedWhy.NOT_TEXT, raw.count(b"\n", 0, error.start) + 1) from None
    if not text.strip():
        raise _fault(FeedWhy.NOT_A_CALENDAR, 1)
    walk = _Walk()
    for line, content in _content_lines(text):
        walk.step(line, *_parts(content, line))
    if walk.open:
        kind, line = walk.open[-1]
        raise _fault(FeedWhy.UNBALANCED, line, kind)
    return Outline(text, tuple(walk.events))


def _content_lines(text: str) -> Iterator[tuple[int, str]]:
    """Unfolded, each with the number of the line of the file on which it begins."""
    begun, parts = 0, [""]
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line[:1] in {" ", "\t"} and begun:
            parts.append(line[1:])
            continue
        if begun:
            yield begun, "".join(parts)
        begun, parts = (number, [line]) if line.strip() else (0, [""])
    if begun:
        yield begun, "".join(parts)


def _parts(content: str, line: int) -> tuple[str, str]:
    """The name of a property, and what stands behind the first colon that is in no quotes."""
    head, quoted = 0, False
    for head, character in enumerate(content):  # noqa: B007 - used below
        quoted ^= character == '"'
        if character == ":" and not quoted:
            break
    else:
        raise _fault(FeedWhy.NOT_A_CALENDAR if line == 1 else FeedWhy.BROKEN_LINE, line)
    name = content[:head].split(";", 1)[0].strip().upper()
    if not name.replace("-", "").isalnum() or not name.isascii():
        raise _fault(FeedWhy.NOT_A_CALENDAR if line == 1 else FeedWhy.BROKEN_LINE, line)
    return name, content[head + 1 :].strip()


def _fault(why: FeedWhy, line: int = 0, detail: str = "") -> NotRead:
    return NotRead(FeedFault(why=why, line=line, detail=detail[:80]))
