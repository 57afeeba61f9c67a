"""Judge an exception afterwards.

Fields (block ids): `result` (radio: an `ExceptionResult`), `urgent` and `reason_true` (radios: `yes`, `no`),
`note` (text, optional).
"""

from __future__ import annotations

from domain.calendar.exceptions import ExceptionResult
from domain.views import ExceptionView
from messages import blocks
from messages.blocks import Block, Element
from messages.exception_parts import RESULTS
from messages.exceptions import subject
from messages.ids import Form, Target
from messages.modals.fields import View, form, words, yes_no
from messages.names import word
from messages.parts import quote
from messages.texts import Reader

RESULT, URGENT, REASON_TRUE, NOTE = "result", "urgent", "reason_true", "note"
_CHOICES = {
    ExceptionResult.SUCCEEDED: word("No, it went well"),
    ExceptionResult.FAILED: word("Yes"),
    ExceptionResult.UNUSED: word("The exception was not used"),
}


def judgement(reader: Reader, view: ExceptionView) -> View:
    """What Naru knows of the result is proposed."""
    t, of = reader.t, view.exception
    content = [
        blocks.section(f"{subject(reader, view)}\n{quote(of.why, 600)}"),
        _result(reader, view),
        blocks.field(t("Was it urgent?"), yes_no(reader, URGENT), URGENT),
        blocks.field(t("Was the reason true?"), yes_no(reader, REASON_TRUE), REASON_TRUE),
        words(t("Note"), NOTE, optional=True),
    ]
    target = Target(exception=of.id)
    title_ = t("Judge the exception")
    return form(reader, Form.EXCEPTION_JUDGEMENT, title_, content, submit=t("Judge"), target=target)


def _result(reader: Reader, view: ExceptionView) -> Block:
    t = reader.t
    label = t("Did what was merged fail?") if view.exception.merges else t("Did the deploy fail?")
    options = [blocks.option(t(text), result) for result, text in _CHOICES.items()]
    element: Element = {"type": "radio_buttons", "action_id": RESULT, "options": options}
    hint = ""
    if view.known:
        element["initial_option"] = next(o for o in options if o["value"] == view.known)
        hint = t("As far as Naru knows, it {result}.", result=t(RESULTS[view.known]))
    return blocks.field(label, element, RESULT, hint=hint)
