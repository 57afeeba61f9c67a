"""The way back of each migration that lacks one, beneath the five rules of the database guide (spec 6.4).

Fields (block ids), for each migration by its key: `kind_KEY` (select: a `WayKind`), `text_KEY` (text),
`alternative_KEY` (select: an `Alternative`, for what is impossible), and `old_KEY` (yes or no: whether the
old version can run on the new schema). All may be left empty; what is filled in is recorded. Where none lacks
one, those that are given can be changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.readiness import Readiness
from domain.views import ReadinessView
from domain.ways_back import Alternative, MigrationWay, WayKind
from messages import blocks
from messages.blocks import Block, Element
from messages.ids import Form, Target
from messages.modals.fields import View, form, words, yes_no
from messages.parts import quote
from messages.readiness.guide import guide
from messages.readiness.words import ALTERNATIVES, KINDS, migration
from messages.texts import Reader

KIND, TEXT, ALTERNATIVE, OLD_RUNS = "kind_", "text_", "alternative_", "old_"
OFFERED = (WayKind.SCRIPT, WayKind.REVERT, WayKind.IMPOSSIBLE)
SHOWN = 12


def way_back(reader: Reader, view: ReadinessView) -> View:
    t, release = reader.t, view.release
    asked = to_ask(view.readiness)
    content: list[Block] = [
        blocks.section(f"*{quote(release.tag)}*" + (f" · rc.{release.rc}" if release.rc else "")),
        blocks.context(guide(reader)),
    ]
    for one in asked[:SHOWN]:
        content += _fields(reader, one)
    if len(asked) > SHOWN:
        content.append(
            blocks.context(t("{n} more are asked for when these are given.", n=len(asked) - SHOWN))
        )
    target = Target(project=release.project, release=release.id, candidate=release.rc)
    return form(reader, Form.WAY_BACK, t("Way back"), content, submit=t("Record"), target=target)


def to_ask(of: Readiness) -> list[MigrationWay]:
    return [one for one in of.ways if one.way is None] or list(of.ways)


def _fields(reader: Reader, one: MigrationWay) -> Iterator[Block]:
    t, key, way = reader.t, one.key, one.way
    yield blocks.divider()
    yield blocks.section(f"*{migration(reader, one.path)}*")
    kinds = [blocks.option(t(KINDS[kind]), kind) for kind in OFFERED]
    chosen = way.kind if way else WayKind.SCRIPT if one.script else None
    kind = blocks.select(f"{KIND}{key}", kinds, initial=_initial(kinds, chosen))
    yield blocks.field(t("Way back"), kind, f"{KIND}{key}", optional=True)
    yield words(
        t("Script, reverse migration or note"),
        f"{TEXT}{key}",
        hint=t("The script's path, or the name of the reverse migration."),
        initial=way.text if way else one.script,
        optional=True,
        lines=False,
    )
    others = [blocks.option(t(ALTERNATIVES[alternative]), alternative) for alternative in Alternative]
    alternative = blocks.select(
        f"{ALTERNATIVE}{key}", others, initial=_initial(others, way.alternative if way else None)
    )
    label = t("If impossible: what is done instead")
    yield blocks.field(label, alternative, f"{ALTERNATIVE}{key}", optional=True)
    yield blocks.field(
        t("Can the old version run on the new schema?"),
        yes_no(reader, f"{OLD_RUNS}{key}", initial=way.old_runs if way else None),
        f"{OLD_RUNS}{key}",
        hint=t("If it cannot, the database goes back first."),
        optional=True,
    )


def _initial(options: list[Element], chosen: str | None) -> Element | None:
    return next((option for option in options if option["value"] == chosen), None)
