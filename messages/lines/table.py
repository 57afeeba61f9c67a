"""Which part words what: one row for each kind of said thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from domain.errands import NotDone, Said
from domain.events import Denied
from messages.checklists.lines import ChecklistSaid, checklist_line
from messages.lines.answers import AnswerSaid, answer_line
from messages.lines.approval import ApprovalSaid, approval_line
from messages.lines.calendar import CalendarSaid, calendar_line
from messages.lines.criteria import CriteriaSaid, criteria_line
from messages.lines.deploys import DeploySaid, deploy_line
from messages.lines.downtime import DowntimeSaid, downtime_line
from messages.lines.due import DueSaid, due_line
from messages.lines.exceptions import ExceptionSaid, exception_line
from messages.lines.feeds import FeedSaid, feed_line
from messages.lines.forges import ForgeSaid, forge_line
from messages.lines.git import GitSaid, git_line
from messages.lines.health import HealthSaid, health_line
from messages.lines.lifecycle import LifecycleSaid, lifecycle_line
from messages.lines.notes import NotesSaid, notes_line
from messages.lines.notices import NoticeSaid, notice_line
from messages.lines.opposite import OppositeSaid, opposite_line
from messages.lines.postmortem import PostmortemSaid, postmortem_line
from messages.lines.project import ProjectSaid, project_line
from messages.lines.readiness import ReadinessSaid, readiness_line
from messages.lines.rollout import RolloutSaid, rollout_line
from messages.lines.room import RoomSaid, room_line
from messages.lines.scope import ScopeSaid, scope_line
from messages.lines.steps import StepSaid, step_line
from messages.refusals import refusal_text
from messages.texts import Reader

_ROWS: tuple[tuple[Any, Callable[[Reader, Any], str]], ...] = (
    (AnswerSaid, answer_line),
    (ApprovalSaid, approval_line),
    (CalendarSaid, calendar_line),
    (ChecklistSaid, checklist_line),
    (CriteriaSaid, criteria_line),
    (DeploySaid, deploy_line),
    (DowntimeSaid, downtime_line),
    (DueSaid, due_line),
    (ExceptionSaid, exception_line),
    (FeedSaid, feed_line),
    (ForgeSaid, forge_line),
    (GitSaid, git_line),
    (HealthSaid, health_line),
    (LifecycleSaid, lifecycle_line),
    (NotesSaid, notes_line),
    (NoticeSaid, notice_line),
    (OppositeSaid, opposite_line),
    (PostmortemSaid, postmortem_line),
    (ProjectSaid, project_line),
    (ReadinessSaid, readiness_line),
    (RolloutSaid, rollout_line),
    (RoomSaid, room_line),
    (ScopeSaid, scope_line),
    (StepSaid, step_line),
)
_WORDS: Mapping[type, Callable[[Reader, Any], str]] = {
    kind: words for union, words in _ROWS for kind in get_args(union) or (union,)
}


def text_of(reader: Reader, said: Said) -> str:
    """Mrkdwn, as long as it is, without who caused it."""
    if isinstance(said, NotDone):
        return _not_done(reader, said)
    if isinstance(said, Denied):
        return refusal_text(reader, said.refusal)
    return _WORDS[type(said)](reader, said)


def _not_done(reader: Reader, said: NotDone) -> str:
    if isinstance(said.event, Denied):
        return refusal_text(reader, said.event.refusal)
    return reader.t("This could not be done: {text}", text=text_of(reader, said.event))
