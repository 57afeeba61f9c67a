"""How exceptions end: used, run out, revoked; each once, told to whoever was told, and the gate follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from commands import context
from commands.exceptions import ends
from commands.load import load_policy
from commands.requests import Cancel, DecideException, DeclareRollback, RevokeException
from commands.show import exceptions as shows
from domain import refusals as r
from domain.calendar.exceptions import ExceptionState
from domain.errands import InChannel, InThread, Show, SurfaceKind, ToPerson
from domain.events import ExceptionExpired, ExceptionRevoked, ExceptionUsed
from domain.people import Role
from domain.reminders import of_exception
from domain.rollback import Criterion
from domain.types import Action, Stage
from tests.commands.exceptions.stories import HOUR, Asking, seoul
from tests.support.world import CHANNEL, DEV, IC, OPS, PM, PROJECT, QA, RM, policy

A, S, X = Action, Stage, ExceptionState


def names(asking: Asking, *only: str) -> list[str]:
    """The audit's actions, those of exceptions or the named ones."""
    found = [action for action, outcome, _ in asking.audited() if outcome != "denied"]
    return [action for action in found if (action in only if only else action.startswith("Exception"))]


# --- used -------------------------------------------------------------------------------------------------


def test_the_deploy_that_it_let_through_uses_it_up(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    asking.deploy(release)
    found = asking.exception(wanted)
    assert (found.state, found.used_at) == (X.USED, asking.clock())
    assert [tell.to for tell in asking.told(ExceptionUsed)] == [InThread(release)]
    assert names(asking) == ["ExceptionAsked", "ExceptionDecided", "ExceptionUsed"]


def test_one_that_the_deploy_did_not_need_is_not_used(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    for evening in asking.ask(release, since=seoul(5, 20)):
        later = evening
        asking.grant(later, PM if asking.exception(later).restriction.rule == "blackout" else RM)
    asking.deploy(release)
    assert asking.exception(wanted).state is X.USED
    assert asking.exception(later).state is X.GRANTED


def test_one_for_the_whole_time_lets_a_stopped_deploy_begin_again(asking: Asking) -> None:
    release, wanted = asking.asked(single_use=False)
    asking.grant(wanted)
    for _ in range(2):
        asking.deploy(release)
        asking.advance(release, A.PAUSE, note="wait")
        asking.advance(release, A.STOP, note="not today")
        asking.ready(release)  # asked anew for another attempt
    assert asking.stage(release) is S.APPROVED
    assert asking.exception(wanted).state is X.GRANTED
    asking.clock.move(hours=2)
    asking.tick()
    assert asking.exception(wanted).state is X.USED
    assert [tell.said.why for tell in asking.told(ExceptionExpired)] == ["over"]  # type: ignore[union-attr]
    assert [tell.to for tell in asking.told(ExceptionExpired)] == [InThread(release)]


def test_one_for_a_single_deploy_does_not(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    asking.deploy(release)
    asking.advance(release, A.PAUSE, note="wait")
    asking.advance(release, A.STOP, note="not today")
    assert asking.closing(release) == ["blackout"]


def test_what_still_waits_ends_with_the_deploy_and_with_the_release(asking: Asking) -> None:
    release, wanted = asking.asked()
    evening = asking.ask(release, since=seoul(5, 22), length=HOUR)
    asking.grant(wanted)
    asking.deploy(release)
    assert {asking.exception(one).state for one in evening} == {X.EXPIRED}
    assert asking.told(ExceptionExpired) == []
    assert asking.tasks(RM) == []


def test_a_cancelled_release_ends_its_exceptions(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    asking.ok(Cancel(release=release, reason="no"), RM)
    assert asking.exception(wanted).state is X.EXPIRED
    asking.clock.move(days=1)
    asking.tick()
    assert names(asking) == ["ExceptionAsked", "ExceptionDecided", "ExceptionExpired"]


# --- run out ----------------------------------------------------------------------------------------------


def test_one_that_nobody_used_expires_once_and_the_gate_closes(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted, length=HOUR)
    assert asking.closing(release) == []
    before = len(asking.errands())
    asking.clock.move(hours=1)
    assert asking.state(wanted) == "expired"  # also before anybody has noticed
    asking.tick()
    assert asking.tick() == 0
    assert asking.closing(release) == ["blackout"]
    assert asking.exception(wanted).state is X.EXPIRED
    assert [(tell.to, tell.late) for tell in asking.told(ExceptionExpired)] == [
        (InThread(release), False),
        (InChannel(CHANNEL), False),
        (ToPerson(OPS), False),
    ]
    shown = [e for e in asking.errands()[before:] if isinstance(e, Show)]
    assert SurfaceKind.CARD in {errand.surface.kind for errand in shown}


def test_after_a_long_pause_it_expires_late_and_once(asking: Asking) -> None:
    _, wanted = asking.asked()
    asking.grant(wanted, length=HOUR)
    asking.clock.move(days=30)
    asking.tick()
    told = asking.told(ExceptionExpired)
    assert [(tell.to, tell.late) for tell in told if tell.to == InChannel(CHANNEL)] == [
        (InChannel(CHANNEL), True)
    ]


def test_a_muted_end_is_recorded_and_not_announced(asking: Asking) -> None:
    release, wanted = asking.asked()
    with asking.tx() as tx:
        load_policy(tx, policy(mute=["exception_ends"]), CHANNEL)
    asking.grant(wanted, length=HOUR)
    asking.clock.move(hours=1)
    asking.tick()
    assert [tell.to for tell in asking.told(ExceptionExpired)] == [InThread(release)]
    assert names(asking)[-1] == "ExceptionExpired"


@pytest.mark.parametrize(
    ("facts", "lapses"),
    [
        ({}, seoul(6)),  # the blackout is over
        ({"since": seoul(5, 18), "length": HOUR}, seoul(5, 19)),  # the time is over that it was wanted for
    ],
)
def test_a_request_that_nobody_answers_ends_by_itself(
    asking: Asking, facts: dict[str, object], lapses: object
) -> None:
    asking.blackout()
    release = asking.approved()
    wanted, *_ = asking.ask(release, **facts)
    assert asking.exception(wanted).lapses_at == lapses
    asking.clock.set(asking.exception(wanted).lapses_at - timedelta(seconds=1))
    asking.tick()
    assert asking.state(wanted) == "asked"
    asking.clock.move(seconds=1)
    asking.tick()
    assert asking.exception(wanted).state is X.EXPIRED
    told = [tell for tell in asking.told(ExceptionExpired) if tell.said.exception == wanted]  # type: ignore[union-attr]
    assert [tell.to for tell in told] == [InThread(release), ToPerson(OPS)]


# --- revoked ----------------------------------------------------------------------------------------------


def test_a_decider_takes_it_back_and_the_gate_closes_at_once(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    asking.revoke(wanted, PM)
    assert asking.closing(release) == ["blackout"]
    assert isinstance(asking.refused(release, A.DEPLOY), r.NotReady)
    (told,) = {tell.said for tell in asking.told(ExceptionRevoked)}
    assert told == ExceptionRevoked(
        exception=wanted,
        release=release,
        version="1.5.0",
        restriction=asking.exception(wanted).restriction,
        granted=True,
        reason="no longer needed",
    )
    assert [tell.to for tell in asking.told(ExceptionRevoked)] == [
        InThread(release),
        InChannel(CHANNEL),
        ToPerson(OPS),
    ]
    again = asking.no(RevokeException(exception=wanted, reason="x"), OPS)
    assert again == r.AlreadySo("exception_revoked", PM)


def test_who_asked_takes_it_back_as_well(asking: Asking) -> None:
    _, wanted = asking.asked()
    asking.grant(wanted)
    asking.revoke(wanted, OPS)
    assert [tell.to for tell in asking.told(ExceptionRevoked)][-1] == ToPerson(PM)


def test_a_request_is_taken_back_by_who_made_it(asking: Asking) -> None:
    release, wanted = asking.asked()
    assert asking.no(RevokeException(exception=wanted, reason="x"), PM) == r.NotAllowed(
        "exception_revoke", (), (OPS,)
    )
    asking.revoke(wanted, OPS)
    assert asking.exception(wanted).state is X.REVOKED
    assert [tell.to for tell in asking.told(ExceptionRevoked)] == [InThread(release)]
    assert asking.tasks(PM) == []
    asking.ask(release)  # and may be made again


@pytest.mark.parametrize("user", [RM, QA, DEV])
def test_nobody_else_takes_it_back(asking: Asking, user: str) -> None:
    _, wanted = asking.asked()
    asking.grant(wanted)
    refusal = asking.no(RevokeException(exception=wanted, reason="x"), user)
    assert refusal == r.NotAllowed("exception_revoke", (Role.PM,), (OPS, PM))


def test_taking_back_says_why_and_not_after_the_deploy(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    assert asking.no(RevokeException(exception=wanted, reason=" "), PM) == r.TextMissing("reason")
    asking.deploy(release)
    refusal = asking.no(RevokeException(exception=wanted, reason="too late"), PM)
    assert refusal == r.AlreadySo("exception_used", PM)
    assert asking.stage(release) is S.DEPLOYING


def test_a_revocation_interrupts_a_rollout_under_way_as_a_closing_gate_does(asking: Asking) -> None:
    release, wanted = asking.asked(single_use=False)
    asking.grant(wanted)
    asking.deploy(release)
    asking.revoke(wanted)
    asking.tick()
    rollout = asking.release(release).rollout
    assert rollout is not None
    assert rollout.interruption is not None


def test_an_exception_opens_the_gate_that_closed_on_a_rollout(asking: Asking) -> None:
    """Asked for what closes the rollout, not for what its deploy has an exception from already."""
    release, sale = asking.asked(length=12 * HOUR)
    asking.grant(sale, length=12 * HOUR)
    asking.deploy(release)
    asking.clock.set(seoul(5, 17))  # the window closes
    asking.tick()
    asking.step_out(release)
    assert isinstance(asking.refused(release, A.CONTINUE), r.NotReady)

    (window,) = asking.ask(release)
    assert asking.exception(window).restriction.rule == "window"
    asking.grant(window, RM)
    asking.advance(release, A.CONTINUE)

    assert asking.exception(window).state is X.USED
    asking.step_out(release)
    asking.advance(release, A.ROLLOUT_COMPLETE, OPS)
    assert [tell.said.exception for tell in asking.told(ExceptionUsed)] == [sale, window]  # type: ignore[union-attr]


def test_one_for_the_whole_time_ends_with_its_rollout_and_is_told_as_used_once(asking: Asking) -> None:
    release, wanted = asking.asked(single_use=False)
    asking.grant(wanted)
    asking.deploy(release)
    asking.roll_out(release)
    assert asking.exception(wanted).state is X.USED
    assert len(asking.told(ExceptionUsed)) == 1


def test_the_gate_can_be_asked_about_a_time_when_an_exception_was_good(asking: Asking) -> None:
    release, wanted = asking.asked(single_use=False)
    asking.grant(wanted)
    granted_at = asking.clock()
    asking.clock.move(hours=1)
    asking.revoke(wanted)

    def verdict(at: datetime) -> str:
        with asking.tx() as tx:
            found = context.case(tx, release)
            return context.gate_for(tx, found.project, found.release, at).verdict.value

    moments = [granted_at, granted_at + HOUR / 2, granted_at + HOUR]
    assert [verdict(at) for at in moments] == ["open", "open", "closed"]


def test_between_the_press_and_the_report_of_git_a_revocation_holds_the_deploy(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    asking.advance(release, A.DEPLOY)
    asking.revoke(wanted)
    asking.head_was_read(release, A.DEPLOY)
    assert asking.stage(release) is S.APPROVED
    assert asking.exception(wanted).state is X.REVOKED


# --- in the list ------------------------------------------------------------------------------------------


def test_the_list_shows_what_waits_and_what_is_granted(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.clock.set(seoul(5, 18))
    (window,) = asking.ask(release, length=HOUR)
    asking.grant(wanted)
    view = asking.read(shows.live, PROJECT)
    assert [(one.exception.id, one.exception.state) for one in view.exceptions] == [
        (wanted, X.GRANTED),
        (window, X.ASKED),
    ]
    asking.revoke(wanted)
    asking.revoke(window, OPS)
    assert asking.read(shows.live, PROJECT).exceptions == ()


def test_an_end_that_something_else_came_before_is_moot(asking: Asking) -> None:
    """A replica may come to it while another one has just taken the request back."""
    _, wanted = asking.asked()
    (end,) = of_exception(asking.exception(wanted))
    asking.deny(wanted)
    asking.clock.set(end.due)
    for reminder in (end, replace(end, subject="gone")):
        with asking.tx() as tx:
            project = context.project_of(tx, PROJECT)
            assert ends.run_out(tx, project, reminder, late=False) is False
    assert asking.exception(wanted).state is X.DENIED


def test_what_is_asked_during_a_rollout_is_not_decided_on_once_it_is_taken_back(asking: Asking) -> None:
    release, sale = asking.asked()
    asking.grant(sale, length=12 * HOUR)
    asking.deploy(release)
    asking.clock.set(seoul(5, 17))
    asking.tick()
    (window,) = asking.ask(release)
    declared = DeclareRollback(
        release=release, criteria=(Criterion.ERROR_RATE,), evidence="errors at 40 %", migration=False
    )
    asking.ok(declared, IC)
    refusal = asking.no(DecideException(exception=window, grant=True), RM)
    assert refusal == r.TooLate("1.5.0", S.ROLLING_BACK)
