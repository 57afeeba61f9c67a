from __future__ import annotations

from collections.abc import Callable

import pytest

from storage.db import Database
from tests.commands.criteria.stories import Story
from tests.support.clock import HandClock
from tests.support.world import world


@pytest.fixture
def begin(database: Database, clock: HandClock) -> Callable[..., Story]:
    """A shop with criteria as a policy file writes them; production has a deployer where it is said."""
    webhook = {"deployer": "webhook", "webhook": {"url": "https://deploy.example/naru"}}

    def laid(*, by_deployer: bool = False, **criteria: object) -> Story:
        deploy = {"deploy": {"production": webhook}} if by_deployer else {}
        with database.transaction() as tx:
            world(tx, criteria=criteria, **deploy)
        return Story(database, clock)

    return laid
