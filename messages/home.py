"""App Home: what waits for me, and project by project: may it deploy now, what runs, the next dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from domain.views import HomeView, ProjectHome
from messages import blocks
from messages.blocks import Block
from messages.buttons import press_button
from messages.digests.setting import setting_words
from messages.entries import slot_dates
from messages.gates import verdict
from messages.ids import Press, Target
from messages.imports import fault
from messages.lists.calendar import blackout
from messages.lists.rows import project_title, row, task
from messages.parts import code, fitting, labelled, quote, stamp
from messages.texts import Reader

# A view takes 100 blocks: 4 for head, digest and end, 16 for tasks, at most 8 for each project.
TASKS, PROJECTS, RUNNING, SLOTS, BLACKOUTS, FEEDS = 14, 10, 6, 3, 3, 2
_LIST = 2800


def home(reader: Reader, view: HomeView) -> dict[str, Any]:
    return blocks.home(list(_blocks(reader, view)))


def _blocks(reader: Reader, view: HomeView) -> Iterator[Block]:
    t = reader.t
    yield from _tasks(reader, view)
    if not view.projects:
        yield blocks.section(_no_project(reader, view.why_not))
    for project in view.projects[:PROJECTS]:
        yield from _project(reader, project, view)
    if len(view.projects) > PROJECTS:
        yield blocks.context(t("… and {n} more projects", n=len(view.projects) - PROJECTS))
    if not view.why_not:
        change = press_button(t("Change…"), Press.DIGEST_TIME, Target())
        said = t("*Digest*: {setting}", setting=setting_words(reader, view.digest))
        yield blocks.section(said, accessory=change)
    yield blocks.context(
        t(
            "As of {at} · {help} shows everything that Naru can do",
            at=stamp(reader, view.at),
            help="`/release help`",
        )
    )


def _no_project(reader: Reader, why_not: str) -> str:
    """Who takes no part is told so, whatever channels they read along in."""
    t = reader.t
    if why_not == "guest":
        return t(
            "You are a guest of this workspace. Guests can read along, but cannot take part in releases; "
            "to take part, ask a workspace admin to make you a full member."
        )
    if why_not:
        return t("Releases are handled by people of this workspace only.")
    return t("You are in no project's channel yet. Join one, and it appears here.")


def _tasks(reader: Reader, view: HomeView) -> Iterator[Block]:
    t, tasks = reader.t, view.tasks
    yield blocks.header(t("What waits for you"))
    start = press_button(t("Start a release"), Press.START, Target(), style="primary")
    if view.why_not:
        yield blocks.section(t("Nothing waits for you. Have a calm day."))
        return
    if not tasks:
        yield blocks.section(t("Nothing waits for you. Have a calm day."), accessory=start)
        return
    yield blocks.section(t("Things to do: {n}", n=len(tasks)), accessory=start)
    for one in tasks[:TASKS]:
        yield blocks.section(task(reader, one))
    if len(tasks) > TASKS:
        yield blocks.context(
            t("… and {n} more; all of them: {command}", n=len(tasks) - TASKS, command="`/release mine`")
        )


def _project(reader: Reader, of: ProjectHome, view: HomeView) -> Iterator[Block]:
    t = reader.t
    local = replace(reader, project_zone=of.project.zone)
    yield blocks.divider()
    title, now = project_title(reader, of.project), t("Deploying now")
    yield blocks.section(f"*{title}* {blocks.channel(of.project.channel)}\n{now}: {verdict(local, of.gate)}")
    if of.problem:
        yield blocks.context(f"⚠ {quote(of.problem)}")
    for feed in of.feeds[:FEEDS]:
        name, why = code(feed.name), quote("; ".join(fault(local, one) for one in feed.faults[:1]))
        yield blocks.context("⚠ " + t("Calendar feed {feed} is not read: {why}", feed=name, why=why))
    running = fitting(reader, [row(local, one) for one in of.running[:RUNNING]], _LIST)
    more = len(of.running) - RUNNING
    yield blocks.section(running or t("_No release is under way._"))
    if more > 0:
        yield blocks.context(t("… and {n} more", n=more))
    dates = [slot_dates(local, one) for one in of.slots[:SLOTS]]
    dates += [blackout(local, one, now=one.start <= view.at) for one in of.blackouts[:BLACKOUTS]]
    if dates:
        yield blocks.section(
            labelled(t("Next dates"), fitting(reader, [f"• {line}" for line in dates], _LIST))
        )
