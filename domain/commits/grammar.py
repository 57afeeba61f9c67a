"""How the messages of one project are read: its words, its issue trackers, and what was corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from domain.commits.model import ChangeKind
from domain.commits.plain import Prefixes
from domain.commits.references import NUMBERED, Tracker, beginning, filled, link_of, pattern_of
from domain.commits.words import DEFAULT_KINDS


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """`kinds` by lower-case word; `pull_requests` is the address of one with `{number}`, empty for none.

    `corrections` are messages by full SHA, read in the place of what git has: whole, or one line without a
    line break.
    """

    kinds: Mapping[str, ChangeKind] = field(default_factory=lambda: DEFAULT_KINDS)
    trackers: tuple[Tracker, ...] = (NUMBERED,)
    pull_requests: str = ""
    corrections: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def references(self) -> re.Pattern[str]:
        return pattern_of(self.trackers)

    @cached_property
    def plain(self) -> Prefixes:
        """What plain first lines begin with, as far as any were met."""
        return Prefixes(self.kinds, self.may_refer)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple({beginning(key) for tracker in self.trackers for key in tracker.keys} | {"#"})

    @cached_property
    def numbers_only(self) -> bool:
        """Whether `#12` is the only form of a reference."""
        return self._beginnings == ("#",)

    @cached_property
    def may_refer(self) -> Callable[[str], object]:
        """A quick look that spares most texts the search."""
        if self.numbers_only:
            return lambda text: "#" in text
        return re.compile("|".join(map(re.escape, self._beginnings))).search

    @cached_property
    def reference_in_front(self) -> re.Pattern[str]:
        """`[PAY-7] …`, `PAY-7: …`, `PAY-7 - …`, `PAY-7 …`, and several of them."""
        one = self.references.pattern
        listed = rf"\[(?:{one})(?:, ?(?:{one}))*+\]|{one}"
        return re.compile(rf"(?:(?:{listed})(?:[:：]|\s+[|–—-](?=\s))?+\s*+)++(?=\S)")

    def link(self, reference: str) -> str:
        """The address of an issue as written, empty where the policy gives none."""
        return link_of(reference, self.trackers)

    def pull_request_link(self, number: int) -> str:
        if not number or not self.pull_requests:
            return ""
        return filled(self.pull_requests, str(number), str(number))


STANDARD = Grammar()
"""Without a policy: the shipped words, and `#12` without an address."""
