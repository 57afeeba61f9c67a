"""A wrong commit message is told otherwise: by whom, where that is said, and what is read again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from commands import correct
from commands.requests import CorrectMessage, ScopeWasRead
from domain import refusals as r
from domain.commits import ChangeCounts, ChangeKind
from domain.corrections import LONGEST, LONGEST_BODY, Correction, Told, messages, told
from domain.errands import InThread, ReadRepository, ReadScope, Show, Surface, SurfaceKind
from domain.events import MessageCorrected
from domain.people import Role
from domain.scope import Line, Scope
from domain.types import ReleaseType
from storage import corrections, scopes
from tests.support.driver import SHA, Driver, changes
from tests.support.world import DEV, DEV2, IC, PM, PROJECT, QA, RM, RM2, TL, world

A, B, C = "a" * 40, "ab" * 20, "c" * 40
CARRIED = changes(
    lines=(
        Line(A, ChangeKind.FIX, "rounding", "Kim", pull_request=812),
        Line(B, ChangeKind.FEATURE, "coupons", "Lee", scope="cart", breaking=True),
    )
)
ROUNDING = Told(kind=ChangeKind.FIX, text="rounding")
GIFTS = Told(kind=ChangeKind.FEATURE, text="gift cards", scope="cart", breaking=True)
EXAMPLE = "/release correct 1a2b3c4 fix: …"


@pytest.fixture
def release(drive: Driver) -> str:
    """A release on its way whose branch carries both changes, with nothing for git to do."""
    found = drive.start(user=DEV)
    drive.cut(found, scope=CARRIED)
    return found


def ask(commit: str = A, message: str = "feat(cart)!: gift cards") -> CorrectMessage:
    return CorrectMessage(project=PROJECT, commit=commit, message=message)


def known(drive: Driver) -> tuple[Correction, ...]:
    return drive.read(corrections.every, PROJECT)


def test_a_correction_is_kept_told_in_the_thread_and_audited(drive: Driver, release: str) -> None:
    event = MessageCorrected(sha=A, before=ROUNDING, after=GIFTS, message="feat(cart)!: gift cards")

    assert drive.ok(ask(), RM) == event

    of = replace(event, release=release, version="1.5.0")
    assert [(told.to, told.said) for told in drive.told(MessageCorrected)] == [(InThread(release), of)]
    assert drive.audited()[-1] == ("MessageCorrected", "done", RM)
    assert known(drive) == (
        Correction(sha=A, message="feat(cart)!: gift cards", by=RM, at=drive.clock(), original=ROUNDING),
    )
    assert messages(known(drive)) == {A: "feat(cart)!: gift cards"}
    assert drive.chain_holds()


def test_every_release_under_way_and_the_repository_are_read_again(drive: Driver, release: str) -> None:
    other = drive.start(ReleaseType.HOTFIX, IC)
    drive.cut(other, scope=changes(sha=C))
    with drive.tx() as tx:
        world(tx, repository={"url": "https://git.example/shop.git"})
    drive.ok(ask(), RM)
    again = [errand for errand in drive.errands() if isinstance(errand, ReadScope)]
    assert again == [
        ReadScope(PROJECT, release, 0, SHA),  # what was proposed at the start
        ReadScope(PROJECT, release, 1, SHA),
        ReadScope(PROJECT, other, 1, C),
    ]
    assert drive.errands()[-1] == ReadRepository(PROJECT)


@pytest.mark.parametrize("user", [RM, RM2, TL, DEV])
def test_release_manager_tech_lead_and_captain_correct(drive: Driver, release: str, user: str) -> None:
    assert drive.release(release).captain == DEV
    assert isinstance(drive.ok(ask(), user), MessageCorrected)


@pytest.mark.parametrize("user", [DEV2, PM, QA, IC])
def test_others_do_not_correct(drive: Driver, release: str, user: str) -> None:
    may = (Role.RELEASE_MANAGER, Role.TECH_LEAD)
    assert drive.no(ask(), user) == r.NotAllowed("correct", may, tuple(sorted((RM, RM2, TL, DEV))))
    assert known(drive) == ()


def test_the_captain_of_another_release_does_not(drive: Driver, release: str) -> None:
    drive.read_repository(scope=changes(since="v1.4.0", lines=(Line(C, ChangeKind.FIX, "c", "Kim"),)))
    assert isinstance(drive.no(ask(C), DEV), r.NotAllowed)


def test_a_change_that_no_release_carries_yet_is_corrected_without_a_thread(drive: Driver) -> None:
    drive.read_repository(scope=changes(since="v1.4.0", lines=(Line(C, ChangeKind.FIX, "c", "Kim"),)))
    assert isinstance(drive.ok(ask("c" * 7), RM), MessageCorrected)
    assert drive.told(MessageCorrected) == []
    assert drive.audited()[-1] == ("MessageCorrected", "done", RM)


@pytest.mark.parametrize(
    ("commit", "sha"), [(A[:7] + "a", A), ("#812", A), ("!812", A), ("ABAB" * 2, B), (A, A)]
)
def test_a_commit_is_meant_by_its_beginning_or_its_pull_request(
    drive: Driver, release: str, commit: str, sha: str
) -> None:
    event = drive.ok(ask(commit), RM)
    assert isinstance(event, MessageCorrected)
    assert event.sha == sha


@pytest.mark.parametrize("commit", ["dead" * 3, "aaaa", "#9", "#x", ""])
def test_what_no_change_on_its_way_is_called_is_refused(drive: Driver, release: str, commit: str) -> None:
    assert drive.no(ask(commit), RM) == r.Unreadable("commit", commit, EXAMPLE)


def test_a_number_that_two_changes_share_is_refused_with_one_of_them(drive: Driver) -> None:
    twice = tuple(Line(sha, ChangeKind.FIX, "a", "Kim", pull_request=7) for sha in (A, B))
    drive.read_repository(scope=changes(since="v1.4.0", lines=twice))
    assert drive.no(ask("#7"), RM) == r.Unreadable("commit", "#7", EXAMPLE, A[:12])


@pytest.mark.parametrize(
    ("message", "refusal"),
    [
        ("x" * (LONGEST + 1), r.TooLong("message", LONGEST)),
        ("", r.AlreadySo("correction_none")),
        ("  \n ", r.AlreadySo("correction_none")),
        ("(#12)", r.TextMissing("message")),
    ],
)
def test_a_message_that_says_nothing_or_too_much_is_refused(
    drive: Driver, release: str, message: str, refusal: r.Refusal
) -> None:
    assert drive.no(ask(message=message), RM) == refusal
    assert known(drive) == ()


def test_the_same_correction_again_is_refused_and_another_one_keeps_what_was_first(
    drive: Driver, release: str
) -> None:
    drive.ok(ask(), RM)
    assert drive.no(ask(), TL) == r.AlreadySo("correction", RM)
    assert isinstance(drive.ok(ask(message="docs: explain"), TL), MessageCorrected)
    (kept,) = known(drive)
    assert (kept.message, kept.by, kept.original) == ("docs: explain", TL, ROUNDING)


def test_a_correction_taken_back_says_how_the_change_is_told_again(drive: Driver, release: str) -> None:
    drive.ok(ask(), RM)
    report = ScopeWasRead(release=release, candidate=1, scope=replace(CARRIED, lines=()))
    drive.report(correct.scope_was_read, report)

    event = drive.ok(ask(message=""), RM)

    assert event == MessageCorrected(sha=A, before=GIFTS, after=ROUNDING)
    assert known(drive) == ()


def test_words_of_the_policy_are_read_in_a_correction(drive: Driver, release: str) -> None:
    event = drive.ok(ask(message="[기능][장바구니] 상품권"), RM)
    assert isinstance(event, MessageCorrected)
    assert event.after == Told(kind=ChangeKind.FEATURE, text="상품권", scope="장바구니")


def test_what_was_read_again_is_the_candidates_scope_and_nothing_else_changes(drive: Driver) -> None:
    release = drive.to_approval()
    before = drive.release(release)
    told = replace(CARRIED, counts=replace(CARRIED.counts, features=9))

    drive.report(correct.scope_was_read, ScopeWasRead(release=release, candidate=1, scope=told))

    assert drive.release(release) == before
    assert drive.read(scopes.of, release, 1) == told
    assert Show(Surface(SurfaceKind.CARD, release)) in drive.errands()[-3:]


@pytest.mark.parametrize("scope", [None, replace(CARRIED, sha=C)])
def test_what_could_not_be_read_or_is_of_another_commit_changes_nothing(
    drive: Driver, release: str, scope: Scope | None
) -> None:
    drive.report(correct.scope_was_read, ScopeWasRead(release=release, candidate=1, scope=scope))
    assert drive.read(scopes.of, release, 1) == CARRIED


# --- whole messages ---------------------------------------------------------------------------------------

WRITTEN = "fix: rounding\n\nCloses #3"
WHOLE = "feat(cart): gift cards\n\nFor everybody.\n\nBREAKING CHANGE: coupons end\nCloses #5"
TOLD = Told(
    kind=ChangeKind.FEATURE,
    text="gift cards",
    scope="cart",
    breaking=True,
    issues=("#5",),
    note="coupons end",
)


def read_with_messages(drive: Driver, release: str, **facts: Any) -> None:
    """As the git worker reads it: with the whole messages."""
    first, second = CARRIED.lines
    line = replace(first, issues=("#3",), message=WRITTEN)
    known = replace(CARRIED, lines=(line, replace(second, message="feat(cart)!: coupons\n")), **facts)
    drive.report(correct.scope_was_read, ScopeWasRead(release=release, candidate=1, scope=known))


def listed(drive: Driver, release: str) -> Line:
    found = drive.read(scopes.of, release, 1)
    assert found is not None
    return next(line for line in found.lines if line.sha == A)


def test_a_whole_message_takes_the_place_of_first_line_body_and_footers(drive: Driver, release: str) -> None:
    read_with_messages(drive, release)

    event = drive.ok(CorrectMessage(release=release, commit=A, message=f" {WHOLE}\n\n"), RM)

    before = replace(ROUNDING, issues=("#3",))
    assert event == MessageCorrected(sha=A, before=before, after=TOLD, message=WHOLE)
    assert messages(known(drive)) == {A: WHOLE}


def test_the_list_tells_it_at_once_and_counts_it_so(drive: Driver, release: str) -> None:
    read_with_messages(drive, release, counts=ChangeCounts(features=1, fixes=1, breaking=1))

    drive.ok(ask(message=WHOLE), RM)

    assert listed(drive, release) == Line(
        A,
        ChangeKind.FEATURE,
        "gift cards",
        "Kim",
        breaking=True,
        scope="cart",
        pull_request=812,
        issues=("#5",),
        note="coupons end",
    )
    found = drive.read(scopes.of, release, 1)
    assert found is not None
    assert found.counts == ChangeCounts(features=2, breaking=2)

    drive.ok(ask(message=""), RM)
    assert told(listed(drive, release)) == replace(ROUNDING, issues=("#3",))


def test_what_git_has_is_no_correction_and_takes_one_back(drive: Driver, release: str) -> None:
    read_with_messages(drive, release)
    assert drive.no(ask(message=WRITTEN), RM) == r.AlreadySo("correction_none")
    drive.ok(ask(message=WHOLE), RM)

    event = drive.ok(ask(message=f"{WRITTEN}\n"), RM)

    assert event == MessageCorrected(sha=A, before=TOLD, after=replace(ROUNDING, issues=("#3",)))
    assert known(drive) == ()


def test_a_body_that_is_too_long_is_refused(drive: Driver, release: str) -> None:
    message = "fix: a\n\n" + "x" * (LONGEST_BODY + 1)
    assert drive.no(ask(message=message), RM) == r.TooLong("message_body", LONGEST_BODY)


# --- beyond the newest changes ----------------------------------------------------------------------------

OLD, OLDER = "0" * 39 + "1", "0" * 39 + "2"


@pytest.fixture
def long(drive: Driver, release: str) -> str:
    """A release with more changes than are listed."""
    beyond = tuple(
        Line(sha, ChangeKind.FIX, text, "Ahn", message=f"fix: {text}\n")
        for sha, text in ((OLD, "old"), (OLDER, "older"))
    )
    read_with_messages(drive, release, beyond=beyond, counts=ChangeCounts(features=1, fixes=3, breaking=1))
    return release


def test_what_is_not_listed_is_corrected_by_its_sha(drive: Driver, long: str) -> None:
    event = drive.ok(ask(OLD, "feat: new"), RM)

    before, after = Told(kind=ChangeKind.FIX, text="old"), Told(kind=ChangeKind.FEATURE, text="new")
    assert event == MessageCorrected(sha=OLD, before=before, after=after, message="feat: new")
    assert [tell.to for tell in drive.told(MessageCorrected)] == [InThread(long)]

    again = drive.ok(ask(OLD, ""), RM)
    assert again == MessageCorrected(sha=OLD, before=after, after=before)


def test_a_beginning_that_two_share_is_refused_with_one_of_them(drive: Driver, long: str) -> None:
    assert drive.no(ask("0" * 7, "feat: new"), RM) == r.Unreadable("commit", "0" * 7, EXAMPLE, OLD[:12])


def test_what_would_be_released_next_is_corrected_beyond_its_list_too_and_goes_into_the_release(
    drive: Driver,
) -> None:
    beyond = (Line(OLD, ChangeKind.FIX, "old", "Ahn", message="fix: old\n"),)
    shown = (Line(A, ChangeKind.FIX, "a", "Kim", message="fix: a\n"),)
    drive.read_repository(scope=changes(since="v1.4.0", lines=shown, beyond=beyond))
    assert isinstance(drive.ok(ask(OLD, "feat: new"), RM), MessageCorrected)
    drive.start(user=DEV)
    event = drive.ok(ask(OLD, "docs: new"), RM)
    assert isinstance(event, MessageCorrected)
    assert event.before == Told(kind=ChangeKind.FEATURE, text="new")
