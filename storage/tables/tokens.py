"""The tokens of projects."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class TokenRow(SQLModel, table=True):
    """Times are wall time. Of the secret there is only a digest; `scopes` are separated by spaces."""

    __tablename__ = "token"
    __table_args__ = (Index("ix_token_project_name", "project", "name"),)
    id: str = Field(primary_key=True)
    project: str
    name: str
    scopes: str
    digest: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None
