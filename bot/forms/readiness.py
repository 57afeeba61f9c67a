"""Forms of the way back, of rehearsals, and of changes of the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.forms.fields import Build, FieldError
from bot.payloads import State
from commands.requests import (
    BeginSchemaChange,
    EndSchemaChange,
    GivenWay,
    GiveWaysBack,
    LinkSchemaChange,
    RecordRehearsal,
    Request,
)
from domain.refusals import TextMissing
from domain.schema_phases import Phase
from domain.ways_back import Alternative, WayKind
from messages.ids import Form, Target
from messages.modals import rehearsal, schema, way_back


def _way_back(target: Target, state: State) -> Request:
    ways = tuple(_ways(state))
    if not ways:
        first = next(iter(state.names(way_back.KIND)), "")
        raise FieldError(f"{way_back.KIND}{first}", TextMissing("way_back"))
    return GiveWaysBack(release=target.release, ways=ways, from_rc=target.candidate)


def _ways(state: State) -> Iterator[GivenWay]:
    """Those that are filled in; what is missing of one is said beside its field."""
    for key in state.names(way_back.KIND):
        text, alternative = state.text(f"{way_back.TEXT}{key}"), state.choice(f"{way_back.ALTERNATIVE}{key}")
        kind, old_runs = state.choice(f"{way_back.KIND}{key}"), state.yes(f"{way_back.OLD_RUNS}{key}")
        if not kind and not text and not alternative and old_runs is None:
            continue
        if not kind:
            raise FieldError(f"{way_back.KIND}{key}", TextMissing("choice"))
        if kind == WayKind.IMPOSSIBLE and not alternative:
            raise FieldError(f"{way_back.ALTERNATIVE}{key}", TextMissing("alternative"))
        if kind != WayKind.IMPOSSIBLE and not text:
            raise FieldError(f"{way_back.TEXT}{key}", TextMissing("way_back"))
        instead = Alternative(alternative) if alternative else None
        yield GivenWay(kind=WayKind(kind), migration=key, text=text, alternative=instead, old_runs=old_runs)


def _rehearsal(target: Target, state: State) -> Request:
    worked = state.yes(rehearsal.WORKED)
    if worked is None:
        raise FieldError(rehearsal.WORKED, TextMissing("choice"))
    return RecordRehearsal(release=target.release, succeeded=worked, note=state.text(rehearsal.NOTE))


def _begin(target: Target, state: State) -> Request:
    return BeginSchemaChange(
        release=target.release, subject=state.text(schema.SUBJECT), title=state.text(schema.TITLE)
    )


def _link(target: Target, state: State) -> Request:
    phase = state.choice(schema.PHASE)
    return LinkSchemaChange(
        change=target.change,
        release=state.choice(schema.RELEASE),
        phase=None if phase == schema.NONE else Phase(phase),
    )


def _end(target: Target, state: State) -> Request:
    finished = state.yes(schema.END)
    if finished is None:
        raise FieldError(schema.END, TextMissing("choice"))
    return EndSchemaChange(change=target.change, finished=finished, reason=state.text(schema.NOTE))


FORMS: Mapping[Form, Build] = {
    Form.WAY_BACK: _way_back,
    Form.REHEARSAL: _rehearsal,
    Form.SCHEMA_BEGIN: _begin,
    Form.SCHEMA_LINK: _link,
    Form.SCHEMA_END: _end,
}

FIELDS: Mapping[Form, str] = {
    Form.WAY_BACK: "",
    Form.REHEARSAL: rehearsal.NOTE,
    Form.SCHEMA_BEGIN: schema.SUBJECT,
    Form.SCHEMA_LINK: schema.PHASE,
    Form.SCHEMA_END: schema.NOTE,
}
