from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from domain import needs
from domain import refusals as r
from domain.approvals import Outcome
from domain.events import (
    ApprovalsLapsed,
    Confirmed,
    Decided,
    Denied,
    Event,
    ExceptionAsked,
    FreezeLifted,
    FreezeViolated,
    Logged,
    MergedCommit,
)
from domain.needs import Missing
from domain.people import Origin
from domain.release import ConfirmItem
from domain.types import Action, Stage
from storage import audit
from storage.audit import Broken
from storage.db import Database, Tx
from storage.tables import AuditRow, AuditTextRow
from tests.support.world import RM, origin

WHO = origin(RM)
SECRET = "Kim fixed it at 3 a.m."


def confirmed(note: str = "", release: str = "r1") -> Confirmed:
    item = ConfirmItem.DEPLOYER_STANDING_BY
    return Confirmed(release=release, version="1.5.0", item=item, candidate=1, note=note)


def append(database: Database, *events: Event, who: Origin = WHO) -> None:
    with database.transaction() as tx:
        audit.append(tx, who, "shop", events)


def rows(database: Database) -> list[Any]:
    def look(tx: Tx) -> list[Any]:
        table = select(AuditRow.__table__).order_by(col(AuditRow.seq))  # type: ignore[attr-defined]  # set by SQLModel
        return list(tx.execute(table))

    return database.read_now(look)


