"""The rows, without behaviour. Aggregates keep what queries need in columns and the rest in `body` (JSON)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

BIG = BigInteger().with_variant(Integer, "sqlite")


def _body() -> "Column[str]":
    return Column("body", Text, nullable=False)


class ProjectRow(SQLModel, table=True):
    """One product under release management; `channel` is the id of its home channel."""

    __tablename__ = "project"
    key: str = Field(primary_key=True)
    channel: str = Field(index=True)
    policy_hash: str
    changed_at: datetime
    planned_until: datetime | None = None  # announcements are planned up to here (business time)
    production: str | None = None  # what a person confirmed to run before the first release; "" is nothing
    production_by: str | None = None
    production_at: datetime | None = None


class PolicyRow(SQLModel, table=True):
    """Every policy that was ever in force, by the hash that decisions store."""

    __tablename__ = "policy"
    hash: str = Field(primary_key=True)
    project: str = Field(index=True)
    loaded_at: datetime
    body: str = Field(sa_column=_body())


class PersonRow(SQLModel, table=True):
    __tablename__ = "person"
    user: str = Field(primary_key=True)
    team: str
    name: str
    email: str = Field(default="", index=True)
    locale: str = "en"
    zone: str = "UTC"
    bot: bool = False
    guest: bool = False
    stranger: bool = False
    active: bool = True


class ChannelMemberRow(SQLModel, table=True):
    __tablename__ = "channel_member"
    channel: str = Field(primary_key=True)
    user: str = Field(primary_key=True)


class GroupMemberRow(SQLModel, table=True):
    """Members of Slack user groups that hold a role, as Slack tells them."""

    __tablename__ = "group_member"
    group: str = Field(primary_key=True)
    user: str = Field(primary_key=True, index=True)


class HoldingRow(SQLModel, table=True):
    __tablename__ = "holding"
    project: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    holder: str = Field(primary_key=True)
    source: str = Field(primary_key=True)


class AuthorLinkRow(SQLModel, table=True):
    """An e-mail address of commits, matched to a person by an owner."""

    __tablename__ = "author_link"
    email: str = Field(primary_key=True)
    user: str


class RepositoryRow(SQLModel, table=True):
    """What the git worker last read of a project's remote."""

    __tablename__ = "repository"
    project: str = Field(primary_key=True)
    read_at: datetime
    body: str = Field(sa_column=_body())


class WatchedBranchRow(SQLModel, table=True):
    """Where a branch that freezes cover was when it was last looked at (business time)."""

    __tablename__ = "watched_branch"
    project: str = Field(primary_key=True)
    branch: str = Field(primary_key=True)
    head: str
    seen_at: datetime


class FrozenCommitRow(SQLModel, table=True):
    """A commit that came onto a branch during a code freeze and is no fix: told once, wherever it goes."""

    __tablename__ = "frozen_commit"
    project: str = Field(primary_key=True)
    sha: str = Field(primary_key=True)
    branch: str
    seen_at: datetime


class ReleaseRow(SQLModel, table=True):
    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("project", "version"),
        Index("ix_release_project_stage", "project", "stage"),
    )
    id: str = Field(primary_key=True)
    project: str
    version: str
    type: str
    stage: str
    created_at: datetime
    stage_since: datetime
    deploy_at: datetime | None = None
    revision: int
    body: str = Field(sa_column=_body())


class ScopeRow(SQLModel, table=True):
    """The changes that one candidate carries; candidate 0 is what was proposed at the start."""

    __tablename__ = "scope"
    release: str = Field(primary_key=True, foreign_key="release.id")
    candidate: int = Field(primary_key=True)
    body: str = Field(sa_column=_body())


class StageTimeRow(SQLModel, table=True):
    """One stay in one stage, for metrics: entered and left in business time."""

    __tablename__ = "stage_time"
    __table_args__ = (Index("ix_stage_time_open", "release", sqlite_where=text("left_at IS NULL")),)
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    release: str = Field(foreign_key="release.id")
    stage: str
    entered_at: datetime
    left_at: datetime | None = None
    by: str = ""


class DecisionRow(SQLModel, table=True):
    """Every decision ever made; at most one live one per release, candidate and person."""

    __tablename__ = "decision"
    __table_args__ = (
        Index(
            "uq_decision_live",
            "release",
            "candidate",
            "user",
            unique=True,
            sqlite_where=text("live = 1"),
            postgresql_where=text("live"),
        ),
    )
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    release: str = Field(foreign_key="release.id")
    candidate: int
    user: str
    outcome: str
    sha: str
    at: datetime
    comment: str = ""
    policy: str = ""
    live: bool = True


class BlackoutRow(SQLModel, table=True):
    """A blackout or maintenance; the first of a yearly one. `types`, `environments`: joined by commas."""

    __tablename__ = "blackout"
    __table_args__ = (Index("ix_blackout_project_ends_at", "project", "ends_at"),)
    id: str = Field(primary_key=True)
    project: str
    name: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    added_by: str
    added_at: datetime
    removed_at: datetime | None = None
    kind: str = "blackout"
    yearly: bool = False
    zone: str = "UTC"
    types: str = ""
    environments: str = "production"
    revision: int = 0


class ChangeRow(SQLModel, table=True):
    """One occurrence of what recurs that was moved or cancelled in Slack; `day` is its day by the rule."""

    __tablename__ = "calendar_change"
    project: str = Field(primary_key=True)
    of: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    body: str = Field(sa_column=_body())
    by: str
    at: datetime


class WindowsRow(SQLModel, table=True):
    """Windows that the release manager set in Slack; they take the place of the policy's."""

    __tablename__ = "windows"
    project: str = Field(primary_key=True)
    body: str = Field(sa_column=_body())


