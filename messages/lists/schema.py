"""The answer to `/release schema`: the changes of the schema that are open, with the releases they take."""

from __future__ import annotations

from collections.abc import Iterator

from domain.readiness import schema_need
from domain.views import SchemaRow, SchemaView
from messages import blocks, names
from messages.blocks import Block
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.lists.rows import project_title
from messages.message import Message
from messages.parts import code, quote
from messages.readiness.needs import readiness_need
from messages.readiness.words import phase
from messages.texts import Reader

_SHOWN = 15


def schema_list(reader: Reader, view: SchemaView) -> Message:
    head = reader.t("Schema changes: {project}", project=project_title(reader, view.project))
    return Message(head, list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: SchemaView, head: str) -> Iterator[Block]:
    t = reader.t
    none = "" if view.rows else "\n" + t("None is open.")
    yield blocks.section(f"*{head}*{none}")
    for row in view.rows[:_SHOWN]:
        yield blocks.section(_entry(reader, row))
        target = Target(project=view.project.key, change=row.change.id)
        yield blocks.actions(
            [
                press_button(t("Link a release…"), Press.SCHEMA_LINK, target),
                press_button(t("End…"), Press.SCHEMA_END, target),
            ]
        )
    if len(view.rows) > _SHOWN:
        yield blocks.context(t("… and {n} more", n=len(view.rows) - _SHOWN))
    yield blocks.context(t("Begin one: {command}", command="`/release schema begin 1.5.0 orders.total`"))


def _entry(reader: Reader, row: SchemaRow) -> str:
    title = f" · {quote(row.change.title)}" if row.change.title else ""
    lines = [f"*{code(row.change.subject)}*{title}"]
    lines += [
        f"• {phase(reader, link.phase)}: {quote(f'v{link.version}', 80)} · {names.stage(reader, stage)}"
        for link, stage in row.links
    ]
    if why := row.must_wait:
        lines.append(f"⚠ {readiness_need(reader, schema_need(row.change, why))}")
    return "\n".join(lines)
