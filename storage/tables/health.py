"""What was measured, what is known of each metric now, and which rounds of questions were asked."""

from datetime import datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import BIG, body_column


class ReadingRow(SQLModel, table=True):
    """One reading (business time). `slot` names the round that it was taken in: it is taken once."""

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("project", "environment", "metric", "release", "slot", name="uq_reading_slot"),
        Index("ix_reading_project_at", "project", "environment", "at"),
        Index("ix_reading_release_baseline", "release", "baseline"),
        Index("ix_reading_at", "at"),
    )
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    project: str
    environment: str
    metric: str
    release: str
    slot: str
    at: datetime
    source: str
    value: float | None
    why: str
    detail: str
    samples: int | None = Field(sa_column=Column(BIG, nullable=True))
    by: str
    step: str
    baseline: bool


class MetricRow(SQLModel, table=True):
    """The newest reading of a metric, in the body, and what people were told of it last."""

    __tablename__ = "health_metric"
    project: str = Field(primary_key=True)
    environment: str = Field(primary_key=True)
    metric: str = Field(primary_key=True)
    release: str = Field(primary_key=True)
    at: datetime = Field(index=True)
    out: bool
    unreadable: bool
    body: str = Field(sa_column=body_column())


class RoundRow(SQLModel, table=True):
    """The newest round of questions that somebody took on (business time); a baseline's in the body,
    `partial` while some of it is still to be asked for.
    """

    __tablename__ = "health_round"
    project: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    slot: datetime = Field(index=True)
    body: str = Field(sa_column=Column("body", Text, nullable=False))
    partial: bool = False
