"""Whether a reading is in its range, and how ranges and values are written: `< 1 %`, `180 ms`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.health.model import SECONDS, SHARES, Reading

if TYPE_CHECKING:
    from domain.health.rules import HealthRules

OFF = "off"
_RANGE = re.compile(r"(?P<sign><=|>=|<|>)\s*(?P<value>.+)", re.ASCII)
# A comma stands between thousands only: 0,5 is a half for many people, and five for who drops commas.
_WHOLE = r"(?:\d{1,15}|[1-9]\d{0,2}(?:,\d{3}){1,4})"
_VALUE = re.compile(rf"(?P<number>{_WHOLE}(?:\.\d{{1,9}})?|\.\d{{1,9}})\s*(?P<unit>%|ms|s)?", re.ASCII)
_FACTORS = {"%": 0.01, "ms": 0.001, "s": 1.0, "": 1.0}


class Judged(StrEnum):
    """UNKNOWN without a number; FINE also where nothing says which range is good."""

    FINE = "fine"
    OUT = "out"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Range:
    """Good values are on one side of `limit`: in the same measure as readings."""

    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        match self.sign:
            case "<":
                return value < self.limit
            case "<=":
                return value <= self.limit
            case ">":
                return value > self.limit
            case _:
                return value >= self.limit


@lru_cache(maxsize=1024)
def parse_range(metric: str, text: str) -> Range | None:
    """None for `off`. Raises ValueError."""
    if text.strip().lower() == OFF:
        return None
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return Range(found["sign"], parse_value(metric, found["value"]))


def parse_value(metric: str, text: str) -> float:
    """A value as people write it, in the measure of readings; a share has its %, a time ms or s.

    Raises ValueError: without its unit, 41 could be 41 % as well as 4,100 %.
    """
    found = _VALUE.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    unit = found["unit"] or ""
    units = {"%"} if metric in SHARES else {"ms", "s"} if metric in SECONDS else {"", "%", "ms", "s"}
    if unit not in units:
        raise ValueError(text)
    return round(float(found["number"].replace(",", "")) * _FACTORS[unit], 12)


def judge(rules: HealthRules, reading: Reading) -> Judged:
    if reading.value is None or not math.isfinite(reading.value):
        return Judged.UNKNOWN
    good = rules.range(reading.metric)
    return Judged.FINE if good is None or good.holds(reading.value) else Judged.OUT
