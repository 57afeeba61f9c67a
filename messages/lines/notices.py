"""Notices: what is posted, and the line that says who told whom."""

from __future__ import annotations

from domain import errands as e
from domain import events as v
from domain.notices import NoticeKind
from messages.blocks import SECTION, channel, esc
from messages.lines.lifecycle import head
from messages.lines.notes import OUTSIDE
from messages.notices.draft import AUDIENCES, KINDS, TROUBLE
from messages.parts import code, quote
from messages.texts import Reader

NoticeSaid = v.NoticeSent | v.NoticeNotSent | e.Notice

_SIGNS = {
    "ahead": "📢",
    "started": "🔵",
    "progress": "🔵",
    "done": "🟢",
    "delayed": "🟠",
    "aborted": "🟠",
    "rollback": "🔴",
    "recovery": "🟢",
}


def notice_line(reader: Reader, said: NoticeSaid) -> str:
    if isinstance(said, e.Notice):
        return f"{_SIGNS[said.kind]} {esc(said.text)}"[:SECTION]
    if isinstance(said, v.NoticeNotSent):
        return _not_sent(reader, said)
    t = reader.t
    trouble = not said.version and said.kind is NoticeKind.ROLLBACK
    text = t(
        "{release} *Notice sent*: {kind} → {audience}",
        release=_head(said.version),
        kind=t(TROUBLE if trouble else KINDS[said.kind]),
        audience=t(AUDIENCES[said.audience]),
    )
    text = text.lstrip()
    places = " ".join(channel(one) for one in said.channels if one)
    where = f" · {places}" if places else ""
    return f"{text}{where}\n> {quote(said.text, 600)}" if said.text else text + where


def _head(version: str) -> str:
    return head(version) if version else ""


def _not_sent(reader: Reader, said: v.NoticeNotSent) -> str:
    """Nothing is tried again by itself: what was to be told may be out of date by then."""
    t = reader.t
    where = channel(said.channel) if said.channel else ""
    about = f"{said.version} " if said.version else ""
    first = t("{release} ⚠ Notice *not* sent: {channel}", release=_head(said.version), channel=where).lstrip()
    if said.code in OUTSIDE:
        why = t("Naru is not in that channel. Type {command} there.", command=code("/invite @Naru"))
    else:
        why = t("Slack refuses it ({code}).", code=code(said.code))
    again = t("Then send it again: {command}", command=code(f"/release notice {about}{said.kind}"))
    return f"{first}\n{why} {again}"
