"""Notices to people outside of a release."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices import NoticeAudience, NoticeKind


@dataclass(frozen=True, kw_only=True)
class SendNotice:
    """`texts` are (language, text), one for each language of the audience's channels. In a `room` it may be
    about no release.
    """

    release: str
    kind: NoticeKind
    audience: NoticeAudience
    texts: tuple[tuple[str, str], ...]
    room: str = ""
