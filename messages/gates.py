"""The gate in words: is deploying allowed now, and if not, why and until when."""

from __future__ import annotations

from typing import assert_never

from domain.calendar.entries import GateRule
from domain.calendar.gate import GateAnswer
from domain.calendar.reasons import GateReason, Verdict
from messages.names import word
from messages.parts import fitting, quote, when
from messages.texts import Reader

_REASONS = 1500
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
    lines = [f"• {reason_line(reader, reason)}" for reason in answer.reasons]
    return (
        f"{verdict(reader, answer)}\n{fitting(reader, lines, _REASONS)}" if lines else verdict(reader, answer)
    )


def why(reader: Reader, reason: GateReason) -> str:
    """One reason with its name, without its end; mrkdwn."""
    if reason.rule is GateRule.NO_WINDOWS:
        return reader.t(_WHY[reason.rule], command="`/release window`")
    name = quote(reason.detail) if reason.rule is GateRule.LOCK else _named(reader, reason)
    return reader.t(_WHY[reason.rule], name=name)


def _named(reader: Reader, reason: GateReason) -> str:
    if reason.names is not None:
        return f"*{quote(reason.names[reader.language])}*"
    name = f"*{quote(reason.name)}*"
    return f"{name} ({quote(reason.detail)})" if reason.detail else name


def _until(reader: Reader, reason: GateReason) -> str:
    if reason.until is None:
        return ""
    return " · " + reader.t("until {at}", at=when(reader, reason.until))
