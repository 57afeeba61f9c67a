"""What living messages are rendered from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.approvals import Decision, Tally
from domain.calendar.entries import DeployLock
from domain.calendar.exceptions import Budget, ExceptionResult, FreezeException, Restriction
from domain.calendar.gate import GateAction, GateAnswer, GateReason
from domain.checklists.progress import Progress
from domain.criteria.model import Breach
from domain.deploys.model import Deployment
from domain.difference import NOTHING_NEW, Difference
from domain.health.now import Health
from domain.needs import Missing
from domain.notices import NoticeAudience
from domain.people import Role
from domain.policy import Contact
from domain.readiness import Readiness
from domain.release import ConfirmItem, Release
from domain.rollback import Entry, Room, StepKey
from domain.scope import Scope
from domain.type_policy import Separation
from domain.types import Action
from domain.ways_back import MigrationWay


@dataclass(frozen=True, kw_only=True)
class ProjectView:
    """How a project is shown: its title in both languages, channel id, language and zone of its channel."""

    key: str
    title: Mapping[str, str]
    channel: str
    language: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class CardView:
    """A release's card. `actions` are the buttons of this stage; `missing` what the deploy still needs
    (shown while approved); `open_conditions` by id are within `release.conditions`; `room_channel` is the
    war room's channel when there is one, `restore_open` what its rollback cannot end without,
    `postmortem_done_at` when that of the rollback that took it back was finished;
    `ahead_of_production` after a rollback from released; `newer_channel` and `newer_ts` are where the card of
    the release that superseded it is, if anywhere. `readiness` is there while the release has a candidate
    that is not out. `deployments` are what its deployers are at, `health` is there while production is looked
    at for it, `lists` are those that matter at this stage.
    `breaches` are those of rollback criteria that are not over, `to_close` is what closing still needs once
    it is asked for, `mended_by` are the hotfixes that were started to mend it.
    """

    project: ProjectView
    release: Release
    scope: Scope | None
    tally: Tally | None
    gate: GateAnswer
    actions: tuple[Action, ...]
    to_confirm: tuple[ConfirmItem, ...]
    missing: tuple[Missing, ...] = ()
    room_channel: str = ""
    restore_open: tuple[StepKey, ...] = ()
    postmortem_done_at: datetime | None = None
    lock: DeployLock | None = None
    ahead_of_production: bool = False
    large: bool = False
    newer_channel: str = ""
    newer_ts: str = ""
    readiness: Readiness | None = None
    deployments: tuple[Deployment, ...] = ()
    health: Health | None = None
    lists: tuple[Progress, ...] = ()
    breaches: tuple[Breach, ...] = ()
    to_close: tuple[Missing, ...] = ()
    mended_by: tuple[Release, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApprovalView:
    """The approval request of one candidate. `current` is false while nothing is to be decided by it, since
    another candidate came, the release is on hold or the deploy has begun: no buttons then.

    `since` is the candidate that was approved before, 0 for none, and `new` what came after it.
    """

    project: ProjectView
    release: Release
    candidate: int
    scope: Scope | None
    tally: Tally
    decisions: tuple[Decision, ...]
    gate: GateAnswer
    separation: Separation
    current: bool
    compare_url: str = ""
    readiness: Readiness | None = None
    large: bool = False
    since: int = 0
    new: Difference = NOTHING_NEW
    lists: tuple[Progress, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExceptionView:
    """An exception as it stands at `at`, its time heeded. `version` is empty where no release is concerned.

    `deciders` hold one of `roles` and did not ask; where there is none, `owners` can give the role to
    somebody. `known` is what Naru knows of the result, `to_judge` whether people are asked for it now.
    """

    project: ProjectView
    exception: FreezeException
    version: str
    roles: tuple[Role, ...]
    deciders: tuple[str, ...]
    owners: tuple[str, ...]
    budget: Budget
    at: datetime
    known: ExceptionResult | None = None
    to_judge: bool = False


@dataclass(frozen=True, kw_only=True)
class NeededException:
    """One exception that would have to be granted. `asked_by` is who has asked for it already."""

    restriction: Restriction
    roles: tuple[Role, ...]
    deciders: tuple[str, ...]
    until: datetime | None = None
    asked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionForm:
    """What the form of a request shows for the time that is chosen in it (`since` None: now).

    `stays_closed` are the reasons that no exception opens; without any, the gate is open with all exceptions
    until `closes_at`, None for as long as they last. `release` is None where no release is concerned,
    `closed` the fingerprint of all that closes then.
    """

    project: ProjectView
    release: Release | None
    action: GateAction
    since: datetime | None
    needed: tuple[NeededException, ...]
    stays_closed: tuple[GateReason, ...]
    closes_at: datetime | None
    longest: timedelta
    budget: Budget
    owners: tuple[str, ...]
    closed: str


@dataclass(frozen=True, kw_only=True)
class ContactsView:
    """Whom to call: the contacts of the policy, and who holds the roles that are called first."""

    project: ProjectView
    contacts: tuple[Contact, ...]
    members: Mapping[Role, tuple[str, ...]]
    page: int = 0


@dataclass(frozen=True, kw_only=True)
class OwedView:
    """Rooms with open action items, oldest first."""

    rooms: tuple[Room, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RoomView:
    """A war room with all that its messages show. `may_take` are the roles that may take the seat now,
    `core_functions` what the policy wants tried by hand after the way back, `ways` the migrations that are to
    be taken back, with how, `breaches` of rollback criteria those of its release, `audiences` those that the
    policy has channels for besides the team.
    """

    project: ProjectView
    room: Room
    release: Release | None
    contacts: tuple[Contact, ...]
    members: Mapping[Role, tuple[str, ...]]
    may_take: tuple[Role, ...]
    entries: tuple[Entry, ...]
    core_functions: tuple[str, ...]
    at: datetime
    redeploy: Release | None = None
    ways: tuple[MigrationWay, ...] = ()
    lists: tuple[Progress, ...] = ()
    breaches: tuple[Breach, ...] = ()
    audiences: tuple[NoticeAudience, ...] = ()
