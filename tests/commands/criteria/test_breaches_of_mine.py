"""Breaches among what waits for somebody: confirm it, answer the call, decide; once for each person (6.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine

from commands.requests import (
    AnswerPage,
    ConfirmBreach,
    DeclareRollback,
    DismissBreach,
    ReportBreach,
    StandDown,
    TakeSeat,
)
from commands.show.lists import mine
from domain.criteria.model import Reported
from domain.errands import Surface, SurfaceKind
from domain.people import Holding, Role, RoleSource
from domain.rollback import Criterion
from domain.views import Task, ToDo
from storage import people, surfaces
from storage.surfaces import Posted
from tests.commands.criteria.stories import Story
from tests.commands.criteria.test_pages import called, commanded, confirmed, last, out, report
from tests.support.world import DBA, DEV, IC, ONCALL, OPS, PM, QA, RM, RM2, TL

Begin = Callable[..., Story]
T = ToDo


def breaches(story: Story, user: str) -> list[Task]:
    return [task for task in story.read(mine, user).tasks if task.kind == "breach"]


def asked(story: Story) -> dict[str, list[ToDo | None]]:
    """Those for whom a breach waits."""
    people = (IC, ONCALL, TL, RM, RM2, PM, OPS, DBA, QA, DEV)
    found = {user: [task.to_do for task in breaches(story, user)] for user in people}
    return {user: waits for user, waits in found.items() if waits}


def seats(story: Story, user: str) -> int:
    return sum(task.kind == "seat" for task in story.read(mine, user).tasks)


def declare(story: Story, by: str) -> None:
    criteria, release = (Criterion.SECURITY,), story.release_id
    request = DeclareRollback(release=release, criteria=criteria, evidence="tokens", migration=False)
    story.ok(request, by)


# --- to confirm -------------------------------------------------------------------------------------------


def test_a_report_waits_for_those_who_are_asked_to_confirm_it_and_then_for_who_is_called(
    begin: Begin,
) -> None:
    story = out(begin)
    report(story)
    assert asked(story) == {IC: [T.CONFIRM], ONCALL: [T.CONFIRM]}
    called(story, times=2)
    assert asked(story) == {IC: [T.CONFIRM], ONCALL: [T.CONFIRM], TL: [T.CONFIRM]}

    story.ok(ConfirmBreach(breach=story.breaches()[-1].id), QA)

    assert asked(story) == {ONCALL: [T.ANSWER], RM: [T.DECIDE], RM2: [T.DECIDE]}


def test_nobody_is_to_confirm_what_they_reported_but_who_leads_or_is_on_call(begin: Begin) -> None:
    story = out(begin)
    story.ok(ReportBreach(release=story.release_id, reported=Reported.SECURITY, seen="tokens leak"), TL)
    called(story, times=2)
    assert asked(story) == {IC: [T.CONFIRM], ONCALL: [T.CONFIRM]}

    story.ok(DismissBreach(breach=story.breaches()[-1].id, reason="no"), RM)
    story.ok(ReportBreach(release=story.release_id, reported=Reported.DATA, seen="rows are gone"), ONCALL)

    assert asked(story) == {IC: [T.CONFIRM], ONCALL: [T.CONFIRM]}


def test_who_is_on_a_report_still_has_to_say_whether_it_is_so(begin: Begin) -> None:
    story = out(begin)
    report(story)
    called(story)
    story.ok(AnswerPage(page=last(story).page), IC)
    assert asked(story) == {IC: [T.CONFIRM]}


def test_who_is_on_what_they_reported_themselves_has_to_settle_it(begin: Begin) -> None:
    story = out(begin)
    story.ok(ReportBreach(release=story.release_id, reported=Reported.SECURITY, seen="tokens leak"), TL)
    called(story, times=2)
    story.ok(AnswerPage(page=last(story).page), TL)
    assert asked(story) == {TL: [T.SETTLE]}


def test_nobody_is_to_confirm_what_is_rolled_back_anyway(begin: Begin) -> None:
    story = out(begin)
    report(story)
    declare(story, OPS)
    assert asked(story) == {}


# --- called -----------------------------------------------------------------------------------------------


def test_a_call_that_was_answered_is_left_to_who_answered(begin: Begin) -> None:
    story = out(begin)
    page = confirmed(story)
    called(story, times=2)
    assert asked(story) == {ONCALL: [T.ANSWER], TL: [T.ANSWER], RM: [T.DECIDE], RM2: [T.DECIDE]}

    story.ok(AnswerPage(page=page), TL)

    assert asked(story) == {TL: [T.SETTLE]}
    story.ok(DismissBreach(breach=story.breaches()[-1].id, reason="a scanner of ours"), RM)
    assert asked(story) == {}


def test_while_it_is_rolled_back_people_are_called_until_somebody_commands(begin: Begin) -> None:
    story = out(begin)
    confirmed(story)
    declare(story, OPS)
    assert asked(story) == {ONCALL: [T.ANSWER]}

    story.ok(TakeSeat(room=story.release(story.release_id).room), IC)

    assert asked(story) == {}


def test_who_is_asked_to_take_the_seat_is_not_called_besides(begin: Begin) -> None:
    story = out(begin)
    with story.tx() as tx:
        people.give(tx, "shop", Holding(Role.ONCALL, IC, RoleSource.SLACK))
    confirmed(story)
    declare(story, OPS)
    assert (seats(story, IC), asked(story)) == (1, {ONCALL: [T.ANSWER]})


# --- to decide --------------------------------------------------------------------------------------------


def test_a_recommended_rollback_waits_for_those_who_decide_until_they_have(begin: Begin) -> None:
    story = out(begin, profile="launch")
    story.measure(*[0.2] * 7)
    assert asked(story) == {RM: [T.DECIDE], RM2: [T.DECIDE]}
    story.ok(DismissBreach(breach=story.only().id, reason="a crawler"), OPS)
    assert asked(story) == {}


def test_what_is_over_waits_for_nobody(begin: Begin) -> None:
    story = out(begin, profile="launch")
    story.measure(*[0.2] * 7)
    story.measure(*[0.01] * 7)
    assert asked(story) == {}


def test_what_the_rollback_is_declared_for_waits_for_nobody_until_it_is_called_off(begin: Begin) -> None:
    story = out(begin, profile="launch")
    story.measure(*[0.2] * 7)
    declare(story, OPS)
    assert asked(story) == {}
    story.ok(StandDown(room=story.release(story.release_id).room, reason="a load test"), IC)
    assert asked(story) == {RM: [T.DECIDE], RM2: [T.DECIDE]}


def test_a_review_is_to_be_looked_at(begin: Begin) -> None:
    story = out(begin, profile="launch", changes={"error_rate": {"class": "review"}})
    story.measure(*[0.2] * 7)
    assert asked(story) == {RM: [T.LOOK], RM2: [T.LOOK]}


def test_a_dry_run_asks_nobody(begin: Begin) -> None:
    story = out(begin, profile="launch", changes={"error_rate": {"dry_run": True}})
    story.measure(*[0.2] * 7)
    assert (len(story.breaches()), asked(story)) == (1, {})


def test_what_cannot_be_judged_recommends_nothing(begin: Begin) -> None:
    story = out(begin, profile="launch")
    story.measure(*[0.2] * 7, samples=3)
    assert ([one.unclear for one in story.breaches()], asked(story)) == ([True], {})


# --- where, and how ---------------------------------------------------------------------------------------


def test_it_is_in_the_thread_until_there_is_a_war_room(begin: Begin) -> None:
    story = out(begin)
    report(story)
    reported = story.clock()
    (task,) = breaches(story, IC)
    expected = Task(
        kind="breach",
        project="shop",
        release=story.release_id,
        version=str(story.release(story.release_id).version),
        zone="Asia/Seoul",
        since=reported,
        breach=story.breaches()[-1],
        to_do=T.CONFIRM,
    )
    assert task == expected
    with story.tx() as tx:
        surfaces.put(tx, Posted(Surface(SurfaceKind.CARD, story.release_id), "C0SHOP", "1.2", ""))
    (task,) = breaches(story, IC)
    assert (task.channel, task.ts, task.in_room) == ("C0SHOP", "1.2", False)
    commanded(story)
    (task,) = breaches(story, IC)
    assert (task.channel, task.ts, task.in_room) == ("C0ROOM", "", True)


def test_a_call_waits_since_it_was_made(begin: Begin) -> None:
    story = out(begin)
    report(story)
    story.clock.move(minutes=3)
    story.ok(ConfirmBreach(breach=story.breaches()[-1].id), QA)
    called_at = story.clock()
    called(story)
    assert [(task.to_do, task.since) for task in breaches(story, ONCALL)] == [(T.ANSWER, called_at)]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def look(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", look)
    yield seen
    event.remove(engine, "before_cursor_execute", look)


def test_breaches_are_read_at_once_however_many_there_are(begin: Begin) -> None:
    story = out(begin)
    for kind in (Reported.SECURITY, Reported.DATA, Reported.COMPLAINTS):
        story.ok(ReportBreach(release=story.release_id, reported=kind, seen="look"), DEV)
    with story.tx() as tx, statements(story.database.engine) as seen:
        mine(tx, RM)
    asked_for = [one for one in seen if "FROM breach" in one or "FROM page" in one]
    assert (len(asked_for), len(breaches(story, IC))) == (2, 2)
