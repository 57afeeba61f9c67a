"""The one card of a release: where it stands, what it waits for, and the buttons that this stage allows."""

from __future__ import annotations

from collections.abc import Iterator

from domain.release import Release
from domain.types import BEFORE_DEPLOY, ENDED, Stage
from domain.views import CardView
from messages import blocks, names
from messages.blocks import Block
from messages.card.breaches import breaches
from messages.card.deploying import deploying
from messages.card.facts import approvals, conditions, facts, progress
from messages.card.health import health_line
from messages.card.presses import confirming, meeting, presses
from messages.card.rollout import timetable
from messages.card.troubles import troubles
from messages.card.waits import waits_for
from messages.card.way import way
from messages.checklists.needs import together
from messages.checklists.progress import progress_lines
from messages.gates import gate_line
from messages.message import Message
from messages.needs import missing_line
from messages.parts import fitting, labelled, quote, stamp
from messages.readiness.parts import way_back_row
from messages.texts import Reader

_TITLE = 64
_MISSING = 2500
_WITH_APPROVALS = frozenset({Stage.APPROVAL, Stage.APPROVED, Stage.ON_HOLD})
_WITH_TIMES = frozenset({Stage.DEPLOYING, Stage.VERIFYING, Stage.RELEASED})
_WITH_ROLLOUT = frozenset({Stage.DEPLOYING, Stage.VERIFYING, Stage.ROLLING_BACK})


def card(reader: Reader, view: CardView) -> Message:
    """Always whole and from the state alone; `reader` is the project's channel."""
    release = view.release
    stage = names.stage(reader, release.stage)
    return Message(blocks.esc(f"{title(reader, release)}: {stage}"), list(_blocks(reader, view)))


def title(reader: Reader, release: Release) -> str:
    """`v1.5.0 · Regular release`, plain text."""
    kind = reader.t("{type} release", type=names.release_type(reader, release.type))
    parts = [blocks.cut(release.tag, _TITLE), kind]
    if release.feature:
        parts.append(blocks.cut(blocks.clean(release.feature), _TITLE))
    return " · ".join(parts)


def _blocks(reader: Reader, view: CardView) -> Iterator[Block]:
    release = view.release
    stage = names.stage(reader, release.stage)
    since = reader.t("{stage} since {at}", stage=stage, at=stamp(reader, release.stage_since))
    yield blocks.header(title(reader, release))
    yield blocks.section(f"{way(reader, release)}\n\n{waits_for(reader, view)}")
    yield blocks.context(since)
    yield from troubles(reader, view)
    yield blocks.fields(facts(reader, view))
    yield from _details(reader, view)
    yield from _still_needed(reader, view)
    yield from presses(reader, view)
    if not view.to_confirm:
        yield from confirming(reader, view)
    yield blocks.context(*_footer(reader, view))


def _details(reader: Reader, view: CardView) -> Iterator[Block]:
    release = view.release
    if view.tally and release.stage in _WITH_APPROVALS:
        yield blocks.section(approvals(reader, view.tally))
    asked = [condition for condition in release.conditions if condition.candidate == release.rc]
    if asked and release.stage not in ENDED:
        yield blocks.section(conditions(reader, asked))
        yield from meeting(reader, release)
    if not release.previous_version and release.qa and release.stage not in ENDED:
        yield blocks.section(labelled(reader.t("Way back"), quote(release.qa.way_back)))
    if view.readiness:
        yield way_back_row(reader, release, view.readiness)
    if release.rollout and release.stage in _WITH_ROLLOUT:
        yield blocks.section(progress(reader, release.rollout))
    yield from deploying(reader, view.deployments)
    if release.stage in _WITH_TIMES:
        yield from (blocks.section(text) for text in timetable(reader, release, view.gate.at))
    if view.health:
        yield blocks.section(health_line(reader, view.health))
    yield from breaches(reader, view)
    if view.lists:
        lines = "\n".join(progress_lines(reader, view.lists))
        yield blocks.section(labelled(reader.t("Checklists"), lines))
    if release.stage in BEFORE_DEPLOY | {Stage.ON_HOLD}:
        yield blocks.section(labelled(reader.t("Deploying now"), gate_line(reader, view.gate)))


def _still_needed(reader: Reader, view: CardView) -> Iterator[Block]:
    """What the deploy still needs, and the buttons of those who confirm; the lists beside these."""
    t = reader.t
    if view.missing:
        lines = [f"• {missing_line(reader, one, short=True)}" for one in together(view.missing)]
        why = fitting(reader, lines, _MISSING)
        yield blocks.section(labelled(t("The deploy still needs"), why))
    if view.to_confirm:
        yield blocks.context(t("To confirm, by the people who know:"))
        yield from confirming(reader, view)


def _footer(reader: Reader, view: CardView) -> Iterator[str]:
    t, release = reader.t, view.release
    language = reader.language
    yield quote(view.project.title.get(language) or view.project.key)
    if view.room_channel:
        yield t("War room {channel}", channel=blocks.channel(view.room_channel))
    if release.parent:
        yield t("Mends a release in verification")
    for one in view.mended_by:
        stage = names.stage(reader, one.stage)
        yield t("Mended by {version} ({stage})", version=f"*{quote(one.tag)}*", stage=stage)
    if release.qa and release.qa.report:
        yield t("QA report: {report}", report=quote(release.qa.report))
