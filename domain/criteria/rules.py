"""The rollback criteria of a policy: a profile, its rules, and those that a project changes (spec 6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import (
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.criteria.model import Level, Reported
from domain.criteria.written import Limit
from domain.durations import Duration, bounded
from domain.health.model import (
    AVAILABILITY,
    CANARY_ERROR_RATE,
    CPU,
    ERROR_RATE,
    HEALTH,
    P95,
    RESPONSE_TIME,
    SECONDS,
    SHARES,
)

ERRORS = frozenset({ERROR_RATE, CANARY_ERROR_RATE})
_SHARES = SHARES | {HEALTH}
_PER_REQUEST = ERRORS | {P95, AVAILABILITY, RESPONSE_TIME}

MINUTE = timedelta(minutes=1)
SUSTAINED = 5 * MINUTE
SAMPLES = 100
Sustained = Annotated[Duration, bounded(timedelta(0), timedelta(days=1))]
"""All readings of that time are looked at with each new one."""
RuleKey = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,1}[a-z0-9_]{0,39}$")]
Metric = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,59})?$")]


class Profile(StrEnum):
    """What kind of project it is; the values stand in policies and stay."""

    STANDARD = "standard"
    LAUNCH = "launch"
    SERVICE = "service"
    CHANGE = "change"


def _no(code: str, **data: str) -> PydanticCustomError:
    return PydanticCustomError(code, code, data)


class CriterionRule(Rule):
    """One criterion: a `metric` with its limits, or what people report.

    `above` breaches beyond it, `at_least` from it on, `below` under it; `baseline` is how many times the
    baseline it takes, `z_score` how many standard deviations from its mean (negative: below). Any of them is
    enough. It must last `sustained`, over `samples` requests, and counts from `from_step` of the rollout on.
    What is reported is acted on at once; where it has a `sustained`, an automatic rollback waits as long.
    """

    metric: Metric = ""
    reported: Reported | None = None
    level: Level = Field(default=Level.ROLLBACK, alias="class")
    above: Limit | None = None
    at_least: Limit | None = None
    below: Limit | None = None
    baseline: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    z_score: Limit | None = None
    baseline_readings: Annotated[int, Field(ge=2, le=100_000)] = 30
    sustained: Sustained = SUSTAINED
    samples: Annotated[int, Field(ge=0)] | None = None
    from_step: str = ""
    needs_report: bool | None = None
    canary_only: bool = False
    dry_run: bool = False

    @model_validator(mode="before")
    @classmethod
    def _at_once(cls, given: object) -> object:
        """People report what they see: it has to last only where the policy says so."""
        if isinstance(given, dict) and given.get("reported") is not None:
            return {"sustained": timedelta(0), **given}
        return given

    @model_validator(mode="after")
    def _can_be_judged(self) -> CriterionRule:
        if bool(self.metric) == (self.reported is not None):
            raise _no("criterion_subject")
        highs = [limit for limit in (self.above, self.at_least) if limit is not None]
        rising = bool(highs) or self.baseline is not None or (self.z_score or 0) > 0
        falling = self.below is not None or (self.z_score or 0) < 0
        if self.reported is not None:
            if rising or falling or self.z_score is not None:
                raise _no("criterion_reported")
            return self
        if self.z_score == 0 or not (rising or falling):
            raise _no("criterion_no_limit")
        if rising and falling:
            raise _no("criterion_both_ways")
        if self.metric in _SHARES:
            self._is_a_share(highs)
        if self.metric in SECONDS:
            self._is_a_time()
        return self

    def _is_a_share(self, highs: list[float]) -> None:
        """A share lies between 0 and 1: beyond that nothing is ever reached."""
        if (self.above is not None and not 0 <= self.above < 1) or any(not 0 <= one <= 1 for one in highs):
            raise _no("criterion_not_a_share", value=_written(max(highs, key=abs)))
        if self.at_least == 0 or (self.below is not None and not 0 < self.below <= 1):
            raise _no("criterion_not_a_share", value=_written(self.below or 0))

    def _is_a_time(self) -> None:
        """Nothing takes no time, or less."""
        wrong = [one for one in (self.above, self.at_least, self.below) if one is not None and one <= 0]
        if wrong:
            raise _no("criterion_not_a_time", value=_written(wrong[0]))

    @property
    def low(self) -> bool:
        """Whether values below the limit breach."""
        return self.below is not None or (self.z_score or 0) < 0

    @property
    def needs_baseline(self) -> bool:
        return self.baseline is not None or self.z_score is not None

    @property
    def least(self) -> int:
        """Over how many requests it must be measured; of loads nobody counts any."""
        if self.samples is not None:
            return self.samples
        return SAMPLES if self.metric in _PER_REQUEST else 0

    @property
    def confirmed_first(self) -> bool:
        """Whether nothing is done before somebody has confirmed it (spec 6.1).

        One person's word pages nobody and takes nothing back; that a rollback is recommended is no harm.
        """
        if self.needs_report is not None:
            return self.needs_report
        alone = self.reported is not None and self.level is Level.AUTOMATIC
        return alone or self.level is Level.IMMEDIATE

    @property
    def absolute(self) -> float | None:
        """The limit that hangs on no baseline."""
        found = [limit for limit in (self.above, self.at_least) if limit is not None]
        return self.below if self.below is not None else min(found, default=None)


def _written(value: float) -> str:
    return f"{value:g}"


def _metric(metric: str, level: Level = Level.ROLLBACK, **limits: Any) -> CriterionRule:
    return CriterionRule(metric=metric, level=level, **limits)


def _reported(kind: Reported, level: Level, **facts: Any) -> CriterionRule:
    return CriterionRule(reported=kind, level=level, **facts)


PROFILES: Mapping[Profile, Mapping[str, CriterionRule]] = {
    Profile.STANDARD: {
        "error_rate": _metric(ERROR_RATE, above=0.05, baseline=5),
        "p95_latency": _metric(P95, above=3, baseline=3),
        "core_function": _reported(Reported.CORE_FUNCTION, Level.IMMEDIATE),
        "data": _reported(Reported.DATA, Level.IMMEDIATE),
        "security": _reported(Reported.SECURITY, Level.IMMEDIATE),
        "canary_error_rate": _metric(CANARY_ERROR_RATE, above=0.02, canary_only=True),
    },
    Profile.LAUNCH: {
        "error_rate": _metric(ERROR_RATE, above=0.05),
        "availability": _metric(AVAILABILITY, below=0.9),
        "data": _reported(Reported.DATA, Level.ROLLBACK),
        "security": _reported(Reported.SECURITY, Level.ROLLBACK),
    },
    Profile.SERVICE: {
        "error_rate": _metric(ERROR_RATE, at_least=0.05),
        "p95_latency": _metric(P95, baseline=2),
        "core_function": _reported(Reported.CORE_FUNCTION, Level.ROLLBACK),
        "data": _reported(Reported.DATA, Level.ROLLBACK),
    },
    Profile.CHANGE: {
        "functions": _reported(Reported.FUNCTIONS, Level.REVIEW),
        "p95_latency": _metric(P95, Level.REVIEW, baseline=1.5),
        "outage": _metric(HEALTH, Level.AUTOMATIC, below=0.01, sustained=15 * MINUTE),  # none is left
        "availability": _metric(AVAILABILITY, Level.AUTOMATIC, below=0.01, sustained=15 * MINUTE, samples=0),
        "outage_reported": _reported(Reported.OUTAGE, Level.AUTOMATIC, sustained=15 * MINUTE),
        "data": _reported(Reported.DATA, Level.AUTOMATIC),
        "security": _reported(Reported.SECURITY, Level.AUTOMATIC),
        "cpu": _metric(CPU, Level.AUTOMATIC, above=0.95, sustained=10 * MINUTE),
        "complaints": _reported(Reported.COMPLAINTS, Level.REVIEW),
        "unexpected": _reported(Reported.UNEXPECTED, Level.REVIEW),
    },
}
"""The columns of spec 6.1."""


class PagingRules(Rule):
    """A page is repeated `every` so often until it is acknowledged; each role of the ladder is tried `tries`
    times before the next one is called as well.
    """

    every: Annotated[Duration, bounded(MINUTE)] = 5 * MINUTE
    tries: Annotated[int, Field(ge=1, le=20)] = 2


_WEIGHT = {Level.REVIEW: 0, Level.ROLLBACK: 1, Level.IMMEDIATE: 2, Level.AUTOMATIC: 3}
_LIMITS = ("above", "at_least", "below", "baseline", "z_score")


class CriteriaRules(Rule):
    """`changes` are the rows that a project changes, adds, or removes (null) by their key."""

    profile: Profile = Profile.STANDARD
    changes: dict[RuleKey, CriterionRule | None] = Field(default_factory=dict, max_length=50)
    paging: PagingRules = PagingRules()

    @field_validator("changes", mode="before")
    @classmethod
    def _change_the_profiles(cls, given: object, info: ValidationInfo) -> object:
        """A row's own lines change the profile's; another limit takes the place of all its limits."""
        if not isinstance(given, dict):
            return given
        known = PROFILES[info.data.get("profile", Profile.STANDARD)]
        return {
            key: _merged(known[key], row) if key in known and isinstance(row, dict) else row
            for key, row in given.items()
        }

    @field_validator("changes")
    @classmethod
    def _agree(
        cls, given: dict[RuleKey, CriterionRule | None], info: ValidationInfo
    ) -> dict[RuleKey, CriterionRule | None]:
        profile = info.data.get("profile", Profile.STANDARD)
        for key, row in given.items():
            if row is None and key not in PROFILES[profile]:
                raise _no("criterion_unknown", key=key, profile=profile.value)
        _check_order(_effective(profile, given))
        return given

    @cached_property
    def rules(self) -> Mapping[str, CriterionRule]:
        """All that are asked, by key: the profile's in their order, then those that were added."""
        return _effective(self.profile, self.changes)


