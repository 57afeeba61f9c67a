from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from commands.notes.files import writable
from commands.requests import (
    Advance,
    Cancel,
    EditNotes,
    NewText,
    PassQa,
    PostNotes,
    PublishNotes,
    RetryGit,
)
from commands.show.notes import notes
from domain.commits import ChangeKind
from domain.errands import Show, WriteNotes
from domain.events import FilesWaived, NotesEdited, NotesPostAsked, NotesPublished
from domain.needs import FilesNotWritten, Missing, NotesIncomplete
from domain.notes import Audience, Gap, GapKind, Section
from domain.notes.edits import EDITORS, SECTION
from domain.people import Role, Via
from domain.refusals import (
    AlreadySo,
    NotAllowed,
    NotesChanged,
    NotPublishedYet,
    NotReady,
    TooLate,
    TooLong,
    WrongStage,
)
from domain.scope import Line
from domain.types import Action, Stage
from storage import note_edits, scopes
from tests.support.driver import SHA, SHA2, Driver, changes
from tests.support.world import CHANNEL, DEV, DEV2, IC, PM, QA, RM, TL, policy, world

FILES = {"changelog": "CHANGELOG.md", "version_file": "VERSION"}


def line(sha: str, text: str, kind: ChangeKind = ChangeKind.FEATURE, **facts: Any) -> Line:
    return Line(sha=sha * 40, kind=kind, text=text, author="Kim", **facts)


SEARCH, CART, OLD = line("1", "search"), line("2", "cart"), line("3", "drop the old API", breaking=True)


def text(said: str | None, base: int = 0, section: Section = Section.FEATURES, language: str = "en") -> Any:
    return NewText(section=section, language=language, text=said, base=base)


def edit(drive: Driver, release: str, *texts: NewText, by: str = RM) -> NotesEdited:
    event = drive.ok(EditNotes(release=release, texts=texts), by, via=Via.MODAL)
    assert isinstance(event, NotesEdited)
    return event


def refused(drive: Driver, release: str, *texts: NewText, by: str = RM) -> object:
    return drive.no(EditNotes(release=release, texts=texts), by, via=Via.MODAL)


def newest(drive: Driver, release: str) -> dict[tuple[Section, str], str | None]:
    return {key: one.text for key, one in drive.read(note_edits.newest, release).items()}


def test_a_text_stands_in_the_place_of_the_draft_until_the_draft_is_taken_again(drive: Driver) -> None:
    release = drive.start()
    event = edit(drive, release, text("- search at last"))
    assert event == NotesEdited(
        release=release, version="1.5.0", section=Section.FEATURES, language="en", candidate=1
    )
    assert newest(drive, release) == {(Section.FEATURES, "en"): "- search at last"}
    (standing,) = drive.read(note_edits.newest, release).values()
    again = edit(drive, release, text(None, standing.id))
    assert again.drafted
    assert newest(drive, release) == {(Section.FEATURES, "en"): None}
    assert drive.read(notes, release, "en").notes.written == {}
    assert drive.chain_holds()


def test_who_is_slower_is_told_and_nothing_is_written_over(drive: Driver) -> None:
    release = drive.start()
    edit(drive, release, text("- mine"), by=RM)
    found = refused(drive, release, text("- other", 0, Section.FIXES), text("- theirs"), by=PM)
    assert found == NotesChanged(section=Section.FEATURES, language="en", by=RM, at=drive.clock())
    assert newest(drive, release) == {(Section.FEATURES, "en"): "- mine"}


def test_the_same_text_again_is_no_edit(drive: Driver) -> None:
    release = drive.start()
    edit(drive, release, text("- mine"))
    (standing,) = drive.read(note_edits.newest, release).values()
    assert refused(drive, release, text("- mine", standing.id)) == AlreadySo("notes")
    assert refused(drive, release) == AlreadySo("notes")
    assert refused(drive, release, text("x" * (SECTION + 1), standing.id)) == TooLong("notes_text", SECTION)


def test_who_may_edit(drive: Driver) -> None:
    release = drive.start(user=DEV)
    for number, user in enumerate((RM, TL, PM, QA, DEV)):
        sections = list(Section)
        edit(drive, release, text("- x", section=sections[number]), by=user)
    found = refused(drive, release, text("- x", section=Section.UPGRADE), by=DEV2)
    assert isinstance(found, NotAllowed)
    assert found.roles == EDITORS
    assert {RM, TL, PM, QA, DEV} <= set(found.who)
    assert isinstance(refused(drive, release, text("- x", section=Section.UPGRADE), by=IC), NotAllowed)


def test_notes_of_what_was_cancelled_are_left_alone(drive: Driver) -> None:

    release = drive.start()
    drive.ok(Cancel(release=release, reason="not needed"), RM)
    assert refused(drive, release, text("- x")) == TooLate("1.5.0", Stage.CANCELLED)


