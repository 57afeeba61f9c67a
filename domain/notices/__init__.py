"""What people outside of a release are told of it, at its turns (spec 7.2)."""

from domain.notices.model import NoticeAudience, NoticeFacts, NoticeKind

__all__ = ["NoticeAudience", "NoticeFacts", "NoticeKind"]