def _merged(row: CriterionRule, given: dict[Any, Any]) -> dict[str, Any]:
    kept = row.model_dump(by_alias=True, exclude_defaults=True)
    replaced: set[str] = set()
    if any(name in given for name in _LIMITS):
        replaced |= set(_LIMITS)
    if "metric" in given or "reported" in given:
        replaced |= {"metric", "reported"}
        if ("reported" in given) != (row.reported is not None):
            replaced.add("sustained")  # how long readings must last says nothing of reports
    if "level" in given:
        replaced.add("class")
    return {name: value for name, value in kept.items() if name not in replaced} | given


def _effective(profile: Profile, changes: Mapping[str, CriterionRule | None]) -> dict[str, CriterionRule]:
    rows = {**PROFILES[profile], **changes}
    return {key: row for key, row in rows.items() if row is not None}


def _check_order(rules: Mapping[str, CriterionRule]) -> None:
    """A milder class must not need more than a stronger one of the same metric: it would never be heard."""
    for key, one in rules.items():
        for other_key, other in rules.items():
            if key < other_key or one.metric == other.metric == "" or one.metric != other.metric:
                continue
            _check_pair((key, one), (other_key, other))


def _check_pair(one: tuple[str, CriterionRule], other: tuple[str, CriterionRule]) -> None:
    milder, stronger = sorted((one, other), key=lambda pair: _WEIGHT[pair[1].level])
    mild, strong = milder[1], stronger[1]
    if mild.canary_only or strong.canary_only or mild.dry_run or strong.dry_run:
        return
    if mild.low != strong.low:
        high, low = (strong, mild) if mild.low else (mild, strong)
        if _leave_nothing(high, low):
            raise _no("criterion_crossing", key=milder[0], other=stronger[0])
        return
    if _WEIGHT[mild.level] == _WEIGHT[strong.level] or mild.absolute is None or strong.absolute is None:
        return
    later = mild.absolute < strong.absolute if mild.low else mild.absolute > strong.absolute
    if later and mild.sustained >= strong.sustained and not mild.needs_baseline:
        raise _no("criterion_never_heard", key=milder[0], other=stronger[0])


def _leave_nothing(high: CriterionRule, low: CriterionRule) -> bool:
    """Whether every value breaches one of them: what `at_least` takes begins where `below` ends."""
    if low.below is None:
        return False
    crossed = high.above is not None and high.above < low.below
    return crossed or (high.at_least is not None and high.at_least <= low.below)
