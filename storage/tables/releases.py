"""Releases, and what was read of their repositories."""

from datetime import datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import BIG, body_column


class RepositoryRow(SQLModel, table=True):
    """What the git worker last read of a project's remote."""

    __tablename__ = "repository"
    project: str = Field(primary_key=True)
    read_at: datetime
    body: str = Field(sa_column=body_column())


class WatchedBranchRow(SQLModel, table=True):
    """Where a branch that freezes cover was when it was last looked at (business time)."""

    __tablename__ = "watched_branch"
    project: str = Field(primary_key=True)
    branch: str = Field(primary_key=True)
    head: str
    seen_at: datetime


class ToldBranchRow(SQLModel, table=True):
    """A branch that was told to be stale; under an empty name, that there are many."""

    __tablename__ = "told_branch"
    project: str = Field(primary_key=True)
    branch: str = Field(primary_key=True)
    told_at: datetime


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
    body: str = Field(sa_column=body_column())


class ScopeRow(SQLModel, table=True):
    """The changes that one candidate carries; candidate 0 is what was proposed at the start."""

    __tablename__ = "scope"
    release: str = Field(primary_key=True, foreign_key="release.id")
    candidate: int = Field(primary_key=True)
    body: str = Field(sa_column=body_column())


class ScopePageRow(SQLModel, table=True):
    """Some of a scope's changes in the order of their SHAs, with their whole messages, as JSON.

    Of every scope all changes are here, however many: one is found by where its SHA lies between `first` and
    `last`. Under an empty release is what would be released next.
    """

    __tablename__ = "scope_page"
    project: str = Field(primary_key=True)
    release: str = Field(primary_key=True)
    candidate: int = Field(primary_key=True)
    first: str = Field(primary_key=True)
    last: str
    body: str = Field(sa_column=body_column())


class NoteEditRow(SQLModel, table=True):
    """A text for a section of a release's notes; the newest of a section and language stands, all are kept.

    `text` is empty and `drafted` true where the draft was taken again; `seen` are the short names of what the
    section listed then, by spaces.
    """

    __tablename__ = "note_edit"
    __table_args__ = (Index("ix_note_edit_release", "release", "section", "language"),)
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    release: str = Field(foreign_key="release.id")
    section: str
    language: str
    text: str = Field(sa_column=Column("text", Text, nullable=False))
    drafted: bool
    by: str
    at: datetime
    candidate: int
    seen: str = Field(sa_column=Column("seen", Text, nullable=False))


class CorrectionRow(SQLModel, table=True):
    """A commit that is told otherwise than git has it; `original` is how it was told before, as JSON."""

    __tablename__ = "correction"
    project: str = Field(primary_key=True)
    sha: str = Field(primary_key=True)
    message: str
    by: str
    at: datetime
    original: str = Field(sa_type=Text)


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
