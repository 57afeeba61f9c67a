"""The messages of a war room: pinned summary, live state, the call for a commander, briefing, snapshot."""

from messages.warroom.briefing import briefing
from messages.warroom.snapshot import snapshot
from messages.warroom.state import room_state
from messages.warroom.summary import room_summary, seat_call, topic

__all__ = ["briefing", "room_state", "room_summary", "seat_call", "snapshot", "topic"]
