"""Releases whose planned deploy a change of the calendar has closed: they are told, not moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from commands import context
from domain.calendar.conflicts import OFFERED
from domain.calendar.entries import Calendar
from domain.calendar.free import nearest
from domain.calendar.gate import gate
from domain.calendar.reasons import GateReason
from domain.errands import DateTaken, InThread, Place, Said, ToPerson
from domain.project import Project
from domain.release import Release
from domain.types import BEFORE_DEPLOY, Stage
from storage.db import Tx


def taken_dates(
    tx: Tx, project: Project, live: list[Release], before: Calendar
) -> Iterator[tuple[Place, Said]]:
    """What to say to whom: in each such release's thread, and to its captain."""
    after = context.calendar_of(tx, project, tx.now())
    for release, said in would_take(project, live, before, after, tx.now()):
        yield InThread(release.id), said
        yield ToPerson(release.captain or release.started_by), said


def would_take(
    project: Project, live: list[Release], before: Calendar, after: Calendar, at: datetime
) -> Iterator[tuple[Release, DateTaken]]:
    """The releases to come whose time is open in one calendar and closed in the other."""
    others = context.planned(project, live)
    for release in live:
        if release.stage not in BEFORE_DEPLOY | {Stage.ON_HOLD} or not release.deploy_at:
            continue
        if release.deploy_at <= at or _closing(before, project, release, release.deploy_at):
            continue
        if reasons := _closing(after, project, release, release.deploy_at):
            found = nearest(
                after,
                question=context.question(project, release),
                others=others,
                around=release.deploy_at,
                at=at,
                limit=OFFERED,
                freeze=context.freeze_ahead(project, release, at),
            )
            yield (
                release,
                DateTaken(
                    release=release.id,
                    version=str(release.version),
                    deploy_at=release.deploy_at,
                    reasons=reasons,
                    free=tuple(one.deploy_at for one in found),
                ),
            )


def _closing(calendar: Calendar, project: Project, release: Release, at: datetime) -> tuple[GateReason, ...]:
    """Today's lock says nothing about another day."""
    unlocked = replace(calendar, lock=None)
    return gate(unlocked, question=context.question(project, release), at=at).closing
