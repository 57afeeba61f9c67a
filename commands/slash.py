"""What somebody typed after `/release`, as typed values: only what was typed, nothing looked up.

Dates and times are wall-clock values; whoever knows the project's zone makes instants of them.
A field that was not typed is None (or empty text); then a modal or the channel says what is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.calendar.rules import WeeklyWindow
from domain.checklists.model import Phase as ListPhase
from domain.criteria.model import Reported
from domain.notices import NoticeKind
from domain.people import Role
from domain.refusals import Refusal
from domain.rollback import StepKey
from domain.schema_phases import Phase
from domain.types import Action, GitStep, ReleaseType
from domain.verbs import Verb
from domain.ways_back import Alternative, WayKind


@dataclass(frozen=True)
class LocalWhen:
    """A local day, and a time when one was typed."""

    day: date
    at: time | None = None


@dataclass(frozen=True, kw_only=True)
class Named:
    """Which release is meant: its version as typed (with or without `v`), and its project when typed."""

    release: str | None = None
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class StartText:
    type: ReleaseType | None = None
    version: str | None = None
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatusText(Named):
    pass


@dataclass(frozen=True, kw_only=True)
class ListText:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class BoardText:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class MineText:
    pass


@dataclass(frozen=True, kw_only=True)
class DigestText:
    """Neither shows how it is set; a time turns it on."""

    on: bool | None = None
    at: time | None = None


@dataclass(frozen=True, kw_only=True)
class AdvanceText(Named):
    """`action` None asks which steps there are; `note` is its reason, bug or result."""

    action: Action | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DeployText(Named):
    pass


@dataclass(frozen=True, kw_only=True)
class HoldText(Named):
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ResumeText(Named):
    pass


@dataclass(frozen=True, kw_only=True)
class CancelText(Named):
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RetargetText(Named):
    when: LocalWhen | None = None


@dataclass(frozen=True, kw_only=True)
class CaptainText(Named):
    """`user` is a Slack user id; `me` whoever types. Neither asks."""

    user: str | None = None
    me: bool = False


@dataclass(frozen=True, kw_only=True)
class DryRunText(Named):
    """`step` None is what git does next; `commits` are those of an urgent fix as typed."""

    step: GitStep | None = None
    commits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BranchesText:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class NotesText(Named):
    pass


@dataclass(frozen=True, kw_only=True)
class HealthText(Named):
    """Without a `metric` it is asked how it is; without a `value`, as it was typed, the form asks."""

    metric: str = ""
    value: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ChecklistText(Named):
    """`phase` None opens the list that is due."""

    phase: ListPhase | None = None


@dataclass(frozen=True, kw_only=True)
class ReadyText(Named):
    pass


@dataclass(frozen=True, kw_only=True)
class WayBackText(Named):
    """`migration` is a path, or the end of one; without a `kind` and without `old_runs`, whether the old
    version can run on the new schema, the form asks.
    """

    migration: str = ""
    old_runs: bool | None = None
    kind: WayKind | None = None
    alternative: Alternative | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class RehearsedText(Named):
    """`worked` None asks."""

    worked: bool | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowSchema:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class BeginSchemaText(Named):
    """Without a `subject` the form asks."""

    subject: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class LinkSchemaText(Named):
    """`phase` None takes the release's link back; the only open change needs no `subject`."""

    phase: Phase | None = None
    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class EndSchemaText:
    subject: str = ""
    finished: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectText:
    """`message` is the new first line, empty to take a correction back; None when none was typed."""

    commit: str | None = None
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class ScopeText(Named):
    """The changes of a release."""


@dataclass(frozen=True, kw_only=True)
class LeaveOutText(Named):
    """`sha` is the beginning of a commit's. A missing flag is asked for; without both the list is shown."""

    sha: str = ""
    flag: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeBackText(Named):
    sha: str = ""


@dataclass(frozen=True, kw_only=True)
class CompareText(Named):
    """The two newest candidates side by side."""


@dataclass(frozen=True, kw_only=True)
class YearText:
    """What a year leaves to confirm; the next one where none was typed."""

    year: int | None = None
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class CanIDeployText:
    """`when` None is now, `type` None every type or the running release's."""

    type: ReleaseType | None = None
    when: LocalWhen | None = None
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class WhenText(Named):
    pass


@dataclass(frozen=True, kw_only=True)
class RollbackText(Named):
    pass


@dataclass(frozen=True, kw_only=True)
class ShowBreaches(Named):
    """What was breached on a release, and how it stands."""


