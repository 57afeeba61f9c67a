"""What was added to the calendar by hand; exceptions, feeds in and out."""

from datetime import date, datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import body_column


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
    body: str = Field(sa_column=body_column())
    by: str
    at: datetime


class WindowsRow(SQLModel, table=True):
    """Windows that the release manager set in Slack; they take the place of the policy's."""

    __tablename__ = "windows"
    project: str = Field(primary_key=True)
    body: str = Field(sa_column=body_column())


class YearAnswerRow(SQLModel, table=True):
    """What was answered to one thing that a coming year asks; `blackout` is the id of the one it became."""

    __tablename__ = "year_answer"
    project: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    choice: str
    by: str
    at: datetime
    blackout: str = ""


class ExceptionRow(SQLModel, table=True):
    """A freeze exception; `release` is null for merges in the freeze of a slot that no release took."""

    __tablename__ = "freeze_exception"
    __table_args__ = (Index("ix_freeze_exception_project_release", "project", "release"),)
    id: str = Field(primary_key=True)
    project: str
    release: str | None = Field(default=None, foreign_key="release.id")
    state: str
    asked_at: datetime
    body: str = Field(sa_column=body_column())


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
