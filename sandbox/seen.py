"""What one person sees: messages with their buttons, modals and Home, as plain values for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.elements import STATE_KEYS, walk
from sandbox.model import Channel, Json, Message
from sandbox.render import Reader
from sandbox.viewstate import View


@dataclass(frozen=True)
class Seen:
    """One message. `buttons` are the texts of its buttons and overflow options, `thread` its parent's ts."""

    text: str
    author: str
    ts: str
    thread: str | None = None
    ephemeral: bool = False
    buttons: tuple[str, ...] = ()
    edited: bool = False
    pinned: bool = False
    files: tuple[str, ...] = ()
    fallback: str = ""
    blocks: list[Json] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True)
class SeenView:
    """A modal or Home tab. `fields` are the inputs by label with what stands in them."""

    title: str
    text: str
    submit: str
    close: str
    fields: dict[str, Any]
    buttons: tuple[str, ...]
    errors: dict[str, str]
    callback_id: str
    view_id: str
    blocks: list[Json] = field(default_factory=list, compare=False, repr=False)


def seen_message(reader: Reader, channel: Channel, message: Message) -> Seen:
    """Blocks are what is read when there are any; `text` is then only the notification's `fallback`."""
    words = reader.blocks(message.blocks) if message.blocks else reader.mrkdwn(message.text)
    files = tuple(reader.ws.files[f].title for f in message.files if f in reader.ws.files)
    thread = message.thread_ts if message.thread_ts != message.ts else None
    return Seen(
        text=words,
        author=reader.ws.users[message.user].real_name,
        ts=message.ts,
        thread=thread,
        ephemeral=message.ephemeral_to is not None,
        buttons=buttons_of(reader, message.blocks),
        edited=message.edited is not None,
        pinned=message.ts in channel.pins,
        files=files,
        fallback=reader.mrkdwn(message.text),
        blocks=message.blocks or [],
    )


def seen_view(reader: Reader, view: View, errors: dict[str, str]) -> SeenView:
    body = view.body
    blocks = body["blocks"] or []
    labels = {b["block_id"]: reader.text(b["label"]) for b in blocks if b["type"] == "input"}
    fields = {
        labels[b["block_id"]]: readable(reader, view.values[b["block_id"]][e["action_id"]])
        for b, e in walk(blocks)
        if b["type"] == "input"
    }
    return SeenView(
        title=reader.text(body.get("title")),
        text=reader.blocks(blocks),
        submit=reader.text(body.get("submit")),
        close=reader.text(body.get("close")),
        fields=fields,
        buttons=buttons_of(reader, blocks),
        errors={labels.get(b, b): words for b, words in errors.items()},
        callback_id=body.get("callback_id", ""),
        view_id=view.id,
        blocks=blocks,
    )


def readable(reader: Reader, state: Json) -> Any:
    """What stands in an element: text, option texts, people's names, dates."""
    value = state[STATE_KEYS[state["type"]][0]]
    if isinstance(value, dict) and "text" in value:
        return reader.text(value["text"])
    if isinstance(value, list):
        return [_named(reader, v) for v in value]
    return _named(reader, value)


def _named(reader: Reader, value: Any) -> Any:
    if isinstance(value, dict) and "text" in value:
        return reader.text(value["text"])
    if isinstance(value, str) and value in reader.ws.users:
        return reader.ws.users[value].real_name
    if isinstance(value, str) and value in reader.ws.channels:
        return f"#{reader.ws.channels[value].name}"
    return value


def buttons_of(reader: Reader, blocks: list[Json] | None) -> tuple[str, ...]:
    found: list[str] = []
    for _, element in walk(blocks):
        if element["type"] == "button":
            found.append(reader.text(element["text"]))
        elif element["type"] == "overflow":
            found += [reader.text(o["text"]) for o in element["options"]]
    return tuple(found)
