"""Which modal a press or a command opens, filled from state as it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.payloads import State
from commands.context import project_of
from commands.digests.plan import setting_of
from commands.notes.files import unwritten
from commands.remind.answer import choices
from commands.rollback import lock
from commands.rollback.healthy import against
from commands.rollback.look import room_look
from commands.rollback.show import rollback_form, room_view
from commands.show import calendar_forms, date_forms, forms
from commands.show import release as show
from commands.show import scope as show_scope
from commands.show.calendar_forms import Entered
from commands.show.date_forms import Wished
from domain.calendar.blackouts import Scope
from domain.people import Role
from domain.refusals import Gone, Refused
from domain.release import ConfirmItem, Release
from domain.types import PLANNED, URGENT, Action, ReleaseType
from messages.ids import Target
from messages.modals import actions, dates, decisions, project, qa, rollback, room, start
from messages.modals import blackout as blackout_modal
from messages.modals import compare as compare_modal
from messages.modals import correct as correct_modal
from messages.modals import digest as digest_modal
from messages.modals import later as later_modal
from messages.modals import leave_out as leave_out_modal
from messages.modals import occurrence as occurrence_modal
from messages.modals import scope as scope_modal
from messages.modals.fields import named_time
from messages.texts import Reader
from storage import projects, scopes
from storage.db import Tx

View = dict[str, Any]


def for_action(tx: Tx, reader: Reader, target: Target) -> View:
    """The modal of an action that needs words."""
    release = show.look(tx, target.release).release
    match target.action:
        case Action.QA_PASSED:
            return qa.qa(reader, release, scopes.of(tx, release.id, release.rc))
        case Action.CANCEL:
            return actions.cancel(reader, release)
        case None:
            raise Refused(Gone("action"))
        case action:
            return actions.ask(reader, release, action, target)


def before_cut(tx: Tx, reader: Reader, release_id: str) -> View | None:
    """What cutting the branch still needs from a person: commits, or a reason to be early."""
    found = show.look(tx, release_id)
    release = found.release
    failed = release.pending is not None and bool(release.pending.problem)
    if release.type in URGENT and (failed or not release.commits):
        return actions.name_commits(reader, release)
    begun = release.freeze_at is not None and release.freeze_at <= found.at
    return actions.cut_early(reader, release) if release.type in PLANNED and not begun else None


def before_build(tx: Tx, reader: Reader, release_id: str) -> View | None:
    """A build that would pass without its changelog or version is asked about first."""
    found = show.look(tx, release_id)
    missing = unwritten(found.release, found.project.policy)
    return actions.without_files(reader, found.release, missing) if missing else None


def start_release(tx: Tx, reader: Reader, target: Target, kind: ReleaseType, version: str = "") -> View:
    form = forms.start_form(tx, target.project, kind, version, target.release)
    return start.start(_beside(reader, form.project.zone), form)


def later(tx: Tx, reader: Reader, target: Target) -> View:
    """Each choice says when that is for its reader."""
    return later_modal.later(reader, target, choices(tx, target.project, reader.tz))


def _beside(reader: Reader, zone: str) -> Reader:
    """In a modal about a project its times stand beside the reader's, wherever it was opened."""
    return replace(reader, project_zone=zone)


def start_any(tx: Tx, reader: Reader, target: Target) -> View:
    """From a button that names no project, the first one is taken; the modal lets choose another."""
    known = projects.every(tx)
    if not known:
        raise Refused(Gone("project"))
    key = target.project or known[0].key
    return start_release(tx, reader, replace(target, project=key), ReleaseType.REGULAR)


def conditions(tx: Tx, reader: Reader, target: Target) -> View:
    return decisions.approve_with_conditions(reader, _release(tx, target))


def reject(tx: Tx, reader: Reader, target: Target) -> View:
    return decisions.reject(reader, _release(tx, target))


def meet(tx: Tx, reader: Reader, target: Target) -> View:
    release = _release(tx, target)
    condition = next((c for c in release.conditions if c.id == target.condition), None)
    if condition is None:
        raise Refused(Gone("condition"))
    return decisions.meet(reader, release, condition)


def confirm(tx: Tx, reader: Reader, target: Target) -> View:
    return decisions.confirm(reader, _release(tx, target), target.item or ConfirmItem.DEPLOYER_STANDING_BY)


def retarget(tx: Tx, reader: Reader, target: Target, state: State | None = None) -> View:
    """With the time that the button named, if it named one; then with what was chosen in the open modal."""
    picked = state.moment(dates.DEPLOY_AT) if state else named_time(target.state)
    slot = state.choice(dates.SLOT) if state and picked is None else ""
    form = date_forms.retarget_form(tx, target.release, picked or named_time(slot))
    form = replace(form, from_slot=bool(slot))
    return dates.retarget(_beside(reader, form.project.zone), form)


def freeze(tx: Tx, reader: Reader, release_id: str, *, begin: bool) -> View:
    return dates.freeze(reader, show.look(tx, release_id).release, begin=begin)


def scope(tx: Tx, reader: Reader, target: Target) -> View:
    place = scope_modal.Place(target.state, target.page)
    return scope_modal.scope(reader, show_scope.scope(tx, target.release), place)


def leave_out(tx: Tx, reader: Reader, target: Target) -> View:
    line = show_scope.change(tx, target.release, target.key)
    return leave_out_modal.leave_out(reader, _release(tx, target), line, target)


