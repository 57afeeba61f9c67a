"""Exceptions are asked for all that closes the gate, by who may, in words, and decided by the policy's roles."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.load import load_policy
from commands.requests import AskException, Cancel, DecideException, GiveRole, LiftFreeze
from commands.show import exceptions as shows
from domain import needs
from domain import refusals as r
from domain.calendar.entries import GateRule
from domain.calendar.exceptions import ExceptionState, Restriction
from domain.calendar.gate import GateAction, Verdict
from domain.errands import InChannel, InThread, Show, SurfaceKind, ToPerson
from domain.events import ExceptionAsked, ExceptionDecided, OneAsked
from domain.people import Role
from domain.types import Action, ReleaseType, Stage
from tests.commands.exceptions.stories import HOUR, Asking, seoul
from tests.support.world import (
    CHANNEL,
    DEV,
    IC,
    OPS,
    OUTSIDE,
    OWNER,
    PM,
    PROJECT,
    QA,
    RM,
    RM2,
    TL,
    policy,
)

A, S, X = Action, Stage, ExceptionState
MERGE = GateAction.MERGE_FEATURE


def copies(asking: Asking, exception: str, kind: SurfaceKind = SurfaceKind.EXCEPTION) -> list[str]:
    """Who has a copy of their own."""
    shown = [errand.surface for errand in asking.errands() if isinstance(errand, Show)]
    return [found.audience for found in shown if (found.kind, found.subject) == (kind, exception)]


def test_what_is_asked_names_the_blackout_and_who_decides(asking: Asking) -> None:
    blackout = asking.blackout()
    release = asking.approved()

    event = asking.ok(asking.wish(release, what=" v1.5.0 ", length=3 * HOUR), OPS)

    assert isinstance(event, ExceptionAsked)
    (one,) = event.asked
    assert event == ExceptionAsked(
        release=release,
        version="1.5.0",
        what="v1.5.0",
        why="a law",
        risk="low",
        way_back="v1.4.0",
        asked=(
            OneAsked(
                exception=one.exception,
                restriction=Restriction(rule=GateRule.BLACKOUT, subject=blackout, name="Sale"),
                roles=(Role.PM,),
                deciders=(PM,),
            ),
        ),
        length=3 * HOUR,
    )
    assert copies(asking, one.exception) == [PM]
    assert [tell.to for tell in asking.told(ExceptionAsked)] == [InThread(release)]
    assert asking.tasks(PM) == [("exception", "v1.5.0")]
    assert asking.tasks(OPS) == []


def test_all_that_closes_is_asked_in_one_go_and_each_decided_by_its_own_people(asking: Asking) -> None:
    asking.blackout()
    release = asking.approved(seoul(5, 18))
    assert asking.closing(release) == ["blackout", "window"]

    blackout, window = asking.ask(release)

    assert (copies(asking, blackout), copies(asking, window)) == ([PM], [RM, RM2])
    assert isinstance(asking.no(DecideException(exception=window, grant=True), PM), r.NotAllowed)
    asking.grant(blackout, PM)
    assert asking.closing(release) == ["window"]
    refusal = asking.refused(release, A.DEPLOY)
    assert isinstance(refusal, r.NotReady)
    assert [type(one.need) for one in refusal.missing] == [needs.GateClosed]
    asking.grant(window, RM)
    assert asking.closing(release) == []
    asking.deploy(release)
    assert asking.stage(release) is S.DEPLOYING
    assert [asking.state(one) for one in (blackout, window)] == ["used", "used"]


def test_the_form_says_what_is_needed_and_what_stays_closed(asking: Asking) -> None:
    asking.blackout()
    release = asking.approved(seoul(5, 16))

    form = asking.read(shows.form, PROJECT, release, GateAction.DEPLOY, None, OPS)

    assert [one.restriction.rule for one in form.needed] == [GateRule.BLACKOUT]
    assert (form.needed[0].roles, form.needed[0].deciders, form.needed[0].until) == (
        (Role.PM,),
        (PM,),
        seoul(6),
    )
    assert (form.stays_closed, form.closes_at, form.since) == ((), seoul(5, 17), None)
    later = asking.read(shows.form, PROJECT, release, GateAction.DEPLOY, seoul(7, 12), OPS)
    assert [one.restriction.rule for one in later.needed] == [GateRule.WINDOW, GateRule.NO_DEPLOY_HOURS]
    assert (later.since, later.closes_at) == (seoul(7, 12), None)
    asking.ask(release)
    again = asking.read(shows.form, PROJECT, release, GateAction.DEPLOY, None, OPS)
    assert [one.asked_by for one in again.needed] == [OPS]


def test_the_form_names_what_no_exception_opens(asking: Asking) -> None:
    with asking.tx() as tx:
        gates = {"regular": {"gate": {"blackout": "no_exception"}}}
        load_policy(tx, policy(types=gates), CHANNEL)
    asking.blackout()
    release = asking.approved(seoul(5, 18))

    form = asking.read(shows.form, PROJECT, release, GateAction.DEPLOY, None, OPS)

    assert [one.restriction.rule for one in form.needed] == [GateRule.WINDOW]
    assert [reason.rule for reason in form.stays_closed] == [GateRule.BLACKOUT]


def test_what_closes_otherwise_than_the_form_named_is_not_asked(asking: Asking) -> None:
    asking.blackout()
    release = asking.approved()
    shown = asking.read(shows.form, PROJECT, release, GateAction.DEPLOY, None, OPS).closed
    asking.clock.set(seoul(5, 17))  # meanwhile the window closes

    refusal = asking.no(asking.wish(release, shown=shown), OPS)

    assert isinstance(refusal, r.ClosedOtherwise)
    assert [reason.rule for reason in refusal.answer.closing] == [GateRule.BLACKOUT, GateRule.WINDOW]
    now = asking.read(shows.form, PROJECT, release, GateAction.DEPLOY, None, OPS).closed
    assert len(asking.ask(release, shown=now)) == 2


def test_an_exception_can_be_asked_ahead_of_its_time(asking: Asking) -> None:
    release = asking.approved()
    friday = seoul(6, 20)
    assert asking.gate(release).verdict is Verdict.OPEN

    window, hours = asking.ask(release, since=friday, length=2 * HOUR)
    for one in (window, hours):
        assert asking.grant(one, RM).since == friday

    assert asking.gate(release).verdict is Verdict.OPEN
    asking.clock.set(friday - HOUR)
    assert asking.closing(release) == ["window", "no_deploy_hours"]
    asking.clock.set(friday)
    assert asking.gate(release).verdict is Verdict.OPEN
    asking.clock.set(friday + 2 * HOUR)
    assert asking.closing(release) == ["window", "no_deploy_hours"]


def test_a_time_that_is_over_cannot_be_asked_for(asking: Asking) -> None:
    asking.blackout()
    release = asking.approved()
    over = asking.clock() - 3 * HOUR
    assert asking.no(asking.wish(release, since=over), OPS) == r.InThePast(over)
    far = asking.clock().replace(year=2300)
    assert asking.no(asking.wish(release, since=far), OPS) == r.Unreadable("date", "2300-03-05")
    just_passed = asking.clock() - timedelta(minutes=1)
    (exception,) = asking.ask(release, since=just_passed)
    assert asking.exception(exception).wanted_from is None


@pytest.mark.parametrize("name", ["what", "why", "risk", "way_back"])
def test_an_exception_is_asked_in_words(asking: Asking, name: str) -> None:
    asking.blackout()
    release = asking.approved()
    assert asking.no(asking.wish(release, **{name: " "}), OPS) == r.TextMissing(name)


def test_an_exception_is_asked_once(asking: Asking) -> None:
    asking.blackout()
    release = asking.approved()
    asking.ask(release)
    assert asking.no(asking.wish(release), RM) == r.AlreadySo("exception_asked", OPS)
    asking.clock.set(seoul(5, 17))
    (window,) = asking.ask(release)  # only what nobody has asked for yet
    assert asking.exception(window).restriction == Restriction(rule=GateRule.WINDOW)


def test_asking_to_deploy_is_for_those_who_run_deploys(asking: Asking) -> None:
    asking.blackout()
    release = asking.approved()
    refusal = asking.no(asking.wish(release), DEV)
    assert refusal == r.NotAllowed(
        "exception",
        (Role.RELEASE_MANAGER, Role.DEVOPS, Role.TECH_LEAD, Role.INCIDENT_COMMANDER),
        tuple(sorted((RM, RM2, OPS, TL, IC))),
    )


def test_an_open_gate_needs_no_exception(asking: Asking) -> None:
    release = asking.approved()
    refusal = asking.no(asking.wish(release), OPS)
    assert isinstance(refusal, r.NoException)
    assert refusal.answer.closing == ()


def test_what_is_out_or_gone_is_not_asked_for(asking: Asking) -> None:
    release = asking.approved()
    asking.deploy(release)
    asking.roll_out(release)
    assert asking.no(asking.wish(release), OPS) == r.TooLate("1.5.0", S.VERIFYING)
    assert asking.no(asking.wish("nothing"), OPS) == r.Gone("release")
    assert asking.no(asking.wish(""), OPS) == r.Gone("release")


# --- deciding ---------------------------------------------------------------------------------------------


def test_a_pm_opens_a_blackout_for_one_deploy(asking: Asking) -> None:
    release, wanted = asking.asked()
    event = asking.grant(wanted, length=3 * HOUR, note="only the fix")
    assert event == ExceptionDecided(
        exception=wanted,
        release=release,
        version="1.5.0",
        granted=True,
        restriction=asking.exception(wanted).restriction,
        until=asking.clock() + 3 * HOUR,
        note="only the fix",
    )
    assert [tell.to for tell in asking.told(ExceptionDecided)] == [
        InThread(release),
        InChannel(CHANNEL),
        ToPerson(OPS),
    ]
    assert [permit.id for permit in asking.gate(release).permits] == [wanted]
    asking.deploy(release)
    assert asking.stage(release) is S.DEPLOYING
    assert asking.state(wanted) == "used"


def test_a_denied_exception_opens_nothing_and_says_why(asking: Asking) -> None:
    release, wanted = asking.asked()
    assert asking.no(DecideException(exception=wanted, grant=False, note=" "), PM) == r.TextMissing("reason")
    asking.deny(wanted)
    assert isinstance(asking.refused(release, A.DEPLOY), r.NotReady)
    assert [tell.to for tell in asking.told(ExceptionDecided)] == [InThread(release), ToPerson(OPS)]
    again = asking.no(DecideException(exception=wanted, grant=True), PM)
    assert again == r.AlreadySo("exception_denied", PM)


@pytest.mark.parametrize(
    ("length", "granted"),
    [
        (timedelta(0), timedelta(minutes=15)),
        (-5 * HOUR, timedelta(minutes=15)),
        (24 * HOUR, 24 * HOUR),
        (99 * HOUR, 24 * HOUR),
        (None, 2 * HOUR),
    ],
)
def test_an_exception_is_time_boxed(asking: Asking, length: timedelta | None, granted: timedelta) -> None:
    _, wanted = asking.asked()
    assert asking.grant(wanted, length=length).until == asking.clock() + granted


@pytest.mark.parametrize("user", [RM, QA, DEV])
def test_only_the_roles_of_the_policy_decide(asking: Asking, user: str) -> None:
    _, wanted = asking.asked()
    refusal = asking.no(DecideException(exception=wanted, grant=True), user)
    assert refusal == r.NotAllowed("exception_decide", (Role.PM,), (PM,))


def test_nobody_decides_on_their_own_request(asking: Asking) -> None:
    release = asking.approved(seoul(5, 18))
    (window,) = asking.ask(release, RM)
    assert copies(asking, window) == [RM2]
    assert asking.no(DecideException(exception=window, grant=True), RM) == r.OwnExceptionRequest((RM2,))
    asking.grant(window, RM2)


def test_who_asked_does_not_decide_even_where_that_leaves_nobody(asking: Asking) -> None:
    with asking.tx() as tx:
        rules = policy(calendar={"exceptions": {"others": ["incident_commander"]}})
        load_policy(tx, rules, CHANNEL)
    release = asking.approved(seoul(5, 18))
    event = asking.ok(asking.wish(release), IC)
    assert isinstance(event, ExceptionAsked)
    assert [(one.roles, one.deciders) for one in event.asked] == [((Role.INCIDENT_COMMANDER,), ())]
    (wanted,) = (one.exception for one in event.asked)
    assert asking.no(DecideException(exception=wanted, grant=True), IC) == r.OwnExceptionRequest(())
    view = asking.read(shows.exception, wanted)
    assert (view.deciders, view.owners) == ((), (OWNER,))

    asking.ok(GiveRole(project=PROJECT, role=Role.INCIDENT_COMMANDER, holder=DEV), OWNER)

    assert copies(asking, wanted) == [DEV]
    asking.grant(wanted, DEV)


def test_roles_are_read_when_it_is_decided(asking: Asking) -> None:
    _, wanted = asking.asked()
    with asking.tx() as tx:
        load_policy(tx, policy(roles={"pm": {"users": [QA]}}), CHANNEL)
    assert isinstance(asking.no(DecideException(exception=wanted, grant=True), PM), r.NotAllowed)
    asking.grant(wanted, QA)


def test_the_second_to_decide_is_told_who_was_first(asking: Asking) -> None:
    release = asking.approved(seoul(5, 18))
    (window,) = asking.ask(release)
    asking.grant(window, RM)
    assert asking.no(DecideException(exception=window, grant=False, note="no"), RM2) == r.AlreadySo(
        "exception_granted", RM
    )


def test_what_is_deployed_or_cancelled_is_not_decided_on(asking: Asking) -> None:
    _, wanted = asking.asked()
    release = asking.exception(wanted).release
    asking.ok(Cancel(release=release, reason="no"), RM)
    assert asking.no(DecideException(exception=wanted, grant=True), PM) == r.AlreadySo("exception_expired")
    assert asking.no(DecideException(exception="gone", grant=True), PM) == r.Gone("exception")


def test_a_permit_for_one_release_opens_nothing_for_another(asking: Asking) -> None:
    asking.blackout()
    hotfix = asking.to_approved(ReleaseType.HOTFIX)
    asking.clock.set(seoul(5, 14))
    regular = asking.approved(seoul(5, 14))
    assert (asking.closing(hotfix), asking.closing(regular)) == (["blackout"], ["blackout"])
    (wanted,) = asking.ask(hotfix)
    asking.grant(wanted)
    assert (asking.closing(hotfix), asking.closing(regular)) == ([], ["blackout"])


# --- merges -----------------------------------------------------------------------------------------------


def frozen(asking: Asking) -> str:
    """A release in its code freeze."""
    release = asking.start()
    asking.clock.set(seoul(2, 15))
    return release


def to_merge(**facts: str) -> AskException:
    texts = {"what": "feature/cart #812", "why": "a law", "risk": "low", "way_back": "revert it"}
    return AskException(project=PROJECT, action=MERGE, **(texts | facts))  # type: ignore[arg-type]  # texts


def test_any_member_asks_to_merge_in_a_code_freeze_and_it_is_for_a_time(asking: Asking) -> None:
    release = frozen(asking)
    event = asking.ok(to_merge(), DEV)
    assert isinstance(event, ExceptionAsked)
    (one,) = event.asked
    assert (event.release, event.version, event.single_use) == (release, "1.5.0", False)
    assert (one.roles, one.deciders) == ((Role.RELEASE_MANAGER,), (RM, RM2))
    assert one.restriction == Restriction(rule=GateRule.CODE_FREEZE, subject=release, name="1.5.0")

    asking.grant(one.exception, RM, length=HOUR, single_use=True)

    assert asking.exception(one.exception).single_use is False
    assert asking.merges() == ()
    asking.clock.move(hours=1)
    assert [reason.subject for reason in asking.merges()] == [release]


def test_who_is_outside_the_channel_does_not_ask_to_merge(asking: Asking) -> None:
    frozen(asking)
    assert asking.no(to_merge(), OUTSIDE) == r.NotAMember("outside", CHANNEL)


def test_a_merge_in_the_freeze_of_a_free_slot_concerns_no_release(asking: Asking) -> None:
    asking.read_repository()
    asking.clock.set(seoul(2, 15))
    event = asking.ok(to_merge(), DEV)
    assert isinstance(event, ExceptionAsked)
    assert (event.release, event.version) == ("", "")
    (one,) = event.asked
    assert one.restriction == Restriction(rule=GateRule.CODE_FREEZE, subject="2026-03-05", name="2026-03-05")
    assert asking.no(to_merge(), DEV) == r.AlreadySo("exception_asked", DEV)
    asking.grant(one.exception, RM)
    assert asking.merges() == ()
    assert [tell.to for tell in asking.told(ExceptionDecided)] == [InChannel(CHANNEL), ToPerson(DEV)]


def test_a_merge_exception_opens_no_deploy_and_no_other_freeze(asking: Asking) -> None:
    release = frozen(asking)
    feature = asking.start(ReleaseType.FEATURE, deploy_at=seoul(5, 14))
    assert [reason.subject for reason in asking.merges(feature)] == [feature]
    (own,) = asking.ask(feature, DEV, action=MERGE)
    asking.grant(own, RM)
    assert asking.merges(feature) == ()
    assert [reason.subject for reason in asking.merges()] == [release]
    assert "window" in asking.closing(feature)


def test_a_lifted_freeze_needs_no_exception(asking: Asking) -> None:
    release = frozen(asking)
    asking.ok(LiftFreeze(release=release, reason="done"), RM)
    assert isinstance(asking.no(to_merge(), DEV), r.NoException)
