"""The audit trail: append-only, hash-chained, in the transaction of what it records.

Row hash = SHA-256 over previous hash, seq and the hash of the body in canonical JSON (RFC 8785). Free text
that people typed stands in the body only as a salted commitment; the text itself lies beside it, erasable.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlmodel import col

from domain.events import Denied, Event
from domain.people import Origin
from storage.canonical import canonical
from storage.codec import TYPE, Codec
from storage.db import Prepared, Tx
from storage.ids import new_id
from storage.tables import AuditRow, AuditTextRow

GENESIS = "0" * 64
PERSONAL = frozenset(
    {"note", "reason", "comment", "evidence", "text", "summary", "risk", "way_back", "reservations"}
)
# The same words name codes elsewhere: there they stay readable.
_PERSONAL_OF = {
    "ExceptionAsked": frozenset({"what", "why"}),
    "Decided": frozenset({"conditions"}),
    "MergedCommit": frozenset({"author", "brings"}),
    "AgedBranch": frozenset({"author"}),
}
_CHAIN_LOCK = 0x6E617275  # "naru"
EVENTS: Codec[Event] = Codec(Event)
_NEWEST = Prepared(select(col(AuditRow.seq), col(AuditRow.hash)).order_by(col(AuditRow.seq).desc()).limit(1))
_APPEND = Prepared(
    insert(AuditRow), columns="seq id at project release action outcome actor previous hash body"
)
_KEEP = Prepared(insert(AuditTextRow), columns="seq field salt text")


@dataclass(frozen=True)
class Broken:
    """The first row at which the chain does not hold, and how."""

    seq: int
    why: str


def append(tx: Tx, origin: Origin, project: str, events: Sequence[Event]) -> None:
    """Write one row per event. Takes the chain's lock on PostgreSQL; the SQLite writer already is alone."""
    if tx.dialect == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=_CHAIN_LOCK))
    seq, previous = _head(tx)
    rows, texts = [], []
    for event in events:
        seq += 1
        row, personal = _row(tx, origin, project, event, (seq, previous))
        previous = row["hash"]
        rows.append(row)
        texts.extend(personal)
    _APPEND.add(tx, rows)
    _KEEP.add(tx, texts)


def _head(tx: Tx) -> tuple[int, str]:
    """The last link: its number and hash."""
    last = _NEWEST.first(tx)
    return (last[0], last[1]) if last else (0, GENESIS)


