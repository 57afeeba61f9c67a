"""War rooms and the deploy lock."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import BIG, body_column


class LockRow(SQLModel, table=True):
    """A deploy lock after the rollback of a release, until somebody lifts it; several can stand."""

    __tablename__ = "deploy_lock"
    project: str = Field(primary_key=True)
    release: str = Field(primary_key=True)
    reason: str
    since: datetime
    by: str


class RoomRow(SQLModel, table=True):
    """A war room. `channel` is empty until Slack made it; `owed` counts its open action items."""

    __tablename__ = "room"
    __table_args__ = (Index("ix_room_project_state", "project", "state"),)
    id: str = Field(primary_key=True)
    project: str
    release: str = ""
    channel: str = Field(default="", index=True)
    state: str
    opened_at: datetime
    revision: int
    owed: int = 0
    body: str = Field(sa_column=body_column())


class RoomEntryRow(SQLModel, table=True):
    """A line of a war room's timeline; `body` is the event."""

    __tablename__ = "room_entry"
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    room: str = Field(foreign_key="room.id", index=True)
    at: datetime
    user: str
    body: str = Field(sa_column=body_column())


class SnapshotRow(SQLModel, table=True):
    """A release as it was when its room was opened or its rollback declared."""

    __tablename__ = "room_snapshot"
    id: str = Field(primary_key=True)
    room: str = Field(foreign_key="room.id", index=True)
    at: datetime
    body: str = Field(sa_column=body_column())


class MarkedRow(SQLModel, table=True):
    """A message of the room's channel that an emoji put on the timeline; `ts` is Slack's."""

    __tablename__ = "room_marked"
    room: str = Field(foreign_key="room.id", primary_key=True)
    ts: str = Field(primary_key=True)


class BriefedRow(SQLModel, table=True):
    """Somebody who was told what the room is about, or was there from its beginning."""

    __tablename__ = "room_briefed"
    room: str = Field(foreign_key="room.id", primary_key=True)
    user: str = Field(primary_key=True)
