"""What people chose about their digest, and for whom none is planned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlmodel import col

from domain.digest import DigestSetting
from domain.types import ReminderKind
from storage.db import Tx
from storage.people import upsert
from storage.tables import DigestRow, GroupMemberRow, HoldingRow, PersonRow, ReminderRow

_STATES = ("waiting", "done", "skipped")
_IS_DIGEST = col(ReminderRow.kind) == ReminderKind.DIGEST.value


def chosen(tx: Tx, user: str) -> DigestSetting | None:
    """Somebody's own choice, None for who leaves it at the default."""
    query = select(col(DigestRow.wanted), col(DigestRow.at)).where(col(DigestRow.user) == user)
    row = tx.execute(query).first()
    return DigestSetting(on=row.wanted, at=row.at, own=True) if row else None


def choose(tx: Tx, user: str, setting: DigestSetting) -> None:
    upsert(tx, DigestRow, [{"user": user, "wanted": setting.on, "at": setting.at}], ["user"])


def begun(tx: Tx, users: Iterable[str]) -> frozenset[str]:
    """Those of them who have had a digest planned before."""
    query = select(col(ReminderRow.subject)).where(_IS_DIGEST, col(ReminderRow.subject).in_(list(users)))
    return frozenset(str(row[0]) for row in tx.execute(query.distinct()))


def unplanned(tx: Tx, after: datetime, until: datetime) -> list[str]:
    """Who holds a role somewhere, alone or in a group, and has no digest in that time, said or to be said."""
    in_time = (col(ReminderRow.due) > after, col(ReminderRow.due) <= until)
    # Every state is named, so that the index of states and times serves.
    planned = select(col(ReminderRow.subject)).where(
        col(ReminderRow.state).in_(_STATES), *in_time, _IS_DIGEST
    )
    holds = or_(
        col(PersonRow.user) == col(HoldingRow.holder), col(PersonRow.user) == col(GroupMemberRow.user)
    )
    query = (
        select(col(PersonRow.user))
        .distinct()
        .select_from(HoldingRow)
        .outerjoin(GroupMemberRow, col(GroupMemberRow.group) == col(HoldingRow.holder))
        .join(PersonRow, holds)
        .where(
            col(PersonRow.active).is_(True),
            col(PersonRow.guest).is_(False),
            col(PersonRow.stranger).is_(False),
            col(PersonRow.bot).is_(False),
            col(PersonRow.user).not_in(planned),
        )
        .order_by(col(PersonRow.user))
    )
    return [str(row[0]) for row in tx.execute(query)]
