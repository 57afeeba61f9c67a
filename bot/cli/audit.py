"""`naru audit`: the chain checked, and everything recorded of one release."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select

from bot.cli.database import opened
from bot.cli.finding import release_named
from bot.cli.mistakes import reader, say
from bot.settings import Settings
from commands import context
from domain.project import Project
from domain.release import Release
from messages.cli import Code, said
from messages.cli_pages import audit_page
from storage import audit, people
from storage.db import Tx
from storage.tables import AuditRow

WHOLE, BROKEN = 0, 2


def verify(*, as_json: bool) -> int:
    """0 when every link holds, 2 with the first row at which it does not."""
    with opened(Settings.load()) as database:
        broken, rows = database.read_now(lambda tx: (audit.verify(tx), _count(tx)))
    if as_json:
        found = {"rows": rows, "whole": broken is None}
        say(json.dumps(found if broken is None else found | {"seq": broken.seq, "why": broken.why}))
    elif broken is None:
        say(said(reader(), Code.CHAIN_WHOLE, rows=str(rows)))
    else:
        say(said(reader(), Code.CHAIN_BROKEN, seq=str(broken.seq), why=broken.why), error=True)
    return WHOLE if broken is None else BROKEN


def _count(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(AuditRow)).scalar_one())


def show(release: str, project: str, *, as_json: bool) -> int:
    """Print one page: who asked, who approved which commit under which policy, what followed."""
    with opened(Settings.load()) as database:
        found, home, rows = database.read_now(_page, release, project)
    if as_json:
        say(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        say(audit_page(reader(home.policy.zone), found, rows))
    return WHOLE


def _page(tx: Tx, named: str, project: str) -> tuple[Release, Project, list[dict[str, Any]]]:
    found = release_named(tx, named, project)
    rows = audit.of_release(tx, found.id)
    texts = audit.texts_of(tx, [row.seq for row in rows])
    names = {user: person.name for user, person in people.many(tx, {row.actor for row in rows}).items()}
    shown = [_row(row, texts, names) for row in rows]
    return found, context.project_of(tx, found.project), shown


def _row(row: AuditRow, texts: dict[tuple[int, str], str], names: dict[str, str]) -> dict[str, Any]:
    """One row with its event's fields; personal texts stand again where only a commitment is kept."""
    body = json.loads(row.body)
    event = {
        key: value for key, value in body["event"].items() if not key.startswith("@") and key != "release"
    }
    own = {field: text for (seq, field), text in texts.items() if seq == row.seq}
    return {
        "seq": row.seq,
        "at": body["at"],
        "business_at": body["business_at"],
        "action": row.action,
        "outcome": row.outcome,
        "actor": row.actor,
        "name": names.get(row.actor, ""),
        "via": body["actor"]["via"],
        "event": event | own,
        "hash": row.hash,
    }
