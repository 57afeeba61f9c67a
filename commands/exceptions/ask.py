"""Ask for the exceptions that a deploy or a merge needs, all in one go; each has its own deciders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commands import context
from commands.exceptions import people
from commands.exceptions.months import budget_at
from commands.record import copies, lane, record
from commands.requests import AskException
from domain.calendar.blackouts import LAST_YEAR
from domain.calendar.exceptions import (
    ExceptionState,
    FreezeException,
    Restriction,
    boxed,
    fingerprint,
    is_wanted_at,
    opened,
    restriction,
    standing,
)
from domain.calendar.gate import GateAction, GateAnswer, GateReason, Question, Verdict, gate
from domain.errands import ShowCopies, SurfaceKind
from domain.events import ExceptionAsked, OneAsked
from domain.people import Origin, Role, Roster
from domain.project import Project
from domain.refusals import (
    AlreadySo,
    ClosedOtherwise,
    Gone,
    InThePast,
    NoException,
    Refused,
    TextMissing,
    TooLate,
    Unreadable,
)
from domain.release import Release
from domain.reminders import of_exception
from domain.types import BEFORE_DEPLOY, ReleaseType, Stage
from domain.views import Happened
from storage import exceptions, outbox, projects, releases, reminders
from storage import people as known
from storage.db import Tx
from storage.ids import new_id

MAY_ASK = (Role.RELEASE_MANAGER, Role.DEVOPS, Role.TECH_LEAD, Role.INCIDENT_COMMANDER)
OPENABLE = BEFORE_DEPLOY | {Stage.ON_HOLD, Stage.DEPLOYING}
"""A gate that closes on a rollout can be opened as well."""
TEXTS = ("what", "why", "risk", "way_back")


@dataclass(frozen=True)
class Wish:
    """What is to be deployed or merged. `release` is None for merges into the main line."""

    project: Project
    release: Release | None
    action: GateAction
    roster: Roster
    at: datetime

    @property
    def question(self) -> Question:
        kind = self.release.type if self.release else ReleaseType.REGULAR
        rules = self.project.policy.of(kind).gate
        id_ = self.release.id if self.release else None
        return Question(action=self.action, release_type=kind, rules=rules, release_id=id_)

    @property
    def under_way(self) -> Release | None:
        """The release, while it is being rolled out."""
        release = self.release
        if release is None or self.action is not GateAction.DEPLOY or release.stage is not Stage.DEPLOYING:
            return None
        return release


def wish(tx: Tx, project: str, release: str, action: GateAction, *, lock: bool = False) -> Wish:
    """Raises Refused."""
    found = None
    if release:
        found = releases.lock(tx, release) if lock else releases.get(tx, release)
        if found is None:
            raise Refused(Gone("release"))
    elif action is GateAction.DEPLOY:
        raise Refused(Gone("release"))
    of = context.project_of(tx, found.project if found else project)
    return Wish(of, found, action, known.roster(tx, of.key), tx.now())


def may_ask(tx: Tx, wished: Wish, origin: Origin) -> None:
    """A deploy is for those who run deploys, a merge for every member of the channel. Raises Refused."""
    if wished.action is not GateAction.DEPLOY:
        context.require_member(tx, origin, wished.project)
        return
    context.require(wished.roster, origin, "exception", *MAY_ASK)
    release = wished.release
    if release is not None and release.stage not in OPENABLE:
        raise Refused(TooLate(str(release.version), release.stage))


def answer_at(tx: Tx, wished: Wish, at: datetime) -> GateAnswer:
    """What the gate says to it then, or to the rollout under way."""
    if wished.under_way is None:
        return gate(context.calendar_of(tx, wished.project, at), question=wished.question, at=at)
    met = context.gate_in_flight(tx, wished.project, wished.under_way, at)
    return met or GateAnswer(verdict=Verdict.OPEN, at=at)


def answer_with(
    tx: Tx, wished: Wish, restrictions: tuple[Restriction, ...], since: datetime, until: datetime
) -> GateAnswer:
    """The gate at `since` if all of these exceptions were granted."""
    calendar = (
        context.calendar_in_flight(tx, wished.project, wished.under_way, since)
        if wished.under_way
        else context.calendar_of(tx, wished.project, since)
    )
    id_ = wished.release.id if wished.release else ""
    return gate(opened(calendar, restrictions, id_, since, until), question=wished.question, at=since)


def grantable(answer: GateAnswer) -> tuple[GateReason, ...]:
    """The closing reasons that exceptions open."""
    return tuple(reason for reason in answer.closing if reason.exceptionable)


def waiting(tx: Tx, wished: Wish, begins: datetime) -> dict[str, str]:
    """What is asked for the same and that time and not decided: the restriction's key to who asked."""
    asked = exceptions.of_project(tx, wished.project.key, (ExceptionState.ASKED,))
    same = (one for one in asked if one.merges or (wished.release and one.release == wished.release.id))
    open_ = (one for one in same if standing(one, wished.at) is ExceptionState.ASKED)
    return {one.restriction.key: one.asked_by for one in open_ if is_wanted_at(one, begins, wished.at)}


