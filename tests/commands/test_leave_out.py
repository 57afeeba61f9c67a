from __future__ import annotations

from dataclasses import replace

import pytest

from commands.requests import Cancel, LeaveOut, PassQa, TakeBackChange
from commands.show import lists
from commands.show.release import approval, card
from commands.show.scope import change, compare, scope
from domain import refusals as r
from domain.commits import ChangeCounts, ChangeKind
from domain.errands import InThread, ToPerson
from domain.events import CandidateCompared, ChangeLeftOut, ChangeTakenBack, ScopeDetected
from domain.needs import QaDeviates
from domain.people import Role
from domain.refusals import Refused
from domain.release import LeftOut
from domain.scope import Line, Scope, Size, Variable, VariableChange, without
from domain.types import Action, ReleaseType, Stage
from storage import scopes
from tests.support.driver import SHA2, Driver
from tests.support.world import DEV, IC, PM, PROJECT, QA, RM, RM2, TL

CART, SEARCH, CRASH = "c" * 40, "d" * 40, "e" * 40
LINES = (
    Line(CART, ChangeKind.FEATURE, "keep the cart", "mina"),
    Line(SEARCH, ChangeKind.FEATURE, "suggest", "mina", breaking=True),
    Line(CRASH, ChangeKind.FIX, "crash", "jun"),
)
GIFT = Variable("GIFT_URL", VariableChange.ADDED, "x")
COUNTS = ChangeCounts(features=2, fixes=1, breaking=1)


def carried(*lines: Line, **facts: object) -> Scope:
    found = lines or LINES
    features = sum(line.kind is ChangeKind.FEATURE for line in found)
    known = {
        "counts": ChangeCounts(
            features=features,
            fixes=len(found) - features,
            breaking=sum(line.breaking for line in found),
        ),
        "size": Size(3, 10, 2),
    }
    return Scope(since="v1.4.0", sha="a" * 40, lines=found, **(known | facts))  # type: ignore[arg-type]  # its own


@pytest.fixture
def release(drive: Driver) -> str:
    """A release whose branch was cut, with three changes."""
    drive.read_repository(scope=carried())
    release = drive.start()
    drive.cut(release, scope=carried())
    return release


def leave_out(release: str, sha: str = CART, flag: str = "new-cart") -> LeaveOut:
    return LeaveOut(release=release, sha=sha, flag=flag)


@pytest.mark.parametrize("who", [RM, RM2, TL])
def test_who_leads_the_release_leaves_a_change_out(drive: Driver, release: str, who: str) -> None:
    event = drive.ok(leave_out(release), who)
    assert event == ChangeLeftOut(
        release=release, version="1.5.0", sha=CART, text="keep the cart", flag="new-cart"
    )
    assert drive.release(release).left_out == (
        LeftOut(sha=CART, text="keep the cart", flag="new-cart", by=who, at=drive.clock()),
    )
    assert [tell.to for tell in drive.told(ChangeLeftOut)] == [InThread(release)]
    assert ("ChangeLeftOut", "done", who) in drive.audited()


@pytest.mark.parametrize("who", [QA, PM, DEV])
def test_others_are_told_who_can(drive: Driver, release: str, who: str) -> None:
    refused = r.NotAllowed("scope", (Role.RELEASE_MANAGER, Role.TECH_LEAD), (RM, RM2, TL))
    assert drive.no(leave_out(release), who) == refused
    assert drive.no(TakeBackChange(release=release, sha=CART), who) == refused
    assert drive.release(release).left_out == ()


def test_the_commander_of_a_hotfix_may_as_well(drive: Driver) -> None:
    drive.read_repository(scope=carried())
    release = drive.start(ReleaseType.HOTFIX)
    drive.cut(release, scope=carried(LINES[2]))
    drive.ok(leave_out(release, CRASH), IC)
    assert drive.release(release).hidden == {CRASH}


