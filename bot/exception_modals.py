"""The modals of freeze exceptions, filled from state as it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.modals import View
from commands.context import project_of
from commands.show import exceptions as show
from domain.calendar.gate import GateAction
from domain.views import ExceptionView
from messages.ids import Target
from messages.modals import exceptions, judgement
from messages.texts import Reader
from storage.db import Tx


def ask(tx: Tx, reader: Reader, target: Target, since: datetime | None = None, *, by: str) -> View:
    """`by` opens it: nobody decides on their own request."""
    action = action_of(target)
    form = show.form(tx, target.project, target.release, action, since, by)
    return exceptions.ask(replace(reader, project_zone=form.project.zone), form)


def action_of(target: Target) -> GateAction:
    return GateAction.MERGE_FEATURE if target.state == exceptions.MERGE else GateAction.DEPLOY


def decide(tx: Tx, reader: Reader, target: Target, *, grant: bool) -> View:
    view = show.exception(tx, target.exception)
    longest = project_of(tx, view.project.key).policy.calendar.exceptions.longest
    return exceptions.decision(_beside(reader, view), view, longest=longest, grant=grant)


def revoke(tx: Tx, reader: Reader, target: Target) -> View:
    view = show.exception(tx, target.exception)
    return exceptions.revoke(_beside(reader, view), view)


def judge(tx: Tx, reader: Reader, target: Target) -> View:
    view = show.exception(tx, target.exception)
    return judgement.judgement(_beside(reader, view), view)


def _beside(reader: Reader, view: ExceptionView) -> Reader:
    """The project's times stand beside the reader's, wherever it was opened."""
    return replace(reader, project_zone=view.project.zone)
