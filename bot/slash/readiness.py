"""`/release ready`, `way-back`, `rehearsed`, `schema`: answers, forms and requests."""

from __future__ import annotations

from bot import answers, opening
from bot.desk import Call
from bot.slash.answer import Answer
from bot.slash.where import project
from commands import find, slash
from commands.requests import (
    BeginSchemaChange,
    EndSchemaChange,
    GivenWay,
    GiveWaysBack,
    LinkSchemaChange,
    RecordRehearsal,
)
from commands.show import readiness as shows
from domain.release import Release
from messages.ids import Press, Target
from storage.db import Tx

OfReadiness = slash.ReadyText | slash.WayBackText | slash.RehearsedText
OfSchema = slash.ShowSchema | slash.BeginSchemaText | slash.LinkSchemaText | slash.EndSchemaText


def answer(tx: Tx, call: Call, command: OfReadiness | OfSchema) -> Answer:
    """Raises Refused when it is not clear which release or which change is meant."""
    return (
        _of_release(tx, call, command) if isinstance(command, OfReadiness) else _of_schema(tx, call, command)
    )


def _of_release(tx: Tx, call: Call, command: OfReadiness) -> Answer:
    release = _release(tx, call, command)
    target = Target(release=release.id, candidate=release.rc)
    match command:
        case slash.ReadyText():
            return answers.shown(call.reader, shows.readiness(tx, release.id))
        case slash.WayBackText():
            way = _given(command)
            if way is None:
                return opening.asked(tx, call, Press.WAY_BACK_GIVE, target)
            return GiveWaysBack(release=release.id, ways=(way,))
        case slash.RehearsedText():
            if command.worked is None:
                return opening.asked(tx, call, Press.REHEARSED, target)
            return RecordRehearsal(release=release.id, succeeded=command.worked, note=command.note)


def _given(command: slash.WayBackText) -> GivenWay | None:
    """None when nothing was said yet."""
    if command.kind is None and command.old_runs is None:
        return None
    return GivenWay(
        kind=command.kind,
        migration=command.migration,
        text=command.text,
        alternative=command.alternative,
        old_runs=command.old_runs,
    )


def _of_schema(tx: Tx, call: Call, command: OfSchema) -> Answer:
    match command:
        case slash.ShowSchema(project=named):
            return answers.shown(call.reader, shows.schema(tx, project(tx, call, named).key))
        case slash.BeginSchemaText(subject=""):
            target = Target(release=_release(tx, call, command).id)
            return opening.asked(tx, call, Press.SCHEMA_BEGIN, target)
        case slash.BeginSchemaText(subject=subject, title=title):
            release = _release(tx, call, command)
            return BeginSchemaChange(release=release.id, subject=subject, title=title)
        case slash.LinkSchemaText(phase=phase, subject=subject):
            release = _release(tx, call, command)
            change = shows.meant(tx, release.project, subject)
            return LinkSchemaChange(change=change.id, release=release.id, phase=phase)
        case slash.EndSchemaText(subject=subject):
            change = shows.meant(tx, project(tx, call, None).key, subject)
            return EndSchemaChange(change=change.id, finished=command.finished, reason=command.reason)


def _release(tx: Tx, call: Call, command: slash.Named) -> Release:
    return find.release(tx, command.release, call.origin.channel, command.project)
