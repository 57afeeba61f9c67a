"""How the calendar binds each release type, with the defaults of spec 2.1."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.calendar.fields import Rule
from domain.calendar.rules import FreezeRule
from domain.types import ReleaseType


class WindowRule(StrEnum):
    """What the release windows mean for a type (spec 2.1, row `when`)."""

    REQUIRED = "required"
    BUSINESS_HOURS_PREFERRED = "business_hours_preferred"
    ANY_TIME = "any_time"


class NoDeployRule(StrEnum):
    """What the no-deploy hours mean for a type."""

    BLOCKED = "blocked"
    EXEMPT = "exempt"


class BlackoutRule(StrEnum):
    """What can open a blackout for a type; a blackout closes every type."""

    PM_EXCEPTION = "pm_exception"
    NO_EXCEPTION = "no_exception"


class HolidayRule(StrEnum):
    """What holidays, and the last working days before them, mean for a type."""

    BOUND = "bound"  # as the project's calendar has it
    WARNED = "warned"  # never more than a warning
    EXEMPT = "exempt"


class TypeGate(Rule):
    """How the calendar binds one release type."""

    window: WindowRule = WindowRule.REQUIRED
    no_deploy_hours: NoDeployRule = NoDeployRule.BLOCKED
    blackout: BlackoutRule = BlackoutRule.PM_EXCEPTION
    holidays: HolidayRule = HolidayRule.BOUND


TYPE_GATES = MappingProxyType(
    {
        ReleaseType.REGULAR: TypeGate(),
        ReleaseType.EMERGENCY: TypeGate(
            window=WindowRule.BUSINESS_HOURS_PREFERRED,
            no_deploy_hours=NoDeployRule.EXEMPT,
            holidays=HolidayRule.WARNED,
        ),
        ReleaseType.HOTFIX: TypeGate(
            window=WindowRule.ANY_TIME,
            no_deploy_hours=NoDeployRule.EXEMPT,
            holidays=HolidayRule.EXEMPT,
        ),
        ReleaseType.FEATURE: TypeGate(),
    }
)
"""The defaults of spec 2.1."""

TYPE_FREEZES: Mapping[ReleaseType, FreezeRule | None] = MappingProxyType(
    {
        ReleaseType.REGULAR: FreezeRule(days_before=3),
        ReleaseType.EMERGENCY: None,
        ReleaseType.HOTFIX: None,
        ReleaseType.FEATURE: FreezeRule(days_before=7),
    }
)
"""The defaults of spec 2.1, row `code freeze`."""
