"""What the calendar needs to know of a release that is on its way."""

from dataclasses import dataclass
from datetime import datetime

from domain.calendar.rules import FreezeRule
from domain.calendar.type_rules import NoDeployRule
from domain.types import ReleaseType


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRelease:
    """A release before its deploy is complete.

    `deploy_at` is None while no date is set, `freeze_at` when its type has no freeze. `approved` means that
    only the deploy is missing; `no_deploy_hours` and `freeze` are the rules of its type. `freeze_lifted_at`
    is for those who look back: a lifted freeze without it is as if it had never been.
    """

    id: str
    version: str
    type: ReleaseType
    deploy_at: datetime | None = None
    freeze_at: datetime | None = None
    freeze_lifted: bool = False
    freeze_lifted_at: datetime | None = None
    approved: bool = False
    no_deploy_hours: NoDeployRule = NoDeployRule.BLOCKED
    freeze: FreezeRule | None = None
