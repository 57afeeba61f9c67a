"""The facts on a release's card: dates, changes, candidate, branch, approvals, conditions, rollout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from domain.approvals import Tally
from domain.release import Candidate, Condition, Due, Release
from domain.rollout.rollout import Rollout
from domain.scope import Scope
from domain.types import ENDED, Stage
from domain.views import CardView
from messages import names
from messages.blocks import user
from messages.changes import carried
from messages.parts import bar, code, fitting, gone_out, labelled, people, quote, sha, when
from messages.surroundings import of_scope
from messages.texts import Reader

_LIST = 1400
_CONDITION = 200
_STEPS = 8


def facts(reader: Reader, view: CardView) -> Iterator[str]:
    """At most ten fields, those that say something."""
    t, release = reader.t, view.release
    yield labelled(t("Deploy"), deploy(reader, release))
    if release.freeze_at and release.stage not in ENDED:
        yield labelled(t("Code freeze"), _freeze(reader, release))
    yield labelled(t("Changes"), changes(reader, release, view.scope) if view.scope else t("not read yet"))
    if release.candidate:
        yield labelled(t("Release candidate"), candidate(release.candidate))
    if release.branch:
        yield labelled(t("Branch"), code(release.branch))
    yield labelled(
        t("Previous version"),
        code(f"v{release.previous_version}") if release.previous_version else t("none: the first release"),
    )
    yield labelled(t("Started by"), user(release.started_by))
    if release.captain and release.captain != release.started_by:
        yield labelled(t("Captain"), user(release.captain))
    if release.soak_until and release.stage in {Stage.QA, Stage.APPROVAL, Stage.APPROVED}:
        yield _soak(reader, release.soak_until, view.gate.at)
    if release.stakeholders:
        yield labelled(t("Stakeholders"), people(reader, release.stakeholders))


def changes(reader: Reader, release: Release, scope: Scope) -> str:
    """The numbers, and what comes along with them."""
    around = of_scope(reader, scope)
    numbers = carried(reader, scope, release.left_out)
    return f"{numbers}\n{around}" if around else numbers


def candidate(of: Candidate) -> str:
    """`rc.2 · 1a2b3c4`"""
    return f"rc.{of.number} · {sha(of.sha)}"


def deploy(reader: Reader, release: Release) -> str:
    """When it went out, or is meant to; a plan that was not kept to is not shown any more."""
    planned = when(reader, release.deploy_at) if release.deploy_at else reader.t("no date yet")
    return gone_out(reader, release.deploy_started_at, release.deployed_at) or planned


def _freeze(reader: Reader, release: Release) -> str:
    if release.freeze_lifted_at:
        return reader.t("lifted {at}", at=when(reader, release.freeze_lifted_at))
    return when(reader, release.freeze_at) if release.freeze_at else ""


def _soak(reader: Reader, until: datetime, at: datetime) -> str:
    t, shown = reader.t, when(reader, until)
    if at < until:
        return labelled(t("Soak ends"), shown)
    return labelled(t("Soak"), t("over since {at}", at=shown))


def approvals(reader: Reader, tally: Tally) -> str:
    """The true tally: each place with who filled it or who still can."""
    t = reader.t
    if not tally.slots:
        return t(
            "The policy asks nobody for approval, so it cannot be approved. The owners must complete it."
        )
    given = len(tally.slots) - len(tally.open_slots)
    head = t("*Approvals* {given} of {needed}", given=given, needed=len(tally.slots))
    lines = [
        f"✓ {names.role_label(reader, slot.role)}: {user(slot.user)}" for slot in tally.slots if slot.user
    ]
    for role in dict.fromkeys(slot.role for slot in tally.open_slots):
        n = sum(1 for slot in tally.open_slots if slot.role is role)
        can = people(reader, tally.can_give.get(role, ())) or t("nobody can give it")
        count = f" ×{n}" if n > 1 else ""
        lines.append(f"○ {names.role_label(reader, role)}{count}: {can}")
    if tally.rejected_by:
        lines.append(t("✕ Rejected by {by}", by=user(tally.rejected_by)))
    return f"{head}\n{fitting(reader, lines, _LIST)}"


def conditions(reader: Reader, asked: Iterable[Condition]) -> str:
    """Every condition with its owner, its due and whether it is met."""
    lines = [f"{n}. {condition(reader, one)}" for n, one in enumerate(asked, start=1)]
    return labelled(reader.t("Conditions"), fitting(reader, lines, _LIST))


def condition(reader: Reader, of: Condition) -> str:
    t = reader.t
    text = quote(of.text, _CONDITION)
    if of.met_at:
        return t("✓ {text} · met by {by}", text=text, by=user(of.met_by))
    return f"○ {text} · {user(of.owner)} · {due(reader, of)} · {names.unmet(reader, of.unmet)}"


def due(reader: Reader, of: Condition) -> str:
    if of.due is Due.TIME and of.due_at:
        return reader.t("by {at}", at=when(reader, of.due_at))
    return names.due(reader, of.due)


def progress(reader: Reader, of: Rollout) -> str:
    """The bar, the way it is rolled out, and each step with its mark."""
    t = reader.t
    paused = " · ⏸ " + t("paused") if of.paused else ""
    head = t("*Rollout* {strategy}", strategy=names.strategy(reader, of.strategy))
    return f"{head}\n{bar(of.done, len(of.steps))}{paused}\n{_steps(reader, of)}"


def _steps(reader: Reader, of: Rollout) -> str:
    """Every step with its mark; of a long rollout those around the one that is next."""
    first = max(0, min(of.done - 1, len(of.steps) - _STEPS)) if len(of.steps) > _STEPS else 0
    shown = list(enumerate(of.steps))[first : first + _STEPS]
    marks = ("✓" if at < of.done else "▸" if at == of.done else "○" for at, _ in shown)
    steps = (quote(names.rollout_step(reader, key), 80) for _, key in shown)
    return "  ".join(f"{mark} {step}" for mark, step in zip(marks, steps, strict=True))
