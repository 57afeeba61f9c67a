"""A rollback was rehearsed on staging.

Fields (block ids): `worked` (radio: `yes` or `no`), `note` (text; required when it did not work).
"""

from __future__ import annotations

from domain.release import Release
from messages import blocks
from messages.ids import Form, Target
from messages.modals.fields import View, form, words, yes_no
from messages.parts import quote
from messages.texts import Reader

WORKED, NOTE = "worked", "note"


def rehearsal(reader: Reader, release: Release) -> View:
    t = reader.t
    candidate = f" · rc.{release.rc}" if release.rc else ""
    content = [
        blocks.section(f"*{quote(release.tag)}*{candidate}"),
        blocks.field(t("Did the rollback on staging work?"), yes_no(reader, WORKED), WORKED),
        words(t("Result"), NOTE, hint=t("A link, or what was learnt."), optional=True),
    ]
    target = Target(project=release.project, release=release.id)
    return form(reader, Form.REHEARSAL, t("Rollback rehearsal"), content, submit=t("Record"), target=target)
