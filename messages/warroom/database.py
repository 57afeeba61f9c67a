"""What the database step goes by: each migration's way back as it was declared, else the guide (spec 6.2)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.rollback import Step, StepKey
from domain.rollback.model import ENDED
from domain.views import RoomView
from domain.ways_back import Alternative, MigrationWay, WayKind
from messages.parts import code, fitting, indented
from messages.readiness.words import ALTERNATIVES, migration, way_line
from messages.texts import Reader

_WAYS = 1400


def database(reader: Reader, view: RoomView, step: Step) -> str:
    """Beneath the step, until it has ended; empty for every other step."""
    if step.key is not StepKey.DATABASE or step.state in ENDED:
        return ""
    lines = [fitting(reader, [_way(reader, one) for one in view.ways], _WAYS)] if view.ways else []
    if view.room.database_first:
        lines.insert(0, reader.t("The old version cannot run on the new schema: this comes first."))
    if any(_lost(one) for one in view.ways):
        lines += _guide(reader)
    return "".join(indented(line) for one in lines for line in one.splitlines())


def _way(reader: Reader, one: MigrationWay) -> str:
    t, name = reader.t, migration(reader, one.path)
    if one.way is not None:
        return f"• {name} · {way_line(reader, one.way)}"
    if one.script:
        return "• " + t("{path} has a file that looks like it: {script}", path=name, script=code(one.script))
    return "• " + t("{path}: no way back is known", path=name)


def _lost(one: MigrationWay) -> bool:
    """Whether there is nothing that would simply be run."""
    return one.way.kind is WayKind.IMPOSSIBLE if one.way else not one.script


def _guide(reader: Reader) -> Iterator[str]:
    t = reader.t
    ways = {
        Alternative.BOTH_SCHEMAS: t("leave the new schema in place and let the old version run beside it."),
        Alternative.FORWARD_FIX: t("leave the data as it is and mend schema and code with a new change."),
        Alternative.SELECTIVE_RESTORE: t("bring only the tables concerned back from the backup."),
    }
    yield t("Where nothing can simply be run, choose one:")
    for alternative, what in ways.items():
        yield f"• {t(ALTERNATIVES[alternative])}: {what}"
    yield t("Back up the tables concerned before you begin, and check the data afterwards.")
