"""The modal of a notice, drafted anew for what is chosen in it."""

from __future__ import annotations

from typing import Any

from bot.forms.notices import chosen
from bot.payloads import State, Unreadable
from commands.notices.show import notice_form
from domain.notices import NoticeKind
from messages.ids import Press, Target
from messages.modals.notice import notice
from messages.texts import Reader
from storage.db import Tx


def view(tx: Tx, reader: Reader, target: Target, state: State | None = None) -> dict[str, Any]:
    """`state` is what was chosen so far in the open modal."""
    try:
        kind, audience = chosen(state) if state else (None, None)
    except ValueError as error:
        raise Unreadable(Press.NOTICE_KIND) from error
    if state is None and target.state in set(NoticeKind):
        kind = NoticeKind(target.state)
    return notice(reader, notice_form(tx, target.release, kind, audience, target.room))
