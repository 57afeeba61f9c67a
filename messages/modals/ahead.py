"""What a time that is being chosen would run into, while there is still time to choose another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from domain.errands import DateTaken
from domain.views import ChosenTime
from messages.entries import slot_dates
from messages.gates import reason_line, rivals
from messages.parts import fitting, quote, when
from messages.texts import Reader
from messages.versions import tag

_SHOWN = 2500


def would_close(reader: Reader, taken: Iterable[tuple[str, DateTaken]]) -> str:
    """The planned releases that an entry would close, each after its project's name where one is given."""
    t = reader.t
    lines = [t("⚠ Planned in this time; nothing is moved by itself:")]
    for project, one in taken:
        whose = f"{quote(project)} " if project else ""
        lines.append(f"• {whose}{tag(one.version)} · {when(reader, one.deploy_at)}")
        lines += [f"   {text}" for text in _free(reader, one.free)]
    if len(lines) == 1:
        return t("✓ No release is planned in this time.")
    return fitting(reader, lines, _SHOWN)


def chosen_time(reader: Reader, of: ChosenTime) -> str:
    """What stands against a deploy at that time, when it could be instead, and what comes before it."""
    t = reader.t
    if not of.found:
        return "\n".join([t("✓ Nothing stands against this time."), slot_dates(reader, of.dates)])
    lines = [t("⚠ In the way at this time:")]
    lines += [f"• {reason_line(reader, reason)}" for reason in of.found.reasons]
    lines += [f"• {text}" for text in rivals(reader, of.found.releases)]
    lines += _free(reader, of.free)
    return fitting(reader, [*lines, slot_dates(reader, of.dates)], _SHOWN)


def _free(reader: Reader, free: tuple[datetime, ...]) -> Iterator[str]:
    """Nothing where there is none."""
    if free:
        slots = ", ".join(when(reader, at) for at in free)
        yield reader.t("Nearest free times: {slots}", slots=slots)
