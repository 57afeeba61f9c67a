"""What a release carries, in numbers and as one line per change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.commits import ChangeCounts, ChangeKind
from domain.release import LeftOut
from domain.scope import Line, Scope, without
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


def carried(reader: Reader, scope: Scope, left_out: Sequence[LeftOut]) -> str:
    """The numbers of what is announced, and how much is hidden behind flags."""
    hidden = {one.sha for one in left_out}
    told = counts(reader, without(scope, hidden).counts)
    n = sum(line.sha in hidden for line in scope.lines)
    return f"{told} · " + reader.t("left out behind flags {n}", n=n) if n else told


def change_line(line: Line, commit_at: Callable[[str], str] | None = None, *, flag: str = "") -> str:
    """`cart: keep coupons (#812) 1a2b3c4`, struck out when a flag hides it.

    `commit_at` gives the address of a commit, empty where there is none; without it nothing is linked.
    """
    scope = f"*{quote(line.scope, 60)}:* " if line.scope else ""
    request = f" (#{line.pull_request})" if line.pull_request else ""
    text = f"{quote(line.text, SHORT)}{request}"
    shown = f"{scope}~{text.replace('~', '∼')}~ 🚩 {code(flag)}" if flag else f"{scope}{text}"
    short, address = line.sha[:7], commit_at(line.sha) if commit_at else ""
    return f"{shown} {link(address, short) if address else code(short)}"


GROUPS = (
    ChangeKind.FEATURE,
    ChangeKind.IMPROVEMENT,
    ChangeKind.FIX,
    ChangeKind.SECURITY,
    ChangeKind.DEPRECATED,
    ChangeKind.OTHER,
)
