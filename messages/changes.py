"""What a release carries, in numbers and as one line per change."""

from __future__ import annotations

from domain.commits import STANDARD, ChangeCounts, ChangeKind, Grammar
from domain.corrections import Told
from domain.scope import Line
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


def change_line(_reader: Reader, line: Line, grammar: Grammar = STANDARD) -> str:
    """`cart: keep coupons (#812) · PAY-7 1a2b3c4`; numbers are links where the policy gives an address.

    An issue that the text names already is repeated only as a link.
    """
    scope = f"*{quote(line.scope, 60)}:* " if line.scope else ""
    number = f"#{line.pull_request}"
    request = (
        f" ({_linked(number, grammar.pull_request_link(line.pull_request))})" if line.pull_request else ""
    )
    links = ((issue, grammar.link(issue)) for issue in line.issues)
    issues = [_linked(issue, url) for issue, url in links if url or issue not in line.text]
    shown = f" · {', '.join(issues[:ISSUES])}" if issues else ""
    return f"{scope}{quote(line.text, SHORT)}{request}{shown} {code(line.sha[:7])}"


def _linked(name: str, url: str) -> str:
    return link(url, quote(name, SHORT)) if url else quote(name, SHORT)


def told(reader: Reader, of: Told) -> str:
    """`Feature · cart: keep coupons`, with a mark when it breaks something."""
    scope = f"*{quote(of.scope, 60)}:* " if of.scope else ""
    t, kind = reader.t, names.change_kind(reader, of.kind)
    if of.breaking:
        kind = t("{kind}, breaking", kind=kind)
    return f"_{kind}_ · {scope}{quote(of.text, SHORT)}"


GROUPS = (
    ChangeKind.FEATURE,
    ChangeKind.IMPROVEMENT,
    ChangeKind.FIX,
    ChangeKind.SECURITY,
    ChangeKind.DEPRECATED,
    ChangeKind.OTHER,
)
