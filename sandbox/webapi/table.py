"""All methods of the Web API by name."""

from __future__ import annotations

from sandbox.webapi import chat, conversations, extras, files, history, modals, people
from sandbox.webapi.method import Method

METHODS: dict[str, Method] = {
    **people.METHODS,
    **conversations.METHODS,
    **history.METHODS,
    **chat.METHODS,
    **modals.METHODS,
    **extras.METHODS,
    **files.METHODS,
}
