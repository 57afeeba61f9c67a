"""The address of a remote as the policy may have it: nothing secret stands in it."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

# How the tokens of code hosts begin; some of them are written where a user's name belongs.
_TOKENS = ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "ATBB", "ATCT")


def _without_secret(url: str) -> str:
    """The policy is kept for ever and shown to people: a password in it would be, too."""
    with suppress(ValueError):
        address = urlsplit(url)
        if address.password is None and not (address.username or "").startswith(_TOKENS):
            return url
    raise PydanticCustomError("secret_in_url", "a password stands in the address")


RemoteUrl = Annotated[str, AfterValidator(_without_secret)]