@dataclass(frozen=True, kw_only=True)
class BreachText(Named):
    """Somebody saw something; without a word of what (`seen`) the form asks."""

    reported: Reported | None = None
    seen: str = ""


@dataclass(frozen=True, kw_only=True)
class WarroomText(Named):
    """`adopt` takes the channel in which it was typed; a `playbook` is opened in the war room
    that it is, else in a new one.
    """

    adopt: bool = False
    playbook: ListPhase | None = None


@dataclass(frozen=True, kw_only=True)
class IcText:
    """`user` is a Slack user id; None takes the seat oneself."""

    user: str | None = None


@dataclass(frozen=True, kw_only=True)
class LogText:
    text: str = ""


class StepMove(StrEnum):
    """The states of `commands.requests.MoveStep`."""

    STARTED = "started"
    DONE = "done"
    SKIPPED = "skipped"
    REOPENED = "reopened"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class StepText:
    step: StepKey | None = None
    state: StepMove | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class EscalateText:
    role: Role | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ResolveText:
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class PostmortemText(Named):
    """The war room's, or that of the named release; `redeploy` is the version that brings it out again."""

    redeploy: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActionsText:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoticeText(Named):
    """`kind` None is what there is to tell of the release where it stands."""

    kind: NoticeKind | None = None


@dataclass(frozen=True, kw_only=True)
class ContactsText:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class CalendarText:
    """`month` is its first day, None the present one."""

    month: date | None = None
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class ShowExceptions:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class AskExceptionText(Named):
    """`merge`: to merge in a code freeze; without a release into the main line."""

    merge: bool = False


@dataclass(frozen=True, kw_only=True)
class RevokeExceptionText(Named):
    pass


@dataclass(frozen=True, kw_only=True)
class ShowLedger:
    """`month` is its first day, None the present one."""

    month: date | None = None
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class ShowFreeze:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class BeginFreezeText(Named):
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class LiftFreezeText(Named):
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowBlackouts:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddBlackoutText:
    """An `end` without a time is the end of that day, a `start` without one its beginning."""

    name: str = ""
    start: LocalWhen | None = None
    end: LocalWhen | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RemoveBlackoutText:
    """`blackout` is an id or a name as typed."""

    blackout: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowWindows:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddWindowText:
    window: WeeklyWindow | None = None


@dataclass(frozen=True, kw_only=True)
class RemoveWindowText:
    window: WeeklyWindow | None = None


@dataclass(frozen=True, kw_only=True)
class ShowRoles:
    project: str | None = None


@dataclass(frozen=True, kw_only=True)
class GiveRoleText:
    """`holder` is a user id or the id of a user group (`S…`)."""

    role: Role | None = None
    holder: str | None = None


@dataclass(frozen=True, kw_only=True)
class TakeRoleText:
    role: Role | None = None
    holder: str | None = None


@dataclass(frozen=True, kw_only=True)
class LinkAuthorText:
    """`email` in lower case."""

    email: str | None = None
    user: str | None = None


@dataclass(frozen=True, kw_only=True)
class HelpText:
    verb: Verb | None = None


@dataclass(frozen=True)
class UsageError:
    """What was typed cannot be read; the refusal says what and how it is written."""

    refusal: Refusal


SlashCommand = (
    StartText
    | StatusText
    | ListText
    | BoardText
    | MineText
    | DigestText
    | AdvanceText
    | DeployText
    | HoldText
    | ResumeText
    | CancelText
    | RetargetText
    | CaptainText
    | DryRunText
    | BranchesText
    | NotesText
    | HealthText
    | ChecklistText
    | ReadyText
    | WayBackText
    | RehearsedText
    | ShowSchema
    | BeginSchemaText
    | LinkSchemaText
    | EndSchemaText
    | CorrectText
    | ScopeText
    | LeaveOutText
    | TakeBackText
    | CompareText
    | CanIDeployText
    | WhenText
    | RollbackText
    | ShowBreaches
    | BreachText
    | WarroomText
    | IcText
    | LogText
    | StepText
    | EscalateText
    | ResolveText
    | PostmortemText
    | ActionsText
    | NoticeText
    | ContactsText
    | CalendarText
    | YearText
    | ShowExceptions
    | AskExceptionText
    | RevokeExceptionText
    | ShowLedger
    | ShowFreeze
    | BeginFreezeText
    | LiftFreezeText
    | ShowBlackouts
    | AddBlackoutText
    | RemoveBlackoutText
    | ShowWindows
    | AddWindowText
    | RemoveWindowText
    | ShowRoles
    | GiveRoleText
    | TakeRoleText
    | LinkAuthorText
    | HelpText
)
