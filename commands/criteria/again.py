"""A rollback was called off: what it was declared for and still lasts is open again (spec 2.2, 6.1)."""

from __future__ import annotations

from dataclasses import replace

from commands.context import Case
from commands.criteria import acting
from commands.criteria.judge import judgements
from commands.record import send
from domain.criteria.model import Breach, BreachState, Verdict
from domain.errands import ToPerson
from domain.events import BreachesOpenAgain
from storage import breaches
from storage.db import Tx


def open_again(tx: Tx, found: Case) -> None:
    """It counts and is shown, and people are told; Naru declares nothing for it unless it gets worse.

    The release is back where it was already.
    """
    opened = tuple(_opened(tx, found, breach) for breach in _lasting(tx, found))
    if not opened:
        return
    event = BreachesOpenAgain(
        release=found.release.id, version=found.version, candidate=found.release.rc, breaches=opened
    )
    acting.tell(tx, found, event, acting.NARU)
    send(tx, found.project, acting.NARU, [(ToPerson(user), event) for user in acting.lookers(found)])


def _lasting(tx: Tx, found: Case) -> list[Breach]:
    """What people report lasts until they say otherwise; what is measured, unless it is back in range."""
    fine = {one.rule for one in judgements(tx, found) if one.verdict is Verdict.FINE}
    live = breaches.live(tx, found.release.id)
    return [one for one in live if one.state is BreachState.DECLARED and one.rule not in fine]


def _opened(tx: Tx, found: Case, breach: Breach) -> Breach:
    after = replace(breach, state=BreachState.OPEN, by="", changed_at=found.at)
    after = replace(after, for_rollback=False, stood_down=True)
    breaches.save(tx, after)
    if after.waits:
        acting.ask_again(tx, found, after)
    return after
