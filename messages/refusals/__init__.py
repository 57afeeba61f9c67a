"""Every "no" in words: what happened, everything that is missing, and what to do next."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from domain.refusals import Refusal
from messages.blocks import SECTION, cut
from messages.checklists.refusals import ChecklistNo, of_checklists
from messages.parts import bullets, fitting
from messages.refusals.model import RefusalText
from messages.refusals.notes import NotesNo, of_notes
from messages.refusals.schema import SchemaNo, of_schema
from messages.refusals.state import of_state
from messages.refusals.typed import TypedNo, of_typed
from messages.refusals.who import WhoNo, of_who
from messages.texts import Reader

__all__ = ["RefusalText", "field_error", "refusal", "refusal_text"]

_FIELD_ERROR = 200
_MARKS = re.compile(r"[*`]")
# Slack's <!date^…|fallback>, <url|label>, <@U…> in mrkdwn: in plain text the label speaks.
_LABELLED = re.compile(r"<[^<>|]*\|([^<>]*)>")
_BARE = re.compile(r"<([@#])([^<>]*)>")


def refusal(reader: Reader, of: Refusal) -> RefusalText:
    if isinstance(of, WhoNo):
        return of_who(reader, of)
    if isinstance(of, TypedNo):
        return of_typed(reader, of)
    if isinstance(of, NotesNo):
        return of_notes(reader, of)
    if isinstance(of, SchemaNo):
        return of_schema(reader, of)
    if isinstance(of, ChecklistNo):
        return of_checklists(reader, of)
    return of_state(reader, of)


def refusal_text(reader: Reader, of: Refusal) -> str:
    """The whole answer as mrkdwn of at most 3,000 characters; what does not fit is counted."""
    told = refusal(reader, of)
    room = SECTION - len(told.what) - len(told.next) - 2
    why = fitting(reader, bullets(told.why).split("\n"), room) if told.why else ""
    return "\n".join(part for part in (told.what, why, told.next) if part)


def field_error(reader: Reader, of: Refusal, called: Callable[[str], str] = str) -> str:
    """One plain line for the field of a modal, with as many reasons as it has room for.

    `called` gives the name of a user id.
    """
    told = refusal(reader, of)
    why = list(told.why)
    while len(said := _one_line(told, why, called)) > _FIELD_ERROR and len(why) > 1:
        why.pop()
    return cut(said, _FIELD_ERROR)


def _one_line(told: RefusalText, why: list[str], called: Callable[[str], str]) -> str:
    """What does not end as a sentence is set apart from what follows."""
    apart = " " if told.what.endswith(".") else " · "
    return plain(apart.join([told.what, " · ".join(why) or told.next]), called).strip(" ·")


def plain(mrkdwn: str, called: Callable[[str], str] = str) -> str:
    """Mrkdwn of ours as plain text."""
    shown = _BARE.sub(lambda found: f"{found[1]}{called(found[2])}", _LABELLED.sub(r"\1", mrkdwn))
    return html.unescape(_MARKS.sub("", shown))
