"""The calendar's answers: may this be deployed now, freezes, blackouts, release windows."""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar.blackouts import Blackout, BlackoutKind, Scope
from domain.calendar.changes import SLOT
from domain.calendar.entries import Freeze
from domain.calendar.gate import GateAnswer
from domain.views import BlackoutsView, FreezeView, GateView, WindowsView
from messages import blocks, names
from messages.blocks import Block, Element
from messages.buttons import press_button
from messages.dates import city, span, windows_of_week
from messages.entries import left_out, scope_names, slot_dates
from messages.gates import gate_line, reason_name, verdict
from messages.ids import Press, Target
from messages.lists.rows import project_title
from messages.message import Message
from messages.modals.exceptions import MERGE
from messages.parts import bullets, code, fitting, labelled, quote, when
from messages.texts import Reader

_SLOTS = 8
_SHOWN = 20
_LIST = 2500
_LEFT_OUT = 5


def gate_answer(reader: Reader, view: GateView) -> Message:
    """For `/release can-i-deploy`; with a button to ask for an exception where that can help."""
    t = reader.t
    kind = names.release_type(reader, view.type)
    what = f"*{quote(view.release.tag)}* · {kind}" if view.release else f"*{kind}*"
    head = f"{project_title(reader, view.project)} · {what}"
    content = [blocks.section(f"{head}\n{gate_line(reader, view.answer)}")]
    if view.answer.who_can_grant:
        content.append(blocks.context("\n".join(_grantors(reader, view.answer))))
    if view.answer.who_can_grant and view.release:
        ask = press_button(t("Ask for an exception…"), Press.EXCEPTION_ASK, Target(release=view.release.id))
        content.append(blocks.actions([ask]))
    return Message(verdict(reader, view.answer), content)


def _grantors(reader: Reader, answer: GateAnswer) -> Iterator[str]:
    """Who may grant an exception to what; and what stays closed in spite of them."""
    t = reader.t
    for reason in answer.closing:
        if reason.exceptionable:
            what, roles = reason_name(reader, reason), names.roles(reader, reason.grantors)
            yield t("Exception possible: {what}, granted by: {roles}", what=what, roles=roles)
    left = [reason_name(reader, reason) for reason in answer.closing if not reason.exceptionable]
    if left:
        yield t("No exception opens: {what}", what=", ".join(left))


def freezes_list(reader: Reader, view: FreezeView) -> Message:
    t = reader.t
    head = t("Code freezes: {project}", project=project_title(reader, view.project))
    lines = [freeze(reader, one, view) for one in view.freezes]
    now = fitting(reader, lines, _LIST) or t("No release has a code freeze at present.")
    content = [blocks.section(f"*{head}*\n{now}")]
    if view.slots:
        dates = bullets(slot_dates(reader, one) for one in view.slots[:_SLOTS])
        content.append(blocks.section(labelled(t("Next dates"), dates)))
    merge = Target(project=view.project.key, state=MERGE)
    presses = [press_button(t("Ask to merge in the freeze…"), Press.EXCEPTION_ASK, merge)]
    if view.slots:
        move = Target(project=view.project.key, state=SLOT)
        presses.insert(0, press_button(t("One date only…"), Press.OCCURRENCE, move))
    return Message(head, [*content, blocks.actions(presses)])


def freeze(reader: Reader, of: Freeze, view: FreezeView) -> str:
    t = reader.t
    name = f"*v{quote(of.version.removeprefix('v'))}*"
    if of.starts > view.at:
        return t("○ {version}: begins {at}", version=name, at=when(reader, of.starts))
    if of.ends and of.ends <= view.at:
        return t("✓ {version}: ended {at}", version=name, at=when(reader, of.ends))
    return t(
        "❄ {version}: since {at}, until it is deployed; fixes only", version=name, at=when(reader, of.starts)
    )


def blackouts_list(reader: Reader, view: BlackoutsView) -> Message:
    t = reader.t
    head = t("Blackouts: {project}", project=project_title(reader, view.project))
    return Message(head, list(_blackouts(reader, view, head)))