def _row(
    tx: Tx, origin: Origin, project: str, event: Event, link: tuple[int, str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    seq, previous = link
    at = tx.wall()
    payload = EVENTS.plain(event)
    texts = list(_commit(payload, seq))
    body: dict[str, Any] = {
        "id": new_id(),
        "at": at.isoformat(),
        "business_at": tx.now().isoformat(),
        "project": project,
        "actor": {"team": origin.actor.team, "user": origin.actor.user, "via": origin.via.value},
        "event": payload,
    }
    encoded = canonical(body)
    row = {
        "seq": seq,
        "id": body["id"],
        "at": at,
        "project": project,
        "release": getattr(event, "release", ""),
        "action": payload[TYPE],
        "outcome": "denied" if isinstance(event, Denied) else "done",
        "actor": origin.actor.user,
        "previous": previous,
        "hash": _hash(previous, seq, encoded),
        "body": encoded.decode(),
    }
    return row, texts


def _commit(payload: dict[str, Any], seq: int, path: str = "") -> Iterator[dict[str, Any]]:
    """Replace personal text in the payload, however deep, by commitments, and yield the texts by path."""
    personal = PERSONAL | _PERSONAL_OF.get(payload.get(TYPE, ""), frozenset())
    for key, value in payload.items():
        at = f"{path}{key}"
        if isinstance(value, dict):
            yield from _commit(value, seq, f"{at}.")
        elif isinstance(value, list):
            yield from _commit_items(value, seq, at, personal=key in personal)
        elif key in personal and isinstance(value, str) and value:
            payload[key], kept = _commitment(value, seq, at)
            yield kept


def _commit_items(items: list[Any], seq: int, path: str, *, personal: bool) -> Iterator[dict[str, Any]]:
    for n, item in enumerate(items):
        at = f"{path}.{n}"
        if isinstance(item, dict):
            yield from _commit(item, seq, f"{at}.")
        elif personal and isinstance(item, str) and item:
            items[n], kept = _commitment(item, seq, at)
            yield kept


def _commitment(value: str, seq: int, path: str) -> tuple[str, dict[str, Any]]:
    salt = secrets.token_hex(16)
    return _digest(salt, value), {"seq": seq, "field": path, "salt": salt, "text": value}


def _digest(salt: str, value: str) -> str:
    return "sha256:" + hashlib.sha256(f"{salt}{value}".encode()).hexdigest()


def _hash(previous: str, seq: int, encoded: bytes) -> str:
    body = hashlib.sha256(encoded).hexdigest()
    return hashlib.sha256(f"{previous}:{seq}:{body}".encode()).hexdigest()


def verify(tx: Tx) -> Broken | None:
    """Walk the whole chain. None when every link holds: no gap, no changed row, no changed text."""
    expected, previous = 1, GENESIS
    for row in tx.execute(select(AuditRow.__table__).order_by(col(AuditRow.seq))):  # type: ignore[attr-defined]  # set by SQLModel
        if why := _fault(row, expected, previous):
            return Broken(expected if why == "gap" else row.seq, why)
        expected, previous = expected + 1, row.hash
    return _verify_texts(tx)


def _fault(row: Any, expected: int, previous: str) -> str:
    """What is wrong with one link, empty when it holds. The columns beside the body must say what it says."""
    if row.seq != expected:
        return "gap"
    if row.previous != previous:
        return "previous"
    if row.hash != _hash(previous, row.seq, row.body.encode()):
        return "hash"
    body = json.loads(row.body)
    event = body["event"]
    said = (
        body["id"],
        body["at"],
        body["project"],
        event.get("release", ""),
        event[TYPE],
        "denied" if event[TYPE] == Denied.__name__ else "done",
        body["actor"]["user"],
    )
    shown = (row.id, row.at.isoformat(), row.project, row.release, row.action, row.outcome, row.actor)
    return "" if said == shown else "columns"


def _verify_texts(tx: Tx) -> Broken | None:
    """A text that is still there must match its commitment; an erased one is fine."""
    joined = select(
        col(AuditTextRow.seq),
        col(AuditTextRow.field),
        col(AuditTextRow.salt),
        col(AuditTextRow.text),
        col(AuditRow.body),
    ).join(AuditRow, col(AuditRow.seq) == col(AuditTextRow.seq), isouter=True)
    for kept in tx.execute(joined.order_by(col(AuditTextRow.seq))):
        if _at(kept.body, kept.field) != _digest(kept.salt, kept.text):
            return Broken(kept.seq, "text")
    return None


def _at(body: str | None, path: str) -> object:
    """What a row's event holds at a path such as `refusal.missing.0.text`."""
    found: Any = json.loads(body)["event"] if body else None
    for step in path.split("."):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def of_release(tx: Tx, release: str) -> list[AuditRow]:
    """Every row about one release, oldest first."""
    rows = select(AuditRow).where(col(AuditRow.release) == release).order_by(col(AuditRow.seq))
    return list(tx.session.scalars(rows))


def events_of(tx: Tx, release: str, kinds: Iterable[type]) -> Iterator[dict[str, Any]]:
    """The events of these kinds about one release as they were recorded, oldest first; without what people
    wrote.
    """
    names = {kind.__name__ for kind in kinds}
    for row in of_release(tx, release):
        if row.action in names:
            yield json.loads(row.body)["event"]


def texts_of(tx: Tx, seqs: Sequence[int]) -> dict[tuple[int, str], str]:
    """The personal texts of rows that have not been erased, by (seq, path)."""
    rows = select(AuditTextRow).where(col(AuditTextRow.seq).in_(seqs))
    return {(row.seq, row.field): row.text for row in tx.session.scalars(rows)}


def erase(tx: Tx, seqs: Sequence[int]) -> None:
    """Take the personal texts of these rows away; their commitments, and the chain, stay."""
    tx.execute(delete(AuditTextRow).where(col(AuditTextRow.seq).in_(seqs)))
