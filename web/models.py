"""What goes in and out as JSON. The OpenAPI document is made of these models and nothing else."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from domain.calendar.gate import GateAction, Verdict
from domain.checklists.model import Check
from domain.types import Environment, ReleaseType, RolloutStrategy, Stage

# A NUL cannot be stored; what else people write is theirs.
_CLEAN = r"^[^\x00]*$"
Line = Annotated[str, StringConstraints(max_length=200, pattern=_CLEAN)]
Text = Annotated[str, StringConstraints(max_length=3000, pattern=_CLEAN)]
Said = Annotated[
    str, StringConstraints(min_length=1, max_length=3000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")
]
Url = Annotated[str, StringConstraints(max_length=500, pattern=r"^(https?://[!-~]+)?$")]
Sha = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
VersionText = Annotated[str, StringConstraints(max_length=128, pattern=r"^v?[0-9][0-9A-Za-z.+-]*$")]


class In(BaseModel):
    """What pipelines send: exactly this, or it is refused by name."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Out(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# --- in -----------------------------------------------------------------------------------------------------


class BuildResult(StrEnum):
    STARTED = "started"
    PASSED = "passed"
    FAILED = "failed"


class Build(In):
    """`sha` is the commit that was built: for a build that passed it must be the head of the release branch.

    `started` is a new build of a release whose build, staging or QA failed.
    """

    result: BuildResult
    sha: Sha
    url: Url = ""
    reason: Text = ""


class StagingResult(StrEnum):
    DEPLOYED = "deployed"
    FAILED = "failed"


class Staging(In):
    """`health` is what the health check said, or what failed."""

    result: StagingResult
    health: Said
    url: Url = ""


class QaResult(StrEnum):
    PASSED = "passed"
    FAILED = "failed"


class Qa(In):
    """A pass answers whether there is a migration and a breaking change; a failure names the `bug`."""

    result: QaResult
    report: Url = ""
    migration: bool | None = None
    breaking: bool | None = None
    reservations: Text = ""
    way_back: Text = ""
    bug: Text = ""


class StepResult(StrEnum):
    DONE = "done"
    FAILED = "failed"


class Step(In):
    """`step` is its key in the release. A failed one pauses the rollout, for the reason in `note`."""

    step: Key
    result: StepResult
    note: Text = ""


class RolloutResult(StrEnum):
    COMPLETE = "complete"


class RolloutDone(In):
    result: RolloutResult
    note: Text = ""


class ChecksReport(In):
    """A pipeline's word on a commit. Of coverage the `value` in percent is judged by the policy."""

    sha: Sha
    check: Check
    passed: bool | None = None
    evidence: Text = ""
    link: Url = ""
    value: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None


class Measured(In):
    """`value` is a share from 0 to 1 for rates and loads, in seconds for latencies, a number for counts."""

    metric: Key
    value: Annotated[float, Field(allow_inf_nan=False)]
    samples: Annotated[int, Field(ge=0, le=10**12)] | None = None
    detail: Line = ""


class Readings(In):
    """What was measured just now in one environment."""

    environment: Environment
    readings: Annotated[list[Measured], Field(min_length=1, max_length=50)]


class GateQuery(BaseModel):
    """`at` in ISO form; without an offset it is the project's own time. A `release` gives its own type."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    action: GateAction = GateAction.DEPLOY
    type: ReleaseType = ReleaseType.REGULAR
    environment: Environment = Environment.PRODUCTION
    release: VersionText | None = None
    at: Annotated[str, StringConstraints(max_length=40)] | None = None


class PostmortemQuery(BaseModel):
    """`lang` goes before what `Accept-Language` asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    lang: Literal["ko", "en"] | None = None


# --- out ----------------------------------------------------------------------------------------------------


class GateReason(Out):
    rule: str
    verdict: Verdict
    name: str
    detail: str
    until: datetime | None
    exception_from: list[str]


class GateException(Out):
    id: str
    rule: str
    name: str
    until: datetime
    granted_by: str


class Gate(Out):
    """The answer holds until `expires_at`, at most a minute; later it must be asked again."""

    project: str
    action: GateAction
    type: ReleaseType
    release: str | None
    environment: Environment
    sha: str | None
    verdict: Verdict
    at: datetime
    expires_at: datetime
    next_open: datetime | None
    next_change: datetime | None
    reasons: list[GateReason]
    exceptions: list[GateException]


class Candidate(Out):
    number: int
    sha: str
    built_at: datetime


class Waiting(Out):
    """What the git worker was asked for; `problem` is why it could not be done, in words."""

    action: str
    asked_at: datetime
    sha: str | None
    problem: str | None


class Rollout(Out):
    strategy: RolloutStrategy
    steps: list[str]
    done: int
    under_way: str | None
    paused: bool


class Release(Out):
    project: str
    version: str
    type: ReleaseType
    stage: Stage
    stage_since: datetime
    branch: str | None
    previous_version: str | None
    candidate: Candidate | None
    deploy_at: datetime | None
    soak_until: datetime | None
    approved_at: datetime | None
    deployed_at: datetime | None
    rollout: Rollout | None
    waiting: Waiting | None


class Recorded(Out):
    """`said` is the sentence that a person is told in Slack."""

    said: str
    release: Release


class Noted(Out):
    """`said` is the sentence that a person is told in Slack."""

    said: str


class Asked(Out):
    """Not decided yet: `look_at` tells what became of it."""

    said: str
    look_at: str


class Markdown(RootModel[str]):
    """A document, as it is."""


class Missing(Out):
    """One thing that is missing: its kind, in words, and the roles that can settle it."""

    kind: str
    said: str
    roles: list[str]


class Fault(Out):
    """One field that cannot be used; `at` is where it is, with dots."""

    at: str
    said: str


class Problem(Out):
    """RFC 9457. `code` is for machines, `title` and `detail` are for people, in their language."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    missing: list[Missing] = []
    faults: list[Fault] = []
