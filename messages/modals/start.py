"""Start a release: project, type, version with its reason, deploy time, and what the type asks for.

Fields (block ids): `project` and `type` (selects whose change is dispatched), `production` (select: a tag or
`NOTHING`, before the first release only), `version` (text), `slot`
(select: unix seconds of the deploy, see `fields.slot_time`), `deploy_at` (picker: unix seconds, beats the
slot), `feature` (text), `commits` (text: commits or pull requests, by space, comma or line), `stakeholders`
(users). Only those that the chosen type has are there.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.types import PLANNED, URGENT, ReleaseType
from domain.versions import MAX_LENGTH
from domain.versions.reasons import reason_of
from domain.views import ProjectView, StartForm
from messages import blocks, names
from messages.blocks import Block, Element
from messages.changes import counts
from messages.ids import Form, Press, Target
from messages.modals.fields import View, date_time, form, persons, slot_options, slot_value, words
from messages.parts import code
from messages.problems import problem_text
from messages.surroundings import large_line, of_scope
from messages.texts import Reader
from messages.versions import because

PROJECT, TYPE, VERSION = "project", "type", "version"
SLOT, DEPLOY_AT = "slot", "deploy_at"
FEATURE, COMMITS, STAKEHOLDERS = "feature", "commits", "stakeholders"
PRODUCTION, NOTHING = "production", "nothing"
_PROJECTS = 100
_TAGS = 30


def start(reader: Reader, of: StartForm) -> View:
    """Without facts it says that the repository is being read; it is updated when that is known."""
    t = reader.t
    target = Target(project=of.project.key, release=of.parent)
    content = list(_content(reader, of))
    return form(reader, Form.START, t("Start a release"), content, submit=t("Start"), target=target)


def _content(reader: Reader, of: StartForm) -> Iterator[Block]:
    if len(of.projects) > 1:
        yield _project(reader, of)
    yield _type(reader, of)
    yield blocks.context(_about(reader, of.type))
    if of.to_confirm:
        yield _production(reader, of)
    yield _version(reader, of)
    yield blocks.context(_reason(reader, of))
    yield from _carries(reader, of)
    yield from _special(reader, of)
    yield from _date(reader, of)


def _project(reader: Reader, of: StartForm) -> Block:
    options = [blocks.option(_title(reader, one), one.key) for one in of.projects[:_PROJECTS]]
    chosen = next((option for option in options if option["value"] == of.project.key), None)
    element = blocks.select(Press.START_PROJECT, options, initial=chosen)
    return {**blocks.field(reader.t("Project"), element, PROJECT), "dispatch_action": True}


def _title(reader: Reader, project: ProjectView) -> str:
    return project.title.get(reader.language) or project.key


def _type(reader: Reader, of: StartForm) -> Block:
    options = [blocks.option(names.release_type(reader, kind), kind) for kind in ReleaseType]
    chosen = next(option for option in options if option["value"] == of.type)
    element = blocks.select(Press.START_TYPE, options, initial=chosen)
    return {**blocks.field(reader.t("Release type"), element, TYPE), "dispatch_action": True}


def _about(reader: Reader, kind: ReleaseType) -> str:
    t = reader.t
    return {
        ReleaseType.REGULAR: t("Features, improvements and fixes on the cadence, with a code freeze."),
        ReleaseType.EMERGENCY: t("A P1/P2 bug or a critical security patch, cut from named commits."),
        ReleaseType.HOTFIX: t("A fix during an incident, cut from named commits on what is in production."),
        ReleaseType.FEATURE: t("One large feature; its stakeholders approve it as well."),
    }[kind]


def _production(reader: Reader, of: StartForm) -> Block:
    """What runs before the first release is a person's word; it is asked once."""
    t = reader.t
    found, *others = of.to_confirm[:_TAGS]
    options = [blocks.option(found, found, t("The highest tag on main"))]
    options += [blocks.option(tag, tag) for tag in others]
    options.append(blocks.option(t("Nothing yet: this is the first release"), NOTHING))
    hint = t("Confirm it or choose another one. Naru asks this once, before the first release.")
    element = blocks.select(f"{PRODUCTION}.{of.project.key}", options, initial=options[0])
    return blocks.field(t("In production now"), element, PRODUCTION, hint=hint)


