"""What readings prove of a release, for the items of its checklists."""

from __future__ import annotations

from collections.abc import Mapping

from commands.health.look import health_of
from domain.health import evidence as proofs
from domain.health.evidence import HealthEvidence
from domain.project import Project
from domain.release import Release
from storage.db import Tx


def evidence(tx: Tx, project: Project, release: Release) -> Mapping[str, HealthEvidence]:
    """By what they prove."""
    return proofs.evidence(health_of(tx, project, release, tx.now()))
