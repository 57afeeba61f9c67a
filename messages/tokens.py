"""A project's tokens as a list on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.tokens import Token
from messages.dates import moment
from messages.texts import Reader


def tokens_page(reader: Reader, found: Sequence[Token], at: datetime) -> str:
    return "\n".join(_line(reader, token, at) for token in found)


def _line(reader: Reader, token: Token, at: datetime) -> str:
    t = reader.t
    used = t("never used")
    if token.used_at is not None:
        used = t("last used {at}", at=moment(reader, token.used_at, year=True))
    return " · ".join([token.name, ", ".join(token.scopes), _state(reader, token, at), used])


def _state(reader: Reader, token: Token, at: datetime) -> str:
    t = reader.t
    if token.revoked_at is not None:
        return t("revoked {at}", at=moment(reader, token.revoked_at, year=True))
    if not token.alive(at):
        return t("expired {at}", at=until(reader, token))
    return t("until {at}", at=until(reader, token))


def until(reader: Reader, token: Token) -> str:
    return moment(reader, token.expires_at, year=True) if token.expires_at else reader.t("it is revoked")
