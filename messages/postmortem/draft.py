"""The draft of a post-mortem (spec 6.3): what the records know, and questions that only people can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from domain.checklists.model import Phase
from domain.criteria.model import Breach
from domain.people import Role
from domain.postmortem import Section
from domain.rollback import Entry, Room, StepState
from domain.views import RoomView
from messages import blocks, names
from messages.blocks import Block, Element, user
from messages.buttons import press_button
from messages.checklists.progress import lists_button
from messages.criteria.words import breach
from messages.dates import day, duration
from messages.ids import Press, Target
from messages.message import Message
from messages.modals.postmortem import QUESTIONS
from messages.parts import bullets, fitting, in_sections, quote, stamp, when
from messages.postmortem.items import item_line
from messages.texts import Reader
from messages.warroom.summary import heading, tag
from messages.warroom.timeline import entry

_EVIDENCE = 1200
# Slack takes about 13,000 characters a message; evidence, summary and recovery take at most 3,500.
TIMELINE = 3500
_ANSWER = 700  # of each of the five
_ITEMS = 2000
_WHOLE = 1_000_000
_BREACHES = 10


def postmortem(reader: Reader, view: RoomView) -> Message:
    head = reader.t("Post-mortem draft") + " · " + heading(reader, view.room)
    return Message(blocks.esc(head), list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: RoomView, head: str) -> Iterator[Block]:
    room = view.room
    yield blocks.header(head)
    yield blocks.context(due(reader, room))
    for title, lines in parts(reader, view):
        for text in in_sections([f"*{title}*", *lines]):
            yield blocks.section(text)
    yield blocks.actions(_presses(reader, view))


def parts(reader: Reader, view: RoomView, *, whole: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Title and lines of each part; `whole` where nothing has to be cut to what a message takes."""
    t, room = reader.t, view.room
    long = _WHOLE if whole else _ANSWER
    yield t("Summary"), list(_summary(reader, room))
    yield t("Impact"), [*_impact(reader, view), _answer(reader, room, Section.IMPACT, long)]
    yield t("Timeline"), _timeline(reader, view.entries, _WHOLE if whole else TIMELINE)
    yield t("What broke?"), [_answer(reader, room, Section.CAUSE, long)]
    yield t("Why was it not caught?"), [_answer(reader, room, Section.DETECTION, long)]
    yield t("Recovery"), list(_recovery(reader, room, long))
    yield t("Actions"), list(_items(reader, view, _WHOLE if whole else _ITEMS))
    yield t("Fix plan"), list(_plan(reader, view, long))


def _presses(reader: Reader, view: RoomView) -> list[Element]:
    """Once it is closed, what goes out again can still be linked. Until then it waits for a checklist."""
    t, room = reader.t, view.room
    target = Target(project=room.project, room=room.id)
    link = press_button(t("Link a re-deploy…"), Press.REDEPLOY, target)
    page = press_button(t("Open on the web"), Press.POSTMORTEM_WEB, target)
    if room.postmortem_done_at is not None:
        return [link, page]
    done = press_button(t("Close post-mortem"), Press.POSTMORTEM_DONE, Target(room=room.id), style="primary")
    asked = any(one.phase is Phase.ROLLBACK_AFTER for one in view.lists)
    lists = [lists_button(reader, room=room.id, phase=Phase.ROLLBACK_AFTER)] if asked else []
    return [
        done,
        *lists,
        press_button(t("Write…"), Press.POSTMORTEM_WRITE, target),
        press_button(t("Add an action item…"), Press.ITEM_ADD, target),
        link,
        press_button(t("As a file"), Press.POSTMORTEM_FILE, target),
        page,
    ]


def _answer(reader: Reader, room: Room, section: Section, limit: int) -> str:
    """What people wrote, else the question that they are asked."""
    found = next((answer for answer in room.answers if answer.section is section), None)
    return quote(found.text, limit) if found else f"_{reader.t(QUESTIONS[section][1])}_"


def _items(reader: Reader, view: RoomView, limit: int) -> Iterator[str]:
    if not view.room.items:
        yield reader.t("_Each with an owner and a date: what prevents it, what finds it sooner._")
        return
    lines = [item_line(reader, item, view.at) for item in view.room.items]
    yield fitting(reader, lines, limit)


def _plan(reader: Reader, view: RoomView, limit: int) -> Iterator[str]:
    yield _answer(reader, view.room, Section.PLAN, limit)
    if view.redeploy:
        version, stage = f"*{quote(view.redeploy.tag)}*", names.stage(reader, view.redeploy.stage)
        again = reader.t("Goes out again with {version} ({stage}).", version=version, stage=stage)
        date = _redeploy_date(reader, view)
        yield f"{again} {date}".rstrip()
    elif view.room.redeploy_on:
        yield _redeploy_date(reader, view)


def _redeploy_date(reader: Reader, view: RoomView) -> str:
    """When it went out, or goes out by its own plan; until then the day that was chosen for it."""
    t, release, on = reader.t, view.redeploy, view.room.redeploy_on
    if release and release.deployed_at:
        return t("Out since {at}.", at=when(reader, release.deployed_at))
    if release and release.deploy_at:
        return t("Planned for {at}.", at=when(reader, release.deploy_at))
    return t("New date: {day}", day=day(reader, on)) if on else ""


