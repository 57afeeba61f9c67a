"""What a breach brings along: who is told, who is called, and the rollback that Naru declares itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.context import Case
from commands.criteria import automatic, lasting
from commands.paging import call
from commands.record import lane, lane_of, record, send
from commands.rollback import inside
from domain.criteria.model import Breach, BreachState, Level
from domain.errands import InThread, PostBreach, ToPerson
from domain.events import BreachOpened, BreachOver, CriteriaUnclear, Event
from domain.paging import PageEnd
from domain.people import BOT, Origin, Role, Via
from storage import breaches, outbox
from storage.db import Tx
from storage.ids import new_id

NARU = Origin(BOT, Via.TIMER)
WEIGHT = {Level.REVIEW: 0, Level.ROLLBACK: 1, Level.IMMEDIATE: 2, Level.AUTOMATIC: 3}
_CONFIRMS = (Role.INCIDENT_COMMANDER, Role.ONCALL)


def act(tx: Tx, found: Case, breach: Breach, origin: Origin, *, again: bool = False) -> Event:
    """Tell of a breach and do what its class asks for. A dry run is only shown."""
    event = BreachOpened(
        release=found.release.id,
        version=found.version,
        candidate=found.release.rc,
        breach=breach,
        again=again,
        runs=runs_instead(tx, found, breach),
        declares_at=lasting.until(found, breach),
    )
    tell(tx, found, event, origin)
    if breach.metric:
        _draw(tx, found, breach)
    if breach.dry_run or breach.state is BreachState.DECLARED:
        return event
    people = confirmers(found) if breach.waits else lookers(found)
    told = breach.waits or breach.level in {Level.REVIEW, Level.ROLLBACK} or event.runs
    send(tx, found.project, origin, [(ToPerson(user), event) for user in people if told])
    if breach.waits:
        ask_again(tx, found, breach)
    else:
        pursue(tx, found, breach)
    return event


def tell(tx: Tx, found: Case, event: Event, origin: Origin) -> None:
    """In the thread, and in the war room that is open for the release."""
    here = inside.asked(tx, found, origin)
    record(tx, origin, found.project, [event], release=found.release, answered=here)
    inside.told(tx, found, event, origin)


def runs_instead(tx: Tx, found: Case, breach: Breach) -> str:
    """The other version that is in production, where Naru would have to declare a rollback itself."""
    return automatic.runs_instead(tx, found) if breach.level is Level.AUTOMATIC else ""


def grown(tx: Tx, found: Case, breach: Breach) -> None:
    """What somebody is on is twice as bad as when they took it on: they learn it; nobody is called anew."""
    event = BreachOpened(
        release=found.release.id,
        version=found.version,
        candidate=found.release.rc,
        breach=breach,
        again=True,
    )
    tell(tx, found, event, NARU)
    _draw(tx, found, breach)
    send(tx, found.project, NARU, [(ToPerson(breach.by), event)])


def ask_again(tx: Tx, found: Case, breach: Breach) -> None:
    """What cannot wait until somebody happens to look is asked until it is confirmed."""
    if breach.level in {Level.IMMEDIATE, Level.AUTOMATIC}:
        call.ask(tx, found, breach)


def pursue(tx: Tx, found: Case, breach: Breach) -> None:
    """What goes beyond words: people are called, the rollback is declared."""
    if breach.level in {Level.IMMEDIATE, Level.AUTOMATIC}:
        call.call(tx, found, breach)
    if breach.level is Level.AUTOMATIC:
        lasting.declare(tx, found, breach)


def ask_to_look(tx: Tx, found: Case, unclear: Sequence[Breach]) -> None:
    """What cannot be judged needs a person: those of one moment are told together."""
    told = tuple(breach for breach in unclear if not breach.dry_run)
    if not told:
        return
    event = CriteriaUnclear(release=found.release.id, version=found.version, breaches=told)
    tell(tx, found, event, NARU)
    send(tx, found.project, NARU, [(ToPerson(user), event) for user in lookers(found)])


def end(tx: Tx, found: Case, breach: Breach, *, told: bool, judged: bool = True) -> None:
    """It is over: kept, and nobody is called about it any more. Only what was `judged` is back in range."""
    over = replace(breach, state=BreachState.OVER, changed_at=found.at)
    breaches.save(tx, over)
    call.end(tx, breach.id, PageEnd.OVER, found.at)
    if told:
        event = BreachOver(release=found.release.id, version=found.version, breach=over, judged=judged)
        tell(tx, found, event, NARU)


def lookers(found: Case) -> list[str]:
    """The release managers and the captain."""
    return sorted(found.roster.holders(Role.RELEASE_MANAGER) | ({found.release.captain} - {""}))


def confirmers(found: Case) -> list[str]:
    return sorted(found.roster.anyone(_CONFIRMS))


def _draw(tx: Tx, found: Case, breach: Breach) -> None:
    errand = PostBreach(project=found.project.key, release=found.release.id, breach=breach.id)
    place = lane_of(InThread(found.release.id), found.project)
    outbox.add(tx, [lane(place, f"{new_id()}:breach", errand)])
