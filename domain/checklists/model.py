"""Lists and their items, as they were when the release began; what became of each of them (spec 5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.names import Names
from domain.people import Role
from domain.readiness_rules import Strictness
from domain.types import Action, ReleaseType


class Phase(StrEnum):
    """When a list is worked through; the values stand in policies and tables and stay."""

    PRE_RELEASE = "pre_release"
    STAGING = "staging"
    RELEASE_START = "release_start"
    RELEASE_DURING = "release_during"
    POST_AT_ONCE = "post_at_once"
    POST_SOON = "post_soon"  # after 30 minutes
    POST_FINISH = "post_finish"
    ROLLBACK_BEFORE = "rollback_before"
    ROLLBACK_DURING = "rollback_during"
    ROLLBACK_AFTER = "rollback_after"
    OUTAGE = "outage"
    DATA_LOSS = "data_loss"
    SECURITY = "security"


IN_ROOM = frozenset(
    {
        Phase.ROLLBACK_BEFORE,
        Phase.ROLLBACK_DURING,
        Phase.ROLLBACK_AFTER,
        Phase.OUTAGE,
        Phase.DATA_LOSS,
        Phase.SECURITY,
    }
)
"""The lists that open in a war room; their owner is the room, not the release."""
PLAYBOOKS = (Phase.OUTAGE, Phase.DATA_LOSS, Phase.SECURITY)
OF_ROLLBACK = (Phase.ROLLBACK_BEFORE, Phase.ROLLBACK_DURING, Phase.ROLLBACK_AFTER)


GUARDED: dict[Phase, Action] = {
    Phase.STAGING: Action.QA_PASSED,
    Phase.PRE_RELEASE: Action.DEPLOY,
    Phase.RELEASE_START: Action.DEPLOY,
    Phase.RELEASE_DURING: Action.ROLLOUT_COMPLETE,
    Phase.POST_AT_ONCE: Action.VERIFIED,
    Phase.POST_SOON: Action.CLOSE,
    Phase.POST_FINISH: Action.CLOSE,
    Phase.ROLLBACK_DURING: Action.ROLLED_BACK,
}
"""What cannot be done while items of a list are open. The list after a rollback guards the end of its
post-mortem, which is no step of a release; the lists before it and the playbooks hold up nothing.
"""


class Only(StrEnum):
    """The condition under which an item is asked for at all."""

    ALWAYS = "always"
    MIGRATION = "migration"
    LEFT_OUT = "left_out"
    ENVIRONMENT_CHANGES = "environment_changes"


class Check(StrEnum):
    """What a pipeline reports of a commit; the values stand in policies, tables and requests and stay."""

    REVIEWED = "reviewed"
    CI = "ci"
    TYPES = "types"
    STATIC_ANALYSIS = "static_analysis"
    UNIT_COVERAGE = "unit_coverage"
    INTEGRATION_COVERAGE = "integration_coverage"
    CVE = "cve"
    SECURITY_SCAN = "security_scan"
    SECRETS = "secrets"


class Auto(StrEnum):
    """What an automatic item is known from: the checks by their names, and what the bot knows itself."""

    REVIEWED = "reviewed"
    CI = "ci"
    TYPES = "types"
    STATIC_ANALYSIS = "static_analysis"
    UNIT_COVERAGE = "unit_coverage"
    INTEGRATION_COVERAGE = "integration_coverage"
    CVE = "cve"
    SECURITY_SCAN = "security_scan"
    SECRETS = "secrets"
    STAGING = "staging"
    QA = "qa"
    NOTES = "notes"
    SCHEDULE = "schedule"
    WAY_BACK = "way_back"
    PREVIOUS_TAG = "previous_tag"
    STANDING_BY = "standing_by"
    GATE = "gate"
    START_ANNOUNCED = "start_announced"
    ROLLOUT = "rollout"
    METRICS = "metrics"
    COMPARED = "compared"
    HEALTH_ENDPOINT = "health_endpoint"
    PERFORMANCE = "performance"
    TAG = "tag"
    MERGED = "merged"
    BRANCH_DELETED = "branch_deleted"
    NOTES_PUBLISHED = "notes_published"
    COMPLETION_ANNOUNCED = "completion_announced"
    BOARD = "board"
    MONITORING = "monitoring"
    NEXT_PLANNED = "next_planned"
    DECLARED = "declared"
    TARGET = "target"
    STEP_DATABASE = "step_database"
    STEP_APPLICATION = "step_application"
    STEP_CACHES = "step_caches"
    STEP_HEALTH_CHECK = "step_health_check"
    STEP_CORE_FUNCTIONS = "step_core_functions"
    STEP_INTEGRATIONS = "step_integrations"
    STEP_COMPLETION_NOTICE = "step_completion_notice"


CHECKS = frozenset(Auto(check.value) for check in Check)
"""What is known from a pipeline's reports."""

