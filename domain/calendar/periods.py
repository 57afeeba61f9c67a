"""Blackouts and maintenance as the policy file holds them, in wall-clock times."""

from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.blackouts import Blackout, BlackoutKind, EntryFault, Scope, YearlyBlackout
from domain.calendar.fields import Rule, WallTime
from domain.calendar.zones import ZoneName, instant
from domain.types import Environment, ReleaseType

_FAULTS = {
    EntryFault.ENDS_BEFORE_START: "it ends after it starts",
    EntryFault.TOO_FAR: "it ends after the year 2199",
    EntryFault.LONGER_THAN_A_YEAR: "what comes every year is at most a year long",
    EntryFault.LEAP_DAY: "most years have no 29 February: begin on 28 February or 1 March",
}


class PeriodRule(Rule):
    """A blackout or maintenance: once, or `yearly`. `zone` is the project's unless one is given."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    from_: WallTime = Field(alias="from")
    to: WallTime
    yearly: bool = False
    kind: BlackoutKind = BlackoutKind.BLACKOUT
    reason: Annotated[str, StringConstraints(max_length=500)] = ""
    types: tuple[ReleaseType, ...] = ()
    environments: tuple[Environment, ...] = Field(default=(Environment.PRODUCTION,), min_length=1)
    zone: ZoneName | None = None

    @property
    def scope(self) -> Scope:
        return Scope(types=frozenset(self.types), environments=frozenset(self.environments))

    def entry(self, zone: str) -> Blackout | YearlyBlackout | None:
        """What it is in a project of that zone; None for one that the zone's clocks skip."""
        where = self.zone or zone
        if self.yearly:
            return YearlyBlackout(
                id=self.id,
                name=self.name,
                begins=self.from_,
                ends=self.to,
                zone=where,
                reason=self.reason,
                kind=self.kind,
                scope=self.scope,
            )
        start, end = (instant(at.date(), at.time(), zone=ZoneInfo(where)) for at in (self.from_, self.to))
        if start == end:
            return None
        return Blackout(
            id=self.id,
            name=self.name,
            start=start,
            end=end,
            reason=self.reason,
            kind=self.kind,
            scope=self.scope,
        )

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        try:
            self.entry(self.zone or "UTC")
        except ValueError as error:
            fault = EntryFault(str(error))
            raise PydanticCustomError(f"period_{fault.value}", _FAULTS[fault]) from None
        return self
