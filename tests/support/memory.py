"""Files of tests lie in memory where there is room: nothing is synced to a disk that nobody's plug is pulled from."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# A PostgreSQL database is some three hundred files: copied in memory within 20 ms, on a disk within 400; a
# commit of SQLite's waits 10 ms for a busy disk (measured).
MEMORY, ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108 - folders of our own are made in it


def memory() -> Path | None:
    """Where there is one in which programs may run, with room for a whole run."""
    if not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None
