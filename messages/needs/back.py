"""What a rollback still needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from domain import needs as n
from domain.rollback import StepKey
from domain.rollback.parts import Part
from messages import names
from messages.names import word
from messages.parts import quote
from messages.texts import Reader
from messages.versions import tag

PARTS: Mapping[Part, str] = {
    Part.RESTORE: word("Restoring as a whole"),
    Part.VERIFY: word("Verifying as a whole"),
}


def of_rollback(
    reader: Reader, of: n.NotInProduction | n.RestoreBegun | n.RestoreUnfinished | n.NothingRestored
) -> str:
    t = reader.t
    match of:
        case n.NotInProduction(""):
            return t("It is not the version in production.")
        case n.NotInProduction(production):
            return t("The version in production is {version}.", version=tag(production))
        case n.RestoreBegun():
            return t("Restoring has begun, so the rollback can only be finished.")
        case n.RestoreUnfinished(steps):
            return t("Steps still open: {steps}", steps=step_names(reader, steps))
        case n.NothingRestored(steps, begun):
            text = t(
                "Nothing was restored: every step of the way back was skipped ({steps}).",
                steps=step_names(reader, steps),
            )
            then = (
                t("Reopen the step that is needed, and do it.")
                if begun
                else t("Reopen the step that is needed, and do it; or stand down.")
            )
            return f"{text} {then}"
        case _:
            assert_never(of)


def step_name(reader: Reader, key: str) -> str:
    """A rollback step, or a whole part of it, by its key; a key that is none is shown as it is."""
    if key in set(Part):
        return reader.t(PARTS[Part(key)])
    return names.step(reader, StepKey(key)) if key in set(StepKey) else quote(key)


def step_names(reader: Reader, keys: Iterable[str]) -> str:
    return ", ".join(step_name(reader, key) for key in keys)
