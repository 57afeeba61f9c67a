"""Forms of rollback criteria: a report, and what is put aside."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build
from bot.payloads import State
from commands.requests import DismissBreach, ReportBreach, Request
from domain.criteria.model import Reported
from messages.ids import Form, Target
from messages.modals import breach


def _report(target: Target, state: State) -> Request:
    return ReportBreach(
        release=target.release,
        reported=Reported(state.choice(breach.CRITERION)),
        seen=state.text(breach.SEEN),
    )


FORMS: Mapping[Form, Build] = {
    Form.BREACH: _report,
    Form.BREACH_DISMISS: lambda target, state: DismissBreach(
        breach=target.key, reason=state.text(breach.REASON)
    ),
}

FIELDS: Mapping[Form, str] = {
    Form.BREACH: breach.SEEN,
    Form.BREACH_DISMISS: breach.REASON,
}
