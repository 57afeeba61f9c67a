from __future__ import annotations

from typing import Any

import pytest

from commands import frame
from commands.requests import Advance, Misunderstood, StartRelease
from domain import refusals as r
from domain.events import Denied
from domain.people import Origin
from domain.refusals import Refused
from domain.types import Action, ReleaseType, Stage
from domain.views import Happened, SaidNo
from storage import audit, inbox, releases
from storage.db import Tx
from tests.support.driver import Driver
from tests.support.world import DEV, PROJECT, RM, RM2, origin

START = StartRelease(project=PROJECT, type=ReleaseType.REGULAR)


def test_a_replayed_key_gives_the_first_answer_and_does_nothing(drive: Driver) -> None:
    drive.read_repository()
    first = drive.do(START, RM, key="T0NARU:t1")
    audited, errands = drive.audited(), drive.errands()
    assert drive.do(START, RM, key="T0NARU:t1") == first
    assert (drive.audited(), drive.errands()) == (audited, errands)
    assert len(drive.read(releases.live, PROJECT)) == 1


def test_a_replayed_refusal_is_the_same_refusal(drive: Driver) -> None:
    release = drive.start()
    build = Advance(release=release, action=Action.BUILD_PASSED)
    first = drive.do(build, RM, key="T0NARU:t1")
    assert isinstance(first, SaidNo)
    drive.cut(release)
    assert drive.do(build, RM, key="T0NARU:t1") == first
    assert drive.release(release).pending is None


def test_another_key_is_another_request(drive: Driver) -> None:
    drive.read_repository()
    drive.do(START, RM, key="T0NARU:t1")
    drive.do(START, RM, key="T0NARU:t2")
    assert [str(found.version) for found in drive.read(releases.live, PROJECT)] == ["1.5.0", "1.5.1"]


def test_without_a_key_nothing_is_remembered(drive: Driver) -> None:
    drive.start()
    assert drive.read(inbox.find, "") is None


def test_a_refusal_takes_back_what_was_written_and_is_audited(drive: Driver) -> None:
    before = drive.errands()

    def verb(tx: Tx, _request: Any, who: Origin) -> Happened:
        event = Denied(request="x", refusal=r.OwnRoles())
        audit.append(tx, who, PROJECT, [event, event])
        inbox.claim(tx, "written before", "x")
        raise Refused(r.Gone("release"))

    with drive.tx() as tx:
        outcome = frame.perform(tx, verb, START, origin(RM, key="T0NARU:t1"))
    assert outcome == SaidNo(r.Gone("release"), "Asia/Seoul")
    assert drive.audited() == [("Denied", "denied", RM)]
    assert drive.read(inbox.find, "written before") is None
    assert drive.read(inbox.find, "T0NARU:t1") is not None
    assert drive.errands() == before


@pytest.mark.parametrize("user", [DEV, RM2])
def test_every_refusal_is_audited_with_its_project_and_release(drive: Driver, user: str) -> None:
    release = drive.start()
    drive.refused(release, Action.DEPLOY, user)

    def last(tx: Tx) -> tuple[str, str, str, str]:
        row = audit.of_release(tx, release)[-1]
        return row.project, row.action, row.outcome, row.actor

    assert drive.read(last) == (PROJECT, "Denied", "denied", user)


def test_a_refusal_names_the_zone_of_the_project_that_it_is_about(drive: Driver) -> None:
    release = drive.start()

    def verb(_tx: Tx, _request: Any, _who: Origin) -> Happened:
        raise Refused(r.Gone("release"))

    for asked in (START, Advance(release=release, action=Action.HOLD), Misunderstood(refusal=r.Gone("room"))):
        with drive.tx() as tx:
            outcome = frame.perform(tx, verb, asked, origin(RM))
        zone = "" if isinstance(asked, Misunderstood) else "Asia/Seoul"
        assert outcome == SaidNo(r.Gone("release"), zone)


def test_what_could_not_be_read_is_a_refusal_like_any_other(drive: Driver) -> None:
    asked = Misunderstood(refusal=r.UnknownVerb("dpeloy", "deploy"), project=PROJECT)
    assert drive.no(asked, DEV) == r.UnknownVerb("dpeloy", "deploy")
    assert drive.audited() == [("Denied", "denied", DEV)]


def test_a_release_that_is_gone_is_said(drive: Driver) -> None:
    assert drive.refused("nowhere", Action.DEPLOY) == r.Gone("release")


def test_a_button_of_an_older_candidate_advances_nothing(drive: Driver) -> None:
    release = drive.to_qa()
    refusal = drive.refused(release, Action.QA_FAILED, note="x", from_rc=0)
    assert refusal == r.Outdated("1.5.0", 0, 1)
    assert drive.stage(release) is Stage.QA


def test_a_step_with_a_verb_of_its_own_is_a_bug_of_the_caller(drive: Driver) -> None:
    release = drive.to_qa()
    with pytest.raises(ValueError, match="verb of its own"):
        drive.do(Advance(release=release, action=Action.QA_PASSED), RM)
