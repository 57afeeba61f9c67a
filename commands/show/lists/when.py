"""When a release can be deployed at the earliest, and what would make it earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from commands import context
from commands.context import Case
from commands.exceptions.ask import MAY_ASK
from commands.show.release import look, project_view
from domain import guards
from domain.approvals import Tally, tally
from domain.calendar.entries import Calendar
from domain.lifecycle import with_commander
from domain.needs import Missing
from domain.people import Origin, Role
from domain.preparations import Rules, Standing, standing
from domain.project import Project
from domain.refusals import Refused, TooLate
from domain.situation import Situation
from domain.types import BEFORE_DEPLOY, ReleaseType, Stage
from domain.when import Asked, WhenView, alternatives, nobody_for, prospect, types_instead
from storage import people, releases
from storage.db import Tx


def when(tx: Tx, release_id: str, origin: Origin) -> WhenView:
    """For a release before its deploy. Raises Refused(Gone or TooLate)."""
    found = look(tx, release_id)
    release, project = found.release, found.project
    if release.stage not in BEFORE_DEPLOY | {Stage.ON_HOLD}:
        raise Refused(TooLate(found.version, release.stage))
    calendar = context.calendar_of(tx, project, found.at)
    rules = _rules(tx, project, calendar, release.type, context.tally_of(tx, found))
    asked = Asked(standing=standing(release), rules=rules, release=release.id)
    barred = {kind: context.barred(replace(release, type=kind), project) for kind in ReleaseType}
    roles = found.roster.roles_of(origin.actor.user)
    return replace(
        _view(tx, project, calendar, asked, barred),
        release=release,
        missing=_missing(tx, found),
        may_retarget=bool(roles & set(with_commander(release, (Role.RELEASE_MANAGER,)))),
        may_ask=bool(roles & set(MAY_ASK)),
    )


def when_started_now(tx: Tx, project_key: str, origin: Origin) -> WhenView:
    """For a regular release that who asks would start now. Raises Refused(UnknownProject)."""
    project = context.project_of(tx, project_key)
    calendar = context.calendar_of(tx, project, tx.now())
    barred = {kind: _starter(project, kind, origin) for kind in ReleaseType}
    asked = _anew(tx, project, calendar, ReleaseType.REGULAR, barred)
    return _view(tx, project, calendar, asked, barred)


def _view(
    tx: Tx,
    project: Project,
    calendar: Calendar,
    asked: Asked,
    barred: Mapping[ReleaseType, frozenset[str]],
) -> WhenView:
    at, kind = tx.now(), asked.standing.type
    others = [_anew(tx, project, calendar, other, barred) for other in types_instead(kind)]
    freeze = asked.rules.freeze
    return WhenView(
        project=project_view(project),
        type=kind,
        prospect=prospect(calendar, asked, at),
        at=at,
        freeze_days=freeze.days if freeze and freeze.weekday is None else None,
        alternatives=alternatives(calendar, asked, others, at),
        nobody=nobody_for(asked.rules.tally),
    )


def _anew(
    tx: Tx,
    project: Project,
    calendar: Calendar,
    kind: ReleaseType,
    barred: Mapping[ReleaseType, frozenset[str]],
) -> Asked:
    """A release of that type as it were started now; nobody is named as its stakeholder."""
    roster = people.roster(tx, project.key)
    votes = tally(project.policy.requirements(kind, ()), (), roster, barred[kind])
    return Asked(standing=Standing(type=kind), rules=_rules(tx, project, calendar, kind, votes))


def _rules(tx: Tx, project: Project, calendar: Calendar, kind: ReleaseType, votes: Tally) -> Rules:
    approvers = people.many(tx, votes.waiting_for)
    return Rules(
        type=project.policy.of(kind),
        calendar=calendar.rules,
        zone=calendar.tz,
        freeze=project.policy.freeze_rule(kind),
        tally=votes,
        zones={user: person.zone for user, person in approvers.items()},
    )


def _starter(project: Project, kind: ReleaseType, origin: Origin) -> frozenset[str]:
    return frozenset({origin.actor.user}) if project.policy.of(kind).separation.starter else frozenset()


def _missing(tx: Tx, found: Case) -> tuple[Missing, ...]:
    """What stands in the way of the deploy and no clock ends."""
    now = Situation(at=found.at, others=releases.others(tx, found.release))
    looked_at = (guards.others_finished, guards.conditions_before_deploy)
    return tuple(missing for guard in looked_at for missing in guard(found.release, now))
