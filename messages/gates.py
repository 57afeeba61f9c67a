"""The gate in words: is deploying allowed now, and if not, why and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from domain.calendar import exceptions
from domain.calendar.entries import GateRule, Permit
from domain.calendar.exceptions import Restriction
from domain.calendar.gate import GateAnswer
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import GateReason, Verdict
from domain.names import Names
from messages.blocks import user
from messages.names import word
from messages.parts import fitting, quote, when
from messages.texts import Reader

_REASONS = 1500
_PERMITS = 800
DOTS = {Verdict.OPEN: "🟢", Verdict.WARN: "🟡", Verdict.CLOSED: "🔴"}

_WHY = {
    GateRule.LOCK: word("Deploys are locked: {name}"),
    GateRule.BLACKOUT: word("Blackout: {name}"),
    GateRule.CODE_FREEZE: word("Code freeze: {name}"),
    GateRule.HOLIDAY: word("Holiday: {name}"),
    GateRule.NO_WINDOWS: word("The project has no release window; a release manager can add one: {command}"),
    GateRule.WINDOW: word("Outside the release windows"),
    GateRule.NO_DEPLOY_HOURS: word("No-deploy hours"),
    GateRule.HOLIDAY_EVE: word("The last working day before a holiday: {name}"),
    GateRule.BUSINESS_HOURS: word("Outside business hours: allowed for this type, but think twice"),
}


def verdict(reader: Reader, answer: GateAnswer) -> str:
    """`🔴 Closed until Mon 9 Mar 09:00`; one line."""
    t = reader.t
    dot = DOTS[answer.verdict]
    match answer.verdict:
        case Verdict.OPEN if answer.permits:
            return t("{dot} Open by exception", dot=dot)
        case Verdict.OPEN:
            return t("{dot} Open", dot=dot)
        case Verdict.WARN:
            return t("{dot} Open, with a warning", dot=dot)
        case Verdict.CLOSED if answer.next_open:
            return t("{dot} Closed, opens {at}", dot=dot, at=when(reader, answer.next_open))
        case Verdict.CLOSED:
            return t("{dot} Closed until somebody opens it", dot=dot)
        case _:
            assert_never(answer.verdict)


def reason_line(reader: Reader, reason: GateReason) -> str:
    """One reason with its name and its end, mrkdwn."""
    return f"{why(reader, reason)}{_until(reader, reason)}"


def gate_line(reader: Reader, answer: GateAnswer) -> str:
    """The verdict and, beneath, every reason; mrkdwn."""
    parts = [verdict(reader, answer)]
    if answer.reasons:
        lines = [f"• {reason_line(reader, reason)}" for reason in answer.reasons]
        parts.append(fitting(reader, lines, _REASONS))
    if answer.permits:
        parts.append(fitting(reader, [f"• {permit_line(reader, one)}" for one in answer.permits], _PERMITS))
    return "\n".join(parts)


def permit_line(reader: Reader, permit: Permit) -> str:
    """Which exception silences which reason, until when, and who granted it."""
    opened = Restriction(rule=permit.rule, subject=permit.subject, name=permit.name, names=permit.names)
    return reader.t(
        "Opened by an exception until {at}, granted by {who}: {what}",
        at=when(reader, permit.until),
        who=user(permit.granted_by),
        what=restriction(reader, opened),
    )


def reason_name(reader: Reader, reason: GateReason) -> str:
    return restriction(reader, exceptions.restriction(reason))


def restriction(reader: Reader, of: Restriction) -> str:
    """`Blackout: *Spring sale*`, `No-deploy hours`; mrkdwn."""
    return reader.t(_WHY[of.rule], name=_bold(reader, of.name, of.names), command="`/release window`")


def why(reader: Reader, reason: GateReason) -> str:
    """One reason with its name, without its end; mrkdwn."""
    if reason.rule is GateRule.NO_WINDOWS:
        return reader.t(_WHY[reason.rule], command="`/release window`")
    name = quote(reason.detail) if reason.rule is GateRule.LOCK else _named(reader, reason)
    return reader.t(_WHY[reason.rule], name=name)


def _named(reader: Reader, reason: GateReason) -> str:
    name = _bold(reader, reason.name, reason.names)
    return f"{name} ({quote(reason.detail)})" if reason.detail and reason.names is None else name


def _bold(reader: Reader, name: str, names: Names | None) -> str:
    return f"*{quote(names[reader.language] if names is not None else name)}*"


def _until(reader: Reader, reason: GateReason) -> str:
    if reason.until is None:
        return ""
    return " · " + reader.t("until {at}", at=when(reader, reason.until))


def rivals(reader: Reader, releases: Sequence[PlannedRelease]) -> Iterator[str]:
    """`same window as *v1.6.0*`; nothing where nobody else wants it."""
    if releases:
        names = ", ".join(f"*v{quote(other.version, 64)}*" for other in releases)
        yield reader.t("same window as {releases}", releases=names)
