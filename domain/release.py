"""A release: one version on its way to production, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.people import Role
from domain.repository import Conflict
from domain.rollout.rollout import Rollout
from domain.types import Action, ReleaseType, Stage
from domain.versions import Version
from domain.ways_back import WayBack


@dataclass(frozen=True)
class Candidate:
    """One build of a release: rc.`number` at one commit. `sha` is 40 hex digits."""

    number: int
    sha: str
    built_at: datetime


class ConfirmItem(StrEnum):
    """Facts that a named person confirms until the bot can know them by itself."""

    DEPLOYER_STANDING_BY = "deployer_standing_by"
    ONCALL_STANDING_BY = "oncall_standing_by"


WHO_CONFIRMS: dict[ConfirmItem, tuple[Role, ...]] = {
    ConfirmItem.DEPLOYER_STANDING_BY: (Role.DEVOPS, Role.RELEASE_MANAGER),
    ConfirmItem.ONCALL_STANDING_BY: (Role.ONCALL, Role.DEVOPS),
}

WHO_LIFTS = (Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER)
"""The lock that a rollback sets (spec 6.1)."""


@dataclass(frozen=True)
class Confirmation:
    """Who confirmed what, when, for which candidate; a new candidate needs it again."""

    item: ConfirmItem
    by: str
    at: datetime
    candidate: int
    note: str = ""


class Due(StrEnum):
    """When a condition must be met (spec 4); `TIME` reads `Condition.due_at`."""

    BEFORE_DEPLOY = "before_deploy"
    BEFORE_COMPLETE = "before_complete"
    AFTER_DEPLOY = "after_deploy"
    TIME = "time"


class Unmet(StrEnum):
    """What an unmet condition does (spec 4)."""

    BLOCKS = "blocks"
    HOLDS_COMPLETION = "holds_completion"
    ROLLBACK_REVIEW = "rollback_review"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What a conditional approval asks for. Owned by `owner`; met when `met_at` is set."""

    id: str
    text: str
    owner: str
    asked_by: str
    candidate: int
    due: Due = Due.BEFORE_DEPLOY
    due_at: datetime | None = None
    unmet: Unmet = Unmet.BLOCKS
    met_at: datetime | None = None
    met_by: str = ""
    evidence: str = ""

    @property
    def open(self) -> bool:
        return self.met_at is None


@dataclass(frozen=True, kw_only=True)
class QaReport:
    """What QA said of a candidate; migration and breaking changes are answered by a person."""

    by: str
    at: datetime
    candidate: int
    migration: bool
    breaking: bool
    report: str = ""
    reservations: str = ""
    way_back: str = ""


@dataclass(frozen=True, kw_only=True)
class Pending:
    """Work that was asked for and waits for the git worker; the same verb is not asked twice meanwhile.

    `problem` is the code of what went wrong, empty while the worker is at it; `files` are those in conflict,
    `conflicts` all branches where several conflict. `sha` is the commit that a pipeline says it has built: it
    must be the branch's head.
    """

    action: Action
    by: str
    at: datetime
    note: str = ""
    early: bool = False
    sha: str = ""
    problem: str = ""
    detail: str = ""
    files: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Why a release is on hold and where it came from. `by_rejection` refuses a plain resume."""

    source: Stage
    by: str
    at: datetime
    reason: str
    by_rejection: bool = False


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A change that is carried, but hidden behind a feature flag; `text` is how it is listed."""

    sha: str
    text: str
    flag: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Release:
    """One version on its way to production.

    `started_by`, `captain`, `stakeholders` are Slack user ids; the captain is the release manager on duty
    for it. `feature` names a feature release,
    `commits` the named commits of an emergency or hotfix, `parent` the release that a fix-forward
    hotfix mends, `superseded_by` the version that replaced a cancelled one.
    `authors` are the user ids that separation of duties bars; `unlinked` the e-mail addresses of authors
    whom nobody has matched to a person. `notes_published` is the id of the newest edit of the notes when they
    were published last (0 where nobody had edited them), None before; `notes_refused` are the channels that
    Slack did not take them in. `ways_back` were given for migrations
    of any of its candidates. A stop, or a move to another day, asks anew for what is ready and who stands by,
    at `asked_anew_at`.
    """

    id: str
    project: str
    version: Version
    type: ReleaseType
    stage: Stage
    stage_since: datetime
    created_at: datetime
    started_by: str
    revision: int = 0
    captain: str = ""
    feature: str = ""
    commits: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    parent: str = ""
    superseded_by: str = ""
    branch: str = ""
    previous_version: str = ""
    deploy_at: datetime | None = None
    freeze_at: datetime | None = None
    freeze_lifted_at: datetime | None = None
    candidate: Candidate | None = None
    authors: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    soak_until: datetime | None = None
    staging_skipped: str = ""
    qa: QaReport | None = None
    left_out: tuple[LeftOut, ...] = ()
    conditions: tuple[Condition, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    approval_asked_at: datetime | None = None
    approved_at: datetime | None = None
    approval_until: datetime | None = None
    rollout: Rollout | None = None
    deploy_started_at: datetime | None = None
    deployed_at: datetime | None = None
    monitoring_until: datetime | None = None
    close_asked_at: datetime | None = None
    merged: bool = False
    notes_published: int | None = None
    notes_refused: tuple[str, ...] = ()
    hold: Hold | None = None
    pending: Pending | None = None
    room: str = ""
    before_rollback: Stage | None = None
    ways_back: tuple[WayBack, ...] = ()
    asked_anew_at: datetime | None = None

    @property
    def tag(self) -> str:
        return f"v{self.version}"

    @property
    def rc(self) -> int:
        """The number of the current candidate, 0 before the first build."""
        return self.candidate.number if self.candidate else 0

    @property
    def place(self) -> Stage:
        """The stage for the board: an on-hold release stays in its column (spec 2.5)."""
        return self.hold.source if self.stage is Stage.ON_HOLD and self.hold else self.stage

    @property
    def hidden(self) -> frozenset[str]:
        """The SHAs of the changes that are left out behind a flag."""
        return frozenset(one.sha for one in self.left_out)

    def confirmed(self, item: ConfirmItem) -> Confirmation | None:
        """The confirmation of `item` for the current candidate, if any."""
        found = [c for c in self.confirmations if c.item is item and c.candidate == self.rc]
        return found[-1] if found else None

    def to(self, stage: Stage, at: datetime) -> Release:
        """The same release in another stage, entered at `at`."""
        return replace(self, stage=stage, stage_since=at)
