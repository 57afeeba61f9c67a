"""What people write of a rollback when it is over, and what they mean to do about it (spec 6.3)."""

from domain.postmortem.model import ActionItem, Answer, ItemState, Section

__all__ = ["ActionItem", "Answer", "ItemState", "Section"]
