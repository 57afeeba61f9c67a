"""The form of release notes: every text in it that was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.forms.fields import Build, FieldError
from bot.notes import issue_of, typed_text
from bot.payloads import State
from commands.requests import EditNotes, NewText, Request
from domain.notes import Section
from domain.refusals import TextMissing
from messages.ids import Form, Target
from messages.modals import notes
from messages.modals.notes import Opened
from messages.texts import Reader


def _notes(target: Target, state: State) -> Request:
    opened = notes.decoded(target.state)
    return EditNotes(release=target.release, texts=tuple(_changed(opened, state)))


def _changed(opened: list[Opened], state: State) -> Iterator[NewText]:
    """An empty text that is saved as it was shown says of the section in sight: there is nothing to say."""
    for place, one in enumerate(opened):
        typed = typed_text(state, one)
        text = "\n".join(part for part in (typed, _issue(one, state)) if part)
        nothing = place == 0 and not text and one.shown == notes.fingerprint("")
        if state.ticked(f"{notes.DRAFT}.{one.name}"):
            yield NewText(section=one.section, language=one.language, text=None, base=one.base)
        elif text != typed or notes.is_changed(one, typed) or nothing:
            yield NewText(section=one.section, language=one.language, text=text, base=one.base)


def _issue(one: Opened, state: State) -> str:
    """The known issue that was filled in, as Markdown in the language of its text. Raises FieldError."""
    if one.section is not Section.KNOWN_ISSUES:
        return ""
    values = {field: " ".join(text.split()) for field, text in issue_of(state, one.language).items()}
    if not any(values.values()):
        return ""
    if not values["what"]:
        raise FieldError(notes.issue_block("what", one.language), TextMissing("issue"))
    return notes.issue_entry(Reader(one.language, "UTC"), values)


FORMS: Mapping[Form, Build] = {
    Form.NOTES: _notes,
}

FIELDS: Mapping[Form, str] = {
    Form.NOTES: notes.SECTION,
}