def correct(tx: Tx, reader: Reader, target: Target) -> View:
    """Of a change in the list of a release, or of any commit on its way in the project."""
    of = show.look(tx, target.release) if target.release else None
    found = of.project if of else project_of(tx, target.project)
    form = show_scope.correct_form(tx, found, target.key, of.release if of else None)
    return correct_modal.correct(reader, form, replace(target, project=found.key, key=form.sha))


def compare(tx: Tx, reader: Reader, target: Target) -> View:
    """`target` names the newer one as its candidate, the older one as its page."""
    found = show_scope.compare(tx, target.release, target.candidate, target.page)
    return compare_modal.compare(reader, found)


def declare(tx: Tx, reader: Reader, target: Target, *, by: str) -> View:
    """`by` opens it: an incident commander is proposed for the seat."""
    return rollback.rollback(reader, rollback_form(tx, target.release, target.room, by, target.key), target)


def stakeholders(tx: Tx, reader: Reader, target: Target) -> View:
    return actions.stakeholders(reader, _release(tx, target))


def captain(tx: Tx, reader: Reader, target: Target) -> View:
    return actions.captain(reader, _release(tx, target))


def room_step(tx: Tx, reader: Reader, target: Target) -> View:
    view = room_view(tx, target.room)
    step = next((s for s in view.room.steps if s.key == target.step), None)
    if step is None:
        raise Refused(Gone("step"))
    measured = against(tx, room_look(tx, target.room), target.step, target.state)
    return room.step(reader, view.room, step, target.state, against=measured)


def room_log(tx: Tx, reader: Reader, target: Target) -> View:
    return room.log(reader, room_view(tx, target.room).room)


def room_escalate(tx: Tx, reader: Reader, target: Target) -> View:
    roles = (
        Role.ONCALL,
        Role.TECH_LEAD,
        Role.RELEASE_MANAGER,
        Role.PM,
        Role.DBA,
        Role.SECURITY,
        Role.SUPPORT,
    )
    return room.escalate(reader, room_view(tx, target.room).room, roles)


def room_resolve(tx: Tx, reader: Reader, target: Target) -> View:
    return room.resolve(reader, room_view(tx, target.room).room)


def room_stand_down(tx: Tx, reader: Reader, target: Target) -> View:
    return room.stand_down(reader, room_view(tx, target.room).room)


def postmortem(tx: Tx, reader: Reader, target: Target) -> View:
    return room.postmortem(reader, room_view(tx, target.room).room)


def lift_lock(tx: Tx, reader: Reader, target: Target) -> View:
    found = project_of(tx, target.project)
    locks = lock.standing(tx, found.key)
    if not locks:
        raise Refused(Gone("lock"))
    return project.lift_lock(reader, show.project_view(found), locks)


def blackout(tx: Tx, reader: Reader, target: Target, entered: Entered | None = None, *, by: str) -> View:
    """To add one, or to move the target's. `by` opens it; `entered` is what is chosen already."""
    so_far = entered or Entered()
    if target.blackout:
        found = calendar_forms.move_form(tx, target.project, target.blackout, so_far.start, so_far.end)
    else:
        found = calendar_forms.blackout_form(tx, target.project, so_far, by=by, zone=reader.zone)
    return blackout_modal.blackout(_beside(reader, found.project.zone), found)


def entered_blackout(state: State) -> Entered:
    """What is chosen so far in the open modal; its texts stay where they were typed."""
    return Entered(
        start=state.moment(blackout_modal.START),
        end=state.moment(blackout_modal.END),
        scope=Scope(types=frozenset(ReleaseType(kind) for kind in state.choices(blackout_modal.TYPES))),
        projects=state.choices(blackout_modal.PROJECTS),
    )


def occurrence(tx: Tx, reader: Reader, target: Target, state: State | None = None) -> View:
    """`state` is what was chosen so far in the open modal."""
    wished = _wished(state) if state else None
    found = date_forms.occurrence_form(tx, target.project, target.state, wished)
    return occurrence_modal.occurrence(_beside(reader, found.project.zone), found)


def _wished(state: State) -> Wished | None:
    """None until it is clear what is wished; giving an occurrence back closes nothing."""
    day, what = state.choice(occurrence_modal.DAY), state.choice(occurrence_modal.WHAT)
    start = state.moment(occurrence_modal.START) if what == occurrence_modal.MOVE else None
    if not day or what == occurrence_modal.RESTORE or (what == occurrence_modal.MOVE and start is None):
        return None
    end = state.moment(occurrence_modal.END) if start else None
    return Wished(day=date.fromisoformat(day), start=start, end=end)


def window(tx: Tx, reader: Reader, target: Target) -> View:
    return project.window(reader, calendar_forms.window_form(tx, target.project, zone=reader.zone))


def role(tx: Tx, reader: Reader, target: Target, *, give: bool) -> View:
    found = project_of(tx, target.project)
    fixed = {Role.STAKEHOLDER} | {role for role, held in found.policy.roles.items() if held.locked}
    chosen = Role(target.role) if target.role else None
    free = [role for role in Role if role not in fixed]
    return project.role(reader, show.project_view(found), free, give=give, chosen=chosen)


def digest(tx: Tx, reader: Reader, *, of: str) -> View:
    """`of` opens it."""
    return digest_modal.digest(reader, setting_of(tx, of))


def _release(tx: Tx, target: Target) -> Release:
    return show.look(tx, target.release).release
