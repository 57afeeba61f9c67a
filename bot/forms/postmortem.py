"""Forms of a post-mortem and its action items."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build, FieldError
from bot.payloads import State
from commands.requests import (
    AddActionItem,
    EndActionItem,
    HandOnActionItem,
    LinkRedeploy,
    Request,
    WritePostmortem,
)
from domain.postmortem import ItemState, Section
from domain.refusals import TextMissing
from messages.ids import Form, Target
from messages.modals import postmortem


def _write(target: Target, state: State) -> Request:
    texts = tuple((section, state.text(section)) for section in Section)
    return WritePostmortem(room=target.room, texts=texts)


def _add(target: Target, state: State) -> Request:
    text = state.text(postmortem.TEXT_OF_ITEM)
    if not text.strip():
        raise FieldError(postmortem.TEXT_OF_ITEM, TextMissing("action_item"))
    owner, due = state.user(postmortem.OWNER), state.day(postmortem.DUE)
    return AddActionItem(room=target.room, text=text, owner=owner, due=due)


def _end(target: Target, state: State) -> Request:
    if state.choice(postmortem.HOW) == postmortem.HANDED_ON:
        owner, due = state.user(postmortem.OWNER), state.day(postmortem.DUE)
        return HandOnActionItem(room=target.room, item=target.key, owner=owner, due=due)
    how = ItemState(state.choice(postmortem.HOW) or ItemState.DONE)
    return EndActionItem(room=target.room, item=target.key, state=how, note=state.text(postmortem.NOTE))


FORMS: Mapping[Form, Build] = {
    Form.POSTMORTEM_TEXTS: _write,
    Form.ITEM_ADD: _add,
    Form.ITEM_END: _end,
    Form.REDEPLOY: lambda target, state: LinkRedeploy(
        room=target.room, release=state.choice(postmortem.RELEASE), on=state.day(postmortem.ON)
    ),
}

FIELDS: Mapping[Form, str] = {
    Form.POSTMORTEM_TEXTS: Section.IMPACT,
    Form.ITEM_ADD: postmortem.TEXT_OF_ITEM,
    Form.ITEM_END: postmortem.NOTE,
    Form.REDEPLOY: postmortem.RELEASE,
}
