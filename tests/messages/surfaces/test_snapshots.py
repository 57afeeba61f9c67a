"""Whole messages and forms as people get them, in both languages.

`NARU_SNAPSHOTS=write` writes them anew; the difference is then read and committed like any text.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.approvals import Decision, Outcome, Tally
from domain.calendar.conflicts import Conflicts
from domain.calendar.entries import DeployLock, Freeze, GateRule
from domain.calendar.exceptions import ExceptionResult, ExceptionState, Restriction
from domain.calendar.gate import GateAction
from domain.calendar.reasons import GateReason, Verdict
from domain.checklists.model import NamedItem, Phase
from domain.criteria.model import BreachState, Reported
from domain.difference import Difference
from domain.digest import DigestSetting
from domain.names import Names
from domain.needs import FilesNotWritten, ItemsOpen, Missing, NotConfirmed, NotMerged, NotSoaked
from domain.notes import Audience, Section
from domain.people import Role
from domain.release import ConfirmItem, Hold, Pending
from domain.repository import ProblemKind
from domain.rollback import RoomState, StepKey, StepState
from domain.rollout import moves
from domain.rollout.model import GoOn
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.type_policy import Separation
from domain.types import Action, Column, ReleaseType, RolloutStrategy, Stage
from domain.versions import Version
from domain.views import (
    BlackoutForm,
    BlackoutsView,
    BoardView,
    BreachesView,
    CompareView,
    ExceptionsView,
    FreezeView,
    GateView,
    LedgerView,
    ListView,
    MineView,
    NeededException,
    RolesView,
    StandingLock,
    WindowsView,
)
from messages import approval, card, closing, exceptions, home, lists, postmortem, warroom
from messages.digests.day import digest
from messages.digests.setting import digest_setting
from messages.health.view import health_answer
from messages.ids import Target
from messages.lists.breaches import breaches_list
from messages.lists.notes import notes_list
from messages.message import Message
from messages.modals import (
    actions,
    compare,
    correct,
    dates,
    decisions,
    judgement,
    leave_out,
    project,
    qa,
    rollback,
    room,
    scope,
    start,
)
from messages.modals import blackout as blackout_form
from messages.modals import breach as breach_form
from messages.modals import digest as digest_form
from messages.modals import exceptions as exception_forms
from messages.modals import notes as notes_form
from messages.modals import occurrence as occurrence_form
from messages.modals import reading as reading_form
from messages.texts import Reader
from tests.messages import days, months, whens
from tests.messages.surfaces import builders as b
from tests.messages.surfaces import checks, ready
from tests.messages.surfaces import notes as n
from tests.messages.surfaces.rendering import rendered

SNAPSHOTS = Path(__file__).parent / "snapshots"
Surface = Callable[[Reader], Message | dict[str, Any]]

ROLLOUT = Rollout(strategy=RolloutStrategy.CANARY, steps=("canary_10", "canary_50", "canary_100"), done=1)
_HALF_AN_HOUR_AGO = b.NOW - timedelta(minutes=30)


def _set_out(strategy: RolloutStrategy, *, automatic: bool = False, **rules: Any) -> Rollout:
    plan = plan_of(strategy, RolloutRules.model_validate(rules))
    return moves.set_out(strategy, plan, _HALF_AN_HOUR_AGO, automatic=automatic)


def _watched() -> Rollout:
    """The second of seven batches is live under a deployer, for two minutes; the first took longer than planned."""
    rules = {"batches": 7, "watch": "5m", "expected": "5m"}
    one = moves.went_live(
        _set_out(RolloutStrategy.ROLLING, automatic=True, rolling=rules), b.NOW - timedelta(minutes=20)
    )
    two = moves.begun(moves.ended(one, b.NOW - timedelta(minutes=12)), b.NOW - timedelta(minutes=12))
    return moves.went_live(two, b.NOW - timedelta(minutes=2))


def _blue_kept() -> Rollout:
    green = moves.ended(_set_out(RolloutStrategy.BLUE_GREEN), b.NOW - timedelta(minutes=20))
    return moves.ended(moves.begun(green, b.NOW - timedelta(minutes=20)), b.NOW - timedelta(minutes=10))


APPROVED = b.release(
    stage=Stage.APPROVED,
    qa=b.QA,
    conditions=(b.CONDITION, replace(b.CONDITION, id="c2", met_at=b.NOW, met_by="U0PM")),
)
REJECTED = Hold(source=Stage.APPROVAL, by="U0PM", at=b.NOW, reason="Coupons are lost", by_rejection=True)
MISSING = (
    Missing(NotSoaked(b.NOW + timedelta(hours=2))),
    Missing(NotConfirmed(ConfirmItem.ONCALL_STANDING_BY), (Role.ONCALL, Role.DEVOPS)),
)

CHANNEL: dict[str, Surface] = {
    "card_candidate": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(
                stage=Stage.CANDIDATE, candidate=None, branch="", freeze_at=b.DEPLOY, soak_until=None
            ),
            scope=None,
            actions=(Action.CUT_BRANCH, Action.HOLD, Action.CANCEL),
            large=True,
        ),
    ),
    "card_detected": lambda r: card.card(
        r, b.card_view(scope=b.DETECTED, release=b.release(left_out=(b.LEFT_OUT,)), large=True)
    ),
    "card_qa": lambda r: card.card(r, b.card_view()),
    "card_git_problem": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(
                stage=Stage.BUILDING,
                pending=Pending(action=Action.BUILD_PASSED, by="U0RM", at=b.NOW, problem="unreachable"),
            ),
            actions=(Action.BUILD_PASSED, Action.BUILD_FAILED, Action.HOLD, Action.CANCEL),
        ),
    ),
    "card_approval": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.APPROVAL, qa=b.QA),
            tally=b.TALLY,
            actions=(Action.BUG_FOUND, Action.HOLD, Action.CANCEL),
        ),
    ),
    "card_approved": lambda r: card.card(
        r,
        b.card_view(
            release=APPROVED,
            tally=b.TALLY,
            gate=b.CLOSED,
            missing=MISSING,
            actions=(Action.DEPLOY, Action.BUG_FOUND, Action.HOLD, Action.CANCEL),
            to_confirm=(ConfirmItem.ONCALL_STANDING_BY,),
        ),
    ),
    "card_deploying": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.DEPLOYING, rollout=ROLLOUT),
            actions=(Action.STEP_LIVE, Action.PAUSE, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_deployer_watched": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.DEPLOYING, rollout=_watched()),
            actions=(Action.STEP_DONE, Action.PAUSE, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_deployer_watch_over": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(
                stage=Stage.DEPLOYING, rollout=replace(_watched(), since=b.NOW - timedelta(minutes=5))
            ),
            actions=(Action.STEP_DONE, Action.PAUSE, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_deployer_by_itself": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.DEPLOYING, rollout=replace(_watched(), go_on=GoOn.WHEN_FINE)),
            actions=(Action.STEP_DONE, Action.PAUSE, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_deployer_running": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(
                stage=Stage.DEPLOYING, rollout=_set_out(RolloutStrategy.CANARY, automatic=True)
            ),
            actions=(Action.PAUSE, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_deployer_failed": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.DEPLOYING, rollout=moves.failed(_watched(), "no disk")),
            actions=(Action.STEP_LIVE, Action.CONTINUE, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_down": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(
                stage=Stage.DEPLOYING,
                rollout=_set_out(RolloutStrategy.BIG_BANG, big_bang={"downtime": "2h"}),
            ),
            actions=(Action.STEP_DONE, Action.PAUSE, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_blue_kept": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.VERIFYING, rollout=_blue_kept()),
            actions=(Action.VERIFIED, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_blue_kept_until": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(
                stage=Stage.RELEASED, rollout=_blue_kept(), monitoring_until=b.NOW + timedelta(hours=24)
            ),
            actions=(Action.DECLARE_ROLLBACK,),
        ),
    ),
    "card_rejected": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.ON_HOLD, hold=REJECTED),
            tally=replace(b.TALLY, rejected_by="U0PM"),
            actions=(Action.REBUILD, Action.CANCEL),
        ),
    ),
    "card_rolling_back": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.ROLLING_BACK, room=b.ROOM.id, before_rollback=Stage.RELEASED),
            actions=(Action.STAND_DOWN, Action.ROLLED_BACK),
            room_channel="C0ROOM",
            restore_open=(StepKey.APPLICATION, StepKey.HEALTH_CHECK),
            lock=DeployLock(reason="v1.5.0 is being rolled back", since=b.NOW),
            ahead_of_production=True,
        ),
    ),
    "card_rolled_back": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(
                stage=Stage.ROLLED_BACK,
                room=b.ROOM.id,
                before_rollback=Stage.VERIFYING,
                deploy_started_at=b.NOW - timedelta(hours=2),
                deployed_at=b.NOW - timedelta(hours=1),
            ),
            actions=(),
            room_channel="C0ROOM",
            postmortem_done_at=b.NOW,
        ),
    ),
    "approval_again": lambda r: approval.approval(
        r,
        b.approval_view(
            release=b.release(
                stage=Stage.APPROVAL, qa=replace(b.QA, migration=False), left_out=(b.LEFT_OUT,)
            ),
            scope=b.DETECTED,
            large=True,
            since=1,
            new=b.NEW,
        ),
    ),
    "approval_asked": lambda r: approval.approval(r, b.approval_view()),
    "approval_decided": lambda r: approval.approval(
        r,
        b.approval_view(
            release=APPROVED,
            decisions=(
                b.DECISION,
                Decision(
                    user="U0RM2",
                    outcome=Outcome.CONDITIONS,
                    at=b.NOW,
                    candidate=1,
                    sha=b.SHA,
                    comment="Careful",
                ),
            ),
            separation=Separation(starter=False, authors="none"),
        ),
    ),
    "approval_outdated": lambda r: approval.approval(
        r,
        b.approval_view(
            current=False,
            candidate=1,
            release=b.release(stage=Stage.BUILDING, unlinked=("jun@shop.kr",)),
            tally=Tally(slots=(), rejected_by="", can_give={}),
        ),
    ),
    "approval_used": lambda r: approval.approval(
        r,
        b.approval_view(
            current=False,
            release=b.release(
                stage=Stage.DEPLOYING, qa=b.QA, deploy_started_at=b.NOW, approval_asked_at=b.NOW
            ),
            tally=replace(b.TALLY, slots=(b.TALLY.slots[0], replace(b.TALLY.slots[1], user="U0PM"))),
            decisions=(b.DECISION, replace(b.DECISION, user="U0PM", outcome=Outcome.APPROVE)),
        ),
    ),
    "close_question": lambda r: closing.close_question(
        r,
        b.card_view(
            release=b.release(stage=Stage.RELEASED, monitoring_until=b.NOW),
            actions=(Action.CLOSE, Action.DECLARE_ROLLBACK),
        ),
    ),
    "card_health": lambda r: card.card(
        r,
        b.card_view(release=b.release(stage=Stage.VERIFYING, deployed_at=b.NOW), actions=(), health=b.HEALTH),
    ),
    "close_question_against": lambda r: closing.close_question(
        r,
        b.card_view(
            release=b.release(stage=Stage.RELEASED, monitoring_until=b.NOW, close_asked_at=b.NOW),
            actions=(Action.CLOSE, Action.DECLARE_ROLLBACK),
            breaches=(b.BREACH, b.UNCLEAR, replace(b.BREACH, state=BreachState.DISMISSED)),
            to_close=(
                Missing(NotMerged("release/v1.5.0"), (Role.DEVOPS, Role.RELEASE_MANAGER)),
                Missing(
                    ItemsOpen(
                        Phase.POST_FINISH,
                        (NamedItem("next", Names(ko="다음 릴리스 계획", en="The next one is planned")),),
                        (),
                    ),
                    (Role.RELEASE_MANAGER,),
                ),
            ),
        ),
    ),
    "card_mended": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.VERIFYING, deployed_at=b.NOW),
            actions=(),
            mended_by=(b.release(id="H", version=Version.parse("1.5.1"), stage=Stage.DEPLOYING, parent="R"),),
        ),
    ),
    "exception_asked": lambda r: exceptions.exception(r, b.exception_view()),
    "exception_nobody": lambda r: exceptions.exception(
        r, b.exception_view(exception=replace(b.EXCEPTION, over_budget=True), deciders=())
    ),
    "exception_granted": lambda r: exceptions.exception(r, b.exception_view(exception=b.GRANTED)),
    "exception_merge": lambda r: exceptions.exception(r, b.exception_view(exception=b.MERGE)),
    "exception_revoked": lambda r: exceptions.exception(
        r,
        b.exception_view(
            exception=replace(
                b.GRANTED, state=ExceptionState.REVOKED, ended_by="U0RM", ended_note="Not needed"
            )
        ),
    ),
    "judgement": lambda r: exceptions.judgement(
        r,
        b.exception_view(exception=b.judged(judgement=None), known=ExceptionResult.SUCCEEDED, to_judge=True),
    ),
    "judgement_given": lambda r: exceptions.judgement(
        r, b.exception_view(exception=b.judged(), known=ExceptionResult.FAILED)
    ),
    "exceptions": lambda r: lists.exceptions_list(
        r,
        ExceptionsView(
            project=b.PROJECT,
            exceptions=(
                b.exception_view(),
                b.exception_view(exception=b.GRANTED),
                b.exception_view(exception=b.MERGE),
            ),
            budget=b.BUDGET,
        ),
    ),
    "exceptions_none": lambda r: lists.exceptions_list(
        r, ExceptionsView(project=b.PROJECT, exceptions=(), budget=b.BUDGET)
    ),
    "ledger": lambda r: lists.ledger(
        r,
        LedgerView(
            project=b.PROJECT,
            budget=replace(b.BUDGET, granted=3),
            exceptions=(
                b.exception_view(exception=b.judged(), known=ExceptionResult.FAILED),
                b.exception_view(
                    exception=b.judged(id="e3", judgement=None),
                    known=ExceptionResult.SUCCEEDED,
                    to_judge=True,
                ),
                b.exception_view(
                    exception=replace(
                        b.EXCEPTION,
                        id="e4",
                        state=ExceptionState.DENIED,
                        decided_by="U0PM",
                        note="After the sale",
                    )
                ),
                b.exception_view(
                    exception=replace(
                        b.GRANTED,
                        id="e5",
                        state=ExceptionState.REVOKED,
                        ended_by="U0RM",
                        ended_note="Not needed",
                    )
                ),
            ),
            beyond=frozenset({"e5"}),
        ),
    ),
    "ledger_empty": lambda r: lists.ledger(
        r, LedgerView(project=b.PROJECT, budget=replace(b.BUDGET, granted=0), exceptions=())
    ),
    "room_summary": lambda r: warroom.room_summary(r, b.room_view()),
    "room_state": lambda r: warroom.room_state(r, b.room_view()),
    "room_failed": lambda r: warroom.room_state(r, b.room_view(room=b.ROOM_FAILED)),
    "room_no_target": lambda r: warroom.room_state(
        r,
        b.room_view(
            room=replace(b.ROOM, target="", steps=b.begun(b.FIRST_STEPS, "U0IC", b.NOW)),
            release=b.release(qa=replace(b.QA, way_back="take it <offline>")),
        ),
    ),
    "room_checking": lambda r: warroom.room_state(
        r, b.room_view(room=replace(b.ROOM, steps=(replace(b.STEPS[3], state=StepState.RUNNING),)))
    ),
    "room_database": lambda r: warroom.room_state(
        r,
        b.room_view(
            room=replace(b.ROOM, steps=(replace(b.STEPS[2], state=StepState.WAITING),), database_first=True),
            ways=b.LOST_AND_KNOWN,
        ),
    ),
    "room_database_known": lambda r: warroom.room_state(
        r,
        b.room_view(
            room=replace(b.ROOM, steps=(replace(b.STEPS[2], state=StepState.RUNNING, started_at=b.NOW),)),
            ways=b.LOST_AND_KNOWN[:1],
        ),
    ),
    "room_resolved": lambda r: warroom.room_state(
        r,
        b.room_view(
            room=replace(
                b.ROOM,
                state=RoomState.RESOLVED,
                mitigated_at=b.NOW - timedelta(minutes=4),
                recovered_at=b.NOW,
                steps=b.STEPS[:1],
            ),
            lists=b.ROOM_LISTS,
        ),
    ),
    "room_playbook": lambda r: warroom.room_state(
        r,
        b.room_view(room=replace(b.ROOM, state=RoomState.OPEN, declared_at=None), lists=b.ROOM_LISTS[1:]),
    ),
    "room_incident": lambda r: warroom.briefing(
        r, b.room_view(room=replace(b.ROOM, declared_at=None, steps=(), seats=(), channel=""), entries=())
    ),
    "seat_call": lambda r: warroom.seat_call(r, b.room_view(room=replace(b.ROOM, seats=()))),
    "seat_taken": lambda r: warroom.seat_call(r, b.room_view()),
    "postmortem": lambda r: postmortem.postmortem(
        r,
        b.room_view(
            room=replace(b.ROOM, recovered_at=b.NOW, summary="Orders work again", postmortem_due=b.DEPLOY),
            lists=b.ROOM_LISTS,
        ),
    ),
}

PERSON: dict[str, Surface] = {
    "room_briefing": lambda r: warroom.briefing(r, b.room_view()),
    "room_handed_over": lambda r: warroom.briefing(r, b.room_view(), "U0IC"),
    "room_given": lambda r: warroom.briefing(
        r,
        b.room_view(
            at=b.NOW + timedelta(minutes=5),
            entries=(),
            room=replace(
                b.ROOM,
                declared_by="",
                target="",
                criteria=(),
                steps=(*b.STEPS[1:2], replace(b.STEPS[3], state=StepState.RUNNING)),
                postmortem_due=b.DEPLOY,
            ),
        ),
        "",
    ),
    "list": lambda r: lists.release_list(r, ListView(project=b.PROJECT, rows=b.ROWS, ended=4)),
    "health": lambda r: health_answer(r, b.health_view()),
    "health_empty": lambda r: health_answer(r, b.health_view(health=replace(b.HEALTH, measured=()))),
    "breaches": lambda r: breaches_list(
        r,
        BreachesView(
            project=b.PROJECT,
            release=b.release(stage=Stage.VERIFYING),
            breaches=(
                b.BREACH,
                b.UNCLEAR,
                replace(b.BREACH, id="B3", state=BreachState.DISMISSED, by="U0IC", reason="a *cold* cache"),
            ),
        ),
    ),
    "breaches_none": lambda r: breaches_list(
        r, BreachesView(project=b.PROJECT, release=b.release(stage=Stage.VERIFYING), breaches=())
    ),
    "list_empty": lambda r: lists.release_list(r, ListView(project=b.PROJECT, rows=())),
    "board": lambda r: lists.board(
        r, BoardView(project=b.PROJECT, columns={Column.QA_TESTING: b.ROWS[:1], Column.CANDIDATE: b.ROWS[1:]})
    ),
    "mine": lambda r: lists.mine_list(r, MineView(tasks=b.TASKS)),
    "mine_empty": lambda r: lists.mine_list(r, MineView(tasks=())),
    "gate_closed": lambda r: lists.gate_answer(
        r, GateView(project=b.PROJECT, type=ReleaseType.REGULAR, answer=b.CLOSED, release=b.release())
    ),
    "gate_open": lambda r: lists.gate_answer(
        r, GateView(project=b.PROJECT, type=ReleaseType.HOTFIX, answer=b.OPEN)
    ),
    "freezes": lambda r: lists.freezes_list(
        r,
        FreezeView(
            project=b.PROJECT,
            freezes=(
                Freeze(release_id=b.ID, version="1.5.0", release_type=ReleaseType.REGULAR, starts=b.FREEZE),
            ),
            slots=b.SLOTS,
            at=b.NOW,
        ),
    ),
    "blackouts": lambda r: lists.blackouts_list(
        r,
        BlackoutsView(
            project=b.PROJECT,
            blackouts=(
                replace(b.BLACKOUT, added_by="U0PM"),
                replace(b.BLACKOUT, id="b2", start=b.DEPLOY, end=b.DEPLOY + timedelta(days=3)),
                replace(b.YEAR_END, moved=True),
            ),
            at=b.NOW,
            left_out=(replace(b.YEAR_END, id="y1/2027", day=date(2027, 12, 21)),),
        ),
    ),
    "windows": lambda r: lists.windows_list(
        r, WindowsView(project=b.PROJECT, windows=b.WINDOWS, from_policy=True)
    ),
    "windows_empty": lambda r: lists.windows_list(
        r, WindowsView(project=b.PROJECT, windows=(), from_policy=False)
    ),
    "month": lambda r: lists.month_list(r, months.calendar_view()),
    "month_elsewhere": lambda r: lists.month_list(
        r, months.calendar_view(months.APRIL, asked_in="", cadence=None, windows=[], no_deploy_hours=[])
    ),
    "month_crowded": lambda r: lists.month_list(
        r, months.calendar_view(blackouts=months.crowded(60)), page=1
    ),
    "month_nothing": lambda r: lists.month_list(
        r, months.calendar_view(months.APRIL, cadence=None, holidays={"country": None})
    ),
    "when_new": lambda r: lists.when_answer(r, whens.NEW),
    "when_frozen": lambda r: lists.when_answer(r, whens.FROZEN),
    "when_soaking": lambda r: lists.when_answer(r, whens.SOAKING),
    "when_open": lambda r: lists.when_answer(r, whens.OPEN),
    "when_blackout": lambda r: lists.when_answer(r, whens.BLACKOUT),
    "when_locked": lambda r: lists.when_answer(r, whens.LOCKED),
    "when_windowless": lambda r: lists.when_answer(r, whens.WINDOWLESS),
    "roles": lambda r: lists.roles_list(
        r,
        RolesView(
            project=b.PROJECT,
            holdings=b.HOLDINGS,
            members={Role.PM: ("U0PM",), Role.DEVOPS: ("U0OPS", "U0OPS2")},
            locked=(Role.PM,),
            owners=("U0OWNER",),
        ),
    ),
    "home": lambda r: home.home(r, b.home_view()),
    "home_empty": lambda r: home.home(r, b.home_view(tasks=(), projects=())),
    "digest": lambda r: digest(r, days.DAY),
    "digest_late": lambda r: digest(r, days.CALM, late=True),
    "digest_setting": lambda r: digest_setting(r, DigestSetting()),
    "digest_setting_off": lambda r: digest_setting(r, DigestSetting(on=False, own=True)),
    "digest_setting_team": lambda r: digest_setting(r, DigestSetting(on=False)),
    "form_digest": lambda r: digest_form.digest(r, DigestSetting(at=time(8, 30), own=True)),
    "form_start": lambda r: start.start(r, b.start_form()),
    "form_start_first": lambda r: start.start(r, b.start_form(to_confirm=("v1.4.2", "v1.4.1", "v1.3.0"))),
    "form_start_reading": lambda r: start.start(
        r, b.start_form(facts=None, proposed="", projects=(b.PROJECT,))
    ),
    "form_start_hotfix": lambda r: start.start(r, b.start_form(type=ReleaseType.HOTFIX, proposed="1.4.3")),
    "form_start_feature": lambda r: start.start(
        r, b.start_form(type=ReleaseType.FEATURE, deploy_at=b.DEPLOY)
    ),
    "form_hold": lambda r: actions.ask(r, b.release(), Action.HOLD),
    "form_cut_early": lambda r: actions.cut_early(r, b.release(freeze_at=b.DEPLOY)),
    "form_without_files": lambda r: actions.without_files(
        r,
        b.release(),
        FilesNotWritten(("CHANGELOG.md", "VERSION"), ProblemKind.NO_VERSION, "VERSION"),
    ),
    "form_captain": lambda r: actions.captain(r, b.release()),
    "form_cancel": lambda r: actions.cancel(r, b.release()),
    "form_qa": lambda r: qa.qa(r, b.release(), b.SCOPE),
    "form_qa_first": lambda r: qa.qa(r, b.release(previous_version=""), None),
    "form_conditions": lambda r: decisions.approve_with_conditions(r, b.release()),
    "form_reject": lambda r: decisions.reject(r, b.release()),
    "form_meet": lambda r: decisions.meet(r, b.release(), b.CONDITION),
    "form_confirm": lambda r: decisions.confirm(r, b.release(), ConfirmItem.DEPLOYER_STANDING_BY),
    "form_retarget": lambda r: dates.retarget(r, b.RETARGET_FORM),
    "form_retarget_chosen": lambda r: dates.retarget(
        r, replace(b.RETARGET_FORM, deploy_at=b.CHOSEN.deploy_at, chosen=b.CHOSEN)
    ),
    "form_retarget_free": lambda r: dates.retarget(
        r, replace(b.RETARGET_FORM, deploy_at=b.DEPLOY, chosen=replace(b.CHOSEN, found=Conflicts(), free=()))
    ),
    "form_retarget_past": lambda r: dates.retarget(
        r, replace(b.RETARGET_FORM, deploy_at=b.NOW - timedelta(days=1))
    ),
    "form_freeze_begin": lambda r: dates.freeze(r, b.release(), begin=True),
    "form_freeze_lift": lambda r: dates.freeze(r, b.release(), begin=False),
    "form_exception": lambda r: exception_forms.ask(r, b.exception_form()),
    "form_exception_several": lambda r: exception_forms.ask(
        r,
        b.exception_form(
            needed=(
                *b.exception_form().needed,
                NeededException(
                    restriction=Restriction(rule=GateRule.WINDOW),
                    roles=(Role.RELEASE_MANAGER,),
                    deciders=(),
                    until=b.DEPLOY,
                ),
                NeededException(
                    restriction=Restriction(rule=GateRule.NO_DEPLOY_HOURS),
                    roles=(Role.RELEASE_MANAGER,),
                    deciders=("U0RM2",),
                    asked_by="U0OPS",
                ),
            ),
            stays_closed=(GateReason(rule=GateRule.NO_WINDOWS, verdict=Verdict.CLOSED),),
            since=b.NOW,
            budget=replace(b.BUDGET, granted=2),
        ),
    ),
    "form_exception_open": lambda r: exception_forms.ask(r, b.exception_form(needed=())),
    "form_exception_closes": lambda r: exception_forms.ask(r, b.exception_form(closes_at=b.DEPLOY)),
    "form_exception_merge": lambda r: exception_forms.ask(
        r,
        b.exception_form(
            release=None,
            action=GateAction.MERGE_FEATURE,
            needed=(
                NeededException(
                    restriction=b.MERGE.restriction, roles=(Role.RELEASE_MANAGER,), deciders=("U0RM",)
                ),
            ),
        ),
    ),
    "form_exception_grant": lambda r: exception_forms.decision(
        r,
        b.exception_view(
            exception=replace(b.EXCEPTION, over_budget=True), budget=replace(b.BUDGET, granted=2)
        ),
        longest=timedelta(hours=8),
        grant=True,
    ),
    "form_exception_deny": lambda r: exception_forms.decision(
        r, b.exception_view(), longest=timedelta(hours=8), grant=False
    ),
    "form_exception_revoke": lambda r: exception_forms.revoke(r, b.exception_view(exception=b.GRANTED)),
    "form_exception_withdraw": lambda r: exception_forms.revoke(r, b.exception_view()),
    "form_judgement": lambda r: judgement.judgement(
        r, b.exception_view(exception=b.judged(judgement=None), known=ExceptionResult.FAILED)
    ),
    "form_judgement_merge": lambda r: judgement.judgement(r, b.exception_view(exception=b.MERGE)),
    "form_reading": lambda r: reading_form.reading(r, b.health_view(), "p95_latency"),
    "form_breach": lambda r: breach_form.report(r, b.release(stage=Stage.VERIFYING), Reported.DATA),
    "form_breach_dismiss": lambda r: breach_form.dismiss(r, b.BREACH),
    "form_rollback": lambda r: rollback.rollback(r, b.rollback_form()),
    "form_rollback_standing": lambda r: rollback.rollback(
        r, b.rollback_form(standing="v1.4.2", by_deployer=True)
    ),
    "form_rollback_closed": lambda r: rollback.rollback(r, b.rollback_form(standing="")),
    "form_rollback_first": lambda r: rollback.rollback(
        r,
        b.rollback_form(
            targets=(), commanders=(), room="r1", release=b.release(stage=Stage.VERIFYING, qa=b.QA)
        ),
    ),
    "form_step": lambda r: room.step(r, b.ROOM, b.STEPS[3], room.STARTED),
    "form_log": lambda r: room.log(r, b.ROOM),
    "form_escalate": lambda r: room.escalate(r, b.ROOM, (Role.TECH_LEAD, Role.PM)),
    "form_resolve": lambda r: room.resolve(r, b.ROOM),
    "form_resolve_first": lambda r: room.resolve(r, replace(b.ROOM, target="")),
    "form_stand_down": lambda r: room.stand_down(r, b.ROOM),
    "form_postmortem": lambda r: room.postmortem(r, b.ROOM),
    "form_blackout": lambda r: blackout_form.blackout(r, b.BLACKOUT_FORM),
    "form_blackout_taken": lambda r: blackout_form.blackout(
        r, replace(b.BLACKOUT_FORM, start=b.NOW, end=b.DEPLOY + timedelta(days=1), taken=(b.TAKEN_IN,))
    ),
    "form_blackout_move": lambda r: blackout_form.blackout(
        r, BlackoutForm(project=b.PROJECT, blackout=b.BLACKOUT, start=b.NOW, end=b.DEPLOY)
    ),
    "form_occurrence": lambda r: occurrence_form.occurrence(r, b.WINDOW_DATES),
    "form_occurrence_taken": lambda r: occurrence_form.occurrence(
        r, replace(b.WINDOW_DATES, taken=(b.TAKEN,))
    ),
    "form_occurrence_moved": lambda r: occurrence_form.occurrence(r, replace(b.DEPLOY_DATES, moved=b.CHOSEN)),
    "form_occurrence_deploy": lambda r: occurrence_form.occurrence(r, b.DEPLOY_DATES),
    "form_window": lambda r: project.window(r, b.WINDOW_FORM),
    "form_role": lambda r: project.role(r, b.PROJECT, (Role.PM, Role.DEVOPS), give=True, chosen=Role.PM),
    "form_lift_one_of_two_locks": lambda r: project.lift_lock(
        r,
        b.PROJECT,
        [
            StandingLock("release-1", "1.5.0", "v1.5.0 was rolled back"),
            StandingLock("release-2", "1.5.1", "orders doubled"),
        ],
    ),
    "form_lift_lock": lambda r: project.lift_lock(
        r, b.PROJECT, [StandingLock("release-1", "1.5.0", "v1.5.0 was rolled back")]
    ),
    "form_scope": lambda r: scope.scope(r, b.scope_view()),
    "form_scope_detected": lambda r: scope.scope(
        r,
        b.scope_view(
            release=b.release(left_out=(b.LEFT_OUT,)),
            scope=b.DETECTED,
            candidates=(1, 2),
            large=True,
            changeable=True,
        ),
    ),
    "form_scope_left_out": lambda r: scope.scope(
        r,
        b.scope_view(release=b.release(left_out=(b.LEFT_OUT,)), scope=b.DETECTED, changeable=True),
        scope.Place(scope.LEFT_OUT),
    ),
    "form_scope_corrected": lambda r: scope.scope(
        r,
        b.scope_view(
            scope=replace(b.DETECTED, counts=replace(b.DETECTED.counts, other=12_000)),
            correctable=True,
            corrected=frozenset({b.SHA}),
        ),
    ),
    "form_correct": lambda r: correct.correct(
        r, b.CORRECT, Target(project="shop", release=b.ID, key=b.SHA, state="fix", page=2)
    ),
    "form_correct_anew": lambda r: correct.correct(r, b.CORRECTED, Target(project="shop", key=b.SHA)),
    "form_correct_unread": lambda r: correct.correct(
        r, replace(b.CORRECT, message="", told=None), Target(project="shop", key=b.SHA)
    ),
    "form_leave_out": lambda r: leave_out.leave_out(
        r, b.release(left_out=(b.LEFT_OUT,)), b.SCOPE.lines[0], Target(release=b.ID, key=b.SHA[:20], page=2)
    ),
    "form_compare": lambda r: compare.compare(
        r,
        CompareView(
            release=b.release(),
            candidates=(1, 2, 3),
            newer=3,
            older=1,
            difference=b.NEW,
            links=b.LINKS,
        ),
    ),
    "form_compare_same": lambda r: compare.compare(
        r,
        CompareView(
            release=b.release(),
            candidates=(1, 2),
            newer=2,
            older=1,
            difference=Difference(),
        ),
    ),
    "form_qa_detected": lambda r: qa.qa(r, b.release(left_out=(b.LEFT_OUT,)), b.DETECTED),
    "form_start_detected": lambda r: start.start(
        r, b.start_form(facts=replace(b.FACTS, scope=b.DETECTED), large=True)
    ),
    "form_notes": lambda r: notes_form.notes(r, n.views(), n.opened(Section.FIXES)),
    "form_notes_kept": n.edited,
    "form_notes_overtaken": n.overtaken,
    "notes": lambda r: notes_list(r, n.view(r.language)),
    "notes_published": lambda r: notes_list(
        r,
        n.view(
            "ko", Audience.CUSTOMERS, release=b.release(stage=Stage.RELEASED), unpublished=True, outdated=True
        ),
    ),
}

CASES = [(name, "channel", surface) for name, surface in (CHANNEL | ready.CHANNEL | checks.CHANNEL).items()]
CASES += [(name, "person", surface) for name, surface in (PERSON | ready.PERSON | checks.PERSON).items()]
READERS = {
    ("channel", "en"): b.EN_CHANNEL,
    ("channel", "ko"): b.KO_CHANNEL,
    ("person", "en"): b.EN_PERSON,
    ("person", "ko"): b.KO_PERSON,
}


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(("name", "audience", "surface"), CASES, ids=[case[0] for case in CASES])
def test_surface_reads_as_it_was_agreed(name: str, audience: str, surface: Surface, language: str) -> None:
    shown = rendered(surface(READERS[audience, language]))
    path = SNAPSHOTS / f"{name}.{language}.txt"
    if os.environ.get("NARU_SNAPSHOTS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_every_snapshot_has_its_surface() -> None:
    kept = {path.name for path in SNAPSHOTS.glob("*.txt")}
    assert kept == {f"{name}.{language}.txt" for name, _, _ in CASES for language in ("en", "ko")}
