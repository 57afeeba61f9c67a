"""Add or move a blackout or maintenance, and see at once what it would stand in the way of.

Fields (block ids): `name`, `reason` (texts), `start` and `end` (pickers: unix seconds; their change is
dispatched), `kind` (select: a `BlackoutKind`), `yearly` (checkboxes: `yes`), `types` (checkboxes:
`ReleaseType`s; none is all), `environments` (checkboxes: `Environment`s). Moving: `start`, `end`, `reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar.blackouts import BlackoutKind
from domain.types import Environment, ReleaseType
from domain.views import BlackoutForm
from messages import blocks, names
from messages.blocks import Block, Element
from messages.entries import ENVIRONMENTS
from messages.ids import Form, Press, Target
from messages.modals.fields import YES, View, boxes, form, words
from messages.names import word
from messages.needs import tag
from messages.parts import fitting, quote, when
from messages.texts import Reader

NAME, REASON, START, END = "name", "reason", "start", "end"
KIND, YEARLY, TYPES, ENVIRONMENT = "kind", "yearly", "types", "environments"
_SHOWN = 2500

KINDS = {
    BlackoutKind.BLACKOUT: word("Blackout: the business wants no deploys"),
    BlackoutKind.MAINTENANCE: word("Maintenance: the systems are being worked on"),
}


def blackout(reader: Reader, of: BlackoutForm) -> View:
    return _move(reader, of) if of.blackout else _add(reader, of)


def _add(reader: Reader, of: BlackoutForm) -> View:
    t = reader.t
    kinds = [blocks.option(t(text), kind) for kind, text in KINDS.items()]
    every_year = blocks.option(t("Every year at the same time"), YES)
    content = [
        words(t("Name"), NAME, lines=False, hint=t("As it is announced: year end, summer sale…")),
        *_times(reader, of),
        blocks.field(t("What it is"), blocks.select(KIND, kinds, initial=kinds[0]), KIND),
        blocks.field(t("Again"), boxes(YEARLY, [every_year]), YEARLY, optional=True),
        blocks.field(
            t("Only for these types"), _types(reader), TYPES, hint=t("None chosen: for all."), optional=True
        ),
        blocks.field(
            t("Environments"),
            _environments(reader),
            ENVIRONMENT,
            hint=t("None chosen: production."),
            optional=True,
        ),
        words(t("Reason"), REASON, optional=True),
    ]
    target = Target(project=of.project.key)
    return form(reader, Form.BLACKOUT, t("Add a blackout"), content, submit=t("Add"), target=target)


def _move(reader: Reader, of: BlackoutForm) -> View:
    t = reader.t
    name = of.blackout.name if of.blackout else ""
    told = t("Whoever was told of it is told of the change.")
    content: list[Block] = [
        blocks.section(f"*{quote(name)}*\n{told}"),
        *_times(reader, of),
        words(t("Reason"), REASON, optional=True),
    ]
    target = Target(project=of.project.key, blackout=of.blackout.id if of.blackout else "")
    return form(reader, Form.BLACKOUT_MOVE, t("Move a blackout"), content, submit=t("Move"), target=target)


def _types(reader: Reader) -> Element:
    return boxes(TYPES, [blocks.option(names.release_type(reader, kind), kind) for kind in ReleaseType])


def _environments(reader: Reader) -> Element:
    return boxes(ENVIRONMENT, [blocks.option(reader.t(ENVIRONMENTS[one]), one) for one in Environment])


def _times(reader: Reader, of: BlackoutForm) -> Iterator[Block]:
    t = reader.t
    for label, name, at in ((t("From"), START, of.start), (t("To"), END, of.end)):
        picker: Element = {"type": "datetimepicker", "action_id": Press.BLACKOUT_TIMES.value}
        if at is not None:
            picker["initial_date_time"] = int(at.timestamp())
        yield {**blocks.field(label, picker, name, hint=t("In your time zone.")), "dispatch_action": True}
    if of.start is not None and of.end is not None:
        yield blocks.section(_in_the_way(reader, of))


def _in_the_way(reader: Reader, of: BlackoutForm) -> str:
    """What the chosen time would close, while there is still time to choose another one."""
    t = reader.t
    if of.start is None or of.end is None or of.end <= of.start:
        return t("⚠ The end must be after the start.")
    if not of.taken:
        return t("✓ No release is planned in this time.")
    lines = [t("⚠ Planned in this time; nothing is moved by itself:")]
    for one in of.taken:
        line = f"• {tag(one.version)} · {when(reader, one.deploy_at)}"
        free = ", ".join(when(reader, at) for at in one.free)
        lines.append(f"{line}\n   {t('Nearest free times: {slots}', slots=free)}" if free else line)
    return fitting(reader, lines, _SHOWN)