def test_changes_that_came_after_a_text_are_counted(drive: Driver) -> None:
    release = drive.start()
    drive.cut(release, scope=changes(1, lines=(SEARCH,)))
    edit(drive, release, text("- search at last"), text("안내", section=Section.KNOWN_ISSUES, language="ko"))
    drive.build(release, scope=changes(2, lines=(SEARCH, CART)))
    view = drive.read(notes, release, "en")
    assert view.after == {Section.FEATURES: 1}
    assert view.elsewhere == {Section.KNOWN_ISSUES: "ko"}
    assert view.notes.written == {Section.FEATURES: "- search at last", Section.KNOWN_ISSUES: "안내"}
    assert view.gaps == ()


def test_what_the_policy_wants_in_the_notes_keeps_qa_from_passing(drive: Driver) -> None:
    with drive.tx() as tx:
        world(tx, notes={"required": ["known_issues", "migration_guide"]})
    release = drive.start()
    drive.cut(release)
    drive.build(release, scope=changes(1, lines=(OLD,)))
    drive.advance(release, Action.STAGING_DEPLOYED, note="healthy")

    asked = PassQa(release=release, migration=False, breaking=True, report="green")
    found = drive.no(asked, QA)
    assert isinstance(found, NotReady)
    assert found.missing == (
        Missing(NotesIncomplete(GapKind.MIGRATION_GUIDE, "drop the old API"), EDITORS),
        Missing(NotesIncomplete(GapKind.KNOWN_ISSUES), EDITORS),
    )
    edit(drive, release, text("", section=Section.KNOWN_ISSUES), text("use v2", section=Section.BREAKING))
    drive.ok(asked, QA)


def test_the_draft_has_what_is_too_much_for_a_list(drive: Driver) -> None:
    release = drive.start()
    found = changes(3, lines=(SEARCH,))
    drive.cut(release, scope=replace(found, beyond=(CART, OLD)))
    (listed,) = drive.read(scopes.of, release, 1).lines
    assert listed == SEARCH
    drafted = drive.read(notes, release, "en").notes.entries
    told = {section: [entry.text for entry in entries] for section, entries in drafted.items()}
    assert told == {
        Section.FEATURES: ["search", "cart", "drop the old API"],
        Section.BREAKING: ["drop the old API"],
    }


def test_a_breaking_change_without_a_guide_is_listed_and_blocks_nothing(drive: Driver) -> None:
    release = drive.start()
    drive.cut(release)
    drive.build(release, scope=changes(1, lines=(OLD,)))
    assert Gap(GapKind.MIGRATION_GUIDE, Section.BREAKING, "drop the old API") in (
        drive.read(notes, release, "en").gaps
    )
    drive.advance(release, Action.STAGING_DEPLOYED, note="healthy")
    drive.pass_qa(release, breaking=True)


def shown(drive: Driver) -> list[str]:
    shows = [errand for errand in drive.errands() if isinstance(errand, Show)]
    return [show.surface.subject for show in shows if show.surface.kind == "notes"]


def test_notes_are_published_once_when_the_release_is_verified(drive: Driver) -> None:
    with drive.tx() as tx:
        world(tx, notes={"channels": {"customers": [{"channel": "C0CUSTOMER", "language": "en"}]}})
    release = drive.to_verifying()
    assert drive.no(PublishNotes(release=release), RM) == NotPublishedYet("1.5.0")
    assert shown(drive) == []

    drive.advance(release, Action.VERIFIED)
    assert shown(drive) == [f"{release}/team/ko//0", f"{release}/customers/en/C0CUSTOMER/0"]
    assert drive.release(release).notes_published == 0
    assert isinstance(drive.no(_verified(release), RM), WrongStage)
    again = drive.ok(PublishNotes(release=release), RM)
    assert again == NotesPublished(release=release, version="1.5.0", channels=("", "C0CUSTOMER"), again=True)
    assert len(shown(drive)) == 4


def _verified(release: str) -> object:

    return Advance(release=release, action=Action.VERIFIED)


def test_notes_posted_by_hand_are_posted_once_for_each_state(drive: Driver) -> None:
    release = drive.start()
    wanted = PostNotes(release=release, audience=Audience.TEAM, language="en")
    event = drive.ok(wanted, DEV, via=Via.BUTTON, channel=CHANNEL)
    drive.ok(wanted, DEV, via=Via.BUTTON, channel=CHANNEL)
    assert event == NotesPostAsked(
        release=release, version="1.5.0", channel=CHANNEL, audience=Audience.TEAM, language="en"
    )
    assert shown(drive) == [f"{release}/team/en/{CHANNEL}/0/1/0"]
    edit(drive, release, text("- more"))
    drive.ok(wanted, DEV, via=Via.BUTTON, channel=CHANNEL)
    assert len(shown(drive)) == 2


def written(drive: Driver) -> int:
    return sum(isinstance(errand, WriteNotes) for errand in drive.errands())


