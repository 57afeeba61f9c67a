"""What a policy says of notices: whom they reach where, and how a team words its own."""

from __future__ import annotations

import string
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.names import Names
from domain.notices.model import PLACES, NoticeAudience, NoticeKind

LONGEST = 2000
_CHANNEL = r"^(C[A-Z0-9]{2,20}|#[^\s#,]{1,80})$"


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


class NoticePlace(Rule):
    """A channel, and the language of what is posted there; None is the project's."""

    channel: Annotated[str, StringConstraints(pattern=_CHANNEL)]
    language: Literal["ko", "en"] | None = None


Places = Annotated[tuple[NoticePlace, ...], Field(max_length=10)]


class NoticeChannels(Rule):
    """The team is told in the home channel where nothing else is said."""

    team: Places = ()
    company: Places = ()
    customers: Places = ()


class CommunicationRules(Rule):
    """`templates` replace the shipped words of a turn, for every audience alike."""

    channels: NoticeChannels = NoticeChannels()
    templates: dict[NoticeKind, Template] = Field(default_factory=dict)

    def places(self, audience: NoticeAudience) -> tuple[NoticePlace, ...]:
        match audience:
            case NoticeAudience.TEAM:
                return self.channels.team
            case NoticeAudience.COMPANY:
                return self.channels.company
            case NoticeAudience.CUSTOMERS:
                return self.channels.customers
