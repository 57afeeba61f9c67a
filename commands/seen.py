"""What Slack tells of people, groups and channels is kept: roles are read inside the deciding transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from commands import roles
from commands.digests.plan import plan_again
from commands.requests import ChannelSeen, GroupSeen, MemberMoved, PeopleSeen
from commands.rollback import brief, seat
from domain.people import Origin, Person
from storage import digests, people, projects
from storage.db import Tx


def people_seen(tx: Tx, report: PeopleSeen, origin: Origin) -> None:
    """Keep people as Slack shows them now; who left, or became a guest, counts no more."""
    before = people.many(tx, (person.user for person in report.people))
    people.put(tx, report.people)
    _follow(tx, before, report.people)
    lost = [p for p in report.people if p.user in before and before[p.user].counts and not p.counts]
    if lost:
        _check_all(tx, origin)
    seat.seats_left(tx, {p.user for p in report.people if not p.counts}, origin)


def _follow(tx: Tx, before: Mapping[str, Person], now: Iterable[Person]) -> None:
    """Who moved to another zone is written to by the clock there."""
    moved = {p.user: p for p in now if p.user in before and before[p.user].zone != p.zone}
    for user in sorted(digests.begun(tx, moved)):
        plan_again(tx, moved[user])


def group_seen(tx: Tx, report: GroupSeen, origin: Origin) -> None:
    people.put_group(tx, report.group, report.users)
    _check_all(tx, origin)


def channel_seen(tx: Tx, report: ChannelSeen, _origin: Origin) -> None:
    people.put_channel(tx, report.channel, report.users)


def member_moved(tx: Tx, report: MemberMoved, _origin: Origin) -> None:
    people.move_member(tx, report.channel, report.user, joined=report.joined)
    if report.joined:
        brief.joined(tx, report)


def _check_all(tx: Tx, origin: Origin) -> None:
    for project in projects.every(tx):
        roles.roles_changed(tx, project, origin)
