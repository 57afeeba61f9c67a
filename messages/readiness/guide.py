"""The database guide, wherever a release carries a migration (spec 6.4)."""

from __future__ import annotations

from messages.parts import bullets
from messages.texts import Reader


def guide(reader: Reader) -> str:
    """The database guide, in five rules."""
    t = reader.t
    rules = (
        t("Write the way back together with the migration."),
        t("Destroy nothing: deprecate columns, rename tables first."),
        t("Expand, migrate and contract in separate releases."),
        t("Back up the tables concerned before you begin."),
        t("Try both directions on staging, with data of real size."),
    )
    return "\n".join([t("Database guide"), bullets(rules)])
