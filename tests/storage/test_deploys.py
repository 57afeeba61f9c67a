from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from domain.deploys.model import DeployerKind, Deployment, DeployState, DeployWhy, Purpose
from domain.types import Environment
from storage import deploys
from storage.db import Database

AT = datetime(2026, 3, 2, 5, tzinfo=UTC)


def deployment(id_: str, **facts: Any) -> Deployment:
    known: dict[str, Any] = {
        "project": "shop",
        "release": "r1",
        "candidate": 1,
        "sha": "a" * 40,
        "environment": Environment.STAGING,
        "purpose": Purpose.STAGING,
        "step": "",
        "target": "v1.5.0-rc.1",
        "deployer": DeployerKind.WEBHOOK,
        "asked_at": AT,
        "asked_by": "",
    }
    return Deployment(id=id_, **(known | facts))


def test_a_deployment_comes_back_as_it_was_kept(database: Database) -> None:
    kept = deployment("d1")
    failed = replace(
        kept,
        state=DeployState.FAILED,
        why=DeployWhy.SAID,
        detail="아니오",
        ended_at=AT,
        late=DeployState.RUNNING,
    )
    with database.transaction() as tx:
        deploys.add(tx, kept)
        assert deploys.get(tx, "d1") == kept
        deploys.save(tx, failed)

    assert database.read_now(deploys.get, "d1") == failed
    assert database.read_now(deploys.get, "d2") is None


def test_the_same_work_is_kept_once_for_each_attempt(database: Database) -> None:
    again = deployment("d2", attempt=2, asked_at=AT + timedelta(hours=1))
    with database.transaction() as tx:
        deploys.add(tx, deployment("d1"))
        deploys.add(tx, again)
    with pytest.raises(IntegrityError), database.transaction() as tx:
        deploys.add(tx, deployment("d3", attempt=2))

    assert database.read_now(deploys.newest, "r1", 1, Purpose.STAGING, "") == again
    assert database.read_now(deploys.newest, "r1", 2, Purpose.STAGING, "") is None


def test_what_is_under_way_is_found_by_its_release(database: Database) -> None:
    first, other = deployment("d1"), deployment("d9", release="r2")
    over = deployment("d2", step="x", state=DeployState.SUCCEEDED, asked_at=AT + timedelta(hours=1))
    runs = deployment("d3", step="y", state=DeployState.RUNNING, asked_at=AT + timedelta(hours=2))
    with database.transaction() as tx:
        for one in (runs, over, first, other):
            deploys.add(tx, one)

    assert database.read_now(deploys.under_way, "r1") == (first, runs)
    assert database.read_now(deploys.of_release, "r1") == (first, over, runs)
