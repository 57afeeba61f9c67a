"""What verbs load before they decide: project, release, roster, calendar, and the situation of a step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from commands import production, staffing
from commands.readiness import readiness_of
from domain import in_flight
from domain.approvals import Tally, tally
from domain.calendar.blackouts import Blackout, YearlyBlackout
from domain.calendar.entries import Calendar, Freeze, Permit
from domain.calendar.exceptions import ExceptionState, permit, permit_on_the_way
from domain.calendar.gate import GateAction, GateAnswer, Question, gate
from domain.calendar.planned import PlannedRelease
from domain.calendar.rules import CalendarRules, FreezeRule
from domain.calendar.slots import Slot, plan
from domain.calendar.zones import local_day
from domain.needs import Missing
from domain.people import Origin, Person, Role, Roster, token_of
from domain.project import Project
from domain.refusals import Gone, NotAllowed, NotAMember, Refused, UnknownProject
from domain.release import Release
from domain.situation import Situation
from domain.types import ENDED, REACHED_PRODUCTION, Stage
from storage import calendar as entries
from storage import decisions, exceptions, imports, people, projects, releases, tokens
from storage.db import Tx

PAST = timedelta(days=60)


@dataclass(frozen=True)
class Case:
    """A release under change: everything is read inside the deciding transaction, after the lock."""

    project: Project
    release: Release
    roster: Roster
    at: datetime

    @property
    def version(self) -> str:
        return str(self.release.version)


def project_of(tx: Tx, key: str) -> Project:
    """Raises Refused(UnknownProject)."""
    project = projects.get(tx, key)
    if project is None:
        raise Refused(UnknownProject(key, tuple(p.key for p in projects.every(tx))))
    return project


def case(tx: Tx, release: str) -> Case:
    """Lock and load a release with its surroundings. Raises Refused(Gone)."""
    found = releases.lock(tx, release)
    if found is None:
        raise Refused(Gone("release"))
    project = project_of(tx, found.project)
    return Case(project, found, people.roster(tx, project.key), tx.now())


def roles_in(release: Release, roster: Roster, user: str) -> frozenset[Role]:
    """A person's roles on one release: those of the project, and stakeholder when named on it."""
    roles = roster.roles_of(user)
    return roles | {Role.STAKEHOLDER} if user in release.stakeholders else roles


def require(roster: Roster, origin: Origin, what: str, *roles: Role) -> None:
    """Raises Refused(NotAllowed) with the people who may."""
    if not roster.roles_of(origin.actor.user) & set(roles):
        raise Refused(NotAllowed(what, roles, tuple(sorted(roster.anyone(roles)))))


def why_not(person: Person | None) -> str:
    """Why this person takes no part in releases, in the words of NotAMember; empty for who does."""
    if person is None or person.stranger:
        return "stranger"
    return "" if person.counts else "guest" if person.guest else "bot"


def require_member(tx: Tx, origin: Origin, project: Project) -> None:
    """Raises Refused(NotAMember) for guests, strangers, bots, leavers, and people outside the channel."""
    person = people.get(tx, origin.actor.user)
    if person is None or not person.counts:
        raise Refused(NotAMember(why_not(person), project.channel))
    if not people.is_member(tx, project.channel, person.user):
        raise Refused(NotAMember("outside", project.channel))


# --- approvals --------------------------------------------------------------------------------------------


def uncounted(tx: Tx, release: Release) -> frozenset[str]:
    """Named stakeholders who are not (any more) active members of the workspace: they cannot decide."""
    known = people.many(tx, release.stakeholders) if release.stakeholders else {}
    return frozenset(user for user in release.stakeholders if user not in known or not known[user].counts)


def barred(release: Release, project: Project) -> frozenset[str]:
    """Whom separation of duties keeps from deciding (spec 4)."""
    rules = project.policy.of(release.type).separation
    authors = () if rules.authors == "none" else release.authors
    return frozenset(authors) | ({release.started_by} if rules.starter else frozenset())


