"""What a policy says of notices: whom they reach where, and how a team words its own."""

from __future__ import annotations

import string
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.names import Names
from domain.notes.rules import PlaceRule, Places
from domain.notices.model import PLACES, NoticeAudience, NoticeKind

LONGEST = 2000


def _known_places(names: Names) -> Names:
    """A misspelt placeholder must not reach a customer."""
    for text in (names.ko, names.en):
        if len(text) > LONGEST:
            raise PydanticCustomError("text_too_long", "at most {limit} characters", {"limit": LONGEST})
        try:
            parsed = list(string.Formatter().parse(text))
        except ValueError as error:
            raise PydanticCustomError("notice_braces", "braces that do not close") from error
        for _, name, spec, conversion in parsed:
            if name is not None and (name not in PLACES or spec or conversion):
                raise PydanticCustomError("notice_place", "no placeholder: {place}", {"place": name})
    return names


Template = Annotated[Names, AfterValidator(_known_places)]


class NoticeChannels(Rule):
    """The team is told in the home channel where nothing else is said."""

    team: Places = ()
    company: Places = ()
    customers: Places = ()


class CommunicationRules(Rule):
    """`templates` replace the shipped words of a turn, for every audience alike."""

    channels: NoticeChannels = NoticeChannels()
    templates: dict[NoticeKind, Template] = Field(default_factory=dict)

    def places(self, audience: NoticeAudience) -> tuple[PlaceRule, ...]:
        match audience:
            case NoticeAudience.TEAM:
                return self.channels.team
            case NoticeAudience.COMPANY:
                return self.channels.company
            case NoticeAudience.CUSTOMERS:
                return self.channels.customers
