"""Leave one change out: the flag that hides it (field `flag`, text)."""

from __future__ import annotations

from domain.release import Release
from domain.scope import Line
from messages import blocks
from messages.buttons import press_button
from messages.changes import change_line
from messages.ids import Form, Press, Target
from messages.modals.fields import View, form
from messages.parts import quote
from messages.texts import Reader

FLAG = "flag"
LONGEST_FLAG = 80


def leave_out(reader: Reader, release: Release, line: Line, target: Target) -> View:
    """`target` says where in the list the change stands: there it goes on afterwards."""
    t = reader.t
    known = next((one.flag for one in release.left_out if one.sha == line.sha), "")
    said = t(
        "The code stays in the release, and approvals stay as they are. The change is not announced and not "
        "counted, so its flag must stay off."
    )
    element = blocks.text_input(FLAG, initial=known, placeholder="new-checkout", limit=LONGEST_FLAG)
    content = [
        blocks.section(f"*{quote(release.tag)}*\n• {change_line(line)}"),
        blocks.context(said),
        blocks.field(t("Feature flag that hides it"), element, FLAG),
        blocks.actions([press_button(t("← All changes"), Press.SCOPE, _back(target))]),
    ]
    return form(
        reader, Form.LEAVE_OUT, t("Leave a change out"), content, submit=t("Leave out"), target=target
    )


def _back(target: Target) -> Target:
    return Target(release=target.release, state=target.state, page=target.page)
