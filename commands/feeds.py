"""Feeds become blackouts: which are to be read, what a reading changes, and who is told what went wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from commands.change import calendar_changed
from commands.context import PAST, calendar_of, project_of
from commands.record import record, send
from commands.requests import FeedWasRead, ImportFile
from domain.calendar.blackouts import BlackoutKind, Scope
from domain.calendar.feeds import FeedRule
from domain.calendar.imports import (
    ON_THE_WAY,
    Difference,
    FeedFault,
    FeedState,
    Held,
    Imported,
    compare,
)
from domain.errands import InChannel, ToPerson
from domain.events import FeedRead, FeedRefused
from domain.people import BOT, Origin, Role, Via
from domain.project import Project
from domain.refusals import AlreadySo, Refused
from storage import imports, people, projects
from storage.db import Tx

FEEDS = Origin(BOT, Via.BOT)
EVERY, AGAIN = timedelta(hours=1), timedelta(minutes=15)
"""How often a feed is read (wall time), and how soon again after it could not be."""
# Time goes on although a feed stays as it is: what recurs comes into sight.
AFRESH = timedelta(days=1)
# A host that does not answer once is no news.
TELL_AFTER = 3


@dataclass(frozen=True)
class Due:
    """A feed to be read now. `state` is how it was read last in the same way, None to read it afresh."""

    project: str
    rule: FeedRule
    zone: str
    settings: str
    at: datetime
    state: FeedState | None


def due(tx: Tx) -> list[Due]:
    """The feeds that are to be read now."""
    return [one for project in projects.every(tx) for one in _due(tx, project)]


def _due(tx: Tx, project: Project) -> list[Due]:
    feeds = project.policy.calendar.feeds
    states = imports.states(tx, project.key) if feeds else {}
    found = []
    for rule in feeds:
        state, settings = states.get(rule.name), settings_of(rule, project)
        if state is not None and state.settings != settings:
            state = None
        if state is not None and tx.wall() < state.tried_at + (AGAIN if state.faults else EVERY):
            continue
        known = state if state and state.read_at and tx.wall() < state.read_at + AFRESH else None
        found.append(Due(project.key, rule, project.policy.zone, settings, tx.now(), known))
    return found


def settings_of(rule: FeedRule, project: Project) -> str:
    """A digest of everything that decides what is read from a feed, but for the feed."""
    return hashlib.sha256(f"{rule.model_dump_json()}{project.policy.zone}".encode()).hexdigest()


def feed_was_read(tx: Tx, report: FeedWasRead) -> FeedRead | FeedRefused | None:
    """Take over what was read. None when nothing is different, or the policy has changed meanwhile."""
    project = projects.get(tx, report.project)
    rule = _rule(project, report.feed) if project else None
    if project is None or rule is None or settings_of(rule, project) != report.settings:
        return None
    state = _state(tx, project, report.feed)
    tried = replace(state, by_hand=False, settings=report.settings, tried_at=tx.wall())
    if report.faults:
        return _refuse(tx, project, tried, report.faults)
    read = replace(tried, faults=(), told=(), failures=0)
    if report.unchanged:
        imports.put_state(tx, project.key, read)
        return None
    event = _take(tx, project, state, (rule.kind, rule.scope), report.times, FEEDS)
    read = replace(read, read_at=tx.wall(), seen_until=report.until)
    read = replace(read, content=report.content, etag=report.etag, modified=report.modified)
    imports.put_state(tx, project.key, read)
    return event


def _rule(project: Project, feed: str) -> FeedRule | None:
    return next((rule for rule in project.policy.calendar.feeds if rule.name == feed), None)


def _state(tx: Tx, project: Project, feed: str) -> FeedState:
    return imports.lock(tx, project.key, FeedState(name=feed, tried_at=tx.wall()))


def import_file(tx: Tx, request: ImportFile, origin: Origin) -> FeedRead | None:
    """Take over a file that somebody imports. None when nothing is different. Raises Refused."""
    project = project_of(tx, request.project)
    if _rule(project, request.name) is not None:
        raise Refused(AlreadySo("feed"))
    state = replace(_state(tx, project, request.name), by_hand=True, tried_at=tx.wall(), read_at=tx.wall())
    imports.put_state(tx, project.key, state)
    scope = Scope(types=frozenset(request.types), environments=frozenset(request.environments))
    return _take(tx, project, state, (request.kind, scope), request.times, origin)


def forget_gone(tx: Tx) -> None:
    """What was read from a feed that the policy lists no more holds no more, and the channel is told."""
    for project in projects.every(tx):
        listed = {rule.name for rule in project.policy.calendar.feeds}
        for state in imports.states(tx, project.key).values():
            if not state.by_hand and state.name not in listed:
                _take(tx, project, state, (BlackoutKind.BLACKOUT, Scope()), (), FEEDS)
                imports.forget(tx, project.key, state.name)


def any_gone(tx: Tx) -> bool:
    """Whether `forget_gone` has something to do."""
    return any(
        not state.by_hand and _rule(project, state.name) is None
        for project in projects.every(tx)
        for state in imports.states(tx, project.key).values()
    )


def unread(tx: Tx, project: Project) -> list[FeedState]:
    """The feeds of the policy that could not be read the last time."""
    listed = {rule.name for rule in project.policy.calendar.feeds}
    states = imports.states(tx, project.key) if listed else {}
    return [state for name, state in states.items() if name in listed and state.faults]


def _take(
    tx: Tx,
    project: Project,
    state: FeedState,
    meant: tuple[BlackoutKind, Scope],
    times: Sequence[Imported],
    origin: Origin,
) -> FeedRead | None:
    """Put what differs in force, record it, and tell it once."""
    kind, scope = meant
    at, feed = tx.now(), state.name
    read = [
        Held(id=imports.id_of(project.key, feed, one), imported=one, kind=kind, scope=scope, added_at=at)
        for one in times
    ]
    known = imports.held(tx, project.key, feed, at - PAST)
    found = compare(known, read, at=at, seen_until=state.seen_until)
    if not found.put and not found.gone:
        return None
    before = calendar_of(tx, project, at)
    _save(tx, project, feed, found)
    event = FeedRead(
        feed=feed,
        added=found.added,
        changed=found.changed,
        removed=found.removed,
        later=found.later,
    )
    record(tx, origin, project, [event])
    if found.is_told:
        send(tx, project, origin, [(InChannel(project.channel), event)])
    calendar_changed(tx, project, before, origin)
    return event


def _save(tx: Tx, project: Project, feed: str, found: Difference) -> None:
    former = imports.former_revisions(tx, project.key, feed)
    again = [
        replace(one, revision=former[one.imported.key] + 1) if one.imported.key in former else one
        for one in found.put
    ]
    imports.put(tx, project.key, feed, again)
    imports.remove(tx, found.gone, tx.now())


def _refuse(tx: Tx, project: Project, state: FeedState, faults: tuple[FeedFault, ...]) -> FeedRefused | None:
    """The release managers are told once of the same trouble, however often it comes."""
    state = replace(state, faults=faults, failures=state.failures + 1)
    passing = all(fault.why in ON_THE_WAY for fault in faults) and state.failures < TELL_AFTER
    if passing or _same(faults, state.told):
        imports.put_state(tx, project.key, state)
        return None
    imports.put_state(tx, project.key, replace(state, told=faults))
    event = FeedRefused(feed=state.name, faults=faults)
    record(tx, FEEDS, project, [event])
    managers = sorted(people.roster(tx, project.key).holders(Role.RELEASE_MANAGER))
    send(tx, project, FEEDS, [(ToPerson(user), event) for user in managers])
    return event


def _same(faults: tuple[FeedFault, ...], told: tuple[FeedFault, ...]) -> bool:
    """Lines move, and a server that is down says so in many ways."""
    if told and all(fault.why in ON_THE_WAY for fault in (*faults, *told)):
        return True
    return {_essence(fault) for fault in faults} == {_essence(fault) for fault in told}


def _essence(fault: FeedFault) -> tuple[str, str, str]:
    return fault.why, fault.event, fault.detail
