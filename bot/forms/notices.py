"""The form of a notice."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build, FieldError
from bot.payloads import State
from commands.requests import Request, SendNotice
from domain.notices import NoticeAudience, NoticeKind, left_blank
from domain.refusals import BlankLeft, TextMissing
from messages.ids import Form, Press, Target
from messages.modals import notice


def chosen(state: State) -> tuple[NoticeKind | None, NoticeAudience | None]:
    """What is chosen so far. Raises ValueError for what our form does not offer."""
    kind, audience = state.choice(notice.KIND), state.choice(notice.AUDIENCE)
    return NoticeKind(kind) if kind else None, NoticeAudience(audience) if audience else None


def _notice(target: Target, state: State) -> Request:
    kind, audience = chosen(state)
    prefix = f"{notice.TEXT}:{kind}:{audience}:"
    texts = tuple((name, state.text(f"{prefix}{name}")) for name in state.names(prefix))
    for language, text in texts:
        if not text.strip():
            raise FieldError(f"{prefix}{language}", TextMissing("notice"))
        if left_blank(text):
            raise FieldError(f"{prefix}{language}", BlankLeft("notice"))
    return SendNotice(
        release=target.release,
        room=target.room,
        kind=kind or NoticeKind.PROGRESS,
        audience=audience or NoticeAudience.TEAM,
        texts=texts,
    )


FORMS: Mapping[Form, Build] = {Form.NOTICE: _notice}
FIELDS: Mapping[Form, str] = {Form.NOTICE: notice.AUDIENCE}
AGAIN = frozenset({Press.NOTICE_KIND, Press.NOTICE_AUDIENCE})
