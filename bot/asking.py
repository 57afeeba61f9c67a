"""What a person could not send anyway is refused before a modal asks them for words."""

from __future__ import annotations

from commands import context, decide
from commands.show.release import look
from domain.lifecycle import row_for, who_may
from domain.people import Origin
from domain.refusals import NotAllowed, Refused
from domain.types import Action
from messages.ids import Target
from storage.db import Tx


def may_take(tx: Tx, origin: Origin, release: str, action: Action) -> None:
    """Stage and role; what else is missing is told when the form is sent. Raises Refused."""
    found = look(tx, release)
    roles = who_may(found.release, row_for(found.release, action))
    if not context.roles_in(found.release, found.roster, origin.actor.user) & set(roles):
        raise Refused(NotAllowed(action, roles, tuple(sorted(found.roster.anyone(roles)))))


def may_decide(tx: Tx, origin: Origin, target: Target) -> None:
    """Whether a decision on the candidate of that button could count now. Raises Refused."""
    decide.check(tx, look(tx, target.release), target.candidate, origin)
