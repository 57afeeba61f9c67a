"""What is open of a list as one line, and all that is open of it together."""

from __future__ import annotations

from collections.abc import Iterable

from domain.checklists.model import NamedItem
from domain.needs import ItemsOpen, Missing
from messages.checklists.words import item_text, phase_name
from messages.texts import Reader

FEW = 3
_ALL = 30


def items_open(reader: Reader, of: ItemsOpen, shown: int = _ALL) -> str:
    """How many, and the first of them by their texts; those that are known to fail come first and say so."""
    t = reader.t
    ordered = sorted(of.items, key=lambda item: item.key not in of.failed)
    items = "; ".join(_item(reader, item, failed=item.key in of.failed) for item in ordered[:shown])
    more = len(ordered) - shown
    if more > 0:
        items += " " + t("and {n} more: {command}", n=more, command=t("`/release checklist`"))
    return t(
        "Checklist “{list}”, open {n}: {items}",
        list=phase_name(reader, of.phase),
        n=len(of.items),
        items=items,
    )


def _item(reader: Reader, item: NamedItem, *, failed: bool) -> str:
    text = item_text(reader, item)
    return reader.t("{item} (failed)", item=text) if failed else text


def together(missing: Iterable[Missing]) -> list[Missing]:
    """What is open of one list as one, with those who can settle all of it, else anything of it."""
    found: dict[object, list[Missing]] = {}
    for n, one in enumerate(missing):
        key = one.need.phase if isinstance(one.need, ItemsOpen) else n
        found.setdefault(key, []).append(one)
    return [_one(several) for several in found.values()]


def _one(several: list[Missing]) -> Missing:
    if len(several) == 1:
        return several[0]
    needs = [one.need for one in several if isinstance(one.need, ItemsOpen)]
    every = [role for one in several for role in one.roles]
    all_of_it = [role for role in every if all(role in one.roles for one in several)]
    return Missing(
        ItemsOpen(
            needs[0].phase,
            tuple(item for need in needs for item in need.items),
            tuple(key for need in needs for key in need.failed),
        ),
        tuple(dict.fromkeys(all_of_it or every)),
    )
