"""Add or move a blackout or maintenance, and see at once what it would stand in the way of.

Fields (block ids): `name`, `reason` (texts), `start` and `end` (pickers: unix seconds; their change is
dispatched), `kind` (select: a `BlackoutKind`), `yearly` (checkboxes: `yes`), `types` (checkboxes:
`ReleaseType`s; none is all), `environments` (checkboxes: `Environment`s), `projects` (multi-select: keys;
its change is dispatched; left out where there is no choice), `zone` (select: an IANA name, `own` for each
project's). Moving: `start`, `end`, `reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar.blackouts import BlackoutKind
from domain.types import Environment, ReleaseType
from domain.views import BlackoutForm, ProjectView
from messages import blocks, names
from messages.blocks import Block, Element
from messages.dates import city
from messages.entries import ENVIRONMENTS
from messages.ids import Form, Press, Target
from messages.modals.ahead import would_close
from messages.modals.fields import YES, View, boxes, dispatched, form, words, zone_select
from messages.names import word
from messages.parts import quote
from messages.texts import Reader

NAME, REASON, START, END = "name", "reason", "start", "end"
KIND, YEARLY, TYPES, ENVIRONMENT = "kind", "yearly", "types", "environments"
PROJECTS, ZONE = "projects", "zone"

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
        words(
            t("Name"),
            NAME,
            lines=False,
            hint=t("As it is announced: year end, summer sale…"),
            initial=of.name,
        ),
        *_projects(reader, of),
        *_times(reader, of),
        blocks.field(t("What it is"), blocks.select(KIND, kinds, initial=kinds[0]), KIND),
        blocks.field(t("Again"), boxes(YEARLY, [every_year]), YEARLY, optional=True),
        blocks.field(
            t("Time zone of the yearly repeat"),
            zone_select(reader, ZONE, of.zones, _own_zone(reader, of)),
            ZONE,
            hint=t("It comes again at the same local times there."),
        ),
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
        words(t("Reason"), REASON, optional=True, initial=of.reason),
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


def _projects(reader: Reader, of: BlackoutForm) -> Iterator[Block]:
    """Which projects get it, where there is a choice."""
    t = reader.t
    if len(of.projects) < 2:  # noqa: PLR2004 - a choice is of two
        return
    options = [blocks.option(_title(reader, one), one.key) for one in of.projects]
    chosen = [option for option in options if option["value"] in of.chosen]
    select = blocks.multi_select(Press.BLACKOUT_PROJECTS.value, options, initial=chosen)
    hint = t("Each gets it in its own calendar, and its channel is told.")
    yield dispatched(blocks.field(t("Projects"), select, PROJECTS, hint=hint))


def _title(reader: Reader, project: ProjectView) -> str:
    return project.title.get(reader.language) or project.key


def _own_zone(reader: Reader, of: BlackoutForm) -> str:
    """What the first zone is called: each project's own, where those differ."""
    t = reader.t
    zones = {one.zone for one in of.projects} | {of.project.zone}
    if len(zones) > 1:
        return t("Each project's own")
    return t("The project's: {city}", city=city(reader, of.project.zone))


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
        yield dispatched(blocks.field(label, picker, name, hint=t("In your time zone.")))
    if of.start is not None and of.end is not None:
        yield blocks.section(_in_the_way(reader, of))


def _in_the_way(reader: Reader, of: BlackoutForm) -> str:
    """What the chosen time would close, while there is still time to choose another one."""
    if of.start is None or of.end is None or of.end <= of.start:
        return reader.t("⚠ The end must be after the start.")
    several = len(of.chosen) > 1
    return would_close(
        reader, ((_title(reader, one.project) if several else "", one.said) for one in of.taken)
    )
