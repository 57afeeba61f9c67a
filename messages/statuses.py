"""The marks on pull requests, as the forge shows them: plain text of at most 140 characters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.statuses import Because, FreezeOf, Standing
from messages.blocks import clean, cut
from messages.dates import city, day, moment
from messages.names import word
from messages.texts import Reader
from messages.versions import tag

LONGEST = 140

_FREE: Mapping[Because, str] = {
    Because.NO_FREEZE: word("No code freeze"),
    Because.FIX: word("May be merged during the code freeze: a fix by its title"),
    Because.LABEL: word("May be merged during the code freeze: exempt by its label"),
    Because.PATHS: word("May be merged during the code freeze: exempt by the paths that it changes"),
    Because.EXCEPTION: word("May be merged: an exception from the code freeze is in force"),
}


def mark_text(reader: Reader, standing: Standing) -> str:
    """In the project's language and zone: the forge does not know who reads."""
    if standing.freeze is None or standing.because is not Because.FROZEN:
        return reader.t(_FREE.get(standing.because, _FREE[Because.NO_FREEZE]))
    return cut(clean(_held(reader, standing.freeze)), LONGEST)


def _held(reader: Reader, freeze: FreezeOf) -> str:
    t = reader.t
    until = ""
    if freeze.until is not None:
        until = f"{moment(reader, freeze.until)} ({city(reader, reader.zone)})"
    try:
        slot = day(reader, date.fromisoformat(freeze.name))
    except ValueError:
        version = tag(freeze.name)
        if not until:
            return t("Code freeze of {version}: only fixes until it is deployed", version=version)
        return t(
            "Code freeze of {version}: only fixes until it is deployed, planned {at}",
            version=version,
            at=until,
        )
    return t("Code freeze for the deploy on {day}: only fixes until {at}", day=slot, at=until)
