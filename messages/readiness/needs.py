"""What a release lacks to be rolled back, one sentence each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from domain import needs as n
from domain.ways_back import REPORTED
from messages.dates import duration
from messages.parts import code, quote, when
from messages.texts import Reader


def readiness_need(reader: Reader, of: n.ReadinessNeed) -> str:
    t = reader.t
    match of:
        case n.TagMissing(tag):
            return t("A rollback would go to {tag}, but this tag is not on the remote.", tag=code(tag))
        case n.TagUnknown():
            return t("Whether a rollback has a tag to go to is not known: the repository was never read.")
        case n.MigrationWayMissing(path) if path == REPORTED:
            return t("The migration that QA reported has no way back and no declared alternative.")
        case n.MigrationWayMissing(path):
            return t("No way back and no declared alternative for a migration: {path}", path=code(path))
        case n.RehearsalMissing(last, within):
            return _not_rehearsed(reader, last, within)
        case n.OldSchemaInUse():
            return _in_use(reader, of)
        case n.NotExpanded():
            return _not_expanded(reader, of)
        case _:
            assert_never(of)


def _not_rehearsed(reader: Reader, last: datetime | None, within: timedelta) -> str:
    t, asked = reader.t, duration(reader, within)
    if last is None:
        return t(
            "No rollback was rehearsed on staging yet; the policy asks for one every {time}.", time=asked
        )
    return t(
        "The last rollback rehearsal was {at}; the policy asks for one every {time}.",
        at=when(reader, last),
        time=asked,
    )


def _in_use(reader: Reader, of: n.OldSchemaInUse) -> str:
    t, subject = reader.t, code(of.subject)
    why = (
        t(
            "{subject} cannot be contracted: a rollback would go to {target}, which needs the old schema.",
            subject=subject,
            target=_version(of.target),
        )
        if of.target
        else t("{subject} cannot be contracted: the release that migrates is not out.", subject=subject)
    )
    nobody = t("No release is linked that migrates.")
    return f"{why} {_from_when(reader, of, of.migrated) or nobody}"


def _not_expanded(reader: Reader, of: n.NotExpanded) -> str:
    t, subject = reader.t, code(of.subject)
    why = (
        t(
            "{subject} cannot be migrated: a rollback would go to {target}, which has no expanded schema.",
            subject=subject,
            target=_version(of.target),
        )
        if of.target
        else t("{subject} cannot be migrated: the release that expands is not out.", subject=subject)
    )
    nobody = t("No release is linked that expands.")
    return f"{why} {_from_when(reader, of, of.expanded) or nobody}"


def _from_when(reader: Reader, of: n.OldSchemaInUse | n.NotExpanded, awaited: str) -> str:
    """Empty where nothing is known that could be waited for."""
    t = reader.t
    if not awaited:
        return ""
    if of.in_production:
        return t("Allowed after {n} more in production.", n=of.more)
    version = _version(awaited)
    if of.planned is None:
        return t("Allowed once {version} is released.", version=version)
    return t(
        "Allowed once {version} is released; its deploy: {at}", version=version, at=when(reader, of.planned)
    )


def _version(version: str) -> str:
    return quote(f"v{version}", 80)