def _version(reader: Reader, of: StartForm) -> Block:
    """The action id carries what is shown: another proposal is shown although something was there before."""
    shown = (of.version or of.proposed)[:MAX_LENGTH]
    element = blocks.text_input(f"{VERSION}.{shown}", initial=shown, placeholder="1.5.0", limit=MAX_LENGTH)
    return blocks.field(reader.t("Version"), element, VERSION)


def _reason(reader: Reader, of: StartForm) -> str:
    """Why this version is proposed."""
    t, facts = reader.t, of.facts
    if facts is None:
        return t("⏳ Naru is reading the repository; the proposed version appears here in a moment.")
    if facts.problem:
        return t(
            "⚠ {problem} You can type the version yourself.", problem=problem_text(reader, facts.problem)
        )
    if not of.production:
        return t("No earlier release was found: this is the first one.")
    since = code(of.production)
    if of.type in URGENT:
        return t("Proposed: the next free patch after {since}.", since=since)
    if facts.scope is None:
        return t("Proposed from the commits since {since}.", since=since)
    text = t(
        "Proposed from the commits since {since}: {counts}",
        since=since,
        counts=counts(reader, facts.scope.counts),
    )
    return f"{text}\n{because(reader, reason_of(facts.scope))}"


def _carries(reader: Reader, of: StartForm) -> Iterator[Block]:
    """What a planned release brings along, and whether that is unusually much."""
    scope = of.facts.scope if of.facts and of.type in PLANNED else None
    if scope is None:
        return
    if around := of_scope(reader, scope):
        yield blocks.context(around)
    if of.large:
        yield blocks.context(large_line(reader, scope.counts.total, scope.size))


def _special(reader: Reader, of: StartForm) -> Iterator[Block]:
    """What only some types ask for."""
    t = reader.t
    if of.type is ReleaseType.FEATURE:
        yield words(t("Feature name"), FEATURE, lines=False, hint=t("It names the branch: release/feature-…"))
        hint = t("Each of them must approve; at least one is needed before approval is asked.")
        yield blocks.field(t("Stakeholders"), persons(STAKEHOLDERS), STAKEHOLDERS, hint=hint, optional=True)
    if of.type in URGENT:
        hint = t("Commits or pull requests, separated by spaces or lines: 3f9c2a1 #128")
        yield words(t("Commits"), COMMITS, hint=hint, optional=True)


def _date(reader: Reader, of: StartForm) -> Iterator[Block]:
    t = reader.t
    planned = of.type in PLANNED
    if planned and of.slots:
        yield blocks.field(t("Deploy"), _slots(reader, of), SLOT, optional=True)
    own = of.deploy_at if of.deploy_at and not _is_slot(of) else None
    label = t("Or another time") if planned and of.slots else t("Deploy")
    hint = t("Beats the choice above.") if planned and of.slots else t("Empty: as soon as it is ready.")
    picker = date_time(f"{DEPLOY_AT}.{of.project.key}", initial=own)
    yield blocks.field(label, picker, DEPLOY_AT, hint=hint, optional=True)


def _slots(reader: Reader, of: StartForm) -> Element:
    options = slot_options(reader, of.slots)
    wanted = str(int(of.deploy_at.timestamp())) if of.deploy_at and _is_slot(of) else slot_value(of.slots[0])
    chosen = next((option for option in options if option["value"] == wanted), None)
    return blocks.select(f"{SLOT}.{of.project.key}", options, initial=chosen)


def _is_slot(of: StartForm) -> bool:
    return any(slot.deploy_at == of.deploy_at for slot in of.slots)
