"""A project's calendar: may I deploy, freezes, blackouts, windows."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands import context, window
from commands.show.release import project_view
from commands.start import free_slots
from domain.calendar.gate import GateAction, Question, gate
from domain.types import ENDED, ReleaseType, Stage
from domain.views import BlackoutsView, FreezeView, GateView, WindowsView
from storage import calendar as entries
from storage import releases
from storage.db import Tx

_TWO_YEARS = timedelta(days=731)


def can_i_deploy(tx: Tx, project_key: str, kind: ReleaseType, at: datetime | None) -> GateView:
    """The gate's answer for a type, or for the release of that type that is about to go."""
    project = context.project_of(tx, project_key)
    live = [r for r in releases.live(tx, project.key) if r.type is kind and r.stage not in ENDED]
    release = next((r for r in live if r.stage is Stage.APPROVED), live[0] if len(live) == 1 else None)
    asked = Question(
        action=GateAction.DEPLOY,
        release_type=kind,
        rules=project.policy.of(kind).gate,
        release_id=release.id if release else None,
    )
    moment = at or tx.now()
    answer = gate(context.calendar_of(tx, project, moment), question=asked, at=moment)
    return GateView(project=project_view(project), type=kind, answer=answer, release=release)


def freezes(tx: Tx, project_key: str) -> FreezeView:
    project = context.project_of(tx, project_key)
    at = tx.now()
    calendar = context.calendar_of(tx, project, at)
    return FreezeView(
        project=project_view(project),
        freezes=tuple(f for f in calendar.freezes if f.ends is None or f.ends > at),
        slots=free_slots(tx, project, ReleaseType.REGULAR, at, limit=4),
        at=at,
    )


def blackouts(tx: Tx, project_key: str) -> BlackoutsView:
    project = context.project_of(tx, project_key)
    at = tx.now()
    calendar = context.calendar_of(tx, project, at)
    return BlackoutsView(
        project=project_view(project),
        blackouts=calendar.coming_blackouts(at),
        at=at,
        left_out=calendar.left_out(at, at + _TWO_YEARS),
    )


def windows(tx: Tx, project_key: str) -> WindowsView:
    project = context.project_of(tx, project_key)
    return WindowsView(
        project=project_view(project),
        windows=window.current(tx, project),
        from_policy=entries.set_in_slack(tx, project.key)[0] is None,
    )
