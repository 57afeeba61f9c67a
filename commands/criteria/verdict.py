"""Whether the monitoring of a release ends well: measured, and no criterion breached (spec 2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from commands.context import Case
from commands.criteria.holding import holding
from commands.criteria.judge import judge, judgements
from domain.criteria.model import Breach, Verdict
from domain.people import BOT, Origin, Via
from storage.db import Tx


@dataclass(frozen=True)
class MonitoringVerdict:
    """`against` are what is breached or could not be judged."""

    measured: bool
    against: tuple[Breach, ...]

    @property
    def good(self) -> bool:
        return self.measured and not self.against


def verdict(tx: Tx, found: Case) -> MonitoringVerdict:
    """As of now; without any reading nothing is said of it."""
    judged = judgements(tx, found)
    measured = any(one.verdict in {Verdict.FINE, Verdict.BREACHED} for one in judged)
    judge(tx, found.project, found.release.id, Origin(BOT, Via.TIMER))
    return MonitoringVerdict(measured, holding(tx, found))
