"""Slack's marks as HTML: everything else is text, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

_HELD = re.compile("[\ue000\ue001]")
_BACK = re.compile("\ue000(\\d+)\ue001")
_WHOLE = re.compile(r"`(?P<code>[^`\n]+)`|<(?P<slack>[^<>\n]*)>")
_MARKS = (
    (re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\w)_([^_\n]+)_(?!\w)"), r"<em>\1</em>"),
    (re.compile(r"(?<!\w)~([^~\n]+)~(?!\w)"), r"<del>\1</del>"),
)


def html(mrkdwn: str, name: Callable[[str], str]) -> Markup:
    """`name` knows what the person of an id is called. Only http(s) addresses become links."""
    held: list[Markup] = []

    def hold(found: re.Match[str]) -> str:
        """What is whole in itself waits until the marks around it are made."""
        code = found["code"]
        held.append(_code(code) if code else _slack(found["slack"], name))
        return f"\ue000{len(held) - 1}\ue001"

    text = _WHOLE.sub(hold, _HELD.sub("", mrkdwn))
    safe = str(escape(_plain(text)))
    for mark, tag in _MARKS:
        safe = mark.sub(tag, safe)
    safe = _BACK.sub(lambda found: str(held[int(found[1])]), safe)
    return Markup(safe)  # noqa: S704 - escaped above, and the marks enclose what was escaped


def _code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(_plain(text))


def _slack(inside: str, name: Callable[[str], str]) -> Markup:
    """A mention, a channel, a date by its fallback, or an address."""
    what, _, label = inside.partition("|")
    match what[:1]:
        case "@":
            return escape(_HELD.sub("", name(what[1:])))
        case "#":
            return escape("#" + _plain(label or what[1:]))
        case "!":
            return escape(_plain(label or what[1:]))
        case _ if what.startswith(("https://", "http://")):
            url = _plain(what)
            return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(url, _plain(label) or url)
        case _:
            return escape(_plain(f"<{inside}>"))


def _plain(text: str) -> str:
    """What was escaped for Slack, as it was written."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
