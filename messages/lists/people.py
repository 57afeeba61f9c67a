"""What waits for somebody, and who holds which role."""

from __future__ import annotations

from collections.abc import Iterator

from domain.people import Holding, Role
from domain.views import MineView, RolesView
from messages import blocks, names
from messages.blocks import Block, user
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.lists.rows import project_title, task
from messages.message import Message
from messages.parts import people, quote
from messages.texts import Reader

_TASKS = 25
_HOLDERS = 10


def mine_list(reader: Reader, view: MineView) -> Message:
    head = reader.t("What waits for you: {n}", n=len(view.tasks))
    return Message(head, list(_mine(reader, view, head)))


def _mine(reader: Reader, view: MineView, head: str) -> Iterator[Block]:
    t = reader.t
    if not view.tasks:
        yield blocks.section(
            t("Nothing waits for you. What runs is in {command}.", command="`/release list`")
        )
        return
    yield blocks.section(f"*{head}*")
    for one in view.tasks[:_TASKS]:
        yield blocks.section(task(reader, one))
    if len(view.tasks) > _TASKS:
        yield blocks.context(t("… and {n} more", n=len(view.tasks) - _TASKS))


def roles_list(reader: Reader, view: RolesView) -> Message:
    head = reader.t("Roles: {project}", project=project_title(reader, view.project))
    return Message(head, list(_roles(reader, view, head)))


def _roles(reader: Reader, view: RolesView, head: str) -> Iterator[Block]:
    t = reader.t
    yield blocks.section(f"*{head}*")
    for role in Role:
        if role is not Role.STAKEHOLDER:
            yield blocks.section(_role(reader, view, role))
    owners = people(reader, view.owners) or t("nobody: set them in the policy file")
    yield blocks.context(t("Owners, who change roles but never their own: {owners}", owners=owners))
    target = Target(project=view.project.key)
    yield blocks.actions(
        [
            press_button(t("Give a role…"), Press.ROLE_GIVE, target),
            press_button(t("Take one back…"), Press.ROLE_TAKE, target),
        ]
    )


def _role(reader: Reader, view: RolesView, role: Role) -> str:
    """Who holds it and where that comes from; groups with how many they are."""
    t = reader.t
    locked = " 🔒 " + t("changes only in the policy file") if role in view.locked else ""
    holdings = [one for one in view.holdings if one.role is role]
    lines = [f"*{names.role_label(reader, role)}*{locked}"]
    lines += [_holding(reader, one) for one in holdings[:_HOLDERS]]
    if len(holdings) > _HOLDERS:
        lines.append(t("… and {n} more", n=len(holdings) - _HOLDERS))
    if not holdings:
        lines.append(t("_nobody yet_"))
    elif any(one.is_group for one in holdings):
        members = people(reader, view.members.get(role, ()))
        lines.append(t("In all: {people}", people=members or t("nobody")))
    return "\n".join(lines)


def _holding(reader: Reader, of: Holding) -> str:
    who = f"<!subteam^{quote(of.holder)}>" if of.is_group else user(of.holder)
    return f"• {who} · {names.role_source(reader, of.source)}"
