"""What is asked of a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.release import ConfirmItem
from domain.types import Action, GitStep, ReleaseType


@dataclass(frozen=True, kw_only=True)
class StartRelease:
    """`version` empty takes the proposed one. `deploy_at` None takes the next free slot of the cadence.

    `production` is what the person confirms to run in production, asked before the first release only:
    a version, empty when nothing does yet, None when it was not asked.
    """

    project: str
    type: ReleaseType
    version: str = ""
    deploy_at: datetime | None = None
    feature: str = ""
    commits: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    parent: str = ""
    production: str | None = None


@dataclass(frozen=True, kw_only=True)
class Advance:
    """Any step that a person takes along the lifecycle.

    `from_rc` is the candidate that the button was shown for, `from_step` the rollout step, `from_paused`
    whether it was paused, `early` cuts before the freeze has begun, `commits` names those of an emergency or
    hotfix when its branch is cut, `without_files` takes a build whose changelog or version could not be
    written, for the reason in `note`.
    `sha` is the commit that was built, where whoever reports it knows.
    """

    release: str
    action: Action
    note: str = ""
    early: bool = False
    without_files: bool = False
    commits: tuple[str, ...] = ()
    from_rc: int | None = None
    from_step: str = ""
    from_paused: bool = False
    sha: str = ""


@dataclass(frozen=True, kw_only=True)
class RetryGit:
    """Try again what git could not do."""

    release: str


@dataclass(frozen=True, kw_only=True)
class AskDryRun:
    """What would a step do on the remote? `step` None is the next one, `commits` those of an urgent fix."""

    release: str
    step: GitStep | None = None
    commits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FixForward:
    """Start a linked hotfix for a release under verification."""

    release: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PassQa:
    """`deviates`: the person has looked at what was detected, and answers otherwise all the same."""

    release: str
    migration: bool | None
    breaking: bool | None
    report: str = ""
    reservations: str = ""
    way_back: str = ""
    deviates: bool = False


@dataclass(frozen=True, kw_only=True)
class Confirm:
    release: str
    item: ConfirmItem
    candidate: int
    note: str = ""
    take_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Retarget:
    release: str
    deploy_at: datetime
    reason: str = ""
    lift_freeze: bool = False


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """`to` leads the release from now on."""

    release: str
    to: str


@dataclass(frozen=True, kw_only=True)
class CorrectMessage:
    """`commit` is the beginning of a SHA, or `#12` for a pull request; an empty `message` takes it back.

    A message of several lines, or one that ends with a line break, is the whole of it. The project is named
    by its key or by a `release` of it.
    """

    commit: str
    project: str = ""
    release: str = ""
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Cancel:
    release: str
    reason: str
    delete_branch: bool = False
    superseded_by: str = ""


@dataclass(frozen=True, kw_only=True)
class NameStakeholders:
    release: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeaveOut:
    """Hide a change behind a feature flag; `sha` may be the beginning of one."""

    release: str
    sha: str
    flag: str


@dataclass(frozen=True, kw_only=True)
class TakeBackChange:
    """Let a change that was left out count again."""

    release: str
    sha: str
