"""What no monitor sees: people report it, others confirm it, and who leads may put it aside."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.context import Case
from commands.criteria import acting, lasting
from commands.paging import call
from commands.record import send
from commands.requests import ConfirmBreach, DismissBreach, ReportBreach
from domain.criteria.model import LIVE, STANDING, WATCHED, Breach, BreachState, Level, Reported, Witness
from domain.criteria.rules import CriterionRule
from domain.errands import ToPerson
from domain.events import BreachConfirmed, BreachDismissed, BreachHeard
from domain.lifecycle import row_for, who_may
from domain.paging import PageEnd
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Gone, NotAllowed, Refused, TextMissing, TooLong
from domain.types import Action, Stage
from domain.views import Happened
from storage import breaches
from storage.db import Tx
from storage.ids import new_id

LONGEST = 2000
_OWN_TOO = (Role.INCIDENT_COMMANDER, Role.ONCALL)


def report(tx: Tx, request: ReportBreach, origin: Origin) -> Happened:
    """Anybody of the project may. No word is lost: what stands keeps it, and is confirmed by somebody else's;
    what was put aside, or stood down, is open anew. Raises Refused.
    """
    found = context.case(tx, request.release)
    may_report(tx, found, origin)
    seen = request.seen.strip()
    if not seen:
        raise Refused(TextMissing("evidence"))
    if len(seen) > LONGEST:
        raise Refused(TooLong("evidence", LONGEST))
    key, rule = rule_of(found, request.reported)
    there = next((one for one in breaches.live(tx, found.release.id) if one.rule == key), None)
    if there is not None and _is_the_same(found, there):
        return _further(tx, found, there, Witness(origin.actor.user, found.at, seen), origin)
    if there is not None:
        acting.end(tx, found, there, told=False)
    rolling = found.release.stage is Stage.ROLLING_BACK
    breach = Breach(
        id=new_id(),
        project=found.project.key,
        release=found.release.id,
        version=found.version,
        rule=key,
        level=rule.level,
        opened_at=found.at,
        state=BreachState.DECLARED if rolling and not rule.dry_run else BreachState.OPEN,
        reported=request.reported,
        since=found.at,
        needs_report=rule.confirmed_first,
        dry_run=rule.dry_run,
        reporter=origin.actor.user,
        evidence=seen,
    )
    breaches.open_one(tx, breach)
    return Happened(acting.act(tx, found, breach, origin))


def may_report(tx: Tx, found: Case, origin: Origin) -> None:
    """Raises Refused."""
    context.require_member(tx, origin, found.project)
    if found.release.stage not in WATCHED | {Stage.ROLLING_BACK}:
        raise Refused(Gone("watch"))


def rule_of(found: Case, reported: Reported) -> tuple[str, CriterionRule]:
    """The policy's rule of it; what it has none of, a person must look at."""
    for key, rule in found.project.policy.criteria.rules.items():
        if rule.reported is reported:
            return key, rule
    return reported.value, CriterionRule(reported=reported, level=Level.REVIEW)


def _is_the_same(found: Case, there: Breach) -> bool:
    """Whether a report speaks of what stands, or of what the rollback under way was declared for."""
    if there.state is BreachState.DECLARED:
        return found.release.stage is Stage.ROLLING_BACK
    return there.state in STANDING and not there.stood_down


def _further(tx: Tx, found: Case, there: Breach, said: Witness, origin: Origin) -> Happened:
    if any((one.user, one.seen) == (said.user, said.seen) for one in there.witnesses):
        raise Refused(AlreadySo("breach", said.user))
    after = replace(there, further=(*there.further, said))
    if after.waits and after.reporter != said.user:
        return _confirmed(tx, found, after, origin, said.seen)
    breaches.save(tx, after)
    event = BreachHeard(
        release=found.release.id,
        version=found.version,
        candidate=found.release.rc,
        breach=after,
        seen=said.seen,
    )
    acting.tell(tx, found, event, origin)
    if not after.dry_run:
        send(tx, found.project, origin, [(ToPerson(user), event) for user in _heard_by(found, after)])
    return Happened(event)


