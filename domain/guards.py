"""What must hold for a step of the lifecycle: each guard names all that is missing and who settles it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain import needs as n
from domain.calendar.entries import GateRule
from domain.calendar.gate import Verdict
from domain.in_flight import closed
from domain.needs import Missing
from domain.notes.edits import EDITORS
from domain.people import Role
from domain.release import WHO_CONFIRMS, WHO_LIFTS, Condition, ConfirmItem, Due, Release, Unmet
from domain.situation import Situation
from domain.types import FINISHED, PLANNED, URGENT, ReleaseType, Stage

RM, PM, OPS = Role.RELEASE_MANAGER, Role.PM, Role.DEVOPS


Guard = Callable[[Release, Situation], Iterable[Missing]]


def nothing_pending(release: Release, _now: Situation) -> Iterable[Missing]:
    if release.pending and not release.pending.problem:
        yield Missing(n.WorkUnderWay(release.pending.action, release.pending.at))


def scope(release: Release, now: Situation) -> Iterable[Missing]:
    if release.type in URGENT and not release.commits:
        yield Missing(n.NoCommitsNamed(), (RM,))
    if now.scope_size == 0 and release.type not in URGENT:
        yield Missing(n.EmptyScope(release.previous_version), (Role.TECH_LEAD,))
    for name in now.taken_names:
        yield Missing(n.NameTaken(name), (RM, OPS))


def freeze_begun(release: Release, now: Situation) -> Iterable[Missing]:
    if (
        release.type in PLANNED
        and not now.early
        and (release.freeze_at is None or now.at < release.freeze_at)
    ):
        yield Missing(n.FreezeNotBegun(release.freeze_at), (RM,))
    if now.early and not now.note.strip():
        yield Missing(n.ReasonMissing(), (RM,))


def head_known(release: Release, now: Situation) -> Iterable[Missing]:
    if not now.head:
        yield Missing(n.HeadUnknown(release.branch), (OPS,))


def files_written(_release: Release, now: Situation) -> Iterable[Missing]:
    """The changelog and the version that the policy wants are on the branch, or a person says why not."""
    if now.unwritten and not (now.without_files and now.note.strip()):
        yield Missing(now.unwritten, (RM, OPS))


def reason(_release: Release, now: Situation) -> Iterable[Missing]:
    if not now.note.strip():
        yield Missing(n.ReasonMissing())


def bug(_release: Release, now: Situation) -> Iterable[Missing]:
    if not now.note.strip():
        yield Missing(n.BugMissing(), (Role.QA_LEAD, RM))


def qa_answers(release: Release, now: Situation) -> Iterable[Missing]:
    if not now.qa_answered:
        yield Missing(n.QaAnswerMissing(), (Role.QA_LEAD, RM))
    if now.denied:
        yield Missing(now.denied, (Role.QA_LEAD, RM))
    if not release.previous_version and not now.way_back.strip():
        yield Missing(n.WayBackMissing(), (RM, OPS))


def notes_written(_release: Release, now: Situation) -> Iterable[Missing]:
    """The approval request links to the notes: what the policy wants in them is there by then."""
    for gap in now.notes_gaps:
        yield Missing(n.NotesIncomplete(gap.kind, gap.subject), EDITORS)


def stakeholders(release: Release, _now: Situation) -> Iterable[Missing]:
    if release.type is ReleaseType.FEATURE and not release.stakeholders:
        yield Missing(n.NoStakeholder(), (RM, PM))


def way_back_ready(_release: Release, now: Situation) -> Iterable[Missing]:
    """Before it is approved, and again before it goes out (spec 6.4, 8)."""
    yield from now.unready


def gate_open(_release: Release, now: Situation) -> Iterable[Missing]:
    if now.gate is None:
        raise ValueError("a deploy is never judged without the gate's answer")
    if now.gate.verdict is Verdict.CLOSED:
        locked = any(reason.rule is GateRule.LOCK for reason in now.gate.closing)
        yield Missing(n.GateClosed(now.gate), now.gate.who_can_grant + (WHO_LIFTS if locked else ()))


def soaked(release: Release, now: Situation) -> Iterable[Missing]:
    if release.soak_until and now.at < release.soak_until:
        yield Missing(n.NotSoaked(release.soak_until))


def _unconfirmed(release: Release, items: Iterable[ConfirmItem]) -> Iterable[Missing]:
    for item in items:
        if not release.confirmed(item):
            yield Missing(n.NotConfirmed(item), WHO_CONFIRMS[item])


def confirmable(release: Release) -> tuple[ConfirmItem, ...]:
    """What can be confirmed at this stage: nothing is true before its time."""
    return tuple(ConfirmItem) if release.stage in {Stage.APPROVAL, Stage.APPROVED} else ()


def standing_by(release: Release, _now: Situation) -> Iterable[Missing]:
    yield from _unconfirmed(release, ConfirmItem)


def staffed(_release: Release, now: Situation) -> Iterable[Missing]:
    """Somebody holds the roles that take the release from here to its end."""
    yield from now.unstaffed


def lists_settled(_release: Release, now: Situation) -> Iterable[Missing]:
    """The checklists of this step: every item done, or waived with a reason (spec 5.1)."""
    yield from now.items


def _open(
    release: Release, now: Situation, due: set[Due], *, what: tuple[Unmet, ...] = (Unmet.BLOCKS,)
) -> Iterable[Missing]:
    """The open conditions that stop this step: due by it, or past their time, and meant to stop it."""

    def applies(condition: Condition) -> bool:
        overdue = condition.due is Due.TIME and condition.due_at is not None and now.at >= condition.due_at
        current = condition.open and condition.candidate == release.rc
        return current and condition.unmet in what and (condition.due in due or overdue)

    for condition in release.conditions:
        if applies(condition):
            yield Missing(n.ConditionOpen(condition.text, condition.owner), user=condition.owner)


def conditions_before_deploy(release: Release, now: Situation) -> Iterable[Missing]:
    yield from _open(release, now, {Due.BEFORE_DEPLOY})


def conditions_before_complete(release: Release, now: Situation) -> Iterable[Missing]:
    yield from _open(release, now, {Due.BEFORE_DEPLOY, Due.BEFORE_COMPLETE})


def conditions_holding_completion(release: Release, now: Situation) -> Iterable[Missing]:
    """Before a release is called done nothing may be open, whatever it was to stop."""
    yield from _open(release, now, set(Due) - {Due.TIME}, what=tuple(Unmet))


def bound_to_head(release: Release, now: Situation) -> Iterable[Missing]:
    if not now.head:
        yield Missing(n.HeadUnknown(release.branch), (OPS,))
    elif release.candidate and now.head != release.candidate.sha:
        yield Missing(n.OutsideApproval(release.candidate.sha, now.head), (RM,))


def others_finished(release: Release, now: Situation) -> Iterable[Missing]:
    """The cross-release rules of spec 2.2."""
    for other in now.others:
        if other.stage in {Stage.DEPLOYING, Stage.ROLLING_BACK}:
            if not (release.type is ReleaseType.HOTFIX and release.parent == other.id):
                yield Missing(n.OtherDeploying(other.version, other.stage), (OPS, Role.INCIDENT_COMMANDER))
        elif release.type not in PLANNED or other.stage is Stage.ON_HOLD:
            continue
        elif other.type in URGENT and other.stage not in FINISHED:
            yield Missing(n.UrgentFirst(other.version, other.type), (RM, Role.INCIDENT_COMMANDER))
        elif other.type in PLANNED and other.older and other.stage not in FINISHED:
            yield Missing(n.OlderUnfinished(other.version, other.stage), (RM,))


def hotfix_finished(release: Release, now: Situation) -> Iterable[Missing]:
    """What a fix-forward hotfix mends is verified with it, and so after it (spec 2.2); what else is to
    be mended goes into that one, or mends it in turn.
    """
    for other in now.others:
        if other.parent == release.id and other.stage not in FINISHED:
            yield Missing(n.HotfixUnfinished(other.version, other.stage), (RM, Role.INCIDENT_COMMANDER))


def not_paused(release: Release, now: Situation) -> Iterable[Missing]:
    """The step that was under way when the gate closed may end; nothing after it may begin."""
    rollout = release.rollout
    if rollout is None or not rollout.paused or rollout.ending:
        return
    yield from gate_open_in_flight(release, now)
    if rollout.pause_reason or not closed(now.gate):
        roles = (Role.IMPLEMENTATION_MANAGER, RM, Role.INCIDENT_COMMANDER)
        yield Missing(n.RolloutPaused(rollout.pause_reason), roles)


def gate_open_in_flight(_release: Release, now: Situation) -> Iterable[Missing]:
    """No gate is given where the policy lets a rollout finish."""
    if now.gate and closed(now.gate):
        yield Missing(n.GateClosed(now.gate), now.gate.who_can_grant)


def paused(release: Release, _now: Situation) -> Iterable[Missing]:
    if not (release.rollout and release.rollout.paused):
        yield Missing(n.NotPaused())


def steps_done(release: Release, _now: Situation) -> Iterable[Missing]:
    if release.rollout and not release.rollout.complete:
        yield Missing(n.StepsLeft(release.rollout.done, len(release.rollout.steps)), (OPS,))


def nothing_in_production(release: Release, _now: Situation) -> Iterable[Missing]:
    if release.rollout and release.rollout.reached_production:
        yield Missing(n.AlreadyInProduction(release.rollout.done), (OPS, Role.INCIDENT_COMMANDER))


def is_in_production(release: Release, now: Situation) -> Iterable[Missing]:
    done = release.stage in {Stage.RELEASED, Stage.CLOSED}
    if done and now.production != str(release.version):
        yield Missing(n.NotInProduction(now.production))


def restore_not_begun(_release: Release, now: Situation) -> Iterable[Missing]:
    if now.restore_begun:
        yield Missing(n.RestoreBegun(), (Role.INCIDENT_COMMANDER,))


def restored(_release: Release, now: Situation) -> Iterable[Missing]:
    if now.restore_open:
        yield Missing(n.RestoreUnfinished(now.restore_open), (Role.INCIDENT_COMMANDER, OPS))
    if now.left_out:
        need = n.NothingRestored(now.left_out, begun=now.restore_begun)
        yield Missing(need, (Role.INCIDENT_COMMANDER, OPS))


def monitored(release: Release, now: Situation) -> Iterable[Missing]:
    if release.monitoring_until and now.at < release.monitoring_until:
        yield Missing(n.StillMonitoring(release.monitoring_until))


def merged_back(release: Release, _now: Situation) -> Iterable[Missing]:
    if not release.merged:
        yield Missing(n.NotMerged(release.branch), (OPS, RM))


def no_rejection(release: Release, _now: Situation) -> Iterable[Missing]:
    if release.hold and release.hold.by_rejection:
        yield Missing(n.RejectionStands(release.hold.by), (RM,), release.hold.by)


def held_by_rejection(release: Release, _now: Situation) -> Iterable[Missing]:
    if release.hold and not release.hold.by_rejection:
        yield Missing(n.NotRejected())
