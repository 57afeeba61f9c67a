"""Which command serves which request: the one table between the edge and the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from commands import (
    advance,
    ask_git,
    blackout,
    captain,
    confirm,
    correct,
    decide,
    dry_run,
    frame,
    freeze,
    leave_out,
    occurrence,
    rehearse,
    report_step,
    requests,
    retarget,
    roles,
    schema,
    start,
    way_back,
    window,
)
from commands.checklists import assign, report, tick, waive
from commands.criteria import report as criteria
from commands.deploys import again
from commands.digests import choose as choosing_digests
from commands.exceptions import ask as asking_exceptions
from commands.exceptions import decide as deciding_exceptions
from commands.exceptions import judge, revoke
from commands.health import enter as entering
from commands.notes import edit as editing_notes
from commands.notes import publish as publishing_notes
from commands.notices import send as notices
from commands.paging import answer as paging
from commands.postmortem import items
from commands.postmortem import write as writing_postmortems
from commands.remind import answer as answering
from commands.rollback import (
    declare,
    escalate,
    lock,
    log,
    playbook,
    postmortem,
    resolve,
    seat,
    stand_down,
    steps,
)
from commands.rollback import (
    open as rooms,
)
from commands.year import answer as year
from domain.people import Origin
from domain.views import Happened, Outcome
from storage.db import Tx

VERBS: Mapping[type, Callable[[Tx, Any, Origin], Happened]] = {
    requests.StartRelease: start.start,
    requests.FixForward: start.fix_forward,
    requests.Advance: advance.advance,
    requests.PassQa: advance.pass_qa_of,
    requests.Cancel: advance.cancel,
    requests.RetryGit: ask_git.retry,
    requests.AskDryRun: dry_run.ask,
    requests.Decide: decide.decide,
    requests.WithdrawDecision: decide.withdraw,
    requests.MeetCondition: decide.meet,
    requests.Confirm: confirm.confirm,
    requests.TickItems: tick.tick,
    requests.UntickItem: tick.untick,
    requests.WaiveItem: waive.waive,
    requests.AssignItem: assign.assign,
    requests.NoteItem: assign.note,
    requests.ReportCheck: report.report,
    requests.NameStakeholders: confirm.name_stakeholders,
    requests.HandOver: captain.hand_over,
    requests.EditNotes: editing_notes.edit,
    requests.PostNotes: publishing_notes.post,
    requests.PublishNotes: publishing_notes.publish_again,
    requests.CorrectMessage: correct.correct,
    requests.LeaveOut: leave_out.leave_out,
    requests.TakeBackChange: leave_out.take_back,
    requests.Retarget: retarget.retarget,
    requests.GiveWaysBack: way_back.give,
    requests.RecordRehearsal: rehearse.rehearse,
    requests.EnterReading: entering.enter,
    requests.ReportReadings: entering.report,
    requests.BeginSchemaChange: schema.begin,
    requests.LinkSchemaChange: schema.link,
    requests.EndSchemaChange: schema.end,
    requests.BeginFreeze: freeze.begin,
    requests.LiftFreeze: freeze.lift,
    requests.AddBlackout: blackout.add,
    requests.MoveBlackout: blackout.move,
    requests.RemoveBlackout: blackout.remove,
    requests.RestoreBlackout: blackout.restore,
    requests.ChangeOccurrence: occurrence.change,
    requests.AnswerYear: year.answer,
    requests.AddAllOfYear: year.add_all,
    requests.TakeBackOfYear: year.take_back,
    requests.AddWindow: window.add,
    requests.RemoveWindow: window.remove,
    requests.AskException: asking_exceptions.ask,
    requests.DecideException: deciding_exceptions.decide,
    requests.RevokeException: revoke.revoke,
    requests.JudgeException: judge.judge,
    requests.LiftLock: lock.lift_lock,
    requests.GiveRole: roles.give,
    requests.TakeRole: roles.take,
    requests.LinkAuthor: roles.link_author,
    requests.ChooseDigest: choosing_digests.choose,
    requests.OpenRoom: rooms.open_room,
    requests.OpenPlaybook: playbook.open_playbook,
    requests.DeclareRollback: declare.declare_rollback,
    requests.TakeSeat: seat.take_seat,
    requests.HandSeat: seat.hand_seat,
    requests.MoveStep: steps.move_step,
    requests.LogLine: log.log_line,
    requests.LogMessage: log.log_message,
    requests.Escalate: escalate.escalate,
    requests.Resolve: resolve.resolve,
    requests.StandDown: stand_down.stand_down,
    requests.FinishPostmortem: postmortem.finish_postmortem,
    requests.SendNotice: notices.send_notice,
    requests.WritePostmortem: writing_postmortems.write,
    requests.LinkRedeploy: writing_postmortems.link_redeploy,
    requests.AddActionItem: items.add,
    requests.EndActionItem: items.end,
    requests.HandOnActionItem: items.hand_on,
    requests.ReopenActionItem: items.reopen,
    requests.ReportBreach: criteria.report,
    requests.ConfirmBreach: criteria.confirm,
    requests.DismissBreach: criteria.dismiss,
    requests.AnswerPage: paging.answer,
    requests.AskDeployerAgain: again.again,
    requests.AcknowledgeReminder: answering.acknowledge,
    requests.SnoozeReminder: answering.snooze,
    requests.ResumeReminder: answering.resume,
    requests.ReportStep: report_step.report,
    requests.Misunderstood: frame.misunderstood,
}


def perform(tx: Tx, request: requests.Request, origin: Origin) -> Outcome:
    """Run the verb of a request in its frame."""
    return frame.perform(tx, VERBS[type(request)], request, origin)
