"""Notices: what is posted, and the line that says who told whom."""

from __future__ import annotations

from domain import errands as e
from domain import events as v
from messages.blocks import SECTION, channel, esc
from messages.lines.lifecycle import head
from messages.notices.draft import AUDIENCES, KINDS
from messages.parts import quote
from messages.texts import Reader

NoticeSaid = v.NoticeSent | e.Notice

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
    t = reader.t
    text = t(
        "{release} *Notice sent*: {kind} → {audience}",
        release=head(said.version),
        kind=t(KINDS[said.kind]),
        audience=t(AUDIENCES[said.audience]),
    )
    places = " ".join(channel(one) for one in said.channels if one)
    where = f" · {places}" if places else ""
    return f"{text}{where}\n> {quote(said.text, 600)}" if said.text else text + where
