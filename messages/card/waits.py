"""What a release waits for now, in one sentence that names who can give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from domain.lifecycle import TRANSITIONS, who_may
from domain.release import WHO_LIFTS, Release
from domain.rollout.rollout import Rollout
from domain.types import FINISHED, Action, Stage
from domain.views import CardView
from messages import names
from messages.blocks import user
from messages.deploys import words
from messages.names import word
from messages.needs.deploying import gate_reasons
from messages.parts import message_link, people, quote, stamp, when
from messages.texts import Reader
from messages.versions import tag

# Stages that wait for one step, and who may take it.
_FOR_STEP: Mapping[Stage, tuple[Action, str]] = {
    Stage.BUILDING: (Action.BUILD_PASSED, word("Waits for the result of the build from {who}.")),
    Stage.STAGING: (Action.STAGING_DEPLOYED, word("Waits for staging from {who}.")),
    Stage.QA: (Action.QA_PASSED, word("Waits for the QA result from {who}.")),
    Stage.FIXING: (Action.REBUILD, word("Waits for the fix, then for a new build from {who}.")),
}
_SIMPLY: Mapping[Stage, str] = {
    Stage.CLOSED: word("Done: nothing is waited for."),
    Stage.ROLLING_BACK: word("The rollback is under way in the war room; it ends there."),
}


def waits_for(reader: Reader, view: CardView) -> str:
    """One or two sentences, mrkdwn."""
    release = view.release
    if release.stage in _FOR_STEP:
        action, text = _FOR_STEP[release.stage]
        return reader.t(text, who=_who(reader, release, action))
    if release.stage in _SIMPLY:
        return reader.t(_SIMPLY[release.stage])
    return _FROM_FACTS[release.stage](reader, view)


def _who(reader: Reader, release: Release, action: Action) -> str:
    """The roles that may take this step from here."""
    row = next(r for r in TRANSITIONS if r.action is action and release.stage in r.sources)
    return names.roles(reader, who_may(release, row))


def _for_cut(reader: Reader, view: CardView) -> str:
    t, release = reader.t, view.release
    who = _who(reader, release, Action.CUT_BRANCH)
    if release.freeze_at is None or view.gate.at >= release.freeze_at:
        return t("Waits for the release branch from {who}.", who=who)
    freeze = when(reader, release.freeze_at)
    return t("Waits for the code freeze, {at}; then for the release branch from {who}.", at=freeze, who=who)


def _for_approval(reader: Reader, view: CardView) -> str:
    t = reader.t
    waiting = view.tally.waiting_for if view.tally else ()
    if not waiting:
        return t("Waits for approval, and nobody is left who could give it. The owners can change the roles.")
    return t("Waits for approval from {who}. The request is in the thread.", who=people(reader, waiting))


def _for_deploy(reader: Reader, view: CardView) -> str:
    t = reader.t
    if view.lock:
        return _for_unlock(reader, view)
    if view.missing:
        return t("Approved. What the deploy still needs stands below.")
    who = _who(reader, view.release, Action.DEPLOY)
    return t("Approved and ready. Waits for the deploy from {who}.", who=who)


def _for_unlock(reader: Reader, view: CardView) -> str:
    """A rollback has locked the project's deploys, of every type (spec 6.1)."""
    t = reader.t
    text = t(
        "Approved, but deploys of the project are locked. Waits for the lock to be lifted by {who}.",
        who=names.roles(reader, WHO_LIFTS),
    )
    return text + " " + t("What else the deploy needs stands below.") if view.missing else text


def _for_rollout(reader: Reader, view: CardView) -> str:
    t, release, rollout = reader.t, view.release, view.release.rollout
    if rollout is None:
        return t("The rollout is under way.")
    if rollout.pause_reason:
        return t("Paused: {reason}", reason=quote(words(reader, rollout.pause_reason)))
    if rollout.interruption:
        return _for_gate(reader, view)
    if rollout.complete:
        who = _who(reader, release, Action.ROLLOUT_COMPLETE)
        return t("All steps are done. Waits for the end of the rollout from {who}.", who=who)
    step = quote(names.rollout_step(reader, rollout.steps[rollout.done]))
    if until := rollout.watch_until:
        return _for_the_go(reader, view, until, step)
    if rollout.automatic:
        return t("The deployer is at it: {step}.", step=step)
    if rollout.live_first:
        who = _who(reader, release, Action.STEP_LIVE)
        return t("Being put out: {step}. Waits for the word that it is out from {who}.", step=step, who=who)
    who = _who(reader, release, Action.STEP_DONE)
    return t("Under way: {step}. Waits for the word that it is done from {who}.", step=step, who=who)


