"""What a release carries, in numbers and as one line per change."""

from __future__ import annotations

from domain.commits import ChangeCounts, ChangeKind
from domain.scope import Line
from messages.parts import code, link, quote
from messages.texts import Reader

SHORT = 250


def counts(reader: Reader, of: ChangeCounts) -> str:
    """`7 changes: 3 features, 2 fixes`; kinds that do not occur are left out."""
    t = reader.t
    parts = [
        (of.features, t("features {n}", n=of.features)),
        (of.improvements, t("improvements {n}", n=of.improvements)),
        (of.fixes, t("fixes {n}", n=of.fixes)),
        (of.security, t("security {n}", n=of.security)),
        (of.deprecated, t("deprecated {n}", n=of.deprecated)),
        (of.other, t("other {n}", n=of.other)),
        (of.breaking, t("breaking {n}", n=of.breaking)),
    ]
    shown = ", ".join(text for n, text in parts if n)
    return t("{n} in all", n=of.total) + (f": {shown}" if shown else "")


def change_line(_reader: Reader, line: Line, pull_requests: str = "") -> str:
    """`cart: keep coupons (#812) 1a2b3c4`; `pull_requests` is the address beneath which each of them is."""
    scope = f"*{quote(line.scope, 60)}:* " if line.scope else ""
    number = f"#{line.pull_request}"
    named = link(f"{pull_requests}{line.pull_request}", number) if pull_requests else number
    request = f" ({named})" if line.pull_request else ""
    return f"{scope}{quote(line.text, SHORT)}{request} {code(line.sha[:7])}"


GROUPS = (
    ChangeKind.FEATURE,
    ChangeKind.IMPROVEMENT,
    ChangeKind.FIX,
    ChangeKind.SECURITY,
    ChangeKind.DEPRECATED,
    ChangeKind.OTHER,
)
