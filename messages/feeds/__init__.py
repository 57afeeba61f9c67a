"""The calendar as an iCalendar file (RFC 5545), as calendar programs subscribe to it."""

from messages.feeds.file import calendar_file

__all__ = ["calendar_file"]
