"""Messages that are told otherwise than git has them, by project and commit."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlmodel import col

from domain.corrections import Correction, Told
from storage.codec import Codec
from storage.db import Tx
from storage.people import upsert
from storage.tables import CorrectionRow

_TOLD: Codec[Told] = Codec(Told)


def every(tx: Tx, project: str) -> tuple[Correction, ...]:
    query = (
        select(CorrectionRow.__table__)  # type: ignore[attr-defined]  # set by SQLModel
        .where(col(CorrectionRow.project) == project)
        .order_by(col(CorrectionRow.at), col(CorrectionRow.sha))
    )
    return tuple(
        Correction(
            sha=row["sha"],
            message=row["message"],
            by=row["by"],
            at=row["at"],
            original=_TOLD.load(row["original"]),
        )
        for row in tx.execute(query).mappings()
    )


def put(tx: Tx, project: str, correction: Correction) -> None:
    """The last correction of a commit is the one that stands."""
    row = {
        "project": project,
        "sha": correction.sha,
        "message": correction.message,
        "by": correction.by,
        "at": correction.at,
        "original": _TOLD.dump(correction.original),
    }
    upsert(tx, CorrectionRow, [row], ["project", "sha"])


def remove(tx: Tx, project: str, sha: str) -> None:
    tx.execute(
        delete(CorrectionRow).where(col(CorrectionRow.project) == project, col(CorrectionRow.sha) == sha)
    )
