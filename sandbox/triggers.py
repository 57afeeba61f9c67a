"""Trigger ids and response addresses: short-lived rights that an interaction gives to the app."""

from __future__ import annotations

import itertools
import secrets
import time
from dataclasses import dataclass, field

from sandbox.errors import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
FORGET_SECONDS = 60 * 60.0


@dataclass
class Trigger:
    user: str
    born: float
    used: bool = False


@dataclass
class ResponseRight:
    """Where a response address points: the channel, its reader and the message it came from."""

    user: str
    channel: str
    born: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


@dataclass
class Triggers:
    """Ages are real seconds (monotonic); `lifetime_factor` stretches them for slow tests."""

    lifetime_factor: float = 1.0
    open: dict[str, Trigger] = field(default_factory=dict)
    responses: dict[str, ResponseRight] = field(default_factory=dict)

    def issue(self, user: str) -> str:
        self._forget()
        number = secrets.randbelow(10**13)
        trigger_id = f"{number}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.open[trigger_id] = Trigger(user, time.monotonic())
        return trigger_id

    def _forget(self) -> None:
        """What has been dead for an hour is no longer told apart from what never was."""
        edge = time.monotonic() - FORGET_SECONDS * self.lifetime_factor
        for key in [k for k, t in itertools.islice(self.open.items(), 100) if t.born < edge]:
            del self.open[key]
        for key in [k for k, r in itertools.islice(self.responses.items(), 100) if r.born < edge]:
            del self.responses[key]

    def redeem(self, trigger_id: str) -> str:
        """The user who gave it; raises SlackError when unknown, older than 3 s or used before."""
        trigger = self.open.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.born > TRIGGER_SECONDS * self.lifetime_factor:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def give_back(self, trigger_id: str) -> None:
        """A call that was refused for another reason leaves the trigger usable, as in Slack."""
        if trigger_id in self.open:
            self.open[trigger_id].used = False

    def grant_response(self, right: ResponseRight) -> str:
        """The secret last part of a response_url."""
        key = secrets.token_hex(12)
        self.responses[key] = right
        return key

    def use_response(self, key: str) -> ResponseRight:
        """Raises SlackError `expired_url` or `used_url`."""
        right = self.responses.get(key)
        if right is None or time.monotonic() - right.born > RESPONSE_SECONDS * self.lifetime_factor:
            raise SlackError("expired_url")
        if right.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        right.uses += 1
        return right
