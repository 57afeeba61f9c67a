"""Lines of a release's way: started, each step, QA, confirmations, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.people import Role
from domain.types import Action
from messages import names
from messages.blocks import esc, user
from messages.checklists.needs import together
from messages.criteria.words import breach
from messages.needs import missing_line
from messages.needs.deploying import nobody_holds, staffed_by
from messages.parts import bar, bullets, people, quote, sha, when
from messages.texts import Reader
from messages.versions import because, tag

LifecycleSaid = (
    v.ReleaseStarted
    | v.Advanced
    | v.QaReported
    | v.Confirmed
    | v.StakeholdersNamed
    | v.CaptainNamed
    | v.Retargeted
    | v.StepDone
    | e.SoakOver
    | e.MonitoringOver
)

NOTE = 600
_LINK = re.compile(r"https?://[^\s<>|]{1,1000}")


def lifecycle_line(reader: Reader, said: LifecycleSaid) -> str:
    match said:
        case v.ReleaseStarted() | v.Retargeted():
            return _dates(reader, said)
        case v.Advanced() | v.StepDone():
            return _step(reader, said)
        case v.QaReported() | v.Confirmed() | v.StakeholdersNamed() | v.CaptainNamed():
            return _said_by_people(reader, said)
        case e.SoakOver() | e.MonitoringOver():
            return _over(reader, said)
        case _:
            assert_never(said)


def head(version: str) -> str:
    return f"*{tag(version)}*"


def noted(text: str) -> str:
    """A reason, bug or result beneath the line; nothing without one."""
    return f"\n> {quote(text, NOTE)}" if text.strip() else ""


def link(url: str, label: str) -> str:
    """A link that somebody typed; what is none is quoted."""
    return f"<{esc(url)}|{label}>" if _LINK.fullmatch(url) else quote(url)


def _dates(reader: Reader, said: v.ReleaseStarted | v.Retargeted) -> str:
    match said:
        case v.ReleaseStarted():
            return _started(reader, said)
        case v.Retargeted():
            return _retargeted(reader, said)
        case _:
            assert_never(said)


def _started(reader: Reader, said: v.ReleaseStarted) -> str:
    t = reader.t
    parts = [
        t(
            "{release} has started. Type: {type}",
            release=head(said.version),
            type=names.release_type(reader, said.type),
        )
    ]
    if said.deploy_at:
        parts.append(t("Deploy: {at}", at=when(reader, said.deploy_at)))
    if said.freeze_at:
        parts.append(t("Code freeze: {at}", at=when(reader, said.freeze_at)))
    text = "\n".join([" · ".join(parts), *_unstaffed(reader, said)])
    if not said.lower_than:
        return text
    lower = t("The changes call for {version}; a lower version was chosen.", version=tag(said.lower_than))
    why = f" {because(reader, said.lower_because)}" if said.lower_because else ""
    return f"{text}\n{lower}{why}"


def _unstaffed(reader: Reader, said: v.ReleaseStarted) -> Iterator[str]:
    """In time: at the deploy nobody could be found in a hurry."""
    if said.unstaffed:
        yield from (nobody_holds(reader, one) for one in said.unstaffed)
        yield staffed_by(reader)


def _retargeted(reader: Reader, said: v.Retargeted) -> str:
    t = reader.t
    before = when(reader, said.before) if said.before else t("no date")
    text = t(
        "{release} Deploy moved: {before} → {after}",
        release=head(said.version),
        before=before,
        after=when(reader, said.after),
    )
    if said.freeze_stays:
        text += "\n" + t("The code freeze that has begun stays.")
    elif said.freeze_after and said.freeze_after != said.freeze_before:
        text += "\n" + t("Code freeze: {at}", at=when(reader, said.freeze_after))
    return text + noted(said.reason)


def _step(reader: Reader, said: v.Advanced | v.StepDone) -> str:
    t = reader.t
    if isinstance(said, v.StepDone):
        step = names.rollout_step(reader, said.step)
        text = f"{head(said.version)} {quote(step)} {bar(said.done, said.total)}{noted(said.note)}"
        return text + _left_to_people(reader, said.by_hand)
    text = f"{head(said.version)} {names.action_done(reader, said.action)}"
    if said.sha and said.action in {Action.BUILD_PASSED, Action.DEPLOY}:
        text += f" (rc.{said.candidate} {sha(said.sha)})"
    if said.target is not said.source:
        text += " · " + t("Stage: {stage}", stage=names.stage(reader, said.target))
    if said.action is Action.HEAD_MOVED:
        moved = t(
            "The branch is now at {commit}, so earlier approvals do not cover it.", commit=sha(said.note)
        )
        return f"{text}\n{moved}"
    return text + noted(said.note) + _left_to_people(reader, said.by_hand)


def _left_to_people(reader: Reader, step: str) -> str:
    """Who counts on the deployer would wait for nothing."""
    if not step:
        return ""
    return "\n" + reader.t(
        "No deployer is asked for it: {step}. The policy now leaves production to people. Who puts it out, "
        "and reports it on the card: {who}",
        step=quote(names.rollout_step(reader, step), 80),
        who=names.role(reader, Role.DEVOPS),
    )


def _said_by_people(
    reader: Reader, said: v.QaReported | v.Confirmed | v.StakeholdersNamed | v.CaptainNamed
) -> str:
    t = reader.t
    match said:
        case v.QaReported():
            return _qa(reader, said)
        case v.Confirmed():
            item = names.confirm_item(reader, said.item)
            if said.taken_back:
                return t("{release} No longer confirmed: {item}", release=head(said.version), item=item)
            return t("{release} Confirmed: {item}", release=head(said.version), item=item) + noted(said.note)
        case v.StakeholdersNamed():
            return t(
                "{release} Stakeholders: {people}",
                release=head(said.version),
                people=people(reader, said.users),
            )
        case v.CaptainNamed(former=""):
            return t("{release} Captain on duty: {who}", release=head(said.version), who=user(said.captain))
        case v.CaptainNamed():
            return t(
                "{release} Captain: {former} → {who}",
                release=head(said.version),
                former=user(said.former),
                who=user(said.captain),
            )
        case _:
            assert_never(said)


def _qa(reader: Reader, said: v.QaReported) -> str:
    t = reader.t
    yes, no = t("yes"), t("no")
    lines = [
        t(
            "{release} QA passed for rc.{candidate}. "
            "DB migration: {migration} · Breaking changes: {breaking}",
            release=head(said.version),
            candidate=said.candidate,
            migration=yes if said.migration else no,
            breaking=yes if said.breaking else no,
        )
    ]
    if said.reservations.strip():
        lines.append(t("Reservations: {text}", text=quote(said.reservations, NOTE)))
    if said.way_back.strip():
        lines.append(t("Way back: {text}", text=quote(said.way_back, NOTE)))
    if said.report.strip():
        lines.append(t("Report: {link}", link=link(said.report.strip(), t("QA report"))))
    return "\n".join(lines)


def _over(reader: Reader, said: e.SoakOver | e.MonitoringOver) -> str:
    if isinstance(said, e.SoakOver):
        return reader.t("{release} The staging soak is over.", release=head(said.version))
    text = _monitored(reader, said)
    if said.replaced:
        newer = reader.t("{release} has replaced it: all users have that one.", release=head(said.replaced))
        text = f"{text}\n{newer}"
    blue = reader.t("Blue is still kept for the way back: once the release is closed, it may go.")
    return f"{text}\n{blue}" if said.blue else text


def _monitored(reader: Reader, said: e.MonitoringOver) -> str:
    t = reader.t
    if said.against:
        text = t(
            "{release} Monitoring is over, but not all is well. Look before the release is closed:",
            release=head(said.version),
        )
        return f"{text}\n{bullets(breach(reader, one) for one in said.against)}"
    if said.missing:
        text = t(
            "{release} Monitoring is over, and all that was measured is fine. Closing still needs:",
            release=head(said.version),
        )
        return f"{text}\n{bullets(missing_line(reader, one) for one in together(said.missing))}"
    return t(
        "{release} Monitoring is over. Was all well? Then close the release.", release=head(said.version)
    )
