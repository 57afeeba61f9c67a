"""The verb `roles`: who holds what, giving and taking, and linking commit authors to people."""

from __future__ import annotations

import re
from datetime import date
from typing import assert_never

from commands import slash
from commands.parse.common import SHOWN, leftover, maybe_project, unreadable
from commands.parse.tokens import Words, group_id, phrase, pick, unlinked, user_id
from commands.parse.vocabulary import ROLES, SUBS, Sub
from domain.people import Role
from domain.refusals import Refused, Unreadable

_EMAIL = re.compile(r"[^\s@<>|]{1,64}@[^\s@<>|]{1,190}")

Roles = slash.ShowRoles | slash.GiveRoleText | slash.TakeRoleText | slash.LinkAuthorText


def read_roles(words: Words, _today: date) -> Roles:
    """`roles`, `roles give qa_lead @mina`, `roles take …`, `roles link mina@example.com @mina`."""
    sub, rest = phrase(words, SUBS) or (Sub.SHOW, words)
    match sub:
        case Sub.SHOW:
            return slash.ShowRoles(project=maybe_project(rest))
        case Sub.ADD:
            role, holder = _role_and_holder(rest, "/release roles give qa_lead @mina")
            return slash.GiveRoleText(role=role, holder=holder)
        case Sub.REMOVE:
            role, holder = _role_and_holder(rest, "/release roles take qa_lead @mina")
            return slash.TakeRoleText(role=role, holder=holder)
        case Sub.LINK:
            return _link(rest)
        case _:
            assert_never(sub)


def _role_and_holder(words: Words, example: str) -> tuple[Role | None, str | None]:
    """In either order; what was not typed is None."""
    holder, words = _take_holder(words)
    role, words = pick(words, ROLES)
    if words and role is None:
        raise unreadable("role", words, ROLES, example)
    if words:
        raise Refused(Unreadable("holder", words.first.text[:SHOWN], example))
    return role, holder


def _take_holder(words: Words) -> tuple[str | None, Words]:
    for index, token in enumerate(words.tokens):
        found = user_id(token) or group_id(token)
        if found:
            return found, words.without(index)
    return None, words


def _link(words: Words) -> slash.LinkAuthorText:
    user, words = _take_holder(words)
    if not words:
        return slash.LinkAuthorText(user=user)
    email = unlinked(words.first).casefold()
    if not _EMAIL.fullmatch(email):
        raise Refused(Unreadable("email", email[:SHOWN], "/release roles link mina@example.com @mina"))
    return leftover(words.after(1), slash.LinkAuthorText(email=email, user=user))
