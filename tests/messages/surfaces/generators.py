"""Views made at random from their types, with names as hostile as people and repositories can make them."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from domain.calendar.blackouts import Blackout
from domain.calendar.rules import FreezeRule, WeeklyWindow
from domain.events import Event, Logged, StepMoved
from domain.health.rules import HealthRules
from domain.names import Names
from domain.policy import Contact
from domain.readiness_rules import ReadinessCheck, ReadinessGuard, ReadinessRules, Strictness
from domain.repository import ProblemKind
from domain.type_policy import Separation
from domain.versions import Version
from tests.messages.surfaces.builders import WINDOWS

HOSTILE = (
    "<!channel>",
    "<!here|all> & <@U0ADMIN>",
    "<https://evil.example|click>",
    "\u202etxet desrever\u202c",
    "한글 이름 ㄱ",
    "&amp;&lt;" * 40,
    "가" * 300,
    "`code` *bold* _it_ ~no~",
    "{name} {0} %s",
    "line\nbreak\ttab",
    "x" * 300,
    "&" * 300,
    "",
)
texts = st.sampled_from(HOSTILE) | st.text(max_size=40)
users = st.from_regex(r"[UW][A-Z0-9]{2,10}", fullmatch=True)
ids = st.uuids().map(str)
channels = st.from_regex(r"[C][A-Z0-9]{8,10}", fullmatch=True)
hexes = st.text(alphabet="0123456789abcdef", min_size=40, max_size=40)
urls = st.sampled_from(
    ["", "https://git.example/c?a=1&b=2", "javascript:alert(1)", "https://x.example/>|<!channel>"]
)
ZONES = ["Asia/Seoul", "Europe/Berlin", "UTC"]
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
versions = st.builds(
    Version,
    st.integers(0, 99),
    st.integers(0, 99),
    st.integers(0, 10**6),
    st.sampled_from([None, "rc.1", "a" * 48]),
)
tags = versions.map(lambda version: f"v{version}")

_USERS = (
    "started_by",
    "captain",
    "by",
    "owner",
    "asked_by",
    "met_by",
    "user",
    "granted_by",
    "decided_by",
    "opened_by",
    "declared_by",
    "ended_by",
    "rejected_by",
    "stakeholders",
    "authors",
    "waits_for",
    "commanders",
    "deciders",
    "owners",
    "added_by",
    "can_give",
    "members",
    "holder",
)
_NAMED: dict[str, st.SearchStrategy[str]] = {
    **dict.fromkeys(_USERS, users),
    **dict.fromkeys(("id", "release", "room", "parent", "release_id", "exception"), ids),
    "channel": channels,
    "room_channel": channels | st.just(""),
    **dict.fromkeys(("sha",), hexes),
    **dict.fromkeys(("targets", "to_confirm"), tags),
    **dict.fromkeys(("target", "previous_version", "since"), tags | st.just("")),
    **dict.fromkeys(("compare_url", "pull_requests", "report"), urls | texts),
    **dict.fromkeys(("zone", "zones"), st.sampled_from(ZONES)),
    "language": st.sampled_from(["en", "ko"]),
    "project": st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
    "key": st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
    "problem": st.sampled_from([*ProblemKind, ""]) | texts,
    "state": st.sampled_from(["asked", "granted", "denied", "used", "expired"]),
    "kind": st.sampled_from(
        ["approve", "action", "confirm", "condition", "exception", "seat", "git", "item"]
    ),
}
blackouts = st.builds(
    lambda start, length, name, reason, key, by: Blackout(
        id=key, name=name, start=start, end=start + length, reason=reason, added_by=by
    ),
    moments,
    st.timedeltas(timedelta(minutes=1), timedelta(days=9)),
    texts,
    texts,
    ids,
    users | st.just(""),
)
_WHOLE: dict[Any, st.SearchStrategy[Any]] = {
    float: st.integers(0, 1000).map(lambda n: n / 10),
    datetime: moments,
    date: st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    time: st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    timedelta: st.timedeltas(timedelta(0), timedelta(days=9)),
    bool: st.booleans(),
    int: st.integers(0, 60),
    HealthRules: st.builds(HealthRules),
    Version: versions,
    WeeklyWindow: st.sampled_from(WINDOWS),
    FreezeRule: st.builds(FreezeRule, days_before=st.integers(0, 28)),
    Separation: st.builds(
        Separation, starter=st.booleans(), authors=st.sampled_from(["largest", "any", "none"])
    ),
    ReadinessRules: st.builds(
        ReadinessRules,
        guard=st.builds(
            ReadinessGuard, **{check.value: st.sampled_from(Strictness) for check in ReadinessCheck}
        ),
    ),
    Contact: st.builds(Contact, role=texts, name=texts, user=st.none() | users, phone=texts),
    Blackout: blackouts,
    Names: st.builds(Names, ko=texts, en=texts),
    Event: st.builds(Logged, room=ids, text=texts)
    | st.builds(StepMoved, room=ids, step=st.just("notice"), state=st.just("done"), note=texts),
}
MANY = 14


def made(cls: type, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A dataclass with all its fields at random; `given` fields as they are said."""
    hints = get_type_hints(cls)
    parts = {
        field.name: given[field.name] if field.name in given else _of(hints[field.name], field.name)
        for field in dataclasses.fields(cls)
    }
    return st.builds(cls, **parts)


def _of(hint: Any, name: str) -> st.SearchStrategy[Any]:
    if hint is str:
        return _NAMED.get(name, texts)
    for known, strategy in _WHOLE.items():
        if hint == known:
            return strategy
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if dataclasses.is_dataclass(hint):
        return st.deferred(lambda: made(hint))  # type: ignore[arg-type]  # a class, not an instance
    return _of_many(hint, name)


def _of_many(hint: Any, name: str) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(_of(arguments[0], name), max_size=MANY, unique_by=_identity).map(tuple)
    if origin is frozenset:
        return st.frozensets(_of(arguments[0], name), max_size=MANY)
    if origin is tuple:
        return st.tuples(*(_of(argument, name) for argument in arguments))
    if origin is Mapping:
        key, value = arguments
        keys = st.sampled_from(["en", "ko"]) if key is str else _of(key, name)
        return st.dictionaries(keys, _of(value, name), max_size=MANY)
    if origin in {Union, types.UnionType}:
        choices = [st.none() if one is type(None) else _of(one, name) for one in arguments]
        return st.one_of(choices)
    raise TypeError(f"{name}: {hint}")


def _identity(value: Any) -> Any:
    """What makes two entries of a list the same one; lines and decisions may be alike."""
    for name in ("id", "deploy_at", "key"):
        if hasattr(value, name):
            return getattr(value, name)
    return value if isinstance(value, str) else id(value)
