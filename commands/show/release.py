"""The living messages of one release: its card and its approval requests."""

from __future__ import annotations

from datetime import datetime

from commands import context, staffing
from commands.checklists.lists import stopping
from commands.context import Case
from commands.health import look as look_at_health
from commands.readiness import readiness_of
from commands.revert import main_is_ahead
from commands.scopes import large
from commands.show.checklists import progress
from commands.show.look import look, project_view
from domain import guards, readiness
from domain.calendar.gate import GateAnswer
from domain.difference import NOTHING_NEW, Difference, difference
from domain.errands import Surface, SurfaceKind
from domain.lifecycle import possible
from domain.needs import Missing
from domain.readiness import Readiness
from domain.release import ConfirmItem, Release
from domain.rollback import Room
from domain.rollback.turns import unfinished
from domain.scope import Scope
from domain.situation import Situation
from domain.types import Stage
from domain.versions import Version
from domain.views import ApprovalView, CardView
from storage import breaches, decisions, deploys, releases, rooms, scopes, surfaces
from storage import calendar as entries
from storage.db import Tx
from storage.surfaces import Posted

__all__ = ["approval", "card", "look", "needed_to_close", "project_view", "to_confirm"]


_MENDED = frozenset({Stage.VERIFYING, Stage.RELEASED, Stage.CLOSED})


def card(tx: Tx, release: str) -> CardView:
    """Everything that the card shows, as it is now."""
    found = look(tx, release)
    shown = found.release
    asked = shown.stage in {Stage.APPROVAL, Stage.APPROVED, Stage.ON_HOLD} and shown.qa is not None
    scope = scopes.now(tx, shown)
    room = rooms.get(tx, shown.room) if shown.room else None
    newer = _newer_card(tx, shown)
    ready, gate = _readiness(tx, found), _gate(tx, found)
    return CardView(
        project=project_view(found.project),
        release=shown,
        scope=scope,
        tally=context.tally_of(tx, found) if asked else None,
        gate=gate,
        actions=possible(shown),
        to_confirm=to_confirm(shown),
        missing=_missing(tx, found, ready),
        lists=progress(tx, found, gate=gate, ready=ready),
        room_channel=room.channel if room else "",
        restore_open=unfinished(room) if room and shown.stage is Stage.ROLLING_BACK else (),
        postmortem_done_at=_postmortem_done(tx, shown, room),
        lock=entries.lock(tx, found.project.key),
        ahead_of_production=main_is_ahead(tx, shown),
        large=large(found.project.policy, scope),
        newer_channel=newer.channel if newer else "",
        newer_ts=newer.ts if newer else "",
        readiness=ready,
        deployments=deploys.under_way(tx, shown.id),
        breaches=breaches.live(tx, shown.id),
        health=look_at_health.shown(tx, found.project, shown, found.at),
        to_close=needed_to_close(tx, found) if shown.close_asked_at else (),
        mended_by=releases.mending(tx, shown) if shown.stage in _MENDED else (),
    )


def _postmortem_done(tx: Tx, release: Release, room: Room | None) -> datetime | None:
    """Its room's, or an earlier one's where another was opened for it since."""
    if release.stage is not Stage.ROLLED_BACK:
        return None
    if room is None or room.postmortem_due is None:
        room = rooms.rolled_back(tx, release.id)
    return room.postmortem_done_at if room else None


def needed_to_close(tx: Tx, found: Case) -> tuple[Missing, ...]:
    """What keeps a released version from being closed, besides what its monitoring says."""
    if found.release.stage is not Stage.RELEASED:
        return ()
    now = Situation(at=found.at, items=stopping(tx, found))
    looked_at = (guards.merged_back, guards.lists_settled)
    return tuple(missing for guard in looked_at for missing in guard(found.release, now))


def _readiness(tx: Tx, found: Case) -> Readiness | None:
    """While there is a candidate, and it is not out."""
    if not readiness.shown(found.release):
        return None
    return readiness_of(tx, found.project, found.release, found.at)


def _gate(tx: Tx, found: Case) -> GateAnswer:
    """What it says to a deploy, or to the rollout under way."""
    met = None
    if found.release.stage is Stage.DEPLOYING:
        met = context.gate_in_flight(tx, found.project, found.release, found.at)
    return met or context.gate_for(tx, found.project, found.release, found.at)


def _newer_card(tx: Tx, release: Release) -> Posted | None:
    """The card of the release that superseded this one."""
    if not release.superseded_by:
        return None
    newer = releases.by_version(tx, release.project, Version.parse(release.superseded_by))
    return surfaces.get(tx, Surface(SurfaceKind.CARD, newer.id)) if newer else None


def to_confirm(release: Release) -> tuple[ConfirmItem, ...]:
    """What a named person can confirm at this stage and nobody has for this candidate."""
    return tuple(item for item in guards.confirmable(release) if not release.confirmed(item))


def _missing(tx: Tx, found: Case, ready: Readiness | None) -> tuple[Missing, ...]:
    """What the deploy still needs, while only it is left."""
    if found.release.stage is not Stage.APPROVED:
        return ()
    others = releases.others(tx, found.release)
    now = Situation(
        at=found.at,
        others=others,
        unready=ready.blocking if ready else (),
        items=stopping(tx, found),
        unstaffed=staffing.for_the_deploy(tx, found.release, found.roster),
    )
    looked_at = (
        guards.soaked,
        guards.lists_settled,
        guards.standing_by,
        guards.staffed,
        guards.conditions_before_deploy,
        guards.way_back_ready,
        guards.others_finished,
    )
    return tuple(missing for guard in looked_at for missing in guard(found.release, now))


def approval(tx: Tx, subject: str) -> ApprovalView:
    """The approval request of one candidate; `subject` is `release/rc`."""
    release, _, number = subject.partition("/")
    found = look(tx, release)
    shown, candidate = found.release, int(number)
    repository = found.project.policy.repository
    carried = scopes.of(tx, shown.id, candidate)
    since, new = _since_approved(tx, shown, candidate, carried)
    current = candidate == shown.rc and _decidable(shown)
    ready = _readiness(tx, found) if current else None
    gate = context.gate_for(tx, found.project, shown, found.at)
    return ApprovalView(
        project=project_view(found.project),
        release=shown,
        candidate=candidate,
        scope=carried,
        tally=context.tally_of(tx, found),
        decisions=tuple(sorted(decisions.live(tx, shown.id, candidate), key=lambda d: (d.at, d.user))),
        gate=gate,
        separation=found.project.policy.of(shown.type).separation,
        current=current,
        compare_url=repository.compare_scope(carried) if carried else "",
        readiness=ready,
        large=large(found.project.policy, carried),
        since=since,
        new=new,
        lists=progress(tx, found, gate=gate, ready=ready) if current else (),
    )


def _since_approved(
    tx: Tx, release: Release, candidate: int, carried: Scope | None
) -> tuple[int, Difference]:
    """What came after the candidate that was approved before (spec 4)."""
    since = decisions.approved_before(tx, release.id, candidate)
    before = scopes.of(tx, release.id, since) if since else None
    return (since, difference(before, carried)) if before and carried else (0, NOTHING_NEW)


def _decidable(release: Release) -> bool:
    """On hold after a reject it is still the request that the rejecter can take back."""
    rejected = release.hold is not None and release.hold.by_rejection
    return release.stage in {Stage.APPROVAL, Stage.APPROVED} or (release.stage is Stage.ON_HOLD and rejected)
