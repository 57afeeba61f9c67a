from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.db import Database
from tests.bot.deployers.yard import Yard
from tests.support.clock import HandClock
from tests.support.deployer import Service, service
from tests.support.driver import Driver
from tests.support.github import GitHub, github
from tests.support.world import World


@pytest.fixture
async def deployer() -> AsyncIterator[Service]:
    async with service() as found:
        yield found


@pytest.fixture
async def hub() -> AsyncIterator[GitHub]:
    async with github() as found:
        yield found


@pytest.fixture
def bare(database: Database, clock: HandClock, shop: World) -> Driver:
    return Driver(database, clock)


@pytest.fixture
async def yard(bare: Driver, deployer: Service) -> AsyncIterator[Yard]:
    """The shop, whose staging and production have a deployer at the other end of a webhook."""
    async with Yard.opened(bare, deployer) as found:
        yield found
