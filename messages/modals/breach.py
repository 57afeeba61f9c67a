"""A breach is reported, or put aside.

Fields (block ids): of a report `criterion` (select: a `Reported`) and `seen` (text); of putting aside
`reason` (text).
"""

from __future__ import annotations

from domain.criteria.model import Breach, Reported
from domain.release import Release
from messages import blocks
from messages.criteria import words
from messages.ids import Form, Target
from messages.modals.fields import View, form
from messages.modals.fields import words as text_field
from messages.parts import quote
from messages.texts import Reader

CRITERION, SEEN, REASON = "criterion", "seen", "reason"


def report(reader: Reader, release: Release, chosen: Reported | None) -> View:
    t = reader.t
    options = {one: blocks.option(t(words.REPORTED[one]), one) for one in Reported}
    element = blocks.select(CRITERION, list(options.values()), initial=options[chosen] if chosen else None)
    hint = t("What fails for whom, since when, and where it can be seen.")
    content = [
        blocks.section(f"*{quote(release.tag)}*"),
        blocks.field(t("What is breached?"), element, CRITERION),
        text_field(t("What was seen?"), SEEN, hint=hint),
    ]
    target = Target(project=release.project, release=release.id)
    return form(reader, Form.BREACH, t("Report a breach"), content, submit=t("Report it"), target=target)


def dismiss(reader: Reader, breach: Breach) -> View:
    t = reader.t
    if breach.reported is not None:
        again = t("A new report opens it again.")
    else:
        again = t("It is judged anew when it gets worse, or when it was over and comes again.")
    content = [
        blocks.section(f"{words.breach(reader, breach)}\n{again}"),
        text_field(t("Why not this time?"), REASON),
    ]
    target = Target(project=breach.project, release=breach.release, key=breach.id)
    return form(reader, Form.BREACH_DISMISS, t("Not this time"), content, submit=t("Record"), target=target)