@pytest.mark.parametrize(
    ("sha", "flag", "refusal"),
    [
        (CART, " ", r.TextMissing("flag")),
        (CART, "x" * 81, r.TooLong("flag", 80)),
        (CART, "two words", r.Unreadable("flag", "two words", "new-checkout")),
        (CART, "-x", r.Unreadable("flag", "-x", "new-checkout")),
        (CART, "<!channel>", r.Unreadable("flag", "<!channel>", "new-checkout")),
        ("abcdef1", "f", r.Unreadable("change", "abcdef1", "1a2b3c4")),
        ("cccccc", "f", r.Unreadable("change", "cccccc", "1a2b3c4")),
        ("--output=x", "f", r.Unreadable("change", "--output=x", "1a2b3c4")),
        ("", "f", r.Unreadable("change", "", "1a2b3c4")),
    ],
)
def test_what_cannot_be_meant_is_refused(
    drive: Driver, release: str, sha: str, flag: str, refusal: r.Refusal
) -> None:
    assert drive.no(leave_out(release, sha, flag), RM) == refusal


def test_the_beginning_of_a_commit_is_enough_in_capitals_too(drive: Driver, release: str) -> None:
    drive.ok(leave_out(release, "CCCCCCC", "새_장바구니"), RM)
    assert drive.release(release).left_out[0].flag == "새_장바구니"


def test_an_ambiguous_beginning_is_refused(drive: Driver) -> None:
    drive.read_repository(scope=carried())
    release = drive.start()
    twin = Line(CART[:-1] + "0", ChangeKind.FIX, "x", "y")
    drive.cut(release, scope=carried(*LINES, twin))
    assert drive.no(leave_out(release, "ccccccc"), RM) == r.Unreadable("change", "ccccccc", "1a2b3c4")


def test_another_flag_takes_the_place_of_the_first(drive: Driver, release: str) -> None:
    drive.ok(leave_out(release), RM)
    assert drive.no(leave_out(release), TL) == r.AlreadySo("left_out", RM)
    event = drive.ok(leave_out(release, flag="cart-2"), TL)
    assert isinstance(event, ChangeLeftOut)
    assert (event.former, event.flag) == ("new-cart", "cart-2")
    assert [one.flag for one in drive.release(release).left_out] == ["cart-2"]


def test_a_change_is_taken_back(drive: Driver, release: str) -> None:
    drive.ok(leave_out(release), RM)
    event = drive.ok(TakeBackChange(release=release, sha=CART[:20]), TL)
    assert event == ChangeTakenBack(
        release=release, version="1.5.0", sha=CART, text="keep the cart", flag="new-cart"
    )
    assert drive.release(release).left_out == ()
    assert drive.no(TakeBackChange(release=release, sha=CART), TL) == r.Gone("left_out")
    assert drive.no(TakeBackChange(release=release, sha=""), TL) == r.Gone("left_out")


def test_before_anything_was_read_there_is_nothing_to_leave_out(drive: Driver) -> None:
    drive.read_repository(scope=None)
    release = drive.start(version="1.5.0")
    assert drive.no(leave_out(release), RM) == r.Gone("scope")


def test_once_approval_is_asked_whoever_decides_is_told(drive: Driver, release: str) -> None:
    drive.build(release, scope=carried())
    drive.advance(release, Action.STAGING_DEPLOYED, note="ok")
    drive.pass_qa(release, breaking=True)
    drive.ok(leave_out(release), TL)
    assert [tell.to for tell in drive.told(ChangeLeftOut)] == [InThread(release), ToPerson(RM2)]
    drive.decide(release, RM2)
    drive.ok(TakeBackChange(release=release, sha=CART), TL)
    told = drive.told(ChangeTakenBack)
    assert [tell.to for tell in told] == [InThread(release), ToPerson(RM2)]
    assert drive.stage(release) is Stage.APPROVED  # the code is what was approved


def test_after_the_end_it_is_too_late(drive: Driver, release: str) -> None:
    drive.ok(Cancel(release=release, reason="no"), RM)
    assert drive.no(leave_out(release), RM) == r.TooLate("1.5.0", Stage.CANCELLED)


def test_while_it_is_deployed_it_is_too_late(drive: Driver) -> None:
    release = drive.to_deploying()
    assert drive.no(leave_out(release), RM) == r.TooLate("1.5.0", Stage.DEPLOYING)
    assert not drive.read(scope, release).changeable


def test_what_is_left_out_survives_a_rebuild_and_is_let_go_when_it_is_gone(
    drive: Driver, release: str
) -> None:
    drive.ok(leave_out(release), RM)
    drive.ok(leave_out(release, CRASH, "crash"), RM)
    drive.build(release, scope=carried())
    assert drive.release(release).hidden == {CART, CRASH}
    drive.advance(release, Action.STAGING_FAILED, note="flaky")
    drive.advance(release, Action.REBUILD)
    drive.build(release, head=SHA2, scope=carried(LINES[0], LINES[1]))
    assert drive.release(release).hidden == {CART}
    (told,) = drive.told(ChangeTakenBack)
    assert told.said == ChangeTakenBack(
        release=release, version="1.5.0", sha=CRASH, text="crash", flag="crash", gone=True
    )


