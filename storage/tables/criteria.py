"""Breaches of rollback criteria, and the pages that they sent out."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import body_column


class BreachRow(SQLModel, table=True):
    """`live` is `release/rule` until the breach is over: one at a time, however many judge at once."""

    __tablename__ = "breach"
    __table_args__ = (Index("ix_breach_release_opened_at", "release", "opened_at"),)
    id: str = Field(primary_key=True)
    project: str
    release: str
    rule: str
    state: str
    opened_at: datetime
    live: str | None = Field(default=None, unique=True)
    body: str = Field(sa_column=body_column())


class PageRow(SQLModel, table=True):
    """`live` is the breach's id until the page has ended."""

    __tablename__ = "page"
    __table_args__ = (Index("ix_page_release_opened_at", "release", "opened_at"),)
    id: str = Field(primary_key=True)
    project: str
    release: str
    opened_at: datetime
    live: str | None = Field(default=None, unique=True)
    body: str = Field(sa_column=body_column())
