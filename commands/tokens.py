"""Tokens of projects: made, renewed and revoked by who runs Naru; looked at by every request over HTTP."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from commands import context
from commands.record import record
from commands.requests import MakeToken, RevokeToken, RotateToken
from domain.events import TokenMade, TokenRevoked, TokenRotated
from domain.people import Origin
from domain.refusals import AlreadySo, Gone, Refused
from domain.tokens import ID_HEX, SECRET_HEX, Token, digest, in_order, parse, spelled
from storage import tokens
from storage.db import Tx

USED_AGAIN = timedelta(hours=1)
"""How exact the last use is: a request need not write for it."""
_NOBODY = digest("")


@dataclass(frozen=True)
class Shown:
    """A token that was made, with its whole text: shown now and never again."""

    token: Token
    text: str


def make(tx: Tx, request: MakeToken, origin: Origin) -> Shown:
    """Raises Refused for an unknown project, or a name that a token in use has."""
    project = context.project_of(tx, request.project)
    at = tx.wall()
    if any(one.name == request.name and one.alive(at) for one in tokens.of_project(tx, project.key)):
        raise Refused(AlreadySo("token"))
    secret = secrets.token_hex(SECRET_HEX // 2)
    made = Token(
        id=secrets.token_hex(ID_HEX // 2),
        project=project.key,
        name=request.name,
        scopes=in_order(request.scopes),
        digest=digest(secret),
        created_at=at,
        expires_at=at + request.lasts if request.lasts else None,
    )
    tokens.add(tx, made)
    event = TokenMade(token=made.id, name=made.name, scopes=made.scopes, expires_at=made.expires_at)
    record(tx, origin, project, [event])
    return Shown(made, spelled(made.id, secret))


def rotate(tx: Tx, request: RotateToken, origin: Origin) -> Shown:
    """Another secret for the same token; it lasts as long from now as it did. Raises Refused."""
    found = _in_use(tx, request.project, request.name)
    secret, at = secrets.token_hex(SECRET_HEX // 2), tx.wall()
    lasted = found.expires_at - found.created_at if found.expires_at else None
    renewed = replace(found, digest=digest(secret), created_at=at, expires_at=at + lasted if lasted else None)
    tokens.put(tx, renewed)
    event = TokenRotated(token=found.id, name=found.name)
    record(tx, origin, context.project_of(tx, found.project), [event])
    return Shown(renewed, spelled(found.id, secret))


def revoke(tx: Tx, request: RevokeToken, origin: Origin) -> Token:
    """It is good for nothing from now on. Raises Refused."""
    found = _in_use(tx, request.project, request.name)
    ended = replace(found, revoked_at=tx.wall())
    tokens.put(tx, ended)
    event = TokenRevoked(token=found.id, name=found.name)
    record(tx, origin, context.project_of(tx, found.project), [event])
    return ended


def _in_use(tx: Tx, project: str, name: str) -> Token:
    """The newest of that name that was not revoked; an expired one can be renewed."""
    known = tokens.of_project(tx, context.project_of(tx, project).key)
    found = [one for one in known if one.name == name and one.revoked_at is None]
    if not found:
        raise Refused(Gone("token"))
    return found[-1]


def known(tx: Tx, text: str) -> Token | None:
    """The token that somebody shows, None for one that is wrong, revoked or expired."""
    parts = parse(text)
    found = tokens.get(tx, parts[0]) if parts else None
    # Who guesses ids does not learn from the time which there are.
    held = found.digest if found else _NOBODY
    same = hmac.compare_digest(held, digest(parts[1] if parts else ""))
    return found if found and parts and same and found.alive(tx.wall()) else None


def used(tx: Tx, token: Token) -> None:
    tokens.used(tx, token.id, tx.wall())


def is_news(tx: Tx, token: Token) -> bool:
    """Whether its use is worth writing down."""
    return token.used_at is None or tx.wall() - token.used_at >= USED_AGAIN
