"""Checklists as they were when they began, what people said of their items, and what pipelines report."""

from datetime import datetime

from sqlalchemy import PrimaryKeyConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import body_column


class ChecklistRow(SQLModel, table=True):
    """`owner` is the id of a release, or of a war room."""

    __tablename__ = "checklist"
    __table_args__ = (PrimaryKeyConstraint("owner", "phase", name="pk_checklist"),)
    owner: str
    phase: str
    body: str = Field(sa_column=body_column())


class ItemStateRow(SQLModel, table=True):
    """No row for an item of which nobody ever said anything."""

    __tablename__ = "item_state"
    __table_args__ = (PrimaryKeyConstraint("owner", "phase", "key", name="pk_item_state"),)
    owner: str
    phase: str
    key: str
    body: str = Field(sa_column=body_column())


class CheckResultRow(SQLModel, table=True):
    """The newest word on a commit (business time)."""

    __tablename__ = "check_result"
    __table_args__ = (PrimaryKeyConstraint("project", "sha", "check_name", name="pk_check_result"),)
    project: str
    sha: str
    check_name: str
    passed: bool
    at: datetime
    evidence: str
    link: str
    value: float | None = None