def due(reader: Reader, room: Room) -> str:
    t = reader.t
    if room.postmortem_done_at:
        return t("✓ Done {at}", at=stamp(reader, room.postmortem_done_at))
    if room.postmortem_due:
        return t("Due {at}", at=when(reader, room.postmortem_due))
    return t("Due when the service is restored")


def _summary(reader: Reader, room: Room) -> Iterator[str]:
    t = reader.t
    if room.declared_at:
        yield t(
            "{version} was rolled back to {target}.",
            version=f"*{quote(tag(room.version))}*",
            target=f"*{quote(room.target)}*" if room.target else t("no earlier version"),
        )
    if room.summary:
        yield quote(room.summary, _EVIDENCE)
    commanders = list(dict.fromkeys(seat.user for seat in room.seats))
    if commanders:
        role = names.role_label(reader, Role.INCIDENT_COMMANDER)
        yield f"{role}: {', '.join(user(one) for one in commanders)}"


def _impact(reader: Reader, view: RoomView) -> Iterator[str]:
    t, room = reader.t, view.room
    breached = [one for one in view.breaches if not one.unclear and not one.dry_run]
    yield from _times(reader, breached)
    yield from _course(reader, room)
    if room.declared_at and room.recovered_at:
        yield t("Time to restore: {length}", length=duration(reader, room.recovered_at - room.declared_at))
    if room.criteria:
        yield bullets(names.criterion(reader, one) for one in room.criteria)
    if room.evidence:
        yield quote(room.evidence, _EVIDENCE)
    if breached:
        yield t("Criteria breached:")
        yield bullets(_breach(reader, one) for one in breached[:_BREACHES])


def _times(reader: Reader, breached: Sequence[Breach]) -> Iterator[str]:
    """From the first reading that breached until Naru or a person said so."""
    measured = [one for one in breached if one.since is not None and one.metric]
    began = min((one.since for one in measured if one.since is not None), default=None)
    if began is not None:
        noticed = min(one.opened_at for one in measured)
        yield reader.t("Time to detect: {length}", length=duration(reader, noticed - began))


def _course(reader: Reader, room: Room) -> Iterator[str]:
    """Declared, mitigated, recovered (spec 6.2): mitigated when the last step that restores had ended."""
    t, declared = reader.t, room.declared_at
    if declared is None:
        return
    parts = [t("Declared {at}", at=stamp(reader, declared))]
    if mitigated := room.mitigated_at:
        after = duration(reader, mitigated - declared)
        parts.append(t("mitigated {at} (after {length})", at=stamp(reader, mitigated), length=after))
    if room.recovered_at:
        parts.append(t("recovered {at}", at=stamp(reader, room.recovered_at)))
    yield " · ".join(parts)


def _breach(reader: Reader, of: Breach) -> str:
    """With its value and threshold, and who decided what about it."""
    told = breach(reader, of)
    decided = _decided(reader, of)
    return f"{told} · {decided}" if decided else told


def _decided(reader: Reader, of: Breach) -> str:
    t, who = reader.t, user(of.by) if of.by else "Naru"
    if of.reason:
        return t("put aside by {who}: {reason}", who=who, reason=quote(of.reason, 120))
    if of.for_rollback:
        return t("rollback declared by {who}", who=who)
    return t("looked at by {who}", who=who) if of.by else ""


def _timeline(reader: Reader, entries: Sequence[Entry], limit: int) -> list[str]:
    """The first and the last entries where all of them do not fit; what is left out is said."""
    lines = [entry(reader, one, _EVIDENCE) for one in entries]
    if sum(len(one) + 1 for one in lines) <= limit:
        return lines
    first = _taken(lines, limit // 2)
    last = _taken(lines[::-1], limit // 2)[::-1]
    n = len(lines) - len(first) - len(last)
    return [*first, reader.t("… {n} more lines stand in this channel …", n=n), *last]


def _taken(lines: Sequence[str], limit: int) -> list[str]:
    """As many from the front as fit into `limit` characters."""
    kept: list[str] = []
    used = 0
    for one in lines:
        used += len(one) + 1
        if used > limit:
            break
        kept.append(one)
    return kept


def _recovery(reader: Reader, room: Room, limit: int) -> Iterator[str]:
    t = reader.t
    for step in room.steps:
        name = names.step(reader, step.key)
        if step.state is StepState.DONE and step.started_at and step.ended_at:
            length = duration(reader, step.ended_at - step.started_at)
            over = step.ended_at - step.started_at - step.budget
            late = (
                " " + t("({length} over budget)", length=duration(reader, over))
                if over > timedelta(0)
                else ""
            )
            yield f"✓ {name} · {length}{late}"
        elif step.state is StepState.SKIPPED:
            why = f": {quote(step.note, 120)}" if step.note else ""
            yield t("– {step} · skipped", step=name) + why
    written = any(answer.section is Section.RECOVERY for answer in room.answers)
    if written or not room.steps:
        yield _answer(reader, room, Section.RECOVERY, limit)
