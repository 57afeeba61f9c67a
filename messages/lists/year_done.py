"""What was answered to a coming year, and the way to take it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain.calendar.rollover.model import Added, Changed, Done, Proposal, SetAside
from domain.views import YearView
from messages import blocks
from messages.blocks import Block, user
from messages.buttons import press_id
from messages.dates import day, moment
from messages.ids import Press, Target, encode
from messages.parts import bullets, fitting, labelled, quote
from messages.texts import Reader

_SHOWN = 2500


def target_of(view: YearView, page: int, key: str = "") -> Target:
    """What every button of a year speaks of; `page` 0 is the channel's message."""
    return Target(project=view.project.key, state=str(view.rollover.year), key=key, page=page)


def answered(reader: Reader, view: YearView, page: int) -> Iterator[Block]:
    """Everything that was answered and can still be taken back, the last first."""
    done = sorted(view.rollover.done, key=lambda one: one.answer.at, reverse=True)
    if not done:
        return
    t = reader.t
    lines = bullets(f"{_line(reader, one)} — {user(one.answer.by)}" for one in done).split("\n")
    yield blocks.section(labelled(t("Answered"), fitting(reader, lines, _SHOWN)))
    options = [
        blocks.option(_plain(reader, one), encode(target_of(view, page, one.answer.key))) for one in done
    ]
    select = blocks.select(press_id(Press.YEAR_BACK), options, placeholder=t("Take an answer back…"))
    yield blocks.actions([select])


def _line(reader: Reader, of: Done) -> str:
    return _told(reader, of, quote(_name(reader, of), 150))


def _plain(reader: Reader, of: Done) -> str:
    return _told(reader, of, _name(reader, of))


def _name(reader: Reader, of: Done) -> str:
    match of:
        case Added():
            return of.blackout.name
        case Changed():
            return day(reader, of.day)
        case SetAside():
            about = of.about
            return about.names[reader.language] if isinstance(about, Proposal) else day(reader, about.day)
        case _:
            assert_never(of)


def _told(reader: Reader, of: Done, name: str) -> str:
    t = reader.t
    match of:
        case Added():
            return t("Added: {name}", name=name)
        case Changed(deploy_at=None):
            return t("Skipped: deploy {day}", day=name)
        case Changed():
            to = moment(reader, of.deploy_at) if of.deploy_at else ""
            return t("Moved: deploy {day} → {at}", day=name, at=to)
        case SetAside(about=Proposal()):
            return t("Not needed: {name}", name=name)
        case SetAside():
            return t("Stays: deploy {day}", day=name)
        case _:
            assert_never(of)
