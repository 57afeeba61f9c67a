"""The whole of a release's way back: each check with its evidence, and what is to be done by whom."""

from __future__ import annotations

from collections.abc import Iterator

from domain.readiness import CheckState, Readiness, TrackedChange, may_prepare
from domain.readiness_rules import ReadinessCheck, Strictness
from domain.rehearsals import Rehearsal
from domain.views import ReadinessView
from domain.ways_back import MigrationWay
from messages import blocks
from messages.blocks import Block, user
from messages.buttons import press_button
from messages.dates import duration
from messages.ids import Press, Target
from messages.message import Message
from messages.needs import missing_line
from messages.parts import code, fitting, quote, stamp
from messages.readiness.badge import badge, first
from messages.readiness.guide import guide
from messages.readiness.words import CHECKS, links_line, migration, phase, way_line
from messages.texts import Reader

_EVIDENCE = 2000
_NOTE = 200


def readiness_answer(reader: Reader, view: ReadinessView) -> Message:
    release = view.release
    candidate = f" · rc.{release.rc}" if release.rc else ""
    head = reader.t("Way back of {release}", release=f"{release.tag}{candidate}")
    return Message(blocks.esc(head), list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: ReadinessView, head: str) -> Iterator[Block]:
    of = view.readiness
    yield blocks.header(head)
    yield blocks.section("\n".join([badge(reader, of), *first(reader, of)]))
    for check in ReadinessCheck:
        lines = [*_evidence(reader, of, check), *(missing_line(reader, one) for one in of.missing(check))]
        title = f"{_mark(of, check)} *{reader.t(CHECKS[check])}*"
        yield blocks.section(f"{title}\n{fitting(reader, lines, _EVIDENCE)}")
    yield from _what_stops(reader, of)
    if of.ways:
        yield blocks.context(guide(reader))
    if may_prepare(view.release):
        yield blocks.actions(_buttons(reader, view))


def _mark(of: Readiness, check: ReadinessCheck) -> str:
    strictness, state = of.rules.guard.of(check), of.state(check)
    if strictness is Strictness.OFF or state is CheckState.NOT_NEEDED:
        return "–"
    if state is CheckState.OK:
        return "✓"
    return "✕" if strictness is Strictness.BLOCK else "⚠"


def _what_stops(reader: Reader, of: Readiness) -> Iterator[Block]:
    t = reader.t
    if of.blocking:
        yield blocks.context(t("✕ stops the approval and the deploy, ⚠ only warns: the policy says which."))
    elif of.open:
        yield blocks.context(t("⚠ only warns: nothing here stops the approval."))


def _evidence(reader: Reader, of: Readiness, check: ReadinessCheck) -> Iterator[str]:
    t = reader.t
    match check:
        case ReadinessCheck.PREVIOUS_TAG:
            yield from _target(reader, of)
        case ReadinessCheck.WAYS_BACK:
            yield from (_way(reader, one) for one in of.ways if one.way)
            yield from (_proposed(reader, one) for one in of.ways if one.script and not one.way)
            if not of.ways:
                yield t("This candidate carries no migration.")
        case ReadinessCheck.REHEARSAL:
            if of.rehearsal:
                yield _rehearsal(reader, of.rehearsal, of)
        case ReadinessCheck.CONTRACT:
            yield from (_change(reader, one) for one in of.changes)
            if not of.changes:
                yield t("This release takes no part in a schema change.")


def _target(reader: Reader, of: Readiness) -> Iterator[str]:
    t = reader.t
    if of.target.tag and of.target.there:
        yield t("{tag} is on the remote and was good in production.", tag=code(of.target.tag))
    elif not of.target.tag and of.target.stated:
        yield t("No earlier version is good. Instead: {what}", what=quote(of.target.stated))


def _way(reader: Reader, one: MigrationWay) -> str:
    if one.way is None:
        return ""
    said = way_line(reader, one.way)
    by = f"{user(one.way.by)}, {stamp(reader, one.way.at)}"
    return f"✓ {migration(reader, one.path)}\n        {said} · {by}"


def _proposed(reader: Reader, one: MigrationWay) -> str:
    return reader.t(
        "○ {path} has a file that looks like it: {script}", path=code(one.path), script=code(one.script)
    )


def _rehearsal(reader: Reader, of: Rehearsal, at: Readiness) -> str:
    t = reader.t
    candidate = f" rc.{of.candidate}" if of.candidate else ""
    text = t(
        "{release}, {age} ago · {at} · {by}",
        release=quote(f"v{of.version}{candidate}"),
        age=duration(reader, at.at - of.at),
        at=stamp(reader, of.at),
        by=user(of.by),
    )
    return f"{text}\n> {quote(of.note, _NOTE)}" if of.note else text


def _change(reader: Reader, of: TrackedChange) -> str:
    """`orders.total`, this release: contract (expand v1.5.0 → migrate v1.6.0 → contract v1.7.0)."""
    return reader.t(
        "{subject}, this release: {phase} ({links})",
        subject=code(of.change.subject),
        phase=phase(reader, of.phase),
        links=links_line(reader, of.links),
    )


def _buttons(reader: Reader, view: ReadinessView) -> list[blocks.Element]:
    t, release = reader.t, view.release
    target = Target(release=release.id, candidate=release.rc)
    found = []
    if view.readiness.ways:
        style = "primary" if view.readiness.given < len(view.readiness.ways) else ""
        found.append(press_button(t("Give the way back…"), Press.WAY_BACK_GIVE, target, style=style))
    found.append(press_button(t("Record a rehearsal…"), Press.REHEARSED, target))
    found.append(press_button(t("Begin a schema change…"), Press.SCHEMA_BEGIN, target))
    return found
