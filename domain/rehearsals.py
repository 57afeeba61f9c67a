"""Rehearsals of a rollback on staging: who tried it, when, with which candidate, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.people import Role

WHO_RECORDS = (Role.DEVOPS, Role.RELEASE_MANAGER, Role.QA_LEAD, Role.DBA, Role.TECH_LEAD)


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """`note` is a link, or what was learnt."""

    id: str
    project: str
    release: str
    version: str
    candidate: int
    by: str
    at: datetime
    succeeded: bool
    note: str = ""
