"""Notices to people outside of a release."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.model import NoticeAudience, NoticeKind


@dataclass(frozen=True, kw_only=True)
class NoticeSent:
    """`channels` are those that it was posted to; `text` what it said, in the first of its languages. One of
    an incident without a release has its `room` alone.
    """

    release: str
    version: str
    kind: NoticeKind
    audience: NoticeAudience
    channels: tuple[str, ...]
    text: str
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeNotSent:
    """Slack did not take it in `channel`; `code` is its error."""

    release: str
    version: str
    kind: NoticeKind
    channel: str
    code: str
    room: str = ""
