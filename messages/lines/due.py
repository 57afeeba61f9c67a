"""Lines of a release's dates: QA or verification that is due, urgent work ahead, a window or step over."""

from __future__ import annotations

from typing import assert_never

from domain import errands as e
from domain.types import Stage
from messages import names
from messages.blocks import user
from messages.checklists.words import phase_name
from messages.dates import duration
from messages.lines.lifecycle import head
from messages.lines.steps import watch_over
from messages.parts import quote, when
from messages.texts import Reader

DueSaid = e.QaDue | e.UrgentAhead | e.MissedWindow | e.StepOver | e.StillVerifying | e.ListOpens


def due_line(reader: Reader, said: DueSaid) -> str:
    match said:
        case e.QaDue():
            return _qa_due(reader, said)
        case e.UrgentAhead():
            return _urgent(reader, said)
        case e.MissedWindow():
            return _missed(reader, said)
        case e.StepOver():
            return watch_over(reader, said)
        case e.StillVerifying():
            return _still_verifying(reader, said)
        case e.ListOpens():
            return _list_opens(reader, said)
        case _:
            assert_never(said)


def _qa_due(reader: Reader, said: e.QaDue) -> str:
    t = reader.t
    text = t(
        "{release} *QA is due*: planned until {at}, no result yet. Stage: {stage}",
        release=head(said.version),
        at=when(reader, said.due),
        stage=names.stage(reader, said.stage),
    )
    after = t(
        "The deploy is planned for {at}. Record the QA result on the card, or choose another date.",
        at=when(reader, said.deploy_at),
    )
    return f"{text}\n{after}"


def _urgent(reader: Reader, said: e.UrgentAhead) -> str:
    t = reader.t
    text = t(
        "{release} *Urgent deploy ahead*: {at}", release=head(said.version), at=when(reader, said.deploy_at)
    )
    facts = [
        t("Type: {type}", type=names.release_type(reader, said.type)),
        t("Stage: {stage}", stage=names.stage(reader, said.stage)),
    ]
    if said.captain:
        facts.append(t("Captain: {who}", who=user(said.captain)))
    return f"{text}\n{' · '.join(facts)}"


def _still_verifying(reader: Reader, said: e.StillVerifying) -> str:
    t = reader.t
    text = t(
        "{release} *Nobody has verified it yet*: deployed {at}, and its {time} of monitoring is over.",
        release=head(said.version),
        at=when(reader, said.deployed_at),
        time=duration(reader, said.monitoring),
    )
    then = t("All well? Then confirm it as verified. If not: fix forward, or declare a rollback.")
    return f"{text}\n{then}"


def _list_opens(reader: Reader, said: e.ListOpens) -> str:
    return reader.t(
        "{release} *The checklist can be worked through now*: {list}. Open items: {n}",
        release=head(said.version),
        list=phase_name(reader, said.phase),
        n=said.left,
    )


def _missed(reader: Reader, said: e.MissedWindow) -> str:
    t = reader.t
    waiting = said.waiting_on
    stage = names.stage(reader, Stage(waiting)) if waiting in set(Stage) else quote(waiting)
    text = t("{release} missed its release window. Stage: {stage}", release=head(said.version), stage=stage)
    lines = [text, t("The code freeze stays until a new date is chosen or the release is cancelled.")]
    if said.next_slots:
        slots = ", ".join(when(reader, at) for at in said.next_slots)
        lines.append(t("Next slots: {slots}", slots=slots))
    return "\n".join(lines)
