"""What is said and done in a war room: a step, a line, a call for help, the end.

Fields (block ids): of a step `owner` (user, optional; when starting) and `note` (text), its target's `state`
being one of the four below; of a log line `text`; of escalating `role` (select: a `Role`) and `note`
(optional); of resolving `summary`; of standing down `reason`; of the post-mortem `link` (text, optional).
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.health.model import Reading
from domain.people import Role
from domain.rollback import RESTORING, Room, Step, StepKey
from messages import blocks, names
from messages.blocks import Block
from messages.health.words import said_of
from messages.ids import Form, Target
from messages.modals.fields import View, form, person, words
from messages.parts import quote
from messages.texts import Reader
from messages.versions import tag

OWNER, NOTE, TEXT, ROLE, SUMMARY, REASON, LINK = "owner", "note", "text", "role", "summary", "reason", "link"
STARTED, DONE, SKIPPED, REOPENED = "started", "done", "skipped", "reopened"
ADDED = "added"  # needs no words


def step(reader: Reader, room: Room, of: Step, state: str, *, against: Sequence[Reading] = ()) -> View:
    """`state` is one of the four above: what becomes of the step; skipping needs a reason, and so does what
    is done `against` what was measured.
    """
    t = reader.t
    said = [f"*{names.step(reader, of.key)}*", *([_again(reader, of)] if state == REOPENED else [])]
    if against:
        said.append(t("⚠ Out of range now: {readings}", readings=said_of(reader, against)))
    content: list[Block] = [blocks.section("\n".join(filter(None, said)))]
    if state == STARTED:
        hint = t("Empty: you take it yourself.")
        content.append(
            blocks.field(t("Owner"), person(OWNER, initial=of.owner), OWNER, hint=hint, optional=True)
        )
    if against:
        hint = t("Why it is done all the same. It goes onto the timeline.")
        content.append(words(t("Why?"), NOTE, hint=hint))
    else:
        skipping = state == SKIPPED
        content.append(words(t("Why?") if skipping else t("Note"), NOTE, optional=not skipping))
    submit = {STARTED: t("Start"), DONE: t("Done"), SKIPPED: t("Skip"), REOPENED: t("Reopen")}[state]
    target = Target(project=room.project, room=room.id, step=of.key, state=state)
    return form(reader, Form.STEP, t("Step of the way back"), content, submit=submit, target=target)


def _again(reader: Reader, of: Step) -> str:
    """What else has to be done again after this step."""
    if of.key is StepKey.HEALTH_CHECK:
        return reader.t("What was restored is to be done again, then verified again.")
    return reader.t("What was verified is to be verified again.") if of.key in RESTORING else ""


def log(reader: Reader, room: Room) -> View:
    t = reader.t
    content = [words(t("What happened, what was seen or done?"), TEXT, hint=t("It goes onto the timeline."))]
    return form(reader, Form.LOG, t("Log a line"), content, submit=t("Log"), target=_target(room))


def escalate(reader: Reader, room: Room, roles: Sequence[Role]) -> View:
    """`roles` are those that can be called, the usual next one first."""
    t = reader.t
    content: list[Block] = []
    if roles:
        options = [blocks.option(names.role_label(reader, role), role) for role in roles]
        element = blocks.select(ROLE, options, initial=options[0])
        content.append(blocks.field(t("Call in"), element, ROLE))
    content.append(words(t("What is needed?"), NOTE, optional=True))
    return form(reader, Form.ESCALATE, t("Escalate"), content, submit=t("Call"), target=_target(room))


def resolve(reader: Reader, room: Room) -> View:
    t = reader.t
    hint = t("For the completion notice: what was wrong, what was done, how it is now.")
    content = [
        blocks.section(_head(reader, room)),
        words(t("Summary"), SUMMARY, hint=hint),
    ]
    return form(reader, Form.RESOLVE, t("Resolve"), content, submit=t("Resolve"), target=_target(room))


def _head(reader: Reader, room: Room) -> str:
    t = reader.t
    if room.declared_at is None:
        return t("This closes the war room.")
    if not room.target:
        return t("The service is normal again without {version}.", version=f"*{tag(room.version)}*")
    return t("The service is normal again on {version}.", version=f"*{quote(room.target)}*")


def stand_down(reader: Reader, room: Room) -> View:
    t = reader.t
    content = [
        blocks.section(
            t("The rollback is called off before anything was restored; it does not count as a failure.")
        ),
        words(t("Why?"), REASON),
    ]
    return form(
        reader, Form.STAND_DOWN, t("Stand down"), content, submit=t("Stand down"), target=_target(room)
    )


def postmortem(reader: Reader, room: Room) -> View:
    t = reader.t
    hint = t("Where the finished post-mortem is, if it is kept elsewhere.")
    content = [words(t("Link"), LINK, hint=hint, optional=True, lines=False)]
    title = t("Close post-mortem")
    return form(reader, Form.POSTMORTEM, title, content, submit=t("Done"), target=_target(room))


def _target(room: Room) -> Target:
    return Target(project=room.project, room=room.id)
