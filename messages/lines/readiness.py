"""Lines of the way back, of rehearsals, and of changes of the schema."""

from __future__ import annotations

from typing import assert_never

from domain import events as v
from messages.lines.lifecycle import head, noted
from messages.parts import bullets, code
from messages.readiness.words import migration, phase, way_line
from messages.texts import Reader

ReadinessSaid = (
    v.WaysBackGiven | v.RollbackRehearsed | v.SchemaChangeBegun | v.SchemaChangeLinked | v.SchemaChangeEnded
)


def readiness_line(reader: Reader, said: ReadinessSaid) -> str:
    match said:
        case v.WaysBackGiven():
            return _ways(reader, said)
        case v.RollbackRehearsed():
            return _rehearsed(reader, said)
        case v.SchemaChangeBegun() | v.SchemaChangeLinked() | v.SchemaChangeEnded():
            return _schema(reader, said)
        case _:
            assert_never(said)


def _ways(reader: Reader, said: v.WaysBackGiven) -> str:
    t = reader.t
    given = bullets(f"{migration(reader, way.path)} · {way_line(reader, way)}" for way in said.ways)
    text = t("{release} Way back given", release=head(said.version)) + f"\n{given}"
    if not said.left:
        return text
    return f"{text}\n" + t("Migrations that still have none: {n}", n=said.left)


def _rehearsed(reader: Reader, said: v.RollbackRehearsed) -> str:
    t = reader.t
    release = head(said.version) + (f" rc.{said.candidate}" if said.candidate else "")
    text = (
        t("{release} Rollback rehearsed on staging: it worked", release=release)
        if said.succeeded
        else t("{release} Rollback rehearsed on staging: it did not work", release=release)
    )
    return text + noted(said.note)


def _schema(reader: Reader, said: v.SchemaChangeBegun | v.SchemaChangeLinked | v.SchemaChangeEnded) -> str:
    t, subject = reader.t, code(said.subject)
    match said:
        case v.SchemaChangeBegun():
            text = t("{release} Schema change begun: {subject}", release=head(said.version), subject=subject)
            return text + noted(said.title)
        case v.SchemaChangeLinked():
            release, taken = head(said.version), phase(reader, said.phase)
            if said.undone:
                return t(
                    "{release} Schema change {subject}: no longer takes “{phase}”",
                    release=release,
                    subject=subject,
                    phase=taken,
                )
            return t(
                "{release} Schema change {subject}: takes “{phase}”",
                release=release,
                subject=subject,
                phase=taken,
            )
        case v.SchemaChangeEnded(finished=True):
            return t("Schema change finished: {subject}", subject=subject)
        case v.SchemaChangeEnded():
            return t("Schema change given up: {subject}", subject=subject) + noted(said.reason)
        case _:
            assert_never(said)
