"""How production is, on the card of a release that is going out or is watched there."""

from __future__ import annotations

from domain.health.now import Health
from messages.dates import duration
from messages.health.words import measured
from messages.parts import fitting, labelled, stamp
from messages.texts import Reader

_LONGEST = 1500


def health_line(reader: Reader, of: Health) -> str:
    """`Errors 0.2 % · ⚠ P95 250 ms (before 120 ms) · CPU 41 %, 14:02`; mrkdwn."""
    t, newest = reader.t, of.newest
    if newest is None:
        waits = t("No readings yet. Naru asks every {time}.", time=duration(reader, of.rules.interval))
        return labelled(t("Health"), waits)
    shown = [measured(reader, one) for one in of.measured]
    in_one = " · ".join(shown)
    text = in_one if len(in_one) <= _LONGEST else fitting(reader, shown, _LONGEST)
    return labelled(t("Health"), f"{text}, {stamp(reader, newest)}")
