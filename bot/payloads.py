"""Slack's JSON to plain values: who, which key, what was pressed, what was filled in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from domain.people import Actor, Origin, Via
from messages.buttons import press_of
from messages.ids import Form, Press, Target, decode


class Unreadable(ValueError):
    """A payload that we did not write: an old button, or another app's."""


@dataclass(frozen=True)
class Pressed:
    """A button, overflow option or select. `view` is the modal it was in, if any, with its state.

    `answer_to` is the address at which the message of the button can be replaced, empty outside of messages.
    """

    press: Press
    target: Target
    trigger: str
    value: str = ""
    view: Mapping[str, Any] | None = None
    answer_to: str = ""


@dataclass(frozen=True)
class Filled:
    """A submitted modal."""

    form: Form
    target: Target
    state: State


class State:
    """What was filled in, by block id. Every reader returns a default for what is not there."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def _element(self, field: str) -> Mapping[str, Any]:
        block = self._values.get(field)
        found = next(iter(block.values()), None) if isinstance(block, dict) else None
        return found if isinstance(found, dict) else {}

    def names(self, prefix: str) -> tuple[str, ...]:
        """What follows `prefix` in the fields that begin with it."""
        return tuple(field.removeprefix(prefix) for field in self._values if field.startswith(prefix))

    def text(self, field: str) -> str:
        return str(self._element(field).get("value") or "").strip()

    def choice(self, field: str) -> str:
        option = self._element(field).get("selected_option")
        return str(option.get("value", "")) if isinstance(option, dict) else ""

    def choices(self, field: str) -> tuple[str, ...]:
        options = self._element(field).get("selected_options") or []
        return tuple(str(option.get("value", "")) for option in options if isinstance(option, dict))

    def user(self, field: str) -> str:
        return str(self._element(field).get("selected_user") or "")

    def users(self, field: str) -> tuple[str, ...]:
        return tuple(str(user) for user in self._element(field).get("selected_users") or [])

    def moment(self, field: str) -> datetime | None:
        """A date-time picker: unix seconds."""
        picked = self._element(field).get("selected_date_time")
        return datetime.fromtimestamp(picked, UTC) if isinstance(picked, int) and picked > 0 else None

    def day(self, field: str) -> date | None:
        picked = self._element(field).get("selected_date")
        return date.fromisoformat(picked) if isinstance(picked, str) else None

    def clock(self, field: str) -> time | None:
        """A time picker: HH:MM."""
        picked = str(self._element(field).get("selected_time") or "")
        try:
            return time.fromisoformat(picked) if picked else None
        except ValueError:
            return None

    def yes(self, field: str) -> bool | None:
        """A yes/no choice, None when nothing was chosen."""
        return {"yes": True, "no": False}.get(self.choice(field))

    def ticked(self, field: str) -> bool:
        return bool(self.choices(field))


# --- who and which ---


def command_origin(body: Mapping[str, Any]) -> Origin:
    actor = Actor(str(body["team_id"]), str(body["user_id"]))
    return Origin(actor, Via.SLASH, _key(actor.team, body.get("trigger_id")), str(body["channel_id"]))


def interaction_origin(body: Mapping[str, Any]) -> Origin:
    """The team is the person's own, not the one where it was pressed (Slack Connect)."""
    user = body["user"]
    team = str(user.get("team_id") or (body.get("team") or {}).get("id") or "")
    submitted = body.get("type") == "view_submission"
    channel = (body.get("channel") or {}).get("id") or _view_channel(body)
    return Origin(
        Actor(team, str(user["id"])),
        Via.MODAL if submitted else Via.BUTTON,
        _interaction_key(team, body),
        str(channel or ""),
    )


def _interaction_key(team: str, body: Mapping[str, Any]) -> str:
    """The trigger id; for closes the view and its hash."""
    trigger = body.get("trigger_id")
    if body.get("type") == "view_closed" or not trigger:
        view = body.get("view") or {}
        return _key(team, f"{view.get('id', '')}:{view.get('hash', '')}")
    return _key(team, trigger)


def _key(team: str, unique: object) -> str:
    return f"{team}:{unique}" if unique else ""


def _view_channel(body: Mapping[str, Any]) -> str:
    view = body.get("view") or {}
    try:
        return decode(str(view.get("private_metadata") or "")).channel
    except ValueError:
        return ""


# --- what ---


def pressed(body: Mapping[str, Any]) -> Pressed:
    """The first action of a block_actions payload. Raises Unreadable."""
    action = body["actions"][0]
    value = _value(action)
    try:
        press = press_of(str(action["action_id"]))
        target = decode(value) if value.startswith("{") else Target()
    except (ValueError, TypeError) as error:
        raise Unreadable(str(action.get("action_id"))[:80]) from error
    view = body.get("view")
    answer_to = str(body.get("response_url") or "")
    return Pressed(press, target, str(body.get("trigger_id") or ""), value, view, answer_to)


def _value(action: Mapping[str, Any]) -> str:
    option = action.get("selected_option")
    chosen = option.get("value") if isinstance(option, dict) else action.get("value")
    return str(chosen or "")


def filled(body: Mapping[str, Any]) -> Filled:
    """A submitted modal. Raises Unreadable."""
    view = body["view"]
    try:
        form = Form(str(view["callback_id"]))
    except ValueError as error:
        raise Unreadable(str(view.get("callback_id"))[:80]) from error
    return Filled(form, target_of(view), state_of(view))


def target_of(view: Mapping[str, Any]) -> Target:
    """What an open modal speaks of. Raises Unreadable."""
    try:
        return decode(str(view.get("private_metadata") or ""))
    except (ValueError, TypeError) as error:
        raise Unreadable(str(view.get("callback_id"))[:80]) from error


def state_of(view: Mapping[str, Any]) -> State:
    values = (view.get("state") or {}).get("values")
    return State(values if isinstance(values, dict) else {})
