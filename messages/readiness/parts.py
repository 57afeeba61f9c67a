"""The way back on a release's messages: its line, with the button that shows the whole."""

from __future__ import annotations

from domain.readiness import Readiness
from domain.release import Release
from messages import blocks
from messages.blocks import Block
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.parts import code
from messages.readiness.badge import badge, first
from messages.readiness.words import links_line
from messages.texts import Reader

_CHANGES = 5


def way_back_row(reader: Reader, release: Release, of: Readiness) -> Block:
    """The badge, the schema changes in which the release takes a phase, and whether the database is first."""
    t = reader.t
    lines = [badge(reader, of)]
    for one in of.changes[:_CHANGES]:
        links = links_line(reader, one.links)
        lines.append(t("Schema change {subject}: {links}", subject=code(one.change.subject), links=links))
    lines += first(reader, of)
    button = press_button(t("Way back"), Press.READY, Target(release=release.id))
    return blocks.section("\n".join(lines), accessory=button)
