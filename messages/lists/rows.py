"""One release as a line of a list, one task as a line of what waits for somebody."""

from __future__ import annotations

from dataclasses import replace

from domain.types import ReleaseType
from domain.views import ProjectView, Row, Task
from messages import names
from messages.blocks import channel
from messages.buttons import step_label
from messages.checklists.words import phase_name
from messages.lists import troubles
from messages.names import word
from messages.parts import gone_out, people, quote, stamp, when
from messages.texts import Reader

_DOTS = {
    ReleaseType.REGULAR: "🔵",
    ReleaseType.EMERGENCY: "🟠",
    ReleaseType.HOTFIX: "🔴",
    ReleaseType.FEATURE: "🟣",
}
_TASKS = {
    "approve": word("Your approval is asked"),
    "condition": word("A condition of yours is open"),
    "item": word("A checklist item is yours"),
    "exception": word("An exception waits for your decision"),
    "judgement": word("An exception waits for your judgement"),
    "seat": word("A war room has no incident commander"),
    "postmortem": word("A post-mortem waits to be finished"),
    "action_item": word("An action item of yours is open"),
    "revert": word("Main is ahead of production: revert it or fix it"),
    "git": word("Git could not do something; it is for you"),
}


def project_title(reader: Reader, project: ProjectView) -> str:
    return quote(project.title.get(reader.language) or project.title.get("en") or project.key)


def row(reader: Reader, of: Row) -> str:
    """Two lines: what it is and where it stands; what it waits for and when it goes out."""
    t = reader.t
    held = " ⏸ " + t("on hold") if of.held else ""
    kind = names.release_type(reader, of.type)
    stage = names.stage(reader, of.stage)
    head = f"{_DOTS[of.type]} *v{quote(of.version.removeprefix('v'), 64)}* · {kind} · {stage}{held}"
    changes = t("one change") if of.changes == 1 else t("{n} changes", n=of.changes)
    if of.left_out:
        changes = t("{changes}, {n} left out", changes=changes, n=of.left_out)
    return f"{head}\n{changes} · {_deploy(reader, of)}{_waiting(reader, of)}"


def _deploy(reader: Reader, of: Row) -> str:
    """When it went out; what is planned, while that is all there is."""
    t = reader.t
    planned = t("deploy {at}", at=when(reader, of.deploy_at)) if of.deploy_at else t("no date yet")
    return gone_out(reader, of.deploy_started_at, of.deployed_at) or planned


def _waiting(reader: Reader, of: Row) -> str:
    who = people(reader, of.waits_for) or names.roles(reader, of.waits_for_roles)
    if not who:
        return ""
    return "\n" + reader.t("waits for {who} since {at}", who=who, at=stamp(reader, of.since))


def task(reader: Reader, of: Task) -> str:
    """Two lines: what is to be done for which release; where, and since when or until when."""
    reader = replace(reader, project_zone=of.zone)
    text = _task_text(reader, of)
    said = of.names[reader.language] if of.names else of.text
    detail = f": {quote(said, 150)}" if said else ""
    version = f"*v{quote(of.version.removeprefix('v'), 64)}* · " if of.version else ""
    where = troubles.place(reader, of) if of.to_do else _where(of)
    return f"{version}{text}{detail}\n{where} · {_task_time(reader, of)}"


def _task_time(reader: Reader, of: Task) -> str:
    t = reader.t
    if of.due:
        return t("by {at}", at=stamp(reader, of.due))
    at = stamp(reader, of.since)
    return t("from {at}", at=at) if of.early else t("since {at}", at=at)


def _where(of: Task) -> str:
    return channel(of.channel) if of.channel.startswith("C") else quote(of.project, 60)


def _task_text(reader: Reader, of: Task) -> str:
    about = of.step or of.breach
    if of.to_do and about:
        return troubles.told(reader, of.to_do, about)
    if of.action:
        label = step_label(reader, of.action, of.rollout) if of.rollout else ""
        return reader.t("Next: {action}", action=quote(label) or names.action(reader, of.action))
    if of.item:
        return reader.t("To confirm: {item}", item=names.confirm_item(reader, of.item))
    if of.phase:
        return reader.t("Checklist “{list}”, open: {n}", list=phase_name(reader, of.phase), n=of.open)
    return reader.t(_TASKS[of.kind]) if of.kind in _TASKS else quote(of.kind)
