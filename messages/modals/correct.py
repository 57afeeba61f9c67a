"""Correct a commit's message: its first line (field `subject`, text) and the rest of it (`body`, text)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.corrections import CUT, LONGEST, LONGEST_BODY, parts
from domain.views import CorrectForm
from messages import blocks
from messages.blocks import Block
from messages.buttons import press_button
from messages.changes import told
from messages.ids import Form, Press, Target
from messages.modals.fields import View, form
from messages.parts import quote, sha
from messages.texts import Reader

SUBJECT, BODY = "subject", "body"


def correct(reader: Reader, of: CorrectForm, target: Target) -> View:
    """`target` says where in the list the change stands: there it goes on afterwards."""
    t = reader.t
    subject, body = parts(of.message)
    content = [
        blocks.section(_head(reader, of)),
        *_known(reader, of, body),
        blocks.field(
            t("First line"),
            blocks.text_input(
                SUBJECT, initial=blocks.clean(subject), placeholder="fix(cart): …", limit=LONGEST
            ),
            SUBJECT,
        ),
        blocks.field(
            t("The rest of the message"),
            blocks.text_input(BODY, multiline=True, initial=blocks.clean(body), limit=LONGEST_BODY),
            BODY,
            hint=t("Footers stand at its end, each on a line: “BREAKING CHANGE: …”, “Closes #12”."),
            optional=True,
        ),
    ]
    if target.release:
        back = Target(release=target.release, state=target.state, page=target.page)
        content.append(blocks.actions([press_button(t("← All changes"), Press.SCOPE, back)]))
    title, submit = t("Correct a message"), t("Correct")
    return form(reader, Form.CORRECT, title, content, submit=submit, target=target)


def _head(reader: Reader, of: CorrectForm) -> str:
    lines = [f"*{quote(of.tag)}*"] if of.tag else []
    now = told(reader, of.told) if of.told else reader.t("_listed nowhere_")
    return "\n".join([*lines, f"• {now} {sha(of.sha)}"])


def _known(reader: Reader, of: CorrectForm, body: str) -> Iterator[Block]:
    t = reader.t
    yield blocks.context(
        t("Scope, version and notes read it in the place of the message in git, which stays as it is.")
    )
    if of.original:
        as_git_has_it = told(reader, of.original)
        yield blocks.context(
            t("Corrected by {who}. As git has it: {told}", who=blocks.user(of.by), told=as_git_has_it)
        )
    if not of.message:
        yield blocks.context(t("The message was not read from git yet, so the fields are empty."))
    if body.startswith(CUT):
        yield blocks.context(t("The message is very long: only its end is shown, from “…” on."))
