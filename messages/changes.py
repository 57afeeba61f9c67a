"""What a release carries, in numbers and as one line per change."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commits import ChangeCounts, ChangeKind
from domain.corrections import Told
from domain.links import NO_LINKS, Links
from domain.release import LeftOut
from domain.scope import Line, Scope, left_out, without
from messages import names
from messages.parts import code, link, quote
from messages.texts import Reader

SHORT = 250
ISSUES = 5


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


def carried(reader: Reader, scope: Scope, behind_flags: Sequence[LeftOut]) -> str:
    """The numbers of what is announced, and how much is hidden behind flags."""
    hidden = {one.sha for one in behind_flags}
    return beside(reader, without(scope, hidden).counts, left_out(scope, hidden))


def beside(reader: Reader, of: ChangeCounts, n: int) -> str:
    """The numbers, and beside them how many more changes are left out."""
    told = counts(reader, of)
    return f"{told} · " + reader.t("left out behind flags {n}", n=n) if n else told


def change_line(line: Line, links: Links = NO_LINKS, *, flag: str = "") -> str:
    """`cart: keep coupons (#812) · PAY-7 1a2b3c4`, struck out when a flag hides it.

    An issue that the text names already is repeated only as a link.
    """
    scope = f"*{quote(line.scope, 60)}:* " if line.scope else ""
    text = f"{quote(line.text, SHORT)}{_request(line, links)}"
    shown = f"{scope}~{text.replace('~', '∼')}~ 🚩 {code(flag)}" if flag else f"{scope}{text}"
    found = ((issue, links.of_issue(issue)) for issue in line.issues)
    issues = [_linked(issue, url) for issue, url in found if url or issue not in line.text]
    named = f" · {', '.join(issues[:ISSUES])}" if issues else ""
    short, address = line.sha[:7], links.of_commit(line.sha)
    return f"{shown}{named} {link(address, short) if address else code(short)}"


def _request(line: Line, links: Links) -> str:
    if not line.pull_request:
        return ""
    return f" ({_linked(f'#{line.pull_request}', links.of_pull_request(line.pull_request))})"


def _linked(name: str, url: str) -> str:
    return link(url, quote(name, SHORT)) if url else quote(name, SHORT)


def told(reader: Reader, of: Told) -> str:
    """`Feature, breaking · cart: keep coupons · #12 – “coupons end”`."""
    scope = f"*{quote(of.scope, 60)}:* " if of.scope else ""
    t, kind = reader.t, names.change_kind(reader, of.kind)
    if of.breaking:
        kind = t("{kind}, breaking", kind=kind)
    named = ", ".join(quote(issue, SHORT) for issue in of.issues[:ISSUES] if issue not in of.text)
    note = f" – “{quote(' '.join(of.note.split()), SHORT)}”" if of.breaking and of.note else ""
    return f"_{kind}_ · {scope}{quote(of.text, SHORT)}{f' · {named}' if named else ''}{note}"


GROUPS = (
    ChangeKind.FEATURE,
    ChangeKind.IMPROVEMENT,
    ChangeKind.FIX,
    ChangeKind.SECURITY,
    ChangeKind.DEPRECATED,
    ChangeKind.OTHER,
)
