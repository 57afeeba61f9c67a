"""People as Slack tells them, group and channel members, and who holds which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col

from domain.people import Holding, Person, Role, RoleSource, Roster
from storage.db import Prepared, Tx
from storage.tables import AuthorLinkRow, ChannelMemberRow, GroupMemberRow, HoldingRow, PersonRow, ProjectRow


def upsert(
    tx: Tx,
    table: type[SQLModel],
    rows: Sequence[dict[str, Any]],
    keys: Sequence[str],
    *,
    change: bool = True,
) -> None:
    """Insert rows; those whose keys are there are changed, or left as they are."""
    if not rows:
        return
    dialect = postgresql if tx.dialect == "postgresql" else sqlite
    adding = dialect.insert(table)
    changed = {name: adding.excluded[name] for name in rows[0] if name not in keys}
    if changed and change:
        tx.execute(adding.on_conflict_do_update(index_elements=list(keys), set_=changed), list(rows))
    else:
        tx.execute(adding.on_conflict_do_nothing(index_elements=list(keys)), list(rows))


def put(tx: Tx, people: Iterable[Person]) -> None:
    upsert(tx, PersonRow, [vars(person) for person in people], ["user"])


def get(tx: Tx, user: str) -> Person | None:
    return next(iter(many(tx, (user,)).values()), None)


def many(tx: Tx, users: Iterable[str]) -> dict[str, Person]:
    query = select(PersonRow.__table__).where(col(PersonRow.user).in_(list(users)))  # type: ignore[attr-defined]  # set by SQLModel
    return {row["user"]: Person(**row) for row in tx.execute(query).mappings()}


def by_email(tx: Tx, emails: Iterable[str]) -> dict[str, str]:
    """E-mail → user id: by what Slack says, then by the links that owners made."""
    wanted = list(emails)
    known = select(col(PersonRow.email), col(PersonRow.user)).where(col(PersonRow.email).in_(wanted))
    linked = select(col(AuthorLinkRow.email), col(AuthorLinkRow.user)).where(
        col(AuthorLinkRow.email).in_(wanted)
    )
    found = {str(row[0]): str(row[1]) for row in tx.execute(linked)}
    return found | {str(row[0]): str(row[1]) for row in tx.execute(known)}


def link_author(tx: Tx, email: str, user: str) -> None:
    upsert(tx, AuthorLinkRow, [{"email": email, "user": user}], ["email"])


# --- groups and channels ----------------------------------------------------------------------------------


def put_group(tx: Tx, group: str, users: Iterable[str]) -> None:
    tx.execute(delete(GroupMemberRow).where(col(GroupMemberRow.group) == group))
    rows = [{"group": group, "user": user} for user in users]
    if rows:
        tx.execute(insert(GroupMemberRow), rows)


def groups_in_use(tx: Tx) -> set[str]:
    """The user groups that hold a role somewhere."""
    query = select(col(HoldingRow.holder)).where(col(HoldingRow.holder).startswith("S"))
    return {str(row[0]) for row in tx.execute(query)}


def put_channel(tx: Tx, channel: str, users: Iterable[str]) -> None:
    tx.execute(delete(ChannelMemberRow).where(col(ChannelMemberRow.channel) == channel))
    rows = [{"channel": channel, "user": user} for user in users]
    if rows:
        tx.execute(insert(ChannelMemberRow), rows)


def move_member(tx: Tx, channel: str, user: str, *, joined: bool) -> None:
    if joined:
        upsert(tx, ChannelMemberRow, [{"channel": channel, "user": user}], ["channel", "user"])
    else:
        tx.execute(
            delete(ChannelMemberRow).where(
                col(ChannelMemberRow.channel) == channel, col(ChannelMemberRow.user) == user
            )
        )


def is_member(tx: Tx, channel: str, user: str) -> bool:
    query = select(col(ChannelMemberRow.user)).where(
        col(ChannelMemberRow.channel) == channel, col(ChannelMemberRow.user) == user
    )
    return tx.execute(query).first() is not None


def channels_of(tx: Tx, user: str) -> frozenset[str]:
    """The projects' channels that somebody is a member of."""
    query = (
        select(col(ProjectRow.channel))
        .join(ChannelMemberRow, col(ChannelMemberRow.channel) == col(ProjectRow.channel))
        .where(col(ChannelMemberRow.user) == user)
    )
    return frozenset(str(row[0]) for row in tx.execute(query))


# --- roles ------------------------------------------------------------------------------------------------


def holdings(tx: Tx, project: str) -> list[Holding]:
    query = (
        select(col(HoldingRow.role), col(HoldingRow.holder), col(HoldingRow.source))
        .where(col(HoldingRow.project) == project)
        .order_by(col(HoldingRow.role), col(HoldingRow.source), col(HoldingRow.holder))
    )
    return [Holding(Role(row.role), row.holder, RoleSource(row.source)) for row in tx.execute(query)]


def give(tx: Tx, project: str, holding: Holding) -> None:
    row = {
        "project": project,
        "role": holding.role.value,
        "holder": holding.holder,
        "source": holding.source.value,
    }
    upsert(tx, HoldingRow, [row], list(row))


def take(tx: Tx, project: str, holding: Holding) -> None:
    tx.execute(
        delete(HoldingRow).where(
            col(HoldingRow.project) == project,
            col(HoldingRow.role) == holding.role.value,
            col(HoldingRow.holder) == holding.holder,
            col(HoldingRow.source) == holding.source.value,
        )
    )


def set_policy_holdings(tx: Tx, project: str, wanted: Iterable[Holding]) -> None:
    """What the policy file says replaces what it said before; what Slack set stays."""
    tx.execute(
        delete(HoldingRow).where(
            col(HoldingRow.project) == project, col(HoldingRow.source) == RoleSource.POLICY.value
        )
    )
    for holding in wanted:
        give(tx, project, holding)


_HOLDS = or_(col(PersonRow.user) == col(HoldingRow.holder), col(PersonRow.user) == col(GroupMemberRow.user))
_ROSTER = Prepared(
    select(col(HoldingRow.role), col(PersonRow.user))
    .select_from(HoldingRow)
    .outerjoin(GroupMemberRow, col(GroupMemberRow.group) == col(HoldingRow.holder))
    .join(PersonRow, _HOLDS)
    .where(
        col(HoldingRow.project) == bindparam("project"),
        col(PersonRow.active).is_(True),
        col(PersonRow.guest).is_(False),
        col(PersonRow.stranger).is_(False),
        col(PersonRow.bot).is_(False),
    )
)


def roster(tx: Tx, project: str) -> Roster:
    """Who holds which role now, groups resolved. Guests, bots, strangers and leavers never count."""
    members: dict[Role, set[str]] = defaultdict(set)
    for role, user in _ROSTER.all(tx, project=project):
        members[Role(role)].add(user)
    return Roster({role: frozenset(users) for role, users in members.items()})


def projects_of(tx: Tx, user: str) -> frozenset[str]:
    """The projects in which somebody holds a role, alone or in a group."""
    groups = select(col(GroupMemberRow.group)).where(col(GroupMemberRow.user) == user)
    query = select(col(HoldingRow.project)).where(
        or_(col(HoldingRow.holder) == user, col(HoldingRow.holder).in_(groups))
    )
    return frozenset(str(row[0]) for row in tx.execute(query))
