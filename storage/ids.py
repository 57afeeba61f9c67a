"""Identifiers that sort by time (UUIDv7, RFC 9562)."""

from __future__ import annotations

import os
import time


def new_id() -> str:
    """A fresh UUIDv7 as text: 48 bits of machine time in milliseconds, then random bits."""
    value = int.from_bytes(os.urandom(16), "big")
    value = (time.time_ns() // 1_000_000) << 80 | value & ((1 << 80) - 1)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
