"""Judge a release by its readings: open, change and end its breaches, and do what they ask for, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from commands import context
from commands.context import Case
from commands.criteria import acting
from commands.health.look import baselines_of, replaced
from domain.criteria import elsewhere
from domain.criteria.judge import GAP, PACE, Moment
from domain.criteria.judge import judge as judged
from domain.criteria.model import BLIND, TWICE, WATCHED, Breach, BreachState, Judgement, Verdict, Why, worse
from domain.criteria.rules import CriterionRule
from domain.health.model import Reading, Source
from domain.health.newest import own_first
from domain.people import Origin
from domain.project import Project
from domain.rollout.rollout import Rollout
from domain.types import Environment, RolloutStrategy, Stage
from storage import breaches, readings
from storage.db import Tx
from storage.ids import new_id

_BEFORE = timedelta(hours=24)
_STILL_UNTOLD = frozenset({Why.EARLY, Why.BY_PEOPLE})
_PUT_ASIDE = frozenset({BreachState.DISMISSED, BreachState.DECLARED})


def judge(tx: Tx, _project: Project, release_id: str, _origin: Origin) -> None:
    """After every reading, whoever gave it: it is Naru that judges."""
    found = context.case(tx, release_id)
    if found.release.stage in WATCHED:
        _settle(tx, found, judgements(tx, found))
    elif found.release.stage is not Stage.ROLLING_BACK:
        for breach in breaches.live(tx, release_id):
            acting.end(tx, found, breach, told=False)


def judgements(tx: Tx, found: Case) -> tuple[Judgement, ...]:
    """Every rule's, by what is measured up to now."""
    rules, moment = found.project.policy.criteria.rules, _moment(tx, found)
    usual = baselines_of(tx, found.project, found.release)
    taken = _readings(tx, found, moment)
    own = [one for one in taken if one.release in {"", found.release.id}]
    return judged(rules, own, replace(moment, elsewhere=_elsewhere(tx, found, taken)), usual)


def _moment(tx: Tx, found: Case) -> Moment:
    release, rollout = found.release, found.release.rollout
    since = release.deploy_started_at or release.stage_since
    rows = readings.newest_of_each(tx, release.project, Environment.PRODUCTION, after=since - _BEFORE)
    newest = own_first(rows, release.id)
    canary = bool(rollout and rollout.strategy is RolloutStrategy.CANARY and not rollout.complete)
    return Moment(
        at=found.at,
        since=since,
        begun=rollout.steps[: rollout.done + 1] if rollout else (),
        began=_began(rollout) if rollout else {},
        complete=rollout is None or rollout.complete,
        canary=canary and rollout is not None and rollout.step_under_way != rollout.steps[-1],
        interval=found.project.policy.health.interval,
        measured=frozenset(key for key, one in newest.items() if one.source is not Source.PERSON),
    )


def _began(rollout: Rollout) -> dict[str, datetime]:
    times = ((step, rollout.times_of(index).began) for index, step in enumerate(rollout.steps))
    return {step: began for step, began in times if began is not None}


def _readings(tx: Tx, found: Case, moment: Moment) -> list[Reading]:
    """As far back as the longest rule looks."""
    rules = found.project.policy.criteria.rules.values()
    longest = max((rule.sustained for rule in rules), default=timedelta(0))
    longest += max(GAP * moment.interval, PACE * longest)
    begin = max(moment.since, found.at - longest)
    return readings.since(tx, found.project.key, Environment.PRODUCTION, begin)


def _elsewhere(tx: Tx, found: Case, taken: Sequence[Reading]) -> frozenset[str]:
    """What is asked for all users is the newest release's to be judged by; and nobody has a version that is
    replaced.
    """
    rules, release = found.project.policy, found.release
    since = found.at - max((one.sustained for one in rules.criteria.rules.values()), default=timedelta(0))
    facts = (rules.health, taken, release.id, since)
    others, missed = elsewhere.shared(*facts), elsewhere.unseen(*facts)
    return others | missed if missed and replaced(tx, release) else others


# --- what becomes of it -----------------------------------------------------------------------------------


