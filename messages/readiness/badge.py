"""The way back in one line, for the card and the approval request."""

from __future__ import annotations

from collections.abc import Iterator

from domain import needs as n
from domain.readiness import Readiness
from domain.readiness_rules import ReadinessCheck, ReadinessRules, Strictness
from messages.parts import code, stamp
from messages.readiness.words import CHECKS
from messages.texts import Reader


def badge(reader: Reader, of: Readiness) -> str:
    """`↩ Way back ready · rehearsed …`, `⚠ Way back: 1 of 2 migrations, never rehearsed`; mrkdwn.

    A card is not written anew as time passes: it names the day, not the age.
    """
    t = reader.t
    lacking = [part for check in of.open for part in _lacking(reader, of, check)]
    rehearsed = _rehearsed(reader, of)
    if lacking:
        what = ", ".join([*lacking, *rehearsed])
        return t("⚠ *Way back*: {what}", what=what)
    ready = t("⚠ *Way back ready*") if of.open else t("↩ *Way back ready*")
    return " · ".join([ready, *rehearsed])


def first(reader: Reader, of: Readiness) -> list[str]:
    """That the database is taken back before users are sent to the old version, where it has to be."""
    if not of.database_first:
        return []
    return [reader.t("⚠ The old version cannot run on the new schema: a rollback takes the database first.")]


def _lacking(reader: Reader, of: Readiness, check: ReadinessCheck) -> Iterator[str]:
    """What is open, but for the rehearsal."""
    t = reader.t
    if check is ReadinessCheck.WAYS_BACK:
        yield t("{given} of {needed} migrations", given=of.given, needed=len(of.ways))
        return
    for missing in of.missing(check):
        match missing.need:
            case n.TagMissing(tag):
                yield t("tag {tag} is missing", tag=code(tag))
            case n.TagUnknown():
                yield t("tag not known yet")
            case n.WayBackMissing():
                yield t("not stated yet")
            case n.OldSchemaInUse(subject=subject):
                yield t("{subject} needs the old schema", subject=code(subject))
            case n.NotExpanded(subject=subject):
                yield t("{subject} is not expanded yet", subject=code(subject))
            case _:
                continue


def _rehearsed(reader: Reader, of: Readiness) -> Iterator[str]:
    t = reader.t
    if of.rules.guard.rehearsal is Strictness.OFF:
        return
    if of.rehearsal is None:
        yield t("never rehearsed")
    elif ReadinessCheck.REHEARSAL in of.open:
        yield t("last rehearsed {at}", at=stamp(reader, of.rehearsal.at))
    else:
        yield t("rehearsed {at}", at=stamp(reader, of.rehearsal.at))


def relaxed(reader: Reader, rules: ReadinessRules) -> list[str]:
    """What the policy takes less strictly than the defaults, in words."""
    t = reader.t
    found = []
    for check in rules.relaxed:
        name = t(CHECKS[check])
        warns = rules.guard.of(check) is Strictness.WARN
        found.append(
            t("{check}: only warned of", check=name) if warns else t("{check}: not looked at", check=name)
        )
    return found
