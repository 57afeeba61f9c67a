"""The QA result that lets a candidate go to approval.

Fields (block ids): `migration` and `breaking` (radio: `yes` or `no`, nothing preselected), `report` (text,
optional), `reservations` (text, optional), `way_back` (text; required for a first release).
"""

from __future__ import annotations

from domain.release import Release
from domain.scope import Scope
from domain.types import Action
from messages import blocks
from messages.changes import counts
from messages.ids import Form, Target
from messages.modals.fields import View, form, words, yes_no
from messages.parts import quote
from messages.texts import Reader

MIGRATION, BREAKING = "migration", "breaking"
REPORT, RESERVATIONS, WAY_BACK = "report", "reservations", "way_back"


def qa(reader: Reader, release: Release, scope: Scope | None) -> View:
    t = reader.t
    first = not release.previous_version
    carries = f"\n{counts(reader, scope.counts)}" if scope else ""
    content = [
        blocks.section(f"*{quote(release.tag)}* · rc.{release.rc}{carries}"),
        blocks.field(t("Does it carry a database migration?"), yes_no(reader, MIGRATION), MIGRATION),
        blocks.field(t("Does it break anything for those who use it?"), yes_no(reader, BREAKING), BREAKING),
        words(t("Report"), REPORT, hint=t("A link, or a few words."), optional=True, lines=False),
        words(t("Reservations"), RESERVATIONS, hint=t("Empty: passed without reservations."), optional=True),
        words(t("Way back"), WAY_BACK, hint=_way_back_hint(reader, first=first), optional=not first),
    ]
    target = Target(
        project=release.project, release=release.id, action=Action.QA_PASSED, candidate=release.rc
    )
    return form(reader, Form.QA, t("QA result"), content, submit=t("Passed"), target=target)


def _way_back_hint(reader: Reader, *, first: bool) -> str:
    t = reader.t
    if first:
        return t("The first release has no version to go back to: say what would be done instead.")
    return t("How to go back, above all with a database migration.")
