"""The project's rules as data: the model of one policy file, with its shipped defaults."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from domain.approvals import Requirement
from domain.branch_rules import BranchRules
from domain.calendar.announcements import AnnouncementKind
from domain.calendar.quiet import QuietHours
from domain.calendar.rules import CalendarRules, FreezeRule
from domain.calendar.zones import ZoneName
from domain.captains import BEGINNING, Rotation, on_duty
from domain.checklists.rules import ChecklistRules
from domain.commit_rules import CommitRules
from domain.commits import Grammar
from domain.criteria.rules import CriteriaRules
from domain.deploys.rules import DeployRules
from domain.detection.rules import ScopeRules
from domain.durations import Duration
from domain.forges.addresses import Addresses
from domain.health.rules import HealthRules
from domain.links import SHA_PLACE, Links
from domain.names import Names
from domain.notes.model import Audience
from domain.notes.rules import NotesRules
from domain.notices.model import NoticeAudience
from domain.notices.rules import CommunicationRules
from domain.people import Role
from domain.readiness_rules import ReadinessRules
from domain.repository_rules import RepoPath, TagPrefix
from domain.rollout.rules import RolloutRules
from domain.scope import Scope
from domain.type_policy import DEFAULT_TYPES, Strict, TypePolicy, filled_in
from domain.types import Flow, ReleaseType, ReminderKind

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
UserId = Annotated[str, StringConstraints(pattern=r"^[UW][A-Z0-9]{2,20}$")]
ChannelName = Annotated[str, StringConstraints(pattern=r"^(C[A-Z0-9]{2,20}|#[^\s#,]{1,80})$")]
GroupId = Annotated[str, StringConstraints(pattern=r"^S[A-Z0-9]{2,20}$")]


class Repository(Addresses):
    """The only remote that Naru speaks to for this project.

    Where several projects share a repository, `tag_prefix` stands before the tags of this one, and only
    commits that touch `paths` are its.
    """

    flow: Flow = Flow.GIT_FLOW
    main: str = "main"
    develop: str = "develop"
    tag_at: Literal["released", "deploy"] = "released"
    tag_prefix: TagPrefix = ""
    paths: Annotated[tuple[RepoPath, ...], Field(max_length=50)] = ()
    branches: BranchRules = BranchRules()

    @property
    def source(self) -> str:
        """Where planned candidates come from."""
        return self.develop if self.flow is Flow.GIT_FLOW else self.main

    def compare_scope(self, scope: Scope) -> str:
        """The address that shows what a scope is made of; its `since` is told without the prefix."""
        return self.compare_at(f"{self.tag_prefix}{scope.since}" if scope.since else "", scope.sha)


class RoleHolders(Strict):
    users: tuple[UserId, ...] = ()
    groups: tuple[GroupId, ...] = ()
    locked: bool = False


class Captains(Strict):
    """Release managers on duty, by turns: whose turn the deploy day is leads the release.

    `anchor` is any day of the first one's first turn.
    """

    users: tuple[UserId, ...] = ()
    rotation: Rotation = Rotation.WEEKLY
    anchor: date = BEGINNING

    def on_duty(self, day: date) -> str:
        """A user id; empty without a rotation."""
        return on_duty(self.users, self.rotation, day, anchor=self.anchor)


class Announcements(Strict):
    """The channels that are told besides the home channel: ids, or names with `#`."""

    urgent_ahead: tuple[ChannelName, ...] = ()


class Contact(Strict):
    """An emergency contact, shown in the war room."""

    role: str
    name: str
    user: UserId | None = None
    phone: str = ""


class RollbackPolicy(Strict):
    """Budgets and seats of spec 6.2."""

    notice_budget: Duration = 5 * MINUTE
    restore_budget: Duration = 30 * MINUTE
    verify_budget: Duration = 15 * MINUTE
    completion_budget: Duration = 15 * MINUTE
    ask_seat_every: Duration = 5 * MINUTE
    open_seat_after: Duration = 10 * MINUTE
    postmortem_due: Duration = 24 * HOUR
    postmortem_reminder: Duration = 4 * HOUR
    private_room: bool = False
    scribe_emoji: Annotated[str, StringConstraints(pattern=r"^:?[a-z0-9_'+-]{1,100}:?$")] = "memo"
    contacts: tuple[Contact, ...] = ()


class Policy(Strict):
    """One project's policy file. Absent parts are the defaults of the spec.

    `channel` is a channel id (`C…`) or a name with `#`; `language` and `zone` are those of channel
    messages; `mute` names announcement kinds that are not sent, `quiet_hours` are the channel's: what can
    wait is told when they are over.
    """

    project: Key
    name: Names = Names()
    channel: ChannelName
    language: Literal["ko", "en"] = "ko"
    zone: ZoneName = "Asia/Seoul"
    repository: Repository = Repository()
    owners: tuple[UserId, ...] = ()
    roles: dict[Role, RoleHolders] = Field(default_factory=dict)
    captains: Captains = Captains()
    types: dict[ReleaseType, TypePolicy] = Field(default_factory=lambda: dict(DEFAULT_TYPES))
    calendar: CalendarRules = CalendarRules()
    commits: CommitRules = CommitRules()
    deploy: DeployRules = DeployRules()
    rollout: RolloutRules = RolloutRules()
    rollback: RollbackPolicy = RollbackPolicy()
    communication: CommunicationRules = CommunicationRules()
    readiness: ReadinessRules = ReadinessRules()
    criteria: CriteriaRules = CriteriaRules()
    health: HealthRules = HealthRules()
    checklists: ChecklistRules = ChecklistRules()
    core_functions: tuple[str, ...] = ()
    large_change: Annotated[int, Field(ge=1)] = 50
    scope: ScopeRules = ScopeRules()
    announcements: Announcements = Announcements()
    notes: NotesRules = NotesRules()
    mute: tuple[AnnouncementKind | ReminderKind, ...] = ()
    quiet_hours: QuietHours | None = None

    @field_validator("types", mode="before")
    @classmethod
    def _fill_in_types(cls, given: object) -> object:
        return filled_in(given) if isinstance(given, dict) else given

    @property
    def grammar(self) -> Grammar:
        """How messages are read; what no tracker of the policy says of addresses, the code host does."""
        return self.commits.grammar(self.repository.host_page)

    @property
    def links(self) -> Links:
        return Links(commit=self.repository.commit_at(SHA_PLACE), grammar=self.grammar)

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel that the policy names, the home channel first."""
        of_notes = (place.channel for audience in Audience for place in self.notes.places(audience))
        told = (p.channel for audience in NoticeAudience for p in self.communication.places(audience))
        return tuple(dict.fromkeys((self.channel, *self.announcements.urgent_ahead, *of_notes, *told)))

    def of(self, kind: ReleaseType) -> TypePolicy:
        return self.types[kind]

    def rollout_of(self, kind: ReleaseType) -> RolloutRules:
        return self.of(kind).rollout_rules or self.rollout

    def freeze_rule(self, kind: ReleaseType) -> FreezeRule | None:
        """When the code freeze of a type begins, None for a type without one."""
        if kind is ReleaseType.REGULAR and self.calendar.cadence is not None:
            return self.calendar.cadence.freeze
        return self.of(kind).freeze

    def title(self, language: str) -> str:
        return self.name[language] or self.project

    def requirements(self, kind: ReleaseType, stakeholders: tuple[str, ...]) -> tuple[Requirement, ...]:
        """The approvals of a type; for a feature every stakeholder named on the release as well."""
        needs = tuple(Requirement(rule.role, rule.count) for rule in self.of(kind).approvals)
        if kind is not ReleaseType.FEATURE:
            return needs
        return (*needs, Requirement(Role.STAKEHOLDER, len(stakeholders), stakeholders))
