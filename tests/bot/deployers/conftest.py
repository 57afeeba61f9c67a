from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.db import Database
from tests.bot.deployers.yard import Yard
from tests.support.clock import HandClock
from tests.support.deployer import Service, service
from tests.support.driver import Driver
from tests.support.world import World


@pytest.fixture
async def deployer() -> AsyncIterator[Service]:
    async with service() as found:
        yield found


@pytest.fixture
async def yard(database: Database, clock: HandClock, shop: World, deployer: Service) -> AsyncIterator[Yard]:
    """The shop, whose staging and production have a deployer at the other end of a webhook."""
    async with Yard.opened(Driver(database, clock), deployer) as found:
        yield found
