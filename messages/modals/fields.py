"""The input elements that Block Kit has beside texts and selects: people, dates, times, choices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from domain.calendar.slots import Slot
from messages import blocks
from messages.blocks import Block, Element
from messages.dates import city, moment
from messages.ids import Form, Target, encode
from messages.texts import Reader

View = dict[str, Any]

YES, NO = "yes", "no"
OWN_ZONE = "own"
TEXT = 2000
SLOTS_SHOWN = 12


def form(
    reader: Reader, form_id: Form, title: str, content: Sequence[Block], *, submit: str, target: Target
) -> View:
    """A modal; its target comes back with what was typed."""
    close = reader.t("Close")
    return blocks.modal(title, content, form_id, close=close, submit=submit, private=encode(target))


def words(
    label: str, name: str, *, hint: str = "", optional: bool = False, lines: bool = True, initial: str = ""
) -> Block:
    """A text of up to 2,000 characters; `lines` allows several."""
    element = blocks.text_input(name, multiline=lines, initial=initial, limit=TEXT)
    return blocks.field(label, element, name, hint=hint, optional=optional)


def person(name: str, *, initial: str = "") -> Element:
    element: Element = {"type": "users_select", "action_id": name}
    return {**element, "initial_user": initial} if initial else element


def persons(name: str, *, initial: Sequence[str] = ()) -> Element:
    element: Element = {"type": "multi_users_select", "action_id": name, "max_selected_items": 20}
    return {**element, "initial_users": list(initial)} if initial else element


def date_time(name: str, *, initial: datetime | None = None) -> Element:
    """Slack shows it in the reader's own zone and gives unix seconds back."""
    element: Element = {"type": "datetimepicker", "action_id": name}
    return {**element, "initial_date_time": int(initial.timestamp())} if initial else element


def clock_time(name: str, initial: time) -> Element:
    return {"type": "timepicker", "action_id": name, "initial_time": f"{initial:%H:%M}"}


def boxes(name: str, options: Sequence[Element], *, initial: Sequence[Element] = ()) -> Element:
    element: Element = {"type": "checkboxes", "action_id": name, "options": list(options[:10])}
    return {**element, "initial_options": list(initial)} if initial else element


def yes_no(reader: Reader, name: str, *, initial: bool | None = None) -> Element:
    options = [blocks.option(reader.t("Yes"), YES), blocks.option(reader.t("No"), NO)]
    element: Element = {"type": "radio_buttons", "action_id": name, "options": options}
    return element if initial is None else {**element, "initial_option": options[0 if initial else 1]}


def dispatched(field: Block) -> Block:
    """What is chosen in it is told at once, while the modal is open."""
    return {**field, "dispatch_action": True}


def zone_select(reader: Reader, name: str, zones: Sequence[str], own: str) -> Element:
    """Zones by their cities, the first one named `own`: its value is OWN_ZONE, the others' their names."""
    first = blocks.option(own, OWN_ZONE)
    others = [blocks.option(_zone_name(reader, zone), zone) for zone in zones[1:]]
    return blocks.select(name, [first, *others], initial=first)


def _zone_name(reader: Reader, zone: str) -> str:
    """`Berlin (Europe/Berlin)`, `UTC`."""
    place = city(reader, zone)
    return place if place == zone else f"{place} ({zone})"


def slot_value(slot: Slot) -> str:
    return time_value(slot.deploy_at)


def time_value(at: datetime) -> str:
    """A deploy's unix seconds; `slot_time` reads it back."""
    return str(int(at.timestamp()))


def slot_time(value: str) -> datetime:
    """Raises ValueError for anything that `time_value` did not write."""
    return datetime.fromtimestamp(int(value), UTC)


def named_time(state: str) -> datetime | None:
    """The time that a button names in its target's state, if it does."""
    return slot_time(state) if state.isdecimal() else None


def slot_options(reader: Reader, slots: Sequence[Slot]) -> list[Element]:
    """`Thu 5 Mar 14:00`, with when its freeze begins."""
    t = reader.t
    return [
        blocks.option(
            moment(reader, slot.deploy_at),
            slot_value(slot),
            t("Code freeze from {at}", at=moment(reader, slot.freeze_at)) if slot.freeze_at else "",
        )
        for slot in slots[:SLOTS_SHOWN]
    ]
