"""A line with curl, done as a terminal does it."""

from __future__ import annotations

import asyncio
import json
import shutil
from typing import Any

import pytest


async def curled(line: str) -> dict[str, Any]:
    """The JSON that is answered."""
    if shutil.which("curl") is None:
        pytest.skip("NO CURL FOUND: the lines for a terminal are not tried here")
    shell = await asyncio.create_subprocess_shell(line, stdout=asyncio.subprocess.PIPE)
    told, _ = await shell.communicate()
    found: dict[str, Any] = json.loads(told)
    return found


__all__ = ["curled"]
