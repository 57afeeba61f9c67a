"""iCalendar files (RFC 5545) to the times that their events hold, or everything that is wrong with them."""

from storage.feeds.reading import HORIZON, PAST, Reading, read

__all__ = ["HORIZON", "PAST", "Reading", "read"]
