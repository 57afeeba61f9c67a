"""The way back and schema changes as they typically are, with every message and form that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.readiness import Readiness, Target, TrackedChange
from domain.readiness_rules import ReadinessRules
from domain.rehearsals import Rehearsal
from domain.schema_changes import NotExpanded, OldSchemaNeeded, PhaseLink, SchemaChange
from domain.schema_phases import Phase
from domain.types import Stage
from domain.versions import Version
from domain.views import ReadinessView, SchemaForm, SchemaRow, SchemaView
from domain.ways_back import Alternative, MigrationWay, WayBack, WayKind
from messages import approval, card
from messages.lists import schema_list
from messages.message import Message
from messages.modals import rehearsal, schema, way_back
from messages.readiness.view import readiness_answer
from messages.texts import Reader
from tests.messages.surfaces import builders as b

GIVEN = WayBack(
    path="db/0043_total.sql",
    kind=WayKind.SCRIPT,
    text="db/0043_total.down.sql",
    by="U0DBA",
    at=b.NOW,
    candidate=1,
)
INSTEAD = WayBack(
    path="db/0044_codes.sql",
    kind=WayKind.IMPOSSIBLE,
    text="<nightly> dump",
    alternative=Alternative.SELECTIVE_RESTORE,
    by="U0DBA",
    at=b.NOW,
    candidate=1,
)
REHEARSED = Rehearsal(
    id="h1",
    project="shop",
    release=b.ID,
    version="1.4.2",
    candidate=2,
    by="U0OPS",
    at=b.NOW - timedelta(days=6),
    succeeded=True,
    note="12 minutes",
)
CHANGE = SchemaChange(
    id="c1", project="shop", subject="orders.total", title="cents", started_by="U0DBA", started_at=b.NOW
)
LINKS = tuple(
    PhaseLink(phase=phase, release=f"r{n}", version=Version.parse(f"1.{n}.0"), by="U0DBA", at=b.NOW)
    for phase, n in zip(Phase, (3, 4, 5), strict=True)
)
WAITS = TrackedChange(
    change=CHANGE,
    phase=Phase.CONTRACT,
    links=LINKS,
    must_wait=OldSchemaNeeded("1.3.0", "1.4.0", in_production=False),
    planned=b.DEPLOY,
)
MIGRATES = TrackedChange(
    change=replace(CHANGE, id="c2", subject="orders.note"),
    phase=Phase.MIGRATE,
    links=LINKS[:2],
    must_wait=NotExpanded("1.2.0", "1.3.0", in_production=True, more=2),
)
READY = Readiness(
    at=b.NOW,
    rules=ReadinessRules(),
    target=Target("v1.4.2"),
    ways=(MigrationWay(GIVEN.path, GIVEN), MigrationWay(INSTEAD.path, INSTEAD)),
    rehearsal=REHEARSED,
)
FIRST_DATABASE = replace(
    READY,
    ways=(
        MigrationWay(GIVEN.path, replace(GIVEN, old_runs=True)),
        MigrationWay(INSTEAD.path, replace(INSTEAD, old_runs=False)),
    ),
)
LACKING = replace(
    READY,
    target=Target("v1.4.2", there=False),
    ways=(MigrationWay(GIVEN.path, script=GIVEN.text), MigrationWay(INSTEAD.path, INSTEAD)),
    rehearsal=replace(REHEARSED, at=b.NOW - timedelta(days=40)),
    changes=(WAITS, MIGRATES),
)
FIRST = replace(READY, target=Target("", stated="restore the backup"), ways=(), rehearsal=None)
LAX = replace(
    FIRST, rules=ReadinessRules.model_validate({"guard": {"ways_back": "warn", "rehearsal": "off"}})
)
FORM = SchemaForm(project=b.PROJECT, releases=(("r4", "v1.4.0"), ("r5", "v1.5.0")), change=CHANGE)

Surface = Callable[[Reader], Message | dict[str, Any]]


def view(of: Readiness) -> ReadinessView:
    return ReadinessView(project=b.PROJECT, release=b.release(), readiness=of)


CHANNEL: dict[str, Surface] = {
    "card_way_back_ready": lambda r: card.card(r, b.card_view(readiness=READY)),
    "card_way_back_database_first": lambda r: card.card(r, b.card_view(readiness=FIRST_DATABASE)),
    "card_way_back_lacking": lambda r: card.card(r, b.card_view(readiness=LACKING)),
    "approval_way_back": lambda r: approval.approval(r, b.approval_view(readiness=LAX)),
}
PERSON: dict[str, Surface] = {
    "way_back_ready": lambda r: readiness_answer(r, view(READY)),
    "way_back_database_first": lambda r: readiness_answer(r, view(FIRST_DATABASE)),
    "way_back_lacking": lambda r: readiness_answer(r, view(LACKING)),
    "way_back_first": lambda r: readiness_answer(r, view(FIRST)),
    "schema": lambda r: schema_list(
        r,
        SchemaView(
            project=b.PROJECT,
            rows=(
                SchemaRow(
                    change=replace(CHANGE, subject="orders.note", title=""),
                    links=((LINKS[0], Stage.ON_HOLD), (LINKS[1], Stage.QA)),
                    must_wait=NotExpanded("1.2.0", "1.3.0", in_production=False),
                ),
                SchemaRow(
                    change=replace(CHANGE, subject="orders.tax", title=""),
                    links=(),
                    must_wait=NotExpanded("", "", in_production=False),
                ),
                SchemaRow(
                    change=CHANGE,
                    links=tuple(zip(LINKS, (Stage.RELEASED, Stage.QA, Stage.CANDIDATE), strict=True)),
                    must_wait=OldSchemaNeeded("1.3.0", "1.4.0", in_production=True, more=1),
                ),
            ),
        ),
    ),
    "schema_none": lambda r: schema_list(r, SchemaView(project=b.PROJECT, rows=())),
    "form_way_back": lambda r: way_back.way_back(r, view(LACKING)),
    "form_way_back_again": lambda r: way_back.way_back(r, view(READY)),
    "form_way_back_database_first": lambda r: way_back.way_back(r, view(FIRST_DATABASE)),
    "form_rehearsal": lambda r: rehearsal.rehearsal(r, b.release()),
    "form_schema_begin": lambda r: schema.begin(r, replace(FORM, change=None, chosen="r5")),
    "form_schema_link": lambda r: schema.link(r, FORM, CHANGE),
    "form_schema_nothing_to_link": lambda r: schema.link(r, replace(FORM, releases=()), CHANGE),
    "form_schema_end": lambda r: schema.end(r, FORM, CHANGE),
}
