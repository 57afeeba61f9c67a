"""What no monitor sees: people report it, others confirm it, and who leads may put it aside."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.context import Case
from commands.criteria import acting
from commands.criteria.judge import WATCHED
from commands.paging import call
from commands.record import record, send
from commands.requests import ConfirmBreach, DismissBreach, ReportBreach
from domain.criteria.model import LIVE, STANDING, Breach, BreachState, Level, Reported
from domain.criteria.rules import CriterionRule
from domain.errands import ToPerson
from domain.events import BreachConfirmed, BreachDismissed
from domain.lifecycle import row_for, who_may
from domain.paging import PageEnd
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Gone, NotAllowed, Refused, TextMissing, TooLong
from domain.types import Action
from domain.views import Happened
from storage import breaches
from storage.db import Tx
from storage.ids import new_id

LONGEST = 2000
_OWN_TOO = (Role.INCIDENT_COMMANDER, Role.ONCALL)


def report(tx: Tx, request: ReportBreach, origin: Origin) -> Happened:
    """Anybody of the project may; a second report of the same confirms the first. Raises Refused."""
    found = context.case(tx, request.release)
    may_report(tx, found, origin)
    seen = request.seen.strip()
    if not seen:
        raise Refused(TextMissing("evidence"))
    if len(seen) > LONGEST:
        raise Refused(TooLong("evidence", LONGEST))
    key, rule = rule_of(found, request.reported)
    there = next((one for one in breaches.live(tx, found.release.id) if one.rule == key), None)
    if there is not None and there.state is not BreachState.OVER:
        return _again(tx, found, there, origin)
    breach = Breach(
        id=new_id(),
        project=found.project.key,
        release=found.release.id,
        version=found.version,
        rule=key,
        level=rule.level,
        opened_at=found.at,
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
    if found.release.stage not in WATCHED:
        raise Refused(Gone("watch"))


def rule_of(found: Case, reported: Reported) -> tuple[str, CriterionRule]:
    """The policy's rule of it; what it has none of, a person must look at."""
    for key, rule in found.project.policy.criteria.rules.items():
        if rule.reported is reported:
            return key, rule
    return reported.value, CriterionRule(reported=reported, level=Level.REVIEW)


def _again(tx: Tx, found: Case, there: Breach, origin: Origin) -> Happened:
    if there.waits and there.reporter != origin.actor.user:
        return _confirmed(tx, found, there, origin)
    raise Refused(AlreadySo("breach", there.reporter))


# --- confirmed --------------------------------------------------------------------------------------------


def confirm(tx: Tx, request: ConfirmBreach, origin: Origin) -> Happened:
    """Somebody else has seen it as well. Raises Refused."""
    found, breach = _case(tx, request.breach)
    context.require_member(tx, origin, found.project)
    if not breach.waits:
        raise Refused(AlreadySo("breach_confirmed", breach.confirmed_by or breach.by))
    own = breach.reporter == origin.actor.user
    if own and not found.roster.roles_of(origin.actor.user) & set(_OWN_TOO):
        who = tuple(sorted(found.roster.anyone(_OWN_TOO) - {origin.actor.user}))
        raise Refused(NotAllowed("breach_confirm", _OWN_TOO, who))
    return _confirmed(tx, found, breach, origin)


def _confirmed(tx: Tx, found: Case, breach: Breach, origin: Origin) -> Happened:
    after = replace(breach, confirmed_by=origin.actor.user, changed_at=found.at)
    breaches.save(tx, after)
    event = BreachConfirmed(
        release=found.release.id, version=found.version, candidate=found.release.rc, breach=after
    )
    record(tx, origin, found.project, [event], release=found.release)
    send(tx, found.project, origin, [(ToPerson(user), event) for user in acting.lookers(found)])
    if not after.dry_run:
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
    )
    breaches.save(tx, after)
    call.end(tx, breach.id, PageEnd.OVER, found.at)
    event = BreachDismissed(release=found.release.id, version=found.version, breach=after, reason=reason)
    record(tx, origin, found.project, [event], release=found.release)
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
