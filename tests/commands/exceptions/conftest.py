from __future__ import annotations

import pytest

from storage.db import Database
from tests.commands.exceptions.stories import Asking
from tests.support.clock import HandClock
from tests.support.world import World


@pytest.fixture
def asking(database: Database, clock: HandClock, shop: World) -> Asking:
    """The shop, driven by its commands, with the steps of exceptions."""
    return Asking(database, clock)
