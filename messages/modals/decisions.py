"""Approve with conditions, reject, meet a condition, confirm an item.

Fields (block ids). Conditions 1 to 3, each `text_N`, `owner_N` (user, optional), `due_N` (select: a `Due`),
`due_at_N` (picker: unix seconds, for `time`), `unmet_N` (select: an `Unmet`); only the first is required.
Rejecting has `comment`, meeting `evidence`, confirming `note` (both optional).
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.release import Condition, ConfirmItem, Due, Release, Unmet
from messages import blocks, names
from messages.blocks import Block, user
from messages.ids import Form, Target
from messages.modals.fields import View, date_time, form, person, words
from messages.parts import quote
from messages.texts import Reader

TEXT, OWNER, DUE, DUE_AT, UNMET = "text", "owner", "due", "due_at", "unmet"
COMMENT, EVIDENCE, NOTE = "comment", "evidence", "note"
CONDITIONS = (1, 2, 3)
_SHOWN = 1500


def named(field: str, number: int) -> str:
    """`owner_2`: the field of the second condition."""
    return f"{field}_{number}"


def approve_with_conditions(reader: Reader, release: Release) -> View:
    t = reader.t
    content: list[Block] = [
        blocks.section(
            t(
                "Your approval of {version} counts at once; each condition holds its step until it is met.",
                version=_candidate(release),
            )
        )
    ]
    for number in CONDITIONS:
        content += _condition(reader, number)
    return form(
        reader,
        Form.CONDITIONS,
        t("Conditions"),
        content,
        submit=t("Approve"),
        target=_target(release),
    )


def _condition(reader: Reader, number: int) -> Iterator[Block]:
    t = reader.t
    optional = number > 1
    yield blocks.divider()
    yield words(t("Condition {n}", n=number), named(TEXT, number), optional=optional)
    owner = person(named(OWNER, number))
    yield blocks.field(
        t("Owner"), owner, named(OWNER, number), hint=t("Empty: the release's captain."), optional=True
    )
    dues = [blocks.option(names.due(reader, due), due) for due in Due]
    yield blocks.field(t("Due"), blocks.select(named(DUE, number), dues, initial=dues[0]), named(DUE, number))
    at = date_time(named(DUE_AT, number))
    yield blocks.field(t("Time"), at, named(DUE_AT, number), hint=t("Only for a set time."), optional=True)
    what = [blocks.option(names.unmet(reader, unmet), unmet) for unmet in Unmet]
    element = blocks.select(named(UNMET, number), what, initial=what[0])
    yield blocks.field(t("While it is not met"), element, named(UNMET, number))


def reject(reader: Reader, release: Release) -> View:
    t = reader.t
    content = [
        blocks.section(
            t(
                "Rejecting puts {version} on hold, until you take it back or a new candidate is built.",
                version=_candidate(release),
            )
        ),
        words(t("Why?"), COMMENT, hint=t("Shown on the request and in the thread.")),
    ]
    return form(reader, Form.REJECT, t("Reject"), content, submit=t("Reject"), target=_target(release))


def meet(reader: Reader, release: Release, condition: Condition) -> View:
    t = reader.t
    content = [
        blocks.section(f"*{quote(release.tag)}*\n{quote(condition.text, _SHOWN)}"),
        blocks.context(t("Asked by {by}", by=user(condition.asked_by))),
        words(t("Evidence"), EVIDENCE, hint=t("What shows that it is met; a link is best."), optional=True),
    ]
    target = Target(project=release.project, release=release.id, condition=condition.id)
    return form(reader, Form.MEET, t("Condition met"), content, submit=t("Met"), target=target)


def confirm(reader: Reader, release: Release, item: ConfirmItem) -> View:
    t = reader.t
    content = [
        blocks.section(f"*{names.confirm_item(reader, item)}*\n{_explained(reader, item)}"),
        blocks.context(t("For {version}; recorded with your name.", version=_candidate(release))),
        words(t("Note"), NOTE, optional=True),
    ]
    target = Target(project=release.project, release=release.id, item=item, candidate=release.rc)
    return form(reader, Form.CONFIRM, t("Confirm"), content, submit=t("Confirm"), target=target)


def _explained(reader: Reader, item: ConfirmItem) -> str:
    t = reader.t
    return {
        ConfirmItem.DEPLOYER_STANDING_BY: t(
            "Somebody is ready to deploy, the database is backed up, the previous version is at hand."
        ),
        ConfirmItem.ONCALL_STANDING_BY: t(
            "The on-call person knows of this deploy and watches the dashboards."
        ),
    }[item]


def _candidate(release: Release) -> str:
    return f"*{quote(release.tag)}* rc.{release.rc}"


def _target(release: Release) -> Target:
    return Target(project=release.project, release=release.id, candidate=release.rc)
