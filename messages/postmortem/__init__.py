"""The post-mortem of a rollback: its draft, what people write into it, and its action items."""

from messages.postmortem.draft import postmortem

__all__ = ["postmortem"]
