"""The next call of a page, if it still has to be made."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.paging import call
from domain.criteria.model import STANDING, BreachState
from domain.paging import PageEnd, commanded
from domain.reminders import Reminder
from storage import breaches, pages, rooms
from storage.db import Tx


def fire(tx: Tx, reminder: Reminder) -> bool:
    """False when it became moot: somebody is on it, it is over, or the war room's commander knows."""
    known = pages.get(tx, reminder.subject)
    if known is None:
        return False
    found = context.case(tx, known.release)
    page = pages.get(tx, reminder.subject) or known
    breach = breaches.get(tx, page.breach)
    if not page.open or breach is None:
        return False
    if commanded(page, rooms.active_of(tx, page.release), breach):
        call.end(tx, page.breach, PageEnd.COMMANDED, found.at)
        return False
    # Nobody need confirm what is confirmed, or what is rolled back anyway.
    calls = breach.state in STANDING | {BreachState.DECLARED}
    if not (breach.waits and breach.state in STANDING if page.asks else calls):
        call.end(tx, page.breach, PageEnd.OVER, found.at)
        return False
    after = replace(page, calls=max(reminder.count, page.calls))
    pages.save(tx, after)
    call.tell(tx, found, after, breach)
    return True