class ExceptionRow(SQLModel, table=True):
    """A freeze exception; `release` is null for merges in the freeze of a slot that no release took."""

    __tablename__ = "freeze_exception"
    __table_args__ = (Index("ix_freeze_exception_project_release", "project", "release"),)
    id: str = Field(primary_key=True)
    project: str
    release: str | None = Field(default=None, foreign_key="release.id")
    state: str
    asked_at: datetime
    body: str = Field(sa_column=_body())


class LockRow(SQLModel, table=True):
    """A deploy lock after a rollback, until somebody lifts it."""

    __tablename__ = "deploy_lock"
    project: str = Field(primary_key=True)
    release: str
    reason: str
    since: datetime
    by: str


class RoomRow(SQLModel, table=True):
    """A war room. `channel` is empty until Slack made it."""

    __tablename__ = "room"
    __table_args__ = (Index("ix_room_project_state", "project", "state"),)
    id: str = Field(primary_key=True)
    project: str
    release: str = ""
    channel: str = Field(default="", index=True)
    state: str
    opened_at: datetime
    revision: int
    body: str = Field(sa_column=_body())


class RoomEntryRow(SQLModel, table=True):
    """A line of a war room's timeline; `body` is the event."""

    __tablename__ = "room_entry"
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    room: str = Field(foreign_key="room.id", index=True)
    at: datetime
    user: str
    body: str = Field(sa_column=_body())


class SurfaceRow(SQLModel, table=True):
    """A living message, rendered from the state of its subject. `shown` is the hash of what it says."""

    __tablename__ = "surface"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "audience"),
        Index("ix_surface_subject", "subject"),
        Index("ix_surface_channel_ts", "channel", "ts"),
    )
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    kind: str
    subject: str
    audience: str
    channel: str = ""
    ts: str = ""
    shown: str = ""


class OutboxRow(SQLModel, table=True):
    """Something to do outside, committed with its cause. Rows of one lane are delivered in order.

    Times are wall time: leases and retries never move with the business clock.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("dedupe"),
        Index(
            "ix_outbox_waiting",
            "lane",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    lane: str
    dedupe: str
    due_at: datetime
    added_at: datetime
    attempts: int = 0
    leased_until: datetime | None = None
    sent_at: datetime | None = None
    done_at: datetime | None = None
    outcome: str = ""
    body: str = Field(sa_column=_body())


class InboxRow(SQLModel, table=True):
    """Request keys already served, with the first answer (kept 24 h)."""

    __tablename__ = "inbox"
    key: str = Field(primary_key=True)
    at: datetime = Field(index=True)
    answer: str = Field(sa_column=Column("answer", Text, nullable=False))


class ReminderRow(SQLModel, table=True):
    """A moment at which something is to be said or asked; `due` and `expires` are business time.

    `state`: waiting, done, skipped. Replaced ones are deleted: nothing stale goes out.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'skipped')", name="state"),
        Index("ix_reminder_state_due", "state", "due"),
        Index("ix_reminder_subject", "subject"),
    )
    key: str = Field(primary_key=True)
    project: str
    subject: str
    kind: str
    due: datetime
    expires: datetime
    state: str = "waiting"
    body: str = Field(sa_column=_body())


class AuditRow(SQLModel, table=True):
    """One link of the chain. Append-only: triggers refuse UPDATE and DELETE."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("previous"),)
    seq: int = Field(sa_column=Column(BIG, primary_key=True, autoincrement=False))
    id: str
    at: datetime
    project: str
    release: str = Field(default="", index=True)
    action: str
    outcome: str
    actor: str
    previous: str
    hash: str
    body: str = Field(sa_column=_body())


class AuditTextRow(SQLModel, table=True):
    """Personal text of an audit row, erasable: the row itself holds only a salted commitment to it."""

    __tablename__ = "audit_text"
    seq: int = Field(sa_column=Column("seq", BIG, primary_key=True, autoincrement=False))
    field: str = Field(primary_key=True)
    salt: str
    text: str = Field(sa_column=Column("text", Text, nullable=False))


class HomeRow(SQLModel, table=True):
    """Who has opened App Home, so that it is published again when something changes."""

    __tablename__ = "home"
    user: str = Field(primary_key=True)
    opened_at: datetime


class PublishedRow(SQLModel, table=True):
    """What readers of a project's feeds were given last of each item of its calendar."""

    __tablename__ = "published"
    project: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    content: str
    sequence: int
    revised_at: datetime


class FeedRow(SQLModel, table=True):
    """How a feed of a project was read last. `settings` and `content` are digests of how and what was read.

    `seen_until` is business time: up to here what recurs is known; the other times are wall time. `faults`
    are those of the last try, `told` those of which the release managers know.
    """

    __tablename__ = "feed"
    project: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    by_hand: bool
    settings: str
    tried_at: datetime
    read_at: datetime | None = None
    seen_until: datetime | None = None
    content: str
    etag: str
    modified: str
    failures: int
    faults: str = Field(sa_column=Column("faults", Text, nullable=False))
    told: str = Field(sa_column=Column("told", Text, nullable=False))


class ImportedRow(SQLModel, table=True):
    """One time of an event that was read from a feed; `occurrence` is the RECURRENCE-ID."""

    __tablename__ = "imported"
    __table_args__ = (
        UniqueConstraint("project", "feed", "uid", "occurrence"),
        Index("ix_imported_project_ends_at", "project", "ends_at"),
    )
    id: str = Field(primary_key=True)
    project: str
    feed: str
    uid: str
    occurrence: str
    name: str
    starts_at: datetime
    ends_at: datetime
    kind: str
    types: str
    environments: str
    added_at: datetime
    revision: int
    removed_at: datetime | None = None