def ask(tx: Tx, request: AskException, origin: Origin) -> Happened:
    """Ask whoever decides on what closes the gate at the wished time. Raises Refused."""
    wished = wish(tx, request.project, request.release, request.action, lock=True)
    may_ask(tx, wished, origin)
    if wished.release is None:
        projects.lock(tx, wished.project.key)
    since = _begin(wished, request)
    for name in TEXTS:
        if not getattr(request, name).strip():
            raise Refused(TextMissing(name))
    reasons = _asked_now(tx, wished, request, since or wished.at)
    over = budget_at(tx, wished.project, wished.at).used_up
    made = [_made(tx, wished, request, origin, reason, since, over=over) for reason in reasons]
    event = _event(wished, made)
    told = releases.get(tx, event.release) if event.release else None
    record(tx, origin, wished.project, [event], release=told)
    for one in event.asked:
        copies(tx, SurfaceKind.EXCEPTION, one.exception, one.deciders)
    return Happened(event)


def ask_new_deciders(tx: Tx, project: Project) -> None:
    """Who has come to hold a deciding role since it was asked is asked as well."""
    roster = known.roster(tx, project.key)
    for one in exceptions.of_project(tx, project.key, (ExceptionState.ASKED,)):
        roles = people.roles_for(project, one.restriction.rule)
        copies(tx, SurfaceKind.EXCEPTION, one.id, people.deciders(roster, roles, one.asked_by))
        outbox.add(tx, [lane(f"dm:exception:{one.id}", new_id(), ShowCopies(one.id))])


def _begin(wished: Wish, request: AskException) -> datetime | None:
    """None is now; a time that has just passed while the form was open is now as well. Raises Refused."""
    if request.since is None:
        return None
    if request.since.year > LAST_YEAR:
        raise Refused(Unreadable("date", request.since.date().isoformat()))
    if request.since + request.length <= wished.at:
        raise Refused(InThePast(request.since))
    return request.since if request.since > wished.at else None


def _asked_now(tx: Tx, wished: Wish, request: AskException, at: datetime) -> list[GateReason]:
    """What nobody has asked for yet of all that closes the gate then. Raises Refused."""
    answer = answer_at(tx, wished, at)
    reasons = grantable(answer)
    if not reasons:
        raise Refused(NoException(answer))
    if request.shown and request.shown != fingerprint(map(restriction, answer.closing)):
        raise Refused(ClosedOtherwise(answer))
    already = waiting(tx, wished, at)
    left = [reason for reason in reasons if restriction(reason).key not in already]
    if not left:
        raise Refused(AlreadySo("exception_asked", next(iter(already.values()))))
    return left


def _made(
    tx: Tx,
    wished: Wish,
    request: AskException,
    origin: Origin,
    reason: GateReason,
    since: datetime | None,
    *,
    over: bool,
) -> FreezeException:
    merges = wished.action is not GateAction.DEPLOY
    made = FreezeException(
        id=new_id(),
        project=wished.project.key,
        release=_concerned(tx, wished, reason),
        restriction=restriction(reason),
        state=ExceptionState.ASKED,
        asked_by=origin.actor.user,
        asked_at=wished.at,
        what=request.what.strip(),
        why=request.why.strip(),
        risk=request.risk.strip(),
        way_back=request.way_back.strip(),
        single_use=request.single_use and not merges,
        wanted_from=since,
        length=boxed(request.length, wished.project.policy.calendar.exceptions.longest),
        closed_until=reason.until,
        over_budget=over,
    )
    exceptions.put(tx, made)
    reminders.plan(tx, made.project, made.id, of_exception(made), after=wished.at)
    return made


def _concerned(tx: Tx, wished: Wish, reason: GateReason) -> str:
    """The release to deploy, or the one that is frozen, if a release is."""
    if wished.action is GateAction.DEPLOY:
        return wished.release.id if wished.release else ""
    frozen = releases.get(tx, reason.subject)
    return frozen.id if frozen else ""


def _event(wished: Wish, made: list[FreezeException]) -> ExceptionAsked:
    first = made[0]
    asked = []
    for one in made:
        roles = people.roles_for(wished.project, one.restriction.rule)
        deciders = people.deciders(wished.roster, roles, one.asked_by)
        asked.append(OneAsked(exception=one.id, restriction=one.restriction, roles=roles, deciders=deciders))
    return ExceptionAsked(
        release=next((one.release for one in made if one.release), ""),
        version=_version(wished, made),
        what=first.what,
        why=first.why,
        risk=first.risk,
        way_back=first.way_back,
        asked=tuple(asked),
        since=first.wanted_from,
        length=first.length,
        single_use=first.single_use,
        over_budget=first.over_budget,
    )


def _version(wished: Wish, made: list[FreezeException]) -> str:
    if wished.release is not None:
        return str(wished.release.version)
    return next((one.restriction.name for one in made if one.release), "")
