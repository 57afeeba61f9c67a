"""Time zones as people type them: an IANA name, or its city."""

from __future__ import annotations

from collections import Counter
from functools import cache
from zoneinfo import available_timezones

from commands.parse.common import unreadable
from commands.parse.tokens import Words

_EXAMPLE = "Asia/Seoul"


def take_zone(words: Words) -> tuple[str, Words]:
    """`Europe/Berlin`, `berlin`, `new york`, `UTC`. Raises Refused for what is none of them."""
    known = _known()
    for count in (3, 2, 1):
        name = _key(" ".join(token.text for token in words.tokens[:count]))
        if count <= len(words.tokens) and name in known:
            return known[name], words.after(count)
    raise unreadable("zone", words, known, _EXAMPLE)


def _key(text: str) -> str:
    return text.casefold().replace(" ", "_")


@cache
def _known() -> dict[str, str]:
    """Zones by their names, and by their cities where only one has that name."""
    zones = available_timezones()
    times = Counter(_key(name.rpartition("/")[2]) for name in zones)
    cities = {_key(name.rpartition("/")[2]): name for name in zones}
    alone = {city: name for city, name in cities.items() if times[city] == 1}
    return alone | {_key(name): name for name in zones}
