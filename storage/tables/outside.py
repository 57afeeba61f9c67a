"""What is to be done outside and when, and what was asked from there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import BIG, body_column


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
    body: str = Field(sa_column=body_column())


class PaceRow(SQLModel, table=True):
    """Whose turn it is in a channel of Slack, or among the workspace's updates; `used_at` is wall time."""

    __tablename__ = "pace"
    key: str = Field(primary_key=True)
    used_at: datetime
    body: str = Field(sa_column=body_column())


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
    body: str = Field(sa_column=body_column())


class AnswerRow(SQLModel, table=True):
    """What a person answered last to the reminders of one matter; without `until` that they have seen it."""

    __tablename__ = "reminder_answer"
    project: str = Field(primary_key=True)
    matter: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    answered_at: datetime
    until: datetime | None = None
