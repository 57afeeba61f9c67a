"""The audit's chain, and the erasable text beside it."""

from datetime import datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import BIG, body_column


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
    body: str = Field(sa_column=body_column())


class AuditTextRow(SQLModel, table=True):
    """Personal text of an audit row, erasable: the row itself holds only a salted commitment to it."""

    __tablename__ = "audit_text"
    seq: int = Field(sa_column=Column("seq", BIG, primary_key=True, autoincrement=False))
    field: str = Field(primary_key=True)
    salt: str
    text: str = Field(sa_column=Column("text", Text, nullable=False))
