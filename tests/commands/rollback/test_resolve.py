"""The end of a rollback: resolved, stood down, its post-mortem closed, the lock lifted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from commands.postmortem import files
from commands.postmortem.files import AskFiles
from commands.requests import FinishPostmortem, HandSeat, LiftLock, Resolve, StandDown
from commands.rollback.lock import lift_lock
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.rollback.seat import hand_seat
from commands.rollback.stand_down import stand_down
from commands.show.release import card
from domain.calendar.entries import DeployLock
from domain.errands import (
    ArchiveRoom,
    InChannel,
    InRoom,
    InThread,
    PostPostmortem,
    RollbackNotice,
    Show,
    Surface,
    SurfaceKind,
)
from domain.events import (
    Advanced,
    FreezeLifted,
    LockLifted,
    PostmortemDone,
    RoomResolved,
    StepMoved,
)
from domain.needs import Missing, Need, NothingRestored, ReasonMissing, RestoreBegun, RestoreUnfinished
from domain.people import Role
from domain.refusals import (
    AlreadySo,
    Gone,
    NotAllowed,
    NotAMember,
    NotReady,
    Refusal,
    Refused,
    TextMissing,
    TooLong,
)
from domain.release import Release
from domain.rollback import Room, RoomState, StepState
from domain.types import Action, Stage
from storage import calendar
from tests.commands.rollback.stories import DAY, EVIDENCE, RESTORE, VERIFY, Story, release
from tests.support.clock import START, HandClock
from tests.support.world import CHANNEL, DEV, IC, OPS, PM, QA, RM, RM2, STRANGER, TL, origin

FROZEN: dict[str, object] = {"freeze_at": START - 3 * DAY}
SETTLERS = (Role.INCIDENT_COMMANDER, Role.DEVOPS)


@pytest.fixture
def led(story: Story) -> Room:
    story.given(release())
    return story.led(OPS)


def lock_of(story: Story) -> DeployLock | None:
    return story.database.read_now(calendar.lock, "shop")


def resolved(story: Story, room: Room, by: str = IC) -> RoomResolved:
    event = story.done(resolve, Resolve(room=room.id, summary="back on v1.5.0"), by)
    assert isinstance(event, RoomResolved)
    return event


# --- resolved -----------------------------------------------------------------------------------------------


def test_resolve_ends_the_rollback(story: Story, led: Room, clock: HandClock) -> None:
    mitigated = clock.move(minutes=20)
    story.restored(led, *RESTORE)
    recovered = clock.move(minutes=21)
    story.restored(led, *VERIFY)
    before = story.room(led.id)
    at = clock.move(hours=3)

    event = resolved(story, led)

    assert event == RoomResolved(
        room=led.id, release="release-1.6.0", summary="back on v1.5.0", seconds_to_restore=41 * 60
    )
    room = story.room(led.id)
    assert replace(room, steps=()) == replace(
        before,
        steps=(),
        revision=before.revision + 1,
        state=RoomState.RESOLVED,
        mitigated_at=mitigated,
        recovered_at=recovered,
        resolved_at=at,
        resolved_by=IC,
        summary="back on v1.5.0",
        postmortem_due=recovered + timedelta(hours=24),
    )
    assert [step.state for step in room.steps] == [
        StepState.DONE,
        StepState.SKIPPED,
        *[StepState.DONE] * 6,
    ]
    assert story.release() == release(
        stage=Stage.ROLLED_BACK,
        stage_since=at,
        before_rollback=Stage.RELEASED,
        room=led.id,
        revision=2,
    )


def test_resolve_is_on_the_timeline_with_the_completion_notice(story: Story, led: Room) -> None:
    story.restored(led)
    before = len(story.timeline(led))

    event = resolved(story, led)

    def ended(step: str, state: str, owner: str) -> StepMoved:
        return StepMoved(room=led.id, step=step, state=state, owner=owner)

    assert [entry[2] for entry in story.timeline(led)[before:]] == [
        ended("notice", "done", OPS),
        ended("outage_notice", "skipped", ""),
        ended("completion_notice", "done", IC),
        event,
    ]
    assert [action for _, action, _ in story.audited()[-5:]] == [
        "RoomResolved",
        "Advanced",
        "StepMoved",
        "StepMoved",
        "StepMoved",
    ]


def test_resolve_tells_everybody_and_opens_the_postmortem(story: Story, led: Room, clock: HandClock) -> None:
    clock.move(hours=1)
    story.restored(led)
    story.sent()

    event = resolved(story, led)

    sent = story.sent()
    notice = RollbackNotice(
        room=led.id,
        release="release-1.6.0",
        version="1.6.0",
        target=led.target,
        done=True,
        seconds=3600,
    )
    told = [(e.to, e.said) for _, e in sent if hasattr(e, "said")]
    assert (InThread("release-1.6.0"), event) in told
    assert (InRoom(led.id), event) in told
    assert told[-1] == (InChannel(CHANNEL), notice)
    lane = [errand for name, errand in sent if name == f"room:{led.id}"]
    assert lane[-1] == Show(Surface(SurfaceKind.POSTMORTEM, led.id))


def test_the_lock_stays_after_the_rollback(story: Story, led: Room) -> None:
    story.restored(led)
    resolved(story, led)

    assert lock_of(story) == DeployLock(reason=EVIDENCE, since=START, release_id="release-1.6.0")


def test_the_freeze_ends_with_its_release(story: Story, clock: HandClock) -> None:
    story.given(release(stage=Stage.DEPLOYING, **FROZEN))
    led = story.led(OPS)
    story.restored(led)
    at = clock.move(minutes=5)
    story.sent()

    resolved(story, led)

    assert story.release().freeze_lifted_at == at
    lifted = FreezeLifted(release="release-1.6.0", version="1.6.0", why="rolled_back")
    assert (InChannel(CHANNEL), lifted) in story.told()


@pytest.mark.parametrize(
    ("done", "left"),
    [
        ((), (*RESTORE, *VERIFY)),
        (RESTORE[:1], (RESTORE[1], *VERIFY)),
        *((((*RESTORE, *(k for k in VERIFY if k != check))), (check,)) for check in VERIFY),
    ],
)
def test_resolve_names_what_is_unfinished(
    story: Story, led: Room, done: tuple[str, ...], left: tuple[str, ...]
) -> None:
    for step in done:
        story.step(led, step)

    answer = story.no(resolve, Resolve(room=led.id), IC)

    assert answer == not_yet(RestoreUnfinished(left))
    assert story.release().stage is Stage.ROLLING_BACK


def test_where_every_step_was_skipped_nothing_was_rolled_back(story: Story, led: Room) -> None:
    """Only what was done makes it a rollback; a step that was begun leaves no standing down."""
    for step in RESTORE:
        story.step(led, step, "skipped", note="the service came back by itself")
    story.restored(led, *VERIFY)

    untouched = story.no(resolve, Resolve(room=led.id), IC)
    story.step(led, "traffic", "reopened")
    story.step(led, "traffic", "skipped", note="no, not this way")
    story.restored(led, *VERIFY)
    begun = story.no(resolve, Resolve(room=led.id), IC)

    assert untouched == not_yet(NothingRestored(("traffic",), begun=False))
    assert begun == not_yet(NothingRestored(("traffic",), begun=True))


def not_yet(need: Need) -> NotReady:
    return NotReady(
        Action.ROLLED_BACK, "1.6.0", Stage.ROLLING_BACK, (Missing(need, SETTLERS),), "release-1.6.0"
    )


def test_a_step_skipped_with_a_reason_is_no_hindrance(story: Story, led: Room) -> None:
    story.step(led, "traffic")
    story.step(led, "caches", "skipped", note="there are none")
    story.restored(led, "health_check", "core_functions")
    story.step(led, "integrations", "skipped", note="there are none")

    assert resolved(story, led).release == "release-1.6.0"


def test_whoever_has_the_seat_resolves(story: Story, led: Room) -> None:
    story.restored(led)
    not_yet = story.no(resolve, Resolve(room=led.id), TL)
    story.done(hand_seat, HandSeat(room=led.id, to=TL), IC)

    resolved(story, led, TL)

    assert not_yet == NotAllowed(
        "rolled_back", (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER), (IC, RM, RM2)
    )


def test_a_summary_is_not_endless(story: Story, led: Room) -> None:
    answer = story.no(resolve, Resolve(room=led.id, summary="x" * 2001), IC)

    assert answer == TooLong("summary", 2000)


def test_a_room_without_a_rollback_just_resolves(story: Story, clock: HandClock) -> None:
    room = story.made(story.open(QA))
    at = clock.move(hours=1)

    event = story.done(resolve, Resolve(room=room.id, summary="a false alarm"), QA)

    assert event == RoomResolved(room=room.id, release="", summary="a false alarm", plain=True)
    assert story.room(room.id) == replace(
        room,
        state=RoomState.RESOLVED,
        resolved_at=at,
        resolved_by=QA,
        summary="a false alarm",
        revision=room.revision + 1,
    )


def test_a_room_is_resolved_by_who_opened_or_leads(story: Story) -> None:
    room = story.open(QA)

    assert story.no(resolve, Resolve(room=room.id), PM) == NotAllowed(
        "resolve", (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER), (IC, RM, RM2)
    )
    story.done(resolve, Resolve(room=room.id), RM)


# --- stood down ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.DEPLOYING, Stage.VERIFYING, Stage.RELEASED, Stage.CLOSED])
def test_stand_down_puts_the_release_back_where_it_was(story: Story, stage: Stage) -> None:
    story.given(release(stage=stage))
    led = story.led(OPS)

    story.done(stand_down, StandDown(room=led.id, reason="the dashboard was wrong"), IC)

    assert story.release() == release(stage=stage, stage_since=START, room=led.id, revision=2)
    assert lock_of(story) is None


def test_stand_down_leaves_a_room_without_a_rollback(story: Story, led: Room) -> None:
    event = story.done(stand_down, StandDown(room=led.id, reason="a false alarm"), IC)

    room = story.room(led.id)
    assert (room.state, room.declared_at, room.steps, room.commander) == (RoomState.OPEN, None, (), IC)
    assert event == Advanced(
        release="release-1.6.0",
        version="1.6.0",
        action=Action.STAND_DOWN,
        source=Stage.ROLLING_BACK,
        target=Stage.RELEASED,
        candidate=2,
        sha="a" * 40,
        note="a false alarm",
    )
    assert [entry[2] for entry in story.timeline(led)[-2:]] == [
        event,
        LockLifted(reason="a false alarm", version="1.6.0"),
    ]
    assert [action for _, action, _ in story.audited()[-2:]] == ["Advanced", "LockLifted"]
    assert story.told()[-1] == (InChannel(CHANNEL), event)


def test_stand_down_only_before_restoring_begins(story: Story, led: Room) -> None:
    story.step(led, "traffic", "started")

    answer = story.no(stand_down, StandDown(room=led.id, reason="a false alarm"), IC)

    assert answer == NotReady(
        Action.STAND_DOWN,
        "1.6.0",
        Stage.ROLLING_BACK,
        (Missing(RestoreBegun(), (Role.INCIDENT_COMMANDER,)),),
        "release-1.6.0",
    )


def test_stand_down_needs_a_reason_and_the_commander(story: Story, led: Room) -> None:
    no_reason = story.no(stand_down, StandDown(room=led.id, reason=" "), IC)
    no_commander = story.no(stand_down, StandDown(room=led.id, reason="x"), OPS)

    assert isinstance(no_reason, NotReady)
    assert no_reason.missing == (Missing(ReasonMissing()),)
    assert no_commander == NotAllowed("stand_down", (Role.INCIDENT_COMMANDER,), (IC,))


def test_stand_down_before_the_channel_is_there(story: Story) -> None:
    story.given(release())
    room = story.declare(OPS, commander=IC)
    story.done(stand_down, StandDown(room=room.id, reason="a false alarm"), IC)

    assert story.room(room.id).state is RoomState.OPEN
    assert [type(errand).__name__ for errand in story.lane(f"room:{room.id}")] == ["MakeRoom"]


def test_words_are_not_endless(story: Story, led: Room) -> None:
    long = "x" * 2001

    assert story.no(stand_down, StandDown(room=led.id, reason=long), IC) == TooLong("reason", 2000)
    story.done(stand_down, StandDown(room=led.id, reason="a false alarm"), IC)
    story.done(resolve, Resolve(room=led.id), IC)
    request = FinishPostmortem(room=led.id, link=long)
    assert story.no(finish_postmortem, request, IC) == TooLong("link", 2000)


def test_the_lock_of_another_rollback_stays(story: Story, led: Room) -> None:
    other = DeployLock(reason="v1.5.1", since=START, release_id="release-1.5.1")
    with story.database.transaction() as tx:
        calendar.set_lock(tx, "shop", other, RM)

    story.done(stand_down, StandDown(room=led.id, reason="a false alarm"), IC)

    assert lock_of(story) == other


def test_there_is_nothing_to_stand_down_from(story: Story, led: Room) -> None:
    request = StandDown(room=led.id, reason="again")
    story.done(stand_down, request, IC)
    off = story.no(stand_down, request, IC)
    story.done(resolve, Resolve(room=led.id), IC)

    assert (off, story.no(stand_down, request, IC)) == (Gone("room"), AlreadySo("resolved"))


# --- the post-mortem ----------------------------------------------------------------------------------------


def test_a_closed_postmortem_closes_the_room_and_archives_its_channel(
    story: Story, led: Room, clock: HandClock
) -> None:
    story.restored(led)
    resolved(story, led)
    story.sent()
    at = clock.move(hours=5)

    link = "https://wiki.example/pm/12"
    event = story.done(finish_postmortem, FinishPostmortem(room=led.id, link=f" {link} "), IC)

    room = story.room(led.id)
    assert event == PostmortemDone(room=led.id, link=link)
    assert (room.state, room.postmortem_done_at, room.postmortem_link) == (RoomState.CLOSED, at, link)
    lane = story.lane(f"room:{led.id}")
    assert lane[-4:] == [
        Show(Surface(SurfaceKind.POSTMORTEM, led.id)),
        PostPostmortem(led.id, "ko"),
        PostPostmortem(led.id, "en"),
        ArchiveRoom(led.id),
    ]


def test_the_card_follows_the_postmortem_until_it_is_closed(
    story: Story, led: Room, clock: HandClock
) -> None:
    """Also where another room was opened for the release meanwhile."""

    def seen() -> datetime | None:
        return story.database.read_now(card, led.release).postmortem_done_at

    story.restored(led)
    before = seen()
    resolved(story, led)
    between = seen()
    story.sent()
    at = clock.move(hours=5)
    story.done(finish_postmortem, FinishPostmortem(room=led.id), IC)

    assert (before, between, seen()) == (None, None, at)
    assert Show(Surface(SurfaceKind.CARD, led.release)) in story.lane(CHANNEL)
    again = story.open(OPS, release=led.release)
    assert again.id != led.id
    assert seen() == at


def test_the_postmortem_as_files_is_asked_for_by_who_takes_part(story: Story, led: Room) -> None:
    def ask(by: str) -> Refusal | None:
        try:
            with story.database.transaction() as tx:
                files.ask(tx, AskFiles(room=led.id), origin(by))
        except Refused as no:
            return no.refusal
        return None

    assert ask(IC) == Gone("postmortem")
    story.restored(led)
    resolved(story, led)
    story.sent()

    assert ask(IC) is None
    assert story.lane(f"room:{led.id}") == [PostPostmortem(led.id, "ko"), PostPostmortem(led.id, "en")]
    assert isinstance(ask(STRANGER), NotAMember)
    story.done(finish_postmortem, FinishPostmortem(room=led.id), IC)
    assert ask(IC) == Gone("postmortem")


def test_the_files_of_one_moment_are_posted_once(story: Story, led: Room) -> None:
    story.sent()
    for time in ("1", "1", "2"):
        with story.database.transaction() as tx:
            files.post(tx, story.room(led.id), time)
    assert [one.language for one in story.lane(f"room:{led.id}") if isinstance(one, PostPostmortem)] == [
        "ko",
        "en",
        "ko",
        "en",
    ]


def test_an_adopted_channel_is_not_archived(story: Story) -> None:
    room = story.open(OPS, adopt="C0TALK")
    story.done(resolve, Resolve(room=room.id), OPS)

    story.done(finish_postmortem, FinishPostmortem(room=room.id), OPS)

    assert ArchiveRoom(room.id) not in story.lane(f"room:{room.id}")


def test_there_is_no_postmortem_to_close(story: Story, led: Room) -> None:
    early = story.no(finish_postmortem, FinishPostmortem(room=led.id), IC)
    story.restored(led)
    resolved(story, led)
    not_theirs = story.no(finish_postmortem, FinishPostmortem(room=led.id), DEV)
    story.done(finish_postmortem, FinishPostmortem(room=led.id), OPS)  # who declared it

    assert early == Gone("postmortem")
    assert isinstance(not_theirs, NotAllowed)
    assert story.no(finish_postmortem, FinishPostmortem(room=led.id), IC) == AlreadySo("postmortem")


# --- the lock -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [RM, IC])
def test_the_lock_is_lifted_with_a_reason(story: Story, led: Room, by: str) -> None:
    story.restored(led)
    resolved(story, led)
    story.sent()

    event = story.done(lift_lock, LiftLock(project="shop", reason=" cause found, fix in v1.6.1 "), by)

    assert event == LockLifted(reason="cause found, fix in v1.6.1", version="1.6.0")
    assert lock_of(story) is None
    assert story.told()[-1] == (InChannel(CHANNEL), event)
    assert story.audited()[-1] == (by, "LockLifted", "done")


def test_every_running_releases_card_shows_the_lock_gone(story: Story, led: Room) -> None:
    following: Release = release("1.7.0", stage=Stage.APPROVED)
    story.given(following)

    story.done(lift_lock, LiftLock(project="shop", reason="fixed"), RM)

    assert (CHANNEL, Show(Surface(SurfaceKind.CARD, "release-1.7.0"))) in story.sent()


@pytest.mark.parametrize(
    ("by", "reason", "answer"),
    [
        (OPS, "x", NotAllowed("lock", (Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER), (IC, RM, RM2))),
        (RM, " ", TextMissing("reason")),
        (RM, "x" * 2001, TooLong("reason", 2000)),
    ],
)
def test_the_lock_is_not_lifted_just_so(
    story: Story, led: Room, by: str, reason: str, answer: object
) -> None:
    assert story.no(lift_lock, LiftLock(project="shop", reason=reason), by) == answer
    assert lock_of(story) is not None


def test_there_is_no_lock_to_lift(story: Story) -> None:
    assert story.no(lift_lock, LiftLock(project="shop", reason="x"), RM) == Gone("lock")