def _for_the_go(reader: Reader, view: CardView, until: datetime, step: str) -> str:
    t, release, rollout = reader.t, view.release, view.release.rollout
    if rollout and view.gate.at >= until:
        return f"{_watched(reader, rollout, step)} {_go(reader, release, rollout, until)}"
    if rollout and rollout.by_itself:
        return t(
            "{step} is live, watched until {at}; goes on by itself if all is fine.",
            step=step,
            at=when(reader, until),
        )
    who = _who(reader, release, Action.STEP_DONE)
    return t(
        "{step} is live, watched until {at}; then waits for the go from {who}.",
        step=step,
        at=when(reader, until),
        who=who,
    )


def _watched(reader: Reader, rollout: Rollout, step: str) -> str:
    """What nobody has to watch is over with its watch as soon as it is live."""
    if rollout.planned(rollout.done).watch:
        return reader.t("{step} has been watched.", step=step)
    return reader.t("{step} is live.", step=step)


def _go(reader: Reader, release: Release, rollout: Rollout, since: datetime) -> str:
    t, who = reader.t, _who(reader, release, Action.STEP_DONE)
    if rollout.by_itself:
        return t("Goes on by itself as soon as all is fine, or by the go from {who}.", who=who)
    return t("Waits for the go from {who} since {at}.", who=who, at=when(reader, since))


def _for_gate(reader: Reader, view: CardView) -> str:
    """The calendar paused it; the step that was under way may still be reported."""
    t, release, rollout = reader.t, view.release, view.release.rollout
    why = "; ".join(gate_reasons(reader, view.gate))
    text = (
        t("Paused by the calendar: {reasons}", reasons=why) if why else t("Paused; the gate is open again.")
    )
    who = _who(reader, release, Action.CONTINUE)
    text += "\n" + t("Waits for a decision from {who}: continue, or declare a rollback.", who=who)
    if rollout is None or not rollout.ending:
        return text
    step = quote(names.rollout_step(reader, rollout.step_under_way))
    who = _who(reader, release, Action.STEP_DONE)
    return text + "\n" + t("Still under way: {step}, reported by {who}.", step=step, who=who)


def _for_verification(reader: Reader, view: CardView) -> str:
    """What is mended by a hotfix is verified with it (spec 2.2)."""
    t, who = reader.t, _who(reader, view.release, Action.VERIFIED)
    coming = [one for one in view.mended_by if one.stage not in FINISHED]
    if not coming:
        return t("In production. Waits for verification from {who}.", who=who)
    hotfixes = ", ".join(f"*{quote(one.tag)}* ({names.stage(reader, one.stage)})" for one in coming)
    return t(
        "In production. Waits for the hotfix that mends it: {hotfixes}; then for verification from {who}.",
        hotfixes=hotfixes,
        who=who,
    )


def _for_monitoring(reader: Reader, view: CardView) -> str:
    t, release = reader.t, view.release
    if release.close_asked_at:
        who = _who(reader, release, Action.CLOSE)
        return t("Monitoring is over. Waits for closing from {who}.", who=who)
    if release.monitoring_until is None:
        return t("Released.")
    return t("Released. Under watch until {at}.", at=when(reader, release.monitoring_until))


def _for_resume(reader: Reader, view: CardView) -> str:
    t, hold = reader.t, view.release.hold
    if hold is None:
        return t("On hold until somebody resumes it.")
    by, reason = user(hold.by), quote(hold.reason)
    if not hold.by_rejection:
        return t("Put on hold by {by}: {reason}", by=by, reason=reason)
    text = t("Rejected by {by}: {reason}", by=by, reason=reason)
    way_on = t("Either the rejection is taken back, or a new candidate is built.")
    return f"{text}\n{way_on}"


def _rolled_back(reader: Reader, view: CardView) -> str:
    t, done = reader.t, view.postmortem_done_at
    if done is None:
        return t("Rolled back. The post-mortem follows in the war room.")
    return t("Rolled back. The post-mortem was finished {at}.", at=stamp(reader, done))


def _cancelled(reader: Reader, view: CardView) -> str:
    t, release = reader.t, view.release
    if release.superseded_by:
        newer = message_link(reader, view.newer_channel, view.newer_ts, tag(release.superseded_by))
        return t("Cancelled. Its changes go out with {version}.", version=f"*{newer}*")
    return t("Cancelled; its version is not used again.")


_FROM_FACTS: Mapping[Stage, Callable[[Reader, CardView], str]] = {
    Stage.CANDIDATE: _for_cut,
    Stage.APPROVAL: _for_approval,
    Stage.APPROVED: _for_deploy,
    Stage.DEPLOYING: _for_rollout,
    Stage.VERIFYING: _for_verification,
    Stage.RELEASED: _for_monitoring,
    Stage.ON_HOLD: _for_resume,
    Stage.CANCELLED: _cancelled,
    Stage.ROLLED_BACK: _rolled_back,
}
