"""Release notes in Slack: read privately, turned over, edited in a modal that follows what is chosen."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import Call, Desk
from bot.modals import View
from bot.payloads import Filled, Pressed, State, Unreadable, state_of, target_of
from commands.notes.edit import may_edit
from commands.requests import PostNotes, PublishNotes, Request
from commands.show import notes as show
from commands.show.release import look
from domain.notes import Audience, Section
from domain.refusals import NotesChanged
from messages.ids import Press, Target, decode, encode
from messages.lists.notes import notes_list
from messages.message import Message
from messages.modals import notes as modal
from messages.modals.notes import Opened, Views
from messages.texts import LANGUAGES, Reader
from storage.db import Tx

SHOWN = frozenset({Press.NOTES, Press.NOTES_EDIT, Press.NOTES_SECTION})


def request_of(pressed: Pressed) -> Request | None:
    """Of the presses that need no more words. Raises Unreadable."""
    match pressed.press:
        case Press.NOTES_POST:
            language, audience = _chosen(pressed.target, "")
            return PostNotes(release=pressed.target.release, audience=audience, language=language)
        case Press.NOTES_AGAIN:
            return PublishNotes(release=pressed.target.release)
        case _:
            return None


async def serve(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Show, open the modal, or have it follow. Raises Refused, ModalNotOpened or Unreadable."""
    match pressed.press:
        case Press.NOTES:
            message = await desk.look(listed, call.reader, pressed.target)
            turned = bool(pressed.target.state)
            await desk.respond(call, pressed.answer_to, message, replace=turned)
        case Press.NOTES_EDIT:
            await desk.open(call, await desk.look(opening, call, pressed.target))
        case _:
            if pressed.view is not None:
                view = await desk.look(
                    _followed, call.reader, target_of(pressed.view), state_of(pressed.view)
                )
                await desk.update(str(pressed.view["id"]), view)


def listed(tx: Tx, reader: Reader, target: Target) -> Message:
    """In the reader's language and for the team, unless the target says otherwise."""
    language, audience = _chosen(target, reader.language)
    return notes_list(reader, show.notes(tx, target.release, language, audience), target.page)


def _chosen(target: Target, usual: str) -> tuple[str, Audience]:
    language, _, audience = (target.state or f"{usual}.{Audience.TEAM}").partition(".")
    if language not in LANGUAGES or audience not in set(Audience):
        raise Unreadable(Press.NOTES)
    return language, Audience(audience)


def opening(tx: Tx, call: Call, target: Target) -> View:
    """The modal, at the first section that lacks something; for who may save it. Raises Refused."""
    may_edit(look(tx, target.release), call.origin)
    language = target.key if target.key in LANGUAGES else call.reader.language
    views = _views(tx, target.release)
    gaps = views[language].gaps
    section = gaps[0].section if gaps else Section.FEATURES
    return modal.notes(_beside(call.reader, views), views, modal.opened_at(views[language], section))


def _followed(tx: Tx, reader: Reader, target: Target, state: State) -> View:
    """The section and language chosen now; what was typed in others stays, and is saved with them."""
    views = _views(tx, target.release)
    before = _read(target)
    section = _section(state.choice(modal.SECTION))
    language = state.choice(modal.LANGUAGE)
    if language not in LANGUAGES:
        raise Unreadable(Press.NOTES_SECTION)
    chosen = modal.opened_at(views[language], section)
    chosen = next((one for one in before if one.name == chosen.name), chosen)
    kept = [one for one in before if one.name != chosen.name and _typed(state, one)]
    if sum(one.parts for one in (chosen, *kept)) > modal.ALL_PARTS:
        # No room for more: what is typed must be saved first.
        chosen, kept = before[0], before[1:]
    return _in(target.channel, modal.notes(_beside(reader, views), views, chosen, kept))


def overtaken(tx: Tx, call: Call, filled: Filled) -> View:
    """After somebody else was faster: their text above what was typed, which may be saved over it."""
    views = _views(tx, filled.target.release)
    before = _read(filled.target)
    now = [replace(one, base=views[one.language].text_id(one.section, one.language)) for one in before]
    names = frozenset(one.name for one, was in zip(now, before, strict=True) if one.base != was.base)
    view = modal.notes(_beside(call.reader, views), views, now[0], now[1:], overtaken=names)
    return _in(filled.target.channel, view)


def _in(channel: str, view: View) -> View:
    """The modal still knows where it was opened: there its answer is read."""
    return view | {"private_metadata": encode(replace(decode(view["private_metadata"]), channel=channel))}


def is_overtaken(refusal: object) -> bool:
    return isinstance(refusal, NotesChanged)


def _views(tx: Tx, release: str) -> Views:
    return {language: show.notes(tx, release, language) for language in LANGUAGES}


def _beside(reader: Reader, views: Views) -> Reader:
    return replace(reader, project_zone=next(iter(views.values())).project.zone)


def _read(target: Target) -> list[Opened]:
    try:
        found = modal.decoded(target.state)
    except ValueError as error:
        raise Unreadable(Press.NOTES_SECTION) from error
    if not found:
        raise Unreadable(Press.NOTES_SECTION)
    return found


def _section(text: str) -> Section:
    try:
        return Section(text)
    except ValueError as error:
        raise Unreadable(Press.NOTES_SECTION) from error


def _typed(state: State, one: Opened) -> bool:
    """Whether anything was changed in a text, or ticked or filled in beside it."""
    return (
        modal.is_changed(one, typed_text(state, one))
        or state.ticked(f"{modal.DRAFT}.{one.name}")
        or (one.section is Section.KNOWN_ISSUES and any(issue_of(state, one.language).values()))
    )


def typed_text(state: State, one: Opened) -> str:
    return "\n".join(state.text(one.block(n)) for n in range(one.parts)).strip()


def issue_of(state: State, language: str) -> dict[str, str]:
    return {field: state.text(modal.issue_block(field, language)) for field in modal.ISSUE_FIELDS}
