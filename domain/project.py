"""A project as the rest of the program works with it: its policy in force and its home channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.policy import Policy
from domain.versions import Version


@dataclass(frozen=True)
class Project:
    """`channel` is the resolved id of the home channel; `policy_hash` what decisions store."""

    key: str
    channel: str
    policy: Policy
    policy_hash: str


@dataclass(frozen=True)
class ConfirmedProduction:
    """What a person said, once, to run in production before Naru's first release; None: nothing yet."""

    version: Version | None
    by: str
    at: datetime