def _settle(tx: Tx, found: Case, judged_now: Iterable[Judgement]) -> None:
    live = {breach.rule: breach for breach in breaches.live(tx, found.release.id)}
    rules = found.project.policy.criteria.rules
    unclear: list[Breach] = []
    breached: list[Breach] = []
    for one in judged_now:
        there, rule = live.pop(one.rule, None), rules[one.rule]
        match one.verdict:
            case Verdict.BREACHED:
                breached += _breached(tx, found, one, rule, there)
            case Verdict.INCONCLUSIVE:
                unclear += _unclear(tx, found, one, rule, there)
            case Verdict.FINE:
                _over(tx, found, there, judged=True)
            case Verdict.NOT_ASKED if one.why is Why.ELSEWHERE and there is not None and not there.unclear:
                pass
            case Verdict.NOT_ASKED if one.why not in _STILL_UNTOLD:
                _over(tx, found, there, judged=False)
            case Verdict.NOT_ASKED:
                pass
    for gone in live.values():  # the policy has no such rule any more; what people report stays
        if gone.reported is None:
            _over(tx, found, gone, judged=False)
    acting.ask_to_look(tx, found, unclear)
    _act(tx, found, breached)


def _act(tx: Tx, found: Case, opened: Iterable[Breach]) -> None:
    """The milder ones first: once a rollback is declared, nothing more is recommended."""
    for breach in sorted(opened, key=lambda one: acting.WEIGHT[one.level]):
        if breach.state is BreachState.ACKNOWLEDGED:
            acting.grown(tx, found, breach)
        else:
            acting.act(tx, found, breach, acting.NARU, again=breach.held is not None)


def _over(tx: Tx, found: Case, there: Breach | None, *, judged: bool) -> None:
    if there is not None:
        acting.end(tx, found, there, told=not there.unclear, judged=judged)


def _breached(tx: Tx, found: Case, one: Judgement, rule: CriterionRule, there: Breach | None) -> list[Breach]:
    """Those about which something is to be done now."""
    if there is not None and there.unclear:
        acting.end(tx, found, there, told=False)
        there = None
    if there is None:
        opened = opening(found, one, rule)
        return [opened] if breaches.open_one(tx, opened) else []
    after = replace(there, value=one.value, threshold=one.threshold, baseline=one.baseline)
    louder = _louder(there, one.value)
    if louder:
        after = _heard_anew(found, after)
    if after != there:
        breaches.save(tx, after)
    return [after] if louder else []


def _louder(there: Breach, value: float | None) -> bool:
    """Whether it is so much worse than when people took note of it that they have to hear of it."""
    if there.stood_down or there.state in _PUT_ASIDE:
        return worse(there, value)
    return there.state is BreachState.ACKNOWLEDGED and worse(there, value, TWICE)


def _heard_anew(found: Case, there: Breach) -> Breach:
    """Who is on it stays so; what was put aside is open again."""
    if there.state is BreachState.ACKNOWLEDGED and not there.stood_down:
        return replace(there, held=there.value, changed_at=found.at)
    opened = replace(there, state=BreachState.OPEN, by="", reason="", changed_at=found.at)
    return replace(opened, for_rollback=False, stood_down=False)


def _unclear(tx: Tx, found: Case, one: Judgement, rule: CriterionRule, there: Breach | None) -> list[Breach]:
    """Those to be told now; what was breached stays so until it can be told.

    That what is seen does not suffice is told once for each rule; that nothing is seen any more, each time.
    """
    if there is not None:
        return _still_unclear(tx, found, one, there) if there.unclear else []
    opened = opening(found, one, rule)
    told = one.why not in BLIND and any(
        before.rule == one.rule and before.unclear and before.why not in BLIND
        for before in breaches.of_release(tx, found.release.id)
    )
    return [opened] if breaches.open_one(tx, opened) and not told else []


def _still_unclear(tx: Tx, found: Case, one: Judgement, there: Breach) -> list[Breach]:
    after = replace(there, why=one.why, value=one.value, samples=one.samples, seen=one.seen)
    blinded = one.why in BLIND and there.why not in BLIND
    if blinded:  # who put it aside has looked at something else
        after = replace(after, state=BreachState.OPEN, by="", reason="", changed_at=found.at)
    if after != there:
        breaches.save(tx, after)
    return [after] if blinded else []


def opening(found: Case, one: Judgement, rule: CriterionRule) -> Breach:
    """The breach that a judgement opens."""
    return Breach(
        id=new_id(),
        project=found.project.key,
        release=found.release.id,
        version=found.version,
        rule=one.rule,
        level=rule.level,
        opened_at=found.at,
        metric=rule.metric,
        since=one.since,
        value=one.value,
        threshold=one.threshold,
        baseline=one.baseline,
        low=rule.low,
        why=one.why,
        samples=one.samples,
        seen=one.seen,
        needs_report=rule.confirmed_first,
        dry_run=rule.dry_run,
    )
