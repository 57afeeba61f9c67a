from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.support.github import GitHub, github


@pytest_asyncio.fixture
async def hub() -> AsyncIterator[GitHub]:
    async with github() as found:
        yield found
