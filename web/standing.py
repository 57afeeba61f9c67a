"""How a release stands, as data: what its card and its lists show, in the words of who asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from itertools import zip_longest

from commands.health.look import health_of
from commands.show.checklists import checklists
from domain.checklists.model import SAID_ELSEWHERE
from domain.checklists.standing import Standing
from domain.criteria.model import STANDING, Breach
from domain.health.baselines import Baseline
from domain.health.now import Health, Measured, watched
from domain.health.rules import HealthRules
from domain.release import Release
from domain.rollout.rollout import Rollout
from domain.rollout.timing import Planned, ends_about, planned
from domain.views import ChecklistView, ItemView
from messages import names
from messages.checklists.words import phase_name
from messages.criteria import words as criteria
from messages.health import words as health
from messages.refusals import plain
from messages.texts import Reader
from storage import breaches, people
from storage.db import Tx
from web import release_models as models
from web.calls import Answer, Call
from web.shown import release as shown

_OPEN = frozenset({Standing.OPEN, Standing.FAILED})


def look_at_release(tx: Tx, call: Call) -> Answer:
    """Raises Refused."""
    of, at = call.release(tx), tx.now()
    reader = call.reader
    seen = {
        "rollout": _rollout(reader, of, of.rollout, at) if of.rollout else None,
        "checklists": list(_checklists(tx, reader, of)),
        "health": _health(tx, call, of, at),
        "breaches": [_breach(reader, one) for one in _standing(tx, of)],
    }
    return Answer(HTTPStatus.OK, models.ReleaseNow(**(dict(shown(reader, of)) | seen)))


# --- rollout ------------------------------------------------------------------------------------------------


def _rollout(reader: Reader, release: Release, of: Rollout, at: datetime) -> models.RolloutNow:
    meant = zip_longest(range(len(of.steps)), planned(of))
    return models.RolloutNow(
        **dict(shown(reader, release).rollout or ()),
        automatic=of.automatic,
        percent=of.percent,
        paused_because=of.pause_reason or None,
        plan=[_step(reader, of, index, times) for index, times in meant],
        ends_about=ends_about(of, at),
    )


def _step(reader: Reader, of: Rollout, index: int, meant: Planned | None) -> models.StepNow:
    key, times = of.steps[index], of.times_of(index)
    return models.StepNow(
        key=key,
        name=names.rollout_step(reader, key),
        percent=of.planned(index).percent,
        state=of.state(index),
        planned_from=meant.begins if meant else None,
        planned_until=meant.ends if meant else None,
        began=times.began,
        live=times.live,
        ended=times.ended,
        attempt=times.attempt,
        failed=times.failed or None,
    )


# --- checklists ---------------------------------------------------------------------------------------------


def _checklists(tx: Tx, reader: Reader, of: Release) -> Iterator[models.ChecklistNow]:
    """In the order in which they come; a list that asks for nothing is not there."""
    view = checklists(tx, of.id)
    owners = {item.judged.state.owner for one in view.lists for item in one.items} - {""}
    called = {user: one.name for user, one in people.many(tx, owners).items()} if owners else {}
    for one in view.lists:
        yield _checklist(reader, one, called, now=one.phase in view.now)


def _checklist(
    reader: Reader, of: ChecklistView, called: dict[str, str], *, now: bool
) -> models.ChecklistNow:
    unsettled = [item for item in of.items if item.judged.standing in _OPEN]
    return models.ChecklistNow(
        phase=of.phase,
        name=phase_name(reader, of.phase),
        strictness=of.strictness,
        stops=of.guards,
        now=now,
        opens_at=of.opens_at,
        done=len(of.standing(Standing.DONE)),
        waived=len(of.standing(Standing.WAIVED)),
        open=len(unsettled),
        items=[_item(reader, item, called) for item in unsettled],
    )


def _item(reader: Reader, of: ItemView, called: dict[str, str]) -> models.OpenItem:
    """What another step or the calendar brings has not failed, and nobody ticks it."""
    by_itself = of.judged.item.auto in SAID_ELSEWHERE
    failed = of.judged.standing is Standing.FAILED and not by_itself
    roles = () if by_itself else of.may_waive if failed else of.may_tick
    owner = of.judged.state.owner
    return models.OpenItem(
        key=of.key,
        title=of.judged.item.named.text[reader.language],
        standing=Standing.FAILED if failed else Standing.OPEN,
        roles=[role.value for role in roles],
        owner=called.get(owner, owner) or None,
        due=of.judged.state.due,
    )


# --- health and criteria ------------------------------------------------------------------------------------


def _health(tx: Tx, call: Call, of: Release, at: datetime) -> models.HealthNow | None:
    if watched(of, at) is None:
        return None
    found: Health = health_of(tx, call.project(tx), of, at)
    return models.HealthNow(
        environment=found.environment,
        asked=found.asked,
        fine=found.fine,
        stale=found.stale,
        readings=[_reading(call.reader, found.rules, one) for one in found.measured],
    )


def _reading(reader: Reader, rules: HealthRules, of: Measured) -> models.ReadingNow:
    one, good = of.reading, rules.range(of.reading.metric)
    said = health.said(reader, one) if one.why is None else health.why(reader, one)
    return models.ReadingNow(
        metric=one.metric,
        name=plain(health.metric(reader, one.metric)),
        value=one.value,
        said=plain(said),
        judged=of.judged,
        range=models.RangeNow(sign=good.sign, limit=good.limit) if good else None,
        baseline=_baseline(of.baseline) if of.baseline else None,
        samples=one.samples,
        source=one.source,
        at=one.at,
        why=one.why,
    )


def _baseline(of: Baseline) -> models.BaselineNow:
    return models.BaselineNow(median=of.median, mean=of.mean, spread=of.spread, count=of.count)


def _standing(tx: Tx, of: Release) -> list[Breach]:
    return [one for one in breaches.of_release(tx, of.id, only_live=True) if one.state in STANDING]


def _breach(reader: Reader, of: Breach) -> models.BreachNow:
    return models.BreachNow(
        id=of.id,
        rule=of.rule,
        level=of.level,
        state=of.state,
        said=plain(criteria.breach(reader, of)),
        metric=of.metric or None,
        value=of.value,
        threshold=of.threshold,
        baseline=of.baseline,
        since=of.since,
        opened_at=of.opened_at,
        unclear=of.unclear,
        waits=of.waits,
        dry_run=of.dry_run,
    )


__all__ = ["look_at_release"]
