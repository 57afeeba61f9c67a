"""What a release's readiness to be rolled back hangs on, beside the release itself."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import body_column


class RehearsalRow(SQLModel, table=True):
    """A rollback that was tried on staging (business time)."""

    __tablename__ = "rehearsal"
    __table_args__ = (Index("ix_rehearsal_project_at", "project", "at"),)
    id: str = Field(primary_key=True)
    project: str
    release: str
    version: str
    candidate: int
    by: str
    at: datetime
    succeeded: bool
    note: str


class SchemaChangeRow(SQLModel, table=True):
    """A change of the schema over several releases; its phases are in the body."""

    __tablename__ = "schema_change"
    __table_args__ = (Index("ix_schema_change_project_state", "project", "state"),)
    id: str = Field(primary_key=True)
    project: str
    state: str
    started_at: datetime
    body: str = Field(sa_column=body_column())
