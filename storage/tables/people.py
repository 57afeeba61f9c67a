"""Projects, their policies, and people as Slack tells them."""

from datetime import datetime, time

from sqlmodel import Field, SQLModel

from storage.tables.columns import body_column


class ProjectRow(SQLModel, table=True):
    """One product under release management; `channel` is the id of its home channel."""

    __tablename__ = "project"
    key: str = Field(primary_key=True)
    channel: str = Field(index=True)
    policy_hash: str
    changed_at: datetime
    planned_until: datetime | None = None  # announcements are planned up to here (business time)
    production: str | None = None  # what a person confirmed to run before the first release; "" is nothing
    production_by: str | None = None
    production_at: datetime | None = None


class PolicyRow(SQLModel, table=True):
    """Every policy that was ever in force, by the hash that decisions store."""

    __tablename__ = "policy"
    hash: str = Field(primary_key=True)
    project: str = Field(index=True)
    loaded_at: datetime
    body: str = Field(sa_column=body_column())


class PersonRow(SQLModel, table=True):
    __tablename__ = "person"
    user: str = Field(primary_key=True)
    team: str
    name: str
    email: str = Field(default="", index=True)
    locale: str = "en"
    zone: str = "UTC"
    bot: bool = False
    guest: bool = False
    stranger: bool = False
    active: bool = True


class ChannelMemberRow(SQLModel, table=True):
    __tablename__ = "channel_member"
    channel: str = Field(primary_key=True)
    user: str = Field(primary_key=True)


class GroupMemberRow(SQLModel, table=True):
    """Members of Slack user groups that hold a role, as Slack tells them."""

    __tablename__ = "group_member"
    group: str = Field(primary_key=True)
    user: str = Field(primary_key=True, index=True)


class HoldingRow(SQLModel, table=True):
    __tablename__ = "holding"
    project: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    holder: str = Field(primary_key=True)
    source: str = Field(primary_key=True)


class AuthorLinkRow(SQLModel, table=True):
    """An e-mail address of commits, matched to a person by an owner."""

    __tablename__ = "author_link"
    email: str = Field(primary_key=True)
    user: str


class HomeRow(SQLModel, table=True):
    """Who has opened App Home, so that it is published again when something changes."""

    __tablename__ = "home"
    user: str = Field(primary_key=True)
    opened_at: datetime


class DigestRow(SQLModel, table=True):
    """Whether somebody wants the digest, and at what time of their own clock; no row is the default."""

    __tablename__ = "digest"
    user: str = Field(primary_key=True)
    wanted: bool
    at: time
