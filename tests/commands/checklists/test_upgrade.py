"""Releases from before: two confirmations that stood for whole lists mean nothing any more."""

from __future__ import annotations

from dataclasses import replace

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text

from domain.release import ConfirmItem
from domain.types import ReleaseType
from storage import schema
from storage.db import Database
from tests.support.driver import Driver
from tests.support.world import OPS


def test_confirmations_of_whole_lists_are_taken_out_of_releases(drive: Driver, database: Database) -> None:
    release = drive.to_approved(ReleaseType.HOTFIX)
    drive.confirm(release, ConfirmItem.DEPLOYER_STANDING_BY, OPS)
    after = drive.release(release)
    with drive.tx() as tx:
        row = tx.execute(text("SELECT body FROM release")).scalar_one()
        old = str(row).replace('"deployer_standing_by"', '"pre_release_items"')
        assert old != row
        tx.execute(text("UPDATE release SET body = :old").bindparams(old=old))
    migration = next(
        one.module for one in schema._scripts().walk_revisions() if "checklists" in one.module.__file__
    )
    with (
        database.engine.begin() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        migration._without_confirmed_lists()
    assert drive.release(release) == replace(after, confirmations=())
