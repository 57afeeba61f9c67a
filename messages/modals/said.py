"""A modal that only says something: a reason on top of the form that it belongs to."""

from __future__ import annotations

from typing import Any

from messages import blocks
from messages.parts import in_sections
from messages.texts import Reader


def said(reader: Reader, text: str) -> dict[str, Any]:
    """`text` is mrkdwn, already escaped."""
    t = reader.t
    sections = list(in_sections(text.split("\n")))
    return blocks.modal(
        t("Not done"), [blocks.section(part) for part in sections], "form.said", close=t("Back")
    )
