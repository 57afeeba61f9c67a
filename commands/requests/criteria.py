"""Rollback criteria: reported, confirmed, put aside; and pages answered."""

from __future__ import annotations

from dataclasses import dataclass

from domain.criteria.model import Reported


@dataclass(frozen=True, kw_only=True)
class ReportBreach:
    """A person saw what no monitor does. `seen` says what, with evidence."""

    release: str
    reported: Reported
    seen: str


@dataclass(frozen=True, kw_only=True)
class ConfirmBreach:
    breach: str


@dataclass(frozen=True, kw_only=True)
class DismissBreach:
    """Not this time: it is judged anew when it gets worse, or after it was over."""

    breach: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerPage:
    page: str
