"""Move a release's deploy date; begin its code freeze early, or lift it.

Fields (block ids) of moving: `slot` (select: unix seconds, see `fields.slot_time`), `deploy_at` (picker: unix
seconds, beats the slot; both are dispatched), `reason` (text), `lift_freeze` (checkboxes: `yes`; there once a
freeze has begun).
Of the freeze: `reason`; the target's `state` is `begin` or `lift`.
"""

from __future__ import annotations

from datetime import datetime

from domain.release import Release
from domain.views import RetargetForm
from messages import blocks
from messages.blocks import Block
from messages.ids import Form, Press, Target
from messages.modals.ahead import chosen_time
from messages.modals.fields import YES, View, boxes, date_time, dispatched, form, slot_options, words
from messages.parts import quote, when
from messages.texts import Reader

SLOT, DEPLOY_AT, REASON, LIFT_FREEZE = "slot", "deploy_at", "reason", "lift_freeze"
BEGIN, LIFT = "begin", "lift"


def retarget(reader: Reader, of: RetargetForm) -> View:
    """The time that was proposed or chosen is filled in as the other time, with what it would run into."""
    t, release, at = reader.t, of.release, of.at
    content: list[Block] = [blocks.section(_now(reader, release))]
    options = slot_options(reader, of.slots)
    if options:
        select = blocks.select(Press.RETARGET_TIME.value, options)
        content.append(dispatched(blocks.field(t("Next slots"), select, SLOT, optional=True)))
    hint = t("Beats the choice above.") if options else ""
    another = date_time(Press.RETARGET_TIME.value, initial=None if of.from_slot else of.deploy_at)
    content.append(dispatched(blocks.field(t("Another time"), another, DEPLOY_AT, hint=hint, optional=True)))
    if of.chosen:
        content.append(blocks.section(chosen_time(reader, of.chosen)))
    elif of.deploy_at:
        content.append(blocks.section(t("⚠ This time is past.")))
    content.append(words(t("Why?"), REASON, hint=t("Shown in the thread."), optional=True))
    if frozen(release, at):
        lift = boxes(LIFT_FREEZE, [blocks.option(t("Lift the code freeze that has begun"), YES)])
        hint = t("Otherwise it stays; only a release manager can lift it.")
        content.append(blocks.field(t("Code freeze"), lift, LIFT_FREEZE, hint=hint, optional=True))
    target = Target(project=release.project, release=release.id)
    return form(reader, Form.RETARGET, t("Move the deploy date"), content, submit=t("Move"), target=target)


def frozen(release: Release, at: datetime) -> bool:
    """Whether the release's own code freeze holds at `at`."""
    return release.freeze_at is not None and release.freeze_at <= at and release.freeze_lifted_at is None


def _now(reader: Reader, release: Release) -> str:
    t = reader.t
    head = f"*{quote(release.tag)}*"
    if release.deploy_at is None:
        return t("{version} has no deploy date yet.", version=head)
    moved = t("Freeze, QA and reminders move with it; moving to another window asks the approvers again.")
    return f"{head} · {when(reader, release.deploy_at)}\n{moved}"


def freeze(reader: Reader, release: Release, *, begin: bool) -> View:
    t = reader.t
    if begin:
        text = t(
            "From now on no feature may be merged for {version}; fixes only, until it is deployed.",
            version=f"*{quote(release.tag)}*",
        )
        title, submit, state = t("Begin the code freeze"), t("Begin"), BEGIN
    else:
        text = t(
            "Features may be merged again although {version} is not deployed.",
            version=f"*{quote(release.tag)}*",
        )
        title, submit, state = t("Lift the code freeze"), t("Lift"), LIFT
    content = [blocks.section(text), words(t("Why?"), REASON, hint=t("Announced in the channel."))]
    target = Target(project=release.project, release=release.id, state=state)
    return form(reader, Form.FREEZE, title, content, submit=submit, target=target)
