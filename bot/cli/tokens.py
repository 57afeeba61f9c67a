"""`naru token`: made, renewed and revoked by who runs Naru; the secret is shown once and nowhere kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from bot.cli.database import opened
from bot.cli.mistakes import Mistake, one_of, reader, say
from bot.settings import Settings
from commands import context, tokens
from commands.requests import MakeToken, RevokeToken, RotateToken
from commands.tokens import Shown
from domain.durations import parse_duration
from domain.people import BOT, Origin, Via
from domain.tokens import NAME, Scope, Token, in_order
from messages.cli import Code, said
from messages.tokens import tokens_page, until
from storage import tokens as stored
from storage.db import Tx

TERMINAL = Origin(BOT, Via.COMMAND_LINE)
NEVER = "never"
LONGEST = timedelta(days=3650)


def create(project: str, name: str, scopes: Sequence[str], expires: str) -> None:
    """The token alone on standard output, for scripts; what it is for on standard error."""
    if not NAME.fullmatch(name):
        raise Mistake(Code.NO_NAME, given=name)
    wanted = [one.strip() for given in scopes for one in given.split(",") if one.strip()]
    if not wanted:
        raise Mistake(Code.NO_SCOPE, known=", ".join(Scope))
    chosen = in_order(one_of(Scope, "--scope", one) for one in wanted)
    request = MakeToken(project=project, name=name, scopes=chosen, lasts=_lasts(expires))
    with opened(Settings.load()) as database, database.transaction() as tx:
        made = tokens.make(tx, request, TERMINAL)
    _show(made)


def rotate(project: str, name: str) -> None:
    with opened(Settings.load()) as database, database.transaction() as tx:
        renewed = tokens.rotate(tx, RotateToken(project=project, name=name), TERMINAL)
    _show(renewed)


def revoke(project: str, name: str) -> None:
    with opened(Settings.load()) as database, database.transaction() as tx:
        ended = tokens.revoke(tx, RevokeToken(project=project, name=name), TERMINAL)
    say(said(reader(), Code.TOKEN_REVOKED, name=ended.name, project=ended.project))


def list_(project: str, *, as_json: bool) -> None:
    with opened(Settings.load()) as database:
        found, zone = database.read_now(_found, project)
        at = database.read_now(lambda tx: tx.wall())
    if as_json:
        say(json.dumps([_plain(token) for token in found]))
    elif found:
        say(tokens_page(reader(zone), found, at))
    else:
        say(said(reader(), Code.NO_TOKENS, project=project))


def _found(tx: Tx, project: str) -> tuple[list[Token], str]:
    home = context.project_of(tx, project)
    return stored.of_project(tx, home.key), home.policy.zone


def _lasts(expires: str) -> timedelta | None:
    if expires.strip().lower() == NEVER:
        return None
    try:
        lasts = parse_duration(expires)
    except ValueError:
        lasts = timedelta()
    if not timedelta() < lasts <= LONGEST:
        raise Mistake(Code.NO_DURATION, given=expires)
    return lasts


def _show(shown: Shown) -> None:
    token = shown.token
    told = {"name": token.name, "project": token.project, "until": until(reader(), token)}
    say(said(reader(), Code.TOKEN_SHOWN, scopes=", ".join(token.scopes), **told), error=True)
    say(shown.text)


def _plain(token: Token) -> dict[str, object]:
    """Without the digest: nobody needs it."""
    times = {
        name: at.isoformat() if at else None
        for name, at in (
            ("created_at", token.created_at),
            ("expires_at", token.expires_at),
            ("revoked_at", token.revoked_at),
            ("used_at", token.used_at),
        )
    }
    return {"id": token.id, "name": token.name, "scopes": list(token.scopes), **times}
