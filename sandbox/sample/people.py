"""The authors of the sample's commits: people of the demo's seed, by the same e-mails."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.fast_import import Author
from sandbox.seed import DEMO_SEED

_NAMES = {"junho": "이준호", "minjae": "최민재"}
_BY_HANDLE = {u.name: u for u in DEMO_SEED.users}


def author(handle: str) -> Author:
    user = _BY_HANDLE[handle]
    return Author(_NAMES.get(handle, user.real_name), user.email)


EMMA, JUNHO, MINJAE = author("emma"), author("junho"), author("minjae")
PRIYA, DANIEL = author("priya"), author("daniel")
SEOUL = ZoneInfo("Asia/Seoul")


def kst(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in Seoul."""
    return datetime(2026, month, day, hour, minute, tzinfo=SEOUL)
