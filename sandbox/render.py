"""Messages and views as plain text, the way one reader sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.dates import format_date
from sandbox.model import Json, User
from sandbox.workspace import Workspace

_TOKEN = re.compile(r"<([^<>]+)>")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_MARKS = (
    (re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])"), r"\1"),
)


@dataclass(frozen=True)
class Reader:
    """Renders for one person: mentions as @Name, dates in their zone and language."""

    ws: Workspace
    user: User

    def mrkdwn(self, text: str) -> str:
        """Markup resolved and its signs taken away; code keeps its text.

        Code and tokens are put aside while the signs go, so that names with `_` stay whole.
        """
        kept: list[str] = []

        def keep(shown: str) -> str:
            kept.append(shown)
            return f"\x00{len(kept) - 1}\x00"

        words = _CODE.sub(lambda m: keep(self._tokens(m.group(0).strip("`"))), text)
        words = _TOKEN.sub(lambda m: keep(self._tokens(m.group(0))), words)
        for pattern, plain in _MARKS:
            words = pattern.sub(plain, words)
        words = self._tokens(re.sub(r"(?m)^&gt; ?", "", words))
        return re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m.group(1))], words)

    def text(self, value: Any) -> str:
        """A text object (or a bare string)."""
        if isinstance(value, str):
            return value
        if not isinstance(value, dict):
            return ""
        words = str(value.get("text", ""))
        return self.mrkdwn(words) if value.get("type") == "mrkdwn" else words

    def blocks(self, blocks: list[Json] | None) -> str:
        return _lines(self.block(b) for b in blocks or [])

    def block(self, block: Json) -> str:
        """What can be read in one block; buttons are listed apart (`buttons_of`)."""
        readers: dict[str, Callable[[Json], str]] = {
            "section": self._section,
            "alert": self._section,
            "header": lambda b: self.text(b["text"]),
            "context": self._context,
            "image": lambda b: self.text(b.get("title")) or str(b["alt_text"]),
            "input": lambda b: _lines([self.text(b["label"]), self.text(b.get("hint"))]),
            "markdown": lambda b: str(b["text"]),
            "rich_text": lambda b: "\n".join(self._rich(e) for e in b["elements"]),
            "table": lambda b: "\n".join(" | ".join(self._cell(c) for c in row) for row in b["rows"]),
        }
        reader = readers.get(block["type"])
        return reader(block) if reader else ""

    def _section(self, block: Json) -> str:
        return _lines([self.text(block.get("text")), *(self.text(f) for f in block.get("fields") or [])])

    def _context(self, block: Json) -> str:
        return " ".join(e["alt_text"] if e["type"] == "image" else self.text(e) for e in block["elements"])

    def _tokens(self, text: str) -> str:
        words = _TOKEN.sub(lambda m: self._token(m.group(1)), text)
        return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def _token(self, inner: str) -> str:
        body, _, label = inner.partition("|")
        if body.startswith("@"):
            user = self.ws.users.get(body[1:])
            return f"@{user.real_name}" if user else f"@{label or body[1:]}"
        if body.startswith("#"):
            channel = self.ws.channels.get(body[1:])
            return f"#{channel.name}" if channel else f"#{label or body[1:]}"
        if body.startswith("!date^"):
            return self._date(body, label)
        if body.startswith("!subteam^"):
            group = self.ws.groups.get(body.removeprefix("!subteam^"))
            return f"@{group.handle}" if group else label
        if body.startswith("!"):
            return f"@{body[1:]}"
        return label or body.removeprefix("mailto:")

    def _date(self, body: str, fallback: str) -> str:
        parts = body.split("^")
        if len(parts) < 3 or not parts[1].isdigit():
            return fallback
        now = self.ws.clock.now()
        return format_date(int(parts[1]), parts[2], tz=self.user.tz, locale=self.user.locale, now=now)

    def _cell(self, cell: Json) -> str:
        return str(cell["text"]) if cell["type"] == "raw_text" else self.block(cell)

    def _rich(self, element: Json) -> str:
        if element["type"] == "rich_text_list":
            signs = (f"{n}." if element["style"] == "ordered" else "•" for n in range(1, 10**6))
            return "\n".join(f"{s} {self._rich(i)}" for s, i in zip(signs, element["elements"], strict=False))
        return "".join(self._part(p) for p in element["elements"])

    def _part(self, part: Json) -> str:
        kind = part["type"]
        if kind == "date":
            return self._date(f"!date^{part['timestamp']}^{part['format']}", str(part.get("fallback", "")))
        tokens = {"user": "@", "channel": "#", "usergroup": "!subteam^", "broadcast": "!"}
        if kind in tokens:
            name = {"usergroup": "usergroup_id", "broadcast": "range"}.get(kind, f"{kind}_id")
            return self._token(tokens[kind] + part[name])
        if kind == "emoji":
            return f":{part['name']}:"
        return str(part.get("text") or part.get("url") or part.get("value") or "")


def _lines(pieces: Iterable[str]) -> str:
    return "\n".join(p for p in pieces if p)
