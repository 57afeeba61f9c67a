"""Declare a rollback.

Fields (block ids): `criteria` (checkboxes: `Criterion` values), `evidence` (text), `migration` (radio: `yes`
or `no`), `old_runs` (the same: whether the old version runs on the new schema), `outage` (the same, optional:
whether the service stops), `target` (select: a version's tag), `commander` (user, optional).
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.criteria.told import LONGEST, criterion, evidence
from domain.rollback import Criterion
from domain.types import Action
from domain.views import RollbackForm
from messages import blocks, names
from messages.blocks import Block, Element
from messages.buttons import seen
from messages.ids import Form, Target
from messages.modals.fields import View, boxes, form, person, words, yes_no
from messages.parts import labelled, quote
from messages.texts import Reader

CRITERIA, EVIDENCE, MIGRATION, TARGET, COMMANDER = "criteria", "evidence", "migration", "target", "commander"
OLD_RUNS, OUTAGE = "old_runs", "outage"
_TARGETS = 50


def rollback(reader: Reader, of: RollbackForm, pressed: Target | None = None) -> View:
    t = reader.t
    head = t("{version} is taken back from production.", version=f"*{quote(of.release.tag)}*")
    follows = t("A war room opens, its people are called, and further deploys of the project are locked.")
    inside = t("This war room is kept, and further deploys of the project are locked.")
    criteria = [blocks.option(names.criterion(reader, one), one) for one in Criterion]
    content: list[Block] = [
        blocks.section("\n".join((head, inside if of.room else follows, *_at_once(reader, of)))),
        blocks.field(t("What is met?"), boxes(CRITERIA, criteria, initial=_met(criteria, of)), CRITERIA),
        words(
            t("Evidence"),
            EVIDENCE,
            hint=t("Numbers, a dashboard, what users say."),
            initial="\n".join(evidence(one) for one in of.breaches)[:LONGEST],
        ),
        blocks.field(
            t("Does it carry a database migration?"),
            yes_no(reader, MIGRATION, initial=of.migration),
            MIGRATION,
        ),
        blocks.field(
            t("Can the old version run on the new schema?"),
            yes_no(reader, OLD_RUNS, initial=not of.database_first),
            OLD_RUNS,
            hint=t("If it cannot, the database goes back first."),
        ),
        blocks.field(
            t("Does the service stop?"),
            yes_no(reader, OUTAGE),
            OUTAGE,
            hint=t("Yes begins the outage notice at once, No leaves it out."),
            optional=True,
        ),
        _target(reader, of),
        _commander(reader, of),
    ]
    at = seen(of.release, Action.DECLARE_ROLLBACK, pressed)
    private = Target(
        project=of.project.key, release=of.release.id, room=of.room, step=at.step, state=at.state
    )
    return form(reader, Form.ROLLBACK, t("Declare rollback"), content, submit=t("Declare"), target=private)


def _at_once(reader: Reader, of: RollbackForm) -> Iterator[str]:
    """What nobody has to press any more."""
    if of.by_deployer:
        yield reader.t(
            "The deployer begins at once and goes on by itself; a step on the database waits for a press."
        )


def _met(criteria: list[Element], of: RollbackForm) -> list[Element]:
    """What the breaches say is met is ticked already."""
    met = {criterion(one) for one in of.breaches}
    return [option for option in criteria if option["value"] in met]


def _target(reader: Reader, of: RollbackForm) -> Block:
    t = reader.t
    options = [blocks.option(version, version) for version in of.targets[:_TARGETS]]
    if not options:
        nowhere = t("⚠ No earlier version is known to go back to: say in the evidence what is done instead.")
        stated = of.release.qa.way_back if of.release.qa else ""
        return blocks.section(f"{nowhere}\n{labelled(t('Way back'), quote(stated))}" if stated else nowhere)
    element = blocks.select(TARGET, options, initial=options[0])
    return blocks.field(t("Go back to"), element, TARGET, hint=_side(reader, of))


def _side(reader: Reader, of: RollbackForm) -> str:
    """Whether users can simply be sent back, or the application has to go first."""
    t = reader.t
    if of.standing is None:
        return ""
    if not of.standing:
        return t("None of them stands beside it any more: the application goes back first, then the traffic.")
    return t(
        "{version} still stands: users are simply sent back to it. For another version the application goes "
        "back first.",
        version=of.standing,
    )


def _commander(reader: Reader, of: RollbackForm) -> Block:
    t = reader.t
    first = of.commanders[0] if of.commanders else ""
    hint = t("Empty: the war room asks until somebody takes command.")
    element = person(COMMANDER, initial=first)
    return blocks.field(t("Incident commander"), element, COMMANDER, hint=hint, optional=True)
