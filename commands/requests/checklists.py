"""What is asked of checklists: of a release's, or of those that a war room has opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.checklists.model import Check, Phase


@dataclass(frozen=True, kw_only=True)
class TickItems:
    """These items are done, and what people said of those to `untick` is taken back.

    Either `release` or `room` says whose list it is. `from_rc` is the candidate that the form was shown for;
    `note` and `link` are kept with each of them.
    """

    phase: Phase
    keys: tuple[str, ...]
    untick: tuple[str, ...] = ()
    release: str = ""
    room: str = ""
    note: str = ""
    link: str = ""
    from_rc: int | None = None


@dataclass(frozen=True, kw_only=True)
class UntickItem:
    """Take back what was said of an item: that it is done, or that it is waived."""

    phase: Phase
    key: str
    release: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class WaiveItem:
    """Do without an item, for a reason."""

    phase: Phase
    key: str
    reason: str
    release: str = ""
    room: str = ""
    from_rc: int | None = None


@dataclass(frozen=True, kw_only=True)
class AssignItem:
    """Who sees to it, and until when: both as they shall be from now on, empty and None for nobody, never."""

    phase: Phase
    key: str
    user: str = ""
    due: datetime | None = None
    release: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteItem:
    """What is to be known of an item, done or not; both as they shall be from now on."""

    phase: Phase
    key: str
    note: str = ""
    link: str = ""
    release: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportCheck:
    """A pipeline's word on a commit. Of coverage the `value` in percent is judged; then `passed` may be None.

    Evidence is what people are shown: what failed, or how many passed.
    """

    project: str
    sha: str
    check: Check
    passed: bool | None = None
    evidence: str = ""
    link: str = ""
    value: float | None = None
