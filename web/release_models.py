"""A release with what people see of it: its rollout in time, its lists, what is measured and breached."""

from __future__ import annotations

from datetime import datetime

from domain.checklists.model import Phase
from domain.checklists.standing import Standing
from domain.criteria.model import BreachState, Level
from domain.health.model import Source, WhyNone
from domain.health.ranges import Judged
from domain.readiness_rules import Strictness
from domain.rollout.model import StepIs
from domain.types import Action, Environment
from web.models import Out, Release, Rollout


class StepNow(Out):
    """`planned_…` are by the plan from when the first step began; the others are how it went.

    `percent` of the users have the new version once it is live; `failed` says why it did.
    """

    key: str
    name: str
    percent: int
    state: StepIs
    planned_from: datetime | None
    planned_until: datetime | None
    began: datetime | None
    live: datetime | None
    ended: datetime | None
    attempt: int
    failed: str | None


class RolloutNow(Rollout):
    """`automatic` where a deployer carries the steps out. `ends_about` is an estimate: null while it is
    paused, and once all steps are done.
    """

    automatic: bool
    percent: int
    paused_because: str | None
    plan: list[StepNow]
    ends_about: datetime | None


class OpenItem(Out):
    """`standing` is open or failed; `roles` can settle it, none where Naru sees it by itself."""

    key: str
    title: str
    standing: Standing
    roles: list[str]
    owner: str | None
    due: datetime | None


class ChecklistNow(Out):
    """The items of a phase that are asked for: `open` of them are in `items`. `now` says that it matters at
    this stage; `stops` is the step that open items stop where the list is to block.
    """

    phase: Phase
    name: str
    strictness: Strictness
    stops: Action | None
    now: bool
    opens_at: datetime | None
    done: int
    waived: int
    open: int
    items: list[OpenItem]


class RangeNow(Out):
    """Good values are on this side of `limit`."""

    sign: str
    limit: float


class BaselineNow(Out):
    """What was usual before the deploy, of `count` readings."""

    median: float
    mean: float
    spread: float
    count: int


class ReadingNow(Out):
    """`value` is a share from 0 to 1 for rates and loads, in seconds for latencies, a number for counts; null
    where nothing could be measured, then `why` and `said` say why.
    """

    metric: str
    name: str
    value: float | None
    said: str
    judged: Judged
    range: RangeNow | None
    baseline: BaselineNow | None
    samples: int | None
    source: Source
    at: datetime
    why: WhyNone | None


class HealthNow(Out):
    """The newest reading of each metric. `fine` needs all of them in range and fresh; `stale` says that the
    newest is old. `asked` whether Naru asks by itself in this environment.
    """

    environment: Environment
    asked: bool
    fine: bool
    stale: bool
    readings: list[ReadingNow]


class BreachNow(Out):
    """A rollback criterion that is breached, or cannot be judged (`unclear`), and stands. It `waits` for
    somebody who confirms it; of a `dry_run` nothing comes.
    """

    id: str
    rule: str
    level: Level
    state: BreachState
    said: str
    metric: str | None
    value: float | None
    threshold: float | None
    baseline: float | None
    since: datetime | None
    opened_at: datetime
    unclear: bool
    waits: bool
    dry_run: bool


class ReleaseNow(Release):
    """`health` is null where nobody looks at an environment for it: before staging, and once it has ended."""

    rollout: RolloutNow | None
    checklists: list[ChecklistNow]
    health: HealthNow | None
    breaches: list[BreachNow]
