"""Refusals and whatever else is said, at random: ids as Slack gives them, all other text hostile."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, get_args

from hypothesis import strategies as st

from domain.criteria.model import Breach
from domain.errands import NotDone, Said
from domain.events import Denied
from domain.needs import Missing, Need
from domain.refusals import NotReady, Refusal
from tests.messages.surfaces.generators import channels, ids, made, users

# What Slack gives; never typed by anybody.
_IDS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("owner", "handed_by", "commander", "former", "said_by"), users | st.just("")),
    **dict.fromkeys(("user", "by", "captain", "named"), users),
    "holder": users | st.from_regex(r"S[A-Z0-9]{3,9}", fullmatch=True),
    **dict.fromkeys(("who", "users", "barred", "waiting_for"), st.lists(users, max_size=30).map(tuple)),
    "open_rooms": st.lists(channels, max_size=5).map(tuple),
    "channel": channels,
    "lost": channels | st.just(""),
    "channels": st.lists(channels | st.just(""), max_size=5).map(tuple),
    "room": ids,
    "page": ids,
}
_BREACH = made(Breach, **dict.fromkeys(("reporter", "confirmed_by", "by"), users | st.just("")))
_IDS |= {"breach": _BREACH, "breaches": st.lists(_BREACH, max_size=30).map(tuple)}
# Everything of ours that may stand between < and >.
OURS = re.compile(
    r"@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^[A-Z0-9]+|!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|]+"
    r"|https?://[^<>|\s]+\|[^<>|]+"
)
TOKEN = re.compile(r"<([^<>]*)>")


def _one(cls: type) -> st.SearchStrategy[Any]:
    fields = {field.name for field in dataclasses.fields(cls)}
    return made(cls, **{name: strategy for name, strategy in _IDS.items() if name in fields})


needs = st.one_of([_one(cls) for cls in get_args(Need)])
missing = st.builds(Missing, needs, made(Missing).map(lambda one: one.roles), users | st.just(""))


def refusals_of(cls: type) -> st.SearchStrategy[Any]:
    if cls is NotReady:
        return made(NotReady, missing=st.lists(missing, max_size=40).map(tuple))
    return _one(cls)


refusals = st.one_of([refusals_of(cls) for cls in get_args(Refusal)])


def said_of(cls: type) -> st.SearchStrategy[Any]:
    if cls is Denied:
        return st.builds(Denied, request=st.just("Advance"), refusal=refusals)
    if cls is NotDone:
        return st.builds(NotDone, event=st.builds(Denied, request=st.just("Advance"), refusal=refusals))
    return _one(cls)


SAID: tuple[type, ...] = tuple(cls for one in get_args(Said) for cls in (get_args(one) or (one,)))


def foreign_tokens(text: str) -> list[str]:
    """What stands between < and > and is none of ours: somebody else's markup."""
    return [token for token in TOKEN.findall(text) if not OURS.fullmatch(token)]