def test_of_a_scope_that_is_not_known_whole_nothing_is_said_to_be_missing(
    drive: Driver, release: str
) -> None:
    drive.ok(leave_out(release), RM)
    drive.build(release, scope=carried(LINES[1], counts=ChangeCounts(features=2001)))
    assert drive.release(release).hidden == {CART}


# --- what a candidate brings --------------------------------------------------------------------------------


def test_what_comes_along_is_told_when_the_branch_is_cut(drive: Driver) -> None:
    drive.read_repository(scope=carried())
    release = drive.start()
    drive.cut(release, scope=carried(migrations=("m/1.sql",), variables=(GIFT,)))
    (told,) = drive.told(ScopeDetected)
    assert told.said == ScopeDetected(
        release=release,
        version="1.5.0",
        changes=COUNTS,
        size=Size(3, 10, 2),
        migrations=1,
        variables=1,
        large=False,
    )


def test_what_is_left_out_is_not_counted_in_the_list_nor_when_the_branch_is_cut(drive: Driver) -> None:
    drive.read_repository(scope=carried())
    release = drive.start()
    drive.ok(leave_out(release), RM)
    (row,) = drive.read(lists.listed, PROJECT).rows
    assert (row.changes, row.left_out) == (2, 1)
    drive.cut(release, scope=carried(migrations=("m/1.sql",)))
    (told,) = drive.told(ScopeDetected)
    assert isinstance(told.said, ScopeDetected)
    assert (told.said.changes, told.said.left_out) == (replace(COUNTS, features=1), 1)
    assert board_row(drive, release) == (2, 1)
    drive.ok(TakeBackChange(release=release, sha=CART), RM)
    assert board_row(drive, release) == (3, 0)


def board_row(drive: Driver, release: str) -> tuple[int, int]:
    columns = drive.read(lists.board, PROJECT).columns.values()
    (row,) = [row for rows in columns for row in rows if row.release == release]
    return row.changes, row.left_out


def test_a_branch_with_nothing_but_a_few_changes_is_not_told(drive: Driver, release: str) -> None:
    assert drive.told(ScopeDetected) == []


def test_very_many_changed_lines_are_told(drive: Driver) -> None:
    drive.read_repository(scope=carried())
    release = drive.start()
    drive.cut(release, scope=carried(size=Size(9, 20_000, 1)))
    (told,) = drive.told(ScopeDetected)
    assert isinstance(told.said, ScopeDetected)
    assert told.said.large
    assert drive.read(card, release).large


def test_a_second_candidate_is_compared_with_the_first(drive: Driver, release: str) -> None:
    drive.build(release, scope=carried(LINES[0]))
    assert [tell.said.since for tell in drive.told(CandidateCompared)] == [0]  # type: ignore[union-attr]
    drive.advance(release, Action.STAGING_FAILED, note="flaky")
    drive.advance(release, Action.REBUILD)
    drive.build(release, head=SHA2, scope=carried(LINES[1], migrations=("m/1.sql",), variables=(GIFT,)))
    assert drive.told(CandidateCompared)[-1].said == CandidateCompared(
        release=release,
        version="1.5.0",
        candidate=2,
        since=1,
        came=1,
        gone=1,
        migrations=1,
        variables=1,
    )
    view = drive.read(compare, release, 2, 1)
    assert (view.candidates, view.difference.came, view.difference.gone) == ((1, 2), LINES[1:2], LINES[:1])
    assert drive.read(compare, release, 1, 2).difference.came == LINES[:1]


@pytest.mark.parametrize(("newer", "older"), [(3, 1), (1, 0), (0, 0)])
def test_what_was_never_built_cannot_be_compared(drive: Driver, release: str, newer: int, older: int) -> None:
    drive.build(release, scope=carried())
    with pytest.raises(Refused) as no:
        drive.read(compare, release, newer, older)
    assert no.value.refusal == r.Gone("candidate")


def test_a_change_that_is_not_there_is_gone(drive: Driver, release: str) -> None:
    assert drive.read(change, release, CART[:20]) == LINES[0]
    for sha in ("", "0" * 20):
        with pytest.raises(Refused) as no:
            drive.read(change, release, sha)
        assert no.value.refusal == r.Gone("change")


