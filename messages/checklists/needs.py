"""The open items of a list as one line."""

from __future__ import annotations

from domain.needs import ItemsOpen
from messages.checklists.words import item_text, phase_name
from messages.texts import Reader


def items_open(reader: Reader, of: ItemsOpen) -> str:
    """Every item by its text; those that are known to fail say so."""
    shown = ", ".join(
        reader.t("{item} (failed)", item=item_text(reader, item))
        if item.key in of.failed
        else item_text(reader, item)
        for item in of.items
    )
    return reader.t("Checklist “{list}”, still open: {items}", list=phase_name(reader, of.phase), items=shown)
