"""Whether a host can be one: an address in place of a name, or a name that can be looked up."""

from __future__ import annotations

import ipaddress
import re

from pydantic_core import PydanticCustomError

_LONGEST = 253
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")


def is_host(host: str) -> bool:
    """Names in other scripts are looked up as IDNA spells them."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _is_name(host)
    return True


def _is_name(host: str) -> bool:
    try:
        name = host.encode("idna").decode("ascii").removesuffix(".")
    except UnicodeError:
        return False
    return len(name) <= _LONGEST and all(_LABEL.fullmatch(label) for label in name.split("."))


def refuse_unless_host(host: str) -> None:
    """Raises what the policy's mistakes are told by."""
    if not is_host(host):
        raise PydanticCustomError("address_host", "no host can be called {host}", {"host": host[:80]})
