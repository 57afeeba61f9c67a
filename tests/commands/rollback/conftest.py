"""A story in the world's project, on each database."""

from __future__ import annotations

import pytest

from storage.db import Database
from tests.commands.rollback.stories import Story
from tests.support.world import World


@pytest.fixture
def story(database: Database, shop: World) -> Story:
    return Story(database)
