"""A project's rules changed from Slack: release window, role, the lock.

Fields (block ids). Window: `weekday` (select: a `Weekday`), `from` and `to` (time pickers: `HH:MM`, wall
clock of the zone), `zone` (select: an IANA name, `own` for the project's). Role: `role` (select: a `Role`),
`user` (user, optional), `holder` (text: mention or id of a user or group, optional); the target's `state` is
`give` or `take`. Lock: `lock` (select: a release id, where several stand), `reason` (text).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from domain.calendar.fields import Weekday
from domain.people import Role
from domain.views import ProjectView, StandingLock, WindowForm
from messages import blocks, names
from messages.dates import city, weekday
from messages.ids import Form, Target
from messages.modals.fields import View, clock_time, form, person, words, zone_select
from messages.parts import quote
from messages.texts import Reader

REASON = "reason"
WEEKDAY, FROM, TO, ZONE = "weekday", "from", "to", "zone"
LOCK = "lock"
ROLE, USER, HOLDER = "role", "user", "holder"
GIVE, TAKE = "give", "take"
_LOCKS, _REASON = 10, 240
_OPENS, _CLOSES = time(10), time(17)


def window(reader: Reader, of: WindowForm) -> View:
    t = reader.t
    days = [blocks.option(weekday(reader, one), one) for one in Weekday]
    own = t("The project's: {city}", city=city(reader, of.project.zone))
    content = [
        blocks.section(
            t(
                "Planned releases of {project} may be deployed in this time, every week.",
                project=_title(reader, of.project),
            )
        ),
        blocks.field(t("Weekday"), blocks.select(WEEKDAY, days, initial=days[0]), WEEKDAY),
        blocks.field(t("From"), clock_time(FROM, _OPENS), FROM),
        blocks.field(t("To"), clock_time(TO, _CLOSES), TO, hint=t("00:00 is the end of the day.")),
        blocks.field(
            t("Time zone"),
            zone_select(reader, ZONE, of.zones, own),
            ZONE,
            hint=t("By whose clocks the hours hold, also when those change."),
        ),
    ]
    target = Target(project=of.project.key)
    return form(reader, Form.WINDOW, t("Add a release window"), content, submit=t("Add"), target=target)


def role(
    reader: Reader, project: ProjectView, roles: Sequence[Role], *, give: bool, chosen: Role | None = None
) -> View:
    """`roles` are those that Slack may change; the locked ones change only in the policy file."""
    t = reader.t
    options = [blocks.option(names.role_label(reader, one), one) for one in roles]
    initial = next((option for option in options if option["value"] == chosen), None)
    content = [
        blocks.section(_title(reader, project)),
        blocks.field(t("Role"), blocks.select(ROLE, options, initial=initial), ROLE),
        blocks.field(t("Person"), person(USER), USER, optional=True),
        words(
            t("Or a user group"),
            HOLDER,
            hint=t("A mention such as @backend, or the group's id."),
            optional=True,
            lines=False,
        ),
    ]
    title, submit = (t("Give a role"), t("Give")) if give else (t("Take a role back"), t("Take back"))
    target = Target(project=project.key, state=GIVE if give else TAKE)
    return form(reader, Form.ROLE, title, content, submit=submit, target=target)


def lift_lock(reader: Reader, project: ProjectView, locks: Sequence[StandingLock]) -> View:
    """Which one, where several stand."""
    t, first = reader.t, locks[0]
    title = _title(reader, project)
    reasons = " · ".join(quote(lock.reason, _REASON) for lock in locks[:_LOCKS])
    head = t("Deploys of {project} are locked: {reason}", project=title, reason=reasons)
    content = [blocks.section(head)]
    if len(locks) > 1:
        options = [blocks.option(f"v{lock.version}", lock.release) for lock in locks[:_LOCKS]]
        which = blocks.select(LOCK, options, initial=options[0])
        content.append(blocks.field(t("Which lock, set after …"), which, LOCK))
    content.append(words(t("Why is it safe again?"), REASON))
    target = Target(project=project.key, release=first.release)
    return form(reader, Form.LIFT_LOCK, t("Lift the deploy lock"), content, submit=t("Lift"), target=target)


def _title(reader: Reader, project: ProjectView) -> str:
    return f"*{quote(project.title.get(reader.language) or project.key)}*"
