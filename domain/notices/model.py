"""The turns at which a notice goes out, whom it is for, and what its template may name (spec 7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """The values stand in policies and audit rows and stay."""

    AHEAD = "ahead"
    STARTED = "started"
    PROGRESS = "progress"
    DONE = "done"
    DELAYED = "delayed"
    ABORTED = "aborted"
    ROLLBACK = "rollback"
    RECOVERY = "recovery"


class NoticeAudience(StrEnum):
    TEAM = "team"
    COMPANY = "company"
    CUSTOMERS = "customers"


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """What a template's placeholders stand for, worded already; an unknown fact is empty.

    `time` is when it goes out, or went; `downtime` how long the service is planned to be down; `target` the
    version that a rollback goes back to; `summary` what the war room said at its end.
    """

    project: str
    version: str
    type: str
    time: str
    previous: str
    target: str
    summary: str
    downtime: str = ""


BLANK = ("⟦", "⟧")
"""Around words of a draft that a person has to replace: what Naru does not know, it does not tell anybody."""


def left_blank(text: str) -> bool:
    return any(sign in text for sign in BLANK)


PLACES = frozenset(NoticeFacts.__dataclass_fields__)