def _in_fixing(drive: Driver, **notes_rules: Any) -> str:
    with drive.tx() as tx:
        world(tx, notes=notes_rules)
    release = drive.to_qa()
    drive.advance(release, Action.QA_FAILED, QA, note="the cart forgets")
    return release


def test_a_rebuild_waits_until_the_files_are_written(drive: Driver) -> None:
    release = _in_fixing(drive, **FILES)
    drive.advance(release, Action.REBUILD)
    assert written(drive) == 1
    assert isinstance(drive.refused(release, Action.BUILD_PASSED), NotReady)
    drive.refs_were_made(release, "write_notes", refs=(("release/v1.5.0", SHA2),))
    assert drive.release(release).pending is None
    drive.build(release, head=SHA2)
    assert drive.release(release).rc == 2


def test_files_that_cannot_be_written_leave_a_task_and_are_tried_again(drive: Driver) -> None:

    release = _in_fixing(drive, **FILES)
    drive.advance(release, Action.REBUILD)
    drive.refs_were_made(release, "write_notes", problem="not_text", files=("CHANGELOG.md",))
    pending = drive.release(release).pending
    assert pending is not None
    assert (pending.action, pending.problem) == (Action.REBUILD, "not_text")
    drive.ok(RetryGit(release=release), RM)
    assert written(drive) == 2
    drive.refs_were_made(release, "write_notes", refs=(("release/v1.5.0", SHA),))
    assert drive.release(release).pending is None


def _could_not_be_written(drive: Driver, **notes_rules: Any) -> str:
    release = _in_fixing(drive, **notes_rules)
    drive.advance(release, Action.REBUILD)
    drive.refs_were_made(release, "write_notes", problem="not_text", files=("CHANGELOG.md",))
    return release


def test_a_build_without_the_files_of_the_policy_is_refused_or_waived_with_a_reason(drive: Driver) -> None:
    release = _could_not_be_written(drive, **FILES)
    unwritten = FilesNotWritten(("CHANGELOG.md", "VERSION"), "not_text", "CHANGELOG.md")
    refused = drive.refused(release, Action.BUILD_PASSED, note="all is green")
    assert isinstance(refused, NotReady)
    assert refused.missing == (Missing(unwritten, (Role.RELEASE_MANAGER, Role.DEVOPS)),)
    waived = Advance(
        release=release, action=Action.BUILD_PASSED, note="the file goes with 1.6", without_files=True
    )
    assert isinstance(drive.no(replace(waived, note=" "), RM), NotReady)
    assert isinstance(drive.no(waived, DEV), NotAllowed)
    drive.ok(waived, RM)
    assert drive.told(FilesWaived)[-1].said == FilesWaived(
        release=release,
        version="1.5.0",
        files=unwritten.files,
        problem="not_text",
        at="CHANGELOG.md",
        reason="the file goes with 1.6",
    )
    drive.head_was_read(release, Action.BUILD_PASSED, head=SHA2)
    assert (drive.stage(release), drive.release(release).rc) == (Stage.STAGING, 2)


def test_a_build_passes_when_the_policy_wants_the_files_no_more(drive: Driver) -> None:
    release = _could_not_be_written(drive, **FILES)
    with drive.tx() as tx:
        world(tx)
    drive.build(release, head=SHA2)
    assert drive.release(release).rc == 2


def test_a_waiver_of_what_is_written_says_nothing(drive: Driver) -> None:
    release = _could_not_be_written(drive, **FILES)
    drive.ok(RetryGit(release=release), RM)
    drive.refs_were_made(release, "write_notes", refs=(("release/v1.5.0", SHA),))
    drive.ok(Advance(release=release, action=Action.BUILD_PASSED, note="old form", without_files=True), RM)
    assert drive.told(FilesWaived) == []


def test_without_files_in_the_policy_nothing_is_written(drive: Driver) -> None:
    release = _in_fixing(drive)
    drive.advance(release, Action.REBUILD)
    assert written(drive) == 0
    assert drive.release(release).pending is None


def test_a_report_that_nobody_waits_for_changes_nothing(drive: Driver) -> None:
    release = _in_fixing(drive, **FILES)
    before = drive.release(release)
    drive.refs_were_made(release, "write_notes", problem="moved")
    assert drive.release(release) == before


@pytest.mark.parametrize("stage", Stage)
def test_files_are_never_written_once_approval_is_asked(drive: Driver, stage: Stage) -> None:

    release = drive.release(drive.start())
    rules = policy(notes=FILES)
    at = replace(release, stage=stage, branch="release/v1.5.0")
    assert writable(at, rules) is (stage in {Stage.CANDIDATE, Stage.BUILDING})
    assert not writable(replace(at, approval_asked_at=drive.clock()), rules)
    assert not writable(at, policy())
    on_trunk = replace(at, branch="main")
    assert not writable(on_trunk, rules)
    allowed = policy(notes={**FILES, "on_trunk": True})
    assert writable(on_trunk, allowed) is (stage in {Stage.CANDIDATE, Stage.BUILDING})
