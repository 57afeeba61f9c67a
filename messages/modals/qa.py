"""The QA result that lets a candidate go to approval.

Fields (block ids): `migration` and `breaking` (radio: `yes` or `no`, preselected by what was detected),
`deviates` (box, only where something was detected: the answers say otherwise, and that is meant), `report`
(text, optional), `reservations` (text, optional), `way_back` (text; required for a first release).
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.release import Release
from domain.scope import Scope
from domain.signs import Signs, signs
from domain.types import Action
from messages import blocks
from messages.blocks import Block
from messages.changes import carried
from messages.ids import Form, Target
from messages.modals.fields import View, boxes, form, words, yes_no
from messages.parts import fitting, quote
from messages.surroundings import paths
from messages.texts import Reader

MIGRATION, BREAKING = "migration", "breaking"
REPORT, RESERVATIONS, WAY_BACK = "report", "reservations", "way_back"
DEVIATES = "deviates"
_LIST = 600


def qa(reader: Reader, release: Release, scope: Scope | None) -> View:
    t = reader.t
    first = not release.previous_version
    carries = f"\n{carried(reader, scope, release.left_out)}" if scope else ""
    seen = signs(scope, release.hidden) if scope else None
    migration = yes_no(reader, MIGRATION, initial=seen.migration if seen else None)
    breaking = yes_no(reader, BREAKING, initial=seen.breaking if seen else None)
    content = [
        blocks.section(f"*{quote(release.tag)}* · rc.{release.rc}{carries}"),
        *(_detected(reader, scope, seen) if scope and seen else ()),
        blocks.field(t("Does it carry a database migration?"), migration, MIGRATION),
        blocks.field(t("Does it break anything for those who use it?"), breaking, BREAKING),
        *(_deviating(reader) if seen and (seen.migration or seen.breaking) else ()),
        words(t("Report"), REPORT, hint=t("A link, or a few words."), optional=True, lines=False),
        words(t("Reservations"), RESERVATIONS, hint=t("Empty: passed without reservations."), optional=True),
        words(t("Way back"), WAY_BACK, hint=_way_back_hint(reader, first=first), optional=not first),
    ]
    target = Target(
        project=release.project, release=release.id, action=Action.QA_PASSED, candidate=release.rc
    )
    return form(reader, Form.QA, t("QA result"), content, submit=t("Passed"), target=target)


def _detected(reader: Reader, scope: Scope, seen: Signs) -> Iterator[Block]:
    """What the answers are preselected by."""
    t = reader.t
    if scope.migrations:
        title = t("Detected migrations")
        yield blocks.section(f"*{title}*\n{paths(reader, scope.migrations, _LIST)}")
    if seen.breaking:
        title = t("Detected breaking changes")
        lines = [f"• {quote(text)}" for text in seen.breaking_changes]
        yield blocks.section(f"*{title}*\n{fitting(reader, lines, _LIST)}")


def _deviating(reader: Reader) -> Iterator[Block]:
    t = reader.t
    box = boxes(DEVIATES, [blocks.option(t("I have looked at what was detected"), DEVIATES)])
    yield blocks.field(t("If you answer no all the same"), box, DEVIATES, optional=True)


def _way_back_hint(reader: Reader, *, first: bool) -> str:
    t = reader.t
    if first:
        return t("The first release has no version to go back to: say what would be done instead.")
    return t("How to go back, above all with a database migration.")