def tamper(database: Database, change: Callable[[Tx], object]) -> None:
    """As somebody with the database would: past the triggers."""
    with database.engine.begin() as connection:
        tx = Tx(connection, database.now)
        if database.is_sqlite:
            triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for trigger in [str(row[0]) for row in triggers]:
                connection.execute(text(f"DROP TRIGGER {trigger}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        change(tx)


def test_an_empty_chain_holds(database: Database) -> None:
    assert database.read_now(audit.verify) is None


def test_rows_are_linked_without_gap(database: Database) -> None:
    append(database, confirmed(), confirmed())
    append(database, confirmed())
    found = rows(database)
    assert [row.seq for row in found] == [1, 2, 3]
    assert [row.previous for row in found] == [audit.GENESIS, found[0].hash, found[1].hash]
    assert database.read_now(audit.verify) is None


def test_a_row_says_who_did_what_to_which_release(database: Database) -> None:
    append(database, confirmed())
    append(database, Denied(request="Decide", refusal=needs.ReasonMissing(), release="r1"))  # type: ignore[arg-type]  # any typed no
    first, second = rows(database)
    assert (first.project, first.release, first.action, first.outcome, first.actor) == (
        "shop",
        "r1",
        "Confirmed",
        "done",
        RM,
    )
    assert (second.action, second.outcome) == ("Denied", "denied")
    assert json.loads(first.body)["business_at"] == database.now().isoformat()


@pytest.mark.parametrize("statement", [update(AuditRow).values(actor="U0PM"), delete(AuditRow)])
def test_rows_are_neither_changed_nor_deleted(database: Database, statement: Any) -> None:
    append(database, confirmed())
    with pytest.raises(DBAPIError), database.transaction() as tx:
        tx.execute(statement)
    assert len(rows(database)) == 1


def body_with(row: Any, **actor: str) -> str:
    body = json.loads(row.body)
    body["actor"] |= actor
    return json.dumps(body, separators=(",", ":"), sort_keys=True)


TAMPERINGS: dict[str, tuple[Callable[[Any], Callable[[Tx], object]], Broken]] = {
    "a changed body": (
        lambda row: (
            lambda tx: tx.execute(
                update(AuditRow).where(col(AuditRow.seq) == 2).values(body=body_with(row, user="U0PM"))
            )
        ),
        Broken(2, "hash"),
    ),
    "a changed column": (
        lambda _: lambda tx: tx.execute(update(AuditRow).where(col(AuditRow.seq) == 2).values(actor="U0PM")),
        Broken(2, "columns"),
    ),
    "a changed outcome": (
        lambda _: (
            lambda tx: tx.execute(update(AuditRow).where(col(AuditRow.seq) == 3).values(outcome="denied"))
        ),
        Broken(3, "columns"),
    ),
    "a missing row": (
        lambda _: lambda tx: tx.execute(delete(AuditRow).where(col(AuditRow.seq) == 2)),
        Broken(2, "gap"),
    ),
    "a missing beginning": (
        lambda _: lambda tx: tx.execute(delete(AuditRow).where(col(AuditRow.seq) == 1)),
        Broken(1, "gap"),
    ),
    "a cut link": (
        lambda _: (
            lambda tx: tx.execute(update(AuditRow).where(col(AuditRow.seq) == 2).values(previous="f" * 64))
        ),
        Broken(2, "previous"),
    ),
    "a changed text": (
        lambda _: (
            lambda tx: tx.execute(
                update(AuditTextRow).where(col(AuditTextRow.seq) == 3).values(text="it was Lee")
            )
        ),
        Broken(3, "text"),
    ),
    "a text that was never said": (
        lambda _: (
            lambda tx: tx.execute(
                insert(AuditTextRow).values(seq=1, field="note", salt="00", text="it was Lee")
            )
        ),
        Broken(1, "text"),
    ),
    "a text of no row": (
        lambda _: (
            lambda tx: tx.execute(
                insert(AuditTextRow).values(seq=9, field="note", salt="00", text="it was Lee")
            )
        ),
        Broken(9, "text"),
    ),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found_at_its_row(database: Database, how: str) -> None:
    append(database, confirmed(), confirmed(), confirmed(SECRET), confirmed())
    change, broken = TAMPERINGS[how]
    tamper(database, change(rows(database)[1]))
    assert database.read_now(audit.verify) == broken


# --- personal text ----------------------------------------------------------------------------------------

REFUSED = r.NotReady(
    action=Action.DEPLOY,
    version="1.5.0",
    stage=Stage.APPROVED,
    missing=(Missing(needs.HeadUnknown("b")), Missing(needs.ConditionOpen(SECRET, "U0DEV"))),
)


@pytest.mark.parametrize(
    ("event", "paths"),
    [
        (confirmed(SECRET), {"note"}),
        (Logged(room="m1", text=SECRET), {"text"}),
        (
            Decided(
                release="r1",
                version="1.5.0",
                candidate=1,
                sha="a",
                outcome=Outcome.CONDITIONS,
                comment=SECRET,
                conditions=(SECRET, SECRET),
            ),
            {"comment", "conditions.0", "conditions.1"},
        ),
        (
            ExceptionAsked(
                release="r1",
                version="1.5.0",
                what=SECRET,
                why=SECRET,
                risk=SECRET,
                way_back=SECRET,
            ),
            {"what", "why", "risk", "way_back"},
        ),
        (
            FreezeViolated(
                project="shop",
                branch="develop",
                commits=(MergedCommit(sha="a", text=SECRET, author=SECRET, brings=(SECRET,), brought=1),),
            ),
            {"commits.0.text", "commits.0.author", "commits.0.brings.0"},
        ),
        (Denied(request="Advance", refusal=REFUSED), {"refusal.missing.1.need.text"}),
        (Denied(request="Misunderstood", refusal=r.Unreadable("date", SECRET)), {"refusal.text"}),
    ],
)
def test_personal_text_stands_beside_the_chain(database: Database, event: Event, paths: set[str]) -> None:
    append(database, event)
    assert SECRET not in rows(database)[0].body
    texts = database.read_now(audit.texts_of, [1])
    assert texts == {(1, path): SECRET for path in paths}
    assert database.read_now(audit.verify) is None


@pytest.mark.parametrize(
    "event",
    [
        ApprovalsLapsed(release="r1", version="1.5.0", candidate=1, why="role_lost"),
        FreezeLifted(release="r1", version="1.5.0", why="deployed"),
    ],
)
def test_codes_stay_readable(database: Database, event: Event) -> None:
    append(database, event)
    assert json.loads(rows(database)[0].body)["event"]["why"] in {"role_lost", "deployed"}
    assert database.read_now(audit.texts_of, [1]) == {}


def test_erased_texts_leave_the_chain_whole(database: Database) -> None:
    append(database, confirmed(SECRET), confirmed(SECRET))
    with database.transaction() as tx:
        audit.erase(tx, [1])
    assert database.read_now(audit.texts_of, [1, 2]) == {(2, "note"): SECRET}
    assert database.read_now(audit.verify) is None


def test_the_same_text_has_another_commitment_each_time(database: Database) -> None:
    append(database, confirmed(SECRET), confirmed(SECRET))
    first, second = (json.loads(row.body)["event"]["note"] for row in rows(database))
    assert first.startswith("sha256:")
    assert first != second


def test_the_rows_of_a_release_come_in_order(database: Database) -> None:
    append(database, confirmed(release="r1"), confirmed(release="r2"), confirmed(release="r1"))

    def look(tx: Tx) -> list[int]:
        return [row.seq for row in audit.of_release(tx, "r1")]

    assert database.read_now(look) == [1, 3]


async def test_rows_of_many_at_once_make_one_chain(database: Database) -> None:

    def one(tx: Tx) -> None:
        audit.append(tx, WHO, "shop", [confirmed(SECRET)])

    await asyncio.gather(*(database.run(one) for _ in range(30)))
    assert [row.seq for row in rows(database)] == list(range(1, 31))
    assert database.read_now(audit.verify) is None
