"""The form of a project's roles."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build, FieldError
from bot.payloads import State
from commands.requests import GiveRole, Request, TakeRole
from domain.people import Role
from domain.refusals import TextMissing, Unreadable
from messages.ids import Form, Target
from messages.modals import project


def _role(target: Target, state: State) -> Request:
    typed = state.text(project.HOLDER).strip("<>!@ ").removeprefix("subteam^").partition("|")[0]
    holder = state.user(project.USER) or typed
    if not holder:
        raise FieldError(project.USER, TextMissing("person"))
    if holder[:1] not in {"U", "W", "S"}:
        raise FieldError(project.HOLDER, Unreadable("person", holder))
    role = Role(state.choice(project.ROLE) or target.role)
    if target.state == project.TAKE:
        return TakeRole(project=target.project, role=role, holder=holder)
    return GiveRole(project=target.project, role=role, holder=holder)


FORMS: Mapping[Form, Build] = {
    Form.ROLE: _role,
}

FIELDS: Mapping[Form, str] = {
    Form.ROLE: project.USER,
}
