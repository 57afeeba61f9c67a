"""The three parts of every refusal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RefusalText:
    """mrkdwn: `what` happened, `why` one line for each reason, `next` what to do (may be empty)."""

    what: str
    why: tuple[str, ...] = ()
    next: str = ""