def test_a_request_asked_again_says_what_is_new_since_what_was_approved(drive: Driver, release: str) -> None:
    def to_approval(built: Scope, head: str) -> None:
        drive.build(release, scope=built, head=head)
        drive.advance(release, Action.STAGING_DEPLOYED, note="ok")
        drive.pass_qa(release, breaking=False, deviates=True)

    to_approval(carried(LINES[0]), "a" * 40)
    first = drive.read(approval, f"{release}/1")
    assert (first.since, bool(first.new)) == (0, False)
    drive.decide(release, RM2)
    for number, built in enumerate((carried(*LINES[:2]), carried()), start=2):
        drive.advance(release, Action.BUG_FOUND, QA, note="crash")
        drive.advance(release, Action.REBUILD)
        to_approval(built, str(number) * 40)
    third = drive.read(approval, f"{release}/3")
    assert (third.since, third.new.came) == (1, LINES[1:])
    with drive.tx() as tx:
        assert scopes.candidates(tx, release) == (1, 2, 3)


# --- what QA answers ----------------------------------------------------------------------------------------


def _to_qa(drive: Driver, release: str, built: Scope) -> None:
    drive.build(release, scope=built)
    drive.advance(release, Action.STAGING_DEPLOYED, note="ok")


def _missing(refusal: r.Refusal) -> list[object]:
    assert isinstance(refusal, r.NotReady)
    return [one.need for one in refusal.missing]


def test_qa_that_denies_what_was_detected_has_to_say_so_twice(drive: Driver, release: str) -> None:
    _to_qa(drive, release, carried(migrations=("m/1.sql",)))
    no = PassQa(release=release, migration=False, breaking=False)
    assert _missing(drive.no(no, QA)) == [QaDeviates(("m/1.sql",), ("suggest",))]
    half = PassQa(release=release, migration=True, breaking=False)
    assert _missing(drive.no(half, QA)) == [QaDeviates((), ("suggest",))]
    drive.ok(PassQa(release=release, migration=False, breaking=False, deviates=True), QA)
    assert drive.stage(release) is Stage.APPROVAL


def test_a_breaking_change_behind_a_flag_breaks_nothing(drive: Driver, release: str) -> None:
    _to_qa(drive, release, carried())
    drive.ok(leave_out(release, SEARCH, "suggest"), RM)
    drive.pass_qa(release, migration=False, breaking=False)
    assert drive.stage(release) is Stage.APPROVAL


def test_what_lies_beyond_the_newest_changes_is_left_out_by_its_sha_and_counted_so(drive: Driver) -> None:
    old = Line("0" * 40, ChangeKind.FEATURE, "old", "jun", breaking=True, message="feat!: old\n")
    counts = ChangeCounts(features=3, fixes=1, breaking=2)
    drive.read_repository(scope=carried(beyond=(old,), counts=counts))
    release = drive.start()
    drive.cut(release, scope=carried(beyond=(old,), counts=counts))
    assert change_of(drive, release, "0" * 7) == old

    drive.ok(leave_out(release, "0" * 7), RM)

    view = drive.read(scope, release)
    assert view.scope.lines == (*LINES, replace(old, message=""))
    assert without(view.scope, view.release.hidden).counts == ChangeCounts(features=2, fixes=1, breaking=1)
    drive.build(release, scope=carried(beyond=(old,), counts=counts, size=Size(4, 11, 2)))
    view = drive.read(scope, release)
    assert [line.sha for line in view.scope.lines] == [CART, SEARCH, CRASH, old.sha]
    assert view.release.hidden == {old.sha}


def change_of(drive: Driver, release: str, sha: str) -> Line:
    return drive.read(change, release, sha)


def test_what_lies_beyond_and_left_the_release_is_let_go(drive: Driver) -> None:
    old = Line("0" * 40, ChangeKind.FEATURE, "old", "jun")
    counts = ChangeCounts(features=3, fixes=1, breaking=1)
    drive.read_repository(scope=carried(beyond=(old,), counts=counts))
    release = drive.start()
    drive.cut(release, scope=carried(beyond=(old,), counts=counts))
    drive.ok(leave_out(release, old.sha), RM)
    drive.build(release, scope=carried(size=Size(4, 11, 2)))
    assert drive.release(release).left_out == ()
