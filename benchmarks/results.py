"""One line of the benchmarks' table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`ratio` says against what; `target` is what the product promises, `met` whether it was kept here."""

    name: str
    figures: str
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        kept = "" if self.met is None else "met" if self.met else "MISSED"
        return f"{self.name:<30}{self.figures:<44}{self.ratio:<22}{self.target:<22}{kept}".rstrip()
