"""Slack did not take a notice somewhere: who sent it is told, and the thread, which said that it was sent."""

from __future__ import annotations

from dataclasses import replace

from commands.notices.about import about
from commands.record import record, send
from domain.errands import Notice, ToPerson
from domain.events import NoticeNotSent
from domain.people import BOT, Origin, Via
from storage.db import Tx

_BY_SLACK = Origin(BOT, Via.BOT)


def was_refused(tx: Tx, notice: Notice, *, channel: str, by: str, code: str) -> None:
    """`by` is who sent it."""
    found = about(tx, notice.release, notice.room)
    event = NoticeNotSent(
        release=notice.release, version=found.version, kind=notice.kind, channel=channel, code=code
    )
    event = replace(event, room=notice.room)
    record(tx, _BY_SLACK, found.project, [event], release=found.release)
    send(tx, found.project, _BY_SLACK, [(ToPerson(by), event)])
