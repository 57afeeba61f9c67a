"""Projects and every policy that was ever in force, by its hash."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy import bindparam, select, update
from sqlmodel import col

from domain.policy import Policy
from domain.project import ConfirmedProduction, Project
from domain.versions import Version
from storage.db import Prepared, Tx
from storage.people import upsert
from storage.tables import PolicyRow, ProjectRow

KNOWN = 1024


def policy_hash(policy: Policy) -> str:
    """SHA-256 of the policy in canonical JSON: the same rules have the same hash, however written."""
    return hashlib.sha256(rfc8785.dumps(policy.model_dump(mode="json"))).hexdigest()


_ALL = select(col(ProjectRow.key), col(ProjectRow.channel), col(ProjectRow.policy_hash))
_EVERY = Prepared(_ALL.order_by(col(ProjectRow.key)))
_BY_KEY = Prepared(_ALL.where(col(ProjectRow.key) == bindparam("project")))
_BY_CHANNEL = Prepared(
    _ALL.where(col(ProjectRow.channel) == bindparam("channel")).order_by(col(ProjectRow.key))
)
_BODY = Prepared(select(col(PolicyRow.body)).where(col(PolicyRow.hash) == bindparam("hashed")))
# Policies by their hash: what a hash stands for never changes, so a body is read and parsed once.
_known: dict[str, Policy] = {}


def get(tx: Tx, key: str) -> Project | None:
    row = _BY_KEY.first(tx, project=key)
    return _project(tx, row) if row else None


def lock(tx: Tx, key: str) -> None:
    """For what must not happen twice in a project at once; on SQLite the writer is alone anyway."""
    if tx.dialect == "postgresql":
        tx.execute(select(col(ProjectRow.key)).where(col(ProjectRow.key) == key).with_for_update())


def every(tx: Tx) -> list[Project]:
    return [_project(tx, row) for row in _EVERY.all(tx)]


def of_channel(tx: Tx, channel: str) -> list[Project]:
    """The projects whose home this channel is (usually one)."""
    return [_project(tx, row) for row in _BY_CHANNEL.all(tx, channel=channel)]


def _project(tx: Tx, row: tuple[Any, ...]) -> Project:
    key, channel, hashed = row
    return Project(key, channel, _policy(tx, hashed), hashed)


def _policy(tx: Tx, hashed: str) -> Policy:
    found = _known.get(hashed)
    if found is None:
        row = _BODY.first(tx, hashed=hashed)
        if row is None:
            raise LookupError(f"no policy {hashed}")
        if len(_known) >= KNOWN:
            _known.clear()
        found = _known[hashed] = Policy.model_validate_json(row[0])
    return found


def put(tx: Tx, policy: Policy, channel: str) -> Project:
    """Make this the policy in force; the version table keeps every earlier one."""
    hashed = policy_hash(policy)
    body = policy.model_dump_json(by_alias=True)
    at = tx.wall()
    upsert(
        tx, PolicyRow, [{"hash": hashed, "project": policy.project, "loaded_at": at, "body": body}], ["hash"]
    )
    row = {"key": policy.project, "channel": channel, "policy_hash": hashed, "changed_at": at}
    upsert(tx, ProjectRow, [row], ["key"])
    return Project(policy.project, channel, policy, hashed)


def production(tx: Tx, key: str) -> ConfirmedProduction | None:
    """What a person confirmed to run in production, None while nobody has."""
    query = select(
        col(ProjectRow.production), col(ProjectRow.production_by), col(ProjectRow.production_at)
    ).where(col(ProjectRow.key) == key, col(ProjectRow.production).is_not(None))
    row = tx.execute(query).first()
    if row is None:
        return None
    version, by, at = row
    return ConfirmedProduction(Version.parse(version) if version else None, by, at)


def confirm_production(tx: Tx, key: str, confirmed: ConfirmedProduction) -> None:
    values = {
        "production": str(confirmed.version or ""),
        "production_by": confirmed.by,
        "production_at": confirmed.at,
    }
    tx.execute(update(ProjectRow).where(col(ProjectRow.key) == key).values(**values))


def planned_until(tx: Tx, key: str) -> datetime | None:
    """Up to when the calendar's announcements are planned (business time)."""
    return tx.execute(select(col(ProjectRow.planned_until)).where(col(ProjectRow.key) == key)).scalar()


def set_planned_until(tx: Tx, key: str, until: datetime) -> None:
    tx.execute(update(ProjectRow).where(col(ProjectRow.key) == key).values(planned_until=until))


def any_plan_short(tx: Tx, until: datetime) -> bool:
    """Whether some project's announcements are not planned up to `until`."""
    short = col(ProjectRow.planned_until).is_(None) | (col(ProjectRow.planned_until) < until)
    return tx.execute(select(col(ProjectRow.key)).where(short).limit(1)).first() is not None
