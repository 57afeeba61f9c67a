from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox

SHOP = "C0RELSHOP1"


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    box = await Sandbox.start()
    yield box
    await box.stop()


@pytest.fixture
def client(box: Sandbox) -> AsyncWebClient:
    """As Naru calls: no retries of its own."""
    return AsyncWebClient(token=box.bot_token, base_url=box.api_url, retry_handlers=[])
