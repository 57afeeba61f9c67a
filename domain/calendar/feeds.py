"""iCalendar feeds that the policy lists: their events are blackouts or maintenance of the project."""

import ipaddress
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.blackouts import BlackoutKind, Scope
from domain.calendar.fields import Rule
from domain.hosts import refuse_unless_host
from domain.types import Environment, ReleaseType

# A mistake is told by how its pattern begins (storage/policies/validation.py).
FeedName = Annotated[str, StringConstraints(pattern=r"^[0-9a-z][0-9a-z-]{0,39}$")]


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    secure = bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))
    if not secure or parts.username or parts.password:
        raise PydanticCustomError("feed_address", "the address of a feed begins with https://")
    refuse_unless_host(host)
    return url


FeedAddress = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_address)]


class FeedRule(Rule):
    """One feed: the `url` it is fetched from, over and over, or a `file` of the machine that Naru runs on.

    Only the host of `url` is spoken to. No type named means every type.
    """

    name: FeedName
    url: FeedAddress | None = None
    file: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None
    kind: BlackoutKind = BlackoutKind.BLACKOUT
    types: tuple[ReleaseType, ...] = ()
    environments: tuple[Environment, ...] = Field(default=(Environment.PRODUCTION,), min_length=1)

    @property
    def scope(self) -> Scope:
        return Scope(types=frozenset(self.types), environments=frozenset(self.environments))

    @model_validator(mode="after")
    def _comes_from_one_place(self) -> Self:
        if (self.url is None) == (self.file is None):
            raise PydanticCustomError("feed_place", "a feed has a url or a file")
        return self


def _have_names_of_their_own(given: tuple[FeedRule, ...]) -> tuple[FeedRule, ...]:
    seen: set[str] = set()
    for feed in given:
        if feed.name in seen:
            raise PydanticCustomError("feed_twice", "two feeds are called {name}", {"name": feed.name})
        seen.add(feed.name)
    return given


Feeds = Annotated[tuple[FeedRule, ...], Field(max_length=50), AfterValidator(_have_names_of_their_own)]
