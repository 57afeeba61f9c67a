"""Pages for people to read: no script, nothing from elsewhere, everything escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from itertools import groupby
from pathlib import Path

from aiohttp import web
from markupsafe import Markup

from domain.views import RoomView
from messages.postmortem.document import rows, title
from messages.postmortem.draft import due, parts
from messages.postmortem.page import Sorry, as_of, in_other_language, lives
from messages.texts import Reader
from web.markup import html

CSS = (Path(__file__).parent / "static" / "page.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
_FRAME = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<style>{css}</style>
</head>
<body>
<main>
{inside}
</main>
</body>
</html>
""")
_HEAD = Markup(
    '<nav><a href="{href}" hreflang="{language}" lang="{language}">{other}</a></nav>\n'
    '<header><h1>{title}</h1>\n<p class="when">{when}</p></header>'
)
_SECTION = Markup("<section><h2>{title}</h2>\n{inside}</section>")
_FOOT = Markup('<footer>{at}<span class="lives"> · {lives}</span></footer>')
_SORRY = Markup("<h1>{title}</h1>\n<p>{advice}</p>")
_ITEM, _SIGNED = Markup("<li>{}</li>"), Markup('<li class="signed">{}</li>')
_SIGNS = ("✓ ", "– ", "○ ")
_LINES = Markup("\n")

Name = Callable[[str], str]


def postmortem(reader: Reader, view: RoomView, name: Name, other: str) -> str:
    """The whole document. `other` is where the same stands in the other language."""
    head = _HEAD.format(
        href=other,
        language="en" if reader.language == "ko" else "ko",
        other=in_other_language(reader),
        title=title(reader, view),
        when=html(due(reader, view.room), name),
    )
    foot = _FOOT.format(at=html(as_of(reader, view.at), name), lives=lives(reader))
    told = (
        _SECTION.format(title=part, inside=_LINES.join(_written(lines, name)))
        for part, lines in parts(reader, view, whole=True)
    )
    return _framed(reader, title(reader, view), [head, *told, foot])


def sorry(reader: Reader, said: Sorry) -> str:
    return _framed(reader, said.title, [_SORRY.format(title=said.title, advice=said.advice)])


def answer(text: str, status: int = HTTPStatus.OK) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=HEADERS)


def _framed(reader: Reader, title: str, inside: Iterable[Markup]) -> str:
    styled = Markup(CSS)  # noqa: S704 - our own file
    return str(_FRAME.format(language=reader.language, title=title, css=styled, inside=_LINES.join(inside)))


def _written(told: list[str], name: Name) -> Iterator[Markup]:
    """What is a list stays one; what stands alone is a paragraph."""
    for item, group in groupby(rows(told), key=lambda row: row[0]):
        lines = [html(row, name) for _, row in group]
        if item:
            yield Markup("<ul>{}</ul>").format(_LINES.join(_item(one) for one in lines))
        else:
            yield from (Markup("<p>{}</p>").format(one) for one in lines)


def _item(line: Markup) -> Markup:
    """One that begins with a sign of its own needs no bullet."""
    signed = line.startswith(_SIGNS)
    return (_SIGNED if signed else _ITEM).format(line)