SAID_ELSEWHERE = frozenset(
    {
        Auto.GATE,
        Auto.STANDING_BY,
        Auto.PREVIOUS_TAG,
        Auto.WAY_BACK,
        Auto.MERGED,
        Auto.STEP_DATABASE,
        Auto.STEP_APPLICATION,
        Auto.STEP_CACHES,
        Auto.STEP_HEALTH_CHECK,
        Auto.STEP_CORE_FUNCTIONS,
        Auto.STEP_INTEGRATIONS,
        Auto.STEP_COMPLETION_NOTICE,
    }
)
"""What guards (or the policy) of their own see to: shown in a list, but settled, and missed, where it is."""


@dataclass(frozen=True)
class NamedItem:
    """An item as it is spoken of: its key, and its text at that time."""

    key: str
    text: Names


@dataclass(frozen=True)
class Section:
    """A heading within a list."""

    key: str
    title: Names


@dataclass(frozen=True, kw_only=True)
class Item:
    """`auto` names what the bot or a pipeline knows, None for an item that a person ticks.

    `types` are those whose releases are asked for it; `roles` may tick it, and its list's may as well. What
    is said of an item that is `of_candidate` is not true of the next one. `owners` are the roles that
    usually see to it.
    """

    key: str
    text: Names
    section: str = ""
    auto: Auto | None = None
    only: Only = Only.ALWAYS
    types: tuple[ReleaseType, ...] = tuple(ReleaseType)
    roles: tuple[Role, ...] = ()
    owners: tuple[Role, ...] = ()
    of_candidate: bool = False

    @property
    def named(self) -> NamedItem:
        return NamedItem(self.key, self.text)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The shares of code that tests must reach, in percent."""

    unit: int = 80
    integration: int = 60


DEFAULT_COVERAGE = Coverage()


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """A list as it was when its release began, or when it was opened in a war room.

    `roles` may tick its items, `waive` may waive them with a reason. What is open `block`s the step that the
    list guards, is shown as a `warn`ing, or is `off`: asked of nobody.
    """

    phase: Phase
    roles: tuple[Role, ...]
    waive: tuple[Role, ...]
    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    strictness: Strictness = Strictness.BLOCK
    coverage: Coverage = DEFAULT_COVERAGE

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def who_ticks(self, item: Item) -> tuple[Role, ...]:
        return tuple(dict.fromkeys((*item.roles, *self.roles)))


@dataclass(frozen=True, kw_only=True)
class ItemState:
    """What people said of an item: done by `done_by`, or waived for a `reason`; whose it is, and until when.

    A new candidate opens again what was said of the old one: `candidate` is the one it was said of, 0 where
    it holds for the release as a whole. What the bot knows itself is never kept here.
    """

    done_at: datetime | None = None
    done_by: str = ""
    waived_at: datetime | None = None
    waived_by: str = ""
    reason: str = ""
    note: str = ""
    link: str = ""
    owner: str = ""
    due: datetime | None = None
    candidate: int = 0

    @property
    def settled(self) -> bool:
        return self.done_at is not None or self.waived_at is not None


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What a pipeline said of a commit, the newest word on it; `value` is a share in percent."""

    project: str
    sha: str
    check: Check
    passed: bool
    at: datetime
    evidence: str = ""
    link: str = ""
    value: float | None = None
