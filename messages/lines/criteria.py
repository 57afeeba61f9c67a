"""Lines of rollback criteria: breached, confirmed, put aside, over; and of pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from domain import events as v
from domain.alerts import Alert
from domain.criteria.model import Breach, BreachState, Level
from domain.people import Role
from domain.rollback.escalation import PATH
from messages import names
from messages.blocks import user
from messages.criteria import words
from messages.lines.lifecycle import head, noted
from messages.names import word
from messages.parts import bullets, code, people, when
from messages.texts import Reader
from messages.versions import tag

CriteriaSaid = (
    v.BreachOpened
    | v.CriteriaUnclear
    | v.BreachConfirmed
    | v.BreachDismissed
    | v.BreachHeard
    | v.BreachesOpenAgain
    | v.BreachDeclared
    | v.BreachOver
    | v.Paged
    | v.PageAnswered
)

ALERTS: Mapping[Level, Alert] = {
    Level.AUTOMATIC: Alert.CRITICAL,
    Level.IMMEDIATE: Alert.CRITICAL,
    Level.ROLLBACK: Alert.CRITICAL,
    Level.REVIEW: Alert.WARNING,
}
HEADS: Mapping[Level, str] = {
    Level.AUTOMATIC: word("{release} *A rollback criterion is breached: Naru declares the rollback.*"),
    Level.IMMEDIATE: word("{release} *Roll back now*: a criterion is breached. People are called."),
    Level.ROLLBACK: word("{release} *A rollback is recommended*: a criterion is breached."),
    Level.REVIEW: word("{release} *Somebody has to look*: a criterion is breached."),
}
DRY: Mapping[Level, str] = {
    Level.AUTOMATIC: word("{release} *Dry run*: Naru would have declared a rollback."),
    Level.IMMEDIATE: word("{release} *Dry run*: a rollback would have been recommended, and people called."),
    Level.ROLLBACK: word("{release} *Dry run*: a rollback would have been recommended."),
    Level.REVIEW: word("{release} *Dry run*: somebody would have been asked to look."),
}
AFTER: Mapping[Level, str] = {
    Level.AUTOMATIC: word("Naru declares the rollback."),
    Level.IMMEDIATE: word("Roll back now. People are called."),
    Level.ROLLBACK: word("A rollback is recommended."),
    Level.REVIEW: word("Somebody has to look."),
}


_WORDS = 300


def criteria_line(reader: Reader, said: CriteriaSaid) -> str:
    match said:
        case v.BreachOpened():
            return _opened(reader, said)
        case v.CriteriaUnclear() | v.BreachesOpenAgain():
            return _several(reader, said)
        case v.BreachConfirmed() | v.BreachHeard():
            return _witnessed(reader, said)
        case v.BreachDismissed() | v.BreachDeclared() | v.BreachOver():
            return _changed(reader, said)
        case v.Paged() | v.PageAnswered():
            return _page(reader, said)
        case _:
            assert_never(said)


def alert(said: CriteriaSaid) -> Alert:
    match said:
        case v.BreachOpened():
            return _opened_as(said)
        case v.BreachConfirmed():
            return ALERTS[said.breach.level]
        case v.CriteriaUnclear() | v.BreachesOpenAgain() | v.BreachHeard():
            return Alert.WARNING
        case v.BreachDismissed() | v.PageAnswered():
            return Alert.INFO
        case v.BreachDeclared() | v.Paged():
            return Alert.CRITICAL
        case v.BreachOver():
            return Alert.SUCCESS if said.judged else Alert.INFO
        case _:
            assert_never(said)


def _opened_as(said: v.BreachOpened) -> Alert:
    of = said.breach
    if of.dry_run:
        return Alert.INFO
    taken_on = of.by and of.state is BreachState.ACKNOWLEDGED
    if of.state is BreachState.DECLARED or (of.waits and not taken_on):
        return Alert.WARNING
    return Alert.CRITICAL if said.runs and not taken_on else ALERTS[of.level]


def _opened(reader: Reader, said: v.BreachOpened) -> str:
    t, of = reader.t, said.breach
    worse = said.again and of.state is not BreachState.ACKNOWLEDGED
    again = t("It has become worse.") if worse else ""
    lines = [_head(reader, said), words.breach(reader, of), again]
    return "\n".join(filter(None, lines)) + noted(of.evidence)


def _head(reader: Reader, said: v.BreachOpened) -> str:
    t, of, release = reader.t, said.breach, head(said.version)
    if of.dry_run:
        return t(DRY[of.level], release=release)
    if of.state is BreachState.DECLARED:
        return t("{release} *Reported while the rollback runs.*", release=release)
    if of.by and of.state is BreachState.ACKNOWLEDGED:
        return t("{release} *Twice as bad* as when {who} took it on.", release=release, who=user(of.by))
    if of.waits:
        return t(
            "{release} *Has somebody else seen it as well?* It counts once it is confirmed.", release=release
        )
    if said.runs or said.declares_at:
        breached = t("{release} *A rollback criterion is breached.*", release=release)
        return f"{breached} {_instead(reader, said)}"
    return t(HEADS[of.level], release=release)


def _instead(reader: Reader, said: v.BreachOpened | v.BreachConfirmed) -> str:
    """What becomes of it, where that is not what its class promises at once."""
    if said.runs or said.declares_at is None:
        return _runs(reader, said.runs) if said.runs else reader.t(AFTER[said.breach.level])
    return reader.t(
        "If it lasts until {at} and is not put aside by then, Naru declares the rollback.",
        at=when(reader, said.declares_at),
    )


def _runs(reader: Reader, version: str) -> str:
    """Why Naru does not do what its class promises."""
    return reader.t(
        "Naru declares nothing: {version} is in production. Look whether that one is hit as well, and "
        "declare its rollback.",
        version=tag(version),
    )


def _several(reader: Reader, said: v.CriteriaUnclear | v.BreachesOpenAgain) -> str:
    release = head(said.version)
    if isinstance(said, v.CriteriaUnclear):
        text = reader.t("{release} *Cannot be judged*: a person has to look.", release=release)
    else:
        text = reader.t(
            "{release} *Still breached after the rollback was called off*: it counts until it is in range or "
            "put aside.",
            release=release,
        )
    rows = bullets(words.breach(reader, one) for one in said.breaches)
    return f"{text}\n{rows}"


def _witnessed(reader: Reader, said: v.BreachConfirmed | v.BreachHeard) -> str:
    t, of = reader.t, said.breach
    facts = {"release": head(said.version), "what": words.rule(reader, of)}
    if isinstance(said, v.BreachHeard):
        text = t("{release} *Reported again*: {what}.", **facts)
        waits = " " + t("It counts once it is confirmed.") if of.waits else ""
        return f"{text}{waits}" + noted(said.seen)
    text = t("{release} *Confirmed*: {what}.", **facts)
    if of.state is not BreachState.DECLARED:
        text += " " + _instead(reader, said)
    return text + noted(of.evidence) + noted(said.seen)


def _changed(reader: Reader, said: v.BreachDismissed | v.BreachDeclared | v.BreachOver) -> str:
    t, of = reader.t, said.breach
    facts = {"release": head(said.version), "what": words.rule(reader, of)}
    match said:
        case v.BreachDismissed():
            if of.reported is not None:
                text = t("{release} *Not this time*: {what}. A new report opens it again.", **facts)
            else:
                text = t("{release} *Not this time*: {what}. It is judged anew if it gets worse.", **facts)
            return text + noted(said.reason)
        case v.BreachDeclared():
            text = t("{release} *Naru has declared the rollback*: {what}.", **facts)
            steps = t("Steps on the database wait for a press by the DBA or the incident commander.")
            return f"{text} {steps}" if said.database else text
        case v.BreachOver(judged=False):
            text = t("{release} *Not judged any more*: {what}.", **facts)
            return text + " " + t("Whether it is back in range is not known.")
        case v.BreachOver():
            return t("{release} *Back in range*: {what}.", **facts)
        case _:
            assert_never(said)


def _page(reader: Reader, said: v.Paged | v.PageAnswered) -> str:
    t, of = reader.t, said.breach
    facts = {"release": head(said.version), "what": _about(reader, of)}
    if isinstance(said, v.PageAnswered):
        # Who is on it ends the line; a second name in it would read as theirs.
        return t("{release} *Somebody is on it*: {what}", **facts | {"what": words.breach(reader, of)})
    if said.asks:
        text = t("{release} *Has somebody else seen it as well?* Look, and confirm it: {what}", **facts)
    elif said.users:
        text = t("{release} *You are called*: {what}", **facts)
    else:
        text = t("{release} *Nobody can be called*: {what}", **facts)
    text += "".join(f"\n> {row}" for row in words.seen(of, _WORDS))
    count = " · " + t("call {n}", n=said.calls) if said.calls > 1 else ""
    return f"{text}\n{_called(reader, said)}{count}"


def _called(reader: Reader, said: v.Paged) -> str:
    """By which roles, and who; who is called without one of them is the captain."""
    t = reader.t
    if not said.users:
        return t(
            "Nobody holds these roles: {roles}. The owners give them: {command}",
            roles=", ".join(names.role(reader, role) for role in (*PATH, Role.INCIDENT_COMMANDER)),
            command=code("/release roles"),
        )
    roles = ", ".join(names.role(reader, role) for role in said.roles) or t("captain")
    called = t("Called: {roles}", roles=roles)
    return f"{called} · {people(reader, said.users)}"


def _about(reader: Reader, of: Breach) -> str:
    by = " · " + reader.t("reported by {who}", who=user(of.reporter)) if of.reporter else ""
    return words.breach(reader, of) + by