def tally_of(tx: Tx, found: Case) -> Tally:
    """The true tally of the current candidate."""
    release = found.release
    return tally(
        found.project.policy.requirements(release.type, release.stakeholders),
        decisions.live(tx, release.id, release.rc),
        found.roster,
        barred(release, found.project) | uncounted(tx, release),
    )


# --- calendar ---------------------------------------------------------------------------------------------


def calendar_of(tx: Tx, project: Project, at: datetime) -> Calendar:
    """The project's calendar as it stands: policy, entries, freezes of its releases, exceptions, lock."""
    zone = project.policy.zone
    periods = (period.entry(zone) for period in project.policy.calendar.blackouts)
    entered = entries.blackouts(tx, project.key, at - PAST)
    blackouts = (*periods, *entered, *imported(tx, project, at))
    return Calendar(
        zone=zone,
        rules=rules_of(tx, project),
        blackouts=tuple(entry for entry in blackouts if isinstance(entry, Blackout)),
        yearly=tuple(entry for entry in blackouts if isinstance(entry, YearlyBlackout)),
        freezes=freezes_of(releases.live(tx, project.key), project),
        permits=_permits(tx, project.key, at),
        taken=_taken(tx, project),
        lock=entries.lock(tx, project.key),
    )


def rules_of(tx: Tx, project: Project) -> CalendarRules:
    """The policy's rules with what was set in Slack in their place."""
    rules = project.policy.calendar
    windows, changes = entries.set_in_slack(tx, project.key)
    if windows is None and not changes:
        return rules
    newer = {(change.of, change.day) for change in changes}
    kept = tuple(change for change in rules.changes if (change.of, change.day) not in newer)
    return rules.model_copy(
        update={"windows": rules.windows if windows is None else windows, "changes": (*kept, *changes)}
    )


def imported(tx: Tx, project: Project, at: datetime) -> tuple[Blackout, ...]:
    """What was read from the feeds that the policy lists, and from files imported by hand."""
    feeds = {feed.name for feed in project.policy.calendar.feeds}
    return imports.blackouts(tx, project.key, feeds, at - PAST)


def freezes_of(live: list[Release], project: Project) -> tuple[Freeze, ...]:
    """A freeze is bound to its release: it ends when it is lifted, not by the clock (spec 3.2)."""
    return tuple(
        Freeze(
            release_id=release.id,
            version=str(release.version),
            release_type=release.type,
            starts=release.freeze_at,
            ends=release.freeze_lifted_at,
        )
        for release in live
        if release.freeze_at is not None
        and (release.freeze_lifted_at is None or release.freeze_lifted_at > release.freeze_at)
        and project.policy.freeze_rule(release.type) is not None
    )


def _permits(tx: Tx, project: str, at: datetime) -> tuple[Permit, ...]:
    """All that are or were good, so that the gate can be asked about any time."""
    found = exceptions.granted(tx, project, at - PAST)
    return tuple(one for one in map(permit, found) if one is not None)


def _taken(tx: Tx, project: Project) -> frozenset[date]:
    zone = ZoneInfo(project.policy.zone)
    return frozenset(local_day(at, zone) for at in releases.deploy_days(tx, project.key))


def question(project: Project, release: Release) -> Question:
    return Question(
        action=GateAction.DEPLOY,
        release_type=release.type,
        rules=project.policy.of(release.type).gate,
        release_id=release.id,
    )


def gate_for(tx: Tx, project: Project, release: Release, at: datetime) -> GateAnswer:
    """The one answer to "may this be deployed": asked by the button, the command and the guard alike."""
    return gate(calendar_of(tx, project, at), question=question(project, release), at=at)


def calendar_in_flight(tx: Tx, project: Project, release: Release, at: datetime) -> Calendar:
    """The calendar as a rollout under way meets it: with the exceptions that its deploy has used up."""
    calendar = calendar_of(tx, project, at)
    used = map(permit_on_the_way, exceptions.of_project(tx, project.key, (ExceptionState.USED,), release.id))
    return replace(calendar, permits=(*calendar.permits, *(one for one in used if one is not None)))


