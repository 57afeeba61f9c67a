"""What people report and is to last before Naru declares the rollback: it waits, and looks once more then."""

from __future__ import annotations

from datetime import datetime

from commands import context
from commands.context import Case
from commands.criteria import automatic
from domain.criteria.model import STANDING, WATCHED, Breach, Level
from domain.reminders import Reminder
from domain.reminders.breaches import of_lasting
from storage import breaches, reminders
from storage.db import Tx


def until(found: Case, breach: Breach) -> datetime | None:
    """When it will have lasted as long as the policy says; None where Naru waits for nothing (any more)."""
    rule = found.project.policy.criteria.rules.get(breach.rule)
    if breach.reported is None or breach.level is not Level.AUTOMATIC or rule is None:
        return None
    due = (breach.since or breach.opened_at) + rule.sustained
    return due if due > found.at else None


def declare(tx: Tx, found: Case, breach: Breach) -> bool:
    """Now, or once it has lasted; whether it was now."""
    due = until(found, breach)
    if due is None:
        return automatic.declare(tx, found, breach)
    reminders.add(tx, found.project.key, [of_lasting(breach, due)])
    return False


def fire(tx: Tx, reminder: Reminder) -> bool:
    """It has lasted, unless somebody put it aside or declared the rollback meanwhile."""
    known = breaches.get(tx, reminder.subject)
    if known is None:
        return False
    found = context.case(tx, known.release)
    breach = breaches.get(tx, known.id) or known
    stands = breach.state in STANDING and not breach.stood_down
    return stands and found.release.stage in WATCHED and declare(tx, found, breach)
