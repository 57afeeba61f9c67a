"""Ask for an exception in a blackout, and decide on one.

Fields (block ids) of asking: `what`, `why`, `risk`, `way_back` (texts). Of deciding: `hours` (select: a
number of hours; only when granting) and `note` (text; required when denying). The decision's target has
`state` `grant` or `deny`.
"""

from __future__ import annotations

from datetime import timedelta

from domain.calendar.blackouts import Blackout
from domain.release import Release
from domain.views import ExceptionView
from messages import blocks
from messages.blocks import Block
from messages.dates import duration
from messages.ids import Form, Target
from messages.modals.fields import View, form, words
from messages.parts import quote, when
from messages.texts import Reader

WHAT, WHY, RISK, WAY_BACK = "what", "why", "risk", "way_back"
HOURS, NOTE = "hours", "note"
GRANT, DENY = "grant", "deny"
HOURS_OFFERED = (1, 2, 4, 8, 24)
_USUAL = 2


def exception(reader: Reader, release: Release, blackout: Blackout) -> View:
    t = reader.t
    head = t(
        "{version} in the blackout {name}, until {at}",
        version=f"*{quote(release.tag)}*",
        name=f"*{quote(blackout.name)}*",
        at=when(reader, blackout.end),
    )
    rule = t("Somebody else than you decides; it is limited in time and audited.")
    content = [
        blocks.section(f"{head}\n{rule}"),
        words(t("What goes out?"), WHAT),
        words(t("Why can it not wait?"), WHY),
        words(t("What could go wrong?"), RISK),
        words(t("Way back"), WAY_BACK, hint=t("How to go back, and how long that takes.")),
    ]
    target = Target(project=release.project, release=release.id, blackout=blackout.id)
    return form(reader, Form.EXCEPTION, t("Ask for an exception"), content, submit=t("Ask"), target=target)


def decision(reader: Reader, view: ExceptionView, *, grant: bool) -> View:
    t = reader.t
    names = f"*{quote(view.release.tag)}* · {quote(view.blackout.name)}"
    content: list[Block] = [blocks.section(f"{names}\n{quote(view.why)}")]
    if grant:
        options = [blocks.option(duration(reader, timedelta(hours=n)), str(n)) for n in HOURS_OFFERED]
        usual = next(option for option in options if option["value"] == str(_USUAL))
        content.append(blocks.field(t("Good for"), blocks.select(HOURS, options, initial=usual), HOURS))
    content.append(words(t("Note") if grant else t("Why not?"), NOTE, optional=grant))
    target = Target(
        project=view.project.key,
        release=view.release.id,
        exception=view.id,
        state=GRANT if grant else DENY,
    )
    title, submit = (t("Grant exception"), t("Grant")) if grant else (t("Deny exception"), t("Deny"))
    return form(reader, Form.EXCEPTION_DECISION, title, content, submit=submit, target=target)
