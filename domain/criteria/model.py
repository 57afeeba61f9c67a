"""What a rule can ask, what judging it says, and a breach as a frozen value (spec 6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.health.model import SHARES
from domain.types import Stage

WATCHED = frozenset({Stage.DEPLOYING, Stage.VERIFYING, Stage.RELEASED})
"""Where a release is judged, and a breach of it asks for something."""


class Level(StrEnum):
    """The class of a rule: what becomes of a breach. The values stand in policies and stay."""

    AUTOMATIC = "automatic"  # the bot declares the rollback itself
    IMMEDIATE = "immediate"  # recommended at once, and people are paged
    ROLLBACK = "rollback"  # recommended
    REVIEW = "review"  # a human must look


class Reported(StrEnum):
    """What no monitor sees and people report; the values stand in policies and stay."""

    CORE_FUNCTION = "core_function"
    DATA = "data"
    SECURITY = "security"
    OUTAGE = "outage"
    FUNCTIONS = "functions"  # several functions fail
    COMPLAINTS = "complaints"
    UNEXPECTED = "unexpected"


class Verdict(StrEnum):
    FINE = "fine"
    BREACHED = "breached"
    INCONCLUSIVE = "inconclusive"
    NOT_ASKED = "not_asked"


class Why(StrEnum):
    """Why a rule could not be judged, or was not asked."""

    TOO_FEW = "too_few"  # samples
    SAMPLES_UNKNOWN = "samples_unknown"
    NO_READINGS = "no_readings"
    GAPS = "gaps"
    SHORT = "short"  # what pipelines and people told does not reach back as far as it must last
    UNREADABLE = "unreadable"
    NO_BASELINE = "no_baseline"
    NO_SPREAD = "no_spread"  # all baseline readings are alike: nothing is said by their deviation
    # not asked
    BEFORE_STEP = "before_step"
    ONLY_CANARY = "only_canary"
    EARLY = "early"  # not yet measured for as long as it must last
    NOT_MEASURED = "not_measured"
    ELSEWHERE = "elsewhere"  # it is measured for a release that came after it
    BY_PEOPLE = "by_people"


BLIND = frozenset({Why.NO_READINGS, Why.GAPS, Why.UNREADABLE})
"""Nothing is seen any more; the others say that what is seen does not suffice."""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What judging one rule says. A breach lasts since `since`; `value` is the newest reading, `threshold`
    what it is held against, `baseline` what that was derived from. `seen` is what an unreadable reading was.
    """

    rule: str
    verdict: Verdict
    since: datetime | None = None
    value: float | None = None
    threshold: float | None = None
    baseline: float | None = None
    why: Why | None = None
    samples: int | None = None
    seen: str = ""


class BreachState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DECLARED = "declared"
    DISMISSED = "dismissed"
    OVER = "over"


@dataclass(frozen=True)
class Witness:
    """What somebody saw, in their words, and when they said so."""

    user: str
    at: datetime
    seen: str


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A rule of the policy that is breached, or cannot be judged (`why`), on one release.

    `low` is set where values below the threshold breach. A breach that `needs_report` does nothing before
    somebody has confirmed it. `reporter` is who reported it first, empty where readings show it; `evidence`
    what was seen; `further` are the reports after it. `by` acknowledged, declared or dismissed it, with
    `reason`, at `changed_at`; `held` is the value at which it was: it is told anew when it gets worse than
    that. `for_rollback` when a rollback was declared for it, which stays when it is over; `stood_down` when
    that rollback was called off.
    """

    id: str
    project: str
    release: str
    version: str
    rule: str
    level: Level
    opened_at: datetime
    state: BreachState = BreachState.OPEN
    metric: str = ""
    reported: Reported | None = None
    since: datetime | None = None
    value: float | None = None
    threshold: float | None = None
    baseline: float | None = None
    low: bool = False
    why: Why | None = None
    samples: int | None = None
    seen: str = ""
    needs_report: bool = False
    confirmed_by: str = ""
    dry_run: bool = False
    reporter: str = ""
    evidence: str = ""
    further: tuple[Witness, ...] = ()
    by: str = ""
    reason: str = ""
    held: float | None = None
    changed_at: datetime | None = None
    for_rollback: bool = False
    stood_down: bool = False

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """All that was reported of it, oldest first."""
        first = (Witness(self.reporter, self.opened_at, self.evidence),) if self.evidence else ()
        return (*first, *self.further)

    @property
    def unclear(self) -> bool:
        """Whether it could not be judged, rather than being breached."""
        return self.why is not None

    @property
    def waits(self) -> bool:
        """Whether somebody has to confirm it before anything is done."""
        return self.needs_report and not self.confirmed_by and not self.unclear

    @property
    def counts(self) -> bool:
        """Whether it stands against going on."""
        return self.state in STANDING and not self.dry_run


STANDING = frozenset({BreachState.OPEN, BreachState.ACKNOWLEDGED})
LIVE = frozenset(BreachState) - {BreachState.OVER}

WORSE, TWICE = 1.5, 2.0
_NOISE = 1e-9


def worse(breach: Breach, value: float | None, times: float = WORSE) -> bool:
    """Whether it is so many `times` as bad as when people took note of it, and has to be looked at anew."""
    if breach.held is None or value is None:
        return False
    if not breach.low:
        return value + _NOISE >= _bar(breach, breach.held, times) and value > breach.held
    if 0 <= value <= 1 and 0 <= breach.held <= 1:  # a share: what is missing of it counts
        return 1 - value + _NOISE >= (1 - breach.held) * times and value < breach.held
    return value <= breach.held / times and value < breach.held


def _bar(breach: Breach, held: float, times: float) -> float:
    """No share is more than all: of what is nearly all, what is left of it counts."""
    if breach.metric in SHARES and held * times > 1:
        return 1 - (1 - held) / times
    return held * times
