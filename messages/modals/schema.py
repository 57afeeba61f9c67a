"""A change of the schema over several releases: begun, linked to a release, ended.

Fields (block ids). Beginning has `subject` and `title` (text); linking `release` (select: ids) and `phase`
(select: a `Phase`, or `none` to take the link back); ending `end` (radio: `yes` finished, `no` given up) and
`note` (text, required when it is given up).
"""

from __future__ import annotations

from domain.schema_changes import SchemaChange
from domain.schema_phases import PHASES
from domain.views import SchemaForm
from messages import blocks, names
from messages.ids import Form, Target
from messages.modals.fields import NO, YES, View, form, words
from messages.parts import code, quote
from messages.readiness.words import phase
from messages.texts import Reader

SUBJECT, TITLE, RELEASE, PHASE, END, NOTE = "subject", "title", "release", "phase", "end", "note"
NONE = "none"


def begin(reader: Reader, of: SchemaForm) -> View:
    t = reader.t
    tag = next((tag for id_, tag in of.releases if id_ == of.chosen), "")
    content = [
        blocks.section(
            t(
                "{release} takes the first phase, “expand”: it adds the new beside the old.",
                release=f"*{quote(tag)}*",
            )
        ),
        words(t("What changes?"), SUBJECT, hint=t("A table or column, as “orders.total”."), lines=False),
        words(t("How?"), TITLE, optional=True, lines=False),
    ]
    target = Target(project=of.project.key, release=of.chosen)
    return form(reader, Form.SCHEMA_BEGIN, t("Schema change"), content, submit=t("Begin"), target=target)


def link(reader: Reader, of: SchemaForm, change: SchemaChange) -> View:
    t = reader.t
    phases = [blocks.option(names.capital(phase(reader, one)), one) for one in PHASES]
    phases.append(blocks.option(t("None: take the link back"), NONE))
    content = [blocks.section(_head(change))]
    if of.releases:
        offered = [blocks.option(tag, id_) for id_, tag in of.releases]
        content.append(blocks.field(t("Release"), blocks.select(RELEASE, offered), RELEASE))
        content.append(blocks.field(t("Phase"), blocks.select(PHASE, phases), PHASE))
    else:
        content.append(blocks.section(t("There is no release to link.")))
    target = Target(project=of.project.key, change=change.id)
    submit = t("Link release") if of.releases else ""
    return form(reader, Form.SCHEMA_LINK, t("Schema change"), content, submit=submit, target=target)


def end(reader: Reader, of: SchemaForm, change: SchemaChange) -> View:
    t = reader.t
    options = [
        blocks.option(t("Finished"), YES, t("Its last phase is released.")),
        blocks.option(t("Given up"), NO, t("It is not followed any more.")),
    ]
    radio = {"type": "radio_buttons", "action_id": END, "options": options}
    content = [
        blocks.section(_head(change)),
        blocks.field(t("How does it end?"), radio, END),
        words(t("Why?"), NOTE, hint=t("Needed when it is given up."), optional=True),
    ]
    target = Target(project=of.project.key, change=change.id)
    return form(reader, Form.SCHEMA_END, t("Schema change"), content, submit=t("End"), target=target)


def _head(change: SchemaChange) -> str:
    title = f"\n{quote(change.title)}" if change.title else ""
    return f"*{code(change.subject)}*{title}"
