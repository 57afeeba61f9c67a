"""Lines of freeze exceptions: asked, decided, used, ended, judged."""

from __future__ import annotations

from typing import assert_never

from domain import events as v
from domain.calendar.entries import GateRule
from messages.exception_parts import asked_for, use, verdict
from messages.gates import restriction
from messages.lines.lifecycle import head, noted
from messages.names import roles as named
from messages.names import word
from messages.parts import bullets, people, quote, when
from messages.texts import Reader

ExceptionSaid = (
    v.ExceptionAsked
    | v.ExceptionDecided
    | v.ExceptionUsed
    | v.ExceptionExpired
    | v.ExceptionRevoked
    | v.ExceptionJudged
)

EXPIRED = {
    "unanswered": word("{release} Nobody decided on the exception in time: {what}"),
    "unused": word("{release} The exception has expired unused: {what}"),
    "over": word("{release} The time of the exception is over: {what}"),
    "moot": word("{release} The request for an exception has lost its object: {what}"),
}
_ELSEWHERE = word("{release} The exception has ended: {what}")


def exception_line(reader: Reader, said: ExceptionSaid) -> str:
    match said:
        case v.ExceptionAsked():
            return _asked(reader, said)
        case v.ExceptionDecided():
            return _decided(reader, said)
        case v.ExceptionUsed() | v.ExceptionExpired():
            return _ended(reader, said)
        case v.ExceptionRevoked():
            return _revoked(reader, said)
        case v.ExceptionJudged():
            return _judged(reader, said)
        case _:
            assert_never(said)


def _of(version: str) -> str:
    """The release that it concerns, if any."""
    return head(version) if version else ""


def _asked(reader: Reader, said: v.ExceptionAsked) -> str:
    t = reader.t
    first = t("{release} An exception is asked for.", release=_of(said.version)).strip()
    merges = any(one.restriction.rule is GateRule.CODE_FREEZE for one in said.asked)
    lines = [_one(reader, one) for one in said.asked]
    lines += [
        t("What: {text}", text=quote(said.what)),
        t("Why: {text}", text=quote(said.why)),
        t("Risk: {text}", text=quote(said.risk)),
        t("Way back: {text}", text=quote(said.way_back)),
        asked_for(reader, said.since, said.length, use(reader, merges=merges, single=said.single_use)),
    ]
    if said.over_budget:
        lines.append(t("⚠ The month's budget for exceptions is used up."))
    return f"{first}\n{bullets(lines)}"


def _one(reader: Reader, one: v.OneAsked) -> str:
    """What is to be opened, and who decides on that."""
    what, roles = restriction(reader, one.restriction), named(reader, one.roles)
    if one.deciders:
        who = people(reader, one.deciders)
        return reader.t("{what} — decided by {who} ({roles})", what=what, who=who, roles=roles)
    return reader.t(
        "{what} — nobody but who asks holds the role ({roles}); an owner can give it to somebody: {command}",
        what=what,
        roles=roles,
        command="`/release roles`",
    )


def _decided(reader: Reader, said: v.ExceptionDecided) -> str:
    t, what = reader.t, restriction(reader, said.restriction)
    release = _of(said.version)
    if not said.granted:
        text = t("{release} The exception is denied: {what}", release=release, what=what)
    else:
        merges = said.restriction.rule is GateRule.CODE_FREEZE
        text = t(
            "{release} The exception is granted {time} ({use}): {what}",
            release=release,
            time=_time(reader, said),
            use=use(reader, merges=merges, single=said.single_use),
            what=what,
        )
    return text.strip() + noted(said.note)


def _time(reader: Reader, said: v.ExceptionDecided) -> str:
    until = reader.t("until {at}", at=when(reader, said.until)) if said.until else ""
    if said.since is None:
        return until
    return reader.t("from {at}", at=when(reader, said.since)) + " " + until


def _ended(reader: Reader, said: v.ExceptionUsed | v.ExceptionExpired) -> str:
    t, what, release = reader.t, restriction(reader, said.restriction), _of(said.version)
    if isinstance(said, v.ExceptionUsed):
        return t("{release} The deploy uses the exception: {what}", release=release, what=what).strip()
    return t(EXPIRED.get(said.why, _ELSEWHERE), release=release, what=what).strip()


def _revoked(reader: Reader, said: v.ExceptionRevoked) -> str:
    t, what, release = reader.t, restriction(reader, said.restriction), _of(said.version)
    text = (
        t("{release} The exception is revoked and opens nothing any more: {what}", release=release, what=what)
        if said.granted
        else t("{release} The request for an exception is withdrawn: {what}", release=release, what=what)
    )
    return text.strip() + noted(said.reason)


def _judged(reader: Reader, said: v.ExceptionJudged) -> str:
    t = reader.t
    text = t(
        "{release} The exception is judged: {verdict} ({what})",
        release=_of(said.version),
        verdict=verdict(reader, said.result, urgent=said.urgent, reason_true=said.reason_true),
        what=restriction(reader, said.restriction),
    )
    return text.strip() + noted(said.note)
