from __future__ import annotations

import pytest

from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import World


@pytest.fixture
def drive(database: Database, clock: HandClock, shop: World) -> Driver:
    """The shop, driven by its commands."""
    return Driver(database, clock)
