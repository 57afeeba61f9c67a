"""The post-mortem as a file of Markdown, in one language: whole, with people by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from domain.views import RoomView
from messages.notes.escaping import inline
from messages.postmortem.draft import due, parts
from messages.texts import Reader
from messages.warroom.snapshot import Document
from messages.warroom.summary import heading

_BOLD = re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)")
_LINK = re.compile(r"<(https?://[^|>\s]+)\|([^>]*)>")
_MENTION = re.compile(r"<@([A-Z0-9]+)>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|([^>]*))?>")
_ITEM = re.compile(r"^(?:• |(?=[✓–○] ))")


def document(reader: Reader, view: RoomView, name: Callable[[str], str]) -> Document:
    """`name` knows what the person of an id is called. `reader` has the project's time in words."""
    head = title(reader, view)
    lines = [f"# {inline(head)}", "", markdown(due(reader, view.room), name)]
    for part, told in parts(reader, view, whole=True):
        lines += ["", f"## {inline(part)}", "", *_written(told, name)]
    said = reader.t("The post-mortem as a file")
    return Document(head, f"*{said}*", "".join(f"{line}\n" for line in lines))


def title(reader: Reader, view: RoomView) -> str:
    """Plain text: of which rollback it is."""
    return reader.t("Post-mortem") + " · " + heading(reader, view.room)


def rows(told: list[str]) -> Iterator[tuple[bool, str]]:
    """The lines of a part without their bullets, and whether each is one of a list."""
    for row in (line for text in told for line in text.split("\n") if line.strip()):
        yield _ITEM.match(row) is not None, _ITEM.sub("", row, count=1)


def _written(told: list[str], name: Callable[[str], str]) -> Iterator[str]:
    """What is a list stays one; what stands alone is a paragraph."""
    before = True
    for n, (item, row) in enumerate(rows(told)):
        if n and not (item and before):
            yield ""
        before = item
        line = markdown(row, name)
        yield f"- {line}" if item else line


def markdown(mrkdwn: str, name: Callable[[str], str]) -> str:
    """Slack's marks as Markdown's; brackets of people's words make no links."""
    text = mrkdwn.replace("[", "\\[").replace("]", "\\]")
    text = _BOLD.sub(r"**\1**", text)
    text = _MENTION.sub(lambda found: inline(name(found[1])), text)
    text = _CHANNEL.sub(lambda found: "#" + inline(found[2] or found[1]), text)
    return _LINK.sub(r"[\2](\1)", text)
