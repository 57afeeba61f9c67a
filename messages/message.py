"""What goes to Slack as one message."""

from __future__ import annotations

from dataclasses import dataclass

from messages.blocks import Block


@dataclass(frozen=True)
class Message:
    """`text` is the plain fallback for notifications and screen readers, `blocks` what is shown."""

    text: str
    blocks: list[Block]
