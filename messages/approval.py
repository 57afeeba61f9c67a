"""The approval request of one candidate: what is asked, what was decided, and three buttons (spec 4)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.approvals import Decision, Outcome
from domain.release import QaReport, Release
from domain.type_policy import DEFAULT_TYPES, Separation
from domain.types import DEPLOY_BEGUN, ReleaseType, Stage
from domain.views import ApprovalView
from messages import blocks, names
from messages.approval_scope import breaking, environment, left_out, migration, since_approved
from messages.blocks import Block, user
from messages.buttons import press_button
from messages.card import title
from messages.card.facts import approvals, condition, deploy
from messages.changes import carried
from messages.checklists.progress import progress_lines
from messages.dates import duration
from messages.gates import gate_line
from messages.ids import Press, Target
from messages.message import Message
from messages.parts import code, fitting, labelled, link, quote, sha, stamp, when
from messages.readiness.badge import relaxed as readiness_relaxed
from messages.readiness.parts import way_back_row
from messages.surroundings import large_line, size_line
from messages.texts import Reader

_MARKS = {Outcome.APPROVE: "✅", Outcome.CONDITIONS: "☑️", Outcome.REJECT: "⛔"}
_DECIDED = frozenset({Stage.APPROVAL, Stage.APPROVED})
_AUTHORS = ("none", "largest", "any")
_DECISIONS = 2800
_UNLINKED = 10


def approval(reader: Reader, view: ApprovalView) -> Message:
    head = reader.t("Approval of {title}, rc.{n}", title=title(reader, view.release), n=view.candidate)
    return Message(blocks.esc(head), list(_blocks(reader, view, head)))


def open_for_decisions(view: ApprovalView) -> bool:
    """Whether the three buttons still mean something."""
    return view.current and view.release.stage in _DECIDED


def _blocks(reader: Reader, view: ApprovalView, head: str) -> Iterator[Block]:
    yield blocks.header(head)
    if standing := _standing(reader, view):
        yield blocks.section(standing)
    yield blocks.fields(_facts(reader, view))
    yield _changes(reader, view)
    yield from since_approved(reader, view)
    yield from left_out(reader, view)
    yield _release_notes(reader, view)
    if view.readiness:
        yield way_back_row(reader, view.release, view.readiness)
    if view.current or view.tally.slots:
        yield blocks.section(approvals(reader, view.tally))
    yield from _decisions(reader, view)
    yield from _notes(reader, view)
    yield from _buttons(reader, view)


def _standing(reader: Reader, view: ApprovalView) -> str:
    """What became of the request, where nothing is to be decided by it."""
    t, release = reader.t, view.release
    if view.current:
        return ""
    if view.candidate == release.rc and release.stage in DEPLOY_BEGUN:
        return t("The deploy has begun on this approval; decisions cannot be changed any more.")
    if view.candidate == release.rc and release.stage is Stage.ON_HOLD and release.place in _DECIDED:
        return t(
            "On hold: decisions are taken again once it is resumed, and those that were taken still count."
        )
    return t("This request no longer counts; the release's thread says why.")


def _facts(reader: Reader, view: ApprovalView) -> Iterator[str]:
    t, release = reader.t, view.release
    qa = _qa_of(view)
    begun = release.stage in DEPLOY_BEGUN
    yield labelled(t("Deploy") if begun else t("Planned deploy"), deploy(reader, release))
    yield labelled(t("Release candidate"), _candidate(view))
    yield labelled(t("QA result"), _qa(reader, qa))
    if view.current:
        yield labelled(t("Soak"), _soak(reader, view))
    yield labelled(t("Database migration"), migration(reader, view, qa))
    yield labelled(t("Breaking changes"), breaking(reader, view, qa))
    if view.scope and view.scope.variables:
        yield labelled(t("Environment variables"), environment(reader, view.scope.variables))
    if view.current:
        yield labelled(t("Deploying now"), gate_line(reader, view.gate))
    if qa and qa.way_back:
        yield labelled(t("Way back"), quote(qa.way_back))
    if view.current and view.lists:
        yield labelled(t("Checklists"), "\n".join(progress_lines(reader, view.lists)))


def _qa_of(view: ApprovalView) -> QaReport | None:
    qa = view.release.qa
    return qa if qa and qa.candidate == view.candidate else None


def _candidate(view: ApprovalView) -> str:
    built = view.release.candidate
    commit = f" · {sha(built.sha)}" if built and built.number == view.candidate else ""
    return f"rc.{view.candidate}{commit}"


def _qa(reader: Reader, qa: QaReport | None) -> str:
    t = reader.t
    if qa is None:
        return t("none for this candidate")
    head = t("passed with reservations") if qa.reservations else t("passed")
    report = [link(qa.report, t("QA report"))] if qa.report else []
    return "\n".join([f"{head} · {user(qa.by)}", *filter(None, [quote(qa.reservations)]), *report])


def _soak(reader: Reader, view: ApprovalView) -> str:
    t, until = reader.t, view.release.soak_until
    if until is None:
        return t("not needed")
    if until <= view.gate.at:
        return t("done")
    left = duration(reader, until - view.gate.at)
    return t("{left} left, until {at}", left=left, at=when(reader, until))


def _changes(reader: Reader, view: ApprovalView) -> Block:
    t, scope = reader.t, view.scope
    numbers = carried(reader, scope, view.release.left_out) if scope else t("not read yet")
    text = labelled(t("Changes"), numbers)
    if scope and scope.size:
        text += f"\n{size_line(reader, scope.size)}"
    if view.compare_url:
        text += "\n" + link(view.compare_url, t("Compare on the code host"))
    if scope is None or not scope.lines:
        return blocks.section(text)
    button = press_button(t("See the changes"), Press.SCOPE, Target(release=view.release.id))
    return blocks.section(text, accessory=button)


def _release_notes(reader: Reader, view: ApprovalView) -> Block:
    button = press_button(reader.t("Read the notes"), Press.NOTES, Target(release=view.release.id))
    title = reader.t("Release notes")
    return blocks.section(f"*{title}*", accessory=button)


def _decisions(reader: Reader, view: ApprovalView) -> Iterator[Block]:
    """Who decided what, when, with which conditions."""
    if not view.decisions:
        return
    t = reader.t
    ordered = sorted(view.decisions, key=lambda decision: (decision.at, decision.user))
    lines = [line for decision in ordered for line in _outcome(reader, view.release, decision)]
    text = labelled(t("Decisions"), fitting(reader, lines, _DECISIONS))
    if not view.current or view.release.stage not in _DECIDED | {Stage.ON_HOLD}:
        yield blocks.section(text)
        return
    target = Target(release=view.release.id, candidate=view.candidate)
    yield blocks.section(text, accessory=press_button(t("Take back mine"), Press.WITHDRAW, target))


def _outcome(reader: Reader, release: Release, decision: Decision) -> Iterator[str]:
    said = f": {quote(decision.comment)}" if decision.comment else ""
    what = names.outcome(reader, decision.outcome)
    yield f"{_MARKS[decision.outcome]} {user(decision.user)} · {what} · {stamp(reader, decision.at)}{said}"
    for asked in release.conditions:
        if asked.asked_by == decision.user and asked.candidate == decision.candidate:
            yield f"        {condition(reader, asked)}"


def _notes(reader: Reader, view: ApprovalView) -> Iterator[Block]:
    t, release = reader.t, view.release
    if view.large and view.scope:
        yield blocks.context(large_line(reader, view.scope.counts.total, view.scope.size))
    relaxed = relaxations(reader, release.type, view.separation)
    if relaxed:
        yield blocks.context(
            t("⚠ Separation of duties is relaxed by the project's policy: {what}", what="; ".join(relaxed))
        )
    weaker = readiness_relaxed(reader, view.readiness.rules) if view.readiness else []
    if weaker:
        yield blocks.context(
            t("⚠ The project's policy judges the way back less strictly: {what}", what="; ".join(weaker))
        )
    if release.unlinked:
        emails = ", ".join(code(email) for email in release.unlinked[:_UNLINKED])
        more = len(release.unlinked) - _UNLINKED
        rest = " " + t("and {n} more", n=more) if more > 0 else ""
        yield blocks.context(
            t(
                "⚠ Authors without a person yet: {emails}. The project's owners can link them.",
                emails=emails + rest,
            )
        )
    if open_for_decisions(view):
        yield blocks.context(t("A decision can be changed until the deploy starts; the last one counts."))


def relaxations(reader: Reader, kind: ReleaseType, separation: Separation) -> list[str]:
    """What the policy allows beyond the defaults of spec 4, in words."""
    t, strict = reader.t, DEFAULT_TYPES[kind].separation
    found = []
    if strict.starter and not separation.starter:
        found.append(t("who started the release may approve it"))
    if _AUTHORS.index(separation.authors) < _AUTHORS.index(strict.authors):
        none = separation.authors == "none"
        found.append(
            t("authors may approve it") if none else t("only the authors of the largest share are barred")
        )
    return found


def _buttons(reader: Reader, view: ApprovalView) -> Iterator[Block]:
    if not open_for_decisions(view):
        return
    t, target = reader.t, Target(release=view.release.id, candidate=view.candidate)
    yield blocks.actions(
        [
            press_button(t("Approve"), Press.APPROVE, target, style="primary"),
            press_button(t("Approve with conditions"), Press.CONDITIONS, target),
            press_button(t("Reject"), Press.REJECT, target, style="danger"),
        ]
    )
