"""What is to be done in Slack and in git."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errands.said import Said
from domain.errands.surfaces import InChannel, Place, Privately, Surface, ToPerson
from domain.types import Action, GitStep


@dataclass(frozen=True, kw_only=True)
class Tell:
    """Say one thing once. `by` is who caused it; `late` marks what missed its moment; `reminder` is the key
    of the reminder that says it to a person, who can answer it.
    """

    project: str
    to: Place
    said: Said
    by: str = ""
    at: datetime
    late: bool = False
    reminder: str = ""


@dataclass(frozen=True, kw_only=True)
class SendDigest:
    """Write somebody what their `day` brings, as it stands when it is sent; nothing from `until` on."""

    user: str
    day: date
    until: datetime
    late: bool = False


@dataclass(frozen=True)
class Show:
    """Post a living message, or update it when what it shows has changed. `by` had it posted, if it was a
    person.
    """

    surface: Surface
    by: str = ""


@dataclass(frozen=True)
class ShowCopies:
    """Update the living messages that people have of this subject in their DMs."""

    subject: str


@dataclass(frozen=True)
class ReadRepository:
    project: str


@dataclass(frozen=True)
class ReadHead:
    """Read the branch's head for a waiting action; the report decides. `action` None only watches."""

    project: str
    release: str
    action: Action | None = None


@dataclass(frozen=True)
class ReadScope:
    """Read again what a candidate carries, at its own commit `sha`: how it is told has changed."""

    project: str
    release: str
    candidate: int
    sha: str


@dataclass(frozen=True)
class CutBranch:
    project: str
    release: str


@dataclass(frozen=True)
class TagCandidate:
    project: str
    release: str
    candidate: int
    sha: str


@dataclass(frozen=True)
class FinishRelease:
    """Tag the approved commit and merge the branch back; `only_tag` for pipelines that a tag starts."""

    project: str
    release: str
    only_tag: bool = False


@dataclass(frozen=True)
class WriteNotes:
    """Write the changelog and the version file on the release's branch, before its next build."""

    project: str
    release: str


@dataclass(frozen=True)
class DropBranch:
    project: str
    release: str


@dataclass(frozen=True)
class DryRun:
    """Find out what a step would do on the remote, for `by`; `branch` and `commits` are what it would use."""

    project: str
    release: str
    step: GitStep
    branch: str
    commits: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class AskDeployer:
    """Send a deployment to its deployer: again and again with the same id, until it is known to be there."""

    project: str
    deployment: str


@dataclass(frozen=True)
class FollowDeployment:
    """Ask how a deployment goes; `last` when it is lost if the deployer does not know it, `late` when it
    counts as lost already.
    """

    project: str
    deployment: str
    last: bool = False
    late: bool = False


@dataclass(frozen=True)
class CancelDeployment:
    project: str
    deployment: str


@dataclass(frozen=True)
class MakeRoom:
    room: str


@dataclass(frozen=True)
class InviteToRoom:
    room: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class SetRoomTopic:
    room: str


@dataclass(frozen=True)
class PinInRoom:
    room: str
    surface: Surface


@dataclass(frozen=True)
class ArchiveRoom:
    room: str


@dataclass(frozen=True, kw_only=True)
class Brief:
    """Tell somebody where a war room stands. `handed_by` is set for who takes command."""

    room: str
    to: ToPerson | Privately
    handed_by: str | None = None


@dataclass(frozen=True)
class PostSnapshot:
    """Attach what was kept of a release to its room, as a file."""

    room: str
    snapshot: str


class Picture(StrEnum):
    """What a picture of the calendar shows: a month, or the releases of the coming weeks."""

    MONTH = "month"
    TIMELINE = "timeline"


@dataclass(frozen=True, kw_only=True)
class PostPicture:
    """Draw a picture of a project's calendar and post it. `month` is the first day of the month meant; `by`
    asked for it.
    """

    project: str
    picture: Picture
    month: date
    to: InChannel | ToPerson
    by: str


@dataclass(frozen=True, kw_only=True)
class PostBreach:
    """Draw how a metric came to breach a rule of the release, and post it in the release's thread; in a war
    room where `room` names one.
    """

    project: str
    release: str
    breach: str
    room: str = ""


@dataclass(frozen=True)
class PostPostmortem:
    """Attach the post-mortem as it is then to its room, as a file in one language."""

    room: str
    language: str


GitErrand = (
    ReadRepository
    | ReadHead
    | ReadScope
    | CutBranch
    | TagCandidate
    | FinishRelease
    | DropBranch
    | DryRun
    | WriteNotes
)
DeployErrand = AskDeployer | FollowDeployment | CancelDeployment
RoomErrand = MakeRoom | InviteToRoom | SetRoomTopic | PinInRoom | ArchiveRoom | PostSnapshot | PostPostmortem
SlackErrand = Tell | SendDigest | Brief | Show | ShowCopies | PostPicture | PostBreach | RoomErrand
Errand = GitErrand | DeployErrand | SlackErrand
