"""Move a release's deploy: freeze, QA and reminders follow; another window asks the approvers again."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from commands import context
from commands.advance import announce_lifted
from commands.approvals import MOVED, lapse
from commands.change import save
from commands.context import Case
from commands.requests import Retarget
from domain.calendar.slots import plan
from domain.calendar.zones import local_day
from domain.events import Event, FreezeLifted, Retargeted
from domain.lifecycle import with_commander
from domain.people import Origin, Role
from domain.refusals import AlreadySo, InThePast, Refused, TooLate
from domain.release import Release
from domain.steps import asked_anew, freeze_begun
from domain.types import BEFORE_DEPLOY, Stage
from domain.views import Happened
from storage import decisions
from storage.db import Tx


def retarget(tx: Tx, request: Retarget, origin: Origin) -> Happened:
    """Set another deploy time. A freeze already begun stays, unless it is lifted in the same breath.

    Raises Refused.
    """
    found = context.case(tx, request.release)
    _check(found, request, origin)
    after = _moved(tx, found, request)
    event = _event(found.release, after, request)
    events: list[Event] = [event]
    if request.lift_freeze and freeze_begun(found.release, found.at):
        events.append(
            FreezeLifted(release=after.id, version=found.version, why="by_hand", reason=request.reason)
        )
    saved = save(tx, found, after, origin, events)
    announce_lifted(tx, found, origin, events)
    if saved.stage in {Stage.APPROVAL, Stage.APPROVED} and _another_window(tx, found, after):
        lapse(tx, replace(found, release=saved), origin, MOVED, answered=True)
    return Happened(event)


def may_retarget(found: Case, origin: Origin) -> None:
    """Whether this person may move the deploy now, to whenever. Raises Refused."""
    release = found.release
    may = with_commander(release, (Role.RELEASE_MANAGER,))
    context.require(found.roster, origin, "retarget", *may)
    if release.stage not in BEFORE_DEPLOY | {Stage.ON_HOLD}:
        raise Refused(TooLate(found.version, release.stage))


def _check(found: Case, request: Retarget, origin: Origin) -> None:
    may_retarget(found, origin)
    if request.deploy_at <= found.at:
        raise Refused(InThePast(request.deploy_at))
    if request.deploy_at == found.release.deploy_at and not request.lift_freeze:
        raise Refused(AlreadySo("deploy_at"))


def _moved(tx: Tx, found: Case, request: Retarget) -> Release:
    release = found.release
    calendar = context.calendar_of(tx, found.project, found.at)
    rule = found.project.policy.freeze_rule(release.type)
    freeze_at = plan(request.deploy_at, rules=calendar.rules, zone=calendar.tz, freeze=rule).freeze_at
    begun = freeze_begun(release, found.at)
    if begun and not request.lift_freeze:
        freeze_at = release.freeze_at
    lifted = None if freeze_at is None or freeze_at > found.at or begun else release.freeze_lifted_at
    if begun and request.lift_freeze and freeze_at is not None and freeze_at <= found.at:
        lifted = found.at
    moved = replace(release, deploy_at=request.deploy_at, freeze_at=freeze_at, freeze_lifted_at=lifted)
    return moved if _same_day(release, moved, calendar.tz) else asked_anew(moved, found.at)


def _same_day(before: Release, after: Release, zone: ZoneInfo) -> bool:
    days = [local_day(at, zone) if at else None for at in (before.deploy_at, after.deploy_at)]
    return days[0] == days[1]


def _event(before: Release, after: Release, request: Retarget) -> Retargeted:
    return Retargeted(
        release=after.id,
        version=str(after.version),
        before=before.deploy_at,
        after=request.deploy_at,
        freeze_before=before.freeze_at,
        freeze_after=after.freeze_at,
        freeze_stays=before.freeze_at is not None and before.freeze_at == after.freeze_at,
        reason=request.reason,
    )


def _another_window(tx: Tx, found: Case, after: Release) -> bool:
    """Whether somebody has approved, and the new time lies in another window than the one that it was for."""
    calendar = context.calendar_of(tx, found.project, found.at)
    before, now = (context.slot_of(found.project, r, calendar) for r in (found.release, after))
    same = before is not None and now is not None and before.window_close_at == now.window_close_at
    return not same and bool(decisions.live(tx, after.id, after.rc))
