"""Answer what a coming year asks, all proposals at once if wanted, and take an answer back.

What is added and moved goes through the verbs that add and move anything else: the same people may, the same
rows are audited, the same people are told.
"""

from __future__ import annotations

from typing import assert_never

from commands import blackout, context, occurrence
from commands.change import calendar_changed
from commands.record import record, send
from commands.requests import (
    AddAllOfYear,
    AddBlackout,
    AnswerYear,
    ChangeOccurrence,
    RemoveBlackout,
    TakeBackOfYear,
)
from commands.year import surface
from commands.year.look import look
from domain.calendar.changes import SLOT
from domain.calendar.rollover.model import (
    DATE,
    Added,
    Answer,
    Changed,
    Choice,
    DateConflict,
    Proposal,
    Rollover,
    SetAside,
)
from domain.errands import InChannel
from domain.events import AddedPeriod, BlackoutAdded, ProposalsAdded, SetAsideForYear
from domain.people import Origin
from domain.project import Project
from domain.refusals import AlreadySo, Gone, Refused
from domain.views import Happened
from storage import year_answers
from storage.db import Tx


def answer(tx: Tx, request: AnswerYear, origin: Origin) -> Happened:
    """Raises Refused: somebody else was faster, it is asked no more, or what was offered has changed."""
    project, found = _asked(tx, request, origin)
    about = found.proposal(request.key) or found.conflict(request.key)
    if about is None:
        raise Refused(_why_not(found, request.key))
    if isinstance(about, Proposal):
        return _answer_proposal(tx, project, request, about, origin)
    return _answer_date(tx, project, request, about, origin)


def add_all(tx: Tx, request: AddAllOfYear, origin: Origin) -> Happened:
    """Everything that is proposed and not answered yet, told in one line. Raises Refused."""
    project = blackout.may_change(tx, request.project, origin)
    found = _of_year(tx, project, request.year)
    if not found.proposals:
        raise Refused(AlreadySo("year_all"))
    before = context.calendar_of(tx, project, tx.now())
    added: list[BlackoutAdded] = []
    for one in found.proposals:
        event = blackout.enter(tx, _blackout(project, one), project, origin)
        _put(tx, project, origin, one.key, Choice.ADDED, event.blackout)
        added.append(event)
    periods = tuple(AddedPeriod(name=one.name, start=one.start, end=one.end) for one in added)
    event_of_all = ProposalsAdded(year=request.year, blackouts=periods)
    record(tx, origin, project, [event_of_all, *added])
    send(tx, project, origin, [(InChannel(project.channel), event_of_all)])
    calendar_changed(tx, project, before, origin)
    return Happened(event_of_all)


def take_back(tx: Tx, request: TakeBackOfYear, origin: Origin) -> Happened:
    """What was added goes, what was moved or skipped is as usual again, and all of it is asked again.

    Raises Refused.
    """
    project, found = _asked(tx, request, origin)
    done = found.answered(request.key)
    if done is None:
        raise Refused(Gone("year_answer"))
    year_answers.remove(tx, project.key, request.key)
    match done:
        case Added():
            removal = RemoveBlackout(project=project.key, blackout=done.blackout.id)
            return blackout.remove(tx, removal, origin)
        case Changed():
            usual = ChangeOccurrence(project=project.key, of=SLOT, day=done.day)
            return occurrence.change(tx, usual, origin)
        case SetAside():
            return _told(tx, project, origin, _aside(done.about, done.answer.choice, taken_back=True))
        case _:
            assert_never(done)


def _asked(tx: Tx, request: AnswerYear | TakeBackOfYear, origin: Origin) -> tuple[Project, Rollover]:
    """The project, for who may change what the key is about, and its year. Raises Refused."""
    may = occurrence.may_change if request.key.startswith(DATE) else blackout.may_change
    project = may(tx, request.project, origin)
    return project, _of_year(tx, project, request.year)


def _of_year(tx: Tx, project: Project, year: int) -> Rollover:
    """Raises Refused."""
    if year not in surface.years(tx, project):
        raise Refused(Gone("year_proposal"))
    return look(tx, project, year)


def _why_not(found: Rollover, key: str) -> AlreadySo | Gone:
    """Answered by somebody, or asked no more."""
    if done := found.answered(key):
        return AlreadySo("year", done.answer.by)
    return Gone("year_date" if key.startswith(DATE) else "year_proposal")


def _answer_proposal(
    tx: Tx, project: Project, request: AnswerYear, about: Proposal, origin: Origin
) -> Happened:
    if request.choice is Choice.NOT_NEEDED:
        _put(tx, project, origin, about.key, request.choice)
        return _told(tx, project, origin, _aside(about, request.choice))
    if request.choice is not Choice.ADDED:
        raise Refused(Gone("button"))
    happened = blackout.add(tx, _blackout(project, about), origin)
    assert isinstance(happened.event, BlackoutAdded)  # noqa: S101 - what that verb comes to
    _put(tx, project, origin, about.key, request.choice, happened.event.blackout)
    return happened


def _answer_date(
    tx: Tx, project: Project, request: AnswerYear, about: DateConflict, origin: Origin
) -> Happened:
    choice = request.choice
    if choice is Choice.LEFT:
        _put(tx, project, origin, about.key, choice)
        return _told(tx, project, origin, _aside(about, choice))
    if choice not in {Choice.MOVED, Choice.SKIPPED}:
        raise Refused(Gone("button"))
    if choice is Choice.MOVED and (request.to is None or request.to != about.move_to):
        raise Refused(Gone("year_offer"))
    _put(tx, project, origin, about.key, choice)
    skipped = choice is Choice.SKIPPED
    change = ChangeOccurrence(
        project=project.key,
        of=SLOT,
        day=about.day,
        cancelled=skipped,
        start=None if skipped else request.to,
    )
    return occurrence.change(tx, change, origin)


def _blackout(project: Project, of: Proposal) -> AddBlackout:
    return AddBlackout(
        project=project.key,
        name=of.names[project.policy.language][: blackout.NAME],
        start=of.start,
        end=of.end,
        reason=of.reason[: blackout.REASON],
        types=tuple(sorted(of.scope.types)),
        environments=tuple(sorted(of.scope.environments)),
    )


def _put(tx: Tx, project: Project, origin: Origin, key: str, choice: Choice, blackout_id: str = "") -> None:
    given = Answer(key=key, choice=choice, by=origin.actor.user, at=tx.now(), blackout=blackout_id)
    year_answers.put(tx, project.key, given)


def _aside(about: Proposal | DateConflict, choice: Choice, *, taken_back: bool = False) -> SetAsideForYear:
    return SetAsideForYear(
        key=about.key,
        choice=choice,
        names=about.names if isinstance(about, Proposal) else None,
        day=about.day if isinstance(about, DateConflict) else None,
        taken_back=taken_back,
    )


def _told(tx: Tx, project: Project, origin: Origin, event: SetAsideForYear) -> Happened:
    """The calendar stays as it is: only who pressed, and the living message, say so."""
    record(tx, origin, project, [event])
    surface.refresh(tx, project)
    return Happened(event)