def _heard_by(found: Case, breach: Breach) -> list[str]:
    people = acting.confirmers(found) if breach.waits else acting.lookers(found)
    on_it = [breach.by] if breach.state is BreachState.ACKNOWLEDGED else []
    return list(dict.fromkeys([*people, *on_it]))


# --- confirmed --------------------------------------------------------------------------------------------


def confirm(tx: Tx, request: ConfirmBreach, origin: Origin) -> Happened:
    """Somebody else has seen it as well. Raises Refused."""
    found, breach = _case(tx, request.breach)
    context.require_member(tx, origin, found.project)
    if breach.state is BreachState.DISMISSED:
        raise Refused(AlreadySo("breach_aside", breach.by))
    if not breach.waits:
        raise Refused(AlreadySo("breach_confirmed", breach.confirmed_by or breach.by))
    if not may_confirm(found, breach, origin.actor.user):
        who = tuple(sorted(found.roster.anyone(_OWN_TOO) - {origin.actor.user}))
        raise Refused(NotAllowed("breach_confirm", _OWN_TOO, who))
    return _confirmed(tx, found, breach, origin)


def may_confirm(found: Case, breach: Breach, user: str) -> bool:
    """What one has reported oneself, only who leads incidents or is on call."""
    return breach.reporter != user or bool(found.roster.roles_of(user) & set(_OWN_TOO))


def _confirmed(tx: Tx, found: Case, breach: Breach, origin: Origin, seen: str = "") -> Happened:
    """While a rollback runs it is only recorded: what it asks for is under way."""
    after = replace(breach, confirmed_by=origin.actor.user, changed_at=found.at)
    breaches.save(tx, after)
    call.end(tx, after.id, PageEnd.CONFIRMED, found.at)
    event = BreachConfirmed(
        release=found.release.id,
        version=found.version,
        candidate=found.release.rc,
        breach=after,
        seen=seen,
        runs=acting.runs_instead(tx, found, after),
        declares_at=lasting.until(found, after),
    )
    acting.tell(tx, found, event, origin)
    send(tx, found.project, origin, [(ToPerson(user), event) for user in acting.lookers(found)])
    if after.state in STANDING and not after.dry_run:
        acting.pursue(tx, found, after)
    return Happened(event)


# --- put aside --------------------------------------------------------------------------------------------


def dismiss(tx: Tx, request: DismissBreach, origin: Origin) -> Happened:
    """Not this time, says who could declare the rollback. Raises Refused."""
    found, breach = _case(tx, request.breach)
    may_dismiss(found, breach, origin)
    reason = request.reason.strip()
    if not reason:
        raise Refused(TextMissing("reason"))
    if len(reason) > LONGEST:
        raise Refused(TooLong("reason", LONGEST))
    after = replace(
        breach,
        state=BreachState.DISMISSED,
        by=origin.actor.user,
        reason=reason,
        held=breach.value,
        changed_at=found.at,
        stood_down=False,
    )
    breaches.save(tx, after)
    call.end(tx, breach.id, PageEnd.OVER, found.at)
    event = BreachDismissed(release=found.release.id, version=found.version, breach=after, reason=reason)
    acting.tell(tx, found, event, origin)
    return Happened(event)


def may_dismiss(found: Case, breach: Breach, origin: Origin) -> None:
    """Raises Refused."""
    if breach.state not in STANDING:
        raise Refused(AlreadySo("breach_settled", breach.by))
    roles = who_may(found.release, row_for(found.release, Action.DECLARE_ROLLBACK))
    if not context.roles_in(found.release, found.roster, origin.actor.user) & set(roles):
        raise Refused(NotAllowed("breach_dismiss", roles, tuple(sorted(found.roster.anyone(roles)))))


def _case(tx: Tx, breach: str) -> tuple[Case, Breach]:
    """The release is locked before its breach is looked at. Raises Refused."""
    known = breaches.get(tx, breach)
    if known is None:
        raise Refused(Gone("breach"))
    found = context.case(tx, known.release)
    now = breaches.get(tx, breach) or known
    if now.state not in LIVE:
        raise Refused(AlreadySo("breach_settled", now.by))
    return found, now
