"""What a rollback still needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NotInProduction:
    """A closed release can be rolled back only while it is the version in production."""

    production: str


@dataclass(frozen=True)
class RestoreBegun:
    pass


@dataclass(frozen=True)
class RestoreUnfinished:
    """Steps of the way back that are still open, by key."""

    steps: tuple[str, ...]


@dataclass(frozen=True)
class NothingRestored:
    """Every step that brings a version back was skipped, by key; `begun` where standing down is too late."""

    steps: tuple[str, ...]
    begun: bool
