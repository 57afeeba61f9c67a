from __future__ import annotations

from collections.abc import Callable

import pytest

from storage.db import Database
from tests.commands.criteria.stories import Story
from tests.support.clock import HandClock
from tests.support.world import world


@pytest.fixture
def begin(database: Database, clock: HandClock) -> Callable[..., Story]:
    """A shop with criteria as a policy file writes them."""

    def laid(**criteria: object) -> Story:
        with database.transaction() as tx:
            world(tx, criteria=criteria)
        return Story(database, clock)

    return laid
