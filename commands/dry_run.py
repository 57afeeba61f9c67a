"""What would happen in git: asked by anybody of the channel, read by the git worker, answered in private."""

from __future__ import annotations

from commands import ask_git, context
from commands.record import lane, record, send
from commands.requests import AskDryRun, DryRunWasMade
from domain.errands import DryRun, DryRunDone, ToPerson
from domain.events import DryRunAsked
from domain.people import Origin
from domain.refusals import Refused, RepositoryUnknown
from domain.release import Release
from domain.types import GitStep, Stage
from domain.views import Happened
from storage import outbox
from storage.db import Tx
from storage.ids import new_id


def ask(tx: Tx, request: AskDryRun, origin: Origin) -> Happened:
    """Have the git worker find out; nothing is changed by it. Raises Refused."""
    found = context.case(tx, request.release)
    context.require_member(tx, origin, found.project)
    if not found.project.policy.repository.url:
        raise Refused(RepositoryUnknown(found.project.key))
    step = request.step or _next(found.release)
    event = DryRunAsked(release=request.release, version=found.version, step=step)
    record(tx, origin, found.project, [event])
    errand = DryRun(
        found.project.key,
        request.release,
        step,
        branch=found.release.branch or ask_git.branch_for(tx, found),
        commits=request.commits or found.release.commits,
        by=origin.actor.user,
    )
    outbox.add(tx, [lane(f"{outbox.GIT}{found.project.key}", new_id(), errand)])
    return Happened(event)


def told(tx: Tx, report: DryRunWasMade, origin: Origin) -> Happened:
    """What the worker found goes to who asked."""
    found = context.case(tx, report.release)
    done = DryRunDone(
        release=report.release,
        version=found.version,
        step=report.step,
        refs=report.refs,
        before=report.before,
        taken=report.taken,
        problem=report.problem,
        detail=report.detail,
        files=report.files,
        conflicts=report.conflicts,
    )
    send(tx, found.project, origin, [(ToPerson(report.by), done)])
    return Happened(DryRunAsked(release=report.release, version=found.version, step=report.step))


def _next(release: Release) -> GitStep:
    """What git does next for a release."""
    if release.stage is Stage.CANDIDATE:
        return GitStep.CUT
    return GitStep.TAG if release.stage is Stage.BUILDING else GitStep.FINISH
