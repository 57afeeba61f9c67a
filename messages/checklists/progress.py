"""How far the lists are: a line each, and the button that opens them."""

from __future__ import annotations

from collections.abc import Iterable

from domain.checklists.model import Phase
from domain.readiness_rules import Strictness
from domain.release import Release
from domain.rollback import Room
from domain.views import Progress
from messages.blocks import Element
from messages.buttons import press_button
from messages.checklists.words import phase_name
from messages.ids import Press, Target
from messages.texts import Reader


def progress_lines(reader: Reader, lists: Iterable[Progress]) -> list[str]:
    return [progress_line(reader, one) for one in lists]


def progress_line(reader: Reader, of: Progress) -> str:
    """`☐ Before the release 12 of 38 · failed 1`; mrkdwn."""
    t = reader.t
    mark = "☑" if of.complete else "☐"
    parts = [f"{mark} {phase_name(reader, of.phase)} " + counted(reader, of)]
    if of.failed:
        parts.append("✕ " + t("failed {n}", n=of.failed))
    if of.waived:
        parts.append(t("waived {n}", n=of.waived))
    if of.strictness is Strictness.WARN and not of.complete:
        parts.append(t("holds up nothing"))
    return " · ".join(parts)


def counted(reader: Reader, of: Progress) -> str:
    return reader.t("{done} of {total}", done=of.done, total=of.total)


def lists_button(
    reader: Reader, *, release: str = "", room: str = "", candidate: int = 0, phase: Phase | None = None
) -> Element:
    """Opens the lists of a release, or of a war room; without a `phase` the one to look at first."""
    target = Target(release=release, room=room, candidate=candidate, state=phase or "")
    return press_button(reader.t("Checklists"), Press.CHECKLIST, target)


def whose(release: Release | None, room: Room | None) -> Target:
    """What a press or a form about these lists speaks of."""
    if room is not None:
        return Target(room=room.id)
    return Target(release=release.id, candidate=release.rc) if release else Target()
