"""`ready`, `way-back`, `rehearsed`, `schema`: whether a release could be taken back, and what that needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never

from commands import slash
from commands.parse.common import SHOWN, maybe_project, only_release, take_release, unreadable
from commands.parse.tokens import Words, phrase
from commands.parse.vocabulary import ALTERNATIVES, OLD_RUNS, OUTCOMES, SCHEMA_SUBS, WAY_KINDS, SchemaSub
from domain.refusals import Refused, Unreadable
from domain.schema_phases import Phase
from domain.ways_back import WayKind

_WAY_EXAMPLE = "/release way-back 1.5.0 migrations/0042.sql script migrations/0042.down.sql"
_INSTEAD_EXAMPLE = "/release way-back 1.5.0 impossible restore"
_SCHEMA_EXAMPLE = "/release schema begin 1.5.0 orders.total"

Schema = slash.ShowSchema | slash.BeginSchemaText | slash.LinkSchemaText | slash.EndSchemaText
_PHASES = {
    SchemaSub.EXPAND: Phase.EXPAND,
    SchemaSub.MIGRATE: Phase.MIGRATE,
    SchemaSub.CONTRACT: Phase.CONTRACT,
}


def ready(words: Words, _today: date) -> slash.ReadyText:
    return slash.ReadyText(**only_release(words))


def way_back(words: Words, _today: date) -> slash.WayBackText:
    """`way-back 1.5.0 0042.sql script 0042.down.sql`, `way-back 1.5.0 impossible restore nightly dump`,
    `way-back 1.5.0 0042.sql incompatible`.
    """
    meant, rest = take_release(words)
    if not rest:
        return slash.WayBackText(**meant)
    migration = ""
    if phrase(rest, WAY_KINDS) is None and phrase(rest, OLD_RUNS) is None:
        migration, rest = rest.first.text, rest.after(1)
    old_runs, rest = phrase(rest, OLD_RUNS) or (None, rest)
    said = slash.WayBackText(**meant, migration=migration, old_runs=old_runs)
    return said if old_runs is not None and not rest else _way(said, rest)


def _way(said: slash.WayBackText, rest: Words) -> slash.WayBackText:
    found = phrase(rest, WAY_KINDS)
    if found is None:
        raise Refused(Unreadable("way_kind", rest.rest[:SHOWN], _WAY_EXAMPLE))
    kind, rest = found
    if kind is not WayKind.IMPOSSIBLE:
        return replace(said, kind=kind, text=rest.rest)
    instead = phrase(rest, ALTERNATIVES) if rest else None
    if instead is None:
        raise Refused(Unreadable("alternative", rest.rest[:SHOWN], _INSTEAD_EXAMPLE))
    alternative, rest = instead
    return replace(said, kind=kind, alternative=alternative, text=rest.rest)


def rehearsed(words: Words, _today: date) -> slash.RehearsedText:
    """`rehearsed 1.5.0 ok https://…`, `롤백연습 1.5.0 실패 잠금 대기`; without a result the form asks."""
    meant, rest = take_release(words)
    if not rest:
        return slash.RehearsedText(**meant)
    found = phrase(rest, OUTCOMES)
    if found is None:
        raise unreadable("state", rest, OUTCOMES, "/release rehearsed 1.5.0 ok https://…")
    worked, rest = found
    return slash.RehearsedText(**meant, worked=worked, note=rest.rest)


def schema(words: Words, _today: date) -> Schema:
    """`schema`, `schema begin 1.5.0 orders.total`, `schema contract 1.7.0 orders.total`, `schema finish`."""
    sub, rest = phrase(words, SCHEMA_SUBS) or (_shown(words), words)
    match sub:
        case SchemaSub.SHOW:
            return slash.ShowSchema(project=maybe_project(rest))
        case SchemaSub.BEGIN:
            meant, rest = take_release(rest)
            title = rest.after(1).rest if rest else ""
            return slash.BeginSchemaText(**meant, subject=_subject(rest), title=title)
        case SchemaSub.EXPAND | SchemaSub.MIGRATE | SchemaSub.CONTRACT | SchemaSub.UNLINK:
            meant, rest = take_release(rest)
            return slash.LinkSchemaText(**meant, phase=_PHASES.get(sub), subject=rest.rest)
        case SchemaSub.FINISH:
            return slash.EndSchemaText(subject=rest.rest, finished=True)
        case SchemaSub.ABANDON:
            reason = rest.after(1).rest if rest else ""
            return slash.EndSchemaText(subject=_subject(rest), reason=reason)
        case _:
            assert_never(sub)


def _subject(words: Words) -> str:
    return words.first.text if words else ""


def _shown(words: Words) -> SchemaSub:
    """A project's name alone shows its changes; what looks like a misspelt subcommand is none."""
    if len(words.tokens) > 1:
        raise unreadable("subcommand", words, SCHEMA_SUBS, _SCHEMA_EXAMPLE)
    return SchemaSub.SHOW
