"""The branches beside the main lines: how old, whose, how far from their base, and for which release."""

from __future__ import annotations

from collections.abc import Iterator

from domain.branches import Branch, stale
from domain.views import BranchesView
from messages import blocks
from messages.blocks import Block, user
from messages.lines.branches import age, unread_line
from messages.lists.rows import project_title
from messages.message import Message
from messages.parts import code, fitting, quote, stamp
from messages.texts import Reader

_AUTHOR = 60
_TEXT = 2_900


def branches_list(reader: Reader, view: BranchesView) -> Message:
    head = reader.t("Branches: {project}", project=project_title(reader, view.project))
    return Message(head, list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: BranchesView, head: str) -> Iterator[Block]:
    t = reader.t
    yield blocks.section(f"*{head}*")
    if view.read_at is None:
        yield blocks.section(t("The repository has not been read yet."))
        return
    if not view.branches and not view.unread:
        yield blocks.section(t("There are no branches beside the main lines."))
    old = {branch.name for branch in stale(view.branches, view.rules, view.at)} if view.trunk else set()
    rows = [_row(reader, view, branch, old=branch.name in old) for branch in view.branches]
    if rows:
        yield blocks.section(fitting(reader, rows, _TEXT))
    yield from (blocks.context(text) for text in unread_line(reader, view.unread))
    yield blocks.context(t("Read from the remote {at}", at=stamp(reader, view.read_at)))


def _row(reader: Reader, view: BranchesView, branch: Branch, *, old: bool) -> str:
    """`⏳ feat/x · 3 days · 5 ahead, 2 behind of main · v1.5.0 — @kim`."""
    t = reader.t
    release = view.releases.get(branch.name, "")
    distance = t(
        "{ahead} ahead, {behind} behind of {base}",
        ahead=branch.ahead,
        behind=branch.behind,
        base=code(branch.base),
    )
    how_old = age(reader, view.at - branch.since) if branch.since else t("merged, can be deleted")
    parts = (code(branch.name), how_old, distance, quote(release))
    mark = "⏳ " if old and not release else ""
    return f"• {mark}{' · '.join(part for part in parts if part)}{_whose(view, branch)}"


def _whose(view: BranchesView, branch: Branch) -> str:
    known = view.users.get(branch.email.lower(), "")
    who = user(known) if known else quote(branch.author, _AUTHOR)
    return f" — {who}" if who else ""
