"""What deployers are asked for."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import body_column


class DeploymentRow(SQLModel, table=True):
    """One piece of work of a deployer (business time); the same work is asked with another `attempt` only."""

    __tablename__ = "deployment"
    __table_args__ = (
        UniqueConstraint("release", "candidate", "purpose", "step", "attempt", name="uq_deployment_release"),
        Index("ix_deployment_release_state", "release", "state"),
    )
    id: str = Field(primary_key=True)
    project: str
    release: str
    candidate: int
    purpose: str
    step: str
    attempt: int
    state: str
    asked_at: datetime
    body: str = Field(sa_column=body_column())
