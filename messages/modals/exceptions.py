"""Ask for exceptions, decide on one, take one back.

Fields (block ids) of asking: `from` (picker whose change is dispatched: unix seconds; empty is at once),
`length` (select: seconds), `use` (radio: `single` or `period`; to deploy only), `what`, `why`, `risk`,
`way_back` (texts). The target has `closed`, the fingerprint of what was shown, and for merges `state`
`merge`. Of deciding: `length` and `use` as above (only when granting) and `note` (text; required when
denying); the target's `state` is `grant` or `deny`. Of revoking: `note`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.calendar.exceptions import USUAL, ExceptionState, boxed
from domain.calendar.gate import GateAction
from domain.views import ExceptionForm, ExceptionView, NeededException
from messages import blocks
from messages.blocks import Block, Element
from messages.dates import duration
from messages.exception_parts import beyond, used_up, wanted, who_decides
from messages.exceptions import subject
from messages.gates import reason_line, restriction
from messages.ids import Form, Press, Target
from messages.modals.fields import View, date_time, form, words
from messages.parts import fitting, quote, when
from messages.texts import Reader

FROM, LENGTH, USE = "from", "length", "use"
WHAT, WHY, RISK, WAY_BACK = "what", "why", "risk", "way_back"
NOTE = "note"
SINGLE, PERIOD = "single", "period"
GRANT, DENY, MERGE = "grant", "deny", "merge"
_OFFERED = tuple(timedelta(hours=n) for n in (1, 2, 4, 8, 12, 24, 48, 72, 168))
_NEEDED = 2200


def ask(reader: Reader, of: ExceptionForm) -> View:
    target = Target(
        project=of.project.key,
        release=of.release.id if of.release else "",
        state="" if of.action is GateAction.DEPLOY else MERGE,
        closed=of.closed,
    )
    title_, submit = reader.t("Ask for an exception"), reader.t("Ask")
    return form(reader, Form.EXCEPTION, title_, list(_ask(reader, of)), submit=submit, target=target)


def _ask(reader: Reader, of: ExceptionForm) -> Iterator[Block]:
    t, deploys = reader.t, of.action is GateAction.DEPLOY
    yield blocks.section(f"{_head(reader, of)}\n{_needs(reader, of)}")
    if of.stays_closed:
        yield blocks.section(_stays_closed(reader, of))
    elif of.closes_at:
        at = when(reader, of.closes_at)
        yield blocks.context(t("Something else closes the gate again: {at}", at=at))
    if of.budget.used_up:
        yield blocks.context(used_up(reader, of.budget))
    hint = t("In your time zone. Empty: as soon as it is granted. The list above is for this time.")
    picker = date_time(Press.EXCEPTION_FROM, initial=of.since)
    yield {**blocks.field(t("From when?"), picker, FROM, hint=hint, optional=True), "dispatch_action": True}
    yield _length(reader, of.longest, USUAL)
    if deploys:
        yield _use(reader, single=True)
    yield words(t("What goes out?") if deploys else t("Which change or branch?"), WHAT)
    yield words(t("Why can it not wait?"), WHY)
    yield words(t("What could go wrong?"), RISK)
    yield words(t("Way back"), WAY_BACK, hint=t("How to go back, and how long that takes."))


def _head(reader: Reader, of: ExceptionForm) -> str:
    t = reader.t
    what = f"*{quote(of.release.tag)}*" if of.release else ""
    if of.action is GateAction.DEPLOY:
        return t("Deploy {version}", version=what)
    return t("Merge features into {version}", version=what) if what else t("Merge features")


def _needs(reader: Reader, of: ExceptionForm) -> str:
    t = reader.t
    if not of.needed and of.stays_closed:
        return t("No exception can open this.")
    if not of.needed:
        return t("The gate is open then: no exception is needed. Choose the time that you need it for.")
    head = (
        t("One exception is needed, decided by somebody else than you:")
        if len(of.needed) == 1
        else t("{n} exceptions are needed, each decided by somebody else than you:", n=len(of.needed))
    )
    return f"{head}\n{fitting(reader, [_needed(reader, of, one) for one in of.needed], _NEEDED)}"


def _needed(reader: Reader, of: ExceptionForm, one: NeededException) -> str:
    t = reader.t
    until = f" · {t('until {at}', at=when(reader, one.until))}" if one.until else ""
    if one.asked_by:
        who = t("already asked by {by}", by=blocks.user(one.asked_by))
    else:
        who = who_decides(reader, one.roles, one.deciders, of.owners)
    return f"• {restriction(reader, one.restriction)}{until}\n   {who}"


def _stays_closed(reader: Reader, of: ExceptionForm) -> str:
    """Said before it is asked: the exceptions alone will not do."""
    t = reader.t
    head = t("⚠ Even then the gate stays closed; no exception opens this:")
    lines = [f"• {reason_line(reader, reason)}" for reason in of.stays_closed]
    return f"{head}\n{fitting(reader, lines, _NEEDED)}"


def _length(reader: Reader, longest: timedelta, wanted_: timedelta) -> Block:
    """The lengths that the policy allows; the wanted one, or the longest, is proposed."""
    t = reader.t
    proposed = boxed(wanted_, longest)
    offered = sorted({one for one in _OFFERED if one < longest} | {proposed, longest})
    options = [blocks.option(duration(reader, one), str(int(one.total_seconds()))) for one in offered]
    initial = options[offered.index(proposed)]
    return blocks.field(t("Good for"), blocks.select(LENGTH, options, initial=initial), LENGTH)


def _use(reader: Reader, *, single: bool) -> Block:
    t = reader.t
    options = [
        blocks.option(t("One deploy"), SINGLE, t("Used up by it.")),
        blocks.option(t("The whole time"), PERIOD, t("Any number of deploys of this release.")),
    ]
    element: Element = {"type": "radio_buttons", "action_id": USE, "options": options}
    return blocks.field(t("For"), {**element, "initial_option": options[0 if single else 1]}, USE)


# --- deciding and taking back -----------------------------------------------------------------------------


def decision(reader: Reader, view: ExceptionView, *, longest: timedelta, grant: bool) -> View:
    t, of = reader.t, view.exception
    content: list[Block] = [blocks.section(_about(reader, view))]
    if grant:
        if of.over_budget:
            content.append(blocks.context(beyond(reader, view.budget)))
        content.append(_length(reader, longest, of.length))
        content += [] if of.merges else [_use(reader, single=of.single_use)]
    content.append(words(t("Note") if grant else t("Why not?"), NOTE, optional=grant))
    target = Target(exception=of.id, state=GRANT if grant else DENY)
    title_, submit = (t("Grant exception"), t("Grant")) if grant else (t("Deny exception"), t("Deny"))
    return form(reader, Form.EXCEPTION_DECISION, title_, content, submit=submit, target=target)


def _about(reader: Reader, view: ExceptionView) -> str:
    of = view.exception
    return "\n".join([subject(reader, view), wanted(reader, of), quote(of.why, 600)])


def revoke(reader: Reader, view: ExceptionView) -> View:
    t, of = reader.t, view.exception
    granted = of.state is ExceptionState.GRANTED
    follows = (
        t(
            "The gate closes again at once; a rollout under way pauses or goes on as the policy has it. "
            "The channel is told."
        )
        if granted
        else t("Nobody needs to decide on it any more.")
    )
    content = [blocks.section(f"{_about(reader, view)}\n{follows}"), words(t("Reason"), NOTE)]
    title_, submit = (
        (t("Revoke exception"), t("Revoke")) if granted else (t("Withdraw the request"), t("Withdraw"))
    )
    target = Target(exception=of.id)
    return form(reader, Form.EXCEPTION_REVOKE, title_, content, submit=submit, target=target)
