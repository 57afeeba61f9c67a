"""What a command can come to."""

from __future__ import annotations

from bot.modals import View
from commands.requests import Request
from messages.message import Message

Answer = Message | View | Request
"""A message for who asked, a modal to open, or a request to run."""
