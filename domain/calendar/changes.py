"""One occurrence of what recurs, moved or cancelled, while all others stay as they are."""

from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule, WallTime

_LONGEST = timedelta(days=366)
SLOT = "deploy"
"""The key of the cadence's deploys; windows and no-deploy hours have a `key` of their own."""


class Change(Rule):
    """The occurrence of `of` that begins on the local `day`: cancelled, or from `from_` until `to` instead.

    `of` is the key of a weekly rule, the id of a yearly blackout, or SLOT, which is moved by `from_` alone.
    Times are wall-clock times of what is changed: of its own zone if it has one, else of the project's.
    """

    of: Annotated[str, Field(min_length=1, max_length=80)]
    day: date
    from_: WallTime | None = Field(default=None, alias="from")
    to: WallTime | None = None

    @property
    def cancelled(self) -> bool:
        return self.from_ is None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.from_ is None and self.to is not None:
            raise PydanticCustomError("change_half_given", "what is moved has a new start and a new end")
        if self.from_ is not None and (self.to is None) != (self.of == SLOT):
            raise PydanticCustomError("change_half_given", "what is moved has a new start and a new end")
        if self.from_ is not None and self.to is not None and self.to <= self.from_:
            raise PydanticCustomError("window_ends_before_start", "it ends after it starts")
        if self.from_ is not None and self.to is not None and self.to - self.from_ > _LONGEST:
            raise PydanticCustomError("change_too_long", "one occurrence is at most a year long")
        return self


def _one_each(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    seen: set[tuple[str, date]] = set()
    for change in changes:
        if (change.of, change.day) in seen:
            raise PydanticCustomError(
                "changed_twice", "{day} is changed twice", {"day": change.day.isoformat()}
            )
        seen.add((change.of, change.day))
    return changes


Changes = Annotated[tuple[Change, ...], Field(max_length=1000), AfterValidator(_one_each)]
