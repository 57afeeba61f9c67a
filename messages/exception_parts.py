"""Words about exceptions that their messages, lists, lines and forms share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from domain.calendar.exceptions import Budget, ExceptionResult, ExceptionState, FreezeException, Judgement
from domain.people import Role
from messages import names
from messages.blocks import user
from messages.dates import duration
from messages.names import word
from messages.parts import people, when
from messages.texts import Reader

_STATES: Mapping[ExceptionState, str] = {
    ExceptionState.ASKED: word("⏳ Waits for a decision"),
    ExceptionState.GRANTED: word("🟢 Granted"),
    ExceptionState.DENIED: word("🔴 Denied"),
    ExceptionState.USED: word("✓ Used"),
    ExceptionState.REVOKED: word("⛔ Revoked"),
    ExceptionState.EXPIRED: word("⌛ Expired unused"),
}
RESULTS: Mapping[ExceptionResult, str] = {
    ExceptionResult.SUCCEEDED: word("went well"),
    ExceptionResult.FAILED: word("failed"),
    ExceptionResult.UNUSED: word("was not used"),
}


def state(reader: Reader, of: FreezeException) -> str:
    t = reader.t
    if of.state is ExceptionState.EXPIRED and not of.was_granted:
        return t("⌛ Not decided in time")
    if of.state is ExceptionState.EXPIRED and of.merges:
        return t("⌛ Over")
    if of.state is ExceptionState.REVOKED and not of.was_granted:
        return t("⛔ Withdrawn")
    return t(_STATES[of.state])


def wanted(reader: Reader, of: FreezeException) -> str:
    """`Wanted: at once, for 2 hr (one deploy)`."""
    return asked_for(reader, of.wanted_from, of.length, use(reader, merges=of.merges, single=of.single_use))


def asked_for(reader: Reader, since: datetime | None, length: timedelta, for_what: str) -> str:
    t = reader.t
    begins = t("from {at}", at=when(reader, since)) if since else t("at once")
    return t(
        "Wanted: {begins}, for {length} ({use})", begins=begins, length=duration(reader, length), use=for_what
    )


def use(reader: Reader, *, merges: bool, single: bool) -> str:
    t = reader.t
    if merges:
        return t("merges")
    return t("one deploy") if single else t("any number of deploys")


def who_decides(reader: Reader, roles: Sequence[Role], deciders: Sequence[str], owners: Sequence[str]) -> str:
    """Who decides; where nobody can, who could change that."""
    t, called = reader.t, names.roles(reader, roles)
    if deciders:
        return t("Can decide: {who} ({roles})", who=people(reader, deciders), roles=called)
    if not owners:
        return t(
            "Nobody can decide: nobody but who asks holds the role ({roles}). Give it to somebody in the "
            "policy file.",
            roles=called,
        )
    return t(
        "Nobody can decide: nobody but who asks holds the role ({roles}). {owners} can give it to somebody: "
        "{command}",
        roles=called,
        owners=people(reader, owners),
        command="`/release roles`",
    )


def used_up(reader: Reader, of: Budget) -> str:
    return reader.t(
        "⚠ The month's budget is used up: {granted} granted, {limit} allowed for. It can be asked all the "
        "same; the ledger shows it.",
        granted=of.granted,
        limit=of.limit,
    )


def beyond(reader: Reader, of: Budget) -> str:
    """Of one that was asked when the budget was used up."""
    return reader.t("⚠ Asked although the month's budget of {n} was used up.", n=of.limit)


def judged(reader: Reader, of: Judgement) -> str:
    """`went well · urgent · the reason was true — @who`."""
    return f"{verdict(reader, of.result, urgent=of.urgent, reason_true=of.reason_true)} — {user(of.by)}"


def verdict(reader: Reader, result: ExceptionResult, *, urgent: bool, reason_true: bool) -> str:
    t = reader.t
    parts = [
        t(RESULTS[result]),
        t("urgent") if urgent else t("not urgent"),
        t("the reason was true") if reason_true else t("the reason was not true"),
    ]
    return " · ".join(parts)
