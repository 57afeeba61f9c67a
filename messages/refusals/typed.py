"""Refusals of what somebody typed or chose: unknown words, dates, versions, missing texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import assert_never

from domain import refusals as r
from messages.dates import day, hours
from messages.names import word
from messages.parts import code, quote, when
from messages.refusals.model import RefusalText
from messages.texts import Reader
from messages.versions import tag

TypedNo = (
    r.UnknownProject
    | r.WhichProject
    | r.UnknownRelease
    | r.WhichRelease
    | r.NoRelease
    | r.UnknownVerb
    | r.Unreadable
    | r.InThePast
    | r.EndsBeforeStart
    | r.Overlaps
    | r.BadVersion
    | r.TextMissing
    | r.BlankLeft
    | r.TooLong
)

_KNOWN_SHOWN = 10

# What a word should have been; the codes of `Unreadable.what`.
KINDS = {
    "date": word("a date"),
    "time": word("a time"),
    "moment": word("a date and a time"),
    "weekday": word("a weekday"),
    "hours": word("hours from–to"),
    "zone": word("a time zone"),
    "month": word("a month"),
    "year": word("this year or the next"),
    "role": word("a role"),
    "person": word("a person"),
    "sha": word("the SHA of a commit, 40 characters"),
    "percent": word("a share in percent, 0 to 100"),
    "holder": word("a person or a user group"),
    "email": word("an e-mail address"),
    "type": word("a release type"),
    "version": word("a version"),
    "release": word("a release"),
    "project": word("a project"),
    "action": word("a step of the release"),
    "criterion": word("what can be breached"),
    "step": word("a rollback step"),
    "state": word("a state of a step"),
    "number": word("a number"),
    "blackout": word("a blackout"),
    "name": word("a name"),
    "yearly_leap_day": word("a day of every year; begin on 28 February or 1 March"),
    "yearly_longer_than_a_year": word("the start of what comes every year: it is longer than a year"),
    "commits": word("commits"),
    "commit": word("one commit of the changes on their way"),
    "url": word("a link"),
    "choice": word("one of the choices"),
    "checklist": word("a checklist"),
    "way_kind": word("script, revert or impossible"),
    "alternative": word("both schemas, forward fix or restore"),
    "metric": word("a metric that the policy knows"),
    "reading": word("a value with its unit, like 0.4 % or 180 ms"),
    "switch": word("on, off or a time"),
    "change": word("a change of this release; write at least seven characters of its commit"),
    "flag": word("the name of a feature flag; letters, digits and . _ - : / fit"),
    "notice": word(
        "a turn of the release: ahead, started, progress, done, delayed, aborted, rollback or recovery"
    ),
    "subcommand": word("part of this command"),
    "text": word("text for this command"),
}

# The fields of forms and commands that must have text, or not too much of it.
FIELDS = {
    "reason": word("the reason"),
    "waiver": word("the reason of the waiver"),
    "items": word("an item to tick"),
    "text": word("the text"),
    "note": word("the note"),
    "bug": word("the bug"),
    "comment": word("the comment"),
    "condition": word("the condition"),
    "conditions": word("the condition"),
    "evidence": word("the evidence"),
    "criteria": word("the criteria"),
    "what": word("what is to be done"),
    "why": word("why"),
    "risk": word("the risk"),
    "way_back": word("the way back"),
    "notes_text": word("the text of this section"),
    "issue": word("what goes wrong"),
    "alternative": word("what is done instead"),
    "rehearsal": word("what was learnt"),
    "reading": word("the reading"),
    "schema_subject": word("what changes in the schema"),
    "schema_title": word("how it changes"),
    "name": word("the name"),
    "feature": word("the name of the feature"),
    "flag": word("the name of the feature flag"),
    "commits": word("the commits"),
    "commit": word("the commit"),
    "message": word("the first line"),
    "message_body": word("the rest of the message"),
    "summary": word("the summary"),
    "report": word("the QA report"),
    "notice": word("the text of the notice"),
    "action_item": word("the action item"),
    "redeploy": word("a release or a date"),
    "action_items": word("the list of action items"),
    "impact": word("the impact"),
    "cause": word("what broke"),
    "detection": word("why it was not caught"),
    "recovery": word("the recovery"),
    "plan": word("the fix plan"),
    "version": word("the version"),
    "date": word("the date"),
    "time": word("the time"),
    "holder": word("the person or user group"),
    "commander": word("the incident commander"),
    "target": word("the target version"),
    "due": word("the time by which it is due"),
    "deploy_at": word("the date and time of the deploy"),
    "person": word("the person"),
    "email": word("the e-mail address"),
    "link": word("the link"),
    "choice": word("the answer"),
}


def of_typed(reader: Reader, of: TypedNo) -> RefusalText:
    match of:
        case r.UnknownProject() | r.WhichProject():
            return _project(reader, of)
        case r.UnknownRelease() | r.WhichRelease() | r.NoRelease():
            return _release(reader, of)
        case r.UnknownVerb():
            return _verb(reader, of)
        case r.Unreadable():
            return _unreadable(reader, of)
        case r.InThePast() | r.EndsBeforeStart() | r.Overlaps():
            return _times(reader, of)
        case r.BadVersion():
            return _version(reader, of)
        case r.TextMissing() | r.BlankLeft() | r.TooLong():
            return _length(reader, of)
        case _:
            assert_never(of)


def _project(reader: Reader, of: r.UnknownProject | r.WhichProject) -> RefusalText:
    t = reader.t
    known = t("Projects: {names}", names=_some(of.known)) if of.known else t("No project is set up yet.")
    if isinstance(of, r.WhichProject):
        return RefusalText(
            t("Which project do you mean?"),
            (known,),
            t("Write its name in the command, or use the project's channel."),
        )
    return RefusalText(
        t("There is no project called {text}.", text=code(of.text)), (known,), _did_you_mean(reader, of.guess)
    )


def _release(reader: Reader, of: r.UnknownRelease | r.WhichRelease | r.NoRelease) -> RefusalText:
    t = reader.t
    match of:
        case r.NoRelease(out=True):
            return RefusalText(
                t("No release has gone to production yet."),
                next=t("What is on its way there is in {command}.", command="`/release list`"),
            )
        case r.NoRelease():
            return RefusalText(
                t("No release is on its way."),
                next=t("Start one with {command}.", command="`/release start`"),
            )
        case r.WhichRelease(known):
            return RefusalText(
                t("Several releases are on their way. Which one do you mean?"),
                (t("Releases: {names}", names=_some(known)),),
                t("Write its version, as in {example}.", example=code(f"/release status {known[0]}"))
                if known
                else "",
            )
        case r.UnknownRelease(text, known, guess):
            why = (t("Releases: {names}", names=_some(known)),) if known else ()
            return RefusalText(
                t("There is no release {text}.", text=code(text)), why, _did_you_mean(reader, guess)
            )
        case _:
            assert_never(of)


def _verb(reader: Reader, of: r.UnknownVerb) -> RefusalText:
    t = reader.t
    guess = (t("Did you mean {command}?", command=code(f"/release {of.guess}")),) if of.guess else ()
    return RefusalText(
        t("{text} is not a command of {slash}.", text=code(of.text), slash="`/release`"),
        guess,
        t("{command} shows everything that is there.", command="`/release help`"),
    )


def _unreadable(reader: Reader, of: r.Unreadable) -> RefusalText:
    t = reader.t
    kind = t(KINDS.get(of.what, KINDS["text"]))
    what = (
        t("{text} cannot be read as {kind}.", text=code(of.text), kind=kind)
        if of.text
        else t("Something is missing here: {kind}.", kind=kind)
    )
    guess = (t("Did you mean {guess}?", guess=code(of.guess)),) if of.guess else ()
    example = t("Example: {example}", example=code(of.example)) if of.example else ""
    return RefusalText(what, guess, example)


def _times(reader: Reader, of: r.InThePast | r.EndsBeforeStart | r.Overlaps) -> RefusalText:
    t = reader.t
    match of:
        case r.InThePast(datetime() as at):
            return RefusalText(t("{at} is in the past.", at=when(reader, at)), next=t("Choose a later time."))
        case r.InThePast(on):
            return RefusalText(t("{day} is in the past.", day=day(reader, on)), next=t("Choose a later day."))
        case r.EndsBeforeStart(start, end):
            return RefusalText(
                t("The end must be after the start."),
                (t("From {start} to {end}", start=_point(reader, start), end=_point(reader, end)),),
                t("Choose a later end."),
            )
        case r.Overlaps(name, start, end):
            return RefusalText(
                t("Part of that time is already taken."),
                (
                    t(
                        "{name}: from {start} to {end}",
                        name=quote(hours(reader, name)),
                        start=_point(reader, start),
                        end=_point(reader, end),
                    ),
                ),
                t("Choose other times, or remove the earlier entry first."),
            )
        case _:
            assert_never(of)


def _version(reader: Reader, of: r.BadVersion) -> RefusalText:
    t = reader.t
    other = tag(of.other) if of.other else ""
    what = {
        "not_semver": t("{version} is not a version (SemVer, as in 1.5.0).", version=code(of.text)),
        "in_use": t("{version} is already in use; a version is never used again.", version=code(of.text)),
        "not_higher": t(
            "{version} is not higher than the newest of its line: {other}", version=code(of.text), other=other
        ),
        "below_production": t(
            "{version} is not higher than the version in production: {other}",
            version=code(of.text),
            other=other,
        ),
        "pre_release": t("{version} is a pre-release; a release has a plain version.", version=code(of.text)),
    }
    why = t("{version} cannot be used.", version=code(of.text))
    return RefusalText(
        what.get(of.problem, why),
        next=t("Proposed from the commits: {version}", version=tag(of.proposed)) if of.proposed else "",
    )


def _length(reader: Reader, of: r.TextMissing | r.BlankLeft | r.TooLong) -> RefusalText:
    t = reader.t
    field = t(FIELDS.get(of.field, FIELDS["text"]))
    if isinstance(of, r.TooLong):
        return RefusalText(
            t("Too long: {field}.", field=field),
            next=t("At most {n} characters fit.", n=of.limit),
        )
    if isinstance(of, r.BlankLeft):
        return RefusalText(
            t("Not filled in yet: {field}.", field=field),
            next=t("Replace what stands between ⟦ and ⟧, and send it again."),
        )
    return RefusalText(t("Still empty: {field}.", field=field), next=t("Fill it in and send it again."))


def _did_you_mean(reader: Reader, guess: str) -> str:
    return reader.t("Did you mean {guess}?", guess=code(guess)) if guess else ""


def _some(known: Sequence[str]) -> str:
    more = " …" if len(known) > _KNOWN_SHOWN else ""
    return ", ".join(code(one) for one in known[:_KNOWN_SHOWN]) + more


def _point(reader: Reader, at: datetime | date | str) -> str:
    if isinstance(at, datetime):
        return when(reader, at)
    return quote(at) if isinstance(at, str) else day(reader, at)
