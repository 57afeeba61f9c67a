"""Answers to a reminder that was sent to one person; `reminder` is its key."""

from __future__ import annotations

from dataclasses import dataclass

from domain.reminders import Later


@dataclass(frozen=True, kw_only=True)
class AcknowledgeReminder:
    project: str
    reminder: str


@dataclass(frozen=True, kw_only=True)
class SnoozeReminder:
    project: str
    reminder: str
    later: Later


@dataclass(frozen=True, kw_only=True)
class ResumeReminder:
    """Take the answer back."""

    project: str
    reminder: str
