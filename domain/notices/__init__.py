"""What people outside of a release are told of it, at its turns (spec 7.2)."""

from domain.notices.model import BLANK, NoticeAudience, NoticeFacts, NoticeKind, left_blank

__all__ = ["BLANK", "NoticeAudience", "NoticeFacts", "NoticeKind", "left_blank"]
