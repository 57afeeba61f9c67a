"""People's Markdown as Slack's mrkdwn: what Slack cannot show is shown as near as it can.

Everything is escaped, so no text mentions anybody. Headings become bold lines, lists bullets, tables blocks
of code with aligned columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from messages.blocks import clean, esc

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`]*$")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^(\s*)[-*+]\s+(?:\[([ xX])\]\s+)?(.*)$")
_QUOTE = re.compile(r"^ {0,3}>\s?(.*)$")
_RULE = re.compile(r"^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$")
_DIVIDER = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL = re.compile(r"(?<!\\)\|")
_BOX = {"": "", " ": "☐ ", "x": "☑ ", "X": "☑ "}
_WIDE = {"W", "F"}

# One at a time, from the left: code first, for nothing inside it counts.
_INLINE = (
    r"(?P<code>`+)(?P<inside>.+?)(?<!`)(?P=code)(?!`)"
    r"|\\(?P<plain>[!-/:-@\[-`{-~])"
    r"|!?\[(?P<label>[^\[\]]*)\]\((?P<url>https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:\s+\"[^\"]*\")?\)"
    r"|<(?P<auto>https?://[^\s<>]+)>"
    r"|(?P<both>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=both)"
    r"|~~(?=\S)(?P<gone>.+?)(?<=\S)~~"
    r"|(?<![\w*])\*(?=[^\s*])(?P<starred>[^*]+?)(?<=\S)\*(?![\w*])"
)


def mrkdwn(text: str) -> list[str]:
    """Units that must not be torn apart: single lines, and whole blocks of code."""
    return list(_units(clean(text).expandtabs(4).splitlines()))


def _units(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        if opened := _FENCE.match(lines[at]):
            end = _until(lines, at + 1, _closing(opened[1]))
            yield _block(lines[at + 1 : end])
            at = end + 1
        elif at + 1 < len(lines) and "|" in lines[at] and _DIVIDER.match(lines[at + 1]):
            end = _until(lines, at + 2, lambda line: "|" not in line)
            yield _block(_aligned([lines[at], *lines[at + 2 : end]]))
            at = end
        else:
            yield _line(lines[at])
            at += 1


def _until(lines: list[str], start: int, ends: Callable[[str], bool]) -> int:
    return next((at for at in range(start, len(lines)) if ends(lines[at])), len(lines))


def _closing(mark: str) -> Callable[[str], bool]:
    return lambda line: line.strip().startswith(mark)


def _block(lines: list[str]) -> str:
    inside = "\n".join(esc(line).replace("```", "ˋˋˋ") for line in lines)
    return f"```\n{inside}\n```"


def _line(line: str) -> str:
    if _RULE.match(line):
        return "———"
    if found := _HEADING.match(line):
        return f"*{_inline(found[1]).replace('*', '')}*" if found[1] else ""
    if found := _BULLET.match(line):
        return f"{found[1]}• {_BOX[found[2] or '']}{_inline(found[3])}"
    if found := _QUOTE.match(line):
        return f"> {_inline(found[1])}"
    return _inline(line)


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled when first needed: it takes longer than the rest of this module, and Markdown needs none."""
    return re.compile(_INLINE)


def _inline(text: str) -> str:
    parts: list[str] = []
    at = 0
    for found in _pattern().finditer(text):
        parts += [esc(text[at : found.start()]), _shown(found)]
        at = found.end()
    return "".join([*parts, esc(text[at:])])


def _shown(found: re.Match[str]) -> str:
    if found["code"]:
        return f"`{esc(found['inside'].strip()).replace('`', 'ˋ')}`"
    if found["plain"]:
        return esc(found["plain"])
    if found["url"]:
        return _link(found["url"], found["label"])
    if found["auto"]:
        return _link(found["auto"], found["auto"])
    if found["both"]:
        return f"*{_inline(found['bold']).replace('*', '')}*"
    if found["gone"]:
        return f"~{_inline(found['gone'])}~"
    return f"_{_inline(found['starred'])}_"


def _link(url: str, label: str) -> str:
    return f"<{esc(url).replace('|', '%7C')}|{esc(label).replace('|', '∣') or esc(url)}>"


def _aligned(rows: list[str]) -> list[str]:
    cells = [[_bare(cell) for cell in _CELL.split(row.strip().strip("|"))] for row in rows]
    columns = max(len(row) for row in cells)
    full = [[*row, *[""] * (columns - len(row))] for row in cells]
    widths = [max(_width(row[column]) for row in full) for column in range(columns)]
    shown = [
        "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in full
    ]
    return [shown[0], "  ".join("-" * width for width in widths), *shown[1:]]


def _bare(cell: str) -> str:
    """Nothing is bold inside of code."""
    return cell.strip().replace("\\|", "|").replace("**", "").replace("`", "")


def _width(text: str) -> int:
    """Hangul and Han take two columns."""
    return sum(2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
