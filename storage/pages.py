"""Pages: one at a time about a breach, and kept when they have ended."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select, update
from sqlmodel import col

from domain.paging import Page
from storage.codec import adapter
from storage.db import Tx
from storage.tables import PageRow

_PAGE = adapter(Page)


def add(tx: Tx, page: Page) -> None:
    row = {"id": page.id, "project": page.project, "release": page.release, "opened_at": page.opened_at}
    tx.execute(insert(PageRow).values(**row, **_changing(page)))


def save(tx: Tx, page: Page) -> None:
    tx.execute(update(PageRow).where(col(PageRow.id) == page.id).values(**_changing(page)))


def _changing(page: Page) -> dict[str, str | None]:
    return {"live": page.breach if page.open else None, "body": _PAGE.dump_json(page).decode()}


def get(tx: Tx, page: str) -> Page | None:
    body = tx.execute(select(col(PageRow.body)).where(col(PageRow.id) == page)).scalar()
    return _PAGE.validate_json(str(body)) if body is not None else None


def about(tx: Tx, breach: str) -> Page | None:
    """The page that is open about a breach."""
    body = tx.execute(select(col(PageRow.body)).where(col(PageRow.live) == breach)).scalar()
    return _PAGE.validate_json(str(body)) if body is not None else None


def open_about(tx: Tx, breaches: Iterable[str]) -> dict[str, Page]:
    """By breach, the pages that are open about any of these: one query, none without a breach."""
    wanted = list(breaches)
    if not wanted:
        return {}
    query = select(col(PageRow.body)).where(col(PageRow.live).in_(wanted))
    found = (_PAGE.validate_json(str(row[0])) for row in tx.execute(query))
    return {page.breach: page for page in found}
