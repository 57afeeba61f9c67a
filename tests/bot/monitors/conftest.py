from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.monitors.stand import Stand, standing


@pytest.fixture
async def stand() -> AsyncIterator[Stand]:
    async with standing() as found:
        yield found