def gate_in_flight(tx: Tx, project: Project, release: Release, at: datetime) -> GateAnswer | None:
    """The gate as a rollout under way meets it."""
    return in_flight.gate_in_flight(
        calendar_in_flight(tx, project, release, at),
        question(project, release),
        project.policy.of(release.type).in_flight,
        release.deploy_started_at or at,
        at,
    )


def slot_of(project: Project, release: Release, calendar: Calendar) -> Slot | None:
    """The dates that follow from the release's deploy time."""
    if release.deploy_at is None:
        return None
    rule = project.policy.freeze_rule(release.type)
    return plan(release.deploy_at, rules=calendar.rules, zone=calendar.tz, freeze=rule)


def freeze_ahead(project: Project, release: Release, at: datetime) -> FreezeRule | None:
    """The rule of a freeze that has not begun: it still moves with the deploy."""
    begun = release.freeze_at is not None and release.freeze_at <= at
    return None if begun else project.policy.freeze_rule(release.type)


def planned(project: Project, live: list[Release]) -> tuple[PlannedRelease, ...]:
    """The releases on their way, as the calendar's announcements look at them."""
    coming = (release for release in live if release.stage not in ENDED | REACHED_PRODUCTION)
    return tuple(planned_release(project, release) for release in coming)


def planned_release(project: Project, release: Release) -> PlannedRelease:
    """A release as the calendar looks at it."""
    return PlannedRelease(
        id=release.id,
        version=str(release.version),
        type=release.type,
        deploy_at=release.deploy_at,
        freeze_at=release.freeze_at,
        freeze_lifted=release.freeze_lifted_at is not None,
        approved=release.stage is Stage.APPROVED,
        no_deploy_hours=project.policy.of(release.type).gate.no_deploy_hours,
        freeze=project.policy.freeze_rule(release.type),
    )


def dated_release(project: Project, release: Release) -> PlannedRelease:
    """With its freeze as it was, where it was lifted after it had begun: for whoever looks back."""
    begun, lifted = release.freeze_at, release.freeze_lifted_at
    never = begun is not None and lifted is not None and lifted <= begun
    return replace(planned_release(project, release), freeze_lifted=never, freeze_lifted_at=lifted)


# --- the situation of a step ------------------------------------------------------------------------------


_JUDGED_READY = frozenset({Stage.APPROVAL, Stage.APPROVED})


def unready(tx: Tx, found: Case) -> tuple[Missing, ...]:
    """What a rollback of the release would lack, as far as the policy insists on it."""
    return readiness_of(tx, found.project, found.release, found.at).blocking


def situation(tx: Tx, found: Case, origin: Origin, **facts: object) -> Situation:
    """The facts at this moment for this person; what a step needs beyond them comes by name."""
    if found.release.stage in _JUDGED_READY and "unready" not in facts:
        facts["unready"] = unready(tx, found)
    if found.release.stage is Stage.VERIFYING and "others" not in facts:
        facts["others"] = releases.others(tx, found.release)
    if found.release.stage is Stage.APPROVED:
        facts["unstaffed"] = staffing.for_the_deploy(tx, found.release, found.roster)
    # Only taking back what is out already asks which version is in production.
    out = found.release.stage in REACHED_PRODUCTION
    runs = production.running(tx, found.project.key) if out else None
    return Situation(
        at=found.at,
        actor=origin.actor.user,
        roles=roles_in(found.release, found.roster, origin.actor.user),
        roster=found.roster,
        by_bot=origin.actor.is_bot,
        scopes=tokens.scopes_of(tx, token_of(origin.actor.user), found.project.key),
        production=str(runs or ""),
        **facts,  # type: ignore[arg-type]  # names and types are Situation's own
    )
