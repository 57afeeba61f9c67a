"""Deployments: one JSON body each, with what queries need beside it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlmodel import col

from domain.deploys.model import OVER, Deployment, DeployState, Purpose
from storage.codec import adapter
from storage.db import Tx
from storage.tables import DeploymentRow

_DEPLOYMENT = adapter(Deployment)
_BODY = select(col(DeploymentRow.body))


def _load(body: object) -> Deployment:
    found: Deployment = _DEPLOYMENT.validate_json(str(body))
    return found


def add(tx: Tx, deployment: Deployment) -> None:
    """The same work a second time needs another `attempt`."""
    values = {
        "id": deployment.id,
        "project": deployment.project,
        "release": deployment.release,
        "candidate": deployment.candidate,
        "purpose": deployment.purpose.value,
        "step": deployment.step,
        "attempt": deployment.attempt,
        "asked_at": deployment.asked_at,
    }
    tx.execute(insert(DeploymentRow).values(**values, **_changing(deployment)))


def save(tx: Tx, deployment: Deployment) -> None:
    tx.execute(
        update(DeploymentRow).where(col(DeploymentRow.id) == deployment.id).values(**_changing(deployment))
    )


def _changing(deployment: Deployment) -> dict[str, str]:
    return {"state": deployment.state.value, "body": _DEPLOYMENT.dump_json(deployment).decode()}


def get(tx: Tx, id_: str) -> Deployment | None:
    """Whoever changes it has locked its release."""
    body = tx.execute(_BODY.where(col(DeploymentRow.id) == id_)).scalar()
    return _load(body) if body is not None else None


def newest(tx: Tx, release: str, candidate: int, purpose: Purpose, step: str) -> Deployment | None:
    """The last attempt at the same work."""
    query = _BODY.where(
        col(DeploymentRow.release) == release,
        col(DeploymentRow.candidate) == candidate,
        col(DeploymentRow.purpose) == purpose.value,
        col(DeploymentRow.step) == step,
    )
    body = tx.execute(query.order_by(col(DeploymentRow.attempt).desc()).limit(1)).scalar()
    return _load(body) if body is not None else None


def under_way(tx: Tx, release: str) -> tuple[Deployment, ...]:
    """What its deployers are at, oldest first."""
    over = [state.value for state in OVER]
    return _all(tx, _BODY.where(col(DeploymentRow.release) == release, ~col(DeploymentRow.state).in_(over)))


def held_back(tx: Tx, deployment: Deployment) -> bool:
    """Whether a deployment of the same kind, of whatever step or candidate, is being cancelled still.

    A way back waits for nothing.
    """
    if deployment.purpose is Purpose.ROLLBACK:
        return False
    query = _BODY.where(
        col(DeploymentRow.release) == deployment.release,
        col(DeploymentRow.purpose) == deployment.purpose.value,
        col(DeploymentRow.state) == DeployState.CANCELLED.value,
        col(DeploymentRow.id) != deployment.id,
    )
    return any(one.holds_back for one in _all(tx, query))


def of_release(tx: Tx, release: str) -> tuple[Deployment, ...]:
    """All that was ever asked for it, oldest first."""
    return _all(tx, _BODY.where(col(DeploymentRow.release) == release))


def _all(tx: Tx, query: Select[Any]) -> tuple[Deployment, ...]:
    rows = tx.execute(query.order_by(col(DeploymentRow.asked_at), col(DeploymentRow.id)))
    return tuple(_load(row[0]) for row in rows)
