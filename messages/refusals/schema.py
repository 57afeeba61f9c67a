"""Refusals of the way back and of changes of the schema."""

from __future__ import annotations

from typing import assert_never

from domain import refusals as r
from messages.parts import code
from messages.readiness.words import migration, phase
from messages.refusals.model import RefusalText
from messages.texts import Reader
from messages.versions import tag

SchemaNo = r.NoMigration | r.PhaseMissing | r.PhaseOutOfOrder | r.UnknownSchemaChange
_SHOWN = 10


def of_schema(reader: Reader, of: SchemaNo) -> RefusalText:
    t = reader.t
    match of:
        case r.NoMigration():
            return _no_migration(reader, of)
        case r.PhaseMissing():
            return _phase_missing(reader, of)
        case r.PhaseOutOfOrder():
            return _out_of_order(reader, of)
        case r.UnknownSchemaChange(text, known):
            what = t("There is no open schema change of that name: {text}", text=code(text))
            if not text:
                what = t("It is not clear which schema change is meant.")
            open_ones = ", ".join(code(one) for one in known[:_SHOWN])
            return RefusalText(
                what,
                next=t("Open ones: {names}", names=open_ones)
                if known
                else t("None is open. Begin one: {command}", command="`/release schema begin`"),
            )
        case _:
            assert_never(of)


def _no_migration(reader: Reader, of: r.NoMigration) -> RefusalText:
    t, version = reader.t, tag(of.version)
    if not of.known:
        return RefusalText(
            t("{version} carries no migration that needs a way back.", version=version),
            next=t("A migration counts when it is in the changes, or when QA reports it."),
        )
    what = (
        t("{version} carries no such migration: {path}", version=version, path=code(of.path))
        if of.path
        else t("{version} carries several migrations: name one.", version=version)
    )
    names = ", ".join(migration(reader, path) for path in of.known[:_SHOWN])
    return RefusalText(what, next=t("Migrations: {names}", names=names))


def _phase_missing(reader: Reader, of: r.PhaseMissing) -> RefusalText:
    t, subject, needs = reader.t, code(of.subject), phase(reader, of.needs)
    if of.phase is None:
        return RefusalText(
            t("{subject} is not finished: “{phase}” is not released.", subject=subject, phase=needs),
            next=t("Give it up with a reason, if it is not to be finished."),
        )
    return RefusalText(
        t(
            "{subject}: “{phase}” needs a release that takes “{needs}” before it.",
            subject=subject,
            phase=phase(reader, of.phase),
            needs=needs,
        ),
        next=t("Link that release first, or take the later phase back."),
    )


def _out_of_order(reader: Reader, of: r.PhaseOutOfOrder) -> RefusalText:
    t = reader.t
    what = t(
        "{subject}: {version} cannot take “{phase}”, since {other} takes “{taken}”.",
        subject=code(of.subject),
        version=tag(of.version),
        phase=phase(reader, of.phase),
        other=tag(of.other_version),
        taken=phase(reader, of.other),
    )
    rule = t("Expand, migrate and contract go in this order, each in releases of its own.")
    return RefusalText(what, next=rule)
