"""Each Slack route: payload → request → command → ack. Nothing here decides, words or stores."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot import (
    answers,
    changes,
    checklists,
    contacts,
    forms,
    health,
    modals,
    months,
    notes,
    opening,
    payloads,
    postmortems,
    presses,
    slash,
    ways_back,
    years,
)
from bot.beforehand import before
from bot.desk import Call, Desk, ModalNotOpened, NotConfirmed
from bot.errors import boundary
from bot.forms import FieldError
from bot.payloads import Pressed
from bot.routes import EVENTS, Routes
from bot.slack import SlackFailure
from commands.frame import zone_of
from commands.requests import Misunderstood
from domain.people import Origin
from domain.refusals import Refusal, Refused
from domain.views import SaidNo
from messages import edge
from messages.ids import Form, Press, Target
from messages.message import Message
from messages.modals import said
from messages.refusals import field_error
from messages.texts import Reader
from storage import people
from storage.db import NotStarted, Tx, Unavailable

log = structlog.get_logger()
Route = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


_SHOWS: Mapping[Press, Callable[[Desk, Call, Pressed], Awaitable[None]]] = {
    **dict.fromkeys(months.PRESSES, months.serve),
    Press.POSTMORTEM_FILE: postmortems.files,
    Press.POSTMORTEM_WEB: postmortems.page,
    **dict.fromkeys(notes.SHOWN, notes.serve),
    **dict.fromkeys(checklists.PRESSES, checklists.serve),
    Press.CONTACTS: contacts.tell,
    Press.HEALTH: health.tell,
    Press.READY: ways_back.tell,
    Press.YEAR: years.show_again,
}
"""Presses that change nothing: what they show is read and answered at once."""


class Listeners(AsyncMiddleware):
    """Bolt's first middleware: it answers what people do, and lets events pass to their listeners.

    Bolt offers a payload to one listener after the other, and builds some thirty arguments each time: for
    the kinds that people wait for that is a third of what Bolt costs (measured).
    """

    def __init__(self, desk: Desk, routes: Routes) -> None:
        self._desk = desk
        self._routes = routes
        self._of_kind: dict[str, Route] = {
            "block_actions": self.action,
            "view_submission": self.submission,
            "view_closed": self.closed,
        }

    def register(self, app: AsyncApp) -> None:
        for event in EVENTS:
            app.event(event)(self.event)

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse | None:
        body = req.body
        route = self.command if "command" in body else self._of_kind.get(str(body.get("type")))
        if route is None:
            return await next()
        ack = req.context.ack
        await route(ack, body)
        return ack.response or resp

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A slash command is answered in its ack."""
        call = await self._call(payloads.command_origin(body), str(body["trigger_id"]))
        reply: Message | None = None

        async def sorry(reference: str) -> None:
            await ack(**_ephemeral(answers.told(edge.unexpected(call.reader, reference))))

        async with boundary(sorry, command=True):
            try:
                reply = await slash.handle(self._desk, call, str(body.get("text", "")))
            except _EXPECTED as error:
                reply = await self._sorry(call, error)
            await (ack(**_ephemeral(reply)) if reply else ack())

    async def action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A button's ack is empty; its answer comes by the outbox, a refusal at once and privately."""
        call = await self._call(payloads.interaction_origin(body), str(body.get("trigger_id", "")))

        async def sorry(reference: str) -> None:
            await ack()
            await self._whisper(call, answers.told(edge.unexpected(call.reader, reference)))

        async with boundary(sorry, action=True):
            try:
                await self._press(call, body)
            except _EXPECTED as error:
                await self._whisper(call, await self._sorry(call, error))
            await ack()

    async def _press(self, call: Call, body: dict[str, Any]) -> None:
        pressed = presses.unfolded(payloads.pressed(body))
        serve = _SHOWS.get(pressed.press)
        if serve is not None:
            await serve(self._desk, call, pressed)
            return
        request = presses.request_of(pressed)
        if request is None:
            await opening.open_for(self._desk, call, pressed)
        elif not await before(self._desk, call, request):
            outcome = await self._desk.perform(request, call)
            if isinstance(outcome, SaidNo):
                await self._whisper(call, answers.outcome(call.reader, outcome))
            if pressed.press in years.ANSWERS:
                await years.show_again(self._desk, call, pressed)
            await opening.show_again(self._desk, call, pressed)

    async def submission(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A modal stays open with what was typed, and the reason beside the field, until it succeeds."""
        call = await self._call(payloads.interaction_origin(body), str(body.get("trigger_id", "")))

        async def sorry(reference: str) -> None:
            await ack(
                response_action="push", view=said.said(call.reader, edge.unexpected(call.reader, reference))
            )

        async with boundary(sorry, submission=True):
            await ack(**await self._submitted(call, body))

    async def _submitted(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        """What the ack of a submission says: nothing closes the modal."""
        blocks = {block.get("block_id") for block in body["view"].get("blocks") or []}
        main, about, filled = "", Target(), None
        try:
            filled = payloads.filled(body)
            about = filled.target
            main = forms.field_of(filled.form)
            request = forms.request_of(filled)
            outcome = await self._desk.perform(request, call) if request else None
        except FieldError as error:
            main, outcome = error.field, SaidNo(error.refusal)
        except Refused as error:
            outcome = SaidNo(error.refusal)
        except _EXPECTED as error:
            text = (await self._sorry(call, error)).text
            return _beside(main, text) if main in blocks else _on_top(call, text)
        if not isinstance(outcome, SaidNo):
            return await self._afterwards(call, body)
        if filled and notes.is_overtaken(outcome.refusal):
            view = await self._desk.look(notes.overtaken, call, filled)
            return {"response_action": "update", "view": view}
        if not outcome.zone:  # refused before there was a request: the form knows what it is about
            outcome = replace(outcome, zone=await self._desk.look(zone_of, about))
        if main in blocks:
            reader = answers.beside(call.reader, outcome)
            return _beside(main, await self._desk.look(_why_not, reader, outcome.refusal))
        return _on_top(call, answers.outcome(call.reader, outcome).text)

    async def _afterwards(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        """The ack of a form that was taken: it closes, or goes back to the list that it was opened from."""
        filled = payloads.filled(body)
        if filled.form is Form.CHECKLIST:
            view = await self._desk.look(checklists.following, call.reader, filled.target)
            return {"response_action": "update", "view": self._desk.here(call, view)} if view else {}
        if filled.form is Form.CHECK_ITEM:
            below = str(body["view"].get("previous_view_id") or "")
            await checklists.show_beneath(self._desk, call, filled, below)
        if filled.form not in changes.FORMS or not filled.target.release:
            return {}
        view = await self._desk.look(modals.scope, call.reader, filled.target)
        return {"response_action": "update", "view": opening.here(view, filled.target)}

    async def closed(self, ack: AsyncAck, _body: dict[str, Any]) -> None:
        await ack()

    async def event(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Events are acked when they are handled; Slack sends again what fails, and handling is harmless."""
        async with boundary(None, event=str(body["event"]["type"])):
            await self._routes.handle(body["event"])
        await ack()

    async def _call(self, origin: Origin, trigger: str) -> Call:
        return await self._desk.call(origin, trigger, time.monotonic())

    async def _sorry(self, call: Call, error: Exception) -> Message:
        """The words for what was expected to go wrong."""
        match error:
            case Refused(refusal=refusal):
                try:
                    await self._note(call, error)
                except (NotStarted, Unavailable):
                    return answers.told(edge.not_recorded(call.reader))
                except NotConfirmed:
                    pass  # it is on its way, and the answer is the same
                return answers.refused(call.reader, refusal)
            case NotStarted() | Unavailable():
                return answers.told(edge.not_recorded(call.reader))
            case NotConfirmed():
                return answers.told(edge.not_confirmed(call.reader))
            case ModalNotOpened():
                return answers.told(edge.modal_not_opened(call.reader))
            case _:
                return answers.told(edge.old_button(call.reader))

    async def _note(self, call: Call, error: Refused) -> None:
        """A refusal outside of a verb is recorded like any other."""
        await self._desk.perform(Misunderstood(refusal=error.refusal), call)

    async def _whisper(self, call: Call, message: Message) -> None:
        """A private line at once; where there is no channel (Home, modal) it comes as a DM."""
        try:
            await self._desk.whisper(call, message)
        except SlackFailure as failure:
            log.info("private line not sent", why=str(failure))


_EXPECTED = (Refused, NotStarted, Unavailable, NotConfirmed, ModalNotOpened, payloads.Unreadable)
FIELD_ERROR = 2000


def _why_not(tx: Tx, reader: Reader, refusal: Refusal) -> str:
    """A field's error is plain text: people are named, since Slack shows no mentions there."""

    def called(user: str) -> str:
        person = people.get(tx, user)
        return person.name if person else user

    return field_error(reader, refusal, called)


def _ephemeral(message: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}


def _beside(field: str, text: str) -> dict[str, Any]:
    return {"response_action": "errors", "errors": {field: text[:FIELD_ERROR]}}


def _on_top(call: Call, text: str) -> dict[str, Any]:
    """A reason that belongs to no field: on top of the form, which stays as it was."""
    return {"response_action": "push", "view": said.said(call.reader, text)}
