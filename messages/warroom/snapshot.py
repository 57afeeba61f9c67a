"""A snapshot as a file of Markdown, and the few lines that stand beside it in the room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.health.model import REQUESTS, SECONDS, SHARES, Reading
from domain.release import Condition, Release
from domain.rollback.snapshot import Snapshot, Taken
from domain.types import Environment
from messages import deploys, names
from messages.blocks import clean
from messages.changes import counts
from messages.checklists.words import phase_name
from messages.dates import duration, moment
from messages.health import words
from messages.names import word
from messages.notes.escaping import inline, span
from messages.parts import when
from messages.texts import Reader
from messages.warroom.summary import tag

_PLACES = {Environment.PRODUCTION: word("production"), Environment.STAGING: word("staging")}
_MIGRATIONS = 50
_SHORT = 8
_LONG = 500


@dataclass(frozen=True)
class Document:
    """`comment` is mrkdwn, `title` plain text, `text` Markdown."""

    title: str
    comment: str
    text: str


def snapshot(reader: Reader, of: Snapshot) -> Document:
    head = _title(reader, of)
    said = {
        Taken.OPENED: reader.t("State when the war room was opened"),
        Taken.DECLARED: reader.t("State when the rollback was declared"),
    }[of.taken]
    short = [f"*{said}* · {when(reader, of.at)}", *_short(reader, of)]
    return Document(head, "\n".join(short), "".join(f"{line}\n" for line in _lines(reader, of, head)))


def _title(reader: Reader, of: Snapshot) -> str:
    about = of.release.tag if of.release else clean(of.project)
    return reader.t("Snapshot of {what}", what=about)


def _short(reader: Reader, of: Snapshot) -> Iterator[str]:
    release = of.release
    if release is not None:
        yield f"{release.tag} · {names.stage(reader, release.stage)}"
        if release.rollout is not None:
            done, total = release.rollout.done, len(release.rollout.steps)
            yield f"{names.strategy(reader, release.rollout.strategy)} {done}/{total}"
    if of.readings:
        shown = [one for one in of.readings if one.metric != REQUESTS]
        yield " · ".join(words.said(reader, one) for one in shown[:_SHORT])


def _lines(reader: Reader, of: Snapshot, head: str) -> Iterator[str]:
    t = reader.t
    yield f"# {inline(head)}"
    yield ""
    yield _fact(t("Taken"), moment(reader, of.at, year=True))
    yield _fact(t("In production"), inline(tag(of.production)) or _none(reader))
    yield _fact(t("Deploy lock"), inline(of.lock, _LONG) or _none(reader))
    if of.release is not None:
        yield from _release(reader, of, of.release)
    yield from _section(t("Checklists"), _progress(reader, of))
    yield from _section(t("Newest readings"), (_reading(reader, one) for one in of.readings))


def _fact(label: str, value: str) -> str:
    return f"- {label}: {value}"


def _none(reader: Reader) -> str:
    return reader.t("none")


def _release(reader: Reader, of: Snapshot, release: Release) -> Iterator[str]:
    t = reader.t
    yield _fact(t("Release"), f"{release.tag} · {names.release_type(reader, release.type)}")
    yield _fact(t("State"), names.stage(reader, release.stage))
    if release.candidate:
        sha = span(release.candidate.sha)
        built = moment(reader, release.candidate.built_at)
        yield _fact(t("Release candidate"), f"rc.{release.candidate.number} · {sha} · {built}")
    yield _fact(t("Branch"), span(release.branch) or _none(reader))
    yield _fact(t("Previous version"), inline(release.previous_version) or _none(reader))
    yield _fact(t("Release manager on duty"), _name(of, release.captain or release.started_by))
    yield from _section(t("Stages"), _stages(reader, of))
    yield from _section(t("Rollout"), _rollout(reader, release))
    yield from _section(t("Conditions"), (_condition(of, one) for one in release.conditions))
    yield from _section(t("Changes"), _carried(reader, of))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"## {title}", "", *(f"- {line}" for line in found))


def _stages(reader: Reader, of: Snapshot) -> Iterator[str]:
    for one in of.stages:
        length = duration(reader, (one.until or of.at) - one.since)
        yield f"{names.stage(reader, one.stage)}: {moment(reader, one.since)} · {length}"


def _rollout(reader: Reader, release: Release) -> Iterator[str]:
    t, rollout = reader.t, release.rollout
    if rollout is None:
        return
    yield names.strategy(reader, rollout.strategy)
    for n, step in enumerate(rollout.steps):
        mark = "✓" if n < rollout.done else "▸" if n == rollout.done else "○"
        began = f" · {moment(reader, rollout.since)}" if n == rollout.done and rollout.since else ""
        yield f"{mark} {inline(names.rollout_step(reader, step))}{began}"
    if release.deploy_started_at:
        yield t("Began {at}", at=moment(reader, release.deploy_started_at))
    if release.deployed_at:
        yield t("In production since {at}", at=moment(reader, release.deployed_at))
    if rollout.paused:
        why = deploys.words(reader, rollout.pause_reason)
        yield t("Paused") + (f": {inline(why, _LONG)}" if why else "")


def _condition(of: Snapshot, one: Condition) -> str:
    met = "✓" if one.met_at else "○"
    return f"{met} {inline(one.text, _LONG)} · {_name(of, one.owner)}"


def _carried(reader: Reader, of: Snapshot) -> Iterator[str]:
    if of.carried is None:
        return
    t = reader.t
    yield counts(reader, of.carried.counts)
    if of.carried.variables:
        yield t("environment variables {n}", n=of.carried.variables)
    for path in of.carried.migrations[:_MIGRATIONS]:
        yield t("DB migration: {answer}", answer=span(path))
    if len(of.carried.migrations) > _MIGRATIONS:
        yield t("… and {n} more", n=len(of.carried.migrations) - _MIGRATIONS)


def _progress(reader: Reader, of: Snapshot) -> Iterator[str]:
    for one in of.lists:
        yield f"{phase_name(reader, one.phase)}: {one.done}/{one.total}"


def _reading(reader: Reader, one: Reading) -> str:
    place = reader.t(_PLACES[one.environment])
    seen = _value(reader, one)
    samples = f" · n={one.samples}" if one.samples is not None else ""
    return f"{span(one.metric)} · {place}: {inline(seen)}{samples} · {moment(reader, one.at)}"


def _value(reader: Reader, one: Reading) -> str:
    if one.value is None:
        why = clean(one.detail)[:80]
        return reader.t("could not be measured") + (f" ({why})" if why else "")
    if one.metric in SHARES:
        return f"{one.value * 100:.3g} %"
    return f"{one.value:.3g} s" if one.metric in SECONDS else f"{one.value:.4g}"


def _name(of: Snapshot, user: str) -> str:
    return inline(of.names.get(user, user))
