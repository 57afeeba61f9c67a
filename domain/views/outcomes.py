"""What came of a command."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events import Event
from domain.refusals import Refusal


@dataclass(frozen=True)
class Happened:
    """The verb was done (or asked of the git worker); the event says what."""

    event: Event


@dataclass(frozen=True)
class SaidNo:
    """`zone` is that of the project concerned, empty when none is."""

    refusal: Refusal
    zone: str = ""


Outcome = Happened | SaidNo
