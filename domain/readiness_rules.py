"""What the policy asks of a release's readiness to be rolled back (spec 6.4, 8)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError

from domain.calendar.fields import Rule
from domain.durations import Duration


class ReadinessCheck(StrEnum):
    """What is looked at; the values stand in policies and audit rows and stay."""

    PREVIOUS_TAG = "previous_tag"
    WAYS_BACK = "ways_back"
    REHEARSAL = "rehearsal"
    CONTRACT = "contract"


class Strictness(StrEnum):
    """What becomes of an approval while a check does not hold."""

    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


_WEAKER = tuple(Strictness)
_ONE_OF = " or ".join(repr(one.value) for one in Strictness)


class ReadinessGuard(Rule):
    """How strict each check is; in a policy one word stands for all of them."""

    previous_tag: Strictness = Strictness.BLOCK
    ways_back: Strictness = Strictness.BLOCK
    rehearsal: Strictness = Strictness.WARN
    contract: Strictness = Strictness.BLOCK

    @model_validator(mode="before")
    @classmethod
    def _one_word_for_all(cls, given: object) -> object:
        """Raises the error of an enumeration: once, not for each of the checks."""
        if not isinstance(given, str):
            return given
        if given not in set(Strictness):
            raise PydanticKnownError("enum", {"expected": _ONE_OF})
        return dict.fromkeys(ReadinessCheck, given)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Editors are told of the one word as well."""
        return {"anyOf": [handler(schema), {"enum": [one.value for one in Strictness]}]}

    def of(self, check: ReadinessCheck) -> Strictness:
        return Strictness(getattr(self, check.value))


DEFAULT_GUARD = ReadinessGuard()


class ReadinessRules(Rule):
    """`targets` are the previous good versions that a rollback must be able to go to."""

    rehearsed_within: Duration = timedelta(days=30)
    targets: Annotated[int, Field(ge=1, le=10)] = 1
    guard: ReadinessGuard = DEFAULT_GUARD

    @property
    def relaxed(self) -> tuple[ReadinessCheck, ...]:
        """What this policy takes less strictly than the defaults."""
        return tuple(
            check
            for check in ReadinessCheck
            if _WEAKER.index(self.guard.of(check)) > _WEAKER.index(DEFAULT_GUARD.of(check))
        )
