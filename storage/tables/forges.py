"""What forges were told of pull requests, and how asking them goes."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from storage.tables.columns import body_column


class PullRequestMarkRow(SQLModel, table=True):
    """What a pull request was marked with last. `gone_at` since when it is not open any more (wall time)."""

    __tablename__ = "pull_request_mark"
    project: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    sha: str
    base: str
    because: str
    text: str = Field(sa_column=Column("text", Text, nullable=False))
    set_at: datetime
    gone_at: datetime | None = None


class ForgeRow(SQLModel, table=True):
    """How asking a project's forge goes, and of which freezes the channel was told how many they hold."""

    __tablename__ = "forge"
    project: str = Field(primary_key=True)
    body: str = Field(sa_column=body_column())