def _blackouts(reader: Reader, view: BlackoutsView, head: str) -> Iterator[Block]:
    t = reader.t
    coming = sorted((one for one in view.blackouts if one.end > view.at), key=lambda one: one.start)
    yield blocks.section(f"*{head}*" if coming else labelled(head, t("None is planned.")))
    for one in coming[:_SHOWN]:
        yield blocks.section(blackout(reader, one, now=one.start <= view.at))
        if buttons := list(_blackout_buttons(reader, one, view.project.key)):
            yield blocks.actions(buttons)
    if len(coming) > _SHOWN:
        yield blocks.context(t("… and {n} more", n=len(coming) - _SHOWN))
    for one in view.left_out[:_LEFT_OUT]:
        yield blocks.section(left_out(reader, one))
        back = Target(project=view.project.key, blackout=one.id)
        yield blocks.actions([press_button(t("Give it back"), Press.BLACKOUT_RESTORE, back)])
    add = Target(project=view.project.key)
    yield blocks.actions([press_button(t("Add a blackout…"), Press.BLACKOUT_ADD, add)])


def _blackout_buttons(reader: Reader, of: Blackout, project: str) -> Iterator[Element]:
    """What the policy file holds is changed there; one year of what comes every year can be changed here."""
    t = reader.t
    if not (of.added_by or of.series):
        return
    once = Target(project=project, blackout=of.id)
    yield press_button(t("Move this year…") if of.series else t("Move…"), Press.BLACKOUT_MOVE, once)
    if of.moved:
        yield press_button(t("As usual"), Press.BLACKOUT_RESTORE, once)
    if of.series:
        yield press_button(
            t("Cancel this year"), Press.BLACKOUT_REMOVE, once, key="year", confirm=_sure(reader, of)
        )
    if of.added_by:
        whole = Target(project=project, blackout=of.series or of.id)
        label = t("Remove for every year") if of.series else t("Remove")
        yield press_button(label, Press.BLACKOUT_REMOVE, whole, confirm=_sure(reader, of))


def blackout(reader: Reader, of: Blackout, *, now: bool) -> str:
    """Its name, its time, for whom, and its reason; one from the policy file says so."""
    t = reader.t
    head = f"{'🔴 ' if now else ''}*{quote(of.name, 150)}* · {span(reader, of.start, of.end)}"
    rest = [
        t("Maintenance") if of.kind is BlackoutKind.MAINTENANCE else "",
        t("every year") if of.series else "",
        t("moved this year") if of.moved else "",
        "" if of.scope == Scope() else scope_names(reader, of.scope.types, of.scope.environments),
        quote(of.reason, 150),
        "" if of.added_by else _source(reader, of),
    ]
    told = " · ".join(filter(None, rest))
    return f"{head}\n{told}" if told else head


def _source(reader: Reader, of: Blackout) -> str:
    t = reader.t
    return t("from the calendar feed {feed}", feed=code(of.feed)) if of.feed else t("from the policy file")


def _sure(reader: Reader, of: Blackout) -> dict[str, object]:
    t = reader.t
    text = t("{name} no longer closes deploys. The channel is told.", name=blocks.cut(of.name, 150))
    return blocks.confirm(t("Remove the blackout?"), text, t("Remove"), t("Keep"), danger=True)


def windows_list(reader: Reader, view: WindowsView) -> Message:
    t = reader.t
    head = t("Release windows: {project}", project=project_title(reader, view.project))
    return Message(head, list(_windows(reader, view, head)))


def _windows(reader: Reader, view: WindowsView, head: str) -> Iterator[Block]:
    t = reader.t
    source = t("from the policy file") if view.from_policy else t("set in Slack")
    zone = city(reader, view.project.zone)
    yield blocks.section(f"*{head}*")
    yield blocks.context(f"{zone} · {source}")
    if not view.windows:
        yield blocks.section(t("There is none, so planned releases cannot be deployed at all. Add one."))
    for one in view.windows[:_SHOWN]:
        target = Target(project=view.project.key, state=one.key)
        yield blocks.section(windows_of_week(reader, [one]))
        yield blocks.actions(
            [
                press_button(t("One date only…"), Press.OCCURRENCE, target, key=one.key),
                press_button(t("Remove"), Press.WINDOW_REMOVE, target, key=one.key),
            ]
        )
    add = Target(project=view.project.key)
    yield blocks.actions([press_button(t("Add a window…"), Press.WINDOW_ADD, add)])
