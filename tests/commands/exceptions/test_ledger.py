"""Every exception is judged afterwards; the ledger keeps all of a month, against its budget."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commands.load import load_policy
from commands.requests import DecideException, DeclareRollback, MoveStep, Resolve
from commands.show import exceptions as shows
from domain import refusals as r
from domain.calendar.exceptions import Budget, ExceptionResult, ExceptionState, Judgement
from domain.errands import InThread, SurfaceKind
from domain.events import ExceptionAsked, ExceptionJudged
from domain.people import Role
from domain.rollback import Criterion
from domain.types import Action, Stage
from domain.views import ExceptionView
from tests.commands.exceptions.stories import HOUR, Asking, seoul
from tests.commands.exceptions.test_asking import copies, frozen, to_merge
from tests.commands.rollback.stories import RESTORE, VERIFY
from tests.support.world import CHANNEL, DEV, IC, OPS, PM, PROJECT, QA, RM, RM2, policy

A, S, X, R = Action, Stage, ExceptionState, ExceptionResult


def deployed(asking: Asking) -> tuple[str, str]:
    """A release in production by an exception, verified."""
    release, wanted = asking.asked()
    asking.grant(wanted)
    asking.deploy(release)
    asking.roll_out(release)
    asking.advance(release, A.VERIFIED)
    return release, wanted


def expired(asking: Asking) -> str:
    _, wanted = asking.asked()
    asking.grant(wanted, length=HOUR)
    asking.clock.move(hours=1)
    asking.tick()
    return wanted


def seen(asking: Asking, exception: str) -> ExceptionView:
    return asking.read(shows.exception, exception)


def test_who_decided_is_asked_once_the_deploy_has_come_out(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    asking.deploy(release)
    asking.roll_out(release)
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == []
    assert asking.no(asking.judgement(wanted), PM) == r.NotJudgedYet()
    asking.advance(release, A.VERIFIED)
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == [PM]
    assert (seen(asking, wanted).known, seen(asking, wanted).to_judge) == (R.SUCCEEDED, True)
    assert asking.tasks(PM) == [("judgement", "v1.5.0")]
    assert (asking.tasks(RM), asking.tasks(OPS)) == ([], [])


def test_the_judgement_stands_in_the_ledger(asking: Asking) -> None:
    release, wanted = deployed(asking)
    event = asking.ok(asking.judgement(wanted, urgent=False, note=" it could have waited "), PM)
    assert event == ExceptionJudged(
        exception=wanted,
        release=release,
        version="1.5.0",
        restriction=asking.exception(wanted).restriction,
        result=R.SUCCEEDED,
        urgent=False,
        reason_true=True,
        note="it could have waited",
    )
    assert [tell.to for tell in asking.told(ExceptionJudged)] == [InThread(release)]
    view = asking.read(shows.ledger, PROJECT)
    assert [one.exception.judgement for one in view.exceptions] == [
        Judgement(
            result=R.SUCCEEDED,
            urgent=False,
            reason_true=True,
            by=PM,
            at=asking.clock(),
            note="it could have waited",
        )
    ]
    assert asking.tasks(PM) == []
    assert asking.no(asking.judgement(wanted), RM) == r.AlreadySo("exception_judged", PM)


def test_a_rollback_is_known_when_it_is_judged(asking: Asking) -> None:
    release, wanted = asking.asked()
    asking.grant(wanted)
    asking.deploy(release)
    declared = DeclareRollback(
        release=release, criteria=(Criterion.ERROR_RATE,), evidence="errors at 40 %", migration=False
    )
    room = asking.ok(declared, IC).room  # type: ignore[union-attr]  # RollbackDeclared
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == []
    for step in (*RESTORE, *VERIFY):
        asking.ok(MoveStep(room=room, step=step, state="done"), IC)
    asking.ok(Resolve(room=room, summary="back on v1.4.0"), RM)
    assert asking.stage(release) is S.ROLLED_BACK
    assert seen(asking, wanted).known is R.FAILED
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == [PM]


def test_one_that_was_not_used_is_judged_as_well(asking: Asking) -> None:
    wanted = expired(asking)
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == [PM]
    assert (seen(asking, wanted).known, seen(asking, wanted).to_judge) == (R.UNUSED, True)
    asking.ok(asking.judgement(wanted, result=R.UNUSED), RM)  # a release manager may, too


@pytest.mark.parametrize("user", [IC, QA, DEV])
def test_judging_is_for_who_decided_and_release_managers(asking: Asking, user: str) -> None:
    wanted = expired(asking)
    refusal = asking.no(asking.judgement(wanted), user)
    assert refusal == r.NotAllowed("exception_judge", (Role.RELEASE_MANAGER,), (PM, RM, RM2))


def test_who_asked_does_not_judge(asking: Asking) -> None:
    asking.blackout()
    release = asking.approved()
    (wanted,) = asking.ask(release, RM)
    asking.grant(wanted, length=HOUR)
    asking.clock.move(hours=1)
    asking.tick()
    assert asking.no(asking.judgement(wanted), RM) == r.OwnExceptionRequest((PM, RM2))


def test_release_managers_are_asked_when_who_decided_has_left_the_role(asking: Asking) -> None:
    _, wanted = asking.asked()
    asking.grant(wanted, length=HOUR)
    with asking.tx() as tx:
        load_policy(tx, policy(roles={"release_manager": {"users": [RM]}, "pm": {"users": [QA]}}), CHANNEL)
    asking.clock.move(hours=1)
    asking.tick()
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == [RM]
    assert asking.tasks(RM) == [("judgement", "v1.5.0")]


def test_a_merge_is_judged_when_its_time_is_over(asking: Asking) -> None:
    frozen(asking)
    event = asking.ok(to_merge(), DEV)
    assert isinstance(event, ExceptionAsked)
    (wanted,) = (one.exception for one in event.asked)
    asking.grant(wanted, RM, length=HOUR)
    assert asking.no(asking.judgement(wanted), RM2) == r.NotJudgedYet()
    asking.clock.move(hours=1)
    asking.tick()
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == [RM]
    assert (seen(asking, wanted).known, seen(asking, wanted).to_judge) == (None, True)


@pytest.mark.parametrize("end", ["denied", "revoked", "unanswered"])
def test_what_opened_nothing_is_not_judged(asking: Asking, end: str) -> None:
    _, wanted = asking.asked()
    if end == "denied":
        asking.deny(wanted)
    elif end == "revoked":
        asking.grant(wanted)
        asking.revoke(wanted)
    asking.clock.move(days=2)
    asking.tick()
    assert seen(asking, wanted).to_judge is False
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == []
    assert asking.no(asking.judgement(wanted), RM) == r.NotJudgedYet()


def test_one_that_was_revoked_after_its_use_is_judged(asking: Asking) -> None:
    release, wanted = asking.asked(single_use=False)
    asking.grant(wanted)
    asking.deploy(release)
    asking.revoke(wanted)
    asking.step_out(release)
    asking.clock.set(seoul(10, 10))  # the blackout is over, and the next window open
    asking.advance(release, A.CONTINUE)
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == []
    asking.step_out(release)
    asking.advance(release, A.ROLLOUT_COMPLETE, OPS)
    asking.advance(release, A.VERIFIED)
    assert copies(asking, wanted, SurfaceKind.JUDGEMENT) == [PM]


# --- the budget -------------------------------------------------------------------------------------------


def again(asking: Asking, release: str) -> str:
    """Ask once more, and have it granted for an hour that passes."""
    (wanted,) = asking.ask(release)
    asking.grant(wanted, length=HOUR)
    asking.clock.move(hours=1)
    asking.tick()
    return wanted


def test_beyond_the_budget_it_can_be_asked_and_is_marked(asking: Asking) -> None:
    asking.blackout(end=seoul(8))
    release = asking.approved(seoul(5, 10))
    first, second = again(asking, release), again(asking, release)
    form = asking.read(shows.form, PROJECT, release, "deploy", None, OPS)
    assert form.budget == Budget(month=date(2026, 3, 1), granted=2, limit=2)
    assert form.budget.used_up

    event = asking.ok(asking.wish(release), OPS)

    assert isinstance(event, ExceptionAsked)
    assert event.over_budget
    (third,) = (one.exception for one in event.asked)
    assert asking.exception(third).over_budget
    assert asking.read(shows.ledger, PROJECT).beyond == frozenset()
    asking.ok(DecideException(exception=third, grant=True), PM)
    view = asking.read(shows.ledger, PROJECT)
    assert [one.exception.id for one in view.exceptions] == [first, second, third]
    assert (view.budget.granted, view.beyond) == (3, frozenset({third}))


def test_what_is_denied_uses_up_no_budget(asking: Asking) -> None:
    _, wanted = asking.asked()
    asking.deny(wanted)
    view = asking.read(shows.ledger, PROJECT)
    assert (len(view.exceptions), view.budget.granted) == (1, 0)


def test_the_ledger_is_by_local_month(asking: Asking) -> None:
    asking.blackout(start=seoul(31), end=seoul(31) + timedelta(days=2))
    release = asking.approved(seoul(31, 14))
    (march,) = asking.ask(release)
    asking.deny(march)
    asking.clock.set(seoul(31) + timedelta(days=1))  # midnight in Seoul, still March in UTC
    (april, _window) = asking.ask(release)
    views = [asking.read(shows.ledger, PROJECT, date(2026, month, 1)) for month in (3, 4, 5)]
    assert [[one.exception.id for one in view.exceptions] for view in views] == [
        [march],
        [april, _window],
        [],
    ]
    assert asking.read(shows.ledger, PROJECT).budget.month == date(2026, 4, 1)
