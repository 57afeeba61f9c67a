"""Requests about deployers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AskDeployerAgain:
    """Once more for the staging deploy of this candidate."""

    release: str
    candidate: int
